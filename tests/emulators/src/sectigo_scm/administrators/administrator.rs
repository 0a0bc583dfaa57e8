use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    privilege::Needed,
    role::{self, Role},
};
use crate::{frame::Password, sectigo_scm::dates::DateFormat};

/// Somebody who administers certificates.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Administrator {
    pub(in crate::sectigo_scm) id: i64,
    pub(super) kind: Kind,
    pub(super) texts: Texts,
    pub(super) password: Option<Password>,
    pub(super) password_changed: Option<Timestamp>,
    pub(super) identity_provider: Option<i64>,
    pub(super) template: Option<i64>,
    pub(super) roles: Vec<Role>,
    pub(super) privileges: Vec<String>,
    pub(super) active: bool,
    pub(super) creator: Option<i64>,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
    pub(super) deleted: Option<Timestamp>,
    pub(super) invited: Option<Timestamp>,
    pub(super) failed_sign_ins: i64,
    pub(super) failed: Option<Timestamp>,
}

pub(super) type Texts = BTreeMap<&'static str, String>;

/// The kinds of administrators.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Standard,
    Api,
    Idp,
    Sas,
}

pub(super) const LOGIN: &str = "login";
pub(super) const CERTIFICATE: &str = "certificateSerialNumber";
pub(super) const PERSON: &str = "idpPersonId";

/// What a person has, in requests and in answers.
const ANSWERED: [(&str, &str); 13] = [
    ("forename", "forename"),
    ("surname", "surname"),
    ("email", "email"),
    ("title", "title"),
    ("telephone", "phone"),
    ("locality", "city"),
    ("state", "state"),
    ("postalCode", "zip"),
    ("country", "country"),
    ("relationship", "relationship"),
    (LOGIN, LOGIN),
    (CERTIFICATE, "authCert"),
    (PERSON, PERSON),
];

/// As in the vendor's samples.
const PASSWORD_LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);

impl Kind {
    pub(super) const NAMES: [&'static str; 4] = ["STANDARD", "API", "IDP", "SAS"];

    const ALL: [Self; 4] = [Self::Standard, Self::Api, Self::Idp, Self::Sas];

    pub(super) fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.text() == name)
    }

    pub(super) fn text(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Whether those of the kind sign in by themselves.
    pub(super) fn has_login(self) -> bool {
        matches!(self, Self::Standard | Self::Api)
    }

    /// Whether those of the kind can sign in by an identity provider.
    pub(super) fn has_identity(self) -> bool {
        matches!(self, Self::Standard | Self::Idp)
    }

    pub(super) fn can_become(self, other: Self) -> bool {
        let to_sas = self == Self::Idp && other == Self::Sas;
        self == other || self == Self::Standard || other == Self::Standard || to_sas
    }
}

impl Administrator {
    pub(super) fn new(id: i64, kind: Kind, now: Timestamp) -> Self {
        Self {
            id,
            kind,
            texts: Texts::new(),
            password: None,
            password_changed: None,
            identity_provider: None,
            template: None,
            roles: Vec::new(),
            privileges: Vec::new(),
            active: true,
            creator: None,
            created: now,
            modified: now,
            deleted: None,
            invited: None,
            failed_sign_ins: 0,
            failed: None,
        }
    }

    /// A master administrator, whose password never expires.
    pub(super) fn made_up(id: i64, [forename, email]: [&str; 2], now: Timestamp) -> Self {
        let mut administrator = Self::new(id, Kind::Standard, now);
        let texts = [
            ("forename", forename),
            ("surname", "Example"),
            ("email", email),
        ];
        let texts = texts.map(|(name, text)| (name, text.to_owned()));
        administrator.texts.extend(texts);
        administrator.roles.push(Role::master());
        administrator
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    pub(super) fn login(&self) -> Option<&str> {
        self.text(LOGIN)
    }

    pub(super) fn set_login(&mut self, login: &str) {
        self.texts.insert(LOGIN, login.to_owned());
    }

    pub(super) fn set_password(&mut self, password: Password, now: Timestamp) {
        self.password = Some(password);
        self.password_changed = Some(now);
    }

    pub(super) fn has_password(&self, password: &str) -> bool {
        let known = self.password.as_ref();
        known.is_some_and(|known| known.expose() == password)
    }

    /// First and last name.
    pub(in crate::sectigo_scm) fn name(&self) -> String {
        let names = ["forename", "surname"].map(|name| self.text(name));
        let names: Vec<_> = names.into_iter().flatten().collect();
        names.join(" ")
    }

    /// The name under which certificates are requested.
    pub(in crate::sectigo_scm) fn requester(&self) -> String {
        let name = self.login().or_else(|| self.text("email"));
        name.unwrap_or_default().to_owned()
    }

    pub(super) fn has_role(&self, name: &str) -> bool {
        self.roles.iter().any(|role| role.name == name)
    }

    pub(super) fn is_master(&self) -> bool {
        self.has_role(role::MASTER)
    }

    /// Whether the roles reach certificates of a kind, and a privilege allows it.
    pub(super) fn may(&self, needed: &Needed) -> bool {
        let role = self.roles.iter().any(|role| role.is_for(needed.role));
        let privileged = self.privileges.iter().any(|name| name == needed.privilege);
        self.is_master() || (role && privileged)
    }

    /// Drops what the kind does not have.
    pub(super) fn become_kind(&mut self, kind: Kind) {
        self.kind = kind;
        if !kind.has_login() {
            self.texts.remove(LOGIN);
            self.texts.remove(CERTIFICATE);
            (self.password, self.password_changed) = (None, None);
        }
        if !kind.has_identity() {
            self.texts.remove(PERSON);
            self.identity_provider = None;
        }
    }

    /// When the password expires, and whether it has.
    pub(super) fn password_state(&self, now: Timestamp) -> (&'static str, Option<Timestamp>) {
        let expires = self.password_changed.map(|at| at + PASSWORD_LIFETIME);
        let state = match expires {
            None => "NEVER_EXPIRE",
            Some(at) if at <= now => "EXPIRED",
            Some(_) => "ALIVE",
        };
        (state, expires)
    }

    pub(super) fn summary(&self) -> Value {
        let names = [LOGIN, "forename", "surname", "email"];
        let named = names
            .into_iter()
            .filter_map(|name| self.texts.get_key_value(name));
        let mut body: Value = named
            .map(|(name, text)| ((*name).to_owned(), Value::from(text.as_str())))
            .collect();
        body["id"] = self.id.into();
        body["type"] = self.kind.text().into();
        body
    }

    pub(super) fn json(&self, dates: DateFormat, now: Timestamp) -> Value {
        let texts = ANSWERED.iter().filter_map(|(name, answered)| {
            let text = self.texts.get(*name)?;
            Some(((*answered).to_owned(), Value::from(text.as_str())))
        });
        let mut body: Value = texts.collect();
        let (code, word) = match self.active {
            true => ("ACTIVE", "Active"),
            false => ("SUSPENDED", "Suspended"),
        };
        body["id"] = self.id.into();
        body["type"] = self.kind.text().into();
        body["status"] = "Active".into();
        body["activeState"] = word.into();
        body["activeStatus"] = code.into();
        body["credentials"] = self.roles.iter().map(Role::json).collect();
        body["privileges"] = json!(self.privileges);
        body["failedAttempts"] = self.failed_sign_ins.into();
        self.numbers(&mut body);
        self.write_dates(&mut body, dates, now);
        body
    }

    fn numbers(&self, body: &mut Value) {
        let numbers = [
            ("clientAdminCreator", self.creator),
            ("identityProviderId", self.identity_provider),
            ("templateId", self.template),
        ];
        for (name, number) in numbers {
            if let Some(number) = number {
                body[name] = number.into();
            }
        }
    }

    fn write_dates(&self, body: &mut Value, dates: DateFormat, now: Timestamp) {
        let (state, expires) = self.password_state(now);
        if self.kind.has_login() {
            body["passwordState"] = state.into();
        }
        let times = [
            ("created", Some(self.created)),
            ("modified", Some(self.modified)),
            ("deleted", self.deleted),
            ("idpLoginInvited", self.invited),
            ("failedDate", self.failed),
            ("lastPasswordChange", self.password_changed),
            ("passwordExpiryDate", expires),
        ];
        for (name, at) in times {
            if let Some(at) = at {
                body[name] = dates.write(at).into();
            }
        }
    }
}
