//! Keys and key stores on disk: for their owner alone, whole or not at all.

mod tool;

use std::fs;
use std::io::ErrorKind;

use cert_core::PrivateKey;
use tool::Scratch;

const KEY: &[u8] = include_bytes!("fixtures/key/rsa-pkcs1.pem");

#[test]
fn a_key_file_is_written_and_replaced_whole() {
    let directory = Scratch::new("private-file-replaced");
    let path = directory.path().join("key.pem");
    fs::write(&path, "longer than nothing, and no key").expect("a file to replace");
    key().write_pem_file(&path).expect("written");
    let read = fs::read(&path).expect("a file");
    assert_eq!(read, key().to_pem().expose().as_bytes());
    assert_eq!(directory.names(), ["key.pem"]);
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_key_file_whatever_was_there_before() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = Scratch::new("private-file-mode");
    let path = directory.path().join("key.pem");
    let mode = || fs::metadata(&path).expect("a file").permissions().mode() & 0o777;
    key().write_pem_file(&path).expect("written");
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("opened to all");
    key().write_pem_file(&path).expect("written again");
    assert_eq!(mode(), 0o600);
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_its_target_untouched() {
    let directory = Scratch::new("private-file-link");
    let (target, link) = (
        directory.path().join("target"),
        directory.path().join("link"),
    );
    fs::write(&target, "untouched").expect("a target");
    std::os::unix::fs::symlink(&target, &link).expect("a link");
    key().write_pem_file(&link).expect("written");
    assert_eq!(fs::read(&target).expect("a file"), b"untouched");
    assert!(fs::symlink_metadata(&link).expect("a file").is_file());
}

#[test]
fn what_cannot_be_written_leaves_nothing_and_names_the_path() {
    let directory = Scratch::new("private-file-failure");
    let taken = directory.path().join("taken");
    fs::create_dir_all(taken.join("inner")).expect("a directory in the way");
    let error = key().write_pem_file(&taken).expect_err("a directory");
    assert!(
        error.to_string().contains(&*taken.to_string_lossy()),
        "{error}"
    );
    assert_eq!(directory.names(), ["taken"]);

    let missing = directory.path().join("missing").join("key.pem");
    let error = key().write_pem_file(&missing).expect_err("no directory");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(
        error.to_string().contains(&*missing.to_string_lossy()),
        "{error}"
    );

    let error = key().write_pem_file("/").expect_err("no file name");
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[cfg(feature = "pkcs12")]
#[test]
fn a_key_store_is_written_as_it_is_read() {
    let directory = Scratch::new("private-file-store");
    let path = directory.path().join("store.p12");
    let bytes = include_bytes!("fixtures/pkcs12/openssl-3.p12");
    let store = cert_core::Pkcs12::parse(bytes).expect("a store");
    store.write_file(&path).expect("written");
    assert_eq!(fs::read(&path).expect("a file"), bytes);
    assert_eq!(directory.names(), ["store.p12"]);
    assert_eq!(store.as_ref(), bytes);
    assert_eq!(Vec::from(store.clone()), bytes);
    #[cfg(feature = "client")]
    assert_eq!(bytes::Bytes::from(store), &bytes[..]);
}

fn key() -> PrivateKey {
    PrivateKey::parse(KEY).expect("a key")
}
