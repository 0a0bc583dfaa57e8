use cert_core::open_enum;

open_enum! {
    /// Format in which answers write dates; without it each call has its own.
    pub enum DateFormat {
        /// `yyyy-MM-dd`.
        Iso = "ISO",
        /// `dd.MM.yyyy`.
        Eu = "EU",
        /// `MM/dd/yyyy`.
        Us = "US",
        /// `dd/MM/yyyy`.
        Uk = "UK",
        /// `yyyy/MM/dd`.
        Jp = "JP",
        /// `Iso` with the time.
        IsoTime = "ISO_HMS",
        /// `Eu` with the time.
        EuTime = "EU_HMS",
        /// `Us` with the time.
        UsTime = "US_HMS",
        /// `Uk` with the time.
        UkTime = "UK_HMS",
        /// `Jp` with the time.
        JpTime = "JP_HMS",
    }
}
