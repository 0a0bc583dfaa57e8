use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use http::Method;
use serde_json::{Value, json};

use crate::api::{Api, csr, enrolment};

async fn total(api: &Api, query: &str) -> usize {
    let listed = api.get(&format!("/api/ssl/v1?size=1{query}")).await;
    listed.json();
    let counted = api
        .call(Method::HEAD, &format!("/api/ssl/v1?{}", &query[1..]), None)
        .await;
    counted.is_empty(200);
    assert_eq!(
        counted.header("x-total-count"),
        listed.header("x-total-count"),
        "{query}"
    );
    listed.header("x-total-count").parse().expect("a number")
}

#[tokio::test]
async fn thousands_start_quickly() {
    let begun = Instant::now();
    let api = Api::start_with(|builder| builder.certificates(5_000)).await;
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(api.emulator.state().ssl_ids().len(), 5_000);
    let last = api.get("/api/ssl/v1?position=4999").await;
    assert_eq!(last.header("x-total-count"), "5000");
    assert_eq!(last.json()[0]["commonName"], "host-5000.example.com");
}

#[tokio::test]
async fn pages_are_cut_at_200() {
    let api = Api::start_with(|builder| builder.certificates(450)).await;
    let mut ids = Vec::new();
    for (position, expected) in [(0, 200), (200, 200), (400, 50), (450, 0)] {
        let page = api
            .get(&format!("/api/ssl/v1?size=500&position={position}"))
            .await;
        assert_eq!(page.header("x-total-count"), "450");
        let page = page.json();
        let page = page.as_array().expect("an array");
        assert_eq!(page.len(), expected);
        ids.extend(
            page.iter()
                .map(|entry| entry["sslId"].as_i64().expect("an id")),
        );
    }
    assert_eq!(ids, api.emulator.state().ssl_ids());
    let three = api.get("/api/ssl/v1?size=3&position=1").await.json();
    assert_eq!(three.as_array().map(Vec::len), Some(3));
    assert_eq!(three[0]["sslId"], ids[1]);
    assert_eq!(
        api.get("/api/ssl/v1").await.json().as_array().map(Vec::len),
        Some(200)
    );
}

#[tokio::test]
async fn the_fleet_is_in_all_states() {
    let api = Api::start_with(|builder| builder.certificates(400)).await;
    let mut states = BTreeMap::new();
    let ids = api.emulator.state().ssl_ids();
    for id in ids {
        let status = api.emulator.state().ssl_status(id).expect("known");
        *states.entry(status).or_insert(0) += 1;
    }
    let expected = [
        ("Declined", 4),
        ("Expired", 20),
        ("Issued", 336),
        ("Requested", 20),
        ("Revoked", 20),
    ];
    assert_eq!(states.into_iter().collect::<Vec<_>>(), expected);
    for (status, count) in expected {
        assert_eq!(total(&api, &format!("&status={status}")).await, count);
    }
    assert_eq!(total(&api, "&status=Unmanaged").await, 0);
    assert_eq!(total(&api, "&requestedVia=DISCOVERY").await, 20);
}

#[tokio::test]
async fn every_filter_narrows_the_list() {
    let api = Api::start_with(|builder| builder.certificates(200)).await;
    let one = api.details(2002).await;
    let text = |name: &str| one[name].as_str().expect("text").to_owned();
    let hashes = &one["certificateDetails"];
    let hash = |name: &str| hashes[name].as_str().expect("text").to_owned();
    assert_eq!(total(&api, "&commonName=HOST-0002.example").await, 1);
    assert_eq!(
        total(&api, "&subjectAlternativeName=www.host-0001.").await,
        1
    );
    assert_eq!(
        total(&api, &format!("&serialNumber={}", text("serialNumber"))).await,
        1
    );
    let plain = text("serialNumber").replace(':', "").to_lowercase();
    assert_eq!(total(&api, &format!("&serialNumber=00{plain}")).await, 1);
    assert_eq!(
        total(&api, &format!("&sha1Hash={}", hash("sha1Hash"))).await,
        1
    );
    assert_eq!(
        total(&api, &format!("&md5Hash={}", hash("md5Hash"))).await,
        1
    );
    let sha256 = api
        .get(&format!("/api/ssl/v1?sha256Hash={}", hash("sha256Hash")))
        .await;
    assert_eq!(sha256.header("x-total-count"), "1");
    assert_eq!(total(&api, "&requester=user-0002%40example").await, 3);
    assert_eq!(total(&api, "&vendor=emulated+ca").await, 200);
    assert_eq!(total(&api, "&issuer=issuing+ca").await, 200);
    assert_eq!(total(&api, "&issuer=nobody").await, 0);
    let parts = [
        ("orgId", vec!["9001", "9002"]),
        ("sslTypeId", vec!["5101", "5102", "5103"]),
        ("keyAlgorithm", vec!["RSA", "EC"]),
        ("keySize", vec!["2048", "256"]),
        ("keyParam", vec!["2048", "P-256"]),
        ("renewalStatus", vec!["SCHEDULED", "NOT_SCHEDULED"]),
        ("installStatus", vec!["NONE", "COMPLETED"]),
        ("discoveryStatus", vec!["Deployed", "NotDeployed"]),
        (
            "requestedVia",
            vec!["WEB_FORM", "REST", "ACME", "CLIENT_ADMIN", "DISCOVERY"],
        ),
        (
            "status",
            vec!["Issued", "Expired", "Revoked", "Requested", "Declined"],
        ),
    ];
    for (name, values) in parts {
        let mut sum = 0;
        for value in values {
            sum += total(&api, &format!("&{name}={value}")).await;
        }
        let unmanaged = if name == "sslTypeId" { 10 } else { 0 };
        assert_eq!(sum + unmanaged, 200, "{name}");
    }
    let rsa = total(&api, "&keyAlgorithm=RSA").await;
    assert!(rsa > 0 && total(&api, "&keyUsage=encipherment").await == rsa);
    assert_eq!(total(&api, "&extendedKeyUsage=server").await, 200);
    assert_eq!(total(&api, "&signatureAlgorithm=sha256").await, 188);
    let both = total(&api, "&status=Issued&keyAlgorithm=EC").await;
    assert!(both > 0 && both < total(&api, "&status=Issued").await);
}

#[tokio::test]
async fn external_requesters_are_found() {
    let api = Api::start_with(|builder| builder.certificates(5)).await;
    let mut wanted = enrolment(&csr("host.example.com"));
    wanted["externalRequester"] = "partner@example.net".into();
    api.post("/api/ssl/v1/enroll", wanted).await.json();
    assert_eq!(total(&api, "&externalRequester=PARTNER").await, 1);
}

#[tokio::test]
async fn dates_are_written_as_asked() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let read = async |query: &str| {
        let details = api.get(&format!("/api/ssl/v1/{id}{query}")).await.json();
        details["issued"].as_str().expect("a date").to_owned()
    };
    let today = api.emulator.clock().today();
    assert_eq!(read("").await, today.strftime("%m/%d/%Y").to_string());
    assert_eq!(
        read("?dateFormat=iso").await,
        today.strftime("%Y-%m-%d").to_string()
    );
    assert_eq!(
        read("?dateFormat=dd.MM.yyyy").await,
        today.strftime("%d.%m.%Y").to_string()
    );
    assert_eq!(
        read("?dateFormat=ISO_HMS").await.len(),
        "2024-07-10T14:30:00.000Z".len()
    );
    let free = api.get(&format!("/api/ssl/v1/{id}?dateFormat=yyyy")).await;
    assert_eq!(free.refusal(), (400, -1601));
}

/// UK puts the day first, US the month.
#[tokio::test]
async fn every_date_format_is_written_by_name_and_by_pattern() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let formats = [
        ("ISO", "yyyy-MM-dd", "%Y-%m-%d"),
        ("EU", "dd.MM.yyyy", "%d.%m.%Y"),
        ("US", "MM/dd/yyyy", "%m/%d/%Y"),
        ("UK", "dd/MM/yyyy", "%d/%m/%Y"),
        ("JP", "yyyy/MM/dd", "%Y/%m/%d"),
    ];
    for (name, pattern, days) in formats {
        let (seconds, hms) = match name {
            "ISO" => ("'T'HH:mm:ss.SSS'Z'", "T%H:%M:%S.%3fZ"),
            _ => ("+HH:mm:ss", " %H:%M:%S"),
        };
        let asked = [
            (name.to_owned(), days.to_owned()),
            (name.to_lowercase(), days.to_owned()),
            (pattern.to_owned(), days.to_owned()),
            (format!("{name}_HMS"), format!("{days}{hms}")),
            (format!("{pattern}{seconds}"), format!("{days}{hms}")),
        ];
        for (asked, written) in asked {
            let path = format!("/api/ssl/v1/{id}?dateFormat={asked}");
            let details = api.get(&path).await.json();
            let requested = details["requested"].as_str().expect("a date");
            let day = requested.get(..10).expect("ten characters");
            let today = api.emulator.clock().today().strftime(days).to_string();
            assert_eq!(day, today, "{asked}");
            let length = api.emulator.clock().now().strftime(&written).to_string();
            assert_eq!(requested.len(), length.len(), "{asked}");
        }
    }
}

#[tokio::test]
async fn custom_fields_without_a_value_are_null_and_null_is_not_taken() {
    let api = Api::start_with(|builder| builder.custom_field("Ticket", false)).await;
    let mut wanted = enrolment(&csr("host.example.com"));
    wanted["customFields"] = json!([{"name": "Ticket", "value": "T-1"}]);
    let id = &api.post("/api/ssl/v1/enroll", wanted).await.json()["sslId"];
    let details = api.get(&format!("/api/ssl/v1/{id}")).await.json();
    let fields = json!([
        {"name": "Cost center", "value": null},
        {"name": "Ticket", "value": "T-1"},
    ]);
    assert_eq!(details["customFields"], fields);
    let update = json!({"sslId": id, "customFields": fields});
    let refused = api.call(Method::PUT, "/api/ssl/v1", Some(update)).await;
    assert_eq!(refused.refusal(), (400, -7));
}

#[tokio::test]
async fn profiles_and_custom_fields_are_listed() {
    let api = Api::start_with(|builder| builder.custom_field("Ticket", true)).await;
    let ids = |profiles: &Value| -> Vec<i64> {
        let profiles = profiles.as_array().expect("an array");
        profiles
            .iter()
            .map(|profile| profile["id"].as_i64().expect("an id"))
            .collect()
    };
    let all = api.get("/api/ssl/v1/types").await.json();
    assert_eq!(ids(&all), [5101, 5102, 5103, 5104]);
    assert_eq!(all[0]["keyTypes"]["EC"][0], "P-256");
    let narrowed = api
        .get("/api/ssl/v1/types?organizationId=9002")
        .await
        .json();
    assert_eq!(ids(&narrowed), [5101, 5103, 5104]);
    let fields = api.get("/api/ssl/v1/customFields").await.json();
    assert_eq!(fields[1]["name"], "Ticket");
    assert_eq!(fields[1]["mandatory"], true);
}

#[tokio::test]
async fn made_up_certificates_are_real() {
    let api = Api::start().await;
    for id in [2001, 2002] {
        let details = api.details(id).await;
        let der = api.emulator.state().ssl_certificate(id).expect("issued");
        let certificate = cert_emulators::frame::x509::Certificate::parse(&der).expect("X.509");
        let serial = cert_emulators::frame::x509::hex(&certificate.serial, ":");
        assert_eq!(details["serialNumber"], serial);
        assert_eq!(
            details["commonName"],
            certificate.common_name.expect("a name")
        );
        let csr = details["csrDetails"]["csr"].as_str().expect("PEM");
        let request = cert_emulators::frame::x509::SigningRequest::parse(csr).expect("PKCS#10");
        assert_eq!(request.public_key, certificate.public_key);
        assert_eq!(
            api.details(id).await,
            details,
            "nothing changes between two looks"
        );
    }
}
