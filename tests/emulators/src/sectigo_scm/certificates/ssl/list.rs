use md5::Md5;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{
    Ssl, SslCertificate,
    details::{CHANNELS, EXTENDED_KEY_USAGES},
};
use crate::{
    frame::Query,
    sectigo_scm::{
        SectigoScm,
        certificates::{
            description::{self, VENDOR},
            search::{Filter, Listed, Seen},
        },
        dates::DateFormat,
        problem::Problem,
    },
};

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

impl Listed for Ssl {
    fn filter(query: &mut Query, filter: &mut Filter<Self>) -> Result<(), Problem> {
        filter.common(query)?;
        names(filter, query)?;
        states(filter, query)?;
        people(filter, query)?;
        filter.equals(query.integer("keySize", 1..)?, |it, _| {
            i64::try_from(description::key_size(&it.key)).unwrap_or(i64::MAX)
        });
        filter.contains(query.text("extendedKeyUsage")?, |_, _| {
            EXTENDED_KEY_USAGES
                .iter()
                .map(ToString::to_string)
                .collect()
        });
        filter.hash(query.text("sha1Hash")?, |der| Sha1::digest(der).to_vec());
        filter.hash(query.text("md5Hash")?, |der| Md5::digest(der).to_vec());
        Ok(())
    }

    fn list_filter(query: &mut Query, filter: &mut Filter<Self>) -> Result<(), Problem> {
        filter.hash(query.text("sha256Hash")?, |der| {
            Sha256::digest(der).to_vec()
        });
        Ok(())
    }

    fn entry(_: &SectigoScm, certificate: &SslCertificate, _: DateFormat) -> Value {
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
}

fn names(filter: &mut Filter<Ssl>, query: &mut Query) -> Result<(), Problem> {
    filter.contains(query.text("subjectAlternativeName")?, |it, _| {
        it.names.clone()
    });
    filter.contains(query.text("issuer")?, |it, seen| vec![issuer(it, seen)]);
    filter.contains(query.text("vendor")?, |_, _| vec![VENDOR.to_owned()]);
    Ok(())
}

fn states(filter: &mut Filter<Ssl>, query: &mut Query) -> Result<(), Problem> {
    filter.equals(query.choice("status", &STATUSES)?, |it, seen| {
        it.status_at(seen.now).text().to_owned()
    });
    filter.equals(query.choice("installStatus", &INSTALL_STATUSES)?, |_, _| {
        "NONE".to_owned()
    });
    filter.equals(
        query.choice("renewalStatus", &RENEWAL_STATUSES)?,
        |it, _| {
            let scheduled = it.own.auto_renew.is_some();
            if scheduled {
                "SCHEDULED"
            } else {
                "NOT_SCHEDULED"
            }
            .to_owned()
        },
    );
    let channels: Vec<_> = CHANNELS.iter().map(|(name, _)| *name).collect();
    filter.equals(query.choice("requestedVia", &channels)?, |it, _| {
        it.requested_via.to_owned()
    });
    let deployments = ["NotDeployed", "Deployed"];
    filter.equals(query.choice("discoveryStatus", &deployments)?, |it, _| {
        let found = it.requested_via == "DISCOVERY";
        if found { "Deployed" } else { "NotDeployed" }.to_owned()
    });
    Ok(())
}

fn people(filter: &mut Filter<Ssl>, query: &mut Query) -> Result<(), Problem> {
    filter.equals(query.integer("sslTypeId", 1..)?, |it, _| {
        it.profile.unwrap_or_default()
    });
    filter.contains(query.text("requester")?, |it, _| vec![it.requester.clone()]);
    filter.contains(query.text("externalRequester")?, |it, _| {
        it.own.external_requester.iter().cloned().collect()
    });
    Ok(())
}

fn issuer(certificate: &SslCertificate, seen: &Seen) -> String {
    match &certificate.certificate {
        Some(issued) => issued.issuer.clone(),
        None => seen.issuer.clone(),
    }
}
