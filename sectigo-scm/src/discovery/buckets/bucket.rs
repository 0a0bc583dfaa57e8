use cert_core::client::{Answer, Error, Reply, Row};
use cert_core::{Fingerprint, Secret};

use crate::discovery::FoundCertificateDetails;
use crate::{AssignmentRuleId, BucketId, CertType, DelegationMode, OrganizationId, created};

cert_core::request! {
    /// Filter of buckets to list; empty, all that the administrator may see.
    ///
    /// ```
    /// use sectigo_scm::DelegationMode;
    /// use sectigo_scm::discovery::BucketFilter;
    ///
    /// let everywhere = BucketFilter::new().delegation(DelegationMode::GlobalForCustomer);
    /// ```
    pub struct BucketFilter() {
        /// Name of the bucket, or part of it.
        name: String,
        /// Organization that the bucket is delegated to.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Reach of the bucket.
        #[wire("delegationMode")]
        delegation: DelegationMode,
    }
}

cert_core::request! {
    /// Bucket to be created.
    ///
    /// ```
    /// use sectigo_scm::discovery::NewBucket;
    /// use sectigo_scm::{AssignmentRuleId, OrganizationId};
    ///
    /// let bucket = NewBucket::new("public network")
    ///     .rules([AssignmentRuleId::from(40390)])
    ///     .organizations([OrganizationId::from(11421)])
    ///     .authentication(true);
    /// ```
    pub struct NewBucket(
        /// Name of the bucket.
        #[length(1..=128)]
        name: String,
    ) {
        /// Assignment rules that are applied, in this order.
        #[wire("assignmentRules")]
        rules: Vec<AssignmentRuleId>,
        /// Organizations that the bucket is delegated to.
        #[wire("orgDelegations")]
        organizations: Vec<OrganizationId>,
        /// Whether programs sign in to the bucket over REST with credentials of its own.
        #[wire("authenticationEnabled")]
        authentication: bool,
    }
}

cert_core::request! {
    /// Changes of a bucket. Delegations are changed by
    /// [`delegate`](super::Buckets::delegate).
    ///
    /// ```
    /// use sectigo_scm::discovery::BucketUpdate;
    ///
    /// let update = BucketUpdate::new("public network").authentication(false);
    /// ```
    pub struct BucketUpdate(
        /// Name of the bucket.
        #[length(1..=128)]
        name: String,
    ) {
        /// Assignment rules that are applied, in this order.
        #[wire("assignmentRules")]
        rules: Vec<AssignmentRuleId>,
        /// Whether programs sign in to the bucket over REST with credentials of its own.
        #[wire("authenticationEnabled")]
        authentication: bool,
    }
}

cert_core::request! {
    /// Certificates of a bucket that are given to an organization.
    ///
    /// ```
    /// use sectigo_scm::cert_core::Fingerprint;
    /// use sectigo_scm::CertType;
    /// use sectigo_scm::discovery::BucketAssignment;
    ///
    /// let hash = Fingerprint::from("11a736dd5d67af1ed5b6a14fbf92ca8fe97df841");
    /// let assignment = BucketAssignment::new([hash], CertType::Ssl, 11421);
    /// ```
    pub struct BucketAssignment(
        /// Hashes of the certificates, as the list of the bucket has them.
        #[count(1..)]
        hashes: Vec<Fingerprint>,
        /// Kind that all the certificates are of.
        cert_type: CertType,
        /// Organization or department that gets them.
        #[wire("organizationId")]
        organization: OrganizationId,
    ) {}
}

cert_core::response! {
    /// A row of the list of buckets; [`get`](super::Buckets::get) tells the rest.
    pub struct BucketSummary {
        /// Identifier of the bucket.
        pub id: BucketId,
        /// Name of the bucket.
        pub name: Option<String>,
    }
}

impl Row for BucketSummary {
    type Id = BucketId;

    fn id(&self) -> &BucketId {
        &self.id
    }
}

cert_core::response! {
    /// A certificate bucket.
    pub struct Bucket {
        /// Identifier of the bucket.
        pub id: BucketId,
        /// Name of the bucket.
        pub name: Option<String>,
        /// Assignment rules that are applied, in this order.
        #[wire("assignmentRules")]
        pub rules: Vec<AssignmentRuleId>,
        /// Organizations that the bucket is delegated to.
        #[wire("orgDelegations")]
        pub organizations: Vec<OrganizationId>,
        /// Whether programs sign in to the bucket with credentials of its own.
        #[wire("authenticationEnabled")]
        pub authentication: Option<bool>,
        /// Name with which programs sign in, as long as authentication is on.
        pub client_id: Option<String>,
        /// Secret with which programs sign in. Told once, by the update that switches
        /// authentication on.
        pub client_secret: Option<Secret>,
    }
}

cert_core::response! {
    /// Credentials with which programs sign in to a bucket. The secret is told once.
    pub struct BucketCredentials {
        /// Name with which programs sign in.
        pub client_id: Option<String>,
        /// Secret with which programs sign in.
        pub client_secret: Option<Secret>,
    }
}

cert_core::response! {
    /// A certificate in a bucket.
    pub struct BucketCertificate {
        /// Hash of the certificate, by which it is assigned; SHA-1 in the example.
        pub hash: Option<Fingerprint>,
        /// Facts of the certificate.
        pub details: Option<FoundCertificateDetails>,
    }
}

/// A bucket that was created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreatedBucket {
    /// Identifier of the bucket, the last segment of `Location`. `None` where the vendor left it
    /// out: the secret is told once, and is not lost for that.
    pub id: Option<BucketId>,
    /// Credentials with which programs sign in, where authentication is on.
    pub credentials: Option<BucketCredentials>,
}

/// Reply of the creation of a bucket: `Location` and credentials.
#[derive(Debug)]
pub struct BucketCreated;

impl Reply for BucketCreated {
    type Value = CreatedBucket;
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn decode(answer: &mut Answer) -> Result<CreatedBucket, Error> {
        let (id, credentials) = created::told(answer)?;
        Ok(CreatedBucket { id, credentials })
    }
}
