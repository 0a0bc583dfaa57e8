use serde_json::{Value, json};

use crate::{
    frame::Object,
    sectigo_scm::{SectigoScm, problem::Problem},
};

/// A role, and of which organization or department.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) organization: Option<i64>,
}

pub(super) const MASTER: &str = "MRAO";

/// The roles that can be given, in the order of the vendor's sample.
pub(super) const NAMES: [&str; 9] = [
    MASTER,
    "RAO_SSL",
    "RAO_SMIME",
    "RAO_CS",
    "RAO_DEVICE",
    "DRAO_SSL",
    "DRAO_SMIME",
    "DRAO_CS",
    "DRAO_DEVICE",
];

/// Those that a list can be narrowed to besides.
pub(super) const FILTERS: [&str; 2] = ["RAO_BRAND", "DRAO_BRAND"];

impl Role {
    pub(super) fn master() -> Self {
        Self {
            name: MASTER.to_owned(),
            organization: None,
        }
    }

    /// What kind of certificates it is for: `SSL`, `SMIME`, `CS`, `DEVICE`.
    pub(super) fn is_for(&self, kind: &str) -> bool {
        is_for(&self.name, kind)
    }

    pub(super) fn json(&self) -> Value {
        match self.organization {
            Some(id) => json!({"role": self.name, "orgId": id}),
            None => json!({"role": self.name}),
        }
    }
}

pub(super) fn is_for(role: &str, kind: &str) -> bool {
    role == MASTER
        || role
            .split_once('_')
            .is_some_and(|(_, suffix)| suffix == kind)
}

/// What a role reaches over: everything, organizations or departments.
pub(super) fn level(role: &str) -> usize {
    ["MRAO", "RAO_", "DRAO_"]
        .iter()
        .position(|prefix| role.starts_with(prefix))
        .unwrap_or_default()
}

/// Reads `credentials`, which are not empty.
pub(super) fn read(body: &mut Object) -> Result<Option<Vec<Role>>, Problem> {
    let Some(entries) = body.optional::<Vec<Object>>("credentials")? else {
        return Ok(None);
    };
    if entries.is_empty() {
        return Err(Problem::missing("credentials"));
    }
    let roles = entries.into_iter().map(entry);
    roles.collect::<Result<_, _>>().map(Some)
}

fn entry(mut entry: Object) -> Result<Role, Problem> {
    let name = entry.choice("role", &NAMES)?;
    let name = name.ok_or_else(|| Problem::missing(&entry.name("role")))?;
    let organization = entry.integer("orgId", 1..)?;
    entry.finish()?;
    let organization = organization.filter(|_| name != MASTER);
    Ok(Role { name, organization })
}

impl SectigoScm {
    /// Refuses roles of two levels, without an organization or with several of them.
    pub(super) fn check_roles(&self, roles: &[Role]) -> Result<(), Problem> {
        let first = roles.first().map(|role| level(&role.name));
        if roles.iter().any(|role| Some(level(&role.name)) != first) {
            let why = "Please select roles for the same level";
            return Err(Problem::bad(-222, why));
        }
        for role in roles {
            self.check_organization(role, roles)?;
        }
        Ok(())
    }

    fn check_organization(&self, role: &Role, roles: &[Role]) -> Result<(), Problem> {
        if role.name == MASTER {
            return Ok(());
        }
        let Some(organization) = role.organization else {
            let why = "Please select at least one Organization/Department for each selected role";
            return Err(Problem::bad(-221, why));
        };
        self.organizations.get(organization)?;
        match roles.iter().filter(|other| other.name == role.name).count() {
            1 => Ok(()),
            _ => {
                let why = "Please select only one Organization/Department for each selected role";
                Err(Problem::bad(-223, why))
            }
        }
    }
}
