//! CSRs and the names in them, as the vendor wants them.

use cert_core::{CertificateSigningRequest, Encoded, Violation};

/// Refuses a CSR with characters that neither PEM nor base64 has.
pub(crate) fn armoured(csr: &Encoded<CertificateSigningRequest>) -> Result<(), Violation> {
    let allowed = |letter: char| {
        letter.is_ascii_alphanumeric()
            || letter.is_whitespace()
            || matches!(letter, '-' | '+' | '=' | '/')
    };
    match csr.as_str().chars().find(|letter| !allowed(*letter)) {
        None => Ok(()),
        Some(letter) => Err(Violation::new(format!(
            "has the character {letter:?}: it must be PEM or base64"
        ))),
    }
}

/// The DNS names of a CSR, without repetition; none where it cannot be read, for the vendor to
/// judge.
///
/// The vendor takes the names of a CSR into the certificate only if they are sent beside it, too.
pub(crate) fn dns_names(csr: &Encoded<CertificateSigningRequest>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let Ok(csr) = csr.decode() else {
        return names;
    };
    for name in csr.dns_names() {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
