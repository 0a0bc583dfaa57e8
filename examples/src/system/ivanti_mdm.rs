use cert_core::{CertificateRevocationList, Error};
use ivanti_mdm::{BrokenRow, Client, ListedCertificate, TenantId};

use super::{Listing, subject};

/// A tenant, of whose certificates the vendor tells those that are, or have to be, revoked.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) client: Client,
    /// Names the revocation list of the tenant's own authority.
    pub(crate) id: Option<TenantId>,
    /// The external authorities, by name.
    pub(crate) authorities: Vec<String>,
}

pub(super) async fn list(tenant: &Tenant, listing: &mut Listing<'_>) -> Result<(), Error> {
    let authorities = tenant.client.certificate_authorities();
    let mut broken = None;
    for authority in &tenant.authorities {
        let mut list = authorities.to_revoke(authority).await?;
        while let Some(certificate) = list.next().await {
            match certificate.map_err(broken_line) {
                Ok(certificate) => add(&certificate, listing),
                Err(line) => {
                    let line = line?;
                    broken.get_or_insert_with(|| format!("the list of {authority}: {line}"));
                }
            }
        }
    }
    if let Some(id) = &tenant.id {
        add_revoked(&authorities.revocation_list(id.clone()).await?, listing);
    }
    // Said last, so that a line that cannot be read does not hide the other lists.
    broken.map_or(Ok(()), |broken| Err(Error::unexpected(broken)))
}

/// The line that an error is about; any other error stays one.
fn broken_line(error: Error) -> Result<BrokenRow, Error> {
    BrokenRow::of(&error).cloned().ok_or(error)
}

fn add(certificate: &ListedCertificate, listing: &mut Listing<'_>) {
    let mut row = listing.row();
    row.subject = certificate
        .subject
        .as_deref()
        .map(|text| subject(&text.into()))
        .unwrap_or_default();
    row.serial = certificate.serial_number.clone();
    row.state = certificate
        .store_state
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    listing.push(row.ending(certificate.not_after.clone()));
}

/// A revocation list tells serial numbers and no names.
fn add_revoked(list: &CertificateRevocationList, listing: &mut Listing<'_>) {
    for entry in list.entries() {
        let mut row = listing.row();
        row.serial = Some(entry.serial().clone());
        row.state = "revoked".to_owned();
        listing.push(row);
    }
}
