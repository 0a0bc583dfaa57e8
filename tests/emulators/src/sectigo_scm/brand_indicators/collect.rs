use http::{Method, StatusCode, header::CONTENT_DISPOSITION};
use serde_json::Value;

use super::{
    details::svg,
    record::{Record, Status},
};
use crate::{
    frame::{Call, Query, Reply, Request, pkcs7, x509},
    sectigo_scm::{
        SectigoScm, certificates::collect::not_collectable, dates::DateFormat, problem::Problem,
    },
};

/// Where the authority serves marks to mail programs.
pub(super) const HOSTED: &str = "/bimi/";
const FORMATS: [&str; 3] = ["pem", "der", "base64"];

pub(super) fn collect(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let format = query.choice("format", &FORMATS)?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    if !call.request.body.is_empty() {
        return Err(Problem::unreadable("the call has no body"));
    }
    let id = scm.brand_indicator_id(call)?;
    scm.look_at_brand_indicator(id)?;
    let record = scm.brand_indicators.get(id)?;
    match record.status {
        Status::Issued => {}
        Status::Applied => return scm.options.pending_answer.answer(),
        Status::Requested | Status::Declined => return Err(not_collectable()),
        Status::Revoked => {
            let why = "Certificate has been revoked and cannot be downloaded.";
            return Err(Problem::bad(-110, why));
        }
    }
    let file = record.domain.clone();
    let body = scm.brand_indicator_file(record, format.as_deref().unwrap_or("base64"))?;
    let now = scm.now();
    scm.brand_indicators.get_mut(id)?.downloaded = Some(now);
    let media_type = "application/octet-stream;charset=UTF-8";
    let reply = Reply::bytes(StatusCode::OK, media_type, body);
    let disposition = format!("attachment; filename=\"{file}.crt\"");
    Ok(reply.header(CONTENT_DISPOSITION, disposition))
}

impl SectigoScm {
    /// The certificate with its chain, the leaf first; `der` has the leaf alone.
    fn brand_indicator_file(&self, record: &Record, format: &str) -> Result<Vec<u8>, Problem> {
        let issued = record.issued.as_ref().ok_or_else(not_collectable)?;
        let (leaf, authority) = (&issued.certificate.der, &self.world.authority);
        let chain = [leaf.as_slice(), authority.intermediate(), authority.root()];
        Ok(match format {
            "der" => leaf.clone(),
            "pem" => chain
                .map(|der| x509::to_pem("CERTIFICATE", der))
                .concat()
                .into(),
            _ => x509::to_pem("PKCS7", &pkcs7::bundle(chain)).into(),
        })
    }

    /// What mail programs find under the addresses of logo and certificate: they have no
    /// credentials.
    pub(in crate::sectigo_scm) fn hosted(&self, request: &Request) -> Option<Reply> {
        let name = request.path.strip_prefix(HOSTED)?;
        let found = (request.method == Method::GET)
            .then(|| self.hosted_file(name))
            .flatten();
        Some(found.unwrap_or_else(|| Reply::empty(StatusCode::NOT_FOUND)))
    }

    fn hosted_file(&self, name: &str) -> Option<Reply> {
        let (id, kind) = name.split_once('.')?;
        let record = self.brand_indicators.table.get(id.parse().ok()?)?;
        if !record.asked.host_by_ca || record.status != Status::Issued {
            return None;
        }
        let (media_type, body) = match kind {
            "svg" => ("image/svg+xml", logo(record)?),
            "pem" => (
                "application/pem-certificate-chain",
                self.brand_indicator_file(record, "pem").ok()?,
            ),
            _ => return None,
        };
        Some(Reply::bytes(StatusCode::OK, media_type, body))
    }
}

fn logo(record: &Record) -> Option<Vec<u8>> {
    let logo = record.asked.mark.get("base64Logo").and_then(Value::as_str);
    logo.and_then(svg)
}
