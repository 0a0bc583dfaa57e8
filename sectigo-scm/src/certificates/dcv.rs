//! Domain control validation, as certificates report it.

use cert_core::{Time, open_enum};

open_enum! {
    /// Method of domain control validation that an order asks for.
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
    /// Method of domain control validation that answers tell. The CA's own names, such as
    /// `CNAME_CSR_HASH`, are read as the methods that they are.
    pub enum DcvMethod {
        /// A mail to an address of the domain.
        Email = "EMAIL",
        /// A CNAME record.
        Cname = "CNAME" | "CNAME_CSR_HASH",
        /// A file served over HTTP.
        Http = "HTTP" | "HTTP_CSR_HASH",
        /// A file served over HTTPS.
        Https = "HTTPS" | "HTTPS_CSR_HASH",
        /// The vendor chooses.
        Auto = "AUTO",
        /// A TXT record.
        Txt = "TXT" | "DNSTXT_RANDOM_VALUE",
    }
}

cert_core::response! {
    /// State of the validation of a certificate's domains.
    pub struct DcvDetails {
        /// Log of the checks made so far.
        pub dcv_log: Option<DcvLog>,
        /// Instructions for what to publish, one entry a domain.
        pub instructions: Vec<DcvInstruction>,
    }
}

cert_core::response! {
    /// The checks made so far.
    pub struct DcvLog {
        /// Fault of the validation; code 0 where there is none.
        pub error: Option<DcvFault>,
        /// One entry a domain.
        pub log: Vec<DcvLogEntry>,
    }
}

cert_core::response! {
    /// Fault of a validation.
    pub struct DcvFault {
        /// Code of the fault; 0 where nothing went wrong.
        pub code: Option<i64>,
        /// Description in the vendor's words.
        pub description: Option<String>,
    }
}

cert_core::response! {
    /// The state of one domain.
    pub struct DcvLogEntry {
        /// Name of the domain.
        pub domain_name: Option<String>,
        /// The state in words, such as `Awaiting Validation`.
        pub dcv_status: Option<String>,
        /// Method of validation.
        pub dcv_method: Option<DcvMethod>,
        /// Time at which control was shown.
        pub dcv_date: Option<Time>,
        /// Time of the last check.
        pub last_check: Option<Time>,
        /// Time of the next check.
        pub next_check: Option<Time>,
        /// Number of the mail that was sent.
        pub dcv_email_ref_number: Option<i64>,
    }
}

cert_core::response! {
    /// Instruction for what to publish for one domain.
    pub struct DcvInstruction {
        /// Name of the domain.
        pub domain_name: Option<String>,
        /// Method of validation.
        pub dcv_mode: Option<DcvMethod>,
        /// Name of the DNS record, with its trailing dot.
        pub host: Option<String>,
        /// Target of the CNAME record, with its trailing dot.
        pub point: Option<String>,
        /// URL under which the file is looked for.
        pub url: Option<String>,
        /// Content of the file.
        pub file: Option<String>,
        /// The address that the mail goes to.
        pub dcv_email: Option<String>,
    }
}
