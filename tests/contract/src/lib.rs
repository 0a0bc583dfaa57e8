#![doc = include_str!("../README.md")]

mod answers;
mod document;
mod exchange;
mod golden;
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
