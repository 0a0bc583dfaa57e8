use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use cert_emulators::sectigo_scm::{Builder, Emulator};
use http::{HeaderMap, Method, StatusCode};
use rcgen::{CertificateParams, DnType, KeyPair};
use reqwest::{Client, redirect};
use serde_json::{Value, json};

/// Where the interface is described: one document, or one for each area.
const DESCRIPTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../sectigo-scm");

/// An emulator and somebody who talks to it.
pub(crate) struct Api {
    pub(crate) emulator: Emulator,
    client: Client,
}

/// One answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Api {
    pub(crate) async fn start() -> Self {
        Self::start_with(|builder| builder.certificates(40)).await
    }

    pub(crate) async fn start_with(adjust: impl FnOnce(Builder) -> Builder) -> Self {
        let emulator = adjust(Emulator::builder())
            .start()
            .await
            .expect("a free port");
        let client = plain_client().build().expect("a client");
        Self { emulator, client }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(method, path);
        let request = match body {
            Some(body) => request
                .header("content-type", "application/json;charset=UTF-8")
                .body(body.to_string()),
            None => request,
        };
        Answer::read(request.send().await.expect("an answer")).await
    }

    /// A request that signs in, for everything else to be added.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.emulator.base_url());
        let request = self.client.request(method, url);
        request
            .header("login", "admin")
            .header("password", "secret")
            .header("customerUri", "cst1")
    }

    /// Enrols for a new key and answers the id.
    pub(crate) async fn enrol(&self, host: &str) -> i64 {
        let body = enrolment(&csr(host));
        self.post("/api/ssl/v1/enroll", body).await.json()["sslId"]
            .as_i64()
            .expect("an id")
    }

    /// Enrols, approves and issues.
    pub(crate) async fn issue(&self, host: &str) -> i64 {
        let id = self.enrol(host).await;
        let mut state = self.emulator.state();
        assert!(state.approve_ssl(id) && state.issue_ssl(id));
        id
    }

    pub(crate) async fn details(&self, id: i64) -> Value {
        self.get(&format!("/api/ssl/v1/{id}")).await.json()
    }
}

impl Answer {
    pub(crate) async fn read(response: reqwest::Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.bytes().await.expect("a whole body").to_vec(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        assert!(self.status.is_success(), "{self:?}");
        assert_eq!(
            self.header("content-type"),
            "application/json;charset=UTF-8"
        );
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// Status and code of a refusal, which always has both and a description.
    pub(crate) fn refusal(&self) -> (u16, i64) {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{self:?}"));
        assert!(
            body["description"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{body}"
        );
        assert_eq!(
            body.as_object().map(serde_json::Map::len),
            Some(2),
            "{body}"
        );
        (self.status.as_u16(), body["code"].as_i64().expect("a code"))
    }

    /// Asserts an empty answer with this status.
    pub(crate) fn is_empty(&self, status: u16) {
        assert_eq!(
            (self.status.as_u16(), self.body.len()),
            (status, 0),
            "{self:?}"
        );
    }
}

pub(crate) fn plain_client() -> reqwest::ClientBuilder {
    Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
}

/// A signing request for a new P-256 key, PEM.
pub(crate) fn csr(host: &str) -> String {
    csr_for(host, &KeyPair::generate().expect("a key"))
}

pub(crate) fn csr_for(host: &str, key: &KeyPair) -> String {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, host);
    parameters
        .serialize_request(key)
        .expect("a request")
        .pem()
        .expect("PEM")
}

/// The number at the end of a path.
pub(crate) fn number(location: &str) -> i64 {
    let (_, number) = location.rsplit_once('/').expect("a path");
    number.parse().expect("a number")
}

/// The least that an enrolment needs.
pub(crate) fn enrolment(csr: &str) -> Value {
    json!({"orgId": 9001, "csr": csr, "certType": 5101, "term": 365})
}

/// Runs a tool on some input; `None`, with a word about it, where the tool is not installed.
pub(crate) fn run(program: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let spawned = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    // A tool that needs no input may have closed it already.
    let _ = child.stdin.take().expect("piped").write_all(input);
    let output = child.wait_with_output().expect("an end");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A component of the interface's description.
pub(crate) fn component(name: &str) -> Value {
    let found = descriptions().find_map(|path| {
        let text = fs::read_to_string(path).expect("a readable description");
        let mut document: Value = serde_json::from_str(&text).expect("JSON");
        let schemas = document["components"]["schemas"].as_object_mut()?;
        schemas.remove(name)
    });
    found.unwrap_or_else(|| panic!("no component {name} is described"))
}

fn descriptions() -> impl Iterator<Item = PathBuf> {
    let folders = [DESCRIPTION.to_owned(), format!("{DESCRIPTION}/openapi")];
    let entries = folders.into_iter().flat_map(fs::read_dir).flatten();
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    paths.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    })
}

/// The members of a component of the interface's description.
fn documented(name: &str) -> Vec<String> {
    let component = component(name);
    let properties = component["properties"].as_object().expect("an object");
    properties.keys().cloned().collect()
}

/// Asserts that an answer has no members but those of a component.
pub(crate) fn assert_documented(answer: &Value, component: &str) {
    let known = documented(component);
    for name in answer.as_object().expect("an object").keys() {
        assert!(known.contains(name), "{component}.{name}");
    }
}
