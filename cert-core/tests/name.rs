//! Distinguished names in every spelling.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use cert_core::{
    AttributeType, AttributeTypeAndValue, Name, NameSpelling, RelativeDistinguishedName,
};
use proptest::prelude::*;

const SPELLINGS: [NameSpelling; 3] = [
    NameSpelling::Rfc4514,
    NameSpelling::Forward,
    NameSpelling::Slashes,
];

fn hash(name: &Name) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[track_caller]
fn same(spellings: &[&str]) {
    for one in spellings {
        for other in spellings {
            let (one, other) = (Name::from(*one), Name::from(*other));
            assert_eq!(one, other);
            assert_eq!(hash(&one), hash(&other));
        }
    }
}

#[test]
fn the_vendors_spellings_are_one_name() {
    same(&[
        "/C=CA/ST=BC/L=Burnaby/O=o/OU=RD/CN=test",
        "CN=test,OU=RD,O=o,L=Burnaby,ST=BC,C=CA",
        "C=CA, ST=BC, L=Burnaby, O=o, OU=RD, CN=test",
        "C = CA, ST = BC, L = Burnaby, O = o, OU = RD, CN = test",
        "cn=TEST,ou=rd,o=o,l=burnaby,S=bc,c=ca",
        "2.5.4.3=test,OID.2.5.4.11=RD,O=o,L=Burnaby,ST=BC,C=CA",
        "CN=test;OU=RD;O=o;L=Burnaby;ST=BC;C=CA",
        "CN=\"test\",OU=#0c025244,O=o,L=Burnaby,ST=BC,C=CA",
    ]);
    same(&[
        "CN=Test,E=test@test.test",
        "emailAddress=test@test.test, cn=test",
    ]);
    same(&[
        "CN=*.stackexchange.com,O=Stack Exchange, Inc.,L=New York,ST=NY,C=US",
        "/C=US/ST=NY/L=New York/O=Stack Exchange, Inc./CN=*.stackexchange.com",
        "CN=*.stackexchange.com,O=\"Stack Exchange, Inc.\",L=New York,ST=NY,C=US",
        "CN=*.stackexchange.com,O=Stack Exchange\\, Inc.,L=New York,ST=NY,C=US",
        "CN=*.stackexchange.com,O=Stack Exchange\\2C Inc.,L=New  York,ST=NY,C=US",
    ]);
    same(&["CN=a+OU=b,O=c", "/O=c/OU=b+CN=a", "O=c, CN=a + OU=b"]);
    same(&[
        "CN=Grüße",
        "CN=Gr\\C3\\BC\\C3\\9Fe",
        "CN=Gr\\xFC\\xDFe",
        "/CN=Gr\\xC3\\xBC\\xC3\\x9Fe",
    ]);
}

#[test]
fn different_names_differ() {
    let names = [
        "",
        "CN=a",
        "CN=b",
        "OU=a",
        "CN=a,OU=b",
        "CN=a+OU=b",
        "CN=a,CN=a",
        "CN=a\\,OU=b",
        "CN=####@####.com",
        "external,",
        "externaledited,",
        "x",
        "=",
        "CN",
        "madeUp=a",
        "1.2.3=a",
    ];
    for (index, one) in names.iter().enumerate() {
        for other in &names[index + 1..] {
            assert_ne!(Name::from(*one), Name::from(*other));
        }
    }
}

#[test]
fn values_keep_what_looks_like_a_separator() {
    let name = Name::from("/O=a/b+c/OU=http://x/y=z/CN=C++ developer");
    assert_eq!(name.organization(), Some("a/b+c"));
    let unit = name.value_of(&AttributeType::ORGANIZATIONAL_UNIT);
    assert_eq!(unit, Some("http://x/y=z"));
    assert_eq!(name.common_name(), Some("C++ developer"));
    assert_eq!(Name::from("CN=a\\ ").common_name(), Some("a "));
    assert_eq!(Name::from("CN= a\\\\ ").common_name(), Some("a\\"));
    assert_eq!(Name::from("CN=").common_name(), Some(""));
}

#[test]
fn malformed_text_is_kept_and_shown() {
    for text in ["external,", "####", "=x", "a b=c", "=", "/", ","] {
        let name = Name::from(text);
        assert!(!name.is_well_formed(), "{text}");
        assert_eq!(name.to_string(), text);
        assert_eq!(name.display(NameSpelling::Slashes).to_string(), text);
        assert_eq!(name, Name::from(text));
        assert!(name.to_der().is_err());
        let json = serde_json::to_string(&name).expect("a string");
        assert_eq!(
            serde_json::from_str::<Name>(&json)
                .expect("a string")
                .to_string(),
            text
        );
    }
}

#[test]
fn each_spelling_is_written_as_its_users_do() {
    let name = Name::from("CN=Example\\, Inc.+OU=a/b,C=CA");
    let spell = |spelling| name.display(spelling).to_string();
    assert_eq!(
        spell(NameSpelling::Rfc4514),
        "CN=Example\\, Inc.+OU=a/b,C=CA"
    );
    assert_eq!(
        spell(NameSpelling::Forward),
        "C=CA, CN=Example\\, Inc.+OU=a/b"
    );
    assert_eq!(
        spell(NameSpelling::Slashes),
        "/C=CA/CN=Example\\, Inc.+OU=a\\/b"
    );
}

fn attribute() -> impl Strategy<Value = AttributeTypeAndValue> {
    let kinds = [
        "CN",
        "OU",
        "O",
        "C",
        "DC",
        "emailAddress",
        "UID",
        "1.3.6.1.4.1.99999.7",
        "ST",
    ];
    let value = prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,6}",
        "[\\\\\"#+,/=; <>x0A\u{0}\n]{0,8}"
    ];
    (prop::sample::select(kinds.to_vec()), value)
        .prop_map(|(kind, value)| AttributeTypeAndValue::new(kind, value))
}

fn name() -> impl Strategy<Value = Name> {
    let level = prop::collection::vec(attribute(), 1..3).prop_map(|attributes| {
        let mut attributes = attributes.into_iter();
        let first = attributes.next().expect("at least one");
        attributes.fold(
            RelativeDistinguishedName::new(first),
            RelativeDistinguishedName::and,
        )
    });
    prop::collection::vec(level, 1..5).prop_map(Name::from_parts)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_spelling_is_read_back(name in name()) {
        for spelling in SPELLINGS {
            let text = name.display(spelling).to_string();
            let read = Name::from(text.as_str());
            prop_assert_eq!(&read, &name, "{}", text);
            let values = |name: &Name| {
                let mut all: Vec<_> =
                    name.attributes().map(|one| one.value().to_owned()).collect();
                all.sort();
                all
            };
            prop_assert_eq!(values(&read), values(&name), "{}", text);
        }
    }

    #[test]
    fn der_is_read_back(name in name()) {
        let der = name.to_der().expect("known types");
        let read = Name::from_der(&der).expect("our own DER");
        prop_assert_eq!(&read, &name);
        prop_assert_eq!(read.to_der().expect("the same"), der);
    }

    #[test]
    fn no_text_panics_and_every_text_is_kept(text in "[CNOU=+,;/\\\\\"# xE\u{e4}\u{2003}]{0,20}") {
        let name = Name::from(text.as_str());
        prop_assert_eq!(name.to_string(), text);
        prop_assert_eq!(&name, &name.clone());
        // Between slashes only known types are told from values.
        let all_known = name.attributes().all(|one| one.kind().oid().is_some());
        for spelling in &SPELLINGS[..if all_known { 3 } else { 2 }] {
            let again = Name::from(name.display(*spelling).to_string());
            prop_assert_eq!(&again, &name);
        }
    }
}

#[test]
fn reading_a_name_takes_time_as_it_is_long() {
    let length = 1_000_000;
    let quotes = format!("CN={}{}", " ".repeat(length), "\"\"".repeat(length / 2));
    let repeated = [
        ",", ", ", "+", ";", ",a", "a ,", "\"", "\\", ".,-", "CN=x+", "OU=x,",
    ]
    .map(|piece| piece.repeat(length / piece.len()));
    let slashes = ["/", "/a", "/ CN ", "/CN=x"].map(|piece| piece.repeat(length / piece.len()));
    for text in repeated.into_iter().chain(slashes).chain([quotes]) {
        // Nothing measured: a quadratic way through takes minutes.
        let name = Name::from(text.as_str());
        let found = name.attributes().count();
        assert_eq!(name.is_well_formed(), found > 0, "{}", &text[..8]);
    }
}
