//! Emulators to work on where no real system is configured.

use cert_emulators::{StartError, sectigo_scm};

use crate::system::{Client, System};

/// How many certificates each emulator holds.
const CERTIFICATES: usize = 200;

/// Emulators that run as long as this lives.
#[derive(Debug)]
pub(crate) struct Demo {
    sectigo_scm: sectigo_scm::Emulator,
}

impl Demo {
    pub(crate) async fn start() -> Result<Self, StartError> {
        let sectigo_scm = sectigo_scm::Emulator::builder()
            .certificates(CERTIFICATES)
            .start()
            .await?;
        Ok(Self { sectigo_scm })
    }

    /// The emulated systems.
    pub(crate) fn systems(&self) -> Result<Vec<System>, cert_core::Error> {
        let credentials = ::sectigo_scm::Credentials::password("admin", "secret", "cst1");
        let client = ::sectigo_scm::Client::new(self.sectigo_scm.base_url(), credentials)?;
        Ok(vec![System {
            name: "emulator".to_owned(),
            client: Client::SectigoScm(client),
        }])
    }
}
