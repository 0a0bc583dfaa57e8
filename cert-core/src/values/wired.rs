//! Values on the wire: how they are sent, and read from what vendors answer.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::values::{Encoded, Fingerprint, RevocationReason, Secret, SerialNumber, Time};
use crate::wire::response::said;
use crate::wire::{Field, Payload};

/// A secret that is sent.
#[derive(Debug)]
pub struct Exposed<'a>(pub &'a Secret);

impl Serialize for Exposed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_exposed(serializer)
    }
}

impl Payload for Secret {
    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        name(self.expose());
    }
}

impl Payload for RevocationReason {}

impl<T> Payload for Encoded<T> {}

macro_rules! texts {
    ($($text:ty)*) => {$(
        impl<'de> Field<'de> for $text {
            fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                Ok(said::<String, D>(deserializer)?.map(Self::from))
            }
        }
    )*};
}

texts!(Time SerialNumber Fingerprint);

impl<'de, T> Field<'de> for Encoded<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(said::<String, D>(deserializer)?.map(Self::from))
    }
}

impl<'de> Field<'de> for RevocationReason {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let reason = said::<String, D>(deserializer)?.map(|text| text.parse());
        reason.transpose().map_err(serde::de::Error::custom)
    }
}

impl<'de> Field<'de> for Secret {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let secret = Option::<Self>::deserialize(deserializer)?;
        Ok(secret.filter(|secret| !secret.expose().trim().is_empty()))
    }
}
