use serde_json::Value;

use super::rust::Rust;

/// Everything that is drafted for an area.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) area: String,
    /// The name of the accessor, such as `organizations`.
    pub(crate) accessor: String,
    pub(crate) methods: Vec<Method>,
    pub(crate) requests: Vec<Object>,
    pub(crate) answers: Vec<Object>,
    pub(crate) enumerations: Vec<Enumeration>,
    pub(crate) ids: Vec<IdType>,
    /// What a person has to see to.
    pub(crate) notes: Vec<String>,
}

/// A struct.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) fields: Vec<Field>,
    /// The field by which a list tells its rows apart.
    pub(crate) row: Option<String>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Its name in Rust.
    pub(crate) name: String,
    /// Its name on the wire.
    pub(crate) wire: String,
    pub(crate) doc: String,
    pub(crate) rust: Rust,
    /// In a request, an argument of `new`; in an answer, what has to be there.
    pub(crate) required: bool,
    /// Whether an update can empty it.
    pub(crate) empties: bool,
    pub(crate) schema: Value,
}

/// An open enumeration.
#[derive(Debug, Clone)]
pub(crate) struct Enumeration {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// Variants, with their texts on the wire.
    pub(crate) variants: Vec<(String, String)>,
}

/// A type that names things of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdType {
    pub(crate) name: String,
    pub(crate) is_text: bool,
}

/// A method of the handle.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) name: String,
    pub(crate) op: String,
    pub(crate) http: String,
    pub(crate) path: String,
    pub(crate) doc: String,
    /// What `operations!` adds where it takes other credentials.
    pub(crate) sign_in: &'static str,
    /// Query that is part of the call itself.
    pub(crate) fixed_query: Vec<(String, String)>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) reply: Reply,
}

/// What a method takes.
#[derive(Debug)]
pub(crate) enum Argument {
    /// A segment of the path.
    Path {
        name: String,
        wire: String,
        rust: Rust,
    },
    /// The query parameters, a struct.
    Query(String),
    /// The JSON body, a struct.
    Body(String),
    /// The JSON body, a list.
    Entries(Rust),
    /// A part of a form.
    Part(String),
}

/// What a method returns.
#[derive(Debug)]
pub(crate) enum Reply {
    Json(Rust),
    Pages(Rust),
    Total,
    Created(Rust),
    File,
    Empty,
}
