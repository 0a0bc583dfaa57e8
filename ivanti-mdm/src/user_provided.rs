use std::fmt;

use bytes::Bytes;
use cert_core::client::{Error, Multipart};
use cert_core::{Payload, Secret, Violation, id};
use serde::Serialize;

id! {
    /// Number of a user-provided certificate.
    pub struct CertificateId;
}

id! {
    /// Number of an account.
    pub struct AccountId;
}

id! {
    /// Number of a user-provided identity certificate policy.
    pub struct PolicyId;
}

/// How many certificates one request clears.
const CLEARED_AT_ONCE: usize = 1_000;

/// A certificate with its key, for one user under one policy.
#[doc(alias("p12", "pfx", "keystore"))]
#[derive(Clone)]
#[must_use]
pub struct UserProvidedCertificate {
    pkcs12: Bytes,
    pass_phrase: Secret,
    account: String,
    policy: PolicyId,
}

impl UserProvidedCertificate {
    /// A PKCS#12 file and its pass phrase, for the user with the uid `account`, which usually is
    /// an e-mail address.
    pub fn new(
        pkcs12: impl Into<Bytes>,
        pass_phrase: impl Into<Secret>,
        account: impl Into<String>,
        policy: impl Into<PolicyId>,
    ) -> Self {
        Self {
            pkcs12: pkcs12.into(),
            pass_phrase: pass_phrase.into(),
            account: account.into(),
            policy: policy.into(),
        }
    }

    /// A key store as it was built or read, and its pass phrase; otherwise as
    /// [`new`](Self::new).
    #[doc(alias("p12", "pfx"))]
    #[cfg(feature = "pkcs12")]
    pub fn from_pkcs12(
        store: &cert_core::Pkcs12,
        pass_phrase: impl Into<Secret>,
        account: impl Into<String>,
        policy: impl Into<PolicyId>,
    ) -> Self {
        let file = Bytes::copy_from_slice(store.as_der());
        Self::new(file, pass_phrase, account, policy)
    }
}

impl TryFrom<&UserProvidedCertificate> for Multipart {
    type Error = Error;

    fn try_from(upload: &UserProvidedCertificate) -> Result<Self, Error> {
        if upload.pkcs12.is_empty() {
            return Err(Error::argument("the PKCS#12 file is empty"));
        }
        if upload.account.trim().is_empty() {
            return Err(Error::argument("the uid of the account is empty"));
        }
        Ok(Self::new()
            .secret("password", &upload.pass_phrase)
            .text("accountUid", upload.account.as_str())
            .text("policyId", upload.policy.to_string())
            .secret_file(
                "certData",
                "certificate.p12",
                "application/x-pkcs12",
                upload.pkcs12.clone(),
            ))
    }
}

impl fmt::Debug for UserProvidedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserProvidedCertificate")
            .field("account", &self.account)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

/// The certificates that a file names.
pub(crate) struct CertificateIds<'a>(pub(crate) &'a [CertificateId]);

impl TryFrom<CertificateIds<'_>> for Multipart {
    type Error = Error;

    fn try_from(CertificateIds(ids): CertificateIds<'_>) -> Result<Self, Error> {
        let count = ids.len();
        if !(1..=CLEARED_AT_ONCE).contains(&count) {
            return Err(Error::argument(format!(
                "the keys of {count} certificates cannot be cleared at once: send 1 to \
                 {CLEARED_AT_ONCE}"
            )));
        }
        let lines = ids.iter().map(|id| format!("{id}\n"));
        let csv: String = std::iter::once("certificateIds\n".to_owned())
            .chain(lines)
            .collect();
        Ok(Self::new().file("csv-data", "certificates.csv", "text/csv", csv))
    }
}

/// Policies of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct AccountPolicies {
    account_id: AccountId,
    user_provided_certificate_policy_ids: Vec<PolicyId>,
}

impl AccountPolicies {
    /// The account, and which of its policies are meant.
    pub fn new(
        account: impl Into<AccountId>,
        policies: impl IntoIterator<Item = impl Into<PolicyId>>,
    ) -> Self {
        Self {
            account_id: account.into(),
            user_provided_certificate_policy_ids: policies.into_iter().map(Into::into).collect(),
        }
    }
}

impl Payload for AccountPolicies {
    fn check(&self) -> Result<(), Violation> {
        match self.user_provided_certificate_policy_ids.is_empty() {
            false => Ok(()),
            true => Err(Violation::new(format!(
                "no policy of account {} is named",
                self.account_id
            ))),
        }
    }
}

/// The body of clearing by account and policy.
#[derive(Serialize)]
pub(crate) struct AccountsAndPolicies<'a> {
    #[serde(rename = "accountAndUPPolicyWrappers")]
    pub(crate) entries: &'a [AccountPolicies],
}

impl Payload for AccountsAndPolicies<'_> {
    fn check(&self) -> Result<(), Violation> {
        match self.entries {
            [] => Err(Violation::new(
                "no account is named whose keys are to be cleared",
            )),
            entries => entries.iter().try_for_each(Payload::check),
        }
    }
}

cert_core::response! {
    /// Result of clearing by numbers. The certificates stay; their keys and pass phrases are gone.
    pub struct ClearedKeys {
        /// Number of keys that were cleared.
        #[wire("numberOfPrivateKeysCleared")]
        pub cleared: Option<u64>,
        /// The numbers that are unknown, or whose keys were cleared before: the vendor does not tell
        /// these apart.
        #[wire("invalidCertificateIds")]
        pub invalid_certificates: Vec<CertificateId>,
    }
}

cert_core::response! {
    /// Result of clearing by account and policy.
    pub struct ClearedPolicyKeys {
        /// Number of keys that were cleared.
        #[wire("numberOfPrivateKeysCleared")]
        pub cleared: Option<u64>,
        /// The accounts that are unknown.
        #[wire("invalidAccountIds")]
        pub invalid_accounts: Vec<AccountId>,
        /// The policies that are unknown.
        #[wire("invalidIdentityCertificateUPPolicyIds")]
        pub invalid_policies: Vec<PolicyId>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_a_thousand_certificates_at_once() {
        let checked = |count: i64| {
            let ids: Vec<_> = (0..count).map(CertificateId::from).collect();
            Multipart::try_from(CertificateIds(&ids))
        };
        assert!(checked(1).is_ok() && checked(1_000).is_ok());
        assert!(checked(0).is_err());
        let error = checked(1_001).expect_err("too many").to_string();
        assert!(
            error.contains("1001 certificates") && error.contains("1 to 1000"),
            "{error}"
        );
    }

    #[test]
    fn accounts_need_policies() {
        assert!(AccountsAndPolicies { entries: &[] }.check().is_err());
        let none = AccountPolicies::new(7, Vec::<PolicyId>::new());
        let error = none.check().expect_err("no policy");
        assert!(error.to_string().contains("account 7"));
        assert!(AccountPolicies::new(7, [1]).check().is_ok());
    }

    #[test]
    fn neither_file_nor_pass_phrase_shows() {
        let upload = UserProvidedCertificate::new("hunter2", "hunter2", "user-0001", 1);
        assert!(!format!("{upload:#?}").contains("hunter2"));
        assert!(Multipart::try_from(&upload).is_ok());
        assert!(Multipart::try_from(&UserProvidedCertificate::new("", "x", "y", 1)).is_err());
        assert!(Multipart::try_from(&UserProvidedCertificate::new("x", "x", " ", 1)).is_err());
    }
}
