//! Sectigo's DNS connectors and CA backends against their emulator.

use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::dns_connectors::DnsConnectorFilter;
use sectigo_scm::domains::{Delegation, DomainCertType, NewDomain};
use sectigo_scm::{
    CaBackendType, Client, ConnectionStatus, Credentials, DelegationMode, OrganizationId,
};

const DOMAIN: &str = "connected.example";

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

#[tokio::test]
async fn connectors_are_found_by_organization_and_connection() {
    let (_emulator, scm) = started().await;
    let connectors = scm.dns_connectors();
    let all = connectors.list(&DnsConnectorFilter::new()).page_size(1);
    assert_eq!(all.collect().await.expect("connectors").len(), 3);
    let filter = DnsConnectorFilter::new()
        .name("research")
        .status(ConnectionStatus::Connected)
        .organizations([9001, 9002].map(OrganizationId::from));
    let found = connectors.list(&filter).collect().await;
    let [found] = found
        .expect("connectors")
        .try_into()
        .expect("one connector");
    assert_eq!(found.delegation_mode, Some(DelegationMode::Customized));
    let known = connectors.get(found.id).await.expect("a connector");
    assert_eq!(known.organizations[0].id, Some(OrganizationId::from(9002)));
    assert_eq!(known.hostname.as_deref(), Some("connector.example.com"));
    let unknown = connectors.get("1").await.expect_err("unknown");
    assert_eq!(unknown.status().map(|status| status.as_u16()), Some(404));
}

/// What the two lists tell is what the submission of a validation names.
#[tokio::test]
async fn a_validation_is_submitted_by_a_connector() {
    let (_emulator, scm) = started().await;
    let domain = NewDomain::new(DOMAIN, [Delegation::new(9001, [DomainCertType::Ssl])]);
    scm.domains().create(&domain).await.expect("a domain");
    let filter = DnsConnectorFilter::new().status(ConnectionStatus::Connected);
    let found = scm.dns_connectors().list(&filter).collect().await;
    let connector = found.expect("connectors").remove(0).id;
    let providers = scm.dns_connectors().list_providers(connector.clone()).await;
    let provider = providers.expect("providers").remove(0);
    let validations = scm.domain_validations();
    validations
        .start_cname(DOMAIN)
        .await
        .expect("an instruction");
    let submitted = validations
        .submit_cname_by_connector(DOMAIN, connector.clone(), &provider)
        .await;
    submitted.expect("taken");
    let other = validations
        .submit_cname_by_connector(DOMAIN, connector, "route66")
        .await;
    other.expect_err("no provider of the connector");
}

#[tokio::test]
async fn backends_tell_their_kind() {
    let (_emulator, scm) = started().await;
    let backends = scm.ca_backends().list().await.expect("backends");
    let sectigo = backends
        .iter()
        .find(|backend| backend.kind == Some(CaBackendType::Sectigo))
        .expect("the vendor's own");
    assert_eq!(
        (sectigo.public, &sectigo.connector_kind),
        (Some(true), &None)
    );
    let validations = scm.organization_validations().list(9001).await;
    let validation = validations.expect("validations").remove(0);
    assert_eq!(validation.backend, Some(sectigo.id));
}
