use serde_json::{Value, json};

use super::{administration::CustomFields, problem::Problem};
use crate::frame::{Invalid, Object, x509::KeyKind};

/// What belongs to the customer rather than to one certificate: made up, and small enough to be
/// read in the documentation.
#[derive(Debug)]
pub(super) struct Customer {
    pub(super) ssl_profiles: Vec<Profile>,
    pub(super) smime_profiles: Vec<Profile>,
    pub(super) device_profiles: Vec<Profile>,
    pub(super) custom_fields: CustomFields,
}

/// A certificate profile.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub(super) id: i64,
    pub(super) name: &'static str,
    pub(super) terms: &'static [i64],
    pub(super) rsa_sizes: &'static [&'static str],
    pub(super) curves: &'static [&'static str],
    /// SSL alone.
    pub(super) validation: Option<Validation>,
    pub(super) renewable: bool,
    /// The only organization it is delegated to; all of them otherwise.
    pub(super) organization: Option<i64>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Validation {
    Domain,
    Organization,
    Extended,
}

/// What bodies say of custom fields: names and values.
pub(super) type CustomFieldValues = Vec<(String, String)>;

impl Customer {
    pub(super) fn new(custom_fields: &[(String, bool)]) -> Self {
        Self {
            ssl_profiles: ssl_profiles(),
            smime_profiles: smime_profiles(),
            device_profiles: device_profiles(),
            custom_fields: CustomFields::made_up(custom_fields),
        }
    }
}

impl Profile {
    /// Whether it may be used by an organization, if one is named.
    pub(super) fn is_open_to(&self, organization: Option<i64>) -> bool {
        self.organization.is_none() || organization.is_none() || self.organization == organization
    }

    pub(super) fn check_organization(&self, id: i64) -> Result<(), Problem> {
        match self.is_open_to(Some(id)) {
            true => Ok(()),
            false => Err(Problem::bad(-39, "The certificate profile id is invalid!")),
        }
    }

    /// The kinds of keys as forms offer them: `RSA - 2048`.
    pub(super) fn key_types(&self) -> Vec<String> {
        let rsa = self.rsa_sizes.iter().map(|size| format!("RSA - {size}"));
        let ec = self.curves.iter().map(|curve| format!("EC - {curve}"));
        rsa.chain(ec).collect()
    }

    pub(super) fn description(&self) -> String {
        format!("Made-up profile {}", self.name)
    }

    pub(super) fn json(&self) -> Value {
        let mut key_types = serde_json::Map::new();
        key_types.insert("RSA".to_owned(), json!(self.rsa_sizes));
        if !self.curves.is_empty() {
            key_types.insert("EC".to_owned(), json!(self.curves));
        }
        json!({
            "id": self.id,
            "name": self.name,
            "description": self.description(),
            "terms": self.terms,
            "keyTypes": key_types,
            "useSecondaryOrgName": false,
        })
    }

    /// The term in days that an enrolment gets: the first one where none is asked for.
    pub(super) fn term(&self, asked: Option<i64>) -> Result<i64, Problem> {
        let term = asked.unwrap_or(self.terms[0]);
        match self.terms.contains(&term) {
            true => Ok(term),
            false => Err(Problem::bad(
                -36,
                "The validity period (term) is invalid for this certificate profile.",
            )),
        }
    }

    pub(super) fn check_key(&self, key: &KeyKind) -> Result<(), Problem> {
        match key {
            KeyKind::Rsa(bits) if *bits < 2048 => Err(Problem::bad(
                -141,
                "The public key size in the CSR should be 2048 bits minimum.",
            )),
            KeyKind::Rsa(bits) if self.rsa_sizes.contains(&bits.to_string().as_str()) => Ok(()),
            KeyKind::Rsa(_) => Err(Problem::bad(-13, "The CSR uses an unsupported key size!")),
            KeyKind::Ec(_) if self.curves.is_empty() => Err(Problem::bad(
                -170,
                "Based on the customer configuration, ECC CSRs are not allowed.",
            )),
            KeyKind::Ec(curve) if self.curves.contains(curve) => Ok(()),
            _ => Err(Problem::bad(
                -78,
                "The public key is invalid or not supported.",
            )),
        }
    }
}

impl Validation {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Domain => "Domain Validation (DV)",
            Self::Organization => "Organization Validation (OV)",
            Self::Extended => "Extended Validation (EV)",
        }
    }

    pub(super) fn sub_type(self) -> &'static str {
        match self {
            Self::Domain => "DV",
            Self::Organization => "OV",
            Self::Extended => "EV",
        }
    }
}

/// Reads `customFields`: objects of `name` and `value`, both required.
pub(super) fn custom_fields(body: &mut Object) -> Result<Option<CustomFieldValues>, Invalid> {
    let Some(fields) = body.optional::<Vec<Object>>("customFields")? else {
        return Ok(None);
    };
    let read = |mut field: Object| {
        let name = field.required_text("name", 1..=256)?;
        let value = field.required_text("value", 0..=256)?;
        field.finish()?;
        Ok((name, value))
    };
    fields
        .into_iter()
        .map(read)
        .collect::<Result<_, _>>()
        .map(Some)
}

fn ssl_profiles() -> Vec<Profile> {
    vec![
        Profile {
            id: 5101,
            name: "Emulated OV SSL",
            terms: &[365, 90, 30],
            rsa_sizes: &["2048", "3072", "4096"],
            curves: &["P-256", "P-384"],
            validation: Some(Validation::Organization),
            renewable: true,
            organization: None,
        },
        Profile {
            id: 5102,
            name: "Emulated EV SSL",
            terms: &[365],
            rsa_sizes: &["2048", "3072", "4096"],
            curves: &[],
            validation: Some(Validation::Extended),
            renewable: true,
            organization: Some(9001),
        },
        Profile {
            id: 5103,
            name: "Emulated single use SSL",
            terms: &[30],
            rsa_sizes: &["2048"],
            curves: &["P-256"],
            validation: Some(Validation::Organization),
            renewable: false,
            organization: None,
        },
        Profile {
            id: 5104,
            name: "Emulated DV SSL",
            terms: &[365, 90, 30],
            rsa_sizes: &["2048", "3072", "4096"],
            curves: &["P-256", "P-384"],
            validation: Some(Validation::Domain),
            renewable: true,
            organization: None,
        },
    ]
}

fn smime_profiles() -> Vec<Profile> {
    vec![
        Profile {
            id: 5201,
            name: "Emulated person",
            terms: &[365, 730, 30],
            rsa_sizes: &["2048", "3072", "4096"],
            curves: &["P-256", "P-384"],
            validation: None,
            renewable: true,
            organization: None,
        },
        Profile {
            id: 5202,
            name: "Emulated single use person",
            terms: &[30],
            rsa_sizes: &["2048"],
            curves: &["P-256"],
            validation: None,
            renewable: false,
            organization: None,
        },
    ]
}

fn device_profiles() -> Vec<Profile> {
    vec![
        Profile {
            id: 5301,
            name: "Emulated device",
            terms: &[365, 180, 30],
            rsa_sizes: &["2048", "3072", "4096"],
            curves: &["P-256", "P-384"],
            validation: None,
            renewable: true,
            organization: None,
        },
        Profile {
            id: 5302,
            name: "Emulated single use device",
            terms: &[30],
            rsa_sizes: &["2048"],
            curves: &["P-256"],
            validation: None,
            renewable: false,
            organization: Some(9002),
        },
    ]
}
