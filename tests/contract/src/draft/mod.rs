//! Drafts descriptions of areas from operation lists.

mod area;
mod code;
mod compare;
mod components;
mod counts;
mod exchanges;
mod limits;
mod names;
mod nodes;
mod operations;
mod schemas;
mod source;
mod types;

use std::collections::BTreeMap;

use self::area::Drafting;
pub use self::code::{Code, deviations};
pub use self::compare::changes;
pub use self::counts::Counts;
use self::source::OperationList;
use crate::bundle::Bundle;
use crate::document::Document;
use crate::samples::area_sample_errors;
use crate::tree::Tree;

/// Areas whose name is not that of their section.
const AREAS: [(&str, &str); 18] = [
    ("admin", "administrators"),
    ("admin-template", "administrator_templates"),
    ("agent", "agents"),
    ("azure", "azure_accounts"),
    ("brand-indicator", "brand_indicators"),
    ("ca-backend", "ca_backends"),
    ("connector", "dns_connectors"),
    ("cscert", "code_signing"),
    ("csod", "code_signing_requests"),
    ("custom-field", "custom_fields"),
    ("dcv", "domain_validations"),
    ("domain", "domains"),
    ("endpoint", "endpoints"),
    ("notification", "notifications"),
    ("org-validation", "organization_validations"),
    ("organization", "organizations"),
    ("person", "persons"),
    ("profile", "profiles"),
];

/// What a draft is made from.
#[derive(Debug, Default)]
pub struct Order {
    /// The text of an operation list.
    pub list: String,
    /// Enumerations by name, for rows that leave their values out.
    pub values: BTreeMap<String, Vec<Tree>>,
    /// The area, where it is not called after the section.
    pub area: Option<String>,
    /// The beginning of operation ids, and what it becomes.
    pub rename: Option<(String, String)>,
}

/// A drafted `openapi/<area>.json`.
#[derive(Debug)]
pub struct Draft {
    /// The area's name.
    pub area: String,
    /// The file.
    pub file: Tree,
    /// What went in, and what came out.
    pub counts: Counts,
    /// What a person has to see to.
    pub notes: Vec<String>,
}

impl Draft {
    /// Drafts the file of an area that stands beside the files of `bundle`.
    ///
    /// # Errors
    ///
    /// What the list says that cannot be read, is missing in the draft, or breaks it.
    pub fn new(order: &Order, bundle: &Bundle) -> Result<Self, Vec<String>> {
        let list = OperationList::parse(&order.list).map_err(|error| vec![error])?;
        let area = order.area.clone().unwrap_or_else(|| area_of(&list.section));
        let drafting = || Drafting::new(&area, &list, bundle, &order.values, order.rename.clone());
        let (file, notes) = drafting().write();
        let whole = bundle
            .with(&area, file.clone())
            .document()
            .map_err(|error| vec![error])?;
        let document = Document::new(whole.to_value());
        let counts = counts::counts(&list, &drafting(), &document);
        let mut failures = counts.missing.clone();
        failures.extend(area_sample_errors(&document, &area));
        match failures.is_empty() {
            true => Ok(Self {
                area,
                file,
                counts,
                notes,
            }),
            false => Err(failures),
        }
    }
}

/// Reads enumerations: `{"enums": {"name": {"values": [{"value": ...}]}}}`.
///
/// # Errors
///
/// Where the text is none.
pub fn read_values(text: &str) -> Result<BTreeMap<String, Vec<Tree>>, String> {
    let tree = Tree::parse(text)?;
    let enumerations = tree
        .get("enums")
        .and_then(Tree::members)
        .ok_or("there is no `enums`")?;
    let values = |entry: &Tree| {
        let listed = entry.get("values").map_or(&[][..], Tree::entries);
        listed
            .iter()
            .filter_map(|listed| listed.get("value").cloned())
            .collect()
    };
    Ok(enumerations
        .iter()
        .map(|(name, entry)| (name.clone(), values(entry)))
        .collect())
}

/// The area of a section.
fn area_of(section: &str) -> String {
    let named = AREAS.iter().find(|(known, _)| *known == section);
    let named = named.map(|(_, area)| (*area).to_owned());
    named.unwrap_or_else(|| match section {
        "report" => "reports".to_owned(),
        section => section.replace('-', "_"),
    })
}
