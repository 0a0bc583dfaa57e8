//! Emulators to work on where no real system is configured.

use cert_core::Error;
use cert_emulators::{StartError, bb_uem, fortiauth, ivanti_mdm, sectigo_scm, twon_device};

use crate::system::{Client, System, Tenant};

/// How many certificates the larger systems hold.
const CERTIFICATES: usize = 200;

/// The external authorities that the emulated tenant knows.
const AUTHORITIES: [&str; 3] = ["ExternalCA1", "ExternalCA2", "ExternalCA3"];

/// Emulators that run as long as this lives.
#[derive(Debug)]
pub(crate) struct Demo {
    sectigo_scm: sectigo_scm::Emulator,
    ivanti_mdm: ivanti_mdm::Emulator,
    bb_uem: bb_uem::Emulator,
    fortiauth: fortiauth::Emulator,
    doors: [twon_device::Emulator; 2],
}

impl Demo {
    pub(crate) async fn start() -> Result<Self, StartError> {
        let door = || twon_device::Emulator::builder().certificates(4).start();
        Ok(Self {
            sectigo_scm: sectigo_scm::Emulator::builder()
                .certificates(CERTIFICATES)
                .start()
                .await?,
            ivanti_mdm: ivanti_mdm::Emulator::builder().start().await?,
            bb_uem: bb_uem::Emulator::builder().start().await?,
            fortiauth: fortiauth::Emulator::builder()
                .certificates(CERTIFICATES / 4)
                .start()
                .await?,
            doors: [door().await?, door().await?],
        })
    }

    /// The emulated systems.
    pub(crate) fn systems(&self) -> Result<Vec<System>, Error> {
        let mut systems = vec![
            system(
                "Certificate Manager",
                Client::SectigoScm(self.sectigo_scm()?),
            ),
            system("Neurons for MDM", Client::IvantiMdm(self.ivanti_mdm()?)),
            system("UEM", Client::BbUem(self.bb_uem()?)),
            system("FortiAuthenticator", Client::Fortiauth(self.fortiauth()?)),
        ];
        for (number, door) in self.doors.iter().enumerate() {
            let credentials = ::twon_device::Credentials::digest("admin", "secret");
            let client = ::twon_device::Client::new(door.base_url(), credentials)?;
            systems.push(system(
                &format!("door {}", number + 1),
                Client::TwonDevice(client),
            ));
        }
        Ok(systems)
    }

    fn sectigo_scm(&self) -> Result<::sectigo_scm::Client, Error> {
        let credentials = ::sectigo_scm::Credentials::password("admin", "secret", "cst1");
        ::sectigo_scm::Client::new(self.sectigo_scm.base_url(), credentials)
    }

    fn ivanti_mdm(&self) -> Result<Tenant, Error> {
        let credentials = ::ivanti_mdm::Credentials::basic("admin@example.com", "secret");
        let client = ::ivanti_mdm::Client::new(self.ivanti_mdm.base_url(), credentials)?;
        Ok(Tenant {
            client,
            id: Some("42591".into()),
            authorities: AUTHORITIES.map(str::to_owned).to_vec(),
        })
    }

    fn bb_uem(&self) -> Result<::bb_uem::Client, Error> {
        let credentials = ::bb_uem::Credentials::password("SRP00000", "admin", "secret");
        ::bb_uem::Client::new(self.bb_uem.base_url(), credentials)
    }

    fn fortiauth(&self) -> Result<::fortiauth::Client, Error> {
        let credentials = ::fortiauth::Credentials::access_key("admin", "secret");
        ::fortiauth::Client::new(self.fortiauth.base_url(), credentials)
    }
}

fn system(name: &str, client: Client) -> System {
    System {
        name: name.to_owned(),
        client,
    }
}
