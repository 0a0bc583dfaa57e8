//! Replies of the vendor's own media types.

use std::marker::PhantomData;

use cert_core::client::{Answer, Blob, Error, Reply};
use serde::de::DeserializeOwned;

/// An answer with a media type of its own.
pub trait MediaType: DeserializeOwned {
    /// The media type that is asked for.
    const MEDIA_TYPE: &'static str;
}

/// JSON of a vendor's media type.
#[derive(Debug)]
pub struct Typed<T>(PhantomData<fn() -> T>);

impl<T: MediaType> Reply for Typed<T> {
    type Value = T;
    const ACCEPT: Option<&'static str> = Some(T::MEDIA_TYPE);

    fn decode(answer: &mut Answer) -> Result<T, Error> {
        answer.json()
    }
}

/// A certificate as a file, DER.
#[doc(alias("pfx", "p12", "crt", "cer"))]
#[derive(Debug)]
pub struct CertificateFile;

impl Reply for CertificateFile {
    type Value = Blob;
    const ACCEPT: Option<&'static str> = Some("application/pkix-cert");

    fn decode(answer: &mut Answer) -> Result<Blob, Error> {
        Blob::decode(answer)
    }
}
