use cert_core::Error;
use fortiauth::{Client, UserCertificate, UserCertificateFilter};

use super::{Listing, subject};

pub(super) async fn list(client: &Client, listing: &mut Listing<'_>) -> Result<(), Error> {
    let mut certificates = client
        .user_certificates()
        .list(&UserCertificateFilter::new());
    while let Some(certificate) = certificates.next().await {
        if let Some(total) = certificates.total() {
            listing.progress.expect(total);
        }
        add(certificate?, listing);
    }
    Ok(())
}

fn add(certificate: UserCertificate, listing: &mut Listing<'_>) {
    let mut row = listing.row();
    row.id = certificate.id.map(|id| id.to_string()).unwrap_or_default();
    row.subject = certificate
        .subject
        .as_ref()
        .map(subject)
        .unwrap_or_default();
    row.serial = certificate.serial;
    row.state = certificate
        .status
        .map(|status| status.to_string())
        .unwrap_or_default();
    listing.push(row.ending(certificate.expiry));
}
