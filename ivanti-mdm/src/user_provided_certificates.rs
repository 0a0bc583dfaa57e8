use cert_core::client::{Call, Enveloped};

use crate::operations as ops;
use crate::user_provided::{AccountsAndPolicies, CertificateIds};
use crate::{
    AccountPolicies, CertificateId, ClearedKeys, ClearedPolicyKeys, Client, Flag, Outcome,
    UserProvidedCertificate,
};

/// The certificates with keys that users brought along, after the vendor's page Certificate
/// Management Calls. Made by [`Client::user_provided_certificates`].
#[derive(Debug, Clone, Copy)]
pub struct UserProvidedCertificates<'c> {
    client: &'c Client,
}

impl Client {
    /// Certificates with keys that users brought along.
    #[must_use]
    pub fn user_provided_certificates(&self) -> UserProvidedCertificates<'_> {
        UserProvidedCertificates { client: self }
    }
}

impl<'c> UserProvidedCertificates<'c> {
    /// Stores a certificate and its key for a user.
    ///
    /// `POST /api/v1/user_provided` (Upload User-Provided Certificates).
    ///
    /// ```no_run
    /// # async fn demo(tenant: ivanti_mdm::Client, p12: Vec<u8>) -> Result<(), ivanti_mdm::Error> {
    /// use ivanti_mdm::UserProvidedCertificate;
    /// let upload = UserProvidedCertificate::new(p12, "its pass phrase", "ada@example.com", 12);
    /// tenant.user_provided_certificates().upload(&upload).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// A wrong pass phrase or another file than PKCS#12 is refused with a code that the vendor
    /// does not document, likely [`UnreadableKeystore`](crate::ErrorCode::UnreadableKeystore).
    /// Nothing says that a second upload of the same file is harmless, so it is never repeated
    /// after it may have arrived.
    #[doc(alias("import", "p12", "pfx"))]
    #[inline]
    pub fn upload(self, certificate: &UserProvidedCertificate) -> Call<'c, Enveloped<Flag>> {
        self.client.call(&ops::UPLOAD).multipart(certificate)
    }

    /// Clears the keys and pass phrases of up to 1,000 certificates; the certificates stay.
    ///
    /// `DELETE /api/v1/user_provided/clearPrivateKey/csv`
    /// (Delete User-Provided Certificates in Bulk Using CSV File).
    ///
    /// It is not repeated after it may have arrived: the second answer would call the numbers
    /// invalid that the first one cleared.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) for more than 1,000 numbers or none.
    #[doc(alias("delete", "private keys"))]
    #[inline]
    pub fn clear_keys(
        self,
        certificates: &[CertificateId],
    ) -> Call<'c, Enveloped<Outcome<ClearedKeys>>> {
        self.client
            .call(&ops::CLEAR_BY_ID)
            .multipart(CertificateIds(certificates))
    }

    /// Clears the keys and pass phrases of the certificates under policies of accounts; not
    /// repeated either.
    ///
    /// `DELETE /api/v1/user_provided/clearPrivateKey`
    /// (Delete User-Provided Certificates in Bulk Using Account and Policy).
    ///
    /// An unknown account together with an unknown policy is a success with a count of 0.
    ///
    /// ```no_run
    /// # async fn demo(tenant: ivanti_mdm::Client) -> Result<(), ivanti_mdm::Error> {
    /// use ivanti_mdm::AccountPolicies;
    /// let entry = AccountPolicies::new(1001, [12, 13]);
    /// let outcome = tenant.user_provided_certificates().clear_policy_keys(&[entry]).await?;
    /// println!("{outcome:?}");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Unknown policies alone are refused as
    /// [`InvalidField`](crate::ErrorCode::InvalidField), keys that were cleared before as
    /// [`UnreadableKeystore`](crate::ErrorCode::UnreadableKeystore).
    #[doc(alias("delete", "private keys"))]
    #[inline]
    pub fn clear_policy_keys(
        self,
        entries: &[AccountPolicies],
    ) -> Call<'c, Enveloped<Outcome<ClearedPolicyKeys>>> {
        self.client
            .call(self.client.clear_by_policy())
            .json(&AccountsAndPolicies { entries })
    }
}
