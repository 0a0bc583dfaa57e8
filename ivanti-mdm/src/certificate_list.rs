use cert_core::client::{CsvRow, CsvRows};
use cert_core::{Fingerprint, SerialNumber, Time, open_enum, text_id};

text_id! {
    /// The vendor's number of an external authority; several authorities can share it.
    pub struct AuthorityId;
}

text_id! {
    /// The number of a tenant, such as `42591`.
    pub struct TenantId;
}

open_enum! {
    /// Status of a certificate of an external authority.
    pub enum CertificateState {
        /// Revoked by hand, or to be.
        ManualRevoke = "Manual_Revoke",
    }
}

cert_core::response! {
    /// A certificate of an external authority, as the vendor lists it. A profile for data
    /// protection may mask or blank any of it.
    pub struct ListedCertificate {
        /// Number of the authority.
        #[wire("caID")]
        pub ca_id: Option<AuthorityId>,
        /// Name of the authority.
        pub ca_name: Option<String>,
        /// A hash of the certificate; blank in every sample seen.
        pub cert_hash: Option<Fingerprint>,
        /// The device's channel; blank in every sample seen.
        pub mdm_channel_id: Option<String>,
        /// The last moment of its validity. Its zone may be a letter code that several places
        /// share, such as `IST`: then it is no instant.
        pub not_after: Option<Time>,
        /// The first moment of its validity, likewise.
        pub not_before: Option<Time>,
        /// Serial number, written in decimal; without a value where digits are masked.
        pub serial_number: Option<SerialNumber>,
        /// Current status.
        pub store_state: Option<CertificateState>,
        /// Subject, such as `CN=host.example.com,OU=Example`.
        pub subject: Option<String>,
        /// Use of the certificate; blank in every sample seen.
        pub usage_type: Option<String>,
    }
}

/// Certificates of external authorities, read line by line while the list arrives. A line that
/// cannot be read is an error of its own ([`BrokenRow`](crate::BrokenRow)), and the next line follows.
///
/// ```
/// # async fn demo(mut list: ivanti_mdm::CertificateList) -> Result<(), ivanti_mdm::Error> {
/// use ivanti_mdm::BrokenRow;
///
/// while let Some(certificate) = list.next().await {
///     match certificate {
///         Ok(certificate) => println!("{:?}", certificate.subject),
///         Err(error) if BrokenRow::of(&error).is_some() => eprintln!("{error}"),
///         Err(error) => return Err(error),
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub type CertificateList = CsvRows<ListedCertificate>;

impl CsvRow for ListedCertificate {
    const COLUMNS: &'static [&'static str] = &["serialNumber", "subject"];

    /// The vendor writes serial numbers in decimal.
    fn complete(mut self) -> Self {
        let decimal = |serial: SerialNumber| SerialNumber::from_decimal(serial.as_str());
        self.serial_number = self.serial_number.map(decimal);
        self
    }
}

#[cfg(test)]
mod tests {
    use cert_core::bytes::Bytes;
    use cert_core::client::{Answer, Reply as _};
    use cert_core::{TimeKind, http};

    use super::*;
    use crate::{BrokenRow, Error};

    const HEADER: &str = "caID,caName,certHash,mdmChannelId,notAfter,notBefore,serialNumber,\
                          storeState,subject,usageType\n";

    /// The lines of a list that is there already.
    async fn lines(text: &str) -> Vec<Result<ListedCertificate, Error>> {
        let body = Bytes::copy_from_slice(text.as_bytes());
        let mut answer = Answer::new(http::StatusCode::OK, http::HeaderMap::new(), body);
        let mut list = CertificateList::decode(&mut answer).expect("a list");
        let mut lines = Vec::new();
        while let Some(line) = list.next().await {
            lines.push(line);
        }
        lines
    }

    async fn only(row: &str) -> ListedCertificate {
        let mut lines = lines(&format!("{HEADER}{row}")).await;
        assert_eq!(lines.len(), 1);
        lines.remove(0).expect("a certificate")
    }

    #[tokio::test]
    async fn nothing_and_a_header_alone_are_empty_lists() {
        for text in ["", "\r\n", HEADER] {
            assert!(lines(text).await.is_empty());
        }
    }

    #[tokio::test]
    async fn java_dates_and_quoted_subjects() {
        let row = "18000,ExternalCA1,,,Tue Jun 08 14:20:15 IST 2049,Mon Jun 17 14:20:19 UTC 2019,\
                   1007,Manual_Revoke,\"CN=a.example.com,OU=b\",\n\n";
        let certificate = only(row).await;
        let not_after = certificate.not_after.as_ref().expect("a date");
        assert_eq!((not_after.zone(), not_after.instant()), (Some("IST"), None));
        let not_before = certificate.not_before.as_ref().expect("a date");
        assert!(matches!(not_before.kind(), TimeKind::Instant(_)));
        assert_eq!(
            certificate.subject.as_deref(),
            Some("CN=a.example.com,OU=b")
        );
        assert_eq!(
            certificate.store_state,
            Some(CertificateState::ManualRevoke)
        );
        let serial = certificate.serial_number.as_ref().expect("a number");
        assert_eq!(serial, &SerialNumber::from_decimal("1007"));
        assert_eq!(
            (&certificate.cert_hash, &certificate.usage_type),
            (&None, &None)
        );
    }

    #[tokio::test]
    async fn masked_serials_are_kept_and_have_no_value() {
        let row =
            "32144,CA,,,,,xxxx23856034564930745351291156834644115064648,Manual_Revoke,CN=a,\n";
        let serial = only(row).await.serial_number.expect("a text");
        assert!(serial.as_str().starts_with("xxxx2385") && !serial.is_well_formed());
    }

    #[tokio::test]
    async fn columns_go_by_name() {
        let lines = lines("subject,new,serialNumber\nCN=a,x,255\n").await;
        let certificate = lines[0].as_ref().expect("a row");
        assert_eq!(certificate.subject.as_deref(), Some("CN=a"));
        let serial = certificate.serial_number.as_ref();
        let serial = serial.and_then(SerialNumber::to_hex);
        assert_eq!(serial.as_deref(), Some("ff"));
    }

    #[tokio::test]
    async fn broken_lines_are_named_and_good_ones_kept() {
        let good = "1,CA,,,,,7,Manual_Revoke,CN=a,\n";
        let lines = lines(&format!(
            "{HEADER}{good}1,CA,too short\n\n2,CA,,,,,8,x,\"CN=b,\n{good}"
        ))
        .await;
        let broken = lines.iter().filter_map(|line| line.as_ref().err());
        let broken: Vec<_> = broken
            .filter_map(|error| BrokenRow::of(error).map(ToString::to_string))
            .collect();
        assert_eq!(
            broken,
            [
                "line 3 of the list cannot be read: it has 3 fields where the header names 10",
                "line 5 of the list cannot be read: a quotation mark is not closed",
            ]
        );
        assert_eq!(lines.iter().filter(|line| line.is_ok()).count(), 2);
    }

    #[tokio::test]
    async fn another_document_is_no_list() {
        let mut lines = lines("<html>\nSign in</html>").await;
        let error = lines.remove(0).expect_err("a page");
        assert!(error.to_string().contains("`serialNumber`"), "{error}");
    }
}
