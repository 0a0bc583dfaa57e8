//! Loopback, link-local and other hosts, as far as a URL's text tells.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Where a host is. A name is not resolved: but for `localhost` it is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// This machine.
    Loopback,
    /// No address, by which many systems mean this machine.
    Unspecified,
    /// The network segment of this machine.
    LinkLocal,
    /// A network that the internet does not lead to.
    Private,
    /// No single host: a group of them, or all.
    Group,
    Public,
}

impl Place {
    pub(crate) fn of(url: &Url) -> Self {
        match url.host() {
            Some(Host::Domain(name)) if is_localhost(name) => Self::Loopback,
            Some(Host::Ipv4(address)) => Self::of_v4(address),
            Some(Host::Ipv6(address)) => Self::of_v6(address),
            Some(Host::Domain(_)) | None => Self::Public,
        }
    }

    /// Why a link there is not followed.
    pub(crate) fn refusal(self) -> &'static str {
        match self {
            Self::Loopback | Self::Unspecified => {
                "leads to this machine: allow loopback in the ExternalClient if that is wanted"
            }
            Self::LinkLocal => {
                "leads to a link-local address: allow them in the ExternalClient if that is wanted"
            }
            Self::Private => {
                "leads into a private network: allow them in the ExternalClient if that is wanted"
            }
            Self::Group | Self::Public => "leads to no single host",
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        match address.octets() {
            [0, ..] => Self::Unspecified,
            [127, ..] => Self::Loopback,
            [169, 254, ..] => Self::LinkLocal,
            [100, 64..=127, ..] => Self::Private,
            _ if address.is_private() => Self::Private,
            _ if address.is_multicast() || address.is_broadcast() => Self::Group,
            _ => Self::Public,
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        if let Some(embedded) = embedded(address) {
            return Self::of_v4(embedded);
        }
        match address.segments()[0] {
            _ if address.is_loopback() => Self::Loopback,
            _ if address.is_unspecified() => Self::Unspecified,
            0xfe80..=0xfebf => Self::LinkLocal,
            // The second is RFC 3879's, which some networks still have.
            0xfc00..=0xfdff | 0xfec0..=0xfeff => Self::Private,
            0xff00..=0xffff => Self::Group,
            _ => Self::Public,
        }
    }
}

/// RFC 6761 section 6.3: the name, all names below it, and both with a dot at their end.
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.rsplit('.')
        .next()
        .is_some_and(|last| last.eq_ignore_ascii_case("localhost"))
}

/// The IPv4 address that an IPv6 one stands for: mapped (RFC 4291 section 2.5.5.2), translated
/// (RFC 6052) or tunnelled (RFC 3056).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let joined = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(joined(high, low)),
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => Some(joined(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(joined(high, low)),
        [0x2002, high, low, ..] => Some(joined(high, low)),
        _ => None,
    }
}
