use serde_json::{Value, json};

use super::{
    body::PROVIDERS,
    privilege,
    role::{NAMES, level},
};
use crate::{
    frame::{Call, Query, Reply},
    sectigo_scm::{SectigoScm, dates::DateFormat, no_parameters, ok, problem::Problem},
};

/// The roles of the caller's level and those below.
pub(super) fn roles(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    query.choice("isForEdit", &["true", "false"])?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let caller = scm.administrators.get(scm.administrators.caller());
    let highest = caller.and_then(|caller| Some(level(&caller.roles.first()?.name)));
    let highest = highest.unwrap_or_default();
    let roles = NAMES.into_iter().filter(|name| level(name) >= highest);
    Ok(ok(&roles.map(Value::from).collect()))
}

pub(super) fn privileges(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let roles = query.all("role");
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    if roles.is_empty() {
        return Err(Problem::missing("role"));
    }
    if !roles.iter().all(|role| NAMES.contains(&role.as_str())) {
        return Err(Problem::invalid_value("role"));
    }
    let offered = privilege::offered(&roles);
    let offered = offered.map(|(name, label)| json!({"name": name, "description": label}));
    Ok(ok(&offered.collect()))
}

pub(super) fn identity_providers(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let all = PROVIDERS.iter();
    Ok(ok(&all
        .map(|(id, name)| json!({"id": id, "name": name}))
        .collect()))
}
