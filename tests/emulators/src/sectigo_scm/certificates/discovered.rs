//! Certificates that scans found, as soon as they belong to an organization.

use super::{code_signing::CodeSigning, device::Device, kind::Kind, smime::Smime, ssl::Ssl};
use crate::{frame::x509, sectigo_scm::SectigoScm};

/// The types of certificates that are assigned.
pub(in crate::sectigo_scm) const CERTIFICATE_TYPES: [&str; 5] =
    ["SSL", "SMIME", "CodeSign", "Device", "BrandIndicator"];

/// Where a certificate stands: its list, and its id there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::sectigo_scm) struct Filed {
    list: List,
    id: i64,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum List {
    Ssl,
    Smime,
    Device,
    CodeSigning,
}

const LISTS: [List; 4] = [List::Ssl, List::Smime, List::Device, List::CodeSigning];

impl List {
    /// The list of a type of certificates. Mark certificates have none: they are no server's.
    fn of(certificate_type: &str) -> Option<Self> {
        match certificate_type {
            "SSL" => Some(Self::Ssl),
            "SMIME" => Some(Self::Smime),
            "Device" => Some(Self::Device),
            "CodeSign" => Some(Self::CodeSigning),
            _ => None,
        }
    }
}

impl Filed {
    /// As results name it: `ssl:130`.
    pub(in crate::sectigo_scm) fn text(self) -> String {
        let list = match self.list {
            List::Ssl => "ssl",
            List::Smime => "smime",
            List::Device => "device",
            List::CodeSigning => "codesign",
        };
        format!("{list}:{}", self.id)
    }
}

impl SectigoScm {
    /// Where a certificate stands that was issued or filed before.
    pub(in crate::sectigo_scm) fn place_of(
        &mut self,
        certificate: &x509::Certificate,
    ) -> Option<Filed> {
        let mut lists = LISTS.into_iter();
        lists.find_map(|list| {
            let id = match list {
                List::Ssl => self.known::<Ssl>(certificate),
                List::Smime => self.known::<Smime>(certificate),
                List::Device => self.known::<Device>(certificate),
                List::CodeSigning => self.known::<CodeSigning>(certificate),
            };
            id.map(|id| Filed { list, id })
        })
    }

    /// Whether it stands there still.
    pub(in crate::sectigo_scm) fn is_filed(&self, filed: Filed) -> bool {
        match filed.list {
            List::Ssl => Ssl::records(self).get(filed.id).is_ok(),
            List::Smime => Smime::records(self).get(filed.id).is_ok(),
            List::Device => Device::records(self).get(filed.id).is_ok(),
            List::CodeSigning => CodeSigning::records(self).get(filed.id).is_ok(),
        }
    }

    /// Files a certificate that was found among those of an organization; none when it cannot be
    /// of that type.
    pub(in crate::sectigo_scm) fn file_found(
        &mut self,
        certificate: &x509::Certificate,
        certificate_type: &str,
        organization: i64,
    ) -> Option<Filed> {
        let list = List::of(certificate_type)?;
        let id = match list {
            List::Ssl => self.discover::<Ssl>(certificate, organization),
            List::Smime => self.discover::<Smime>(certificate, organization),
            List::Device => self.discover::<Device>(certificate, organization),
            List::CodeSigning => self.discover::<CodeSigning>(certificate, organization),
        };
        id.map(|id| Filed { list, id })
    }

    /// Gives a certificate that was found to another organization; what was issued here stays.
    pub(in crate::sectigo_scm) fn move_filed(&mut self, filed: Filed, organization: i64) {
        match filed.list {
            List::Ssl => self.give_to::<Ssl>(filed.id, organization),
            List::Smime => self.give_to::<Smime>(filed.id, organization),
            List::Device => self.give_to::<Device>(filed.id, organization),
            List::CodeSigning => self.give_to::<CodeSigning>(filed.id, organization),
        }
    }

    fn discover<K: Kind>(
        &mut self,
        certificate: &x509::Certificate,
        organization: i64,
    ) -> Option<i64> {
        if certificate.is_ca {
            return None;
        }
        let own = K::imported(self, certificate, organization).ok()?;
        let id = self.import::<K>(certificate.clone(), organization, own);
        K::records_mut(self).get_mut(id).ok()?.requested_via = "DISCOVERY";
        Some(id)
    }

    fn give_to<K: Kind>(&mut self, id: i64, organization: i64) {
        if let Ok(record) = K::records_mut(self).get_mut(id)
            && record.is_unmanaged()
        {
            record.organization = organization;
        }
    }
}
