//! The emulator of FortiAuthenticator, with a plain HTTP client.

use cert_emulators::fortiauth::Emulator;
use http::{Method, StatusCode};
use reqwest::{Client, RequestBuilder, redirect};
use serde_json::{Value, json};

const LIST: &str = "/api/v1/usercerts/";

async fn start() -> Emulator {
    Emulator::builder()
        .certificates(45)
        .start()
        .await
        .expect("a free port")
}

fn request(emulator: &Emulator, method: Method, path: &str) -> RequestBuilder {
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .build();
    client
        .expect("a client")
        .request(method, format!("{}{path}", emulator.base_url()))
        .basic_auth("admin", Some("secret"))
}

async fn send(request: RequestBuilder) -> (StatusCode, String, String) {
    let answer = request.send().await.expect("an answer");
    let media_type = answer.headers().get("content-type");
    let media_type = media_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = media_type.to_owned();
    (
        answer.status(),
        media_type,
        answer.text().await.expect("a text"),
    )
}

async fn get(emulator: &Emulator, path: &str) -> (StatusCode, Value) {
    let (status, _, body) = send(request(emulator, Method::GET, path)).await;
    (status, serde_json::from_str(&body).expect("JSON"))
}

async fn refused(emulator: &Emulator, path: &str) -> String {
    let (status, body) = get(emulator, path).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
    body["error"].as_str().expect("a sentence").to_owned()
}

#[tokio::test]
async fn a_page_and_its_row_have_every_documented_member() {
    let emulator = start().await;
    let (status, page) = get(&emulator, LIST).await;
    assert_eq!(status, StatusCode::OK);
    let meta = json!({
        "limit": 20, "next": "/api/v1/usercerts/?limit=20&offset=20",
        "offset": 0, "previous": null, "total_count": 45,
    });
    assert_eq!(page["meta"], meta);
    assert_eq!(page["objects"].as_array().expect("rows").len(), 20);
    let row = page["objects"][0].as_object().expect("a row");
    let names: Vec<_> = row.keys().map(String::as_str).collect();
    let documented = [
        "cert_id",
        "expiry",
        "id",
        "issuer",
        "revocation_reason",
        "serial",
        "status",
        "subject",
    ];
    assert_eq!(names, documented);
    assert!(row["expiry"].as_str().expect("a date").ends_with("+00:00"));
    assert!(
        row["issuer"]
            .as_str()
            .expect("a name")
            .contains(" | C=XX, O=")
    );
    assert_eq!(row["subject"], "/C=XX/O=Example Corp/OU=Sales/CN=user-0001");
    assert!(row["serial"].as_str().expect("a serial").starts_with('0'));
}

/// As the framework below the product routes: by path first, and without a look at who asks.
#[tokio::test]
async fn a_path_says_which_methods_it_takes() {
    let emulator = start().await;
    for (path, allowed) in [
        (LIST, "GET"),
        ("/api/v1/usercerts/pem/", "GET"),
        ("/api/v1/usercerts/renew/", "POST"),
        ("/api/v1/usercerts/1/", "GET,PATCH"),
    ] {
        for (method, status) in [(Method::DELETE, 405), (Method::OPTIONS, 200)] {
            let request = request(&emulator, method, path).basic_auth("nobody", Some("x"));
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), status, "{path}");
            assert_eq!(answer.headers()["allow"], allowed, "{path}");
            assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
            assert_eq!(answer.text().await.expect("a text"), allowed, "{path}");
        }
    }
    let (status, ..) = send(request(&emulator, Method::OPTIONS, "/api/v1/nothing/")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_resources_are_listed_for_anybody() {
    let emulator = start().await;
    let stranger = request(&emulator, Method::GET, "/api/v1/").basic_auth("nobody", Some("x"));
    let (status, media_type, body) = send(stranger).await;
    assert_eq!(
        (status, media_type.as_str()),
        (StatusCode::OK, "application/json")
    );
    let body: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(body["usercerts"]["list_endpoint"], LIST);
    let (status, ..) = send(request(&emulator, Method::GET, "/api/v1")).await;
    assert_eq!(status, StatusCode::MOVED_PERMANENTLY);
}

#[tokio::test]
async fn lists_are_ordered_anew_after_a_change() {
    let emulator = start().await;
    let path = "/api/v1/usercerts/?order_by=-status&limit=1";
    for _ in 0..2 {
        assert_eq!(
            get(&emulator, path).await.1["objects"][0]["status"],
            "Revoked"
        );
    }
    let (_, page) = get(&emulator, "/api/v1/usercerts/?order_by=-status&limit=0").await;
    let revoked = page["objects"].as_array().expect("rows").iter();
    let before = revoked.filter(|row| row["status"] == "Revoked").count();
    let body = json!({"status": "revoked", "revocation_reason": "Superseded"});
    let patch = request(&emulator, Method::PATCH, "/api/v1/usercerts/1/");
    let patch = patch
        .header("content-type", "application/json")
        .body(body.to_string());
    assert_eq!(send(patch).await.0, StatusCode::ACCEPTED);
    let (_, page) = get(&emulator, "/api/v1/usercerts/?order_by=-status&limit=0").await;
    let revoked = page["objects"].as_array().expect("rows").iter();
    let after = revoked.take_while(|row| row["status"] == "Revoked").count();
    assert_eq!(after, before + 1);
}

#[tokio::test]
async fn links_lead_from_page_to_page() {
    let emulator = start().await;
    let mut next = Some(format!("{LIST}?subject__contains=CN=user&limit=20"));
    let mut ids = Vec::new();
    while let Some(path) = next {
        let (_, page) = get(&emulator, &path).await;
        let rows = page["objects"].as_array().expect("rows");
        ids.extend(rows.iter().map(|row| row["id"].as_i64().expect("a number")));
        next = page["meta"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(ids, (1..=45).collect::<Vec<_>>());
    for (limit, effective) in [("0", 1_000), ("5000", 1_000), ("3", 3)] {
        let (_, page) = get(&emulator, &format!("{LIST}?limit={limit}")).await;
        assert_eq!(page["meta"]["limit"], effective);
    }
}

#[tokio::test]
async fn wrong_parameters_are_refused_in_one_sentence() {
    let emulator = start().await;
    let limit = refused(&emulator, "/api/v1/usercerts/?limit=many").await;
    assert!(limit.contains("&#x27;many&#x27;"), "{limit}");
    refused(&emulator, "/api/v1/usercerts/?offset=-1").await;
    let field = refused(&emulator, "/api/v1/usercerts/?serial__exact=01").await;
    assert!(
        field.contains("serial") && field.contains("exact"),
        "{field}"
    );
    let lookup = refused(&emulator, "/api/v1/usercerts/?subject__regex=x").await;
    assert!(
        lookup.contains("regex") && lookup.contains("subject"),
        "{lookup}"
    );
    refused(&emulator, "/api/v1/usercerts/?size=5").await;
    refused(&emulator, "/api/v1/usercerts/?order_by=size").await;
    refused(&emulator, "/api/v1/usercerts/pem/?format=xml").await;
}

#[tokio::test]
async fn a_missing_slash_is_redirected() {
    let emulator = start().await;
    for path in [
        "/api/v1/usercerts",
        "/api/v1/usercerts/pem",
        "/api/v1/usercerts/1",
    ] {
        let answer = request(&emulator, Method::GET, path)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::MOVED_PERMANENTLY);
        assert_eq!(answer.headers()["location"], format!("{path}/"));
    }
}

#[tokio::test]
async fn strangers_are_challenged() {
    let emulator = start().await;
    let stranger = request(&emulator, Method::GET, LIST).basic_auth("admin", Some("password"));
    let answer = stranger.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let challenge = answer.headers()["www-authenticate"]
        .to_str()
        .expect("a text");
    assert!(challenge.starts_with("Basic Realm="), "{challenge}");
    assert_eq!(answer.text().await.expect("nothing"), "");
}

#[tokio::test]
async fn what_is_not_there_is_told_in_three_forms() {
    let emulator = start().await;
    let unknown = send(request(&emulator, Method::GET, "/api/v1/usercerts/4711/")).await;
    assert_eq!((unknown.0, unknown.2.as_str()), (StatusCode::NOT_FOUND, ""));
    assert!(unknown.1.starts_with("text/html"));
    let no_number = send(request(&emulator, Method::GET, "/api/v1/usercerts/x/")).await;
    assert_eq!(no_number.0, StatusCode::NOT_FOUND);
    assert!(no_number.2.contains("\"error_message\""));
    let no_path = send(request(&emulator, Method::GET, "/api/v1/nothing/")).await;
    assert_eq!(no_path.0, StatusCode::NOT_FOUND);
    assert!(no_path.2.contains("<html>"));
    let no_method = request(&emulator, Method::DELETE, "/api/v1/usercerts/1/")
        .send()
        .await;
    let no_method = no_method.expect("an answer");
    assert_eq!(no_method.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(no_method.headers()["allow"], "GET,PATCH");
    assert_eq!(no_method.text().await.expect("a text"), "GET,PATCH");
}

#[tokio::test]
async fn changes_are_read_strictly() {
    let emulator = start().await;
    let one = "/api/v1/usercerts/1/";
    let patch = || request(&emulator, Method::PATCH, one);
    let json = |body: &str| {
        patch()
            .header("content-type", "application/json")
            .body(body.to_owned())
    };
    for body in [
        "{",
        "{}",
        r#"{"status": "revoked"}"#,
        r#"{"status": "revoked", "revocation_reason": "Because"}"#,
        r#"{"status": "revoked", "revocation_reason": "Superseded", "comment": "x"}"#,
        r#"{"status": "expired"}"#,
        r#"{"status": "active"}"#,
        r#"{"status": 1}"#,
    ] {
        let (status, _, text) = send(json(body)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert!(text.contains("\"error\""), "{text}");
    }
    let plain = send(patch().header("content-type", "text/plain").body("x")).await;
    assert_eq!(plain.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(plain.2.contains("\"error_message\""));
    let form = patch()
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x--");
    assert_eq!(send(form).await.0, StatusCode::INTERNAL_SERVER_ERROR);

    let hold = json(r#"{"status":"revoked", "revocation_reason":"Certificate Hold"}"#);
    let (status, _, row) = send(hold).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert!(row.contains("\"Revoked\"") && row.contains("\"Certificate Hold\""));
    let (status, _, row) = send(json(r#"{"status":"active", "revocation_reason":null}"#)).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert!(row.contains("\"Active\"") && row.contains("\"revocation_reason\":null"));
}

#[tokio::test]
async fn the_line_says_how_to_sign_in() {
    let emulator = start().await;
    let expected = format!(
        "fortiauth {} user=admin password=secret",
        emulator.base_url()
    );
    assert_eq!(emulator.line(), expected);
}
