use std::fmt;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::decode_error::{DecodeError, DecodeErrorKind};
use super::eight_bit;

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
    /// If a block has no end, or holds something that is not base64; the error counts the blocks
    /// from 1.
    pub fn all(text: &str) -> Result<Vec<Self>, DecodeError> {
        let mut blocks = Vec::new();
        let mut rest = text;
        while let Some((label, after)) = marker(rest, BEGIN) {
            let number = blocks.len() + 1;
            let (block, remaining) =
                Self::read(label, after).map_err(|error| error.in_block(number))?;
            blocks.push(block);
            rest = remaining;
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

    fn read<'a>(label: &str, after: &'a str) -> Result<(Self, &'a str), DecodeError> {
        let end = format!("{END}{label}{DASHES}");
        let unterminated = || DecodeErrorKind::UnterminatedBlock(shown(label));
        let (body, rest) = after
            .split_once(&end)
            .ok_or_else(|| DecodeError::new(unterminated()))?;
        if body.contains(BEGIN) {
            return Err(DecodeError::new(unterminated()));
        }
        let (headers, body) = split_headers(body);
        let contents =
            decode_base64(body).ok_or_else(|| DecodeError::new(DecodeErrorKind::NotBase64))?;
        Ok((
            Self {
                label: label.to_owned(),
                headers,
                contents,
            },
            rest,
        ))
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
        if bytes.first() == Some(&crate::asn1::tag::SEQUENCE) && !bytes.iter().all(is_text) {
            return Ok(Self::Der(Zeroizing::new(bytes.to_vec())));
        }
        let not_encoded = || DecodeError::new(DecodeErrorKind::NotEncoded);
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
        let der = decode_base64(text).ok_or_else(not_encoded)?;
        match der.first() {
            Some(&crate::asn1::tag::SEQUENCE) => Ok(Self::Der(der)),
            _ => Err(not_encoded()),
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

/// The label of the next marker line, and the text after it.
fn marker<'a>(text: &'a str, start: &str) -> Option<(&'a str, &'a str)> {
    let (_, after) = text.split_once(start)?;
    after
        .split_once(DASHES)
        .filter(|(label, _)| !label.contains(['\n', '\r']))
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
