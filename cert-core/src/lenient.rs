//! Reading what vendors send where they should send nothing: for `#[serde(deserialize_with)]`.

use serde::{Deserialize, Deserializer};

/// `null` as the empty list, map or text.
///
/// Combine with `#[serde(default)]`, so that an absent field is read likewise.
///
/// # Errors
///
/// Those of `T`.
pub fn null_as_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A blank text, as well as `null`, as `None`.
///
/// Combine with `#[serde(default)]`, so that an absent field is read likewise.
///
/// # Errors
///
/// When there is something else than a text.
pub fn blank_as_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.filter(|text| !text.trim().is_empty()).map(T::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SerialNumber, Time};

    #[derive(Deserialize)]
    struct Answer {
        #[serde(default, deserialize_with = "null_as_empty")]
        names: Vec<String>,
        #[serde(default, deserialize_with = "blank_as_none")]
        serial: Option<SerialNumber>,
        #[serde(default, deserialize_with = "blank_as_none")]
        approved: Option<Time>,
    }

    #[test]
    fn absent_null_and_blank_are_nothing() {
        for json in [
            "{}",
            r#"{"names":null,"serial":null,"approved":null}"#,
            r#"{"serial":" ","approved":""}"#,
        ] {
            let answer: Answer = serde_json::from_str(json).expect("lenient");
            assert!(
                answer.names.is_empty() && answer.serial.is_none() && answer.approved.is_none()
            );
        }
    }

    #[test]
    fn what_is_there_is_kept() {
        let json = r#"{"names":["a"],"serial":"00:0::11","approved":"12/04/2025"}"#;
        let answer: Answer = serde_json::from_str(json).expect("values");
        assert_eq!(answer.names, ["a"]);
        assert_eq!(
            answer.serial.map(|serial| serial.to_string()).as_deref(),
            Some("00:0::11")
        );
        assert_eq!(
            answer
                .approved
                .map(|time| time.as_str().to_owned())
                .as_deref(),
            Some("12/04/2025")
        );
    }
}
