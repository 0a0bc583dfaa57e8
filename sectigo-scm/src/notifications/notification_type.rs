use cert_core::open_enum;

open_enum! {
    /// Type of notification: the event that is told.
    pub enum NotificationType {
        /// Client certificate that ends soon.
        ClientExpiration = "ClientCertExpiration",
        /// Client certificate that was revoked.
        ClientRevoked = "ClientCertRevoked",
        /// SSL certificate whose request was approved.
        SslApproved = "SSLApproved",
        /// SSL certificate that waits for approval.
        SslAwaitingApproval = "SSLAwaitingApproval",
        /// SSL certificate whose request was declined.
        SslDeclined = "SSLDeclined",
        /// SSL certificate that ends soon.
        SslExpiration = "SSLExpiration",
        /// SSL certificate that could not be issued.
        SslIssuanceFailed = "SSLIssuanceFailed",
        /// SSL certificate that was revoked.
        SslRevoked = "SSLRevoked",
        /// Summary of a discovery scan.
        DiscoveryScanSummary = "DiscoveryScanSummary",
        /// Approval of SSL certificates, told to the registration authority.
        SslApprovedToRa = "SSLSAApprovedToRA",
        /// Administrator who was created.
        AdminCreated = "AdminCreation",
        /// Delegation of a domain that waits for approval.
        DomainAwaitingApproval = "DomainAwaitingApproval",
        /// Delegation of a domain that was approved.
        DomainApproved = "DomainApproved",
        /// SSL certificate that was issued.
        SslEnrolled = "SSLEnrolled",
        /// Invitation to a code signing certificate.
        CodeSigningInvitation = "CSCertInvitation",
        /// Code signing certificate that was issued.
        CodeSigningIssued = "CSCertIssued",
        /// Code signing certificate that was downloaded.
        CodeSigningDownloaded = "CSCertDownloaded",
        /// Code signing certificate that was revoked.
        CodeSigningRevoked = "CSCertRevoked",
        /// Code signing certificate that ends soon.
        CodeSigningExpiration = "CSCertExpiration",
        /// Code signing certificate that was requested.
        CodeSigningRequested = "CSCertRequested",
        /// Validation of an e-mail address.
        EmailValidation = "EmailValidation",
        /// Invitation by e-mail.
        EmailInvitation = "EmailInvitation",
        /// Domain control validation that ends soon.
        DcvExpiration = "DCVExpiration",
        /// Domain whose control was shown.
        DcvValidated = "DCVValidated",
        /// New domain whose control is to be shown.
        DcvNeeded = "DCVNeeded",
        /// SSL certificate that was installed remotely.
        SslInstalled = "ExSSLCertificateInstalled",
        /// SSL certificate that could not be installed remotely.
        SslInstallationFailed = "ExSSLInstallationFailed",
        /// Invitation of an administrator to sign in by an identity provider.
        IdpLoginInvitation = "IdPLoginEmailInvitation",
        /// Request to sign code that was declined.
        SignRequestDeclined = "CsRequestDeclined",
        /// Request to sign code whose files were signed.
        SignRequestSigned = "CsRequestSigned",
        /// Developer who was created for code signing.
        DeveloperCreated = "DeveloperCreated",
        /// Developer whose password was reset.
        DeveloperPasswordReset = "DeveloperResetPassword",
        /// Developer whose e-mail address was changed.
        DeveloperNewEmail = "DeveloperNewEmail",
        /// Request to sign code that was created.
        SignRequestCreated = "CsRequestCreated",
        /// Revocation in code signing on demand (`CSF`).
        CodeSigningFileRevoked = "CsCsfRevoke",
        /// Device certificate that ends soon.
        DeviceExpiration = "DeviceExpiration",
        /// Device certificate that was revoked.
        DeviceRevoked = "DeviceRevoked",
        /// Device certificate that waits for approval.
        DeviceAwaitingApproval = "DeviceAwaitingApproval",
        /// Automatic renewal of an SSL certificate that failed.
        AutoRenewalFailed = "ArFailed",
        /// SSL certificate that waits for its installation by hand.
        ManualInstallReady = "ManualInstallReady",
        /// Device certificate that was issued.
        DeviceEnrolled = "DeviceEnrolled",
        /// Device certificate whose request was approved.
        DeviceApproved = "DeviceApproved",
        /// Device certificate whose request was declined.
        DeviceDeclined = "DeviceDeclined",
        /// Administrator whose password was changed over an interface.
        AdminPasswordChangedByApi = "AdminChangePasswordByApi",
        /// SSL certificates, requested together, that wait for approval.
        SslBulkAwaitingApproval = "SSLBulkAwaitingApproval",
        /// SSL certificates, requested together, that were issued.
        SslBulkCompleted = "SSLBulkEnrollCompleted",
        /// SSL certificate that was issued, told to a distribution list.
        SslEnrolledList = "SSLEnrolledDl",
        /// Client certificate that was issued, told to a distribution list.
        SmimeEnrolledList = "SMIMEEnrolledDl",
        /// Device certificate that was issued, told to a distribution list.
        DeviceEnrolledList = "DeviceEnrolledDl",
        /// Code signing certificate that was issued, told to a distribution list.
        CodeSigningEnrolledList = "CsEnrolledDl",
        /// Microsoft agent whose status changed.
        MsAgentStatusChanged = "MsAgentChangeStatus",
        /// Network agent that lost its connection.
        NetworkAgentDisconnected = "NetworkAgentDisconnected",
        /// Confirmation of an e-mail address on a web form.
        WebFormLogin = "WebFormLogin",
        /// Invitation to enrol on a web form.
        WebFormInvitation = "WebFormInvitation",
        /// Delegation of a domain that waits for a master administrator.
        DomainAwaitingApprovalMaster = "DomainAwaitingApprovalMrao",
        /// Report that is ready.
        ReportGenerated = "ReportGenerated",
        /// Automatic renewal of a domain control validation that failed.
        DcvAutoRenewalFailed = "DcvAutoRenewFailed",
        /// Invitation of an administrator to sign in by Sectigo's authentication service.
        SasLoginInvitation = "SasLoginEmailInvitation",
        /// DNS connector that lost its connection.
        DnsConnectorDisconnected = "DnsConnectorDisconnected",
        /// CA connector that lost its connection.
        CaConnectorDisconnected = "CAConnectorDisconnected",
        /// Certificate of a private CA that ends soon.
        PrivateCaExpiration = "PrivateCaExpiration",
        /// Subscription that changed.
        SubscriptionChanged = "SubscriptionChange",
        /// Number of certificates that reached a threshold.
        UsageThreshold = "CertificateUsageThreshold",
        /// Number of certificates above those that were bought.
        UsageExceedsInventory = "CertificateUsageExceedsInventory",
        /// Mark certificate that ends soon.
        MarkExpiration = "BrandCertificateExpiration",
        /// Mark certificate that was issued.
        MarkIssued = "BrandCertificateIssued",
        /// Mark certificate whose request was approved.
        MarkApproved = "BrandCertificateApproved",
        /// Mark certificate that waits for approval.
        MarkAwaitingApproval = "BrandCertificateAwaitingApproval",
        /// Mark certificate that could not be issued.
        MarkIssuanceFailed = "BrandCertificateIssuanceFailed",
        /// Mark certificate that was revoked.
        MarkRevoked = "BrandCertificateRevoked",
        /// Mark certificate whose request was declined.
        MarkDeclined = "BrandCertificateDeclined",
        /// Certificate of a registration authority that ends soon.
        RaCertificateExpiration = "RaCertExpiration",
    }
}
