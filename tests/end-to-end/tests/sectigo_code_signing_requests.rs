//! Code signing on demand against its emulator.
#![expect(
    deprecated,
    reason = "what the vendor still serves is held to its emulator too"
)]

use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use cert_core::Certificate;
use cert_core::client::{ExternalClient, Tls};
use cert_emulators::sectigo_scm::{Builder, Emulator};
use sectigo_scm::code_signing_requests::{
    DigestAlgorithm, FileType, Signable, Signing, SigningError, SigningFiles, SigningHashes,
    SigningLook, SigningState, SigningType,
};
use sectigo_scm::{Backoff, Client, Credentials, ErrorKind, SigningRequestId};

const ORGANIZATION: i64 = 9001;

struct Parties {
    emulator: Emulator,
    developer: Client,
    admin: Client,
    agent: ExternalClient,
}

async fn started() -> Parties {
    started_with(|builder| builder).await
}

/// Over TLS; the agent is trusted apart from the vendor.
async fn started_with(adjust: impl FnOnce(Builder) -> Builder) -> Parties {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = adjust(builder.tls())
        .start()
        .await
        .expect("the emulator starts");
    let root = Certificate::parse(emulator.ca_pem().as_bytes()).expect("a root");
    let tls = || Tls::new().own_roots_only().root(root.clone());
    let client = |credentials| {
        let builder = Client::builder(emulator.base_url(), credentials);
        builder.tls(tls()).build().expect("a client")
    };
    let developer = Credentials::developer("developer@example.com", "secret", "cst1");
    let agent = ExternalClient::with_tls(tls()).expect("a client");
    Parties {
        developer: client(developer),
        admin: client(Credentials::password("admin", "secret", "cst1")),
        agent: agent.allowing_loopback(),
        emulator,
    }
}

impl Parties {
    /// Created, uploaded and submitted.
    async fn submitted(&self, files: &impl Signable) -> SigningRequestId {
        let requests = self.developer.code_signing_requests();
        let created = requests.create(ORGANIZATION, "1.4.2", files).await;
        let created = created.expect("a request");
        let uploaded = requests.upload(&self.agent, &created, files).await;
        uploaded.expect("it is uploaded");
        requests.submit(created.id).await.expect("it is submitted");
        created.id
    }

    fn wait(&self, id: SigningRequestId) -> Signing<'_> {
        let wait = self
            .developer
            .code_signing_requests()
            .wait_for_signatures(id);
        let (first, longest) = (Duration::from_millis(1), Duration::from_millis(10));
        // The emulator makes an RSA key for the first signature.
        let wait = wait.within(Duration::from_secs(30));
        wait.backoff(Backoff::new(first, longest))
    }
}

fn java() -> SigningFiles {
    SigningFiles::new(FileType::Java, DigestAlgorithm::Sha256).file("tool.jar", &b"PK"[..])
}

#[tokio::test]
async fn a_hash_is_signed_and_the_signature_verified() {
    let parties = started().await;
    let program = b"a program that stays where it is";
    let hash = digest(&SHA256, program);
    let files =
        SigningHashes::new(DigestAlgorithm::Sha256).hash("tool.exe", hash.as_ref().to_vec());
    let id = parties.submitted(&files).await;
    let mut wait = parties.wait(id);
    let Ok(SigningLook::NotYet(progress)) = wait.look().await else {
        panic!("nobody approved it");
    };
    assert_eq!(progress.state, Some(SigningState::Created));
    let decisions = parties.admin.code_signing_decisions();
    decisions.approve(id, "a release").await.expect("approved");

    let done = wait.await.expect("it is signed");
    assert_eq!(done.kind, Some(SigningType::HashSum));
    assert_eq!(done.algorithms, [DigestAlgorithm::Sha256]);
    assert_eq!(done.approver.as_deref(), Some("Ada Example"));
    let [file] = done.files.as_slice() else {
        panic!("{:?}", done.files);
    };
    assert_eq!(file.name.as_deref(), Some("tool.exe.sha256"));
    let requests = parties.developer.code_signing_requests();
    let signature = requests
        .download(&parties.agent, file)
        .await
        .expect("a file");
    assert_eq!(file.size, Some(signature.bytes.len() as u64));

    let certificate = parties.emulator.state().signing_certificate();
    let certificate = Certificate::parse(&certificate).expect("a certificate");
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, certificate.public_key_der());
    key.verify(program, &signature.bytes)
        .expect("a signature by that key");
    assert!(key.verify(b"another program", &signature.bytes).is_err());
}

#[tokio::test]
async fn files_go_and_come_without_credentials() {
    let parties = started().await;
    let id = parties.submitted(&java()).await;
    let decisions = parties.admin.code_signing_decisions();
    decisions.approve(id, None).await.expect("approved");
    let done = parties.wait(id).await.expect("it is signed");
    let requests = parties.developer.code_signing_requests();
    let signed = requests.download(&parties.agent, &done.files[0]).await;
    assert_eq!(&signed.expect("a file").bytes[..], b"PK");
    let seen = parties.emulator.journal().requests();
    let outside = seen
        .iter()
        .filter(|seen| !seen.request.path.starts_with("/api/"));
    let outside: Vec<_> = outside.collect();
    assert_eq!(outside.len(), 3, "an upload, a redirect, a download");
    for seen in outside {
        for header in ["email", "login", "password", "customeruri"] {
            assert!(
                !seen.request.headers.contains_key(header),
                "{} has {header}",
                seen.request.path
            );
        }
    }
}

#[tokio::test]
async fn requests_end_without_a_signature_too() {
    let parties = started().await;
    let decisions = parties.admin.code_signing_decisions();
    let declined = parties.submitted(&java()).await;
    decisions
        .decline(declined, "not now")
        .await
        .expect("declined");
    let ended = parties.wait(declined).await;
    assert!(matches!(ended, Err(SigningError::Declined)), "{ended:?}");

    let old = SigningHashes::new(DigestAlgorithm::Md5).hash("a.exe", vec![7; 16]);
    let failed = parties.submitted(&old).await;
    decisions.approve(failed, None).await.expect("approved");
    let ended = parties.wait(failed).await;
    assert!(matches!(ended, Err(SigningError::Unsigned)), "{ended:?}");

    let expired = parties.submitted(&java()).await;
    parties.emulator.clock().advance_days(31);
    let ended = parties.wait(expired).await;
    assert!(matches!(ended, Err(SigningError::Expired)), "{ended:?}");
}

#[tokio::test]
async fn requests_are_counted_and_listed_on_both_sides() {
    let parties = started().await;
    let requests = parties.developer.code_signing_requests();
    let decisions = parties.admin.code_signing_decisions();
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(parties.submitted(&java()).await);
    }
    assert_eq!(requests.count().await.expect("a count").count, 5);
    assert_eq!(decisions.count().await.expect("a count").count, 5);
    for size in [2, 5, 200] {
        let own = requests
            .list()
            .page_size(size)
            .collect()
            .await
            .expect("a list");
        let all = decisions
            .list()
            .page_size(size)
            .collect()
            .await
            .expect("a list");
        for listed in [own, all] {
            let listed: Vec<_> = listed.into_iter().map(|row| row.id).collect();
            assert_eq!(listed, ids, "{size} a page");
        }
    }
    let seen = decisions.get(ids[0]).await.expect("a request");
    assert_eq!(seen.developer.as_deref(), Some("developer@example.com"));
    let unknown = requests.get(99).await.expect_err("nothing there");
    assert_eq!(unknown.kind(), ErrorKind::Refused);
}

#[tokio::test]
async fn each_side_has_its_own_credentials() {
    let parties = started().await;
    let count = parties.admin.code_signing_requests().count().await;
    let error = count.expect_err("not a developer");
    assert_eq!(error.kind(), ErrorKind::Argument);
    let approved = parties
        .developer
        .code_signing_decisions()
        .approve(1, None)
        .await;
    let error = approved.expect_err("not an administrator");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(
        parties.emulator.journal().requests().is_empty(),
        "nothing is sent"
    );
}

#[tokio::test]
async fn several_algorithms_are_for_some_types_alone() {
    let parties = started().await;
    let requests = parties.developer.code_signing_requests();
    let twice = java().and_algorithm(DigestAlgorithm::Sha512);
    let refused = requests.create(ORGANIZATION, "1", &twice).await;
    assert_eq!(refused.expect_err("a refusal").kind(), ErrorKind::Refused);
    let program = SigningFiles::new(FileType::MicrosoftAuthenticode, DigestAlgorithm::Sha1)
        .and_algorithm(DigestAlgorithm::Sha256);
    let created = requests.create(ORGANIZATION, "1", &program).await;
    created.expect("dual signatures are for Windows");
}
