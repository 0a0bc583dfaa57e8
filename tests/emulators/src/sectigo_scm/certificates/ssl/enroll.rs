use std::{net::IpAddr, sync::Arc};

use rcgen::{
    CertificateParams, DnType, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384,
    PKCS_RSA_SHA256, RsaKeySize,
};
use serde_json::json;

use super::{Ssl, SslCertificate, dcv::Dcv};
use crate::{
    frame::{
        Call, IssueError, Object, Reply,
        x509::{self, SigningRequest},
    },
    sectigo_scm::{
        self, SectigoScm,
        certificates::{
            csr::{comma_separated, external_requester, signing_request},
            kind::Order,
            record::HeldKey,
        },
        customer::custom_fields,
        no_parameters, ok,
        problem::Problem,
    },
};

/// What both kinds of enrolment say about the certificate.
#[derive(Debug)]
struct Enrolment {
    order: Order,
    names: Vec<String>,
    external_requester: Option<String>,
    dcv: Dcv,
}

pub(super) fn enroll(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.required_text("csr", 1..=32_767)?;
    let enrolment = Enrolment::read(&mut body)?;
    deprecated(&mut body)?;
    body.finish()?;
    let request = signing_request(&csr)?;
    scm.enrol(enrolment, request, HeldKey::None)
}

pub(super) fn enroll_keygen(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let common_name = body.required_text("commonName", 1..=64)?;
    let wanted = KeyGeneration::read(&mut body)?;
    let enrolment = Enrolment::read(&mut body)?;
    body.finish()?;
    check_name("commonName", &common_name)?;
    let key = wanted.generate()?;
    let mut parameters = CertificateParams::default();
    parameters
        .distinguished_name
        .push(DnType::CommonName, common_name);
    let request = parameters
        .serialize_request(&key)
        .map_err(IssueError::from)?;
    let request = signing_request(&x509::to_pem("CERTIFICATE REQUEST", request.der()))?;
    let held = match wanted.by_agent {
        true => HeldKey::Own(Arc::new(key)),
        false => HeldKey::None,
    };
    scm.enrol(enrolment, request, held)
}

impl SectigoScm {
    fn enrol(
        &mut self,
        enrolment: Enrolment,
        request: SigningRequest,
        key: HeldKey,
    ) -> Result<Reply, Problem> {
        let mut certificate = self.ordered::<Ssl>(enrolment.order, &request)?;
        certificate.take_request(request, enrolment.names)?;
        self.check_domains(certificate.organization, &certificate.names)?;
        certificate.own = Ssl::new(&mut fastrand::Rng::new());
        certificate.own.external_requester = enrolment.external_requester;
        certificate.own.dcv = enrolment.dcv;
        certificate.private_key = key;
        let answer = json!({"sslId": certificate.id, "renewId": certificate.own.renew_id});
        self.submit(certificate);
        Ok(ok(&answer))
    }
}

impl SslCertificate {
    /// Takes names and key from a signing request. Names in the request's own extensions do not
    /// count, as with the vendor.
    pub(super) fn take_request(
        &mut self,
        request: SigningRequest,
        other_names: Vec<String>,
    ) -> Result<(), Problem> {
        let common_name = request
            .common_name
            .clone()
            .or_else(|| other_names.first().cloned());
        let common_name = common_name.ok_or_else(|| Problem::bad(-138, "Invalid CSR."))?;
        self.set_names(common_name, other_names)?;
        self.take_key(request);
        Ok(())
    }

    /// The common name is always among the alternative names, first.
    pub(super) fn set_names(
        &mut self,
        common_name: String,
        other_names: Vec<String>,
    ) -> Result<(), Problem> {
        self.names = all_names(&common_name, other_names)?;
        self.common_name = common_name;
        Ok(())
    }
}

/// The common name, and the others behind it.
pub(super) fn all_names(common_name: &str, others: Vec<String>) -> Result<Vec<String>, Problem> {
    check_name("commonName", common_name)?;
    let mut names = vec![common_name.to_owned()];
    for name in others {
        check_name("subjAltNames", &name)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

impl Enrolment {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let names = body.optional::<String>("subjAltNames")?.unwrap_or_default();
        let order = Order {
            organization: body.required_integer("orgId", 1..)?,
            profile: body.optional("certType")?,
            term: body.integer("term", 1..)?,
            comments: body.text("comments", ..=1024)?.unwrap_or_default(),
            custom_fields: custom_fields(body)?.unwrap_or_default(),
        };
        Ok(Self {
            order,
            names: comma_separated(&names),
            external_requester: external_requester(body)?,
            dcv: Dcv::read(body)?,
        })
    }
}

/// What older clients send, and what is read and forgotten.
fn deprecated(body: &mut Object) -> Result<(), Problem> {
    body.integer("numberServers", 0..)?;
    match body.optional::<i64>("serverType")? {
        Some(..-1) => Err(Problem::bad(-35, "The Server type is invalid!")),
        _ => Ok(()),
    }
}

/// Which key the vendor is to make, and where.
#[derive(Debug)]
struct KeyGeneration {
    parameter: String,
    by_agent: bool,
}

impl KeyGeneration {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let algorithm = body.choice("algorithm", &["RSA", "EC"])?;
        let size = body
            .optional::<i64>("keySize")?
            .map(|size| size.to_string());
        let parameter = body.optional::<String>("keyParam")?;
        let methods = ["PK_AGENT", "AZURE_KEY_VAULT"];
        let method = body.choice("keyGenerationMethod", &methods)?;
        let by_agent = method.as_deref() != Some("AZURE_KEY_VAULT");
        body.text("passPhrase", 8..=64)?;
        azure(body, by_agent)?;
        for flag in ["reuseKey", "exportableKey", "hsmOnly"] {
            body.optional::<bool>(flag)?;
        }
        if algorithm.is_none() && (size.is_some() || parameter.is_some()) {
            return Err(Problem::invalid_value("keyParam"));
        }
        let otherwise = if algorithm.as_deref() == Some("EC") {
            "P-256"
        } else {
            "2048"
        };
        let parameter = parameter.or(size).unwrap_or_else(|| otherwise.to_owned());
        let curve = parameter.starts_with("P-");
        if curve != (algorithm.as_deref() == Some("EC")) {
            return Err(Problem::invalid_value("keyParam"));
        }
        Ok(Self {
            parameter,
            by_agent,
        })
    }

    fn generate(&self) -> Result<KeyPair, Problem> {
        let rsa = |size| KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, size);
        let key = match self.parameter.as_str() {
            "2048" => rsa(RsaKeySize::_2048),
            "3072" => rsa(RsaKeySize::_3072),
            "4096" => rsa(RsaKeySize::_4096),
            "P-256" => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256),
            "P-384" => KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384),
            _ => return Err(Problem::invalid_value("keyParam")),
        };
        Ok(key.map_err(IssueError::from)?)
    }
}

fn azure(body: &mut Object, by_agent: bool) -> Result<(), Problem> {
    match body.optional::<Object>("azureKeyVault")? {
        Some(mut vault) => {
            vault.required::<i64>("azureAccountId")?;
            vault.required::<String>("vaultKey")?;
            Ok(vault.finish()?)
        }
        None if by_agent => Ok(()),
        None => Err(Problem::missing("azureKeyVault")),
    }
}

/// An identifier of 20 characters that stands for a certificate in renewals.
pub(super) fn renew_id(random: &mut fastrand::Rng) -> String {
    (0..20).map(|_| random.alphanumeric()).collect()
}

/// A host name (perhaps with a wildcard in front) or an address.
fn check_name(field: &str, name: &str) -> Result<(), Problem> {
    let host = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !label.is_empty() && label.len() <= 63 && label.chars().all(allowed)
    };
    if name.chars().count() > 253 || (field == "commonName" && name.chars().count() > 64) {
        return Err(Problem::invalid_value(field));
    }
    match name.parse::<IpAddr>().is_ok() || host.split('.').all(label) {
        true => Ok(()),
        false => Err(Problem::bad(-732, "Invalid domain name.")),
    }
}
