mod bucket;

use cert_core::client::{Call, Empty, Json, Op, Pages};

pub use self::bucket::{
    Bucket, BucketAssignment, BucketCertificate, BucketCreated, BucketCredentials, BucketFilter,
    BucketSummary, BucketUpdate, CreatedBucket, NewBucket,
};
use super::{DataList, operations as ops};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{BucketId, Client, OrganizationDelegation};

/// The certificate buckets of an account, which hold what scans find. Made by
/// [`Discovery::buckets`](super::Discovery::buckets).
#[derive(Debug, Clone, Copy)]
pub struct Buckets<'c> {
    client: &'c Client,
}

impl<'c> Buckets<'c> {
    pub(super) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// Lists the buckets that match, with their names alone, in pages of at most 200.
    ///
    /// `GET /api/discovery/v1/bucket`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::discovery::BucketFilter;
    ///
    /// let mut buckets = scm.discovery().buckets().list(&BucketFilter::new().organization(11431));
    /// while let Some(bucket) = buckets.next().await {
    ///     println!("{}", bucket?.id);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &BucketFilter) -> Pages<'c, List<BucketSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_BUCKETS)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Details of a bucket: its rules and delegations.
    ///
    /// `GET /api/discovery/v1/bucket/{bucketId}`
    #[inline]
    pub fn get(self, id: impl Into<BucketId>) -> Call<'c, Json<Bucket>> {
        self.call(&ops::GET_BUCKET).path(id.into())
    }

    /// Creates a bucket, and tells its identifier and the credentials of programs.
    ///
    /// `POST /api/discovery/v1/bucket`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::discovery::NewBucket;
    ///
    /// let bucket = NewBucket::new("public network").authentication(true);
    /// let created = scm.discovery().buckets().create(&bucket).await?;
    /// let secret = created.credentials.and_then(|credentials| credentials.client_secret);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Where the vendor tells neither identifier nor credentials, an error of kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) that says that the bucket was created.
    #[inline]
    pub fn create(self, bucket: &NewBucket) -> Call<'c, BucketCreated> {
        self.call(&ops::CREATE_BUCKET).json(bucket)
    }

    /// Changes a bucket: its name, its rules, and whether programs can sign in.
    ///
    /// `PUT /api/discovery/v1/bucket/{bucketId}`
    ///
    /// Switching authentication on tells a new secret, once. Where the answer is lost,
    /// [`reset_client_secret`](Buckets::reset_client_secret) makes another one.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::AssignmentRuleId;
    /// use sectigo_scm::discovery::BucketUpdate;
    ///
    /// let update = BucketUpdate::new("public network").rules([AssignmentRuleId::from(40394)]);
    /// let id = "58c74832-5b9c-486b-85f0-c49f58639ef9";
    /// let bucket = scm.discovery().buckets().update(id, &update).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(self, id: impl Into<BucketId>, bucket: &BucketUpdate) -> Call<'c, Json<Bucket>> {
        self.call(&ops::UPDATE_BUCKET).path(id.into()).json(bucket)
    }

    /// Makes a new secret with which programs sign in to a bucket; the one before is void.
    ///
    /// `PUT /api/discovery/v1/bucket/{bucketId}/reset-client-secret`
    #[inline]
    pub fn reset_client_secret(self, id: impl Into<BucketId>) -> Call<'c, Json<BucketCredentials>> {
        self.call(&ops::RESET_BUCKET_CLIENT_SECRET).path(id.into())
    }

    /// Delegates a bucket to all organizations, or to some.
    ///
    /// `PUT /api/discovery/v1/bucket/{bucketId}/delegations`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::{OrganizationDelegation, OrganizationId};
    ///
    /// let delegation = OrganizationDelegation::Customized(vec![OrganizationId::from(11424)]);
    /// let id = "6ec0e56e-abca-4226-93c2-11f816defccb";
    /// scm.discovery().buckets().delegate(id, &delegation).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn delegate(
        self,
        id: impl Into<BucketId>,
        delegation: &OrganizationDelegation,
    ) -> Call<'c, Json<Bucket>> {
        self.call(&ops::DELEGATE_BUCKET)
            .path(id.into())
            .json(delegation)
    }

    /// Deletes a bucket.
    ///
    /// `DELETE /api/discovery/v1/bucket/{bucketId}`
    #[inline]
    pub fn delete(self, id: impl Into<BucketId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_BUCKET).path(id.into())
    }

    /// Certificates in a bucket, in pages of at most 200.
    ///
    /// `GET /api/discovery/v1/bucket/{id}/certificates`
    #[inline]
    pub fn certificates(self, id: impl Into<BucketId>) -> Pages<'c, DataList<BucketCertificate>> {
        let id = id.into();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_BUCKET_CERTIFICATES)
                .path(&id)
                .query(&PageQuery::from(window))
        })
    }

    /// Applies the assignment rules of a bucket to its certificates.
    ///
    /// `POST /api/discovery/v1/bucket/{id}/runrules`
    #[inline]
    pub fn run_rules(self, id: impl Into<BucketId>) -> Call<'c, Empty> {
        self.call(&ops::RUN_BUCKET_RULES).path(id.into())
    }

    /// Gives certificates of a bucket to an organization or department.
    ///
    /// `POST /api/discovery/v1/bucket/{id}/assign`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::cert_core::Fingerprint;
    /// use sectigo_scm::CertType;
    /// use sectigo_scm::discovery::BucketAssignment;
    ///
    /// let hash = Fingerprint::from("11a736dd5d67af1ed5b6a14fbf92ca8fe97df841");
    /// let assignment = BucketAssignment::new([hash], CertType::Ssl, 11421);
    /// let id = "a32dc02a-93e5-4cb4-8f43-170925258462";
    /// scm.discovery().buckets().assign(id, &assignment).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn assign(self, id: impl Into<BucketId>, assignment: &BucketAssignment) -> Call<'c, Empty> {
        self.call(&ops::ASSIGN_BUCKET_CERTIFICATES)
            .path(id.into())
            .json(assignment)
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
