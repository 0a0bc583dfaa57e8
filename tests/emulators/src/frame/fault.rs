use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::{HeaderName, Method, StatusCode, header::RETRY_AFTER};

use super::{Reply, Request};

/// Something that goes wrong on the way, as networks, gateways and tired servers have it.
///
/// A fault says what happens, and then to which requests: without more it happens to all of them.
///
/// ```
/// use cert_emulators::Fault;
/// use http::{Method, StatusCode};
///
/// // The next two enrolments find the service overloaded.
/// let fault = Fault::status(StatusCode::SERVICE_UNAVAILABLE)
///     .retry_after("1")
///     .method(Method::POST)
///     .path("/api/ssl/v1/enroll")
///     .times(2);
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    effect: Effect,
    method: Option<Method>,
    path: String,
    skip: usize,
    times: Option<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Effect {
    Delay(Duration),
    CloseUnheard,
    CloseUnanswered,
    CutBody,
    ContentType(String),
    Instead(Reply),
}

impl Fault {
    /// The answer comes late by `duration`; the request is carried out after the wait.
    pub fn delay(duration: Duration) -> Self {
        Self::of(Effect::Delay(duration))
    }

    /// The connection closes without an answer, and the request was **not** carried out.
    pub fn close_unheard() -> Self {
        Self::of(Effect::CloseUnheard)
    }

    /// The connection closes without an answer, although the request **was** carried out.
    pub fn close_unanswered() -> Self {
        Self::of(Effect::CloseUnanswered)
    }

    /// The request is carried out, and the connection breaks in the middle of the answer's body.
    ///
    /// `Content-Length` still promises all of it.
    pub fn cut_body() -> Self {
        Self::of(Effect::CutBody)
    }

    /// The request is carried out and its answer arrives with another media type.
    pub fn content_type(content_type: impl Into<String>) -> Self {
        Self::of(Effect::ContentType(content_type.into()))
    }

    /// A gateway answers instead, in plain text; the request is not carried out.
    pub fn status(status: StatusCode) -> Self {
        let text = format!("upstream connect error or disconnect: {status}");
        Self::instead(Reply::bytes(status, "text/plain", text))
    }

    /// A gateway answers instead with a page of HTML; the request is not carried out.
    pub fn html(status: StatusCode) -> Self {
        let page = format!("<html><body><h1>{status}</h1></body></html>\n");
        Self::instead(Reply::bytes(status, "text/html", page))
    }

    /// The client is sent to another address; the request is not carried out.
    pub fn redirect(status: StatusCode, location: impl AsRef<str>) -> Self {
        Self::instead(Reply::empty(status).location(location.as_ref()))
    }

    /// Any answer of your own; the request is not carried out.
    pub fn instead(reply: Reply) -> Self {
        Self::of(Effect::Instead(reply))
    }

    /// Adds `Retry-After`, in seconds or as an HTTP date, to an answer given instead.
    pub fn retry_after(self, value: impl AsRef<str>) -> Self {
        self.header(RETRY_AFTER, value)
    }

    /// Adds a header to an answer given instead; other faults have no headers.
    pub fn header(mut self, name: HeaderName, value: impl AsRef<str>) -> Self {
        if let Effect::Instead(reply) = self.effect {
            self.effect = Effect::Instead(reply.header(name, value));
        }
        self
    }

    /// Only requests with this method.
    pub fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Only requests whose path, as sent, begins with this prefix.
    pub fn path(mut self, prefix: impl Into<String>) -> Self {
        self.path = prefix.into();
        self
    }

    /// Lets the first `requests` that would be hit pass.
    pub fn after(mut self, requests: usize) -> Self {
        self.skip = requests;
        self
    }

    /// Ends after having hit so many requests.
    pub fn times(mut self, requests: usize) -> Self {
        self.times = Some(requests);
        self
    }

    fn of(effect: Effect) -> Self {
        Self {
            effect,
            method: None,
            path: String::new(),
            skip: 0,
            times: None,
        }
    }

    fn concerns(&self, request: &Request) -> bool {
        let method = self.method.as_ref();
        method.is_none_or(|method| *method == request.method)
            && request.path.starts_with(&self.path)
    }

    fn strikes(&mut self) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        match &mut self.times {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
            None => true,
        }
    }
}

/// The faults of one running emulator, in the order they were added.
///
/// Every delay that concerns a request counts; of the other faults the first one wins.
#[derive(Default)]
pub struct Faults {
    faults: Mutex<Vec<Fault>>,
}

impl Faults {
    /// Switches one more fault on.
    pub fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// Switches all faults off.
    pub fn clear(&self) {
        self.lock().clear();
    }

    pub(super) fn strike(&self, request: &Request) -> Struck {
        let mut struck = Struck::default();
        for fault in self
            .lock()
            .iter_mut()
            .filter(|fault| fault.concerns(request))
        {
            let delays = matches!(fault.effect, Effect::Delay(_));
            if (delays || struck.effect.is_none()) && fault.strikes() {
                struck.take(&fault.effect);
            }
        }
        struck
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.lock().iter()).finish()
    }
}

/// What happens to one request.
#[derive(Debug, Default)]
pub(super) struct Struck {
    pub(super) delay: Duration,
    pub(super) effect: Option<Effect>,
}

impl Struck {
    fn take(&mut self, effect: &Effect) {
        match effect {
            Effect::Delay(duration) => self.delay += *duration,
            other => self.effect = Some(other.clone()),
        }
    }
}
