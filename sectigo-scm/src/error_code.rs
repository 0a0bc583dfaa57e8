use std::fmt;

use cert_core::client::Error;

/// The vendor's code for why a call was refused.
///
/// Codes are negative, apart from 0. They are not unique: the same code can come with several
/// messages, and some occur that no list has; the message is kept beside it
/// ([`Error::message`]). The constants name those that a program may want to act on.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(i64);

impl ErrorCode {
    /// With HTTP status 400, collecting: the CA is still at work. With another status: anything.
    pub const BEING_PROCESSED: Self = Self(0);
    /// The administrator may not do this.
    pub const NOT_AUTHORIZED: Self = Self(-3);
    /// Something required is missing.
    pub const MISSING: Self = Self(-7);
    /// With HTTP status 401: unknown user, wrong password, or a missing permission.
    pub const UNKNOWN_USER: Self = Self(-16);
    /// The term is not one of the profile's.
    pub const INVALID_TERM: Self = Self(-36);
    /// Access denied.
    pub const ACCESS_DENIED: Self = Self(-37);
    /// The profile is unknown or not open to the organization.
    pub const INVALID_PROFILE: Self = Self(-39);
    /// A mandatory custom field is missing.
    pub const MISSING_CUSTOM_FIELD: Self = Self(-62);
    /// Only issued certificates can be revoked; this one is not, or no longer.
    pub const NOT_ISSUED: Self = Self(-102);
    /// The certificate has not been collected from the CA yet.
    pub const NOT_COLLECTED: Self = Self(-103);
    /// The person, or the certificate to renew, is unknown.
    pub const PERSON_NOT_FOUND: Self = Self(-105);
    /// Control of a domain has not been shown.
    pub const DOMAIN_NOT_VALIDATED: Self = Self(-107);
    /// The certificate is not available yet.
    pub const NOT_AVAILABLE: Self = Self(-109);
    /// The certificate is revoked and cannot be collected any more.
    pub const REVOKED: Self = Self(-110);
    /// There is no profile of that number.
    pub const PROFILE_NOT_FOUND: Self = Self(-111);
    /// There is no SSL certificate of that number.
    pub const WRONG_SSL_ID: Self = Self(-124);
    /// The state of the certificate forbids the call.
    pub const WRONG_STATE: Self = Self(-130);
    /// The CSR cannot be read.
    pub const INVALID_CSR: Self = Self(-138);
    /// The certificate is revoked already.
    pub const ALREADY_REVOKED: Self = Self(-159);
    /// The profile forbids renewal.
    pub const RENEWAL_FORBIDDEN: Self = Self(-180);
    /// The certificate cannot be collected, or not yet.
    pub const NOT_COLLECTABLE: Self = Self(-183);
    /// The certificate was revoked; seen, though not listed.
    pub const NO_LONGER_COLLECTABLE: Self = Self(-192);
    /// The CA cannot be reached; later it may.
    pub const CA_UNAVAILABLE: Self = Self(-195);
    /// The organization has not been validated for this kind of certificate.
    pub const ORGANIZATION_NOT_VALIDATED: Self = Self(-843);
    /// The login or password is wrong.
    pub const WRONG_CREDENTIALS: Self = Self(-970);
    /// A parameter has the wrong type or form; seen, though not listed.
    pub const MALFORMED_REQUEST: Self = Self(-1002);
    /// There is no organization of that number.
    pub const ORGANIZATION_NOT_FOUND: Self = Self(-1023);
    /// The state of the certificate forbids its approval.
    pub const NOT_APPROVABLE: Self = Self(-1112);
    /// Whoever requests an EV certificate cannot approve it.
    pub const APPROVER_IS_REQUESTER: Self = Self(-1140);
    /// The CA is still at work.
    pub const STILL_PROCESSED: Self = Self(-1400);
    /// There is no such form to collect a certificate in.
    pub const UNSUPPORTED_FORMAT: Self = Self(-1450);
    /// A field has an invalid value.
    pub const INVALID_FIELD: Self = Self(-1601);
    /// Somebody else changed or deleted the thing meanwhile.
    pub const CHANGED_MEANWHILE: Self = Self(-3114);
    /// The new password breaks the password policy; seen, though not listed.
    pub const PASSWORD_POLICY: Self = Self(-7306);

    /// Codes that say that the thing asked for is unknown.
    pub(crate) const NOT_FOUND: [Self; 8] = [
        Self::PERSON_NOT_FOUND,
        Self::PROFILE_NOT_FOUND,
        Self::WRONG_SSL_ID,
        Self(-166),
        Self(-727),
        Self::ORGANIZATION_NOT_FOUND,
        Self(-5101),
        Self(-5109),
    ];
    /// Codes that ask to try again later.
    pub(crate) const TRY_LATER: [Self; 2] = [Self(-140), Self::CA_UNAVAILABLE];

    /// The code of a refused call, if the answer had one.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.code()?.parse().ok().map(Self)
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> i64 {
        self.0
    }
}

impl From<i64> for ErrorCode {
    fn from(code: i64) -> Self {
        Self(code)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
