use super::WebFormAuthType;

cert_core::response! {
    /// Texts that an endpoint shows to applicants, and the contact for their questions.
    pub struct EndpointConfig {
        /// Instructions for applicants.
        #[wire("enrollmentHelp")]
        pub help: Option<String>,
        /// Text of the link to further instructions.
        #[wire("enrollmentLinkName")]
        pub link_name: Option<String>,
        /// Address of further instructions.
        #[wire("enrollmentLinkAddress")]
        pub link_address: Option<String>,
        /// Ways in which applicants show who they are, of a web form.
        #[wire("webFormAuthTypes")]
        pub auth_types: Vec<WebFormAuthType>,
        /// Name of the contact.
        pub contact_name: Option<String>,
        /// E-mail address of the contact.
        pub contact_email: Option<String>,
        /// Phone number of the contact.
        pub contact_phone: Option<String>,
    }
}

cert_core::request! {
    /// Changes of what an endpoint shows to applicants: what is not set is not sent.
    pub struct EndpointConfigUpdate() {
        /// Instructions for applicants.
        #[length(..=2_048)]
        #[wire("enrollmentHelp")]
        help: String,
        /// Text of the link to further instructions.
        #[length(..=1_024)]
        #[wire("enrollmentLinkName")]
        link_name: String,
        /// Address of further instructions: http, https, ftp, ftps, gopher, telnet, nntp, mailto
        /// or news.
        #[length(..=2_048)]
        #[wire("enrollmentLinkAddress")]
        link_address: String,
        /// Ways in which applicants show who they are: at least one, and none that forms of the
        /// endpoint's kind do not have ([`WebFormAuthType`]).
        #[count(1..)]
        #[wire("webFormAuthTypes")]
        auth_types: Vec<WebFormAuthType>,
        /// Name of the contact.
        #[length(..=1_024)]
        contact_name: String,
        /// E-mail address of the contact.
        #[length(..=1_024)]
        contact_email: String,
        /// Phone number of the contact.
        #[length(..=32)]
        contact_phone: String,
    }
}
