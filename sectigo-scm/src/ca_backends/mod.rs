//! CA backends: the CAs behind Certificate Manager.
//!
//! ```no_run
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! for backend in scm.ca_backends().list().await? {
//!     println!("{} {:?}", backend.id, backend.name);
//! }
//! # Ok(())
//! # }
//! ```

mod operations;

use cert_core::client::{Call, Json};

use self::operations as ops;
pub use self::operations::OPERATIONS;
use crate::{CaBackendId, CaBackendType, Client};

cert_core::response! {
    /// A CA behind Certificate Manager.
    pub struct CaBackend {
        /// Number of the backend.
        pub id: CaBackendId,
        /// Name of the backend.
        pub name: Option<String>,
        /// Kind of the CA.
        #[wire("type")]
        pub kind: Option<CaBackendType>,
        /// Whether the CA is a public one.
        pub public: Option<bool>,
        /// Kind of the CA as its connector names it; only of CAs that are reached over one.
        #[wire("connectorBackendType")]
        pub connector_kind: Option<String>,
    }
}

impl Client {
    /// CA backends: the CAs behind Certificate Manager.
    #[must_use]
    pub fn ca_backends(&self) -> CaBackends<'_> {
        CaBackends { client: self }
    }
}

/// The CA backends of an account. Made by [`Client::ca_backends`].
#[derive(Debug, Clone, Copy)]
pub struct CaBackends<'c> {
    client: &'c Client,
}

impl<'c> CaBackends<'c> {
    /// All CA backends, in one answer.
    /// `GET /api/ca-backend/v1`.
    ///
    /// # Errors
    ///
    /// Master administrators alone may list them; others get 401 with code -16, as for a wrong
    /// password.
    #[inline]
    pub fn list(self) -> Call<'c, Json<Vec<CaBackend>>> {
        self.client.call(&ops::LIST)
    }
}
