//! The search of certificate transparency logs for a domain.

use cert_core::Violation;

use crate::BucketId;

cert_core::request! {
    /// Settings for the search of certificate transparency logs for a domain (RFC 6962).
    ///
    /// ```
    /// use sectigo_scm::domains::CtMonitoringSettings;
    ///
    /// let search = CtMonitoringSettings::new()
    ///     .enabled(true)
    ///     .bucket("88a9795b-b3cf-411b-8e72-f365a0ab5e71");
    /// ```
    pub struct CtMonitoringSettings() {
        /// Whether the logs are searched; then a bucket is needed.
        enabled: bool,
        /// Whether names below the domain are searched for too.
        include_subdomains: bool,
        /// Bucket that gets the certificates that are found.
        #[wire("bucketId")]
        bucket: BucketId,
    }
    check bucket_if_enabled
}

cert_core::response! {
    /// Search of certificate transparency logs for a domain.
    pub struct CtMonitoring {
        /// Whether the logs are searched.
        pub enabled: Option<bool>,
        /// Whether names below the domain are searched for too.
        pub include_subdomains: Option<bool>,
        /// Bucket that gets the certificates that are found.
        #[wire("bucketId")]
        pub bucket: Option<BucketId>,
    }
}

fn bucket_if_enabled(settings: &CtMonitoringSettings) -> Result<(), Violation> {
    match (settings.enabled, &settings.bucket) {
        (Some(true), None) => {
            Err(Violation::new("is needed where the logs are searched").within("bucket"))
        }
        _ => Ok(()),
    }
}
