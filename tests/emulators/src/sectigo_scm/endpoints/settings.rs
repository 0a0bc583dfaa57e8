use serde_json::{Value, json};

use super::Kind;
use crate::{
    frame::{Invalid, Object},
    sectigo_scm::problem::Problem,
};

/// What a request says about an account.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) profiles: Option<Vec<i64>>,
    pub(super) csr_generation: Option<String>,
    pub(super) auto_approve: Option<bool>,
    pub(super) auto_renew: Option<bool>,
    pub(super) empty_pin: Option<bool>,
    pub(super) auth: Option<String>,
    pub(super) access_code: Option<String>,
    pub(super) rules: Option<Vec<Rule>>,
    pub(super) encryption: Option<String>,
}

/// What an identity provider has to say about an applicant.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    key: String,
    match_type: String,
    values: Vec<String>,
}

const ENCRYPTIONS: [&str; 2] = ["AES256-SHA256", "TripleDES-SHA1"];
const MATCH_TYPES: [&str; 2] = ["MATCHES", "CONTAINS"];
/// What the emulated installation allows; others may differ.
const KEYS: [&str; 10] = [
    "cn",
    "displayname",
    "entitlement",
    "eppn",
    "givenname",
    "groups",
    "mail",
    "schachomeorganization",
    "sn",
    "uid",
];

impl Settings {
    pub(super) fn read(body: &mut Object) -> Result<Self, Problem> {
        let rules = body.optional::<Vec<Object>>("idpMappingRules")?;
        let rules = rules.map(|rules| rules.into_iter().map(Rule::read).collect());
        let settings = Self {
            name: body.text("name", 3..=128)?,
            profiles: body.optional("profileIds")?,
            csr_generation: body.optional("csrGenerationMethod")?,
            auto_approve: body.optional("autoApprove")?,
            auto_renew: body.optional("allowAutoRenew")?,
            empty_pin: body.optional("allowEmptyPin")?,
            auth: body.optional("accountAuthMethod")?,
            access_code: body.text("accessCode", ..=255)?,
            rules: rules.transpose()?,
            encryption: body.choice("preferredKeyProtectionAlgorithm", &ENCRYPTIONS)?,
        };
        settings.check_written()?;
        Ok(settings)
    }

    /// Refuses a new account without what every one has; tells its profiles.
    pub(super) fn check_complete(&self) -> Result<Vec<i64>, Problem> {
        let missing = [
            ("name", self.name.is_none()),
            ("csrGenerationMethod", self.csr_generation.is_none()),
            ("accountAuthMethod", self.auth.is_none()),
        ];
        if let Some((field, _)) = missing.iter().find(|(_, missing)| *missing) {
            return Err(Problem::missing(field));
        }
        let profiles = self.profiles.clone();
        profiles.ok_or_else(|| Problem::missing("profileIds"))
    }

    /// Refuses lists without entries, and a code of blanks.
    fn check_written(&self) -> Result<(), Problem> {
        let blank = |code: &String| code.trim().is_empty();
        let wrong = [
            (
                "profileIds",
                self.profiles.as_ref().is_some_and(Vec::is_empty),
            ),
            (
                "idpMappingRules",
                self.rules.as_ref().is_some_and(Vec::is_empty),
            ),
            ("accessCode", self.access_code.as_ref().is_some_and(blank)),
        ];
        match wrong.iter().find(|(_, wrong)| *wrong) {
            Some((field, _)) => Err(Problem::invalid_value(field)),
            None => Ok(()),
        }
    }

    /// Refuses what a form of this kind does not have; `csr_generation` is what the account has
    /// already.
    pub(super) fn check(&self, kind: &Kind, csr_generation: Option<&str>) -> Result<(), Problem> {
        let fits =
            |value: &Option<String>, has: &dyn Fn(&str) -> bool| value.as_deref().is_none_or(has);
        let csr = fits(&self.csr_generation, &|name| kind.has_csr_generation(name));
        let right = [
            ("csrGenerationMethod", csr),
            (
                "accountAuthMethod",
                fits(&self.auth, &|name| kind.has_account_auth(name)),
            ),
            (
                "autoApprove",
                self.auto_approve.is_none() || kind.has_auto_approval(),
            ),
            (
                "allowAutoRenew",
                self.auto_renew.is_none() || kind.has_auto_renewal(),
            ),
        ];
        if let Some((field, _)) = right.iter().find(|(_, right)| !right) {
            return Err(Problem::invalid_value(field));
        }
        self.check_auth()?;
        self.check_approval(kind, csr_generation)
    }

    /// Refuses a way in without what it needs.
    fn check_auth(&self) -> Result<(), Problem> {
        match self.auth.as_deref() {
            Some("ACCESS_CODE") if self.access_code.is_none() => {
                Err(Problem::missing("accessCode"))
            }
            Some("IDP_ASSERTIONS_MAPPING") if self.rules.is_none() => {
                Err(Problem::missing("idpMappingRules"))
            }
            _ => Ok(()),
        }
    }

    /// Nobody is there to approve what the key generator asks for.
    fn check_approval(&self, kind: &Kind, csr_generation: Option<&str>) -> Result<(), Problem> {
        let sent = self.csr_generation.as_deref();
        if sent.or(csr_generation) != Some("SECTIGOGEN") || !kind.has_auto_approval() {
            return Ok(());
        }
        match self.auto_approve {
            Some(true) => Ok(()),
            Some(false) => Err(Problem::invalid_value("autoApprove")),
            None if sent.is_some() => Err(Problem::missing("autoApprove")),
            None => Ok(()),
        }
    }
}

impl Rule {
    fn read(mut rule: Object) -> Result<Self, Invalid> {
        let mut choice = |name: &str, known: &[&str]| {
            let chosen = rule.choice(name, known)?;
            chosen.ok_or_else(|| Invalid::missing(rule.name(name)))
        };
        let (key, match_type) = (choice("key", &KEYS)?, choice("matchType", &MATCH_TYPES)?);
        let values: Vec<String> = rule.required("values")?;
        if values.is_empty() {
            return Err(Invalid::missing(rule.name("values")));
        }
        rule.finish()?;
        Ok(Self {
            key,
            match_type,
            values,
        })
    }

    pub(super) fn json(&self) -> Value {
        json!({"key": self.key, "matchType": self.match_type, "values": self.values})
    }
}
