//! The four kinds of web form, and what an account of each may have.

use cert_core::{Violation, open_enum};

use super::WebFormType;

mod sealed {
    pub trait Form {}
}

/// Kind of web form that accounts belong to: [`SslForm`], [`SmimeForm`], [`DeviceForm`] or
/// [`CodeSigningForm`].
pub trait Form: sealed::Form {
    /// Kind of web form, as it is sent.
    const TYPE: WebFormType;

    /// Ways in which the key and the certificate signing request come about at such a form.
    type CsrGeneration: Into<CsrGenerationMethod>;
}

/// Kind of web form at which accounts can let applicants in by a code or by what an identity
/// provider says: all but those for code signing certificates.
pub trait LetsIn: Form {}

/// Kind of web form whose requests can be approved without a person: those for SSL and device
/// certificates.
pub trait Approves: Form {}

/// Web form for SSL certificates.
#[derive(Debug, Clone, Copy)]
pub enum SslForm {}

/// Web form for client certificates.
#[derive(Debug, Clone, Copy)]
pub enum SmimeForm {}

/// Web form for device certificates.
#[derive(Debug, Clone, Copy)]
pub enum DeviceForm {}

/// Web form for code signing certificates.
#[derive(Debug, Clone, Copy)]
pub enum CodeSigningForm {}

open_enum! {
    /// Way in which the key and the certificate signing request come about.
    pub enum CsrGenerationMethod {
        /// In the applicant's browser.
        Browser = "BROWSER",
        /// On the vendor's server.
        Server = "SERVER",
        /// Outside; the applicant provides the request.
        Provided = "PROVIDED",
        /// By the vendor's key generator, `SectigoGen`.
        SectigoGen = "SECTIGOGEN",
        /// On a hardware token.
        Token = "TOKEN",
    }
}

/// A part of [`CsrGenerationMethod`], for one kind of form.
macro_rules! csr_generation {
    (
        $(#[$meta:meta])*
        $name:ident of $form:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)?
        }
    ) => {
        open_enum! {
            $(#[$meta])*
            pub enum $name {
                $($(#[$variant_meta])* $variant = $text,)+
            }
        }

        impl From<$name> for CsrGenerationMethod {
            fn from(method: $name) -> Self {
                Self::from(method.as_str())
            }
        }

        impl sealed::Form for $form {}
    };
}

csr_generation! {
    /// Way in which the key and the certificate signing request of an SSL certificate come about.
    SslCsrGeneration of SslForm {
        /// In the applicant's browser.
        Browser = "BROWSER",
        /// Outside; the applicant provides the request.
        Provided = "PROVIDED",
        /// By the vendor's key generator, `SectigoGen`; needs automatic approval.
        SectigoGen = "SECTIGOGEN",
    }
}

csr_generation! {
    /// Way in which the key and the certificate signing request of a client certificate come
    /// about.
    SmimeCsrGeneration of SmimeForm {
        /// In the applicant's browser.
        Browser = "BROWSER",
        /// On the vendor's server.
        Server = "SERVER",
        /// Outside; the applicant provides the request.
        Provided = "PROVIDED",
        /// By the vendor's key generator, `SectigoGen`.
        SectigoGen = "SECTIGOGEN",
    }
}

csr_generation! {
    /// Way in which the key and the certificate signing request of a device certificate come
    /// about.
    DeviceCsrGeneration of DeviceForm {
        /// In the applicant's browser.
        Browser = "BROWSER",
        /// On the vendor's server.
        Server = "SERVER",
        /// Outside; the applicant provides the request.
        Provided = "PROVIDED",
        /// By the vendor's key generator, `SectigoGen`; needs automatic approval.
        SectigoGen = "SECTIGOGEN",
    }
}

csr_generation! {
    /// Way in which the key and the certificate signing request of a code signing certificate
    /// come about.
    CodeSigningCsrGeneration of CodeSigningForm {
        /// In the applicant's browser.
        Browser = "BROWSER",
        /// On the vendor's server.
        Server = "SERVER",
        /// Outside; the applicant provides the request.
        Provided = "PROVIDED",
        /// On a hardware token.
        Token = "TOKEN",
    }
}

impl Form for SslForm {
    const TYPE: WebFormType = WebFormType::Ssl;
    type CsrGeneration = SslCsrGeneration;
}

impl Form for SmimeForm {
    const TYPE: WebFormType = WebFormType::Smime;
    type CsrGeneration = SmimeCsrGeneration;
}

impl Form for DeviceForm {
    const TYPE: WebFormType = WebFormType::Device;
    type CsrGeneration = DeviceCsrGeneration;
}

impl Form for CodeSigningForm {
    const TYPE: WebFormType = WebFormType::CodeSigning;
    type CsrGeneration = CodeSigningCsrGeneration;
}

impl LetsIn for SslForm {}
impl LetsIn for SmimeForm {}
impl LetsIn for DeviceForm {}

impl Approves for SslForm {}
impl Approves for DeviceForm {}

/// Refuses a way that forms of this kind do not have, or that needs automatic approval and has
/// none. An unknown way, spelt out, is not refused.
pub(super) fn check_csr_generation(
    form: &WebFormType,
    method: &CsrGenerationMethod,
    auto_approve: Option<bool>,
) -> Result<(), Violation> {
    if !has(form, method) {
        let why = format!(
            "is {}, which forms of this kind do not have",
            method.as_str()
        );
        return Err(Violation::new(why).within("csr_generation"));
    }
    let needs_approval = *method == CsrGenerationMethod::SectigoGen && approves(form);
    match needs_approval && auto_approve != Some(true) {
        true => Err(unapproved()),
        false => Ok(()),
    }
}

fn has(form: &WebFormType, method: &CsrGenerationMethod) -> bool {
    match method {
        CsrGenerationMethod::Server => *form != WebFormType::Ssl,
        CsrGenerationMethod::SectigoGen => *form != WebFormType::CodeSigning,
        CsrGenerationMethod::Token => *form == WebFormType::CodeSigning,
        _ => true,
    }
}

fn approves(form: &WebFormType) -> bool {
    matches!(form, WebFormType::Ssl | WebFormType::Device)
}

fn unapproved() -> Violation {
    Violation::new("has to be set to true: SectigoGen needs it").within("auto_approve")
}
