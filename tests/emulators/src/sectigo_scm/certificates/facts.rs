//! What reports say of certificates.

use jiff::Timestamp;

use super::{
    code_signing::CodeSigning, description, device::Device, kind::Kind, record::Record,
    smime::Smime, ssl::Ssl,
};
use crate::sectigo_scm::{
    SectigoScm, administration::custom_field::Definition, administrators::Administrator,
};

/// Kinds of certificate that there are reports on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::sectigo_scm) enum Reported {
    Ssl,
    Smime,
    Device,
    CodeSigning,
}

impl Reported {
    /// The kind, as its custom fields name it.
    pub(in crate::sectigo_scm) fn fields(self) -> &'static str {
        match self {
            Self::Ssl => Ssl::FIELDS,
            Self::Smime => Smime::FIELDS,
            Self::Device => Device::FIELDS,
            Self::CodeSigning => CodeSigning::FIELDS,
        }
    }
}

/// What a report can say of one certificate, whatever its kind.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Facts {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) organization: i64,
    pub(in crate::sectigo_scm) profile: Option<(i64, &'static str)>,
    pub(in crate::sectigo_scm) term: i64,
    pub(in crate::sectigo_scm) common_name: String,
    pub(in crate::sectigo_scm) names: Vec<String>,
    pub(in crate::sectigo_scm) status: &'static str,
    pub(in crate::sectigo_scm) requester: String,
    pub(in crate::sectigo_scm) approver: Option<String>,
    /// As filters of SSL certificates spell it.
    pub(in crate::sectigo_scm) via: &'static str,
    pub(in crate::sectigo_scm) comments: String,
    pub(in crate::sectigo_scm) custom_fields: Vec<(String, Option<String>)>,
    pub(in crate::sectigo_scm) requested: Timestamp,
    pub(in crate::sectigo_scm) approved: Option<Timestamp>,
    pub(in crate::sectigo_scm) issued: Option<Timestamp>,
    pub(in crate::sectigo_scm) declined: Option<Timestamp>,
    pub(in crate::sectigo_scm) expires: Timestamp,
    pub(in crate::sectigo_scm) replaced: Option<Timestamp>,
    pub(in crate::sectigo_scm) revoked: Option<Timestamp>,
    pub(in crate::sectigo_scm) serial: Option<String>,
    pub(in crate::sectigo_scm) key_algorithm: String,
    pub(in crate::sectigo_scm) key_parameter: Option<String>,
    pub(in crate::sectigo_scm) backend_id: String,
    pub(in crate::sectigo_scm) order_number: i64,
    pub(in crate::sectigo_scm) external_requester: Option<String>,
    pub(in crate::sectigo_scm) email: Option<String>,
}

impl SectigoScm {
    /// The numbers of all certificates of a kind, as they are by now.
    pub(in crate::sectigo_scm) fn reported(&mut self, kind: Reported) -> Vec<i64> {
        match kind {
            Reported::Ssl => self.settled::<Ssl>(),
            Reported::Smime => self.settled::<Smime>(),
            Reported::Device => self.settled::<Device>(),
            Reported::CodeSigning => self.settled::<CodeSigning>(),
        }
    }

    /// What there is to say of one of them, unless it is gone.
    pub(in crate::sectigo_scm) fn facts(&self, kind: Reported, id: i64) -> Option<Facts> {
        match kind {
            Reported::Ssl => {
                let record = Ssl::records(self).get(id).ok()?;
                let external_requester = record.own.external_requester().cloned();
                Some(Facts {
                    external_requester,
                    ..self.common(record)
                })
            }
            Reported::Smime => {
                let record = Smime::records(self).get(id).ok()?;
                let email = Some(record.own.email().to_owned());
                Some(Facts {
                    email,
                    ..self.common(record)
                })
            }
            Reported::Device => Some(self.common(Device::records(self).get(id).ok()?)),
            Reported::CodeSigning => Some(self.common(CodeSigning::records(self).get(id).ok()?)),
        }
    }

    fn settled<K: Kind>(&mut self) -> Vec<i64> {
        let steps = self.steps();
        K::records_mut(self).settle_due(&steps);
        K::records(self).ids().to_vec()
    }

    fn common<K: Kind>(&self, record: &Record<K>) -> Facts {
        let profiles = K::profiles(&self.customer).iter();
        let mut profiles = profiles.filter(|profile| Some(profile.id) == record.profile);
        let approver = record.approver.and_then(|id| self.administrators.get(id));
        let value = |field: &Definition| {
            let set = record.custom_fields.iter().find(|(id, _)| *id == field.id);
            (field.name.clone(), set.map(|(_, value)| value.clone()))
        };
        Facts {
            id: record.id,
            organization: record.organization,
            profile: profiles.next().map(|profile| (profile.id, profile.name)),
            term: record.term,
            common_name: record.common_name.clone(),
            names: record.names.clone(),
            status: record.status_at(self.now()).text(),
            requester: record.requester.clone(),
            approver: approver.map(Administrator::name),
            via: record.requested_via,
            comments: record.comments.clone(),
            custom_fields: self
                .customer
                .custom_fields
                .of(K::FIELDS)
                .map(value)
                .collect(),
            requested: record.requested,
            approved: record.approved,
            issued: record.issued,
            declined: record.declined,
            expires: record.expires,
            replaced: record.replaced,
            revoked: record.revoked,
            serial: record.serial_text(),
            key_algorithm: description::key_algorithm(&record.key).to_owned(),
            key_parameter: description::key_parameter(&record.key),
            backend_id: record.backend_id(),
            order_number: record.order_number(),
            external_requester: None,
            email: None,
        }
    }
}
