use cert_core::client::{Answer, Builder, Caller, Error, Fault, Headers, Json, Op, Vendor};

use crate::{Case, Detail, Entry, Small};

static VENDOR: Vendor = Vendor::new("bench", fault);
static SMALL: Op = Op::get("small", "/small/{id}");
static DETAIL: Op = Op::get("detail", "/detail/{id}");
static PAGE: Op = Op::get("page", "/page/{id}");

fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    (!answer.status.is_success()).then(|| Fault::from_text(answer))
}

/// Calls over cert-core: limits, retry, pace and sign-in in place.
#[derive(Debug)]
pub struct Ours(Caller);

impl Ours {
    /// Calls to `url`.
    ///
    /// # Errors
    ///
    /// When the client cannot be set up.
    pub fn new(url: &str) -> Result<Self, Error> {
        let auth = Headers::new().plain("login", "admin");
        let auth = auth.and_then(|auth| auth.secret("password", "secret".into()));
        Builder::new(&VENDOR, url, auth).build().map(Self)
    }

    /// Makes one call.
    ///
    /// # Errors
    ///
    /// When it fails.
    pub async fn call(&self, case: Case) -> Result<i64, Error> {
        Ok(match case {
            Case::Small => self.0.call::<Json<Small>>(&SMALL).path(5).await?.id,
            Case::Detail => self.0.call::<Json<Detail>>(&DETAIL).path(5).await?.ssl_id,
            Case::Page => {
                let page = self.0.call::<Json<Vec<Entry>>>(&PAGE).path(5);
                page.await?.len() as i64
            }
        })
    }
}
