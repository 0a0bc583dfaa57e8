use http::StatusCode;
use serde_json::Value;

pub(in crate::sectigo_scm) use super::field_definition::Definition;
use super::field_definition::Wanted;
use crate::{
    frame::{Call, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm, customer::CustomFieldValues, dates::DateFormat, no_parameters, ok,
        paging, problem::Problem,
    },
};

pub(super) const KINDS: [&str; 4] = ["ssl", "smime", "device", "codesign"];
const FILTERED_KINDS: [&str; 5] = ["SSL", "SMIME", "CodeSign", "Device", "BrandIndicator"];
const BEFORE_FIRST: i64 = 300;
/// How many fields the customer may have.
const MOST: usize = 100;

/// Values of a certificate's fields, by the numbers of these.
pub(in crate::sectigo_scm) type FiledValues = Vec<(i64, String)>;

/// The fields that the customer has defined.
#[derive(Debug)]
pub(in crate::sectigo_scm) struct CustomFields(Table<Definition>);

const ALL: &str = "/api/customField/v2";
const ALL_V1: &str = "/api/customField/v1";
const ONE: &str = "/api/customField/v2/{id}";
const ONE_V1: &str = "/api/customField/v1/{idOrCertType}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("custom_field_list_v2", ALL, list);
    get("custom_field_list_v1", ALL_V1, list_v1);
    get("custom_field_list_by_cert_type_v2", "/api/customField/v2/", list_of);
    get("custom_field_list_by_cert_type_v1", ONE_V1, list_of_v1);
    get("custom_field_get", ONE, get);
    post("custom_field_create_v2", ALL, create);
    post("custom_field_create_v1", ALL_V1, create_v1);
    put("custom_field_update_v2", ALL, update);
    put("custom_field_update_v1", ALL_V1, update_v1);
    delete("custom_field_delete_v2", ONE, delete);
    delete("custom_field_delete_v1", ONE_V1, delete_v1);
};

impl CustomFields {
    /// Those that the emulator is started with, once for each kind of certificate.
    pub(in crate::sectigo_scm) fn made_up(fields: &[(String, bool)]) -> Self {
        let mut table = Table::after(BEFORE_FIRST);
        for (name, mandatory) in fields {
            for kind in KINDS {
                let id = table.next_id();
                let definition = Definition::new(id, name, kind);
                table.insert(id, definition.mandatory(*mandatory));
            }
        }
        Self(table)
    }

    /// Those that certificates of a kind may have.
    pub(in crate::sectigo_scm) fn of(&self, kind: &str) -> impl Iterator<Item = &Definition> {
        let all = self.0.values();
        all.filter(move |field| field.kind == kind && field.is_enabled())
    }

    fn named(&self, kind: &str, name: &str) -> Option<&Definition> {
        self.of(kind).find(|field| field.name == name)
    }

    /// Refuses unknown and disabled fields, values that a field does not take, and an enrolment
    /// without a mandatory field.
    pub(in crate::sectigo_scm) fn check(
        &self,
        kind: &str,
        values: &CustomFieldValues,
    ) -> Result<(), Problem> {
        for (name, value) in values {
            let field = self.named(kind, name);
            field.ok_or_else(not_found)?.check_value(value)?;
        }
        let given = |field: &Definition| {
            let mut values = values.iter();
            values.any(|(name, value)| *name == field.name && !value.is_empty())
        };
        match self
            .of(kind)
            .all(|field| !field.is_mandatory() || given(field))
        {
            true => Ok(()),
            false => Err(Problem::bad(-62, "Missing mandatory custom field!")),
        }
    }

    /// The same values by the numbers of their fields, which stay when a field gets a new name.
    pub(in crate::sectigo_scm) fn filed(
        &self,
        kind: &str,
        values: CustomFieldValues,
    ) -> FiledValues {
        let filed = |(name, value): (String, String)| Some((self.named(kind, &name)?.id, value));
        values.into_iter().filter_map(filed).collect()
    }

    /// Refuses a name that another field has.
    fn check_name(&self, name: &str, own: Option<i64>) -> Result<(), Problem> {
        let mut others = self.0.values().filter(|field| Some(field.id) != own);
        match others.any(|field| field.name == name) {
            true => Err(Problem::bad(-134, "Custom field has to have unique name.")),
            false => Ok(()),
        }
    }

    fn create(&mut self, wanted: Wanted) -> Result<&Definition, Problem> {
        self.check_name(&wanted.name, None)?;
        if self.0.ids().len() >= MOST {
            let why = "Custom fields limit exceeded for customer.";
            return Err(Problem::bad(-131, why));
        }
        let id = self.0.next_id();
        self.0.insert(id, wanted.create(id)?);
        self.0.get(id).ok_or_else(not_found)
    }

    fn update(&mut self, id: i64, wanted: Wanted) -> Result<&Definition, Problem> {
        self.0.get(id).ok_or_else(not_found)?;
        self.check_name(&wanted.name, Some(id))?;
        let field = self.0.get_mut(id).ok_or_else(not_found)?;
        field.change(wanted);
        Ok(field)
    }
}

fn not_found() -> Problem {
    Problem::bad(-135, "Custom field cannot be found.")
}

fn unknown() -> Problem {
    Problem::not_found(-135, "Custom field cannot be found.")
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(page(scm, |_| true))
}

/// Both versions take the kind; this one as filters spell it.
fn list_of(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let kind = query.choice("certType", &FILTERED_KINDS)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let kind = kind.map(|kind| kind.to_ascii_lowercase());
    Ok(page(scm, |field| {
        kind.as_ref().is_none_or(|kind| field.kind == *kind)
    }))
}

fn page(scm: &SectigoScm, fits: impl Fn(&Definition) -> bool) -> Reply {
    let all = scm.customer.custom_fields.0.values();
    let fields: Vec<_> = all
        .filter(|field| fits(field))
        .map(Definition::json)
        .collect();
    let total = fields.len();
    paging::page(fields, total)
}

fn list_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let all = scm.customer.custom_fields.0.values();
    Ok(ok(&all.map(Definition::json_v1).collect::<Value>()))
}

fn list_of_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let kind = call.argument("idOrCertType");
    if !KINDS[..3].contains(&kind) {
        return Err(Problem::invalid_value("certType"));
    }
    let all = scm.customer.custom_fields.0.values();
    let fitting = all.filter(|field| field.kind == kind);
    Ok(ok(&fitting.map(Definition::json_v1).collect::<Value>()))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = sectigo_scm::id(call, "id")?;
    let field = scm.customer.custom_fields.0.get(id).ok_or_else(unknown)?;
    Ok(ok(&field.json()))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let wanted = Wanted::read(&mut body)?;
    body.finish()?;
    let id = scm.customer.custom_fields.create(wanted)?.id;
    Ok(scm.created(&format!("{ALL}/{id}")))
}

/// Answers the field with 200, where the newer version answers its address with 201.
fn create_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let wanted = Wanted::read_v1(&mut body)?;
    body.finish()?;
    Ok(ok(&scm.customer.custom_fields.create(wanted)?.json_v1()))
}

fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = body.required_integer("id", 1..)?;
    let wanted = Wanted::read(&mut body)?;
    body.finish()?;
    Ok(ok(&scm.customer.custom_fields.update(id, wanted)?.json()))
}

fn update_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = body.required_integer("id", 1..)?;
    let wanted = Wanted::read_v1(&mut body)?;
    body.finish()?;
    Ok(ok(&scm
        .customer
        .custom_fields
        .update(id, wanted)?
        .json_v1()))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    delete_named(scm, call, "id")
}

fn delete_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    delete_named(scm, call, "idOrCertType")
}

fn delete_named(scm: &mut SectigoScm, call: &Call<'_>, argument: &str) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = sectigo_scm::id(call, argument)?;
    scm.customer
        .custom_fields
        .0
        .remove(id)
        .ok_or_else(unknown)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
