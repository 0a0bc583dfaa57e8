use jiff::{SignedDuration, Timestamp};
use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::{
    TERM_DAYS,
    record::{Issued, Record, Status},
};
use crate::{
    frame::{IssueError, Profile, x509},
    sectigo_scm::{SectigoScm, domains::order::Mode, problem::Problem},
};

/// After how long the authority looks again by itself.
pub(super) const BETWEEN_CHECKS: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// For brand indicators (RFC 3709 and its successors): 1.3.6.1.5.5.7.3.31.
const BRAND_INDICATOR: [u64; 9] = [1, 3, 6, 1, 5, 5, 7, 3, 31];

impl SectigoScm {
    /// A look at a certificate by its owner, after which others may have taken a step.
    pub(super) fn look_at_brand_indicator(&mut self, id: i64) -> Result<(), Problem> {
        let now = self.now();
        if let Some(record) = self.brand_indicators.table.unseen_mut(id) {
            record.waiting.look(now);
            record.control.mail.look(now);
        }
        self.settle_brand_indicator(id)
    }

    /// Has happen what is due.
    pub(super) fn settle_brand_indicator(&mut self, id: i64) -> Result<(), Problem> {
        while let Some(step) = self.next_step(id)? {
            self.take(id, step)?;
        }
        let status = self.brand_indicators.get(id)?.status;
        match status {
            Status::Requested | Status::Applied => self.brand_indicators.open.insert(id),
            _ => self.brand_indicators.open.remove(&id),
        };
        Ok(())
    }

    fn next_step(&self, id: i64) -> Result<Option<Step>, Problem> {
        let (now, options) = (self.now(), &self.options);
        let record = self.brand_indicators.get(id)?;
        let due = |progress| {
            let end = record.waiting.end(progress, options.unattended);
            end.filter(|at| *at <= now)
        };
        let checks = self.is_check_due(record, now);
        Ok(match record.status {
            Status::Requested | Status::Applied if checks => Some(Step::Check),
            Status::Requested => due(options.approval).map(Step::Approve),
            Status::Applied if record.control.shown.is_some() => {
                due(options.issuance).map(Step::Issue)
            }
            _ => None,
        })
    }

    fn is_check_due(&self, record: &Record, now: Timestamp) -> bool {
        let control = &record.control;
        let mail = || control.mail.end(self.options.validation, None);
        control.shown.is_none()
            && match record.asked.mode {
                Mode::Email => mail().is_some_and(|at| at <= now),
                _ => control.asked_for || control.checked + BETWEEN_CHECKS <= now,
            }
    }

    fn take(&mut self, id: i64, step: Step) -> Result<(), Problem> {
        match step {
            Step::Check => self.check_brand_indicator(id),
            Step::Approve(at) => {
                let colleague = self.administrators.colleague().unwrap_or_default();
                self.brand_indicators.get_mut(id)?.approve(colleague, at);
                Ok(())
            }
            Step::Issue(at) => self.issue_brand_indicator(id, at),
        }
    }

    fn check_brand_indicator(&mut self, id: i64) -> Result<(), Problem> {
        let now = self.now();
        let record = self.brand_indicators.get(id)?;
        let mode = record.asked.mode;
        let shown =
            mode == Mode::Email || self.domains.has_published(&record.control.challenge, mode);
        let control = &mut self.brand_indicators.get_mut(id)?.control;
        control.checked = now;
        control.asked_for = false;
        control.shown = shown.then_some(now);
        Ok(())
    }

    fn issue_brand_indicator(&mut self, id: i64, at: Timestamp) -> Result<(), Problem> {
        let record = self.brand_indicators.get(id)?;
        let at = record.control.shown.unwrap_or(at).max(at);
        let organization = self.organizations.get(record.asked.organization)?;
        let public_key = match &record.asked.csr {
            Some(request) => request.public_key.der.clone(),
            None => own_key()?,
        };
        let profile = profile(&record.domain, organization.name(), at);
        let der = self.world.authority.issue(&public_key, &profile)?;
        let certificate = x509::Certificate::parse(&der);
        let certificate =
            certificate.ok_or_else(|| Problem::bad(-10, "Error while decoding CSR."))?;
        let record = self.brand_indicators.get_mut(id)?;
        record.status = Status::Issued;
        record.issued = Some(Issued {
            at,
            expires: profile.not_after,
            sha1: x509::hex(&Sha1::digest(&certificate.der), ""),
            sha256: x509::hex(&Sha256::digest(&certificate.der), ""),
            certificate,
        });
        Ok(())
    }
}

/// What somebody other than the caller does next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Check,
    Approve(Timestamp),
    Issue(Timestamp),
}

/// The public key of a certificate for which nobody sent a signing request.
fn own_key() -> Result<Vec<u8>, Problem> {
    let key = KeyPair::generate().map_err(IssueError::from)?;
    Ok(rcgen::PublicKeyData::subject_public_key_info(&key))
}

fn profile(domain: &str, organization: &str, at: Timestamp) -> Profile {
    let subject = vec![
        (DnType::CountryName, "XX".to_owned()),
        (DnType::OrganizationName, organization.to_owned()),
        (DnType::CommonName, domain.to_owned()),
    ];
    let mut serial: Vec<u8> = (0..16).map(|_| fastrand::u8(..)).collect();
    serial[0] = fastrand::u8(1..0x80);
    Profile {
        subject,
        names: vec![domain.to_owned()],
        serial,
        not_before: at,
        not_after: at + DAY * i32::try_from(TERM_DAYS).unwrap_or(i32::MAX),
        key_usages: vec![KeyUsagePurpose::DigitalSignature],
        extended_key_usages: vec![ExtendedKeyUsagePurpose::Other(BRAND_INDICATOR.to_vec())],
    }
}
