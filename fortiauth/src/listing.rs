use std::marker::PhantomData;

use cert_core::Field;
use cert_core::client::{Answer, Error, Page, PageReply, Reply, Row};
use cert_core::lenient::{Listed, listed};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use crate::PageMeta;

/// How many entries a page has at most; the vendor cuts larger requests down to it.
pub(crate) const PAGE_SIZE: u32 = 1000;

/// A page of a list as the device sends it.
///
/// The vendor's page prints one bare entry, devices answer `{meta, objects}`, and what the PEM
/// list answers nobody has recorded: an array and a bare entry are read as well, without `meta`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CertificatePage<T> {
    /// Place of the page in the list.
    pub meta: Option<PageMeta>,
    /// The entries.
    pub objects: Vec<T>,
}

/// Entry of a list.
pub trait Entry: DeserializeOwned + for<'de> Field<'de> {
    /// Tells whether the answer has an id: in a list it may lack one, alone it would be anything.
    fn is_named(&self) -> bool;
}

impl<'de, T: Entry> Deserialize<'de> for CertificatePage<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let is_envelope = |name: Option<&str>| matches!(name, Some("meta" | "objects"));
        Ok(match listed(deserializer, is_envelope)? {
            Listed::Enveloped(Envelope { meta, objects }) => Self { meta, objects },
            Listed::Bare(objects) => Self {
                meta: None,
                objects,
            },
            Listed::Single(object) if object.is_named() => Self {
                meta: None,
                objects: vec![object],
            },
            Listed::Single(_) => {
                return Err(D::Error::custom(
                    "neither a page (`meta`, `objects`) nor an entry (`id`, `cert_id`)",
                ));
            }
        })
    }
}

cert_core::response! {
    struct Envelope<T> {
        meta: Option<PageMeta>,
        objects: Vec<T>,
    }
}

/// A page of a list that is read page by page.
#[derive(Debug)]
pub struct List<T>(PhantomData<fn() -> T>);

impl<T: Entry + Row + Send + 'static> PageReply for List<T> {
    type Item = T;

    fn page(answer: &Answer) -> Result<Page<T>, Error> {
        let CertificatePage { meta, objects } = answer.json()?;
        let total = meta.and_then(|meta| meta.total_count);
        Ok(Page::new(objects, total))
    }
}

/// One entry, bare or as the only one of a list.
#[derive(Debug)]
pub struct OneOf<T>(PhantomData<fn() -> T>);

impl<T: Entry> Reply for OneOf<T> {
    type Value = T;
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn decode(answer: &mut Answer) -> Result<T, Error> {
        if answer.body.trim_ascii().is_empty() {
            return Err(Error::unexpected(
                "the device did it, and answered without content",
            ));
        }
        let mut objects = answer.json::<CertificatePage<T>>()?.objects;
        let count = objects.len();
        match objects.pop() {
            Some(object) if count == 1 => Ok(object),
            _ => Err(Error::unexpected(format!(
                "the answer holds {count} entries instead of one"
            ))),
        }
    }
}

/// One entry, or nothing: a change may be answered without content.
#[derive(Debug)]
pub struct OneIfAny<T>(PhantomData<fn() -> T>);

impl<T: Entry> Reply for OneIfAny<T> {
    type Value = Option<T>;
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn decode(answer: &mut Answer) -> Result<Option<T>, Error> {
        if answer.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        OneOf::decode(answer).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::PemCertificate;

    fn answer(body: &'static str) -> Answer {
        Answer::new(StatusCode::CREATED, HeaderMap::new(), body.into())
    }

    fn name(body: &'static str) -> Result<String, Error> {
        let row = OneOf::<PemCertificate>::decode(&mut answer(body));
        row.map(|certificate| certificate.name.expect("a name").to_string())
    }

    #[test]
    fn one_row_is_read_in_every_wrapping() {
        for body in [
            r#"{"cert_id": "jane", "certificate": "masked"}"#,
            r#"[{"cert_id": "jane", "certificate": "masked"}]"#,
            r#"{"meta": null, "objects": [{"cert_id": "jane", "certificate": "masked"}]}"#,
        ] {
            assert_eq!(name(body).expect("one row"), "jane");
        }
    }

    #[test]
    fn none_and_two_are_no_row() {
        let two = r#"[{"cert_id": "a", "certificate": "x"}, {"cert_id": "b", "certificate": "y"}]"#;
        assert!(
            name(two)
                .expect_err("two")
                .to_string()
                .contains("holds 2 entries")
        );
        assert!(
            name("[]")
                .expect_err("none")
                .to_string()
                .contains("holds 0 entries")
        );
        assert!(
            name(" ")
                .expect_err("empty")
                .to_string()
                .contains("without content")
        );
        let nothing = OneIfAny::<PemCertificate>::decode(&mut answer("\n"));
        assert_eq!(nothing.expect("a success without content"), None);
    }

    #[test]
    fn an_object_that_is_neither_page_nor_row_is_no_empty_page() {
        for body in ["{}", r#"{"count": 0, "results": []}"#] {
            assert!(
                answer(body)
                    .json::<CertificatePage<PemCertificate>>()
                    .is_err(),
                "{body}"
            );
        }
    }
}
