use std::{fmt, net::IpAddr};

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer,
    DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair,
    KeyUsagePurpose, RevocationReason, RevokedCertParams, SanType, SerialNumber,
    SubjectPublicKeyInfo,
};
use time::OffsetDateTime;

/// A certification authority: a self-signed root, an intermediate below it, and leaves from the
/// intermediate. Keys are P-256 and new in every emulator.
pub struct Authority {
    root: CertifiedIssuer<'static, KeyPair>,
    intermediate: CertifiedIssuer<'static, KeyPair>,
    intermediate_name: String,
}

/// What a leaf certificate is to say.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Subject attributes in the order they are encoded: by custom the country first and the
    /// common name last.
    pub subject: Vec<(DnType, String)>,
    /// Subject alternative names: an address literal, something with `@`, or a host name.
    pub names: Vec<String>,
    /// The serial number, big-endian.
    pub serial: Vec<u8>,
    /// First instant of validity.
    pub not_before: Timestamp,
    /// Last instant of validity.
    pub not_after: Timestamp,
    /// What the key may be used for.
    pub key_usages: Vec<KeyUsagePurpose>,
    /// What the certificate is for.
    pub extended_key_usages: Vec<ExtendedKeyUsagePurpose>,
}

/// One entry of a revocation list.
#[derive(Clone, Debug)]
pub struct Revoked {
    /// The serial number, big-endian.
    pub serial: Vec<u8>,
    /// When it was revoked.
    pub revoked_at: Timestamp,
    /// The reason code of RFC 5280, section 5.3.1; unknown codes are left out of the list.
    pub reason: Option<u8>,
}

/// A certificate that could not be made: a name with characters that its type excludes, or a
/// public key of an unsupported kind.
#[derive(Debug, thiserror::Error)]
#[error("the certificate cannot be issued: {0}")]
pub struct IssueError(#[from] rcgen::Error);

impl Authority {
    /// A new authority whose certificates carry `name` and are valid from 40 years before `now`
    /// to 40 years after, so that any made-up leaf fits inside.
    ///
    /// # Errors
    ///
    /// When a key cannot be made or the name cannot be encoded.
    pub fn new(name: &str, now: Timestamp) -> Result<Self, IssueError> {
        let root = CertifiedIssuer::self_signed(
            issuer_parameters(&format!("{name} Root CA"), 1, now),
            KeyPair::generate()?,
        )?;
        let intermediate_name = format!("{name} Issuing CA");
        let intermediate = CertifiedIssuer::signed_by(
            issuer_parameters(&intermediate_name, 0, now),
            KeyPair::generate()?,
            &root,
        )?;
        Ok(Self {
            root,
            intermediate,
            intermediate_name,
        })
    }

    /// The root certificate, DER.
    pub fn root(&self) -> &[u8] {
        self.root.der()
    }

    /// The intermediate certificate, DER.
    pub fn intermediate(&self) -> &[u8] {
        self.intermediate.der()
    }

    /// The common name of the intermediate: the issuer of every leaf.
    pub fn issuer_name(&self) -> &str {
        &self.intermediate_name
    }

    /// Issues a leaf certificate for a public key (DER `SubjectPublicKeyInfo`); the answer is DER.
    ///
    /// # Errors
    ///
    /// When the key is not RSA, P-256, P-384, P-521 or Ed25519, or a name cannot be encoded.
    pub fn issue(&self, public_key: &[u8], profile: &Profile) -> Result<Vec<u8>, IssueError> {
        let public_key = SubjectPublicKeyInfo::from_der(public_key)?;
        let parameters = leaf_parameters(profile)?;
        let certificate = parameters.signed_by(&public_key, &self.intermediate)?;
        Ok(certificate.der().to_vec())
    }

    /// A signing request for a key of the emulator's own, DER.
    ///
    /// # Errors
    ///
    /// When a name cannot be encoded.
    pub fn request(key: &KeyPair, profile: &Profile) -> Result<Vec<u8>, IssueError> {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = distinguished_name(&profile.subject);
        parameters.subject_alt_names = alternative_names(&profile.names)?;
        Ok(parameters.serialize_request(key)?.der().to_vec())
    }

    /// A revocation list of the intermediate, DER, to be renewed a week after `now`.
    ///
    /// # Errors
    ///
    /// When the list cannot be signed.
    pub fn revocation_list(
        &self,
        number: u64,
        revoked: impl IntoIterator<Item = Revoked>,
        now: Timestamp,
    ) -> Result<Vec<u8>, IssueError> {
        let list = CertificateRevocationListParams {
            this_update: rcgen_time(now),
            next_update: rcgen_time(now + SignedDuration::from_hours(7 * 24)),
            crl_number: SerialNumber::from(number),
            issuing_distribution_point: None,
            revoked_certs: revoked.into_iter().map(revoked_parameters).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        Ok(list.signed_by(&self.intermediate)?.der().to_vec())
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority")
            .field("issuer_name", &self.intermediate_name)
            .finish_non_exhaustive()
    }
}

const YEARS_40: SignedDuration = SignedDuration::from_hours(40 * 365 * 24);

fn issuer_parameters(name: &str, below: u8, now: Timestamp) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    let subject = [
        (DnType::CountryName, "XX".to_owned()),
        (DnType::OrganizationName, "Emulated Certificates".to_owned()),
        (DnType::CommonName, name.to_owned()),
    ];
    parameters.distinguished_name = distinguished_name(&subject);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(below));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters.not_before = rcgen_time(now - YEARS_40);
    parameters.not_after = rcgen_time(now + YEARS_40);
    parameters.use_authority_key_identifier_extension = true;
    parameters
}

fn leaf_parameters(profile: &Profile) -> Result<CertificateParams, rcgen::Error> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = distinguished_name(&profile.subject);
    parameters.subject_alt_names = alternative_names(&profile.names)?;
    parameters.serial_number = Some(SerialNumber::from_slice(&profile.serial));
    parameters.not_before = rcgen_time(profile.not_before);
    parameters.not_after = rcgen_time(profile.not_after);
    parameters.is_ca = IsCa::ExplicitNoCa;
    parameters.key_usages.clone_from(&profile.key_usages);
    parameters
        .extended_key_usages
        .clone_from(&profile.extended_key_usages);
    parameters.use_authority_key_identifier_extension = true;
    Ok(parameters)
}

fn distinguished_name(subject: &[(DnType, String)]) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    for (attribute, value) in subject {
        name.push(attribute.clone(), value.as_str());
    }
    name
}

fn alternative_names(names: &[String]) -> Result<Vec<SanType>, rcgen::Error> {
    let alternative = |name: &String| {
        Ok(match name.parse::<IpAddr>() {
            Ok(address) => SanType::IpAddress(address),
            Err(_) if name.contains('@') => SanType::Rfc822Name(name.as_str().try_into()?),
            Err(_) => SanType::DnsName(name.as_str().try_into()?),
        })
    };
    names.iter().map(alternative).collect()
}

fn revoked_parameters(revoked: Revoked) -> RevokedCertParams {
    RevokedCertParams {
        serial_number: SerialNumber::from(revoked.serial),
        revocation_time: rcgen_time(revoked.revoked_at),
        reason_code: revoked.reason.and_then(reason_code),
        invalidity_date: None,
    }
}

fn reason_code(code: u8) -> Option<RevocationReason> {
    Some(match code {
        0 => RevocationReason::Unspecified,
        1 => RevocationReason::KeyCompromise,
        2 => RevocationReason::CaCompromise,
        3 => RevocationReason::AffiliationChanged,
        4 => RevocationReason::Superseded,
        5 => RevocationReason::CessationOfOperation,
        6 => RevocationReason::CertificateHold,
        8 => RevocationReason::RemoveFromCrl,
        9 => RevocationReason::PrivilegeWithdrawn,
        10 => RevocationReason::AaCompromise,
        _ => return None,
    })
}

fn rcgen_time(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.as_second()).expect("years 1 to 9999 fit")
}
