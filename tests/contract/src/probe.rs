use std::fmt::Debug;
use std::pin::pin;
use std::str::FromStr;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use cert_core::client::{
    Answer, Blob, Created, Empty, Envelope, Enveloped, Error, Json, PageReply, Reply, Text,
};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What came out of an answer.
#[derive(Debug)]
pub struct Outcome {
    /// The value as `Debug` shows it.
    pub shown: String,
    /// Its bytes, where it is a file.
    pub content: Option<Bytes>,
}

/// A reply whose model can be asked what it leaves out.
pub trait Probe: Reply<Value: Debug> {
    /// The members of a JSON body that the model does not read.
    ///
    /// # Errors
    ///
    /// Why the body cannot be read at all.
    fn ignored(body: &[u8]) -> Result<Vec<String>, String>;

    /// The bytes of a value that is a file.
    fn content(_: &Self::Value) -> Option<Bytes> {
        None
    }

    /// What a value shows, once all of it is read.
    fn outcome(value: Self::Value) -> impl Future<Output = Result<Outcome, Error>> {
        let content = Self::content(&value);
        let shown = format!("{value:?}");
        std::future::ready(Ok(Outcome { shown, content }))
    }
}

impl<T: DeserializeOwned + Debug> Probe for Json<T> {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        ignored::<T>(body)
    }
}

impl<T: bb_uem::MediaType + Debug> Probe for bb_uem::Typed<T> {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        ignored::<T>(body)
    }
}

impl<E: Envelope<Value: Debug>> Probe for Enveloped<E> {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        ignored::<E>(body)
    }
}

impl<Id: FromStr + Debug> Probe for Created<Id> {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        Ok(everything(body))
    }
}

impl<T: fortiauth::Entry + Debug> Probe for fortiauth::OneOf<T> {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        ignored::<fortiauth::CertificatePage<T>>(body)
    }
}

impl<T: fortiauth::Entry + Debug> Probe for fortiauth::OneIfAny<T> {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        ignored::<fortiauth::CertificatePage<T>>(body)
    }
}

impl Probe for sectigo_scm::discovery::BucketCreated {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        ignored::<sectigo_scm::discovery::BucketCredentials>(body)
    }
}

impl<Id: FromStr + Debug> Probe for sectigo_scm::agents::AgentCreated<Id> {
    fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
        ignored::<sectigo_scm::agents::AgentInstallation>(body)
    }
}

/// Replies that do not look at a body: whatever it holds is ignored.
macro_rules! without_body {
    ($($reply:ty),* $(,)?) => {$(
        impl Probe for $reply {
            fn ignored(body: &[u8]) -> Result<Vec<String>, String> {
                Ok(everything(body))
            }
        }
    )*};
}

/// Replies whose body is a file.
macro_rules! file {
    ($($reply:ty),* $(,)?) => {$(
        impl Probe for $reply {
            fn ignored(_: &[u8]) -> Result<Vec<String>, String> {
                Ok(Vec::new())
            }

            fn content(value: &Self::Value) -> Option<Bytes> {
                Some(value.bytes.clone())
            }
        }
    )*};
}

/// Replies whose body is a file that is read.
macro_rules! read_file {
    ($($reply:ty),* $(,)?) => {$(
        impl Probe for $reply {
            fn ignored(_: &[u8]) -> Result<Vec<String>, String> {
                Ok(Vec::new())
            }
        }
    )*};
}

without_body!(Empty, bb_uem::AllowedMethods, sectigo_scm::Total);
file!(Blob, sectigo_scm::CertificateFile, bb_uem::CertificateFile);
read_file!(ivanti_mdm::RevocationListFile);

/// A text that nothing may show.
impl Probe for bb_uem::Authorization {
    fn ignored(_: &[u8]) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }
}

impl Probe for Text {
    fn ignored(_: &[u8]) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }

    fn content(value: &String) -> Option<Bytes> {
        Some(value.clone().into())
    }
}

/// Reads an answer as the public call does.
pub(crate) fn decode<R: Probe>(answer: &mut Answer) -> Result<Outcome, Error> {
    let mut outcome = pin!(R::outcome(R::decode(answer)?));
    match outcome
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Err(Error::unexpected("a whole answer has to be waited for")),
    }
}

/// Reads a body as the answer of the public call.
pub(crate) fn decode_body<R: Probe>(body: Vec<u8>) -> Result<Outcome, Error> {
    decode::<R>(&mut Answer::new(
        StatusCode::OK,
        HeaderMap::new(),
        body.into(),
    ))
}

/// Reads a page of a list as the public call does.
pub(crate) fn decode_page<L>(answer: &mut Answer) -> Result<Outcome, Error>
where
    L: PageReply,
    L::Item: Debug,
{
    let page = L::page(answer)?;
    Ok(Outcome {
        shown: format!("{:?} {:?}", page.items, page.total),
        content: None,
    })
}

/// The members that the entries of a page leave out; what surrounds them is the reply's.
pub(crate) fn ignored_in_page<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<String>, String> {
    let page: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let members = page
        .as_object()
        .into_iter()
        .flat_map(|object| object.values());
    let mut lists = std::iter::once(&page)
        .chain(members)
        .filter_map(Value::as_array);
    let mut found = Vec::new();
    for entry in lists.next().ok_or("the page holds no list")? {
        found.extend(ignored::<T>(entry.to_string().as_bytes())?);
    }
    Ok(found)
}

pub(crate) fn ignored<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut reader = serde_json::Deserializer::from_slice(body);
    let note = |path: serde_ignored::Path<'_>| found.push(path.to_string());
    let _: T = serde_ignored::deserialize(&mut reader, note).map_err(|error| error.to_string())?;
    Ok(found)
}

/// All members: the reply does not look at the body.
fn everything(body: &[u8]) -> Vec<String> {
    let body = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let entry = body
        .as_array()
        .and_then(|list| list.first())
        .unwrap_or(&body);
    entry
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect()
}
