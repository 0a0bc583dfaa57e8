//! Requests to sign files, as they are sent and told.

use cert_core::client::{ExternalUrl, Row};
use cert_core::{Field, Time, open_enum};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::files::DigestAlgorithm;
use crate::{OrganizationId, SigningRequestId};

open_enum! {
    /// Type of the files of a request.
    pub enum SigningType {
        /// Programs and installers for Windows.
        MicrosoftAuthenticode = "MICROSOFT_AUTHENTICODE",
        /// Java archives.
        Java = "JAVA",
        /// Documents and macros of Microsoft Office.
        MicrosoftOfficeAndVba = "MICROSOFT_OFFICE_AND_VBA",
        /// Programs for Windows Phone and Xbox.
        WindowsPhoneAndXbox = "WINDOWS_PHONE_AND_XBOX",
        /// Programs for Android.
        Android = "ANDROID",
        /// Hashes in the place of files.
        HashSum = "HASH_SUM",
        /// Scripts for PowerShell.
        Powershell = "POWERSHELL",
    }
}

open_enum! {
    /// State of a request. The vendor names them and does not explain them.
    pub enum SigningState {
        /// Begun.
        Init = "INIT",
        /// Created.
        Created = "CREATED",
        /// Under way.
        InProgress = "IN_PROGRESS",
        /// An administrator declined it.
        Declined = "DECLINED",
        /// The files are signed, and can be downloaded.
        Signed = "SIGNED",
        /// Not decided on in time.
        Expired = "EXPIRED",
        /// The files could not be signed.
        Failed = "FAILED",
    }
}

cert_core::request! {
    /// Request to sign files.
    pub(super) struct NewSigningRequest(
        #[wire("organizationId")]
        organization: OrganizationId,
        #[length(1..)]
        version: String,
        #[wire("algorithms" as Joined)]
        algorithms: Vec<DigestAlgorithm>,
        #[wire("signingType")]
        kind: SigningType,
    ) {}
}

cert_core::request! {
    /// The request that is submitted.
    pub(super) struct Submission(
        #[wire("requestId")]
        id: SigningRequestId,
    ) {}
}

cert_core::request! {
    /// The request that is decided on, and how that is explained.
    pub(super) struct Decision(
        #[wire("requestId")]
        id: SigningRequestId,
    ) {
        comment: String,
    }
}

/// Algorithms that are sent as one text, separated by commas.
struct Joined<'a>(&'a Vec<DigestAlgorithm>);

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names: Vec<_> = self.0.iter().map(DigestAlgorithm::as_str).collect();
        serializer.serialize_str(&names.join(","))
    }
}

cert_core::response! {
    /// Request that was created, and the link that its files are uploaded to.
    pub struct CreatedSigningRequest {
        /// Number of the request.
        #[wire("requestId")]
        pub id: SigningRequestId,
        upload_url: Option<Link>,
    }
}

impl CreatedSigningRequest {
    /// Link that the files are uploaded to, with the number of the request in it: at an agent in
    /// the customer's network, or in the vendor's cloud.
    #[must_use]
    pub fn upload_link(&self) -> Option<ExternalUrl> {
        let Link(link) = self.upload_url.as_ref()?;
        // Release 19.10 left it out.
        Some(link.with_query("requestId", &self.id.to_string()))
    }
}

cert_core::response! {
    /// A request to sign files.
    pub struct SigningRequest {
        /// E-mail address of the developer who made the request.
        #[wire("developerEmail")]
        pub developer: Option<String>,
        /// Name of the organization.
        pub organization: Option<String>,
        /// Name of the department.
        pub department: Option<String>,
        /// Name of the administrator who approved the request.
        pub approver: Option<String>,
        /// Version of the files, in words.
        pub version: Option<String>,
        /// Type of the files.
        #[wire("signingService")]
        pub kind: Option<SigningType>,
        /// Time of the creation.
        pub created: Option<Time>,
        /// Current state.
        pub state: Option<SigningState>,
        /// Hash algorithms of the signatures.
        #[wire("digestAlgorithms")]
        pub algorithms: Vec<DigestAlgorithm>,
        /// Files of the request.
        pub files: Vec<SignedFile>,
    }
}

cert_core::response! {
    /// File of a request.
    pub struct SignedFile {
        /// Name of the file.
        pub name: Option<String>,
        /// Size in bytes.
        pub size: Option<u64>,
        download_url: Option<Link>,
    }
}

impl SignedFile {
    /// Link to the signed file. It redirects to the agent that has the file.
    #[must_use]
    pub fn download_link(&self) -> Option<&ExternalUrl> {
        self.download_url.as_ref().map(|Link(link)| link)
    }
}

cert_core::response! {
    /// Number of requests.
    pub struct SigningRequestCount {
        /// Number of requests.
        pub count: u64,
    }
}

/// A link in an answer, compared by its text.
#[derive(Debug, Clone)]
struct Link(ExternalUrl);

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose() == other.0.expose()
    }
}

impl Eq for Link {}

impl<'de> Field<'de> for Link {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let link = Option::<ExternalUrl>::deserialize(deserializer)?;
        let said = link.filter(|link| !link.expose().trim().is_empty());
        Ok(said.map(Self))
    }
}

/// Entry of a list, which is the number of a request alone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ListedSigningRequest {
    /// Number of the request.
    pub id: SigningRequestId,
}

impl Row for ListedSigningRequest {
    type Id = SigningRequestId;

    fn id(&self) -> &SigningRequestId {
        &self.id
    }
}
