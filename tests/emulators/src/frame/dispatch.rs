use http::{Method, StatusCode, header::ALLOW};

use super::{Found, Reply, Request, Route, Vendor, find};

/// Answers a request as the vendor's table of operations says: what every emulator does with a
/// path that is not there, a method that the path does not take, and a caller who is not let in.
pub fn dispatch<V: Vendor>(vendor: &mut V, request: &Request) -> Reply {
    let answered = vendor
        .path(request)
        .and_then(|path| carry_out(vendor, request, path));
    answered.unwrap_or_else(V::Problem::into)
}

fn carry_out<V: Vendor>(
    vendor: &mut V,
    request: &Request,
    path: &str,
) -> Result<Reply, V::Problem> {
    match find(routes::<V>(), V::PRECEDENCE, request, path) {
        Found::Route(route, call) => {
            vendor.admit(&call)?;
            (route.handler)(vendor, &call)
        }
        Found::OtherMethods(methods) => Ok(other_method::<V>(&methods)),
        Found::Nothing => Err(V::no_such_path()),
    }
}

/// The vendor's words; with status 405 `Allow` has to follow (RFC 9110).
fn other_method<V: Vendor>(methods: &[Method]) -> Reply {
    let names: Vec<_> = methods.iter().map(Method::as_str).collect();
    let allowed = names.join(V::ALLOW_SEPARATOR);
    let reply: Reply = V::no_such_method(&allowed).into();
    match reply.status() {
        StatusCode::METHOD_NOT_ALLOWED => reply.header(ALLOW, allowed),
        _ => reply,
    }
}

/// Every route of a vendor, area by area.
pub(super) fn routes<V: Vendor>() -> impl Iterator<Item = &'static Route<V, V::Problem>> {
    V::AREAS.iter().copied().flatten()
}
