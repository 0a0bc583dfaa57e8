use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::{Map, Value};

use crate::{
    frame::{Invalid, Object},
    sectigo_scm::problem::Problem,
};

/// Texts with their least and greatest lengths; those with a least length are required.
type Texts = [(&'static str, usize, usize)];

const GENERAL: &Texts = &[
    ("legalName", 1, 64),
    ("assumedName", 0, 256),
    ("address1", 0, 128),
    ("address2", 0, 128),
    ("address3", 0, 128),
    ("city", 0, 32),
    ("stateProvince", 0, 32),
    ("postalCode", 0, 10),
    ("country", 2, 2),
];
const AGENCY: &Texts = &[
    ("dunAndBradstreetNumber", 0, 20),
    ("registrationNumber", 0, 256),
    ("city", 0, 128),
    ("state", 0, 128),
    ("country", 2, 2),
];
const SIGNER: &Texts = &[
    ("forename", 1, 64),
    ("surname", 1, 64),
    ("email", 1, 255),
    ("phoneNumber", 0, 32),
];
const CATEGORIES: [&str; 4] = [
    "PrivateOrganization",
    "GovernmentEntity",
    "BusinessEntity",
    "NonCommercialEntity",
];

/// Reads what an organization is to be validated by; what does not count at a level is left out.
pub(super) fn details(mut body: Object, level: &str, now: Timestamp) -> Result<Value, Problem> {
    let extended = level == "EV_SSL";
    let mut read = Map::new();
    let mut general = texts(body.required("generalDetails")?, GENERAL)?;
    if !extended || !general.contains_key("assumedName") {
        general.insert("assumedName".to_owned(), Value::Null);
    }
    read.insert("generalDetails".to_owned(), general.into());
    let identifier = body.text("organizationIdentifier", ..=128)?;
    let missing = body.name("evDetails");
    let extension = body.optional("evDetails")?;
    let extension = extension.map(|extension| ev_details(extension, now));
    let extension = extension.transpose()?;
    body.finish()?;
    match (extended, extension) {
        (true, None) => return Err(Problem::missing(&missing)),
        (true, Some(extension)) => drop(read.insert("evDetails".to_owned(), extension)),
        (false, _) => {}
    }
    if let Some(identifier) = identifier.filter(|_| level == "OV_SMIME") {
        read.insert("organizationIdentifier".to_owned(), identifier.into());
    }
    Ok(read.into())
}

fn ev_details(mut body: Object, now: Timestamp) -> Result<Value, Invalid> {
    let mut read = Map::new();
    if let Some(agency) = body.optional("registrationAgency")? {
        let agency = agency_details(agency, now)?;
        read.insert("registrationAgency".to_owned(), agency.into());
    }
    if let Some(signer) = body.optional("contractSigner")? {
        let signer = texts(signer, SIGNER)?;
        read.insert("contractSigner".to_owned(), signer.into());
    }
    body.finish()?;
    Ok(read.into())
}

fn agency_details(mut body: Object, now: Timestamp) -> Result<Map<String, Value>, Invalid> {
    let founded: Option<String> = body.optional("dateOfIncorporation")?;
    let field = body.name("dateOfIncorporation");
    let category = body.choice("businessCategory", &CATEGORIES)?;
    let mut read = texts(body, AGENCY)?;
    let today = now.to_zoned(TimeZone::UTC).date();
    let is_past = |day: &String| day.parse::<Date>().is_ok_and(|day| day < today);
    if !founded.iter().all(is_past) {
        return Err(Invalid::value(field, "is no day in the past"));
    }
    for (name, value) in [
        ("dateOfIncorporation", founded),
        ("businessCategory", category),
    ] {
        read.extend(value.map(|value| (name.to_owned(), value.into())));
    }
    Ok(read)
}

fn texts(mut body: Object, known: &Texts) -> Result<Map<String, Value>, Invalid> {
    let mut read = Map::new();
    for (name, least, most) in known {
        let text = match least {
            0 => body.text(name, ..=*most)?,
            _ => Some(body.required_text(name, *least..=*most)?),
        };
        read.extend(text.map(|text| ((*name).to_owned(), text.into())));
    }
    body.finish()?;
    Ok(read)
}
