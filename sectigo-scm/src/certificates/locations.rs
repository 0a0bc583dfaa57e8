use std::collections::BTreeMap;

use cert_core::client::{Call, Created, Empty, Json, Op};
use cert_core::{Payload, open_enum};
use serde::Serialize;

use crate::{Client, LocationId};

/// The operations of one area on locations.
#[derive(Debug)]
pub(crate) struct Operations {
    pub(crate) list: &'static Op,
    pub(crate) create: &'static Op,
    pub(crate) get: &'static Op,
    pub(crate) update: &'static Op,
    pub(crate) delete: &'static Op,
}

/// The places where one certificate is installed. Made by `locations` of the areas.
///
/// ```no_run
/// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
/// use sectigo_scm::LocationDetails;
///
/// let locations = scm.ssl().locations(876);
/// let id = locations.create(&LocationDetails::new().detail("Server", "Apache")).await?;
/// assert_eq!(locations.get(id).await?.details["Server"], "Apache");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Locations<'c> {
    client: &'c Client,
    operations: &'static Operations,
    certificate: i64,
}

impl<'c> Locations<'c> {
    pub(crate) fn new(client: &'c Client, operations: &'static Operations, id: i64) -> Self {
        Self {
            client,
            operations,
            certificate: id,
        }
    }

    /// Lists the places where the certificate is installed.
    ///
    /// `GET /api/ssl/v1/{sslId}/location`, or that of the other kinds (section Locations).
    #[inline]
    pub fn list(self) -> Call<'c, Json<Vec<Location>>> {
        self.call(self.operations.list)
    }

    /// Notes a place where the certificate is installed, and tells its number.
    ///
    /// `POST /api/ssl/v1/{sslId}/location`, or that of the other kinds (section Locations).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::LocationDetails;
    /// let rack = LocationDetails::new().detail("Rack", "12");
    /// let id = scm.ssl().locations(876).create(&rack).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn create(self, location: &LocationDetails) -> Call<'c, Created<LocationId>> {
        self.call(self.operations.create).json(location)
    }

    /// Details of one place where the certificate is installed.
    ///
    /// `GET /api/ssl/v1/{sslId}/location/{locationId}`, or of other kinds (section Locations).
    #[inline]
    pub fn get(self, id: impl Into<LocationId>) -> Call<'c, Json<Location>> {
        self.call(self.operations.get).path(id.into())
    }

    /// Changes the details of a custom location.
    ///
    /// `PUT /api/ssl/v1/{sslId}/location/{locationId}`, or of other kinds (section Locations).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::LocationDetails;
    /// let rack = LocationDetails::new().detail("Rack", "13");
    /// scm.ssl().locations(876).update(5, &rack).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(self, id: impl Into<LocationId>, details: &LocationDetails) -> Call<'c, Empty> {
        self.call(self.operations.update)
            .path(id.into())
            .json(details)
    }

    /// Deletes a custom location.
    ///
    /// `DELETE /api/ssl/v1/{sslId}/location/{locationId}`, or of other kinds (section Locations).
    #[inline]
    pub fn delete(self, id: impl Into<LocationId>) -> Call<'c, Empty> {
        self.call(self.operations.delete).path(id.into())
    }

    fn call<R>(self, operation: &'static Op) -> Call<'c, R> {
        self.client.call(operation).path(self.certificate)
    }
}

open_enum! {
    /// Origin of a location: how Certificate Manager came to know it.
    pub enum LocationType {
        /// An ACME client.
        Acme = "ACME",
        /// Entered by somebody.
        Custom = "CUSTOM",
        /// A port of a server that an agent installs on.
        NodePort = "NODE_PORT",
        /// Found by a network scan.
        NetworkHost = "NETWORK_HOST",
        /// Found in Active Directory.
        ActiveDirectoryEntry = "ACTIVE_DIRECTORY_ENTRY",
        /// An Azure Key Vault.
        AzureKeyVault = "AZURE_KEY_VAULT",
        /// A certificate in an Azure Key Vault.
        AzureKeyVaultCertificate = "AZURE_KEY_VAULT_CERT",
        /// A Private Key Agent.
        PrivateKeyAgent = "PK_AGENT",
        /// A network agent.
        NetworkAgent = "NETWORK_AGENT",
        /// The vendor's own key vault.
        SectigoKeyVault = "SECTIGO_KEY_VAULT",
        /// The vendor's former key archive.
        LegacyKeyArchive = "LEGACY_KEY_ARCHIVE",
        /// AWS Certificate Manager.
        AwsCertificateManager = "AWS_CM",
        /// Google Cloud Certificate Manager.
        GoogleCertificateManager = "GCP_CM",
    }
}

cert_core::response! {
    /// Place where a certificate is installed.
    pub struct Location {
        /// Number of the location within the certificate.
        pub id: LocationId,
        /// Origin of the location.
        pub location_type: Option<LocationType>,
        /// Name of the location, often empty.
        pub name: Option<String>,
        /// Details, under names of the customer's choice such as `IP` or `Server`.
        pub details: BTreeMap<String, String>,
    }
}

/// Details of a custom location.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[must_use]
pub struct LocationDetails {
    details: BTreeMap<String, String>,
}

impl Payload for LocationDetails {}

impl LocationDetails {
    /// Location without details yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a detail, such as `Server` and `Apache`.
    pub fn detail(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.details.insert(name.into(), value.into());
        self
    }
}
