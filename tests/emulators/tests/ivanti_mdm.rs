//! The emulator of Ivanti Neurons for MDM, asked by a plain HTTP client.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use cert_emulators::frame::pkcs12::{Encryption, KeyWithChain};
use cert_emulators::frame::x509::from_text;
use cert_emulators::ivanti_mdm::{Builder, Emulator};
use http::{HeaderMap, Method, StatusCode};
use reqwest::{Client, redirect};
use serde_json::{Value, json};
use x509_cert::certificate::Rfc5280;
use x509_cert::crl::CertificateList;
use x509_cert::der::{Decode, oid::AssociatedOid};
use x509_cert::ext::pkix::CrlNumber;

const BASIC: &str = "Basic YWRtaW5AZXhhbXBsZS5jb206c2VjcmV0";
const LIST: &str = "/api/v1/ca/getCertStatus/ExternalCA1";
const ON_DATE: &str = "/api/v1/ca/getCertStatusOnDate/";
const UPLOAD: &str = "/api/v1/user_provided";
const CLEAR: &str = "/api/v1/user_provided/clearPrivateKey";

struct Tenant {
    emulator: Emulator,
    client: Client,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Tenant {
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

    async fn get(&self, target: &str) -> Answer {
        self.send(Method::GET, target, None, Vec::new()).await
    }

    async fn send(
        &self,
        method: Method,
        target: &str,
        media_type: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let url = format!("{}{target}", self.emulator.base_url());
        let request = self
            .client
            .request(method, url)
            .header("authorization", BASIC);
        let request = media_type.into_iter().fold(request, |request, media_type| {
            request.header("content-type", media_type)
        });
        let response = request.body(body).send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.expect("a body").to_vec();
        Answer {
            status,
            headers,
            body,
        }
    }

    async fn form(&self, method: Method, target: &str, parts: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, content) in parts {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(b"--b--\r\n");
        let form = "multipart/form-data; boundary=b";
        self.send(method, target, Some(form), body).await
    }

    async fn clear(&self, csv: &str) -> Answer {
        let target = format!("{CLEAR}/csv");
        self.form(Method::DELETE, &target, &[("csv-data", csv.as_bytes())])
            .await
    }

    async fn clear_policies(&self, body: Value) -> Answer {
        let body = body.to_string().into_bytes();
        self.send(Method::DELETE, CLEAR, Some("application/json"), body)
            .await
    }
}

impl Answer {
    fn text(&self) -> &str {
        str::from_utf8(&self.body).expect("text")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn result(&self) -> Value {
        let body = self.json();
        assert_eq!(
            (self.status, &body["errors"]),
            (StatusCode::OK, &Value::Null)
        );
        body["result"].clone()
    }

    /// The code and the field of the only error.
    fn refusal(&self) -> (String, Option<String>) {
        let body = self.json();
        assert_eq!(
            (self.status, &body["result"]),
            (StatusCode::BAD_REQUEST, &Value::Null)
        );
        let errors = &body["errors"];
        let lists = ["globalErrors", "fieldErrors"].map(|name| errors[name].as_array().cloned());
        let all: Vec<Value> = lists.into_iter().flatten().flatten().collect();
        let [one] = all.as_slice() else {
            panic!("{body}")
        };
        assert!(one["message"].is_string());
        let field = one["field"].as_str().map(str::to_owned);
        (one["code"].as_str().expect("a code").to_owned(), field)
    }

    fn refused_field(&self) -> String {
        let (code, field) = self.refusal();
        assert_eq!(code, "HTTP-400-3");
        field.expect("a field")
    }
}

#[tokio::test]
async fn lists_are_asked_for_exactly() {
    let tenant = Tenant::start(Emulator::builder()).await;
    assert_eq!(tenant.get(LIST).await.refused_field(), "format");
    assert_eq!(
        tenant
            .get(&format!("{LIST}?format=json"))
            .await
            .refused_field(),
        "format"
    );
    assert_eq!(
        tenant
            .get(&format!("{LIST}?format=csv&rows=1"))
            .await
            .refused_field(),
        "rows"
    );
    for day in ["2021-12-09", "9-12-2021", "31-02-2021", ""] {
        let target = format!("{ON_DATE}?format=csv&manuallyRevokeDate={day}");
        assert_eq!(
            tenant.get(&target).await.refused_field(),
            "manuallyRevokeDate"
        );
    }
    let unknown = tenant
        .get("/api/v1/ca/getCertStatus/Nobody?format=csv")
        .await;
    assert_eq!(
        (unknown.status, unknown.body.len()),
        (StatusCode::NOT_FOUND, 0)
    );
    let no_slash = tenant
        .get("/api/v1/ca/getCertStatusOnDate?format=csv")
        .await;
    assert_eq!(no_slash.status, StatusCode::NOT_FOUND);
    let posted = tenant.send(Method::POST, LIST, None, Vec::new()).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(posted.headers["allow"], "GET");
}

#[tokio::test]
async fn lists_are_written_as_the_vendor_does() {
    let tenant = Tenant::start(Emulator::builder()).await;
    let answer = tenant.get(&format!("{LIST}?format=csv")).await;
    assert_eq!(answer.headers["content-type"], "text/csv");
    let mut lines = answer.text().lines();
    let header = "caID,caName,certHash,mdmChannelId,notAfter,notBefore,serialNumber,storeState,\
                  subject,usageType";
    assert_eq!(lines.next(), Some(header));
    let row = lines.next().expect("a row");
    assert!(row.starts_with("18000,ExternalCA1,,,") && row.contains(" UTC "));
    assert!(
        row.ends_with(",Manual_Revoke,\"CN=device-0001.example.com,OU=Devices,O=Example Corp\",")
    );
    assert!(
        lines
            .next()
            .expect("a row")
            .ends_with(",Manual_Revoke,CN=device-0002.example.com,")
    );
    let empty = format!("{ON_DATE}?format=csv&manuallyRevokeDate=01-01-2001");
    assert_eq!(tenant.get(&empty).await.text(), format!("{header}\n"));
}

#[tokio::test]
async fn wrong_credentials_get_nothing() {
    let tenant = Tenant::start(Emulator::builder().credentials("other", "secret")).await;
    let answer = tenant.get(&format!("{LIST}?format=csv")).await;
    assert_eq!(
        (answer.status, answer.body.len()),
        (StatusCode::UNAUTHORIZED, 0)
    );
    assert_eq!(answer.headers["www-authenticate"], "Basic realm=\"mdm\"");
}

/// The vendor's sample asks by one name and is answered with rows of many.
#[tokio::test]
async fn the_name_in_the_vendor_s_sample_stands_for_all_authorities() {
    let tenant = Tenant::start(Emulator::builder()).await;
    let list = async |name: &str| {
        let target = format!("/api/v1/ca/getCertStatus/{name}?format=csv");
        let body = tenant.get(&target).await.body;
        let text = String::from_utf8(body).expect("a text");
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut each = Vec::new();
    for name in ["ExternalCA1", "ExternalCA2", "ExternalCA3"] {
        each.extend(list(name).await);
    }
    let mut all = list("attca").await;
    assert!(all.len() > 3);
    all.sort();
    each.sort();
    assert_eq!(all, each);
}

#[tokio::test]
async fn each_revocation_list_has_a_higher_number() {
    let tenant = Tenant::start(Emulator::builder()).await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let answer = tenant.get("/c/ca/42591/AWS%20CA.crl").await;
        let list = CertificateList::<Rfc5280>::from_der(&answer.body).expect("a list");
        let extensions = list.tbs_cert_list.crl_extensions.expect("extensions");
        let number = extensions.iter().find(|one| one.extn_id == CrlNumber::OID);
        let number = number.expect("a number").extn_value.as_bytes();
        numbers.push(CrlNumber::from_der(number).expect("an integer").0);
    }
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
}

#[tokio::test]
async fn the_revocation_list_is_named_as_a_certificate() {
    let tenant = Tenant::start(Emulator::builder()).await;
    let answer = tenant.get("/c/ca/42591/AWS%20CA.crl").await;
    assert_eq!(
        answer.headers["content-disposition"],
        "attachment; filename=\"cert.cer\""
    );
    assert_eq!(answer.body[0], 0x30);
    assert_eq!(
        tenant.get("/c/ca/42591/AWS+CA.crl").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        tenant.get("/c/ca/42591/AWS%2520CA.crl").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        tenant.get("/c/ca/7/AWS%20CA.crl").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn uploads_are_read_strictly() {
    let tenant = Tenant::start(Emulator::builder()).await;
    let identity = tenant.emulator.client_identity("user-0001@example.com");
    let identity = identity.expect("a certificate");
    let certificate = from_text(&identity.certificates_pem).expect("DER");
    let key = from_text(&identity.private_key_pem).expect("DER");
    let file = KeyWithChain::new("user-0001", &key, &[&certificate]);
    let file = file.write("word", Encryption::TripleDes).expect("a file");
    let good: [(&str, &[u8]); 4] = [
        ("password", b"word"),
        ("accountUid", b"user-0001@example.com"),
        ("policyId", b"35037"),
        ("certData", &file),
    ];
    for missing in 0..good.len() {
        let parts: Vec<_> = (0..4)
            .filter(|index| *index != missing)
            .map(|i| good[i])
            .collect();
        let answer = tenant.form(Method::POST, UPLOAD, &parts).await;
        assert_eq!(answer.refused_field(), good[missing].0);
    }
    let change = |index: usize, content: &'static [u8]| {
        let mut parts = good;
        parts[index].1 = content;
        parts
    };
    let answer = tenant
        .form(Method::POST, UPLOAD, &change(0, b"wrong"))
        .await;
    assert_eq!(answer.refusal(), ("KSF-101".to_owned(), None));
    let answer = tenant.form(Method::POST, UPLOAD, &change(2, b"one")).await;
    assert_eq!(answer.refused_field(), "policyId");
    let more = [&good[..], &[("name", b"x")]].concat();
    assert_eq!(
        tenant
            .form(Method::POST, UPLOAD, &more)
            .await
            .refused_field(),
        "name"
    );
    assert_eq!(
        tenant.form(Method::POST, UPLOAD, &good).await.result(),
        json!(true)
    );
    let cleared = tenant.clear("certificateIds\n13\n").await.result();
    let expected = json!({ "numberOfPrivateKeysCleared": 1, "invalidCertificateIds": [] });
    assert_eq!(cleared, expected);
}

#[tokio::test]
async fn files_of_numbers_are_read_strictly() {
    let tenant = Tenant::start(Emulator::builder()).await;
    let code = async |csv: &str| tenant.clear(csv).await.refusal().0;
    assert_eq!(code("3\n7\n").await, "CSV-100");
    assert_eq!(code("certificateIds\n").await, "CSV-100");
    assert_eq!(code("certificateIds\nthree\n").await, "CSV-100");
    assert_eq!(
        code(&format!("certificateIds\n{}", "1\n".repeat(1_001))).await,
        "CERT-114"
    );
    let target = format!("{CLEAR}/csv");
    let other = tenant
        .form(Method::DELETE, &target, &[("csv", b"certificateIds\n3\n")])
        .await;
    assert_eq!(other.refused_field(), "csv-data");
    let cleared = tenant
        .clear("certificateIds\r\n3\r\n3\r\n99\r\n")
        .await
        .result();
    let expected = json!({ "numberOfPrivateKeysCleared": 1, "invalidCertificateIds": [3, 99] });
    assert_eq!(cleared, expected);
}

#[tokio::test]
async fn accounts_and_policies_are_read_strictly() {
    let tenant = Tenant::start(Emulator::builder()).await;
    let entry = |account: Value, policies: Value| {
        json!({ "accountAndUPPolicyWrappers": [{
            "accountId": account, "userProvidedCertificatePolicyIds": policies,
        }] })
    };
    for wrong in [
        json!({}),
        json!({ "accountAndUPPolicyWrappers": [] }),
        entry(json!("10200"), json!([35_037])),
        entry(json!(10_200), json!("35037")),
        json!({ "accountId": 10_200, "userProvidedCertificatePolicyIds": [35_037] }),
    ] {
        assert_eq!(tenant.clear_policies(wrong).await.refusal().0, "HTTP-400-3");
    }
    let both = entry(json!(10_200), json!([35_037, 1]));
    assert_eq!(
        tenant.clear_policies(both).await.refused_field(),
        "accountAndUPPolicyWrappers"
    );
    let good = entry(json!(10_200), json!([35_037, 35_497]));
    let result = tenant.clear_policies(good.clone()).await.result();
    assert_eq!(result["numberOfPrivateKeysCleared"], 3);
    assert_eq!(tenant.clear_policies(good).await.refusal().0, "KSF-101");
    let form = tenant
        .form(
            Method::DELETE,
            CLEAR,
            &[("csv-data", b"certificateIds\n3\n")],
        )
        .await;
    assert_eq!(form.refused_field(), "Content-Type");
}

#[test]
fn the_program_announces_the_tenant() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cert-emulators"))
        .args(["--ivanti-mdm", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let output = program.stdout.take().expect("piped");
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).expect("a line");
    program.kill().expect("it runs");
    program.wait().expect("it ends");
    assert!(line.starts_with("ivanti-mdm http://127.0.0.1:"), "{line}");
    let end = " user=admin@example.com password=secret tenant=42591\n";
    assert!(line.ends_with(end), "{line}");
}
