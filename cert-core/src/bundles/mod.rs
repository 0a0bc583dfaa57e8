//! Files that hold several certificates, or a key with its certificates.

mod chain;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod pkcs7;

pub use self::pkcs7::Pkcs7;
#[cfg(feature = "pkcs12")]
pub use self::pkcs12::{Pkcs12, Pkcs12Builder, Pkcs12Certificate, Pkcs12Contents, Pkcs12Key};
