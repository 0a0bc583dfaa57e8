use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use cert_core::client::{Answer, Call, Empty, Error, Op, PageReply, Pages, Repeatability};
use serde::de::DeserializeOwned;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::answers;
use crate::document::{Document, Operation};
use crate::exchange::{Class, Exchange};
use crate::golden;
use crate::known::Known;
use crate::made_up;
use crate::outcome;
use crate::probe::{self, Outcome, Probe};
use crate::report::{Area, Report};
use crate::wire::{Contract, Received};

mod condition;
mod trying;

use self::condition::Condition;

type Sent<'a> = Pin<Box<dyn Future<Output = Result<Outcome, Error>> + 'a>>;
/// Something on its way to a link.
pub type External<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;
type Sender<C> = Box<dyn for<'a> Fn(&'a C, &'a Exchange) -> Sent<'a>>;
type Connect<C> = Box<dyn Fn(&str, &Exchange) -> C>;

/// How one operation's public method is called.
struct Case<C> {
    way: Way<C>,
    /// Other methods, for exchanges that the first one does not send.
    others: Vec<(Condition, Way<C>)>,
}

/// How a public method is called, and how its answer is read.
struct Way<C> {
    send: Sender<C>,
    read: Reading,
}

impl<C> Case<C> {
    fn way(&self, exchange: &Exchange) -> &Way<C> {
        let other = self.others.iter().find(|(when, _)| when.holds(exchange));
        other.map_or(&self.way, |(_, way)| way)
    }
}

/// How an operation's answer is read, without a wire.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) decode: fn(&mut Answer) -> Result<Outcome, Error>,
    pub(crate) ignored: fn(&[u8]) -> Result<Vec<String>, String>,
}

/// A vendor crate held to its description.
///
/// Each operation needs one case: how its public method is called with the inputs of an
/// exchange. The same case sends the documented samples and requests that the harness makes up
/// so that every parameter, field and listed value is sent once. All are compared with what
/// arrives at a socket; all answers are read back and searched for what the model leaves out.
pub struct Suite<C> {
    vendor: &'static str,
    document: Document,
    operations: Vec<&'static Op>,
    connect: Connect<C>,
    cases: BTreeMap<&'static str, Case<C>>,
    mandatory: Vec<&'static str>,
    unenforced: Known,
}

impl<C: 'static> Suite<C> {
    /// The suite of a crate: its name, its document, its operations, and how a client of it
    /// is made for a base URL with the credentials of an exchange.
    pub fn new(
        vendor: &'static str,
        document: Document,
        operations: impl IntoIterator<Item = &'static Op>,
        connect: impl Fn(&str, &Exchange) -> C + 'static,
    ) -> Self {
        Self {
            vendor,
            document,
            operations: operations.into_iter().collect(),
            connect: Box::new(connect),
            cases: BTreeMap::new(),
            mandatory: Vec::new(),
            unenforced: Known::unenforced(),
        }
    }

    /// How the method of an operation is called.
    #[must_use]
    pub fn case<R, F>(mut self, operation: &'static str, call: F) -> Self
    where
        R: Probe + 'static,
        F: for<'c> Fn(&'c C, &Exchange) -> Call<'c, R> + 'static,
    {
        self.insert(operation, way(call));
        self
    }

    /// How another method of the operation is called, for exchanges without an input such as
    /// `query.id`.
    ///
    /// # Panics
    ///
    /// When the operation has no case yet.
    #[must_use]
    pub fn case_without<R, F>(
        mut self,
        operation: &'static str,
        input: &'static str,
        call: F,
    ) -> Self
    where
        R: Probe + 'static,
        F: for<'c> Fn(&'c C, &Exchange) -> Call<'c, R> + 'static,
    {
        self.other(operation, Condition::Without(input), way(call));
        self
    }

    /// How the method of an operation is called that sends something to a link,
    /// [`Exchange::link`].
    #[must_use]
    pub fn external<F>(mut self, operation: &'static str, call: F) -> Self
    where
        F: for<'a> Fn(&'a C, &'a Exchange) -> External<'a> + 'static,
    {
        let send = sender(move |client, exchange| {
            let sending = call(client, exchange);
            Box::pin(async move { Empty::outcome(sending.await?).await })
        });
        let read = Reading {
            decode: probe::decode::<Empty>,
            ignored: Empty::ignored,
        };
        self.insert(operation, Way { send, read });
        self
    }

    /// How another method of the operation is called, for exchanges in whose body a member is
    /// `text`.
    ///
    /// # Panics
    ///
    /// When the operation has no case yet.
    #[must_use]
    pub fn case_where<R, F>(
        mut self,
        operation: &'static str,
        (name, text): (&'static str, &'static str),
        call: F,
    ) -> Self
    where
        R: Probe + 'static,
        F: for<'c> Fn(&'c C, &Exchange) -> Call<'c, R> + 'static,
    {
        self.other(operation, Condition::Where(name, text), way(call));
        self
    }

    fn other(&mut self, operation: &'static str, when: Condition, way: Way<C>) {
        let case = self.cases.get_mut(operation);
        case.expect("a case to differ from")
            .others
            .push((when, way));
    }

    fn insert(&mut self, operation: &'static str, way: Way<C>) {
        let others = Vec::new();
        self.cases.insert(operation, Case { way, others });
    }

    /// How the method of an operation that lists page by page is called.
    #[must_use]
    pub fn pages<L, F>(mut self, operation: &'static str, call: F) -> Self
    where
        L: PageReply,
        L::Item: DeserializeOwned + Debug,
        F: for<'c> Fn(&'c C, &Exchange) -> Pages<'c, L> + 'static,
    {
        let send = sender(move |client, exchange| {
            let mut pages = call(client, exchange);
            Box::pin(async move {
                let first = pages.next().await.transpose()?;
                Ok(Outcome {
                    shown: format!("{first:?}"),
                    content: None,
                })
            })
        });
        let ignored = probe::ignored_in_page::<L::Item>;
        let read = Reading {
            decode: probe::decode_page::<L>,
            ignored,
        };
        self.insert(operation, Way { send, read });
        self
    }

    /// Names the properties of answers without which the answer is refused, as
    /// `ssl_enroll sslId`; all others may be missing or null.
    #[must_use]
    pub fn mandatory(mut self, properties: impl IntoIterator<Item = &'static str>) -> Self {
        self.mandatory.extend(properties);
        self
    }

    /// Replaces the list of what is known not to be enforced, `tests/unenforced.txt`.
    #[must_use]
    pub fn unenforced(mut self, list: &str) -> Self {
        self.unenforced = Known::read(list);
        self
    }

    /// Takes a case away again: for the harness's own tests.
    #[must_use]
    pub fn without(mut self, operation: &str) -> Self {
        self.cases.remove(operation);
        self
    }

    /// Runs everything.
    pub async fn run(&self) -> Report {
        let mut report = self.compare();
        for name in self.document.areas() {
            let area = self.run_area(&name).await;
            report.areas.extend(area.areas);
            report.failures.extend(area.failures);
        }
        report
    }

    /// Runs the operations of one area.
    pub async fn run_area(&self, name: &str) -> Report {
        let mut report = Report::default();
        let mut area = Area {
            vendor: self.vendor.into(),
            name: name.to_owned(),
            ..Area::default()
        };
        let server = MockServer::start().await;
        let documented = self.document.operations();
        for operation in documented.iter().filter(|operation| operation.area == name) {
            self.run_operation(&server, operation, &mut area, &mut report.failures)
                .await;
        }
        report.areas.push(area);
        report
    }

    /// Compares documented operations, the crate's, and the cases, without sending anything.
    #[must_use]
    pub fn compare(&self) -> Report {
        let mut report = Report::default();
        self.compare_operations(&self.document.operations(), &mut report.failures);
        report
    }

    /// Fails unless `tested` are the areas of the document, and [`compare`](Self::compare)
    /// finds nothing.
    ///
    /// # Panics
    ///
    /// When an area or an operation is missing on one side.
    pub fn assert_tested(&self, tested: &[&str]) {
        let (mut documented, mut tested) = (self.document.areas(), tested.to_vec());
        documented.sort_unstable();
        tested.sort_unstable();
        assert_eq!(
            documented, tested,
            "the documented areas, and those with a test"
        );
        self.compare().assert_complete();
    }

    /// Every documented operation has an `Op` that says the same, and the other way round.
    fn compare_operations(&self, documented: &[Operation], failures: &mut Vec<String>) {
        for operation in documented {
            let id = &operation.id;
            let Some(op) = self.operations.iter().find(|op| op.name() == *id) else {
                failures.push(format!(
                    "{id}: documented, but the crate has no such operation"
                ));
                continue;
            };
            if *op.method() != operation.method || op.path() != operation.path {
                let (is, should) = (op.path(), &operation.path);
                failures.push(format!("{id}: {} {is} instead of {should}", op.method()));
            }
            let repeatability = match op.repeatability() {
                Repeatability::Safe => "safe",
                Repeatability::Idempotent => "idempotent",
                Repeatability::Once => "once",
            };
            if repeatability != operation.repeatability {
                let should = &operation.repeatability;
                failures.push(format!(
                    "{id}: repeatability {repeatability} instead of {should}"
                ));
            }
        }
        for (index, op) in self.operations.iter().enumerate() {
            let name = op.name();
            if !documented.iter().any(|operation| operation.id == name) {
                failures.push(format!("{name}: in the crate, but not documented"));
            }
            if self.operations[..index]
                .iter()
                .any(|other| other.name() == name)
            {
                failures.push(format!("{name}: the crate lists it twice"));
            }
        }
        for operation in documented {
            if !self.cases.contains_key(operation.id.as_str()) {
                failures.push(format!("{}: no case calls it", operation.id));
            }
        }
        for line in self.unenforced.of(self.vendor) {
            let operation = line.split(' ').nth(1).unwrap_or_default();
            if !documented.iter().any(|known| known.id == operation) {
                failures.push(format!("`{line}` is listed for no documented operation"));
            }
        }
        for name in self.cases.keys() {
            if !documented.iter().any(|operation| operation.id == *name) {
                failures.push(format!("{name}: a case for no documented operation"));
            }
        }
    }

    async fn run_operation(
        &self,
        server: &MockServer,
        operation: &Operation,
        area: &mut Area,
        failures: &mut Vec<String>,
    ) {
        let id = &operation.id;
        let contract = match Contract::new(&self.document, operation) {
            Ok(contract) => contract,
            Err(error) => return failures.push(error),
        };
        let case = self.cases.get(id.as_str());
        if case.is_none() {
            failures.push(format!("{id}: no case calls it"));
        }
        if let Some(op) = self.operations.iter().find(|op| op.name() == *id) {
            area.wire.push(golden::operation(op));
        }
        let mut seen = false;
        for exchange in exchanges(&self.document, operation) {
            let mut found = Vec::new();
            if let Some(case) = case {
                seen |= self
                    .play(
                        server,
                        &contract,
                        case,
                        &exchange,
                        &mut found,
                        &mut area.wire,
                    )
                    .await;
                area.ignored += ignored(case, &exchange, &mut found);
            }
            let counted = match exchange.class {
                Class::Whole | Class::External => &mut area.exchanges,
                Class::ResponseOnly => &mut area.answers,
                Class::Synthetic => &mut area.made_up,
            };
            counted.add(case.is_some() && found.is_empty());
            let name = &exchange.name;
            failures.extend(found.iter().map(|text| format!("{id} ({name}): {text}")));
        }
        area.operations.add(seen);
        if let Some(case) = case {
            self.try_edges(server, &contract, case, area, failures)
                .await;
        }
        if let (Some(case), true) = (case, operation.answers_json()) {
            self.checks(operation, case).run(area, failures);
        }
    }

    fn checks<'s>(&'s self, operation: &'s Operation, case: &Case<C>) -> answers::Checks<'s> {
        let Self {
            document,
            mandatory,
            ..
        } = self;
        answers::Checks {
            document,
            operation,
            read: case.way.read,
            mandatory,
        }
    }

    /// Sends one exchange, and says whether its operation was seen on the wire.
    async fn play(
        &self,
        server: &MockServer,
        contract: &Contract<'_>,
        case: &Case<C>,
        exchange: &Exchange,
        found: &mut Vec<String>,
        wire: &mut Vec<String>,
    ) -> bool {
        let attempt = match self.attempt(server, case, exchange).await {
            Ok(attempt) => attempt,
            Err(panic) => {
                found.push(panic);
                return false;
            }
        };
        found.extend(exchange.findings());
        let id = &contract.operation.id;
        let lines = attempt.received.iter();
        wire.extend(lines.map(|one| golden::request(id, exchange, one)));
        let [one] = attempt.received.as_slice() else {
            found.push(attempt.miscounted());
            return false;
        };
        found.extend(contract.differences(exchange, one));
        outcome::check(exchange, &attempt.outcome, found);
        let operation = contract.operation;
        operation.matches(&one.method, &one.path, &one.query)
    }

    /// Calls the public method with the inputs of an exchange, and answers as it says; fails
    /// where the case cannot read its inputs.
    async fn attempt(
        &self,
        server: &MockServer,
        case: &Case<C>,
        exchange: &Exchange,
    ) -> Result<Attempt, String> {
        server.reset().await;
        let answering = Mock::given(any()).respond_with(template(exchange));
        answering.mount(server).await;
        let client = (self.connect)(&server.uri(), exchange);
        let exchange = &exchange.played_by(&server.uri());
        let called = catch_unwind(AssertUnwindSafe(|| {
            (case.way(exchange).send)(&client, exchange)
        }));
        let call = called.map_err(|panic| format!("the case fails: {}", told_by(&*panic)))?;
        let outcome = call.await;
        let requests = server.received_requests().await.unwrap_or_default();
        let received = requests.iter().map(Received::from).collect();
        Ok(Attempt { outcome, received })
    }
}

/// What came of calling a public method.
struct Attempt {
    outcome: Result<Outcome, Error>,
    received: Vec<Received>,
}

impl Attempt {
    /// Why it is not one request that arrived.
    fn miscounted(&self) -> String {
        match (self.received.len(), &self.outcome) {
            (0, Err(error)) => format!("nothing arrived: {error}"),
            (0, Ok(_)) => "nothing arrived".to_owned(),
            (count, _) => format!("{count} requests arrived instead of one"),
        }
    }
}

impl<C> Debug for Suite<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suite")
            .field("vendor", &self.vendor)
            .finish_non_exhaustive()
    }
}

/// What a panic says.
fn told_by(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words")
}

fn way<C, R, F>(call: F) -> Way<C>
where
    C: 'static,
    R: Probe + 'static,
    F: for<'c> Fn(&'c C, &Exchange) -> Call<'c, R> + 'static,
{
    let send = sender(move |client, exchange| {
        let sending = call(client, exchange).send();
        Box::pin(async move { R::outcome(sending.await?).await })
    });
    let read = Reading {
        decode: probe::decode::<R>,
        ignored: R::ignored,
    };
    Way { send, read }
}

/// Tells the compiler that the future may borrow from both arguments.
fn sender<C>(send: impl for<'a> Fn(&'a C, &'a Exchange) -> Sent<'a> + 'static) -> Sender<C> {
    Box::new(send)
}

/// The samples of an operation, then the exchanges made up for it.
fn exchanges(document: &Document, operation: &Operation) -> Vec<Exchange> {
    let made_up = made_up::exchanges(document, operation);
    let samples = operation.exchanges.iter();
    let asker = samples
        .clone()
        .find(|x| x.request.is_some())
        .or(made_up.first())
        .cloned();
    let asked = samples.map(|sample| match (&sample.request, &asker) {
        (None, Some(asker)) => sample.asked_as(asker),
        _ => sample.clone(),
    });
    asked
        .collect::<Vec<_>>()
        .into_iter()
        .chain(made_up)
        .collect()
}

fn template(exchange: &Exchange) -> ResponseTemplate {
    let mut template = ResponseTemplate::new(exchange.status);
    let mut media_type = "application/octet-stream";
    for (name, value) in &exchange.headers {
        if name.eq_ignore_ascii_case("content-type") {
            media_type = value;
        } else if !name.eq_ignore_ascii_case("content-length") {
            template = template.append_header(name.as_str(), value.as_str());
        }
    }
    match exchange.answer_bytes() {
        Some(bytes) => template.set_body_raw(bytes, media_type),
        None => template,
    }
}

fn ignored<C>(case: &Case<C>, exchange: &Exchange, found: &mut Vec<String>) -> usize {
    let Some(bytes) = exchange.answer_bytes().filter(|_| exchange.status < 400) else {
        return 0;
    };
    let members = match (case.way(exchange).read.ignored)(&bytes) {
        Ok(members) => members,
        Err(error) => {
            found.push(format!("the answer is not read: {error}"));
            return 0;
        }
    };
    found.extend(
        members
            .iter()
            .map(|member| format!("`{member}` of the answer is ignored")),
    );
    members.len()
}
