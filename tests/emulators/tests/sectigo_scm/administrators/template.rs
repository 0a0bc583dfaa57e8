use http::Method;
use serde_json::{Value, json};

use super::{PATH as ADMINISTRATORS, update};
use crate::api::{Answer, Api, assert_documented, number};

const PATH: &str = "/api/admin-template/v1";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

fn template() -> Value {
    json!({
        "name": "Operators", "privileges": ["sslRenew"], "identityProviderId": 361,
        "credentials": [{"role": "RAO_SSL", "orgId": 9001}],
        "idpMappingRules": [
            {"attribute": "groups", "matchType": "MATCHES", "values": ["PKI", "Operators"]},
            {"attribute": "mail", "matchType": "CONTAINS", "values": ["@example.com"]},
        ],
    })
}

async fn create(api: &Api) -> i64 {
    let created = api.post("/api/admin-template/v1/", template()).await;
    created.is_empty(201);
    number(created.header("location"))
}

async fn put(api: &Api, id: i64, body: Value) -> Answer {
    api.call(Method::PUT, &format!("{PATH}/{id}"), Some(body))
        .await
}

async fn delete(api: &Api, id: i64, query: &str) -> Answer {
    api.call(Method::DELETE, &format!("{PATH}/{id}{query}"), None)
        .await
}

fn sign_in(api: &Api, person: &str, groups: &[&str]) -> Option<i64> {
    let attributes: [(&str, &[&str]); 2] = [("groups", groups), ("mail", &[person])];
    let mut state = api.emulator.state();
    state.sign_in_by_idp(361, person, &attributes)
}

async fn administrator(api: &Api, id: i64) -> Value {
    api.get(&format!("{ADMINISTRATORS}/{id}")).await.json()
}

#[tokio::test]
async fn templates_come_change_and_go() {
    let api = start().await;
    let id = create(&api).await;
    let mut shown = api.get(&format!("{PATH}/{id}")).await.json();
    assert_documented(&shown, "AdministratorTemplate");
    let mut expected = template();
    for name in ["created", "modified"] {
        assert_eq!(shown[name].as_str().map(str::len), Some(10));
        expected[name] = shown[name].take();
        shown[name] = expected[name].clone();
    }
    expected["id"] = id.into();
    assert_eq!(shown, expected);
    put(&api, id, json!({"name": "Renewers"}))
        .await
        .is_empty(200);
    for (query, total) in [
        ("", "1"),
        ("?name=renew", "1"),
        ("?orgId=9002", "0"),
        ("?identityProviderId=361", "1"),
    ] {
        let found = api.get(&format!("{PATH}{query}")).await;
        assert_eq!(found.header("x-total-count"), total, "{query}");
    }
    let row = api.get(PATH).await.json()[0].clone();
    assert_eq!(
        row,
        json!({"id": id, "name": "Renewers", "identityProviderId": 361})
    );
    delete(&api, id, "").await.is_empty(204);
    assert_eq!(
        api.get(&format!("{PATH}/{id}")).await.refusal(),
        (404, -1601)
    );
}

#[tokio::test]
async fn what_no_template_can_have_is_refused() {
    let api = start().await;
    for (name, value, code) in [
        ("name", json!(null), -7),
        ("name", json!("R&D"), -1601),
        ("credentials", json!([]), -7),
        ("credentials", json!([{"role": "RAO_SSL"}]), -221),
        ("idpMappingRules", json!([]), -7),
        ("idpMappingRules", json!([{"attribute": "groups"}]), -7),
        (
            "idpMappingRules",
            json!([{"attribute": "groups", "values": [], "matchType": "IS"}]),
            -1601,
        ),
        ("identityProviderId", json!(7), -1601),
        ("privileges", json!(["everything"]), -1601),
        ("rules", json!([]), -1002),
    ] {
        let mut body = template();
        body[name] = value;
        let refused = api.post("/api/admin-template/v1/", body).await;
        assert_eq!(refused.refusal(), (400, code), "{name}");
    }
}

#[tokio::test]
async fn whoever_matches_becomes_an_administrator() {
    let api = start().await;
    let template = create(&api).await;
    assert_eq!(sign_in(&api, "eve@example.com", &["Sales"]), None);
    assert_eq!(sign_in(&api, "ada@example.net", &["Operators"]), None);
    let id = sign_in(&api, "ada@example.com", &["Sales", "Operators"]).expect("a match");
    assert_eq!(sign_in(&api, "ada@example.com", &[]), Some(id));
    let made = administrator(&api, id).await;
    assert_eq!(
        (&made["type"], &made["templateId"]),
        (&json!("IDP"), &json!(template))
    );
    assert_eq!(made["privileges"], json!(["sslRenew"]));
    let found = api
        .get(&format!("{ADMINISTRATORS}?templateId={template}"))
        .await;
    assert_eq!(found.header("x-total-count"), "1");

    put(&api, template, json!({"privileges": ["sslRevoke"]}))
        .await
        .is_empty(200);
    assert_eq!(
        administrator(&api, id).await["privileges"],
        json!(["sslRevoke"])
    );

    update(&api, id, json!({"type": "IDP", "forename": "Ada"}))
        .await
        .is_empty(200);
    let privileges = json!({"privileges": []});
    assert_eq!(
        update(&api, id, privileges.clone()).await.refusal(),
        (400, -234)
    );
    let unlink = format!("{ADMINISTRATORS}/{id}/unlink");
    api.call(Method::PUT, &unlink, None).await.is_empty(204);
    assert_eq!(
        api.call(Method::PUT, &unlink, None).await.refusal(),
        (400, -1601)
    );
    update(&api, id, privileges).await.is_empty(200);
    put(&api, template, json!({"privileges": ["sslImport"]}))
        .await
        .is_empty(200);
    assert_eq!(administrator(&api, id).await["privileges"], json!([]));
}

#[tokio::test]
async fn a_template_goes_with_or_without_its_administrators() {
    let api = start().await;
    for (query, stays) in [
        ("", true),
        ("?relatedAdminsAction=UNLINK", true),
        (
            "?relatedAdminsAction=DELETE&replacingRequesterId=10002",
            false,
        ),
    ] {
        let template = create(&api).await;
        let person = format!("{template}@example.com");
        let id = sign_in(&api, &person, &["PKI"]).expect("a match");
        delete(&api, template, query).await.is_empty(204);
        let left = administrator(&api, id).await;
        assert_eq!(left.get("deleted").is_none(), stays, "{query}");
    }
    let template = create(&api).await;
    let id = sign_in(&api, "one@example.com", &["PKI"]).expect("a match");
    let own = format!("?relatedAdminsAction=delete&replacingRequesterId={id}");
    assert_eq!(delete(&api, template, &own).await.refusal(), (400, -1601));
    let other = delete(&api, template, "?relatedAdminsAction=keep").await;
    assert_eq!(other.refusal(), (400, -1601));
}
