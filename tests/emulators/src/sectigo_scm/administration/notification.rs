use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::notification_type::{ALL, OPEN};
use crate::{
    frame::{Call, Invalid, Object, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        contact::is_email,
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

pub(in crate::sectigo_scm) type Notifications = Table<Notification>;

/// Which event, of which organizations, is told to whom.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Notification {
    id: i64,
    kind: String,
    description: Option<String>,
    scope: Scope,
    told: Told,
    conditions: Conditions,
    active: bool,
    created: Timestamp,
    created_by: String,
    modified: Timestamp,
    modified_by: String,
}

#[derive(Clone, Debug)]
struct Scope {
    selection: String,
    organizations: Vec<i64>,
}

#[derive(Clone, Debug)]
struct Told {
    roles: Vec<String>,
    recipients: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default)]
struct Conditions {
    revoked_by: [bool; 2],
    profile: Option<i64>,
    days: i64,
    daily: bool,
}

/// What a body says of a notification beside its type.
#[derive(Debug)]
struct Wanted {
    description: Option<String>,
    scope: Option<Scope>,
    told: Told,
    conditions: Option<Conditions>,
    active: bool,
}

const PATH: &str = "/api/notification/v1";
const ONE: &str = "/api/notification/v1/{notificationId}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("notification_list", PATH, list);
    get("notification_list_types", "/api/notification/v1/types", list_types);
    post("notification_create", PATH, create);
    put("notification_update", ONE, update);
    delete("notification_delete", ONE, delete);
};

pub(in crate::sectigo_scm) const BEFORE_FIRST: i64 = 100;
const SELECTIONS: [&str; 3] = ["ANY", "ANYDEPT", "SELECTED"];
const REVOKED_BY: [&str; 2] = ["revokedByAdmin", "revokedByUser"];
const RECIPIENTS: [&str; 4] = ["EMAIL", "SLACK", "TEAMS", "WEBHOOK"];
const ROLES: [&str; 13] = [
    "APPROVER",
    "REQUESTER",
    "MRAO",
    "SSL_RAO",
    "SSL_DRAO",
    "SMIME_RAO",
    "SMIME_DRAO",
    "CS_RAO",
    "CS_DRAO",
    "DEVICE_RAO",
    "DEVICE_DRAO",
    "EXTERNAL_REQUESTER",
    "ORGANIZATION_CONTACT",
];

impl Notification {
    fn change(&mut self, wanted: Wanted, by: String, now: Timestamp) {
        self.description = wanted.description.or(self.description.take());
        if let Some(scope) = wanted.scope {
            self.scope = scope;
        }
        self.told = wanted.told;
        if let Some(conditions) = wanted.conditions {
            self.conditions = conditions;
        }
        self.active = wanted.active;
        self.modified = now;
        self.modified_by = by;
    }

    fn json(&self, dates: DateFormat) -> Value {
        let recipients = self.told.recipients.iter();
        let recipients = recipients.map(|(kind, value)| json!({"type": kind, "value": value}));
        let mut body = json!({
            "id": self.id,
            "type": self.kind,
            "created": dates.write(self.created),
            "createdBy": self.created_by,
            "modified": dates.write(self.modified),
            "modifiedBy": self.modified_by,
            "orgData": self.scope.json(),
            "recipientData": {
                "notifyRoles": self.told.roles,
                "recipients": recipients.collect::<Vec<_>>(),
            },
            "additionalData": self.conditions.json(),
            "active": self.active,
        });
        if let Some(description) = &self.description {
            body["description"] = json!(description);
        }
        body
    }
}

impl Scope {
    /// Every organization, where nothing is said.
    fn any() -> Self {
        Self {
            selection: SELECTIONS[0].to_owned(),
            organizations: Vec::new(),
        }
    }

    /// Organizations go with a choice of some; beside any department they are seen, too.
    fn read(mut body: Object) -> Result<Self, Problem> {
        let name = body.name("orgDelegations");
        let selection = body.choice("selectedOrgType", &SELECTIONS)?;
        let selection = selection.ok_or_else(|| Invalid::missing(body.name("selectedOrgType")))?;
        let organizations: Option<Vec<i64>> = body.optional("orgDelegations")?;
        body.finish()?;
        let organizations = organizations.unwrap_or_default();
        match (selection.as_str(), organizations.is_empty()) {
            ("SELECTED", true) => Err(Problem::missing(&name)),
            ("ANY", false) => Err(Problem::invalid_value(&name)),
            _ => Ok(Self {
                selection,
                organizations,
            }),
        }
    }

    fn json(&self) -> Value {
        json!({"selectedOrgType": self.selection, "orgDelegations": self.organizations})
    }
}

impl Told {
    fn read(mut body: Object) -> Result<Self, Problem> {
        let roles: Option<Vec<String>> = body.optional("notifyRoles")?;
        let name = body.name("notifyRoles");
        let recipients: Option<Vec<Object>> = body.optional("recipients")?;
        body.finish()?;
        let roles = roles.unwrap_or_default();
        if !roles.iter().all(|role| ROLES.contains(&role.as_str())) {
            return Err(Problem::invalid_value(&name));
        }
        let recipients = recipients.into_iter().flatten().map(recipient);
        Ok(Self {
            roles,
            recipients: recipients.collect::<Result<_, Problem>>()?,
        })
    }
}

fn recipient(mut body: Object) -> Result<(String, String), Problem> {
    let kind = body.choice("type", &RECIPIENTS)?;
    let kind = kind.ok_or_else(|| Invalid::missing(body.name("type")))?;
    let value = body.required_text("value", 1..)?;
    let name = body.name("value");
    body.finish()?;
    match kind != RECIPIENTS[0] || is_email(&value) {
        true => Ok((kind, value)),
        false => Err(Problem::invalid_value(&name)),
    }
}

impl Conditions {
    fn read(mut body: Object) -> Result<Self, Problem> {
        let mut revoked_by = [false; 2];
        for (name, revoked) in REVOKED_BY.iter().zip(&mut revoked_by) {
            *revoked = body.optional(name)?.unwrap_or_default();
        }
        let frequency = body.choice("freq", &["ONCE", "DAILY"])?;
        let conditions = Self {
            revoked_by,
            profile: body.integer("certTypeId", 1..)?,
            days: body.integer("days", 0..)?.unwrap_or_default(),
            daily: frequency.as_deref() == Some("DAILY"),
        };
        body.finish()?;
        Ok(conditions)
    }

    fn json(&self) -> Value {
        let frequency = if self.daily { "DAILY" } else { "ONCE" };
        let mut body = json!({"days": self.days, "freq": frequency});
        for (name, revoked) in REVOKED_BY.iter().zip(self.revoked_by) {
            body[name] = revoked.into();
        }
        if let Some(profile) = self.profile {
            body["certTypeId"] = profile.into();
        }
        body
    }
}

impl Wanted {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let description = body.text("description", 3..=256)?;
        let scope = body.optional("orgData")?.map(Scope::read).transpose()?;
        let told = Told::read(body.required("recipientData")?)?;
        let conditions = body.optional("additionalData")?.map(Conditions::read);
        Ok(Self {
            description,
            scope,
            told,
            conditions: conditions.transpose()?,
            active: body.optional("active")?.unwrap_or(true),
        })
    }
}

impl SectigoScm {
    /// Refuses organizations and profiles that there are not.
    fn check_wanted(&self, wanted: &Wanted) -> Result<(), Problem> {
        let organizations = wanted.scope.iter().flat_map(|scope| &scope.organizations);
        for id in organizations {
            self.organizations.get(*id)?;
        }
        let profile = wanted.conditions.as_ref().and_then(|it| it.profile);
        profile.map_or(Ok(()), |id| self.check_profile(id))
    }

    fn notification_id(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let id = sectigo_scm::id(call, "notificationId")?;
        match self.notifications.get(id) {
            Some(_) => Ok(id),
            None => Err(Problem::not_found(-1, format!("No notification {id}."))),
        }
    }
}

fn filter(query: &mut Query) -> Result<Filter<Notification>, Problem> {
    let mut filter = Filter::<Notification>::default();
    filter.equals(query.integer("id", 1..)?, |it, ()| it.id);
    let description = query.text("description")?;
    filter.contains(description, |it, ()| {
        it.description.iter().cloned().collect()
    });
    if let Some(organization) = query.integer("orgId", 1..)? {
        filter.when(move |it, ()| it.scope.organizations.contains(&organization));
    }
    let selection = query.choice("selectedOrgType", &SELECTIONS)?;
    filter.equals(selection, |it, ()| it.scope.selection.clone());
    filter.equals(query.choice("type", &ALL)?, |it, ()| it.kind.clone());
    if let Some(profile) = query.integer("certTypeId", 1..)? {
        filter.when(move |it, ()| it.conditions.profile == Some(profile));
    }
    Ok(filter)
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query)?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let now = scm.now();
    let all = &mut scm.notifications;
    let found = match filter.is_empty() {
        true => all.ids(),
        false => all.matching(&asked, now, |one| filter.accepts(one, &()), |_| None),
    };
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let entries = ids.into_iter().filter_map(|id| scm.notifications.get(id));
    let entries = entries.map(|one| one.json(dates));
    Ok(paging::page(entries.collect(), total))
}

fn list_types(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&json!(OPEN.as_slice())))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let kind = body.required_text("type", 1..)?;
    let wanted = Wanted::read(&mut body)?;
    body.finish()?;
    check_type(&kind)?;
    scm.check_wanted(&wanted)?;
    let (id, now) = (scm.notifications.next_id(), scm.now());
    let caller = scm.administrators.caller_name();
    let notification = Notification {
        id,
        kind,
        description: wanted.description,
        scope: wanted.scope.unwrap_or_else(Scope::any),
        told: wanted.told,
        conditions: wanted.conditions.unwrap_or_default(),
        active: wanted.active,
        created: now,
        created_by: caller.clone(),
        modified: now,
        modified_by: caller,
    };
    scm.notifications.insert(id, notification);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

fn check_type(kind: &str) -> Result<(), Problem> {
    match (ALL.contains(&kind), OPEN.contains(&kind)) {
        (_, true) => Ok(()),
        (true, false) => {
            let why = format!("You are not authorized to perform {kind}.");
            Err(Problem::bad(-3, why))
        }
        _ => Err(Problem::bad(
            -9,
            format!("Unknown notification type: {kind}"),
        )),
    }
}

/// Changes what is sent; answers the whole, without the time of the change.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let id = scm.notification_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let wanted = Wanted::read(&mut body)?;
    body.finish()?;
    scm.check_wanted(&wanted)?;
    let now = scm.now();
    let caller = scm.administrators.caller_name();
    let gone = || Problem::not_found(-1, format!("No notification {id}."));
    let notification = scm.notifications.get_mut(id).ok_or_else(gone)?;
    notification.change(wanted, caller, now);
    let mut body = notification.json(dates);
    if let Some(members) = body.as_object_mut() {
        members.remove("modified");
    }
    Ok(ok(&body))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.notification_id(call)?;
    scm.notifications.remove(id);
    Ok(Reply::empty(StatusCode::OK))
}
