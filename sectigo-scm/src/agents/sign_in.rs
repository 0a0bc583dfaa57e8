use cert_core::{Members, Payload, Secret, Violation};
use serde::ser::SerializeStruct;

/// Way in which a network agent signs in to a server: one of three.
///
/// ```
/// use sectigo_scm::agents::{ServerSettings, ServerSignIn, ServerVendor};
/// use sectigo_scm::cert_core::Secret;
///
/// let sign_in = ServerSignIn::password("installer", Secret::from("Ap@rticul@r"));
/// let server = ServerSettings::new("mail", ServerVendor::Iis).sign_in(sign_in);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct ServerSignIn(Way);

#[derive(Debug, Clone)]
enum Way {
    Password(UserPassword),
    PrivateKey(KeyFile),
    Stored(StoreEntry),
}

impl ServerSignIn {
    /// As a user with a password. The name has at most 64 characters.
    pub fn password(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Way::Password(UserPassword::new(username, password)))
    }

    /// With a private key on the agent's computer: its path, of at most 128 characters, and the pass
    /// phrase of the agent's key store. For Apache and Tomcat.
    pub fn private_key(path: impl Into<String>, pass_phrase: impl Into<Secret>) -> Self {
        Self(Way::PrivateKey(KeyFile::new(path, pass_phrase)))
    }

    /// With an entry of a credential store: the store's name, and the entry's identifier. For
    /// Apache and Tomcat.
    pub fn stored(store: impl Into<String>, entry: impl Into<String>) -> Self {
        Self(Way::Stored(StoreEntry::new(store, entry)))
    }

    pub(super) fn is_password(&self) -> bool {
        matches!(self.0, Way::Password(_))
    }
}

impl Payload for ServerSignIn {
    fn check(&self) -> Result<(), Violation> {
        match &self.0 {
            Way::Password(way) => way.check(),
            Way::PrivateKey(way) => way.check(),
            Way::Stored(way) => way.check(),
        }
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        match &self.0 {
            Way::Password(way) => way.secrets(name),
            Way::PrivateKey(way) => way.secrets(name),
            Way::Stored(way) => way.secrets(name),
        }
    }
}

impl Members for ServerSignIn {
    fn count(&self) -> usize {
        match &self.0 {
            Way::Password(way) => way.count(),
            Way::PrivateKey(way) => way.count(),
            Way::Stored(way) => way.count(),
        }
    }

    fn send<S: SerializeStruct>(&self, fields: &mut S) -> Result<(), S::Error> {
        match &self.0 {
            Way::Password(way) => way.send(fields),
            Way::PrivateKey(way) => way.send(fields),
            Way::Stored(way) => way.send(fields),
        }
    }
}

cert_core::request! {
    /// A user with a password.
    struct UserPassword(
        #[length(..=64)]
        username: String,
        #[secret(..)]
        password: Secret,
    ) {}
}

cert_core::request! {
    /// A private key.
    struct KeyFile(
        #[length(..=128)]
        #[wire("privateKeyPath")]
        path: String,
        #[secret(..)]
        pass_phrase: Secret,
    ) {}
}

cert_core::request! {
    /// An entry of a credential store.
    struct StoreEntry(
        #[wire("storeName")]
        store: String,
        #[wire("storeCredId")]
        entry: String,
    ) {}
}
