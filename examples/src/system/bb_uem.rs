use bb_uem::{Client, EmbeddedCertificate, NotAllowed, User, UserSearch};
use cert_core::{Certificate, Error};

use super::{Listing, subject};

/// Certificates are found by their users; each is downloaded for what it says of itself.
pub(super) async fn list(client: &Client, listing: &mut Listing<'_>) -> Result<(), Error> {
    let mut users = client.users().search(&UserSearch::new());
    while let Some(user) = users.next().await {
        let user = user?;
        let embedded = client.users().embedded_certificates(&user.guid).await?;
        for certificate in embedded.embedded_certificates {
            add(client, &user, &certificate, listing).await?;
        }
    }
    Ok(())
}

async fn add(
    client: &Client,
    user: &User,
    embedded: &EmbeddedCertificate,
    listing: &mut Listing<'_>,
) -> Result<(), Error> {
    let mut row = listing.row();
    row.id = embedded.guid.to_string();
    row.state = state(client, embedded).await?;
    if let Some(certificate) = downloaded(client, embedded).await? {
        row.subject = subject(certificate.subject());
        row.serial = Some(certificate.serial().clone());
        row = row.ending(Some(certificate.not_after().clone()));
    } else {
        row.subject = user.username.clone().unwrap_or_default();
    }
    listing.push(row);
    Ok(())
}

/// The certificate itself; none where there is none yet, or UEM does not hand it out.
async fn downloaded(
    client: &Client,
    embedded: &EmbeddedCertificate,
) -> Result<Option<Certificate>, Error> {
    let Some(id) = embedded.certificate() else {
        return Ok(None);
    };
    let file = match client.certificates().download(&id).await {
        Err(error) if NotAllowed::of(&error).is_some() => return Ok(None),
        outcome => outcome?,
    };
    let unreadable = |error| Error::unexpected(format!("certificate {id}: {error}"));
    Certificate::parse(&file.bytes)
        .map(Some)
        .map_err(unreadable)
}

/// What the devices said of it last.
async fn state(client: &Client, embedded: &EmbeddedCertificate) -> Result<String, Error> {
    if !embedded.is_enrolled() {
        return Ok("not enrolled".to_owned());
    }
    let places = client
        .embedded_certificates()
        .enrollments(&embedded.guid)
        .await?;
    let statuses = places
        .certificate_enrollments
        .into_iter()
        .filter_map(|place| place.status);
    let mut statuses: Vec<_> = statuses.map(|status| status.to_string()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    Ok(statuses.join(", "))
}
