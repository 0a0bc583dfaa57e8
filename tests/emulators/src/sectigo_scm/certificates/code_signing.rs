use rcgen::ExtendedKeyUsagePurpose;

use super::{import, kind::Kind, records::Records, revoke};
use crate::{
    frame::routes,
    sectigo_scm::{
        Route, SectigoScm,
        customer::{self, Customer},
        problem::Problem,
    },
};

/// Code signing certificates are imported and have nothing of their own.
#[derive(Debug, Default)]
pub(super) struct CodeSigning;

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    post("code_signing_import", "/api/cscert/v1/import", import::import::<CodeSigning>);
    post("code_signing_revoke_manual", "/api/cscert/v1/revoke/manual",
        revoke::manual::<CodeSigning>);
};

impl Kind for CodeSigning {
    const NAME: &'static str = "Code signing";
    const PATH: &'static str = "/api/cscert/v1";
    const FIRST_BACKEND_ID: i64 = 9_000_000;
    const EXTENDED_KEY_USAGES: &'static [ExtendedKeyUsagePurpose] =
        &[ExtendedKeyUsagePurpose::CodeSigning];
    const FIELDS: &'static str = "codesign";
    const IMPORTED_FIELDS: &'static [&'static str] = &[];

    fn records(scm: &SectigoScm) -> &Records<Self> {
        &scm.certificates.code_signing
    }

    fn records_mut(scm: &mut SectigoScm) -> &mut Records<Self> {
        &mut scm.certificates.code_signing
    }

    fn profiles(_: &Customer) -> &[customer::Profile] {
        &[]
    }

    fn unknown(id: i64) -> Problem {
        Problem::not_found(-166, format!("No code signing certificate {id}."))
    }
}

/// For tests: the state between two requests.
impl SectigoScm {
    /// A code signing certificate's status in the vendor's words, as of now; `None` for an
    /// unknown id.
    pub fn code_signing_status(&self, id: i64) -> Option<&'static str> {
        self.status_text::<CodeSigning>(id)
    }
}
