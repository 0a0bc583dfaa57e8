use serde_json::{Value, json};

use super::custom_field::KINDS;
use crate::{
    frame::{Invalid, Object},
    sectigo_scm::problem::Problem,
};

pub(super) const METHODS: [&str; 4] = ["ADMIN_UI", "REST_API", "SOAP_API", "WEB_FORM"];
const STATES: [&str; 4] = [
    "SUSPENDED_ACTIVE",
    "ACTIVE",
    "INACTIVE",
    "SUSPENDED_INACTIVE",
];
const TYPES: [&str; 6] = [
    "TEXT_SINGLE_LINE",
    "TEXT_MULTI_LINE",
    "EMAIL",
    "NUMBER",
    OPTION,
    DATE,
];
const OPTION: &str = "TEXT_OPTION";
const DATE: &str = "DATE";

/// A field that the customer has defined for certificates of one kind.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Definition {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) name: String,
    /// As bodies spell it: `ssl`.
    pub(super) kind: String,
    mandatory_for: Vec<String>,
    state: String,
    input: Input,
}

/// What values look like.
#[derive(Clone, Debug)]
struct Input {
    name: String,
    options: Vec<String>,
}

/// What a body says of a field; the rest stays as it is.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) name: String,
    kind: Option<String>,
    mandatory_for: Option<Vec<String>>,
    state: Option<String>,
    input: Option<Input>,
}

impl Definition {
    /// One line of text, and enabled.
    pub(super) fn new(id: i64, name: &str, kind: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            kind: kind.to_owned(),
            mandatory_for: Vec::new(),
            state: "ACTIVE".to_owned(),
            input: Input::named(TYPES[0]),
        }
    }

    pub(super) fn mandatory(mut self, mandatory: bool) -> Self {
        self.mandatory_for = everywhere(mandatory);
        self
    }

    pub(super) fn change(&mut self, wanted: Wanted) {
        self.name = wanted.name;
        set(&mut self.kind, wanted.kind);
        set(&mut self.mandatory_for, wanted.mandatory_for);
        set(&mut self.state, wanted.state);
        set(&mut self.input, wanted.input);
    }

    pub(super) fn is_enabled(&self) -> bool {
        self.state == "ACTIVE"
    }

    /// Whether an enrolment over this interface needs it.
    pub(in crate::sectigo_scm) fn is_mandatory(&self) -> bool {
        self.mandatory_for.iter().any(|method| method == "REST_API")
    }

    /// Refuses a value that is no day or none of the options; an empty one is no value.
    pub(super) fn check_value(&self, value: &str) -> Result<(), Problem> {
        let fits = match self.input.name.as_str() {
            DATE => is_day(value),
            OPTION => self.input.options.iter().any(|option| option == value),
            _ => true,
        };
        match value.is_empty() || fits {
            true => Ok(()),
            false => Err(Problem::invalid_value(&self.name)),
        }
    }

    pub(super) fn json(&self) -> Value {
        let mut body = self.shared_json();
        body["mandatories"] = json!(self.mandatory_for);
        if self.input.name == OPTION {
            body["input"]["options"] = json!(self.input.options);
        }
        body
    }

    pub(super) fn json_v1(&self) -> Value {
        let mut body = self.shared_json();
        body["mandatory"] = self.is_mandatory().into();
        body
    }

    fn shared_json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "certType": self.kind,
            "state": self.state,
            "input": {"type": self.input.name},
        })
    }
}

impl Wanted {
    pub(super) fn read(body: &mut Object) -> Result<Self, Problem> {
        let mandatory_for = body.optional::<Vec<String>>("mandatories")?;
        let known = |method: &String| METHODS.contains(&method.as_str());
        if !mandatory_for.iter().flatten().all(known) {
            return Err(Problem::invalid_value("mandatories"));
        }
        let input = body.optional("input")?.map(Input::read).transpose()?;
        Ok(Self {
            mandatory_for,
            input,
            ..Self::shared(body, &KINDS)?
        })
    }

    /// The older version: one flag for all ways in, and no code signing.
    pub(super) fn read_v1(body: &mut Object) -> Result<Self, Problem> {
        let mandatory = body.optional("mandatory")?;
        Ok(Self {
            mandatory_for: mandatory.map(everywhere),
            ..Self::shared(body, &KINDS[..3])?
        })
    }

    fn shared(body: &mut Object, kinds: &[&str]) -> Result<Self, Problem> {
        let name = body.required_text("name", 1..=256)?;
        if name.trim().is_empty() {
            return Err(Problem::missing("name"));
        }
        Ok(Self {
            name,
            kind: body.choice("certType", kinds)?,
            mandatory_for: None,
            state: body.choice("state", &STATES)?,
            input: None,
        })
    }

    /// A field that is new has to say what it is for.
    pub(super) fn create(self, id: i64) -> Result<Definition, Problem> {
        let kind = self.kind.as_deref();
        let kind = kind.ok_or_else(|| Problem::missing("certType"))?;
        let mut definition = Definition::new(id, &self.name, kind);
        definition.change(self);
        Ok(definition)
    }
}

impl Input {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            options: Vec::new(),
        }
    }

    fn read(mut body: Object) -> Result<Self, Problem> {
        let type_name = body.name("type");
        let name = body.choice("type", &TYPES)?;
        let name = name.ok_or_else(|| Problem::missing(&type_name))?;
        let options = body.optional::<Vec<String>>("options")?;
        let options_name = body.name("options");
        body.finish()?;
        match (name == OPTION, options) {
            (true, None) => Err(Invalid::missing(options_name).into()),
            (true, Some(options)) if options.is_empty() => Err(Problem::missing(&options_name)),
            (false, Some(_)) => Err(Problem::invalid_value(&options_name)),
            (_, options) => Ok(Self {
                name,
                options: options.unwrap_or_default(),
            }),
        }
    }
}

fn everywhere(mandatory: bool) -> Vec<String> {
    let methods = METHODS.iter().filter(|_| mandatory);
    methods.map(|method| (*method).to_owned()).collect()
}

fn set<T>(place: &mut T, wanted: Option<T>) {
    if let Some(wanted) = wanted {
        *place = wanted;
    }
}

/// `yyyy-MM-dd`, and a day that there is.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
