use std::fmt;

/// Error of decoding a certificate, key, PEM text or other blob: what it was meant to be, where
/// reading stopped, and what is wrong.
///
/// One type for every decoder of this crate. It never shows what the blob holds beyond tags,
/// labels and object identifiers, so it is safe to log even for keys and key stores.
///
/// ```
/// use cert_core::{Certificate, DecodeErrorKind};
///
/// let error = Certificate::parse(b"####").expect_err("a masked value holds no certificate");
/// assert_eq!(error.kind(), &DecodeErrorKind::NotEncoded);
/// assert!(error.to_string().starts_with("certificate: neither PEM, DER nor base64"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    what: &'static str,
    field: Option<&'static str>,
    offset: Option<usize>,
    block: Option<usize>,
    kind: DecodeErrorKind,
}

impl DecodeError {
    /// Kind of blob that was expected, such as `certificate` or `private key`.
    #[must_use]
    pub fn what(&self) -> &'static str {
        self.what
    }

    /// Kind of error, for a program to decide on.
    #[must_use]
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.kind
    }

    /// The field that could not be read, by its name in the ASN.1 module (`serialNumber`).
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// Offset in the decoded bytes at which reading stopped, counted from 0.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }

    /// Number of the PEM block in the text, counted from 1.
    #[must_use]
    pub fn block(&self) -> Option<usize> {
        self.block
    }

    pub(crate) fn new(kind: DecodeErrorKind) -> Self {
        Self {
            what: "",
            field: None,
            offset: None,
            block: None,
            kind,
        }
    }

    pub(crate) fn invalid(reason: &'static str) -> Self {
        Self::new(DecodeErrorKind::Invalid(reason))
    }

    #[must_use]
    pub(crate) fn within(mut self, what: &'static str) -> Self {
        if self.what.is_empty() {
            self.what = what;
        }
        self
    }

    #[must_use]
    pub(crate) fn in_field(mut self, field: &'static str) -> Self {
        self.field.get_or_insert(field);
        self
    }

    #[must_use]
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.offset.get_or_insert(offset);
        self
    }

    #[must_use]
    pub(crate) fn in_block(mut self, block: usize) -> Self {
        self.block.get_or_insert(block);
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.what.is_empty() {
            write!(f, "{}: ", self.what)?;
        }
        if let Some(block) = self.block {
            write!(f, "PEM block {block}: ")?;
        }
        match (self.field, self.offset) {
            (Some(field), Some(offset)) => write!(f, "{field} at byte {offset}: ")?,
            (Some(field), None) => write!(f, "{field}: ")?,
            (None, Some(offset)) => write!(f, "at byte {offset}: ")?,
            (None, None) => {}
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for DecodeError {}

/// Kind of a [`DecodeError`]: what is wrong with a blob that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The value is empty or blank.
    #[error("empty; nothing was given to decode")]
    Empty,
    /// The value is no encoding at all: a placeholder, a masked value, or some other text.
    #[error("neither PEM, DER nor base64; check that the value is not masked or a message")]
    NotEncoded,
    /// A PEM block holds something that is not base64.
    #[error("the text between the BEGIN and END lines is not base64")]
    NotBase64,
    /// A `BEGIN` line has no matching `END` line.
    #[error("the `BEGIN {0}` line has no matching END line; the text is cut short")]
    UnterminatedBlock(String),
    /// An `END` line comes without its `BEGIN` line.
    #[error("the `END {0}` line has no BEGIN line before it; the beginning is missing")]
    MissingBegin(String),
    /// A line reads like a `BEGIN` or `END` line, and base64 stands beside it, but it is not
    /// written as such a line has to be.
    #[error(
        "the {0} line is malformed; it takes five dashes, {0}, a space, the label, five dashes"
    )]
    MalformedMarker(&'static str),
    /// The text has `\n` spelled out where lines end, as in JSON or in a shell variable.
    #[error("line ends are spelled out as `\\n`; put real ones in their place")]
    EscapedLineEnds,
    /// The text is UTF-16, as Windows tools save it.
    #[error("the text is UTF-16; save it as ASCII or UTF-8")]
    Utf16,
    /// The text holds PEM blocks, but none of the wanted kind.
    #[error("expected a PEM block labelled {expected}, found {found}")]
    WrongLabel {
        /// The label that was looked for.
        expected: &'static str,
        /// The labels that are there, separated by commas, each once.
        found: String,
    },
    /// The bytes end in the middle of a value.
    #[error("{missing} more bytes expected; the value is cut short")]
    Truncated {
        /// Number of bytes that are missing at least.
        missing: usize,
    },
    /// Another ASN.1 type than the standard prescribes.
    #[error("expected {expected}, found {}", TagName(*.found))]
    UnexpectedTag {
        /// The ASN.1 type that belongs here.
        expected: &'static str,
        /// The identifier octet that is there.
        found: u8,
    },
    /// Bytes follow after the end of the value.
    #[error("{0} bytes follow after the end of the value")]
    TrailingData(usize),
    /// The values are nested deeper than any genuine blob nests them.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// So many alternative names so short that they can only be meant to fill the memory.
    #[error("{0} alternative names, most of them empty; no genuine certificate is like that")]
    TooManyNames(usize),
    /// One value was asked for and several are there.
    #[error("expected one, found {0}; read them all instead")]
    Several(usize),
    /// The value breaks a rule of its standard.
    #[error("{0}")]
    Invalid(&'static str),
    /// An algorithm or format version that this crate does not know, or does not take.
    #[error("unsupported: {0}")]
    Unsupported(String),
    /// The value is encrypted and was read without a pass phrase.
    #[error("encrypted; a pass phrase is needed to read it")]
    Encrypted,
    /// The pass phrase does not open the value, or its integrity check failed.
    #[error("wrong pass phrase, or the value was altered")]
    WrongPassphrase,
    /// Key derivation asks for more than allowed, counted as in `Pkcs12::ITERATION_LIMIT`.
    #[error("key derivation asks for {asked} iterations, more than the {limit} allowed")]
    TooManyIterations {
        /// The number that the value asks for.
        asked: u64,
        /// The largest number allowed.
        limit: u64,
    },
}

struct TagName(u8);

impl fmt::Display for TagName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0 {
            0x01 => "BOOLEAN",
            0x02 => "INTEGER",
            0x03 => "BIT STRING",
            0x04 => "OCTET STRING",
            0x05 => "NULL",
            0x06 => "OBJECT IDENTIFIER",
            0x0c => "UTF8String",
            0x13 => "PrintableString",
            0x14 => "T61String",
            0x16 => "IA5String",
            0x17 => "UTCTime",
            0x18 => "GeneralizedTime",
            0x1e => "BMPString",
            0x30 => "SEQUENCE",
            0x31 => "SET",
            0x80..=0xbf => return write!(f, "[{}]", self.0 & 0x1f),
            other => return write!(f, "tag 0x{other:02x}"),
        };
        f.write_str(name)
    }
}
