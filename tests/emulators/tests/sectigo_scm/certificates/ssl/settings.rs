use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, csr};

async fn update(api: &Api, body: Value) -> Answer {
    api.call(Method::PUT, "/api/ssl/v1", Some(body)).await
}

#[tokio::test]
async fn an_update_changes_what_is_sent() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let before = api.details(id).await;
    let changed = update(&api, json!({"sslId": id, "comments": "changed"}))
        .await
        .json();
    assert_eq!(changed["comments"], "changed");
    let mut expected = before.clone();
    expected["comments"] = json!("changed");
    assert_eq!(changed, expected);

    let all = json!({
        "sslId": id,
        "externalRequester": "one@example.com",
        "customFields": [{"name": "Cost center", "value": "7"}],
        "autoRenewDetails": {"state": "Scheduled", "daysBeforeExpiration": 20},
        "suspendNotifications": true,
        "requesterAdminId": 10_002,
        "approverAdminId": 10_001,
    });
    let changed = update(&api, all).await.json();
    assert_eq!(changed["externalRequester"], "one@example.com");
    assert_eq!(changed["customFields"][0]["value"], "7");
    let scheduled = json!({"state": "Scheduled", "daysBeforeExpiration": 20});
    assert_eq!(changed["autoRenewDetails"], scheduled);
    assert_eq!(changed["suspendNotifications"], true);
    assert_eq!(
        (&changed["requester"], &changed["ownerId"]),
        (&json!("approver"), &json!(10_001))
    );

    let taken_back = json!({
        "sslId": id, "approverAdminId": -1, "externalRequester": "",
        "autoRenewDetails": {"state": "Not scheduled"}, "customFields": [],
    });
    let changed = update(&api, taken_back).await.json();
    assert_eq!(changed.get("ownerId"), None);
    assert_eq!(changed.get("externalRequester"), None);
    assert_eq!(
        changed["autoRenewDetails"],
        json!({"state": "Not scheduled"})
    );
    let nothing = json!([{"name": "Cost center", "value": null}]);
    assert_eq!(changed["customFields"], nothing);
    assert_eq!(changed, api.details(id).await);
}

#[tokio::test]
async fn what_was_ordered_can_be_changed_only_before() {
    let api = Api::start().await;
    let id = api.enrol("host.example.com").await;
    let csr = csr("other.example.com");
    let wanted = json!({
        "sslId": id, "term": 90, "certTypeId": 5101, "orgId": 9002,
        "commonName": "other.example.com", "subjectAlternativeNames": ["www.example.com"],
        "csr": csr,
    });
    let changed = update(&api, wanted.clone()).await.json();
    assert_eq!(
        (&changed["term"], &changed["orgId"]),
        (&json!(90), &json!(9002))
    );
    let names = json!(["other.example.com", "www.example.com"]);
    assert_eq!(changed["subjectAlternativeNames"], names);
    assert!(api.emulator.state().approve_ssl(id) && api.emulator.state().issue_ssl(id));
    let fields = [
        "term",
        "certTypeId",
        "orgId",
        "commonName",
        "subjectAlternativeNames",
        "csr",
    ];
    let others = [
        json!(30),
        json!(5103),
        json!(9001),
        json!("x.example.com"),
        json!([]),
        json!(csr),
    ];
    for (field, value) in fields.into_iter().zip(others) {
        let answer = update(&api, json!({"sslId": id, field: value})).await;
        assert_eq!(answer.refusal(), (400, -1601), "{field}");
        assert!(answer.text().contains(field), "{answer:?}");
    }
    let same = json!({"sslId": id, "term": 90, "orgId": 9002, "commonName": "other.example.com"});
    update(&api, same).await.json();
}

#[tokio::test]
async fn updates_are_read_strictly() {
    let api = Api::start().await;
    let id = api.enrol("host.example.com").await;
    let refused = [
        (json!({"comments": "x"}), -7),
        (json!({"sslId": id, "serverSoftware": "x"}), -1002),
        (json!({"sslId": id, "suspendNotifications": "true"}), -1002),
        (
            json!({"sslId": id, "autoRenewDetails": {"state": "Started"}}),
            -1601,
        ),
        (
            json!({"sslId": id, "autoRenewDetails": {"daysBeforeExpiration": 0}}),
            -1601,
        ),
        (json!({"sslId": id, "approverAdminId": 1}), -1601),
        (json!({"sslId": id, "requesterAdminId": -1}), -1601),
        (json!({"sslId": id, "term": 31}), -36),
        (json!({"sslId": id, "orgId": 1}), -639),
        (json!({"sslId": id, "certTypeId": 1}), -111),
        (json!({"sslId": id, "csr": "AAAA"}), -10),
        (
            json!({"sslId": id, "customFields": [{"name": "Nothing", "value": "x"}]}),
            -135,
        ),
    ];
    let before = api.details(id).await;
    for (body, code) in refused {
        assert_eq!(
            update(&api, body.clone()).await.refusal(),
            (400, code),
            "{body}"
        );
    }
    assert_eq!(api.details(id).await, before);
}

#[tokio::test]
async fn locations_come_and_go() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let locations = format!("/api/ssl/v1/{id}/location");
    assert_eq!(api.get(&locations).await.json(), json!([]));
    let created = api
        .post(&locations, json!({"details": {"Server": "Apache"}}))
        .await;
    created.is_empty(201);
    let url = created.header("location");
    let path = url
        .strip_prefix(api.emulator.base_url())
        .expect("absolute")
        .to_owned();
    let location = api.get(&path).await.json();
    assert_eq!(location["details"], json!({"Server": "Apache"}));
    assert_eq!(
        (&location["locationType"], &location["name"]),
        (&json!("CUSTOM"), &json!(""))
    );
    assert_eq!(api.get(&locations).await.json(), json!([location]));
    let change = json!({"details": {"IP": "192.0.2.1"}});
    api.call(Method::PUT, &path, Some(change))
        .await
        .is_empty(200);
    assert_eq!(
        api.get(&path).await.json()["details"],
        json!({"IP": "192.0.2.1"})
    );
    api.call(Method::DELETE, &path, None).await.is_empty(204);
    assert_eq!(api.get(&path).await.refusal(), (404, -1));
    assert_eq!(
        api.call(Method::DELETE, &path, None).await.refusal(),
        (404, -1)
    );
    let other = api.issue("other.example.com").await;
    let again = api
        .post(
            &format!("/api/ssl/v1/{other}/location"),
            json!({"details": {}}),
        )
        .await;
    assert_ne!(again.header("location"), url);
    assert_eq!(api.post(&locations, json!({})).await.refusal(), (400, -7));
    let nested = json!({"details": {"a": {"b": 1}}});
    assert_eq!(api.post(&locations, nested).await.refusal(), (400, -1002));
}

#[tokio::test]
async fn domain_control_is_logged_and_explained() {
    let api = Api::start().await;
    let id = api.enrol("host.example.com").await;
    let dcv = format!("/api/ssl/v1/{id}/dcv");
    let shown = api.get(&dcv).await.json();
    assert_eq!(
        shown["dcvLog"]["error"],
        json!({"code": 0, "description": null})
    );
    let entry = &shown["dcvLog"]["log"][0];
    assert_eq!(entry["domainName"], "host.example.com");
    assert_eq!(
        (&entry["dcvStatus"], &entry["dcvMethod"]),
        (&json!("Awaiting Validation"), &json!("CNAME_CSR_HASH"))
    );
    assert_eq!(
        entry["lastCheck"].as_str().map(str::len),
        Some("2025-12-04 07:48:44".len())
    );
    let hashes = &api.details(id).await["csrDetails"];
    let md5 = hashes["md5Hash"].as_str().expect("text");
    assert_eq!(
        shown["instructions"][0]["host"],
        format!("_{md5}.host.example.com.")
    );
    let sha256 = hashes["sha256Hash"].as_str().expect("text");
    let point = format!("{}.{}.sectigo.com.", &sha256[..32], &sha256[32..]);
    assert_eq!(shown["instructions"][0]["point"], point);
    assert!(api.emulator.state().approve_ssl(id) && api.emulator.state().issue_ssl(id));
    let shown = api.get(&dcv).await.json();
    assert_eq!(shown["dcvLog"]["log"][0]["dcvStatus"], "Validated");
}

#[tokio::test]
async fn every_mode_has_its_own_instructions() {
    let api = Api::start().await;
    let modes = [
        ("CNAME", "host"),
        ("EMAIL", "dcvEmail"),
        ("HTTP", "url"),
        ("HTTPS", "file"),
        ("TXT", "point"),
    ];
    for (mode, told) in modes {
        let mut wanted = crate::api::enrolment(&csr("host.example.com"));
        wanted["dcvMode"] = json!(mode);
        wanted["dcvEmail"] = json!("admin@example.com");
        let id = api.post("/api/ssl/v1/enroll", wanted).await.json()["sslId"].clone();
        let shown = api.get(&format!("/api/ssl/v1/{id}/dcv")).await.json();
        assert_eq!(shown["instructions"][0]["dcvMode"], mode);
        assert!(shown["instructions"][0][told].is_string(), "{shown}");
    }
}

#[tokio::test]
async fn a_recheck_only_starts() {
    let api = Api::start().await;
    let id = api.enrol("host.example.com").await;
    let last = async || {
        let shown = api
            .get(&format!("/api/ssl/v1/{id}/dcv?dateFormat=ISO_HMS"))
            .await
            .json();
        shown["dcvLog"]["log"][0]["lastCheck"]
            .as_str()
            .expect("a date")
            .to_owned()
    };
    let before = last().await;
    api.emulator.clock().advance_days(1);
    assert_eq!(last().await, before);
    let recheck = format!("/api/ssl/v1/{id}/dcv/recheck");
    api.call(Method::POST, &recheck, None).await.is_empty(202);
    assert!(last().await > before);
}

#[tokio::test]
async fn only_what_came_from_outside_is_deleted() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let answer = api
        .call(Method::DELETE, &format!("/api/ssl/v1/{id}"), None)
        .await;
    assert_eq!(answer.refusal(), (400, -3));
    let discovered = api
        .get("/api/ssl/v1?requestedVia=DISCOVERY&size=1")
        .await
        .json();
    let path = format!("/api/ssl/v1/{}", discovered[0]["sslId"]);
    assert_eq!(api.get(&path).await.json()["requestedVia"], "Discovery");
    api.call(Method::DELETE, &path, None).await.is_empty(204);
    assert_eq!(api.get(&path).await.refusal(), (404, -124));
}
