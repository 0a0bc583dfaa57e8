use cert_core::{Payload, Secret, Violation, open_enum};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

open_enum! {
    /// Role that a notification is sent to.
    ///
    /// The vendor spells administrators' roles the other way round elsewhere (`RAO_SSL`, as
    /// `AdminRole` of the organizations has it); that spelling is understood here, too.
    pub enum NotificationRole {
        /// Approver of the certificate.
        Approver = "APPROVER",
        /// Requester of the certificate.
        Requester = "REQUESTER",
        /// Master administrators.
        Master = "MRAO",
        /// Administrators of an organization's SSL certificates.
        OrganizationSsl = "SSL_RAO" | "RAO_SSL",
        /// Administrators of a department's SSL certificates.
        DepartmentSsl = "SSL_DRAO" | "DRAO_SSL",
        /// Administrators of an organization's client certificates.
        OrganizationSmime = "SMIME_RAO" | "RAO_SMIME",
        /// Administrators of a department's client certificates.
        DepartmentSmime = "SMIME_DRAO" | "DRAO_SMIME",
        /// Administrators of an organization's code signing certificates.
        OrganizationCodeSigning = "CS_RAO" | "RAO_CS",
        /// Administrators of a department's code signing certificates.
        DepartmentCodeSigning = "CS_DRAO" | "DRAO_CS",
        /// Administrators of an organization's device certificates.
        OrganizationDevice = "DEVICE_RAO" | "RAO_DEVICE",
        /// Administrators of a department's device certificates.
        DepartmentDevice = "DEVICE_DRAO" | "DRAO_DEVICE",
        /// People outside who asked for the certificate.
        ExternalRequester = "EXTERNAL_REQUESTER",
        /// Contacts of the organization.
        OrganizationContact = "ORGANIZATION_CONTACT",
    }
}

open_enum! {
    /// Kind of recipient.
    pub enum RecipientKind {
        /// Mailbox.
        Email = "EMAIL",
        /// Slack channel, by its webhook.
        Slack = "SLACK",
        /// Microsoft Teams channel, by its webhook.
        Teams = "TEAMS",
        /// Webhook.
        Webhook = "WEBHOOK",
    }
}

cert_core::response! {
    /// Recipient of a notification besides the roles.
    ///
    /// Whoever knows the address of a hook can post there: addresses are secrets, which `Debug`
    /// does not show.
    ///
    /// ```
    /// use sectigo_scm::notifications::{Recipient, RecipientKind};
    ///
    /// let team = Recipient::email("pki@example.com");
    /// let channel = Recipient::new(RecipientKind::Slack, "https://hooks.example.com/T0");
    /// ```
    pub struct Recipient {
        /// Kind of recipient.
        #[wire("type")]
        pub kind: Option<RecipientKind>,
        /// Address: of a mailbox, or of a hook.
        #[wire("value")]
        pub address: Option<Secret>,
    }
}

impl Recipient {
    /// Recipient of any kind.
    pub fn new(kind: RecipientKind, address: impl Into<Secret>) -> Self {
        Self {
            kind: Some(kind),
            address: Some(address.into()),
        }
    }

    /// Mailbox.
    pub fn email(address: impl Into<Secret>) -> Self {
        Self::new(RecipientKind::Email, address)
    }
}

impl Serialize for Recipient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        if let Some(kind) = &self.kind {
            members.serialize_entry("type", kind)?;
        }
        if let Some(address) = &self.address {
            members.serialize_entry("value", address.expose())?;
        }
        members.end()
    }
}

impl Payload for Recipient {
    fn check(&self) -> Result<(), Violation> {
        let missing = |field| Err(Violation::new("is missing").within(field));
        match (&self.kind, &self.address) {
            (None, _) => missing("kind"),
            (_, None) => missing("address"),
            _ => Ok(()),
        }
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.address.secrets(name);
    }
}

cert_core::request! {
    /// Roles that a notification is sent to, and recipients besides.
    pub struct Recipients() {
        /// Roles.
        #[wire("notifyRoles")]
        roles: Vec<NotificationRole>,
        /// Recipients besides.
        recipients: Vec<Recipient>,
    }
}

cert_core::response! {
    /// Roles that a notification is sent to, and recipients besides, as they stand.
    pub struct RecipientDetails {
        /// Roles.
        #[wire("notifyRoles")]
        pub roles: Vec<NotificationRole>,
        /// Recipients besides.
        pub recipients: Vec<Recipient>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_role_are_one() {
        let role = NotificationRole::from("RAO_SSL");
        assert_eq!(role, NotificationRole::OrganizationSsl);
        assert_eq!(role.as_str(), "SSL_RAO");
    }

    #[test]
    fn an_address_is_sent_and_not_shown() {
        let recipient = Recipient::email("ada@example.com");
        assert!(!format!("{recipient:?}").contains("ada"), "{recipient:?}");
        let sent = serde_json::to_string(&recipient).expect("plain members");
        assert_eq!(sent, r#"{"type":"EMAIL","value":"ada@example.com"}"#);
        let empty: Recipient = serde_json::from_str("{}").expect("nothing is needed");
        assert!(empty.check().is_err());
    }
}
