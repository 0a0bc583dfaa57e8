use http::StatusCode;
use serde_json::{Value, json};

use super::{BbUem, accept, estate::User, problem::Problem};
use crate::frame::{Call, Query, Reply};

const USERS: &str = "application/vnd.blackberry.users-v1+json";
const USUAL: i64 = 100;
const MOST: i64 = 1_000;

pub(super) fn search(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    accept(call, &[USERS])?;
    let mut query = Query::parse(call.request.query.as_deref())?;
    let wanted = query.text("query")?;
    let max = query.integer("max", 1..=MOST)?.unwrap_or(USUAL);
    let offset = query.integer("offset", 0..)?.unwrap_or(0);
    let order = query.text("sortBy")?;
    let total = query.choice("includeTotal", &["true", "false"])?;
    query.finish()?;
    let mut users = matching(state, wanted.as_deref())?;
    if let Some(order) = order {
        sort(&mut users, &order)?;
    }
    let (offset, max) = (usize::try_from(offset).ok(), usize::try_from(max).ok());
    let rows = users
        .iter()
        .skip(offset.unwrap_or(usize::MAX))
        .take(max.unwrap_or(usize::MAX));
    let mut body = json!({ "users": rows.map(|user| row(user)).collect::<Vec<_>>() });
    if total.as_deref() == Some("true") {
        body["total"] = json!(users.len());
    }
    Ok(Reply::json(StatusCode::OK, &body).content_type(USERS))
}

fn matching<'s>(state: &'s BbUem, query: Option<&str>) -> Result<Vec<&'s User>, Problem> {
    let Some(query) = query else {
        return Ok(state.estate.users.iter().collect());
    };
    let unreadable = || Problem::bad(format!("query={query} is not field=value"));
    let (field, value) = query.split_once('=').ok_or_else(unreadable)?;
    let value = value.to_lowercase();
    let mut found = Vec::new();
    for user in &state.estate.users {
        let text = text(user, field)?.to_lowercase();
        let fits = match value.strip_suffix('*') {
            Some(start) => text.starts_with(start),
            None => text == value,
        };
        if fits {
            found.push(user);
        }
    }
    Ok(found)
}

fn sort(users: &mut [&User], order: &str) -> Result<(), Problem> {
    let (field, backwards) = match order.strip_suffix(" DESC") {
        Some(field) => (field, true),
        None => (order, false),
    };
    if let Some(user) = users.first() {
        text(user, field)?;
    }
    users.sort_by_cached_key(|user| text(user, field).unwrap_or_default());
    if backwards {
        users.reverse();
    }
    Ok(())
}

fn text(user: &User, field: &str) -> Result<String, Problem> {
    Ok(match field {
        "guid" => user.guid.clone(),
        "username" => user.username.clone(),
        "displayName" => display_name(user),
        "emailAddress" => address(user),
        _ => {
            let why = format!("users have no field {field} to search by");
            return Err(Problem::bad(why));
        }
    })
}

fn display_name(user: &User) -> String {
    user.username.replace("user-", "User ")
}

fn address(user: &User) -> String {
    format!("{}@example.com", user.username)
}

/// What has no value is left out; the administrator is marked by a text, as in older releases.
fn row(user: &User) -> Value {
    let mut row = json!({
        "guid": user.guid,
        "username": user.username,
        "displayName": display_name(user),
        "emailAddress": address(user),
    });
    if user.admin {
        row["admin"] = json!("true");
    }
    row
}
