use cert_core::{
    Certificate, CertificateSigningRequest, Encoded, Fingerprint, RevocationReason, Secret,
    SerialNumber,
};
use contract::{Fields, Suite};
use sectigo_scm::ssl::{
    AutoRenewal, AzureKeyVault, DiscoveryStatus, InstallState, KeyAlgorithm, KeyGenerationMethod,
    KeystoreFormat, KeystoreProtection, RenewalState, RequestedVia, SslEnrollment, SslFilter,
    SslImport, SslKeygenEnrollment, SslRenewal, SslRenewalByRenewId, SslReplacement, SslRevocation,
    SslStatus, SslSuccessor, SslUpdate,
};
use sectigo_scm::{
    AdminId, AzureAccountId, BackendCertId, CertificateFormat, Client, DcvMode, LocationId,
    OrganizationId, ProfileId, RenewId, SslId,
};

use crate::shared::{custom_fields, location, manual_revocation, serial_and_issuer};

type Csr = Encoded<CertificateSigningRequest>;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 15] = [
    "ssl_list_profiles [].id",
    "ssl_list_custom_fields [].id",
    "ssl_list_custom_fields [].name",
    "ssl_list_locations [].id",
    "ssl_get_location id",
    "ssl_list [].sslId",
    "ssl_get certType.id",
    "ssl_get customFields[].name",
    "ssl_update certType.id",
    "ssl_update customFields[].name",
    "ssl_enroll sslId",
    "ssl_enroll_keygen sslId",
    "ssl_renew sslId",
    "ssl_create_keystore_link link",
    "ssl_import processedCount",
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
        .case("ssl_list_profiles", |scm: &Client, x| match x
            .query()
            .opt::<OrganizationId>("organizationId")
        {
            Some(id) => scm.ssl().list_profiles_of(id),
            None => scm.ssl().list_profiles(),
        })
        .case("ssl_list_custom_fields", |scm: &Client, _| {
            scm.ssl().list_custom_fields()
        })
        .case("ssl_list_locations", |scm: &Client, x| {
            scm.ssl().locations(x.path::<SslId>("sslId")).list()
        })
        .case("ssl_create_location", |scm: &Client, x| {
            scm.ssl()
                .locations(x.path::<SslId>("sslId"))
                .create(&location(x))
        })
        .case("ssl_get_location", |scm: &Client, x| {
            let locations = scm.ssl().locations(x.path::<SslId>("sslId"));
            locations.get(x.path::<LocationId>("locationId"))
        })
        .case("ssl_update_location", |scm: &Client, x| {
            let locations = scm.ssl().locations(x.path::<SslId>("sslId"));
            locations.update(x.path::<LocationId>("locationId"), &location(x))
        })
        .case("ssl_delete_location", |scm: &Client, x| {
            let locations = scm.ssl().locations(x.path::<SslId>("sslId"));
            locations.delete(x.path::<LocationId>("locationId"))
        })
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("ssl_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .ssl()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("ssl_count", |scm: &Client, x| {
            scm.ssl().count(&filter(&x.query()))
        })
        .case("ssl_get", |scm: &Client, x| {
            scm.ssl().get(x.path::<SslId>("sslId"))
        })
        .case("ssl_get_dcv", |scm: &Client, x| {
            scm.ssl().dcv(x.path::<SslId>("sslId"))
        })
        .case("ssl_recheck_dcv", |scm: &Client, x| {
            scm.ssl().recheck_dcv(x.path::<SslId>("sslId"))
        })
        .case("ssl_collect", |scm: &Client, x| {
            scm.ssl().collect(
                x.path::<SslId>("sslId"),
                x.query().opt::<CertificateFormat>("format"),
            )
        })
}

fn ordering(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("ssl_enroll", |scm: &Client, x| {
            scm.ssl().enroll(&enrollment(&x.body()))
        })
        .case("ssl_enroll_keygen", |scm: &Client, x| {
            scm.ssl().enroll_keygen(&keygen_enrollment(&x.body()))
        })
        .case("ssl_create_keystore_link", |scm: &Client, x| {
            let protection = x
                .body()
                .fill(KeystoreProtection::new())
                .set::<Secret>("passphrase", KeystoreProtection::pass_phrase)
                .done();
            scm.ssl().create_keystore_link(
                x.path::<SslId>("sslId"),
                x.path::<KeystoreFormat>("formatType"),
                &protection,
            )
        })
        .case("ssl_approve", |scm: &Client, x| {
            scm.ssl().approve(
                x.path::<SslId>("sslId"),
                &x.body().need::<String>("message"),
            )
        })
        .case("ssl_decline", |scm: &Client, x| {
            scm.ssl().decline(
                x.path::<SslId>("sslId"),
                &x.body().need::<String>("message"),
            )
        })
        .case("ssl_renew_by_renew_id", |scm: &Client, x| {
            let body = x.body();
            let renewal = body.fill(SslRenewalByRenewId::new());
            let renewal = renewal.set::<Csr>("csr", SslRenewalByRenewId::csr).done();
            scm.ssl()
                .renew_by_renew_id(&x.path::<RenewId>("renewId"), &renewal)
        })
        .case("ssl_renew", |scm: &Client, x| {
            scm.ssl()
                .renew(x.path::<SslId>("sslId"), &renewal(&x.body()))
        })
        .case("ssl_replace", |scm: &Client, x| {
            scm.ssl()
                .replace(x.path::<SslId>("sslId"), &replacement(&x.body()))
        })
        .case("ssl_import", |scm: &Client, x| {
            let zip = x.part("file").content.clone();
            scm.ssl()
                .import_archive(x.query().need::<OrganizationId>("orgId"), zip)
        })
        .case("ssl_import_extended", |scm: &Client, x| {
            scm.ssl().import(&x.entries(|entry| import(&entry)))
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("ssl_update", |scm: &Client, x| {
            let body = x.body();
            scm.ssl()
                .update(body.need::<SslId>("sslId"), &update(&body))
        })
        .case("ssl_revoke", |scm: &Client, x| {
            scm.ssl()
                .revoke(x.path::<SslId>("sslId"), &ssl_revocation(&x.body()))
        })
        .case("ssl_revoke_by_serial", |scm: &Client, x| {
            let serial: SerialNumber = x.path("serialNumber");
            scm.ssl()
                .revoke_by_serial(&serial, &ssl_revocation(&x.body()))
        })
        .case("ssl_revoke_manual", |scm: &Client, x| {
            let body = x.body();
            let revocation = manual_revocation(&body);
            match body.opt::<SslId>("certId") {
                Some(id) => scm.ssl().mark_revoked(id, &revocation),
                None => {
                    let (serial, issuer) = serial_and_issuer(&body);
                    scm.ssl()
                        .mark_revoked_by_serial(&serial, &issuer, &revocation)
                }
            }
        })
        .case("ssl_mark_renewed", |scm: &Client, x| {
            let body = x.body();
            let successor = body.fill(SslSuccessor::new());
            let successor = successor
                .set::<SslId>("id", SslSuccessor::id)
                .set::<String>("orderNumber", SslSuccessor::order_number);
            scm.ssl()
                .mark_renewed(x.path::<SslId>("sslId"), &successor.done())
        })
        .case("ssl_delete", |scm: &Client, x| {
            scm.ssl().delete(x.path::<SslId>("sslId"))
        })
}

fn filter(query: &Fields<'_>) -> SslFilter {
    query
        .fill(SslFilter::new())
        .set::<String>("commonName", SslFilter::common_name)
        .set::<String>(
            "subjectAlternativeName",
            SslFilter::subject_alternative_name,
        )
        .set::<SslStatus>("status", SslFilter::status)
        .set::<ProfileId>("sslTypeId", SslFilter::profile)
        .set::<DiscoveryStatus>("discoveryStatus", SslFilter::discovery_status)
        .set::<String>("vendor", SslFilter::vendor)
        .set::<OrganizationId>("orgId", SslFilter::organization)
        .set::<InstallState>("installStatus", SslFilter::install_state)
        .set::<RenewalState>("renewalStatus", SslFilter::renewal_state)
        .set::<String>("issuer", SslFilter::issuer)
        .set::<SerialNumber>("serialNumber", SslFilter::serial_number)
        .set::<String>("requester", SslFilter::requester)
        .set::<String>("externalRequester", SslFilter::external_requester)
        .set::<String>("signatureAlgorithm", SslFilter::signature_algorithm)
        .set::<String>("keyAlgorithm", SslFilter::key_algorithm)
        .set::<u32>("keySize", SslFilter::key_size)
        .set::<String>("keyParam", SslFilter::key_parameter)
        .set::<Fingerprint>("sha1Hash", SslFilter::sha1_hash)
        .set::<Fingerprint>("md5Hash", SslFilter::md5_hash)
        .set::<Fingerprint>("sha256Hash", SslFilter::sha256_hash)
        .set::<String>("keyUsage", SslFilter::key_usage)
        .set::<String>("extendedKeyUsage", SslFilter::extended_key_usage)
        .set::<RequestedVia>("requestedVia", SslFilter::requested_via)
        .done()
}

/// Names that are sent as one text; none, so that those of the CSR are not sent either.
fn names(body: &Fields<'_>) -> Vec<String> {
    let text: Option<String> = body.opt("subjAltNames");
    let names = text.iter().flat_map(|text| text.split(','));
    names.map(str::to_owned).collect()
}

fn enrollment(body: &Fields<'_>) -> SslEnrollment {
    let (organization, profile): (OrganizationId, ProfileId) =
        (body.need("orgId"), body.need("certType"));
    let order = SslEnrollment::new(organization, profile, body.need::<Csr>("csr"));
    let order = body
        .fill(order.subject_alternative_names(names(body)))
        .set::<u32>("term", SslEnrollment::term)
        .set::<String>("comments", SslEnrollment::comments)
        .set::<String>("externalRequester", SslEnrollment::external_requester)
        .set::<DcvMode>("dcvMode", SslEnrollment::dcv_mode)
        .set::<String>("dcvEmail", SslEnrollment::dcv_email);
    order
        .add(custom_fields(body), SslEnrollment::custom_fields)
        .done()
}

fn keygen_enrollment(body: &Fields<'_>) -> SslKeygenEnrollment {
    let (organization, profile): (OrganizationId, ProfileId) =
        (body.need("orgId"), body.need("certType"));
    let vault = body.object("azureKeyVault", |vault| {
        let account: AzureAccountId = vault.need("azureAccountId");
        AzureKeyVault::new(account, vault.need::<String>("vaultKey"))
    });
    let order = SslKeygenEnrollment::new(organization, profile, body.need::<String>("commonName"));
    body.fill(order.subject_alternative_names(names(body)))
        .set::<u32>("term", SslKeygenEnrollment::term)
        .set::<String>("comments", SslKeygenEnrollment::comments)
        .set::<KeyAlgorithm>("algorithm", SslKeygenEnrollment::algorithm)
        .set::<u32>("keySize", SslKeygenEnrollment::key_size)
        .set::<String>("keyParam", SslKeygenEnrollment::key_parameter)
        .add(custom_fields(body), SslKeygenEnrollment::custom_fields)
        .set::<String>("externalRequester", SslKeygenEnrollment::external_requester)
        .set::<KeyGenerationMethod>("keyGenerationMethod", SslKeygenEnrollment::key_generation)
        .set::<Secret>("passPhrase", SslKeygenEnrollment::pass_phrase)
        .add(vault, SslKeygenEnrollment::azure_key_vault)
        .set::<bool>("reuseKey", SslKeygenEnrollment::reuse_key)
        .set::<bool>("exportableKey", SslKeygenEnrollment::exportable_key)
        .set::<bool>("hsmOnly", SslKeygenEnrollment::hsm_only)
        .set::<DcvMode>("dcvMode", SslKeygenEnrollment::dcv_mode)
        .set::<String>("dcvEmail", SslKeygenEnrollment::dcv_email)
        .done()
}

fn ssl_revocation(body: &Fields<'_>) -> SslRevocation {
    body.fill(SslRevocation::new(body.need::<String>("reason")))
        .set::<RevocationReason>("reasonCode", SslRevocation::code)
        .done()
}

fn renewal(body: &Fields<'_>) -> SslRenewal {
    body.fill(SslRenewal::new())
        .set::<Csr>("csr", SslRenewal::csr)
        .set::<DcvMode>("dcvMode", SslRenewal::dcv_mode)
        .set::<String>("dcvEmail", SslRenewal::dcv_email)
        .done()
}

fn replacement(body: &Fields<'_>) -> SslReplacement {
    body.fill(SslReplacement::new(
        body.need::<Csr>("csr"),
        body.need::<String>("reason"),
    ))
    .set::<String>("commonName", SslReplacement::common_name)
    .set::<Vec<String>>(
        "subjectAlternativeNames",
        SslReplacement::subject_alternative_names,
    )
    .set::<DcvMode>("dcvMode", SslReplacement::dcv_mode)
    .set::<String>("dcvEmail", SslReplacement::dcv_email)
    .done()
}

fn import(entry: &Fields<'_>) -> SslImport {
    let organization: OrganizationId = entry.need("orgID");
    entry
        .fill(SslImport::new(
            organization,
            entry.need::<Encoded<Certificate>>("cert"),
        ))
        .add(custom_fields(entry), SslImport::custom_fields)
        .set::<String>("owner", SslImport::owner)
        .set::<String>("externalRequester", SslImport::external_requester)
        .set::<BackendCertId>("backendCertId", SslImport::backend_cert_id)
        .set::<Csr>("csr", SslImport::csr)
        .set::<String>("comments", SslImport::comments)
        .set::<bool>("force", SslImport::force)
        .done()
}

fn update(body: &Fields<'_>) -> SslUpdate {
    let renewal = body.object("autoRenewDetails", |details| match details.need("state") {
        RenewalState::Scheduled => AutoRenewal::Scheduled {
            days_before_expiration: details.opt("daysBeforeExpiration"),
        },
        RenewalState::NotScheduled => AutoRenewal::NotScheduled,
        state => panic!("the public API cannot ask for auto-renewal {state}"),
    });
    body.fill(SslUpdate::new())
        .set::<u32>("term", SslUpdate::term)
        .set::<ProfileId>("certTypeId", SslUpdate::profile)
        .set::<OrganizationId>("orgId", SslUpdate::organization)
        .set::<String>("commonName", SslUpdate::common_name)
        .set::<Csr>("csr", SslUpdate::csr)
        .set::<String>("externalRequester", SslUpdate::external_requester)
        .set::<String>("comments", SslUpdate::comments)
        .set::<Vec<String>>(
            "subjectAlternativeNames",
            SslUpdate::subject_alternative_names,
        )
        .add(custom_fields(body), SslUpdate::custom_fields)
        .add(renewal, SslUpdate::auto_renewal)
        .set::<bool>("suspendNotifications", SslUpdate::suspend_notifications)
        .set::<String>("requester", SslUpdate::requester)
        .set::<AdminId>("requesterAdminId", SslUpdate::requester_id)
        .set::<AdminId>("approverAdminId", SslUpdate::approver_id)
        .done()
}
