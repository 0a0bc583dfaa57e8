use cert_core::{Certificate, CertificateSigningRequest, Encoded};
use contract::{Fields, Suite};
use sectigo_scm::code_signing::CodeSigningImport;
use sectigo_scm::{BackendCertId, Client, OrganizationId};

use crate::shared::{custom_fields, manual_revocation};

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("code_signing_import", |scm: &Client, x| {
            scm.code_signing()
                .import(&x.entries(|entry| import(&entry)))
        })
        .case("code_signing_revoke_manual", |scm: &Client, x| {
            scm.code_signing()
                .mark_revoked(&manual_revocation(&x.body()))
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
