use serde_json::{Value, json};

use super::{PATH, TYPES, create, delete, form, put, start};
use crate::api::{Api, assert_documented};

fn ids(list: &Value) -> Vec<i64> {
    let entries = list.as_array().expect("a list").iter();
    entries.filter_map(|entry| entry["id"].as_i64()).collect()
}

#[tokio::test]
async fn there_is_an_endpoint_of_each_type() {
    let api = start().await;
    let list = api.get(PATH).await;
    assert_eq!(list.header("x-total-count"), "19");
    let list = list.json();
    let newest = &list[0];
    assert_eq!(newest["id"], 5619);
    assert_eq!(newest["delegationMode"], "GLOBAL_FOR_CUSTOMER");
    assert_documented(newest, "EndpointSummary");
    for (id, kind) in (5601..).zip(TYPES) {
        let path = format!("{PATH}/{id}");
        let one = api.get(&path).await.json();
        assert_eq!(one["type"], kind);
        assert_documented(&one, "Endpoint");
        let url = one["url"].as_str().expect("an address");
        assert!(url.starts_with(api.emulator.base_url()), "{url}");
        assert_eq!(one.get("webFormAuthTypes").is_some(), id <= 5604, "{kind}");
        let config = api.get(&format!("{path}/config")).await.json();
        assert_documented(&config, "EndpointConfig");
    }
}

#[tokio::test]
async fn endpoints_are_listed_in_pages_and_by_filters() {
    let api = start().await;
    let mut body = form("SSL_WEB_FORM", "my-own-wf");
    body["name"] = json!("Best form");
    let id = create(&api, PATH, body).await;
    let page = api.get(&format!("{PATH}?size=2&position=1")).await;
    assert_eq!(page.header("x-total-count"), "20");
    assert_eq!(ids(&page.json()), [5619, 5618]);
    for query in [
        "name=BEST",
        "uriExtension=own",
        "name=form&uriExtension=my-own-wf&endpointTypes%5B%5D=SSL_WEB_FORM&dateFormat=EU",
    ] {
        let found = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(found.header("x-total-count"), "1", "{query}");
        assert_eq!(ids(&found.json()), [id], "{query}");
    }
    let two = "endpointTypes[]=SSL_WEB_FORM&endpointTypes[]=SMIME_SCEP";
    let found = api.get(&format!("{PATH}?{two}")).await.json();
    assert_eq!(ids(&found), [id, 5608, 5602]);
    for query in ["endpointTypes[]=SSL_MAGGIE_UI", "unknown=1", "size=-1"] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn a_form_is_created_changed_delegated_and_deleted() {
    let api = start().await;
    let mut body = form("SSL_WEB_FORM", "ssl-wf");
    body["orgDelegations"] = json!([9002]);
    let id = create(&api, PATH, body.clone()).await;
    let (one, config) = (format!("{PATH}/{id}"), format!("{PATH}/{id}/config"));
    let url = format!("{}/customer/cst1/ssl/ssl-wf", api.emulator.base_url());
    let mut expected = json!({
        "id": id, "name": "Example form", "type": "SSL_WEB_FORM", "delegationMode": "CUSTOMIZED",
        "url": url, "uriExtension": "ssl-wf", "webFormAuthTypes": ["EMAIL_CONFIRMATION"],
        "organizations": [{"id": 9002, "name": "Example Research"}],
    });
    assert_eq!(api.get(&one).await.json(), expected);
    assert_eq!(api.get(&config).await.json(), body["config"]);

    let change = json!({"name": "Other", "config": {"webFormAuthTypes": ["IDP"]}});
    put(&api, &one, change).await.is_empty(204);
    expected["name"] = json!("Other");
    expected["webFormAuthTypes"] = json!(["IDP"]);
    assert_eq!(api.get(&one).await.json(), expected);
    let change = json!({"enrollmentHelp": "", "contactName": "Grace Example"});
    put(&api, &config, change).await.is_empty(200);
    let known = json!({
        "enrollmentLinkName": "More", "enrollmentLinkAddress": "https://example.com/more",
        "webFormAuthTypes": ["IDP"], "contactName": "Grace Example",
    });
    assert_eq!(api.get(&config).await.json(), known);

    let delegations = format!("{one}/delegations");
    let delegated = put(&api, &delegations, json!([9001, 9002])).await;
    delegated.is_empty(204);
    let organizations = json!([
        {"id": 9002, "name": "Example Research"},
        {"id": 9001, "name": "Example Corp"},
    ]);
    assert_eq!(api.get(&one).await.json()["organizations"], organizations);
    delete(&api, &delegations).await.is_empty(204);
    let everybody = api.get(&one).await.json();
    assert_eq!(everybody["delegationMode"], "GLOBAL_FOR_CUSTOMER");
    assert_eq!(everybody["organizations"], json!([]));

    delete(&api, &one).await.is_empty(204);
    for path in [one.clone(), config, format!("{one}/account")] {
        assert_eq!(api.get(&path).await.refusal(), (404, -1), "{path}");
    }
}

#[tokio::test]
async fn forms_are_read_strictly() {
    let api = start().await;
    let refused = [
        ("unknown", json!(1), -1002),
        ("name", Value::Null, -7),
        ("name", json!(" "), -1601),
        ("name", json!("x".repeat(257)), -1601),
        ("endpointType", Value::Null, -7),
        ("endpointType", json!("SSL_EST"), -1601),
        ("uriExtension", json!(""), -7),
        ("uriExtension", json!("x".repeat(59)), -1601),
        ("uriExtension", json!("emulated"), -1601),
        ("config", Value::Null, -7),
        ("config", json!({"unknown": 1}), -1002),
        ("config", json!({"contactName": "Ada"}), -1002),
        ("config", json!({"enrollmentHelp": "x".repeat(2049)}), -1601),
        (
            "config",
            json!({"enrollmentLinkName": "x".repeat(1025)}),
            -1601,
        ),
        (
            "config",
            json!({"enrollmentLinkAddress": "example.com"}),
            -1601,
        ),
        ("config", json!({"webFormAuthTypes": "IDP"}), -1002),
        ("config", json!({"webFormAuthTypes": ["OTHER"]}), -1601),
        ("orgDelegations", json!([]), -1601),
        ("orgDelegations", json!([0]), -1601),
        ("orgDelegations", json!([7]), -639),
        ("orgDelegations", json!(["9001"]), -1002),
    ];
    for (field, value, code) in refused {
        let mut body = form("SSL_WEB_FORM", "ssl-wf");
        body[field] = value;
        let answer = api.post(PATH, body.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{body}");
    }
    assert_eq!(api.get(PATH).await.header("x-total-count"), "19");
    for (change, code) in [
        (json!({"name": ""}), -1601),
        (json!({"endpointType": "SSL_WEB_FORM"}), -1002),
        (json!({"config": {"webFormAuthTypes": []}}), -1601),
    ] {
        let answer = put(&api, &format!("{PATH}/5602"), change.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{change}");
    }
    for (change, code) in [
        (json!({"webFormAuthTypes": []}), -1601),
        (json!({"contactPhone": "1".repeat(33)}), -1601),
        (json!({"name": "x"}), -1002),
    ] {
        let answer = put(&api, &format!("{PATH}/5602/config"), change.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{change}");
    }
    for (ids, code) in [(json!([0]), -1601), (json!([7]), -639), (json!({}), -1002)] {
        let answer = put(&api, &format!("{PATH}/5602/delegations"), ids.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{ids}");
    }
}

/// How applicants show who they are depends on the type, in all three calls.
#[tokio::test]
async fn auth_types_belong_to_types_of_form() {
    let api = start().await;
    let refusals = [
        ("SMIME_WEB_FORM", 5601, vec![]),
        ("SSL_WEB_FORM", 5602, vec!["SECRET_ID"]),
        ("DEVICE_WEB_FORM", 5603, vec!["SECRET_ID"]),
        ("CODE_SIGN_WEB_FORM", 5604, vec!["IDP", "SECRET_ID"]),
    ];
    for (kind, id, refused) in refusals {
        for auth in ["EMAIL_CONFIRMATION", "IDP", "SECRET_ID"] {
            let config = json!({"webFormAuthTypes": [auth]});
            let mut new = form(kind, &format!("{kind}-{auth}").to_lowercase());
            new["config"] = config.clone();
            let change = json!({"config": config});
            let answers = [
                api.post(PATH, new).await,
                put(&api, &format!("{PATH}/{id}"), change).await,
                put(&api, &format!("{PATH}/{id}/config"), config).await,
            ];
            for answer in answers {
                let fits = answer.status.is_success();
                assert_eq!(fits, !refused.contains(&auth), "{kind} {auth} {answer:?}");
            }
        }
    }
}

#[tokio::test]
async fn endpoints_of_other_types_can_be_read_alone() {
    let api = start().await;
    for id in 5605..=5619 {
        let one = format!("{PATH}/{id}");
        let answers = [
            put(&api, &one, json!({"name": "Other"})).await,
            put(&api, &format!("{one}/config"), json!({})).await,
            put(&api, &format!("{one}/delegations"), json!([9001])).await,
            delete(&api, &format!("{one}/delegations")).await,
            api.post(&format!("{one}/account"), json!({})).await,
            delete(&api, &one).await,
        ];
        for answer in answers {
            assert_eq!(answer.refusal(), (400, -3), "{id}");
        }
        api.get(&format!("{one}/account")).await.json();
    }
    assert_eq!(api.get(&format!("{PATH}/1")).await.refusal(), (404, -1));
    assert_eq!(
        delete(&api, &format!("{PATH}/1")).await.refusal(),
        (404, -1)
    );
    assert_eq!(api.get(&format!("{PATH}/x")).await.refusal(), (400, -1601));
}

async fn department(api: &Api, parent: &str) -> i64 {
    let body = json!({
        "name": "Sales", "parentOrgName": parent, "address1": "First street, 123",
        "city": "Exampleton", "country": "XX", "clientCertificate": {},
    });
    create(api, "/api/organization/v1", body).await
}

/// A form of one organization serves its departments, and loses them when they go.
#[tokio::test]
async fn delegations_reach_departments() {
    let api = start().await;
    let sales = department(&api, "Example Research").await;
    let mut body = form("SSL_WEB_FORM", "research");
    body["orgDelegations"] = json!([9002, sales]);
    let id = create(&api, PATH, body).await;
    let accounts = format!("{PATH}/{id}/account");
    let account = |organization: i64| {
        json!({
            "type": "SSL_WEB_FORM", "name": "Research", "organizationId": organization,
            "profileIds": [5101], "csrGenerationMethod": "PROVIDED", "accountAuthMethod": "NONE",
        })
    };
    assert_eq!(
        api.post(&accounts, account(9001)).await.refusal(),
        (400, -1601)
    );
    let theirs = create(&api, &accounts, account(sales)).await;
    let shown = api.get(&format!("{accounts}/{theirs}")).await.json();
    let organization = json!({
        "id": 9002, "name": "Example Research", "department": {"id": sales, "name": "Sales"},
    });
    assert_eq!(shown["organization"], organization);
    delete(&api, &format!("/api/organization/v1/{sales}"))
        .await
        .is_empty(204);
    assert_eq!(api.get(&accounts).await.json(), json!([]));
    let left = api.get(&format!("{PATH}/{id}")).await.json();
    assert_eq!(ids(&left["organizations"]), [9002]);
}
