use cert_core::Pkcs12;
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};

use crate::tool::fixture;

#[test]
fn key_stores_that_others_refuse_we_read() {
    let refused = [
        "openssl-3.p12",
        "openssl-1.1-rc2-40.p12",
        "rc4.p12",
        "2des-rc2-128.p12",
        "3des.p12",
        "aes-128-192-sha384.p12",
        "pbes2-3des-rc2-sha512.p12",
        "sha224.p12",
        "certificates-in-the-clear.p12",
        "all-in-the-clear.p12",
        "nss-3des.p12",
        "bouncycastle-ber.p12",
        "pbmac1.p12",
        "python.p12",
        "no-mac.p12",
        "java-several-keys.p12",
    ]
    .into_iter()
    .filter(|name| {
        let file = fixture(&format!("pkcs12/{name}"));
        let store = Pkcs12::parse(&file).expect(name);
        store.open("secret").expect(name);
        KeyStore::from_pkcs12(&file, "secret", Pkcs12ImportPolicy::Relaxed).is_err()
    });
    let expected = [
        "rc4.p12",
        "2des-rc2-128.p12",
        "pbes2-3des-rc2-sha512.p12",
        "nss-3des.p12",
        "bouncycastle-ber.p12",
        "pbmac1.p12",
    ];
    assert_eq!(refused.collect::<Vec<_>>(), expected);
}
