#![doc = include_str!("../README.md")]

mod answers;
mod areas;
mod bundle;
mod document;
mod draft;
mod exchange;
mod golden;
mod inputs;
mod known;
mod made_up;
mod multipart;
mod outcome;
mod probe;
mod report;
mod rows;
mod samples;
mod schema;
mod suite;
mod tree;
mod trials;
mod wire;

pub use crate::bundle::{Bundle, packages};
pub use crate::document::{Body, Document, Operation, Parameter};
pub use crate::draft::{Code, Counts, Draft, Order, changes, deviations, read_values};
pub use crate::exchange::{Class, Exchange, Part, Request};
pub use crate::inputs::{Fields, Filling};
pub use crate::probe::{Outcome, Probe};
pub use crate::report::{Area, Count, Report};
pub use crate::samples::sample_errors;
pub use crate::suite::{External, Suite};
pub use crate::tree::Tree;
