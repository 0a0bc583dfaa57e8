//! Certificates of every kind: what they have in common, and each kind in a module of its own.

mod annotate;
pub(super) mod code_signing;
pub(super) mod code_signing_requests;
pub(super) mod collect;
pub(super) mod csr;
mod decide;
mod description;
pub(super) mod device;
mod discovered;
mod facts;
mod fleet;
mod import;
mod kind;
mod locations;
mod material;
mod record;
mod records;
mod revoke;
mod search;
pub(super) mod smime;
pub(super) mod ssl;

use std::collections::HashMap;

use jiff::Timestamp;

use self::{
    code_signing::CodeSigning,
    code_signing_requests::Signing,
    device::Device,
    records::Records,
    smime::Smime,
    ssl::{Link, Ssl},
};
pub(super) use self::{
    discovered::{CERTIFICATE_TYPES, Filed},
    facts::{Facts, Reported},
};
use super::{Options, customer::Customer};

/// All certificates, and the keys and links that belong to them.
#[derive(Debug)]
pub(super) struct Certificates {
    ssl: Records<Ssl>,
    smime: Records<Smime>,
    device: Records<Device>,
    code_signing: Records<CodeSigning>,
    signing: Signing,
    links: HashMap<String, Link>,
    keys: fleet::Keys,
}

impl Certificates {
    pub(super) fn made_up(options: &Options, customer: &Customer, now: Timestamp) -> Self {
        Self {
            ssl: fleet::ssl(options.certificates, customer, now),
            smime: fleet::persons(options.persons, customer, now),
            device: fleet::devices(options.devices, customer, now),
            code_signing: Records::default(),
            signing: Signing::default(),
            links: HashMap::new(),
            keys: fleet::Keys::default(),
        }
    }

    /// Whether SSL certificates were ordered for a domain or below it.
    pub(super) fn name_below(&self, domain: &str) -> bool {
        let below = |name: &String| {
            let rest = name.strip_suffix(domain);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.ssl
            .values()
            .any(|record| record.names.iter().any(below))
    }

    /// Makes one administrator the requester of what another one requested.
    pub(super) fn hand_over(&mut self, from: i64, to: i64, requester: &str) {
        self.ssl.hand_over(from, to, requester);
        self.smime.hand_over(from, to, requester);
        self.device.hand_over(from, to, requester);
        self.code_signing.hand_over(from, to, requester);
    }

    /// Whether any certificate belongs to one of these organizations.
    pub(super) fn belong_to(&self, organizations: &[i64]) -> bool {
        self.ssl.belong_to(organizations)
            || self.smime.belong_to(organizations)
            || self.device.belong_to(organizations)
            || self.code_signing.belong_to(organizations)
    }
}
