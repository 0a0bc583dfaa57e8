use cert_core::Error;
use twon_device::{Client, DeviceCertificate};

use super::Listing;

pub(super) async fn list(client: &Client, listing: &mut Listing<'_>) -> Result<(), Error> {
    let certificates = client.user_certificates().list().await?;
    listing.progress.expect(certificates.len() as u64);
    certificates
        .into_iter()
        .for_each(|certificate| add(certificate, listing));
    Ok(())
}

/// A device tells neither serial number nor state, but a fingerprint.
fn add(certificate: DeviceCertificate, listing: &mut Listing<'_>) {
    let mut row = listing.row();
    let id = certificate.id.map(|id| id.to_string());
    let fingerprint = certificate.fingerprint.map(|digest| digest.to_string());
    row.id = id.or(fingerprint).unwrap_or_default();
    row.subject = certificate.subject.common_name.unwrap_or_default();
    row.state = if certificate.protected == Some(true) {
        "protected"
    } else {
        ""
    }
    .to_owned();
    listing.push(row.ending(certificate.end_date));
}
