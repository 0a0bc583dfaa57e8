use cert_core::client::{Call, Created, Empty, Json, Op};

use crate::{Client, Location, LocationDetails, LocationId};

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
/// use sectigo_scm::{LocationDetails, SslId};
///
/// let locations = scm.ssl().locations(SslId::from(876));
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

    /// All of them.
    #[inline]
    pub fn list(self) -> Call<'c, Json<Vec<Location>>> {
        self.call(self.operations.list)
    }

    /// Notes a place where the certificate is installed, and tells its number.
    #[inline]
    pub fn create(self, location: &LocationDetails) -> Call<'c, Created<LocationId>> {
        self.call(self.operations.create).json(location)
    }

    /// One place where the certificate is installed.
    #[inline]
    pub fn get(self, id: LocationId) -> Call<'c, Json<Location>> {
        self.call(self.operations.get).path(id)
    }

    /// Changes what is said of a custom location.
    #[inline]
    pub fn update(self, id: LocationId, details: &LocationDetails) -> Call<'c, Empty> {
        self.call(self.operations.update).path(id).json(details)
    }

    /// Deletes a custom location.
    #[inline]
    pub fn delete(self, id: LocationId) -> Call<'c, Empty> {
        self.call(self.operations.delete).path(id)
    }

    fn call<R>(self, operation: &'static Op) -> Call<'c, R> {
        self.client.call(operation).path(self.certificate)
    }
}
