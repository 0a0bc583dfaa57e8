//! The program on the first screen of README.md, run as it stands there against the emulator.

use std::sync::OnceLock;
use std::{env, fs};

use cert_core::{Curve, KeyKind};
use cert_emulators::sectigo_scm::{Emulator, Progress};

static EMULATOR: OnceLock<Emulator> = OnceLock::new();

/// The crate as the program uses it, but for where its client goes.
mod sectigo_scm {
    use ::sectigo_scm::Error;
    pub(crate) use ::sectigo_scm::{Credentials, cert_core, ssl};

    pub(crate) struct Client(::sectigo_scm::Client);

    impl Client {
        pub(crate) const CLOUD: &str = ::sectigo_scm::Client::CLOUD;

        pub(crate) fn new(base_url: &str, credentials: Credentials) -> Result<Self, Error> {
            assert_eq!(base_url, Self::CLOUD);
            let emulator = super::EMULATOR.get().expect("started");
            ::sectigo_scm::Client::new(emulator.base_url(), credentials).map(Self)
        }
    }

    impl std::ops::Deref for Client {
        type Target = ::sectigo_scm::Client;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
}

mod program {
    use super::sectigo_scm;

    include!(concat!(env!("OUT_DIR"), "/first_screen.rs"));

    pub(super) async fn run() -> Result<(), Box<dyn std::error::Error>> {
        demo().await
    }
}

#[tokio::test]
async fn the_program_in_the_readme_writes_a_key_store_of_a_new_certificate() {
    env::set_current_dir(env!("CARGO_TARGET_TMPDIR")).expect("a folder for tests");
    let emulator = Emulator::builder()
        .certificates(0)
        .approval(Progress::AtOnce)
        .issuance(Progress::AtOnce)
        .start()
        .await
        .expect("the emulator starts");
    EMULATOR.set(emulator).expect("the one test");

    program::run().await.expect("the program");

    let file = fs::read("example.org.p12").expect("the file that it writes");
    let store = cert_core::Pkcs12::parse(&file).expect("PKCS#12");
    let store = store.open("pass phrase").expect("its pass phrase");
    let key = store.key().expect("one key");
    assert_eq!(key.private_key().kind(), &KeyKind::Ec(Curve::P256));
    let chain = key.chain().expect("a certificate of the key");
    assert!(chain.leaf().covers_host("example.org"));
    assert!(chain.root().is_some(), "{chain:?}");
}
