use indexmap::IndexMap;
use serde::Deserialize;

use crate::tree::Tree;

/// An operation list: what a vendor's reference says about one section of its API.
///
/// A member that is not known here is an error, so that no fact is passed over in silence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationList {
    pub(crate) section: String,
    pub(crate) title: String,
    pub(crate) operations: Vec<Source>,
}

/// One operation of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) id: String,
    #[serde(rename = "section")]
    _section: String,
    pub(crate) group: String,
    pub(crate) title: String,
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) deprecated: bool,
    pub(crate) replaced_by: Option<String>,
    #[serde(default)]
    pub(crate) auth: Vec<String>,
    #[serde(default)]
    pub(crate) notes: Vec<String>,
    #[serde(default)]
    pub(crate) fixed_query: IndexMap<String, String>,
    /// Outside the base URL.
    #[serde(default)]
    pub(crate) external: bool,
    /// The reference has its title and nothing else.
    #[serde(default)]
    pub(crate) title_only: bool,
    #[serde(default)]
    pub(crate) path_params: Vec<Row>,
    #[serde(default)]
    pub(crate) query_params: Vec<Row>,
    #[serde(default, rename = "request_headers")]
    _request_headers: Vec<Tree>,
    pub(crate) request_content_type: Option<String>,
    #[serde(rename = "request_body")]
    _request_body: Option<String>,
    #[serde(default)]
    pub(crate) request_parts: Vec<PartRow>,
    #[serde(default)]
    pub(crate) request_fields: Vec<Row>,
    pub(crate) response_status: Option<u16>,
    pub(crate) response_reason: Option<String>,
    #[serde(default)]
    pub(crate) response_headers: Vec<HeaderRow>,
    pub(crate) response_content_type: Option<String>,
    /// `object`, `array`, `file`, `csv` or `none`.
    pub(crate) response_body: Option<String>,
    #[serde(default)]
    pub(crate) response_fields: Vec<Row>,
    pub(crate) pagination: Option<Tree>,
    #[serde(default)]
    pub(crate) variants: Vec<VariantRows>,
    #[serde(default)]
    pub(crate) unresolved: Vec<Unresolved>,
    #[serde(default, rename = "openapi")]
    _openapi: Option<Tree>,
    #[serde(default)]
    pub(crate) examples: Vec<Example>,
}

/// A row of a table: a field, or a parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    #[serde(alias = "name")]
    pub(crate) path: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) items: Option<String>,
    pub(crate) required: Option<Required>,
    pub(crate) required_source: Option<String>,
    pub(crate) condition: Option<String>,
    /// The vendor's words, which are not taken over.
    #[serde(rename = "description")]
    _description: String,
    #[serde(default)]
    pub(crate) constraints: Constraints,
    pub(crate) values: Option<Vec<Tree>>,
    #[serde(default, rename = "value_notes")]
    _value_notes: IndexMap<String, Tree>,
    #[serde(default)]
    pub(crate) deprecated_values: Vec<Tree>,
    #[serde(default)]
    pub(crate) values_seen_outside_list: Vec<Tree>,
    #[serde(default)]
    pub(crate) values_vary_by_variant: bool,
    pub(crate) default: Option<Tree>,
    #[serde(rename = "enum")]
    pub(crate) enumeration: Option<String>,
    pub(crate) source: String,
    #[serde(default, rename = "openapi")]
    pub(crate) hint: IndexMap<String, Tree>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    pub(crate) use_instead: Option<String>,
    #[serde(rename = "as_printed")]
    _as_printed: Option<String>,
    pub(crate) in_example: Option<bool>,
    pub(crate) format: Option<String>,
    pub(crate) format_in_example: Option<String>,
    pub(crate) optional: Option<bool>,
    #[serde(default)]
    pub(crate) nullable: bool,
    /// What the keys and values of an object are, where keys are data.
    pub(crate) map: Option<String>,
    /// The titles of the variants that have it.
    #[serde(default)]
    pub(crate) variants: Vec<String>,
    pub(crate) type_source: Option<String>,
    pub(crate) type_printed: Option<String>,
    pub(crate) why: Option<String>,
    /// How a list is sent.
    pub(crate) repeat: Option<String>,
    /// What a filter can name.
    #[serde(default)]
    pub(crate) fields: Vec<Tree>,
    /// Whether samples lack it.
    #[serde(skip)]
    pub(crate) unseen: bool,
}

/// `true`, `false`, `"conditional"` or `"by variant"`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Required {
    Always(bool),
    Sometimes(String),
}

/// The limits of a row.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Constraints {
    pub(crate) not_empty: bool,
    #[serde(rename = "not_null")]
    _not_null: bool,
    pub(crate) not_blank: bool,
    pub(crate) null_or_not_blank: bool,
    pub(crate) null_or_not_empty: bool,
    pub(crate) max_length: Option<i64>,
    pub(crate) size_min: Option<i64>,
    pub(crate) size_max: Option<i64>,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) note: Option<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) pattern_source: Option<String>,
    #[serde(rename = "pattern_printed")]
    _pattern_printed: Option<String>,
    pub(crate) pattern_lost: bool,
    pub(crate) optional: bool,
    pub(crate) format: Option<String>,
    pub(crate) past: bool,
}

/// A part of a form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartRow {
    pub(crate) name: String,
    #[serde(rename = "description")]
    _description: String,
    pub(crate) source: String,
}

/// A header of an answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeaderRow {
    pub(crate) name: String,
    #[serde(rename = "description")]
    _description: String,
    pub(crate) source: String,
}

/// One of several requests, or answers, under one method and path.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VariantRows {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) told_by: IndexMap<String, Tree>,
    /// Its own table.
    pub(crate) request_fields: Option<Vec<Row>>,
    /// Which rows of the operation's table it answers with.
    pub(crate) response_fields: Option<Vec<String>>,
}

/// A row whose name no source tells.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unresolved {
    pub(crate) kind: String,
    pub(crate) parent: String,
    #[serde(rename = "description")]
    _description: String,
    #[serde(rename = "why")]
    _why: String,
}

/// A sample.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    pub(crate) variant: Option<String>,
    pub(crate) request: Option<Asked>,
    pub(crate) response: Answered,
}

/// The request of a sample.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: Option<String>,
    /// The whole address, where it is outside the base URL.
    pub(crate) url: Option<String>,
    #[serde(default)]
    pub(crate) query: Vec<Tree>,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, Tree>,
    /// Parts as `name=@file;type=media/type`.
    #[serde(default)]
    pub(crate) form: Vec<String>,
    pub(crate) body: Option<Tree>,
}

/// The answer of a sample.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, Tree>,
    pub(crate) body: Option<Tree>,
}

impl OperationList {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// Where it is none, and which member of it is not known.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("no operation list: {error}"))
    }
}

impl Row {
    /// The row of something else in its place, of which nothing but the type is known.
    pub(crate) fn of_kind(&self, kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            map: None,
            hint: IndexMap::new(),
            ..self.clone()
        }
    }

    /// The row, which names its variants so.
    pub(crate) fn in_variants(&self, names: impl Iterator<Item = String>) -> Self {
        Self {
            variants: names.collect(),
            ..self.clone()
        }
    }

    /// The row under another name.
    pub(crate) fn called(&self, name: &str) -> Self {
        Self {
            path: name.to_owned(),
            ..self.clone()
        }
    }

    /// Required by every table.
    pub(crate) fn is_required(&self) -> bool {
        let said = self.required == Some(Required::Always(true));
        said && self.variants.is_empty() && !self.unseen
    }

    /// The row of a query parameter, which knows whether samples have it.
    fn seen_in(&self, examples: &[Example]) -> Self {
        let asked = examples
            .iter()
            .filter_map(|example| example.request.as_ref());
        let names = |asked: &Asked| {
            let pairs = asked.query.iter().filter_map(|pair| pair.entries().first());
            pairs.filter_map(Tree::as_str).any(|name| name == self.path)
        };
        Self {
            unseen: asked.clone().any(|asked| !names(asked)),
            ..self.clone()
        }
    }

    /// Required wherever the field that holds it is there.
    pub(crate) fn is_required_in(&self, holder: Option<&Self>) -> bool {
        let variants = holder.map_or(&[][..], |holder| &holder.variants);
        let everywhere = self.variants.is_empty() || self.variants == variants;
        self.required == Some(Required::Always(true)) && everywhere
    }

    /// What the hint says, as text.
    pub(crate) fn hinted(&self, name: &str) -> Option<&str> {
        self.hint.get(name).and_then(Tree::as_str)
    }
}

impl Source {
    /// The query parameters, those left out that are part of the call itself.
    pub(crate) fn query_rows(&self) -> Vec<Row> {
        let own = self.query_params.iter();
        let own = own.filter(|row| !self.fixed_query.contains_key(&row.path));
        own.map(|row| row.seen_in(&self.examples)).collect()
    }

    /// The rows of both tables, those of variants included.
    pub(crate) fn all_rows(&self) -> impl Iterator<Item = &Row> {
        let variants = self
            .variants
            .iter()
            .flat_map(|variant| variant.request_fields.iter().flatten());
        let own = self.request_fields.iter().chain(&self.response_fields);
        let parameters = self.path_params.iter().chain(&self.query_params);
        own.chain(parameters).chain(variants)
    }
}
