use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::{
    frame::{Flaw, Invalid, Object},
    sectigo_scm::problem::Problem,
};

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
    pub(super) fn list(&self) -> Value {
        self.locations.iter().map(Location::json).collect()
    }

    pub(super) fn get(&self, id: i64) -> Result<Value, Problem> {
        let found = self.locations.iter().find(|location| location.id == id);
        found.map(Location::json).ok_or_else(|| unknown(id))
    }

    pub(super) fn add(&mut self, id: i64, details: Map<String, Value>) {
        self.locations.push(Location { id, details });
    }

    pub(super) fn update(&mut self, id: i64, details: Map<String, Value>) -> Result<(), Problem> {
        let found = self.locations.iter_mut().find(|location| location.id == id);
        found.ok_or_else(|| unknown(id))?.details = details;
        Ok(())
    }

    pub(super) fn remove(&mut self, id: i64) -> Result<(), Problem> {
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
pub(super) fn details(mut body: Object) -> Result<Map<String, Value>, Problem> {
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
