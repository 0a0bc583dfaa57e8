use cert_core::CertificateRevocationList;
use cert_core::client::{Answer, Error, Reply};

/// A downloaded revocation list, DER or PEM: the vendor names neither its encoding nor its media
/// type, and calls the file `cert.cer`.
#[doc(alias = "crl")]
#[derive(Debug)]
pub struct RevocationListFile;

impl Reply for RevocationListFile {
    type Value = CertificateRevocationList;

    fn decode(answer: &mut Answer) -> Result<CertificateRevocationList, Error> {
        CertificateRevocationList::parse(&answer.body)
            .map_err(|error| Error::unexpected(format!("no revocation list came: {error}")))
    }
}
