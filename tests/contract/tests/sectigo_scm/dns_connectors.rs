use contract::Suite;
use sectigo_scm::dns_connectors::DnsConnectorFilter;
use sectigo_scm::{Client, ConnectionStatus, DnsConnectorId, OrganizationId};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 2] = ["connector_list_dns [].id", "connector_get_dns id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("connector_list_dns", |scm: &Client, x| {
            let query = x.query();
            let filter = query
                .fill(DnsConnectorFilter::new())
                .set::<String>("name", DnsConnectorFilter::name)
                .set::<ConnectionStatus>("status", DnsConnectorFilter::status)
                .set::<Vec<OrganizationId>>("orgIds", DnsConnectorFilter::organizations)
                .done();
            let connectors = scm.dns_connectors().list(&filter);
            let connectors = connectors.resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => connectors.page_size(size),
                None => connectors.vendor_page_size(),
            }
        })
        .case("connector_get_dns", |scm: &Client, x| {
            scm.dns_connectors().get(x.path::<DnsConnectorId>("id"))
        })
        .case("connector_list_dns_providers", |scm: &Client, x| {
            scm.dns_connectors()
                .list_providers(x.path::<DnsConnectorId>("id"))
        })
        .mandatory(MANDATORY)
}
