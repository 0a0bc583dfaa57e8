use std::fmt;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::decode_error::{DecodeError, DecodeErrorKind};
use super::reader::Header;
use super::{eight_bit, tag};

/// One block of a PEM text (RFC 7468), or of the older form with headers (RFC 1421).
///
/// Reading takes what mail programs, shells and JSON do to PEM: any line length and line end, text
/// between the blocks, indented lines, a whole block on one line. Writing gives 64 characters a
/// line and a line feed after each, the form every tool reads. The bytes are wiped on drop and
/// never shown, for a block may hold a key.
///
/// ```
/// use cert_core::PemBlock;
///
/// let block = PemBlock::new("X509 CRL", [0x30, 0x00]);
/// assert_eq!(block.to_string(), "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n");
/// assert_eq!(PemBlock::all(&block.to_string())?, [block]);
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("pem", "armor", "BEGIN CERTIFICATE"))]
#[derive(Clone, PartialEq, Eq)]
pub struct PemBlock {
    label: String,
    headers: Vec<(String, String)>,
    contents: Zeroizing<Vec<u8>>,
}

impl PemBlock {
    /// A block of these bytes, to be written.
    #[must_use]
    pub fn new(label: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        let contents = Zeroizing::new(contents.into());
        Self {
            label: label.into(),
            headers: Vec::new(),
            contents,
        }
    }

    /// Every block of a text, in order. A text without any gives an empty list.
    ///
    /// # Errors
    /// If a block has no BEGIN or no END line, or one with other than five dashes on either side,
    /// or holds something that is not base64; the error counts the blocks from 1. A remark that
    /// reads like a BEGIN line is none where neither base64 nor an END line follows.
    pub fn all(text: &str) -> Result<Vec<Self>, DecodeError> {
        let mut blocks = Vec::new();
        let mut scan = Scan { text, position: 0 };
        while let Some(block) = scan
            .next_block()
            .map_err(|error| error.in_block(blocks.len() + 1))?
        {
            blocks.push(block);
        }
        Ok(blocks)
    }

    /// The words between `BEGIN` and the dashes, such as `CERTIFICATE`.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The header lines of the older form, such as `Proc-Type: 4,ENCRYPTED`.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The bytes that the block holds.
    #[must_use]
    pub fn contents(&self) -> &[u8] {
        &self.contents
    }

    fn read(label: &str, body: &str) -> Result<Self, DecodeError> {
        let (headers, body) = split_headers(body);
        let contents = decode_base64(body).ok_or_else(|| not_base64(body))?;
        Ok(Self {
            label: label.to_owned(),
            headers,
            contents,
        })
    }
}

impl fmt::Display for PemBlock {
    /// The block as text. It shows the contents: mind where a key is written to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{BEGIN}{}{DASHES}", self.label)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        if !self.headers.is_empty() {
            writeln!(f)?;
        }
        for line in self.contents.chunks(BYTES_PER_LINE) {
            writeln!(f, "{}", *Zeroizing::new(encode_base64(line)))?;
        }
        writeln!(f, "{END}{}{DASHES}", self.label)
    }
}

impl fmt::Debug for PemBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PemBlock({}, {} bytes)", self.label, self.contents.len())
    }
}

/// How blobs arrive: PEM blocks, or the bytes themselves.
pub(crate) enum Input {
    Blocks(Vec<PemBlock>),
    Der(Zeroizing<Vec<u8>>),
}

impl Input {
    /// Tells PEM, bare base64 and DER apart by looking.
    pub(crate) fn detect(bytes: &[u8]) -> Result<Self, DecodeError> {
        if is_utf16(bytes) {
            return Err(DecodeError::new(DecodeErrorKind::Utf16));
        }
        if bytes.first() == Some(&tag::SEQUENCE) && !bytes.iter().all(is_text) {
            return Ok(Self::Der(Zeroizing::new(without_line_end(bytes).to_vec())));
        }
        // Text between the blocks may be in any encoding; the blocks are ASCII.
        let text = Zeroizing::new(eight_bit(bytes));
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(DecodeError::new(DecodeErrorKind::Empty));
        }
        let blocks = PemBlock::all(text)?;
        if !blocks.is_empty() {
            return Ok(Self::Blocks(blocks));
        }
        let der = decode_base64(text).ok_or_else(|| not_encoded(text))?;
        match der.first() {
            Some(&tag::SEQUENCE) => Ok(Self::Der(der)),
            _ => Err(not_encoded(text)),
        }
    }

    /// The bytes of the one block under one of these labels, or the DER that came without any.
    pub(crate) fn one(self, labels: &[&'static str]) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
        let blocks = match self {
            Self::Der(der) => return Ok(der),
            Self::Blocks(blocks) => blocks,
        };
        let mut wanted = blocks
            .iter()
            .filter(|block| labels.contains(&block.label()));
        let first = wanted.next().ok_or_else(|| wrong_label(labels, &blocks))?;
        match wanted.count() {
            0 => Ok(first.contents.clone()),
            more => Err(DecodeError::new(DecodeErrorKind::Several(more + 1))),
        }
    }
}

/// Why none of the blocks will do; there may be none at all.
pub(crate) fn wrong_label(labels: &[&'static str], blocks: &[PemBlock]) -> DecodeError {
    if blocks.is_empty() {
        return DecodeError::new(DecodeErrorKind::NotEncoded);
    }
    let mut found: Vec<String> = Vec::new();
    for label in blocks.iter().map(|block| shown(&block.label)) {
        if !found.contains(&label) {
            found.push(label);
        }
    }
    let expected = labels.first().copied().unwrap_or("block");
    DecodeError::new(DecodeErrorKind::WrongLabel {
        expected,
        found: found.join(", "),
    })
}

/// Standard or URL-safe base64, padded or not, with any white space in it.
pub(crate) fn decode_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // As long as it can get, so that no copy of a key stays behind.
    let mut dense = Zeroizing::new(Vec::with_capacity(text.len()));
    dense.extend(text.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    let url_safe = dense.iter().any(|byte| matches!(byte, b'-' | b'_'));
    let engine = if url_safe {
        &URL_SAFE_ENGINE
    } else {
        &STANDARD_ENGINE
    };
    engine.decode(dense.as_slice()).ok().map(Zeroizing::new)
}

pub(crate) fn encode_base64(bytes: &[u8]) -> String {
    STANDARD_ENGINE.encode(bytes)
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
const BYTES_PER_LINE: usize = 48;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD_ENGINE: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const URL_SAFE_ENGINE: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// `0` is the identifier octet of a SEQUENCE, too.
fn is_text(byte: &u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}

/// UTF-16, by every other octet of its first letters, with a byte order mark or without.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, letter, 0, ..] | [0xfe, 0xff, 0, letter, ..] => is_text(letter),
        [one, 0, other, 0, ..] | [0, one, 0, other, ..] => is_text(one) && is_text(other),
        _ => false,
    }
}

/// Without the line end that editors and shells put after the value.
fn without_line_end(ber: &[u8]) -> &[u8] {
    let trimmed = ber.trim_ascii_end();
    let end = match Header::read(ber) {
        Ok(header) => header
            .length
            .map(|length| header.size.saturating_add(length)),
        Err(_) => return ber,
    };
    // An indefinite length ends with two zeros, which are no white space.
    match end.unwrap_or(trimmed.len()) {
        end if (trimmed.len()..=ber.len()).contains(&end) => &ber[..end],
        _ => ber,
    }
}

fn not_encoded(text: &str) -> DecodeError {
    let spelled_out = without_escapes(text).is_some_and(|text| decode_base64(&text).is_some());
    DecodeError::new(match spelled_out {
        true => DecodeErrorKind::EscapedLineEnds,
        false => DecodeErrorKind::NotEncoded,
    })
}

fn not_base64(body: &str) -> DecodeError {
    DecodeError::new(match without_escapes(body) {
        Some(_) => DecodeErrorKind::EscapedLineEnds,
        None => DecodeErrorKind::NotBase64,
    })
}

/// The text without spelled-out line ends, if it has any.
fn without_escapes(text: &str) -> Option<Zeroizing<String>> {
    text.contains("\\n")
        .then(|| Zeroizing::new(text.replace("\\r", "").replace("\\n", "")))
}

/// The way through a text, from block to block.
struct Scan<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Scan<'a> {
    fn next_block(&mut self) -> Result<Option<PemBlock>, DecodeError> {
        while let Some(marker) = Marker::next(self.text, self.position) {
            let before = &self.text[self.position..marker.start];
            self.position = marker.end;
            match (marker.word, marker.label) {
                (Word::Begin, Some(label)) => return self.block(label).map(Some),
                (Word::End, Some(label)) => return Err(without_begin(label)),
                (Word::Begin, None) if self.contents_follow() => return Err(marker.malformed()),
                (Word::End, None) if holds_base64(before) => return Err(marker.malformed()),
                (_, None) => {}
            }
        }
        Ok(None)
    }

    fn block(&mut self, label: &'a str) -> Result<PemBlock, DecodeError> {
        let unterminated = || DecodeErrorKind::UnterminatedBlock(shown(label));
        let end = Marker::next(self.text, self.position)
            .filter(|marker| marker.word == Word::End)
            .ok_or_else(|| DecodeError::new(unterminated()))?;
        if end.label.ok_or_else(|| end.malformed())? != label {
            return Err(DecodeError::new(unterminated()));
        }
        let body = &self.text[self.position..end.start];
        self.position = end.end;
        PemBlock::read(label, body)
    }

    /// Whether a block goes on here: base64 comes, or an END line.
    fn contents_follow(&self) -> bool {
        let next = Marker::next(self.text, self.position);
        let end = next.as_ref().map_or(self.text.len(), |next| next.start);
        next.is_some_and(|next| next.word == Word::End)
            || holds_base64(&self.text[self.position..end])
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Begin,
    End,
}

/// Dashes with `BEGIN` or `END` after them.
struct Marker<'a> {
    word: Word,
    /// What stands before the closing dashes; `None` where the line is not as it has to be.
    label: Option<&'a str>,
    start: usize,
    end: usize,
}

impl<'a> Marker<'a> {
    fn next(text: &'a str, from: usize) -> Option<Self> {
        let mut dashes = text[from..].match_indices(is_dash);
        dashes.find_map(|(index, dash)| Self::after(text, from, from + index + dash.len()))
    }

    /// The marker whose opening dashes end at `place`.
    fn after(text: &'a str, from: usize, place: usize) -> Option<Self> {
        let after = &text[place..];
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        let (word, keyword) = match &after[blanks..] {
            words if words.starts_with("BEGIN") => (Word::Begin, BEGIN),
            words if words.starts_with("END") => (Word::End, END),
            _ => return None,
        };
        let end = place + blanks + keyword.len() - DASHES.len() - 1;
        if !text[end..].starts_with(|next| is_dash(next) || next == ' ' || next == '\t') {
            return None;
        }
        let whole = place.checked_sub(DASHES.len()).filter(|start| {
            *start >= from && text.get(*start..).is_some_and(|t| t.starts_with(keyword))
        });
        let label = whole.and_then(|start| label(&text[start + keyword.len()..]));
        Some(Self {
            word,
            label,
            start: whole.unwrap_or(place),
            end: label.map_or(end, |label| end + 1 + label.len() + DASHES.len()),
        })
    }

    fn malformed(&self) -> DecodeError {
        DecodeError::new(DecodeErrorKind::MalformedMarker(match self.word {
            Word::Begin => "BEGIN",
            Word::End => "END",
        }))
    }
}

/// The text before the closing dashes, on the same line.
fn label(text: &str) -> Option<&str> {
    let (label, _) = text.split_once(DASHES)?;
    (!label.contains(['\n', '\r'])).then_some(label)
}

/// ASCII's, and those that word processors make of it.
fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether there is a word too long for a language that reads as base64.
fn holds_base64(text: &str) -> bool {
    let long = |word: &&str| word.len() >= 24;
    text.split_ascii_whitespace()
        .filter(long)
        .any(|word| decode_base64(word).is_some())
}

fn without_begin(label: &str) -> DecodeError {
    DecodeError::new(DecodeErrorKind::MissingBegin(shown(label)))
}

fn split_headers(body: &str) -> (Vec<(String, String)>, &str) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = body.trim_start();
    while let Some((line, after)) = rest.split_once('\n') {
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
        rest = after;
    }
    (headers, rest)
}

/// A label fit for an error message.
fn shown(label: &str) -> String {
    label
        .chars()
        .filter(|character| !character.is_control())
        .take(40)
        .collect()
}
