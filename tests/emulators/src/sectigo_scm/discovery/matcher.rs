use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use serde_json::{Value, json};

use super::{found::Known, sighting::Location};
use crate::{frame::Object, sectigo_scm::problem::Problem};

/// One condition of an assignment rule.
#[derive(Clone, Debug)]
pub(super) struct Matcher {
    part: String,
    comparison: String,
    value: String,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    /// Texts of the certificate, and how they compare.
    Texts(Texts, Comparison),
    /// Not expired, or not for more than so long.
    Expiration(SignedDuration),
}

#[derive(Clone, Debug)]
enum Comparison {
    Equal,
    Start,
    End,
    Contained,
    Pattern(Regex),
}

type Texts = fn(&Known) -> Vec<String>;

const EXPIRATION: &str = "EXPIRATION";
const GREATER_THAN: &str = "GREATER_THAN";
const LONGEST_VALUE: usize = 128;

/// Texts name the host both ways.
const PARTS: [(&str, Texts); 16] = [
    ("COMMON_NAME", |it| subject(it, "CN")),
    ("ORGANIZATION", |it| subject(it, "O")),
    ("ORGANIZATION_UNIT", |it| subject(it, "OU")),
    ("CITY", |it| subject(it, "L")),
    ("STATE", |it| subject(it, "ST")),
    ("COUNTRY", |it| subject(it, "C")),
    ("SUBJECT_ALT_NAME", |it| it.found.certificate.names.clone()),
    ("ISSUER", |it| it.found.issuer_texts()),
    ("IP", |it| located(it, "ip")),
    ("PORT", ports),
    ("DOMAIN_COMPONENT", |it| subject(it, "DC")),
    ("TEMPLATE_NAME", |it| located(it, "template")),
    ("KU", key_usages),
    ("EKU", |it| it.found.extended_key_usages.clone()),
    ("HOSTNAME", hosts),
    ("HOST_NAME", hosts),
];

const COMPARISONS: [&str; 6] = [
    "MATCHES",
    "STARTS_WITH",
    "ENDS_WITH",
    "CONTAINS",
    "MATCH_REGEX",
    GREATER_THAN,
];

impl Matcher {
    pub(super) fn read(mut body: Object) -> Result<Self, Problem> {
        let mut parts = PARTS.map(|(name, _)| name).to_vec();
        parts.push(EXPIRATION);
        let part = required(&mut body, "filterType", &parts)?;
        let comparison = required(&mut body, "matchType", &COMPARISONS)?;
        let value = body.text("value", ..=LONGEST_VALUE)?;
        let value = value.ok_or_else(|| Problem::missing(&body.name("value")))?;
        let test = test(&body, &part, &comparison, &value)?;
        body.finish()?;
        Ok(Self {
            part,
            comparison,
            value,
            test,
        })
    }

    pub(super) fn accepts(&self, known: &Known, now: Timestamp) -> bool {
        match &self.test {
            Test::Texts(texts, comparison) => {
                let texts = texts(known);
                texts.iter().any(|text| comparison.fits(text, &self.value))
            }
            Test::Expiration(longest) => known.found.certificate.not_after + *longest > now,
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({"filterType": self.part, "matchType": self.comparison, "value": self.value})
    }
}

impl Comparison {
    fn read(name: &str, value: &str) -> Option<Self> {
        Some(match name {
            "MATCHES" => Self::Equal,
            "STARTS_WITH" => Self::Start,
            "ENDS_WITH" => Self::End,
            "CONTAINS" => Self::Contained,
            _ => Self::Pattern(Regex::new(value).ok()?),
        })
    }

    fn fits(&self, text: &str, value: &str) -> bool {
        match self {
            Self::Equal => text == value,
            Self::Start => text.starts_with(value),
            Self::End => text.ends_with(value),
            Self::Contained => text.contains(value),
            Self::Pattern(pattern) => pattern.is_match(text),
        }
    }
}

fn required(body: &mut Object, name: &str, values: &[&str]) -> Result<String, Problem> {
    let value = body.choice(name, values)?;
    value.ok_or_else(|| Problem::missing(&body.name(name)))
}

/// An expiration is greater than a number of days, and nothing else is greater than anything.
fn test(body: &Object, part: &str, comparison: &str, value: &str) -> Result<Test, Problem> {
    let invalid = |field: &str| Problem::invalid_value(&body.name(field));
    let texts = PARTS.iter().find(|(name, _)| *name == part);
    match (texts, comparison) {
        (Some(_), GREATER_THAN) => Err(invalid("matchType")),
        (Some((_, texts)), _) => {
            let comparison = Comparison::read(comparison, value);
            let comparison = comparison.ok_or_else(|| invalid("value"))?;
            Ok(Test::Texts(*texts, comparison))
        }
        (None, GREATER_THAN) => {
            let days = value.parse().ok().filter(|days| (0..=365).contains(days));
            let days: i64 = days.ok_or_else(|| invalid("value"))?;
            Ok(Test::Expiration(SignedDuration::from_hours(24 * days)))
        }
        (None, _) => Err(invalid("matchType")),
    }
}

fn subject(known: &Known, attribute: &str) -> Vec<String> {
    known.found.subject_values(attribute)
}

fn located(known: &Known, detail: &str) -> Vec<String> {
    let texts = known.locations.iter().filter_map(|it| it.text(detail));
    texts.cloned().collect()
}

fn ports(known: &Known) -> Vec<String> {
    let ports = known.locations.iter().filter_map(Location::port);
    ports.map(|port| port.to_string()).collect()
}

fn hosts(known: &Known) -> Vec<String> {
    let mut hosts = located(known, "hostName");
    hosts.extend(located(known, "address"));
    hosts
}

fn key_usages(known: &Known) -> Vec<String> {
    let usages = known.found.key_usages.iter();
    usages.map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};

    use super::*;
    use crate::sectigo_scm::discovery::certificate::Found;

    fn known() -> Known {
        let mut parameters =
            CertificateParams::new(["www.fabrikam.example".to_owned()]).expect("a name");
        let names = &mut parameters.distinguished_name;
        names.push(DnType::CommonName, "www.fabrikam.example");
        names.push(DnType::OrganizationName, "Fabrikam, Inc.");
        parameters.not_after = date_time_ymd(2024, 3, 1);
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.self_signed(&key).expect("a certificate");
        let texts = [
            ("hostName", "web1".to_owned()),
            ("ip", "127.0.0.1".to_owned()),
        ];
        let location = Location::new("NETWORK_HOST", texts).at_port(443);
        Known {
            found: Arc::new(Found::parse(certificate.der()).expect("readable")),
            discovered: Timestamp::UNIX_EPOCH,
            locations: BTreeSet::from([location]),
            filed: None,
        }
    }

    fn accepts(known: &Known, part: &str, comparison: &str, value: &str, now: &str) -> bool {
        let body = json!({"filterType": part, "matchType": comparison, "value": value});
        let body = Object::parse(body.to_string().as_bytes()).expect("an object");
        let matcher = Matcher::read(body).expect("a filter");
        matcher.accepts(known, now.parse().expect("an instant"))
    }

    #[test]
    fn texts_compare_as_a_whole_in_part_or_by_a_pattern() {
        let known = known();
        let fits = |part, comparison, value| {
            accepts(&known, part, comparison, value, "2024-01-01T00:00:00Z")
        };
        for (part, comparison, right, wrong) in [
            (
                "COMMON_NAME",
                "MATCHES",
                "www.fabrikam.example",
                "fabrikam.example",
            ),
            ("ORGANIZATION", "STARTS_WITH", "Fabrikam,", "Inc."),
            ("SUBJECT_ALT_NAME", "ENDS_WITH", ".example", "www"),
            ("ISSUER", "CONTAINS", "fabrikam", "Fabrikam AG"),
            ("IP", "MATCH_REGEX", r"^127\.", r"^7\."),
            ("PORT", "MATCHES", "443", "44"),
            ("HOSTNAME", "MATCHES", "web1", "web"),
            ("HOST_NAME", "MATCHES", "web1", "web"),
        ] {
            assert!(fits(part, comparison, right), "{part} {comparison} {right}");
            assert!(
                !fits(part, comparison, wrong),
                "{part} {comparison} {wrong}"
            );
        }
        for absent in ["CITY", "DOMAIN_COMPONENT", "TEMPLATE_NAME", "KU", "EKU"] {
            assert!(!fits(absent, "CONTAINS", ""), "{absent}");
        }
    }

    #[test]
    fn an_expiration_lies_ahead_or_so_many_days_behind() {
        let known = known();
        let fits = |days, now| accepts(&known, "EXPIRATION", "GREATER_THAN", days, now);
        assert!(fits("0", "2024-02-29T23:59:59Z"));
        assert!(!fits("0", "2024-03-01T00:00:01Z"));
        assert!(fits("7", "2024-03-07T00:00:00Z"));
        assert!(!fits("7", "2024-03-08T00:00:01Z"));
    }
}
