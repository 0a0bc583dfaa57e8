use std::{net::IpAddr, sync::Arc};

use rcgen::{
    CertificateParams, DnType, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384,
    PKCS_RSA_SHA256, RsaKeySize,
};
use serde_json::json;

use super::{SectigoScm, SslCertificate, certificate::AgentKey, dcv, dcv::Dcv, ok};
use crate::{
    frame::{
        Call, Invalid, IssueError, Object, Reply,
        x509::{self, RequestError, SigningRequest},
    },
    sectigo_scm::{
        self,
        customer::{CustomFieldValues, custom_fields},
        no_parameters,
        problem::Problem,
        progress::Progress,
    },
};

/// What both kinds of enrolment say about the certificate.
#[derive(Debug)]
struct Enrolment {
    organization: i64,
    profile: Option<i64>,
    term: Option<i64>,
    names: Vec<String>,
    comments: String,
    custom_fields: CustomFieldValues,
    external_requester: Option<String>,
    dcv: Dcv,
}

pub(super) fn enroll(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.required_text("csr", 1..=32_767)?;
    let enrolment = Enrolment::read(&mut body)?;
    body.finish()?;
    let request = signing_request(&csr)?;
    scm.enrol(enrolment, request, AgentKey::None)
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
        true => AgentKey::Own(Arc::new(key)),
        false => AgentKey::None,
    };
    scm.enrol(enrolment, request, held)
}

impl SectigoScm {
    fn enrol(
        &mut self,
        enrolment: Enrolment,
        request: SigningRequest,
        key: AgentKey,
    ) -> Result<Reply, Problem> {
        self.customer.organization(enrolment.organization)?;
        self.customer
            .check_custom_fields(&enrolment.custom_fields)?;
        let profile = self.customer.profile(enrolment.profile)?;
        if profile
            .organization
            .is_some_and(|only| only != enrolment.organization)
        {
            return Err(Problem::bad(-39, "The certificate profile id is invalid!"));
        }
        let (profile_id, term) = (profile.id, profile.term(enrolment.term)?);
        profile.check_key(&request.public_key.kind)?;
        let mut certificate = self.new_ssl();
        certificate.take_request(request, enrolment.names)?;
        certificate.organization = enrolment.organization;
        certificate.profile = Some(profile_id);
        certificate.comments = enrolment.comments;
        certificate.custom_fields = enrolment.custom_fields;
        certificate.external_requester = enrolment.external_requester;
        certificate.dcv = enrolment.dcv;
        certificate.private_key = key;
        certificate.set_term(term);
        let answer = json!({"sslId": certificate.id, "renewId": certificate.renew_id});
        self.submit(certificate);
        Ok(ok(&answer))
    }

    /// A request of the caller's, under the next free id.
    pub(super) fn new_ssl(&self) -> SslCertificate {
        let mut certificate = SslCertificate::requested(self.ssl.next_id(), self.now());
        let caller = &self.customer.administrators[0];
        certificate.requester.clone_from(&caller.login);
        certificate.requester_id = Some(caller.id);
        certificate.renew_id = renew_id(&mut fastrand::Rng::new());
        certificate
    }

    /// Files a new request, and what follows at once.
    pub(super) fn submit(&mut self, certificate: SslCertificate) {
        let id = certificate.id;
        self.ssl.insert(certificate);
        if self.options.approval == Progress::AtOnce {
            self.approve_ssl(id);
        }
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
        self.key = request.public_key.kind.clone();
        self.request = Some(request);
        Ok(())
    }

    /// The common name is always among the alternative names, first.
    pub(super) fn set_names(
        &mut self,
        common_name: String,
        other_names: Vec<String>,
    ) -> Result<(), Problem> {
        check_name("commonName", &common_name)?;
        self.names = vec![common_name.clone()];
        for name in other_names {
            check_name("subjAltNames", &name)?;
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        self.common_name = common_name;
        Ok(())
    }

    pub(super) fn set_term(&mut self, days: i64) {
        self.term = days;
        self.expires = self.requested + jiff::SignedDuration::from_hours(24 * days);
    }
}

impl Enrolment {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let names = body.optional::<String>("subjAltNames")?.unwrap_or_default();
        Ok(Self {
            organization: body.required_integer("orgId", 1..)?,
            profile: body.optional("certType")?,
            term: body.integer("term", 1..)?,
            names: comma_separated(&names),
            comments: body.text("comments", ..=1024)?.unwrap_or_default(),
            custom_fields: custom_fields(body)?.unwrap_or_default(),
            external_requester: external_requester(body)?,
            dcv: Dcv::read(body)?,
        })
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

/// Reads a signing request as the vendor takes it: PEM or plain Base64, in a closed set of
/// characters.
pub(super) fn signing_request(csr: &str) -> Result<SigningRequest, Problem> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "-+=/".contains(c);
    if !csr.chars().all(allowed) {
        return Err(Problem::invalid_value("csr"));
    }
    SigningRequest::parse(csr).map_err(|error| match error {
        RequestError::NotBase64 => Problem::bad(-9, "The CSR is not valid Base-64 data!"),
        RequestError::Undecodable => Problem::bad(-10, "Error while decoding CSR."),
        RequestError::Algorithm => Problem::bad(-11, "The CSR uses an unsupported algorithm!"),
        RequestError::Signature => Problem::bad(-138, "Invalid CSR."),
    })
}

/// Reads `externalRequester`: one e-mail address, or several with commas between them.
pub(super) fn external_requester(body: &mut Object) -> Result<Option<String>, Invalid> {
    let text = body.text("externalRequester", ..=512)?;
    let addresses = text.as_deref().map(comma_separated).unwrap_or_default();
    if !addresses.iter().all(|address| dcv::is_email(address)) {
        let why = "is not a list of e-mail addresses";
        return Err(Invalid::value("externalRequester", why));
    }
    Ok(text.filter(|text| !text.is_empty()))
}

/// An identifier of 20 characters that stands for a certificate in renewals.
pub(in crate::sectigo_scm) fn renew_id(random: &mut fastrand::Rng) -> String {
    (0..20).map(|_| random.alphanumeric()).collect()
}

fn comma_separated(text: &str) -> Vec<String> {
    let names = text
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
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
