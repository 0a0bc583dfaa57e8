//! The emulator of Sectigo Certificate Manager, seen from a plain HTTP client.

mod administrators;
mod api;
mod brand_indicators;
mod certificates;
mod domains;
mod endpoints;
mod organizations;
mod program;
mod sign_in;
