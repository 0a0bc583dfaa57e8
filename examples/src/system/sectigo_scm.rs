use cert_core::Error;
use futures_util::{StreamExt as _, TryStreamExt as _};
use sectigo_scm::ssl::{SslCertificate, SslFilter};
use sectigo_scm::{Client, ErrorCode};

use super::Listing;

/// How many certificates are read at once.
const AT_ONCE: usize = 8;

/// The list has no dates: each certificate is read by a call of its own.
pub(super) async fn list(client: &Client, listing: &mut Listing<'_>) -> Result<(), Error> {
    let ssl = client.ssl();
    listing.progress.expect(ssl.count(&SslFilter::new()).await?);
    let mut certificates = ssl
        .list(&SslFilter::new())
        .prefetch()
        .map_ok(|summary| ssl.get(summary.id).send())
        .try_buffer_unordered(AT_ONCE);
    while let Some(certificate) = certificates.next().await {
        match certificate {
            Ok(certificate) => add(certificate, listing),
            Err(error) if is_gone(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether the certificate was deleted after it had been listed.
fn is_gone(error: &Error) -> bool {
    error.is_not_found() || ErrorCode::of(error) == Some(ErrorCode::WRONG_SSL_ID)
}

fn add(certificate: SslCertificate, listing: &mut Listing<'_>) {
    let mut row = listing.row();
    row.id = certificate.id.to_string();
    row.subject = certificate.common_name.unwrap_or_default();
    row.serial = certificate.serial_number;
    row.state = certificate
        .status
        .map(|status| status.to_string())
        .unwrap_or_default();
    listing.push(row.ending(certificate.expires));
}
