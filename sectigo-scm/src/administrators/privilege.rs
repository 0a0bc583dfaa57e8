use cert_core::open_enum;

use crate::AdminRole;

open_enum! {
    /// Privilege of an administrator, within the organizations and departments of the roles.
    pub enum AdminPrivilege {
        /// Adding administrators of the same level.
        CreateAdmins = "allowCreate",
        /// Changing administrators of the same level.
        EditAdmins = "allowEdit",
        /// Deleting administrators of the same level.
        DeleteAdmins = "allowDelete",
        /// Managing validations of domains; for administrators of SSL certificates alone
        /// (code -255).
        ManageDomainValidations = "allowDCV",
        /// Having requests for certificates approved at once.
        AutoApproveCertificates = "autoApproveCertificates",
        /// Managing MS agents, which find certificates in Active Directory.
        ManageMsAgents = "allowMsAdDiscovery",
        /// Downloading private keys from Sectigo's key vault.
        DownloadKeys = "allowKeyVault",
        /// Approving delegations of domains.
        ApproveDomainDelegations = "approveDomainDelegation",
        /// Managing domains.
        ManageDomains = "allowManageDomains",
        /// Requesting SSL certificates.
        RequestSsl = "sslRequest",
        /// Renewing SSL certificates.
        RenewSsl = "sslRenew",
        /// Replacing SSL certificates.
        ReplaceSsl = "sslReplace",
        /// Revoking SSL certificates.
        RevokeSsl = "sslRevoke",
        /// Approving and declining requests for SSL certificates.
        ApproveSsl = "sslApprove",
        /// Managing SSL certificates.
        ManageSsl = "sslManage",
        /// Importing SSL certificates.
        ImportSsl = "sslImport",
        /// Requesting client certificates.
        RequestSmime = "clientCertRequest",
        /// Revoking client certificates.
        RevokeSmime = "clientCertRevoke",
        /// Managing client certificates.
        ManageSmime = "clientCertManage",
        /// Importing client certificates.
        ImportSmime = "clientCertImport",
        /// Requesting code signing certificates.
        RequestCodeSigning = "csRequest",
        /// Revoking code signing certificates.
        RevokeCodeSigning = "csRevoke",
        /// Managing code signing certificates.
        ManageCodeSigning = "csManage",
        /// Importing code signing certificates.
        ImportCodeSigning = "csImport",
        /// Requesting device certificates.
        RequestDevice = "deviceRequest",
        /// Renewing device certificates.
        RenewDevice = "deviceRenew",
        /// Replacing device certificates.
        ReplaceDevice = "deviceReplace",
        /// Revoking device certificates.
        RevokeDevice = "deviceRevoke",
        /// Approving and declining requests for device certificates.
        ApproveDevice = "deviceApprove",
        /// Managing device certificates.
        ManageDevice = "deviceManage",
        /// Importing device certificates.
        ImportDevice = "deviceImport",
        /// Changing organizations and departments.
        EditOrganizations = "editOrganizationAndDepartment",
        /// Adding organizations and departments.
        AddOrganizations = "addOrganizationAndDepartments",
        /// Adding departments.
        AddDepartments = "addDepartments",
        /// Changing departments.
        EditDepartments = "editDepartments",
        /// Managing validations of organizations.
        ManageOrganizationValidations = "orgValidationManager",
        /// Seeing how much is used.
        ViewUsage = "viewUsage",
        /// Seeing subscriptions.
        ViewSubscriptions = "viewSubscriptions",
        /// Managing subscriptions.
        ManageSubscriptions = "manageSubscriptions",
        /// Accepting license agreements for the customer.
        AcceptLicenseAgreements = "acceptCustomerLicenseAgreement",
        /// Requesting mark certificates, for brand indicators.
        RequestBrandIndicator = "brandRequest",
        /// Approving and declining requests for mark certificates.
        ApproveBrandIndicator = "brandApprove",
        /// Revoking mark certificates.
        RevokeBrandIndicator = "brandRevoke",
        /// Managing mark certificates.
        ManageBrandIndicator = "brandManage",
        /// Adding certificate profiles.
        CreateProfiles = "certProfileCreate",
        /// Changing certificate profiles.
        ManageProfiles = "certProfileManage",
        /// Seeing certificate profiles.
        ViewProfiles = "certProfileView",
        /// Seeing custom fields.
        ViewCustomFields = "customFieldView",
        /// Adding custom fields.
        CreateCustomFields = "customFieldCreate",
        /// Changing custom fields.
        ManageCustomFields = "customFieldManage",
        /// Deprecated by the vendor, for
        /// [`AutoApproveCertificates`](Self::AutoApproveCertificates).
        AutoApproveSsl = "allowSslAutoApprove",
        /// Deprecated by the vendor, for the kind of administrator that uses the API alone.
        ApiOnly = "wsApiUseOnly",
        /// Listed for templates by a related document of the vendor, which does not explain it.
        ExternalClm = "externalClm",
    }
}

cert_core::response! {
    /// A privilege that can be given.
    pub struct PrivilegeDescription {
        /// Privilege.
        #[wire("name")]
        pub privilege: Option<AdminPrivilege>,
        /// Purpose, in the vendor's words.
        pub description: Option<String>,
    }
}

cert_core::request! {
    /// The roles whose privileges are asked for.
    pub(super) struct PrivilegeQuery(
        #[count(1..)]
        #[wire("role")]
        roles: Vec<AdminRole>,
    ) {}
}
