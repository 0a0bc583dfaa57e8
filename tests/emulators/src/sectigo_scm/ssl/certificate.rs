use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rcgen::KeyPair;

use super::{
    super::{customer::CustomFieldValues, locations::Locations, progress::Waiting},
    dcv::Dcv,
    is_expired,
};
use crate::frame::x509::{self, KeyKind, SigningRequest};

/// One SSL certificate, from its request to its end.
#[derive(Debug)]
pub(in crate::sectigo_scm) struct SslCertificate {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) renew_id: String,
    pub(in crate::sectigo_scm) organization: i64,
    /// None for one that was imported or discovered.
    pub(in crate::sectigo_scm) profile: Option<i64>,
    pub(in crate::sectigo_scm) term: i64,
    pub(in crate::sectigo_scm) common_name: String,
    pub(in crate::sectigo_scm) names: Vec<String>,
    pub(in crate::sectigo_scm) status: Status,
    pub(in crate::sectigo_scm) waiting: Waiting,
    pub(in crate::sectigo_scm) approver: Option<i64>,
    pub(in crate::sectigo_scm) requester: String,
    pub(in crate::sectigo_scm) requester_id: Option<i64>,
    pub(in crate::sectigo_scm) external_requester: Option<String>,
    /// As filters spell it.
    pub(in crate::sectigo_scm) requested_via: &'static str,
    pub(in crate::sectigo_scm) comments: String,
    pub(in crate::sectigo_scm) custom_fields: CustomFieldValues,
    pub(in crate::sectigo_scm) requested: Timestamp,
    pub(in crate::sectigo_scm) approved: Option<Timestamp>,
    pub(in crate::sectigo_scm) issued: Option<Timestamp>,
    pub(in crate::sectigo_scm) declined: Option<Timestamp>,
    pub(in crate::sectigo_scm) expires: Timestamp,
    pub(in crate::sectigo_scm) replaced: Option<Timestamp>,
    pub(in crate::sectigo_scm) revoked: Option<Timestamp>,
    pub(in crate::sectigo_scm) reason_code: Option<i64>,
    pub(in crate::sectigo_scm) renewed: Option<Timestamp>,
    pub(in crate::sectigo_scm) serial: Option<Vec<u8>>,
    pub(in crate::sectigo_scm) key: KeyKind,
    pub(in crate::sectigo_scm) backend_certificate_id: Option<String>,
    pub(in crate::sectigo_scm) auto_renew: Option<i64>,
    pub(in crate::sectigo_scm) suspend_notifications: bool,
    pub(in crate::sectigo_scm) locations: Locations,
    pub(in crate::sectigo_scm) dcv: Dcv,
    /// The request; for a made-up certificate only once somebody asks for it.
    pub(in crate::sectigo_scm) request: Option<SigningRequest>,
    /// The certificate itself; signed only once somebody asks for it.
    pub(in crate::sectigo_scm) certificate: Option<x509::Certificate>,
    pub(in crate::sectigo_scm) private_key: AgentKey,
}

/// What the private key agent holds for a certificate.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) enum AgentKey {
    /// Nothing: the request came from outside.
    None,
    /// The key that made-up certificates share.
    Shared,
    /// A key of its own.
    Own(Arc<KeyPair>),
}

/// The states that the emulator knows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::sectigo_scm) enum Status {
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

impl SslCertificate {
    /// A request that is made now, for everything else to be filled in.
    pub(in crate::sectigo_scm) fn requested(id: i64, now: Timestamp) -> Self {
        Self {
            id,
            renew_id: String::new(),
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
            external_requester: None,
            requested_via: "REST",
            comments: String::new(),
            custom_fields: Vec::new(),
            requested: now,
            approved: None,
            issued: None,
            declined: None,
            expires: now,
            replaced: None,
            revoked: None,
            reason_code: None,
            renewed: None,
            serial: None,
            key: KeyKind::Rsa(2048),
            backend_certificate_id: None,
            auto_renew: None,
            suspend_notifications: false,
            locations: Locations::default(),
            dcv: Dcv::default(),
            request: None,
            certificate: None,
            private_key: AgentKey::None,
        }
    }

    pub(in crate::sectigo_scm) fn approve(&mut self, approver: Option<i64>, now: Timestamp) {
        self.approver = approver;
        self.approved = Some(now);
        self.apply(now);
    }

    /// Hands the order to the authority.
    pub(super) fn apply(&mut self, now: Timestamp) {
        self.status = Status::Applied;
        self.waiting = Waiting::since(now);
    }

    pub(in crate::sectigo_scm) fn decline(&mut self, now: Timestamp) {
        self.status = Status::Declined;
        self.declined = Some(now);
    }

    pub(in crate::sectigo_scm) fn issue(&mut self, serial: Vec<u8>, now: Timestamp) {
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
    pub(in crate::sectigo_scm) fn discover(&mut self, serial: Vec<u8>) {
        self.issue(serial, self.requested);
        self.profile = None;
        self.requested_via = "DISCOVERY";
    }

    pub(in crate::sectigo_scm) fn revoke(&mut self, at: Timestamp, reason_code: i64) {
        self.status = Status::Revoked;
        self.revoked = Some(at);
        self.reason_code = Some(reason_code);
    }

    /// The status, an issued certificate's time taken into account.
    pub(super) fn status_at(&self, now: Timestamp) -> Status {
        match self.status {
            Status::Issued if is_expired(self.expires, now) => Status::Expired,
            other => other,
        }
    }

    /// Whether the next step is somebody else's.
    pub(super) fn waits(&self) -> bool {
        matches!(self.status, Status::Requested | Status::Applied)
    }

    /// Whether it came into the system without being requested there.
    pub(super) fn is_unmanaged(&self) -> bool {
        matches!(self.requested_via, "IMPORTED" | "DISCOVERY")
    }

    pub(super) fn serial_text(&self) -> Option<String> {
        Some(x509::hex(self.serial.as_ref()?, ":"))
    }

    pub(super) fn order_number(&self) -> i64 {
        7_000_000 + self.id
    }

    pub(super) fn backend_id(&self) -> String {
        let own = self.backend_certificate_id.clone();
        own.unwrap_or_else(|| self.order_number().to_string())
    }
}
