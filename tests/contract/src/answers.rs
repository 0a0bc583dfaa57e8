use cert_core::client::Answer;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

use crate::document::{Document, Operation};
use crate::probe::Outcome;
use crate::report::Area;
use crate::schema::{
    Place, Synthesis, UNLISTED, UNLISTED_NUMBER, another, is_map, listed_values, places, rounds,
};
use crate::suite::Reading;

/// Holds the model of an operation's answer to the documented schema, sample or no sample.
///
/// A property is in the model when the value read shows a change of it. Every listed value is
/// known, any other one is kept, an undocumented member does no harm, and a property may be
/// missing or null unless the suite names it as mandatory.
pub(crate) struct Checks<'s> {
    pub(crate) document: &'s Document,
    pub(crate) operation: &'s Operation,
    pub(crate) read: Reading,
    pub(crate) mandatory: &'s [&'static str],
}

impl Checks<'_> {
    pub(crate) fn run(&self, area: &mut Area, failures: &mut Vec<String>) {
        let Some(schema) = self.operation.answer.as_ref().map(|body| &body.schema) else {
            return;
        };
        for round in 1..rounds(self.document, schema) {
            let instance = Synthesis::new(self.document, round).instance(schema);
            self.listed_values_are_known(schema, &instance, failures);
        }
        let full = Synthesis::new(self.document, 0).instance(schema);
        let shown = match self.decode(&full) {
            Ok(outcome) => outcome.shown,
            Err(error) => {
                failures.push(format!(
                    "{}: a full answer is not read: {error}",
                    self.operation.id
                ));
                return;
            }
        };
        self.listed_values_are_known(schema, &full, failures);
        for place in places(self.document, schema, &full) {
            let mut found = Vec::new();
            match twins(&place.schema) {
                twins if twins.is_empty() => self.check(&place, &full, &shown, &mut found),
                twins => self.check_twin(&place, &twins, &full, &mut found),
            }
            if place.removable {
                area.properties.add(found.is_empty());
            }
            let name = format!("{} answer `{}`", self.operation.id, place.name);
            failures.extend(found.into_iter().map(|text| format!("{name} {text}")));
        }
    }

    fn listed_values_are_known(&self, schema: &Value, full: &Value, failures: &mut Vec<String>) {
        let Ok(Outcome { shown, .. }) = self.decode(full) else {
            return;
        };
        for place in places(self.document, schema, full) {
            let Some(value) = full.pointer(&place.pointer) else {
                continue;
            };
            if listed_values(&place.schema).is_some()
                && shown.contains(&format!("Unknown({value})"))
            {
                let (id, name) = (&self.operation.id, &place.name);
                failures.push(format!(
                    "{id} answer `{name}`: listed value {value} is not known"
                ));
            }
        }
    }

    fn check(&self, place: &Place, full: &Value, shown: &str, found: &mut Vec<String>) {
        let Some(value) = full.pointer(&place.pointer) else {
            return;
        };
        let secret = place.schema["x-secret"].as_bool().unwrap_or(false);
        if secret && value.as_str().is_some_and(|text| shown.contains(text)) {
            found.push("is a secret, and `Debug` shows it".to_owned());
        }
        if let Some(other) = another(&place.schema, value).filter(|_| !secret) {
            let changed = self.with(full, place, other);
            if self
                .decode(&changed)
                .is_ok_and(|outcome| outcome.shown == shown)
            {
                found.push("is not in the model".to_owned());
            }
        }
        if listed_values(&place.schema).is_some() {
            self.unlisted_values_are_kept(place, full, found);
        }
        if let Value::Object(members) = value {
            self.strangers_do_no_harm(place, full, members, shown, found);
        }
        if place.removable {
            self.may_be_missing(place, full, shown, secret, found);
        }
    }

    /// Of several names of one field each is enough alone, and all are read.
    fn check_twin(&self, place: &Place, twins: &[&str], full: &Value, found: &mut Vec<String>) {
        let (parent, _) = place.pointer.rsplit_once('/').unwrap_or_default();
        let others = twins.iter().map(|twin| format!("{parent}/{twin}"));
        let alone = others.fold(full.clone(), |rest, twin| without(&rest, &twin));
        let Some(value) = full.pointer(&place.pointer) else {
            return;
        };
        let shown = match self.decode(&alone) {
            Ok(outcome) => outcome.shown,
            Err(error) => {
                return found.push(format!(
                    "is not enough without `{}`: {error}",
                    twins.join("`, `")
                ));
            }
        };
        let other = another(&place.schema, value).map(|other| self.with(&alone, place, other));
        if other.is_some_and(|other| self.decode(&other).is_ok_and(|other| other.shown == shown)) {
            found.push("is not in the model".to_owned());
        }
    }

    fn unlisted_values_are_kept(&self, place: &Place, full: &Value, found: &mut Vec<String>) {
        let numeric = listed_values(&place.schema).is_some_and(|listed| listed[0].is_number());
        let unlisted = if numeric {
            json!(UNLISTED_NUMBER)
        } else {
            json!(UNLISTED)
        };
        match self.decode(&self.with(full, place, unlisted.clone())) {
            Ok(outcome) if outcome.shown.contains(&format!("Unknown({unlisted})")) => {}
            Ok(_) => found.push("is no open enumeration in the model".to_owned()),
            Err(error) => found.push(format!("with an unlisted value is refused: {error}")),
        }
    }

    /// In a map another key must show; elsewhere an undocumented member must not be refused.
    fn strangers_do_no_harm(
        &self,
        place: &Place,
        full: &Value,
        members: &Map<String, Value>,
        shown: &str,
        found: &mut Vec<String>,
    ) {
        let documented = &place.schema["properties"];
        if is_map(&place.schema) {
            let rename = |key: &String| format!("{key}other");
            let renamed = members
                .iter()
                .map(|(key, value)| match documented.get(key) {
                    Some(_) => (key.clone(), value.clone()),
                    None => (rename(key), value.clone()),
                });
            let changed = self.with(full, place, Value::Object(renamed.collect()));
            match self.decode(&changed) {
                Ok(outcome) if outcome.shown == shown => {
                    found.push("does not keep its keys, which are data".to_owned());
                }
                Ok(_) => {}
                Err(error) => found.push(format!("refuses a key, though keys are data: {error}")),
            }
            return;
        }
        let mut more = members.clone();
        more.insert("undocumentedMember".to_owned(), json!({ "a": [1] }));
        if let Err(error) = self.decode(&self.with(full, place, Value::Object(more))) {
            found.push(format!("with an undocumented member is refused: {error}"));
        }
    }

    fn may_be_missing(
        &self,
        place: &Place,
        full: &Value,
        shown: &str,
        secret: bool,
        found: &mut Vec<String>,
    ) {
        let mandatory = format!("{} {}", self.operation.id, place.name);
        let mandatory = self.mandatory.contains(&mandatory.as_str());
        let outcomes = [
            ("missing", self.decode(&without(full, &place.pointer))),
            ("null", self.decode(&self.with(full, place, Value::Null))),
        ];
        for (state, outcome) in outcomes {
            match outcome {
                Ok(_) if mandatory => found.push(format!("is named mandatory, yet may be {state}")),
                Ok(outcome) if secret && outcome.shown == shown => {
                    found.push("is not in the model".to_owned());
                }
                Err(error) if !mandatory => found.push(format!("when {state} is refused: {error}")),
                _ => {}
            }
        }
    }

    fn decode(&self, body: &Value) -> Result<Outcome, String> {
        let status = StatusCode::from_u16(self.operation.status).unwrap_or(StatusCode::OK);
        let mut answer = Answer::new(status, HeaderMap::new(), body.to_string().into());
        (self.read.decode)(&mut answer).map_err(|error| error.to_string())
    }

    fn with(&self, full: &Value, place: &Place, value: Value) -> Value {
        let mut changed = full.clone();
        if let Some(target) = changed.pointer_mut(&place.pointer) {
            *target = value;
        }
        changed
    }
}

/// The other names of a field: one, or a list.
fn twins(schema: &Value) -> Vec<&str> {
    let listed = schema["x-twin"].as_array().into_iter().flatten();
    let twins = listed.chain([&schema["x-twin"]]);
    twins.filter_map(Value::as_str).collect()
}

fn without(full: &Value, pointer: &str) -> Value {
    let mut changed = full.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(members) = changed.pointer_mut(parent).and_then(Value::as_object_mut) {
        members.remove(key);
    }
    changed
}
