//! The customer's organizations with their departments, the persons in them, and how authorities
//! have validated them.

mod invitation;
mod key_import;
pub(super) mod organization;
pub(super) mod person;

use self::{
    organization::Organization,
    person::{Person, Persons},
};
use super::problem::Problem;
use crate::frame::Table;

/// The organizations that there are at the start, and what they are called.
pub(super) const ORGANIZATIONS: [(i64, &str); 2] =
    [(9001, "Example Corp"), (9002, "Example Research")];

/// All that belongs to organizations.
#[derive(Debug)]
pub(super) struct Organizations {
    organizations: Table<Organization>,
    pub(super) persons: Persons,
}

impl Organizations {
    pub(super) fn made_up(people: impl Iterator<Item = Person>) -> Self {
        let mut organizations = Table::default();
        for (id, name) in ORGANIZATIONS {
            organizations.insert(id, Organization::made_up(id, name));
        }
        let mut persons = Persons::new();
        people.for_each(|person| persons.insert(person));
        Self {
            organizations,
            persons,
        }
    }

    /// The organization or department that a body names.
    pub(super) fn get(&self, id: i64) -> Result<&Organization, Problem> {
        let found = self.organizations.get(id);
        found.ok_or_else(|| Problem::bad(-639, "Supplied orgid invalid.."))
    }

    /// An organization and its departments, or a department alone.
    pub(super) fn with_departments(&self, id: i64) -> Vec<i64> {
        let all = self.organizations.values();
        let belongs = |one: &&Organization| one.id == id || one.parent == Some(id);
        all.filter(belongs).map(|one| one.id).collect()
    }
}
