use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, number};

const PATH: &str = "/api/organization/v2/9001/validations";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

fn details() -> Value {
    json!({
        "generalDetails": {
            "legalName": "Example Corp AG", "assumedName": "Example", "address1": "Line 1",
            "city": "Exampleton", "stateProvince": "Example State", "postalCode": "65000",
            "country": "XX",
        },
        "evDetails": {
            "registrationAgency": {
                "registrationNumber": "12345", "city": "Exampleton", "country": "XX",
                "dateOfIncorporation": "2020-01-01", "businessCategory": "PrivateOrganization",
            },
            "contractSigner": {
                "forename": "Ada", "surname": "Example", "email": "ada@example.com",
            },
        },
        "organizationIdentifier": "NTRXX-12345",
    })
}

fn submission(level: &str) -> Value {
    json!({"validationLevel": level, "backendId": 7001, "organizationDetails": details()})
}

async fn act(api: &Api, method: Method, path: &str, body: Value) -> Answer {
    api.call(method, &format!("{PATH}/{path}"), Some(body))
        .await
}

async fn submit(api: &Api, body: Value) -> i64 {
    let submitted = act(api, Method::POST, "submit", body).await;
    submitted.is_empty(201);
    number(submitted.header("location"))
}

#[tokio::test]
async fn a_validation_is_submitted_followed_and_reset() {
    let api = start().await;
    let first = api.get(PATH).await.json();
    assert_eq!(first.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&first[0]["id"], &first[0]["status"]),
        (&json!(1001), &json!("VALIDATED"))
    );
    let id = submit(&api, submission("EV_SSL")).await;
    let one = format!("{PATH}/{id}");
    let shown = api.get(&one).await.json();
    assert_eq!(
        (&shown["status"], shown.get("expires")),
        (&json!("PENDING"), None)
    );
    assert_eq!(
        (&shown["backendId"], &shown["backendType"]),
        (&json!(7001), &json!("SASP"))
    );
    let mut expected = details();
    expected
        .as_object_mut()
        .expect("an object")
        .remove("organizationIdentifier");
    assert_eq!(shown["organizationDetails"], expected);
    assert!(shown["settings"]["TRACKING_ID"].is_string());
    assert_eq!(
        api.get(PATH).await.json()[1]["status"],
        "PENDING",
        "a list is no look"
    );
    let synced = act(&api, Method::POST, &format!("{id}/sync"), Value::Null)
        .await
        .json();
    assert_eq!(synced["status"], "PENDING");
    let done = api.get(&one).await.json();
    assert_eq!(done["status"], "VALIDATED");
    assert_eq!(done["expires"].as_str().map(str::len), Some(24));
    let validator = json!({"adminId": 10_002});
    act(&api, Method::PUT, &format!("{id}/validator"), validator)
        .await
        .is_empty(202);
    let validator = json!({"id": 10_002, "name": "Grace Example"});
    assert_eq!(api.get(&one).await.json()["validator"], validator);
    let again = act(&api, Method::PUT, &format!("{id}/revalidate"), json!({}))
        .await
        .json();
    assert_eq!(
        (&again["status"], &again["organizationDetails"]),
        (&json!("PENDING"), &expected)
    );
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -1));
    api.emulator.clock().advance_days(366);
    assert_eq!(api.get(PATH).await.json()[0]["status"], "EXPIRED");
}

/// What does not count at a level is not kept.
#[tokio::test]
async fn each_level_has_its_own_details() {
    let api = start().await;
    let id = submit(&api, submission("OV_SMIME")).await;
    let shown = api.get(&format!("{PATH}/{id}")).await.json()["organizationDetails"].clone();
    assert_eq!(shown["organizationIdentifier"], "NTRXX-12345");
    assert_eq!(shown.get("evDetails"), None);
    assert_eq!(shown["generalDetails"]["assumedName"], Value::Null);
    let other = json!({"generalDetails": {"legalName": "Other", "country": "XX"}});
    let body = json!({"organizationDetails": other});
    let again = act(&api, Method::PUT, &format!("{id}/revalidate"), body)
        .await
        .json();
    let general = json!({"legalName": "Other", "country": "XX", "assumedName": null});
    assert_eq!(
        again["organizationDetails"],
        json!({"generalDetails": general})
    );
}

#[tokio::test]
async fn a_second_validation_has_to_be_wanted() {
    let api = start().await;
    let refused = act(&api, Method::POST, "submit", submission("OV_SSL")).await;
    assert_eq!(refused.refusal(), (400, -1021));
    let mut body = submission("OV_SSL");
    body["alternative"] = json!(true);
    submit(&api, body.clone()).await;
    body["alternative"] = json!(false);
    body["overwriteIfExists"] = json!(true);
    let id = submit(&api, body).await;
    let list = api.get(PATH).await.json();
    let ids: Vec<_> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| &it["id"])
        .collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&&json!(id)) && !ids.contains(&&json!(1001)));
}

#[tokio::test]
async fn other_authorities_know_organizations_by_names_of_their_own() {
    let api = start().await;
    let mut body = json!({
        "validationLevel": "OV_SSL", "caBackendId": 7002, "externalOrgId": "8098",
        "externalOrgName": "Example Corp",
    });
    let assigned = act(&api, Method::POST, "assignment", body.clone()).await;
    assigned.is_empty(201);
    let id = number(assigned.header("location"));
    let one = format!("{PATH}/{id}");
    let shown = api.get(&one).await.json();
    assert_eq!(
        (&shown["backendType"], &shown["status"]),
        (&json!("DIGI_CERT"), &json!("VALIDATED"))
    );
    let settings = json!({"EXTERNAL_ORG_ID": "8098", "EXTERNAL_ORG_NAME": "Example Corp"});
    assert_eq!(shown["settings"], settings);
    assert_eq!(shown.get("organizationDetails"), None);
    let changed = json!({"externalOrgId": "5867"});
    act(
        &api,
        Method::PUT,
        &format!("assignment/{id}"),
        changed.clone(),
    )
    .await
    .is_empty(202);
    let settings = json!({"EXTERNAL_ORG_ID": "5867", "EXTERNAL_ORG_NAME": "Example Corp"});
    assert_eq!(api.get(&one).await.json()["settings"], settings);
    let own = act(&api, Method::PUT, "assignment/1001", changed).await;
    assert_eq!(own.refusal(), (400, -1601));
    let again = act(&api, Method::PUT, &format!("{id}/revalidate"), json!({})).await;
    assert_eq!(again.refusal(), (400, -1601));
    assert_eq!(
        act(&api, Method::POST, "assignment", body.clone())
            .await
            .refusal(),
        (400, -1021)
    );
    body["caBackendId"] = json!(7001);
    assert_eq!(
        act(&api, Method::POST, "assignment", body).await.refusal(),
        (400, -1601)
    );
}

#[tokio::test]
async fn submissions_are_read_strictly() {
    let api = start().await;
    let refused = [
        ("/unknown", json!(1), -1002),
        ("/validationLevel", Value::Null, -7),
        ("/validationLevel", json!("OV"), -1601),
        ("/backendId", Value::Null, -7),
        ("/backendId", json!(7002), -1601),
        ("/alternative", json!("no"), -1002),
        ("/organizationDetails", Value::Null, -7),
        ("/organizationDetails/unknown", json!(1), -1002),
        ("/organizationDetails/generalDetails", Value::Null, -7),
        ("/organizationDetails/evDetails", Value::Null, -7),
        (
            "/organizationDetails/organizationIdentifier",
            json!("x".repeat(129)),
            -1601,
        ),
        (
            "/organizationDetails/generalDetails/legalName",
            json!("x".repeat(65)),
            -1601,
        ),
        (
            "/organizationDetails/generalDetails/legalName",
            Value::Null,
            -7,
        ),
        (
            "/organizationDetails/generalDetails/country",
            json!("XXX"),
            -1601,
        ),
        (
            "/organizationDetails/generalDetails/city",
            json!("x".repeat(33)),
            -1601,
        ),
        (
            "/organizationDetails/evDetails/registrationAgency/country",
            Value::Null,
            -7,
        ),
        (
            "/organizationDetails/evDetails/registrationAgency/dateOfIncorporation",
            json!("2999-01-01"),
            -1601,
        ),
        (
            "/organizationDetails/evDetails/registrationAgency/businessCategory",
            json!("Private"),
            -1601,
        ),
        (
            "/organizationDetails/evDetails/contractSigner/email",
            json!(""),
            -7,
        ),
    ];
    for (place, value, code) in refused {
        let mut body = submission("EV_SSL");
        let (parent, name) = place.rsplit_once('/').expect("a path");
        body.pointer_mut(parent).expect("an object")[name] = value;
        let answer = act(&api, Method::POST, "submit", body).await;
        assert_eq!(answer.refusal(), (400, code), "{place}");
    }
    let nobody = json!({"adminId": 7});
    let nobody = act(&api, Method::PUT, "1001/validator", nobody).await;
    assert_eq!(nobody.refusal(), (400, -1601));
    let elsewhere = api.get("/api/organization/v2/9002/validations/1001").await;
    assert_eq!(elsewhere.refusal(), (404, -1));
    let nowhere = api.get("/api/organization/v2/7/validations").await;
    assert_eq!(nowhere.refusal(), (404, -1023));
    assert_eq!(api.get(PATH).await.json().as_array().map(Vec::len), Some(1));
}
