//! The crate `sectigo-scm` held to its description.

mod acme;
mod administrator_templates;
mod administrators;
mod agents;
mod azure_accounts;
mod brand_indicators;
mod ca_backends;
mod code_signing;
mod code_signing_requests;
mod custom_fields;
mod device;
mod discovery;
mod dns_connectors;
mod domain_validations;
mod domains;
mod endpoints;
mod issuance;
mod notifications;
mod organization_validations;
mod organizations;
mod persons;
mod profiles;
mod reports;
mod scan;
mod shared;
mod smime;
mod ssl;
mod validation;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use cert_core::client::{Http, Tls};
use contract::{Document, Exchange, Suite};
use sectigo_scm::{Client, Credentials, DateFormat, ErrorCode, OPERATIONS, SslId};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn suite(document: Document) -> Suite<Client> {
    let http = Arc::new(Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport"));
    let operations = OPERATIONS.iter().copied().flatten().copied();
    let suite = Suite::new(
        "sectigo-scm",
        document,
        operations,
        move |base_url, exchange| {
            let builder = Client::builder(base_url, credentials(exchange));
            builder
                .transport(http.clone())
                .build()
                .expect("a client for loopback")
        },
    );
    let suite = ssl::cases(suite);
    let suite = smime::cases(suite);
    let suite = device::cases(suite);
    let suite = code_signing::cases(suite);
    let suite = code_signing_requests::cases(suite);
    let suite = brand_indicators::cases(suite);
    let suite = domains::cases(suite);
    let suite = domain_validations::cases(suite);
    let suite = organizations::cases(suite);
    let suite = organization_validations::cases(suite);
    let suite = persons::cases(suite);
    let suite = acme::cases(suite);
    let suite = administrators::cases(suite);
    let suite = administrator_templates::cases(suite);
    let suite = endpoints::cases(suite);
    let suite = discovery::cases(suite);
    let suite = dns_connectors::cases(suite);
    let suite = ca_backends::cases(suite);
    let suite = custom_fields::cases(suite);
    let suite = profiles::cases(suite);
    let suite = notifications::cases(suite);
    let suite = agents::cases(suite);
    let suite = azure_accounts::cases(suite);
    reports::cases(suite)
}

fn credentials(exchange: &Exchange) -> Credentials {
    let header = |name| exchange.header(name).to_owned();
    match header("email") {
        email if !email.is_empty() => {
            Credentials::developer(email, header("password"), header("customerUri"))
        }
        _ => Credentials::password(header("login"), header("password"), header("customerUri")),
    }
}

/// A client of a server that answers every request with the same status and body.
async fn client_answered(status: u16, body: Value) -> (Client, MockServer) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let credentials = Credentials::password("admin", "secret", "cst1");
    (
        Client::new(server.uri(), credentials).expect("a client for loopback"),
        server,
    )
}

contract::areas!(
    crate::suite(contract::Document::of("sectigo-scm"));
    ssl, smime, device, code_signing, code_signing_requests,
    domains, domain_validations,
    organizations, organization_validations, persons,
    brand_indicators,
    acme,
    administrators, administrator_templates, custom_fields, profiles, notifications,
    endpoints,
    discovery, agents, azure_accounts, dns_connectors, ca_backends,
    reports,
);

/// `dateFormat` goes with any call; the operations do not repeat it.
#[tokio::test]
async fn every_listed_date_format_is_known_and_sent() {
    let document = Document::of("sectigo-scm");
    let (client, server) = client_answered(200, json!([])).await;
    let schema = &document.root()["components"]["schemas"]["DateFormat"]["anyOf"][0];
    let listed = schema["enum"].as_array().expect("a list");
    // Day first, as nothing else is: not offered.
    let is_offered = |name: &&str| !matches!(*name, "UK" | "UK_HMS");
    let listed: Vec<_> = listed.iter().filter_map(Value::as_str).collect();
    assert_eq!(listed.len(), 10);
    for name in listed.into_iter().filter(is_offered) {
        let format = DateFormat::from(name);
        assert!(format.is_known(), "{name}");
        client
            .clone()
            .date_format(format)
            .ssl()
            .list_custom_fields()
            .await
            .expect("a list");
        let requests = server.received_requests().await.expect("recorded requests");
        let query = requests.last().and_then(|request| request.url.query());
        assert_eq!(query, Some(format!("dateFormat={name}").as_str()));
    }
    assert_eq!(DateFormat::KNOWN.len(), 8);
}

/// Codes are neither unique nor completely listed; each is told with the vendor's own text.
#[tokio::test]
async fn every_listed_error_code_is_told_with_its_text() {
    let document = Document::of("sectigo-scm");
    let listed = &document.root()["components"]["schemas"]["Error"]["x-codes"];
    let listed = listed.as_array().expect("a list");
    for entry in listed {
        let code = entry["code"].as_i64().expect("a number");
        let texts = entry["texts"].as_array().expect("a list");
        for text in texts.iter().filter_map(Value::as_str) {
            let body = json!({ "code": code, "description": text });
            let (client, _server) = client_answered(400, body).await;
            let error = client
                .ssl()
                .get(SslId::from(1))
                .await
                .expect_err("a refusal");
            assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(code)));
            assert_eq!(error.message(), Some(text));
        }
    }
    assert!(listed.len() > 140, "{} codes", listed.len());
}

/// A code that is misspelt in the crate, or missing there, shows.
#[test]
fn the_codes_of_the_crate_are_those_of_the_documents() {
    let document = Document::of("sectigo-scm");
    let listed = document.codes().into_iter();
    let listed: BTreeSet<i64> = listed.filter_map(|code| code.as_i64()).collect();
    let known = ErrorCode::KNOWN.iter().map(|known| known.code.value());
    let known: BTreeSet<i64> = known.collect();
    assert_eq!(known, listed);
    assert_eq!(
        known.len(),
        ErrorCode::KNOWN.len(),
        "a code is declared twice"
    );
}

#[tokio::test]
async fn a_404_of_another_server_asks_whether_the_base_url_is_right() {
    let (client, _server) = client_answered(404, json!({ "path": "/nowhere" })).await;
    let error = client.ssl().get(1).await.expect_err("nothing is there");
    assert!(
        !error.is_not_found(),
        "a certificate is not known to be unknown"
    );
    let told = error.to_string();
    assert!(told.contains("is the base URL right?"), "{told}");
}

#[test]
fn a_base_url_that_is_an_address_of_the_api_is_refused() {
    for end in ["/api", "/api/", "/private", "/proxy/api"] {
        let url = format!("https://scm.example{end}");
        let credentials = Credentials::password("admin", "secret", "cst1");
        let error = Client::new(&url, credentials).expect_err(&url).to_string();
        assert!(error.contains("leave it out"), "{error}");
    }
    for right in ["https://scm.example", "https://scm.example/proxy/"] {
        let credentials = Credentials::password("admin", "secret", "cst1");
        assert!(Client::new(right, credentials).is_ok(), "{right}");
    }
}
