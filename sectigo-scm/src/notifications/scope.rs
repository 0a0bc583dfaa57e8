use cert_core::{Payload, Violation, open_enum};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::OrganizationId;

open_enum! {
    /// Choice of the organizations that a notification is about.
    pub enum OrganizationSelection {
        /// Any organization.
        Any = "ANY",
        /// Any department.
        AnyDepartment = "ANYDEPT",
        /// Listed organizations.
        Selected = "SELECTED",
    }
}

cert_core::response! {
    /// Organizations and departments that a notification is about.
    ///
    /// ```
    /// use sectigo_scm::notifications::NotificationScope;
    ///
    /// let some = NotificationScope::selected([10441, 10442]);
    /// assert_eq!(some.organizations.len(), 2);
    /// assert!(NotificationScope::any().organizations.is_empty());
    /// ```
    pub struct NotificationScope {
        /// Choice of the organizations.
        #[wire("selectedOrgType")]
        pub selection: Option<OrganizationSelection>,
        /// Chosen ones. The vendor also answers some beside
        /// [`AnyDepartment`](OrganizationSelection::AnyDepartment), without saying what for.
        #[wire("orgDelegations")]
        pub organizations: Vec<OrganizationId>,
    }
}

impl NotificationScope {
    /// Any organization.
    #[must_use]
    pub fn any() -> Self {
        Self::of(OrganizationSelection::Any, Vec::new())
    }

    /// Any department.
    #[must_use]
    pub fn any_department() -> Self {
        Self::of(OrganizationSelection::AnyDepartment, Vec::new())
    }

    /// Chosen organizations and departments, of which at least one is needed.
    pub fn selected<T: Into<OrganizationId>>(organizations: impl IntoIterator<Item = T>) -> Self {
        let organizations = organizations.into_iter().map(Into::into).collect();
        Self::of(OrganizationSelection::Selected, organizations)
    }

    fn of(selection: OrganizationSelection, organizations: Vec<OrganizationId>) -> Self {
        Self {
            selection: Some(selection),
            organizations,
        }
    }
}

impl Serialize for NotificationScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        if let Some(selection) = &self.selection {
            members.serialize_entry("selectedOrgType", selection)?;
        }
        if !self.organizations.is_empty() {
            members.serialize_entry("orgDelegations", &self.organizations)?;
        }
        members.end()
    }
}

/// The vendor does not say that a choice needs something chosen: sent without, it could be taken
/// for one of nothing or of everything.
impl Payload for NotificationScope {
    fn check(&self) -> Result<(), Violation> {
        let refused = |field, why| Err(Violation::new(why).within(field));
        match (&self.selection, self.organizations.is_empty()) {
            (None, _) => refused("selection", "is missing"),
            (Some(OrganizationSelection::Selected), true) => {
                refused("organizations", "has no entries: it must have at least 1")
            }
            (Some(OrganizationSelection::Any), false) => refused(
                "organizations",
                "has entries, though any organization is meant",
            ),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_goes_with_the_choice() {
        assert_eq!(NotificationScope::any().check(), Ok(()));
        assert_eq!(NotificationScope::any_department().check(), Ok(()));
        assert_eq!(NotificationScope::selected([1]).check(), Ok(()));
        let none = NotificationScope::selected([0; 0]).check();
        let error = none.expect_err("nothing chosen").to_string();
        assert_eq!(
            error,
            "`organizations` has no entries: it must have at least 1"
        );
        let mut any = NotificationScope::any();
        any.organizations.push(1.into());
        assert!(any.check().is_err(), "any is not some");
        any.selection = None;
        assert!(any.check().is_err(), "no choice");
    }

    #[test]
    fn what_a_sample_answers_can_be_sent_back() {
        let text = r#"{"selectedOrgType":"ANYDEPT","orgDelegations":[10451]}"#;
        let scope: NotificationScope = serde_json::from_str(text).expect("a scope");
        assert_eq!(scope.check(), Ok(()));
        assert_eq!(serde_json::to_string(&scope).expect("plain members"), text);
    }
}
