//! Sectigo's discovery against the emulator, which really scans this machine's loopback ports.

use std::time::Duration;

use cert_emulators::sectigo_scm::{Builder, Emulator, Progress};
use cert_emulators::{bb_uem, fortiauth};
use jiff::civil::{Weekday, date};
use sectigo_scm::discovery::{
    ActiveDirectoryScan, ActiveDirectoryScanV2, AssignmentRuleSettings, AzureScan, AzureScanUpdate,
    BucketAssignment, BucketFilter, BucketUpdate, EarlierTaskKind, FilterType, Frequency,
    MatchType, NetworkScan, NetworkScanV2, NewBucket, OperationStatus, RuleFilter, Scan, ScanError,
    ScanOperations, ScanRange, ScanResult, Schedule, TaskFilter, TaskKind, TaskSettings,
    TaskStatus, TaskType, Tasks, TimeOfDay, UTC,
};
use sectigo_scm::ssl::{RequestedVia, SslFilter};
use sectigo_scm::{
    AssignmentRuleId, Backoff, BucketId, CertType, Client, Credentials, DelegationMode, ErrorCode,
    OrganizationDelegation, OrganizationId, ScanTaskId,
};

const ORGANIZATION: i64 = 9001;
const OTHER: i64 = 9002;
const ACCOUNT: i64 = 207;

async fn started(adjust: impl FnOnce(Builder) -> Builder) -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = adjust(builder).start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

/// Two servers that speak TLS, as emulators of others do.
async fn servers() -> (bb_uem::Emulator, fortiauth::Emulator) {
    let first = bb_uem::Emulator::builder().tls().start().await;
    let second = fortiauth::Emulator::builder().tls().start().await;
    (first.expect("a server"), second.expect("a server"))
}

fn patience(scan: Scan<'_>) -> Scan<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    let scan = scan.within(Duration::from_secs(30));
    scan.backoff(Backoff::new(first, longest))
}

async fn bucket(scm: &Client, rules: Vec<AssignmentRuleId>) -> BucketId {
    let bucket = NewBucket::new("a bucket").rules(rules);
    let created = scm.discovery().buckets().create(&bucket).await;
    created.expect("a bucket").id.expect("its identifier")
}

fn rule(part: FilterType, comparison: MatchType, value: &str) -> AssignmentRuleSettings {
    let filter = RuleFilter::new(part, comparison, value);
    AssignmentRuleSettings::new("a rule", ORGANIZATION, [filter])
}

fn by_issuer(vendor: &str) -> AssignmentRuleSettings {
    rule(FilterType::Issuer, MatchType::StartsWith, vendor)
}

async fn add_rule(scm: &Client, rule: &AssignmentRuleSettings) -> AssignmentRuleId {
    let created = scm.discovery().assignment_rules().create(rule).await;
    created.expect("a rule")
}

fn of_ports(bucket: &BucketId, ports: &[u16]) -> TaskSettings<NetworkScan> {
    let scan = NetworkScan::new("Office", [ScanRange::new("127.0.0.1").ports(ports)]);
    TaskSettings::new("a task", bucket.clone(), Schedule::manual(), scan)
}

async fn results(operations: &ScanOperations<'_>, scan: Scan<'_>) -> Vec<ScanResult> {
    let done = patience(scan).await.expect("the end of the scan");
    let found = operations.results(done.id).collect().await;
    found.expect("results")
}

/// Who has the certificates that were found and assigned.
async fn owners(scm: &Client) -> Vec<OrganizationId> {
    let discovered = SslFilter::new().requested_via(RequestedVia::Discovery);
    let listed = scm.ssl().list(&discovered).collect().await.expect("a list");
    let mut owners = Vec::new();
    for entry in listed {
        let details = scm.ssl().get(entry.id).await.expect("details");
        assert_eq!(details.requested_via, Some(RequestedVia::Discovery));
        owners.push(details.organization.expect("an owner"));
    }
    owners
}

#[tokio::test]
async fn what_a_scan_finds_is_assigned_by_rules_and_by_hand() {
    let (_emulator, scm) = started(|builder| builder).await;
    let (first, second) = servers().await;
    let ports = [first.address().port(), second.address().port()];
    let rule = add_rule(&scm, &by_issuer("bb-uem")).await;
    let bucket = bucket(&scm, vec![rule]).await;
    let tasks = scm.discovery().network_tasks();
    let id = tasks.create(&of_ports(&bucket, &ports)).await;
    let id = id.expect("a task");
    let found = results(&tasks.operations(id), tasks.scan(id)).await;

    assert_eq!(found.len(), 2, "{found:?}");
    for (result, port) in found.iter().zip(ports) {
        let location = result.location.as_ref().expect("a location");
        let details = location.details.as_ref().expect("details");
        assert_eq!(details.port, Some(port.into()));
        assert_eq!(details.ip.as_deref(), Some("127.0.0.1"));
        let handshake = result.handshake.as_ref().expect("a handshake");
        assert_eq!(handshake.tls_version, Some(3));
    }
    let certificate = |at: usize| found[at].certificate.as_ref().expect("a certificate");
    let details = certificate(0).details.as_ref().expect("details");
    assert_eq!(details.common_name.as_deref(), Some("localhost"));
    assert_eq!(details.subject_alternative_names.len(), 3);
    assert_eq!(details.sha1, certificate(0).hash);
    assert!(details.valid_from < details.valid_to);
    let managed = |at| certificate(at).metadata.as_ref()?.managed_id.clone();
    assert!(managed(0).is_some_and(|id| id.starts_with("ssl:")));
    assert_eq!(managed(1), None);
    assert_eq!(owners(&scm).await, [ORGANIZATION.into()]);

    let buckets = scm.discovery().buckets();
    let held = buckets.certificates(bucket.clone()).collect().await;
    let hashes: Vec<_> = held
        .expect("certificates")
        .into_iter()
        .map(|it| it.hash)
        .collect();
    assert_eq!(
        hashes,
        [certificate(0).hash.clone(), certificate(1).hash.clone()]
    );
    let hash = hashes[1].clone().expect("a hash");
    let assignment = BucketAssignment::new([hash], CertType::Ssl, OTHER);
    buckets
        .assign(bucket.clone(), &assignment)
        .await
        .expect("assigned");
    assert_eq!(owners(&scm).await, [ORGANIZATION.into(), OTHER.into()]);
}

#[tokio::test]
async fn rules_are_kept_while_tasks_use_them() {
    let (_emulator, scm) = started(|builder| builder).await;
    let (first, _second) = servers().await;
    let rules = scm.discovery().assignment_rules();
    let id = add_rule(&scm, &by_issuer("nobody")).await;
    assert_eq!(rules.count().await.expect("a number"), 1);
    assert_eq!(rules.list_ids().collect().await.expect("a list"), [id]);
    let bucket = bucket(&scm, vec![id]).await;
    let tasks = scm.discovery().network_tasks();
    let task = tasks
        .create(&of_ports(&bucket, &[first.address().port()]))
        .await;
    let task = task.expect("a task");
    results(&tasks.operations(task), tasks.scan(task)).await;
    assert_eq!(owners(&scm).await, []);

    let changed = AssignmentRuleSettings::new("changed", OTHER, [RuleFilter::unexpired()]);
    rules
        .update(id, &changed.cert_type(CertType::Ssl))
        .await
        .expect("changed");
    let details = rules.get(id).await.expect("a rule");
    assert_eq!(details.organization, Some(OTHER.into()));
    assert_eq!(details.filters[0].part, Some(FilterType::Expiration));
    let buckets = scm.discovery().buckets();
    buckets.run_rules(bucket).await.expect("run");
    assert_eq!(owners(&scm).await, [OTHER.into()]);
    let used = rules.delete(id).await.expect_err("a task uses it");
    assert_eq!(ErrorCode::of(&used), Some(ErrorCode::RULE_IN_USE));
    tasks.delete(task).await.expect("deleted");
    rules.delete(id).await.expect("deleted");
    assert_eq!(rules.count().await.expect("a number"), 0);
}

#[tokio::test]
async fn a_scan_is_stopped_and_then_started_again() {
    let (emulator, scm) = started(|builder| builder.scanning(Progress::Manual)).await;
    let bucket = bucket(&scm, Vec::new()).await;
    let tasks = scm.discovery().network_tasks();
    let id = tasks
        .create(&of_ports(&bucket, &[1]))
        .await
        .expect("a task");
    tasks.start(id).await.expect("started");
    let running = tasks.start(id).await.expect_err("it runs");
    assert_eq!(ErrorCode::of(&running), Some(ErrorCode::DISCOVERY_RUNNING));
    let operations = scm.discovery().operations(TaskType::Network, id);
    let listed = operations.list().await.expect("a list").operations;
    assert_eq!(listed[0].status, Some(OperationStatus::InProgress));
    assert_eq!(listed[0].bucket, Some(bucket));
    operations.stop(&listed[0].id).await.expect("stopped");
    let stopped = patience(operations.wait_for_end(listed[0].id.clone())).await;
    assert!(
        matches!(stopped, Err(ScanError::Cancelled(_))),
        "{stopped:?}"
    );
    let task = tasks.get(id).await.expect("details");
    assert_eq!(task.status, Some(TaskStatus::Canceled));
    let nothing_runs = operations.stop(&listed[0].id).await;
    nothing_runs.expect_err("stopped already");

    tasks.start(id).await.expect("started again");
    let finish = async || loop {
        emulator.state().finish_scans();
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    let done = tokio::select! {
        done = patience(tasks.wait_for_scan(id)) => done.expect("done"),
        () = finish() => unreachable!("it has no end"),
    };
    assert_eq!(done.status, Some(OperationStatus::Completed));
    assert_eq!(operations.list().await.expect("a list").total, Some(2));
}

#[tokio::test]
async fn scans_out_of_reach_are_refused_or_fail() {
    let (_emulator, scm) = started(|builder| builder).await;
    let bucket = bucket(&scm, Vec::new()).await;
    let tasks = scm.discovery().network_tasks();
    let create = async |agent: &str, address: &str, ports: &str| {
        let scan = NetworkScan::new(agent, [ScanRange::new(address).ports(ports)]);
        let manual = Schedule::manual();
        let task = TaskSettings::new("a task", bucket.clone(), manual, scan);
        tasks.create(&task).await
    };
    for (agent, address, ports, code) in [
        ("Office", "10.0.0.0/12", "443", ErrorCode::RANGE_TOO_WIDE),
        ("Office", "10.0.0.0/8", "443", ErrorCode::TOO_MANY_PORTS),
        (
            "Cloud",
            "10.0.0.1",
            "443",
            ErrorCode::NO_AGENT_FOR_PRIVATE_RANGE,
        ),
        (
            "Office",
            "198.51.100.1",
            "443",
            ErrorCode::NO_AGENT_FOR_PUBLIC_RANGE,
        ),
    ] {
        let refused = create(agent, address, ports).await.expect_err(address);
        assert_eq!(ErrorCode::of(&refused), Some(code), "{refused}");
    }
    let id = create("Cloud", "198.51.100.1", "443")
        .await
        .expect("a task");
    let failed = patience(tasks.scan(id)).await.expect_err("nobody is there");
    assert_eq!(
        failed.to_string(),
        "the scan failed: Unreachable: 198.51.100.1"
    );
    let filter = TaskFilter::new().status(TaskStatus::Failed);
    let listed = tasks.list(&filter).collect().await.expect("a list");
    assert_eq!(listed.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
}

/// What a schedule is by, as answers have it.
fn annually() -> Schedule {
    Schedule::annually(UTC, TimeOfDay::new(7, 5), 12, 31)
}

async fn found_by<K: TaskKind>(tasks: Tasks<'_, K>, id: ScanTaskId) -> Vec<Option<String>> {
    let found = results(&tasks.operations(id), tasks.scan(id)).await;
    let details = found.into_iter().map(|it| it.certificate?.details);
    details.map(|details| details?.common_name).collect()
}

#[tokio::test]
async fn directories_and_key_vaults_are_scanned_too() {
    let (_emulator, scm) = started(|builder| builder).await;
    let bucket = bucket(&scm, Vec::new()).await;
    let directories = scm.discovery().active_directory_tasks();
    let scan = ActiveDirectoryScan::new("Directory", 1).domains("fabrikam.example");
    let weekly = Schedule::weekly(UTC, TimeOfDay::new(7, 5), Weekday::Sunday);
    let task = TaskSettings::new("a directory", bucket.clone(), weekly, scan.clone());
    let id = directories.create(&task).await.expect("a task");
    let details = directories.get(id).await.expect("details");
    assert_eq!((details.depth, details.day_of_week), (Some(1), Some(7)));
    assert_eq!(details.status, None);
    let hosts = ["dc1.fabrikam.example", "files.fabrikam.example"];
    let hosts = hosts.map(|host| Some(host.to_owned()));
    assert_eq!(found_by(directories, id).await, hosts);
    let renamed = TaskSettings::new("renamed", bucket.clone(), annually(), scan);
    directories.update(id, &renamed).await.expect("changed");
    let details = directories.get(id).await.expect("details");
    assert_eq!(details.name.as_deref(), Some("renamed"));
    assert_eq!(details.status, Some(TaskStatus::Successful));
    directories.delete(id).await.expect("deleted");

    let vaults = scm.discovery().azure_tasks();
    let once = Schedule::once(UTC, date(2049, 12, 31).at(7, 5, 0, 0));
    let scan = AzureScan::new(ACCOUNT, "group", "vault1");
    let task = TaskSettings::new("a vault", bucket.clone(), once.clone(), scan);
    let id = vaults.create(&task).await.expect("a task");
    assert_eq!(
        found_by(vaults, id).await,
        [Some("vault1.cloud.example".to_owned())]
    );
    let scan = AzureScanUpdate::new(ACCOUNT).key_vault("vault2");
    let changed = TaskSettings::new("a vault", bucket, once, scan);
    vaults.update(id, &changed).await.expect("changed");
    let details = vaults.get(id).await.expect("details");
    assert_eq!(details.resource_group.as_deref(), Some("group"));
    assert_eq!(details.key_vault.as_deref(), Some("vault2"));
    assert_eq!(
        (details.year, details.frequency),
        (Some(2049), Some(Frequency::Once))
    );
    let listed = vaults
        .list(&TaskFilter::new().name("vault"))
        .collect()
        .await;
    assert_eq!(listed.expect("a list").len(), 1);
    vaults.delete(id).await.expect("deleted");
}

/// The life of a task in the versions that the vendor gives up, of which each sees the others'.
#[expect(deprecated, reason = "deprecated operations work as well")]
async fn lives_in_earlier_versions<K: EarlierTaskKind>(
    tasks: Tasks<'_, K>,
    least: &TaskSettings<K::ScanV2>,
    whole: (&TaskSettings<K::Scan>, &TaskSettings<K::ScanUpdate>),
    month: impl Fn(&K::Task) -> Option<u32>,
) {
    let (settings, update) = whole;
    let second = tasks.create_v2(least).await.expect("a task");
    let third = tasks.create_v3(settings).await.expect("a task");
    let all = tasks.list_v2(&TaskFilter::new()).collect().await;
    let all: Vec<_> = all.expect("a list").iter().map(|it| it.id).collect();
    assert_eq!(all, [second, third]);
    tasks.update_v2(second, update).await.expect("changed");
    tasks.update_v3(third, update).await.expect("changed");
    for id in [second, third] {
        let seen = [
            tasks.get_v2(id).await.expect("details"),
            tasks.get_v3(id).await.expect("details"),
            tasks.get(id).await.expect("details"),
        ];
        assert_eq!(seen.each_ref().map(&month), [Some(12); 3]);
    }
    tasks.start_v2(third).await.expect("started");
    patience(tasks.wait_for_scan(third)).await.expect("done");
    for id in [second, third] {
        tasks.delete_v2(id).await.expect("deleted");
    }
}

#[tokio::test]
async fn earlier_versions_of_tasks_work_as_well() {
    let (_emulator, scm) = started(|builder| builder).await;
    let bucket = bucket(&scm, Vec::new()).await;
    let name = "an earlier task";
    let least = TaskSettings::new(name, bucket.clone(), annually(), NetworkScanV2::new());
    let scan = NetworkScan::new("Office", [ScanRange::new("127.0.0.1").ports(1)]);
    let whole = TaskSettings::new(name, bucket.clone(), annually(), scan);
    let tasks = scm.discovery().network_tasks();
    lives_in_earlier_versions(tasks, &least, (&whole, &whole), |it| it.month).await;

    let least = TaskSettings::new(
        name,
        bucket.clone(),
        annually(),
        ActiveDirectoryScanV2::new(5),
    );
    let scan = ActiveDirectoryScan::new("Directory", 0);
    let whole = TaskSettings::new(name, bucket, annually(), scan);
    let tasks = scm.discovery().active_directory_tasks();
    lives_in_earlier_versions(tasks, &least, (&whole, &whole), |it| it.month).await;
}

#[tokio::test]
async fn the_secret_of_a_bucket_is_told_once() {
    let (_emulator, scm) = started(|builder| builder).await;
    let buckets = scm.discovery().buckets();
    let new = NewBucket::new("a bucket")
        .organizations([ORGANIZATION.into()])
        .authentication(true);
    let created = buckets.create(&new).await.expect("a bucket");
    let (id, told) = (created.id.expect("an identifier"), created.credentials);
    let told = told.expect("credentials");
    let secret = told.client_secret.expect("a secret");
    let seen = buckets.get(id.clone()).await.expect("a bucket");
    assert_eq!(
        (seen.client_id, seen.client_secret),
        (told.client_id.clone(), None)
    );
    let reset = buckets
        .reset_client_secret(id.clone())
        .await
        .expect("a new secret");
    assert_eq!(reset.client_id, told.client_id);
    assert_ne!(
        reset.client_secret.expect("a secret").expose(),
        secret.expose()
    );

    let off = BucketUpdate::new("renamed").authentication(false);
    let off = buckets.update(id.clone(), &off).await.expect("changed");
    assert_eq!((off.client_id, off.authentication), (None, Some(false)));
    assert_eq!(off.organizations, [ORGANIZATION.into()]);
    let on = BucketUpdate::new("renamed").authentication(true);
    let on = buckets.update(id.clone(), &on).await.expect("changed");
    assert!(on.client_id.is_some() && on.client_secret.is_some());

    let own = BucketFilter::new().delegation(DelegationMode::Customized);
    let listed = buckets.list(&own).collect().await.expect("a list");
    assert_eq!(listed.iter().map(|it| &it.id).collect::<Vec<_>>(), [&id]);
    let everybody = OrganizationDelegation::GlobalForCustomer;
    let delegated = buckets
        .delegate(id.clone(), &everybody)
        .await
        .expect("delegated");
    assert!(delegated.organizations.is_empty());
    assert!(
        buckets
            .list(&own)
            .collect()
            .await
            .expect("a list")
            .is_empty()
    );
    let others = OrganizationDelegation::Customized(vec![OTHER.into()]);
    let delegated = buckets
        .delegate(id.clone(), &others)
        .await
        .expect("delegated");
    assert_eq!(delegated.organizations, [OTHER.into()]);
    buckets.delete(id.clone()).await.expect("deleted");
    buckets.get(id).await.expect_err("it is gone");
}
