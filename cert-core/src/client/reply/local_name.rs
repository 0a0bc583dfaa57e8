//! Names of files that a server chose, made safe on every system.

use crate::client::redact::is_unseen;

/// Longest name of a file on the systems there are, in bytes.
const LONGEST: usize = 255;
/// Longest ending that is kept when a name is cut, in bytes.
const ENDING: usize = 16;

/// `name` as the name of a file in the directory at hand, if anything is left of it.
pub(super) fn local_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?;
    let name: String = name
        .chars()
        .filter(|character| !character.is_control() && !is_unseen(*character))
        .map(|character| {
            if is_reserved(character) {
                '_'
            } else {
                character
            }
        })
        .collect();
    let name = name.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '~'));
    let name = trimmed(name);
    let name = if is_device(name) {
        format!("_{name}")
    } else {
        name.to_owned()
    };
    (!name.is_empty()).then(|| cut(name))
}

/// Whether Windows has another use for the character: `:` leads to another stream of a file.
fn is_reserved(character: char) -> bool {
    matches!(character, ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// The name without the dots and blanks at its end, which Windows drops.
fn trimmed(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_whitespace() || c == '.')
}

/// Whether Windows opens a device by the name, whatever its ending.
fn is_device(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let numbered = |kind: &str| {
        let number = stem
            .get(..3)
            .filter(|start| start.eq_ignore_ascii_case(kind));
        number.is_some_and(|_| is_one_digit(&stem[3..]))
    };
    DEVICES
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
        || numbered("COM")
        || numbered("LPT")
}

fn is_one_digit(text: &str) -> bool {
    let mut characters = text.chars();
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}');
    characters.next().is_some_and(digit) && characters.next().is_none()
}

/// The name with no more bytes than a system takes; a short ending stays.
fn cut(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let ending = name.rfind('.').map_or("", |dot| &name[dot..]);
    let ending = if ending.len() > ENDING { "" } else { ending };
    let mut room = LONGEST - ending.len();
    while !name.is_char_boundary(room) {
        room -= 1;
    }
    [trimmed(&name[..room]), ending].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_system() {
        for (name, expected) in [
            ("a.pem", "a.pem"),
            ("Ümläut 1.p12", "Ümläut 1.p12"),
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\y.cer", "y.cer"),
            ("C:y.cer", "C_y.cer"),
            ("-rf", "rf"),
            ("--output=x", "output=x"),
            (".bashrc", "bashrc"),
            (" . -.ssh", "ssh"),
            ("~root", "root"),
            ("a.txt:evil.exe", "a.txt_evil.exe"),
            ("a.txt::$DATA", "a.txt__$DATA"),
            ("a.pem. . ", "a.pem"),
            ("cert\u{202e}gpj.exe", "certgpj.exe"),
            ("a\u{200b}\r\n.pem", "a.pem"),
            ("\u{feff}-rf", "rf"),
            ("CON", "_CON"),
            ("con.tar.gz", "_con.tar.gz"),
            ("nul .txt", "_nul .txt"),
            ("Com1.pem", "_Com1.pem"),
            ("LPT\u{b2}", "_LPT\u{b2}"),
            ("conin$", "_conin$"),
            (".aux", "_aux"),
            ("COM10", "COM10"),
            ("console.txt", "console.txt"),
            ("a?*<>|\".pem", "a______.pem"),
        ] {
            assert_eq!(local_name(name).as_deref(), Some(expected), "{name:?}");
        }
        for nothing in ["", ".", "..", "a/", "---", "\u{202e}", " . ", "x\\.."] {
            assert_eq!(local_name(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn long_names_are_cut_before_their_ending() {
        let name = local_name(&format!("{}.pem", "ü".repeat(300))).expect("a name");
        assert!(name.len() <= LONGEST && name.ends_with("ü.pem"), "{name}");
        let name = local_name(&"x.".repeat(300)).expect("a name");
        assert!(name.len() <= LONGEST && name.ends_with('x'), "{name}");
        let ending = format!("a.{}", "x".repeat(300));
        assert_eq!(local_name(&ending).expect("a name").len(), LONGEST);
    }
}
