use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use cert_emulators::{
    frame::x509::{self, Certificate},
    sectigo_scm::{Builder, Progress},
};
use http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::api::{Answer, Api, csr, number};

const PATH: &str = "/api/brand-indicator/v1";

async fn start() -> Api {
    start_with(|builder| {
        builder
            .approval(Progress::Manual)
            .issuance(Progress::AtOnce)
    })
    .await
}

async fn start_with(adjust: impl FnOnce(Builder) -> Builder) -> Api {
    let small = |builder: Builder| builder.certificates(0).persons(0).devices(0);
    Api::start_with(|builder| adjust(small(builder))).await
}

fn wanted(host: &str) -> Value {
    json!({
        "csr": csr(host), "dcvMode": "CNAME", "orgId": 9001, "profileId": 5501, "hostByCa": true,
        "validationDetails": {
            "orgDetails": {"businessCategory": "PrivateOrganization", "joiCountry": "US"},
            "approver": {
                "title": "Ms", "forename": "Ada", "surname": "Example", "email": "ada@example.com",
            },
        },
        "tradeMark": {"base64Logo": STANDARD.encode("<svg/>"), "trademarkCountry": "US"},
    })
}

async fn enroll(api: &Api, body: Value) -> i64 {
    let created = api.post(&format!("{PATH}/enroll"), body).await;
    created.is_empty(201);
    let location = created.header("location");
    assert!(
        location.contains("/api/brand-indicator/v1/enroll/"),
        "{location}"
    );
    number(location)
}

async fn details(api: &Api, id: i64) -> Value {
    api.get(&format!("{PATH}/{id}")).await.json()
}

async fn act(api: &Api, path: String, body: Value) -> Answer {
    api.post(&format!("{PATH}/{path}"), body).await
}

async fn collect(api: &Api, id: i64, query: &str) -> Answer {
    let path = format!("{PATH}/collect/{id}{query}");
    api.call(Method::POST, &path, None).await
}

/// Publishes what the instructions say, and has the authority look.
async fn prove(api: &Api, id: i64) {
    let told = api.get(&format!("{PATH}/{id}/dcv")).await.json();
    let instruction = &told["instructions"][0];
    let text = |name: &str| instruction[name].as_str().expect("a text").to_owned();
    match text("dcvMode").as_str() {
        "CNAME" => api
            .emulator
            .state()
            .publish("CNAME", &text("host"), &text("point")),
        mode => api
            .emulator
            .state()
            .publish(mode, &text("url"), &text("file")),
    }
    let path = format!("{PATH}/{id}/dcv/recheck");
    api.call(Method::POST, &path, None).await.is_empty(202);
}

async fn status(api: &Api, id: i64) -> String {
    let told = api.get(&format!("{PATH}/{id}/dcv")).await.json();
    let entry = &told["dcvLog"]["log"][0];
    entry["dcvStatus"].as_str().expect("a status").to_owned()
}

#[tokio::test]
async fn a_brand_indicator_is_requested_validated_approved_issued_and_collected() {
    let api = start().await;
    let id = enroll(&api, wanted("brand.example")).await;
    assert_eq!(details(&api, id).await["status"], "Requested");
    assert_eq!(collect(&api, id, "").await.refusal(), (400, -183));
    act(&api, format!("approve/{id}"), json!({"message": "fine"}))
        .await
        .is_empty(204);
    let applied = details(&api, id).await;
    assert_eq!(
        (&applied["status"], &applied["term"]),
        (&json!("Applied"), &json!(0))
    );
    assert_eq!(applied["approver"]["name"], "Ada Example");
    assert_eq!(collect(&api, id, "").await.refusal(), (400, 0));

    prove(&api, id).await;
    assert_eq!(status(&api, id).await, "Validated");
    let issued = details(&api, id).await;
    assert_eq!(
        (&issued["status"], &issued["term"]),
        (&json!("Issued"), &json!(365))
    );

    let der = collect(&api, id, "?format=der").await;
    let leaf = Certificate::parse(&der.body).expect("a certificate");
    assert_eq!(leaf.common_name.as_deref(), Some("brand.example"));
    assert_eq!(leaf.issuer, issued["issuer"]);
    assert_eq!(x509::hex(&leaf.serial, ":"), issued["serialNumber"]);
    assert_eq!(
        der.header("content-disposition"),
        "attachment; filename=\"brand.example.crt\""
    );
    let pem = collect(&api, id, "?format=pem").await;
    assert_eq!(pem.text().matches("BEGIN CERTIFICATE").count(), 3);
    assert!(
        pem.text()
            .starts_with(&x509::to_pem("CERTIFICATE", &leaf.der))
    );
    for query in ["", "?format=base64"] {
        let bundle = collect(&api, id, query).await;
        assert!(
            bundle.text().starts_with("-----BEGIN PKCS7-----"),
            "{query}"
        );
    }
    assert!(details(&api, id).await["downloaded"].is_string());

    let reason = json!({"reason": "a new logo", "reasonCode": 4});
    act(&api, format!("revoke/{id}"), reason.clone())
        .await
        .is_empty(204);
    assert_eq!(
        act(&api, format!("revoke/{id}"), reason).await.refusal(),
        (400, -159)
    );
    assert_eq!(collect(&api, id, "").await.refusal(), (400, -110));
}

#[tokio::test]
async fn control_is_checked_hourly_or_when_asked_for() {
    let api = start().await;
    for mode in ["CNAME", "HTTP", "HTTPS"] {
        let mut body = wanted("brand.example");
        body["dcvMode"] = json!(mode);
        let id = enroll(&api, body).await;
        assert_eq!(status(&api, id).await, "Awaiting Validation");
        let path = format!("{PATH}/{id}/dcv/recheck");
        api.call(Method::POST, &path, None).await.is_empty(202);
        assert_eq!(
            status(&api, id).await,
            "Awaiting Validation",
            "nothing is published"
        );
        prove(&api, id).await;
        assert_eq!(status(&api, id).await, "Validated", "{mode}");
    }
    let id = enroll(&api, wanted("brand.example")).await;
    let told = api.get(&format!("{PATH}/{id}/dcv")).await.json();
    let text = |name: &str| {
        told["instructions"][0][name]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    api.emulator
        .state()
        .publish("CNAME", &text("host"), &text("point"));
    assert_eq!(
        status(&api, id).await,
        "Awaiting Validation",
        "nobody looked"
    );
    api.emulator.clock().advance(SignedDuration::from_hours(1));
    assert_eq!(status(&api, id).await, "Validated");
}

#[tokio::test]
async fn somebody_follows_the_link_in_a_mail() {
    let api = start_with(|builder| builder.validation(Progress::AfterLooks(2))).await;
    let mut body = wanted("brand.example");
    body["dcvMode"] = json!("EMAIL");
    let enroll_path = format!("{PATH}/enroll");
    assert_eq!(
        api.post(&enroll_path, body.clone()).await.refusal(),
        (400, -7)
    );
    body["dcvEmail"] = json!("admin@brand.example");
    let id = enroll(&api, body).await;
    let told = api.get(&format!("{PATH}/{id}/dcv")).await.json();
    assert_eq!(told["instructions"][0]["dcvEmail"], "admin@brand.example");
    assert_eq!(status(&api, id).await, "Awaiting Validation");
    assert_eq!(status(&api, id).await, "Validated");
}

#[tokio::test]
async fn what_nobody_approves_a_colleague_does() {
    let adjust = |builder: Builder| {
        let builder = builder.approval(Progress::AfterLooks(1));
        builder.issuance(Progress::AfterLooks(1))
    };
    let api = start_with(adjust).await;
    let id = enroll(&api, wanted("brand.example")).await;
    prove(&api, id).await;
    let looked = [
        details(&api, id).await,
        details(&api, id).await,
        details(&api, id).await,
    ];
    let states = looked.map(|details| details["status"].clone());
    assert_eq!(states, ["Applied", "Issued", "Issued"]);
    assert_eq!(details(&api, id).await["approver"]["name"], "Grace Example");
}

#[tokio::test]
async fn a_request_can_be_changed_until_it_is_approved() {
    let api = start().await;
    let mut body = wanted("brand.example");
    body["tradeMark"]["trademarkOffice"] = json!("An office");
    let id = enroll(&api, body).await;
    prove(&api, id).await;
    assert!(api.emulator.state().decline_brand_indicator(id));
    assert_eq!(details(&api, id).await["status"], "Declined");
    let change = json!({
        "dcvMode": "HTTP", "profileId": null,
        "tradeMark": {"base64Logo": STANDARD.encode("<svg id='new'/>")},
    });
    let one = format!("{PATH}/{id}");
    api.call(Method::PUT, &one, Some(change))
        .await
        .is_empty(202);
    let changed = details(&api, id).await;
    assert_eq!(
        (&changed["status"], &changed["dcvMode"]),
        (&json!("Requested"), &json!("HTTP"))
    );
    assert_eq!(
        changed["tradeMark"].as_object().map(serde_json::Map::len),
        Some(1),
        "the part is whole"
    );
    assert_eq!(
        changed["evDetails"]["approver"]["forename"], "Ada",
        "the other parts stay"
    );
    assert_eq!(status(&api, id).await, "Awaiting Validation");
    for incomplete in [
        json!({"tradeMark": {"trademarkCountry": "US"}}),
        json!({"validationDetails": {"orgDetails": {"joiCountry": "US"}}}),
    ] {
        let refused = api.call(Method::PUT, &one, Some(incomplete)).await;
        assert_eq!(refused.refusal(), (400, -7));
    }
    act(&api, format!("approve/{id}"), json!({"message": "fine"}))
        .await
        .is_empty(204);
    let late = api
        .call(Method::PUT, &one, Some(json!({"hostByCa": false})))
        .await;
    assert_eq!(late.refusal(), (400, -1113));
    let twice = act(&api, format!("approve/{id}"), json!({"message": "fine"})).await;
    assert_eq!(twice.refusal(), (400, -1112));
}

#[tokio::test]
async fn what_is_missing_wrong_or_unknown_is_refused() {
    let api = start().await;
    for name in [
        "dcvMode",
        "orgId",
        "profileId",
        "validationDetails",
        "tradeMark",
    ] {
        let mut body = wanted("brand.example");
        body.as_object_mut().expect("an object").remove(name);
        let refused = api.post(&format!("{PATH}/enroll"), body).await;
        assert_eq!(refused.refusal(), (400, -7), "{name}");
    }
    for (pointer, wrong, code) in [
        ("/dcvMode", json!("TXT"), -1601),
        ("/dcvMode", json!(1), -1002),
        ("/orgId", json!(1), -639),
        ("/profileId", json!(5101), -39),
        ("/csr", json!("AAAA"), -10),
        ("/hostByCa", json!("yes"), -1002),
        (
            "/validationDetails/orgDetails/joiCountry",
            json!("USA"),
            -1601,
        ),
        (
            "/validationDetails/orgDetails/businessCategory",
            json!("Shop"),
            -1601,
        ),
        ("/validationDetails/approver/email", json!("ada"), -1601),
        ("/validationDetails/approver", json!({"title": "Ms"}), -7),
        ("/tradeMark/base64Logo", json!("<svg/>"), -1601),
        ("/tradeMark/base64Logo", json!(""), -7),
    ] {
        let mut body = wanted("brand.example");
        *body.pointer_mut(pointer).expect("there") = wrong;
        let refused = api.post(&format!("{PATH}/enroll"), body).await;
        assert_eq!(refused.refusal(), (400, code), "{pointer}");
    }
    for place in [
        "",
        "/validationDetails",
        "/validationDetails/orgDetails",
        "/tradeMark",
    ] {
        let mut body = wanted("brand.example");
        body.pointer_mut(place).expect("there")["more"] = json!(1);
        let refused = api.post(&format!("{PATH}/enroll"), body).await;
        assert_eq!(refused.refusal(), (400, -1002), "{place}");
    }
    let id = enroll(&api, wanted("brand.example")).await;
    assert_eq!(
        collect(&api, id, "?format=x509").await.refusal(),
        (400, -1601)
    );
    for (path, body, code) in [
        (format!("approve/{id}"), json!({"message": ""}), -7),
        (format!("revoke/{id}"), json!({"reasonCode": 4}), -7),
        (
            format!("revoke/{id}"),
            json!({"reason": "a", "reasonCode": 2}),
            -1601,
        ),
        (format!("revoke/{id}"), json!({"reason": "a"}), -102),
    ] {
        assert_eq!(act(&api, path, body).await.refusal(), (400, code));
    }
    assert_eq!(api.get(&format!("{PATH}/1")).await.refusal(), (404, -5101));
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_paged() {
    let api = start().await;
    let mut ids = Vec::new();
    for (host, organization) in [
        ("b.example", 9001),
        ("c.example", 9002),
        ("a.example", 9001),
    ] {
        let mut body = wanted(host);
        body["orgId"] = json!(organization);
        ids.push(enroll(&api, body).await);
        api.emulator.clock().advance_days(1);
    }
    let listed = async |query: &str| -> (Vec<usize>, String) {
        let answer = api.get(&format!("{PATH}{query}")).await;
        let rows = answer.json();
        let rows = rows.as_array().expect("a list");
        let place = |row: &Value| ids.iter().position(|id| row["id"] == *id).expect("known");
        (
            rows.iter().map(place).collect(),
            answer.header("x-total-count").to_owned(),
        )
    };
    let day = api.emulator.clock().today();
    let first = day
        .checked_sub(SignedDuration::from_hours(72))
        .expect("a day");
    for (query, expected) in [
        (String::new(), vec![0, 1, 2]),
        ("?filter=organizationId%3D9001".to_owned(), vec![0, 2]),
        (
            "?filter=organizationId%3D9001&filter=commonName%3Da.example".to_owned(),
            vec![2],
        ),
        ("?filter=status%3Drequested".to_owned(), vec![0, 1, 2]),
        ("?filter=status%3DIssued".to_owned(), vec![]),
        (
            format!("?filter=requested%3E{}", first.tomorrow().expect("a day")),
            vec![1, 2],
        ),
        (format!("?filter=requested%3D{first}"), vec![0]),
        (
            format!("?filter=requested%3C{}", first.tomorrow().expect("a day")),
            vec![0],
        ),
        ("?sort=commonName".to_owned(), vec![2, 0, 1]),
        (
            "?sort=organizationId,desc&sort=id,desc".to_owned(),
            vec![1, 2, 0],
        ),
    ] {
        let (found, total) = listed(&query).await;
        assert_eq!(total, expected.len().to_string(), "{query}");
        assert_eq!(found, expected, "{query}");
    }
    assert_eq!(listed("?size=2").await, (vec![0, 1], "3".to_owned()));
    assert_eq!(listed("?size=2&page=1").await, (vec![2], "3".to_owned()));
    assert_eq!(listed("?size=2&page=2").await, (vec![], "3".to_owned()));
    for wrong in [
        "filter=colour%3Dred",
        "filter=status",
        "filter=id%3D1",
        "filter=expires%3Esoon",
        "sort=comments",
        "sort=id,up",
        "position=2",
    ] {
        let refused = api.get(&format!("{PATH}?{wrong}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{wrong}");
    }
}

#[tokio::test]
async fn the_authority_hosts_logo_and_chain_for_everybody() {
    let api = start_with(|builder| {
        builder
            .approval(Progress::AtOnce)
            .issuance(Progress::AtOnce)
    })
    .await;
    let mut body = wanted("brand.example");
    body["hostByCa"] = json!(false);
    let own = enroll(&api, body).await;
    let id = enroll(&api, wanted("brand.example")).await;
    for id in [own, id] {
        prove(&api, id).await;
        assert_eq!(details(&api, id).await["status"], "Issued");
    }
    assert_eq!(details(&api, own).await["logoUri"], Value::Null);
    let told = details(&api, id).await;
    let fetched = async |name: &str| {
        let url = told[name].as_str().expect("an address").to_owned();
        Answer::read(reqwest::get(url).await.expect("an answer")).await
    };
    assert_eq!(fetched("logoUri").await.text(), "<svg/>");
    let chain = fetched("certUri").await;
    assert_eq!(chain.text(), collect(&api, id, "?format=pem").await.text());
    assert_eq!(api.get(&format!("/bimi/{own}.svg")).await.status, 404);
}

/// The vendor's own sample enrols, once its numbers are those of this customer.
#[tokio::test]
async fn the_documented_sample_is_accepted() {
    let api = start().await;
    let file = "../../sectigo-scm/openapi/brand_indicators.json";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let document: Value = serde_json::from_slice(&fs::read(file).expect("a file")).expect("JSON");
    let post = &document["paths"]["/api/brand-indicator/v1/enroll"]["post"];
    let mut body = post["x-exchanges"][0]["request"]["body"]["value"].clone();
    body["orgId"] = json!(9001);
    body["profileId"] = json!(5501);
    let id = enroll(&api, body).await;
    assert_eq!(details(&api, id).await["commonName"], "ccmqa.com");
}
