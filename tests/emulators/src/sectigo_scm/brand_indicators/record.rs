use jiff::Timestamp;
use serde_json::{Map, Value};

use super::TERM_DAYS;
use crate::{
    frame::x509::{self, SigningRequest},
    sectigo_scm::{
        domains::order::{Challenge, Mode},
        progress::Waiting,
    },
};

/// A certificate, or the request for one.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: i64,
    pub(super) domain: String,
    pub(super) asked: Asked,
    pub(super) order: String,
    pub(super) status: Status,
    pub(super) requester: i64,
    pub(super) approver: Option<i64>,
    pub(super) requested: Timestamp,
    pub(super) approved: Option<Timestamp>,
    pub(super) declined: Option<Timestamp>,
    pub(super) downloaded: Option<Timestamp>,
    pub(super) revoked: Option<Timestamp>,
    pub(super) waiting: Waiting,
    pub(super) control: Control,
    pub(super) issued: Option<Issued>,
}

/// What the request says.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) organization: i64,
    pub(super) csr: Option<SigningRequest>,
    pub(super) mode: Mode,
    pub(super) email: Option<String>,
    pub(super) host_by_ca: bool,
    pub(super) validation: Map<String, Value>,
    pub(super) mark: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Requested,
    Declined,
    Applied,
    Issued,
    Revoked,
}

/// Control over the domain: how it is shown, and when the authority looked.
#[derive(Clone, Debug)]
pub(super) struct Control {
    pub(super) challenge: Challenge,
    pub(super) checked: Timestamp,
    pub(super) asked_for: bool,
    pub(super) shown: Option<Timestamp>,
    /// For the link in the mail.
    pub(super) mail: Waiting,
}

/// What the authority issued.
#[derive(Clone, Debug)]
pub(super) struct Issued {
    pub(super) at: Timestamp,
    pub(super) expires: Timestamp,
    pub(super) certificate: x509::Certificate,
    pub(super) sha1: String,
    pub(super) sha256: String,
}

impl Record {
    pub(super) fn new(id: i64, domain: String, asked: Asked, caller: i64, now: Timestamp) -> Self {
        Self {
            id,
            control: Control::new(&domain, now),
            domain,
            asked,
            order: format!("emulated-{id}"),
            status: Status::Requested,
            requester: caller,
            approver: None,
            requested: now,
            approved: None,
            declined: None,
            downloaded: None,
            revoked: None,
            waiting: Waiting::since(now),
            issued: None,
        }
    }

    pub(super) fn status_at(&self, now: Timestamp) -> &'static str {
        match self.status {
            Status::Requested => "Requested",
            Status::Declined => "Declined",
            Status::Applied => "Applied",
            Status::Issued if self.expires().is_some_and(|end| end < now) => "Expired",
            Status::Issued => "Issued",
            Status::Revoked => "Revoked",
        }
    }

    pub(super) fn expires(&self) -> Option<Timestamp> {
        Some(self.issued.as_ref()?.expires)
    }

    pub(super) fn term(&self) -> i64 {
        self.issued.as_ref().map_or(0, |_| TERM_DAYS)
    }

    pub(super) fn approve(&mut self, approver: i64, at: Timestamp) {
        self.status = Status::Applied;
        self.approver = Some(approver);
        self.approved = Some(at);
        self.waiting = Waiting::since(at);
    }

    pub(super) fn decline(&mut self, at: Timestamp) {
        self.status = Status::Declined;
        self.declined = Some(at);
    }

    /// A request that was changed waits for its approval anew.
    pub(super) fn resubmit(&mut self, domain: String, asked: Asked, now: Timestamp) {
        self.control = Control::new(&domain, now);
        (self.domain, self.asked) = (domain, asked);
        self.status = Status::Requested;
        self.declined = None;
        self.waiting = Waiting::since(now);
    }
}

impl Control {
    fn new(domain: &str, now: Timestamp) -> Self {
        Self {
            challenge: Challenge::new(domain),
            checked: now,
            asked_for: false,
            shown: None,
            mail: Waiting::since(now),
        }
    }
}
