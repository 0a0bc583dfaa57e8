use contract::{Fields, Suite};
use sectigo_scm::domains::{
    CtMonitoringSettings, Delegation, DelegationStatus, DomainCertType, DomainFilter, DomainState,
    NewDomain, RequestPrivilege,
};
use sectigo_scm::{BucketId, Client, Credentials, DomainId, ErrorKind, OrganizationId};
use serde_json::Value;
use wiremock::matchers::{path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::client_answered;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 3] = ["domain_list [].id", "domain_count count", "domain_get id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = reading(suite);
    let suite = counting(suite);
    let suite = managing(suite);
    let suite = delegating(suite);
    suite.mandatory(MANDATORY)
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("domain_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .domains()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("domain_get", |scm: &Client, x| {
            scm.domains().get(x.path::<DomainId>("id"))
        })
}

#[expect(deprecated, reason = "a deprecated operation keeps the contract too")]
fn counting(suite: Suite<Client>) -> Suite<Client> {
    suite.case("domain_count", |scm: &Client, x| {
        let query = x.query();
        // A count has no pages, and its method takes none; the sample names one all the same.
        let page = ["size", "position"].map(|name| Some((name, query.opt::<u64>(name)?)));
        let page: Vec<_> = page.into_iter().flatten().collect();
        scm.domains().count_v1(&filter(&query)).query(&page)
    })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("domain_create", |scm: &Client, x| {
            let body = x.body();
            let delegations = body.list("delegations", |entry| delegation(&entry));
            let domain = NewDomain::new(
                body.need::<String>("name"),
                delegations.expect("delegations"),
            );
            let domain = body
                .fill(domain)
                .set::<String>("description", NewDomain::description)
                .set::<bool>("active", NewDomain::active)
                .add(
                    body.object("ctLogMonitoring", |settings| ct_monitoring(&settings)),
                    NewDomain::ct_monitoring,
                )
                .done();
            scm.domains().create(&domain)
        })
        .case("domain_set_ct_monitoring", |scm: &Client, x| {
            scm.domains()
                .set_ct_monitoring(x.path::<DomainId>("id"), &ct_monitoring(&x.body()))
        })
        .case("domain_delete", |scm: &Client, x| {
            scm.domains().delete(x.path::<DomainId>("id"))
        })
        .case("domain_activate", |scm: &Client, x| {
            scm.domains().activate(x.path::<DomainId>("id"))
        })
        .case("domain_suspend", |scm: &Client, x| {
            scm.domains().suspend(x.path::<DomainId>("id"))
        })
}

fn delegating(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("domain_delegate", |scm: &Client, x| {
            scm.domains()
                .delegate(x.path::<DomainId>("id"), &delegation(&x.body()))
        })
        .case("domain_delegate_many", |scm: &Client, x| {
            let body = x.body();
            let ids: Vec<DomainId> = body.need("domainIds");
            scm.domains().delegate_many(&ids, &delegation(&body))
        })
        .case("domain_remove_delegation", |scm: &Client, x| {
            scm.domains()
                .remove_delegation(x.path::<DomainId>("id"), &delegation(&x.body()))
        })
        .case("domain_approve_delegation", |scm: &Client, x| {
            scm.domains().approve_delegation(
                x.path::<DomainId>("id"),
                x.body().need::<OrganizationId>("orgId"),
            )
        })
        .case("domain_reject_delegation", |scm: &Client, x| {
            scm.domains().reject_delegation(
                x.path::<DomainId>("id"),
                x.body().need::<OrganizationId>("orgId"),
            )
        })
}

fn filter(query: &Fields<'_>) -> DomainFilter {
    query
        .fill(DomainFilter::new())
        .set::<String>("name", DomainFilter::name)
        .set::<DomainState>("state", DomainFilter::state)
        .set::<DelegationStatus>("status", DomainFilter::delegation)
        .set::<OrganizationId>("orgId", DomainFilter::organization)
        .done()
}

fn delegation(fields: &Fields<'_>) -> Delegation {
    let organization: OrganizationId = fields.need("orgId");
    let cert_types: Vec<DomainCertType> = fields.need("certTypes");
    fields
        .fill(Delegation::new(organization, cert_types))
        .set::<Vec<RequestPrivilege>>("domainCertificateRequestPrivileges", Delegation::privileges)
        .done()
}

fn ct_monitoring(fields: &Fields<'_>) -> CtMonitoringSettings {
    fields
        .fill(CtMonitoringSettings::new())
        .set::<bool>("enabled", CtMonitoringSettings::enabled)
        .set::<bool>(
            "includeSubdomains",
            CtMonitoringSettings::include_subdomains,
        )
        .set::<BucketId>("bucketId", CtMonitoringSettings::bucket)
        .done()
}

/// Nobody may believe that nothing happened.
#[tokio::test]
async fn a_domain_created_without_location_is_said_to_be_created() {
    let (scm, server) = client_answered(201, Value::Null).await;
    let domain = NewDomain::new("example.org", [Delegation::new(1, [DomainCertType::Ssl])]);
    let error = scm.domains().create(&domain).await.expect_err("no number");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
    assert!(error.to_string().contains("it was made, but"), "{error}");
    assert_eq!(
        server.received_requests().await.map(|all| all.len()),
        Some(1)
    );
}

#[tokio::test]
async fn domains_are_counted_by_the_total_of_a_list() {
    let server = MockServer::start().await;
    Mock::given(path("/api/domain/v1"))
        .and(query_param("size", "1"))
        .and(query_param("state", "inactive"))
        .respond_with(ResponseTemplate::new(200).insert_header("X-Total-Count", "4711"))
        .mount(&server)
        .await;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(server.uri(), credentials).expect("a client for loopback");
    let suspended = DomainFilter::new().state(DomainState::Suspended);
    assert_eq!(
        scm.domains().count(&suspended).await.expect("a count"),
        4711
    );
}

#[tokio::test]
async fn a_search_needs_a_bucket_to_fill() {
    let (scm, server) = client_answered(200, Value::Null).await;
    let domains = scm.domains();
    let search = CtMonitoringSettings::new().enabled(true);
    let error = domains
        .set_ct_monitoring(1, &search)
        .await
        .expect_err("no bucket");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(
        error
            .to_string()
            .contains("`bucket` is needed where the logs are searched")
    );
    assert_eq!(
        server.received_requests().await.map(|all| all.len()),
        Some(0)
    );
    for taken in [
        search.bucket("88a9795b"),
        CtMonitoringSettings::new().enabled(false),
    ] {
        let sent = domains.set_ct_monitoring(1, &taken).await;
        sent.expect("settings that can be sent");
    }
}
