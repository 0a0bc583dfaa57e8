//! The emulator of Sectigo Certificate Manager, seen from a plain HTTP client.

mod api;
mod collect;
mod devices;
mod fleet;
mod imports;
mod key_stores;
mod life;
mod persons;
mod program;
mod refusals;
mod settings;
mod sign_in;
