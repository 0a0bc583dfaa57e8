use cert_emulators::{
    frame::x509::{Certificate, from_text},
    sectigo_scm::Progress,
};
use jiff::SignedDuration;
use rcgen::{CertificateParams, DnType, KeyPair};
use serde_json::{Value, json};

use super::{
    ACCOUNTS, DV, EV, add, create,
    crypto::{Key, decode, encode},
    domains,
    person::{Person, csr, details},
    start, wanted,
};
use crate::api::{Api, number};

fn new_key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

/// The certificates of a PEM file, leaf first.
fn chain(pem: &str) -> Vec<Certificate> {
    let blocks = pem.split_inclusive("-----END CERTIFICATE-----\n");
    let certificate = |block| Certificate::parse(&from_text(block).expect("PEM"));
    blocks
        .map(|block| certificate(block).expect("a certificate"))
        .collect()
}

#[tokio::test]
async fn an_order_is_ready_at_once_and_its_authorizations_are_valid() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let names = ["www.Example.com", "*.example.com", "www.example.com"];
    let answer = person.order(&names).await;
    assert_eq!(answer.status, 201);
    let url = answer.header("location").to_owned();
    let order = answer.document();
    let expected = json!({
        "status": "ready",
        "expires": order["expires"],
        "identifiers": [
            {"type": "dns", "value": "www.example.com"},
            {"type": "dns", "value": "*.example.com"},
        ],
        "authorizations": order["authorizations"],
        "finalize": format!("{url}/finalize"),
    });
    assert_eq!(order, expected);
    assert_eq!(person.post(&url, None).await.document(), order);
    let authorizations = order["authorizations"].as_array().expect("a list");
    assert_eq!(authorizations.len(), 2);
    for (url, name, wildcard) in [
        (&authorizations[0], "www.example.com", Value::Null),
        (&authorizations[1], "example.com", json!(true)),
    ] {
        let url = url.as_str().expect("a URL");
        let shown = person.post(url, None).await.document();
        assert_eq!(shown["status"], "valid");
        assert_eq!(shown["identifier"], json!({"type": "dns", "value": name}));
        assert_eq!(shown["wildcard"], wildcard);
        assert!(shown["expires"].is_string());
        let challenge = &shown["challenges"][0];
        assert_eq!(
            (&challenge["type"], &challenge["status"]),
            (&json!("dns-01"), &json!("valid"))
        );
        let token = challenge["token"].as_str().expect("a token");
        assert!(decode(token).len() >= 16, "{token}");
        let challenge_url = challenge["url"].as_str().expect("a URL");
        for payload in [None, Some(json!({}))] {
            let answer = person.post(challenge_url, payload).await;
            let up = format!("<{url}>;rel=\"up\"");
            assert!(
                answer
                    .headers
                    .get_all("link")
                    .iter()
                    .any(|link| link == &*up)
            );
            assert_eq!(answer.document(), *challenge);
        }
    }
}

#[tokio::test]
async fn identifiers_outside_are_refused_one_by_one() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let dns = |name: &str| json!({"type": "dns", "value": name});
    let cases = [
        (dns("example.net"), "rejectedIdentifier"),
        (dns("example.com.test"), "rejectedIdentifier"),
        (dns("badexample.com"), "rejectedIdentifier"),
        (dns("192.0.2.1"), "malformed"),
        (dns("example"), "malformed"),
        (dns("a..example.com"), "malformed"),
        (dns("www.*.example.com"), "malformed"),
        (dns(""), "malformed"),
        (
            json!({"type": "ip", "value": "192.0.2.1"}),
            "unsupportedIdentifier",
        ),
    ];
    let url = person.url("newOrder");
    for (identifier, kind) in cases {
        let payload = json!({"identifiers": [dns("example.com"), identifier]});
        let refused = person.post(&url, Some(payload)).await;
        refused.is_refused(400, kind);
        let subproblems = refused.problem_document()["subproblems"].clone();
        assert_eq!(subproblems.as_array().map(Vec::len), Some(1));
        assert_eq!(subproblems[0]["identifier"], identifier);
        assert_eq!(
            subproblems[0]["type"],
            format!("urn:ietf:params:acme:error:{kind}")
        );
    }
    let mixed = json!({"identifiers": [dns("example.net"), dns("example")]});
    let refused = person.post(&url, Some(mixed)).await;
    refused.is_refused(400, "compound");
    let both = refused.problem_document()["subproblems"].clone();
    assert_eq!(both.as_array().map(Vec::len), Some(2));
    for payload in [
        json!({}),
        json!({"identifiers": []}),
        json!({"identifiers": ["example.com"]}),
        json!({"identifiers": [{"value": "example.com"}]}),
        json!({"identifiers": [dns("example.com")], "notAfter": "2030-01-01T00:00:00Z"}),
    ] {
        let refused = person.post(&url, Some(payload.clone())).await;
        assert_eq!(
            refused.problem(),
            (400, "malformed".to_owned()),
            "{payload}"
        );
    }
}

#[tokio::test]
async fn domains_count_as_long_as_they_are_there_and_validated() {
    let api = start().await;
    let account = create(&api, "account").await;
    assert_eq!(
        add(&api, account, &["example.com", "example.net"]).await,
        json!({})
    );
    let person = Person::registered_with(&api, &details(&api, account).await).await;
    assert_eq!(person.order(&["example.com"]).await.status, 201);
    let path = format!("{ACCOUNTS}/{account}/domain");
    let gone = Some(domains(&["example.com"]));
    let removed = api.call(http::Method::DELETE, &path, gone).await;
    assert_eq!(removed.json(), json!({}));
    let refused = person.order(&["example.com"]).await;
    refused.is_refused(400, "rejectedIdentifier");
    assert_eq!(person.order(&["example.net"]).await.status, 201);
    api.emulator.clock().advance_days(399);
    let refused = person.order(&["example.net"]).await;
    refused.is_refused(400, "rejectedIdentifier");
}

#[tokio::test]
async fn a_certificate_is_issued_for_the_names_of_the_order() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let names = ["example.com", "www.example.com"];
    let key = new_key();
    let pem = person.issue(&names, &key).await;
    let [leaf, issuer] = &chain(&pem)[..] else {
        panic!("two certificates in {pem}");
    };
    assert_eq!(leaf.names, names);
    assert_eq!(
        leaf.public_key.der,
        rcgen::PublicKeyData::subject_public_key_info(&key)
    );
    assert_eq!(leaf.issuer, issuer.subject);
    assert!(issuer.is_ca && !leaf.is_ca);
    let term = leaf.not_after.duration_since(leaf.not_before);
    assert_eq!(term, SignedDuration::from_hours(90 * 24));
}

#[tokio::test]
async fn a_certificate_shows_in_the_vendors_list() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let pem = person.issue(&["www.example.com"], &new_key()).await;
    let listed = api.get("/api/ssl/v1?requestedVia=ACME").await;
    assert_eq!(listed.header("x-total-count"), "1");
    let entry = listed.json()[0].clone();
    assert_eq!(entry["commonName"], "www.example.com");
    let id = entry["sslId"].as_i64().expect("an id");
    let details = api.details(id).await;
    assert_eq!(details["status"], "Issued");
    assert_eq!(details["requestedVia"], "ACME");
    assert_eq!(details["orgId"], 9001);
    assert_eq!(details["requester"], "made for a person");
    assert_eq!(details["certType"]["id"], 5101);
    assert_eq!(details["term"], 90);
    let issued = api.emulator.state().ssl_certificate(id);
    assert_eq!(issued.as_ref(), Some(&chain(&pem)[0].der));
}

#[tokio::test]
async fn an_order_is_processed_until_the_authority_has_issued() {
    let api = Api::start_with(|builder| {
        let builder = builder.certificates(0).persons(0).devices(0);
        builder.issuance(Progress::AfterLooks(2))
    })
    .await;
    let person = Person::registered(&api).await;
    let ordered = person.order(&["example.com"]).await;
    let (url, order) = (ordered.header("location").to_owned(), ordered.document());
    let finalized = person
        .finalize(&order, &csr(&["example.com"], &new_key()))
        .await;
    assert_eq!(finalized.header("retry-after"), "1");
    assert_eq!(finalized.header("location"), url);
    assert_eq!(finalized.document()["status"], "processing");
    let id = number(&url);
    let certificate = person.url(&format!("certificate/{id}"));
    for _ in 0..2 {
        let looked = person.post(&url, None).await;
        assert_eq!(looked.header("retry-after"), "1");
        assert_eq!(looked.document()["status"], "processing");
        person
            .post(&certificate, None)
            .await
            .is_refused(404, "malformed");
    }
    let looked = person.post(&url, None).await;
    assert_eq!(looked.header("retry-after"), "");
    assert_eq!(looked.document()["status"], "valid");
    assert_eq!(looked.document()["certificate"], certificate);
    let download = person.post(&certificate, None).await;
    assert_eq!(
        download.header("content-type"),
        "application/pem-certificate-chain"
    );
    assert_eq!(chain(download.text()).len(), 2);
}

#[tokio::test]
async fn signing_requests_have_to_fit_the_order() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let names = ["example.com", "www.example.com"];
    let order = person.order(&names).await.document();
    let key = new_key();
    let mut common = CertificateParams::new(names.map(str::to_owned)).expect("names");
    let mut named = |name: &str| {
        common.distinguished_name = rcgen::DistinguishedName::new();
        common.distinguished_name.push(DnType::CommonName, name);
        common
            .serialize_request(&key)
            .expect("a request")
            .der()
            .to_vec()
    };
    let mut damaged = csr(&names, &key);
    *damaged.last_mut().expect("not empty") ^= 1;
    let small = KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("a key");
    let cases = [
        ("one is missing", csr(&names[..1], &key)),
        (
            "one too many",
            csr(&["example.com", "www.example.com", "x.example.com"], &key),
        ),
        (
            "an address",
            csr(&["example.com", "www.example.com", "192.0.2.1"], &key),
        ),
        ("another common name", named("other.example.com")),
        ("damaged", damaged),
        ("not a request", b"nothing".to_vec()),
        ("an unsupported key", csr(&names, &small)),
    ];
    for (what, csr) in cases {
        let refused = person.finalize(&order, &csr).await;
        assert_eq!(refused.problem(), (400, "badCSR".to_owned()), "{what}");
    }
    let url = order["finalize"].as_str().expect("a URL");
    for payload in [json!({}), json!({"csr": "*"}), json!({"csr": 1})] {
        person
            .post(url, Some(payload))
            .await
            .is_refused(400, "malformed");
    }
    let fitting = named("WWW.example.com");
    let finalized = person.finalize(&order, &fitting).await;
    assert_eq!(finalized.document()["status"], "valid");
    // It is issued once.
    let refused = person.finalize(&order, &fitting).await;
    refused.is_refused(403, "orderNotReady");
}

#[tokio::test]
async fn the_accounts_own_key_is_not_certified() {
    let api = start().await;
    let holder = create(&api, "account").await;
    assert_eq!(add(&api, holder, &["example.com"]).await, json!({}));
    let key = new_key();
    let mut person = Person::new(&api, Key::p256_of(&key.serialize_der()));
    let registered = person.register(&details(&api, holder).await).await;
    person.kid = Some(registered.header("location").to_owned());
    let order = person.order(&["example.com"]).await.document();
    let refused = person.finalize(&order, &csr(&["example.com"], &key)).await;
    refused.is_refused(400, "badCSR");
}

#[tokio::test]
async fn the_servers_profile_decides_about_keys() {
    let api = start().await;
    let created = api.post(ACCOUNTS, wanted("ev", EV, 9001)).await;
    let account = number(created.header("location"));
    assert_eq!(add(&api, account, &["example.com"]).await, json!({}));
    let mut person = Person::new(&api, Key::p256());
    person.server = "EV";
    let registered = person.register(&details(&api, account).await).await;
    person.kid = Some(registered.header("location").to_owned());
    let order = person.order(&["example.com"]).await.document();
    let refused = person
        .finalize(&order, &csr(&["example.com"], &new_key()))
        .await;
    refused.is_refused(400, "badCSR");
    let rsa = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
    let fitting = csr(&["example.com"], &rsa.expect("a key"));
    let finalized = person.finalize(&order, &fitting).await;
    assert_eq!(finalized.document()["status"], "valid");
    let listed = api
        .get("/api/ssl/v1?requestedVia=ACME&sslTypeId=5102")
        .await;
    assert_eq!(listed.header("x-total-count"), "1");
}

#[tokio::test]
async fn orders_end_when_they_wait_too_long_or_lose_an_authorization() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let ordered = person.order(&["example.com"]).await;
    let (url, order) = (ordered.header("location").to_owned(), ordered.document());
    let authorization = order["authorizations"][0].as_str().expect("a URL");
    let wrong = person
        .post(authorization, Some(json!({"status": "valid"})))
        .await;
    wrong.is_refused(400, "malformed");
    let given_back = person
        .post(authorization, Some(json!({"status": "deactivated"})))
        .await;
    assert_eq!(given_back.document()["status"], "deactivated");
    assert_eq!(
        person.post(&url, None).await.document()["status"],
        "invalid"
    );
    let refused = person
        .finalize(&order, &csr(&["example.com"], &new_key()))
        .await;
    refused.is_refused(403, "orderNotReady");
    let ordered = person.order(&["example.com"]).await;
    let url = ordered.header("location").to_owned();
    api.emulator.clock().advance_days(8);
    assert_eq!(
        person.post(&url, None).await.document()["status"],
        "invalid"
    );
}

#[tokio::test]
async fn orders_are_their_clients_own() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let stranger = Person::registered(&api).await;
    let ordered = person.order(&["example.com"]).await;
    let (url, order) = (ordered.header("location").to_owned(), ordered.document());
    let authorization = order["authorizations"][0].as_str().expect("a URL");
    let challenge = authorization.replace("/authz/", "/challenge/");
    let certificate = url.replace("/order/", "/certificate/");
    for url in [&*url, authorization, &challenge, &certificate] {
        stranger
            .post(url, None)
            .await
            .is_refused(403, "unauthorized");
    }
    let csr = csr(&["example.com"], &new_key());
    let refused = stranger.finalize(&order, &csr).await;
    refused.is_refused(403, "unauthorized");
    for resource in ["order/77", "order/x", "authz/77/0", "certificate/77"] {
        let refused = person.post(&person.url(resource), None).await;
        refused.is_refused(404, "malformed");
    }
    let beyond = format!("{authorization}9");
    person
        .post(&beyond, None)
        .await
        .is_refused(404, "malformed");
    // What stands in for GET has no payload.
    for url in [&url, &certificate] {
        person
            .post(url, Some(json!({})))
            .await
            .is_refused(400, "malformed");
    }
    let orders = format!("{}/orders", person.kid.as_deref().expect("an account"));
    let listed = person.post(&orders, None).await.document();
    assert_eq!(listed, json!({"orders": [url]}));
    stranger
        .post(&orders, None)
        .await
        .is_refused(403, "unauthorized");
    person
        .post(&orders, Some(json!({})))
        .await
        .is_refused(400, "malformed");
}

#[tokio::test]
async fn orders_are_listed_page_by_page() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let mut urls = Vec::new();
    for _ in 0..201 {
        let ordered = person.order(&["example.com"]).await;
        urls.push(ordered.header("location").to_owned());
    }
    let orders = format!("{}/orders", person.kid.as_deref().expect("an account"));
    let first = person.post(&orders, None).await;
    let links = first.headers.get_all("link").iter();
    let mut links = links.filter_map(|link| link.to_str().ok());
    let next = links.find_map(|link| link.strip_prefix('<')?.strip_suffix(">;rel=\"next\""));
    let next = next.expect("a next page");
    assert_eq!(first.document()["orders"], json!(urls[..200]));
    let second = person.post(next, None).await;
    assert_eq!(second.headers.get_all("link").iter().count(), 1);
    assert_eq!(second.document()["orders"], json!(urls[200..]));
}

#[tokio::test]
async fn a_replaced_certificate_is_still_the_orders() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let key = new_key();
    let ordered = person.order(&["example.com"]).await;
    let request = csr(&["example.com"], &key);
    let finalized = person
        .finalize(&ordered.document(), &request)
        .await
        .document();
    let url = finalized["certificate"].as_str().expect("a URL");
    let before = person.post(url, None).await.text().to_owned();
    let listed = api.get("/api/ssl/v1?requestedVia=ACME").await.json();
    let id = listed[0]["sslId"].as_i64().expect("an id");
    let body = json!({
        "csr": crate::api::csr("example.com"), "reason": "test", "commonName": "example.com",
        "subjectAlternativeNames": ["example.com"],
    });
    api.post(&format!("/api/ssl/v1/replace/{id}"), body)
        .await
        .is_empty(204);
    api.details(id).await;
    let issued = api.emulator.state().ssl_certificate(id).expect("issued");
    assert_ne!(issued, chain(&before)[0].der);
    assert_eq!(person.post(url, None).await.text(), before);
    let revocation = json!({"certificate": encode(&chain(&before)[0].der)});
    let refused = person
        .post(&person.url("revokeCert"), Some(revocation))
        .await;
    refused.is_refused(400, "alreadyRevoked");
}

#[tokio::test]
async fn a_certificate_of_a_validated_domain_names_no_organization() {
    let api = start().await;
    let created = api.post(ACCOUNTS, wanted("dv", DV, 9001)).await;
    let account = number(created.header("location"));
    assert_eq!(add(&api, account, &["example.com"]).await, json!({}));
    let mut person = Person::new(&api, Key::p256());
    person.server = "DV";
    let registered = person.register(&details(&api, account).await).await;
    person.kid = Some(registered.header("location").to_owned());
    let pem = person.issue(&["example.com"], &new_key()).await;
    assert_eq!(chain(&pem)[0].subject, "CN=example.com");
    let id = api.emulator.state().ssl_ids()[0];
    let shown = api.details(id).await;
    assert_eq!(
        (&shown["subType"], &shown["orgId"]),
        (&json!("DV"), &json!(9001))
    );
}
