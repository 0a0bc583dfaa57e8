//! The emulator of 2N devices, asked by a plain HTTP client.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use cert_emulators::twon_device::{Authentication, Builder, DigestAlgorithm, Emulator, Quality};
use http::{HeaderMap, Method, StatusCode, header::WWW_AUTHENTICATE};
use jiff::SignedDuration;
use md5::{Digest, Md5};
use reqwest::{Client, redirect};
use serde_json::{Value, json};

const USER: &str = "/api/cert/user";

struct Device {
    emulator: Emulator,
    client: Client,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Device {
    async fn start(builder: Builder) -> Self {
        let client = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never());
        Self {
            emulator: builder.start().await.expect("a free port"),
            client: client.build().expect("a client"),
        }
    }

    /// A device that asks for no credentials.
    async fn open() -> Self {
        Self::start(Emulator::builder().authentication(Authentication::None)).await
    }

    /// Every answer is JSON, whatever its status.
    async fn send(&self, method: Method, target: &str, headers: &[(&str, &str)]) -> Answer {
        self.send_body(method, target, headers, Vec::new()).await
    }

    async fn send_body(
        &self,
        method: Method,
        target: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let url = format!("{}{target}", self.emulator.base_url());
        let request = self.client.request(method, url).body(body);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        assert_eq!(headers["content-type"], "application/json");
        let body = response.bytes().await.expect("a body");
        Answer {
            status,
            headers,
            body: serde_json::from_slice(&body).expect("JSON"),
        }
    }

    async fn put(&self, target: &str, parts: &[(&str, &str)]) -> Answer {
        let part = |(name, content): &(&str, &str)| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
        };
        let body = parts.iter().map(part).collect::<String>() + "--b--\r\n";
        let form = [("content-type", "multipart/form-data; boundary=b")];
        self.send_body(Method::PUT, target, &form, body.into_bytes())
            .await
    }
}

impl Answer {
    /// The code of a refusal and the parameter it is about.
    fn refusal(&self) -> (i64, Option<&str>) {
        assert_eq!(self.body["success"], false);
        let error = &self.body["error"];
        assert!(error["description"].is_string());
        (
            error["code"].as_i64().expect("a number"),
            error["param"].as_str(),
        )
    }

    fn rows(&self) -> &Vec<Value> {
        assert_eq!(
            (self.status, &self.body["success"]),
            (StatusCode::OK, &json!(true))
        );
        self.body["result"]["certificates"]
            .as_array()
            .expect("rows")
    }

    fn offers(&self) -> Vec<&str> {
        assert_eq!(self.status, StatusCode::UNAUTHORIZED);
        let offers = self.headers.get_all(WWW_AUTHENTICATE).iter();
        offers.map(|offer| offer.to_str().expect("text")).collect()
    }
}

fn md5(text: &str) -> String {
    Md5::digest(text)
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect()
}

/// `Authorization` after RFC 2617 for listing the certificates.
fn signed(offer: &str, count: &str) -> String {
    signed_as(offer, count, "auth", &md5(&format!("GET:{USER}")))
}

fn signed_as(offer: &str, count: &str, quality: &str, subject: &str) -> String {
    let (_, rest) = offer.split_once("nonce=\"").expect("a nonce");
    let (nonce, _) = rest.split_once('"').expect("a nonce");
    let secret = md5("admin:HTTPAPI:secret");
    let response = md5(&format!("{secret}:{nonce}:{count}:abc:{quality}:{subject}"));
    format!(
        "Digest username=\"admin\", realm=\"HTTPAPI\", nonce=\"{nonce}\", uri=\"{USER}\", \
         qop={quality}, nc={count}, cnonce=\"abc\", response=\"{response}\""
    )
}

#[tokio::test]
async fn digest_is_offered_first() {
    let builder = Emulator::builder().authentication(Authentication::DigestOrBasic);
    let both = [DigestAlgorithm::Sha256, DigestAlgorithm::Md5];
    let device = Device::start(builder.algorithms(both)).await;
    let answer = device.send(Method::GET, USER, &[]).await;
    assert_eq!(answer.refusal().0, 9);
    let offers = answer.offers();
    assert!(offers[0].starts_with("Digest ") && offers[0].contains("algorithm=SHA-256"));
    assert!(offers[1].starts_with("Digest ") && offers[1].contains("algorithm=MD5"));
    assert!(offers[2].starts_with("Basic ") && offers.len() == 3);
}

#[tokio::test]
async fn a_count_counts_once_and_a_nonce_ages() {
    let device = Device::start(Emulator::builder()).await;
    let list = async |signed: &str| {
        device
            .send(Method::GET, USER, &[("authorization", signed)])
            .await
    };
    let first = device.send(Method::GET, USER, &[]).await;
    let offer = first.offers()[0];
    assert!(!offer.contains("stale"));
    let one = signed(offer, "00000001");
    assert_eq!(list(&one).await.rows().len(), 5);
    assert!(list(&one).await.offers()[0].contains("stale=true"));
    assert_eq!(list(&signed(offer, "00000002")).await.rows().len(), 5);
    let wrong = one.replace("nc=00000001", "nc=00000003");
    assert!(!list(&wrong).await.offers()[0].contains("stale"));
    device
        .emulator
        .clock()
        .advance(SignedDuration::from_mins(6));
    assert!(list(&signed(offer, "00000004")).await.offers()[0].contains("stale=true"));
}

#[tokio::test]
async fn nonces_wear_out_as_they_are_set_to() {
    let builder = Emulator::builder().nonce_uses(1);
    let device = Device::start(builder.nonce_lifetime(SignedDuration::from_secs(10))).await;
    let list = async |signed: &str| {
        device
            .send(Method::GET, USER, &[("authorization", signed)])
            .await
    };
    let first = device.send(Method::GET, USER, &[]).await;
    let one = signed(first.offers()[0], "00000001");
    assert_eq!(list(&one).await.rows().len(), 5);
    let worn = list(&signed(first.offers()[0], "00000002")).await;
    assert!(worn.offers()[0].contains("stale=true"));
    let second = signed(worn.offers()[0], "00000001");
    let clock = device.emulator.clock();
    clock.advance(SignedDuration::from_secs(11));
    let aged = list(&second).await;
    assert!(aged.offers()[0].contains("stale=true"));
    let third = signed(aged.offers()[0], "00000001");
    assert_eq!(list(&third).await.rows().len(), 5);
}

#[tokio::test]
async fn sha_512_256_is_offered_and_taken() {
    let builder = Emulator::builder().algorithms([DigestAlgorithm::Sha512_256]);
    let device = Device::start(builder).await;
    let first = device.send(Method::GET, USER, &[]).await;
    let offer = first.offers()[0];
    assert!(offer.contains("algorithm=SHA-512-256"), "{offer}");
    let (_, rest) = offer.split_once("nonce=\"").expect("a nonce");
    let (nonce, _) = rest.split_once('"').expect("a nonce");
    let hash = |text: &str| -> String {
        let octets = sha2::Sha512_256::digest(text);
        octets.iter().map(|octet| format!("{octet:02x}")).collect()
    };
    let (secret, subject) = (hash("admin:HTTPAPI:secret"), hash(&format!("GET:{USER}")));
    let response = hash(&format!("{secret}:{nonce}:00000001:abc:auth:{subject}"));
    let signed = format!(
        "Digest username=\"admin\", realm=\"HTTPAPI\", nonce=\"{nonce}\", uri=\"{USER}\", \
         algorithm=SHA-512-256, qop=auth, nc=00000001, cnonce=\"abc\", response=\"{response}\""
    );
    let headers = [("authorization", signed.as_str())];
    assert_eq!(
        device.send(Method::GET, USER, &headers).await.rows().len(),
        5
    );
}

#[tokio::test]
async fn what_the_device_brought_along_stays() {
    let device = Device::open().await;
    let delete = async |path: &str, query: &str| {
        let target = format!("{path}?{query}");
        device.send(Method::DELETE, &target, &[]).await
    };
    let target = format!("{USER}?id=%23my2n-utility");
    let found = device.send(Method::GET, &target, &[]).await;
    let row = &found.rows()[0];
    assert_eq!(row["protected"], false);
    let fingerprint = row["fingerprint"].as_str().expect("a fingerprint");
    for query in [
        "id=%23my2n-utility".to_owned(),
        format!("id={fingerprint}"),
        format!("fingerprint={fingerprint}"),
    ] {
        assert_eq!(delete(USER, &query).await.refusal().0, 18, "{query}");
    }
    assert_eq!(
        delete("/api/cert/ca", "id=%23factory-ca").await.refusal().0,
        18
    );
    let gone = delete("/api/cert/ca", "id=@issuing-ca").await;
    assert_eq!(gone.body, json!({ "success": true }));
}

/// A user's certificate goes by its id, and by its fingerprint in either parameter.
#[tokio::test]
async fn certificates_of_users_go_by_id_or_fingerprint() {
    let device = Device::open().await;
    let rows = device.send(Method::GET, USER, &[]).await;
    let fingerprint = |id: &str| -> String {
        let row = rows.rows().iter().find(|row| row["id"] == id);
        let row = row.expect("a certificate of a user");
        row["fingerprint"]
            .as_str()
            .expect("a fingerprint")
            .to_owned()
    };
    for query in [
        "id=@cert-0001".to_owned(),
        format!("id={}", fingerprint("@cert-0002")),
        format!("fingerprint={}", fingerprint("@cert-0003")),
    ] {
        let target = format!("{USER}?{query}");
        let gone = device.send(Method::DELETE, &target, &[]).await;
        assert_eq!(gone.body, json!({ "success": true }), "{query}");
    }
    assert_eq!(device.send(Method::GET, USER, &[]).await.rows().len(), 2);
}

/// Some clients take `auth-int` wherever it is offered.
#[tokio::test]
async fn the_body_may_be_signed_too() {
    let device = Device::start(Emulator::builder().quality(Quality::AuthOrAuthInt)).await;
    let first = device.send(Method::GET, USER, &[]).await;
    let offer = first.offers()[0];
    let subject = md5(&format!("GET:{USER}:{}", md5("")));
    let signed = signed_as(offer, "00000001", "auth-int", &subject);
    let answer = device
        .send(Method::GET, USER, &[("authorization", &signed)])
        .await;
    assert_eq!(answer.rows().len(), 5);
    let unsigned = signed_as(offer, "00000002", "auth-int", &md5(&format!("GET:{USER}")));
    let answer = device
        .send(Method::GET, USER, &[("authorization", &unsigned)])
        .await;
    assert_eq!(answer.refusal().0, 9);
}

#[test]
fn the_program_announces_the_device() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cert-emulators"))
        .args(["--twon-device", "127.0.0.1:0", "--twon-auth", "basic"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let output = program.stdout.take().expect("piped");
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).expect("a line");
    program.kill().expect("it runs");
    program.wait().expect("it ends");
    assert!(line.starts_with("twon-device http://127.0.0.1:"), "{line}");
    assert!(line.ends_with(" user=admin password=secret\n"), "{line}");
    let refused = Command::new(env!("CARGO_BIN_EXE_cert-emulators"))
        .args(["--twon-device", "127.0.0.1:0", "--twon-auth", "ntlm"])
        .output()
        .expect("the program");
    let text = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        text.contains("ntlm is neither none, basic nor digest"),
        "{text}"
    );
}

#[tokio::test]
async fn paths_methods_and_media_types() {
    let device = Device::open().await;
    let code = async |method: Method, target: &str, headers: &[(&str, &str)]| {
        let answer = device.send(method, target, headers).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.refusal().0
    };
    assert_eq!(code(Method::GET, "/api/cert", &[]).await, 2);
    assert_eq!(code(Method::GET, "/api/cert/user/", &[]).await, 2);
    assert_eq!(code(Method::POST, USER, &[]).await, 3);
    let json = [("content-type", "application/json")];
    assert_eq!(code(Method::POST, "/api/system/info", &json).await, 14);
    assert_eq!(code(Method::GET, USER, &json).await, 14);
    let broken = [("content-type", "multipart/form-data; boundary=b")];
    assert_eq!(code(Method::PUT, USER, &broken).await, 14);
}

#[tokio::test]
async fn system_information_has_every_documented_field() {
    let device = Device::start(Emulator::builder().device("00-0000-0042", "Gate")).await;
    for method in [Method::GET, Method::POST] {
        let answer = device.send(method, "/api/system/info", &[]).await;
        let info = answer.body["result"].as_object().expect("an object");
        assert_eq!(info.len(), 11);
        assert_eq!(
            (&info["serialNumber"], &info["deviceName"]),
            (&json!("00-0000-0042"), &json!("Gate"))
        );
    }
}

#[tokio::test]
async fn parameters_are_read_strictly() {
    let device = Device::open().await;
    let get = async |query: &str| {
        device
            .send(Method::GET, &format!("{USER}?{query}"), &[])
            .await
    };
    assert_eq!(get("name=x").await.refusal(), (12, Some("name")));
    assert_eq!(get("id=").await.refusal(), (12, Some("id")));
    assert_eq!(
        get("id=@nobody&id=%23factory").await.rows().len(),
        1,
        "the last counts"
    );
    assert_eq!(get("id=@nobody#factory").await.refusal(), (12, Some("id")));
    let delete = async |query: &str| {
        device
            .send(Method::DELETE, &format!("{USER}?{query}"), &[])
            .await
    };
    assert_eq!(delete("").await.refusal(), (11, Some("id")));
    assert_eq!(delete("id=@cert-0001&fingerprint=00").await.refusal().0, 17);
    assert_eq!(
        delete("fingerprint=@cert-0001").await.refusal(),
        (12, Some("fingerprint"))
    );
    assert_eq!(delete("id=%23factory").await.refusal().0, 18);
    let answer = delete("id=@cert-0001").await;
    assert_eq!(answer.body, json!({ "success": true }));
    assert_eq!(delete("id=@cert-0001").await.refusal(), (12, Some("id")));
    assert_eq!(
        device
            .put(&format!("{USER}?blob-cert=x"), &[])
            .await
            .refusal(),
        (12, Some("blob-cert"))
    );
    assert_eq!(
        device.put(USER, &[]).await.refusal(),
        (11, Some("blob-cert"))
    );
    let unreadable = [("blob-cert", "x"), ("blob-pk", "x")];
    assert_eq!(
        device.put(USER, &unreadable).await.refusal(),
        (12, Some("blob-cert"))
    );
}

/// The id may also ride in the query, and what was sent twice counts as sent last.
#[tokio::test]
async fn uploads_by_hand() {
    let device = Device::open().await;
    let identity = device
        .emulator
        .client_identity("door.example.com")
        .expect("a certificate");
    let (certificate, key) = (&*identity.certificates_pem, &*identity.private_key_pem);
    let parts = [
        ("blob-cert", "x"),
        ("blob-cert", certificate),
        ("blob-pk", key),
    ];
    let stored = device.put(&format!("{USER}?id=@door"), &parts).await;
    let fingerprint = stored.rows()[0]["fingerprint"]
        .as_str()
        .expect("a fingerprint")
        .to_owned();
    assert_eq!(stored.rows()[0].get("replaced"), None);
    let target = format!("{USER}?id={}", fingerprint.to_uppercase());
    let found = device.send(Method::GET, &target, &[]).await;
    let row = &found.rows()[0];
    assert_eq!(
        (&row["id"], &row["protected"]),
        (&json!("@door"), &json!(false))
    );
    assert_eq!(row["subject"]["CN"], "door.example.com");
    assert_eq!(
        row["endDate"].as_str().expect("a date").len(),
        "2022-02-06T07:50:36Z".len()
    );
    let again = device.put(USER, &parts).await;
    assert_eq!(again.rows()[0]["replaced"], fingerprint.as_str());
    let internal = [
        ("blob-cert", certificate),
        ("blob-pk", key),
        ("id", "#factory"),
    ];
    assert_eq!(
        device.put(USER, &internal).await.refusal(),
        (12, Some("id"))
    );
    let stranger = [
        ("blob-cert", certificate),
        ("blob-pk", key),
        ("name", "door"),
    ];
    assert_eq!(
        device.put(USER, &stranger).await.refusal(),
        (12, Some("name"))
    );
}

#[tokio::test]
async fn the_fleet_is_as_it_is_described() {
    let builder = Emulator::builder()
        .authentication(Authentication::None)
        .certificates(20);
    let device = Device::start(builder).await;
    let answer = device.send(Method::GET, USER, &[]).await;
    let now = device.emulator.clock().now();
    let ends = |row: &Value| row["endDate"].as_str().expect("a date").to_owned();
    let past = answer
        .rows()
        .iter()
        .filter(|row| ends(row) < now.to_string())
        .count();
    let month = now + SignedDuration::from_hours(30 * 24);
    let soon = answer
        .rows()
        .iter()
        .filter(|row| ends(row) < month.to_string())
        .count();
    assert_eq!((answer.rows().len(), past, soon), (22, 1, 2));
    let authorities = device.send(Method::GET, "/api/cert/ca", &[]).await;
    assert_eq!(authorities.rows().len(), 2);
}
