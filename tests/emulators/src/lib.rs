#![doc = include_str!("../README.md")]

pub mod bb_uem;
pub mod fortiauth;
pub mod frame;
pub mod ivanti_mdm;
pub mod sectigo_scm;
pub mod twon_device;

pub use frame::{Builder, ClientCertificates, Clock, Emulator, Fault, Identity, StartError};
