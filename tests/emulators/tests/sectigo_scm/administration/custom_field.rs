use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, assert_documented, csr, enrolment, number};

const V2: &str = "/api/customField/v2";
const V1: &str = "/api/customField/v1";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

async fn create(api: &Api, body: Value) -> i64 {
    let created = api.post(V2, body).await;
    created.is_empty(201);
    number(created.header("location"))
}

async fn put(api: &Api, path: &str, body: Value) -> Answer {
    api.call(Method::PUT, path, Some(body)).await
}

async fn delete(api: &Api, path: &str) -> Answer {
    api.call(Method::DELETE, path, None).await
}

async fn enrol(api: &Api, fields: Value) -> Answer {
    let mut wanted = enrolment(&csr("www.example.com"));
    wanted["customFields"] = fields;
    api.post("/api/ssl/v1/enroll", wanted).await
}

fn names(list: &Value) -> Vec<&str> {
    let entries = list.as_array().expect("an array").iter();
    entries
        .map(|entry| entry["name"].as_str().expect("a name"))
        .collect()
}

#[tokio::test]
async fn what_is_created_is_listed_found_changed_and_deleted() {
    let api = start().await;
    let mut field = json!({
        "name": "Color", "certType": "device", "state": "ACTIVE",
        "input": {"type": "TEXT_OPTION", "options": ["red", "blue"]},
        "mandatories": ["ADMIN_UI", "REST_API"],
    });
    let id = create(&api, field.clone()).await;
    field["id"] = json!(id);
    let one = format!("{V2}/{id}");
    let found = api.get(&one).await.json();
    assert_eq!(found, field);
    assert_documented(&found, "CustomFieldDetails");
    let list = api.get(&format!("{V2}/?certType=Device")).await;
    assert_eq!(list.header("x-total-count"), "2");
    assert_eq!(list.json()[1], field);
    let all = api.get(V2).await;
    assert_eq!(all.header("x-total-count"), "5", "four kinds, and this one");
    for (kind, count) in [("SSL", 1), ("CodeSign", 1), ("BrandIndicator", 0)] {
        let list = api.get(&format!("{V2}/?certType={kind}")).await.json();
        assert_eq!(list.as_array().map(Vec::len), Some(count), "{kind}");
    }
    let change = json!({"id": id, "name": "Colour", "mandatories": [], "input": {"type": "DATE"}});
    let changed = put(&api, V2, change).await.json();
    field["name"] = json!("Colour");
    field["mandatories"] = json!([]);
    field["input"] = json!({"type": "DATE"});
    assert_eq!(changed, field, "the rest stays");
    delete(&api, &one).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -135));
    assert_eq!(delete(&api, &one).await.refusal(), (404, -135));
}

#[tokio::test]
async fn the_older_version_sees_the_same_fields_with_one_flag() {
    let api = start().await;
    let body = json!({"name": "Team", "mandatory": true, "certType": "smime"});
    let created = api.post(V1, body).await;
    assert_eq!(created.status.as_u16(), 200);
    let mut field = created.json();
    assert_documented(&field, "CustomFieldDetailsV1");
    let id = field["id"].as_i64().expect("an id");
    let newer = api.get(&format!("{V2}/{id}")).await.json();
    let methods = json!(["ADMIN_UI", "REST_API", "SOAP_API", "WEB_FORM"]);
    assert_eq!(newer["mandatories"], methods);
    assert_eq!(newer["input"], json!({"type": "TEXT_SINGLE_LINE"}));
    assert_eq!(newer["state"], "ACTIVE");
    let list = api.get(&format!("{V1}/smime")).await.json();
    assert_eq!(list[1], field);
    assert_eq!(names(&api.get(V1).await.json()).len(), 5);
    let change = json!({"id": id, "name": "Team", "mandatory": false, "state": "INACTIVE"});
    field["mandatory"] = json!(false);
    field["state"] = json!("INACTIVE");
    assert_eq!(put(&api, V1, change).await.json(), field);
    delete(&api, &format!("{V1}/{id}")).await.is_empty(204);
    for kind in ["codesign", "SSL", "1"] {
        let refused = api.get(&format!("{V1}/{kind}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{kind}");
    }
}

#[tokio::test]
async fn definitions_are_read_strictly() {
    let api = start().await;
    let field = json!({"name": "Color", "certType": "ssl", "input": {"type": "EMAIL"}});
    for (part, value, code) in [
        ("more", json!(1), -1002),
        ("mandatory", json!(true), -1002),
        ("name", Value::Null, -7),
        ("name", json!("  "), -7),
        ("name", json!("x".repeat(257)), -1601),
        ("name", json!("Cost center"), -134),
        ("certType", Value::Null, -7),
        ("certType", json!("SSL"), -1601),
        ("state", json!("ON"), -1601),
        ("mandatories", json!(["REST"]), -1601),
        ("mandatories", json!("REST_API"), -1002),
        ("input", json!({}), -7),
        ("input", json!({"type": "TEXT"}), -1601),
        ("input", json!({"type": "TEXT_OPTION"}), -7),
        ("input", json!({"type": "TEXT_OPTION", "options": []}), -7),
        ("input", json!({"type": "DATE", "options": ["a"]}), -1601),
        ("input", json!({"type": "DATE", "more": 1}), -1002),
    ] {
        let mut body = field.clone();
        body[part] = value.clone();
        let refused = api.post(V2, body).await;
        assert_eq!(refused.refusal(), (400, code), "{part} {value}");
    }
    let refused = put(&api, V2, json!({"id": 1, "name": "Color"})).await;
    assert_eq!(refused.refusal(), (400, -135));
    let refused = put(&api, V2, json!({"name": "Color"})).await;
    assert_eq!(refused.refusal(), (400, -7));
    let refused = api.get(&format!("{V2}?size=1")).await;
    assert_eq!(refused.refusal(), (400, -1601));
    let refused = api.get(&format!("{V2}/?certType=ssl")).await;
    assert_eq!(refused.refusal(), (400, -1601));
}

#[tokio::test]
async fn a_customer_has_so_many_fields_and_no_more() {
    let api = start().await;
    for number in 4..100 {
        create(
            &api,
            json!({"name": format!("Field {number}"), "certType": "ssl"}),
        )
        .await;
    }
    let refused = api
        .post(V2, json!({"name": "One more", "certType": "ssl"}))
        .await;
    assert_eq!(refused.refusal(), (400, -131));
}

#[tokio::test]
async fn a_field_rules_over_the_enrolments_of_its_kind() {
    let api = start().await;
    let field = json!({"name": "Team", "certType": "ssl", "mandatories": ["REST_API"]});
    let id = create(&api, field).await;
    assert_eq!(enrol(&api, json!([])).await.refusal(), (400, -62));
    let empty = json!([{"name": "Team", "value": ""}]);
    assert_eq!(enrol(&api, empty).await.refusal(), (400, -62));
    let device = json!({"orgId": 9001, "csr": csr("host"), "certType": 5301});
    api.post("/api/device/v1/enroll", device).await.json();
    let listed = api.get("/api/ssl/v1/customFields").await.json();
    assert_eq!(
        listed[1],
        json!({"id": id, "name": "Team", "mandatory": true})
    );
    let devices = api.get("/api/device/v1/customFields").await.json();
    assert_eq!(names(&devices), ["Cost center"]);

    let given = json!([{"name": "Team", "value": "PKI"}]);
    let ordered = enrol(&api, given.clone()).await.json();
    put(
        &api,
        V2,
        json!({"id": id, "name": "Group", "mandatories": ["WEB_FORM"]}),
    )
    .await
    .json();
    enrol(&api, json!([])).await.json();
    assert_eq!(
        enrol(&api, given).await.refusal(),
        (400, -135),
        "it has another name"
    );
    let certificate = ordered["sslId"].as_i64().expect("an id");
    let fields = api.details(certificate).await["customFields"].clone();
    assert_eq!(fields[1], json!({"name": "Group", "value": "PKI"}));

    put(
        &api,
        V2,
        json!({"id": id, "name": "Group", "state": "INACTIVE"}),
    )
    .await
    .json();
    let given = json!([{"name": "Group", "value": "PKI"}]);
    assert_eq!(enrol(&api, given).await.refusal(), (400, -135), "it is off");
    let fields = api.details(certificate).await["customFields"].clone();
    assert_eq!(names(&fields), ["Cost center"]);
}

#[tokio::test]
async fn days_and_options_are_what_they_say() {
    let api = start().await;
    let date = json!({"name": "End", "certType": "ssl", "input": {"type": "DATE"}});
    create(&api, date).await;
    let options = json!({"type": "TEXT_OPTION", "options": ["red"]});
    create(
        &api,
        json!({"name": "Color", "certType": "ssl", "input": options}),
    )
    .await;
    for (name, value, fits) in [
        ("End", "2027-02-28", true),
        ("End", "", true),
        ("End", "2027-02-29", false),
        ("End", "28.02.2027", false),
        ("Color", "red", true),
        ("Color", "Red", false),
    ] {
        let answer = enrol(&api, json!([{"name": name, "value": value}])).await;
        match fits {
            true => assert!(answer.json()["sslId"].is_i64(), "{name} {value}"),
            false => assert_eq!(answer.refusal(), (400, -1601), "{name} {value}"),
        }
    }
}
