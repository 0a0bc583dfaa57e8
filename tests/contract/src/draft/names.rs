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
        let ends = letters
            .get(index + 1)
            .is_some_and(|next| next.is_lowercase());
        if starts || (letter.is_uppercase() && ends && index > 0) {
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

/// A sentence of a name's words.
pub(crate) fn sentence(name: &str) -> String {
    capital(&words(name).join(" ")) + "."
}

/// The name of one of several things.
pub(crate) fn singular(name: &str) -> String {
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
    }

    #[test]
    fn one_of_several_things_has_a_name() {
        let pairs = [
            ("policies", "policy"),
            ("statuses", "status"),
            ("names", "name"),
            ("address", "address"),
            ("boxes", "box"),
        ];
        for (plural, one) in pairs {
            assert_eq!(singular(plural), one);
        }
    }
}
