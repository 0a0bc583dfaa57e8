use crate::{EndpointAccountId, EndpointId, ProfileId};

cert_core::request! {
    /// Where a person is invited to.
    pub(super) struct Invitation(
        /// Account of the web form.
        #[wire("accountId")]
        account: EndpointAccountId,
    ) {}
}

cert_core::request! {
    /// Certificate that a person is invited to enrol, in the form that came before accounts of
    /// web forms.
    pub struct InvitationV1() {
        /// Profile of the certificate.
        #[wire("profileId")]
        profile: ProfileId,
        /// Validity in days, one of the profile's terms.
        #[range(..)]
        term: u32,
        /// Algorithm and size of the key, one of the profile's, such as `RSA - 2048`.
        key_type: String,
    }
}

cert_core::response! {
    /// A web form where persons enrol certificates.
    pub struct InvitationEndpoint {
        /// Number of the endpoint.
        pub id: EndpointId,
        /// Name of the endpoint.
        pub name: Option<String>,
        /// Address of the form; it may hold a placeholder.
        pub url: Option<String>,
    }
}

cert_core::response! {
    /// An account of a web form.
    pub struct InvitationAccount {
        /// Number of the account.
        pub id: EndpointAccountId,
        /// Name of the account.
        pub name: Option<String>,
        /// Names of the profiles that the account enrols under.
        pub profiles: Vec<String>,
    }
}
