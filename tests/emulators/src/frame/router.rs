use http::Method;
use percent_encoding::percent_decode_str;

use super::{Reply, Request};

/// Carries out one operation; `P` is the vendor's problem, or [`Reply`] where it needs no type.
pub type Handler<V, P = Reply> = fn(&mut V, &Call<'_>) -> Result<Reply, P>;

/// One operation of a vendor's interface.
#[derive(Debug)]
pub struct Route<V, P = Reply> {
    /// The operation's name, as in the vendor's `openapi`.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its arguments in braces; a trailing slash counts.
    pub template: &'static str,
    /// What carries it out.
    pub handler: Handler<V, P>,
}

/// An operation that an emulator knows, for tests of completeness.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Operation {
    /// The operation's name, as in the vendor's `openapi`.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its arguments in braces.
    pub template: &'static str,
}

impl<V, P> Route<V, P> {
    /// A call of `GET`, under the operation's name.
    pub const fn get(name: &'static str, template: &'static str, run: Handler<V, P>) -> Self {
        Self::new(Method::GET, name, template, run)
    }

    /// A call of `HEAD`, under the operation's name.
    pub const fn head(name: &'static str, template: &'static str, run: Handler<V, P>) -> Self {
        Self::new(Method::HEAD, name, template, run)
    }

    /// A call of `OPTIONS`, under the operation's name.
    pub const fn options(name: &'static str, template: &'static str, run: Handler<V, P>) -> Self {
        Self::new(Method::OPTIONS, name, template, run)
    }

    /// A call of `POST`, under the operation's name.
    pub const fn post(name: &'static str, template: &'static str, run: Handler<V, P>) -> Self {
        Self::new(Method::POST, name, template, run)
    }

    /// A call of `PUT`, under the operation's name.
    pub const fn put(name: &'static str, template: &'static str, run: Handler<V, P>) -> Self {
        Self::new(Method::PUT, name, template, run)
    }

    /// A call of `PATCH`, under the operation's name.
    pub const fn patch(name: &'static str, template: &'static str, run: Handler<V, P>) -> Self {
        Self::new(Method::PATCH, name, template, run)
    }

    /// A call of `DELETE`, under the operation's name.
    pub const fn delete(name: &'static str, template: &'static str, run: Handler<V, P>) -> Self {
        Self::new(Method::DELETE, name, template, run)
    }

    const fn new(
        method: Method,
        operation: &'static str,
        template: &'static str,
        handler: Handler<V, P>,
    ) -> Self {
        Self {
            operation,
            method,
            template,
            handler,
        }
    }

    /// What the route says without its handler.
    pub fn describe(&self) -> Operation {
        Operation {
            name: self.operation,
            method: self.method.clone(),
            template: self.template,
        }
    }
}

/// One request together with the arguments that its path carried.
#[derive(Debug)]
pub struct Call<'r> {
    /// The request.
    pub request: &'r Request,
    /// The operation that was found for it.
    pub operation: &'static str,
    arguments: Vec<(&'static str, String)>,
}

impl Call<'_> {
    /// A path argument, percent-decoded.
    ///
    /// # Panics
    ///
    /// When the route's template has no such name: a mistake in the table of routes.
    pub fn argument(&self, name: &str) -> &str {
        let found = self.arguments.iter().find(|(known, _)| *known == name);
        match found {
            Some((_, value)) => value,
            None => panic!("{} has no path argument {name}", self.operation),
        }
    }

    /// The name of the path's first argument; empty where it has none.
    pub fn first_argument_name(&self) -> &'static str {
        self.arguments.first().map_or("", |(name, _)| *name)
    }
}

/// A table of routes, one a line: `get("operation", "/path/{id}", handler);`.
macro_rules! routes {
    ($($method:ident($operation:expr, $template:expr, $handler:expr);)+) => {
        &[$($crate::frame::Route::$method($operation, $template, $handler)),+]
    };
}
pub(crate) use routes;

/// What the table of routes says about a request.
#[derive(Debug)]
pub enum Found<'r, V: 'static, P: 'static = Reply> {
    /// This route, with its arguments.
    Route(&'static Route<V, P>, Call<'r>),
    /// The path exists, the method does not; these do, each named once.
    OtherMethods(Vec<Method>),
    /// No such path.
    Nothing,
}

/// What counts first when several templates fit a path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Precedence {
    /// The method; of the templates that take it, the one with the fewest arguments.
    Method,
    /// The template with the fewest arguments, whether it takes the method or not.
    FixedPath,
}

/// Looks a request up in a vendor's table.
///
/// `path` is given apart from the request because vendors may put prefixes before it.
pub fn find<'r, V, P>(
    routes: impl IntoIterator<Item = &'static Route<V, P>>,
    precedence: Precedence,
    request: &'r Request,
    path: &str,
) -> Found<'r, V, P> {
    let mut fitting: Vec<_> = routes
        .into_iter()
        .filter_map(|route| Some((route, matched(route.template, path)?)))
        .collect();
    if precedence == Precedence::FixedPath {
        let fewest = fitting.iter().map(|(_, arguments)| arguments.len()).min();
        fitting.retain(|(_, arguments)| Some(arguments.len()) == fewest);
    }
    let methods = methods(fitting.iter().map(|(route, _)| *route));
    let best = fitting
        .into_iter()
        .filter(|(route, _)| route.method == request.method)
        .min_by_key(|(_, arguments)| arguments.len());
    match best {
        Some((route, arguments)) => {
            let operation = route.operation;
            let call = Call {
                request,
                operation,
                arguments,
            };
            Found::Route(route, call)
        }
        None if methods.is_empty() => Found::Nothing,
        None => Found::OtherMethods(methods),
    }
}

fn methods<'r, V: 'r, P: 'r>(routes: impl Iterator<Item = &'r Route<V, P>>) -> Vec<Method> {
    let mut methods = Vec::new();
    for route in routes {
        if !methods.contains(&route.method) {
            methods.push(route.method.clone());
        }
    }
    methods
}

fn matched(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut arguments = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = percent_decode_str(segments.next()?).decode_utf8().ok()?;
        match argument_name(expected) {
            Some(name) if !segment.is_empty() => arguments.push((name, segment.into_owned())),
            Some(_) => return None,
            None if segment == expected => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(arguments)
}

fn argument_name(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn nothing(_: &mut (), _: &Call<'_>) -> Result<Reply, Reply> {
        Ok(Reply::empty(StatusCode::OK))
    }

    const ROUTES: &[Route<()>] = routes! {
        get("get", "/v1/{id}", nothing);
        delete("delete", "/v1/{id}", nothing);
        get("types", "/v1/types", nothing);
        get("slash", "/v1/list/", nothing);
    };

    fn request(method: Method) -> Request {
        Request::new(method, "", None, HeaderMap::new(), Bytes::new())
    }

    fn operation(method: Method, path: &str) -> Result<(&'static str, Vec<String>), Vec<Method>> {
        match find(ROUTES, Precedence::Method, &request(method), path) {
            Found::Route(route, call) => {
                let arguments = call.arguments.iter().map(|(_, value)| value.clone());
                Ok((route.operation, arguments.collect()))
            }
            Found::OtherMethods(methods) => Err(methods),
            Found::Nothing => Err(Vec::new()),
        }
    }

    #[test]
    fn literal_segments_win_over_arguments() {
        assert_eq!(operation(Method::GET, "/v1/types"), Ok(("types", vec![])));
        assert_eq!(
            operation(Method::GET, "/v1/7"),
            Ok(("get", vec!["7".into()]))
        );
    }

    #[test]
    fn arguments_are_decoded_and_never_empty() {
        let decoded = operation(Method::GET, "/v1/%23a%2Fb");
        assert_eq!(decoded, Ok(("get", vec!["#a/b".into()])));
        assert_eq!(operation(Method::GET, "/v1/"), Err(vec![]));
        assert_eq!(operation(Method::GET, "/v1/%FF"), Err(vec![]));
    }

    #[test]
    fn a_trailing_slash_counts() {
        assert_eq!(operation(Method::GET, "/v1/list/"), Ok(("slash", vec![])));
        assert_eq!(operation(Method::GET, "/v1/7/"), Err(vec![]));
    }

    #[test]
    fn another_method_is_told_from_another_path() {
        let methods = operation(Method::PUT, "/v1/7");
        assert_eq!(methods, Err(vec![Method::GET, Method::DELETE]));
        assert_eq!(operation(Method::PUT, "/v2/7"), Err(vec![]));
    }

    #[test]
    fn a_fixed_path_can_hide_those_with_arguments() {
        let put = request(Method::DELETE);
        let found = find(ROUTES, Precedence::FixedPath, &put, "/v1/types");
        assert!(matches!(found, Found::OtherMethods(methods) if methods == [Method::GET]));
        let found = find(ROUTES, Precedence::FixedPath, &put, "/v1/7");
        assert!(matches!(found, Found::Route(route, _) if route.operation == "delete"));
    }

    #[test]
    fn of_several_paths_that_fit_each_method_is_named_once() {
        let methods = operation(Method::PUT, "/v1/types");
        assert_eq!(methods, Err(vec![Method::GET, Method::DELETE]));
    }
}
