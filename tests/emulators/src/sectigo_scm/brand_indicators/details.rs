use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

use crate::{
    frame::Object,
    sectigo_scm::{contact::is_email, problem::Problem},
};

/// Names, each with whether it has to be there.
type Texts = [(&'static str, bool)];

const OWNER: &Texts = &[
    ("assumedName", false),
    ("companyNumber", false),
    ("dunsNumber", false),
    ("incorporatingAgency", false),
    ("joiCountry", true),
    ("joiStateOrProvince", false),
    ("joiLocality", false),
    ("dateOfIncorporation", false),
];
const CONTACT: &Texts = &[
    ("title", true),
    ("forename", true),
    ("surname", true),
    ("email", true),
    ("phone", false),
    ("relationship", false),
    ("address", false),
    ("city", false),
    ("postalCode", false),
    ("country", false),
    ("stateOrProvince", false),
];
const COUNTRIES: [&str; 2] = ["joiCountry", "country"];
const CATEGORIES: [&str; 4] = [
    "PrivateOrganization",
    "GovernmentEntity",
    "BusinessEntity",
    "NonCommercialEntity",
];
const LONGEST_LOGO: usize = 32_767;

/// Reads what the authority is to validate.
pub(super) fn validation(mut body: Object) -> Result<Map<String, Value>, Problem> {
    let mut read = Map::new();
    let mut owner: Object = body.required("orgDetails")?;
    let category = owner.choice("businessCategory", &CATEGORIES)?;
    let mut owner = texts(owner, OWNER)?;
    owner.extend(category.map(|category| ("businessCategory".to_owned(), category.into())));
    read.insert("orgDetails".to_owned(), owner.into());
    let approver = texts(body.required("approver")?, CONTACT)?;
    read.insert("approver".to_owned(), approver.into());
    for name in ["signer", "requester"] {
        if let Some(contact) = body.optional(name)? {
            read.insert(name.to_owned(), texts(contact, CONTACT)?.into());
        }
    }
    body.finish()?;
    Ok(read)
}

/// Reads the mark, whose logo has to be SVG.
pub(super) fn mark(mut body: Object) -> Result<Map<String, Value>, Problem> {
    let mut read = Map::new();
    let logo = body.required_text("base64Logo", 1..=LONGEST_LOGO)?;
    if svg(&logo).is_none() {
        return Err(Problem::invalid_value(&body.name("base64Logo")));
    }
    read.insert("base64Logo".to_owned(), logo.into());
    let country = body.name("trademarkCountry");
    for (name, most) in [
        ("trademarkCountry", usize::MAX),
        ("trademarkOffice", 2048),
        ("trademarkIdentifier", 2048),
        ("logoPriorUseDomainName", usize::MAX),
    ] {
        if let Some(text) = body.text(name, ..=most)? {
            read.insert(name.to_owned(), text.into());
        }
    }
    body.finish()?;
    match read.get("trademarkCountry").and_then(Value::as_str) {
        Some(code) if !is_country(code) => Err(Problem::invalid_value(&country)),
        _ => Ok(read),
    }
}

/// The logo that a text holds.
pub(super) fn svg(logo: &str) -> Option<Vec<u8>> {
    let svg = STANDARD.decode(logo).ok()?;
    let text = std::str::from_utf8(&svg).ok()?;
    text.contains("<svg").then_some(svg)
}

fn texts(mut body: Object, known: &Texts) -> Result<Map<String, Value>, Problem> {
    let mut read = Map::new();
    for (name, needed) in known {
        let text: Option<String> = body.optional(name)?;
        if *needed && text.is_none() {
            return Err(Problem::missing(&body.name(name)));
        }
        let Some(text) = text else { continue };
        let fine = match *name {
            "email" => is_email(&text),
            name => !COUNTRIES.contains(&name) || is_country(&text),
        };
        if !fine {
            return Err(Problem::invalid_value(&body.name(name)));
        }
        read.insert((*name).to_owned(), text.into());
    }
    body.finish()?;
    Ok(read)
}

/// Two capitals (ISO 3166-1).
fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}
