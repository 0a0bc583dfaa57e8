//! The program, as a user runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cert_emulators::{fortiauth, sectigo_scm};
use serde_json::Value;

fn fleet(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fleet"))
        .args(arguments)
        .env("FLEET_TEST_SECRET", "secret")
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("text")
}

/// A file of this test run's own.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn without_configuration_every_vendor_is_listed() {
    let output = fleet(&["--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let certificates = report["certificates"].as_array().expect("a list");
    for vendor in [
        "sectigo-scm",
        "ivanti-mdm",
        "bb-uem",
        "fortiauth",
        "twon-device",
    ] {
        assert!(
            certificates.iter().any(|row| row["vendor"] == vendor),
            "{vendor}"
        );
    }
    let days = certificates
        .iter()
        .filter_map(|row| row["days_left"].as_i64());
    assert!(days.is_sorted(), "soonest to expire first");
    assert_eq!(report["failures"].as_array().map(Vec::len), Some(0));
}

#[test]
fn the_list_can_be_narrowed_down() {
    let output = fleet(&["--vendor", "fortiauth", "--expiring", "60d", "--csv"]);
    let rows = text(&output.stdout).lines().skip(1).collect::<Vec<_>>();
    assert!(output.status.success() && !rows.is_empty());
    for row in rows {
        let days = row
            .split(',')
            .nth(6)
            .and_then(|days| days.parse::<i64>().ok());
        assert!(
            row.starts_with("fortiauth,") && (0..=60).contains(&days.expect("days")),
            "{row}"
        );
    }
}

#[test]
fn a_page_is_written() {
    let path = file("report.html");
    let output = fleet(&["--html", path.to_str().expect("a path")]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page = std::fs::read_to_string(path).expect("a page");
    assert!(page.contains("<svg") && page.contains("host-0001.example.com"));
    assert!(
        !page.contains("src=") && !page.contains("href="),
        "self-contained"
    );
}

#[tokio::test]
async fn one_that_is_down_does_not_hide_the_others() {
    let scm = sectigo_scm::Emulator::builder()
        .certificates(7)
        .start()
        .await
        .expect("started");
    let fac = fortiauth::Emulator::builder()
        .certificates(5)
        .start()
        .await
        .expect("started");
    let down = sectigo_scm::Emulator::builder()
        .start()
        .await
        .expect("started");
    let gone = down.base_url().to_owned();
    drop(down);
    let table = |name: &str, url: &str| {
        format!(
            "[[sectigo-scm]]\nname = \"{name}\"\nserver = {{ url = \"{url}\" }}\nlogin = \"admin\"\n\
             customer-uri = \"cst1\"\npassword = {{ env = \"FLEET_TEST_SECRET\" }}\n"
        )
    };
    let forti = format!(
        "[[fortiauth]]\nserver = {{ url = \"{}\" }}\nuser = \"admin\"\n\
         access-key = {{ env = \"FLEET_TEST_SECRET\" }}\n",
        fac.base_url()
    );
    let path = file("fleet.toml");
    let config = [table("up", scm.base_url()), table("broken", &gone), forti].concat();
    std::fs::write(&path, config).expect("written");
    let output = fleet(&["--csv", "--config", path.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout).lines().count(), 1 + 7 + 5);
    let told = text(&output.stderr);
    assert!(
        told.contains("broken") && told.contains("check the address"),
        "{told}"
    );
    assert!(!told.contains("(up)"), "{told}");
}

#[test]
fn what_is_wrong_with_a_configuration_is_said() {
    let path = file("wrong.toml");
    std::fs::write(&path, "[[fortiauth]]\nuser = \"admin\"\n").expect("written");
    let output = fleet(&["--config", path.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("wrong.toml, line 1"),
        "{}",
        text(&output.stderr)
    );
}

/// What is said about a configuration of one system with this access key, at this address.
fn refused(name: &str, url: &str, access_key: &str) -> String {
    let path = file(name);
    let config = format!(
        "[[fortiauth]]\nserver = {{ url = \"{url}\" }}\nuser = \"admin\"\n\
         access-key = {access_key}\n"
    );
    std::fs::write(&path, config).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_fleet"))
        .args(["--config", path.to_str().expect("a path")])
        .env("FLEET_TEST_SECRET", "secret")
        .env("FLEET_TEST_EMPTY", "\n")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    text(&output.stderr).to_owned()
}

#[test]
fn credentials_in_a_url_are_refused_and_not_repeated() {
    let key = "{ env = \"FLEET_TEST_SECRET\" }";
    for url in [
        "https://admin:hunter2@127.0.0.1:1",
        "admin:hunter2@127.0.0.1:1",
        "https://127.0.0.1:1/?token=hunter2",
    ] {
        let told = refused("credentials.toml", url, key);
        assert!(told.contains("credentials.toml, line 2"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[test]
fn an_empty_secret_is_named() {
    let path = file("empty-secret");
    std::fs::write(&path, "\n").expect("written");
    for (key, name) in [
        (
            "{ env = \"FLEET_TEST_EMPTY\" }",
            "FLEET_TEST_EMPTY is empty",
        ),
        (&format!("{{ file = {path:?} }}"), "empty-secret is empty"),
    ] {
        let told = refused("empty.toml", "https://127.0.0.1:1", key);
        assert!(told.contains(name), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_can_write_is_refused() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let path = file("writable-secret");
    std::fs::write(&path, "hunter2\n").expect("written");
    let key = format!("{{ file = {path:?} }}");
    for mode in [0o602, 0o620, 0o666] {
        set_permissions(&path, Permissions::from_mode(mode)).expect("changed");
        let told = refused("writable.toml", "https://127.0.0.1:1", &key);
        assert!(
            told.contains("writable-secret") && told.contains("go-w"),
            "{told}"
        );
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_write_is_refused() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let (path, key) = (file("key.toml"), file("writable-key"));
    std::fs::write(&key, "a key\n").expect("written");
    set_permissions(&key, Permissions::from_mode(0o666)).expect("changed");
    let config = format!(
        "[[sectigo-scm]]\nserver = {{ url = \"https://127.0.0.1:1\" }}\nlogin = \"robot\"\n\
         customer-uri = \"cst1\"\ncertificate-file = {key:?}\nkey-file = {key:?}\n"
    );
    std::fs::write(&path, config).expect("written");
    let output = fleet(&["--config", path.to_str().expect("a path")]);
    let told = text(&output.stderr);
    assert!(
        told.contains("writable-key") && told.contains("go-w"),
        "{told}"
    );
}

#[test]
fn a_page_that_cannot_be_written_is_named() {
    let path = file("no-such-folder/report.html");
    let output = fleet(&[
        "--vendor",
        "twon-device",
        "--html",
        path.to_str().expect("a path"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains("no-such-folder/report.html: "), "{told}");
}
