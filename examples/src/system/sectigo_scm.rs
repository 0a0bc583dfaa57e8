use cert_core::Error;
use futures_util::{StreamExt as _, TryStreamExt as _};
use sectigo_scm::Client;
use sectigo_scm::ssl::{SslCertificate, SslFilter};

use super::{Listing, Vendor};
use crate::progress::Progress;
use crate::row::{Row, days_left};

/// How many certificates are read at once.
const AT_ONCE: usize = 8;

/// The list has no dates: each certificate is read by a call of its own.
pub(super) async fn list(system: &str, client: &Client, progress: &Progress) -> Listing {
    let mut listing = Listing::default();
    match client.ssl().count(&SslFilter::new()).await {
        Ok(total) => progress.expect(total),
        Err(error) => {
            return Listing {
                failure: Some(error),
                ..listing
            };
        }
    }
    let mut certificates = client
        .ssl()
        .list(SslFilter::new())
        .prefetch()
        .map_ok(|summary| client.ssl().get(summary.ssl_id).send())
        .try_buffer_unordered(AT_ONCE);
    while let Some(certificate) = certificates.next().await {
        match certificate {
            Ok(certificate) => listing.rows.push(row(system, certificate)),
            Err(error) if is_gone(&error) => {}
            Err(error) => {
                listing.failure = Some(error);
                break;
            }
        }
        progress.step();
    }
    listing
}

/// Whether the certificate was deleted after it had been listed.
fn is_gone(error: &Error) -> bool {
    error.is_not_found()
        || sectigo_scm::ErrorCode::of(error) == Some(sectigo_scm::ErrorCode::WRONG_SSL_ID)
}

fn row(system: &str, certificate: SslCertificate) -> Row {
    Row {
        vendor: Vendor::SectigoScm.name(),
        system: system.to_owned(),
        id: certificate.id.to_string(),
        subject: certificate.common_name.unwrap_or_default(),
        serial: certificate.serial_number,
        days_left: days_left(certificate.expires.as_ref()),
        expires: certificate.expires,
        state: certificate
            .status
            .map(|status| status.to_string())
            .unwrap_or_default(),
    }
}
