use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::hex;

/// Serial number of a certificate (RFC 5280, 4.1.2.2): the text that a system wrote, and its
/// value.
///
/// Systems write the same number in many ways: with or without colons, blanks, `0x` or leading
/// zeros, with an odd number of digits, in either case. Two serial numbers are equal, and hash
/// alike, when their values are. The text is kept and sent back as it came, for many a system
/// finds a certificate only by its own spelling.
///
/// A text is read as hexadecimal; [`SerialNumber::from_decimal`] reads decimal digits. Nothing is
/// refused: a masked (`xxxx2385`) or malformed text (`00:0::11`, or nothing at all before issue)
/// has no value, and is equal to the very same text alone. Look at
/// [`SerialNumber::is_well_formed`] before you match certificates by it.
///
/// # Negative numbers
/// RFC 5280 allows none, the field has them. A text is a sign and a magnitude: `FF` is 255 and
/// `-FF` is -255. The content octets of a DER INTEGER are in two's complement: `[0xFF]` is -1 and
/// `[0x00, 0xFF]` is 255. Numbers of different sign are never equal.
///
/// # JSON
/// Serializes as a string, its own text. A JSON number can only be decimal and is read as such;
/// one that was rounded by the reader, because it needs more than 64 bits, has no value.
///
/// ```
/// use cert_core::SerialNumber;
///
/// let serial = SerialNumber::from("0E:11:BB:D7");
/// assert_eq!(serial, SerialNumber::from("e11bbd7"));
/// assert_eq!(serial, SerialNumber::from_decimal("236043223"));
/// assert_eq!(serial, SerialNumber::from_bytes(&[0x0e, 0x11, 0xbb, 0xd7]));
/// assert_eq!(serial.as_str(), "0E:11:BB:D7");
/// assert_eq!(serial.to_hex().as_deref(), Some("0e11bbd7"));
/// assert!(!SerialNumber::from("xxxx2385").is_well_formed());
/// ```
///
/// # Cost
/// Making one keeps the text and no more: lists decode as fast as with a `String`. The text is
/// read whenever its value is needed; equal texts, and most different ones, are told apart
/// without.
#[doc(alias = "serial")]
#[derive(Clone)]
pub struct SerialNumber {
    text: String,
    base: Base,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Decimal,
    Hexadecimal,
    /// Digits were lost before the text was made.
    Unreadable,
}

/// Sign and magnitude; the magnitude has no leading zeros, zero is one positive octet 0.
#[derive(PartialEq, Eq, Hash)]
struct Value {
    negative: bool,
    magnitude: Vec<u8>,
}

impl SerialNumber {
    /// Octets that a value may have. RFC 5280 allows 20, some certificates have 21; a longer text
    /// is taken for malformed.
    pub const MAX_OCTETS: usize = 128;

    /// Takes a text of decimal digits, with an optional sign `-`.
    pub fn from_decimal(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            base: Base::Decimal,
        }
    }

    /// Takes the content octets of a DER INTEGER: big-endian, two's complement.
    ///
    /// The text becomes that of [`SerialNumber::to_hex`]. No octets at all, or more than
    /// [`SerialNumber::MAX_OCTETS`], are malformed.
    pub fn from_bytes(octets: &[u8]) -> Self {
        if octets.first().is_none_or(|first| first & 0x80 == 0) {
            let significant = without_zeros(octets);
            let sound = significant.len() <= Self::MAX_OCTETS;
            return Self::from(hex::encode(if sound { significant } else { octets }, ""));
        }
        let value = Value::new(true, negated(octets));
        Self::from(value.map_or_else(|| hex::encode(octets, ""), |value| value.hex("")))
    }

    /// The text as the system wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the text can be read as a number.
    pub fn is_well_formed(&self) -> bool {
        self.read().is_some()
    }

    /// The magnitude, big-endian without leading zeros (zero is one octet 0); `None` when
    /// malformed.
    pub fn value(&self) -> Option<Vec<u8>> {
        self.read().map(|value| value.magnitude)
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.read().is_some_and(|value| value.negative)
    }

    /// Lower-case hexadecimal, two digits for each octet, `-` before a negative number; `None`
    /// when malformed.
    pub fn to_hex(&self) -> Option<String> {
        self.read().map(|value| value.hex(""))
    }

    /// The same with a colon between the octets.
    pub fn to_colon_hex(&self) -> Option<String> {
        self.read().map(|value| value.hex(":"))
    }

    /// Decimal digits, `-` before a negative number; `None` when malformed.
    pub fn to_decimal(&self) -> Option<String> {
        self.read().map(Value::decimal)
    }

    fn read(&self) -> Option<Value> {
        let text = self.text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let magnitude = match self.base {
            Base::Decimal => decimal_magnitude(digits),
            Base::Hexadecimal => hex::decode(digits),
            Base::Unreadable => None,
        };
        Value::new(negative, magnitude?)
    }
}

impl From<String> for SerialNumber {
    fn from(text: String) -> Self {
        Self {
            text,
            base: Base::Hexadecimal,
        }
    }
}

impl From<&str> for SerialNumber {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

crate::__text_traits!(SerialNumber);

impl PartialEq for SerialNumber {
    fn eq(&self, other: &Self) -> bool {
        let same_base = self.base == other.base;
        if same_base && self.text == other.text {
            return true;
        }
        if same_base && self.base == Base::Hexadecimal && !hex::same_digits(&self.text, &other.text)
        {
            return false;
        }
        match (self.read(), other.read()) {
            (None, None) => self.text == other.text,
            (value, other) => value == other,
        }
    }
}

impl Eq for SerialNumber {}

impl Hash for SerialNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.read() {
            Some(value) => value.hash(state),
            None => self.text.hash(state),
        }
    }
}

impl fmt::Debug for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SerialNumber").field(&self.text).finish()
    }
}

impl<'de> Deserialize<'de> for SerialNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SerialVisitor)
    }
}

struct SerialVisitor;

impl Visitor<'_> for SerialVisitor {
    type Value = SerialNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a serial number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SerialNumber, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<SerialNumber, E> {
        Ok(text.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<SerialNumber, E> {
        Ok(SerialNumber::from_decimal(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<SerialNumber, E> {
        Ok(SerialNumber::from_decimal(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<SerialNumber, E> {
        Ok(SerialNumber {
            text: number.to_string(),
            base: Base::Unreadable,
        })
    }
}

impl Value {
    fn new(negative: bool, mut magnitude: Vec<u8>) -> Option<Self> {
        let last = magnitude.len().checked_sub(1)?;
        let zeros = magnitude[..last]
            .iter()
            .take_while(|octet| **octet == 0)
            .count();
        magnitude.drain(..zeros);
        let negative = negative && magnitude != [0];
        (magnitude.len() <= SerialNumber::MAX_OCTETS).then_some(Self {
            negative,
            magnitude,
        })
    }

    fn hex(&self, separator: &str) -> String {
        self.sign().to_owned() + &hex::encode(&self.magnitude, separator)
    }

    fn decimal(mut self) -> String {
        let mut digits = Vec::new();
        while self.magnitude.iter().any(|octet| *octet != 0) {
            digits.push(char::from(b'0' + divide_by_ten(&mut self.magnitude)));
        }
        if digits.is_empty() {
            digits.push('0');
        }
        self.sign()
            .chars()
            .chain(digits.into_iter().rev())
            .collect()
    }

    fn sign(&self) -> &'static str {
        if self.negative { "-" } else { "" }
    }
}

fn decimal_magnitude(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_start_matches('0');
    // Three digits need more than one octet: what is longer than this exceeds the limit anyhow.
    let too_long = digits.len() > 3 * SerialNumber::MAX_OCTETS;
    if text.is_empty() || too_long || !text.bytes().all(|octet| octet.is_ascii_digit()) {
        return None;
    }
    let mut magnitude = vec![0];
    for digit in digits.bytes() {
        multiply_by_ten_and_add(&mut magnitude, digit - b'0');
    }
    Some(magnitude)
}

fn multiply_by_ten_and_add(magnitude: &mut Vec<u8>, digit: u8) {
    let mut carry = u16::from(digit);
    for octet in magnitude.iter_mut().rev() {
        let [high, low] = (u16::from(*octet) * 10 + carry).to_be_bytes();
        *octet = low;
        carry = u16::from(high);
    }
    let [_, carry] = carry.to_be_bytes();
    if carry > 0 {
        magnitude.insert(0, carry);
    }
}

fn divide_by_ten(magnitude: &mut [u8]) -> u8 {
    let mut remainder = 0;
    for octet in magnitude {
        let dividend = u16::from_be_bytes([remainder, *octet]);
        [_, *octet] = (dividend / 10).to_be_bytes();
        [_, remainder] = (dividend % 10).to_be_bytes();
    }
    remainder
}

/// The octets without leading zeros, but for the last one.
fn without_zeros(octets: &[u8]) -> &[u8] {
    let last = octets.len().saturating_sub(1);
    let zeros = octets[..last].iter().take_while(|octet| **octet == 0);
    &octets[zeros.count()..]
}

/// Two's complement of the octets: the magnitude of a negative number.
fn negated(octets: &[u8]) -> Vec<u8> {
    let mut carry = true;
    let mut negated: Vec<u8> = octets.iter().map(|octet| !octet).collect();
    for octet in negated.iter_mut().rev() {
        (*octet, carry) = octet.overflowing_add(u8::from(carry));
    }
    negated
}
