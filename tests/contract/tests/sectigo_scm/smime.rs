use cert_core::{Certificate, CertificateSigningRequest, Encoded, Secret, SerialNumber};
use contract::{Fields, Suite};
use sectigo_scm::smime::{Pkcs12Download, SmimeEnrollment, SmimeFilter, SmimeImport, SmimeState};
use sectigo_scm::{
    BackendCertId, CertificateFormat, Client, LocationId, OrganizationId, PersonId,
    Pkcs12Encryption, ProfileId, SmimeId,
};

use crate::shared::{
    certificate_update, custom_fields, location, manual_revocation, revocation, serial_and_issuer,
};

type Csr = Encoded<CertificateSigningRequest>;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 14] = [
    "smime_list_profiles [].id",
    "smime_list_custom_fields [].id",
    "smime_list_custom_fields [].name",
    "smime_list_locations [].id",
    "smime_get_location id",
    "smime_list [].id",
    "smime_list_by_person_id [].id",
    "smime_list_by_person_email [].id",
    "smime_get id",
    "smime_get certType.id",
    "smime_get customFields[].name",
    "smime_update id",
    "smime_update certType.id",
    "smime_update customFields[].name",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = profiles_and_locations(suite);
    let suite = reading(suite);
    let suite = ordering(suite);
    let suite = revoking(suite);
    suite.mandatory(MANDATORY)
}

fn profiles_and_locations(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("smime_list_profiles", |scm: &Client, x| match x
            .query()
            .opt::<OrganizationId>("organizationId")
        {
            Some(id) => scm.smime().list_profiles_of(id),
            None => scm.smime().list_profiles(),
        })
        .case("smime_list_custom_fields", |scm: &Client, _| {
            scm.smime().list_custom_fields()
        })
        .case("smime_list_locations", |scm: &Client, x| {
            scm.smime().locations(x.path::<SmimeId>("certId")).list()
        })
        .case("smime_create_location", |scm: &Client, x| {
            scm.smime()
                .locations(x.path::<SmimeId>("certId"))
                .create(&location(x))
        })
        .case("smime_get_location", |scm: &Client, x| {
            let locations = scm.smime().locations(x.path::<SmimeId>("certId"));
            locations.get(x.path::<LocationId>("locationId"))
        })
        .case("smime_update_location", |scm: &Client, x| {
            let locations = scm.smime().locations(x.path::<SmimeId>("certId"));
            locations.update(x.path::<LocationId>("locationId"), &location(x))
        })
        .case("smime_delete_location", |scm: &Client, x| {
            let locations = scm.smime().locations(x.path::<SmimeId>("certId"));
            locations.delete(x.path::<LocationId>("locationId"))
        })
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("smime_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .smime()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("smime_count", |scm: &Client, x| {
            scm.smime().count(&filter(&x.query()))
        })
        .case("smime_list_by_person_id", |scm: &Client, x| {
            scm.smime().list_by_person(x.path::<PersonId>("pid"))
        })
        .case("smime_list_by_person_email", |scm: &Client, x| {
            scm.smime().list_by_email(&x.path::<String>("email"))
        })
        .case("smime_get", |scm: &Client, x| {
            scm.smime().get(x.path::<SmimeId>("id"))
        })
        .case("smime_collect", |scm: &Client, x| {
            scm.smime().collect(
                x.path::<SmimeId>("certId"),
                x.query().opt::<CertificateFormat>("format"),
            )
        })
        .case("smime_collect_by_backend_cert_id", |scm: &Client, x| {
            let id: BackendCertId = x.path("backendCertId");
            scm.smime()
                .collect_by_backend_cert_id(&id, x.query().opt::<CertificateFormat>("format"))
        })
        .case("smime_download_p12", |scm: &Client, x| {
            let body = x.body();
            let download = body
                .fill(Pkcs12Download::new())
                .set::<Secret>("passphrase", Pkcs12Download::pass_phrase)
                .set::<Pkcs12Encryption>("encryptionType", Pkcs12Download::encryption);
            scm.smime()
                .download_pkcs12(x.path::<SmimeId>("id"), &download.done())
        })
}

fn ordering(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("smime_enroll", |scm: &Client, x| {
            scm.smime().enroll(&enrollment(&x.body()))
        })
        .case("smime_update", |scm: &Client, x| {
            scm.smime()
                .update(x.path::<SmimeId>("id"), &certificate_update(&x.body()))
        })
        .case("smime_renew", |scm: &Client, x| {
            scm.smime().renew(x.path::<SmimeId>("certId"))
        })
        .case("smime_renew_by_backend_cert_id", |scm: &Client, x| {
            let id: BackendCertId = x.path("backendCertId");
            scm.smime().renew_by_backend_cert_id(&id)
        })
        .case("smime_renew_by_serial", |scm: &Client, x| {
            scm.smime()
                .renew_by_serial(&x.path::<SerialNumber>("serial"))
        })
        .case("smime_import", |scm: &Client, x| {
            scm.smime().import(&x.entries(|entry| import(&entry)))
        })
}

fn revoking(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("smime_revoke", |scm: &Client, x| {
            scm.smime()
                .revoke(x.path::<SmimeId>("certId"), &revocation(&x.body()))
        })
        .case("smime_revoke_by_backend_cert_id", |scm: &Client, x| {
            let id: BackendCertId = x.path("backendCertId");
            scm.smime()
                .revoke_by_backend_cert_id(&id, &revocation(&x.body()))
        })
        .case("smime_revoke_by_serial", |scm: &Client, x| {
            let serial: SerialNumber = x.path("serialNumber");
            scm.smime()
                .revoke_by_serial(&serial, &revocation(&x.body()))
        })
        .case("smime_revoke_by_email", |scm: &Client, x| {
            let body = x.body();
            scm.smime()
                .revoke_by_email(&body.need::<String>("email"), &revocation(&body))
        })
        .case("smime_revoke_manual", |scm: &Client, x| {
            let body = x.body();
            let revocation = manual_revocation(&body);
            match body.opt::<SmimeId>("certId") {
                Some(id) => scm.smime().mark_revoked(id, &revocation),
                None => {
                    let (serial, issuer) = serial_and_issuer(&body);
                    scm.smime()
                        .mark_revoked_by_serial(&serial, &issuer, &revocation)
                }
            }
        })
        .case("smime_delete", |scm: &Client, x| {
            scm.smime().delete(x.path::<SmimeId>("id"))
        })
}

fn filter(query: &Fields<'_>) -> SmimeFilter {
    query
        .fill(SmimeFilter::new())
        .set::<bool>("keyVault", SmimeFilter::key_vault)
        .set::<PersonId>("personId", SmimeFilter::person)
        .set::<String>("email", SmimeFilter::email)
        .set::<SmimeState>("state", SmimeFilter::state)
        .set::<ProfileId>("certTypeId", SmimeFilter::profile)
        .set::<SerialNumber>("serialNumber", SmimeFilter::serial_number)
        .set::<BackendCertId>("backendCertId", SmimeFilter::backend_cert_id)
        .set::<String>("signatureAlgorithm", SmimeFilter::signature_algorithm)
        .set::<String>("keyAlgorithm", SmimeFilter::key_algorithm)
        .set::<String>("keyParam", SmimeFilter::key_parameter)
        .set::<String>("keyUsage", SmimeFilter::key_usage)
        .set::<String>("extendedKeyUsage", SmimeFilter::extended_key_usage)
        .done()
}

fn enrollment(body: &Fields<'_>) -> SmimeEnrollment {
    let profile: ProfileId = body.need("certType");
    let order = SmimeEnrollment::new(
        profile,
        body.need::<String>("email"),
        body.need::<String>("firstName"),
        body.need::<String>("lastName"),
    );
    body.fill(order)
        .set::<Csr>("csr", SmimeEnrollment::csr)
        .set::<OrganizationId>("orgId", SmimeEnrollment::organization)
        .set::<u32>("term", SmimeEnrollment::term)
        .set::<String>("middleName", SmimeEnrollment::middle_name)
        .set::<String>("phone", SmimeEnrollment::phone)
        .set::<Vec<String>>("secondaryEmails", SmimeEnrollment::secondary_emails)
        .set::<String>("commonName", SmimeEnrollment::common_name)
        .set::<String>("eppn", SmimeEnrollment::edu_person_principal_name)
        .set::<String>("upn", SmimeEnrollment::user_principal_name)
        .add(custom_fields(body), SmimeEnrollment::custom_fields)
        .set::<String>("comments", SmimeEnrollment::comments)
        .done()
}

fn import(entry: &Fields<'_>) -> SmimeImport {
    let organization: OrganizationId = entry.need("orgID");
    let certificate: Encoded<Certificate> = entry.need("cert");
    entry
        .fill(SmimeImport::new(organization, certificate))
        .add(custom_fields(entry), SmimeImport::custom_fields)
        .set::<BackendCertId>("backendCertId", SmimeImport::backend_cert_id)
        .set::<Csr>("csr", SmimeImport::csr)
        .set::<String>("comments", SmimeImport::comments)
        .set::<bool>("force", SmimeImport::force)
        .done()
}
