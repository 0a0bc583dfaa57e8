//! A vendor as small as one can be.

use std::fmt;
use std::time::Duration;

use cert_core::client::{
    Answer, Auth, Backoff, Builder, Call, Caller, Created, Download, Empty, Error, Fault, Headers,
    Json, Multipart, Op, Page, PageReply, Pages, Retry, Row, Vendor,
};
use cert_core::{Payload, Secret};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::server::Server;

pub(crate) const PASSWORD: &str = "hunter2-of-admin";

static VENDOR: Vendor = cert_core::vendor!("test", fault);

static GET: Op = Op::get("thing_get", "/things/{id}");
static FIND: Op = Op::get("thing_find", "/things");
static COUNT: Op = Op::head("thing_count", "/things");
static CREATE: Op = Op::post("thing_create", "/things");
static REPLACE: Op = Op::put("thing_replace", "/things/{id}");
static APPROVE: Op = Op::post("thing_approve", "/things/{id}/approve");
static ENROLL: Op = Op::post("thing_enroll", "/things/enroll").slow();
static UPLOAD: Op = Op::post("thing_upload", "/things/upload");
static REPORT: Op = Op::get("thing_report", "/report");

fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    let fault = answer.json::<Refusal>().ok()?;
    Some(Fault {
        code: Some(fault.code),
        message: fault.description,
        class: None,
    })
}

#[derive(Deserialize)]
struct Refusal {
    code: String,
    description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Thing {
    pub(crate) id: i64,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) state: Option<State>,
    #[serde(default)]
    pub(crate) since: Since,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Open,
    Shut,
}

/// A year, whose complaints repeat what was there, as many types' do.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Since(u16);

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let year = text
            .parse()
            .map_err(|_| D::Error::custom(format!("no year: {text}")));
        year.map(Self)
    }
}

cert_core::request! {
    /// A thing to be made.
    struct NewThing(
        /// Name of the thing.
        #[length(..=1_000)]
        name: String,
    ) {
        /// Pass phrase of the thing.
        #[secret(..)]
        #[wire("pass_phrase")]
        pass_phrase: Secret,
    }
}

#[derive(Clone)]
pub(crate) struct Client(Caller);

impl From<Caller> for Client {
    fn from(caller: Caller) -> Self {
        Self(caller)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Client {
    pub(crate) fn caller(&self) -> &Caller {
        &self.0
    }

    pub(crate) fn get(&self, id: impl fmt::Display) -> Call<'_, Json<Thing>> {
        self.0.call(&GET).path(id)
    }

    pub(crate) fn find<T: Payload + Serialize + ?Sized>(
        &self,
        query: &T,
    ) -> Call<'_, Json<Vec<Thing>>> {
        self.0.call(&FIND).query(query)
    }

    pub(crate) fn count(&self) -> Call<'_, Empty> {
        self.0.call(&COUNT)
    }

    pub(crate) fn create(&self, name: &str) -> Call<'_, Json<Thing>> {
        self.create_with(name, None)
    }

    pub(crate) fn create_with(
        &self,
        name: &str,
        pass_phrase: Option<Secret>,
    ) -> Call<'_, Json<Thing>> {
        let thing = NewThing::new(name);
        let thing = match pass_phrase {
            Some(pass_phrase) => thing.pass_phrase(pass_phrase),
            None => thing,
        };
        self.0.call(&CREATE).json(&thing)
    }

    pub(crate) fn create_from<T: Payload + Serialize>(&self, body: &T) -> Call<'_, Created<i64>> {
        self.0.call(&CREATE).json(body)
    }

    pub(crate) fn replace(&self, id: i64, name: &str) -> Call<'_, Empty> {
        self.0.call(&REPLACE).path(id).json(&NewThing::new(name))
    }

    pub(crate) fn approve(&self, id: i64) -> Call<'_, Empty> {
        self.0.call(&APPROVE).path(id)
    }

    pub(crate) fn enroll(&self) -> Call<'_, Empty> {
        self.0.call(&ENROLL)
    }

    pub(crate) fn upload(&self, form: Multipart) -> Call<'_, Empty> {
        self.0.call(&UPLOAD).multipart(form)
    }

    pub(crate) fn report(&self) -> Call<'_, Download> {
        self.0.call(&REPORT)
    }

    pub(crate) fn list(&self) -> Pages<'_, Things> {
        let caller = &self.0;
        Pages::new(2, move |window| {
            let size = window.size.map(u64::from);
            let query = [("position", Some(window.position)), ("size", size)];
            caller.call(&FIND).query(&query)
        })
    }

    pub(crate) fn rows(&self) -> Pages<'_, Numbers> {
        let caller = &self.0;
        Pages::new(2, move |window| {
            let size = window.size.map(u64::from);
            let query = [("position", Some(window.position)), ("size", size)];
            caller.call(&FIND).query(&query)
        })
    }

    pub(crate) fn numbered_list(&self) -> Pages<'_, Things> {
        let caller = &self.0;
        Pages::new(2, move |window| {
            caller.call(&FIND).query(&[("page", window.page)])
        })
    }
}

/// A page of numbers, with the total in a header.
pub(crate) struct Things;

impl PageReply for Things {
    type Item = i64;

    fn page(answer: &Answer) -> Result<Page<i64>, Error> {
        let total = answer
            .header("x-total")
            .and_then(|total| total.parse().ok());
        Ok(Page::without_ids(answer.json()?, total, answer))
    }
}

/// A number that names itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Number(pub(crate) u64);

impl Row for Number {
    type Id = u64;

    fn id(&self) -> &u64 {
        &self.0
    }
}

/// A page of them, with the total in a header.
pub(crate) struct Numbers;

impl PageReply for Numbers {
    type Item = Number;

    fn page(answer: &Answer) -> Result<Page<Number>, Error> {
        let total = answer.header("x-total");
        let total = total.and_then(|total| total.parse().ok());
        Ok(Page::new(answer.json()?, total))
    }
}

/// A client of `server` that signs in with headers, and retries without delay.
pub(crate) fn builder(server: &Server) -> Builder<Client> {
    builder_at(server.url())
}

pub(crate) fn builder_at(url: &str) -> Builder<Client> {
    let auth = Headers::new().plain("login", "admin");
    let auth = auth.and_then(|auth| auth.secret("password", PASSWORD.into()));
    let pause = Duration::from_millis(1);
    Builder::new(&VENDOR, url, auth).retry(Retry::attempts(3).backoff(Backoff::new(pause, pause)))
}

pub(crate) fn client(server: &Server) -> Client {
    builder(server).build().expect("a client")
}

pub(crate) fn client_with(server: &Server, auth: impl Auth) -> Client {
    builder(server).auth(auth).build().expect("a client")
}
