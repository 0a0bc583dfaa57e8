use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    operation::{Operation, Status},
    schedule::Schedule,
    target::{Target, TaskType},
    unknown,
};
use crate::{
    frame::{Call, Object, Query, Reply},
    sectigo_scm::{
        self, SectigoScm,
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

/// The version of a call; Azure tasks came last, and their first is like the fourth of the others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Version(pub(super) u8);

/// Something to be scanned, and all scans of it.
#[derive(Debug)]
pub(super) struct Task {
    /// What paths call its kind.
    pub(super) kind: &'static str,
    pub(super) settings: Settings,
    pub(super) operations: Vec<Operation>,
}

#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) name: String,
    pub(super) bucket: String,
    schedule: Schedule,
    pub(super) target: Target,
}

/// How filters call the states of a task.
const STATUSES: [&str; 7] = [
    "IN_PROCESS",
    "FAILED",
    "CANCELED",
    "SUCCESSFUL",
    "PARTIAL_SUCCESSFUL",
    "PROCESSING_RESULT",
    "null",
];

impl Version {
    /// What months and days begin with.
    pub(super) fn first(self) -> i64 {
        match self.0 {
            2 | 3 => 0,
            _ => 1,
        }
    }

    pub(super) fn has_year(self) -> bool {
        self.first() == 1
    }

    /// The second one creates tasks without an agent, and without ranges.
    pub(super) fn asks_for_less(self) -> bool {
        self.0 == 2
    }
}

impl Task {
    pub(super) fn running(&mut self) -> Option<&mut Operation> {
        let last = self.operations.last_mut();
        last.filter(|operation| operation.status == Status::InProgress)
    }

    fn status(&self) -> Option<Status> {
        Some(self.operations.last()?.status)
    }

    fn status_text(&self) -> Option<&'static str> {
        Some(self.status()?.of_task().1)
    }

    fn entry(&self, id: i64) -> Value {
        json!({"taskId": id, "name": self.settings.name, "status": self.status_text()})
    }
}

impl Settings {
    fn read<T: TaskType>(
        scm: &SectigoScm,
        mut body: Object,
        version: Version,
        before: Option<&Target>,
    ) -> Result<Self, Problem> {
        let settings = Self {
            name: body.required_text("name", 1..=256)?,
            bucket: body.required_text("certBucketId", 1..)?,
            schedule: Schedule::read(&mut body, version)?,
            target: T::read(scm, &mut body, version, before)?,
        };
        body.finish()?;
        let known = scm.discovery.buckets.get(&settings.bucket);
        known.map_err(|_| Problem::invalid_value("certBucketId"))?;
        Ok(settings)
    }
}

impl SectigoScm {
    /// The number of a task of this kind, which a path names.
    fn task_id<T: TaskType>(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let id = sectigo_scm::id(call, call.first_argument_name())?;
        self.task_of(T::NAME, id)?;
        Ok(id)
    }

    pub(super) fn task_of(&self, kind: &str, id: i64) -> Result<&Task, Problem> {
        let task = self.discovery.tasks.get(id);
        let task = task.filter(|task| task.kind == kind);
        task.ok_or_else(|| unknown("discovery task", id))
    }

    fn change_task<T: TaskType>(
        &mut self,
        id: i64,
        body: Object,
        version: Version,
    ) -> Result<Reply, Problem> {
        let before = &self.task_of(T::NAME, id)?.settings.target;
        let settings = Settings::read::<T>(self, body, version, Some(before))?;
        if let Some(task) = self.discovery.tasks.get_mut(id) {
            task.settings = settings;
        }
        Ok(Reply::empty(StatusCode::OK))
    }

    fn task_json(&self, task: &Task, version: Version) -> Value {
        let settings = &task.settings;
        let bucket = self.discovery.buckets.get(&settings.bucket);
        let bucket = bucket.map(|bucket| json!({"id": settings.bucket, "name": bucket.name}));
        let mut body = Map::new();
        body.insert("name".to_owned(), settings.name.as_str().into());
        body.insert("certificateBucket".to_owned(), bucket.unwrap_or_default());
        body.insert("status".to_owned(), json!(task.status_text()));
        settings.schedule.describe(&mut body, version);
        settings.target.describe(&mut body);
        body.into()
    }
}

pub(super) fn create<T: TaskType, const V: u8>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let body = sectigo_scm::body(call)?;
    let task = Task {
        kind: T::NAME,
        settings: Settings::read::<T>(scm, body, Version(V), None)?,
        operations: Vec::new(),
    };
    let id = scm.discovery.tasks.next_id();
    scm.discovery.tasks.insert(id, task);
    let kind = T::NAME;
    Ok(match V {
        2 => ok(&json!({"taskId": id})).status_instead(StatusCode::CREATED),
        _ => scm.created(&format!("/api/discovery/v{V}/{kind}/{id}")),
    })
}

pub(super) fn update<T: TaskType, const V: u8>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.task_id::<T>(call)?;
    scm.change_task::<T>(id, sectigo_scm::body(call)?, Version(V))
}

/// The same, of the task that the body names.
pub(super) fn update_named<T: TaskType>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = body.required_integer("taskId", 1..)?;
    let known = scm.task_of(T::NAME, id);
    known.map_err(|_| Problem::invalid_value("taskId"))?;
    scm.change_task::<T>(id, body, Version(2))
}

pub(super) fn get<T: TaskType, const V: u8>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.task_id::<T>(call)?;
    scm.look_at_scan(id);
    let task = scm.task_of(T::NAME, id)?;
    Ok(ok(&scm.task_json(task, Version(V))))
}

fn filter<T: TaskType>(query: &mut Query) -> Result<Filter<Task>, Problem> {
    let mut filter = Filter::<Task>::default();
    filter.when(|task, ()| task.kind == T::NAME);
    filter.contains(query.text("name")?, |it, ()| vec![it.settings.name.clone()]);
    filter.equals(query.choice("status", &STATUSES)?, |it, ()| {
        let status = it.status().map_or("null", |status| status.of_task().0);
        status.to_owned()
    });
    Ok(filter)
}

pub(super) fn list<T: TaskType>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = format!("{}\n{}", T::NAME, paging::asked(&query));
    let page = Page::take(&mut query)?;
    let filter = filter::<T>(&mut query)?;
    DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    scm.look_at_scans();
    let now = scm.now();
    let fits = |task: &Task| filter.accepts(task, &());
    let found = scm.discovery.tasks.matching(&asked, now, fits, |_| None);
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let entry = |id| Some(scm.discovery.tasks.get(id)?.entry(id));
    Ok(paging::page(
        ids.into_iter().filter_map(entry).collect(),
        total,
    ))
}

pub(super) fn start<T: TaskType>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.task_id::<T>(call)?;
    scm.start_scan(id)?;
    Ok(Reply::empty(StatusCode::OK))
}

/// A scan that is running ends with its task.
pub(super) fn delete<T: TaskType>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.task_id::<T>(call)?;
    scm.discovery.tasks.remove(id);
    scm.discovery.running.remove(&id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
