use std::fmt::Debug;

use contract::{Exchange, Fields, Suite};
use sectigo_scm::cert_core::Fingerprint;
use sectigo_scm::discovery::{
    ActiveDirectory, ActiveDirectoryScan, ActiveDirectoryScanV2, AssignmentRuleSettings, Azure,
    AzureScan, AzureScanUpdate, BucketAssignment, BucketFilter, BucketUpdate, EarlierTaskKind,
    FilterType, Frequency, MatchType, Network, NetworkScan, NetworkScanV2, NewBucket, RuleFilter,
    ScanRange, Schedule, TaskFilter, TaskKind, TaskSettings, TaskStatus, TaskType, Tasks,
    TimeOfDay,
};
use sectigo_scm::{
    AssignmentRuleId, AzureAccountId, BucketId, CertType, Client, DelegationMode, ErrorKind,
    OrganizationDelegation, OrganizationId, ScanOperationId, ScanTaskId,
};
use serde_json::json;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::client_answered;

/// The part of a list that a sample asks for.
macro_rules! sized {
    ($pages:expr, $exchange:expr) => {{
        let query = $exchange.query();
        let pages = $pages.resume(query.opt("position").unwrap_or(0));
        match query.opt("size") {
            Some(size) => pages.page_size(size),
            None => pages.vendor_page_size(),
        }
    }};
}
/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 12] = [
    "discovery_add_net_task_v2 taskId",
    "discovery_list_net_tasks_v2 [].taskId",
    "discovery_list_net_tasks_v3 [].taskId",
    "discovery_add_ad_task_v2 taskId",
    "discovery_list_ad_tasks_v2 [].taskId",
    "discovery_list_ad_tasks_v3 [].taskId",
    "discovery_list_azure_tasks [].taskId",
    "discovery_list_operations data[].id",
    "discovery_count_assignment_rules count",
    "discovery_get_bucket id",
    "discovery_update_bucket id",
    "discovery_delegate_bucket id",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = networks(suite);
    let suite = active_directories(suite);
    let suite = azure(suite);
    let suite = operations(suite);
    let suite = rules(suite);
    let suite = buckets(suite);
    let suite = holding(suite);
    suite
        .mandatory(MANDATORY)
        .mandatory(["discovery_list_buckets [].id"])
}

/// The handle of a kind of task, and how its scans are read from a sample.
struct Kind<K: EarlierTaskKind> {
    tasks: for<'c> fn(&'c Client) -> Tasks<'c, K>,
    scan: fn(&Fields<'_>) -> K::Scan,
    update: fn(&Fields<'_>) -> K::ScanUpdate,
    scan_v2: fn(&Fields<'_>) -> K::ScanV2,
}

fn networks(suite: Suite<Client>) -> Suite<Client> {
    let kind = Kind::<Network> {
        tasks: |scm| scm.discovery().network_tasks(),
        scan: network_scan,
        update: network_scan,
        scan_v2: network_scan_v2,
    };
    let newest = [
        "discovery_list_net_tasks_v3",
        "discovery_get_net_task_v4",
        "discovery_add_net_task_v4",
        "discovery_update_net_task_v4",
        "discovery_start_net_task_v3",
        "discovery_delete_net_task_v3",
    ];
    let suite = newest_tasks(suite, newest, kind.tasks, kind.scan, kind.update);
    let version_3 = [
        "discovery_get_net_task_v3",
        "discovery_add_net_task_v3",
        "discovery_update_net_task_v3",
    ];
    let suite = tasks_v3(suite, version_3, &kind);
    let version_2 = [
        "discovery_list_net_tasks_v2",
        "discovery_get_net_task_v2",
        "discovery_add_net_task_v2",
        "discovery_update_net_task_v2",
        "discovery_start_net_task_v2",
        "discovery_delete_net_task_v2",
    ];
    tasks_v2(suite, version_2, &kind)
}

fn active_directories(suite: Suite<Client>) -> Suite<Client> {
    let kind = Kind::<ActiveDirectory> {
        tasks: |scm| scm.discovery().active_directory_tasks(),
        scan: active_directory_scan,
        update: active_directory_scan,
        scan_v2: active_directory_scan_v2,
    };
    let newest = [
        "discovery_list_ad_tasks_v3",
        "discovery_get_ad_task_v4",
        "discovery_add_ad_task_v4",
        "discovery_update_ad_task_v4",
        "discovery_start_ad_task_v3",
        "discovery_delete_ad_task_v3",
    ];
    let suite = newest_tasks(suite, newest, kind.tasks, kind.scan, kind.update);
    let version_3 = [
        "discovery_get_ad_task_v3",
        "discovery_add_ad_task_v3",
        "discovery_update_ad_task_v3",
    ];
    let suite = tasks_v3(suite, version_3, &kind);
    let version_2 = [
        "discovery_list_ad_tasks_v2",
        "discovery_get_ad_task_v2",
        "discovery_add_ad_task_v2",
        "discovery_update_ad_task_v2",
        "discovery_start_ad_task_v2",
        "discovery_delete_ad_task_v2",
    ];
    tasks_v2(suite, version_2, &kind)
}

fn azure(suite: Suite<Client>) -> Suite<Client> {
    let newest = [
        "discovery_list_azure_tasks",
        "discovery_get_azure_task",
        "discovery_add_azure_task",
        "discovery_update_azure_task",
        "discovery_start_azure_task",
        "discovery_delete_azure_task",
    ];
    newest_tasks::<Azure>(
        suite,
        newest,
        |scm| scm.discovery().azure_tasks(),
        azure_scan,
        azure_scan_update,
    )
}

fn newest_tasks<K>(
    suite: Suite<Client>,
    [list, get, create, update, start, delete]: [&'static str; 6],
    tasks: for<'c> fn(&'c Client) -> Tasks<'c, K>,
    scan: fn(&Fields<'_>) -> K::Scan,
    scan_update: fn(&Fields<'_>) -> K::ScanUpdate,
) -> Suite<Client>
where
    K: TaskKind<Task: Debug, Scan: 'static, ScanUpdate: 'static> + 'static,
{
    suite
        .pages(list, move |scm: &Client, x| {
            let pages = tasks(scm).list(&task_filter(x));
            sized!(pages, x)
        })
        .case(get, move |scm: &Client, x| {
            tasks(scm).get(x.path::<ScanTaskId>("id"))
        })
        .case(create, move |scm: &Client, x| {
            let body = x.body();
            tasks(scm).create(&settings(&body, 0, scan(&body)))
        })
        .case(update, move |scm: &Client, x| {
            let body = x.body();
            let task = settings(&body, 0, scan_update(&body));
            tasks(scm).update(x.path::<ScanTaskId>("id"), &task)
        })
        .case(start, move |scm: &Client, x| {
            tasks(scm).start(x.path::<ScanTaskId>("taskId"))
        })
        .case(delete, move |scm: &Client, x| {
            tasks(scm).delete(x.path::<ScanTaskId>("id"))
        })
}

#[expect(deprecated, reason = "deprecated operations keep the contract too")]
fn tasks_v3<K>(
    suite: Suite<Client>,
    [get, create, update]: [&'static str; 3],
    kind: &Kind<K>,
) -> Suite<Client>
where
    K: EarlierTaskKind<Task: Debug, Scan: 'static, ScanUpdate: 'static> + 'static,
{
    let (tasks, scan, scan_update) = (kind.tasks, kind.scan, kind.update);
    suite
        .case(get, move |scm: &Client, x| {
            tasks(scm).get_v3(x.path::<ScanTaskId>("id"))
        })
        .case(create, move |scm: &Client, x| {
            let body = x.body();
            tasks(scm).create_v3(&settings(&body, 1, scan(&body)))
        })
        .case(update, move |scm: &Client, x| {
            let body = x.body();
            let task = settings(&body, 1, scan_update(&body));
            tasks(scm).update_v3(x.path::<ScanTaskId>("id"), &task)
        })
}

#[expect(deprecated, reason = "deprecated operations keep the contract too")]
fn tasks_v2<K>(
    suite: Suite<Client>,
    [list, get, create, update, start, delete]: [&'static str; 6],
    kind: &Kind<K>,
) -> Suite<Client>
where
    K: EarlierTaskKind<Task: Debug, ScanV2: 'static, ScanUpdate: 'static> + 'static,
{
    let (tasks, scan, scan_update) = (kind.tasks, kind.scan_v2, kind.update);
    suite
        .pages(list, move |scm: &Client, x| {
            let pages = tasks(scm).list_v2(&task_filter(x));
            sized!(pages, x)
        })
        .case(get, move |scm: &Client, x| {
            tasks(scm).get_v2(x.path::<ScanTaskId>("taskId"))
        })
        .case(create, move |scm: &Client, x| {
            let body = x.body();
            tasks(scm).create_v2(&settings(&body, 1, scan(&body)))
        })
        .case(update, move |scm: &Client, x| {
            let body = x.body();
            let task = settings(&body, 1, scan_update(&body));
            tasks(scm).update_v2(body.need::<ScanTaskId>("taskId"), &task)
        })
        .case(start, move |scm: &Client, x| {
            tasks(scm).start_v2(x.path::<ScanTaskId>("taskId"))
        })
        .case(delete, move |scm: &Client, x| {
            tasks(scm).delete_v2(x.path::<ScanTaskId>("taskId"))
        })
}

fn operations(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("discovery_list_operations", |scm: &Client, x| {
            let task = x.path::<ScanTaskId>("taskId");
            scm.discovery()
                .operations(x.path::<TaskType>("taskType"), task)
                .list()
        })
        .case("discovery_stop_operation", |scm: &Client, x| {
            let task = x.path::<ScanTaskId>("taskId");
            scm.discovery()
                .operations(x.path::<TaskType>("taskType"), task)
                .stop(x.path::<ScanOperationId>("operationId"))
        })
        .pages("discovery_get_operation_result", |scm: &Client, x| {
            let task = x.path::<ScanTaskId>("taskId");
            let operations = scm.discovery().operations(x.path::<TaskType>("type"), task);
            let pages = operations.results(x.path::<ScanOperationId>("opId"));
            sized!(pages, x)
        })
}

fn rules(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("discovery_create_assignment_rule", |scm: &Client, x| {
            scm.discovery().assignment_rules().create(&rule(&x.body()))
        })
        .case("discovery_update_assignment_rule", |scm: &Client, x| {
            let body = x.body();
            let id: AssignmentRuleId = body.need("ruleId");
            scm.discovery().assignment_rules().update(id, &rule(&body))
        })
        .case("discovery_get_assignment_rule", |scm: &Client, x| {
            scm.discovery()
                .assignment_rules()
                .get(x.path::<AssignmentRuleId>("ruleId"))
        })
        .case("discovery_count_assignment_rules", |scm: &Client, _| {
            scm.discovery().assignment_rules().count()
        })
        .pages("discovery_list_assignment_rule_ids", |scm: &Client, x| {
            let pages = scm.discovery().assignment_rules().list_ids();
            sized!(pages, x)
        })
        .case("discovery_delete_assignment_rule", |scm: &Client, x| {
            let call = scm
                .discovery()
                .assignment_rules()
                .delete(x.path::<AssignmentRuleId>("ruleId"));
            // The body of the sample is in no table, and the method takes none.
            match x.request.as_ref().and_then(|request| request.body.as_ref()) {
                Some(body) => call.json(body),
                None => call,
            }
        })
}

fn buckets(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("discovery_create_bucket", |scm: &Client, x| {
            let body = x.body();
            let bucket = body
                .fill(NewBucket::new(body.need::<String>("name")))
                .set::<Vec<AssignmentRuleId>>("assignmentRules", NewBucket::rules)
                .set::<Vec<OrganizationId>>("orgDelegations", NewBucket::organizations)
                .set::<bool>("authenticationEnabled", NewBucket::authentication)
                .done();
            scm.discovery().buckets().create(&bucket)
        })
        .case("discovery_update_bucket", |scm: &Client, x| {
            let body = x.body();
            let bucket = body
                .fill(BucketUpdate::new(body.need::<String>("name")))
                .set::<Vec<AssignmentRuleId>>("assignmentRules", BucketUpdate::rules)
                .set::<bool>("authenticationEnabled", BucketUpdate::authentication)
                .done();
            let id = x.path::<BucketId>("bucketId");
            scm.discovery().buckets().update(id, &bucket)
        })
        .case("discovery_reset_bucket_client_secret", |scm: &Client, x| {
            let id = x.path::<BucketId>("bucketId");
            scm.discovery().buckets().reset_client_secret(id)
        })
        .case("discovery_delegate_bucket", |scm: &Client, x| {
            let id = x.path::<BucketId>("bucketId");
            scm.discovery()
                .buckets()
                .delegate(id, &delegation(&x.body()))
        })
        .case("discovery_get_bucket", |scm: &Client, x| {
            let id = x.path::<BucketId>("bucketId");
            scm.discovery().buckets().get(id)
        })
        .pages("discovery_list_buckets", |scm: &Client, x| {
            let query = x.query();
            let filter = query
                .fill(BucketFilter::new())
                .set::<String>("name", BucketFilter::name)
                .set::<OrganizationId>("orgId", BucketFilter::organization)
                .set::<DelegationMode>("delegationMode", BucketFilter::delegation)
                .done();
            let pages = scm.discovery().buckets().list(&filter);
            sized!(pages, x)
        })
        .case("discovery_delete_bucket", |scm: &Client, x| {
            let id = x.path::<BucketId>("bucketId");
            scm.discovery().buckets().delete(id)
        })
}

fn holding(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("discovery_list_bucket_certificates", |scm: &Client, x| {
            let pages = scm
                .discovery()
                .buckets()
                .certificates(x.path::<BucketId>("id"));
            sized!(pages, x)
        })
        .case("discovery_run_bucket_rules", |scm: &Client, x| {
            let id = x.path::<BucketId>("id");
            scm.discovery().buckets().run_rules(id)
        })
        .case("discovery_assign_bucket_certificates", |scm: &Client, x| {
            let body = x.body();
            let assignment = BucketAssignment::new(
                body.need::<Vec<Fingerprint>>("hashes"),
                body.need::<CertType>("certType"),
                body.need::<OrganizationId>("organizationId"),
            );
            let id = x.path::<BucketId>("id");
            scm.discovery().buckets().assign(id, &assignment)
        })
}

fn task_filter(exchange: &Exchange) -> TaskFilter {
    exchange
        .query()
        .fill(TaskFilter::new())
        .set::<String>("name", TaskFilter::name)
        .set::<TaskStatus>("status", TaskFilter::status)
        .done()
}

/// Settings whose months and days the version counts from 0 or, where `first` is 0, from 1.
fn settings<S>(fields: &Fields<'_>, first: u32, scan: S) -> TaskSettings<S> {
    let bucket: BucketId = fields.need("certBucketId");
    TaskSettings::new(
        fields.need::<String>("name"),
        bucket,
        schedule(fields, first),
        scan,
    )
}

fn schedule(fields: &Fields<'_>, first: u32) -> Schedule {
    let schedule = Schedule::new(
        fields.need::<Frequency>("frequency"),
        fields.need::<String>("timeZone"),
        fields.need::<TimeOfDay>("time"),
    );
    fields
        .fill(schedule)
        .set::<u32>("month", |to, month| to.month(month + first))
        .set::<u32>("dayOfMonth", |to, day| to.day_of_month(day + first))
        .set::<u32>("dayOfWeek", |to, day| to.day_of_week(day + first))
        .set::<i32>("year", Schedule::year)
        .done()
}

fn ranges(fields: &Fields<'_>) -> Option<Vec<ScanRange>> {
    fields.list("ranges", |range| {
        let address: String = range.need("address");
        range
            .fill(ScanRange::new(address))
            .set::<String>("ports", |to, ports| to.ports(ports.as_str()))
            .done()
    })
}

fn network_scan(fields: &Fields<'_>) -> NetworkScan {
    let agent: String = fields.need("agent");
    NetworkScan::new(agent, ranges(fields).expect("ranges"))
}

fn network_scan_v2(fields: &Fields<'_>) -> NetworkScanV2 {
    fields
        .fill(NetworkScanV2::new())
        .set::<String>("agent", NetworkScanV2::agent)
        .add(ranges(fields), NetworkScanV2::ranges)
        .done()
}

fn active_directory_scan(fields: &Fields<'_>) -> ActiveDirectoryScan {
    let agent: String = fields.need("agent");
    fields
        .fill(ActiveDirectoryScan::new(agent, fields.need("depth")))
        .set::<String>("domainDefinition", ActiveDirectoryScan::domains)
        .done()
}

fn active_directory_scan_v2(fields: &Fields<'_>) -> ActiveDirectoryScanV2 {
    fields
        .fill(ActiveDirectoryScanV2::new(fields.need("depth")))
        .set::<String>("agent", ActiveDirectoryScanV2::agent)
        .set::<String>("domainDefinition", ActiveDirectoryScanV2::domains)
        .done()
}

fn azure_scan(fields: &Fields<'_>) -> AzureScan {
    let account: AzureAccountId = fields.need("azureAccountId");
    let resource_group: String = fields.need("resourceGroup");
    AzureScan::new(account, resource_group, fields.need::<String>("keyVault"))
}

fn azure_scan_update(fields: &Fields<'_>) -> AzureScanUpdate {
    let account: AzureAccountId = fields.need("azureAccountId");
    fields
        .fill(AzureScanUpdate::new(account))
        .set::<String>("resourceGroup", AzureScanUpdate::resource_group)
        .set::<String>("keyVault", AzureScanUpdate::key_vault)
        .done()
}

fn rule(fields: &Fields<'_>) -> AssignmentRuleSettings {
    let filters = fields.list("filters", |filter| {
        RuleFilter::new(
            filter.need::<FilterType>("filterType"),
            filter.need::<MatchType>("matchType"),
            filter.need::<String>("value"),
        )
    });
    let name: String = fields.need("name");
    let organization: OrganizationId = fields.need("orgId");
    let rule = AssignmentRuleSettings::new(name, organization, filters.expect("filters"));
    fields
        .fill(rule)
        .set::<CertType>("certType", AssignmentRuleSettings::cert_type)
        .done()
}

pub(crate) fn delegation(fields: &Fields<'_>) -> OrganizationDelegation {
    match fields.need::<DelegationMode>("delegationMode") {
        DelegationMode::Customized => {
            OrganizationDelegation::Customized(fields.need("orgDelegations"))
        }
        _ => OrganizationDelegation::GlobalForCustomer,
    }
}

/// The secret is told once: it may not be lost because the identifier is not told.
#[tokio::test]
async fn the_credentials_of_a_new_bucket_are_told_without_its_identifier() {
    let told = json!({"clientId": "c1", "clientSecret": "s3cret"});
    let (scm, _server) = client_answered(201, told).await;
    let bucket = NewBucket::new("b").authentication(true);
    let created = scm.discovery().buckets().create(&bucket).await;
    let created = created.expect("a bucket");
    assert!(!format!("{created:?}").contains("s3cret"), "{created:?}");
    let secret = created.credentials.and_then(|told| told.client_secret);
    assert_eq!(
        (created.id, secret.expect("a secret").expose()),
        (None, "s3cret")
    );
}

/// Nobody may believe that nothing happened.
#[tokio::test]
async fn a_bucket_of_which_nothing_is_told_is_said_to_be_created() {
    let server = MockServer::start().await;
    let empty = Mock::given(method("POST")).respond_with(ResponseTemplate::new(201));
    empty.mount(&server).await;
    let credentials = sectigo_scm::Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(server.uri(), credentials).expect("a client for loopback");
    let created = scm.discovery().buckets().create(&NewBucket::new("b")).await;
    let error = created.expect_err("nothing is told");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(error.to_string().contains("it was made, but"), "{error}");
}
