use http::{Method, StatusCode, header::CACHE_CONTROL};
use serde_json::json;

use super::{problem::AcmeProblem, server};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::SectigoScm,
};

/// RFC 8555, section 7.1.1.
pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let url = |resource| scm.acme_url(server, resource);
    let body = json!({
        "newNonce": url("newNonce"),
        "newAccount": url("newAccount"),
        "newOrder": url("newOrder"),
        "revokeCert": url("revokeCert"),
        "keyChange": url("keyChange"),
        "meta": {
            "termsOfService": "https://example.com/terms",
            "website": "https://example.com",
            "externalAccountRequired": true,
        },
    });
    Ok(Reply::json(StatusCode::OK, &body))
}

/// RFC 8555, section 7.2; the nonce itself comes with every answer to it.
pub(super) fn nonce(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    server(call)?;
    let status = match call.request.method {
        Method::HEAD => StatusCode::OK,
        _ => StatusCode::NO_CONTENT,
    };
    Ok(Reply::empty(status).header(CACHE_CONTROL, "no-store"))
}
