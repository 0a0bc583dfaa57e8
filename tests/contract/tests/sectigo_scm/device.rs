use cert_core::{Certificate, CertificateSigningRequest, Encoded, SerialNumber};
use contract::{Fields, Suite};
use sectigo_scm::device::{
    DeviceEnrollment, DeviceFilter, DeviceImport, DeviceReplacement, DeviceStatus,
    SubjectAttribute, SubjectField,
};
use sectigo_scm::{
    BackendCertId, CertificateFormat, CertificateUpdate, Client, DeviceId, LocationId,
    OrganizationId, ProfileId,
};

use crate::shared::{custom_fields, location, manual_revocation, revocation, serial_and_issuer};

type Csr = Encoded<CertificateSigningRequest>;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 15] = [
    "device_list_profiles [].id",
    "device_list_custom_fields [].id",
    "device_list_custom_fields [].name",
    "device_list_locations [].id",
    "device_get_location id",
    "device_list [].id",
    "device_get id",
    "device_get certType.id",
    "device_get customFields[].name",
    "device_update id",
    "device_update certType.id",
    "device_update customFields[].name",
    "device_enroll deviceCertId",
    "device_renew deviceCertId",
    "device_renew_by_serial deviceCertId",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = profiles_and_locations(suite);
    let suite = reading(suite);
    let suite = ordering(suite);
    let suite = managing(suite);
    suite.mandatory(MANDATORY)
}

fn profiles_and_locations(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("device_list_profiles", |scm: &Client, x| match x
            .query()
            .opt::<OrganizationId>("organizationId")
        {
            Some(id) => scm.device_certificates().list_profiles_of(id),
            None => scm.device_certificates().list_profiles(),
        })
        .case("device_list_custom_fields", |scm: &Client, _| {
            scm.device_certificates().list_custom_fields()
        })
        .case("device_list_locations", |scm: &Client, x| {
            scm.device_certificates()
                .locations(x.path::<DeviceId>("certId"))
                .list()
        })
        .case("device_create_location", |scm: &Client, x| {
            scm.device_certificates()
                .locations(x.path::<DeviceId>("certId"))
                .create(&location(x))
        })
        .case("device_get_location", |scm: &Client, x| {
            let locations = scm
                .device_certificates()
                .locations(x.path::<DeviceId>("certId"));
            locations.get(x.path::<LocationId>("locationId"))
        })
        .case("device_update_location", |scm: &Client, x| {
            let locations = scm
                .device_certificates()
                .locations(x.path::<DeviceId>("certId"));
            locations.update(x.path::<LocationId>("locationId"), &location(x))
        })
        .case("device_delete_location", |scm: &Client, x| {
            let locations = scm
                .device_certificates()
                .locations(x.path::<DeviceId>("certId"));
            locations.delete(x.path::<LocationId>("locationId"))
        })
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("device_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .device_certificates()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("device_count", |scm: &Client, x| {
            scm.device_certificates().count(&filter(&x.query()))
        })
        .case("device_get", |scm: &Client, x| {
            scm.device_certificates()
                .get(x.path::<DeviceId>("deviceCertId"))
        })
        .case("device_collect", |scm: &Client, x| {
            scm.device_certificates().collect(
                x.path::<DeviceId>("deviceCertId"),
                x.query().opt::<CertificateFormat>("format"),
            )
        })
}

fn ordering(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("device_enroll", |scm: &Client, x| {
            scm.device_certificates().enroll(&enrollment(&x.body()))
        })
        .case("device_approve", |scm: &Client, x| {
            scm.device_certificates().approve(
                x.path::<DeviceId>("deviceCertId"),
                &x.body().need::<String>("message"),
            )
        })
        .case("device_decline", |scm: &Client, x| {
            scm.device_certificates().decline(
                x.path::<DeviceId>("deviceCertId"),
                &x.body().need::<String>("message"),
            )
        })
        .case("device_renew", |scm: &Client, x| {
            scm.device_certificates()
                .renew(x.path::<DeviceId>("deviceCertId"))
        })
        .case("device_renew_by_serial", |scm: &Client, x| {
            scm.device_certificates()
                .renew_by_serial(&x.path::<SerialNumber>("serialNumber"))
        })
        .case("device_replace", |scm: &Client, x| {
            let body = x.body();
            let (csr, reason): (Csr, String) = (body.need("csr"), body.need("reason"));
            let replacement = DeviceReplacement::new(csr, reason, body.need::<bool>("revoke"));
            scm.device_certificates()
                .replace(x.path::<DeviceId>("deviceCertId"), &replacement)
        })
        .case("device_import", |scm: &Client, x| {
            scm.device_certificates()
                .import(&x.entries(|entry| import(&entry)))
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("device_update", |scm: &Client, x| {
            let body = x.body();
            let update = body
                .fill(CertificateUpdate::new())
                .add(custom_fields(&body), CertificateUpdate::custom_fields)
                .set::<String>("comments", CertificateUpdate::comments)
                .done();
            scm.device_certificates()
                .update(x.path::<DeviceId>("deviceCertId"), &update)
        })
        .case("device_revoke", |scm: &Client, x| {
            scm.device_certificates()
                .revoke(x.path::<DeviceId>("deviceCertId"), &revocation(&x.body()))
        })
        .case("device_revoke_by_serial", |scm: &Client, x| {
            let serial: SerialNumber = x.path("serialNumber");
            scm.device_certificates()
                .revoke_by_serial(&serial, &revocation(&x.body()))
        })
        .case("device_revoke_manual", |scm: &Client, x| {
            let body = x.body();
            let revocation = manual_revocation(&body);
            match body.opt::<DeviceId>("certId") {
                Some(id) => scm.device_certificates().mark_revoked(id, &revocation),
                None => {
                    let (serial, issuer) = serial_and_issuer(&body);
                    scm.device_certificates()
                        .mark_revoked_by_serial(&serial, &issuer, &revocation)
                }
            }
        })
        .case("device_delete", |scm: &Client, x| {
            scm.device_certificates()
                .delete(x.path::<DeviceId>("deviceCertId"))
        })
}

fn filter(query: &Fields<'_>) -> DeviceFilter {
    query
        .fill(DeviceFilter::new())
        .set::<String>("commonName", DeviceFilter::common_name)
        .set::<String>("email", DeviceFilter::requester)
        .set::<DeviceStatus>("status", DeviceFilter::status)
        .set::<OrganizationId>("orgId", DeviceFilter::organization)
        .set::<ProfileId>("certTypeId", DeviceFilter::profile)
        .set::<SerialNumber>("serialNumber", DeviceFilter::serial_number)
        .set::<BackendCertId>("backendCertId", DeviceFilter::backend_cert_id)
        .set::<String>("signatureAlgorithm", DeviceFilter::signature_algorithm)
        .set::<String>("keyAlgorithm", DeviceFilter::key_algorithm)
        .set::<String>("keyParam", DeviceFilter::key_parameter)
        .set::<String>("keyUsage", DeviceFilter::key_usage)
        .set::<String>("extendedKeyUsage", DeviceFilter::extended_key_usage)
        .done()
}

fn enrollment(body: &Fields<'_>) -> DeviceEnrollment {
    let (organization, profile): (OrganizationId, ProfileId) =
        (body.need("orgId"), body.need("certType"));
    let subject_field = |field: Fields<'_>| {
        let attribute: SubjectAttribute = field.need("name");
        SubjectField::new(attribute, field.need::<String>("value"))
    };
    let order = DeviceEnrollment::new(organization, profile, body.need::<Csr>("csr"));
    body.fill(order)
        .set::<u32>("term", DeviceEnrollment::term)
        .set::<String>("comments", DeviceEnrollment::comments)
        .add(custom_fields(body), DeviceEnrollment::custom_fields)
        .add(
            body.list("optionalFields", subject_field),
            DeviceEnrollment::subject_fields,
        )
        .done()
}

fn import(entry: &Fields<'_>) -> DeviceImport {
    let organization: OrganizationId = entry.need("orgID");
    let certificate: Encoded<Certificate> = entry.need("cert");
    entry
        .fill(DeviceImport::new(organization, certificate))
        .add(custom_fields(entry), DeviceImport::custom_fields)
        .set::<String>("owner", DeviceImport::owner)
        .set::<BackendCertId>("backendCertId", DeviceImport::backend_cert_id)
        .set::<Csr>("csr", DeviceImport::csr)
        .set::<String>("comments", DeviceImport::comments)
        .set::<bool>("force", DeviceImport::force)
        .done()
}
