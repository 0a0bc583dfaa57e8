//! Our readers against those that others keep: where one of them accepts, ours reads the same.
//!
//! Where it does not and should not, `differences.txt` says why; a line of it that is not needed
//! fails.

mod differences;
mod pem;
#[cfg(feature = "pkcs12")]
mod pkcs12;
#[path = "../tool/mod.rs"]
mod tool;
mod x509;
