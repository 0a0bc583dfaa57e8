use http::StatusCode;

use super::{
    Administrator, Kind, Role,
    body::{self, Sent},
    not_found, offer, password, role,
};
use crate::{
    frame::{Call, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

const PATH: &str = "/api/admin/v1";
const ONE: &str = "/api/admin/v1/{id}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("admin_list", PATH, list);
    get("admin_list_roles", "/api/admin/v1/roles", offer::roles);
    get("admin_list_privileges", "/api/admin/v1/privileges", offer::privileges);
    get("admin_list_idps", "/api/admin/v1/idp", offer::identity_providers);
    get("admin_get_password_state", "/api/admin/v1/password", password::state);
    post("admin_change_password", "/api/admin/v1/changepassword", password::change);
    get("admin_get", ONE, get);
    post("admin_create", "/api/admin/v1/", create);
    put("admin_update", ONE, update);
    put("admin_unlink", "/api/admin/v1/{id}/unlink", unlink);
    delete("admin_delete", ONE, delete);
};

const TYPES: [&str; 5] = ["STANDARD", "IDP", "SAS", "API", "DYNAMIC_IDP_TEMPLATE"];

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let now = scm.now();
    let table = &mut scm.administrators.table;
    let found = match filter.is_empty() {
        true => table.ids(),
        false => table.matching(&asked, now, |one| filter.accepts(one, &()), |_| None),
    };
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let entries = ids.into_iter().filter_map(|id| table.get(id));
    let entries = entries.map(Administrator::summary).collect();
    Ok(paging::page(entries, total))
}

fn filter(query: &mut Query) -> Result<Filter<Administrator>, Problem> {
    let mut filter = Filter::<Administrator>::default();
    filter.equals(query.choice("type", &TYPES)?, |it, ()| {
        it.kind.text().to_owned()
    });
    for name in ["login", "email"] {
        filter.contains(query.text(name)?, move |it, ()| {
            it.text(name).map(str::to_owned).into_iter().collect()
        });
    }
    let active = query.choice("activeState", &["ACTIVE", "SUSPENDED"])?;
    filter.equals(active.map(|state| state == "ACTIVE"), |it, ()| it.active);
    if let Some(id) = query.integer("orgId", 1..)? {
        filter.when(move |it, ()| it.roles.iter().any(|role| role.organization == Some(id)));
    }
    let template = query.integer("templateId", 1..)?;
    filter.equals(template.map(Some), |it, ()| it.template);
    let provider = query.integer("identityProviderId", 1..)?;
    filter.equals(provider.map(Some), |it, ()| it.identity_provider);
    let roles: Vec<_> = role::NAMES.into_iter().chain(role::FILTERS).collect();
    if let Some(role) = query.choice("role", &roles)? {
        filter.when(move |it, ()| it.has_role(&role));
    }
    Ok(filter)
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let id = sectigo_scm::id(call, "id")?;
    let found = scm.administrators.get(id).ok_or_else(not_found)?;
    let mut answer = found.json(dates, scm.now());
    let provider = found.identity_provider;
    let provider = provider.and_then(|id| body::PROVIDERS.iter().find(|(known, _)| *known == id));
    if let Some((_, name)) = provider {
        answer["idp"] = (*name).into();
    }
    Ok(ok(&answer))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let kind = body::kind(&mut body, Kind::Standard)?;
    let sent = Sent::read(body, kind)?;
    sent.demand(match kind.has_login() {
        true => &[
            "login",
            "password",
            "forename",
            "surname",
            "email",
            "credentials",
        ],
        false => &["email", "credentials"],
    })?;
    scm.check_sent(&sent, None)?;
    let now = scm.now();
    let id = scm.administrators.table.next_id();
    let mut administrator = Administrator::new(id, kind, now);
    administrator.creator = Some(scm.administrators.caller());
    administrator.invited = (kind == Kind::Idp).then_some(now);
    scm.file_administrator(administrator, sent);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

/// Changes what is sent.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let old = scm.changeable(call)?.clone();
    let mut body = sectigo_scm::body(call)?;
    let kind = body::kind(&mut body, old.kind)?;
    let sent = Sent::read(body, kind)?;
    check_change(&old, &sent)?;
    scm.check_sent(&sent, Some(old.id))?;
    scm.check_last(&old, sent.roles.as_deref())?;
    scm.administrators.remove(old.id);
    scm.file_administrator(old, sent);
    Ok(Reply::empty(StatusCode::OK))
}

/// Refuses a kind that the old one cannot become, or that needs more than there is.
fn check_change(old: &Administrator, sent: &Sent) -> Result<(), Problem> {
    if !old.kind.can_become(sent.kind) || (old.template.is_some() && old.kind != sent.kind) {
        return Err(Problem::invalid_value("type"));
    }
    if old.template.is_some() {
        return sent.belongs_to_template().map_or(Ok(()), Err);
    }
    match sent.kind.has_login() && !old.kind.has_login() {
        true => sent.demand(&["login", "password"]),
        false => Ok(()),
    }
}

fn unlink(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let linked = scm.changeable(call)?;
    if linked.template.is_none() {
        return Err(Problem::invalid_value("id"));
    }
    let (id, now) = (linked.id, scm.now());
    if let Some(linked) = scm.administrators.table.get_mut(id) {
        linked.template = None;
        linked.modified = now;
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let requester = query.integer(REQUESTER, 1..)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let id = scm.changeable(call)?.id;
    if id == scm.administrators.caller() {
        let why = "You are not authorized to perform the deletion of yourself.";
        return Err(Problem::bad(-3, why));
    }
    scm.check_requester(requester, &[id])?;
    scm.delete_administrator(id, requester);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

pub(super) const REQUESTER: &str = "replacingRequesterId";

impl SectigoScm {
    /// The administrator that a path names, unless deleted.
    fn changeable(&self, call: &Call<'_>) -> Result<&Administrator, Problem> {
        let id = sectigo_scm::id(call, "id")?;
        match self.administrators.present(id) {
            Some(present) => Ok(present),
            None if self.administrators.get(id).is_some() => {
                let why = "You cannot update this client admin which has already been deleted.";
                Err(Problem::bad(-249, why))
            }
            None => Err(not_found()),
        }
    }

    /// Files an administrator with what was sent.
    fn file_administrator(&mut self, mut administrator: Administrator, sent: Sent) {
        let now = self.now();
        administrator.become_kind(sent.kind);
        administrator.texts.extend(sent.texts);
        let provider = sent.identity_provider.or(administrator.identity_provider);
        administrator.identity_provider = provider;
        administrator.roles = sent.roles.unwrap_or(administrator.roles);
        administrator.privileges = sent.privileges.unwrap_or(administrator.privileges);
        administrator.active = sent.active.unwrap_or(administrator.active);
        administrator.modified = now;
        if let Some(password) = sent.password {
            administrator.set_password(password.into(), now);
        }
        self.administrators.insert(administrator);
    }

    /// Refuses to take a role away from the only one who has it.
    fn check_last(&self, old: &Administrator, roles: Option<&[Role]>) -> Result<(), Problem> {
        let Some(roles) = roles else {
            return Ok(());
        };
        let kept = |role: &&Role| roles.iter().any(|new| new.name == role.name);
        let mut lost = old.roles.iter().filter(|role| !kept(role));
        match lost.find(|role| self.administrators.is_only(old.id, &role.name)) {
            Some(Role { name, .. }) => {
                let why = format!("Cannot change the role of the only {name} user.");
                Err(Problem::bad(-219, why))
            }
            None => Ok(()),
        }
    }

    /// Refuses a requester who is not there, or about to go.
    pub(super) fn check_requester(&self, id: Option<i64>, going: &[i64]) -> Result<(), Problem> {
        let stays = |id: i64| self.administrators.present(id).is_some() && !going.contains(&id);
        match id.is_none_or(stays) {
            true => Ok(()),
            false => Err(Problem::invalid_value(REQUESTER)),
        }
    }

    /// Deletes an administrator, and hands the certificates over if somebody takes them.
    pub(super) fn delete_administrator(&mut self, id: i64, requester: Option<i64>) {
        let now = self.now();
        if let Some(mut deleted) = self.administrators.remove(id) {
            deleted.deleted = Some(now);
            self.administrators.deleted.insert(id, deleted);
        }
        let heir = requester.and_then(|id| self.administrators.present(id));
        if let Some(heir) = heir {
            self.certificates.hand_over(id, heir.id, &heir.requester());
        }
    }
}
