use std::net::{Ipv4Addr, TcpListener};

use cert_emulators::sectigo_scm::Progress;
use jiff::SignedDuration;
use rcgen::KeyPair;
use serde_json::{Value, json};

use super::{
    AREA, bucket, delete, ended, network_task, operations, results, rule, settings, start,
    tls_server::TlsServer,
};
use crate::api::{Api, csr_for, enrolment, number};

async fn begin(api: &Api, kind: &str, version: u8, task: i64) {
    let path = format!("{AREA}/v{version}/{kind}/{task}/start");
    api.post(&path, Value::Null).await.is_empty(200);
}

async fn status(api: &Api, task: i64) -> Value {
    let task = format!("{AREA}/v4/net_task/{task}");
    api.get(&task).await.json()["status"].clone()
}

/// A port that nobody listens on.
fn closed_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

#[tokio::test]
async fn servers_are_found_where_they_listen() {
    let api = start().await;
    let (new, old) = (
        TlsServer::start("new.fabrikam.example"),
        TlsServer::speaking("old.fabrikam.example", &[&rustls::version::TLS12]),
    );
    let bucket_id = bucket(&api, &[]).await;
    let ports = format!("{},{}", old.port, closed_port());
    let ranges = json!([
        {"address": "127.0.0.1", "ports": new.port.to_string()},
        {"address": "localhost", "ports": ports},
    ]);
    let task = network_task(&api, &bucket_id, "Office", ranges).await;
    assert_eq!(status(&api, task).await, Value::Null);
    begin(&api, "net_task", 3, task).await;
    assert_eq!(status(&api, task).await, "Scan in process");
    let operation = ended(&api, "net_task", task).await;
    assert_eq!(operation["status"], "completed");
    assert_eq!(operation["bucketId"], *bucket_id);
    assert_eq!(operation.get("error"), None);
    assert_eq!(status(&api, task).await, "Scan completed (Successful)");

    let found = results(&api, "net_task", task, &operation).await;
    assert_eq!(found.len(), 2, "{found:?}");
    let [first, second] = [&found[0], &found[1]];
    assert_eq!(first["operation"]["id"], operation["id"]);
    assert_eq!(first["certificate"]["metadata"]["managedId"], Value::Null);
    let details = &first["certificate"]["details"];
    assert_eq!(details["cn"], "new.fabrikam.example");
    assert_eq!(details["san"], json!(["new.fabrikam.example"]));
    let subject = json!({"O": "Fabrikam, Inc.", "CN": "new.fabrikam.example"});
    assert_eq!(
        (&details["subject"], &details["issuer"]),
        (&subject, &subject)
    );
    assert_eq!(
        (&details["keyAlgorithm"], &details["keySize"]),
        (&json!("EC"), &json!(256))
    );
    assert_eq!(details["signatureAlgorithm"], "SHA256withECDSA");
    assert_eq!(details["sha1Hash"], first["certificate"]["hash"]);
    assert_eq!(details["precert"], false);
    let location = &first["location"];
    assert_eq!(location["type"], "NETWORK_HOST");
    assert_eq!(location["details"]["ip"], "127.0.0.1");
    assert_eq!(location["details"]["port"], new.port);
    assert_eq!(location["details"]["hostName"], Value::Null);
    assert_eq!(first["status"]["tlsVersion"], 3);
    assert_eq!(second["location"]["details"]["address"], "localhost");
    assert_eq!(second["status"]["tlsVersion"], 2);
    let suite = second["status"]["cipherSuite"].as_str().expect("a name");
    assert!(suite.starts_with("TLS_ECDHE_ECDSA_WITH_"), "{suite}");
    let page = format!(
        "{AREA}/v1/net_task/{task}/operation/{}/result?size=1&position=1",
        operation["id"].as_str().expect("an id")
    );
    let page = api.get(&page).await;
    assert_eq!(page.header("x-total-count"), "2");
    assert_eq!(page.json()["data"], json!([second]));
}

#[tokio::test]
async fn other_machines_are_unreachable() {
    let api = start().await;
    let server = TlsServer::start("here.fabrikam.example");
    let bucket = bucket(&api, &[]).await;
    let here = json!({"address": "127.0.0.1", "ports": server.port.to_string()});
    let there = json!({"address": "10.1.2.0/24", "ports": "443"});
    let ranges = json!([here, there]);
    let task = network_task(&api, &bucket, "Office", ranges).await;
    begin(&api, "net_task", 2, task).await;
    let operation = ended(&api, "net_task", task).await;
    assert_eq!(operation["status"], "completed");
    assert_eq!(operation["error"], "Unreachable: 10.1.2.0/24");
    assert_eq!(
        status(&api, task).await,
        "Scan completed (Partial SUCCESSFUL)"
    );
    assert_eq!(results(&api, "net_task", task, &operation).await.len(), 1);

    let name = json!([{"address": "www.example.com"}]);
    let task = network_task(&api, &bucket, "Cloud", name).await;
    begin(&api, "net_task", 3, task).await;
    let operation = ended(&api, "net_task", task).await;
    assert_eq!(operation["status"], "failed");
    assert_eq!(operation["error"], "Unreachable: www.example.com");
    assert_eq!(status(&api, task).await, "Scan FAILED");
    assert_eq!(results(&api, "net_task", task, &operation).await.len(), 0);
}

#[tokio::test]
async fn one_scan_at_a_time_is_stopped_expires_or_ends() {
    let api = Api::start_with(|builder| builder.scanning(Progress::Manual)).await;
    let bucket = bucket(&api, &[]).await;
    let ranges = json!([{"address": "127.0.0.1", "ports": closed_port().to_string()}]);
    let task = network_task(&api, &bucket, "Office", ranges).await;
    begin(&api, "net_task", 3, task).await;
    let again = format!("{AREA}/v2/net_task/{task}/start");
    let refused = api.post(&again, Value::Null).await;
    assert_eq!(refused.refusal(), (400, -618));
    let last = async || {
        operations(&api, "net_task", task)
            .await
            .pop()
            .expect("a scan")
    };
    let running = last().await;
    assert_eq!(running["status"], "in_progress");
    let path = format!("{AREA}/v1/net_task/{task}/operation");
    let stop = format!("{path}/{}/stop", running["id"].as_str().expect("an id"));
    api.post(&stop, Value::Null).await.is_empty(200);
    assert_eq!(last().await["status"], "cancelled");
    assert_eq!(status(&api, task).await, "Scan CANCELED by user");
    assert_eq!(api.post(&stop, Value::Null).await.refusal(), (400, -1));
    let nobody = format!("{path}/{:032x}/stop", 7);
    assert_eq!(api.post(&nobody, Value::Null).await.refusal(), (404, -1));

    begin(&api, "net_task", 3, task).await;
    api.emulator.clock().advance(SignedDuration::from_hours(25));
    assert_eq!(last().await["status"], "expired");
    begin(&api, "net_task", 3, task).await;
    while last().await["status"] == "in_progress" {
        api.emulator.state().finish_scans();
    }
    assert_eq!(last().await["status"], "completed");
    assert_eq!(operations(&api, "net_task", task).await.len(), 3);
    begin(&api, "net_task", 3, task).await;
    delete(&api, &format!("{AREA}/v3/net_task/{task}"))
        .await
        .is_empty(204);
    assert_eq!(api.get(&path).await.refusal(), (404, -1));
}

#[tokio::test]
async fn directories_and_vaults_have_the_same_in_every_scan_of_theirs() {
    let api = start().await;
    let bucket_id = bucket(
        &api,
        &[rule(&api, "TEMPLATE_NAME", "MATCHES", "Machine").await],
    )
    .await;
    let mut body = settings(&bucket_id);
    body["agent"] = "Directory".into();
    body["depth"] = 1.into();
    body["domainDefinition"] = "sectigo.com".into();
    let created = api.post(&format!("{AREA}/v4/ad_task"), body).await;
    let task = number(created.header("location"));
    let mut seen = Vec::new();
    for version in [2, 3] {
        begin(&api, "ad_task", version, task).await;
        let operation = ended(&api, "ad_task", task).await;
        let found = results(&api, "ad_task", task, &operation).await;
        let hashes = found.iter().map(|it| it["certificate"]["hash"].clone());
        seen.push(hashes.collect::<Vec<_>>());
        assert_eq!(
            found[1]["location"]["details"]["hostName"],
            "files.sectigo.com"
        );
        assert_eq!(found[0]["status"]["tlsVersion"], Value::Null);
        let managed = found[0]["certificate"]["metadata"]["managedId"].as_str();
        assert!(
            managed.is_some_and(|it| it.starts_with("ssl:")),
            "{managed:?}"
        );
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].len(), 2);

    let mut body = settings(&bucket_id);
    body["azureAccountId"] = 207.into();
    body["resourceGroup"] = "group".into();
    body["keyVault"] = "vault1".into();
    let created = api.post(&format!("{AREA}/v1/azure_task"), body).await;
    let task = number(created.header("location"));
    begin(&api, "azure_task", 1, task).await;
    let operation = ended(&api, "azure_task", task).await;
    let found = results(&api, "azure_task", task, &operation).await;
    let uri = found[0]["location"]["details"]["uri"].as_str();
    assert_eq!(uri, Some("https://vault1.vault.azure.net/certificates/web"));
}

/// Scans servers into a bucket with one rule for everything, and answers what was found.
async fn found_at(api: &Api, servers: &[&TlsServer]) -> Vec<Value> {
    let rule = rule(api, "IP", "MATCHES", "127.0.0.1").await;
    let bucket = bucket(api, &[rule]).await;
    let range = |it: &&TlsServer| json!({"address": "127.0.0.1", "ports": it.port.to_string()});
    let ranges = servers.iter().map(range).collect();
    let task = network_task(api, &bucket, "Office", ranges).await;
    begin(api, "net_task", 3, task).await;
    let operation = ended(api, "net_task", task).await;
    results(api, "net_task", task, &operation).await
}

#[tokio::test]
async fn what_was_issued_here_stays_and_the_rest_is_listed_as_discovered() {
    let api = start().await;
    let key = KeyPair::generate().expect("a key");
    let order = enrolment(&csr_for("www.example.com", &key));
    let ordered = api.post("/api/ssl/v1/enroll", order).await.json();
    let id = ordered["sslId"].as_i64().expect("an id");
    let der = {
        let mut state = api.emulator.state();
        assert!(state.approve_ssl(id) && state.issue_ssl(id));
        state.ssl_certificate(id).expect("issued")
    };
    let own = TlsServer::presenting(&der, &key, &[&rustls::version::TLS13]);
    let other = TlsServer::start("other.fabrikam.example");
    let found = found_at(&api, &[&own, &other]).await;
    let managed = found
        .iter()
        .map(|it| &it["certificate"]["metadata"]["managedId"]);
    let expected = [id, id + 1].map(|id| json!(format!("ssl:{id}")));
    assert_eq!(managed.cloned().collect::<Vec<_>>(), expected);
    assert_eq!(api.details(id).await["orgId"], 9001);

    let discovered = "/api/ssl/v1?requestedVia=DISCOVERY&orgId=9002&discoveryStatus=Deployed";
    let listed = api.get(discovered).await.json();
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
    assert_eq!(listed[0]["commonName"], "other.fabrikam.example");
    let details = api.details(id + 1).await;
    assert_eq!(
        (&details["status"], &details["orgId"]),
        (&json!("Issued"), &json!(9002))
    );
    assert_eq!(details["requestedVia"], "Discovery");
    let unmanaged = api.get("/api/ssl/v1?status=Unmanaged").await;
    assert_eq!(unmanaged.json(), json!([]));
    // What is deleted there belongs to nobody again.
    delete(&api, &format!("/api/ssl/v1/{}", id + 1))
        .await
        .is_empty(204);
    let again = found_at(&api, &[&other]).await;
    let managed = &again[0]["certificate"]["metadata"]["managedId"];
    assert_eq!(*managed, format!("ssl:{}", id + 2));
}
