//! The activity log: what was done to certificates, as their own dates tell.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sectigo_scm::{
    SectigoScm,
    administrators::Administrator,
    certificates::{Facts, Reported},
    dates::DateFormat,
};

/// A certificate that something was done to.
pub(super) type Thing = (Reported, i64);

/// Something that was done.
pub(super) struct Deed {
    pub(super) at: Timestamp,
    kind: Reported,
    action: &'static str,
    number: usize,
    facts: Facts,
}

const ACTIONS: [&str; 4] = ["request", "approve", "issue success", "revoke"];

/// Everything that the log may be about.
pub(super) fn things(scm: &mut SectigoScm) -> Vec<Thing> {
    let kinds = [Reported::Ssl, Reported::Smime, Reported::Device];
    let all = kinds.into_iter().flat_map(|kind| {
        let ids = scm.reported(kind).into_iter();
        ids.map(move |id| (kind, id)).collect::<Vec<_>>()
    });
    all.collect()
}

/// What was done to one certificate.
pub(super) fn deeds(scm: &SectigoScm, (kind, id): Thing) -> Vec<Deed> {
    let Some(facts) = scm.facts(kind, id) else {
        return Vec::new();
    };
    let dates = [
        Some(facts.requested),
        facts.approved,
        facts.issued,
        facts.revoked,
    ];
    let done = ACTIONS.into_iter().zip(dates).enumerate();
    let done = done.filter_map(|(number, (action, at))| Some((number, action, at?)));
    let deed = |(number, action, at)| Deed {
        at,
        kind,
        action,
        number,
        facts: facts.clone(),
    };
    done.map(deed).collect()
}

impl Deed {
    fn name(&self) -> String {
        let kind = match self.kind {
            Reported::Ssl => "ssl",
            Reported::Smime => "client",
            Reported::Device => "device",
            Reported::CodeSigning => "code sign",
        };
        format!("certificate {kind}: {}", self.action)
    }

    fn description(&self) -> String {
        let serial = self
            .facts
            .serial
            .as_deref()
            .unwrap_or("without a serial number");
        format!("Certificate {serial} for {}", self.facts.common_name)
    }

    pub(super) fn json(&self, scm: &SectigoScm) -> Value {
        let administrator = scm.administrators.named(&self.facts.requester);
        let mut row = json!({
            "id": self.facts.id * 10 + self.number as i64,
            "guid": format!("{:032x}", self.facts.id * 10 + self.number as i64),
            "action": {"id": self.number, "actionName": self.name()},
            "admin": {
                "login": self.facts.requester,
                "fullName": administrator.map(Administrator::name),
                "email": "admin@example.com",
            },
            "org": {"name": scm.organization_name(self.facts.organization)},
            "description": self.description(),
            "accessMethod": "REST",
            "address": "127.0.0.1",
            "date": DateFormat::INSTANT.write(self.at),
        });
        match self.kind {
            Reported::Ssl => row["ssl"] = self.ssl(),
            Reported::Smime => {
                row["smime"] = json!({
                    "subject": self.facts.common_name,
                    "backendCertId": self.facts.backend_id,
                });
            }
            Reported::Device | Reported::CodeSigning => {}
        }
        row
    }

    fn ssl(&self) -> Value {
        json!({
            "commonName": self.facts.common_name,
            "orderNumber": self.facts.order_number,
            "backendCertId": self.facts.backend_id,
            "term": self.facts.term,
            "type": self.facts.profile.map(|(_, name)| name),
        })
    }

    /// The cells of a CSV file, in the order of its columns.
    pub(super) fn cells(&self, scm: &SectigoScm) -> Vec<Option<String>> {
        let ssl = (self.kind == Reported::Ssl).then(|| self.facts.common_name.clone());
        let subject = (self.kind == Reported::Smime).then(|| self.facts.common_name.clone());
        let organization = scm.organization_name(self.facts.organization);
        let date = super::rows::moment(self.at);
        // The vendor's own samples have the time of day twice.
        let twice = format!(
            "{date} {}",
            date.split_once(' ').map_or("", |(_, time)| time)
        );
        let login = self.facts.requester.clone();
        vec![
            Some(self.name()),
            Some(login),
            None,
            organization,
            Some(String::new()),
            subject,
            ssl,
            None,
            None,
            Some(self.description()),
            Some("REST access".to_owned()),
            Some("127.0.0.1".to_owned()),
            Some(twice),
        ]
    }
}
