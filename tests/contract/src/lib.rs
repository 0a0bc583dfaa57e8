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
//! # Adding an area
//!
//! Write its operations into the crate's `openapi.json`, a tag for each area; the next run names
//! what is missing. Then one case for each operation, in `tests/<vendor>/<area>.rs`: the public
//! method called with the inputs of the exchange. A case reads every documented input that the
//! method takes ([`Fields::fill`]), and sets it only if the exchange has it. Where inputs
//! exclude each other, `x-variants` says so and the made-up requests follow. A crate's own
//! replies are made known in `probe.rs`.
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
mod inputs;
mod made_up;
mod multipart;
mod outcome;
mod probe;
mod report;
mod schema;
mod suite;
mod wire;

pub use crate::document::{Body, Document, Operation, Parameter};
pub use crate::exchange::{Class, Exchange, Part, Request};
pub use crate::inputs::{Fields, Filling};
pub use crate::probe::{Outcome, Probe};
pub use crate::report::{Area, Count, Report};
pub use crate::suite::Suite;
