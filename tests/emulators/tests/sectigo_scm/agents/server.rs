use serde_json::{Value, json};

use super::{delete, listed, put, start};
use crate::api::{assert_documented, number};

const PATH: &str = "/api/agent/v1/network/8001/server";
const NODES: &str = "/api/agent/v1/network/8001/server/8102/node";

fn tomcat() -> Value {
    json!({"name": "Annex", "vendor": "TOMCAT", "connectionType": "LOCAL", "path": "/opt/tomcat"})
}

#[tokio::test]
async fn servers_are_listed_counted_and_filtered() {
    let api = start().await;
    for (query, expected) in [
        ("", vec![8103, 8102, 8101]),
        ("name=SHO", vec![8101]),
        ("vendor=APACHE_2", vec![8102]),
        ("status=INACTIVE", vec![8103]),
        ("vendor=IIS&status=ACTIVE", vec![]),
    ] {
        let (ids, total) = listed(&api, &format!("{PATH}?{query}")).await;
        assert_eq!((ids.len().to_string(), &ids), (total, &expected), "{query}");
        let count = api.get(&format!("{PATH}?countOnly=true&{query}")).await;
        assert_eq!(count.header("x-total-count"), expected.len().to_string());
        count.is_empty(200);
    }
    let page = api.get(&format!("{PATH}?size=1&position=2")).await.json();
    assert_documented(&page[0], "AgentServerSummary");
    assert_eq!(page, json!([{"id": 8101, "name": "shop", "active": true}]));
    let refused = api.get(&format!("{PATH}?vendor=NGINX")).await;
    assert_eq!(refused.refusal(), (400, -1601));
    let unknown = api.get("/api/agent/v1/network/1/server").await;
    assert_eq!(unknown.refusal(), (404, -1));
}

#[tokio::test]
async fn a_server_is_added_replaced_and_deleted() {
    let api = start().await;
    let mut server = tomcat();
    server["username"] = json!("installer");
    server["password"] = json!("S0mePassw0rd");
    let created = api.post(PATH, server).await;
    created.is_empty(201);
    let id = number(created.header("location"));
    let one = format!("{PATH}/{id}");
    let known = api.get(&one).await.json();
    assert_documented(&known, "AgentServer");
    assert_eq!(
        known,
        json!({"id": id, "name": "Annex", "vendor": "TOMCAT", "connectionType": "LOCAL",
            "path": "/opt/tomcat", "username": "installer", "status": "INIT"})
    );
    let (nodes, total) = listed(&api, &format!("{one}/node")).await;
    assert_eq!((nodes, total.as_str()), (vec![], "0"));

    let replaced = json!({"name": "Other", "vendor": "APACHE_2", "altPathForCert": "/etc/ssl",
        "privateKeyPath": "/etc/ssl/private/key", "passPhrase": "a phrase", "port": 0});
    put(&api, &one, replaced).await.is_empty(200);
    assert_eq!(
        api.get(&one).await.json(),
        json!({"id": id, "name": "Other", "vendor": "APACHE_2", "altPathForCert": "/etc/ssl",
            "privateKeyPath": "/etc/ssl/private/key", "port": 0, "status": "INIT"})
    );

    delete(&api, &one).await.is_empty(200);
    assert_eq!(api.get(&one).await.refusal(), (404, -1));
    let elsewhere = api.get("/api/agent/v1/network/8002/server/8101").await;
    assert_eq!(elsewhere.refusal(), (404, -1), "another agent's");
    delete(&api, "/api/agent/v1/network/8001")
        .await
        .is_empty(200);
    let gone = api.get(&format!("{PATH}/8101")).await;
    assert_eq!(gone.refusal(), (404, -1), "it goes with its agent");
}

#[tokio::test]
async fn what_no_server_can_be_is_refused() {
    let api = start().await;
    let with = |changes: Value| {
        let mut server = tomcat();
        for (name, value) in changes.as_object().expect("an object") {
            server[name.as_str()] = value.clone();
        }
        server
    };
    let ssh = |changes: Value| {
        let mut changes = changes;
        changes["connectionType"] = json!("REMOTE_SSH");
        changes
    };
    for (changes, code) in [
        (json!({"name": null}), -7),
        (json!({"name": "a:b"}), -1601),
        (json!({"vendor": null}), -7),
        (json!({"vendor": "NGINX"}), -1601),
        (json!({"connectionType": "REMOTE"}), -1601),
        (json!({"port": -1}), -1601),
        (json!({"ip": "i".repeat(256)}), -1601),
        (json!({"path": "p".repeat(513)}), -1601),
        (json!({"altPathForCert": "/etc/ssl"}), -1601),
        (json!({"vendor": "IIS"}), -1601),
        (json!({"username": "u".repeat(65), "password": "p"}), -1601),
        (json!({"username": "user"}), -7),
        (json!({"passPhrase": "a phrase"}), -7),
        (json!({"storeName": "store"}), -7),
        (
            json!({"username": "u", "password": "p", "storeName": "s", "storeCredId": "1"}),
            -1601,
        ),
        (
            json!({"vendor": "IIS", "path": null, "storeName": "s", "storeCredId": "1"}),
            -1601,
        ),
        (ssh(json!({})), -7),
        (ssh(json!({"ip": "198.51.100.7"})), -7),
        (json!({"status": "ACTIVE"}), -1002),
    ] {
        let refused = api.post(PATH, with(changes.clone())).await;
        assert_eq!(refused.refusal(), (400, code), "{changes}");
        let refused = put(&api, &format!("{PATH}/8101"), with(changes.clone())).await;
        assert_eq!(refused.refusal(), (400, code), "{changes}");
    }
    let remote = ssh(json!({"ip": "198.51.100.7", "port": 22}));
    api.post(PATH, with(remote)).await.is_empty(201);
    let iis = json!({"vendor": "IIS", "path": null, "connectionType": "REMOTE_WIN_RM",
        "ip": "mail.example.com"});
    api.post(PATH, with(iis)).await.is_empty(201);
}

#[tokio::test]
async fn nodes_are_listed_counted_and_told() {
    let api = start().await;
    for (query, expected) in [
        ("", vec![8204, 8203]),
        ("alias=%2044", vec![8204]),
        ("name=WWW.example", vec![8204, 8203]),
        ("protocol=HTTP", vec![8203]),
        ("address=198.51.100.102&port=443", vec![8204]),
        ("address=198.51.100", vec![]),
        ("sslId=2002", vec![8204]),
    ] {
        let (ids, total) = listed(&api, &format!("{NODES}?{query}")).await;
        assert_eq!((ids.len().to_string(), &ids), (total, &expected), "{query}");
        let count = api.get(&format!("{NODES}?countOnly=true&{query}")).await;
        assert_eq!(count.header("x-total-count"), expected.len().to_string());
        count.is_empty(200);
    }
    for query in ["protocol=TLS", "port=0", "sslId=x"] {
        let refused = api.get(&format!("{NODES}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
    let node = api.get(&format!("{NODES}/8204")).await.json();
    assert_documented(&node, "ServerNode");
    assert_eq!(
        node,
        json!({"id": 8204, "alias": "www 443", "name": "www.example.com:443",
            "protocol": "HTTPS", "address": "198.51.100.102", "port": 443, "sslId": 2002})
    );
    let elsewhere = api.get(&format!("{NODES}/8201")).await;
    assert_eq!(elsewhere.refusal(), (404, -1), "another server's");
}
