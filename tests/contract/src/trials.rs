use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::document::{Document, Operation, plain};
use crate::exchange::Exchange;
use crate::made_up::{Ingredients, variant_name, variants};
use crate::schema::{Place, Synthesis, kind, places};

/// A secret whose spellings all differ from each other.
const SECRET: &str = "pass \"w\u{f6}rd\"/<1>";

/// Longer texts and lists are not tried.
const LONGEST: i64 = 100_000;

/// The numbers of made-up entries of long lists begin here, above those of all other values.
const ENTRIES: u32 = 5000;

/// A request that is at the edge of what is documented, and what has to come of it.
#[derive(Debug)]
pub(crate) struct Trial {
    /// The input, such as `body.comments`.
    pub(crate) input: String,
    /// What is tried, such as `maxLength`, as in the list of what is not enforced.
    pub(crate) rule: String,
    /// What is sent and answered.
    pub(crate) exchange: Exchange,
    /// What may be sent instead: the default written out.
    pub(crate) alternative: Option<Exchange>,
    /// What has to come of it.
    pub(crate) expected: Expected,
}

/// What has to come of a trial.
#[derive(Debug)]
pub(crate) enum Expected {
    /// It is sent as it stands there.
    Sent,
    /// It is refused before anything is sent.
    Refused,
    /// It is sent, and none of these texts, which the answer holds, is shown.
    Masked(Vec<String>),
}

/// Every limit at its edge and one beyond, every optional input left out, and every secret
/// repeated by the answer.
pub(crate) fn trials(document: &Document, operation: &Operation) -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    for variant in variants(operation) {
        let made_up = Ingredients::new(document, operation, variant, 0);
        let subject = made_up.map(|base| Subject {
            document,
            operation,
            variant,
            base,
        });
        for found in subject.iter().flat_map(Subject::trials) {
            let known = |trial: &Trial| (&trial.input, &trial.rule) == (&found.input, &found.rule);
            if !trials.iter().any(known) {
                trials.push(found);
            }
        }
    }
    trials
}

/// A variant of an operation, with all that it takes.
struct Subject<'d> {
    document: &'d Document,
    operation: &'d Operation,
    variant: &'d Value,
    base: Ingredients<'d>,
}

impl Subject<'_> {
    fn trials(&self) -> Vec<Trial> {
        let places = places(self.document, &self.base.schema(), &self.base.values);
        let inputs = places.iter().filter(|place| self.is_input(place));
        inputs.flat_map(|place| self.trials_of(place)).collect()
    }

    /// What tells a variant apart stays as it is, and so does the body as a whole.
    fn is_input(&self, place: &Place) -> bool {
        let discriminating = self.variant["when"].as_object();
        let narrowed = match self.base.values.get("body") {
            Some(_) => "body.",
            None => "query.",
        };
        let name = place.name.strip_prefix(narrowed).unwrap_or_default();
        let within_place = place.pointer.matches('/').count() > 1;
        (within_place || place.name == "body")
            && !discriminating.is_some_and(|when| when.contains_key(name) && !is_secret(place))
    }

    fn trials_of(&self, place: &Place) -> Vec<Trial> {
        let mut trials = self.limits(place);
        if place.removable && place.name != "body" && !is_required(place) {
            trials.push(self.left_out(place));
        }
        if is_secret(place) {
            trials.push(self.repeated(place));
        }
        trials
    }

    fn limits(&self, place: &Place) -> Vec<Trial> {
        let mut trials = Vec::new();
        for (rule, edge, beyond) in self.bounds(place) {
            let edges = format!("{rule}-edge");
            let fits = allows(&place.schema, &plain(&edge));
            let at_edge = self.trial(place, &edges, &self.with(place, edge), Expected::Sent);
            trials.extend(fits.then_some(at_edge));
            let beyond = beyond.map(|beyond| self.with(place, beyond));
            trials.extend(beyond.map(|base| self.trial(place, rule, &base, Expected::Refused)));
        }
        trials
    }

    /// The limits of a place: a value at the edge, and one beyond where there is one.
    fn bounds(&self, place: &Place) -> Vec<(&'static str, Value, Option<Value>)> {
        let Some(value) = self.base.values.pointer(&place.pointer) else {
            return Vec::new();
        };
        let lower = |rule, sized: &dyn Fn(i64) -> Value| {
            let limit = place.schema[rule].as_i64()?;
            let is_number = sized(limit).is_number();
            let beyond = (is_number || limit > 0).then(|| sized(limit - 1));
            Some((rule, sized(limit), beyond))
        };
        let upper = |rule, sized: &dyn Fn(i64) -> Value| {
            let limit = place.schema[rule].as_i64()?;
            let is_number = sized(0).is_number();
            (is_number || limit <= LONGEST).then(|| (rule, sized(limit), Some(sized(limit + 1))))
        };
        let text = |length| sized_text(&place.schema, value, length);
        let list = |count| self.sized_list(&place.schema, count);
        let found = match kind(&place.schema) {
            "array" => [lower("minItems", &list), upper("maxItems", &list)],
            "integer" | "number" => {
                let number = |number| json!(number);
                [lower("minimum", &number), upper("maximum", &number)]
            }
            _ if value.is_string() => [lower("minLength", &text), upper("maxLength", &text)],
            _ => [None, None],
        };
        found.into_iter().flatten().collect()
    }

    fn sized_list(&self, schema: &Value, count: i64) -> Value {
        let mut synthesis = Synthesis::after(self.document, ENTRIES);
        (0..count)
            .map(|_| synthesis.instance(&schema["items"]))
            .collect()
    }

    /// An input is left out, or its documented default is sent.
    fn left_out(&self, place: &Place) -> Trial {
        let mut trial = self.trial(place, "optional", &self.without(place), Expected::Sent);
        let default = place.schema.get("default").cloned();
        let with_default = default.map(|default| self.with(place, default));
        trial.alternative = with_default.map(|base| base.exchange(&trial.exchange.name));
        trial
    }

    /// A secret is sent, and refused with an answer that repeats it in every spelling.
    fn repeated(&self, place: &Place) -> Trial {
        let secret = secret(&place.schema);
        let forms = spellings(&secret);
        let sent = match place.schema["contentEncoding"].as_str() {
            Some("base64") => STANDARD.encode(&secret),
            _ => secret,
        };
        let refusal = self.refusal(&forms.join(" and "));
        let base = self.with(place, json!(sent));
        let mut trial = self.trial(place, "secret", &base, Expected::Masked(forms));
        trial.exchange.status = 400;
        trial.exchange.body = Some(refusal);
        trial.exchange.headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        trial
    }

    /// A refusal in the vendor's form, whose texts all are `text`.
    fn refusal(&self, text: &str) -> Value {
        let schema = self
            .operation
            .refusal
            .as_ref()
            .filter(|body| body.is_json());
        let Some(schema) = schema.map(|body| &body.schema) else {
            return json!(text);
        };
        let mut refusal = Synthesis::new(self.document, 0).instance(schema);
        for place in places(self.document, schema, &refusal.clone()) {
            let member = refusal
                .pointer_mut(&place.pointer)
                .filter(|member| member.is_string());
            if let Some(member) = member {
                *member = json!(text);
            }
        }
        refusal
    }

    fn trial(
        &self,
        place: &Place,
        rule: &str,
        base: &Ingredients<'_>,
        expected: Expected,
    ) -> Trial {
        let variant = variant_name(self.variant);
        let name = format!("{variant}: {} of {}", rule, place.name);
        Trial {
            input: place.name.clone(),
            rule: rule.to_owned(),
            exchange: base.exchange(&name),
            alternative: None,
            expected,
        }
    }

    fn with(&self, place: &Place, value: Value) -> Ingredients<'_> {
        let mut base = self.base.clone();
        if let Some(member) = base.values.pointer_mut(&place.pointer) {
            *member = value;
        }
        base
    }

    fn without(&self, place: &Place) -> Ingredients<'_> {
        let mut base = self.base.clone();
        let (holder, name) = place.pointer.rsplit_once('/').unwrap_or_default();
        let holder = base
            .values
            .pointer_mut(holder)
            .and_then(Value::as_object_mut);
        holder.and_then(|members: &mut Map<_, _>| members.remove(name));
        base
    }
}

/// Required by the schema, by the vendor's prose, or by other inputs.
fn is_required(place: &Place) -> bool {
    let marked = |mark| place.schema.get(mark).is_some();
    place.required || marked("x-required-by") || marked("x-required-if")
}

fn is_secret(place: &Place) -> bool {
    place.schema["x-secret"].as_bool().unwrap_or(false)
}

/// A text of so many characters, as like the made-up one as it can be.
fn sized_text(schema: &Value, like: &Value, length: i64) -> Value {
    let length = usize::try_from(length).unwrap_or_default();
    let like: Vec<char> = like.as_str().unwrap_or_default().chars().collect();
    let padding = if allows(schema, "a") { 'a' } else { '1' };
    let missing = length.saturating_sub(like.len());
    let padded = std::iter::repeat_n(padding, missing);
    let kept = like[like.len() - (length - missing)..].iter().copied();
    Value::String(padded.chain(kept).collect())
}

fn allows(schema: &Value, text: &str) -> bool {
    let pattern = json!({ "pattern": schema["pattern"].as_str().unwrap_or_default() });
    jsonschema::is_valid(&pattern, &json!(text))
}

/// A secret within the limits of its schema.
fn secret(schema: &Value) -> String {
    let longest = schema["maxLength"].as_u64();
    let longest = longest.and_then(|length| usize::try_from(length).ok());
    SECRET.chars().take(longest.unwrap_or(usize::MAX)).collect()
}

/// How an answer may repeat a text: as it is, in JSON, percent-encoded, in base64.
fn spellings(text: &str) -> Vec<String> {
    let json = Value::from(text).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let percent = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    vec![text.to_owned(), json, percent, STANDARD.encode(text)]
}
