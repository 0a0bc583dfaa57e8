use jiff::SignedDuration;

use super::{Builder, PendingAnswer, Progress};
use crate::frame::Password;

/// Settings; changed by the setters of [`Builder`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    pub(super) certificates: usize,
    pub(super) persons: usize,
    pub(super) devices: usize,
    pub(super) login: String,
    pub(super) password: Password,
    pub(super) customer_uri: String,
    pub(super) developers: Vec<(String, Password)>,
    pub(super) custom_fields: Vec<(String, bool)>,
    pub(super) approval: Progress,
    pub(super) issuance: Progress,
    pub(super) unattended: Option<SignedDuration>,
    pub(super) validation: Progress,
    pub(super) scanning: Progress,
    pub(super) pre_validation: bool,
    pub(super) requested_delegations: bool,
    pub(super) pending_answer: PendingAnswer,
}

impl Builder {
    /// How many made-up SSL certificates there are at the start; 2,000 without this call.
    ///
    /// Of every twenty, one each is expired, expires within 30 days, is revoked, waits for
    /// approval, and was discovered rather than enrolled.
    pub fn certificates(mut self, count: usize) -> Self {
        self.options.certificates = count;
        self
    }

    /// How many made-up persons with a client certificate there are at the start; 100 without
    /// this call.
    ///
    /// Of every ten certificates, one each is pending, is revoked, and was discovered rather than
    /// enrolled; of every five, the key vault has one's key.
    pub fn persons(mut self, count: usize) -> Self {
        self.options.persons = count;
        self
    }

    /// How many made-up device certificates there are at the start; 100 without this call.
    ///
    /// Of every ten, one each waits for approval, was declined, is revoked, and was discovered
    /// rather than enrolled.
    pub fn devices(mut self, count: usize) -> Self {
        self.options.devices = count;
        self
    }

    /// Who signs in, instead of `admin` with `secret` for the customer `cst1`.
    pub fn credentials(
        mut self,
        login: impl Into<String>,
        password: impl Into<String>,
        customer_uri: impl Into<String>,
    ) -> Self {
        self.options.login = login.into();
        self.options.password = Password::from(password);
        self.options.customer_uri = customer_uri.into();
        self
    }

    /// Adds a developer, who signs in for code signing on demand and nothing else; there is
    /// `developer@example.com` with `secret` besides.
    pub fn developer(mut self, email: impl Into<String>, password: impl Into<String>) -> Self {
        let developer = (email.into(), Password::from(password));
        self.options.developers.push(developer);
        self
    }

    /// Adds a custom field for certificates of every kind.
    pub fn custom_field(mut self, name: impl Into<String>, mandatory: bool) -> Self {
        self.options.custom_fields.push((name.into(), mandatory));
        self
    }

    /// When a request is approved that nobody approved by a call; after three looks without this.
    pub fn approval(mut self, approval: Progress) -> Self {
        self.options.approval = approval;
        self
    }

    /// When an approved request is issued; after one look without this call.
    pub fn issuance(mut self, issuance: Progress) -> Self {
        self.options.issuance = issuance;
        self
    }

    /// After how long each step is taken that waits for looks, though nobody looks; never without
    /// this call.
    pub fn unattended(mut self, after: SignedDuration) -> Self {
        self.options.unattended = Some(after);
        self
    }

    /// When somebody follows the link in a validation's e-mail, and when the authority is through
    /// with an organization: after two looks at the state of it without this call.
    pub fn validation(mut self, validation: Progress) -> Self {
        self.options.validation = validation;
        self
    }

    /// When a scan for certificates ends that has found what there is: after two looks at its task,
    /// at the operations or at the results without this call.
    pub fn scanning(mut self, scanning: Progress) -> Self {
        self.options.scanning = scanning;
        self
    }

    /// Whether a domain has to be validated before SSL certificates can be ordered for it; it has
    /// to without this call. Otherwise orders for any name are accepted.
    pub fn pre_validation(mut self, demanded: bool) -> Self {
        self.options.pre_validation = demanded;
        self
    }

    /// Delegations wait for approval, as those that a department's administrator asks for do.
    pub fn requested_delegations(mut self) -> Self {
        self.options.requested_delegations = true;
        self
    }

    /// How collecting is answered while the authority is at work: with code 0 without this call.
    pub fn pending_answer(mut self, answer: PendingAnswer) -> Self {
        self.options.pending_answer = answer;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            certificates: 2_000,
            persons: 100,
            devices: 100,
            login: "admin".to_owned(),
            password: "secret".into(),
            customer_uri: "cst1".to_owned(),
            developers: vec![("developer@example.com".to_owned(), "secret".into())],
            custom_fields: vec![("Cost center".to_owned(), false)],
            approval: Progress::AfterLooks(3),
            issuance: Progress::AfterLooks(1),
            unattended: None,
            validation: Progress::AfterLooks(2),
            scanning: Progress::AfterLooks(2),
            pre_validation: true,
            requested_delegations: false,
            pending_answer: PendingAnswer::BeingProcessed,
        }
    }
}
