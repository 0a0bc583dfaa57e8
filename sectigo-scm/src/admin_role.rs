use cert_core::open_enum;

open_enum! {
    /// Role of an administrator: what kind of certificates, and of whom.
    pub enum AdminRole {
        /// Master administrator: everything.
        Master = "MRAO",
        /// SSL certificates of an organization.
        OrganizationSsl = "RAO_SSL",
        /// Client certificates of an organization.
        OrganizationSmime = "RAO_SMIME",
        /// Device certificates of an organization.
        OrganizationDevice = "RAO_DEVICE",
        /// Code signing certificates of an organization.
        OrganizationCodeSigning = "RAO_CS",
        /// SSL certificates of a department.
        DepartmentSsl = "DRAO_SSL",
        /// Client certificates of a department.
        DepartmentSmime = "DRAO_SMIME",
        /// Device certificates of a department.
        DepartmentDevice = "DRAO_DEVICE",
        /// Code signing certificates of a department.
        DepartmentCodeSigning = "DRAO_CS",
        /// Mark certificates, for brand indicators, of an organization.
        OrganizationBrandIndicator = "RAO_BRAND",
        /// Mark certificates, for brand indicators, of a department.
        DepartmentBrandIndicator = "DRAO_BRAND",
    }
}
