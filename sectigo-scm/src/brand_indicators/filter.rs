//! Filter and order of the list of brand indicators.

use cert_core::open_enum;

use crate::{Condition, Order};

open_enum! {
    /// Field of a brand indicator certificate that a list can be filtered by.
    pub enum BrandIndicatorField {
        /// Profile of the certificate.
        Profile = "profile",
        /// Number of the organization that owns the certificate.
        Organization = "organizationId",
        /// SHA-1 fingerprint.
        Sha1Fingerprint = "sha1Fingerprint",
        /// Serial number.
        SerialNumber = "serialNumber",
        /// Kind of mark.
        VerificationType = "verificationType",
        /// End of the validity.
        Expires = "expires",
        /// Time of the request.
        Requested = "requested",
        /// Current status.
        Status = "status",
        /// Number of the order at the CA.
        Order = "orderNumber",
        /// Name of the approver.
        Approver = "approverName",
        /// Subject alternative names.
        SubjectAlternativeNames = "subjectAlternativeNames",
        /// Remarks; a list cannot be sorted by them.
        Comments = "comments",
        /// CA that issued the certificate.
        Issuer = "issuer",
        /// Common name of the subject.
        CommonName = "commonName",
    }
}

open_enum! {
    /// Field of a brand indicator certificate that a list can be sorted by.
    pub enum BrandIndicatorSortField {
        /// Profile of the certificate.
        Profile = "profile",
        /// Number of the organization that owns the certificate.
        Organization = "organizationId",
        /// SHA-1 fingerprint.
        Sha1Fingerprint = "sha1Fingerprint",
        /// Serial number.
        SerialNumber = "serialNumber",
        /// Kind of mark.
        VerificationType = "verificationType",
        /// End of the validity.
        Expires = "expires",
        /// Time of the request.
        Requested = "requested",
        /// Number of the certificate.
        Id = "id",
        /// Current status.
        Status = "status",
        /// Number of the order at the CA.
        Order = "orderNumber",
        /// Name of the approver.
        Approver = "approverName",
        /// Subject alternative names.
        SubjectAlternativeNames = "subjectAlternativeNames",
        /// CA that issued the certificate.
        Issuer = "issuer",
        /// Common name of the subject.
        CommonName = "commonName",
    }
}

cert_core::request! {
    /// Filter and order of the certificates to list; without anything set, all that the
    /// administrator may see.
    ///
    /// ```
    /// use sectigo_scm::brand_indicators::{
    ///     BrandIndicatorField, BrandIndicatorFilter, BrandIndicatorSortField,
    /// };
    /// use sectigo_scm::{Condition, Order};
    ///
    /// let filter = BrandIndicatorFilter::new()
    ///     .conditions([Condition::equals(BrandIndicatorField::Status, "Issued")])
    ///     .orders([Order::ascending(BrandIndicatorSortField::Expires)]);
    /// ```
    pub struct BrandIndicatorFilter() {
        /// Conditions, all of which have to hold.
        #[wire("filter")]
        conditions: Vec<Condition<BrandIndicatorField>>,
        /// Orders, the most important first.
        #[wire("sort")]
        orders: Vec<Order<BrandIndicatorSortField>>,
    }
}
