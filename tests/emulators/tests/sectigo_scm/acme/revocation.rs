use cert_emulators::frame::x509::from_text;
use rcgen::KeyPair;
use serde_json::{Value, json};

use super::{
    add, create,
    crypto::{Key, encode},
    person::{Person, details},
    start,
};
use crate::api::{Answer, Api};

/// Orders a certificate for `example.com`; the answer is how it is named to be revoked.
async fn issue(person: &Person<'_>, key: &KeyPair) -> Value {
    let pem = person.issue(&["example.com"], key).await;
    json!({"certificate": encode(from_text(&pem).expect("PEM"))})
}

async fn revoke(person: &Person<'_>, revocation: &Value) -> Answer {
    let url = person.url("revokeCert");
    person.post(&url, Some(revocation.clone())).await
}

async fn statuses(api: &Api) -> Vec<Option<&'static str>> {
    let state = api.emulator.state();
    let ids = state.ssl_ids();
    ids.into_iter().map(|id| state.ssl_status(id)).collect()
}

#[tokio::test]
async fn the_client_that_ordered_revokes() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let key = KeyPair::generate().expect("a key");
    let mut revocation = issue(&person, &key).await;
    revocation["reason"] = json!(4);
    revoke(&person, &revocation).await.is_empty(200);
    assert_eq!(statuses(&api).await, [Some("Revoked")]);
    let id = api.emulator.state().ssl_ids()[0];
    assert_eq!(api.details(id).await["reasonCode"], 4);
    let refused = revoke(&person, &revocation).await;
    refused.is_refused(400, "alreadyRevoked");
}

#[tokio::test]
async fn the_certificates_own_key_revokes() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let key = KeyPair::generate().expect("a key");
    let revocation = issue(&person, &key).await;
    let stranger = Person::new(&api, Key::p256());
    let refused = revoke(&stranger, &revocation).await;
    refused.is_refused(403, "unauthorized");
    let by_key = Person::new(&api, Key::p256_of(&key.serialize_der()));
    revoke(&by_key, &revocation).await.is_empty(200);
    assert_eq!(statuses(&api).await, [Some("Revoked")]);
}

#[tokio::test]
async fn a_client_revokes_what_it_may_order_for() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let key = KeyPair::generate().expect("a key");
    let revocation = issue(&person, &key).await;
    let account = create(&api, "other domains").await;
    assert_eq!(add(&api, account, &["example.net"]).await, json!({}));
    let other = Person::registered_with(&api, &details(&api, account).await).await;
    revoke(&other, &revocation)
        .await
        .is_refused(403, "unauthorized");
    assert_eq!(add(&api, account, &["example.com"]).await, json!({}));
    revoke(&other, &revocation).await.is_empty(200);
    assert_eq!(statuses(&api).await, [Some("Revoked")]);
}

#[tokio::test]
async fn revocations_are_held_to_the_standard() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let key = KeyPair::generate().expect("a key");
    let right = issue(&person, &key).await;
    let with = |name: &str, value: Value| {
        let mut revocation = right.clone();
        revocation[name] = value;
        revocation
    };
    let root = from_text(&api.emulator.issuing_root_pem()).expect("PEM");
    let cases = [
        (with("reason", json!(2)), 400, "badRevocationReason"),
        (with("reason", json!(7)), 400, "badRevocationReason"),
        (with("reason", json!("4")), 400, "malformed"),
        (with("certificate", Value::Null), 400, "malformed"),
        (with("certificate", json!("*")), 400, "malformed"),
        (
            with("certificate", json!(encode("nothing"))),
            400,
            "malformed",
        ),
        (with("certificate", json!(encode(root))), 404, "malformed"),
    ];
    for (revocation, status, kind) in cases {
        let refused = revoke(&person, &revocation).await;
        assert_eq!(refused.problem(), (status, kind.to_owned()), "{revocation}");
    }
    assert_eq!(statuses(&api).await, [Some("Issued")]);
    api.emulator.clock().advance_days(91);
    revoke(&person, &right)
        .await
        .is_refused(400, "alreadyRevoked");
}

#[tokio::test]
async fn what_the_vendor_revoked_is_revoked() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let key = KeyPair::generate().expect("a key");
    let revocation = issue(&person, &key).await;
    let id = api.emulator.state().ssl_ids()[0];
    let body = json!({"reason": "test", "reasonCode": 1});
    api.post(&format!("/api/ssl/v1/revoke/{id}"), body)
        .await
        .is_empty(204);
    revoke(&person, &revocation)
        .await
        .is_refused(400, "alreadyRevoked");
}
