//! Code signing on demand: files that Sectigo signs once an administrator approved. Deprecated by
//! the vendor, without a successor.
//!
//! A developer creates a request, uploads the files and submits it; an administrator approves;
//! signing then runs by itself:
//!
//! ```no_run
//! # #![expect(deprecated)]
//! use sectigo_scm::cert_core::client::{ExternalClient, Tls};
//! use sectigo_scm::code_signing_requests::{DigestAlgorithm, FileType, SigningError, SigningFiles};
//! use sectigo_scm::{Client, Credentials};
//!
//! # async fn demo(admin: Client, jar: Vec<u8>) -> Result<(), SigningError> {
//! let developer = Credentials::developer("ada@example.com", "secret", "cst1");
//! let developer = Client::new(Client::CLOUD, developer)?;
//! let agent = ExternalClient::with_tls(Tls::new())?.allowing_private();
//!
//! let files = SigningFiles::new(FileType::Java, DigestAlgorithm::Sha256).file("tool.jar", jar);
//! let requests = developer.code_signing_requests();
//! let created = requests.create(9001, "1.4.2", &files).await?;
//! requests.upload(&agent, &created, &files).await?;
//! requests.submit(created.id).await?;
//!
//! admin.code_signing_decisions().approve(created.id, "release").await?;
//!
//! for file in requests.wait_for_signatures(created.id).await?.files {
//!     let signed = requests.download(&agent, &file).await?;
//!     println!("{:?}: {} bytes", file.name, signed.bytes.len());
//! }
//! # Ok(())
//! # }
//! ```

mod decisions;
mod files;
mod operations;
mod request;
mod wait;

use cert_core::client::{Blob, Call, Empty, Error, ExternalClient, Json, Op, Pages};

pub use self::decisions::CodeSigningDecisions;
pub use self::files::{DigestAlgorithm, FileType, Signable, SigningFiles, SigningHashes};
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::request::{
    CreatedSigningRequest, ListedSigningRequest, SignedFile, SigningRequest, SigningRequestCount,
    SigningState, SigningType,
};
use self::request::{NewSigningRequest, Submission};
pub use self::wait::{Signing, SigningError, SigningLook, SigningProgress};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, OrganizationId, SigningRequestId};

/// Redirects that the download of a signed file may take: to the agent that has it, and one more.
const REDIRECTS: u32 = 2;

impl Client {
    /// Requests to sign files on demand, as developers make them. The client has to have
    /// [`Credentials::developer`](crate::Credentials::developer).
    #[doc(alias = "csod")]
    #[deprecated(note = "the vendor gives code signing on demand up, without a successor")]
    #[must_use]
    pub fn code_signing_requests(&self) -> CodeSigningRequests<'_> {
        CodeSigningRequests { client: self }
    }
}

/// The requests of a developer to sign files. Made by [`Client::code_signing_requests`].
///
/// Every call is refused before anything is sent where the client has credentials of an
/// administrator. Files go to and come from links that answers tell, by an [`ExternalClient`] that
/// sends no credentials. The agent behind them has a certificate of its own making unless it was
/// given another: trust it in that client, and [allow](ExternalClient::allowing_private) it where
/// its address is private.
#[derive(Debug, Clone, Copy)]
pub struct CodeSigningRequests<'c> {
    client: &'c Client,
}

impl<'c> CodeSigningRequests<'c> {
    /// Creates a request to sign files in a version, 1 or more characters, and tells its number
    /// and where the files are uploaded to.
    ///
    /// `POST /api/csod/v1/requests/developer`
    ///
    /// ```no_run
    /// # #![expect(deprecated)]
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::code_signing_requests::{DigestAlgorithm, FileType, SigningFiles};
    ///
    /// let files = SigningFiles::new(FileType::Powershell, DigestAlgorithm::Sha256)
    ///     .file("deploy.ps1", "Get-Date");
    /// let created = scm.code_signing_requests().create(9001, "7", &files).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn create(
        self,
        organization: impl Into<OrganizationId>,
        version: &str,
        files: &impl Signable,
    ) -> Call<'c, Json<CreatedSigningRequest>> {
        let (algorithms, kind) = (files.algorithms(), files.signing_type());
        let request = NewSigningRequest::new(organization, version, algorithms, kind);
        self.call(&ops::CREATE).json(&request)
    }

    /// Uploads the files of a request to the link that its creation told, without credentials;
    /// once.
    ///
    /// `POST {uploadUrl}`, outside the base URL
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) where there is no file or no link, a hash has
    /// another length than its algorithm's, or the link leads where `external` may not go; then
    /// nothing is sent. After a lost answer [`may_have_run`](Error::may_have_run) is true. The
    /// link is not repeated in errors.
    pub async fn upload(
        self,
        external: &ExternalClient,
        created: &CreatedSigningRequest,
        files: &impl Signable,
    ) -> Result<(), Error> {
        let external = external
            .clone()
            .carrying_out(self.client.vendor(), &ops::UPLOAD);
        let form = files::form(files)?;
        let link = created.upload_link();
        let link = link.ok_or_else(|| Error::argument("the creation told no link to upload to"))?;
        external.upload(&link, form).await.map(drop)
    }

    /// Submits a request once its files are uploaded: it waits for an administrator's decision
    /// from now on.
    ///
    /// `PUT /api/csod/v1/requests/developer`
    #[inline]
    pub fn submit(self, id: impl Into<SigningRequestId>) -> Call<'c, Empty> {
        let submission = Submission::new(id);
        self.call(&ops::SUBMIT).json(&submission)
    }

    /// Number of the developer's own requests.
    ///
    /// `GET /api/csod/v1/requests/developer/count`
    #[inline]
    pub fn count(self) -> Call<'c, Json<SigningRequestCount>> {
        self.call(&ops::COUNT)
    }

    /// Numbers of the developer's own requests, in pages of at most 200.
    ///
    /// `GET /api/csod/v1/requests/developer/`
    #[inline]
    pub fn list(self) -> Pages<'c, List<ListedSigningRequest>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST).query(&PageQuery::from(window))
        })
    }

    /// Everything about one of the developer's own requests.
    ///
    /// `GET /api/csod/v1/requests/developer/{requestId}`
    #[inline]
    pub fn get(self, id: impl Into<SigningRequestId>) -> Call<'c, Json<SigningRequest>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Waits until the files of a request are signed.
    ///
    /// `GET /api/csod/v1/requests/developer/{requestId}`, look by look
    #[inline]
    pub fn wait_for_signatures(self, id: impl Into<SigningRequestId>) -> Signing<'c> {
        Signing::new(self, id.into())
    }

    /// Downloads a signed file, without credentials; once. The link redirects to the agent that
    /// has the file, which is followed, where `external` may go there.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) where the file has no link, or it leads where
    /// `external` may not go. The link is not repeated in errors.
    pub async fn download(
        self,
        external: &ExternalClient,
        file: &SignedFile,
    ) -> Result<Blob, Error> {
        let link = file.download_link();
        let link = link.ok_or_else(|| Error::argument("the file has no link to download it by"))?;
        let external = external.clone().following_redirects(REDIRECTS);
        external.download(link).await
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
