use csv_core::{ReadRecordResult, Reader};

/// Longest record in lines: a quotation mark that is never closed must not have the rest of a
/// long list read again and again.
const LINES: usize = 100;

/// Reads one record of a CSV text (RFC 4180) that arrives in pieces.
///
/// A quoted field may go on over line breaks; a record that does not come to an end within
/// [`LINES`] is given up, so that its first line can be called broken and reading can go on with
/// the second.
pub(super) struct Record {
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// How much of `text` and `ends` is filled.
    filled: (usize, usize),
    /// How much of the input was read, and how much of it was searched for a line's end.
    read: usize,
    searched: usize,
    lines: usize,
    first_line: usize,
}

/// What stands at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A record of so many bytes.
    Record(usize),
    /// A line of so many bytes with a quotation mark that is not closed.
    Open(usize),
    /// A blank line of so many bytes.
    Blank(usize),
    /// More than is there.
    More,
}

impl Record {
    pub(super) fn new() -> Self {
        Self {
            reader: Reader::new(),
            text: vec![0; 256],
            ends: vec![0; 16],
            filled: (0, 0),
            read: 0,
            searched: 0,
            lines: 0,
            first_line: 0,
        }
    }

    /// Makes ready for the next record.
    pub(super) fn clear(&mut self) {
        self.reader.reset();
        self.filled = (0, 0);
        (self.read, self.searched) = (0, 0);
        (self.lines, self.first_line) = (0, 0);
    }

    /// The length of the record's first line, once its end was seen.
    pub(super) fn first_line(&self) -> Option<usize> {
        (self.lines > 0).then_some(self.first_line)
    }

    /// The number of fields.
    pub(super) fn len(&self) -> usize {
        self.filled.1
    }

    /// The fields, `None` for one that is not UTF-8.
    pub(super) fn fields(&self) -> impl Iterator<Item = Option<&str>> {
        let ends = &self.ends[..self.filled.1];
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts
            .zip(ends)
            .map(|(start, end)| str::from_utf8(&self.text[start..*end]).ok())
    }

    /// Looks for the record at the start of `text`.
    pub(super) fn find(&mut self, text: &[u8], last: bool) -> Found {
        while let Some(end) = self.line_end(text, last) {
            if self.lines == 0 && text[..end].trim_ascii().is_empty() {
                return Found::Blank(end);
            }
            if let Some(length) = self.add_line(text, end) {
                return match self.lines == 1 || is_well_quoted(&text[..length]) {
                    true => Found::Record(length),
                    false => Found::Open(self.first_line),
                };
            }
            if self.lines == LINES {
                return Found::Open(self.first_line);
            }
        }
        match last && self.lines > 0 {
            true => Found::Open(self.first_line),
            false => Found::More,
        }
    }

    /// Behind the next line.
    fn line_end(&mut self, text: &[u8], last: bool) -> Option<usize> {
        let mark = text[self.searched..].iter().position(|byte| *byte == b'\n');
        match mark {
            Some(mark) => self.searched += mark + 1,
            None => {
                self.searched = text.len();
                return (last && self.read < text.len()).then_some(text.len());
            }
        }
        Some(self.searched)
    }

    /// Reads one more line, and tells the length of the record if it ends there.
    fn add_line(&mut self, text: &[u8], end: usize) -> Option<usize> {
        let line = &text[self.read..end];
        let length = self.feed(line).map(|length| self.read + length);
        let length = length.or_else(|| match line.ends_with(b"\n") {
            true => None,
            // The last line of a file may lack its end.
            false => self.feed(b"\n").map(|_| end),
        });
        if self.lines == 0 {
            self.first_line = end;
        }
        self.lines += 1;
        self.read = end;
        length
    }

    /// Reads `input`, and tells how much of it the record took if it ends there.
    fn feed(&mut self, input: &[u8]) -> Option<usize> {
        let mut taken = 0;
        loop {
            let (bytes, fields) = self.filled;
            let (text, ends) = (&mut self.text[bytes..], &mut self.ends[fields..]);
            let (result, read, written, ended) =
                self.reader.read_record(&input[taken..], text, ends);
            taken += read;
            self.filled = (bytes + written, fields + ended);
            match result {
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return None,
                ReadRecordResult::OutputFull => self.text.resize(2 * self.text.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record => return Some(taken),
            }
        }
    }
}

/// Whether each mark opens a field, is doubled, or closes one. Lines are taken for one record only
/// then: an open mark and one of a later line could swallow what is between them.
fn is_well_quoted(record: &[u8]) -> bool {
    let (mut quoted, mut before) = (false, b',');
    let mut bytes = record.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            match (quoted, bytes.peek()) {
                (false, _) if before != b',' => return false,
                (false, _) => quoted = true,
                (true, Some(b'"')) => _ = bytes.next(),
                (true, None | Some(b',' | b'\r' | b'\n')) => quoted = false,
                (true, Some(_)) => return false,
            }
        }
        before = byte;
    }
    true
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record")
            .field("fields", &self.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in `text`, whatever the pieces in which it arrives.
    fn found(text: &str) -> Vec<(Found, Vec<String>)> {
        let whole = in_pieces(text, text.len().max(1));
        for size in 1..text.len() {
            assert_eq!(in_pieces(text, size), whole, "{text:?} by {size}");
        }
        whole
    }

    fn in_pieces(text: &str, size: usize) -> Vec<(Found, Vec<String>)> {
        let (mut start, mut end, mut all) = (0, 0, Vec::new());
        let mut record = Record::new();
        loop {
            let found = record.find(&text.as_bytes()[start..end], end == text.len());
            start += match found {
                Found::More if end == text.len() => return all,
                Found::More => {
                    end = (end + size).min(text.len());
                    continue;
                }
                Found::Record(length) | Found::Open(length) | Found::Blank(length) => length,
            };
            let fields = record
                .fields()
                .map(|field| field.expect("UTF-8").to_owned());
            let fields = fields.collect();
            if !matches!(found, Found::Blank(_)) {
                all.push((found, fields));
            }
            record.clear();
        }
    }

    fn fields(text: &str) -> Vec<Vec<String>> {
        found(text).into_iter().map(|(_, fields)| fields).collect()
    }

    #[test]
    fn quotes_commas_and_empty_fields() {
        let text = "a,\"b,\"\"c\"\"\",\r\n\r\n,,\n\"\",x y,\"two\r\nlines\"";
        let expected = [
            vec!["a", "b,\"c\"", ""],
            vec!["", "", ""],
            vec!["", "x y", "two\r\nlines"],
        ];
        assert_eq!(fields(text), expected);
        assert_eq!(
            fields("a,b\rc,d\r\r\ne,f"),
            [["a", "b"], ["c", "d"], ["e", "f"]]
        );
        assert!(fields("").is_empty() && fields("\r\n \n").is_empty());
    }

    #[test]
    fn an_open_mark_costs_its_line() {
        let open = found("c,\"d\ne,f\n");
        assert_eq!(open[0].0, Found::Open(5));
        assert_eq!(
            open[1],
            (Found::Record(4), vec!["e".to_owned(), "f".to_owned()])
        );
        assert_eq!(found("m,\"n")[0].0, Found::Open(4));
    }

    #[test]
    fn an_open_mark_swallows_no_lines() {
        for text in [
            "1,\"a\n2,b\n3,\"c\n",
            "1,\"a\n2,b\n3,\"c\" d\n",
            "1,\"a\n2,\"b\"\n",
        ] {
            assert_eq!(found(text)[0].0, Found::Open(5), "{text}");
            assert_eq!(found(text)[1].1[0], "2");
        }
    }

    #[test]
    fn a_record_has_a_hundred_lines_at_most() {
        let lines = |count: usize| format!("\"{}x\"\n", "a\n".repeat(count - 1));
        assert_eq!(in_pieces(&lines(100), 64)[0].0, Found::Record(202));
        assert_eq!(in_pieces(&lines(101), 64)[0].0, Found::Open(3));
    }

    #[test]
    fn many_and_long_fields_fit() {
        let long = format!("{},{}", "x".repeat(1000), "y,".repeat(50));
        assert_eq!(fields(&long)[0].len(), 52);
        assert_eq!(fields(&long)[0][0].len(), 1000);
    }
}
