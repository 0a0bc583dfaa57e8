use contract::{Exchange, Fields, Suite};
use sectigo_scm::domain_validations::{OrderStatus, ValidationFilter, ValidationStatus};
use sectigo_scm::{Client, DnsConnectorId, OrganizationId};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 9] = [
    "dcv_list [].domain",
    "dcv_start_http url",
    "dcv_start_http firstLine",
    "dcv_start_http secondLine",
    "dcv_start_https url",
    "dcv_start_https firstLine",
    "dcv_start_https secondLine",
    "dcv_start_cname host",
    "dcv_start_cname point",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = reading(suite);
    let suite = by_file(suite);
    let suite = by_record(suite);
    let suite = by_email(suite);
    suite.mandatory(MANDATORY)
}

#[expect(deprecated, reason = "a deprecated operation keeps the contract too")]
fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("dcv_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .domain_validations()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("dcv_get_status_v2", |scm: &Client, x| {
            scm.domain_validations().status(&domain(x))
        })
        .case("dcv_get_status_v1", |scm: &Client, x| {
            scm.domain_validations().status_v1(&domain(x))
        })
        .case("dcv_sync", |scm: &Client, x| match x.query().opt("force") {
            Some(true) => scm.domain_validations().sync_forced(&domain(x)),
            _ => scm.domain_validations().sync(&domain(x)),
        })
        .case("dcv_clear", |scm: &Client, x| {
            scm.domain_validations().clear(&domain(x))
        })
        .case("dcv_delete", |scm: &Client, x| {
            scm.domain_validations().delete(&domain(x))
        })
}

fn by_file(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("dcv_start_http", |scm: &Client, x| {
            scm.domain_validations().start_http(&domain(x))
        })
        .case("dcv_start_https", |scm: &Client, x| {
            scm.domain_validations().start_https(&domain(x))
        })
        .case("dcv_submit_http", |scm: &Client, x| {
            scm.domain_validations().submit_http(&domain(x))
        })
        .case("dcv_submit_https", |scm: &Client, x| {
            scm.domain_validations().submit_https(&domain(x))
        })
}

fn by_record(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("dcv_start_cname", |scm: &Client, x| {
            scm.domain_validations().start_cname(&domain(x))
        })
        .case("dcv_submit_cname", |scm: &Client, x| {
            let (body, domain) = (x.body(), domain(x));
            match body.opt::<DnsConnectorId>("dnsAgentUUID") {
                Some(connector) => scm.domain_validations().submit_cname_by_connector(
                    &domain,
                    connector,
                    &body.need::<String>("dnsProviderName"),
                ),
                None => scm.domain_validations().submit_cname(&domain),
            }
        })
        .case("dcv_submit_txt", |scm: &Client, x| {
            scm.domain_validations().submit_txt(&domain(x))
        })
}

fn by_email(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("dcv_start_email", |scm: &Client, x| {
            match x.body().opt::<Vec<String>>("domains") {
                Some(domains) => scm.domain_validations().start_bulk_email(domains),
                None => scm.domain_validations().start_email(&domain(x)),
            }
        })
        .case("dcv_submit_email", |scm: &Client, x| {
            let email: String = x.body().need("email");
            scm.domain_validations().submit_email(&domain(x), &email)
        })
        .case("dcv_submit_bulk_email", |scm: &Client, x| {
            let body = x.body();
            let domains: Vec<String> = body.need("domains");
            scm.domain_validations()
                .submit_bulk_email(domains, &body.need::<String>("email"))
        })
}

fn domain(exchange: &Exchange) -> String {
    exchange.body().need("domain")
}

fn filter(query: &Fields<'_>) -> ValidationFilter {
    query
        .fill(ValidationFilter::new())
        .set::<String>("domain", ValidationFilter::domain)
        .set::<OrganizationId>("org", ValidationFilter::organization)
        .set::<OrganizationId>("department", ValidationFilter::department)
        .set::<ValidationStatus>("dcvStatus", ValidationFilter::status)
        .set::<OrderStatus>("orderStatus", ValidationFilter::order_status)
        .set::<u32>("expiresIn", ValidationFilter::expires_within)
        .done()
}
