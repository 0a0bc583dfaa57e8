//! Reports of version 1: rows of JSON, limited by codes that are numbers. Each report takes its
//! own codes of status, date and source.

mod activity;
mod code;
mod request;
mod row;

use cert_core::client::{Around, Fault, FaultClass};

pub use self::activity::{
    Action, ActivityAdministrator, ActivityNotification, ActivityOrganization, ActivityRow,
    ActivitySmime, ActivitySsl,
};
pub use self::code::{
    BrandSourceCode, BrandStatusCode, ClientDateAttribute, ClientStatusCode, DateAttribute,
    DeviceStatusCode, OutputType, SerialNumberFormat, SslSourceCode, SslStatusCode,
};
pub(super) use self::request::Output;
pub use self::request::{ActivityFilter, BrandFilter, ClientFilter, DeviceFilter, SslFilter};
pub use self::row::{
    BrandRow, BrandSource, ClientRow, DeviceRow, DomainDcvStatus, DomainRow, DomainUse,
    RowOrganization, RowPerson, SslRow,
};

cert_core::response! {
    /// Members of a report besides its rows.
    pub struct Outcome {
        /// Code of the outcome, 0 in every sample of the vendor's. A negative code, as all codes
        /// of errors are, makes the report a refusal.
        pub status_code: Option<i64>,
        /// Text about the outcome; in older versions.
        pub message: Option<String>,
    }
}

impl Around for Outcome {
    const ROWS: &'static str = "reports";

    fn fault(&self) -> Option<Fault> {
        let code = self.status_code.filter(|code| *code < 0)?;
        Some(Fault {
            code: Some(code.to_string()),
            message: self.message.clone(),
            class: Some(FaultClass::Refused),
        })
    }
}
