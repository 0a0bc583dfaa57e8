use serde_json::{Value, json};

use super::{AREA, bucket, delete, ended, network_task, put, rule, start, tls_server::TlsServer};
use crate::api::{Api, assert_documented};

const PATH: &str = "/api/discovery/v1/bucket";

/// Scans the servers into a bucket.
async fn scanned(api: &Api, bucket: &str, servers: &[&TlsServer]) -> i64 {
    let ports: Vec<_> = servers.iter().map(|it| it.port.to_string()).collect();
    let ranges = json!([{"address": "127.0.0.1", "ports": ports.join(",")}]);
    let task = network_task(api, bucket, "Office", ranges).await;
    let start = format!("{AREA}/v3/net_task/{task}/start");
    api.post(&start, Value::Null).await.is_empty(200);
    ended(api, "net_task", task).await;
    task
}

async fn organizations(api: &Api) -> Vec<(Value, Value)> {
    let listed = api.get("/api/ssl/v1?requestedVia=DISCOVERY").await.json();
    let mut found = Vec::new();
    for entry in listed.as_array().expect("an array") {
        let details = api.details(entry["sslId"].as_i64().expect("an id")).await;
        found.push((details["commonName"].clone(), details["orgId"].clone()));
    }
    found
}

#[tokio::test]
async fn secrets_are_shown_once() {
    let api = start().await;
    let body = json!({"name": "open", "orgDelegations": [9001], "authenticationEnabled": true});
    let created = api.post(PATH, body).await;
    assert_eq!(created.status, 201);
    let credentials = created.json();
    let client = credentials["clientId"].clone();
    assert!(client.is_string() && credentials["clientSecret"].is_string());
    let (_, id) = created.header("location").rsplit_once('/').expect("a path");
    let one = format!("{PATH}/{id}");
    let mut expected = json!({
        "id": id, "name": "open", "assignmentRules": [], "orgDelegations": [9001],
        "authenticationEnabled": true, "clientId": client,
    });
    assert_documented(&expected, "Bucket");
    assert_eq!(api.get(&one).await.json(), expected);
    let again = json!({"name": "open", "authenticationEnabled": true});
    assert_eq!(put(&api, &one, again.clone()).await.json(), expected);

    let reset = format!("{one}/reset-client-secret");
    let renewed = put(&api, &reset, Value::Null).await.json();
    assert_eq!(renewed["clientId"], client);
    assert_ne!(renewed["clientSecret"], credentials["clientSecret"]);

    let closed = json!({"name": "closed", "authenticationEnabled": false});
    expected["name"] = "closed".into();
    expected["authenticationEnabled"] = false.into();
    expected
        .as_object_mut()
        .expect("an object")
        .remove("clientId");
    assert_eq!(put(&api, &one, closed).await.json(), expected);
    assert_eq!(put(&api, &reset, Value::Null).await.refusal(), (400, -1));
    let reopened = put(&api, &one, again).await.json();
    assert!(reopened["clientSecret"].is_string() && reopened["clientId"] != client);
}

#[tokio::test]
async fn buckets_are_delegated_listed_changed_and_deleted() {
    let api = start().await;
    let open = bucket(&api, &[]).await;
    let body = json!({"name": "one's own", "orgDelegations": [9001]});
    let created = api.post(PATH, body).await;
    created.is_empty(201);
    let (_, own) = created.header("location").rsplit_once('/').expect("a path");
    let listed = async |query: &str| {
        let listed = api.get(&format!("{PATH}?{query}")).await;
        let entries = listed.json();
        let ids = entries.as_array().expect("an array").iter();
        let ids: Vec<_> = ids
            .map(|it| it["id"].as_str().expect("an id").to_owned())
            .collect();
        (ids, listed.header("x-total-count").to_owned())
    };
    let both = vec![open.clone(), own.to_owned()];
    assert_eq!(listed("").await, (both.clone(), "2".to_owned()));
    assert_eq!(listed("orgId=9001").await.0, both);
    assert_eq!(listed("orgId=9002").await.0, [&*open]);
    assert_eq!(listed("delegationMode=CUSTOMIZED").await.0, [own]);
    assert_eq!(listed("name=BUCKET").await.0, [&*open]);
    assert_eq!(
        listed("size=1&position=1").await,
        (vec![own.to_owned()], "2".to_owned())
    );

    let delegations = format!("{PATH}/{own}/delegations");
    let to_all = json!({"delegationMode": "GLOBAL_FOR_CUSTOMER"});
    let answered = put(&api, &delegations, to_all).await.json();
    assert_eq!(answered["orgDelegations"], json!([]));
    assert_eq!(listed("orgId=9002").await.0.len(), 2);
    for (body, code) in [
        (json!({"delegationMode": "CUSTOMIZED"}), -7),
        (
            json!({"delegationMode": "GLOBAL_FOR_CUSTOMER", "orgDelegations": [9001]}),
            -1601,
        ),
        (
            json!({"delegationMode": "CUSTOMIZED", "orgDelegations": [1]}),
            -639,
        ),
        (json!({"delegationMode": "ALL"}), -1601),
        (json!({}), -7),
    ] {
        assert_eq!(put(&api, &delegations, body).await.refusal(), (400, code));
    }
    let own = format!("{PATH}/{own}");
    let unknown_rule = json!({"name": "a", "assignmentRules": [1]});
    assert_eq!(put(&api, &own, unknown_rule).await.refusal(), (400, -1601));
    let delegated = json!({"name": "a", "orgDelegations": [9001]});
    assert_eq!(put(&api, &own, delegated).await.refusal(), (400, -1002));
    let unnamed = api.post(PATH, json!({"name": ""})).await;
    assert_eq!(unnamed.refusal(), (400, -7));
    delete(&api, &own).await.is_empty(204);
    assert_eq!(api.get(&own).await.refusal(), (404, -1));
    let ranges = json!([{"address": "127.0.0.1", "ports": "1"}]);
    network_task(&api, &open, "Office", ranges).await;
    let used = delete(&api, &format!("{PATH}/{open}")).await;
    assert_eq!(used.refusal(), (400, -1));
}

#[tokio::test]
async fn rules_give_what_nobody_has_to_organizations() {
    let api = start().await;
    let (web, mail) = (
        TlsServer::start("web.fabrikam.example"),
        TlsServer::start("mail.fabrikam.example"),
    );
    let web_rule = rule(&api, "COMMON_NAME", "STARTS_WITH", "web.").await;
    let id = bucket(&api, &[web_rule]).await;
    scanned(&api, &id, &[&web, &mail]).await;
    let organization = json!(9002);
    let web_given = (json!("web.fabrikam.example"), organization.clone());
    assert_eq!(organizations(&api).await, std::slice::from_ref(&web_given));

    let all = rule(&api, "ORGANIZATION", "MATCH_REGEX", "^Fabrikam, Inc.$").await;
    let body = json!({"name": "a bucket", "assignmentRules": [all]});
    put(&api, &format!("{PATH}/{id}"), body).await.json();
    let run = format!("{PATH}/{id}/runrules");
    for _ in 0..2 {
        api.post(&run, Value::Null).await.is_empty(200);
        let given = organizations(&api).await;
        let mail_given = (json!("mail.fabrikam.example"), organization.clone());
        assert_eq!(given, [web_given.clone(), mail_given]);
    }
    let certificates = api
        .get(&format!("{PATH}/{id}/certificates?size=1"))
        .await
        .json();
    assert_documented(&certificates, "BucketCertificateList");
    assert_documented(&certificates["data"][0], "BucketCertificate");
    assert_eq!(certificates["total"], 2);
    assert_eq!(
        certificates["data"][0]["details"]["cn"],
        "web.fabrikam.example"
    );
    assert_eq!(certificates["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn certificates_are_assigned_by_their_hashes() {
    let api = start().await;
    let server = TlsServer::start("web.fabrikam.example");
    let id = bucket(&api, &[]).await;
    scanned(&api, &id, &[&server]).await;
    let certificates = api.get(&format!("{PATH}/{id}/certificates")).await.json();
    let hash = &certificates["data"][0]["hash"];
    let assign = format!("{PATH}/{id}/assign");
    let wanted = |hashes: Value, kind: &str, organization: i64| {
        let mut body = json!({"hashes": hashes, "certType": kind});
        body["organizationId"] = organization.into();
        body
    };
    for (body, code) in [
        (wanted(json!([]), "SSL", 9001), -7),
        (wanted(json!(["00"]), "SSL", 9001), -1601),
        (wanted(json!([hash]), "SSL", 1), -639),
        (wanted(json!([hash]), "Client", 9001), -1601),
        (wanted(json!([hash]), "SMIME", 9001), -1601),
        (wanted(json!([hash]), "BrandIndicator", 9001), -1601),
        (json!({"hashes": [hash], "certType": "SSL"}), -7),
    ] {
        let refused = api.post(&assign, body.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{body}");
    }
    assert_eq!(organizations(&api).await, []);
    for organization in [9001, 9002] {
        let body = wanted(json!([hash]), "SSL", organization);
        api.post(&assign, body).await.is_empty(200);
        let given = (json!("web.fabrikam.example"), json!(organization));
        assert_eq!(organizations(&api).await, [given]);
    }
}
