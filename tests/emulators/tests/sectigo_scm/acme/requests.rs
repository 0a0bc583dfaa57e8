use serde_json::{Value, json};

use super::{
    crypto::{Key, encode},
    person::{Person, call, send},
    start,
};
use crate::api::Answer;

/// A change of a protected header that makes it wrong, and what is said about it.
type Wrong = (&'static str, Change, u16, &'static str);
type Change = fn(&mut Value);

fn remove(header: &mut Value, name: &str) {
    header.as_object_mut().expect("an object").remove(name);
}

async fn wrong_headers(person: &Person<'_>, url: &str, cases: &[Wrong]) {
    for (what, change, status, kind) in cases {
        let answer = person.post_changed(url, &json!({}), change).await;
        assert_eq!(answer.problem(), (*status, (*kind).to_owned()), "{what}");
    }
}

#[tokio::test]
async fn headers_are_held_to_the_standard() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let url = person.kid.clone().expect("an account");
    assert!(person.post(&url, None).await.status.is_success());
    let cases: &[Wrong] = &[
        ("no alg", |it| remove(it, "alg"), 400, "malformed"),
        (
            "alg none",
            |it| it["alg"] = json!("none"),
            400,
            "badSignatureAlgorithm",
        ),
        (
            "a MAC",
            |it| it["alg"] = json!("HS256"),
            400,
            "badSignatureAlgorithm",
        ),
        (
            "unsupported",
            |it| it["alg"] = json!("PS256"),
            400,
            "badSignatureAlgorithm",
        ),
        (
            "of another key",
            |it| it["alg"] = json!("RS256"),
            400,
            "malformed",
        ),
        ("no nonce", |it| remove(it, "nonce"), 400, "badNonce"),
        (
            "never issued",
            |it| it["nonce"] = json!("AAAA"),
            400,
            "badNonce",
        ),
        (
            "not base64url",
            |it| it["nonce"] = json!("A=*"),
            400,
            "malformed",
        ),
        ("no url", |it| remove(it, "url"), 400, "malformed"),
        (
            "another url",
            |it| it["url"] = json!("https://other"),
            403,
            "unauthorized",
        ),
        ("no key", |it| remove(it, "kid"), 400, "malformed"),
        (
            "two keys",
            |it| it["jwk"] = Key::p256().jwk(),
            400,
            "malformed",
        ),
        (
            "unknown kid",
            |it| it["kid"] = json!("https://other"),
            400,
            "accountDoesNotExist",
        ),
        ("crit", |it| it["crit"] = json!(["exp"]), 400, "malformed"),
        ("unencoded", |it| it["b64"] = json!(false), 400, "malformed"),
        ("number", |it| it["nonce"] = json!(1), 400, "malformed"),
    ];
    wrong_headers(&person, &url, cases).await;
    let answer = person
        .post_changed(&url, &json!({}), |it| it["alg"] = json!("PS256"))
        .await;
    let algorithms = json!(["ES256", "ES384", "EdDSA", "RS256"]);
    assert_eq!(answer.problem_document()["algorithms"], algorithms);
}

#[tokio::test]
async fn either_kind_of_signer_has_its_resources() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let by_key = Person {
        kid: None,
        key: Key::p256(),
        ..Person::new(&api, Key::p256())
    };
    let refused = person
        .post(&person.url("newAccount"), Some(json!({})))
        .await;
    refused.is_refused(400, "malformed");
    for resource in ["newOrder", "keyChange", "order/1", "certificate/1"] {
        let refused = by_key.post(&by_key.url(resource), Some(json!({}))).await;
        refused.is_refused(400, "malformed");
    }
}

#[tokio::test]
async fn a_nonce_is_good_once_and_for_an_hour() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let url = person.kid.clone().expect("an account");
    let header = person.header(&url).await;
    let jws = person.key.jws(&header, "");
    assert!(send(&url, &jws).await.status.is_success());
    let refused = send(&url, &jws).await;
    refused.is_refused(400, "badNonce");
    // The refusal brings one that is good.
    let mut header = header;
    header["nonce"] = json!(refused.header("replay-nonce"));
    assert!(
        send(&url, &person.key.jws(&header, ""))
            .await
            .status
            .is_success()
    );
    let header = person.header(&url).await;
    api.emulator
        .clock()
        .advance(jiff::SignedDuration::from_mins(61));
    let refused = send(&url, &person.key.jws(&header, "")).await;
    refused.is_refused(400, "badNonce");
}

#[tokio::test]
async fn signatures_are_verified() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let url = person.kid.clone().expect("an account");
    let stranger = Key::p256();
    let header = person.header(&url).await;
    let refused = send(&url, &stranger.jws(&header, "")).await;
    refused.is_refused(400, "malformed");
    let header = person.header(&url).await;
    let mut jws = person.key.jws(&header, "");
    jws["payload"] = json!(encode(r#"{"status": "deactivated"}"#));
    send(&url, &jws).await.is_refused(400, "malformed");
    assert_eq!(person.post(&url, None).await.document()["status"], "valid");
}

/// What is sent instead of a signature that would be right.
async fn instead(person: &Person<'_>, change: impl FnOnce(&mut Value)) -> Answer {
    let url = person.kid.clone().expect("an account");
    let header = person.header(&url).await;
    let mut jws = person.key.jws(&header, "");
    change(&mut jws);
    send(&url, &jws).await
}

#[tokio::test]
async fn only_flattened_signatures_are_read() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let changes: [(&str, Change); 9] = [
        ("unprotected", |it| it["header"] = json!({"alg": "ES256"})),
        ("general", |it| it["signatures"] = json!([])),
        ("no signature", |it| remove(it, "signature")),
        ("no payload", |it| remove(it, "payload")),
        ("no header", |it| remove(it, "protected")),
        ("padded", |it| {
            it["protected"] = json!(format!("{}==", encode("{}")));
        }),
        ("not an object", |it| it["protected"] = json!(encode("[]"))),
        ("empty signature", |it| it["signature"] = json!("")),
        ("compact", |it| *it = json!("a.b.c")),
    ];
    for (what, change) in changes {
        let answer = instead(&person, change).await;
        assert_eq!(answer.problem(), (400, "malformed".to_owned()), "{what}");
    }
    // Members that nobody knows are ignored (RFC 7515, section 7.2.1).
    let answer = instead(&person, |it| it["unknown"] = json!(1)).await;
    assert!(answer.status.is_success(), "{}", answer.text());
}

#[tokio::test]
async fn every_supported_algorithm_signs_in() {
    let api = start().await;
    for key in [Key::p256(), Key::p384(), Key::edwards(), Key::rsa()] {
        let holder = super::create(&api, key.algorithm()).await;
        let holder = super::person::details(&api, holder).await;
        let mut person = Person::new(&api, key);
        let registered = person.register(&holder).await;
        assert_eq!(registered.status, 201, "{}", registered.text());
        person.kid = Some(registered.header("location").to_owned());
        let url = person.kid.clone().expect("an account");
        assert_eq!(person.post(&url, None).await.document()["status"], "valid");
    }
}

#[tokio::test]
async fn the_body_has_to_be_said_to_be_a_signature() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let url = person.kid.clone().expect("an account");
    let header = person.header(&url).await;
    let jws = person.key.jws(&header, "");
    let refused = call(http::Method::POST, &url, Some(("application/json", &jws))).await;
    refused.is_refused(415, "malformed");
    assert!(send(&url, &jws).await.status.is_success());
}
