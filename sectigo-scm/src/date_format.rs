use cert_core::open_enum;

open_enum! {
    /// Format in which answers write dates; without it each call has its own.
    ///
    /// Every format is understood without asking. The vendor's `UK` and `UK_HMS` are not offered:
    /// their `10/07/2024` reads like the `US` format's, month first, and a typed client gains
    /// nothing by them; [`Time::day_first`](cert_core::Time::day_first) reads such a text.
    pub enum DateFormat {
        /// `yyyy-MM-dd`.
        Iso = "ISO",
        /// `dd.MM.yyyy`.
        Eu = "EU",
        /// `MM/dd/yyyy`.
        Us = "US",
        /// `yyyy/MM/dd`.
        Jp = "JP",
        /// `Iso` with the time.
        IsoTime = "ISO_HMS",
        /// `Eu` with the time.
        EuTime = "EU_HMS",
        /// `Us` with the time.
        UsTime = "US_HMS",
        /// `Jp` with the time.
        JpTime = "JP_HMS",
    }
}
