use std::fmt;

use bytes::Bytes;
use cert_core::client::{Error, Multipart};
use cert_core::{Certificate, CertificateChain, PrivateKey, Secret};

use crate::CertificateId;

const BINARY: &str = "application/octet-stream";

/// Longest name behind the `@` of an id, in characters.
const LONGEST_NAME: usize = 40;

/// A certificate and its private key on their way into a device.
///
/// An id that is in use, or a certificate that is there already, is overwritten without a
/// warning; [`replaced`](crate::UploadedCertificate::replaced) tells afterwards.
#[doc(alias = "import")]
#[derive(Clone)]
#[must_use]
pub struct UserCertificateUpload {
    certificate: Bytes,
    private_key: Bytes,
    pass_phrase: Option<Secret>,
    id: Option<CertificateId>,
}

impl UserCertificateUpload {
    /// Files as they are: certificate and private key, each DER or PEM.
    pub fn new(certificate: impl Into<Bytes>, private_key: impl Into<Bytes>) -> Self {
        Self {
            certificate: certificate.into(),
            private_key: private_key.into(),
            pass_phrase: None,
            id: None,
        }
    }

    /// A certificate and the key that belongs to it, as PEM.
    pub fn from_parts(certificate: &Certificate, private_key: &PrivateKey) -> Self {
        let key = Bytes::copy_from_slice(private_key.to_pem().expose().as_bytes());
        Self::new(certificate.to_pem(), key)
    }

    /// A chain and the key of its leaf, as PEM: the leaf first, its issuers behind it, without
    /// the root. That devices keep the issuers, too, is not documented; where a firmware refuses
    /// them, use [`from_parts`](Self::from_parts).
    pub fn from_chain(chain: &CertificateChain, private_key: &PrivateKey) -> Self {
        let key = Bytes::copy_from_slice(private_key.to_pem().expose().as_bytes());
        Self::new(chain.without_root().to_pem(), key)
    }

    /// The only key of a PKCS#12 file with its certificate and issuers, as
    /// [`from_chain`](Self::from_chain) takes them.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) for a wrong pass phrase, a file without a key or
    /// with several, and a key without its certificate.
    #[doc(alias("p12", "pfx", "keystore"))]
    #[cfg(feature = "pkcs12")]
    pub fn from_pkcs12(
        store: &cert_core::Pkcs12,
        pass_phrase: impl Into<Secret>,
    ) -> Result<Self, Error> {
        let unreadable = |error: cert_core::DecodeError| {
            Error::argument(format!("the key store cannot be taken: {error}"))
        };
        let contents = store.open(pass_phrase).map_err(unreadable)?;
        let key = contents.key().map_err(unreadable)?;
        let chain = key.chain().ok_or_else(|| {
            Error::argument("the key store has no certificate that belongs to its key")
        })?;
        Ok(Self::from_chain(chain, key.private_key()))
    }

    /// Pass phrase that the private key is encrypted with.
    pub fn pass_phrase(mut self, pass_phrase: impl Into<Secret>) -> Self {
        self.pass_phrase = Some(pass_phrase.into());
        self
    }

    /// The name to keep it under: `@` and 1 to 40 letters, digits, `_` and `-`.
    pub fn id(mut self, id: impl Into<CertificateId>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl TryFrom<&UserCertificateUpload> for Multipart {
    type Error = Error;

    fn try_from(upload: &UserCertificateUpload) -> Result<Self, Error> {
        filled("certificate", &upload.certificate)?;
        filled("private key", &upload.private_key)?;
        let (certificate, key) = (upload.certificate.clone(), upload.private_key.clone());
        let form = Self::new()
            .file("blob-cert", "certificate", BINARY, certificate)
            .secret_file("blob-pk", "private-key", BINARY, key);
        let form = with_id(form, upload.id.as_ref())?;
        Ok(match &upload.pass_phrase {
            Some(pass_phrase) => form.secret("password", pass_phrase),
            None => form,
        })
    }
}

impl fmt::Debug for UserCertificateUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserCertificateUpload")
            .field(
                "certificate",
                &format_args!("{} bytes", self.certificate.len()),
            )
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The certificate of an authority on its way into a device.
#[derive(Debug, Clone)]
#[must_use]
pub struct CaCertificateUpload {
    certificate: Bytes,
    id: Option<CertificateId>,
}

impl CaCertificateUpload {
    /// The file as it is, DER or PEM.
    pub fn new(certificate: impl Into<Bytes>) -> Self {
        Self {
            certificate: certificate.into(),
            id: None,
        }
    }

    /// The name to keep it under: `@` and 1 to 40 letters, digits, `_` and `-`.
    pub fn id(mut self, id: impl Into<CertificateId>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl TryFrom<&CaCertificateUpload> for Multipart {
    type Error = Error;

    fn try_from(upload: &CaCertificateUpload) -> Result<Self, Error> {
        filled("certificate", &upload.certificate)?;
        let certificate = upload.certificate.clone();
        let form = Self::new().file("blob-cert", "certificate", BINARY, certificate);
        with_id(form, upload.id.as_ref())
    }
}

fn with_id(form: Multipart, id: Option<&CertificateId>) -> Result<Multipart, Error> {
    let Some(id) = id else {
        return Ok(form);
    };
    user_defined(id)?;
    Ok(form.text("id", id.as_str()))
}

fn filled(what: &str, content: &[u8]) -> Result<(), Error> {
    if content.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::argument(format!(
            "the {what} is empty: pass its DER or PEM file"
        )));
    }
    Ok(())
}

fn user_defined(id: &CertificateId) -> Result<(), Error> {
    let allowed = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-');
    match id.as_str().strip_prefix('@') {
        Some(name) if (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(allowed) => {
            Ok(())
        }
        _ => Err(Error::argument(format!(
            "`{}` cannot be the id of an uploaded certificate: it must be `@` and 1 to \
             {LONGEST_NAME} letters, digits, `_` and `-`",
            id.as_str().escape_debug()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_a_device_would_refuse_are_refused_before() {
        let checked = |id: &str| Multipart::try_from(&UserCertificateUpload::new("c", "k").id(id));
        for id in ["@a", "@Front_door-2", &format!("@{}", "x".repeat(40))] {
            assert!(checked(id).is_ok(), "{id}");
        }
        for id in [
            "",
            "@",
            "door",
            "#door",
            "@a b",
            "@ü",
            &format!("@{}", "x".repeat(41)),
        ] {
            let error = checked(id).expect_err(id).to_string();
            assert!(error.contains(&format!("`{id}`")), "{error}");
        }
    }

    #[test]
    fn empty_files_are_refused_by_name() {
        let error = Multipart::try_from(&UserCertificateUpload::new("", "k"));
        assert!(
            error
                .expect_err("empty")
                .to_string()
                .contains("certificate is empty")
        );
        let error = Multipart::try_from(&UserCertificateUpload::new("c", "\n"));
        assert!(
            error
                .expect_err("blank")
                .to_string()
                .contains("private key is empty")
        );
        assert!(Multipart::try_from(&CaCertificateUpload::new(" ")).is_err());
    }

    #[cfg(feature = "pkcs12")]
    #[test]
    fn a_key_store_becomes_key_and_chain() {
        let file = include_bytes!("../../cert-core/tests/fixtures/pkcs12/openssl-3.p12");
        let store = cert_core::Pkcs12::parse(file).expect("a key store");
        let upload = UserCertificateUpload::from_pkcs12(&store, "secret").expect("one key");
        assert!(
            upload
                .certificate
                .starts_with(b"-----BEGIN CERTIFICATE-----")
        );
        assert!(
            upload
                .private_key
                .starts_with(b"-----BEGIN PRIVATE KEY-----")
        );
        let wrong = UserCertificateUpload::from_pkcs12(&store, "hunter2").expect_err("wrong");
        assert!(!wrong.to_string().contains("hunter2"), "{wrong}");
    }

    #[test]
    fn neither_key_nor_pass_phrase_shows() {
        let upload = UserCertificateUpload::new("c", "key-hunter2").pass_phrase("word-hunter2");
        assert!(!format!("{upload:#?}").contains("hunter2"));
    }
}
