use base64::{Engine, engine::general_purpose::STANDARD};
use http::StatusCode;

use super::{BbUem, problem::Problem};
use crate::frame::{Call, Invalid, Object, Query, Reply, Request};

const REQUEST: &str = "application/vnd.blackberry.authorizationrequest-v1+json";

/// Makes the value that calls sign in with. The password can be read back from it, as with the
/// real one.
pub(super) fn authorize(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    if call.request.media_type().as_deref() != Some(REQUEST) {
        let message = format!("Content-Type has to be {REQUEST}");
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::new(status, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    let mut body = Object::parse(&call.request.body)?;
    let username = body.required_text("username", 1..)?;
    let password = body.required_text("password", 1..)?;
    let provider = body.choice("provider", &["LOCAL", "AD"])?;
    let provider = provider.ok_or_else(|| Invalid::missing("provider"))?;
    let domain: Option<String> = body.optional("domain")?;
    body.finish()?;
    if provider == "AD" && domain.is_none() {
        return Err(Invalid::missing("domain").into());
    }
    let expected = STANDARD.encode(state.options.password.expose());
    if provider != "LOCAL" || username != state.options.user || password != expected {
        return Err(Problem::bad("Bad credentials."));
    }
    Ok(Reply::bytes(StatusCode::OK, "text/plain", value(state)))
}

/// Whether the server is up; nobody has to sign in for that.
pub(super) fn ping(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    let seconds = state.now().duration_since(state.started).as_secs();
    Ok(Reply::bytes(
        StatusCode::OK,
        "text/plain",
        format!("Uptime: {seconds} seconds"),
    ))
}

/// Lets a call in that brings the present sign-in value, or the token that was set.
pub(super) fn admit(state: &BbUem, request: &Request) -> Result<(), Problem> {
    let given = request.header("authorization");
    let bearer = state
        .options
        .bearer
        .as_ref()
        .map(|token| format!("Bearer {}", token.expose()));
    match given {
        Some(given) if given == value(state) || Some(given) == bearer.as_deref() => Ok(()),
        _ => Err(Problem::not_signed_in()),
    }
}

fn value(state: &BbUem) -> String {
    let options = &state.options;
    let plain = format!(
        "LOCAL:{}:{}:{}:{}",
        options.tenant,
        state.generation,
        options.user,
        options.password.expose()
    );
    format!("besng-basic {}", STANDARD.encode(plain))
}
