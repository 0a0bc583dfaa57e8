use http::StatusCode;
use serde_json::json;

use super::administrator::Administrator;
use crate::{
    frame::{Call, Query, Reply},
    sectigo_scm::{SectigoScm, body, dates::DateFormat, no_parameters, ok, problem::Problem},
};

const LEAST: usize = 8;
const MOST: usize = 32;

/// Refuses a new password that breaks the policy, is the old one or has the login in it.
pub(super) fn check(
    password: &str,
    login: Option<&str>,
    old: Option<&Administrator>,
) -> Result<(), Problem> {
    let broken = broken_rules(password);
    if !broken.is_empty() {
        let why = format!("Password policy violated: {}", broken.join(" "));
        return Err(Problem::bad(-7306, why));
    }
    if password.chars().count() > MOST {
        let why = format!("New password must be between {LEAST} and {MOST} characters.");
        return Err(Problem::bad(-976, why));
    }
    let lower = password.to_lowercase();
    if login.is_some_and(|login| lower.contains(&login.to_lowercase())) {
        return Err(Problem::bad(-982, "New password must not contain Login."));
    }
    match old.is_some_and(|old| old.has_password(password)) {
        true => Err(Problem::bad(-220, "Password can't be the same.")),
        false => Ok(()),
    }
}

/// The rules of the vendor's sample, in its order and its words.
fn broken_rules(password: &str) -> Vec<&'static str> {
    let lacks = |is: fn(char) -> bool| !password.chars().any(is);
    let rules = [
        (
            lacks(char::is_uppercase),
            "Password must contain 1 or more uppercase characters.",
        ),
        (
            lacks(|letter| letter.is_ascii_digit()),
            "Password must contain 1 or more digit characters.",
        ),
        (
            password.chars().count() < LEAST,
            "Password must be 8 or more characters in length.",
        ),
    ];
    let broken = rules.into_iter().filter(|(broken, _)| *broken);
    broken.map(|(_, rule)| rule).collect()
}

pub(super) fn state(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let (state, expires) = scm.caller()?.password_state(scm.now());
    let mut body = json!({"state": state});
    if let Some(at) = expires {
        body["expirationDate"] = dates.write(at).into();
    }
    Ok(ok(&body))
}

pub(super) fn change(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = body(call)?;
    let password = body.required_text("newPassword", 1..)?;
    body.finish()?;
    let caller = scm.caller()?;
    check(&password, caller.login(), Some(caller))?;
    let (id, now) = (caller.id, scm.now());
    if let Some(caller) = scm.administrators.table.get_mut(id) {
        caller.set_password(password.into(), now);
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    fn caller(&self) -> Result<&Administrator, Problem> {
        let caller = self.administrators.present(self.administrators.caller());
        caller.ok_or_else(Problem::unknown_user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_broken_one_by_one() {
        assert_eq!(broken_rules("new").len(), 3);
        assert_eq!(broken_rules("newPass122345"), [] as [&str; 0]);
        assert_eq!(broken_rules("newpass122345").len(), 1);
        assert!(check("Password1-for-ada", Some("Ada"), None).is_err());
    }
}
