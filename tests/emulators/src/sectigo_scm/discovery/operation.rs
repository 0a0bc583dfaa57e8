use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    found::Finding,
    made_up::Estate,
    ranges::Range,
    scanner::Scanner,
    sighting::{Sighting, handshake_json},
    target::{TASK_TYPES, Target},
    task::Task,
    unknown,
};
use crate::{
    frame::{Call, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        certificates::Filed,
        dates::DateFormat,
        no_parameters, ok,
        paging::{Page, TOTAL},
        problem::Problem,
        progress::Waiting,
    },
};

/// One scan of a task.
#[derive(Debug)]
pub(super) struct Operation {
    id: String,
    pub(super) status: Status,
    created: Timestamp,
    modified: Timestamp,
    bucket: String,
    error: Option<String>,
    waiting: Waiting,
    work: Work,
    findings: Vec<Finding>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    InProgress,
    Failed,
    Completed,
    PartlyCompleted,
    Cancelled,
    Expired,
}

/// What is being done.
#[derive(Debug)]
enum Work {
    Network {
        scanner: Option<Scanner>,
        reach: Reach,
    },
    MadeUp(Target),
    Over,
}

/// How much of the ranges is on this machine.
#[derive(Debug)]
struct Reach {
    tried: bool,
    unreachable: Vec<String>,
}

/// How a scan ended.
struct Outcome {
    status: Status,
    error: Option<String>,
    sightings: Vec<Sighting>,
}

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("discovery_list_operations", "/api/discovery/v1/{taskType}/{taskId}/operation", list);
    post("discovery_stop_operation", STOP, stop);
    get("discovery_get_operation_result", RESULT, result);
};

const STOP: &str = "/api/discovery/v1/{taskType}/{taskId}/operation/{operationId}/stop";
const RESULT: &str = "/api/discovery/v1/{type}/{taskId}/operation/{opId}/result";

/// How long a scan may take.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

impl Status {
    fn text(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Failed => "failed",
            Self::Completed | Self::PartlyCompleted => "completed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// How a task with such a scan is called: by filters, and in answers.
    pub(super) fn of_task(self) -> (&'static str, &'static str) {
        match self {
            Self::InProgress => ("IN_PROCESS", "Scan in process"),
            Self::Failed | Self::Expired => ("FAILED", "Scan FAILED"),
            Self::Cancelled => ("CANCELED", "Scan CANCELED by user"),
            Self::Completed => ("SUCCESSFUL", "Scan completed (Successful)"),
            Self::PartlyCompleted => ("PARTIAL_SUCCESSFUL", "Scan completed (Partial SUCCESSFUL)"),
        }
    }
}

impl Work {
    fn start(target: &Target) -> Self {
        match target {
            Target::Network { ranges, .. } => Self::scan(ranges),
            other => Self::MadeUp(other.clone()),
        }
    }

    fn scan(ranges: &[Range]) -> Self {
        let (tried, others): (Vec<_>, Vec<_>) = ranges.iter().cloned().partition(Range::is_scanned);
        let unreachable = others.iter().map(|range| range.address().to_owned());
        let reach = Reach {
            tried: !tried.is_empty(),
            unreachable: unreachable.collect(),
        };
        Self::Network {
            scanner: Scanner::start(tried),
            reach,
        }
    }

    fn is_done(&mut self) -> bool {
        match self {
            Self::Network { scanner, .. } => scanner.as_mut().is_none_or(Scanner::is_done),
            Self::MadeUp(_) | Self::Over => true,
        }
    }

    fn outcome(self, estate: &mut Estate, now: Timestamp) -> Outcome {
        match self {
            Self::Network { scanner, reach } => {
                let sightings = scanner.and_then(|mut scanner| scanner.outcome());
                sightings.map_or_else(Outcome::internal_error, |found| reach.outcome(found))
            }
            Self::MadeUp(target) => match estate.sightings(&target, now) {
                Ok(sightings) => Outcome::of(Status::Completed, sightings),
                Err(error) => Outcome::failed(error.to_string()),
            },
            Self::Over => Outcome::internal_error(),
        }
    }
}

impl Reach {
    fn outcome(&self, sightings: Vec<Sighting>) -> Outcome {
        let status = match (self.tried, self.unreachable.is_empty()) {
            (_, true) => Status::Completed,
            (true, false) => Status::PartlyCompleted,
            (false, false) => Status::Failed,
        };
        Outcome {
            error: self.error(),
            ..Outcome::of(status, sightings)
        }
    }

    fn error(&self) -> Option<String> {
        let is_whole = self.unreachable.is_empty();
        (!is_whole).then(|| format!("Unreachable: {}", self.unreachable.join(", ")))
    }
}

impl Outcome {
    fn of(status: Status, sightings: Vec<Sighting>) -> Self {
        Self {
            status,
            error: None,
            sightings,
        }
    }

    fn failed(error: String) -> Self {
        Self {
            error: Some(error),
            ..Self::of(Status::Failed, Vec::new())
        }
    }

    fn internal_error() -> Self {
        Self::failed("Internal error".to_owned())
    }
}

impl Operation {
    fn start(task: &Task, now: Timestamp) -> Self {
        Self {
            id: format!("{:032x}", fastrand::u128(..)),
            status: Status::InProgress,
            created: now,
            modified: now,
            bucket: task.settings.bucket.clone(),
            error: None,
            waiting: Waiting::since(now),
            work: Work::start(&task.settings.target),
            findings: Vec::new(),
        }
    }

    fn end(&mut self, status: Status, now: Timestamp) {
        self.status = status;
        self.modified = now;
        self.work = Work::Over;
    }

    fn json(&self, dates: DateFormat) -> Value {
        let mut body = json!({
            "id": self.id,
            "status": self.status.text(),
            "created": dates.write(self.created),
            "modified": dates.write(self.modified),
            "bucketId": self.bucket,
        });
        if let Some(error) = &self.error {
            body["error"] = error.as_str().into();
        }
        body
    }
}

/// For tests: the state between two requests.
impl SectigoScm {
    /// Ends every scan that is running, as soon as it has found what there is.
    pub fn finish_scans(&mut self) {
        let now = self.now();
        for id in self.discovery.running.clone() {
            if let Some(operation) = self.running_scan(id) {
                operation.waiting.end_now();
            }
            self.settle_scan(id, now);
        }
    }
}

impl SectigoScm {
    pub(super) fn start_scan(&mut self, id: i64) -> Result<(), Problem> {
        let now = self.now();
        if self.running_scan(id).is_some() {
            let why = "Discovery is currently running. Please try again later.";
            return Err(Problem::bad(-618, why));
        }
        if let Some(task) = self.discovery.tasks.get_mut(id) {
            task.settings.target.check()?;
            task.operations.push(Operation::start(task, now));
            self.discovery.running.insert(id);
        }
        Ok(())
    }

    /// Counts that somebody asked how far it is.
    pub(super) fn look_at_scan(&mut self, id: i64) {
        let now = self.now();
        if let Some(operation) = self.running_scan(id) {
            operation.waiting.look(now);
        }
    }

    pub(super) fn look_at_scans(&mut self) {
        for id in self.discovery.running.clone() {
            self.look_at_scan(id);
        }
    }

    /// Moves all scans on.
    pub(in crate::sectigo_scm) fn settle_scans(&mut self) {
        let now = self.now();
        for id in self.discovery.running.clone() {
            self.settle_scan(id, now);
        }
    }

    fn running_scan(&mut self, id: i64) -> Option<&mut Operation> {
        self.discovery.tasks.get_mut(id)?.running()
    }

    fn settle_scan(&mut self, id: i64, now: Timestamp) {
        let (scanning, unattended) = (self.options.scanning, self.options.unattended);
        let Some(operation) = self.running_scan(id) else {
            self.discovery.running.remove(&id);
            return;
        };
        let end = operation.waiting.end(scanning, unattended);
        if end.is_some_and(|at| at <= now) {
            if operation.work.is_done() {
                self.complete_scan(id, now);
            }
        } else if operation.created + LONGEST <= now {
            operation.end(Status::Expired, now);
        }
    }

    fn complete_scan(&mut self, id: i64, now: Timestamp) {
        let Some(operation) = self.running_scan(id) else {
            return;
        };
        let bucket = operation.bucket.clone();
        let work = std::mem::replace(&mut operation.work, Work::Over);
        let mut outcome = work.outcome(&mut self.discovery.estate, now);
        let sightings = std::mem::take(&mut outcome.sightings);
        let kept = self.keep_found(&bucket, sightings, now);
        if kept.is_none() {
            outcome = Outcome::failed("The certificate bucket is gone".to_owned());
        }
        if let Some(operation) = self.running_scan(id) {
            operation.end(outcome.status, now);
            operation.error = outcome.error;
            operation.findings = kept.into_iter().flatten().collect();
        }
        self.run_bucket_rules(&bucket, now);
    }

    /// The task that a path names, of the kind that it names.
    fn task_named(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let kind = call.argument(call.first_argument_name());
        if !TASK_TYPES.contains(&kind) {
            return Err(unknown("kind of task", kind));
        }
        let id = sectigo_scm::id(call, "taskId")?;
        self.task_of(kind, id)?;
        Ok(id)
    }

    fn scan_operations(&self, task: i64) -> &[Operation] {
        let task = self.discovery.tasks.get(task);
        task.map_or(&[], |task| &task.operations)
    }

    fn scan_operation(&self, task: i64, id: &str) -> Result<&Operation, Problem> {
        let found = self.scan_operations(task).iter().find(|it| it.id == id);
        found.ok_or_else(|| unknown("operation", id))
    }

    fn finding_json(&self, operation: &Operation, finding: &Finding, dates: Dates) -> Value {
        let known = self.discovery.findings.get(&finding.hash);
        let managed = known.and_then(|known| known.filed);
        let managed = managed.filter(|filed| self.is_filed(*filed));
        json!({
            "operation": {
                "id": operation.id,
                "created": dates.instants.write(operation.created),
            },
            "status": handshake_json(finding.handshake.as_ref()),
            "created": dates.instants.write(operation.modified),
            "certificate": {
                "hash": finding.hash,
                "details": known.map(|known| known.found.json(dates.validity)),
                "metadata": {
                    "managedId": managed.map(Filed::text),
                    "hidden": false,
                    "discoveryTime": known.map(|it| dates.instants.write(it.discovered)),
                },
            },
            "location": finding.location.json(),
        })
    }
}

/// How instants and the validity of certificates are written, which differs unless asked for.
#[derive(Clone, Copy)]
pub(super) struct Dates {
    instants: DateFormat,
    pub(super) validity: DateFormat,
}

impl Dates {
    pub(super) fn take(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            validity: DateFormat::take(&mut query.clone(), DateFormat::SECOND)?,
            instants: DateFormat::take(query, DateFormat::INSTANT)?,
        })
    }
}

/// The shape of the lists in this area.
fn wrapped(data: &[Value], total: usize) -> Reply {
    let body = json!({"total": total, "data": data});
    ok(&body).header(TOTAL, total.to_string())
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let task = scm.task_named(call)?;
    scm.look_at_scan(task);
    let operations = scm.scan_operations(task);
    let data: Vec<_> = operations.iter().map(|it| it.json(dates)).collect();
    Ok(wrapped(&data, operations.len()))
}

fn stop(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let task = scm.task_named(call)?;
    let now = scm.now();
    let id = call.argument("operationId");
    scm.scan_operation(task, id)?;
    match scm.running_scan(task).filter(|running| running.id == id) {
        Some(running) => running.end(Status::Cancelled, now),
        None => return Err(Problem::bad(-1, "The operation is not in progress.")),
    }
    Ok(Reply::empty(StatusCode::OK))
}

fn result(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    let dates = Dates::take(&mut query)?;
    query.finish()?;
    let task = scm.task_named(call)?;
    scm.look_at_scan(task);
    let operation = scm.scan_operation(task, call.argument("opId"))?;
    let findings = page.of(&operation.findings).iter();
    let data = findings.map(|finding| scm.finding_json(operation, finding, dates));
    Ok(wrapped(&data.collect::<Vec<_>>(), operation.findings.len()))
}
