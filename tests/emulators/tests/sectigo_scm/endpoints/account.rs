use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{PATH, create, delete, form, put, start};
use crate::api::{Api, assert_documented};

const ACCOUNTS: &str = "/api/endpoint/v1/5602/account";

fn account() -> Value {
    json!({
        "type": "SSL_WEB_FORM", "name": "My account", "organizationId": 9001,
        "profileIds": [5103, 5101], "csrGenerationMethod": "PROVIDED", "autoApprove": true,
        "allowAutoRenew": true, "accountAuthMethod": "IDP_ASSERTIONS_MAPPING",
        "idpMappingRules": [{"key": "groups", "matchType": "CONTAINS", "values": ["admin"]}],
        "preferredKeyProtectionAlgorithm": "TripleDES-SHA1",
    })
}

fn token(id: i64, kind: &str) -> String {
    STANDARD.encode(format!(r#"{{"id":{id},"type":"{kind}"}}"#))
}

async fn shown(api: &Api, id: i64) -> Value {
    api.get(&format!("{ACCOUNTS}/{id}")).await.json()
}

#[tokio::test]
async fn an_account_is_created_listed_changed_and_deleted() {
    let api = start().await;
    let id = create(&api, ACCOUNTS, account()).await;
    let one = format!("{ACCOUNTS}/{id}");
    let organization = json!({"id": 9001, "name": "Example Corp"});
    let mut expected = account();
    let fields = expected.as_object_mut().expect("an object");
    let rules = fields.remove("idpMappingRules").expect("rules");
    fields.insert("idMappingRules".to_owned(), rules);
    fields.remove("organizationId");
    fields.insert("organization".to_owned(), organization.clone());
    expected["idToken"] = json!(token(id, "SSL_WEB_FORM"));
    expected["allowEmptyPin"] = json!(false);
    let known = shown(&api, id).await;
    assert_eq!(known, expected);
    assert_documented(&known, "EndpointAccount");

    let list = api.get(ACCOUNTS).await;
    assert_eq!(list.header("x-total-count"), "2");
    let entry = json!({
        "id": id, "name": "My account", "type": "SSL_WEB_FORM", "organization": organization,
        "idToken": token(id, "SSL_WEB_FORM"),
    });
    assert_eq!(list.json()[0], entry, "the newest first");
    let second = api
        .get(&format!("{ACCOUNTS}?size=1&position=1"))
        .await
        .json();
    assert_eq!(second[0]["id"], 172);

    let change = json!({
        "type": "SSL_WEB_FORM", "name": "My updated account", "profileIds": [5102],
        "accountAuthMethod": "ACCESS_CODE", "accessCode": "1234", "allowAutoRenew": false,
    });
    put(&api, &one, change).await.is_empty(204);
    let known = shown(&api, id).await;
    assert_eq!(known["profileIds"], json!([5102]), "replaced");
    assert_eq!(
        (&known["accessCode"], &known["autoApprove"]),
        (&json!("1234"), &json!(true))
    );
    assert_eq!(known["allowAutoRenew"], false);
    assert!(known.get("idMappingRules").is_none(), "{known}");

    delete(&api, &one).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -1));
    assert_eq!(api.get(ACCOUNTS).await.header("x-total-count"), "1");
}

#[tokio::test]
async fn rules_that_are_sent_replace_all_rules() {
    let api = start().await;
    let id = create(&api, ACCOUNTS, account()).await;
    let rules = json!([
        {"key": "mail", "matchType": "MATCHES", "values": ["ada@example.com"]},
        {"key": "sn", "matchType": "CONTAINS", "values": ["a", "b"]},
    ]);
    let change = json!({
        "type": "SSL_WEB_FORM", "accountAuthMethod": "IDP_ASSERTIONS_MAPPING",
        "idpMappingRules": rules,
    });
    put(&api, &format!("{ACCOUNTS}/{id}"), change)
        .await
        .is_empty(204);
    assert_eq!(shown(&api, id).await["idMappingRules"], rules);
    let alone = json!({
        "type": "SSL_WEB_FORM", "idpMappingRules": [rules[0]], "accessCode": "1234",
    });
    put(&api, &format!("{ACCOUNTS}/{id}"), alone)
        .await
        .is_empty(204);
    let known = shown(&api, id).await;
    assert_eq!(known["idMappingRules"], json!([rules[0]]));
    assert!(known.get("accessCode").is_none(), "it is of another way in");
}

#[tokio::test]
async fn accounts_are_read_strictly() {
    let api = start().await;
    let rule = |key: &str, kind: &str, values: Value| {
        let rule = json!({"key": key, "matchType": kind, "values": values});
        json!([rule])
    };
    let refused = [
        ("unknown", json!(1), -1002),
        ("type", Value::Null, -7),
        ("type", json!("SMIME_WEB_FORM"), -1601),
        ("name", Value::Null, -7),
        ("name", json!("xx"), -1601),
        ("name", json!("x".repeat(129)), -1601),
        ("organizationId", Value::Null, -7),
        ("organizationId", json!(7), -639),
        ("profileIds", Value::Null, -7),
        ("profileIds", json!([]), -1601),
        ("profileIds", json!([5201]), -39),
        ("csrGenerationMethod", Value::Null, -7),
        ("csrGenerationMethod", json!("SERVER"), -1601),
        ("csrGenerationMethod", json!("TOKEN"), -1601),
        ("accountAuthMethod", Value::Null, -7),
        ("accountAuthMethod", json!("ACCESS_CODE"), -7),
        ("accountAuthMethod", json!("OTHER"), -1601),
        ("accessCode", json!(" "), -1601),
        ("accessCode", json!("x".repeat(256)), -1601),
        ("idpMappingRules", Value::Null, -7),
        ("idpMappingRules", json!([]), -1601),
        (
            "idpMappingRules",
            rule("other", "CONTAINS", json!(["a"])),
            -1601,
        ),
        (
            "idpMappingRules",
            rule("groups", "STARTS", json!(["a"])),
            -1601,
        ),
        ("idpMappingRules", rule("groups", "CONTAINS", json!([])), -7),
        (
            "idpMappingRules",
            rule("groups", "CONTAINS", json!("a")),
            -1002,
        ),
        ("preferredKeyProtectionAlgorithm", json!("RC2"), -1601),
        ("allowEmptyPin", json!("true"), -1002),
    ];
    for (field, value, code) in refused {
        let mut body = account();
        body[field] = value;
        let answer = api.post(ACCOUNTS, body.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{field}: {}", body[field]);
    }
    assert_eq!(api.get(ACCOUNTS).await.header("x-total-count"), "1");
    let one = format!("{ACCOUNTS}/172");
    for (change, code) in [
        (json!({"name": "Other"}), -7),
        (json!({"type": "DEVICE_WEB_FORM"}), -1601),
        (
            json!({"type": "SSL_WEB_FORM", "organizationId": 9002}),
            -1002,
        ),
        (json!({"type": "SSL_WEB_FORM", "profileIds": []}), -1601),
        (
            json!({"type": "SSL_WEB_FORM", "accountAuthMethod": "ACCESS_CODE"}),
            -7,
        ),
    ] {
        let answer = put(&api, &one, change.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{change}");
    }
    let elsewhere = api.get("/api/endpoint/v1/5601/account/172").await;
    assert_eq!(elsewhere.refusal(), (404, -1), "it is another endpoint's");
}

/// Type, way to make keys, approval and way in belong together.
#[tokio::test]
async fn every_type_has_what_belongs_to_it() {
    let api = start().await;
    let types = [
        ("SMIME_WEB_FORM", 5601, 5201),
        ("SSL_WEB_FORM", 5602, 5101),
        ("DEVICE_WEB_FORM", 5603, 5301),
        ("CODE_SIGN_WEB_FORM", 5604, 5401),
    ];
    let wanted = [
        (
            json!({"csrGenerationMethod": "BROWSER"}),
            [true, true, true, true],
        ),
        (
            json!({"csrGenerationMethod": "SERVER"}),
            [true, false, true, true],
        ),
        (
            json!({"csrGenerationMethod": "PROVIDED"}),
            [true, true, true, true],
        ),
        (
            json!({"csrGenerationMethod": "TOKEN"}),
            [false, false, false, true],
        ),
        (
            json!({"csrGenerationMethod": "SECTIGOGEN"}),
            [true, false, false, false],
        ),
        (
            json!({"csrGenerationMethod": "SECTIGOGEN", "autoApprove": true}),
            [false, true, true, false],
        ),
        (
            json!({"csrGenerationMethod": "SECTIGOGEN", "autoApprove": false}),
            [false, false, false, false],
        ),
        (json!({"autoApprove": false}), [false, true, true, false]),
        (json!({"allowAutoRenew": true}), [false, true, false, false]),
        (
            json!({"accountAuthMethod": "ACCESS_CODE"}),
            [true, true, true, false],
        ),
        (
            json!({"accountAuthMethod": "IDP_ASSERTIONS_MAPPING"}),
            [true, true, true, false],
        ),
    ];
    for ((kind, endpoint, profile), index) in types.into_iter().zip(0..) {
        for (wanted, fits) in &wanted {
            let mut body = json!({
                "type": kind, "name": "My account", "organizationId": 9001,
                "profileIds": [profile], "csrGenerationMethod": "BROWSER",
                "accountAuthMethod": "NONE", "accessCode": "1234",
                "idpMappingRules": [{"key": "cn", "matchType": "MATCHES", "values": ["Ada"]}],
            });
            for (name, value) in wanted.as_object().expect("an object") {
                body[name] = value.clone();
            }
            let path = format!("{PATH}/{endpoint}/account");
            let answer = api.post(&path, body).await;
            let fitted = answer.status.is_success();
            assert_eq!(fitted, fits[index], "{kind} {wanted} {answer:?}");
        }
    }
    let two = json!({
        "type": "CODE_SIGN_WEB_FORM", "name": "My account", "organizationId": 9001,
        "profileIds": [5401, 5401], "csrGenerationMethod": "TOKEN", "accountAuthMethod": "NONE",
    });
    let refused = api.post(&format!("{PATH}/5604/account"), two).await;
    assert_eq!(refused.refusal(), (400, -1601), "one profile only");
}

#[tokio::test]
async fn what_the_key_generator_makes_stays_approved() {
    let api = start().await;
    let one = format!("{ACCOUNTS}/172");
    let change = |approved: Value, csr: Value| {
        let mut change = json!({"type": "SSL_WEB_FORM", "autoApprove": approved});
        change["csrGenerationMethod"] = csr;
        change
    };
    let nobody = put(&api, &one, change(Value::Null, json!("SECTIGOGEN"))).await;
    assert_eq!(nobody.refusal(), (400, -7));
    let approved = change(json!(true), json!("SECTIGOGEN"));
    put(&api, &one, approved).await.is_empty(204);
    let later = put(&api, &one, change(json!(false), Value::Null)).await;
    assert_eq!(later.refusal(), (400, -1601));
    let other = change(json!(false), json!("BROWSER"));
    put(&api, &one, other).await.is_empty(204);
}

/// The same accounts that invitations name.
#[tokio::test]
async fn persons_are_invited_to_accounts_of_their_organization() {
    let api = start().await;
    let forms = "/api/person/v2/40501/invitation/endpoint";
    let accounts = format!("{forms}/5601/account");
    let listed = api.get(forms).await.json();
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    let id = create(&api, PATH, form("SMIME_WEB_FORM", "staff")).await;
    let mut hers = account();
    hers["type"] = json!("SMIME_WEB_FORM");
    hers["profileIds"] = json!([5202]);
    for name in ["autoApprove", "allowAutoRenew"] {
        hers.as_object_mut().expect("an object").remove(name);
    }
    let path = format!("{PATH}/{id}/account");
    let new = create(&api, &path, hers.clone()).await;
    hers["organizationId"] = json!(9002);
    let other = create(&api, &path, hers).await;
    let offered = api.get(&format!("{forms}/{id}/account")).await.json();
    let expected = json!([
        {"id": new, "name": "My account", "profiles": ["Emulated single use person"]},
    ]);
    assert_eq!(offered, expected);
    let send = "/api/person/v2/40501/invitation/send";
    api.post(send, json!({"accountId": new}))
        .await
        .is_empty(202);
    for account in [other, 172] {
        let refused = api.post(send, json!({"accountId": account})).await;
        assert_eq!(refused.refusal(), (400, -1601), "{account}");
    }
    delete(&api, &format!("{PATH}/{id}")).await.is_empty(204);
    let gone = api.get(&format!("{forms}/{id}/account")).await;
    assert_eq!(gone.refusal(), (404, -1));
    assert_eq!(api.get(&accounts).await.json()[0]["id"], 171);
}
