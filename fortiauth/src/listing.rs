use std::marker::PhantomData;

use cert_core::api::{Answer, Error, Listing, Page, Reply};
use cert_core::lenient::{Listed, listed, null_as_empty};
use serde::de::DeserializeOwned;
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
    /// Where the page lies in the list.
    pub meta: Option<PageMeta>,
    /// The entries.
    pub objects: Vec<T>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for CertificatePage<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let is_envelope = |name: Option<&str>| matches!(name, Some("meta" | "objects"));
        Ok(match listed(deserializer, is_envelope)? {
            Listed::Enveloped(Envelope { meta, objects }) => Self { meta, objects },
            Listed::Bare(objects) => Self {
                meta: None,
                objects,
            },
            Listed::Single(object) => Self {
                meta: None,
                objects: vec![object],
            },
        })
    }
}

#[derive(Deserialize)]
struct Envelope<T> {
    meta: Option<PageMeta>,
    #[serde(default = "Vec::new", deserialize_with = "null_as_empty")]
    #[serde(bound(deserialize = "T: Deserialize<'de>"))]
    objects: Vec<T>,
}

/// A page of a list that is read page by page.
#[derive(Debug)]
pub struct List<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> Reply for List<T> {
    type Value = Page<T>;

    fn decode(answer: &mut Answer) -> Result<Page<T>, Error> {
        let CertificatePage { meta, objects } = answer.json()?;
        let total = meta.and_then(|meta| meta.total_count);
        Ok(Page::new(objects, total, answer))
    }
}

impl<T: DeserializeOwned + Send + 'static> Listing for List<T> {
    type Item = T;
}

/// One entry, bare or as the only one of a list.
#[derive(Debug)]
pub struct Row<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned> Reply for Row<T> {
    type Value = T;

    fn decode(answer: &mut Answer) -> Result<T, Error> {
        if answer.body.trim_ascii().is_empty() {
            return Err(Error::unexpected(
                "the device did it, and answered without content",
            ));
        }
        let mut objects = answer.json::<CertificatePage<T>>()?.objects;
        match (objects.pop(), objects.len()) {
            (Some(object), 0) => Ok(object),
            (_, others) => Err(Error::unexpected(format!(
                "the answer holds {others} entries more than one"
            ))),
        }
    }
}

/// One entry, or nothing: a change may be answered without content.
#[derive(Debug)]
pub struct RowIfAny<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned> Reply for RowIfAny<T> {
    type Value = Option<T>;

    fn decode(answer: &mut Answer) -> Result<Option<T>, Error> {
        if answer.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        Row::decode(answer).map(Some)
    }
}
