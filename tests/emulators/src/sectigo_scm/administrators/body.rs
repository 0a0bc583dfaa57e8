//! What a body says of an administrator.

use super::{
    administrator::{CERTIFICATE, Kind, LOGIN, PERSON, Texts},
    password, privilege,
    role::{self, Role},
};
use crate::{
    frame::Object,
    sectigo_scm::{
        SectigoScm,
        contact::{is_email, is_phone},
        problem::Problem,
    },
};

/// What is sent, as far as the kind of administrator has it.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) kind: Kind,
    pub(super) texts: Texts,
    pub(super) password: Option<String>,
    pub(super) identity_provider: Option<i64>,
    pub(super) privileges: Option<Vec<String>>,
    pub(super) roles: Option<Vec<Role>>,
    pub(super) active: Option<bool>,
}

/// Names with their greatest lengths.
const TEXTS: [(&str, usize); 11] = [
    ("forename", 64),
    ("surname", 64),
    ("email", 128),
    ("title", 64),
    ("telephone", 32),
    ("street", 128),
    ("locality", 128),
    ("state", 128),
    ("postalCode", 40),
    ("country", 2),
    ("relationship", 256),
];
const STATES: [&str; 2] = ["ACTIVE", "SUSPENDED"];

/// Reads the kind; left out it is `otherwise`.
pub(super) fn kind(body: &mut Object, otherwise: Kind) -> Result<Kind, Problem> {
    let named = body.choice("type", &Kind::NAMES)?;
    Ok(named
        .and_then(|name| Kind::named(&name))
        .unwrap_or(otherwise))
}

impl Sent {
    /// Reads a body to its end: what the kind has, and nothing else.
    pub(super) fn read(mut body: Object, kind: Kind) -> Result<Self, Problem> {
        let body = &mut body;
        let mut texts = Texts::new();
        for (name, most) in TEXTS {
            take(body, &mut texts, name, 0..=most)?;
        }
        let mut sent = Self {
            kind,
            texts,
            password: None,
            identity_provider: None,
            privileges: body.optional("privileges")?,
            roles: role::read(body)?,
            active: body
                .choice("activeStatus", &STATES)?
                .map(|state| state == STATES[0]),
        };
        if kind.has_login() {
            sent.read_sign_in(body)?;
        }
        if kind.has_identity() {
            sent.identity_provider = body.integer("identityProviderId", 1..)?;
            take(body, &mut sent.texts, PERSON, 0..=256)?;
        }
        body.clone().finish()?;
        Ok(sent)
    }

    fn read_sign_in(&mut self, body: &mut Object) -> Result<(), Problem> {
        take(body, &mut self.texts, LOGIN, 3..=128)?;
        take(body, &mut self.texts, CERTIFICATE, 1..)?;
        self.password = body.text("password", 0..=64)?;
        Ok(())
    }

    /// Refuses what is not there.
    pub(super) fn demand(&self, names: &[&'static str]) -> Result<(), Problem> {
        let has = |name: &str| match name {
            "password" => self.password.is_some(),
            "credentials" => self.roles.is_some(),
            name => self.texts.contains_key(name),
        };
        match names.iter().find(|name| !has(name)) {
            Some(name) => Err(Problem::missing(name)),
            None => Ok(()),
        }
    }

    /// What an administrator of a template cannot be changed in.
    pub(super) fn belongs_to_template(&self) -> Option<Problem> {
        if self.roles.is_some() {
            let why = "You have no privilege to modify the role of this admin.";
            return Some(Problem::bad(-253, why));
        }
        if self.privileges.is_some() {
            let why = "You have no privilege to modify the privileges of this admin.";
            return Some(Problem::bad(-234, why));
        }
        let identity = self.identity_provider.is_some() || self.texts.contains_key(PERSON);
        identity.then(|| Problem::invalid_value("identityProviderId"))
    }
}

fn take(
    body: &mut Object,
    texts: &mut Texts,
    name: &'static str,
    length: impl std::ops::RangeBounds<usize>,
) -> Result<(), Problem> {
    let Some(text) = body.text(name, length)? else {
        return Ok(());
    };
    check(name, &text)?;
    texts.insert(name, text);
    Ok(())
}

fn check(name: &str, text: &str) -> Result<(), Problem> {
    let fine = match name {
        "email" if !is_email(text) => {
            return Err(Problem::bad(-237, "Client Admin's Email is invalid"));
        }
        "forename" | "surname" => is_name(text),
        "telephone" => is_phone(text),
        LOGIN => text.chars().all(is_of_login),
        CERTIFICATE => is_serial(text),
        _ => true,
    };
    match fine {
        true => Ok(()),
        false => Err(Problem::invalid_value(name)),
    }
}

/// Something written, without what a name cannot have.
pub(super) fn is_name(text: &str) -> bool {
    let forbidden = "<>|!@#$%^*()~?/\\&_+=\":;,{}[]`";
    !text.trim().is_empty() && !text.contains(|letter| forbidden.contains(letter))
}

fn is_of_login(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!@_.-+'".contains(letter)
}

fn is_serial(text: &str) -> bool {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let fits = |letter: char| letter.is_ascii_hexdigit() || letter == ':';
    !digits.is_empty() && digits.chars().all(fits)
}

/// The identity providers that there are.
pub(super) const PROVIDERS: [(i64, &str); 1] = [(361, "Emulated IdP")];

/// Refuses an identity provider that there is not.
pub(super) fn check_provider(id: Option<i64>) -> Result<(), Problem> {
    let known = |id: i64| PROVIDERS.iter().any(|(known, _)| *known == id);
    match id.is_none_or(known) {
        true => Ok(()),
        false => Err(Problem::invalid_value("identityProviderId")),
    }
}

impl SectigoScm {
    /// Refuses what no administrator can have; `id` is whose it is already.
    pub(super) fn check_sent(&self, sent: &Sent, id: Option<i64>) -> Result<(), Problem> {
        let old = id.and_then(|id| self.administrators.present(id));
        if let Some(roles) = &sent.roles {
            self.check_roles(roles)?;
        }
        let roles = sent.roles.as_deref();
        let roles = roles.or_else(|| old.map(|old| old.roles.as_slice()));
        let roles = roles.unwrap_or_default();
        privilege::check(sent.privileges.as_deref().unwrap_or_default(), roles, &[])?;
        check_provider(sent.identity_provider)?;
        if sent.identity_provider.is_some() {
            sent.demand(&[PERSON])?;
        }
        let login = sent.texts.get(LOGIN).map(String::as_str);
        self.check_login(login, id)?;
        let login = login.or_else(|| old.and_then(|old| old.login()));
        match &sent.password {
            Some(new) => password::check(new, login, old),
            None => Ok(()),
        }
    }

    fn check_login(&self, login: Option<&str>, id: Option<i64>) -> Result<(), Problem> {
        let owner = login.and_then(|login| self.administrators.named(login));
        match owner.is_none_or(|owner| Some(owner.id) == id) {
            true => Ok(()),
            false => Err(Problem::invalid_value(LOGIN)),
        }
    }
}
