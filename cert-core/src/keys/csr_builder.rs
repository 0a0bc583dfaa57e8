use std::net::IpAddr;

use super::private_key::PrivateKey;
use super::signing;
use crate::asn1::{DecodeError, tag, writer};
use crate::x509::csr::EXTENSION_REQUEST;
use crate::x509::{Certificate, CertificateSigningRequest, Extension, GeneralName, Name};

/// Builder of a [`CertificateSigningRequest`]: what the new request shall say.
///
/// ```
/// use cert_core::{CertificateSigningRequest, Curve, KeyKind, Name, PrivateKey};
///
/// let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256))?;
/// let request = CertificateSigningRequest::builder()
///     .subject(Name::from("CN=example.org,O=Example,C=CA"))
///     .dns("example.org")
///     .ip("192.0.2.1".parse()?)
///     .sign(&key)?;
/// request.verify_signature()?;
/// assert_eq!(request.dns_names().collect::<Vec<_>>(), ["example.org"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias("pkcs10", "req"))]
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct CsrBuilder {
    subject: Name,
    names: Vec<GeneralName>,
    extensions: Vec<Extension>,
}

impl CertificateSigningRequest {
    /// Begins a new request, with an empty subject and no alternative names.
    pub fn builder() -> CsrBuilder {
        CsrBuilder::default()
    }
}

impl CsrBuilder {
    /// A request for the same subject: every part of its name, and every alternative name of
    /// whatever kind, as they stand in the certificate. Usages and other extensions are not taken
    /// over, for these the issuer's profile decides.
    ///
    /// ```
    /// use cert_core::{Certificate, CsrBuilder, Curve, KeyKind, PrivateKey};
    ///
    /// let old = include_str!("../../tests/fixtures/certificate/leaf.pem");
    /// let old = Certificate::from_pem(old)?;
    /// let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256))?;
    /// let request = CsrBuilder::like(&old).sign(&key)?;
    /// assert_eq!(request.subject(), old.subject());
    /// assert_eq!(request.subject_alternative_names(), old.subject_alternative_names());
    /// # Ok::<(), cert_core::DecodeError>(())
    /// ```
    #[doc(alias("renew", "same subject"))]
    pub fn like(certificate: &Certificate) -> Self {
        Self {
            subject: certificate.subject().clone(),
            names: certificate.subject_alternative_names().to_vec(),
            extensions: Vec::new(),
        }
    }

    /// Subject of the certificate to be issued.
    #[doc(alias("distinguished name", "dn"))]
    pub fn subject(mut self, subject: impl Into<Name>) -> Self {
        self.subject = subject.into();
        self
    }

    /// One more host name; an international name in its ASCII form.
    #[doc(alias("san", "subject alternative name", "hostname"))]
    pub fn dns(self, name: impl Into<String>) -> Self {
        self.alternative_name(GeneralName::Dns(name.into()))
    }

    /// One more IP address.
    #[doc(alias = "san")]
    pub fn ip(self, address: IpAddr) -> Self {
        self.alternative_name(GeneralName::Ip(address))
    }

    /// One more e-mail address.
    #[doc(alias("san", "rfc822Name"))]
    pub fn email(self, address: impl Into<String>) -> Self {
        self.alternative_name(GeneralName::Email(address.into()))
    }

    /// One more URI.
    #[doc(alias = "san")]
    pub fn uri(self, uri: impl Into<String>) -> Self {
        self.alternative_name(GeneralName::Uri(uri.into()))
    }

    /// One more alternative name of any kind.
    #[doc(alias("san", "subject alternative name"))]
    pub fn alternative_name(mut self, name: GeneralName) -> Self {
        self.names.push(name);
        self
    }

    /// One more extension to ask for, beside the alternative names.
    pub fn extension(mut self, extension: Extension) -> Self {
        self.extensions.push(extension);
        self
    }

    /// Makes the request and signs it: RSA (PKCS#1 v1.5) and P-256 with SHA-256, P-384 with
    /// SHA-384, P-521 with SHA-512, Ed25519.
    ///
    /// # Errors
    /// If the subject is malformed, an alternative name has characters that it may not have, or
    /// the key is of a kind that cannot sign.
    pub fn sign(&self, key: &PrivateKey) -> Result<CertificateSigningRequest, DecodeError> {
        let info = writer::sequence(&[
            &writer::integer(0)?,
            &self.subject.to_der()?,
            &key.public_key_der()?,
            &self.attributes()?,
        ])?;
        let (algorithm, signature) = signing::sign(key, &info)?;
        let der = writer::sequence(&[&info, &algorithm, &writer::bit_string(&signature)?])?;
        CertificateSigningRequest::from_der(&der)
    }

    fn attributes(&self) -> Result<Vec<u8>, DecodeError> {
        let mut extensions = self.extensions.clone();
        if !self.names.is_empty() {
            let names: Result<Vec<_>, _> = self.names.iter().map(GeneralName::to_der).collect();
            let value = writer::element(tag::SEQUENCE, &names?.concat())?;
            // RFC 5280, 4.2.1.6: critical where nothing else names the subject.
            let critical = self.subject.is_empty();
            let id = Extension::SUBJECT_ALTERNATIVE_NAME;
            extensions.push(Extension::new(id, critical, value));
        }
        if extensions.is_empty() {
            return writer::element(tag::context_constructed(0), &[]);
        }
        let extensions: Result<Vec<_>, _> = extensions.iter().map(Extension::to_der).collect();
        let request = writer::sequence(&[
            &writer::oid(&EXTENSION_REQUEST)?,
            &writer::set_of(vec![writer::element(tag::SEQUENCE, &extensions?.concat())?])?,
        ])?;
        writer::element(tag::context_constructed(0), &request)
    }
}
