use crate::sectigo_scm::{
    customer::{Customer, Profile},
    problem::Problem,
};

/// A kind of endpoint.
#[derive(Debug)]
pub(in crate::sectigo_scm) struct Kind {
    pub(in crate::sectigo_scm) name: &'static str,
    /// Its part of the address.
    pub(super) place: &'static str,
    /// What it is called at the start.
    pub(super) title: &'static str,
    certificates: Certificates,
    pub(super) is_web_form: bool,
    /// Lists can be filtered by it.
    pub(super) is_listed: bool,
}

/// What is enrolled at an endpoint under the profiles of an account.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Certificates {
    Ssl,
    Client,
    Device,
    CodeSigning,
    /// The accounts of another interface.
    Other,
}

/// The one profile of certificates for code signing; nothing is enrolled under it here.
const CODE_SIGNING_PROFILE: i64 = 5401;

/// All kinds, in the order of the endpoints at the start.
pub(super) const KINDS: &[Kind] = &[
    form(
        "SMIME_WEB_FORM",
        "smime",
        "client certificate form",
        Certificates::Client,
    ),
    form("SSL_WEB_FORM", "ssl", "SSL form", Certificates::Ssl),
    form(
        "DEVICE_WEB_FORM",
        "device",
        "device certificate form",
        Certificates::Device,
    ),
    form(
        "CODE_SIGN_WEB_FORM",
        "codesign",
        "code signing form",
        Certificates::CodeSigning,
    ),
    other(
        "BULK_ENROLLMENT_WEB_FORM",
        "bulk",
        "bulk form",
        Certificates::Ssl,
    ),
    other(
        "PUBLIC_ACME",
        "acme/public",
        "public ACME",
        Certificates::Other,
    ),
    other(
        "PRIVATE_ACME",
        "acme/private",
        "private ACME",
        Certificates::Other,
    ),
    other(
        "SMIME_SCEP",
        "scep/smime",
        "client certificate SCEP",
        Certificates::Client,
    ),
    other(
        "DEVICE_SCEP",
        "scep/device",
        "device SCEP",
        Certificates::Device,
    ),
    other(
        "SMIME_SCEP_INTUNE",
        "intune/smime",
        "client certificate SCEP of Intune",
        Certificates::Client,
    ),
    other(
        "DEVICE_SCEP_INTUNE",
        "intune/device",
        "device SCEP of Intune",
        Certificates::Device,
    ),
    other("SSL_EST", "est/ssl", "SSL EST", Certificates::Ssl),
    other(
        "SMIME_EST",
        "est/smime",
        "client certificate EST",
        Certificates::Client,
    ),
    other(
        "DEVICE_EST",
        "est/device",
        "device EST",
        Certificates::Device,
    ),
    other("SSL_REST_API", "rest/ssl", "SSL REST", Certificates::Ssl),
    other(
        "CLIENT_REST_API",
        "rest/smime",
        "client certificate REST",
        Certificates::Client,
    ),
    other(
        "DEVICE_REST_API",
        "rest/device",
        "device REST",
        Certificates::Device,
    ),
    other(
        "CODE_SIGN_REST_API",
        "rest/codesign",
        "code signing REST",
        Certificates::CodeSigning,
    ),
    Kind {
        is_listed: false,
        ..other("SSL_MAGGIE_UI", "maggie", "Maggie", Certificates::Other)
    },
];

const fn form(
    name: &'static str,
    place: &'static str,
    title: &'static str,
    certificates: Certificates,
) -> Kind {
    Kind {
        is_web_form: true,
        ..other(name, place, title, certificates)
    }
}

const fn other(
    name: &'static str,
    place: &'static str,
    title: &'static str,
    certificates: Certificates,
) -> Kind {
    Kind {
        name,
        place,
        title,
        certificates,
        is_web_form: false,
        is_listed: true,
    }
}

impl Kind {
    /// The kind of a form that can be created.
    pub(super) fn of_form(name: &str, field: &str) -> Result<&'static Self, Problem> {
        let found = KINDS
            .iter()
            .find(|kind| kind.is_web_form && kind.name == name);
        found.ok_or_else(|| Problem::invalid_value(field))
    }

    /// Whether persons are invited to it.
    pub(super) fn is_for_persons(&self) -> bool {
        self.is_web_form && self.certificates == Certificates::Client
    }

    /// Ways in which applicants may show who they are at a form of this kind.
    pub(super) fn has_auth_type(&self, name: &str) -> bool {
        match name {
            "EMAIL_CONFIRMATION" => true,
            "IDP" => self.certificates != Certificates::CodeSigning,
            "SECRET_ID" => self.certificates == Certificates::Client,
            _ => false,
        }
    }

    /// Ways in which keys and requests may come about.
    pub(super) fn has_csr_generation(&self, name: &str) -> bool {
        match name {
            "BROWSER" | "PROVIDED" => true,
            "SERVER" => self.certificates != Certificates::Ssl,
            "SECTIGOGEN" => self.certificates != Certificates::CodeSigning,
            "TOKEN" => self.certificates == Certificates::CodeSigning,
            _ => false,
        }
    }

    /// Ways in which an account may let applicants in.
    pub(super) fn has_account_auth(&self, name: &str) -> bool {
        match name {
            "NONE" => true,
            "ACCESS_CODE" | "IDP_ASSERTIONS_MAPPING" => {
                self.certificates != Certificates::CodeSigning
            }
            _ => false,
        }
    }

    pub(super) fn has_auto_approval(&self) -> bool {
        matches!(self.certificates, Certificates::Ssl | Certificates::Device)
    }

    pub(super) fn has_auto_renewal(&self) -> bool {
        self.certificates == Certificates::Ssl
    }

    /// The profiles that accounts may have.
    pub(super) fn profile_ids(&self, customer: &Customer) -> Vec<i64> {
        match self.certificates {
            Certificates::CodeSigning => vec![CODE_SIGNING_PROFILE],
            _ => self
                .profiles(customer)
                .iter()
                .map(|known| known.id)
                .collect(),
        }
    }

    /// Refuses profiles that there are none of, or that another organization has.
    pub(super) fn check_profiles(
        &self,
        ids: &[i64],
        organization: i64,
        customer: &Customer,
    ) -> Result<(), Problem> {
        if self.certificates == Certificates::CodeSigning {
            return match ids {
                [CODE_SIGNING_PROFILE] => Ok(()),
                [_] => Err(self.unknown_profile()),
                _ => Err(Problem::invalid_value("profileIds")),
            };
        }
        let profiles = self.profiles(customer);
        let check = |id: &i64| {
            let found = profiles.iter().find(|known| known.id == *id);
            let found = found.ok_or_else(|| self.unknown_profile())?;
            found.check_organization(organization)
        };
        ids.iter().try_for_each(check)
    }

    fn profiles<'c>(&self, customer: &'c Customer) -> &'c [Profile] {
        match self.certificates {
            Certificates::Ssl => &customer.ssl_profiles,
            Certificates::Client => &customer.smime_profiles,
            Certificates::Device => &customer.device_profiles,
            Certificates::CodeSigning | Certificates::Other => &[],
        }
    }

    fn unknown_profile(&self) -> Problem {
        match self.certificates {
            Certificates::Client => {
                Problem::bad(-172, "The Client Certificate Profile is invalid!")
            }
            Certificates::Device => Problem::bad(-5109, "Device Certificate Profile not found."),
            _ => Problem::bad(-39, "The certificate profile id is invalid!"),
        }
    }
}
