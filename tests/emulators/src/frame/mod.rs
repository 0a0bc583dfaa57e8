//! What every emulator stands on, and nothing about any vendor.
//!
//! A vendor is a type that implements [`Vendor`]: it owns its state and turns one [`Request`] into
//! one [`Reply`], synchronously and under one lock, so that an emulator never shows half a change.
//! Around it the frame provides
//!
//! - the listener, HTTP/1.1 and HTTP/2, TLS and verified client certificates ([`Builder`],
//!   [`Emulator`]);
//! - a table of operations with path templates ([`Route`]), each under the operation's name in the
//!   vendor's reference, and the way from a request through it ([`dispatch`]);
//! - readers for bodies and query strings that refuse whatever the vendor does not document
//!   ([`Object`], [`Query`], [`multipart`]), with one kind of complaint ([`Invalid`]) that each
//!   vendor words in its own way;
//! - a certification authority ([`Authority`]), certificates and signing requests read back
//!   ([`x509`]), and PKCS#7 bundles ([`pkcs7`]);
//! - things under numbers, of which a page costs a page ([`Table`]);
//! - a clock that tests move ([`Clock`]), faults ([`Fault`]) and a record of what arrived
//!   ([`Journal`]).

mod authority;
mod clock;
mod debug;
mod dispatch;
mod emulator;
mod fault;
pub mod jks;
mod journal;
pub mod multipart;
mod password;
pub mod pkcs12;
pub mod pkcs7;
mod reply;
mod request;
mod router;
mod server;
mod state;
mod strict;
mod table;
mod tls;
pub mod x509;

pub use authority::{Authority, IssueError, Profile, Revoked};
pub use clock::Clock;
pub(crate) use debug::debug_options;
pub use dispatch::dispatch;
pub use emulator::{Builder, Emulator, StartError, Vendor, World};
pub use fault::{Fault, Faults};
pub use journal::{Journal, Seen};
pub use password::Password;
pub use reply::Reply;
pub use request::Request;
pub(crate) use router::routes;
pub use router::{Call, Found, Handler, Operation, Precedence, Route, find};
pub use strict::{Field, Flaw, Invalid, Object, Part, Query};
pub use table::Table;
pub use tls::{ClientCertificates, Identity};
