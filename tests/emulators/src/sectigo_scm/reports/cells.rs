//! Cells of the reports of version 2, in the order of their columns; `None` for what is not there.

use super::rows::{channel, moment};
use crate::sectigo_scm::{SectigoScm, certificates::Facts, domains::DomainFacts};

pub(super) type Cells = Vec<Option<String>>;

pub(super) fn ssl(scm: &SectigoScm, facts: &Facts, issuer: &str) -> Cells {
    let some = |text: &str| Some(text.to_owned());
    vec![
        Some(facts.id.to_string()),
        facts.profile.map(|(_, name)| name.to_owned()),
        some(&facts.common_name),
        Some(facts.names.join("; ")),
        facts.issued.map(|_| issuer.to_owned()),
        some(facts.status),
        some(&facts.requester),
        facts.external_requester.clone(),
        facts.approver.clone(),
        scm.organization_name(facts.organization),
        some(""),
        some(&facts.backend_id),
        facts.serial.clone(),
        None,
        None,
        some(channel(facts.via).0),
        Some(facts.term.to_string()),
        some(&facts.comments),
        facts.issued.map(moment),
        facts.approved.map(moment),
        facts.declined.map(moment),
        facts.issued.map(moment),
        None,
        Some(moment(facts.expires)),
        facts.revoked.map(moment),
        facts.replaced.map(moment),
        some("Exampleville"),
        some(""),
        some("XX"),
        facts.issued.map(|_| "SHA256WITHECDSA".to_owned()),
        some(&facts.key_algorithm),
        facts.key_parameter.clone(),
        None,
        None,
        Some(moment(facts.requested)),
        (facts.via == "DISCOVERY").then(|| moment(facts.requested)),
        facts.profile.map(|(id, _)| id.to_string()),
        Some(facts.organization.to_string()),
    ]
}

pub(super) fn client(scm: &SectigoScm, facts: &Facts, _: &str) -> Cells {
    let some = |text: &str| Some(text.to_owned());
    let email = facts.email.as_deref().unwrap_or_default();
    vec![
        Some(facts.id.to_string()),
        some(&facts.common_name),
        scm.organization_name(facts.organization),
        some(""),
        Some(format!("{}<{email}>", facts.common_name)),
        facts.profile.map(|(_, name)| name.to_owned()),
        some(email),
        some(""),
        some(""),
        some(""),
        some(""),
        some(""),
        some(""),
        some(&facts.backend_id),
        facts.serial.clone(),
        facts.issued.map(moment),
        None,
        facts.revoked.map(moment),
        facts.issued.map(|_| moment(facts.expires)),
        some(channel(facts.via).1),
        some("None"),
        some(""),
        Some(channel(facts.via).1.to_uppercase().replace(' ', "_")),
        some(&facts.comments),
    ]
}

pub(super) fn device(scm: &SectigoScm, facts: &Facts, _: &str) -> Cells {
    let some = |text: &str| Some(text.to_owned());
    vec![
        Some(facts.id.to_string()),
        some(&facts.common_name),
        scm.organization_name(facts.organization),
        some(""),
        some(facts.status),
        Some(format!("CN={}", facts.common_name)),
        some(&facts.requester),
        None,
        None,
        None,
        some(&facts.backend_id),
        facts.serial.clone(),
        some(""),
        some(""),
        facts.profile.map(|(_, name)| name.to_owned()),
        facts.issued.map(|_| "Digital Signature".to_owned()),
        facts.issued.map(|_| "1.3.6.1.5.5.7.3.2".to_owned()),
        facts.issued.map(moment),
        None,
        facts.revoked.map(moment),
        facts.issued.map(|_| moment(facts.expires)),
        some(channel(facts.via).2),
        facts.key_parameter.clone(),
        some(&facts.key_algorithm),
        facts.issued.map(|_| "SHA256WITHECDSA".to_owned()),
        facts.approver.clone(),
        some(channel(facts.via).2),
        some(&facts.comments),
    ]
}

pub(super) fn code_signing(scm: &SectigoScm, facts: &Facts, _: &str) -> Cells {
    vec![
        Some(facts.id.to_string()),
        Some(facts.common_name.clone()),
        scm.organization_name(facts.organization),
        Some(String::new()),
        facts.names.first().cloned(),
        Some(facts.backend_id.clone()),
        facts.serial.clone(),
        Some(moment(facts.requested)),
        facts.issued.map(moment),
        None,
        facts.revoked.map(moment),
        facts.issued.map(|_| moment(facts.expires)),
        Some("Enrollment form".to_owned()),
    ]
}

pub(super) fn domain(scm: &SectigoScm, facts: &DomainFacts) -> Cells {
    let words = |text: &str| {
        let text = text.replace('_', " ").to_lowercase();
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let owners = facts.organizations.iter();
    let owners: Vec<_> = owners.filter_map(|id| scm.organization_name(*id)).collect();
    vec![
        Some(facts.name.clone()),
        facts.until.map(moment),
        Some(words(facts.status)),
        facts.method.map(str::to_owned),
        Some(words(facts.order_status)),
        facts.order_method.map(str::to_owned),
        Some(String::new()),
        Some(String::new()),
        Some(owners.join(";")),
        Some("SECTIGO Public CA".to_owned()),
        Some(String::new()),
    ]
}
