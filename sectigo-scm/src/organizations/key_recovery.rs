use cert_core::Payload;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

cert_core::response! {
    /// Administrators who may recover private keys of client certificates out of escrow; set when
    /// an organization or department is created, and never changed.
    #[derive(Default, Copy)]
    pub struct KeyRecovery {
        /// Whether master administrators may.
        #[wire("allowKeyRecoveryByMasterAdmins")]
        pub by_master_admins: Option<bool>,
        /// Whether administrators of the organization may.
        #[wire("allowKeyRecoveryByOrgAdmins")]
        pub by_organization_admins: Option<bool>,
        /// Whether administrators of the department may.
        #[wire("allowKeyRecoveryByDepartmentAdmins")]
        pub by_department_admins: Option<bool>,
    }
}

impl KeyRecovery {
    /// Nothing said yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether master administrators may.
    #[must_use]
    pub fn by_master_admins(mut self, allowed: bool) -> Self {
        self.by_master_admins = Some(allowed);
        self
    }

    /// Whether administrators of the organization may.
    #[must_use]
    pub fn by_organization_admins(mut self, allowed: bool) -> Self {
        self.by_organization_admins = Some(allowed);
        self
    }

    /// Whether administrators of the department may.
    #[must_use]
    pub fn by_department_admins(mut self, allowed: bool) -> Self {
        self.by_department_admins = Some(allowed);
        self
    }

    fn sent(self) -> impl Iterator<Item = (&'static str, bool)> {
        let parts = [
            ("allowKeyRecoveryByMasterAdmins", self.by_master_admins),
            ("allowKeyRecoveryByOrgAdmins", self.by_organization_admins),
            (
                "allowKeyRecoveryByDepartmentAdmins",
                self.by_department_admins,
            ),
        ];
        parts
            .into_iter()
            .filter_map(|(name, allowed)| Some((name, allowed?)))
    }
}

impl Serialize for KeyRecovery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (name, allowed) in self.sent() {
            members.serialize_entry(name, &allowed)?;
        }
        members.end()
    }
}

impl Payload for KeyRecovery {}
