use std::fmt;

use cert_core::client::{Answer, Error, Reply};
use cert_core::{Fingerprint, SerialNumber, Time, open_enum, text_id};

use crate::csv::Records;

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

/// A certificate of an external authority, as the vendor lists it. A profile for data protection
/// may mask or blank any of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedCertificate {
    /// Number of the authority.
    pub ca_id: Option<AuthorityId>,
    /// Name of the authority.
    pub ca_name: Option<String>,
    /// A hash of the certificate; blank in every sample seen.
    pub cert_hash: Option<Fingerprint>,
    /// The device's channel; blank in every sample seen.
    pub mdm_channel_id: Option<String>,
    /// The last moment of its validity. Its zone may be a letter code that several places share,
    /// such as `IST`: then it is no instant.
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

/// A list of certificates. Each entry is a certificate or a line that could not be read.
///
/// ```
/// # fn demo(list: ivanti_mdm::CertificateList) -> Result<(), ivanti_mdm::BrokenLine> {
/// let every_line_or_none: Vec<_> = list.into_iter().collect::<Result<_, _>>()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateList {
    entries: Vec<Result<ListedCertificate, BrokenLine>>,
}

/// A line of a list that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenLine {
    /// The number of the line, from 1, the header included.
    pub line: usize,
    reason: String,
}

impl CertificateList {
    /// The entries in the order of the list.
    pub fn entries(&self) -> &[Result<ListedCertificate, BrokenLine>] {
        &self.entries
    }

    /// The certificates that could be read; not all of them where there are
    /// [`broken_lines`](Self::broken_lines).
    pub fn certificates(&self) -> impl Iterator<Item = &ListedCertificate> {
        self.entries.iter().filter_map(|entry| entry.as_ref().ok())
    }

    /// The lines that could not be read.
    pub fn broken_lines(&self) -> impl Iterator<Item = &BrokenLine> {
        self.entries.iter().filter_map(|entry| entry.as_ref().err())
    }

    fn read(text: &str) -> Result<Self, Error> {
        let mut records = Records::new(text);
        let Some((_, header)) = records.record(None) else {
            return Ok(Self {
                entries: Vec::new(),
            });
        };
        let columns = Columns::named(header)?;
        let entry = |(line, record): (usize, Result<Vec<String>, &'static str>)| {
            let certificate = record
                .map_err(str::to_owned)
                .and_then(|r| columns.certificate(&r));
            certificate.map_err(|reason| BrokenLine { line, reason })
        };
        let records = std::iter::from_fn(|| records.record(Some(columns.names.len())));
        Ok(Self {
            entries: records.map(entry).collect(),
        })
    }
}

impl Reply for CertificateList {
    type Value = Self;

    fn decode(answer: &mut Answer) -> Result<Self, Error> {
        let text = str::from_utf8(&answer.body)
            .map_err(|error| Error::unexpected(format!("the list is not UTF-8: {error}")))?;
        Self::read(text)
    }
}

impl IntoIterator for CertificateList {
    type Item = Result<ListedCertificate, BrokenLine>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl fmt::Display for BrokenLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {} of the list cannot be read: {}",
            self.line, self.reason
        )
    }
}

impl std::error::Error for BrokenLine {}

/// The columns of a list in its own order.
struct Columns {
    names: Vec<String>,
}

impl Columns {
    fn named(header: Result<Vec<String>, &'static str>) -> Result<Self, Error> {
        let header = header
            .map_err(|reason| Error::unexpected(format!("the header of the list: {reason}")))?;
        let names: Vec<_> = header.iter().map(|name| name.trim().to_owned()).collect();
        match ["serialNumber", "subject"]
            .into_iter()
            .find(|name| !names.iter().any(|n| n == name))
        {
            None => Ok(Self { names }),
            Some(missing) => Err(Error::unexpected(format!(
                "the answer is not the documented list: it has no column `{missing}`"
            ))),
        }
    }

    fn certificate(&self, record: &[String]) -> Result<ListedCertificate, String> {
        if record.len() != self.names.len() {
            return Err(format!(
                "it has {} fields where the header names {}",
                record.len(),
                self.names.len()
            ));
        }
        let field = |name: &str| self.field(record, name);
        let text = |name: &str| field(name).map(str::to_owned);
        Ok(ListedCertificate {
            ca_id: field("caID").map(AuthorityId::from),
            ca_name: text("caName"),
            cert_hash: field("certHash").map(Fingerprint::from),
            mdm_channel_id: text("mdmChannelId"),
            not_after: field("notAfter").map(Time::from),
            not_before: field("notBefore").map(Time::from),
            serial_number: field("serialNumber").map(SerialNumber::from_decimal),
            store_state: field("storeState").map(CertificateState::from),
            subject: text("subject"),
            usage_type: text("usageType"),
        })
    }

    /// The field of a column, unless it is blank or there is no such column.
    fn field<'r>(&self, record: &'r [String], name: &str) -> Option<&'r str> {
        let index = self.names.iter().position(|known| known == name)?;
        record
            .get(index)
            .map(|field| field.trim())
            .filter(|field| !field.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use cert_core::TimeKind;

    use super::*;

    const HEADER: &str = "caID,caName,certHash,mdmChannelId,notAfter,notBefore,serialNumber,\
                          storeState,subject,usageType\n";

    fn read(rows: &str) -> CertificateList {
        CertificateList::read(&format!("{HEADER}{rows}")).expect("a list")
    }

    #[test]
    fn nothing_and_a_header_alone_are_empty_lists() {
        for text in ["", "\r\n", HEADER] {
            assert!(
                CertificateList::read(text)
                    .expect("a list")
                    .entries()
                    .is_empty()
            );
        }
    }

    #[test]
    fn java_dates_quoted_subjects_and_blank_lines() {
        let row = "18000,ExternalCA1,,,Tue Jun 08 14:20:15 IST 2049,Mon Jun 17 14:20:19 UTC 2019,\
                   1007,Manual_Revoke,\"CN=a.example.com,OU=b\",\n\n";
        let list = read(&row.repeat(2));
        assert_eq!(list.certificates().count(), 2);
        let certificate = list.certificates().next().expect("a row");
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

    #[test]
    fn masked_serials_are_kept_and_have_no_value() {
        let row =
            "32144,CA,,,,,xxxx23856034564930745351291156834644115064648,Manual_Revoke,CN=a,\n";
        let list = read(row);
        let certificate = list.certificates().next().expect("a row");
        let serial = certificate.serial_number.as_ref().expect("a text");
        assert!(serial.as_str().starts_with("xxxx2385") && !serial.is_well_formed());
    }

    #[test]
    fn columns_go_by_name() {
        let text = "subject,new,serialNumber\nCN=a,x,255\n";
        let list = CertificateList::read(text).expect("a list");
        let certificate = list.certificates().next().expect("a row");
        assert_eq!(certificate.subject.as_deref(), Some("CN=a"));
        let serial = certificate
            .serial_number
            .as_ref()
            .and_then(SerialNumber::to_hex);
        assert_eq!(serial.as_deref(), Some("ff"));
    }

    #[test]
    fn broken_lines_are_named_and_good_ones_kept() {
        let good = "1,CA,,,,,7,Manual_Revoke,CN=a,\n";
        let list = read(&format!(
            "{good}1,CA,too short\n\n2,CA,,,,,8,x,\"CN=b,\n{good}"
        ));
        assert_eq!(list.certificates().count(), 2);
        let broken: Vec<_> = list.broken_lines().map(ToString::to_string).collect();
        assert_eq!(
            broken,
            [
                "line 3 of the list cannot be read: it has 3 fields where the header names 10",
                "line 5 of the list cannot be read: a quotation mark is not closed",
            ]
        );
        let complete: Result<Vec<_>, BrokenLine> = list.into_iter().collect();
        assert_eq!(complete.expect_err("broken").line, 3);
    }

    #[test]
    fn another_document_is_no_list() {
        let error = CertificateList::read("<html>\nSign in</html>").expect_err("a page");
        assert!(error.to_string().contains("`serialNumber`"), "{error}");
    }
}
