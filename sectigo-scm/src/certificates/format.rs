use cert_core::client::{Answer, Blob, Error, Reply};
use cert_core::open_enum;

open_enum! {
    /// Format of a certificate that is collected.
    ///
    /// `Pem` and `X509` come root first, `X509Reversed` and `PemLeafFirst` leaf first.
    pub enum CertificateFormat {
        /// Certificate with chain, PEM, root first.
        X509 = "x509",
        /// Certificate alone, PEM.
        X509Leaf = "x509CO",
        /// PKCS#7 as PEM.
        Pkcs7Pem = "base64",
        /// PKCS#7 as DER.
        Pkcs7Der = "bin",
        /// Chain without the certificate, PEM, root first.
        X509Chain = "x509IO",
        /// Chain without the certificate, PEM, root last.
        X509ChainReversed = "x509IOR",
        /// Certificate with chain, PEM, root first.
        Pem = "pem",
        /// Certificate alone, PEM.
        PemLeaf = "pemco",
        /// Certificate with its issuers after it, PEM.
        PemLeafFirst = "pemia",
        /// Certificate with chain, PEM, in the reverse order of `X509`.
        X509Reversed = "x509R",
    }
}

open_enum! {
    /// Encryption of a PKCS#12 file by the vendor.
    pub enum Pkcs12Encryption {
        /// AES with 256 bits, and SHA-256.
        Aes256Sha256 = "AES256-SHA256",
        /// Triple DES and SHA-1, for readers that know nothing better.
        TripleDesSha1 = "TripleDES-SHA1",
    }
}

/// The parameter that asks for a format, if one is wanted.
pub(super) fn asked(
    format: impl Into<Option<CertificateFormat>>,
) -> Vec<(&'static str, CertificateFormat)> {
    let format = format.into();
    format
        .map(|format| ("format", format))
        .into_iter()
        .collect()
}

/// A collected certificate.
///
/// The vendor answers 200 with nothing in it while a certificate is not ready: that is an error
/// of kind [`Unexpected`](crate::ErrorKind::Unexpected) here, not an empty file.
#[derive(Debug)]
pub struct CertificateFile;

impl Reply for CertificateFile {
    type Value = Blob;
    const ACCEPT: Option<&'static str> = Blob::ACCEPT;

    fn decode(answer: &mut Answer) -> Result<Blob, Error> {
        if answer.body.is_empty() {
            return Err(Error::unexpected(
                "the certificate is not ready: collect it later",
            ));
        }
        Blob::decode(answer)
    }
}
