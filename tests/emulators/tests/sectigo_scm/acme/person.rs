use std::sync::LazyLock;

use http::Method;
use rcgen::{CertificateParams, DistinguishedName, KeyPair};
use reqwest::Client;
use serde_json::{Value, json};

use super::{
    ACCOUNTS, add, create,
    crypto::{Key, decode, encode, mac},
};
use crate::api::{Answer, Api, plain_client};

/// Somebody who talks to an ACME server by hand, and can be wrong at will.
pub(super) struct Person<'a> {
    pub(super) api: &'a Api,
    pub(super) server: &'static str,
    pub(super) key: Key,
    /// The address of the account, once there is one.
    pub(super) kid: Option<String>,
}

impl<'a> Person<'a> {
    pub(super) fn new(api: &'a Api, key: Key) -> Self {
        let (server, kid) = ("OV", None);
        Self {
            api,
            server,
            key,
            kid,
        }
    }

    /// Somebody with an account, for `example.com` and what lies below.
    pub(super) async fn registered(api: &'a Api) -> Self {
        let account = create(api, "made for a person").await;
        assert_eq!(add(api, account, &["example.com"]).await, json!({}));
        Self::registered_with(api, &details(api, account).await).await
    }

    /// Somebody with an account that is bound to this one.
    pub(super) async fn registered_with(api: &'a Api, account: &Value) -> Self {
        let mut person = Self::new(api, Key::p256());
        let registered = person.register(account).await;
        assert_eq!(registered.status, 201, "{}", registered.text());
        person.kid = Some(registered.header("location").to_owned());
        person
    }

    pub(super) fn url(&self, resource: &str) -> String {
        let base = self.api.emulator.base_url();
        format!("{base}/acme/v2/{}/{resource}", self.server)
    }

    pub(super) async fn nonce(&self) -> String {
        let url = self.url("newNonce");
        let answer = call(Method::HEAD, &url, None).await;
        answer.header("replay-nonce").to_owned()
    }

    /// A protected header that is right, to be made wrong.
    pub(super) async fn header(&self, url: &str) -> Value {
        let mut header = json!({"alg": self.key.algorithm(), "url": url});
        header["nonce"] = self.nonce().await.into();
        match &self.kid {
            Some(kid) => header["kid"] = kid.as_str().into(),
            None => header["jwk"] = self.key.jwk(),
        }
        header
    }

    /// Posts to a resource; without a payload it stands in for `GET`.
    pub(super) async fn post(&self, url: &str, payload: Option<Value>) -> Answer {
        let header = self.header(url).await;
        let payload = payload.map_or(String::new(), |payload| payload.to_string());
        send(url, &self.key.jws(&header, &payload)).await
    }

    /// Posts with a header of which something was changed.
    pub(super) async fn post_changed(
        &self,
        url: &str,
        payload: &Value,
        change: impl FnOnce(&mut Value),
    ) -> Answer {
        let mut header = self.header(url).await;
        change(&mut header);
        send(url, &self.key.jws(&header, &payload.to_string())).await
    }

    pub(super) async fn register(&self, account: &Value) -> Answer {
        let payload = json!({
            "termsOfServiceAgreed": true,
            "contact": ["mailto:admin@example.com"],
            "externalAccountBinding": self.binding(account),
        });
        self.post(&self.url("newAccount"), Some(payload)).await
    }

    pub(super) fn binding(&self, account: &Value) -> Value {
        let header = self.binding_header(account);
        mac(&mac_key(account), &header, &self.key.jwk().to_string())
    }

    pub(super) fn binding_header(&self, account: &Value) -> Value {
        json!({"alg": "HS256", "kid": account["macId"], "url": self.url("newAccount")})
    }

    pub(super) async fn order(&self, names: &[&str]) -> Answer {
        let identifiers = names
            .iter()
            .map(|name| json!({"type": "dns", "value": name}));
        let payload = json!({"identifiers": identifiers.collect::<Vec<_>>()});
        self.post(&self.url("newOrder"), Some(payload)).await
    }

    pub(super) async fn finalize(&self, order: &Value, csr: &[u8]) -> Answer {
        let url = order["finalize"].as_str().expect("a URL");
        self.post(url, Some(json!({"csr": encode(csr)}))).await
    }

    /// Orders, finalizes, and downloads the chain.
    pub(super) async fn issue(&self, names: &[&str], key: &KeyPair) -> String {
        let order = self.order(names).await.document();
        let finalized = self.finalize(&order, &csr(names, key)).await.document();
        let url = finalized["certificate"].as_str().expect("a URL");
        self.post(url, None).await.text().to_owned()
    }
}

impl Answer {
    /// The body of an answer from an ACME server that is no refusal.
    pub(super) fn document(&self) -> Value {
        assert!(self.status.is_success(), "{}", self.text());
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(super) fn problem_document(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let body: Value = serde_json::from_slice(&self.body).expect("JSON");
        assert_eq!(body["status"], self.status.as_u16());
        assert!(body["detail"].as_str().is_some_and(|text| !text.is_empty()));
        body
    }

    /// Status and type of a refusal by an ACME server.
    pub(super) fn problem(&self) -> (u16, String) {
        let body = self.problem_document();
        let kind = body["type"].as_str().expect("a type");
        let kind = kind.strip_prefix("urn:ietf:params:acme:error:");
        (self.status.as_u16(), kind.expect("ACME's").to_owned())
    }

    pub(super) fn is_refused(&self, status: u16, kind: &str) {
        assert_eq!(self.problem(), (status, kind.to_owned()), "{}", self.text());
    }
}

pub(super) async fn details(api: &Api, account: i64) -> Value {
    api.get(&format!("{ACCOUNTS}/{account}")).await.json()
}

pub(super) fn mac_key(account: &Value) -> Vec<u8> {
    decode(account["macKey"].as_str().expect("a key"))
}

/// Sends a signature; every answer to one brings a nonce.
pub(super) async fn send(url: &str, jws: &Value) -> Answer {
    let answer = call(Method::POST, url, Some(("application/jose+json", jws))).await;
    assert!(!answer.header("replay-nonce").is_empty(), "{answer:?}");
    answer
}

/// Connections are not kept: each test has a runtime of its own.
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let client = plain_client().pool_max_idle_per_host(0);
    client.build().expect("a client")
});

/// Calls without any credentials.
pub(super) async fn call(method: Method, url: &str, body: Option<(&str, &Value)>) -> Answer {
    let request = CLIENT.request(method, url);
    let request = match body {
        Some((media_type, body)) => request
            .header("content-type", media_type)
            .body(body.to_string()),
        None => request,
    };
    let request = request.header("user-agent", "by-hand/1.0 (test)");
    Answer::read(request.send().await.expect("an answer")).await
}

/// A signing request for names alone, DER.
pub(super) fn csr(names: &[&str], key: &KeyPair) -> Vec<u8> {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut parameters = CertificateParams::new(names).expect("names");
    parameters.distinguished_name = DistinguishedName::new();
    let request = parameters.serialize_request(key).expect("a request");
    request.der().to_vec()
}
