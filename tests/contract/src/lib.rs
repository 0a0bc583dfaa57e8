//! The vendor crates held to their `openapi.json`, the truth about each vendor's wire.
//!
//! A [`Suite`] takes a crate's [`Document`], its `Op`s and one short case for each operation, and
//! proves at a socket:
//!
//! - every documented operation has an `Op` with the same method, path and repeatability, and
//!   the other way round; an operation counts when a public method's request *arrived*;
//! - every whole sample is sent exactly: method, path, query, body, authentication headers,
//!   `Accept` where the sample has it, `Content-Type` where there is a body;
//! - its answer is read with nothing ignored;
//! - every documented parameter, field and listed value can be sent, also those that no sample
//!   shows: the same cases send requests that the harness makes up from the schemas;
//! - every body sent is valid by its schema;
//! - every documented property of an answer is in the model, every listed value is known, every
//!   other value is kept, undocumented members do no harm, and nothing needs to be there but
//!   what the suite names as mandatory.
//!
//! # How exchanges count
//!
//! `30 of 30 exchanges` counts the samples that document request and answer. A sample of an
//! answer alone (`response-only`) cannot be sent exactly: it is the answer to another sample's
//! request, must be read with nothing ignored, and is counted apart, as are the made-up
//! requests. All of them must pass.

mod answers;
mod document;
mod exchange;
mod made_up;
mod multipart;
mod probe;
mod report;
mod schema;
mod suite;
mod wire;

pub use crate::document::{Body, Document, Operation, Parameter};
pub use crate::exchange::{Class, Exchange, Fields, Filling, Part, Request};
pub use crate::probe::{Outcome, Probe};
pub use crate::report::{Area, Count, Report};
pub use crate::suite::Suite;
