//! The crate `fortiauth` held to its description.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cert_core::client::{Http, Tls};
use contract::{Document, Exchange, Fields, Suite};
use fortiauth::{
    Client, Credentials, OPERATIONS, Renewal, UserCertificateFilter, UserCertificateId,
    UserCertificateRevocationReason,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 2] = [
    "list_user_certs_pem objects[].certificate",
    "renew_user_cert certificate",
];

fn suite(document: Document) -> Suite<Client> {
    let http = Arc::new(Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport"));
    let operations = OPERATIONS.iter().copied();
    let connect = move |base_url: &str, exchange: &Exchange| {
        let builder = Client::builder(base_url, credentials(exchange));
        builder
            .transport(http.clone())
            .build()
            .expect("a client for loopback")
    };
    Suite::new("fortiauth", document, operations, connect)
        .case("list_user_certs", |fac: &Client, x| {
            let (query, certificates) = (x.query(), fac.user_certificates());
            certificates.page(&filter(&query), query.opt("limit"), query.opt("offset"))
        })
        .case("list_user_certs_pem", |fac: &Client, x| {
            let (query, certificates) = (x.query(), fac.user_certificates());
            certificates.pem_page(&filter(&query), query.opt("limit"), query.opt("offset"))
        })
        .case("get_user_cert", |fac: &Client, x| {
            fac.user_certificates()
                .get(x.path::<UserCertificateId>("id"))
        })
        .case("renew_user_cert", |fac: &Client, x| {
            fac.user_certificates().renew(&renewal(x))
        })
        .case("revoke_user_cert", |fac: &Client, x| {
            let reason: UserCertificateRevocationReason = x.body().need("revocation_reason");
            fac.user_certificates()
                .revoke(x.path::<UserCertificateId>("id"), reason)
        })
        .case("unrevoke_user_cert", |fac: &Client, x| {
            fac.user_certificates()
                .unrevoke(x.path::<UserCertificateId>("id"))
        })
        .mandatory(MANDATORY)
}

fn credentials(exchange: &Exchange) -> Credentials {
    let pair = exchange
        .header("authorization")
        .strip_prefix("Basic ")
        .expect("Basic credentials");
    let pair = String::from_utf8(STANDARD.decode(pair).expect("base64")).expect("UTF-8");
    let (administrator, key) = pair.split_once(':').expect("a name and a key");
    Credentials::access_key(administrator, key)
}

fn filter(query: &Fields<'_>) -> UserCertificateFilter {
    type Filter = UserCertificateFilter;
    query
        .fill(Filter::new())
        .set("subject__exact", |f, subject: String| {
            f.subject_exact(subject)
        })
        .set("subject__iexact", |f, subject: String| {
            f.subject_iexact(subject)
        })
        .set("subject__contains", |f, text: String| {
            f.subject_contains(text)
        })
        .set("subject__icontains", |f, text: String| {
            f.subject_icontains(text)
        })
        .set("order_by", |f, field: String| f.order_by(field))
        .done()
}

fn renewal(exchange: &Exchange) -> Renewal {
    let text = |name| str::from_utf8(&exchange.part(name).content).expect("text");
    let days: u32 = text("expiry").parse().expect("a number of days");
    let renewal = Renewal::new(text("cert_id"), text("csr"), days);
    match exchange.has("body.revoke_old") {
        true => renewal.revoke_old(text("revoke_old") == "true"),
        false => renewal,
    }
}

contract::areas!(crate::suite(contract::Document::of("fortiauth")); usercerts);

/// A device that leaves a name or number out of one row must not cost the others.
#[tokio::test]
async fn a_row_without_number_or_name_keeps_the_list() {
    let rows = r#"{"meta": {"total_count": 3}, "objects":
        [{"id": 1, "cert_id": "jane"}, {"id": null, "cert_id": "joe"}, {"serial": "0A"}]}"#;
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_raw(rows, "application/json");
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let fac = Client::new(server.uri(), Credentials::access_key("admin", "secret"));
    let fac = fac.expect("a client");
    let listed = fac.user_certificates().list(&UserCertificateFilter::new());
    let listed = listed.collect().await.expect("a list");
    let told = listed
        .iter()
        .map(|row| (row.id.is_some(), row.name.is_some()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [(true, true), (false, true), (false, false)]
    );
    let error = fac.user_certificates().unrevoke(&listed[1]).await;
    let error = error.expect_err("no number").to_string();
    assert!(error.contains("is empty"), "{error}");
    assert_eq!(server.received_requests().await.expect("recorded").len(), 1);
}
