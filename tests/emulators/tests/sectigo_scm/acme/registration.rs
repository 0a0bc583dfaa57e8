use serde_json::{Value, json};

use super::{
    EV, create,
    crypto::{Key, encode, mac},
    person::{Person, details, mac_key, send},
    start,
};
use crate::api::Api;

async fn holder(api: &Api) -> Value {
    details(api, create(api, "account").await).await
}

#[tokio::test]
async fn an_account_is_made_once_for_a_key() {
    let api = start().await;
    let holder = holder(&api).await;
    let person = Person::new(&api, Key::p256());
    let url = person.url("newAccount");
    let existing = json!({"onlyReturnExisting": true});
    let refused = person.post(&url, Some(existing.clone())).await;
    refused.is_refused(400, "accountDoesNotExist");
    let made = person.register(&holder).await;
    assert_eq!(made.status, 201);
    let location = made.header("location").to_owned();
    assert!(location.starts_with(&person.url("account/")), "{location}");
    let body = made.document();
    let expected = json!({
        "status": "valid", "contact": ["mailto:admin@example.com"],
        "termsOfServiceAgreed": true, "orders": format!("{location}/orders"),
        "externalAccountBinding": body["externalAccountBinding"],
    });
    assert_eq!(body, expected);
    assert!(body["externalAccountBinding"]["signature"].is_string());
    for payload in [existing, json!({})] {
        let found = person.post(&url, Some(payload)).await;
        assert_eq!(
            (found.status.as_u16(), found.header("location")),
            (200, &*location)
        );
        assert_eq!(found.document(), body);
    }
    // The key is unknown to other servers.
    let elsewhere = Person {
        server: "EV",
        ..person
    };
    let url = elsewhere.url("newAccount");
    let refused = elsewhere
        .post(&url, Some(json!({"onlyReturnExisting": true})))
        .await;
    refused.is_refused(400, "accountDoesNotExist");
}

#[tokio::test]
async fn registrations_are_held_to_the_standard() {
    let api = start().await;
    let holder = holder(&api).await;
    let person = Person::new(&api, Key::p256());
    let binding = person.binding(&holder);
    let right = json!({"termsOfServiceAgreed": true, "externalAccountBinding": binding});
    let with = |name: &str, value: Value| {
        let mut payload = right.clone();
        payload[name] = value;
        payload
    };
    let contact = |url: &str| with("contact", json!([url]));
    let cases = [
        (with("termsOfServiceAgreed", json!(false)), 400, "malformed"),
        (with("termsOfServiceAgreed", Value::Null), 400, "malformed"),
        (
            with("externalAccountBinding", Value::Null),
            403,
            "externalAccountRequired",
        ),
        (with("externalAccountBinding", json!({})), 400, "malformed"),
        (with("contact", json!("mailto:a@b.test")), 400, "malformed"),
        (contact("tel:+1234"), 400, "unsupportedContact"),
        (contact("a@b.test"), 400, "unsupportedContact"),
        (contact("mailto:nobody"), 400, "invalidContact"),
        (contact("mailto:a@b.test?subject=x"), 400, "invalidContact"),
        (contact("mailto:a@b.test,c@d.test"), 400, "invalidContact"),
        (with("onlyReturnExisting", json!(1)), 400, "malformed"),
    ];
    let url = person.url("newAccount");
    for (payload, status, kind) in cases {
        let refused = person.post(&url, Some(payload.clone())).await;
        assert_eq!(refused.problem(), (status, kind.to_owned()), "{payload}");
    }
    let refused = person.post(&url, None).await;
    refused.is_refused(400, "malformed");
    // What the server does not know is ignored, and so are orders.
    let mut unknown = with("unknown", json!(1));
    unknown["orders"] = json!("https://other");
    let made = person.post(&url, Some(unknown)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_ne!(made.document()["orders"], "https://other");
}

#[tokio::test]
async fn keys_that_cannot_be_used_are_refused() {
    let api = start().await;
    let person = Person::new(&api, Key::p256());
    let url = person.url("newAccount");
    let jwk = person.key.jwk();
    let with = |name: &str, value: Value| {
        let mut jwk = jwk.clone();
        jwk[name] = value;
        jwk
    };
    let cases = [
        (with("crv", json!("P-521")), "badPublicKey"),
        (with("kty", json!("oct")), "badPublicKey"),
        (with("x", json!("AAAA")), "badPublicKey"),
        (with("x", jwk["y"].clone()), "badPublicKey"),
        (with("d", jwk["x"].clone()), "malformed"),
        (with("x", json!("*")), "malformed"),
        (
            json!({"kty": "RSA", "n": "AQAB", "e": "AQAB"}),
            "badPublicKey",
        ),
        (json!({}), "malformed"),
    ];
    for (jwk, kind) in cases {
        let answer = person
            .post_changed(&url, &json!({}), |it| it["jwk"] = jwk.clone())
            .await;
        assert_eq!(answer.problem(), (400, kind.to_owned()), "{jwk}");
    }
}

#[tokio::test]
async fn bindings_are_held_to_the_standard() {
    let api = start().await;
    let holder = holder(&api).await;
    let other = details(&api, create(&api, "other").await).await;
    let person = Person::new(&api, Key::p256());
    let (key, header) = (mac_key(&holder), person.binding_header(&holder));
    let jwk = person.key.jwk().to_string();
    let with = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        mac(&key, &header, &jwk)
    };
    let stranger = Key::p256();
    let mut unprotected = mac(&key, &header, &jwk);
    unprotected["header"] = json!({});
    let cases = [
        (
            "unknown kid",
            with("kid", json!("unknown")),
            403,
            "unauthorized",
        ),
        (
            "another's kid",
            with("kid", other["macId"].clone()),
            403,
            "unauthorized",
        ),
        (
            "another's code",
            mac(&mac_key(&other), &header, &jwk),
            403,
            "unauthorized",
        ),
        ("no kid", with("kid", Value::Null), 400, "malformed"),
        ("HS512", with("alg", json!("HS512")), 400, "malformed"),
        ("a signature", with("alg", json!("ES256")), 400, "malformed"),
        ("a nonce", with("nonce", json!("AAAA")), 400, "malformed"),
        ("a jwk", with("jwk", person.key.jwk()), 400, "malformed"),
        (
            "another url",
            with("url", json!("https://other")),
            403,
            "unauthorized",
        ),
        ("no url", with("url", Value::Null), 400, "malformed"),
        (
            "another key",
            mac(&key, &header, &stranger.jwk().to_string()),
            400,
            "malformed",
        ),
        ("no key", mac(&key, &header, "{}"), 400, "malformed"),
        ("no payload", mac(&key, &header, ""), 400, "malformed"),
        ("unprotected", unprotected, 400, "malformed"),
    ];
    let url = person.url("newAccount");
    for (what, binding, status, kind) in cases {
        let payload = json!({"termsOfServiceAgreed": true, "externalAccountBinding": binding});
        let refused = person.post(&url, Some(payload)).await;
        assert_eq!(refused.problem(), (status, kind.to_owned()), "{what}");
    }
    // The account is one of another server's.
    let elsewhere = Person {
        server: "EV",
        ..person
    };
    elsewhere
        .register(&holder)
        .await
        .is_refused(403, "unauthorized");
    let created = api
        .post(super::ACCOUNTS, super::wanted("ev", EV, 9001))
        .await;
    let extended = crate::api::number(created.header("location"));
    let extended = details(&api, extended).await;
    assert_eq!(elsewhere.register(&extended).await.status, 201);
}

#[tokio::test]
async fn an_account_is_changed_and_closed_by_its_owner() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let stranger = Person::registered(&api).await;
    let kid = person.kid.clone().expect("an account");
    stranger
        .post(&kid, None)
        .await
        .is_refused(403, "unauthorized");
    let contact = json!(["mailto:new@example.com"]);
    let changed = person.post(&kid, Some(json!({"contact": contact}))).await;
    assert_eq!(changed.document()["contact"], contact);
    for (payload, kind) in [
        (json!({"contact": ["tel:1"]}), "unsupportedContact"),
        (json!({"status": "revoked"}), "malformed"),
        (json!({"status": "valid", "contact": [1]}), "malformed"),
    ] {
        let refused = person.post(&kid, Some(payload)).await;
        refused.is_refused(400, kind);
    }
    let ignored = person
        .post(&kid, Some(json!({"termsOfServiceAgreed": false})))
        .await;
    assert_eq!(ignored.document()["contact"], contact);
    let emptied = person.post(&kid, Some(json!({"contact": []}))).await;
    assert_eq!(emptied.document()["contact"], json!([]));
    let closed = person
        .post(&kid, Some(json!({"status": "deactivated"})))
        .await;
    assert_eq!(closed.document()["status"], "deactivated");
    person
        .post(&kid, None)
        .await
        .is_refused(401, "unauthorized");
    stranger
        .post(&stranger.kid.clone().expect("an account"), None)
        .await
        .document();
}

/// What is signed by the new key, inside what the old one signs.
fn change(person: &Person<'_>, new: &Key) -> (Value, Value) {
    let header = json!({
        "alg": new.algorithm(), "jwk": new.jwk(), "url": person.url("keyChange"),
    });
    let payload = json!({"account": person.kid, "oldKey": person.key.jwk()});
    (header, payload)
}

#[tokio::test]
async fn a_key_takes_the_place_of_another() {
    let api = start().await;
    let mut person = Person::registered(&api).await;
    let (kid, url) = (
        person.kid.clone().expect("an account"),
        person.url("keyChange"),
    );
    let new = Key::rsa();
    let (header, payload) = change(&person, &new);
    let inner = new.jws(&header, &payload.to_string());
    person.post(&url, Some(inner)).await.is_empty(200);
    person.post(&kid, None).await.is_refused(400, "malformed");
    let old = std::mem::replace(&mut person.key, new);
    assert_eq!(person.post(&kid, None).await.document()["status"], "valid");
    // By either key the account is found only where it is.
    let find = json!({"onlyReturnExisting": true});
    let by_old = Person::new(&api, old);
    let new_account = by_old.url("newAccount");
    let refused = by_old.post(&new_account, Some(find.clone())).await;
    refused.is_refused(400, "accountDoesNotExist");
    let by_new = Person {
        kid: None,
        ..person
    };
    let found = by_new.post(&new_account, Some(find)).await;
    assert_eq!(found.header("location"), kid);
}

#[tokio::test]
async fn changes_of_keys_are_held_to_the_standard() {
    let api = start().await;
    let person = Person::registered(&api).await;
    let stranger = Person::registered(&api).await;
    let url = person.url("keyChange");
    let new = Key::p256();
    let (header, payload) = change(&person, &new);
    let header_with = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        new.jws(&header, &payload.to_string())
    };
    let payload_with = |name: &str, value: Value| {
        let mut payload = payload.clone();
        payload[name] = value;
        new.jws(&header, &payload.to_string())
    };
    let cases = [
        (
            "a nonce",
            header_with("nonce", json!("AAAA")),
            400,
            "malformed",
        ),
        (
            "a kid",
            header_with("kid", json!(person.kid)),
            400,
            "malformed",
        ),
        (
            "another url",
            header_with("url", json!("x")),
            403,
            "unauthorized",
        ),
        (
            "a MAC",
            header_with("alg", json!("HS256")),
            400,
            "badSignatureAlgorithm",
        ),
        (
            "another jwk",
            header_with("jwk", Key::p256().jwk()),
            400,
            "malformed",
        ),
        (
            "another account",
            payload_with("account", json!(stranger.kid)),
            400,
            "malformed",
        ),
        (
            "another old key",
            payload_with("oldKey", stranger.key.jwk()),
            400,
            "malformed",
        ),
        (
            "no old key",
            payload_with("oldKey", Value::Null),
            400,
            "malformed",
        ),
        (
            "not signed inside",
            json!({"payload": encode("{}")}),
            400,
            "malformed",
        ),
    ];
    for (what, inner, status, kind) in cases {
        let refused = person.post(&url, Some(inner)).await;
        assert_eq!(refused.problem(), (status, kind.to_owned()), "{what}");
    }
    let (header, payload) = change(&person, &stranger.key);
    let taken = stranger.key.jws(&header, &payload.to_string());
    let refused = person.post(&url, Some(taken)).await;
    refused.is_refused(409, "malformed");
    assert_eq!(Some(refused.header("location")), stranger.kid.as_deref());
    let kid = person.kid.clone().expect("an account");
    person.post(&kid, None).await.document();
    // The inner signature alone has no nonce, and changes nothing.
    let (header, payload) = change(&person, &new);
    let inner = new.jws(&header, &payload.to_string());
    send(&url, &inner).await.is_refused(400, "badNonce");
}
