//! The emulator of Sectigo Certificate Manager, seen from a plain HTTP client.

mod acme;
mod administration;
mod administrators;
mod agents;
mod api;
mod azure_accounts;
mod brand_indicators;
mod ca_backends;
mod certificates;
mod discovery;
mod dns_connectors;
mod domains;
mod endpoints;
mod organizations;
mod program;
mod reports;
mod sign_in;
