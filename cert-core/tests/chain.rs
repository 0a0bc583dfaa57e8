//! Chains, revocation lists and bundles.

mod tool;

use cert_core::{
    Certificate, CertificateChain, CertificateRevocationList, ChainError, DecodeErrorKind, Encoded,
    Name, Pkcs7, RevocationReason, RevokedCertificate, SerialNumber, Time,
};
use proptest::prelude::*;
use tool::{Scratch, fixture, openssl, text_fixture};

fn certificate(name: &str) -> Certificate {
    Certificate::parse(&fixture(&format!("certificate/{name}"))).expect(name)
}

fn whole() -> [Certificate; 3] {
    ["leaf.pem", "intermediate.pem", "root.pem"].map(certificate)
}

fn list(name: &str) -> CertificateRevocationList {
    CertificateRevocationList::parse(&fixture(&format!("crl/{name}"))).expect(name)
}

#[test]
fn a_chain_without_root_ends_before_it_and_is_never_empty() {
    let [leaf, intermediate, root] = whole();
    let chain = CertificateChain::for_leaf(leaf.clone(), [root.clone(), intermediate.clone()]);
    let sent = chain.without_root();
    assert_eq!(sent.certificates(), [leaf, intermediate]);
    assert_eq!(sent.without_root(), sent);
    let alone = CertificateChain::for_leaf(root.clone(), []);
    assert_eq!(alone.without_root().certificates(), [root]);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn any_order_comes_out_leaf_first(
        order in Just(vec![0, 1, 2, 0, 1, 3]).prop_shuffle(),
    ) {
        let all = [&whole()[..], &[certificate("p256.pem")]].concat();
        let given: Vec<_> = order.iter().map(|index| all[*index].clone()).collect();
        let chain = CertificateChain::for_leaf(all[0].clone(), given.clone());
        prop_assert_eq!(chain.certificates(), whole());
        prop_assert_eq!(chain.strangers(), &[certificate("p256.pem")][..]);
        prop_assert_eq!(chain.duplicates(), &[certificate("intermediate.pem")][..]);

        let without_stranger = given.into_iter().filter(|one| *one != all[3]);
        let chain = CertificateChain::from_unordered(without_stranger).expect("one leaf");
        prop_assert_eq!(chain.certificates(), whole());
        prop_assert_eq!(chain.duplicates().len(), 2);
        prop_assert_eq!(chain.missing_issuer(), None);
        prop_assert_eq!(chain.root(), Some(&all[2]));
    }
}

#[test]
fn a_gap_names_the_missing_issuer() {
    let [leaf, intermediate, root] = whole();
    let chain = CertificateChain::from_unordered([root.clone(), leaf.clone()]).expect("a leaf");
    assert_eq!(chain.certificates(), std::slice::from_ref(&leaf));
    assert_eq!(chain.strangers(), [root]);
    let missing = Name::from("CN=Example Issuing,O=Example Trust,C=CA");
    assert_eq!(chain.missing_issuer(), Some(&missing));

    let chain = CertificateChain::from_unordered([intermediate, leaf]).expect("a leaf");
    assert_eq!(chain.issuers().len(), 1);
    assert_eq!(
        chain.missing_issuer(),
        Some(&Name::from("/C=CA/O=Example Trust/CN=Example Root"))
    );
}

#[test]
fn a_leaf_that_cannot_be_told_is_an_error() {
    assert_eq!(CertificateChain::from_unordered([]), Err(ChainError::Empty));
    let two = [certificate("p256.pem"), certificate("p256-compressed.pem")];
    let error = CertificateChain::from_unordered(two).expect_err("two self-signed");
    assert_eq!(
        error.to_string(),
        "several certificates could be the leaf: CN=p256; CN=compressed; name the one that is meant"
    );
    // A leaf among roots is told by not being an authority.
    let some = [certificate("p256.pem"), certificate("leaf.pem")];
    let chain = CertificateChain::from_unordered(some).expect("the leaf");
    assert_eq!(chain.leaf(), &certificate("leaf.pem"));
}

#[cfg(feature = "crypto")]
#[test]
fn signatures_are_verified() {
    use cert_core::SignatureError;

    let [leaf, intermediate, root] = whole();
    let chain = CertificateChain::from_unordered(whole()).expect("a chain");
    assert_eq!(chain.verify_signatures(), Ok(()));
    assert_eq!(leaf.verify_signature(&intermediate), Ok(()));
    let wrong = leaf.verify_signature(&certificate("p256.pem"));
    assert!(
        matches!(wrong, Err(SignatureError::Invalid { .. })),
        "{wrong:?}"
    );
    let wrong = leaf.verify_signature(&root);
    let text = wrong.expect_err("a key of another kind").to_string();
    assert_eq!(
        text,
        "signatures of ECDSA with SHA-256 under a key of RSA 2048 cannot be verified"
    );
    let list = list("list.pem");
    assert_eq!(list.verify_signature(&intermediate), Ok(()));
    assert!(list.verify_signature(&certificate("p256.pem")).is_err());

    let mut forged = root.as_der().to_vec();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    let forged = Certificate::from_der(&forged).expect("still a certificate");
    let chain = CertificateChain::for_leaf(leaf, [intermediate, forged]);
    let error = chain.verify_signatures().expect_err("a forged root");
    assert!(
        error.to_string().contains("certificate of CN=Example Root"),
        "{error}"
    );
}

#[test]
fn a_chain_is_read_from_every_bundle() {
    let leaf_first = whole().map(|one| one.to_pem()).concat();
    let root_first: String = whole().iter().rev().map(Certificate::to_pem).collect();
    let labelled = text_fixture("pkcs7/bundle.pem").replace("PKCS7", "CERTIFICATE");
    let bundles = [
        leaf_first.clone().into_bytes(),
        root_first.into_bytes(),
        labelled.into_bytes(),
        fixture("pkcs7/bundle.pem"),
        fixture("pkcs7/bundle.p7b"),
        fixture("pkcs7/bundle-ber.p7b"),
    ];
    for bundle in bundles {
        let chain = CertificateChain::parse(&bundle).expect("a bundle");
        assert_eq!(chain.certificates(), whole());
        assert_eq!(chain.to_pem(), leaf_first);
    }
    let encoded: Encoded<CertificateChain> = leaf_first.as_str().into();
    assert_eq!(
        encoded.decode().expect("a chain").leaf(),
        &certificate("leaf.pem")
    );
}

#[test]
fn pkcs7_is_read_in_every_form() {
    for name in ["bundle.pem", "bundle.p7b", "bundle-ber.p7b"] {
        let bundle = Pkcs7::parse(&fixture(&format!("pkcs7/{name}"))).expect(name);
        assert_eq!(bundle.certificates().len(), 3, "{name}");
        assert!(
            whole()
                .iter()
                .all(|one| bundle.certificates().contains(one)),
            "{name}"
        );
    }
    let signed = Pkcs7::parse(&fixture("pkcs7/signed-ber.p7m")).expect("a signed message");
    assert_eq!(signed.certificates().len(), 2);
    let with_list = Pkcs7::parse(&fixture("pkcs7/with-crl.pem")).expect("with a list");
    assert_eq!(with_list.revocation_lists(), [list("list.pem")]);
    let error = Pkcs7::parse(&fixture("certificate/leaf.pem")).expect_err("a certificate");
    let said = "PKCS#7 bundle: contentType at byte 4: expected OBJECT IDENTIFIER, found SEQUENCE";
    assert_eq!(error.to_string(), said);
}

#[test]
fn openssl_reads_the_bundles_that_are_written() {
    let scratch = Scratch::new("openssl-reads-pkcs7");
    let bundle = Pkcs7::from_certificates(&whole()).expect("a bundle");
    assert_eq!(Pkcs7::parse(bundle.as_der()).as_ref(), Ok(&bundle));
    let file = scratch.write("bundle.pem", bundle.to_pem().as_bytes());
    let Some(output) = openssl(&["pkcs7", "-in", &file, "-print_certs"]) else {
        return;
    };
    let text = output.expect("openssl reads the bundle");
    assert_eq!(text.matches("-----BEGIN CERTIFICATE-----").count(), 3);
}

#[test]
fn a_revocation_list_is_read() {
    let list = list("list.pem");
    assert_eq!(list.issuer(), certificate("intermediate.pem").subject());
    assert_eq!(list.number(), Some(&SerialNumber::from("2A")));
    assert!(!list.is_delta());
    assert!(list.this_update().instant() < list.next_update().and_then(Time::instant));
    let reasons: Vec<_> = list
        .entries()
        .iter()
        .map(RevokedCertificate::reason)
        .collect();
    assert_eq!(
        reasons,
        [
            Some(RevocationReason::KeyCompromise),
            Some(RevocationReason::Superseded),
            Some(RevocationReason::CaCompromise),
            Some(RevocationReason::RemoveFromCrl),
            None,
        ]
    );
    let first = list
        .find(&SerialNumber::from("10:01"))
        .expect("on the list");
    assert_eq!(first.revocation_date(), &"2025-03-01T12:00:00Z".into());
    let invalid = list.entries()[2].invalidity_date().expect("a date");
    assert_eq!(invalid, &"2025-01-01T00:00:00Z".into());
    assert!(list.revokes(&certificate("leaf.pem")));
    assert!(
        !list.revokes(&certificate("intermediate.pem")),
        "another issuer"
    );
}

#[test]
fn a_list_without_entries_or_extensions_is_read() {
    let list = list("empty-v1.pem");
    assert!(list.entries().is_empty() && list.extensions().is_empty());
    assert_eq!(list.number(), None);
    let again = CertificateRevocationList::parse(list.to_pem().as_bytes());
    assert_eq!(again, Ok(list.clone()));
    let cut = CertificateRevocationList::from_der(&list.as_der()[..50]).expect_err("cut short");
    assert!(
        matches!(cut.kind(), DecodeErrorKind::Truncated { .. }),
        "{cut}"
    );

    let scratch = Scratch::new("openssl-reads-crl");
    let file = scratch.write("list.pem", list.to_pem().as_bytes());
    let Some(output) = openssl(&["crl", "-in", &file, "-noout", "-issuer"]) else {
        return;
    };
    assert!(
        output
            .expect("openssl reads the list")
            .contains("Example Issuing")
    );
}
