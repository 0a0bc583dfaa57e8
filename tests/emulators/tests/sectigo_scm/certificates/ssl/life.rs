use cert_emulators::{
    frame::x509,
    sectigo_scm::{PendingAnswer, Progress},
};
use http::{Method, StatusCode};
use jiff::SignedDuration;
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};

use crate::api::{Api, csr, csr_for, enrolment};

fn leaf(pem: &str) -> x509::Certificate {
    let der = x509::from_text(pem).expect("PEM");
    x509::Certificate::parse(&der).expect("a certificate")
}

#[tokio::test]
async fn from_request_to_revocation() {
    let api = Api::start().await;
    let key = KeyPair::generate().expect("a key");
    let mut wanted = enrolment(&csr_for("www.example.com", &key));
    wanted["subjAltNames"] = json!("a.example.com, 192.0.2.7");
    wanted["comments"] = json!("for the test");
    wanted["externalRequester"] = json!("one@example.com, two@example.com");
    wanted["customFields"] = json!([{"name": "Cost center", "value": "42"}]);
    let enrolled = api.post("/api/ssl/v1/enroll", wanted).await.json();
    let id = enrolled["sslId"].as_i64().expect("an id");
    assert_eq!(enrolled["renewId"].as_str().map(str::len), Some(20));

    let details = api.details(id).await;
    assert_eq!(details["status"], "Requested");
    assert_eq!(details["serialNumber"], Value::Null);
    assert_eq!(details["comments"], "for the test");
    assert_eq!(
        details["customFields"],
        json!([{"name": "Cost center", "value": "42"}])
    );
    let names = json!(["www.example.com", "a.example.com", "192.0.2.7"]);
    assert_eq!(details["subjectAlternativeNames"], names);
    assert_eq!(details["keyType"], "EC - P-256");

    let collect = format!("/api/ssl/v1/collect/{id}?format=x509CO");
    assert_eq!(api.get(&collect).await.refusal(), (400, -183));
    let approve = format!("/api/ssl/v1/approve/{id}");
    api.post(&approve, json!({"message": "yes"}))
        .await
        .is_empty(204);
    assert_eq!(
        api.post(&approve, json!({"message": "again"}))
            .await
            .refusal(),
        (400, -1112)
    );
    let pending = api.get(&collect).await;
    assert_eq!(pending.refusal(), (400, 0));
    assert!(pending.text().contains("Being processed by Sectigo"));

    let collected = api.get(&collect).await;
    assert_eq!(collected.status, StatusCode::OK);
    let certificate = leaf(collected.text());
    assert_eq!(certificate.public_key.der, key.subject_public_key_info());
    assert_eq!(json!(certificate.names), names);
    assert_eq!(certificate.common_name.as_deref(), Some("www.example.com"));
    let days = certificate
        .not_after
        .duration_since(certificate.not_before)
        .as_hours()
        / 24;
    assert_eq!(days, 365);

    let details = api.details(id).await;
    assert_eq!(details["status"], "Issued");
    assert_eq!(details["serialNumber"], x509::hex(&certificate.serial, ":"));
    assert_eq!(details["owner"], "Ada Example");
    assert_eq!(
        details["certificateDetails"]["subject"],
        certificate.subject
    );

    let revoke = format!("/api/ssl/v1/revoke/{id}");
    let reason = json!({"reason": "no longer used", "reasonCode": 5});
    api.post(&revoke, reason.clone()).await.is_empty(204);
    assert_eq!(api.post(&revoke, reason).await.refusal(), (400, -159));
    assert_eq!(api.get(&collect).await.refusal(), (400, -110));
    let details = api.details(id).await;
    assert_eq!(
        (&details["status"], &details["reasonCode"]),
        (&json!("Revoked"), &json!(5))
    );
    assert!(details["revoked"].is_string());
}

#[tokio::test]
async fn nobody_has_to_approve() {
    let api = Api::start().await;
    let id = api.enrol("host.example.com").await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(
            api.details(id).await["status"]
                .as_str()
                .expect("a status")
                .to_owned(),
        );
    }
    assert_eq!(
        seen,
        ["Requested", "Requested", "Requested", "Applied", "Issued"]
    );
    assert_eq!(api.details(id).await["owner"], "Grace Example");
}

#[tokio::test]
async fn steps_can_be_taken_at_once_later_or_by_hand() {
    let at_once = |builder: cert_emulators::sectigo_scm::Builder| {
        builder
            .certificates(0)
            .approval(Progress::AtOnce)
            .issuance(Progress::AtOnce)
    };
    let api = Api::start_with(at_once).await;
    let id = api.enrol("host.example.com").await;
    let issued = api.get("/api/ssl/v1?status=Issued").await.json();
    assert_eq!(issued[0]["sslId"], id);

    let hour = SignedDuration::from_hours(1);
    let later = |builder: cert_emulators::sectigo_scm::Builder| {
        builder
            .certificates(0)
            .approval(Progress::Manual)
            .issuance(Progress::After(hour))
    };
    let api = Api::start_with(later).await;
    let id = api.enrol("host.example.com").await;
    for _ in 0..9 {
        assert_eq!(api.details(id).await["status"], "Requested");
    }
    assert!(api.emulator.state().approve_ssl(id));
    assert!(!api.emulator.state().approve_ssl(id));
    assert_eq!(api.details(id).await["status"], "Applied");
    api.emulator.clock().advance(hour);
    assert_eq!(api.details(id).await["status"], "Issued");
}

/// Some clients revoke again and again until that works, and never look.
#[tokio::test]
async fn time_alone_moves_an_order_on_where_it_is_set_to() {
    let wait = SignedDuration::from_secs(10);
    let api = Api::start_with(|builder| builder.certificates(0).unattended(wait)).await;
    let id = api.enrol("host.example.com").await;
    let revoke = format!("/api/ssl/v1/revoke/{id}");
    let why = json!({"reason": "not needed"});
    let list = "/api/ssl/v1?status=Issued";
    assert_eq!(api.get(list).await.json(), json!([]));
    assert_eq!(api.post(&revoke, why.clone()).await.refusal(), (400, -102));
    api.emulator.clock().advance(wait);
    assert_eq!(
        api.post(&revoke, why.clone()).await.refusal(),
        (400, -102),
        "only approved"
    );
    assert_eq!(api.get(list).await.json(), json!([]));
    api.emulator.clock().advance(wait);
    assert_eq!(api.get(list).await.json()[0]["sslId"], id);
    api.post(&revoke, why).await.is_empty(204);
    assert_eq!(api.get(list).await.json(), json!([]));

    let by_hand = |builder: cert_emulators::sectigo_scm::Builder| {
        let builder = builder.certificates(0).unattended(wait);
        builder.approval(Progress::Manual)
    };
    let api = Api::start_with(by_hand).await;
    let id = api.enrol("host.example.com").await;
    api.emulator.clock().advance(wait * 9);
    assert_eq!(api.details(id).await["status"], "Requested");
}

#[tokio::test]
async fn a_replacement_can_be_left_to_the_test() {
    let by_hand = |builder: cert_emulators::sectigo_scm::Builder| {
        let builder = builder.certificates(0).approval(Progress::AtOnce);
        builder.issuance(Progress::Manual)
    };
    let api = Api::start_with(by_hand).await;
    let id = api.enrol("host.example.com").await;
    assert!(api.emulator.state().issue_ssl(id));
    assert!(
        !api.emulator.state().issue_ssl(id),
        "there is no order any more"
    );
    let first = api.emulator.state().ssl_certificate(id).expect("issued");
    let body = json!({"csr": csr("host.example.com"), "reason": "key lost"});
    let replace = format!("/api/ssl/v1/replace/{id}");
    api.post(&replace, body).await.is_empty(204);
    for _ in 0..5 {
        assert_eq!(api.details(id).await["status"], "Issued");
    }
    assert_eq!(
        api.emulator.state().ssl_certificate(id),
        Some(first.clone())
    );
    assert!(api.emulator.state().issue_ssl(id));
    assert_ne!(api.emulator.state().ssl_certificate(id), Some(first));
}

#[tokio::test]
async fn pending_is_said_in_many_ways() {
    let said = [
        (PendingAnswer::BeingProcessed, Some(0)),
        (PendingAnswer::NotCollectable, Some(-183)),
        (PendingAnswer::RequestBeingProcessed, Some(-1400)),
        (PendingAnswer::NotCollectedYet, Some(-103)),
        (PendingAnswer::NotAvailableNow, Some(-109)),
        (PendingAnswer::DecodingUnavailable, Some(-140)),
        (PendingAnswer::AuthorityNotAvailable, Some(-195)),
        (PendingAnswer::Empty, None),
    ];
    for (pending, code) in said {
        let adjust = |builder: cert_emulators::sectigo_scm::Builder| {
            builder
                .certificates(0)
                .approval(Progress::AtOnce)
                .pending_answer(pending)
        };
        let api = Api::start_with(adjust).await;
        let id = api.enrol("host.example.com").await;
        let answer = api.get(&format!("/api/ssl/v1/collect/{id}")).await;
        match code {
            Some(code) => assert_eq!(answer.refusal(), (400, code)),
            None => answer.is_empty(200),
        }
    }
}

#[tokio::test]
async fn declined_requests_stay_declined() {
    let api = Api::start().await;
    let id = api.enrol("host.example.com").await;
    let decline = format!("/api/ssl/v1/decline/{id}");
    api.post(&decline, json!({"message": "no"}))
        .await
        .is_empty(204);
    assert_eq!(
        api.post(&decline, json!({"message": "no"})).await.refusal(),
        (400, -1113)
    );
    for _ in 0..5 {
        let collect = format!("/api/ssl/v1/collect/{id}");
        assert_eq!(api.get(&collect).await.refusal(), (400, -183));
    }
    let details = api.details(id).await;
    assert_eq!(details["status"], "Declined");
    assert!(details["declined"].is_string());
    let revoke = format!("/api/ssl/v1/revoke/{id}");
    assert_eq!(
        api.post(&revoke, json!({"reason": "x"})).await.refusal(),
        (400, -102)
    );
}

#[tokio::test]
async fn a_requester_does_not_approve_extended_validation() {
    let api = Api::start().await;
    let key = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
    let mut wanted = enrolment(&csr_for("ev.example.com", &key.expect("a key")));
    wanted["certType"] = json!(5102);
    let id = api.post("/api/ssl/v1/enroll", wanted).await.json()["sslId"].clone();
    let approve = format!("/api/ssl/v1/approve/{id}");
    assert_eq!(
        api.post(&approve, json!({"message": "me"})).await.refusal(),
        (400, -1140)
    );
}

#[tokio::test]
async fn renewal_makes_another_certificate() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let old = api.details(id).await;
    let renew = format!("/api/ssl/v1/renewById/{id}");
    let new = api.post(&renew, json!({})).await.json()["sslId"]
        .as_i64()
        .expect("an id");
    assert_ne!(new, id);
    assert_eq!(api.details(new).await["status"], "Requested");
    assert_eq!(api.details(new).await["csrDetails"], old["csrDetails"]);
    let renewed = api.details(id).await;
    assert_eq!(
        (&renewed["renewed"], &renewed["status"]),
        (&json!(true), &json!("Issued"))
    );

    let csr = csr("host.example.com");
    let body = json!({"csr": csr, "dcvMode": "EMAIL", "dcvEmail": "admin@example.com"});
    let newer = api.post(&renew, body).await.json()["sslId"]
        .as_i64()
        .expect("an id");
    let kept = &api.details(newer).await["csrDetails"]["csr"];
    assert_eq!(
        x509::from_text(kept.as_str().expect("PEM")),
        x509::from_text(&csr)
    );

    let empty = api
        .request(Method::POST, &renew)
        .header("content-type", "application/json");
    let answer = crate::api::Answer::read(empty.send().await.expect("an answer")).await;
    assert_eq!(answer.refusal(), (400, -1002));
}

#[tokio::test]
async fn renewal_by_renew_id_says_nothing() {
    let api = Api::start().await;
    let enrolled = api
        .post("/api/ssl/v1/enroll", enrolment(&csr("host.example.com")))
        .await;
    let enrolled = enrolled.json();
    let (id, renew_id) = (
        enrolled["sslId"].as_i64().expect("an id"),
        &enrolled["renewId"],
    );
    let path = format!("/api/ssl/v1/renew/{}", renew_id.as_str().expect("text"));
    assert_eq!(api.post(&path, json!({})).await.refusal(), (400, -130));
    assert!(api.emulator.state().approve_ssl(id) && api.emulator.state().issue_ssl(id));
    api.post(&path, json!({"csr": null})).await.is_empty(204);
    assert_eq!(api.emulator.state().ssl_ids().last(), Some(&(id + 1)));
    let unknown = api.post("/api/ssl/v1/renew/nobody", json!({})).await;
    assert_eq!(unknown.refusal(), (400, -123));
}

#[tokio::test]
async fn profiles_can_forbid_renewal() {
    let api = Api::start().await;
    let wanted = json!({"orgId": 9001, "csr": csr("host.example.com"), "certType": 5103});
    let id = api.post("/api/ssl/v1/enroll", wanted).await.json()["sslId"]
        .as_i64()
        .expect("an id");
    assert!(api.emulator.state().approve_ssl(id) && api.emulator.state().issue_ssl(id));
    let renew = format!("/api/ssl/v1/renewById/{id}");
    assert_eq!(api.post(&renew, json!({})).await.refusal(), (400, -180));
}

#[tokio::test]
async fn replacement_keeps_the_id() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let first = api.emulator.state().ssl_certificate(id).expect("issued");
    let replace = format!("/api/ssl/v1/replace/{id}");
    let key = KeyPair::generate().expect("a key");
    let body = json!({
        "csr": csr_for("host.example.com", &key),
        "reason": "key lost",
        "subjectAlternativeNames": ["more.example.com"],
    });
    api.post(&replace, body.clone()).await.is_empty(204);
    assert_eq!(api.post(&replace, body).await.refusal(), (400, -130));
    let collect = format!("/api/ssl/v1/collect/{id}?format=pemco");
    assert_eq!(
        leaf(api.get(&collect).await.text()).der,
        first,
        "it is still the old one"
    );
    let second = leaf(api.get(&collect).await.text());
    assert_eq!(second.public_key.der, key.subject_public_key_info());
    assert_eq!(second.names, ["host.example.com", "more.example.com"]);
    assert_ne!(second.der, first);
    assert!(api.details(id).await["replaced"].is_string());
}

#[tokio::test]
async fn renewals_elsewhere_are_marked() {
    let api = Api::start().await;
    let (old, new) = (
        api.issue("old.example.com").await,
        api.issue("new.example.com").await,
    );
    let mark = format!("/api/ssl/v1/renew/manual/{old}");
    assert_eq!(
        api.post(&mark, json!({"id": 1})).await.refusal(),
        (404, -124)
    );
    assert_eq!(
        api.post(&mark, json!({"orderNumber": "1"})).await.refusal(),
        (400, -1104)
    );
    assert_eq!(
        api.post(&mark, json!({"orderNumber": 1})).await.refusal(),
        (400, -1002)
    );
    assert_eq!(api.details(old).await["renewed"], false);
    api.post(&mark, json!({"id": new})).await.is_empty(204);
    assert_eq!(api.details(old).await["renewed"], true);
    let order = api.details(old).await["orderNumber"].to_string();
    let mark = format!("/api/ssl/v1/renew/manual/{new}");
    api.post(&mark, json!({"orderNumber": order}))
        .await
        .is_empty(204);
}

#[tokio::test]
async fn revocation_by_serial_takes_any_spelling() {
    let api = Api::start().await;
    for spell in [
        |serial: &str| serial.to_owned(),
        |serial: &str| serial.replace(':', "").to_lowercase(),
    ] {
        let id = api.issue("host.example.com").await;
        let serial = api.details(id).await["serialNumber"]
            .as_str()
            .expect("text")
            .to_owned();
        let path = format!("/api/ssl/v1/revoke/serial/{}", spell(&serial));
        api.post(&path, json!({"reason": "compromised", "reasonCode": 1}))
            .await
            .is_empty(204);
        assert_eq!(api.emulator.state().ssl_status(id), Some("Revoked"));
    }
    let unknown = api
        .post("/api/ssl/v1/revoke/serial/00:11", json!({"reason": "x"}))
        .await;
    assert_eq!(unknown.refusal(), (400, -166));
}

#[tokio::test]
async fn revocation_can_be_recorded_by_hand() {
    let api = Api::start().await;
    let manual = "/api/ssl/v1/revoke/manual";
    let id = api.issue("host.example.com").await;
    let body = json!({
        "certId": id, "serialNumber": null, "issuer": null,
        "revokeDate": "2025-06-10T00:00:00Z", "reasonCode": 4,
    });
    api.post(manual, body.clone()).await.is_empty(204);
    assert_eq!(api.details(id).await["revoked"], "06/10/2025");
    assert_eq!(api.post(manual, body).await.refusal(), (400, -159));

    let id = api.issue("host.example.com").await;
    let details = api.details(id).await;
    let serial = &details["serialNumber"];
    let wrong = json!({"serialNumber": serial, "issuer": "CN=Somebody"});
    assert_eq!(api.post(manual, wrong).await.refusal(), (400, -166));
    let issuer = &details["certificateDetails"]["issuer"];
    api.post(manual, json!({"serialNumber": serial, "issuer": issuer}))
        .await
        .is_empty(204);
    assert_eq!(api.emulator.state().ssl_status(id), Some("Revoked"));

    assert_eq!(
        api.post(manual, json!({"serialNumber": "1"}))
            .await
            .refusal(),
        (400, -951)
    );
    let body = json!({"certId": id, "revokeDate": "June"});
    assert_eq!(api.post(manual, body).await.refusal(), (400, -1601));
}

#[tokio::test]
async fn certificates_expire_with_the_clock() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    api.emulator.clock().advance_days(364);
    assert_eq!(api.details(id).await["status"], "Issued");
    api.emulator.clock().advance_days(2);
    assert_eq!(api.details(id).await["status"], "Expired");
    let revoke = format!("/api/ssl/v1/revoke/{id}");
    assert_eq!(
        api.post(&revoke, json!({"reason": "x"})).await.refusal(),
        (400, -102)
    );
    let collect = format!("/api/ssl/v1/collect/{id}");
    assert_eq!(api.get(&collect).await.status, StatusCode::OK);
}
