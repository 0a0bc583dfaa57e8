use std::fmt;

use cert_core::check::length;
use cert_core::{Field, Payload, Secret, Violation};
use serde::{Deserializer, Serialize, Serializer};

/// Address that notifications are posted to, of at most 2,048 characters.
///
/// Whoever knows it can post there: it is a secret, which `Debug` does not show.
#[derive(Clone)]
pub struct Webhook(Secret);

impl Webhook {
    /// The address itself, for the place where it is used.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl<T: Into<Secret>> From<T> for Webhook {
    fn from(address: T) -> Self {
        Self(address.into())
    }
}

impl PartialEq for Webhook {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Webhook {}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Webhook(***)")
    }
}

impl Serialize for Webhook {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_exposed(serializer)
    }
}

impl<'de> Field<'de> for Webhook {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(Secret::read(deserializer)?.map(Self))
    }
}

impl Payload for Webhook {
    fn check(&self) -> Result<(), Violation> {
        length(self.expose(), ..=2_048)
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.0.secrets(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whoever_asks_sees_the_address() {
        let webhook = Webhook::from("https://hooks.example.com/T0/secret");
        assert_eq!(format!("{webhook:?}"), "Webhook(***)");
        assert_eq!(webhook.expose(), "https://hooks.example.com/T0/secret");
        assert_eq!(webhook, webhook.clone());
        assert_ne!(webhook, Webhook::from("https://hooks.example.com/"));
    }
}
