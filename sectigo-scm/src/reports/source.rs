use cert_core::open_enum;

open_enum! {
    /// Origin of the request for a device certificate.
    pub enum DeviceSource {
        /// The SOAP API.
        WebApi = "API",
        /// Found by discovery.
        Discovery = "DISCOVERY",
        /// The SOAP API, with approval.
        WebApiApproval = "API_APPROVAL",
        /// A web form.
        SelfService = "SELF_ENROLLMENT",
        /// SCEP.
        Scep = "SCEP_ENROLL",
        /// A Microsoft CA.
        MicrosoftCa = "MS_CA",
        /// A Microsoft CA, on behalf of somebody.
        MicrosoftCaOnBehalf = "MS_CA_ENROLL_ON_BEHALF",
        /// An administrator.
        Administrator = "UI",
        /// EST.
        Est = "EST_ENROLL",
        /// The REST API, as here.
        Rest = "REST_ENROLL",
        /// Imported.
        Imported = "IMPORTED",
    }
}

open_enum! {
    /// Origin of the request for a code signing certificate. Filters and answers spell it
    /// differently.
    pub enum CodeSigningSource {
        /// A web form.
        WebForm = "WEB_FORM" | "Enrollment form",
        /// The SOAP or REST API.
        WebServices = "WEB_SERVICES",
    }
}
