use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rcgen::KeyPair;

use super::{fleet, kind::Kind, locations::Locations};
use crate::{
    frame::x509::{self, KeyKind, PublicKey, SigningRequest},
    sectigo_scm::{
        administration::FiledValues,
        problem::Problem,
        progress::{Steps, Waiting},
    },
};

/// One certificate, from its request to its end.
#[derive(Debug)]
pub(super) struct Record<K> {
    pub(super) id: i64,
    pub(super) organization: i64,
    /// None for one that was imported or discovered.
    pub(super) profile: Option<i64>,
    pub(super) term: i64,
    pub(super) common_name: String,
    pub(super) names: Vec<String>,
    pub(super) status: Status,
    pub(super) waiting: Waiting,
    pub(super) approver: Option<i64>,
    pub(super) requester: String,
    pub(super) requester_id: Option<i64>,
    /// As filters spell it.
    pub(super) requested_via: &'static str,
    pub(super) comments: String,
    pub(super) custom_fields: FiledValues,
    pub(super) requested: Timestamp,
    pub(super) approved: Option<Timestamp>,
    pub(super) issued: Option<Timestamp>,
    pub(super) declined: Option<Timestamp>,
    pub(super) expires: Timestamp,
    pub(super) replaced: Option<Timestamp>,
    /// What is to take its place, as soon as that is issued.
    pub(super) successor: Option<Successor>,
    pub(super) revoked: Option<Timestamp>,
    pub(super) reason_code: Option<i64>,
    pub(super) renewed: Option<Timestamp>,
    pub(super) serial: Option<Vec<u8>>,
    pub(super) key: KeyKind,
    pub(super) backend_certificate_id: Option<String>,
    pub(super) locations: Locations,
    /// The request; for a made-up certificate only once somebody asks for it.
    pub(super) request: Option<SigningRequest>,
    /// The certificate itself; signed only once somebody asks for it.
    pub(super) certificate: Option<x509::Certificate>,
    pub(super) private_key: HeldKey,
    /// What only certificates of this kind have.
    pub(super) own: K,
}

/// A replacement that is ordered; the certificate itself goes on until it is issued.
#[derive(Clone, Debug)]
pub(super) struct Successor {
    pub(super) request: SigningRequest,
    pub(super) common_name: String,
    pub(super) names: Vec<String>,
    pub(super) waiting: Waiting,
}

/// What the vendor holds of a certificate's private key.
#[derive(Clone, Debug)]
pub(super) enum HeldKey {
    /// Nothing: the request came from outside.
    None,
    /// The key that made-up certificates share.
    Shared,
    /// A key of its own.
    Own(Arc<KeyPair>),
}

/// The states that the emulator knows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Requested,
    Applied,
    Issued,
    Declined,
    Revoked,
    Expired,
}

impl Status {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Requested => "Requested",
            Self::Applied => "Applied",
            Self::Issued => "Issued",
            Self::Declined => "Declined",
            Self::Revoked => "Revoked",
            Self::Expired => "Expired",
        }
    }
}

impl<K: Kind> Record<K> {
    /// A request that is made now, for everything else to be filled in.
    pub(super) fn requested(id: i64, now: Timestamp) -> Self {
        Self {
            id,
            organization: 0,
            profile: None,
            term: 0,
            common_name: String::new(),
            names: Vec::new(),
            status: Status::Requested,
            waiting: Waiting::since(now),
            approver: None,
            requester: String::new(),
            requester_id: None,
            requested_via: "REST",
            comments: String::new(),
            custom_fields: Vec::new(),
            requested: now,
            approved: None,
            issued: None,
            declined: None,
            expires: now,
            replaced: None,
            successor: None,
            revoked: None,
            reason_code: None,
            renewed: None,
            serial: None,
            key: KeyKind::Rsa(2048),
            backend_certificate_id: None,
            locations: Locations::default(),
            request: None,
            certificate: None,
            private_key: HeldKey::None,
            own: K::default(),
        }
    }

    pub(super) fn set_term(&mut self, days: i64) {
        self.term = days;
        self.expires = self.requested + SignedDuration::from_hours(24 * days);
    }

    pub(super) fn take_key(&mut self, request: SigningRequest) {
        self.key = request.public_key.kind.clone();
        self.request = Some(request);
    }

    pub(super) fn key_of_request(&self) -> Option<&PublicKey> {
        Some(&self.request.as_ref()?.public_key)
    }

    /// Takes over what was issued for another record, which is to be issued anew.
    pub(super) fn take_certificate(&mut self, other: &mut Self) {
        self.organization = other.organization;
        self.profile = other.profile;
        self.term = other.term;
        self.common_name.clone_from(&other.common_name);
        self.names.clone_from(&other.names);
        self.status = other.status;
        self.approver = other.approver;
        self.requester.clone_from(&other.requester);
        self.comments.clone_from(&other.comments);
        self.custom_fields.clone_from(&other.custom_fields);
        self.requested = other.requested;
        self.approved = other.approved;
        self.issued = other.issued;
        self.expires = other.expires;
        self.key = other.key.clone();
        self.serial = other.serial.take();
        self.request = other.request.take();
        self.certificate = other.certificate.take();
    }

    pub(super) fn approve(&mut self, approver: Option<i64>, now: Timestamp) {
        self.approver = approver;
        self.approved = Some(now);
        self.apply(now);
    }

    /// Hands the order to the authority.
    pub(super) fn apply(&mut self, now: Timestamp) {
        self.status = Status::Applied;
        self.waiting = Waiting::since(now);
    }

    pub(super) fn decline(&mut self, now: Timestamp) {
        self.status = Status::Declined;
        self.declined = Some(now);
    }

    pub(super) fn issue(&mut self, serial: Vec<u8>, now: Timestamp) {
        self.status = Status::Issued;
        self.approved.get_or_insert(now);
        self.issued = Some(now);
        self.serial = Some(serial);
        self.certificate = None;
        if self.profile.is_some() {
            self.expires = now + SignedDuration::from_hours(24 * self.term);
        }
    }

    /// Found by a scan instead of being requested.
    pub(super) fn discover(&mut self, serial: Vec<u8>) {
        self.issue(serial, self.requested);
        self.profile = None;
        self.requested_via = "DISCOVERY";
    }

    /// Issues it again in the place of what was issued before.
    fn succeed(&mut self, successor: Successor, serial: Vec<u8>, now: Timestamp) {
        self.common_name = successor.common_name;
        self.names = successor.names;
        self.private_key = HeldKey::None;
        self.take_key(successor.request);
        self.issue(serial, now);
    }

    pub(super) fn look(&mut self, now: Timestamp) {
        self.waiting.look(now);
        if let Some(successor) = &mut self.successor {
            successor.waiting.look(now);
        }
    }

    /// When somebody else takes the next step, as far as that can be told.
    pub(super) fn next_step(&self, steps: &Steps) -> Option<Timestamp> {
        let end = |waiting: &Waiting, progress| waiting.end(progress, steps.unattended);
        match self.status {
            Status::Requested => end(&self.waiting, steps.approval),
            Status::Applied => end(&self.waiting, steps.issuance),
            _ => end(&self.successor.as_ref()?.waiting, steps.issuance),
        }
    }

    pub(super) fn is_due(&self, steps: &Steps) -> bool {
        self.next_step(steps).is_some_and(|at| at <= steps.now)
    }

    /// Takes all steps that are due by now.
    pub(super) fn settle(&mut self, steps: &Steps) {
        while let Some(at) = self.next_step(steps).filter(|at| *at <= steps.now) {
            self.take_step(steps.approver, at);
        }
    }

    /// Takes the next step of those that lie with others.
    pub(super) fn take_step(&mut self, approver: Option<i64>, at: Timestamp) {
        let serial = fleet::serial(&mut fastrand::Rng::new());
        match (self.status, self.successor.take()) {
            (Status::Requested, _) => self.approve(approver, at),
            (Status::Applied, _) => self.issue(serial, at),
            (_, Some(successor)) => self.succeed(successor, serial, at),
            (_, None) => {}
        }
    }

    pub(super) fn revoke(&mut self, at: Timestamp, reason_code: i64) {
        self.successor = None;
        self.status = Status::Revoked;
        self.revoked = Some(at);
        self.reason_code = Some(reason_code);
    }

    /// The status, an issued certificate's time taken into account.
    pub(super) fn status_at(&self, now: Timestamp) -> Status {
        match self.status {
            Status::Issued if self.expires < now => Status::Expired,
            other => other,
        }
    }

    /// Whether the next step is somebody else's.
    pub(super) fn waits(&self) -> bool {
        self.status == Status::Requested || self.is_ordered()
    }

    /// Whether the authority has an order for it.
    pub(super) fn is_ordered(&self) -> bool {
        self.status == Status::Applied || self.successor.is_some()
    }

    /// Whether it came into the system without being requested there.
    pub(super) fn is_unmanaged(&self) -> bool {
        matches!(self.requested_via, "IMPORTED" | "DISCOVERY")
    }

    pub(super) fn serial_text(&self) -> Option<String> {
        Some(x509::hex(self.serial.as_ref()?, ":"))
    }

    /// Whether it has this serial number, with or without colons and leading zeros.
    pub(super) fn has_serial(&self, text: &str) -> bool {
        let digits = |text: &str| -> String {
            let digits = text.chars().filter(|character| *character != ':');
            digits.skip_while(|character| *character == '0').collect()
        };
        let own = self.serial.as_ref().map(|serial| x509::hex(serial, ""));
        own.is_some_and(|own| digits(&own).eq_ignore_ascii_case(&digits(text)))
    }

    /// Whether it has this serial number, big-endian, with or without leading zeros.
    pub(super) fn has_serial_number(&self, serial: &[u8]) -> bool {
        let own = self.serial.as_deref();
        own.is_some_and(|own| significant(own) == significant(serial))
    }

    pub(super) fn order_number(&self) -> i64 {
        match K::MIGRATES_TO_ITS_ID {
            true => self.id,
            false => K::FIRST_BACKEND_ID + self.id,
        }
    }

    pub(super) fn backend_id(&self) -> String {
        let own = self.backend_certificate_id.clone();
        own.unwrap_or_else(|| (K::FIRST_BACKEND_ID + self.id).to_string())
    }

    pub(super) fn refuse_unless(&self, now: Timestamp, fit: &[Status]) -> Result<(), Problem> {
        let status = self.status_at(now);
        match fit.contains(&status) {
            true => Ok(()),
            false => Err(wrong_state::<K>(status)),
        }
    }

    /// One order at a time.
    pub(super) fn refuse_ordered(&self) -> Result<(), Problem> {
        match self.is_ordered() {
            true => Err(wrong_state::<K>(Status::Applied)),
            false => Ok(()),
        }
    }

    pub(super) fn refuse_unmanaged(&self, act: &str) -> Result<(), Problem> {
        match self.is_unmanaged() {
            true => Err(unauthorized(act)),
            false => Ok(()),
        }
    }
}

fn significant(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|octet| **octet == 0).count();
    &number[zeros..]
}

fn wrong_state<K: Kind>(status: Status) -> Problem {
    let why = format!("{} state is not 'ISSUED': {}", K::NAME, status.text());
    Problem::bad(-130, why)
}

pub(super) fn unauthorized(act: &str) -> Problem {
    Problem::bad(-3, format!("You are not authorized to perform {act}."))
}
