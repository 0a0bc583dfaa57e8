use cert_core::client::{Call, Enveloped};
use cert_core::open_enum;

use crate::operations as ops;
use crate::{Client, Info};

/// The device itself (section 5.1.1 of the vendor's HTTP API manual). Made by
/// [`Client::system`].
#[derive(Debug, Clone, Copy)]
pub struct System<'c> {
    client: &'c Client,
}

impl Client {
    /// The device itself.
    #[must_use]
    pub fn system(&self) -> System<'_> {
        System { client: self }
    }
}

impl<'c> System<'c> {
    /// Model, serial number and versions. Devices answer it without credentials: the right first
    /// call to one.
    ///
    /// `GET /api/system/info`.
    #[doc(alias("firmware", "version", "model"))]
    #[inline]
    pub fn info(self) -> Call<'c, Enveloped<Info<SystemInfo>>> {
        self.client.call(&ops::SYSTEM_INFO)
    }
}

open_enum! {
    /// Maturity of a firmware.
    pub enum BuildType {
        /// First trials.
        Alpha = "alpha",
        /// For testers.
        Beta = "beta",
        /// A developer's own.
        Dev = "dev",
        /// Official.
        Release = "release",
    }
}

cert_core::response! {
    /// Model, serial number and versions of a device. Old firmware leaves some out.
    pub struct SystemInfo {
        /// The vendor's name for the kind of device.
        pub dev_type: Option<String>,
        /// The model.
        pub variant: Option<String>,
        /// The vendor's number of the model.
        pub variant_id: Option<i64>,
        /// A number of the vendor's own.
        pub customer_id: Option<i64>,
        /// The serial number of the device, such as `00-0001-0205`; its factory certificate has it
        /// as common name.
        pub serial_number: Option<String>,
        /// MAC address of the device, hyphens between the octets.
        pub mac_addr: Option<String>,
        /// Version of the hardware.
        pub hw_version: Option<String>,
        /// Version of the firmware.
        pub sw_version: Option<String>,
        /// Maturity of the firmware; official ones before 2.33.2 say nothing.
        pub build_type: Option<BuildType>,
        /// The firmware's package.
        pub firmware_package: Option<String>,
        /// The name that an administrator gave the device.
        pub device_name: Option<String>,
    }
}
