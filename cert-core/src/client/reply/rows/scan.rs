/// Finds the end of a JSON value that arrives in pieces, by its quotation marks and brackets alone.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scan {
    /// How much of the value was looked at.
    pub(super) seen: usize,
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Scan {
    /// The length of the value at the start of `text`, if it ends there. A number or a word ends
    /// where something else begins, and with the `last` of the text.
    pub(super) fn end(&mut self, text: &[u8], last: bool) -> Option<usize> {
        for (index, byte) in text.iter().enumerate().skip(self.seen) {
            if let Some(end) = self.step(index, *byte) {
                return Some(end);
            }
        }
        self.seen = text.len();
        let is_bare = self.depth == 0 && !self.in_text;
        (last && is_bare && !text.is_empty()).then_some(text.len())
    }

    fn step(&mut self, index: usize, byte: u8) -> Option<usize> {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_text => self.escaped = true,
            b'"' => {
                self.in_text = !self.in_text;
                return (!self.in_text && self.depth == 0).then_some(index + 1);
            }
            _ if self.in_text => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 1 => self.depth -= 1,
            b'}' | b']' => return Some(index + self.depth),
            b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => return Some(index),
            _ => {}
        }
        None
    }

    /// The same scan, where the text that was looked at is dropped.
    pub(super) fn dropping(mut self) -> Self {
        self.seen = 0;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value at the start, found in pieces of every size.
    #[track_caller]
    fn assert_found(text: &str, value: &str) {
        for size in 1..=text.len() {
            let mut scan = Scan::default();
            let mut lengths = (size..text.len()).step_by(size).chain([text.len()]);
            let found = lengths.find_map(|length| {
                let last = length == text.len();
                scan.end(&text.as_bytes()[..length], last)
            });
            assert_eq!(found, Some(value.len()), "{text} by {size}");
        }
    }

    #[test]
    fn values_end_where_they_do() {
        assert_found(r#"{"a":[1,{"b":"}"}]},2"#, r#"{"a":[1,{"b":"}"}]}"#);
        assert_found(r#""a\"]\\",1"#, r#""a\"]\\""#);
        assert_found("[[],[]]]", "[[],[]]");
        assert_found("12]", "12");
        assert_found("null}", "null");
        assert_found("true ,", "true");
        assert_found("-1.5e3", "-1.5e3");
    }

    #[test]
    fn what_is_open_has_no_end() {
        for text in [r#"{"a":1"#, r#""a"#, r#""a\""#, "[", r#"{"a]}"#, ""] {
            assert_eq!(Scan::default().end(text.as_bytes(), true), None, "{text}");
        }
    }
}
