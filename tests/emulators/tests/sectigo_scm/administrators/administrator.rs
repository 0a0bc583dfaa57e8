use http::Method;
use serde_json::json;

use super::{PATH, administrator, call_as, create, refused, start, update};
use crate::api::{Api, assert_documented, csr, enrolment};

async fn details(api: &Api, id: i64) -> serde_json::Value {
    api.get(&format!("{PATH}/{id}")).await.json()
}

#[tokio::test]
async fn administrators_come_change_and_go() {
    let api = start().await;
    let id = create(&api, administrator("STANDARD", "ada")).await;
    let shown = details(&api, id).await;
    assert_documented(&shown, "Administrator");
    for (name, expected) in [
        ("type", json!("STANDARD")),
        ("login", json!("ada")),
        ("status", json!("Active")),
        ("activeState", json!("Active")),
        ("activeStatus", json!("ACTIVE")),
        ("passwordState", json!("ALIVE")),
        ("clientAdminCreator", json!(10_001)),
        ("credentials", json!([{"role": "RAO_SSL", "orgId": 9001}])),
        ("privileges", json!([])),
        ("failedAttempts", json!(0)),
    ] {
        assert_eq!(shown[name], expected, "{name}");
    }
    assert_eq!(shown["created"].as_str().map(str::len), Some(10));
    assert!(!shown.to_string().contains(super::PASSWORD));

    let changes = json!({
        "telephone": "+1 (888) 266-6361", "postalCode": "62701", "locality": "Springfield",
        "activeStatus": "SUSPENDED", "privileges": ["allowEdit"], "email": null,
    });
    update(&api, id, changes).await.is_empty(200);
    let changed = details(&api, id).await;
    assert_eq!(changed["phone"], "+1 (888) 266-6361");
    assert_eq!(
        (&changed["zip"], &changed["city"]),
        (&json!("62701"), &json!("Springfield"))
    );
    assert_eq!(
        (&changed["status"], &changed["activeStatus"]),
        (&json!("Active"), &json!("SUSPENDED"))
    );
    assert_eq!(changed["email"], "ada@example.com");
    assert_eq!(changed["credentials"], shown["credentials"]);

    api.call(Method::DELETE, &format!("{PATH}/{id}"), None)
        .await
        .is_empty(204);
    assert!(details(&api, id).await["deleted"].is_string());
    assert_eq!(update(&api, id, json!({})).await.refusal(), (400, -249));
    assert_eq!(api.get(&format!("{PATH}/99")).await.refusal(), (404, -1601));
    let left = api.get(PATH).await;
    assert_eq!(left.header("x-total-count"), "2");
}

#[tokio::test]
async fn lists_are_narrowed() {
    let api = start().await;
    create(&api, administrator("API", "renewer")).await;
    let mut idp = json!({"type": "IDP", "email": "idp@example.com"});
    idp["credentials"] = json!([{"role": "DRAO_SMIME", "orgId": 9002}]);
    create(&api, idp).await;
    for (query, total) in [
        ("", "4"),
        ("?type=API", "1"),
        ("?type=DYNAMIC_IDP_TEMPLATE", "0"),
        ("?login=RENEW", "1"),
        ("?email=idp%40", "1"),
        ("?activeState=SUSPENDED", "0"),
        ("?orgId=9002", "1"),
        ("?templateId=1", "0"),
        ("?identityProviderId=361", "0"),
        ("?role=MRAO", "2"),
        ("?role=RAO_BRAND", "0"),
        ("?size=1&position=3", "4"),
    ] {
        let found = api.get(&format!("{PATH}{query}")).await;
        assert_eq!(found.header("x-total-count"), total, "{query}");
        for row in found.json().as_array().expect("a list") {
            assert_documented(row, "AdministratorListItem");
        }
    }
    for query in ["?type=OTHER", "?role=ROOT", "?nonsense=1"] {
        assert_eq!(
            api.get(&format!("{PATH}{query}")).await.refusal(),
            (400, -1601),
            "{query}"
        );
    }
}

#[tokio::test]
async fn each_kind_has_its_own_fields() {
    let api = start().await;
    for kind in ["IDP", "SAS"] {
        let mut body = administrator(kind, "nobody");
        let taken = api.post("/api/admin/v1/", body.clone()).await;
        assert_eq!(taken.refusal(), (400, -1002), "{kind}");
        let members = body.as_object_mut().expect("an object");
        members.retain(|name, _| !["login", "password"].contains(&name.as_str()));
        let shown = details(&api, create(&api, body).await).await;
        assert_eq!(shown["idpLoginInvited"].is_string(), kind == "IDP");
        assert!(shown.get("passwordState").is_none(), "{shown}");
    }
    let mut api_admin = administrator("API", "machine");
    api_admin["identityProviderId"] = json!(361);
    assert_eq!(
        api.post("/api/admin/v1/", api_admin).await.refusal(),
        (400, -1002)
    );
    let mut standard = administrator("STANDARD", "both");
    standard.as_object_mut().expect("an object").remove("type");
    standard["identityProviderId"] = json!(361);
    assert_eq!(
        api.post("/api/admin/v1/", standard.clone()).await.refusal(),
        (400, -7)
    );
    standard["idpPersonId"] = json!("ada@idp.example");
    let shown = details(&api, create(&api, standard).await).await;
    assert_eq!(
        (&shown["type"], &shown["idp"]),
        (&json!("STANDARD"), &json!("Emulated IdP"))
    );
}

#[tokio::test]
async fn what_no_administrator_can_have_is_refused() {
    let api = start().await;
    create(&api, administrator("API", "taken")).await;
    let with =
        async |name: &str, value: serde_json::Value| refused(&api, |body| body[name] = value).await;
    assert_eq!(with("email", json!("nowhere")).await, (400, -237));
    assert_eq!(with("login", json!("taken")).await, (400, -1601));
    assert_eq!(with("login", json!("two words")).await, (400, -1601));
    assert_eq!(with("forename", json!("R&D")).await, (400, -1601));
    assert_eq!(
        with("certificateSerialNumber", json!("12 34")).await,
        (400, -1601)
    );
    assert_eq!(
        with("privileges", json!(["allowEverything"])).await,
        (400, -1601)
    );
    assert_eq!(with("surname", json!(null)).await, (400, -7));
    assert_eq!(with("credentials", json!([])).await, (400, -7));
    assert_eq!(with("zip", json!("1")).await, (400, -1002));
    let smime = json!({"role": "RAO_SMIME", "orgId": 9001});
    let dcv = refused(&api, |body| {
        body["credentials"] = json!([smime]);
        body["privileges"] = json!(["allowDCV"]);
    });
    assert_eq!(dcv.await, (400, -255));
}

#[tokio::test]
async fn roles_are_of_one_level_with_one_organization() {
    let api = start().await;
    let with =
        async |roles: serde_json::Value| refused(&api, |body| body["credentials"] = roles).await;
    let ssl = json!({"role": "RAO_SSL", "orgId": 9001});
    let other = json!({"role": "RAO_SSL", "orgId": 9002});
    assert_eq!(
        with(json!([ssl, {"role": "DRAO_SSL", "orgId": 9001}])).await,
        (400, -222)
    );
    assert_eq!(with(json!([ssl, {"role": "MRAO"}])).await, (400, -222));
    assert_eq!(with(json!([{"role": "RAO_SSL"}])).await, (400, -221));
    assert_eq!(with(json!([ssl, other])).await, (400, -223));
    assert_eq!(
        with(json!([{"role": "RAO_SSL", "orgId": 7}])).await,
        (400, -639)
    );
    assert_eq!(
        with(json!([{"role": "RAO_BRAND", "orgId": 9001}])).await,
        (400, -1601)
    );
}

#[tokio::test]
async fn the_last_one_keeps_the_role() {
    let api = start().await;
    let id = create(&api, administrator("API", "first")).await;
    let smime = json!({"credentials": [{"role": "RAO_SMIME", "orgId": 9001}]});
    assert_eq!(update(&api, id, smime.clone()).await.refusal(), (400, -219));
    create(&api, administrator("API", "second")).await;
    update(&api, id, smime).await.is_empty(200);
}

#[tokio::test]
async fn kinds_become_others_as_documented() {
    let api = start().await;
    let id = create(&api, administrator("API", "machine")).await;
    let become_kind = async |kind: &str| update(&api, id, json!({"type": kind})).await;
    assert_eq!(become_kind("SAS").await.refusal(), (400, -1601));
    become_kind("STANDARD").await.is_empty(200);
    become_kind("IDP").await.is_empty(200);
    assert!(details(&api, id).await.get("login").is_none());
    assert_eq!(become_kind("API").await.refusal(), (400, -1601));
    become_kind("SAS").await.is_empty(200);
    assert_eq!(become_kind("STANDARD").await.refusal(), (400, -7));
    let back = json!({"type": "STANDARD", "login": "machine", "password": super::PASSWORD});
    update(&api, id, back).await.is_empty(200);
}

#[tokio::test]
async fn a_deleted_administrators_certificates_find_a_requester() {
    let api = start().await;
    let mut body = administrator("API", "orderer");
    body["privileges"] = json!(["sslRequest"]);
    let id = create(&api, body).await;
    let heir = create(&api, administrator("API", "heir")).await;
    let order = enrolment(&csr("www.example.com"));
    let orderer = ["orderer", super::PASSWORD];
    let path = "/api/ssl/v1/enroll";
    let ordered = call_as(&api, orderer, Method::POST, path, Some(order)).await;
    let ssl = ordered.json()["sslId"].as_i64().expect("an id");
    assert_eq!(api.details(ssl).await["requester"], "orderer");
    for requester in [id, 99] {
        let path = format!("{PATH}/{id}?replacingRequesterId={requester}");
        let refused = api.call(Method::DELETE, &path, None).await;
        assert_eq!(refused.refusal(), (400, -1601), "{requester}");
    }
    let path = format!("{PATH}/{id}?replacingRequesterId={heir}");
    api.call(Method::DELETE, &path, None).await.is_empty(204);
    let details = api.details(ssl).await;
    assert_eq!(
        (&details["requester"], &details["requesterId"]),
        (&json!("heir"), &json!(heir))
    );
    let oneself = api
        .call(Method::DELETE, &format!("{PATH}/10001"), None)
        .await;
    assert_eq!(oneself.refusal(), (400, -3));
}

#[tokio::test]
async fn what_can_be_given_is_told() {
    let api = start().await;
    let roles = api
        .get(&format!("{PATH}/roles?isForEdit=false"))
        .await
        .json();
    assert_eq!(roles.as_array().map(Vec::len), Some(9));
    create(&api, administrator("API", "ada")).await;
    let caller = ["ada", super::PASSWORD];
    let fewer = call_as(&api, caller, Method::GET, &format!("{PATH}/roles"), None).await;
    assert_eq!(fewer.json().as_array().map(Vec::len), Some(8));

    let offered = api
        .get(&format!("{PATH}/privileges?role=RAO_SSL&role=RAO_SMIME"))
        .await
        .json();
    let offered = offered.as_array().expect("a list").clone();
    for row in &offered {
        assert_documented(row, "AdministratorPrivilegeListItem");
    }
    let has = |name: &str| offered.iter().any(|row| row["name"] == name);
    assert!(has("sslRenew") && has("clientCertRevoke") && has("allowCreate"));
    assert!(!has("deviceRenew") && !has("wsApiUseOnly"));
    assert_eq!(
        api.get(&format!("{PATH}/privileges")).await.refusal(),
        (400, -7)
    );
    let unknown = api.get(&format!("{PATH}/privileges?role=ROOT")).await;
    assert_eq!(unknown.refusal(), (400, -1601));
    let providers = api.get(&format!("{PATH}/idp")).await.json();
    assert_eq!(providers, json!([{"id": 361, "name": "Emulated IdP"}]));
}
