//! Fixtures, and the tools that read what this crate writes.

#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file below `tests/fixtures`.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Like [`fixture`], for text.
pub(crate) fn text_fixture(name: &str) -> String {
    String::from_utf8(fixture(name)).expect("text")
}

/// A DER value of these parts.
pub(crate) fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let octets = content.len().to_be_bytes();
    let length = &octets[octets.iter().position(|octet| *octet > 0).unwrap_or(7)..];
    let header = match content.len() {
        0..0x80 => [&[tag], length].concat(),
        _ => [&[tag, 0x80 | length.len() as u8], length].concat(),
    };
    [header, content].concat()
}

/// The DER of a certificate with this subject and these extensions, signed by nobody.
pub(crate) fn certificate_of(subject: &[u8], extensions: &[&[u8]]) -> Vec<u8> {
    certificate_with_key(subject, extensions, &[0; 33])
}

pub(crate) fn certificate_with_key(
    subject: &[u8],
    extensions: &[&[u8]],
    public_key: &[u8],
) -> Vec<u8> {
    issued_certificate(subject, &[0x30, 0], extensions, public_key)
}

pub(crate) fn issued_certificate(
    subject: &[u8],
    issuer: &[u8],
    extensions: &[&[u8]],
    public_key: &[u8],
) -> Vec<u8> {
    let algorithm = tlv(0x30, &[&[6, 3, 0x2b, 0x65, 0x70]]);
    let time = tlv(0x18, &[b"20240710143000Z"]);
    let to_be_signed = tlv(
        0x30,
        &[
            &[0xa0, 3, 2, 1, 2],
            &[2, 1, 1],
            &algorithm,
            issuer,
            &tlv(0x30, &[&time, &time]),
            subject,
            &tlv(0x30, &[&algorithm, &tlv(3, &[public_key])]),
            &tlv(0xa3, &[&tlv(0x30, extensions)]),
        ],
    );
    tlv(0x30, &[&to_be_signed, &algorithm, &tlv(3, &[&[0; 65]])])
}

/// Runs OpenSSL, see [`run`].
pub(crate) fn openssl(arguments: &[&str]) -> Option<Result<String, String>> {
    run("openssl", arguments)
}

/// Runs a tool: its standard output if it succeeds, else its error output. `None`, and a word
/// about it, where the tool is not installed.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Option<Result<String, String>> {
    let output = match Command::new(program).args(arguments).output() {
        Ok(output) => output,
        Err(error) => {
            eprintln!("skipped: {program} cannot be run: {error}");
            return None;
        }
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Some(if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr) + &text(&output.stdout))
    })
}

/// A folder of its own for a test, removed afterwards.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cert-core-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The names of what is in it.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    /// Writes a file and gives its path.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a plain path").to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed stays in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
