use std::collections::BTreeMap;

use cert_core::{
    Certificate, CertificateRevocationList, CertificateSigningRequest, DecodeError, Extension,
    GeneralName, ObjectIdentifier, PemBlock, SerialNumber, Time,
};
#[cfg(feature = "csr")]
use cert_core::{Curve, KeyKind, PrivateKey};
use der::{Decode as _, Encode as _};
use x509_parser::prelude::{
    FromDer as _, GeneralName as ParsedName, ParsedExtension, X509Extension,
};

use crate::differences::Differences;
use crate::tool::fixture;

/// What a reader says, by field; a field is missing where the reader does not say.
type Facts = BTreeMap<&'static str, String>;
type Reader = fn(&[u8]) -> Option<Facts>;

#[test]
fn what_others_read_of_a_certificate_we_read_alike() {
    let readers = Readers {
        ours: certificate,
        theirs: [x509_cert_certificate, x509_parser_certificate],
    };
    readers.compare("certificate", "leaf.pem");
}

#[test]
fn what_others_read_of_a_request_we_read_alike() {
    let readers = Readers {
        ours: request,
        theirs: [x509_cert_request, x509_parser_request],
    };
    readers.compare("csr", "rsa.pem");
}

#[test]
fn what_others_read_of_a_revocation_list_we_read_alike() {
    let readers = Readers {
        ours: list,
        theirs: [x509_cert_list, x509_parser_list],
    };
    readers.compare("crl", "list.pem");
}

#[cfg(feature = "csr")]
#[test]
fn requests_that_we_write_others_read_alike() {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256)).expect("a key");
    let inner = GeneralName::Directory("CN=user-0001,C=CA".into());
    for length in [1, 60, 100, 200, 300, 1_000, 70_000] {
        let request = CertificateSigningRequest::builder()
            .subject(format!("CN={},OU=a+OU=b,C=CA", "x".repeat(length)))
            .dns("host-0001.example.com")
            .ip("192.0.2.1".parse().expect("an address"))
            .alternative_name(inner.clone())
            .sign(&key)
            .expect("a request");
        let ours = request_facts(&request).expect("names");
        for read in [x509_cert_request, x509_parser_request] {
            for (field, value) in read(request.as_der()).expect("what we write") {
                assert_eq!(value, ours[field], "{field}, {length}");
            }
        }
    }
}

#[test]
fn certificates_that_others_refuse_we_read() {
    let mut names = names_in("certificate");
    names.sort();
    let refused_by = |read: Reader| {
        let refused = names.iter().filter(|name| {
            let der = der("certificate", name);
            certificate(&der).expect(name);
            read(&der).is_none()
        });
        refused.cloned().collect::<Vec<_>>()
    };
    let (times, numbers) = (
        ["odd-no-times.der", "odd-old-times.der"],
        "odd-serial-padded.der",
    );
    assert_eq!(refused_by(x509_parser_certificate), times);
    let [no_times, old_times] = times;
    assert_eq!(
        refused_by(x509_cert_certificate),
        [
            "odd-critical-one.der",
            no_times,
            old_times,
            numbers,
            "odd-universal.der"
        ]
    );
}

/// Why const-oid's is no type for what is read.
#[test]
fn an_identifier_that_const_oid_shows_wrongly_we_read() {
    let ours: ObjectIdentifier = "1.3.4294967297".parse().expect("33 bits");
    let content = ours.as_der_content();
    let read = ObjectIdentifier::from_der_content(content).expect("an identifier");
    assert_eq!(read.to_string(), "1.3.4294967297");
    let theirs = der::asn1::ObjectIdentifier::from_bytes(content).expect("taken");
    assert_eq!(theirs.to_string(), "1.3.1");
}

struct Readers {
    ours: fn(&[u8]) -> Result<Facts, DecodeError>,
    theirs: [Reader; 2],
}

impl Readers {
    /// Every fixture of a folder, and one of them with each octet altered.
    fn compare(&self, folder: &str, altered: &str) {
        let mut differences = Differences::default();
        let oracles = ["x509-cert", "x509-parser"].map(|oracle| format!("{oracle} {folder}"));
        for name in names_in(folder) {
            self.compare_one(&mut differences, &oracles, &name, &der(folder, &name));
        }
        let der = der(folder, altered);
        for place in 0..der.len() {
            for flipped in [0x01, 0x10, 0x20, 0x80, 0xff] {
                let mut der = der.clone();
                der[place] ^= flipped;
                self.compare_one(&mut differences, &oracles, "an altered octet", &der);
            }
        }
        differences.check(&oracles.each_ref().map(String::as_str));
    }

    fn compare_one(
        &self,
        differences: &mut Differences,
        oracles: &[String; 2],
        input: &str,
        der: &[u8],
    ) {
        let ours = (self.ours)(der);
        for (oracle, read) in oracles.iter().zip(self.theirs) {
            let Some(theirs) = read(der) else { continue };
            let ours = match &ours {
                Ok(ours) => ours,
                Err(error) => {
                    let field = error.field().unwrap_or("an unnamed field");
                    differences.add(oracle, input, &format!("we refuse {field}"));
                    continue;
                }
            };
            for (field, value) in theirs {
                if ours[field] != value {
                    differences.add(oracle, input, field);
                }
            }
        }
    }
}

fn names_in(folder: &str) -> Vec<String> {
    let path = format!("{}/tests/fixtures/{folder}", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(path).expect("fixtures");
    entries
        .map(|entry| entry.expect("a fixture").file_name())
        .map(|name| name.into_string().expect("a plain name"))
        .collect()
}

fn der(folder: &str, name: &str) -> Vec<u8> {
    let bytes = fixture(&format!("{folder}/{name}"));
    if name.ends_with(".der") {
        return bytes;
    }
    let blocks = PemBlock::all(str::from_utf8(&bytes).expect("PEM")).expect("PEM");
    blocks[0].contents().to_vec()
}

fn certificate(der: &[u8]) -> Result<Facts, DecodeError> {
    let read = Certificate::from_der(der)?;
    Ok(Facts::from([
        ("version", read.version().to_string()),
        ("serial", serial(read.serial())),
        ("issuer", hex(&read.issuer().to_der()?)),
        ("subject", hex(&read.subject().to_der()?)),
        ("notBefore", seconds(read.not_before())),
        ("notAfter", seconds(read.not_after())),
        ("key", hex(read.public_key_der())),
        ("extensions", extensions(read.extensions())),
        ("names", names(read.subject_alternative_names())),
        ("cA", read.is_ca().to_string()),
    ]))
}

fn request(der: &[u8]) -> Result<Facts, DecodeError> {
    request_facts(&CertificateSigningRequest::from_der(der)?)
}

fn request_facts(read: &CertificateSigningRequest) -> Result<Facts, DecodeError> {
    Ok(Facts::from([
        ("subject", hex(&read.subject().to_der()?)),
        ("key", hex(read.public_key_der())),
        ("names", names(read.subject_alternative_names())),
    ]))
}

fn list(der: &[u8]) -> Result<Facts, DecodeError> {
    let read = CertificateRevocationList::from_der(der)?;
    let entries = read.entries().iter();
    let entries = entries.map(|one| serial(one.serial()) + "@" + &seconds(one.revocation_date()));
    Ok(Facts::from([
        ("issuer", hex(&read.issuer().to_der()?)),
        ("thisUpdate", seconds(read.this_update())),
        (
            "nextUpdate",
            read.next_update().map(seconds).unwrap_or_default(),
        ),
        ("entries", entries.collect::<Vec<_>>().join(" ")),
        ("extensions", extensions(read.extensions())),
    ]))
}

fn x509_cert_certificate(der: &[u8]) -> Option<Facts> {
    let read = x509_cert::Certificate::from_der(der).ok()?;
    let tbs = read.tbs_certificate();
    let extensions = tbs.extensions().map_or(&[][..], |all| all);
    let mut facts = Facts::from([
        ("version", (tbs.version() as u8 + 1).to_string()),
        ("serial", octets(tbs.serial_number().as_bytes())),
        ("issuer", hex(&tbs.issuer().to_der().ok()?)),
        ("subject", hex(&tbs.subject().to_der().ok()?)),
        ("notBefore", unix(tbs.validity().not_before)),
        ("notAfter", unix(tbs.validity().not_after)),
        ("key", hex(&tbs.subject_public_key_info().to_der().ok()?)),
        ("extensions", x509_cert_extensions(extensions)),
    ]);
    if let Some(names) = x509_cert_names(extensions) {
        facts.insert("names", names);
    }
    Some(facts)
}

fn x509_cert_request(der: &[u8]) -> Option<Facts> {
    let read = x509_cert::request::CertReq::from_der(der).ok()?;
    Some(Facts::from([
        ("subject", hex(&read.info.subject.to_der().ok()?)),
        ("key", hex(&read.info.public_key.to_der().ok()?)),
    ]))
}

fn x509_cert_list(der: &[u8]) -> Option<Facts> {
    let read = x509_cert::crl::CertificateList::<x509_cert::certificate::Rfc5280>::from_der(der);
    let tbs = read.ok()?.tbs_cert_list;
    let entries = tbs.revoked_certificates.unwrap_or_default();
    let entries = entries
        .iter()
        .map(|one| octets(one.serial_number.as_bytes()) + "@" + &unix(one.revocation_date));
    Some(Facts::from([
        ("issuer", hex(&tbs.issuer.to_der().ok()?)),
        ("thisUpdate", unix(tbs.this_update)),
        ("nextUpdate", tbs.next_update.map(unix).unwrap_or_default()),
        ("entries", entries.collect::<Vec<_>>().join(" ")),
        (
            "extensions",
            x509_cert_extensions(&tbs.crl_extensions.unwrap_or_default()),
        ),
    ]))
}

fn x509_parser_certificate(der: &[u8]) -> Option<Facts> {
    let (rest, read) = x509_parser::certificate::X509Certificate::from_der(der).ok()?;
    let tbs = rest.is_empty().then_some(&read.tbs_certificate)?;
    let mut facts = Facts::from([
        ("version", (tbs.version.0 + 1).to_string()),
        ("serial", octets(tbs.raw_serial())),
        ("issuer", hex(tbs.issuer.as_raw())),
        ("subject", hex(tbs.subject.as_raw())),
        ("notBefore", tbs.validity.not_before.timestamp().to_string()),
        ("notAfter", tbs.validity.not_after.timestamp().to_string()),
        ("key", hex(tbs.subject_pki.raw)),
        ("extensions", x509_parser_extensions(tbs.extensions())),
        ("cA", tbs.is_ca().to_string()),
    ]);
    if let Some(names) =
        x509_parser_names(tbs.extensions().iter().map(X509Extension::parsed_extension))
    {
        facts.insert("names", names);
    }
    Some(facts)
}

fn x509_parser_request(der: &[u8]) -> Option<Facts> {
    let read = x509_parser::certification_request::X509CertificationRequest::from_der(der);
    let (rest, read) = read.ok()?;
    let info = rest
        .is_empty()
        .then_some(&read.certification_request_info)?;
    let mut facts = Facts::from([
        ("subject", hex(info.subject.as_raw())),
        ("key", hex(info.subject_pki.raw)),
    ]);
    let names = read.requested_extensions().and_then(x509_parser_names);
    if let Some(names) = names {
        facts.insert("names", names);
    }
    Some(facts)
}

fn x509_parser_list(der: &[u8]) -> Option<Facts> {
    let read = x509_parser::revocation_list::CertificateRevocationList::from_der(der);
    let (rest, read) = read.ok()?;
    let tbs = rest.is_empty().then_some(&read.tbs_cert_list)?;
    let entries = tbs
        .revoked_certificates
        .iter()
        .map(|one| octets(one.raw_serial()) + "@" + &one.revocation_date.timestamp().to_string());
    let next = tbs.next_update.map(|time| time.timestamp().to_string());
    Some(Facts::from([
        ("issuer", hex(tbs.issuer.as_raw())),
        ("thisUpdate", tbs.this_update.timestamp().to_string()),
        ("nextUpdate", next.unwrap_or_default()),
        ("entries", entries.collect::<Vec<_>>().join(" ")),
        ("extensions", x509_parser_extensions(tbs.extensions())),
    ]))
}

fn extensions(all: &[Extension]) -> String {
    let facts = all
        .iter()
        .map(|one| format!("{} {} {}", one.id(), one.is_critical(), hex(one.value())));
    facts.collect::<Vec<_>>().join(", ")
}

fn x509_cert_extensions(all: &[x509_cert::ext::Extension]) -> String {
    let facts = all.iter().map(|one| {
        format!(
            "{} {} {}",
            one.extn_id,
            one.critical,
            hex(one.extn_value.as_bytes())
        )
    });
    facts.collect::<Vec<_>>().join(", ")
}

fn x509_parser_extensions(all: &[X509Extension<'_>]) -> String {
    let facts = all.iter().map(|one| {
        format!(
            "{} {} {}",
            one.oid.to_id_string(),
            one.critical,
            hex(one.value)
        )
    });
    facts.collect::<Vec<_>>().join(", ")
}

fn names(all: &[GeneralName]) -> String {
    let fact = |name: &GeneralName| match name {
        GeneralName::Dns(name) => format!("DNS {name}"),
        GeneralName::Email(name) => format!("email {name}"),
        GeneralName::Uri(name) => format!("URI {name}"),
        GeneralName::Ip(std::net::IpAddr::V4(address)) => format!("IP {}", hex(&address.octets())),
        GeneralName::Ip(std::net::IpAddr::V6(address)) => format!("IP {}", hex(&address.octets())),
        GeneralName::Unknown { number: 7, content } => format!("IP {}", hex(content)),
        GeneralName::Directory(name) => format!("name {}", hex(&name.to_der().expect("read"))),
        _ => "other".to_owned(),
    };
    all.iter().map(fact).collect::<Vec<_>>().join(", ")
}

/// `None` where there are no names, or they cannot be read.
fn x509_cert_names(all: &[x509_cert::ext::Extension]) -> Option<String> {
    use x509_cert::ext::pkix::name::GeneralName as Read;
    let names = all
        .iter()
        .find(|one| one.extn_id.to_string() == "2.5.29.17")?;
    let names = x509_cert::ext::pkix::SubjectAltName::from_der(names.extn_value.as_bytes()).ok()?;
    let fact = |name: &Read| match name {
        Read::DnsName(name) => format!("DNS {name}"),
        Read::Rfc822Name(name) => format!("email {name}"),
        Read::UniformResourceIdentifier(name) => format!("URI {name}"),
        Read::IpAddress(address) => format!("IP {}", hex(address.as_bytes())),
        Read::DirectoryName(name) => format!("name {}", hex(&name.to_der().expect("read"))),
        _ => "other".to_owned(),
    };
    Some(names.0.iter().map(fact).collect::<Vec<_>>().join(", "))
}

fn x509_parser_names<'a>(mut all: impl Iterator<Item = &'a ParsedExtension<'a>>) -> Option<String> {
    let names = all.find_map(|one| match one {
        ParsedExtension::SubjectAlternativeName(names) => Some(names),
        _ => None,
    });
    let fact = |name: &ParsedName<'_>| match name {
        ParsedName::DNSName(name) => format!("DNS {name}"),
        ParsedName::RFC822Name(name) => format!("email {name}"),
        ParsedName::URI(name) => format!("URI {name}"),
        ParsedName::IPAddress(address) => format!("IP {}", hex(address)),
        ParsedName::DirectoryName(name) => format!("name {}", hex(name.as_raw())),
        _ => "other".to_owned(),
    };
    Some(
        names?
            .general_names
            .iter()
            .map(fact)
            .collect::<Vec<_>>()
            .join(", "),
    )
}

fn serial(serial: &SerialNumber) -> String {
    serial.to_hex().unwrap_or_default()
}

/// The content octets of a positive INTEGER as [`SerialNumber::to_hex`] writes them.
fn octets(content: &[u8]) -> String {
    let significant = content.iter().position(|octet| *octet != 0);
    significant.map_or_else(|| "00".to_owned(), |place| hex(&content[place..]))
}

fn seconds(time: &Time) -> String {
    time.instant().map_or_else(
        || format!("{:?}", time.kind()),
        |instant| instant.as_second().to_string(),
    )
}

fn unix(time: x509_cert::time::Time) -> String {
    time.to_unix_duration().as_secs().to_string()
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
