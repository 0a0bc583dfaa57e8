//! Codes of version 1: numbers.

use cert_core::open_enum;
use serde::{Serialize, Serializer};

open_enum! {
    /// Status of SSL certificates, as a number.
    pub enum SslStatusCode {
        /// Any.
        Any = "0",
        /// Waits for approval.
        Requested = "1",
        /// Issued.
        Issued = "2",
        /// Revoked.
        Revoked = "3",
        /// Validity is over.
        Expired = "4",
        /// Of another CA. Deprecated by the vendor: works as `Issued` with a source.
        External = "11",
    }
}

open_enum! {
    /// Status of brand indicator certificates, as a number.
    pub enum BrandStatusCode {
        /// Any.
        Any = "0",
        /// Waits for approval.
        Requested = "1",
        /// Issued.
        Issued = "2",
        /// Revoked.
        Revoked = "3",
        /// Validity is over.
        Expired = "4",
    }
}

open_enum! {
    /// Status of client certificates, as a number.
    pub enum ClientStatusCode {
        /// Any; persons without certificates are listed too.
        Any = "0",
        /// Issued. For what was downloaded, limit the date of the download besides.
        Enrolled = "2",
        /// Revoked.
        Revoked = "3",
        /// Validity is over.
        Expired = "4",
        /// Issued, and not downloaded yet.
        PendingDownload = "5",
        /// Not requested yet; persons without certificates are listed too.
        NotEnrolled = "6",
    }
}

open_enum! {
    /// Status of device certificates, as a number.
    pub enum DeviceStatusCode {
        /// Any.
        Any = "0",
        /// Waits for approval.
        Requested = "1",
        /// Issued.
        Issued = "2",
        /// Revoked.
        Revoked = "3",
        /// Validity is over.
        Expired = "4",
        /// Waits for approval. Deprecated by the vendor: works as `Requested`.
        AwaitingApproval = "7",
        /// Approved, and not yet ordered.
        Approved = "8",
        /// Ordered from the CA.
        Applied = "9",
        /// Downloaded. Deprecated by the vendor: works as `Issued` with the date of the download,
        /// [`DateAttribute::Downloaded`].
        Downloaded = "10",
    }
}

open_enum! {
    /// Date that the limits apply to, as a number.
    pub enum DateAttribute {
        /// First download. The vendor lists it for client certificates alone, and sends it in
        /// samples of other reports.
        Downloaded = "1",
        /// Revocation.
        Revoked = "2",
        /// Last moment of validity.
        Expires = "3",
        /// Request.
        Requested = "4",
        /// Issue.
        Issued = "5",
    }
}

open_enum! {
    /// Date of client certificates that the limits apply to, as a number.
    pub enum ClientDateAttribute {
        /// Issue.
        Enrolled = "0",
        /// First download.
        Downloaded = "1",
        /// Revocation.
        Revoked = "2",
        /// Last moment of validity.
        Expires = "3",
    }
}

open_enum! {
    /// Origin of the request for an SSL certificate, as a number.
    pub enum SslSourceCode {
        /// A web form.
        WebForm = "0",
        /// An administrator.
        ClientAdmin = "1",
        /// The SOAP API.
        WebApi = "2",
        /// Found by discovery.
        Discovery = "3",
        /// Imported.
        Imported = "4",
        /// SCEP.
        Scep = "5",
        /// An agent for Microsoft CAs.
        MicrosoftAgent = "7",
        /// A bulk request.
        BulkRequest = "9",
        /// ACME.
        Acme = "10",
        /// EST.
        Est = "11",
        /// The REST API, as here.
        Rest = "12",
    }
}

open_enum! {
    /// Origin of the request for a brand indicator certificate, as a number.
    pub enum BrandSourceCode {
        /// An administrator.
        ClientAdmin = "0",
        /// The REST API, as here.
        Rest = "1",
        /// Imported.
        Imported = "2",
    }
}

open_enum! {
    /// Form of serial numbers.
    pub enum SerialNumberFormat {
        /// Hexadecimal, with the zeros that it begins with.
        HexWithLeadingZeros = "HEXWithLeadingZeros",
    }
}

open_enum! {
    /// Way in which an answer is made. The vendor lists no values.
    pub enum OutputType {
        /// Written once all of it is there.
        Buffered = "buffered",
    }
}

/// A code that is sent as the number that it is.
pub(super) struct Number<'a, T>(pub(super) &'a T);

impl<T: AsRef<str>> Serialize for Number<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.as_ref();
        match text.parse::<i64>() {
            Ok(number) => serializer.serialize_i64(number),
            Err(_) => serializer.serialize_str(text),
        }
    }
}
