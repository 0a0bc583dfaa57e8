//! Domain control validation, as certificates report it.

use cert_core::{Time, open_enum};

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
    /// How control of a domain is being shown, as answers tell. The CA's own names, such as
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
    /// How far the validation of a certificate's domains has come.
    pub struct DcvDetails {
        /// What was checked so far.
        pub dcv_log: Option<DcvLog>,
        /// What to publish, one entry a domain.
        pub instructions: Vec<DcvInstruction>,
    }
}

cert_core::response! {
    /// The checks made so far.
    pub struct DcvLog {
        /// What went wrong; code 0 means nothing did.
        pub error: Option<DcvFault>,
        /// One entry a domain.
        pub log: Vec<DcvLogEntry>,
    }
}

cert_core::response! {
    /// What went wrong with a validation.
    pub struct DcvFault {
        /// 0 where nothing went wrong.
        pub code: Option<i64>,
        /// The vendor's words.
        pub description: Option<String>,
    }
}

cert_core::response! {
    /// The state of one domain.
    pub struct DcvLogEntry {
        /// The domain.
        pub domain_name: Option<String>,
        /// The state in words, such as `Awaiting Validation`.
        pub dcv_status: Option<String>,
        /// How control is shown.
        pub dcv_method: Option<DcvMethod>,
        /// When control was shown.
        pub dcv_date: Option<Time>,
        /// When it was checked last.
        pub last_check: Option<Time>,
        /// When it is checked next.
        pub next_check: Option<Time>,
        /// Number of the mail that was sent.
        pub dcv_email_ref_number: Option<i64>,
    }
}

cert_core::response! {
    /// What to publish for one domain.
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
}
