//! What calls cost, beside the same call by hand over raw reqwest and `serde_json`.
//!
//! `cargo bench -p bench --bench calls` prints one table; it needs `valgrind`, and Linux. A server
//! of this program answers on loopback from a process of its own, so that only the client is
//! counted.
//!
//! | column | how it is measured |
//! |---|---|
//! | instructions | `valgrind --tool=callgrind` of 100 and of 600 calls, the difference divided by 500 |
//! | allocations | those of the calling thread in 500 warm calls, divided by 500 |
//! | CPU | the thread's time on the processor, 30 pairs of 200 calls each, ours and by hand in turn; the median ratio |
//!
//! `cargo bench -p bench --bench rows` reads reports of a gigabyte, and prints what the process
//! grew by.
//!
//! Each figure is ours, the floor by hand, and their ratio. Instructions and allocations repeat
//! within a per cent; processor time does on a machine that does nothing else.

mod by_hand;
mod calls;
pub mod server;

pub use by_hand::ByHand;
pub use calls::Ours;

/// One kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// An answer of two fields.
    Small,
    /// The details of a certificate, 2.6 kB.
    Detail,
    /// A page of 200 entries.
    Page,
}

impl Case {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Small, Self::Detail, Self::Page];

    /// Its name, and the path that answers it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Detail => "detail",
            Self::Page => "page",
        }
    }

    /// The case of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name() == name)
    }
}

/// The answer to a small call.
#[derive(Debug, serde::Deserialize)]
pub struct Small {
    /// Number of the thing.
    pub id: i64,
    /// Name of the thing.
    pub name: String,
}

/// An entry of a list.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Number of the certificate.
    pub ssl_id: i64,
    /// Common name of the certificate.
    pub common_name: String,
    /// Serial number of the certificate.
    pub serial_number: String,
}

/// The details of a certificate.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// Number of the certificate.
    pub ssl_id: i64,
    /// Common name of the certificate.
    pub common_name: String,
    /// Other names of the certificate.
    pub subject_alternative_names: Vec<String>,
    /// Comments on the certificate.
    pub comments: String,
}
