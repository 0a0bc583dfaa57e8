//! Domain control validation, as certificates report it.

use cert_core::lenient::{blank_as_none, null_as_empty};
use cert_core::{Time, open_enum};
use serde::Deserialize;

open_enum! {
    /// How control of a domain is shown, where an order asks for it.
    pub enum DcvMode {
        /// A CNAME record.
        Cname = "CNAME",
        /// A mail to an address of the domain.
        Email = "EMAIL",
        /// A file served over HTTP.
        Http = "HTTP",
        /// A file served over HTTPS.
        Https = "HTTPS",
        /// A TXT record.
        Txt = "TXT",
    }
}

open_enum! {
    /// How control of a domain is being shown, as answers tell.
    pub enum DcvMethod {
        /// A mail to an address of the domain.
        Email = "EMAIL",
        /// A CNAME record.
        Cname = "CNAME",
        /// A file served over HTTP.
        Http = "HTTP",
        /// A file served over HTTPS.
        Https = "HTTPS",
        /// The vendor chooses.
        Auto = "AUTO",
        /// A TXT record.
        Txt = "TXT",
        /// A CNAME record with hashes of the CSR.
        CnameCsrHash = "CNAME_CSR_HASH",
    }
}

/// How far the validation of a certificate's domains has come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DcvDetails {
    /// What was checked so far.
    pub dcv_log: Option<DcvLog>,
    /// What to publish, one entry a domain.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub instructions: Vec<DcvInstruction>,
}

/// The checks made so far.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DcvLog {
    /// What went wrong; code 0 means nothing did.
    pub error: Option<DcvFault>,
    /// One entry a domain.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub log: Vec<DcvLogEntry>,
}

/// What went wrong with a validation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DcvFault {
    /// 0 where nothing went wrong.
    pub code: Option<i64>,
    /// The vendor's words.
    pub description: Option<String>,
}

/// The state of one domain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DcvLogEntry {
    /// The domain.
    pub domain_name: Option<String>,
    /// The state in words, such as `Awaiting Validation`.
    pub dcv_status: Option<String>,
    /// How control is shown.
    pub dcv_method: Option<DcvMethod>,
    /// When control was shown.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub dcv_date: Option<Time>,
    /// When it was checked last.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub last_check: Option<Time>,
    /// When it is checked next.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub next_check: Option<Time>,
    /// Number of the mail that was sent.
    pub dcv_email_ref_number: Option<i64>,
}

/// What to publish for one domain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DcvInstruction {
    /// The domain.
    pub domain_name: Option<String>,
    /// How control is to be shown.
    pub dcv_mode: Option<DcvMethod>,
    /// Name of the DNS record, with its trailing dot.
    pub host: Option<String>,
    /// Target of the CNAME record, with its trailing dot.
    pub point: Option<String>,
    /// Where the file is looked for.
    pub url: Option<String>,
    /// What the file contains.
    pub file: Option<String>,
    /// The address that the mail goes to.
    pub dcv_email: Option<String>,
}
