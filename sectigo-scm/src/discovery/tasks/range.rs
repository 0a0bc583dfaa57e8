use std::net::IpAddr;
use std::ops::{Deref, RangeInclusive};

use cert_core::{Field, Payload, Violation};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

cert_core::request! {
    /// Addresses to scan, and the ports of each.
    ///
    /// ```
    /// use std::net::Ipv4Addr;
    /// use sectigo_scm::discovery::ScanRange;
    ///
    /// let network = ScanRange::network(Ipv4Addr::new(198, 51, 100, 0), 24).ports([443, 8443]);
    /// let host = ScanRange::host("www.example.com").ports(443);
    /// ```
    pub struct ScanRange(
        /// An IP address, a network in CIDR notation, or the name of a host. The vendor documents
        /// no syntax: its examples are networks.
        #[valid(scannable)]
        address: String,
    ) {
        /// Ports of each address.
        ports: Ports,
    }
}

impl ScanRange {
    /// One IP address.
    pub fn ip(address: impl Into<IpAddr>) -> Self {
        Self::new(address.into().to_string())
    }

    /// A network, with the number of bits that its addresses have in common.
    pub fn network(address: impl Into<IpAddr>, prefix_length: u8) -> Self {
        Self::new(format!("{}/{prefix_length}", address.into()))
    }

    /// A host by its name.
    pub fn host(name: impl Into<String>) -> Self {
        Self::new(name)
    }
}

/// Ports to scan: single ones, and ranges of them.
///
/// The vendor documents no syntax, and its examples have one number each. Several are sent with
/// commas between them, and a range with a hyphen.
///
/// ```
/// use sectigo_scm::discovery::Ports;
///
/// assert_eq!(Ports::from([443, 8443]).as_str(), "443,8443");
/// assert_eq!(Ports::from(8000..=8100).as_str(), "8000-8100");
/// assert_eq!(Ports::from("443,8000-8100").as_str(), "443,8000-8100");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ports(String);

impl Ports {
    /// The text that is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<u16> for Ports {
    fn from(port: u16) -> Self {
        Self(port.to_string())
    }
}

impl From<&[u16]> for Ports {
    fn from(ports: &[u16]) -> Self {
        let ports: Vec<_> = ports.iter().map(u16::to_string).collect();
        Self(ports.join(","))
    }
}

impl<const N: usize> From<[u16; N]> for Ports {
    fn from(ports: [u16; N]) -> Self {
        ports.as_slice().into()
    }
}

impl From<RangeInclusive<u16>> for Ports {
    fn from(ports: RangeInclusive<u16>) -> Self {
        Self(format!("{}-{}", ports.start(), ports.end()))
    }
}

impl From<&str> for Ports {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Serialize for Ports {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Payload for Ports {
    fn check(&self) -> Result<(), Violation> {
        let wrong = self
            .0
            .split(',')
            .find(|part| !is_port_or_range(part.trim()));
        wrong.map_or(Ok(()), |part| {
            let part = part.escape_debug();
            Err(Violation::new(format!(
                "has `{part}`: expected ports from 1 to 65535, such as `443,8000-8100`"
            )))
        })
    }
}

fn is_port_or_range(text: &str) -> bool {
    match text.split_once('-') {
        None => port(text).is_some(),
        Some((first, last)) => port(first).zip(port(last)).is_some_and(|(a, b)| a <= b),
    }
}

fn port(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|port| *port > 0)
}

/// Refuses what is no IP address, no network and no name of a host.
fn scannable(address: &str) -> Result<(), Violation> {
    let is_right = match address.split_once('/') {
        Some((network, length)) => is_network(network, length),
        None if is_numeric(address) => address.parse::<IpAddr>().is_ok(),
        None => is_host(address),
    };
    match is_right {
        true => Ok(()),
        false => Err(Violation::new(format!(
            "is `{}`: expected an IP address, a network such as `198.51.100.0/24`, or a host",
            address.escape_debug()
        ))),
    }
}

fn is_network(address: &str, length: &str) -> bool {
    let length = length.parse::<u8>().ok();
    let longest = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.is_some_and(|length| length <= longest)
}

/// Whether it can only be an IP address.
fn is_numeric(address: &str) -> bool {
    address.contains(':')
        || address
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_host(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

cert_core::response! {
    /// Addresses that are scanned, and the ports of each.
    pub struct ScannedRange {
        /// Addresses, networks or hosts.
        #[wire("address")]
        pub addresses: Texts,
        /// Ports, as the vendor writes them.
        pub ports: Texts,
    }
}

/// Texts of an answer where the vendor sends one or a list of them.
///
/// It is read as a slice: the vendor's reference prints a list of addresses or ports where its
/// other documents and its requests have one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(Vec<String>);

impl Deref for Texts {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl<'de> Field<'de> for Texts {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(OneOrMany).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

struct OneOrMany;

impl<'de> Visitor<'de> for OneOrMany {
    type Value = Texts;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_unit<E: Error>(self) -> Result<Texts, E> {
        Ok(Texts::default())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
        Ok(Texts(vec![text.to_owned()]))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Texts, E> {
        Ok(Texts(vec![number.to_string()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Texts, A::Error> {
        let mut texts = Vec::new();
        while let Some(Entry(text)) = entries.next_element()? {
            texts.extend(text);
        }
        Ok(Texts(texts))
    }
}

struct Entry(Option<String>);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::read(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn addresses_networks_and_hosts_are_scanned() {
        for range in [
            ScanRange::ip(Ipv4Addr::LOCALHOST),
            ScanRange::ip(Ipv6Addr::LOCALHOST),
            ScanRange::network(Ipv4Addr::new(60, 35, 105, 115), 32),
            ScanRange::network(Ipv6Addr::UNSPECIFIED, 0),
            ScanRange::host("www.example.com"),
            ScanRange::new("intranet"),
        ] {
            assert_eq!(range.check(), Ok(()), "{range:?}");
        }
    }

    #[test]
    fn other_addresses_are_refused_by_name() {
        let long = "a".repeat(64);
        for wrong in [
            "",
            "300.1.1.1",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "a/8",
            "a..b",
            "a b",
            &long,
        ] {
            let error = ScanRange::new(wrong).check().expect_err(wrong).to_string();
            assert!(error.starts_with("`address` is `"), "{error}");
        }
    }

    #[test]
    fn ports_are_numbers_lists_and_ranges() {
        for right in ["1", "65535", "443,8443", "443, 8000-8100", "7-7"] {
            assert_eq!(Ports::from(right).check(), Ok(()), "{right}");
        }
        for wrong in ["", "0", "65536", "https", "443;8443", "2-1", "1-", "443,"] {
            let error = ScanRange::new("a").ports(wrong).check().expect_err(wrong);
            assert!(error.to_string().starts_with("`ports` has `"), "{error}");
        }
    }

    #[test]
    fn one_text_and_a_list_are_read_alike() {
        let read = |json: &str| serde_json::from_str::<ScannedRange>(json).expect(json);
        let one = read(r#"{"address":"10.0.0.0/8","ports":443}"#);
        assert_eq!(
            (&one.addresses[..], &one.ports[..]),
            (&["10.0.0.0/8".to_owned()][..], &["443".to_owned()][..])
        );
        let many = read(r#"{"address":["a",null,"b"],"ports":[443,"8443"]}"#);
        assert_eq!((many.addresses.len(), many.ports.len()), (2, 2));
        let none = read(r#"{"address":null}"#);
        assert!(none.addresses.is_empty() && none.ports.is_empty());
    }
}
