//! Drafts the code of an area from its description.

mod build;
mod cases;
mod compare;
mod facts;
mod handle;
mod known;
mod macros;
mod model;
mod rust;
mod structs;

use std::path::Path;

use self::build::Building;
pub use self::compare::deviations;
use self::known::KnownTypes;
use self::model::Model;
use crate::bundle::{Bundle, workspace};
use crate::document::Document;

/// The drafted code of an area.
#[derive(Debug)]
pub struct Code {
    /// File names below the output folder, and what is in them.
    pub files: Vec<(String, String)>,
    /// What a person has to see to.
    pub notes: Vec<String>,
}

impl Code {
    /// Drafts the code of an area that `bundle` describes; types that `package` has outside the
    /// area are used, all others are drafted.
    ///
    /// # Errors
    ///
    /// When the bundle makes no document, or has no such area.
    pub fn new(package: &str, area: &str, bundle: &Bundle) -> Result<Self, String> {
        let tree = bundle.document()?;
        let document = Document::new(tree.to_value());
        if !document.areas().iter().any(|known| known == area) {
            return Err(format!("there is no openapi/{area}.json"));
        }
        let known = KnownTypes::read(&workspace().join(package), area);
        let own = own_schemas(bundle, area);
        let model = Building::new(area, &document, &tree, &known, own).build();
        Ok(Self {
            files: files(&model, package, &known),
            notes: model.notes,
        })
    }

    /// Writes the files below a folder.
    ///
    /// # Errors
    ///
    /// Names the file that cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        for (name, text) in &self.files {
            let file = folder.join(name);
            let told = |error| format!("{}: {error}", file.display());
            std::fs::create_dir_all(file.parent().unwrap_or(folder)).map_err(told)?;
            std::fs::write(&file, text).map_err(told)?;
        }
        Ok(())
    }
}

fn own_schemas(bundle: &Bundle, area: &str) -> Vec<String> {
    let file = bundle.files().find(|(name, _)| *name == area);
    let schemas = file.and_then(|(_, file)| file.get("components")?.get("schemas")?.members());
    schemas
        .into_iter()
        .flat_map(|members| members.keys().cloned())
        .collect()
}

fn files(model: &Model, package: &str, known: &KnownTypes) -> Vec<(String, String)> {
    let area = &model.area;
    let own = |name: &str| own_module(model, name);
    let beside = |name: &str| match own(name) {
        Some(module) => Some(format!("super::{module}::{name}")),
        None => known.path(name).map(str::to_owned),
    };
    // A file does not import what it declares.
    let apart = |module: &'static str| {
        move |name: &str| match own_module(model, name) {
            Some(own) if own == module => None,
            _ => beside(name),
        }
    };
    let in_area = |name: &str| match own(name) {
        Some(_) => None,
        None => known.path(name).map(str::to_owned),
    };
    let outside = |name: &str| match own(name) {
        Some(_) => Some(format!("crate::{area}::{name}")),
        None => known.path(name).map(str::to_owned),
    };
    let mut files = vec![
        (format!("{area}/mod.rs"), handle::handle(model, &in_area)),
        (format!("{area}/operations.rs"), handle::operations(model)),
        (
            format!("contract/{area}.rs"),
            cases::cases(model, package, &outside),
        ),
        (format!("routes/{area}.rs"), handle::routes(model)),
    ];
    if !model.requests.is_empty() {
        let requests = structs::requests(model, &apart("requests"));
        files.push((format!("{area}/requests.rs"), requests));
    }
    if !model.answers.is_empty() || !model.enumerations.is_empty() {
        let answers = structs::answers(model, &apart("answers"));
        files.push((format!("{area}/answers.rs"), answers));
    }
    if !model.ids.is_empty() {
        files.push((format!("{area}/ids.rs"), structs::ids(model)));
    }
    files
}

/// The drafted file that declares a type.
fn own_module(model: &Model, name: &str) -> Option<&'static str> {
    let answers = model.answers.iter().any(|object| object.name == name)
        || model.enumerations.iter().any(|known| known.name == name);
    let requests = model.requests.iter().any(|object| object.name == name);
    let ids = model.ids.iter().any(|id| id.name == name);
    match (requests, answers, ids) {
        (true, _, _) => Some("requests"),
        (_, true, _) => Some("answers"),
        (_, _, true) => Some("ids"),
        _ => None,
    }
}
