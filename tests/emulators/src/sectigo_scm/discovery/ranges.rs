//! What a network task scans: addresses and ports, how many there are, and who reaches them.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    ops::RangeInclusive,
};

use serde_json::{Value, json};

use super::agents::Reach;
use crate::{frame::Object, sectigo_scm::problem::Problem};

/// Addresses with a common prefix; an address alone is a network of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Network {
    address: IpAddr,
    prefix_length: u8,
}

/// One range of a task.
#[derive(Clone, Debug)]
pub(super) struct Range {
    address: String,
    ports: Option<String>,
    hosts: Hosts,
    numbers: Vec<RangeInclusive<u16>>,
}

#[derive(Clone, Debug)]
enum Hosts {
    Network(Network),
    /// A host by its name, which nobody looks up.
    Name,
}

/// One port to be tried.
#[derive(Clone, Debug)]
pub(super) struct Endpoint {
    pub(super) ip: IpAddr,
    pub(super) port: u16,
    /// The host as the range names it.
    pub(super) host: String,
}

const LONGEST: usize = 253;
/// What is scanned where a range names no ports.
const HTTPS: u16 = 443;
const MOST_PUBLIC: u128 = 4_096;
const MOST_PRIVATE: u128 = 65_536;
const MOST_OF_ONE_RANGE: u128 = 1 << 20;

impl Network {
    pub(super) const fn new(address: IpAddr, prefix_length: u8) -> Self {
        Self {
            address,
            prefix_length,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address.parse().ok()?, Some(length.parse().ok()?)),
            None => (text.parse().ok()?, None),
        };
        let longest = width(address);
        let network = Self::new(address, length.unwrap_or(longest));
        (network.prefix_length <= longest).then_some(network)
    }

    pub(super) fn contains(&self, other: &Self) -> bool {
        if self.address.is_ipv4() != other.address.is_ipv4() {
            return false;
        }
        let first = Self::new(other.address, self.prefix_length).first();
        other.prefix_length >= self.prefix_length && first == self.first()
    }

    fn size(self) -> u128 {
        self.after_prefix().saturating_add(1)
    }

    /// All bits that the prefix leaves open.
    fn after_prefix(self) -> u128 {
        let open = u32::from(width(self.address) - self.prefix_length);
        1_u128.checked_shl(open).map_or(u128::MAX, |size| size - 1)
    }

    fn first(self) -> u128 {
        let number = match self.address {
            IpAddr::V4(address) => u128::from(address.to_bits()),
            IpAddr::V6(address) => address.to_bits(),
        };
        number & !self.after_prefix()
    }

    fn addresses(self) -> impl Iterator<Item = IpAddr> {
        let (first, is_v4) = (self.first(), self.address.is_ipv4());
        let all = first..=first | self.after_prefix();
        all.filter_map(move |number| match is_v4 {
            true => Some(Ipv4Addr::from_bits(u32::try_from(number).ok()?).into()),
            false => Some(Ipv6Addr::from_bits(number).into()),
        })
    }

    fn is_private(&self) -> bool {
        match self.address {
            IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
            IpAddr::V6(v6) => {
                v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local()
            }
        }
    }

    fn is_loopback(&self) -> bool {
        let loopback = [
            Self::new(Ipv4Addr::new(127, 0, 0, 0).into(), 8),
            Self::new(Ipv6Addr::LOCALHOST.into(), 128),
        ];
        loopback.iter().any(|known| known.contains(self))
    }
}

impl Range {
    pub(super) fn read(mut body: Object) -> Result<Self, Problem> {
        let address = body.required_text("address", 1..=LONGEST)?;
        let ports = body.text("ports", ..=LONGEST)?;
        body.finish()?;
        let hosts = hosts(&address).ok_or_else(|| invalid(&address))?;
        let numbers = match &ports {
            Some(text) => numbers(text).ok_or_else(|| invalid(text))?,
            None => vec![HTTPS..=HTTPS],
        };
        Ok(Self {
            address,
            ports,
            hosts,
            numbers,
        })
    }

    pub(super) fn json(&self) -> Value {
        match &self.ports {
            Some(ports) => json!({"address": self.address, "ports": ports}),
            None => json!({"address": self.address}),
        }
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Whether anything is tried: only what cannot be anybody else's machine.
    pub(super) fn is_scanned(&self) -> bool {
        self.loopback().is_some()
    }

    /// The ports to be tried.
    pub(super) fn endpoints(&self) -> impl Iterator<Item = Endpoint> {
        let network = self.loopback().into_iter();
        network.flat_map(Network::addresses).flat_map(move |ip| {
            let ports = self.numbers.iter().cloned().flatten();
            ports.map(move |port| self.endpoint(ip, port))
        })
    }

    fn endpoint(&self, ip: IpAddr, port: u16) -> Endpoint {
        let host = match self.hosts {
            Hosts::Network(_) => ip.to_string(),
            Hosts::Name => self.address.clone(),
        };
        Endpoint { ip, port, host }
    }

    fn loopback(&self) -> Option<Network> {
        self.network().filter(Network::is_loopback)
    }

    /// The addresses, as far as they are known: of all names only that of the machine itself is.
    fn network(&self) -> Option<Network> {
        match self.hosts {
            Hosts::Network(network) => Some(network),
            Hosts::Name if self.address.eq_ignore_ascii_case("localhost") => {
                Some(Network::new(Ipv4Addr::LOCALHOST.into(), 32))
            }
            Hosts::Name => None,
        }
    }

    fn private(&self) -> Option<Network> {
        self.network().filter(Network::is_private)
    }

    fn size(&self) -> u128 {
        let hosts = self.network().map_or(1, Network::size);
        let ports: usize = self.numbers.iter().map(ExactSizeIterator::len).sum();
        hosts.saturating_mul(u128::try_from(ports).unwrap_or(u128::MAX))
    }
}

/// Refuses what is too much, or out of the agents' reach.
pub(super) fn check(ranges: &[Range], agents: &[&Reach]) -> Result<(), Problem> {
    if ranges.iter().any(|range| range.size() > MOST_OF_ONE_RANGE) {
        let why = "The range of ip-port pairs is too wide.";
        return Err(Problem::bad(-305, why));
    }
    let (private, public): (Vec<_>, Vec<_>) =
        ranges.iter().partition(|range| range.private().is_some());
    if sum(&public) > MOST_PUBLIC || sum(&private) > MOST_PRIVATE {
        return Err(too_many());
    }
    let reached = |network: Network| agents.iter().any(|agent| agent.scans_private(&network));
    if !private.iter().filter_map(|it| it.private()).all(reached) {
        return Err(out_of_reach(-607, "private"));
    }
    let public_reached = agents.iter().any(|agent| agent.scans_public);
    match public.is_empty() || public_reached {
        true => Ok(()),
        false => Err(out_of_reach(-637, "public")),
    }
}

fn sum(ranges: &[&Range]) -> u128 {
    ranges.iter().map(|range| range.size()).sum()
}

fn too_many() -> Problem {
    let why = format!(
        "The range is too wide. Maximum of {MOST_PUBLIC} public ip-port pairs and {MOST_PRIVATE} \
         private ip-port pairs per scan are allowed."
    );
    Problem::bad(-303, why)
}

fn out_of_reach(code: i64, kind: &str) -> Problem {
    let why =
        format!("Available Agent(s) are not configured to scan the specified {kind} range(s).");
    Problem::bad(code, why)
}

fn invalid(text: &str) -> Problem {
    Problem::bad(-3301, format!("Invalid scan range: {text}"))
}

fn width(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

fn hosts(text: &str) -> Option<Hosts> {
    let is_numeric = |character: char| character.is_ascii_digit() || ".-".contains(character);
    match text.contains(['/', ':']) || text.chars().all(is_numeric) {
        true => Network::parse(text).map(Hosts::Network),
        false => is_name(text).then_some(Hosts::Name),
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_label = |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(allowed);
    text.split('.').all(is_label)
}

/// Ports and ranges of ports, with commas in between.
fn numbers(text: &str) -> Option<Vec<RangeInclusive<u16>>> {
    text.split(',').map(|part| one_range(part.trim())).collect()
}

fn one_range(text: &str) -> Option<RangeInclusive<u16>> {
    let port = |text: &str| text.trim().parse().ok().filter(|port| *port > 0);
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range = port(first)?..=port(last)?;
    (!range.is_empty()).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sectigo_scm::discovery::agents::{CLOUD, INSIDE};

    fn range(address: &str, ports: &str) -> Result<Range, Problem> {
        let body = json!({"address": address, "ports": ports}).to_string();
        Range::read(Object::parse(body.as_bytes()).expect("an object"))
    }

    fn endpoints(address: &str, ports: &str) -> Vec<String> {
        let range = range(address, ports).expect("a range");
        let written = |it: Endpoint| format!("{} {}", it.ip, it.port);
        range.endpoints().map(written).collect()
    }

    #[test]
    fn loopback_is_scanned_and_nothing_else() {
        assert_eq!(
            endpoints("127.0.0.9/31", "1-2, 9"),
            [
                "127.0.0.8 1",
                "127.0.0.8 2",
                "127.0.0.8 9",
                "127.0.0.9 1",
                "127.0.0.9 2",
                "127.0.0.9 9"
            ]
        );
        assert_eq!(endpoints("::1", "7"), ["::1 7"]);
        assert_eq!(endpoints("localhost", "7"), ["127.0.0.1 7"]);
        for other in [
            "10.0.0.1",
            "8.8.8.8",
            "0.0.0.0/0",
            "www.example.com",
            "::/0",
            "::ffff:7f00:1",
        ] {
            assert_eq!(endpoints(other, "7"), [] as [&str; 0], "{other}");
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for wrong in [
            "10.0.0",
            "10.0.0.0/33",
            "::1/129",
            "a b",
            "a..b",
            "1.2.3.4-9",
        ] {
            assert!(range(wrong, "1").is_err(), "{wrong}");
        }
        for wrong in ["", "0", "65536", "9-8", "1;2", "1,", "https"] {
            assert!(range("10.0.0.1", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn agents_reach_what_they_are_configured_for() {
        let reached = |agent: &Reach, address: &str| {
            check(&[range(address, "1").expect("a range")], &[agent]).is_ok()
        };
        assert!(reached(&INSIDE, "10.1.0.0/16") && reached(&INSIDE, "::1"));
        assert!(!reached(&INSIDE, "192.168.0.1") && !reached(&INSIDE, "10.0.0.0/7"));
        assert!(!reached(&INSIDE, "8.8.8.8") && reached(&CLOUD, "8.8.8.8"));
        assert!(reached(&CLOUD, "www.example.com") && !reached(&CLOUD, "10.0.0.1"));
    }
}
