//! Private keys, and what is done with them: signing, verifying, requesting certificates.

#[cfg(feature = "csr")]
mod csr_builder;
pub(crate) mod file;
#[cfg(feature = "pkcs12")]
pub(crate) mod pkcs5;
mod private_key;
#[cfg(feature = "crypto")]
mod signature;
#[cfg(feature = "crypto")]
mod signing;

#[cfg(feature = "csr")]
pub use self::csr_builder::CsrBuilder;
pub use self::private_key::PrivateKey;
#[cfg(feature = "pkcs12")]
pub(crate) use self::private_key::PublicHalf;
#[cfg(feature = "crypto")]
pub use self::signature::SignatureError;
