use http::{StatusCode, header::CONTENT_DISPOSITION};

use super::{kind::Kind, record::Status};
use crate::{
    frame::{Call, Query, Reply, pkcs7, x509},
    sectigo_scm::{SectigoScm, dates::DateFormat, no_parameters, problem::Problem},
};

/// How collecting is answered while the authority is at work on an approved request. All but -140
/// and -195, whose texts ask to try again later, have been seen from the real service.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PendingAnswer {
    /// 400, code 0.
    BeingProcessed,
    /// 400, code -183.
    NotCollectable,
    /// 400, code -1400.
    RequestBeingProcessed,
    /// 400, code -103.
    NotCollectedYet,
    /// 400, code -109.
    NotAvailableNow,
    /// 400, code -140.
    DecodingUnavailable,
    /// 400, code -195.
    AuthorityNotAvailable,
    /// 200 without a body.
    Empty,
}

/// What a collected file holds, in which order, in which encoding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Format {
    contents: Contents,
    encoding: Encoding,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Contents {
    RootFirst,
    LeafFirst,
    LeafAndIssuer,
    Leaf,
    IssuersRootFirst,
    IssuersRootLast,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Encoding {
    Pem,
    Pkcs7Pem,
    Pkcs7Der,
}

/// `collect/{id}?format=`, the documented form.
pub(super) fn by_query<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let format = asked(call)?;
    let id = scm.named::<K>(call)?;
    collect::<K>(scm, id, &format)
}

/// `collect/{id}/{format}`, the older form that still works.
pub(super) fn by_path<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.named::<K>(call)?;
    collect::<K>(scm, id, call.argument("format"))
}

/// The format that a query asks for.
pub(super) fn asked(call: &Call<'_>) -> Result<String, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let format = query.text("format")?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    Ok(format.unwrap_or_else(|| "base64".to_owned()))
}

pub(super) fn collect<K: Kind>(
    scm: &mut SectigoScm,
    id: i64,
    format: &str,
) -> Result<Reply, Problem> {
    let format = Format::named(format)?;
    let pending = scm.options.pending_answer;
    let certificate = scm.look_at_id::<K>(id)?;
    match certificate.status {
        Status::Issued | Status::Expired => {}
        Status::Requested | Status::Declined => return Err(not_collectable()),
        Status::Applied => return pending.answer(),
        Status::Revoked => {
            let why = "Certificate has been revoked and cannot be downloaded.";
            return Err(Problem::bad(-110, why));
        }
    }
    let file = certificate
        .common_name
        .replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    scm.materialize::<K>(id)?;
    let issued = K::records(scm)
        .get(id)?
        .certificate
        .as_ref()
        .ok_or_else(not_collectable)?;
    let authority = &scm.world.authority;
    let body = format.encode(&issued.der, authority.intermediate(), authority.root());
    let reply = Reply::bytes(
        StatusCode::OK,
        "application/octet-stream;charset=UTF-8",
        body,
    );
    let disposition = format!("attachment; filename=\"{file}.cert\"");
    Ok(reply.header(CONTENT_DISPOSITION, disposition))
}

impl Format {
    fn named(name: &str) -> Result<Self, Problem> {
        let (contents, encoding) = match name {
            "x509" | "pem" => (Contents::RootFirst, Encoding::Pem),
            "x509R" => (Contents::LeafFirst, Encoding::Pem),
            "pemia" => (Contents::LeafAndIssuer, Encoding::Pem),
            "x509CO" | "pemco" => (Contents::Leaf, Encoding::Pem),
            "x509IO" => (Contents::IssuersRootFirst, Encoding::Pem),
            "x509IOR" => (Contents::IssuersRootLast, Encoding::Pem),
            "base64" => (Contents::LeafFirst, Encoding::Pkcs7Pem),
            "bin" => (Contents::LeafFirst, Encoding::Pkcs7Der),
            other => {
                let why = format!("Unknown SSL certificate file format requested: {other}");
                return Err(Problem::bad(-126, why));
            }
        };
        Ok(Self { contents, encoding })
    }

    fn encode(self, leaf: &[u8], intermediate: &[u8], root: &[u8]) -> Vec<u8> {
        let certificates = match self.contents {
            Contents::RootFirst => vec![root, intermediate, leaf],
            Contents::LeafFirst => vec![leaf, intermediate, root],
            Contents::LeafAndIssuer => vec![leaf, intermediate],
            Contents::Leaf => vec![leaf],
            Contents::IssuersRootFirst => vec![root, intermediate],
            Contents::IssuersRootLast => vec![intermediate, root],
        };
        match self.encoding {
            Encoding::Pem => {
                let pem = certificates
                    .iter()
                    .map(|der| x509::to_pem("CERTIFICATE", der));
                pem.collect::<String>().into_bytes()
            }
            Encoding::Pkcs7Der => pkcs7::bundle(certificates),
            Encoding::Pkcs7Pem => x509::to_pem("PKCS7", &pkcs7::bundle(certificates)).into_bytes(),
        }
    }
}

impl PendingAnswer {
    pub(in crate::sectigo_scm) fn answer(self) -> Result<Reply, Problem> {
        let (code, description) = match self {
            Self::Empty => return Ok(Reply::empty(StatusCode::OK)),
            Self::NotCollectable => return Err(not_collectable()),
            Self::BeingProcessed => (0, "Being processed by Sectigo"),
            Self::RequestBeingProcessed => (-1400, "The request is being processed by Sectigo."),
            Self::NotCollectedYet => (-103, "Certificate has not been collected yet."),
            Self::NotAvailableNow => (
                -109,
                "Certificate is not available now, please try again later.",
            ),
            Self::DecodingUnavailable => (
                -140,
                "CSR decoding temporarily unavailable. Please try again later.",
            ),
            Self::AuthorityNotAvailable => {
                (-195, "CA is not available now. Please try again later.")
            }
        };
        Err(Problem::bad(code, description))
    }
}

pub(in crate::sectigo_scm) fn not_collectable() -> Problem {
    Problem::bad(-183, "Certificate is not collectable.")
}
