use crate::{
    frame::{
        Invalid, Object,
        x509::{RequestError, SigningRequest},
    },
    sectigo_scm::{contact::is_email, problem::Problem},
};

/// Reads a signing request as the vendor takes it: PEM or plain Base64, in a closed set of
/// characters.
pub(in crate::sectigo_scm) fn signing_request(csr: &str) -> Result<SigningRequest, Problem> {
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
    if !addresses.iter().all(|address| is_email(address)) {
        let why = "is not a list of e-mail addresses";
        return Err(Invalid::value("externalRequester", why));
    }
    Ok(text.filter(|text| !text.is_empty()))
}

pub(super) fn comma_separated(text: &str) -> Vec<String> {
    let names = text
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}
