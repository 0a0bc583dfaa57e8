use serde_json::{Value, json};

use crate::{
    frame::Object,
    sectigo_scm::{organizations::Organizations, problem::Problem},
};

/// What an organization may order for a domain.
#[derive(Clone, Debug)]
pub(super) struct Delegation {
    pub(super) organization: i64,
    pub(super) certificate_types: Vec<String>,
    /// Names that may be ordered; all of them where it is empty.
    pub(super) privileges: Vec<String>,
    pub(super) approved: bool,
}

const CERTIFICATE_TYPES: [&str; 4] = ["SSL", "SMIME", "CodeSign", "BrandIndicator"];
const PRIVILEGES: [&str; 4] = [
    "DOMAIN",
    "SUBDOMAIN",
    "WILDCARD_1ST_LEVEL",
    "WILDCARD_2ND_LEVEL",
];

impl Delegation {
    pub(super) fn read(
        body: &mut Object,
        organizations: &Organizations,
        approved: bool,
    ) -> Result<Self, Problem> {
        let delegation = Self {
            organization: body.required_integer("orgId", 1..)?,
            certificate_types: choices(body, "certTypes", &CERTIFICATE_TYPES)?
                .filter(|types| !types.is_empty())
                .ok_or_else(|| Problem::missing("certTypes"))?,
            privileges: choices(body, "domainCertificateRequestPrivileges", &PRIVILEGES)?
                .unwrap_or_default(),
            approved,
        };
        organizations.get(delegation.organization)?;
        Ok(delegation)
    }

    pub(super) fn for_everything(organization: i64) -> Self {
        let all = |values: [&str; 4]| values.map(str::to_owned).to_vec();
        Self {
            organization,
            certificate_types: all(CERTIFICATE_TYPES),
            privileges: all(PRIVILEGES),
            approved: true,
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        let pairs = [
            (&mut self.certificate_types, other.certificate_types),
            (&mut self.privileges, other.privileges),
        ];
        for (known, new) in pairs {
            for value in new {
                if !known.contains(&value) {
                    known.push(value);
                }
            }
        }
    }

    /// Whether an SSL certificate may be ordered for a name at or below a domain.
    pub(super) fn covers(&self, domain: &str, name: &str) -> bool {
        let wanted = match name.strip_prefix("*.") {
            Some(bare) if bare == domain => "WILDCARD_1ST_LEVEL",
            Some(_) => "WILDCARD_2ND_LEVEL",
            None if name == domain => "DOMAIN",
            None => "SUBDOMAIN",
        };
        let has = |values: &[String], wanted| values.iter().any(|value| value == wanted);
        let privileged = self.privileges.is_empty() || has(&self.privileges, wanted);
        self.approved && privileged && has(&self.certificate_types, "SSL")
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "orgId": self.organization,
            "certTypes": self.certificate_types,
            "domainCertificateRequestPrivileges": self.privileges,
            "status": status(self.approved),
        })
    }
}

pub(super) fn status(approved: bool) -> &'static str {
    match approved {
        true => "ACTIVE",
        false => "REQUESTED",
    }
}

fn choices(body: &mut Object, name: &str, known: &[&str]) -> Result<Option<Vec<String>>, Problem> {
    let values: Option<Vec<String>> = body.optional(name)?;
    let mut given = values.iter().flatten();
    match given.all(|value| known.contains(&value.as_str())) {
        true => Ok(values),
        false => Err(Problem::invalid_value(&body.name(name))),
    }
}
