//! The crate `sectigo-scm` held to its `openapi.json`.

mod ssl;

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use cert_core::api::{Http, Tls};
use contract::{Document, Exchange, Suite};
use sectigo_scm::{Client, Credentials, OPERATIONS};

const DOCUMENT: &str = include_str!("../../../../sectigo-scm/openapi.json");

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
    ssl::cases(suite)
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

#[tokio::test]
async fn every_operation_keeps_the_contract() {
    let report = suite(Document::parse(DOCUMENT)).run().await;
    write!(io::stdout(), "{report}").expect("standard output");
    report.assert_complete();
}
