//! The crate `bb-uem` held to its description.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bb_uem::{
    AuthorizationRequest, Client, Credentials, ErrorCode, OPERATIONS, Provider, UserSearch,
};
use cert_core::client::{Http, Tls};
use contract::{Document, Exchange, Fields, Suite};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 4] = [
    "get_embedded_certificate guid",
    "get_certificate_bundle guid",
    "search_users users[].guid",
    "list_user_embedded_certificates embeddedCertificates[].guid",
];

fn suite(document: Document) -> Suite<Client> {
    let http = Arc::new(Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport"));
    let operations = OPERATIONS.iter().copied();
    let connect = move |base_url: &str, exchange: &Exchange| {
        let tenant: String = exchange.path("tenantGuid");
        let credentials = Credentials::authorization(tenant, exchange.header("authorization"));
        let builder = Client::builder(base_url, credentials).transport(http.clone());
        builder.build().expect("a client for loopback")
    };
    let suite = Suite::new("bb-uem", document, operations, connect);
    around(certificates(suite)).mandatory(MANDATORY)
}

fn certificates(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("get_embedded_certificate", |uem: &Client, x| {
            uem.embedded_certificates()
                .get(&x.path("embeddedCertificateGuid"))
        })
        .case("list_certificate_enrollments", |uem: &Client, x| {
            uem.embedded_certificates()
                .enrollments(&x.path("embeddedCertificateGuid"))
        })
        .case("delete_certificate_bundle", |uem: &Client, x| {
            uem.bundles().delete(&x.path("certificateBundleGuid"))
        })
        .case("get_certificate_bundle", |uem: &Client, x| {
            uem.bundles().get(&x.path("certificateBundleGuid"))
        })
        .case("options_certificate_bundle", |uem: &Client, x| {
            uem.bundles().allowed(&x.path("certificateBundleGuid"))
        })
        .case("renew_certificate_bundle", |uem: &Client, x| {
            uem.bundles().renew(&x.path("certificateBundleGuid"))
        })
        .case("delete_certificate", |uem: &Client, x| {
            uem.certificates().delete(&x.path("certificateGuid"))
        })
        .case("get_certificate", |uem: &Client, x| {
            uem.certificates().download(&x.path("certificateGuid"))
        })
        .case("options_certificate", |uem: &Client, x| {
            uem.certificates().allowed(&x.path("certificateGuid"))
        })
        .case("renew_certificate", |uem: &Client, x| {
            uem.certificates().renew(&x.path("certificateGuid"))
        })
}

fn around(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("create_authorization", |uem: &Client, x| {
            uem.authorize(&administrator(&x.body()))
        })
        .case("util_ping", |uem: &Client, _| uem.ping())
        .case("search_users", |uem: &Client, x| {
            let query = x.query();
            let search = query
                .fill(UserSearch::new())
                .set("query", |s, text: String| s.query(text))
                .set("sortBy", |s, field: String| s.sort_by(field))
                .set("includeTotal", |s, included: bool| {
                    s.include_total(included)
                });
            uem.users()
                .page(&search.done(), query.opt("max"), query.opt("offset"))
        })
        .case("list_user_embedded_certificates", |uem: &Client, x| {
            uem.users().embedded_certificates(&x.path("userGuid"))
        })
}

fn administrator(body: &Fields<'_>) -> AuthorizationRequest {
    let name: String = body.need("username");
    let password = STANDARD
        .decode(body.need::<String>("password"))
        .expect("base64");
    let password = String::from_utf8(password).expect("UTF-8");
    match (body.need("provider"), body.opt::<String>("domain")) {
        (Provider::ActiveDirectory, Some(domain)) => {
            AuthorizationRequest::directory(domain, name, password)
        }
        _ => AuthorizationRequest::local(name, password),
    }
}

contract::areas!(crate::suite(contract::Document::of("bb-uem")); certificates);

/// A code that is misspelt in the crate, or missing there, shows.
#[test]
fn the_codes_of_the_crate_are_those_of_the_documents() {
    let document = Document::of("bb-uem");
    let listed = document
        .codes()
        .into_iter()
        .filter_map(|code| code.as_i64());
    let known = ErrorCode::KNOWN.iter().map(|known| known.code.value());
    assert_eq!(
        known.collect::<BTreeSet<_>>(),
        listed.collect::<BTreeSet<_>>()
    );
}
