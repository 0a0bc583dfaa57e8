use std::io::{self, Write};

use super::shown::cell;
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
        let expiry = row.expiry();
        let fields = [
            row.vendor,
            &cell(&row.system),
            &cell(&row.id),
            &cell(&row.subject),
            &cell(serial),
            &cell(&expiry),
            &days,
            &cell(&row.state),
        ];
        csv.write_record(fields)?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Vendor;

    #[test]
    fn vendors_text_is_neither_a_formula_nor_a_control() {
        let mut row = Row::new(Vendor::Fortiauth, "=cmd|' /C calc'!A0");
        row.id = "@1".into();
        row.subject = "\x1b]0;x\x07\u{202e}".into();
        row.serial = Some("+2".into());
        row.expires = Some("-soon".into());
        row.days_left = Some(-3);
        row.state = "\tvalid".into();
        let mut written = Vec::new();
        write(&[row], &mut written).expect("written to memory");
        let written = String::from_utf8(written).expect("text");
        let line = written.lines().nth(1).expect("a row");
        let subject = "\\u{1b}]0;x\\u{7}\\u{202e}";
        let wanted = format!("fortiauth,'=cmd|' /C calc'!A0,'@1,{subject},'+2,'-soon,-3,'\\tvalid");
        assert_eq!(line, wanted);
    }
}
