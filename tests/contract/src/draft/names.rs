/// The words of a name in any spelling, in small letters: `sslIdAPI` is `ssl id api`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (index, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before]);
        let starts = letter.is_uppercase() && before.is_some_and(|b| !b.is_uppercase());
        let counts = letter.is_ascii_digit() && before.is_some_and(char::is_lowercase);
        let ends = letters
            .get(index + 1)
            .is_some_and(|next| next.is_lowercase());
        if starts
            || (counts && words.last().is_some_and(|word| word.len() > 3))
            || (letter.is_uppercase() && ends && index > 0)
        {
            words.push(String::new());
        }
        words
            .last_mut()
            .expect("a word")
            .extend(letter.to_lowercase());
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The name of a type.
pub(crate) fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capital(word)).collect()
}

/// A name whose words are parted by `separator`.
pub(crate) fn joined(name: &str, separator: &str) -> String {
    words(name).join(separator)
}

/// Words of names, and how sentences write them.
const SPELLED: [(&str, &str); 29] = [
    ("acme", "ACME"),
    ("admin", "administrator"),
    ("admins", "administrators"),
    ("api", "API"),
    ("azure", "Azure"),
    ("bimi", "BIMI"),
    ("ca", "CA"),
    ("cert", "certificate"),
    ("certs", "certificates"),
    ("cname", "CNAME"),
    ("csr", "CSR"),
    ("ct", "CT"),
    ("dcv", "DCV"),
    ("dns", "DNS"),
    ("eku", "extended key usage"),
    ("email", "e-mail address"),
    ("emails", "e-mail addresses"),
    ("idp", "identity provider"),
    ("ip", "IP"),
    ("ku", "key usage"),
    ("mac", "MAC"),
    ("msg", "message"),
    ("org", "organization"),
    ("orgs", "organizations"),
    ("pkcs12", "PKCS#12"),
    ("smime", "S/MIME"),
    ("ssl", "SSL"),
    ("url", "URL"),
    ("uuid", "UUID"),
];

/// The name of a field or method.
pub(crate) fn snake(name: &str) -> String {
    joined(name, "_")
}

/// The name on the wire of a field of that name.
pub(crate) fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &capital(part))
}

/// A sentence of a name's words.
pub(crate) fn sentence(name: &str) -> String {
    let words = words(name);
    let text = match words.as_slice() {
        [id] if id == "id" => "number".to_owned(),
        [id] if id == "ids" => "numbers".to_owned(),
        [thing @ .., id] if id == "id" => format!("number of the {}", spelled(thing)),
        [thing @ .., ids] if ids == "ids" => format!("numbers of the {}", spelled(thing)),
        words => spelled(words),
    };
    capital(&text) + "."
}

fn spelled(words: &[String]) -> String {
    let one = |word: &String| {
        let known = SPELLED.iter().find(|(known, _)| known == word);
        known.map_or_else(|| word.clone(), |(_, spelled)| (*spelled).to_owned())
    };
    words.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The name of one of several things.
pub(crate) fn singular(name: &str) -> String {
    if name.len() < 3 || ["dns", "sms", "status", "https"].contains(&name) {
        return name.to_owned();
    }
    let irregular = [
        ("ies", "y"),
        ("sses", "ss"),
        ("uses", "us"),
        ("ches", "ch"),
        ("xes", "x"),
    ];
    let known = irregular
        .iter()
        .find_map(|(plural, one)| Some(name.strip_suffix(plural)?.to_owned() + one));
    let plain = || match name.strip_suffix('s') {
        Some(one) if !name.ends_with("ss") && !name.ends_with("us") && !name.ends_with("is") => {
            one.to_owned()
        }
        _ => name.to_owned(),
    };
    known.unwrap_or_else(plain)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_their_words() {
        assert_eq!(words("ovAnchorID"), ["ov", "anchor", "id"]);
        assert_eq!(words("DNSAgentUuid_v2"), ["dns", "agent", "uuid", "v2"]);
        assert_eq!(pascal("org-validation_list"), "OrgValidationList");
        assert_eq!(joined("Private Key Agent", "-"), "private-key-agent");
        assert_eq!(sentence("alternativeName"), "Alternative name.");
        assert_eq!(sentence("address1"), "Address 1.");
        assert_eq!(sentence("orgId"), "Number of the organization.");
    }

    #[test]
    fn one_of_several_things_has_a_name() {
        let pairs = [
            ("policies", "policy"),
            ("statuses", "status"),
            ("names", "name"),
            ("address", "address"),
            ("boxes", "box"),
            ("ms", "ms"),
        ];
        for (plural, one) in pairs {
            assert_eq!(singular(plural), one);
        }
    }
}
