use http::{HeaderName, StatusCode};
use jiff::Timestamp;
use md5::Md5;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{
    SectigoScm, SslCertificate, details,
    details::{CHANNELS, EXTENDED_KEY_USAGES, SIGNATURE_ALGORITHM, VENDOR},
    ok,
};
use crate::{
    frame::{Call, Query, Reply, x509},
    sectigo_scm::{dates::DateFormat, problem::Problem},
};

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
const LARGEST_PAGE: i64 = 200;

const STATUSES: [&str; 13] = [
    "Invalid",
    "Requested",
    "Approved",
    "Declined",
    "Applied",
    "Issued",
    "Revoked",
    "Expired",
    "Replaced",
    "Rejected",
    "Unmanaged",
    "SAApproved",
    "Init",
];
const INSTALL_STATUSES: [&str; 12] = [
    "NONE",
    "NOT_STARTED",
    "KEY_PROCESSING",
    "KEY_READY",
    "CERT_PROCESSING",
    "SCHEDULED",
    "INSTALLING",
    "ACTION_REQUIRED",
    "READY_FOR_INSTALL",
    "NEED_SERVER_RESTART",
    "COMPLETED",
    "INVALID",
];
const RENEWAL_STATUSES: [&str; 5] = [
    "NOT_SCHEDULED",
    "SCHEDULED",
    "STARTED",
    "SUCCESSFUL",
    "FAILED",
];

/// One page; sizes above the vendor's limit are cut down to it without a word.
pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let size = query
        .integer("size", 0..)?
        .unwrap_or(LARGEST_PAGE)
        .min(LARGEST_PAGE);
    let position = query.integer("position", 0..)?.unwrap_or(0);
    let mut filter = Filter::read(&mut query)?;
    filter.hash(query.text("sha256Hash")?, |der| {
        Sha256::digest(der).to_vec()
    });
    end(query)?;
    let found = scm.filtered(&filter)?;
    let entries = found
        .iter()
        .skip(to_usize(position))
        .take(to_usize(size))
        .map(|it| entry(it));
    Ok(ok(&entries.collect()).header(TOTAL, found.len().to_string()))
}

/// The number of matches in a header, without any of them. It has no filter by SHA-256.
pub(super) fn count(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let filter = Filter::read(&mut query)?;
    end(query)?;
    let total = scm.filtered(&filter)?.len();
    Ok(Reply::empty(StatusCode::OK).header(TOTAL, total.to_string()))
}

impl SectigoScm {
    fn filtered(&mut self, filter: &Filter) -> Result<Vec<&SslCertificate>, Problem> {
        self.settle_all()?;
        if filter.reads_certificates {
            let ids: Vec<_> = self.ssl.certificates.keys().copied().collect();
            ids.into_iter().try_for_each(|id| self.materialize(id))?;
        }
        let seen = Seen {
            now: self.now(),
            issuer: self.issuer(),
        };
        let accepted = |certificate: &&SslCertificate| filter.accepts(certificate, &seen);
        Ok(self.ssl.certificates.values().filter(accepted).collect())
    }
}

fn end(mut query: Query) -> Result<(), Problem> {
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    Ok(query.finish()?)
}

fn entry(certificate: &SslCertificate) -> Value {
    let mut entry = json!({
        "sslId": certificate.id,
        "commonName": certificate.common_name,
        "subjectAlternativeNames": certificate.names,
    });
    if let Some(serial) = certificate.serial_text() {
        entry["serialNumber"] = serial.into();
    }
    entry
}

/// What a filter may need beside the certificate.
struct Seen {
    now: Timestamp,
    issuer: String,
}

type Condition = Box<dyn Fn(&SslCertificate, &Seen) -> bool>;

/// All conditions have to hold. Texts match anywhere and whatever their case; hashes, serial
/// numbers, ids and everything from a closed set match as a whole.
#[derive(Default)]
struct Filter {
    conditions: Vec<Condition>,
    reads_certificates: bool,
}

impl Filter {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        let mut filter = Self::default();
        filter.names(query)?;
        filter.states(query)?;
        filter.people(query)?;
        filter.keys(query)?;
        filter.serial(query.text("serialNumber")?);
        filter.hash(query.text("sha1Hash")?, |der| Sha1::digest(der).to_vec());
        filter.hash(query.text("md5Hash")?, |der| Md5::digest(der).to_vec());
        Ok(filter)
    }

    fn names(&mut self, query: &mut Query) -> Result<(), Problem> {
        self.contains(query.text("commonName")?, |it, _| {
            vec![it.common_name.clone()]
        });
        self.contains(query.text("subjectAlternativeName")?, |it, _| {
            it.names.clone()
        });
        self.contains(query.text("issuer")?, |it, seen| vec![issuer(it, seen)]);
        self.contains(query.text("vendor")?, |_, _| vec![VENDOR.to_owned()]);
        Ok(())
    }

    fn states(&mut self, query: &mut Query) -> Result<(), Problem> {
        self.equals(query.choice("status", &STATUSES)?, |it, seen| {
            it.status_at(seen.now).text().to_owned()
        });
        self.equals(query.choice("installStatus", &INSTALL_STATUSES)?, |_, _| {
            "NONE".to_owned()
        });
        self.equals(
            query.choice("renewalStatus", &RENEWAL_STATUSES)?,
            |it, _| {
                let scheduled = it.auto_renew.is_some();
                if scheduled {
                    "SCHEDULED"
                } else {
                    "NOT_SCHEDULED"
                }
                .to_owned()
            },
        );
        let channels: Vec<_> = CHANNELS.iter().map(|(name, _)| *name).collect();
        self.equals(query.choice("requestedVia", &channels)?, |it, _| {
            it.requested_via.to_owned()
        });
        let deployments = ["NotDeployed", "Deployed"];
        self.equals(query.choice("discoveryStatus", &deployments)?, |it, _| {
            let found = it.requested_via == "DISCOVERY";
            if found { "Deployed" } else { "NotDeployed" }.to_owned()
        });
        Ok(())
    }

    fn people(&mut self, query: &mut Query) -> Result<(), Problem> {
        self.equals(query.integer("sslTypeId", 1..)?, |it, _| {
            it.profile.unwrap_or_default()
        });
        self.equals(query.integer("orgId", ..)?, |it, _| it.organization);
        self.contains(query.text("requester")?, |it, _| vec![it.requester.clone()]);
        self.contains(query.text("externalRequester")?, |it, _| {
            it.external_requester.iter().cloned().collect()
        });
        Ok(())
    }

    fn keys(&mut self, query: &mut Query) -> Result<(), Problem> {
        self.contains(query.text("signatureAlgorithm")?, |it, _| {
            it.serial
                .iter()
                .map(|_| SIGNATURE_ALGORITHM.to_owned())
                .collect()
        });
        self.contains(query.text("keyAlgorithm")?, |it, _| {
            vec![details::key_algorithm(&it.key).to_owned()]
        });
        self.equals(query.integer("keySize", 1..)?, |it, _| {
            i64::try_from(details::key_size(&it.key)).unwrap_or(i64::MAX)
        });
        self.equals(query.text("keyParam")?, |it, _| {
            details::key_parameter(&it.key).unwrap_or_default()
        });
        self.contains(query.text("keyUsage")?, |it, _| {
            details::key_usages(&it.key)
                .iter()
                .map(ToString::to_string)
                .collect()
        });
        self.contains(query.text("extendedKeyUsage")?, |_, _| {
            EXTENDED_KEY_USAGES
                .iter()
                .map(ToString::to_string)
                .collect()
        });
        Ok(())
    }

    fn contains(
        &mut self,
        asked: Option<String>,
        texts: impl Fn(&SslCertificate, &Seen) -> Vec<String> + 'static,
    ) {
        if let Some(asked) = asked.map(|asked| asked.to_lowercase()) {
            self.conditions.push(Box::new(move |certificate, seen| {
                let texts = texts(certificate, seen);
                texts
                    .iter()
                    .any(|text| text.to_lowercase().contains(&asked))
            }));
        }
    }

    fn equals<T: PartialEq + 'static>(
        &mut self,
        asked: Option<T>,
        value: impl Fn(&SslCertificate, &Seen) -> T + 'static,
    ) {
        if let Some(asked) = asked {
            let condition = move |it: &SslCertificate, seen: &Seen| value(it, seen) == asked;
            self.conditions.push(Box::new(condition));
        }
    }

    fn serial(&mut self, asked: Option<String>) {
        if let Some(asked) = asked {
            self.conditions
                .push(Box::new(move |it, _| has_serial(it, &asked)));
        }
    }

    fn hash(&mut self, asked: Option<String>, digest: impl Fn(&[u8]) -> Vec<u8> + 'static) {
        if let Some(asked) = asked {
            self.reads_certificates = true;
            self.conditions.push(Box::new(move |it, _| {
                let hash = it.certificate.as_ref().map(|issued| digest(&issued.der));
                hash.is_some_and(|hash| x509::hex(&hash, "").eq_ignore_ascii_case(&asked))
            }));
        }
    }

    fn accepts(&self, certificate: &SslCertificate, seen: &Seen) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition(certificate, seen))
    }
}

/// Whether a certificate has this serial number, with or without colons and leading zeros.
pub(super) fn has_serial(certificate: &SslCertificate, text: &str) -> bool {
    let digits = |text: &str| -> String {
        let digits = text.chars().filter(|character| *character != ':');
        digits.skip_while(|character| *character == '0').collect()
    };
    let own = certificate
        .serial
        .as_ref()
        .map(|serial| x509::hex(serial, ""));
    own.is_some_and(|own| digits(&own).eq_ignore_ascii_case(&digits(text)))
}

fn issuer(certificate: &SslCertificate, seen: &Seen) -> String {
    match &certificate.certificate {
        Some(issued) => issued.issuer.clone(),
        None => seen.issuer.clone(),
    }
}

fn to_usize(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
