use cert_core::{Certificate, CertificateSigningRequest, Encoded};
use contract::{Fields, Suite};
use sectigo_scm::code_signing::CodeSigningImport;
use sectigo_scm::{BackendCertId, Client, CodeSigningId, OrganizationId};

use crate::shared::{custom_fields, manual_revocation, serial_and_issuer};

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("code_signing_import", |scm: &Client, x| {
            scm.code_signing_certificates()
                .import(&x.entries(|entry| import(&entry)))
        })
        .case("code_signing_revoke_manual", |scm: &Client, x| {
            let body = x.body();
            let revocation = manual_revocation(&body);
            match body.opt::<CodeSigningId>("certId") {
                Some(id) => scm
                    .code_signing_certificates()
                    .mark_revoked(id, &revocation),
                None => {
                    let (serial, issuer) = serial_and_issuer(&body);
                    scm.code_signing_certificates().mark_revoked_by_serial(
                        &serial,
                        &issuer,
                        &revocation,
                    )
                }
            }
        })
}

fn import(entry: &Fields<'_>) -> CodeSigningImport {
    let organization: OrganizationId = entry.need("orgID");
    let certificate: Encoded<Certificate> = entry.need("cert");
    entry
        .fill(CodeSigningImport::new(organization, certificate))
        .add(custom_fields(entry), CodeSigningImport::custom_fields)
        .set::<BackendCertId>("backendCertId", CodeSigningImport::backend_cert_id)
        .set::<Encoded<CertificateSigningRequest>>("csr", CodeSigningImport::csr)
        .set::<bool>("force", CodeSigningImport::force)
        .done()
}
