use cert_core::check::{count, range, within};
use cert_core::{Payload, Violation, open_enum};
use serde::Serialize;

use crate::OrganizationId;

open_enum! {
    /// Kind of web form: the certificates that applicants enrol at it. Forms of these kinds can
    /// be created, changed and deleted.
    pub enum WebFormType {
        /// SSL certificates.
        Ssl = "SSL_WEB_FORM",
        /// Client certificates.
        Smime = "SMIME_WEB_FORM",
        /// Device certificates.
        Device = "DEVICE_WEB_FORM",
        /// Code signing certificates.
        CodeSigning = "CODE_SIGN_WEB_FORM",
    }
}

open_enum! {
    /// Way in which applicants show who they are at a web form.
    pub enum WebFormAuthType {
        /// By a link in an e-mail.
        EmailConfirmation = "EMAIL_CONFIRMATION",
        /// By an identity provider; not at forms for code signing certificates.
        IdentityProvider = "IDP",
        /// By the secret identifier of a person; only at forms for client certificates.
        SecretId = "SECRET_ID",
    }
}

cert_core::request! {
    /// Texts of a web form, and ways in which applicants show who they are.
    pub struct WebFormConfig() {
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
        /// Ways in which applicants show who they are. [`SecretId`](WebFormAuthType::SecretId)
        /// is for client certificates alone,
        /// [`IdentityProvider`](WebFormAuthType::IdentityProvider) not for code signing.
        #[wire("webFormAuthTypes")]
        auth_types: Vec<WebFormAuthType>,
    }
}

cert_core::request! {
    /// Web form to be created, for certificates of one kind.
    ///
    /// ```
    /// use sectigo_scm::endpoints::{NewEndpoint, WebFormAuthType, WebFormConfig, WebFormType};
    ///
    /// let config = WebFormConfig::new()
    ///     .help("Please contact support for enrollment help.")
    ///     .auth_types([WebFormAuthType::EmailConfirmation]);
    /// let form = NewEndpoint::new("Web servers", WebFormType::Ssl, "web-servers", config);
    /// ```
    pub struct NewEndpoint(
        /// Name of the endpoint, not of blanks alone.
        #[length(1..=256)]
        #[valid(not_blank)]
        name: String,
        /// Kind of certificates that applicants enrol.
        #[wire("endpointType")]
        kind: WebFormType,
        /// Last part of the form's address, not of blanks alone.
        #[length(1..=58)]
        #[valid(not_blank)]
        uri_extension: String,
        /// Texts of the form, and ways in which applicants show who they are.
        config: WebFormConfig,
    ) {
        /// Organizations and departments that may use the form; every one may without this call.
        #[count(1..)]
        #[wire("orgDelegations")]
        organizations: Vec<OrganizationId>,
    } check Self::check_auth_types
}

impl NewEndpoint {
    fn check_auth_types(&self) -> Result<(), Violation> {
        let types = self.config.auth_types.iter().flatten();
        let mut refused = types.filter_map(|known| refusal(&self.kind, known));
        match refused.next() {
            Some(why) => Err(Violation::new(why).within("auth_types").within("config")),
            None => Ok(()),
        }
    }
}

cert_core::request! {
    /// Changes of a web form: what is not set is not sent.
    ///
    /// ```
    /// use sectigo_scm::endpoints::{EndpointUpdate, WebFormConfig};
    ///
    /// let config = WebFormConfig::new().help("Ask the help desk.");
    /// let update = EndpointUpdate::new().name("Web servers").config(config);
    /// ```
    pub struct EndpointUpdate() {
        /// Name of the endpoint, not of blanks alone.
        #[length(1..=256)]
        #[valid(not_blank)]
        name: String,
        /// Texts of the form, and ways in which applicants show who they are: at least one way,
        /// if any is sent.
        #[valid(with_auth_types)]
        config: WebFormConfig,
    }
}

/// Organizations that get a web form.
#[derive(Debug, Serialize)]
pub(super) struct Delegates<'a>(pub(super) &'a [OrganizationId]);

impl Payload for Delegates<'_> {
    fn check(&self) -> Result<(), Violation> {
        let numbered = |(index, id)| range(id, 1..).map_err(|wrong| wrong.at(index));
        self.0.iter().enumerate().try_for_each(numbered)
    }
}

/// Says why applicants cannot show who they are in this way at a form of this kind.
fn refusal(kind: &WebFormType, auth: &WebFormAuthType) -> Option<&'static str> {
    match (kind, auth) {
        (WebFormType::CodeSigning, WebFormAuthType::IdentityProvider) => {
            Some("has an identity provider, which forms for code signing certificates cannot have")
        }
        (WebFormType::Ssl | WebFormType::Device | WebFormType::CodeSigning, auth)
            if *auth == WebFormAuthType::SecretId =>
        {
            Some("has secret identifiers, which only forms for client certificates can have")
        }
        _ => None,
    }
}

fn with_auth_types(config: &WebFormConfig) -> Result<(), Violation> {
    match &config.auth_types {
        Some(types) => within("auth_types", count(types, 1..)),
        None => Ok(()),
    }
}

/// Refuses a text of blanks alone.
fn not_blank(text: &str) -> Result<(), Violation> {
    match text.trim() {
        "" => Err(Violation::new("is blank")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal_of(kind: WebFormType, auth: WebFormAuthType) -> Option<String> {
        let config = WebFormConfig::new().auth_types([auth]);
        let checked = NewEndpoint::new("Form", kind, "form", config).check();
        checked.err().map(|wrong| wrong.to_string())
    }

    #[test]
    fn only_clients_have_secret_identifiers() {
        let secret = || WebFormAuthType::SecretId;
        assert_eq!(refusal_of(WebFormType::Smime, secret()), None);
        for kind in [
            WebFormType::Ssl,
            WebFormType::Device,
            WebFormType::CodeSigning,
        ] {
            assert_eq!(
                refusal_of(kind, secret()).as_deref(),
                Some(
                    "`config.auth_types` has secret identifiers, which only forms for client \
                     certificates can have"
                )
            );
        }
    }

    #[test]
    fn code_signers_have_no_identity_provider() {
        let provider = || WebFormAuthType::IdentityProvider;
        for kind in [WebFormType::Ssl, WebFormType::Smime, WebFormType::Device] {
            assert_eq!(refusal_of(kind, provider()), None);
        }
        assert!(refusal_of(WebFormType::CodeSigning, provider()).is_some());
    }

    #[test]
    fn a_name_of_blanks_is_refused() {
        let wrong = EndpointUpdate::new().name(" ").check();
        let wrong = wrong.expect_err("a blank name").to_string();
        assert_eq!(wrong, "`name` is blank");
    }

    #[test]
    fn organizations_have_numbers_from_1() {
        let ids = [9001, 0].map(OrganizationId::from);
        let wrong = Delegates(&ids).check().expect_err("no number").to_string();
        assert_eq!(wrong, "`[1]` is 0: it must be at least 1");
        assert_eq!(Delegates(&ids[..1]).check(), Ok(()));
    }
}
