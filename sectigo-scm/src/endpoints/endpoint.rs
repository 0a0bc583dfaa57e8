use cert_core::client::Row;
use cert_core::open_enum;

use super::WebFormAuthType;
use crate::{DelegationMode, EndpointId, OrganizationId};

open_enum! {
    /// Kind of an endpoint: the protocol or form, and the certificates that are enrolled at it.
    pub enum EndpointType {
        /// Web form for SSL certificates.
        SslWebForm = "SSL_WEB_FORM",
        /// Web form for client certificates.
        SmimeWebForm = "SMIME_WEB_FORM",
        /// Web form for device certificates.
        DeviceWebForm = "DEVICE_WEB_FORM",
        /// Web form for code signing certificates.
        CodeSigningWebForm = "CODE_SIGN_WEB_FORM",
        /// Web form for many certificates at once.
        BulkWebForm = "BULK_ENROLLMENT_WEB_FORM",
        /// ACME for certificates of public CAs.
        PublicAcme = "PUBLIC_ACME",
        /// ACME for certificates of private CAs.
        PrivateAcme = "PRIVATE_ACME",
        /// SCEP for client certificates.
        SmimeScep = "SMIME_SCEP",
        /// SCEP for device certificates.
        DeviceScep = "DEVICE_SCEP",
        /// SCEP for client certificates, by way of Microsoft Intune.
        SmimeScepIntune = "SMIME_SCEP_INTUNE",
        /// SCEP for device certificates, by way of Microsoft Intune.
        DeviceScepIntune = "DEVICE_SCEP_INTUNE",
        /// EST for SSL certificates.
        SslEst = "SSL_EST",
        /// EST for client certificates.
        SmimeEst = "SMIME_EST",
        /// EST for device certificates.
        DeviceEst = "DEVICE_EST",
        /// REST for SSL certificates.
        SslRest = "SSL_REST_API",
        /// REST for client certificates.
        SmimeRest = "CLIENT_REST_API",
        /// REST for device certificates.
        DeviceRest = "DEVICE_REST_API",
        /// REST for code signing certificates.
        CodeSigningRest = "CODE_SIGN_REST_API",
        /// The vendor's interface called Maggie, for SSL certificates; lists cannot be filtered
        /// by it.
        SslMaggie = "SSL_MAGGIE_UI",
    }
}

cert_core::request! {
    /// Filter of endpoints to list; without anything set, all that the administrator may see.
    pub struct EndpointFilter() {
        /// Name of the endpoint.
        name: String,
        /// Last part of the endpoint's address.
        uri_extension: String,
        /// Kinds of endpoint, any of which will do.
        #[wire("endpointTypes[]")]
        kinds: Vec<EndpointType>,
    }
}

cert_core::response! {
    /// An endpoint of a list; [`get`](super::Endpoints::get) tells the rest.
    pub struct EndpointSummary {
        /// Number of the endpoint.
        pub id: EndpointId,
        /// Name of the endpoint.
        pub name: Option<String>,
        /// Kind of the endpoint.
        #[wire("type")]
        pub kind: Option<EndpointType>,
        /// Whether every organization may use the endpoint.
        pub delegation_mode: Option<DelegationMode>,
    }
}

impl Row for EndpointSummary {
    type Id = EndpointId;

    fn id(&self) -> &EndpointId {
        &self.id
    }
}

cert_core::response! {
    /// An endpoint, at which certificates are enrolled.
    pub struct Endpoint {
        /// Number of the endpoint.
        pub id: EndpointId,
        /// Name of the endpoint.
        pub name: Option<String>,
        /// Kind of the endpoint.
        #[wire("type")]
        pub kind: Option<EndpointType>,
        /// Whether every organization may use the endpoint.
        pub delegation_mode: Option<DelegationMode>,
        /// Address at which certificates are enrolled.
        pub url: Option<String>,
        /// Last part of the address.
        pub uri_extension: Option<String>,
        /// Ways in which applicants show who they are, of a web form.
        #[wire("webFormAuthTypes")]
        pub auth_types: Vec<WebFormAuthType>,
        /// Organizations and departments that may use the endpoint, if not every one.
        pub organizations: Vec<EndpointOrganization>,
    }
}

cert_core::response! {
    /// An organization or department that may use an endpoint.
    pub struct EndpointOrganization {
        /// Number of the organization or department.
        pub id: Option<OrganizationId>,
        /// Name of the organization or department.
        pub name: Option<String>,
    }
}
