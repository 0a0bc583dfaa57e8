use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, csr, enrolment, number};

const PATH: &str = "/api/organization/v1";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

fn organization(name: &str) -> Value {
    json!({
        "name": name, "alternativeName": "Example AG", "alias": "example",
        "contactEmails": "bb123@cc,aa456@example.com", "address1": "First street, 123",
        "stateProvince": "Example State", "postalCode": "65000", "country": "XX",
        "clientCertificate": {"allowKeyRecoveryByOrgAdmins": true}, "sslCertsApiEnabled": true,
    })
}

fn department(name: &str, parent: &str) -> Value {
    json!({
        "name": name, "parentOrgName": parent, "address1": "First street, 123",
        "city": "Exampleton", "country": "XX", "clientCertificate": {},
    })
}

async fn create(api: &Api, body: Value) -> i64 {
    let created = api.post(PATH, body).await;
    created.is_empty(201);
    number(created.header("location"))
}

async fn put(api: &Api, id: i64, body: Value) -> Answer {
    api.call(Method::PUT, &format!("{PATH}/{id}"), Some(body))
        .await
}

#[tokio::test]
async fn what_is_created_is_listed_found_changed_and_deleted() {
    let api = start().await;
    let id = create(&api, organization("Example Two")).await;
    let below = create(&api, department("Sales", "Example Two")).await;
    let departments = json!([{"id": below, "name": "Sales", "parentName": "Example Two"}]);
    let mut expected = organization("Example Two");
    let fields = expected.as_object_mut().expect("an object");
    let other = fields.remove("alternativeName").expect("a name");
    fields.insert("secondaryName".to_owned(), other);
    let state = fields.remove("stateProvince").expect("a state");
    fields.insert("stateOrProvince".to_owned(), state);
    expected["id"] = json!(id);
    expected["clientCertsApiEnabled"] = json!(false);
    expected["certTypes"] = json!(["SSL", "SMIME", "CodeSign", "Device"]);
    expected["departments"] = departments.clone();
    expected["clientCertificate"] = json!({
        "allowKeyRecoveryByMasterAdmins": false,
        "allowKeyRecoveryByOrgAdmins": true,
        "allowKeyRecoveryByDepartmentAdmins": false,
    });
    let one = format!("{PATH}/{id}");
    assert_eq!(api.get(&one).await.json(), expected);
    let entry = json!({"id": id, "name": "Example Two", "departments": departments});
    for path in [PATH.to_owned(), format!("{PATH}/report-type/SSL")] {
        let list = api.get(&path).await.json();
        assert_eq!(list.as_array().map(Vec::len), Some(3), "{path}");
        assert_eq!(list[2], entry, "{path}");
    }
    let changed = json!({"name": "Example Three", "alias": "", "city": "Exampleton"});
    let changed = put(&api, id, changed).await.json();
    expected["name"] = json!("Example Three");
    expected["city"] = json!("Exampleton");
    expected["departments"][0]["parentName"] = json!("Example Three");
    expected.as_object_mut().expect("an object").remove("alias");
    assert_eq!(changed, expected);
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -1023));
    let gone = api.get(&format!("{PATH}/{below}")).await;
    assert_eq!(
        gone.refusal(),
        (404, -1023),
        "it went with its organization"
    );
}

#[tokio::test]
async fn roles_look_after_organizations_or_departments() {
    let api = start().await;
    let id = create(&api, department("Sales", "Example Corp")).await;
    let path = format!("{PATH}/managedBy/DRAO_SSL");
    let sales = json!([{"id": id, "name": "Sales", "parentName": "Example Corp"}]);
    assert_eq!(api.get(&path).await.json(), sales);
    let organizations = json!([
        {"id": 9001, "name": "Example Corp"},
        {"id": 9002, "name": "Example Research"},
    ]);
    for role in ["MRAO", "RAO_SMIME"] {
        let path = format!("{PATH}/managedBy/{role}");
        assert_eq!(api.get(&path).await.json(), organizations);
    }
    let unknown = api.get(&format!("{PATH}/managedBy/SSL_RAO")).await;
    assert_eq!(unknown.refusal(), (400, -1601));
    let unknown = api.get(&format!("{PATH}/report-type/SMIME")).await;
    assert_eq!(unknown.refusal(), (400, -1601));
}

#[tokio::test]
async fn creations_are_read_strictly() {
    let api = start().await;
    let refused = [
        ("unknown", json!(1), -1002),
        ("name", Value::Null, -7),
        ("name", json!(""), -7),
        ("name", json!("x".repeat(129)), -1601),
        ("alternativeName", json!("x".repeat(1025)), -1601),
        ("contactEmails", json!("nobody"), -1601),
        ("contactWebhook", json!("x".repeat(2049)), -1601),
        ("address1", Value::Null, -7),
        ("city", json!("x".repeat(33)), -1601),
        ("stateProvince", Value::Null, -7),
        ("postalCode", json!("x".repeat(11)), -1601),
        ("country", json!("XXX"), -1601),
        ("clientCertificate", Value::Null, -7),
        ("clientCertificate", json!({"allow": true}), -1002),
        ("sslCertsApiEnabled", json!("true"), -1002),
        ("parentOrgName", json!("Example Corp"), -1002),
    ];
    for (field, value, code) in refused {
        let mut body = organization("Example Two");
        body[field] = value;
        let answer = api.post(PATH, body).await;
        assert_eq!(answer.refusal(), (400, code), "{field}");
    }
    let orphan = api.post(PATH, department("Sales", "Nobody")).await;
    assert_eq!(orphan.refusal(), (400, -1023));
    assert_eq!(api.get(PATH).await.json().as_array().map(Vec::len), Some(2));
    assert_eq!(
        put(&api, 9001, json!({"name": ""})).await.refusal(),
        (400, -1601)
    );
    assert_eq!(
        put(&api, 9001, json!({"clientCertificate": {}}))
            .await
            .refusal(),
        (400, -1002)
    );
    assert_eq!(put(&api, 1, json!({})).await.refusal(), (404, -1023));
    assert_eq!(
        api.get(&format!("{PATH}?size=1")).await.refusal(),
        (400, -1601)
    );
}

/// Certificates are ordered for these organizations, and keep them.
#[tokio::test]
async fn certificates_belong_to_organizations() {
    let api = start().await;
    let below = create(&api, department("Sales", "Example Corp")).await;
    let mut wanted = enrolment(&csr("host.example.com"));
    wanted["orgId"] = json!(below);
    let ordered = api.post("/api/ssl/v1/enroll", wanted.clone()).await.json();
    let id = ordered["sslId"].as_i64().expect("an id");
    assert_eq!(api.details(id).await["orgId"], below);
    for id in [below, 9001] {
        let path = format!("{PATH}/{id}");
        let refused = api.call(Method::DELETE, &path, None).await;
        assert_eq!(refused.refusal(), (400, -1021));
    }
    let path = format!("{PATH}/9002");
    api.call(Method::DELETE, &path, None).await.is_empty(204);
    wanted["orgId"] = json!(9002);
    let refused = api.post("/api/ssl/v1/enroll", wanted).await;
    assert_eq!(refused.refusal(), (400, -639));
}
