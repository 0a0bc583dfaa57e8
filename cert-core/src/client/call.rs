use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderName, HeaderValue, header};
use serde::Serialize;

use super::caller::Caller;
use super::exchange::{Wanted, exchange};
use super::reply::{Raw, Reply, WithDetails};
use super::request::Draft;
use super::transport::BoxFuture;
use super::{Answer, Body, Error, Multipart, Op, Retry};
use crate::values::Secret;
use crate::wire::Payload;

/// One call of an operation: a value that is sent when awaited.
///
/// [`send`](Call::send) makes it a future of its own for `tokio::spawn` and
/// `buffer_unordered`; eight calls at once:
///
/// ```
/// # use cert_core::client::{Call, Error, Json};
/// use futures_util::stream::{self, StreamExt as _};
///
/// # async fn demo(get: impl Fn(i64) -> Call<'static, Json<String>>) -> Result<(), Error> {
/// let mut names = stream::iter(1..=100).map(|id| get(id).send()).buffer_unordered(8);
/// while let Some(name) = names.next().await {
///     println!("{}", name?);
/// }
/// # Ok(())
/// # }
/// ```
///
/// It can be looked at first ([`request`](Call::request)), bounded
/// ([`timeout`](Call::timeout)), and asked for more than its value
/// ([`detailed`](Call::detailed), [`raw`](Call::raw)). A wrong argument is kept and returned
/// when the call is sent; nothing leaves then. Dropping the future stops the call, though not
/// what the vendor may already be doing.
#[doc(alias("request", "future"))]
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'c, R> {
    caller: &'c Caller,
    draft: Box<Draft>,
    reply: PhantomData<fn() -> R>,
}

impl Caller {
    /// A call of `op`, still without arguments: also of an operation of your own, where a vendor
    /// crate lacks one. What is answered is said by the reply type `R`, such as
    /// [`Json<T>`](super::Json).
    pub fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        Call {
            caller: self,
            draft: Box::new(Draft::new(&self.0.base_path, op)),
            reply: PhantomData,
        }
    }
}

impl<'c, R> Call<'c, R> {
    /// Bounds the whole call: sign-in, every attempt and the waits between them.
    #[doc(alias("deadline", "within"))]
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

    /// Adds a header, or replaces one that the operation sets. Credentials cannot be replaced,
    /// and headers that frame the message (`Content-Length`, `Host`, `Transfer-Encoding`,
    /// `Connection`, `Expect`) are refused when the call is sent.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if FRAMING.contains(&name) {
            let reason = format!("the header `{name}` frames the message: it cannot be set");
            return self.or_problem(Err(Error::argument(reason)));
        }
        self.draft.headers.insert(name, value);
        self
    }

    /// Fills the next `{name}` of the path.
    pub fn path(mut self, argument: impl fmt::Display) -> Self {
        let filled = self.draft.path.fill(argument);
        self.or_problem(filled.map_err(Error::argument))
    }

    /// Adds query parameters: the fields of a [`request!`](crate::request), or pairs.
    pub fn query<P: Payload + Serialize + ?Sized>(mut self, parameters: &P) -> Self {
        let query = &mut self.draft.query;
        let added = serde_html_form::to_string(parameters).map(|text| {
            if !query.is_empty() && !text.is_empty() {
                query.push('&');
            }
            // `+` means a blank only to servers that decode forms.
            query.push_str(&text.replace('+', "%20"));
        });
        let added = added.map_err(|error| {
            Error::argument(format!("the query parameters cannot be encoded: {error}"))
        });
        self.or_problem(added).checked(parameters)
    }

    /// Sends a JSON body: a [`request!`](crate::request), a list of them, or a
    /// `serde_json::Value`.
    pub fn json<P: Payload + Serialize + ?Sized>(mut self, body: &P) -> Self {
        let encoded = serde_json::to_vec(body).map(|json| self.draft.body = json.into());
        self.draft.headers.insert(header::CONTENT_TYPE, JSON);
        let encoded = encoded.map_err(|error| {
            Error::argument(format!("the request body cannot be encoded: {error}"))
        });
        self.or_problem(encoded).checked(body)
    }

    /// Sends a form with files.
    pub fn multipart<F>(mut self, form: F) -> Self
    where
        F: TryInto<Multipart, Error: Into<Error>>,
    {
        match form.try_into() {
            Ok(mut form) => {
                self.draft.secrets.append(&mut form.take_secrets());
                let media_type = form.content_type();
                let problem = form.take_problem();
                self.body(&media_type, form)
                    .or_problem(problem.map_or(Ok(()), Err))
            }
            Err(error) => self.or_problem(Err(error.into())),
        }
    }

    /// Sends a body of some other media type. Secrets in it are not known to the call.
    pub fn body(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        self.draft.body = body.into();
        let value = HeaderValue::from_str(media_type).map(|value| {
            self.draft.headers.insert(header::CONTENT_TYPE, value);
        });
        self.or_problem(value.map_err(|_| Error::argument("the media type is not a header value")))
    }

    /// Keeps the error, if it is one, to be returned when the call is sent: for a rule on
    /// arguments that no payload has.
    #[doc(hidden)]
    pub fn check(self, argument: Result<(), Error>) -> Self {
        self.or_problem(argument)
    }

    /// Checks what is sent, and has its secrets masked.
    fn checked<P: Payload + ?Sized>(mut self, payload: &P) -> Self {
        let secrets = &mut self.draft.secrets;
        payload.secrets(&mut |secret| secrets.push(Secret::from(secret)));
        let checked = payload.check();
        self.or_problem(checked.map_err(|wrong| Error::argument(wrong.to_string())))
    }

    fn or_problem(mut self, result: Result<(), Error>) -> Self {
        if let (Err(error), None) = (result, &self.draft.problem) {
            self.draft.problem = Some(error);
        }
        self
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

    /// The vendor's name.
    pub(crate) fn vendor(&self) -> &'static str {
        self.caller.vendor().name()
    }

    /// The operation.
    #[must_use]
    pub fn op(&self) -> &'static Op {
        self.draft.op
    }
}

impl<'c, R: Reply> Call<'c, R> {
    /// The value together with status, headers, attempts and request id.
    #[doc(alias("status code", "headers", "attempts"))]
    pub fn detailed(self) -> Call<'c, WithDetails<R>> {
        self.replying()
    }

    /// Status, headers and bytes as they come, also where the vendor refuses; authentication
    /// and retry apply.
    #[doc(alias("response", "bytes"))]
    pub fn raw(self) -> Call<'c, Raw> {
        self.accepting().replying()
    }

    /// The request as it would be sent, without credentials.
    ///
    /// # Errors
    ///
    /// [`Argument`](super::ErrorKind::Argument) when an argument is wrong.
    pub fn request(self) -> Result<http::Request<Body>, Error> {
        let Self { caller, draft, .. } = self.accepting();
        let (vendor, op) = (caller.vendor().name(), draft.op);
        let finished = draft.finish(&caller.0.origin);
        finished.map_err(|error| error.of(vendor, op))
    }

    /// Starts a future that does not borrow from the client, as `tokio::spawn`,
    /// `FuturesUnordered` and `buffer_unordered` need it. Nothing is sent before it is polled.
    #[doc(alias("spawn", "execute"))]
    pub fn send(self) -> Sending<R> {
        let Self { caller, draft, .. } = self.accepting();
        let (vendor, op) = (caller.vendor().name(), draft.op);
        let wanted = Wanted {
            streams: R::STREAMS,
            takes_faults: R::TAKES_FAULTS,
        };
        Sending {
            answer: exchange(caller.clone(), draft, wanted),
            vendor,
            op,
            reply: PhantomData,
        }
    }

    /// Asks for the media type of the reply, or else of the vendor, unless the call asks for
    /// another one.
    fn accepting(mut self) -> Self {
        if let Some(media_type) = R::ACCEPT.or(self.caller.vendor().accept()) {
            let value = || HeaderValue::from_static(media_type);
            let headers = &mut self.draft.headers;
            headers.entry(header::ACCEPT).or_insert_with(value);
        }
        self
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

const FRAMING: [HeaderName; 5] = [
    header::CONTENT_LENGTH,
    header::HOST,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::EXPECT,
];

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
        let answer = ready!(self.answer.as_mut().poll(context));
        let value = answer
            .and_then(|mut answer| R::decode(&mut answer).map_err(|error| error.undecoded(answer)));
        Poll::Ready(value.map_err(|error| error.of(self.vendor, self.op)))
    }
}

impl<R> fmt::Debug for Sending<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending")
            .field("op", &self.op.name())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use crate::client::{Builder, Fault, Headers, Json, Vendor};

    use super::*;

    static VENDOR: Vendor = Vendor::new("test", no_fault);
    static GET: Op = Op::get("get", "/things/{id}");

    fn no_fault(_: &Op, _: &Answer) -> Option<Fault> {
        None
    }

    /// What a call under way takes: a hundred thousand of them are to fit into memory.
    #[test]
    fn a_call_under_way_is_small() {
        let builder = Builder::<Caller>::new(&VENDOR, "http://127.0.0.1", Ok(Headers::new()));
        let caller = builder.build().expect("a caller");
        let sending = caller.call::<Json<String>>(&GET).path(5).send();
        let size = size_of_val(&*sending.answer);
        assert!(size <= 2_600, "{size} bytes");
    }
}
