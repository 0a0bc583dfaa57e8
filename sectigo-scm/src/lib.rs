#![doc = include_str!("../README.md")]

#[cfg(feature = "acme")]
pub mod acme;
mod admin_role;
#[cfg(feature = "administration")]
pub mod administrator_templates;
#[cfg(feature = "administration")]
pub mod administrators;
#[cfg(feature = "discovery")]
pub mod agents;
#[cfg(feature = "discovery")]
pub mod azure_accounts;
#[cfg(feature = "brand_indicators")]
pub mod brand_indicators;
mod ca_backend_type;
#[cfg(feature = "discovery")]
pub mod ca_backends;
mod cert_type;
#[cfg(feature = "certificates")]
mod certificates;
mod client;
#[cfg(feature = "certificates")]
mod comma_separated;
mod connection_status;
#[cfg(feature = "discovery")]
mod created;
mod credentials;
mod custom_field;
#[cfg(feature = "administration")]
pub mod custom_fields;
mod date_format;
mod delegation;
#[cfg(feature = "discovery")]
pub mod discovery;
#[cfg(feature = "discovery")]
pub mod dns_connectors;
#[cfg(feature = "domains")]
pub mod domain_validations;
#[cfg(feature = "domains")]
pub mod domains;
#[cfg(feature = "endpoints")]
pub mod endpoints;
mod error_code;
mod filter;
mod idp_match_type;
mod ids;
#[cfg(feature = "administration")]
pub mod notifications;
#[cfg(feature = "organizations")]
pub mod organization_validations;
#[cfg(feature = "organizations")]
pub mod organizations;
mod paging;
#[cfg(feature = "organizations")]
pub mod persons;
#[cfg(feature = "certificates")]
mod phone;
#[cfg(feature = "administration")]
pub mod profiles;
#[cfg(feature = "reports")]
pub mod reports;
#[cfg(feature = "certificates")]
mod wait;

pub use cert_core;
pub use cert_core::client::{
    Backoff, BrokenRow, Builder, Call, Error, ErrorKind, Limits, Op, Pace, Pages, Retry, Sweep,
    SweepEnd, SweepError,
};
#[cfg(feature = "rustls")]
pub use cert_core::client::{Identity, PublicKeyPin, Tls};
pub use cert_core::{bytes, http, jiff};

pub use crate::admin_role::AdminRole;
pub use crate::ca_backend_type::CaBackendType;
pub use crate::cert_type::CertType;
#[cfg(feature = "certificates")]
pub use crate::certificates::*;
pub use crate::client::Client;
pub use crate::connection_status::ConnectionStatus;
pub use crate::credentials::Credentials;
pub use crate::custom_field::{
    AccessMethod, CustomField, CustomFieldDefinition, CustomFieldInput, CustomFieldState, InputType,
};
pub use crate::date_format::DateFormat;
pub use crate::delegation::{DelegationMode, OrganizationDelegation};
pub use crate::error_code::ErrorCode;
pub use crate::filter::{Condition, Order};
pub use crate::idp_match_type::IdpMatchType;
pub use crate::ids::*;
pub use crate::paging::{List, PAGE_SIZE, Total};

/// Every operation of the compiled areas, one slice an area.
pub static OPERATIONS: &[&[&Op]] = &[
    #[cfg(feature = "certificates")]
    ssl::OPERATIONS,
    #[cfg(feature = "certificates")]
    smime::OPERATIONS,
    #[cfg(feature = "certificates")]
    device::OPERATIONS,
    #[cfg(feature = "certificates")]
    code_signing::OPERATIONS,
    #[cfg(feature = "certificates")]
    code_signing_requests::OPERATIONS,
    #[cfg(feature = "brand_indicators")]
    brand_indicators::OPERATIONS,
    #[cfg(feature = "domains")]
    domains::OPERATIONS,
    #[cfg(feature = "domains")]
    domain_validations::OPERATIONS,
    #[cfg(feature = "organizations")]
    organizations::OPERATIONS,
    #[cfg(feature = "organizations")]
    organization_validations::OPERATIONS,
    #[cfg(feature = "organizations")]
    persons::OPERATIONS,
    #[cfg(feature = "acme")]
    acme::OPERATIONS,
    #[cfg(feature = "discovery")]
    discovery::OPERATIONS,
    #[cfg(feature = "administration")]
    administrators::OPERATIONS,
    #[cfg(feature = "administration")]
    administrator_templates::OPERATIONS,
    #[cfg(feature = "administration")]
    custom_fields::OPERATIONS,
    #[cfg(feature = "administration")]
    profiles::OPERATIONS,
    #[cfg(feature = "administration")]
    notifications::OPERATIONS,
    #[cfg(feature = "endpoints")]
    endpoints::OPERATIONS,
    #[cfg(feature = "discovery")]
    agents::OPERATIONS,
    #[cfg(feature = "discovery")]
    azure_accounts::OPERATIONS,
    #[cfg(feature = "discovery")]
    dns_connectors::OPERATIONS,
    #[cfg(feature = "discovery")]
    ca_backends::OPERATIONS,
    #[cfg(feature = "reports")]
    reports::OPERATIONS,
];
