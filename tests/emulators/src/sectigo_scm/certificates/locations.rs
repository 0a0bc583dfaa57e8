use http::StatusCode;
use serde_json::{Map, Value, json};

use super::kind::Kind;
use crate::{
    frame::{Call, Flaw, Invalid, Object, Reply},
    sectigo_scm::{SectigoScm, body, id, no_parameters, ok, problem::Problem},
};

pub(super) fn list<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.record::<K>(call)?.locations.list()))
}

pub(super) fn create<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let details = details(body(call)?)?;
    let location = K::records(scm).last_location + 1;
    let record = scm.record::<K>(call)?;
    record.locations.add(location, details);
    let path = format!("{}/{}/location/{location}", K::PATH, record.id);
    K::records_mut(scm).last_location = location;
    Ok(scm.created(&path))
}

pub(super) fn get<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let location = id(call, "locationId")?;
    Ok(ok(&scm.record::<K>(call)?.locations.get(location)?))
}

pub(super) fn update<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let details = details(body(call)?)?;
    let location = id(call, "locationId")?;
    let record = scm.record::<K>(call)?;
    record.locations.update(location, details)?;
    Ok(Reply::empty(StatusCode::OK))
}

pub(super) fn delete<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let location = id(call, "locationId")?;
    scm.record::<K>(call)?.locations.remove(location)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Where a certificate is installed, as administrators have written it down.
#[derive(Clone, Debug, Default)]
pub(super) struct Locations {
    locations: Vec<Location>,
}

#[derive(Clone, Debug)]
struct Location {
    id: i64,
    details: Map<String, Value>,
}

impl Locations {
    fn list(&self) -> Value {
        self.locations.iter().map(Location::json).collect()
    }

    fn get(&self, id: i64) -> Result<Value, Problem> {
        let found = self.locations.iter().find(|location| location.id == id);
        found.map(Location::json).ok_or_else(|| unknown(id))
    }

    fn add(&mut self, id: i64, details: Map<String, Value>) {
        self.locations.push(Location { id, details });
    }

    fn update(&mut self, id: i64, details: Map<String, Value>) -> Result<(), Problem> {
        let found = self.locations.iter_mut().find(|location| location.id == id);
        found.ok_or_else(|| unknown(id))?.details = details;
        Ok(())
    }

    fn remove(&mut self, id: i64) -> Result<(), Problem> {
        let found = self.locations.iter().position(|location| location.id == id);
        self.locations.remove(found.ok_or_else(|| unknown(id))?);
        Ok(())
    }
}

impl Location {
    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "locationType": "CUSTOM",
            "name": "",
            "details": self.details,
        })
    }
}

/// Reads `details`: names with texts as values.
fn details(mut body: Object) -> Result<Map<String, Value>, Problem> {
    let details: Map<String, Value> = body.required("details")?;
    body.finish()?;
    for (name, value) in &details {
        if !value.is_string() {
            let field = format!("details.{name}");
            return Err(Invalid::new(field, Flaw::Type("a string")).into());
        }
    }
    Ok(details)
}

fn unknown(id: i64) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        -1,
        format!("Location {id} not found."),
    )
}
