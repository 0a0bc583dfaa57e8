use rcgen::DnType;

use crate::{frame::Object, sectigo_scm::problem::Problem};

/// One of the attributes that an enrolment may ask for, with its value.
#[derive(Clone, Debug)]
pub(super) struct SubjectField {
    name: &'static str,
    value: String,
}

/// Every name that is taken, and its object identifier where it goes into the subject.
const ATTRIBUTES: [(&str, &[u64]); 33] = [
    ("commonName", &[2, 5, 4, 3]),
    ("surname", &[2, 5, 4, 4]),
    ("countryName", &[2, 5, 4, 6]),
    ("localityName", &[2, 5, 4, 7]),
    ("stateOrProvinceName", &[2, 5, 4, 8]),
    ("streetAddress", &[2, 5, 4, 9]),
    ("organizationName", &[2, 5, 4, 10]),
    ("organizationalUnitName", &[2, 5, 4, 11]),
    ("title", &[2, 5, 4, 12]),
    ("description", &[2, 5, 4, 13]),
    ("postalCode", &[2, 5, 4, 17]),
    ("postOfficeBox", &[2, 5, 4, 18]),
    ("telephoneNumber", &[2, 5, 4, 20]),
    ("givenName", &[2, 5, 4, 42]),
    ("initials", &[2, 5, 4, 43]),
    ("emailAddress", &[]),
    ("DocumentoNacionaldeIdentidad", &[]),
    ("serialNumber", &[2, 5, 4, 5]),
    ("SIRENE", &[]),
    ("collectionEmailAddress", &[]),
    ("rfc822Name", &[]),
    ("subjectUniqueIdentifier", &[]),
    ("uniqueIdentifier", &[2, 5, 4, 45]),
    ("PermIdAscentMediaNetSecDept", &[]),
    ("PermIdAscentMediaEngHomeNet", &[]),
    ("sAMAccountName", &[]),
    ("userId", &[0, 9, 2342, 19_200_300, 100, 1, 1]),
    ("userPrincipalName", &[]),
    ("unstructuredName", &[1, 2, 840, 113_549, 1, 9, 2]),
    ("domainComponent", &[]),
    ("dnsName", &[]),
    ("servicePrincipalName", &[]),
    ("eeSID", &[]),
];

/// What stands in every subject from elsewhere.
const SET_ELSEWHERE: [&str; 3] = ["commonName", "countryName", "organizationName"];

/// Reads `optionalFields`: objects of `name`, from a closed list, and `value`.
pub(super) fn read(body: &mut Object) -> Result<Vec<SubjectField>, Problem> {
    let fields: Vec<Object> = body.optional("optionalFields")?.unwrap_or_default();
    let read = |mut field: Object| {
        let name = field.required_text("name", 1..=256)?;
        let value = field.required_text("value", 0..=256)?;
        field.finish()?;
        let known = ATTRIBUTES.iter().find(|(known, _)| *known == name);
        let (name, _) = known.ok_or_else(invalid)?;
        Ok(SubjectField { name, value })
    };
    fields.into_iter().map(read).collect()
}

/// The common name that was asked for.
pub(super) fn common_name(fields: &[SubjectField]) -> Option<String> {
    let field = fields.iter().find(|field| field.name == "commonName")?;
    Some(field.value.clone())
}

/// The parts of a subject between its country and its common name. Attributes that belong into
/// extensions are only kept.
pub(super) fn complete(fields: &[SubjectField], organization: &str) -> Vec<(DnType, String)> {
    let mut subject = vec![(DnType::OrganizationName, organization.to_owned())];
    for field in fields {
        let known = ATTRIBUTES.iter().find(|(name, _)| *name == field.name);
        let oid = known.map_or(&[][..], |(_, oid)| oid);
        let fits = !oid.is_empty() && !field.value.is_empty();
        if fits && !SET_ELSEWHERE.contains(&field.name) {
            subject.push((DnType::from_oid(oid), field.value.clone()));
        }
    }
    subject
}

fn invalid() -> Problem {
    Problem::bad(-64, "Optional field 'name' is invalid!")
}
