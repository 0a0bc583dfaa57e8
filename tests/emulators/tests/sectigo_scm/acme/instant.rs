use std::path::PathBuf;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cert_emulators::{
    frame::x509::{Certificate, from_text},
    sectigo_scm::{Emulator, Progress},
};
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeStatus, Error, ExternalAccountKey,
    Identifier, NewAccount, NewOrder, OrderStatus, RetryPolicy, RevocationReason,
    RevocationRequest,
};
use reqwest::{Client, Method};
use rustls::pki_types::CertificateDer;
use serde_json::{Value, json};

use super::{ACCOUNTS, OV, domains, wanted};
use crate::api::{number, plain_client};

/// An emulator that serves https, whoever calls it, and the file with the root to trust.
struct Secure {
    emulator: Emulator,
    client: Client,
    root: PathBuf,
}

impl Secure {
    async fn start(name: &str) -> Self {
        let builder = Emulator::builder().certificates(0).persons(0).devices(0);
        let builder = builder.issuance(Progress::AfterLooks(1)).tls();
        let emulator = builder.start().await.expect("a free port");
        let root = reqwest::Certificate::from_pem(emulator.ca_pem().as_bytes());
        let client = plain_client().tls_certs_only([root.expect("PEM")]);
        let file = format!("cert-emulators-{name}-{}.pem", std::process::id());
        let root = std::env::temp_dir().join(file);
        std::fs::write(&root, emulator.ca_pem()).expect("a file");
        Self {
            emulator,
            client: client.build().expect("a client"),
            root,
        }
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Response {
        let url = format!("{}{path}", self.emulator.base_url());
        let mut request = self.client.request(method, url);
        for (name, value) in [
            ("login", "admin"),
            ("password", "secret"),
            ("customerUri", "cst1"),
        ] {
            request = request.header(name, value);
        }
        if let Some(body) = body {
            let request_type = "application/json";
            request = request
                .header("content-type", request_type)
                .body(body.to_string());
        }
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{answer:?}");
        answer
    }

    async fn json(&self, path: &str) -> Value {
        let answer = self.call(Method::GET, path, None).await;
        serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON")
    }

    /// An account for `example.com`, and what the vendor shows of it.
    async fn account(&self) -> Value {
        let body = Some(wanted("instant", OV, 9001));
        let created = self.call(Method::POST, ACCOUNTS, body).await;
        let location = created.headers()["location"].to_str().expect("text");
        let one = format!("{ACCOUNTS}/{}", number(location));
        let body = Some(domains(&["example.com"]));
        let added = self
            .call(Method::POST, &format!("{one}/domain"), body)
            .await;
        assert_eq!(added.text().await.expect("a body"), "{}");
        self.json(&one).await
    }

    async fn directory(&self) -> String {
        let servers = self.json("/api/acme/v1/server?certValidationType=OV").await;
        servers[0]["url"].as_str().expect("a URL").to_owned()
    }

    async fn register(&self, account: &Value) -> Result<(Account, AccountCredentials), Error> {
        let (id, key) = (account["macId"].as_str(), account["macKey"].as_str());
        let key = URL_SAFE_NO_PAD
            .decode(key.expect("a key"))
            .expect("base64url");
        let key = ExternalAccountKey::new(id.expect("an id").to_owned(), &key);
        let new = NewAccount {
            contact: &["mailto:admin@example.com"],
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let builder = Account::builder_with_root(&self.root).expect("a root");
        builder
            .create(&new, self.directory().await, Some(&key))
            .await
    }
}

impl Drop for Secure {
    fn drop(&mut self) {
        std::fs::remove_file(&self.root).expect("the file");
    }
}

fn kind(error: &Error) -> &str {
    match error {
        Error::Api(problem) => problem.r#type.as_deref().expect("a type"),
        other => panic!("{other} is no problem document"),
    }
}

#[tokio::test]
async fn a_client_of_the_field_gets_a_certificate_and_revokes_it() {
    let secure = Secure::start("issue").await;
    let (account, _) = secure
        .register(&secure.account().await)
        .await
        .expect("an account");
    let names = ["example.com", "*.example.com"];
    let identifiers = names.map(|name| Identifier::Dns(name.to_owned()));
    let mut order = account
        .new_order(&NewOrder::new(&identifiers))
        .await
        .expect("an order");
    assert_eq!(order.state().status, OrderStatus::Ready);
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let authorization = authorization.expect("an authorization");
        assert_eq!(authorization.status, AuthorizationStatus::Valid);
        assert_eq!(authorization.challenges[0].status, ChallengeStatus::Valid);
    }
    order.finalize().await.expect("an order in the making");
    assert_eq!(order.state().status, OrderStatus::Processing);
    let pem = order
        .poll_certificate(&RetryPolicy::default())
        .await
        .expect("a certificate");
    let leaf = from_text(&pem).expect("PEM");
    let read = Certificate::parse(&leaf).expect("a certificate");
    assert_eq!(read.names, names);
    let listed = secure
        .json("/api/ssl/v1?requestedVia=ACME&status=Issued")
        .await;
    assert_eq!(listed[0]["commonName"], "example.com");
    assert_eq!(listed[0]["subjectAlternativeNames"], json!(names));
    let request = RevocationRequest {
        certificate: &CertificateDer::from(leaf),
        reason: Some(RevocationReason::KeyCompromise),
    };
    account.revoke(&request).await.expect("a revocation");
    let error = account.revoke(&request).await.expect_err("it is revoked");
    assert_eq!(kind(&error), "urn:ietf:params:acme:error:alreadyRevoked");
    let listed = secure.json("/api/ssl/v1?status=Revoked").await;
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_client_of_the_field_changes_its_account_and_its_key() {
    let secure = Secure::start("account").await;
    let holder = secure.account().await;
    let (mut account, _) = secure.register(&holder).await.expect("an account");
    account
        .update_contacts(&["mailto:new@example.com"])
        .await
        .expect("a change");
    let path = format!("{ACCOUNTS}/{}/client", holder["id"]);
    let client = secure.json(&path).await[0].clone();
    assert_eq!(client["contacts"], "new@example.com");
    assert!(
        account
            .id()
            .ends_with(client["accountId"].as_str().expect("an id"))
    );
    let agent = client["userAgent"].as_str().expect("text");
    assert!(agent.starts_with("instant-acme/"), "{agent}");
    let credentials = account.update_key().await.expect("a new key");
    let builder = Account::builder_with_root(&secure.root).expect("a root");
    let restored = builder
        .from_credentials(credentials)
        .await
        .expect("an account");
    let identifiers = [Identifier::Dns("www.example.com".to_owned())];
    restored
        .new_order(&NewOrder::new(&identifiers))
        .await
        .expect("an order");
    let identifiers = [Identifier::Dns("example.net".to_owned())];
    let outside = restored.new_order(&NewOrder::new(&identifiers)).await;
    let error = outside.err().expect("it is outside");
    assert_eq!(
        kind(&error),
        "urn:ietf:params:acme:error:rejectedIdentifier"
    );
    let path = format!("{path}/{}", client["accountId"].as_str().expect("an id"));
    secure.call(Method::PUT, &path, None).await;
    let identifiers = [Identifier::Dns("www.example.com".to_owned())];
    let closed = restored.new_order(&NewOrder::new(&identifiers)).await;
    let error = closed.err().expect("the client is closed");
    assert_eq!(kind(&error), "urn:ietf:params:acme:error:unauthorized");
}

#[tokio::test]
async fn a_client_without_the_right_key_is_not_let_in() {
    let secure = Secure::start("binding").await;
    let mut holder = secure.account().await;
    holder["macKey"] = json!(URL_SAFE_NO_PAD.encode([0; 32]));
    let error = secure
        .register(&holder)
        .await
        .err()
        .expect("the key is wrong");
    assert_eq!(kind(&error), "urn:ietf:params:acme:error:unauthorized");
}
