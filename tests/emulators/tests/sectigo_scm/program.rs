use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use crate::api::{csr, run};

/// The program, ended when the test is.
struct Program {
    child: Child,
    line: String,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cert-emulators"))
            .args(["--sectigo-scm", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let output = child.stdout.take().expect("piped");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("a line");
        Self { child, line }
    }

    fn word(&self, name: &str) -> &str {
        let mut words = self.line.split_whitespace();
        let found = words.find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_else(|| panic!("{name} in {}", self.line))
    }

    fn base_url(&self) -> &str {
        self.line.split(' ').nth(1).expect("a base URL")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().expect("still running");
        self.child.wait().expect("an end");
    }
}

const SIGN_IN: [&str; 7] = [
    "-sS",
    "-H",
    "login: admin",
    "-H",
    "password: secret",
    "-H",
    "customerUri: cst1",
];

#[test]
fn it_announces_itself_in_one_line() {
    let program = Program::start(&["--certificates", "10"]);
    let port = program
        .base_url()
        .strip_prefix("http://127.0.0.1:")
        .expect("plain HTTP");
    assert!(port.parse::<u16>().is_ok_and(|port| port > 0), "{port}");
    let expected = format!(
        "sectigo-scm http://127.0.0.1:{port} login=admin password=secret customerUri=cst1\n"
    );
    assert_eq!(program.line, expected);
}

#[test]
fn curl_enrols_collects_and_revokes() {
    let program = Program::start(&[]);
    let curl = |arguments: &[&str], path: &str| {
        let url = format!("{}{path}", program.base_url());
        run("curl", &[&SIGN_IN[..], arguments, &[&url]].concat(), b"")
    };
    let post =
        |body: &str, path: &str| curl(&["-H", "Content-Type: application/json", "-d", body], path);
    let csr = csr("www.example.com")
        .replace("\r\n", "\\n")
        .replace('\n', "\\n");
    let body = format!(r#"{{"orgId":9001,"csr":"{csr}"}}"#);
    let Some(enrolled) = post(&body, "/api/ssl/v1/enroll") else {
        return;
    };
    let enrolled: serde_json::Value = serde_json::from_str(&enrolled).expect("JSON");
    let id = &enrolled["sslId"];
    let collect = format!("/api/ssl/v1/collect/{id}?format=x509CO");
    let pending = curl(&[], &collect).expect("still installed");
    assert!(pending.contains("-183"), "{pending}");
    let approve = format!("/api/ssl/v1/approve/{id}");
    assert_eq!(post(r#"{"message":"fine"}"#, &approve).as_deref(), Some(""));
    assert!(
        curl(&[], &collect)
            .expect("still installed")
            .contains("\"code\":0")
    );
    let pem = curl(&[], &collect).expect("still installed");
    let subject = run("openssl", &["x509", "-noout", "-subject"], pem.as_bytes());
    assert!(subject.is_none_or(|subject| subject.contains("www.example.com")));
    let revoke = format!("/api/ssl/v1/revoke/{id}");
    let revoked = post(r#"{"reason":"gone","reasonCode":5}"#, &revoke);
    assert_eq!(revoked.as_deref(), Some(""));
    let details = curl(&[], &format!("/api/ssl/v1/{id}")).expect("still installed");
    assert!(details.contains("\"status\":\"Revoked\""), "{details}");
}

#[test]
fn curl_signs_in_with_a_certificate() {
    let program = Program::start(&["--certificates", "0", "--client-certificates=required"]);
    let (ca, cert, key) = (
        program.word("ca"),
        program.word("cert"),
        program.word("key"),
    );
    let url = format!("{}/private/api/ssl/v1/types", program.base_url());
    let arguments = [
        "-sS",
        "--cacert",
        ca,
        "--cert",
        cert,
        "--key",
        key,
        "-H",
        "login: admin",
    ];
    let customer = ["-H", "customerUri: cst1", &url];
    if let Some(answer) = run("curl", &[&arguments[..], &customer].concat(), b"") {
        assert!(answer.contains("Emulated OV SSL"), "{answer}");
    }
    std::fs::remove_dir_all(std::path::Path::new(ca).parent().expect("a directory"))
        .expect("written by the program");
}

#[test]
fn wrong_arguments_are_explained() {
    let failed = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cert-emulators"));
        let mut child = command
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut errors = String::new();
        child
            .stderr
            .take()
            .expect("piped")
            .read_to_string(&mut errors)
            .expect("text");
        assert!(!child.wait().expect("an end").success());
        errors
    };
    assert!(failed(&[]).contains("--sectigo-scm"));
    assert!(failed(&["--sectigo-scm", "nowhere"]).contains("nowhere"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let errors = failed(&["--sectigo-scm", &address]);
    assert!(
        errors.contains(&address) && errors.contains("port 0"),
        "{errors}"
    );
}
