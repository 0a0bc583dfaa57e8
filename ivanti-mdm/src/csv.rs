//! Comma-separated values after RFC 4180, line by line, so that a broken line costs only itself.

/// The records of a text: with the number of its first line each, or why it is none.
pub(crate) struct Records<'t> {
    lines: Vec<(usize, &'t str)>,
    next: usize,
}

/// One record and the number of the line on which it begins, from 1.
pub(crate) type Numbered = (usize, Result<Vec<String>, &'static str>);

impl<'t> Records<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
        let lines = lines.enumerate().map(|(index, line)| (index + 1, line));
        Self {
            lines: lines.filter(|(_, line)| !line.trim().is_empty()).collect(),
            next: 0,
        }
    }

    /// The next record. A quoted field may go on over line breaks, as long as the record then
    /// has `columns` fields; otherwise its first line alone is broken.
    pub(crate) fn record(&mut self, columns: Option<usize>) -> Option<Numbered> {
        let (number, line) = *self.lines.get(self.next)?;
        self.next += 1;
        match fields(line) {
            Err(OPEN) => Some((number, self.continued(line, columns).ok_or(OPEN))),
            outcome => Some((number, outcome)),
        }
    }

    fn continued(&mut self, line: &str, columns: Option<usize>) -> Option<Vec<String>> {
        let mut text = line.to_owned();
        let rest = self.lines.get(self.next..).unwrap_or_default();
        for (index, (_, line)) in rest.iter().take(LONGEST_RECORD - 1).enumerate() {
            text.push('\n');
            text.push_str(line);
            match fields(&text) {
                Err(OPEN) => {}
                Ok(record) if Some(record.len()) == columns => {
                    self.next += index + 1;
                    return Some(record);
                }
                _ => return None,
            }
        }
        None
    }
}

/// In lines; a mark that is never closed must not have the rest of a long list read again and
/// again.
const LONGEST_RECORD: usize = 20;

const OPEN: &str = "a quotation mark is not closed";
const STRAY: &str = "a quotation mark stands within a field";

fn fields(line: &str) -> Result<Vec<String>, &'static str> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => closed(quoted)?,
            None => plain(rest)?,
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(following) => rest = following,
            None if after.is_empty() => return Ok(fields),
            None => return Err(STRAY),
        }
    }
}

fn plain(text: &str) -> Result<(String, &str), &'static str> {
    let (field, after) = text.split_at(text.find(',').unwrap_or(text.len()));
    match field.contains('"') {
        true => Err(STRAY),
        false => Ok((field.to_owned(), after)),
    }
}

/// A quoted field up to its closing mark; a doubled mark stands for one.
fn closed(quoted: &str) -> Result<(String, &str), &'static str> {
    let mut field = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"').ok_or(OPEN)?;
        field.push_str(before);
        match after.strip_prefix('"') {
            Some(following) => {
                field.push('"');
                rest = following;
            }
            None => return Ok((field, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, columns: usize) -> Vec<Numbered> {
        let mut records = Records::new(text);
        std::iter::from_fn(|| records.record(Some(columns))).collect()
    }

    fn row(fields: &[&str]) -> Result<Vec<String>, &'static str> {
        Ok(fields.iter().map(|&field| field.to_owned()).collect())
    }

    #[test]
    fn quotes_commas_and_empty_fields() {
        let text = "\u{feff}a,\"b,\"\"c\"\"\",\r\n\r\n,,\n\"\",x y,\"two\nlines\"";
        let expected = [
            (1, row(&["a", "b,\"c\"", ""])),
            (3, row(&["", "", ""])),
            (4, row(&["", "x y", "two\nlines"])),
        ];
        assert_eq!(read(text, 3), expected);
    }

    #[test]
    fn a_broken_line_costs_only_itself() {
        let text = "a,b\nc,\"d\ne,f\n\"g\"h,i\nj\"k,l\nm,\"n";
        let expected = [
            (1, row(&["a", "b"])),
            (2, Err(OPEN)),
            (3, row(&["e", "f"])),
            (4, Err(STRAY)),
            (5, Err(STRAY)),
            (6, Err(OPEN)),
        ];
        assert_eq!(read(text, 2), expected);
    }

    #[test]
    fn nothing_holds_no_record() {
        assert!(read("", 2).is_empty());
        assert!(read("\r\n \n", 2).is_empty());
    }
}
