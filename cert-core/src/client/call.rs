use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderName, HeaderValue, header};
use serde::Serialize;

use super::caller::Caller;
use super::reply::{Raw, Reply, WithDetails};
use super::request::Draft;
use super::transport::BoxFuture;
use super::{Answer, Body, Error, Multipart, Op, Retry};
use crate::Secret;

/// One call of an operation: a value that is sent when awaited.
///
/// It can be looked at first ([`request`](Call::request)), bounded
/// ([`timeout`](Call::timeout)), and asked for more than its value
/// ([`detailed`](Call::detailed), [`raw`](Call::raw)). A wrong argument is kept and returned
/// when the call is sent; nothing leaves then. Dropping the future stops the call, though not
/// what the vendor may already be doing.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'c, R> {
    caller: &'c Caller,
    draft: Box<Draft>,
    reply: PhantomData<fn() -> R>,
}

impl Caller {
    /// A call of `op`, still without arguments.
    pub fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        Call {
            caller: self,
            draft: Box::new(Draft::new(self.base_path(), op)),
            reply: PhantomData,
        }
    }
}

impl<'c, R> Call<'c, R> {
    /// Bounds the whole call: sign-in, every attempt and the waits between them.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.draft.timeout = Some(time);
        self
    }

    /// Repeats failed attempts differently from the client's setting.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.draft.retry = Some(retry);
        self
    }

    /// Sets the largest answer to read, in bytes.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.draft.body_limit = Some(bytes);
        self
    }

    /// Adds a header, or replaces one that the operation sets. Credentials cannot be replaced.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.draft.headers.insert(name, value);
        self
    }

    /// Fills the next `{name}` of the path; for vendor crates, as are the methods below.
    #[doc(hidden)]
    pub fn path(mut self, argument: impl fmt::Display) -> Self {
        let filled = self.draft.path.fill(argument);
        self.or_problem(filled.map_err(Error::argument))
    }

    /// Adds query parameters: the fields of a struct, or pairs.
    #[doc(hidden)]
    pub fn query(mut self, parameters: &(impl Serialize + ?Sized)) -> Self {
        let query = &mut self.draft.query;
        let added = serde_html_form::to_string(parameters).map(|text| {
            if !query.is_empty() && !text.is_empty() {
                query.push('&');
            }
            // `+` means a blank only to servers that decode forms.
            query.push_str(&text.replace('+', "%20"));
        });
        self.or_problem(added.map_err(|error| {
            Error::argument(format!("the query parameters cannot be encoded: {error}"))
        }))
    }

    /// Sends a JSON body.
    #[doc(hidden)]
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        let encoded = serde_json::to_vec(body).map(|json| self.draft.body = json.into());
        self.draft.headers.insert(header::CONTENT_TYPE, JSON);
        self.or_problem(encoded.map_err(|error| {
            Error::argument(format!("the request body cannot be encoded: {error}"))
        }))
    }

    /// Sends a form with files.
    #[doc(hidden)]
    pub fn multipart(self, form: Multipart) -> Self {
        let media_type = form.content_type();
        self.body(&media_type, form)
    }

    /// Sends a body of some other media type.
    #[doc(hidden)]
    pub fn body(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        self.draft.body = body.into();
        let value = HeaderValue::from_str(media_type).map(|value| {
            self.draft.headers.insert(header::CONTENT_TYPE, value);
        });
        self.or_problem(value.map_err(|_| Error::argument("the media type is not a header value")))
    }

    /// Asks for a media type.
    #[doc(hidden)]
    pub fn accept(self, media_type: &'static str) -> Self {
        self.header(header::ACCEPT, HeaderValue::from_static(media_type))
    }

    /// Names a secret of the body, to be masked should an error text repeat it.
    #[doc(hidden)]
    pub fn masking(mut self, secret: Option<&Secret>) -> Self {
        self.draft.secrets.extend(secret.cloned());
        self
    }

    /// Keeps the error, if it is one, to be returned when the call is sent.
    #[doc(hidden)]
    pub fn check(self, argument: Result<(), Error>) -> Self {
        self.or_problem(argument)
    }

    fn or_problem(mut self, result: Result<(), Error>) -> Self {
        if let (Err(error), None) = (result, &self.draft.problem) {
            self.draft.problem = Some(error);
        }
        self
    }

    /// The value together with status, headers, attempts and request id.
    pub fn detailed(self) -> Call<'c, WithDetails<R>> {
        self.replying()
    }

    /// Status, headers and bytes as they come, also where the vendor refuses; authentication
    /// and retry apply.
    pub fn raw(self) -> Call<'c, Raw> {
        self.replying()
    }

    /// The same call, with its answer read in another way.
    #[doc(hidden)]
    pub fn replying<Other>(self) -> Call<'c, Other> {
        Call {
            caller: self.caller,
            draft: self.draft,
            reply: PhantomData,
        }
    }

    /// The request as it would be sent, without credentials.
    ///
    /// # Errors
    ///
    /// [`Argument`](super::ErrorKind::Argument) when an argument is wrong.
    pub fn request(self) -> Result<http::Request<Body>, Error> {
        let op = self.draft.op;
        let prepared = self.caller.prepared(*self.draft);
        prepared
            .map(|prepared| prepared.request())
            .map_err(|error| error.of(self.caller.vendor().name(), op, 0, false))
    }

    /// The operation.
    #[must_use]
    pub fn op(&self) -> &'static Op {
        self.draft.op
    }
}

impl<R: Reply> Call<'_, R> {
    /// Starts a future that does not borrow from the client, as `tokio::spawn`,
    /// `FuturesUnordered` and `buffer_unordered` need it. Nothing is sent before it is polled.
    pub fn send(self) -> Sending<R> {
        let Self { caller, draft, .. } = self;
        let (vendor, op) = (caller.vendor().name(), draft.op);
        let answer = caller.clone().exchange(draft, R::STREAMS, R::TAKES_FAULTS);
        Sending {
            answer,
            vendor,
            op,
            reply: PhantomData,
        }
    }
}

impl<R: Reply> IntoFuture for Call<'_, R> {
    type Output = Result<R::Value, Error>;
    type IntoFuture = Sending<R>;

    fn into_future(self) -> Sending<R> {
        self.send()
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("op", &self.draft.op.name())
            .finish_non_exhaustive()
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A call under way.
#[must_use = "a call goes on only while it is polled"]
pub struct Sending<R> {
    answer: BoxFuture<'static, Result<Answer, Error>>,
    vendor: &'static str,
    op: &'static Op,
    reply: PhantomData<fn() -> R>,
}

impl<R: Reply> Future for Sending<R> {
    type Output = Result<R::Value, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut answer = ready!(self.answer.as_mut().poll(context))?;
        let value = R::decode(&mut answer);
        Poll::Ready(value.map_err(|error| undecoded(error, answer, self.vendor, self.op)))
    }
}

fn undecoded(error: Error, answer: Answer, vendor: &'static str, op: &'static Op) -> Error {
    let attempts = answer.attempts;
    error.at(answer).of(vendor, op, attempts, true)
}

impl<R> fmt::Debug for Sending<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending")
            .field("op", &self.op.name())
            .finish_non_exhaustive()
    }
}
