//! The customer's organizations with their departments, the persons in them, and how authorities
//! have validated them.

mod invitation;
mod key_import;
pub(super) mod org_validation;
pub(super) mod organization;
pub(super) mod person;
mod validation_details;

use jiff::Timestamp;

use self::{
    org_validation::Validation,
    organization::Organization,
    person::{Person, Persons},
};
use super::problem::Problem;
use crate::frame::Table;

/// The organizations that there are at the start, and what they are called.
pub(super) const ORGANIZATIONS: [(i64, &str); 2] =
    [(9001, "Example Corp"), (9002, "Example Research")];

const BEFORE_FIRST_VALIDATION: i64 = 1000;

/// All that belongs to organizations.
#[derive(Debug)]
pub(super) struct Organizations {
    organizations: Table<Organization>,
    pub(super) persons: Persons,
    validations: Table<Validation>,
}

impl Organizations {
    pub(super) fn made_up(people: impl Iterator<Item = Person>, now: Timestamp) -> Self {
        let mut organizations = Table::default();
        let mut validations = Table::after(BEFORE_FIRST_VALIDATION);
        for (id, name) in ORGANIZATIONS {
            organizations.insert(id, Organization::made_up(id, name));
            let validation = validations.next_id();
            let made_up = Validation::made_up(validation, id, name, now);
            validations.insert(validation, made_up);
        }
        let mut persons = Persons::new();
        people.for_each(|person| persons.insert(person));
        Self {
            organizations,
            persons,
            validations,
        }
    }

    /// The organization or department that a body names.
    pub(super) fn get(&self, id: i64) -> Result<&Organization, Problem> {
        let found = self.organizations.get(id);
        found.ok_or_else(|| Problem::bad(-639, "Supplied orgid invalid.."))
    }

    /// An organization alone, or a department and what it belongs to.
    pub(super) fn with_parent(&self, id: i64) -> Result<Vec<i64>, Problem> {
        let parent = self.get(id)?.parent;
        Ok([id].into_iter().chain(parent).collect())
    }

    /// Deletes organizations, and what authorities know of them.
    fn remove(&mut self, organizations: &[i64]) {
        for id in organizations {
            self.organizations.remove(*id);
        }
        let all = self.validations.values();
        let theirs = all.filter(|one| organizations.contains(&one.organization));
        let theirs: Vec<_> = theirs.map(|one| one.id).collect();
        for id in theirs {
            self.validations.remove(id);
        }
    }

    /// An organization and its departments, or a department alone.
    pub(super) fn with_departments(&self, id: i64) -> Vec<i64> {
        let all = self.organizations.values();
        let belongs = |one: &&Organization| one.id == id || one.parent == Some(id);
        all.filter(belongs).map(|one| one.id).collect()
    }
}
