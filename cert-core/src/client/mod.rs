//! The machinery with which the vendor crates call: feature `client`.
//!
//! A vendor crate describes each operation as an [`Op`], and its methods return a [`Call`]: a
//! value that is sent when awaited. What happens then is the same for every vendor: the request
//! is signed in ([`Auth`]), carried ([`Transport`]) within [`Limits`], repeated where that is
//! harmless ([`Retry`]) and at the rate that the server bears ([`Pace`]), and its answer becomes a
//! value ([`Reply`]) or an [`Error`].
//!
//! Futures of this crate need a tokio runtime with time enabled.
//!
//! Credentials go to the origin of the base URL and nowhere else. Redirects are refused; a link
//! that an answer hands out to another host is an [`ExternalUrl`], which only an
//! [`ExternalClient`] without credentials fetches.

mod auth;
mod breath;
mod builder;
mod call;
mod caller;
mod error;
mod error_code;
mod exchange;
mod external;
mod fault;
mod limits;
mod numbered;
mod op;
mod pace;
mod pages;
mod redact;
mod reply;
mod request;
mod retry;
mod sweep;
mod trace;
mod transport;
mod vendor;

pub use self::auth::{
    Auth, ClientCredentials, Digest, Epoch, Headers, SignIn, Signing, Token, TokenExchange,
    header_value,
};
pub use self::builder::Builder;
pub use self::call::{Call, Sending};
pub use self::caller::Caller;
pub use self::error::{Error, ErrorKind};
pub use self::error_code::KnownCode;
pub use self::external::{ExternalClient, ExternalUrl};
pub use self::fault::{Fault, FaultClass};
pub use self::limits::Limits;
pub use self::numbered::NumberedPage;
pub use self::op::{Op, Repeatability, SignInStyle};
pub use self::pace::Pace;
pub use self::pages::{InPages, Page, PageReply, Pages, Row, Window};
pub use self::redact::escaped;
pub use self::reply::{
    Answer, Around, Blob, BrokenRow, Created, CsvRow, CsvRows, Detailed, Download, Empty, Envelope,
    Enveloped, InCsv, InJson, Json, JsonRows, Raw, Reply, RowFormat, Rows, Text, WithDetails,
};
pub use self::request::{Body, Multipart};
pub use self::retry::{Backoff, Retry};
pub use self::sweep::{Sweep, SweepEnd, SweepError};
#[doc(hidden)]
pub use self::trace::Told;
pub use self::transport::{BoxFuture, ChunkSource, Chunks, Http, Stage, Transport, TransportError};
#[cfg(feature = "rustls")]
pub use self::transport::{Identity, PublicKeyPin, Tls};
pub use self::vendor::Vendor;
