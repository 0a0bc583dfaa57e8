cert_core::error_code! {
    /// Code for why the vendor refused a call.
    ///
    /// Codes are negative, apart from 0. They are not unique: the same code can come with several
    /// messages, and some occur that no list has; the message is kept beside it
    /// ([`Error::message`](crate::Error::message)).
    ///
    /// ```
    /// # fn demo(error: sectigo_scm::Error) {
    /// use sectigo_scm::ErrorCode;
    ///
    /// if ErrorCode::of(&error) == Some(ErrorCode::NOT_COLLECTABLE) {
    ///     println!("not issued yet");
    /// }
    /// # }
    /// ```
    pub struct ErrorCode {
        BEING_PROCESSED = 0,
            "With HTTP status 400, collecting: the CA is still at work. With another status: anything.";
        UNKNOWN = -1, "Something went wrong that has no code.";
        INTERNAL = -2, "Something went wrong inside Certificate Manager.";
        NOT_AUTHORIZED = -3, "The administrator may not do this.";
        MISSING = -7, "Something required is missing.";
        NOT_BASE64 = -9, "The CSR is no base64, or the type of notification is unknown.";
        UNREADABLE_CSR = -10, "The CSR cannot be decoded.";
        UNSUPPORTED_ALGORITHM = -11, "The algorithm of the CSR's key is not supported.";
        UNSUPPORTED_KEY_SIZE = -13, "The size of the CSR's key is not supported.";
        UNKNOWN_14 = -14, "Something went wrong that has no code of its own.";
        UNKNOWN_USER = -16,
            "With HTTP status 401: unknown user, wrong password, or a missing permission.";
        NOT_AUTHORIZED_TO_EXECUTE = -25, "The administrator may not execute this.";
        INVALID_SERVER_TYPE = -35, "There is no such server type.";
        INVALID_TERM = -36, "The term is not one of the profile's.";
        ACCESS_DENIED = -37, "Access is denied.";
        INVALID_PROFILE = -39, "The profile is unknown or not open to the organization.";
        DECRYPTION_FAILED = -43, "Something could not be decrypted inside Certificate Manager.";
        KEY_GENERATION_FAILED = -44, "A key pair could not be generated.";
        MISSING_CUSTOM_FIELD = -62,
            "A mandatory custom field is missing, or an IP address is invalid.";
        INVALID_OPTIONAL_FIELD = -64, "The name of an optional field is not one of those allowed.";
        INTERNAL_65 = -65, "Something named in the text went wrong inside Certificate Manager.";
        KEY_USAGE_NOT_ALLOWED = -76, "The template of key usages is not allowed for the customer.";
        INVALID_PUBLIC_KEY = -78, "The public key is invalid or not supported.";
        NOT_ISSUED = -102,
            "Only issued certificates can be revoked; this one is not, or no longer.";
        NOT_COLLECTED = -103, "The certificate has not been collected from the CA yet.";
        PERSON_NOT_FOUND = -105, "The person, or the certificate to renew, is unknown." => NotFound;
        DOMAIN_NOT_VALIDATED = -107, "Control of a domain has not been shown.";
        NOT_AVAILABLE = -109, "The certificate is not available yet.";
        REVOKED = -110, "The certificate is revoked and cannot be collected any more.";
        PROFILE_NOT_FOUND = -111, "There is no profile of that number." => NotFound;
        NOTHING_TO_RENEW = -123, "There is no certificate to renew.";
        WRONG_SSL_ID = -124, "There is no SSL certificate of that number." => NotFound;
        UNKNOWN_FILE_FORMAT = -126, "There is no such file format.";
        CA_CONNECTION_FAILED = -129,
            "The CA could not be reached while it was asked for the certificate.";
        WRONG_STATE = -130, "The state of the certificate forbids the call.";
        TOO_MANY_CUSTOM_FIELDS = -131, "The customer may have no more custom fields.";
        CUSTOM_FIELD_NOT_UNIQUE = -134, "Another custom field has that name.";
        CUSTOM_FIELD_NOT_FOUND = -135, "There is no such custom field." => NotFound;
        INVALID_CSR = -138, "The CSR cannot be read.";
        CSR_DECODING_UNAVAILABLE = -140,
            "CSRs cannot be decoded just now; later they may." => TryLater;
        KEY_TOO_SHORT = -141, "The key of the CSR is too short.";
        ALREADY_REVOKED = -159,
            "The certificate is revoked already, or the customer may have no more custom fields.";
        CUSTOM_FIELD_NAME_TAKEN = -160, "A custom field of that name exists.";
        TERM_TOO_LONG_FOR_LOCAL_NAMES = -164,
            "The term is too long for a local name or a private address.";
        NO_VALID_CERTIFICATE = -166, "There is no valid certificate that matches." => NotFound;
        CERTIFICATE_UNAVAILABLE = -169, "The certificate, or its key, is not available.";
        EC_NOT_ALLOWED = -170, "The customer may not use keys on elliptic curves.";
        INVALID_CLIENT_PROFILE = -172, "The profile of the client certificate is invalid.";
        PROFILES_CHANGED = -176, "The list of client certificate profiles was changed meanwhile.";
        RENEWAL_FORBIDDEN = -180, "The profile forbids renewal.";
        ANCHOR_MISMATCH = -181, "The details of the anchor certificate do not match the request.";
        NOT_COLLECTABLE = -183, "The certificate cannot be collected, or not yet.";
        NO_CUSTOMIZED_PROFILE = -184, "There is no customized client certificate profile.";
        NO_TERMS = -185, "The customized client certificate profile has no terms.";
        TOO_MANY_CERTIFICATES = -188, "The person may have no more valid certificates.";
        NO_LONGER_COLLECTABLE = -192, "The certificate was revoked; seen, though not listed.";
        UNSUPPORTED_KEY_SIZE_194 = -194, "The size of the CSR's key is not supported.";
        CA_UNAVAILABLE = -195, "The CA cannot be reached; later it may." => TryLater;
        DCV_EMAILS_UNAVAILABLE = -196,
            "The list of addresses for domain control validation could not be had.";
        WRONG_OLD_PASSWORD = -213, "The old password is wrong.";
        LAST_OF_ITS_ROLE = -219, "The only administrator of a role cannot change it.";
        SAME_PASSWORD = -220, "The new password is the old one.";
        ROLE_WITHOUT_ORGANIZATION = -221, "A role needs an organization or department.";
        ROLES_OF_TWO_LEVELS = -222, "Roles must be of the same level.";
        SEVERAL_ORGANIZATIONS = -223, "A role takes one organization or department only.";
        NO_PRIVILEGE_FOR_ORGANIZATION = -226, "The administrator may not manage this organization.";
        MAY_NOT_CREATE_ADMIN = -233, "The administrator may not create this administrator.";
        MAY_NOT_CHANGE_PRIVILEGES = -234,
            "The administrator may not change the privileges of this administrator.";
        INVALID_ADMIN_EMAIL = -237, "The administrator's e-mail address is invalid.";
        ADMIN_DELETED = -249, "The administrator was deleted.";
        MAY_NOT_CHANGE_ROLE = -253,
            "The administrator may not change the role of this administrator.";
        DCV_NEEDS_SSL_ROLE = -255,
            "The privilege to validate domains is for administrators of SSL certificates alone.";
        MAY_NOT_GRANT_DCV = -256,
            "The administrator may not grant the privilege to validate domains.";
        RANGE_TOO_WIDE = -303, "The range to scan has too many addresses and ports.";
        INVALID_CIDR = -304, "The range is no CIDR notation.";
        TOO_MANY_PORTS = -305, "The range has too many pairs of addresses and ports.";
        DOMAIN_NAME_TOO_LONG = -306, "The domain name is too long.";
        CUSTOMER_NOT_FOUND = -410, "There is no such customer.";
        NO_CA_LOGIN = -429, "The customer has no login at the CA.";
        EMPTY_PERSON_NAME = -500, "The name of the person is empty.";
        KEY_ESCROW_FORBIDS = -507, "Key escrow forbids another organization for the person.";
        NEW_PERSON_WITHOUT_NAME = -508, "A new person needs a name.";
        UNKNOWN_EMAIL = -518, "The e-mail address is unknown.";
        MAY_NOT_CHANGE_EMAIL = -524,
            "The administrator may not change the e-mail address of this person.";
        NO_AGENT_FOR_PRIVATE_RANGE = -607, "No agent may scan the private range.";
        NO_RANGE = -615, "A scan needs a range.";
        DISCOVERY_RUNNING = -618, "A discovery is running.";
        NO_AGENT_FOR_PUBLIC_RANGE = -637, "No agent may scan the public range.";
        INVALID_ORGANIZATION = -639, "There is no organization of that number.";
        DOMAIN_EXISTS = -700, "The domain exists already.";
        DELEGATION_NOT_REQUESTED = -705, "The delegation is not waiting for a decision.";
        DELEGATION_DELETED = -707, "The request for the delegation was deleted.";
        DOMAIN_NOT_DELEGATED = -709, "The domain needs an organization or department.";
        DELEGATED_TO_DELETED = -711, "The organization was deleted.";
        DOMAIN_NAME_TOO_SHORT = -712, "The domain name is too short.";
        DOMAIN_NAME_OVER_LIMIT = -713, "The domain name is longer than allowed.";
        TOO_FEW_DOTS = -714, "The domain name has too few dots.";
        DOMAIN_INACTIVE = -715, "The domain is inactive.";
        NOT_HIGH_LEVEL = -723, "Only high-level domains can be validated.";
        WRONG_VALIDATION_STATUS = -724, "The status of the domain's validation forbids the call.";
        DOMAIN_NOT_FOUND = -727, "There is no such domain." => NotFound;
        DELEGATIONS_CHANGED = -728, "Another administrator changed the delegations meanwhile.";
        MAY_NOT_RENAME_DOMAIN = -731, "The administrator may not change the name of the domain.";
        INVALID_DOMAIN_NAME = -732, "The domain name is invalid.";
        DOMAINS_NOT_VALIDATED = -737, "Control of the domains has to be shown first.";
        DOMAIN_OPERATION_DENIED = -738, "The administrator may not do this with the domain.";
        DOMAIN_HAS_CERTIFICATES = -740, "The domain, or one below it, has certificates.";
        DOMAIN_REQUEST_PENDING = -741, "Somebody else's request for the domain is waiting.";
        DEPARTMENTS_WITHOUT_PROFILE = -834, "The change would leave departments without a profile.";
        LEVELS_WITHOUT_PROFILE = -840, "The change would leave the levels below without a profile.";
        ORGANIZATION_NOT_VALIDATED = -843,
            "The organization has not been validated for this kind of certificate.";
        ONE_OF_SEVERAL_MISSING = -951, "At least one of several fields must be there.";
        WRONG_CREDENTIALS = -970, "The login or password is wrong.";
        PASSWORD_LENGTH = -976, "The new password is too short or too long.";
        PASSWORD_LENGTH_32 = -977, "The new password must have 32 characters.";
        PASSWORD_CONTAINS_LOGIN = -982, "The new password contains the login.";
        UNLISTED_993 = -993, "Seen, though not listed.";
        UNLISTED_1001 = -1001, "Seen, though not listed.";
        MALFORMED_REQUEST = -1002,
            "A parameter has the wrong type or form; seen, though not listed.";
        DOMAIN_NOT_ALLOWED = -1010, "The domain is not allowed.";
        ORGANIZATION_OPERATION_DENIED = -1021, "This cannot be done for the organization.";
        ORGANIZATION_NOT_FOUND = -1023, "There is no organization of that number." => NotFound;
        INVALID_ORDER_NUMBER = -1104, "There is no such order number.";
        NO_CLIENT_CERTIFICATES = -1108, "There are no valid client certificates.";
        NOT_APPROVABLE = -1112, "The state of the certificate forbids its approval.";
        NOT_APPLICABLE = -1113, "The certificate is not ready to be ordered from the CA.";
        SSL_NULL = -1117, "There is no SSL certificate.";
        DOMAINS_WITHOUT_DCV = -1137, "Control of the domains has not been shown.";
        KEY_SIZE_UNREADABLE = -1138, "The size of the CSR's key cannot be checked.";
        APPROVER_IS_REQUESTER = -1140, "Whoever requests an EV certificate cannot approve it.";
        NEEDS_REDISCOVERY = -1144, "The certificate has to be discovered again.";
        REPLACE_FORBIDDEN = -1148,
            "A certificate that is installed automatically cannot be replaced.";
        STILL_PROCESSED = -1400, "The CA is still at work.";
        UNSUPPORTED_FORMAT = -1450, "There is no such form to collect a certificate in.";
        INVALID_FIELD = -1601, "A field has an invalid value.";
        DOMAIN_CHECK_FAILED = -1603, "The domain could not be checked.";
        DCV_NOT_ENABLED = -1608, "Domain control validation is not enabled for the customer.";
        CHANGED_MEANWHILE = -3114, "Somebody else changed or deleted the thing meanwhile.";
        CHANGED_MEANWHILE_3115 = -3115,
            "Somebody else changed or deleted the thing meanwhile: read it again.";
        INVALID_SCAN_RANGE = -3301, "The range to scan is invalid.";
        RULE_OF_OTHER_ORGANIZATION = -5001,
            "The rule belongs to an organization that is not the administrator's.";
        NO_RULES = -5002, "Assignment rules are missing.";
        RULE_IN_USE = -5003, "Discovery tasks use the rule.";
        CERTIFICATE_NOT_FOUND = -5101, "There is no such certificate." => NotFound;
        DEVICE_PROFILE_NOT_FOUND = -5109,
            "There is no such profile for device certificates." => NotFound;
        PASSWORD_POLICY = -7306,
            "The new password breaks the password policy; seen, though not listed.";
    }
}
