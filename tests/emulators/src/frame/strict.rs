use std::{fmt, ops::RangeBounds};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// What is wrong with one part of a request, and where.
///
/// Each vendor turns it into its own status, code and words.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Invalid {
    /// In which part of the request.
    pub part: Part,
    /// The field or parameter, `customFields[0].name`; empty for the body as a whole.
    pub field: String,
    /// What is wrong.
    pub flaw: Flaw,
}

/// The parts of a request that are read strictly.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// An argument in the path.
    Path,
    /// The query string.
    Query,
    /// The body.
    Body,
}

/// The kinds of mistakes in a request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Flaw {
    /// The body (or query string) cannot be read at all.
    Malformed(String),
    /// A required field is absent, null or, for text with a least length, empty.
    Missing,
    /// The vendor documents no such field or parameter.
    Unknown,
    /// The value has another JSON type than the named one.
    Type(&'static str),
    /// The value has the right type and is not allowed.
    Value(String),
}

impl Invalid {
    /// A complaint about one field of the body.
    pub fn new(field: impl Into<String>, flaw: Flaw) -> Self {
        let field = field.into();
        let part = Part::Body;
        Self { part, field, flaw }
    }

    /// A complaint that a value in the body is not allowed.
    pub fn value(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(field, Flaw::Value(why.into()))
    }

    /// A complaint that a required field of the body is missing.
    pub fn missing(field: impl Into<String>) -> Self {
        Self::new(field, Flaw::Missing)
    }

    /// The same complaint about another part of the request.
    pub fn about(mut self, part: Part) -> Self {
        self.part = part;
        self
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = &self.field;
        match &self.flaw {
            Flaw::Malformed(why) => write!(f, "the request cannot be read: {why}"),
            Flaw::Missing => write!(f, "{field} is required but missing"),
            Flaw::Unknown => write!(f, "{field} is not known"),
            Flaw::Type(expected) => write!(f, "{field} is not {expected}"),
            Flaw::Value(why) => write!(f, "{field} {why}"),
        }
    }
}

impl std::error::Error for Invalid {}

/// A JSON type that a field can have.
pub trait Field: Sized {
    /// The type in words, with its article.
    const EXPECTED: &'static str;

    /// Reads a value that is not null; `field` names it in complaints.
    ///
    /// # Errors
    ///
    /// When the value, or something inside it, has another type.
    fn read(value: Value, field: &str) -> Result<Self, Invalid>;
}

impl Field for String {
    const EXPECTED: &'static str = "a string";

    fn read(value: Value, field: &str) -> Result<Self, Invalid> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(wrong_type::<Self>(field)),
        }
    }
}

impl Field for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn read(value: Value, field: &str) -> Result<Self, Invalid> {
        value.as_i64().ok_or_else(|| wrong_type::<Self>(field))
    }
}

impl Field for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(value: Value, field: &str) -> Result<Self, Invalid> {
        value.as_bool().ok_or_else(|| wrong_type::<Self>(field))
    }
}

impl Field for Map<String, Value> {
    const EXPECTED: &'static str = "an object";

    fn read(value: Value, field: &str) -> Result<Self, Invalid> {
        match value {
            Value::Object(map) => Ok(map),
            _ => Err(wrong_type::<Self>(field)),
        }
    }
}

impl<T: Field> Field for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn read(value: Value, field: &str) -> Result<Self, Invalid> {
        let Value::Array(items) = value else {
            return Err(wrong_type::<Self>(field));
        };
        let read = |(index, item)| T::read(item, &format!("{field}[{index}]"));
        items.into_iter().enumerate().map(read).collect()
    }
}

/// A JSON object that is taken apart field by field; what is left over at the end is unknown.
#[derive(Clone, Debug)]
pub struct Object {
    fields: Map<String, Value>,
    path: String,
}

impl Object {
    /// Reads a body that is one JSON object.
    ///
    /// # Errors
    ///
    /// [`Flaw::Malformed`] when it is not JSON, [`Flaw::Type`] when it is not an object.
    pub fn parse(body: &[u8]) -> Result<Self, Invalid> {
        Self::read(parse_json(body)?, "")
    }

    /// Reads a body that is an array of JSON objects.
    ///
    /// # Errors
    ///
    /// As [`Object::parse`].
    pub fn parse_array(body: &[u8]) -> Result<Vec<Self>, Invalid> {
        Vec::read(parse_json(body)?, "")
    }

    /// Takes an optional field; absent and null are `None`.
    ///
    /// # Errors
    ///
    /// When it has another type.
    pub fn optional<T: Field>(&mut self, name: &str) -> Result<Option<T>, Invalid> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => T::read(value, &self.name(name)).map(Some),
        }
    }

    /// Takes a required field.
    ///
    /// # Errors
    ///
    /// When it is absent or null, or has another type.
    pub fn required<T: Field>(&mut self, name: &str) -> Result<T, Invalid> {
        let value = self.optional(name)?;
        value.ok_or_else(|| Invalid::missing(self.name(name)))
    }

    /// Takes optional text whose number of characters lies in a range.
    ///
    /// # Errors
    ///
    /// When it has another type or length.
    pub fn text(
        &mut self,
        name: &str,
        length: impl RangeBounds<usize>,
    ) -> Result<Option<String>, Invalid> {
        let text: Option<String> = self.optional(name)?;
        if text
            .as_ref()
            .is_some_and(|text| !length.contains(&text.chars().count()))
        {
            return Err(Invalid::value(
                self.name(name),
                "has a length that is not allowed",
            ));
        }
        Ok(text)
    }

    /// Takes required text whose number of characters lies in a range; empty text is missing
    /// where the range excludes it.
    ///
    /// # Errors
    ///
    /// When it is absent, or has another type or length.
    pub fn required_text(
        &mut self,
        name: &str,
        length: impl RangeBounds<usize>,
    ) -> Result<String, Invalid> {
        if self.fields.get(name).and_then(Value::as_str) == Some("") && !length.contains(&0) {
            return Err(Invalid::missing(self.name(name)));
        }
        let text = self.text(name, length)?;
        text.ok_or_else(|| Invalid::missing(self.name(name)))
    }

    /// Takes an optional whole number in a range.
    ///
    /// # Errors
    ///
    /// When it has another type or lies outside.
    pub fn integer(
        &mut self,
        name: &str,
        range: impl RangeBounds<i64>,
    ) -> Result<Option<i64>, Invalid> {
        let number: Option<i64> = self.optional(name)?;
        if number.is_some_and(|number| !range.contains(&number)) {
            return Err(Invalid::value(self.name(name), "is out of range"));
        }
        Ok(number)
    }

    /// Takes a required whole number in a range.
    ///
    /// # Errors
    ///
    /// When it is absent, has another type or lies outside.
    pub fn required_integer(
        &mut self,
        name: &str,
        range: impl RangeBounds<i64>,
    ) -> Result<i64, Invalid> {
        let number = self.integer(name, range)?;
        number.ok_or_else(|| Invalid::missing(self.name(name)))
    }

    /// Takes optional text that is one of a closed set.
    ///
    /// # Errors
    ///
    /// When it has another type or is none of the set.
    pub fn choice(&mut self, name: &str, values: &[&str]) -> Result<Option<String>, Invalid> {
        let text: Option<String> = self.optional(name)?;
        if text.as_deref().is_some_and(|text| !values.contains(&text)) {
            return Err(Invalid::value(
                self.name(name),
                "is not one of the documented values",
            ));
        }
        Ok(text)
    }

    /// Whether the field is present, null included.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The field's full name, from the root of the body.
    pub fn name(&self, field: &str) -> String {
        match self.path.as_str() {
            "" => field.to_owned(),
            path => format!("{path}.{field}"),
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// [`Flaw::Unknown`] for the first field that nobody took.
    pub fn finish(self) -> Result<(), Invalid> {
        match self.fields.keys().next() {
            Some(unknown) => Err(Invalid::new(self.name(unknown), Flaw::Unknown)),
            None => Ok(()),
        }
    }
}

impl Field for Object {
    const EXPECTED: &'static str = "an object";

    fn read(value: Value, field: &str) -> Result<Self, Invalid> {
        let fields = Map::read(value, field)?;
        let path = field.to_owned();
        Ok(Self { fields, path })
    }
}

/// A query string that is taken apart parameter by parameter; the rest is unknown.
#[derive(Clone, Debug)]
pub struct Query {
    parameters: Vec<(String, String)>,
}

impl Query {
    /// Reads a query string (or a form body), plus signs as spaces.
    ///
    /// # Errors
    ///
    /// [`Flaw::Malformed`] when a percent sequence is not UTF-8.
    pub fn parse(query: Option<&str>) -> Result<Self, Invalid> {
        let pairs = query
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty());
        let parameters = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        });
        let parameters = parameters.collect::<Result<_, Invalid>>()?;
        Ok(Self { parameters })
    }

    /// Takes a parameter that may be given once.
    ///
    /// # Errors
    ///
    /// When it is given twice.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Invalid> {
        let mut values = self.all(name);
        if values.len() > 1 {
            return Err(Invalid::value(name, "is given more than once").about(Part::Query));
        }
        Ok(values.pop())
    }

    /// Takes every value of a parameter that may be repeated.
    pub fn all(&mut self, name: &str) -> Vec<String> {
        self.parameters
            .extract_if(.., |(known, _)| known == name)
            .map(|(_, value)| value)
            .collect()
    }

    /// The names of the parameters that nobody has taken yet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(|(name, _)| name.as_str())
    }

    /// Takes a parameter that is a whole number in a range.
    ///
    /// # Errors
    ///
    /// When it is given twice, is no number or lies outside.
    pub fn integer(
        &mut self,
        name: &str,
        range: impl RangeBounds<i64>,
    ) -> Result<Option<i64>, Invalid> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            Ok(_) => Err(Invalid::value(name, "is out of range").about(Part::Query)),
            Err(_) => {
                let flaw = Flaw::Type(i64::EXPECTED);
                Err(Invalid::new(name, flaw).about(Part::Query))
            }
        }
    }

    /// Takes a parameter that is one of a closed set.
    ///
    /// # Errors
    ///
    /// When it is given twice or is none of the set.
    pub fn choice(&mut self, name: &str, values: &[&str]) -> Result<Option<String>, Invalid> {
        let text = self.text(name)?;
        if text.as_deref().is_some_and(|text| !values.contains(&text)) {
            return Err(
                Invalid::value(name, "is not one of the documented values").about(Part::Query)
            );
        }
        Ok(text)
    }

    /// Takes a parameter that has to be given, once.
    ///
    /// # Errors
    ///
    /// When it is absent, or given twice.
    pub fn required(&mut self, name: &str) -> Result<String, Invalid> {
        let text = self.text(name)?;
        text.ok_or_else(|| Invalid::missing(name).about(Part::Query))
    }

    /// Every parameter that nobody took yet, in order.
    pub fn pairs(self) -> impl Iterator<Item = (String, String)> {
        self.parameters.into_iter()
    }

    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// [`Flaw::Unknown`] for the first parameter that nobody took.
    pub fn finish(self) -> Result<(), Invalid> {
        match self.parameters.into_iter().next() {
            Some((unknown, _)) => Err(Invalid::new(unknown, Flaw::Unknown).about(Part::Query)),
            None => Ok(()),
        }
    }
}

fn wrong_type<T: Field>(field: &str) -> Invalid {
    Invalid::new(field, Flaw::Type(T::EXPECTED))
}

fn parse_json(body: &[u8]) -> Result<Value, Invalid> {
    serde_json::from_slice(body)
        .map_err(|error| Invalid::new("", Flaw::Malformed(error.to_string())))
}

fn decode(text: &str) -> Result<String, Invalid> {
    let spaced = text.replace('+', " ");
    match percent_decode_str(&spaced).decode_utf8() {
        Ok(decoded) => Ok(decoded.into_owned()),
        Err(error) => {
            let flaw = Flaw::Malformed(error.to_string());
            Err(Invalid::new("", flaw).about(Part::Query))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Object {
        Object::parse(text.as_bytes()).expect("an object")
    }

    #[test]
    fn absent_and_null_are_the_same_for_optional_fields() {
        let mut object = object(r#"{"a": null, "c": 1}"#);
        assert_eq!(object.optional::<String>("a"), Ok(None));
        assert_eq!(object.optional::<String>("b"), Ok(None));
        assert_eq!(object.required("c"), Ok(1));
        assert_eq!(object.finish(), Ok(()));
    }

    #[test]
    fn what_is_left_over_is_unknown() {
        let mut outer = object(r#"{"a": [{"b": 1, "c": 2}]}"#);
        let mut inner: Vec<Object> = outer.required("a").expect("an array");
        let mut inner = inner.remove(0);
        assert_eq!(inner.required("b"), Ok(1));
        assert_eq!(inner.finish(), Err(Invalid::new("a[0].c", Flaw::Unknown)));
    }

    #[test]
    fn types_are_not_converted() {
        let mut object = object(r#"{"a": "1", "b": 1.5, "c": {}, "d": ["x", 2]}"#);
        let whole = Flaw::Type("a whole number");
        assert_eq!(
            object.required::<i64>("a"),
            Err(Invalid::new("a", whole.clone()))
        );
        assert_eq!(object.required::<i64>("b"), Err(Invalid::new("b", whole)));
        let text = Flaw::Type("a string");
        assert_eq!(
            object.required::<String>("c"),
            Err(Invalid::new("c", text.clone()))
        );
        assert_eq!(
            object.required::<Vec<String>>("d"),
            Err(Invalid::new("d[1]", text))
        );
    }

    #[test]
    fn lengths_ranges_and_choices_hold() {
        let mut object = object(r#"{"a": "", "b": "", "c": "\u00e4\u00f6", "d": 9, "e": "x"}"#);
        assert_eq!(object.required_text("a", 1..), Err(Invalid::missing("a")));
        assert_eq!(object.required_text("b", 0..), Ok(String::new()));
        assert!(object.clone().text("c", 3..).is_err());
        assert_eq!(object.text("c", ..=2), Ok(Some("\u{e4}\u{f6}".to_owned())));
        assert!(object.clone().integer("d", 1..9).is_err());
        assert_eq!(object.integer("d", 1..=9), Ok(Some(9)));
        assert!(object.clone().choice("e", &["X"]).is_err());
        assert_eq!(object.choice("e", &["x"]), Ok(Some("x".to_owned())));
    }

    #[test]
    fn other_bodies_are_refused() {
        let flaw = |body: &str| Object::parse(body.as_bytes()).expect_err("refused").flaw;
        assert!(matches!(flaw(""), Flaw::Malformed(_)));
        assert!(matches!(flaw("{} x"), Flaw::Malformed(_)));
        assert_eq!(flaw("[]"), Flaw::Type("an object"));
        assert!(Object::parse_array(b"[{}, 1]").is_err());
    }

    #[test]
    fn queries_are_decoded_and_read_to_the_end() {
        let mut query = Query::parse(Some("a=x+y%26z&n=7&r=1&r=2&n2=q&t=1&t=2")).expect("a query");
        assert_eq!(query.text("a"), Ok(Some("x y&z".to_owned())));
        assert_eq!(query.integer("n", 0..), Ok(Some(7)));
        assert_eq!(query.all("r"), ["1", "2"]);
        assert!(query.integer("n2", 0..).is_err());
        assert!(query.text("t").is_err());
        assert_eq!(query.clone().finish(), Ok(()));
        let left = Query::parse(Some("size=1")).expect("a query").finish();
        assert_eq!(
            left,
            Err(Invalid::new("size", Flaw::Unknown).about(Part::Query))
        );
    }
}
