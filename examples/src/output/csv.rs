use std::io::{self, Write};

use crate::row::Row;

const HEADER: [&str; 8] = [
    "vendor",
    "system",
    "id",
    "subject",
    "serial",
    "expires",
    "days_left",
    "state",
];

pub(super) fn write(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEADER)?;
    for row in rows {
        let days = row
            .days_left
            .map(|days| days.to_string())
            .unwrap_or_default();
        let serial = row.serial.as_ref().map_or("", |serial| serial.as_str());
        let fields = [
            row.vendor,
            &row.system,
            &row.id,
            &row.subject,
            serial,
            &row.expiry(),
            &days,
            &row.state,
        ];
        csv.write_record(fields)?;
    }
    csv.flush()
}
