use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{
    component, field, ids_in_order, is_limited, is_nullable, is_required, is_version, sign_in,
    spoken, type_name, unambiguous, variants, whole,
};
use super::known::KnownTypes;
use super::model::{Argument, Enumeration, Field, IdType, Method, Model, Object, Reply};
use super::rust::Rust;
use crate::document::{Document, Operation, Parameter};
use crate::draft::names::{pascal, singular, snake};
use crate::schema::{is_map, kind, listed_values, look_through};
use crate::tree::Tree;

/// Accessors that are not called after their area.
const ACCESSORS: [(&str, &str); 4] = [
    ("acme", "acme_accounts"),
    ("code_signing", "code_signing_certificates"),
    ("device", "device_certificates"),
    ("discovery", "discovery_tasks"),
];

/// Members that name something of another area, their types on the wire, and the type's name.
const NAMED: [(&str, &str, &str); 11] = [
    ("orgId", "integer", "OrganizationId"),
    ("orgID", "integer", "OrganizationId"),
    ("organizationId", "integer", "OrganizationId"),
    ("certType", "integer", "ProfileId"),
    ("certTypeId", "integer", "ProfileId"),
    ("profileId", "integer", "ProfileId"),
    ("personId", "integer", "PersonId"),
    ("adminId", "integer", "AdminId"),
    ("requesterAdminId", "integer", "AdminId"),
    ("approverAdminId", "integer", "AdminId"),
    ("backendCertId", "string", "BackendCertId"),
];

/// Which way a struct goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Request,
    Answer,
}

/// Makes the model of an area from its description.
pub(crate) struct Building<'b> {
    document: &'b Document,
    /// The same document, with its members in order.
    tree: &'b Tree,
    known: &'b KnownTypes,
    prefix: String,
    /// The schemas of the area's own file: their types are the area's, whatever they are called.
    own: Vec<String>,
    /// Whether the operation changes something, so that null empties a field.
    updating: bool,
    objects: BTreeMap<(Side, String), Object>,
    model: Model,
}

impl<'b> Building<'b> {
    pub(crate) fn new(
        area: &str,
        document: &'b Document,
        tree: &'b Tree,
        known: &'b KnownTypes,
        own: Vec<String>,
    ) -> Self {
        let named = ACCESSORS.iter().find(|(known, _)| *known == area);
        let accessor = named.map_or(area, |(_, accessor)| accessor).to_owned();
        Self {
            document,
            tree,
            known,
            prefix: pascal(&singular(area)),
            own,
            updating: false,
            objects: BTreeMap::new(),
            model: Model {
                area: area.to_owned(),
                accessor,
                methods: Vec::new(),
                requests: Vec::new(),
                answers: Vec::new(),
                enumerations: Vec::new(),
                ids: Vec::new(),
                notes: Vec::new(),
            },
        }
    }

    pub(crate) fn build(mut self) -> Model {
        // Ids are declared by paths, whatever mentions them first.
        for operation in self.operations() {
            self.path_arguments(&operation);
        }
        for operation in self.operations() {
            let method = self.method(&operation);
            self.model.methods.push(method);
        }
        for ((side, _), object) in self.objects {
            match side {
                Side::Request => self.model.requests.push(object),
                Side::Answer => self.model.answers.push(object),
            }
        }
        self.model
    }

    /// The area's operations in the order of its file.
    fn operations(&self) -> Vec<Operation> {
        let ids = ids_in_order(self.tree);
        let mut operations = self.document.operations();
        operations.retain(|operation| operation.area == self.model.area);
        operations.sort_by_key(|operation| ids.iter().position(|id| *id == operation.id));
        operations
    }

    fn method(&mut self, operation: &Operation) -> Method {
        self.updating = ["PUT", "PATCH"].contains(&operation.method.as_str());
        let mut arguments = self.path_arguments(operation);
        arguments.extend(self.query(operation).map(Argument::Query));
        arguments.extend(self.body(operation));
        Method {
            name: self.method_name(&operation.id),
            op: operation.id.clone(),
            http: operation.method.as_str().to_lowercase(),
            path: operation.path.clone(),
            doc: format!("{}\n{}", operation.summary, operation.description),
            sign_in: sign_in(operation),
            fixed_query: operation.fixed_query.clone(),
            arguments,
            reply: self.reply(operation),
        }
    }

    /// The id without the words that it shares with the area.
    fn method_name(&self, id: &str) -> String {
        let area = singular(&self.model.area);
        let rest = id
            .strip_prefix(&area)
            .and_then(|rest| rest.strip_prefix('_'));
        let rest = rest.or_else(|| Some(id.split_once('_')?.1));
        rest.unwrap_or(id).to_owned()
    }

    fn path_arguments(&mut self, operation: &Operation) -> Vec<Argument> {
        let parameters = operation.parameters_in("path");
        let mut ordered: Vec<&Parameter> = parameters.collect();
        ordered.sort_by_key(|p| operation.path.find(&format!("{{{}}}", p.name)));
        let mut arguments = Vec::new();
        for parameter in ordered {
            let rust = self.path_type(operation, parameter);
            arguments.push(Argument::Path {
                name: spoken(&snake(&parameter.name)),
                wire: parameter.name.clone(),
                rust,
            });
        }
        arguments
    }

    /// The type of a path argument; an id is called after what stands before it.
    fn path_type(&mut self, operation: &Operation, parameter: &Parameter) -> Rust {
        if parameter.name == "id" {
            let before = operation.path.split("/{id}").next().unwrap_or_default();
            let noun = before
                .rsplit('/')
                .find(|part| !is_version(part))
                .unwrap_or_default();
            return self.own_id(&pascal(&singular(noun)), &parameter.schema);
        }
        self.rust(&parameter.name, &parameter.schema, Side::Request)
    }

    /// The type of the id of a thing of this area.
    fn own_id(&mut self, noun: &str, schema: &Value) -> Rust {
        let own = match self.prefix.contains(noun) || noun.is_empty() {
            true => self.prefix.clone(),
            false if noun.starts_with(&self.prefix) => noun.to_owned(),
            false => format!("{}{noun}", self.prefix),
        };
        let name = format!("{own}Id");
        let is_text = kind(&look_through(self.document, schema)) == "string";
        if self.known.path(&name).is_none() && !self.model.ids.iter().any(|id| id.name == name) {
            let id = IdType {
                name: name.clone(),
                is_text,
            };
            self.model.ids.push(id);
        }
        Rust::Id(name)
    }

    /// The struct of the query parameters, besides those of paging.
    fn query(&mut self, operation: &Operation) -> Option<String> {
        let is_paged = self.is_paged(operation);
        let pages = |name: &str| {
            if !is_paged {
                return false;
            }
            let paging = ["size", "position"].map(|key| operation.pagination[key].as_str());
            paging.contains(&Some(name))
        };
        let parameters = operation.parameters_in("query");
        let asked: Vec<Parameter> = parameters.filter(|p| !pages(&p.name)).cloned().collect();
        if asked.is_empty() {
            return None;
        }
        let fields: Vec<Field> = asked.iter().map(|p| self.parameter_field(p)).collect();
        let wires = |fields: &[Field]| fields.iter().map(|f| f.wire.clone()).collect::<Vec<_>>();
        let same = self.objects.iter().find(|((side, _), object)| {
            *side == Side::Request
                && object.name.ends_with("Filter")
                && wires(&object.fields) == wires(&fields)
        });
        if let Some(((_, name), _)) = same {
            return Some(name.clone());
        }
        let noun = pascal(&singular(&self.method_name(&operation.id)));
        let noun = noun.trim_start_matches("List").trim_start_matches("Count");
        let plain = format!("{}{}Filter", self.prefix, singular(noun));
        let told = format!(
            "{}{}Filter",
            self.prefix,
            pascal(&self.method_name(&operation.id))
        );
        let taken = self.objects.contains_key(&(Side::Request, plain.clone()));
        let name = if taken { told } else { plain };
        let object = Object {
            name: name.clone(),
            doc: "What to look for; without anything set, everything.".to_owned(),
            fields: unambiguous(fields),
            row: None,
        };
        self.objects.insert((Side::Request, name.clone()), object);
        Some(name)
    }

    fn parameter_field(&mut self, parameter: &Parameter) -> Field {
        let rust = self.rust(&parameter.name, &parameter.schema, Side::Request);
        let schema = look_through(self.document, &parameter.schema);
        let mut field = field(&parameter.name, rust, &schema, parameter.required);
        field.doc.clone_from(&parameter.description);
        field
    }

    fn body(&mut self, operation: &Operation) -> Vec<Argument> {
        let Some(body) = &operation.request else {
            return Vec::new();
        };
        let schema = body.schema.clone();
        if body.is_multipart() {
            let schema = look_through(self.document, &schema);
            let parts = schema["properties"].as_object().into_iter().flatten();
            return parts
                .map(|(name, _)| Argument::Part(name.clone()))
                .collect();
        }
        match self.rust("entries", &schema, Side::Request) {
            Rust::Object(name) => vec![Argument::Body(name)],
            Rust::List(inner) => vec![Argument::Entries(*inner)],
            other => {
                let id = &operation.id;
                self.model
                    .notes
                    .push(format!("{id} sends {other:?}, which has no argument"));
                Vec::new()
            }
        }
    }

    fn reply(&mut self, operation: &Operation) -> Reply {
        let has = |name: &str| operation.answer_headers.iter().any(|known| known == name);
        let Some(answer) = &operation.answer else {
            return match (has("Location"), has("X-Total-Count")) {
                (true, _) => Reply::Created(self.created(operation)),
                (_, true) => Reply::Total,
                _ => Reply::Empty,
            };
        };
        if !answer.is_json() {
            return Reply::File;
        }
        let schema = answer.schema.clone();
        let rust = self.rust("entries", &schema, Side::Answer);
        match rust {
            Rust::List(inner) if self.is_paged(operation) => {
                self.row(&inner);
                Reply::Pages(*inner)
            }
            rust => Reply::Json(rust),
        }
    }

    /// Whether a list is read page by page: its rows can be told apart.
    fn is_paged(&self, operation: &Operation) -> bool {
        let answer = operation.answer.as_ref().map(|body| &body.schema);
        let list = answer.map(|schema| look_through(self.document, schema));
        let row = list.map(|list| look_through(self.document, &list["items"]));
        operation.pagination["style"] == "offset"
            && row.is_some_and(|row| row["properties"].is_object())
    }

    /// What a list tells its rows apart by.
    fn row(&mut self, inner: &Rust) {
        let Rust::Object(name) = inner else { return };
        let Some(object) = self.objects.get_mut(&(Side::Answer, name.clone())) else {
            return;
        };
        let fields = &mut object.fields;
        let by_name = fields.iter().position(|field| field.wire == "id");
        let by_type = || {
            let named = |rust: &Rust| matches!(rust, Rust::Id(id) if id.starts_with(&self.prefix));
            fields.iter().position(|field| named(&field.rust))
        };
        let Some(index) = by_name
            .or_else(by_type)
            .or((!fields.is_empty()).then_some(0))
        else {
            return;
        };
        let field = &mut fields[index];
        field.required = true;
        object.row = Some(field.name.clone());
        if field.wire != "id" {
            let note = format!(
                "{name} has no id: its rows are told apart by `{}`",
                field.wire
            );
            self.model.notes.push(note);
        }
    }

    /// The id of what was created: what its own path takes.
    fn created(&mut self, operation: &Operation) -> Rust {
        let below = format!("{}/{{", operation.path.trim_end_matches('/'));
        let siblings = self.document.operations();
        let own = siblings.iter().find(|other| {
            let rest = other.path.strip_prefix(&below);
            rest.is_some_and(|rest| !rest.contains('/'))
        });
        let parameter = own.and_then(|other| Some((other, other.parameters_in("path").last()?)));
        match parameter {
            Some((other, parameter)) => self.path_type(other, parameter),
            None => Rust::Whole("i64"),
        }
    }

    fn rust(&mut self, name: &str, schema: &Value, side: Side) -> Rust {
        let component = component(schema);
        let resolved = look_through(self.document, schema);
        if let Some(values) = listed_values(&resolved) {
            return self.enumeration(component.as_deref(), values, &resolved);
        }
        match kind(&resolved) {
            "object" if resolved["properties"].is_object() => {
                self.object(component, &resolved, side)
            }
            "object" if is_map(&resolved) => {
                let values = resolved["additionalProperties"].clone();
                Rust::Map(Box::new(self.rust(name, &values, side)))
            }
            "object" => Rust::Value,
            "array" => Rust::List(Box::new(self.rust(
                &singular(name),
                &resolved["items"],
                side,
            ))),
            _ => self.plain(name, &resolved, side),
        }
    }

    fn plain(&mut self, name: &str, schema: &Value, side: Side) -> Rust {
        let named = NAMED
            .iter()
            .find(|(known, kind_of, _)| (*known, *kind_of) == (name, kind(schema)));
        if let Some((_, _, id)) = named.filter(|(_, _, id)| self.known.path(id).is_some()) {
            return Rust::Id((*id).to_owned());
        }
        let is_date = |mark: &str| schema.get(mark).is_some();
        let hinted = schema["x-hint"]["format"].as_str().unwrap_or_default();
        let dated =
            is_date("x-format") || is_date("x-format-in-sample") || hinted.starts_with("date");
        match kind(schema) {
            "boolean" => Rust::Flag,
            "integer" => whole(name, schema),
            "number" => {
                let note = format!("`{name}` is a number, and may have a fraction");
                self.model.notes.push(note);
                Rust::Whole("i64")
            }
            "string" if schema["x-secret"] == true => Rust::Secret,
            "string" if dated => Rust::Time,
            "string" => match (name, side) {
                ("serialNumber" | "serial", _) => Rust::Serial,
                ("csr", Side::Request) => Rust::Csr,
                ("cert" | "certificate", Side::Request) => Rust::Certificate,
                _ => Rust::Text,
            },
            _ => Rust::Value,
        }
    }

    fn enumeration(&mut self, component: Option<&str>, values: &[Value], schema: &Value) -> Rust {
        let Some(name) = component.map(type_name) else {
            return Rust::Text;
        };
        if name.contains("RevocationReason") {
            return Rust::Reason;
        }
        if !values.iter().all(Value::is_string) {
            return Rust::Whole("i64");
        }
        let there = self
            .model
            .enumerations
            .iter()
            .any(|known| known.name == name);
        if self.is_own(&name) && !there {
            self.model.enumerations.push(Enumeration {
                name: name.clone(),
                doc: schema["description"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                variants: variants(values),
            });
        }
        Rust::Enumeration(name)
    }

    fn object(&mut self, component: Option<String>, schema: &Value, side: Side) -> Rust {
        let component = component.unwrap_or_else(|| format!("{}Detail", self.prefix));
        let name = type_name(&component);
        if !self.is_own(&name) || self.objects.contains_key(&(side, name.clone())) {
            return Rust::Object(name);
        }
        let mut object = Object {
            name: name.clone(),
            doc: schema["description"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            fields: Vec::new(),
            row: None,
        };
        self.objects.insert((side, name.clone()), object.clone());
        for member in self.members(&component, schema) {
            let property = &schema["properties"][&member];
            let rust = match (member.as_str(), side) {
                ("id", Side::Answer) => self.answer_id(&component, property),
                _ => self.rust(&member, property, side),
            };
            let resolved = look_through(self.document, property);
            let required = side == Side::Request && is_required(schema, &member, &resolved);
            let mut field = field(&member, rust, &resolved, required);
            // The limits of a field that can be emptied are for its author to check.
            let plain = !field.required && !field.rust.holds_objects() && !is_limited(&resolved);
            field.empties =
                self.updating && side == Side::Request && plain && is_nullable(property);
            object.fields.push(field);
        }
        object.fields = unambiguous(object.fields);
        self.objects.insert((side, name.clone()), object);
        Rust::Object(name)
    }

    /// Whether a type is to be drafted: it is of the area's own file, or nowhere in the crate.
    fn is_own(&self, name: &str) -> bool {
        self.known.path(name).is_none() || self.own.iter().any(|own| own == name)
    }

    /// The type of the `id` of an answer: that of the area where the answer is the area's thing.
    fn answer_id(&mut self, component: &str, schema: &Value) -> Rust {
        let noun = component
            .trim_end_matches(char::is_numeric)
            .trim_end_matches('V');
        let noun = noun.trim_end_matches("ListItem").trim_end_matches("Answer");
        let own = format!("{noun}Id");
        let is_known =
            self.known.path(&own).is_some() || self.model.ids.iter().any(|id| id.name == own);
        match noun == self.prefix || is_known {
            true => self.own_id(noun, schema),
            false => self.plain("number", schema, Side::Answer),
        }
    }

    /// The members of an object in the order in which its file has them.
    fn members(&self, component: &str, schema: &Value) -> Vec<String> {
        let named = ["components", "schemas", component, "properties"];
        let mut place = Some(self.tree);
        for step in named {
            place = place.and_then(|tree| tree.get(step));
        }
        let ordered = place
            .and_then(Tree::members)
            .map(|members| members.keys().cloned().collect());
        let any = || {
            schema["properties"]
                .as_object()
                .map(|m| m.keys().cloned().collect())
        };
        ordered.or_else(any).unwrap_or_default()
    }
}
