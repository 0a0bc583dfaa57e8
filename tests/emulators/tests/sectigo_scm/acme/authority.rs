use http::Method;
use serde_json::{Value, json};

use super::{DV, EV, OV, all, person::call, start};

const SERVERS: &str = "/api/acme/v1/server";

#[tokio::test]
async fn public_servers_are_listed_without_a_total() {
    let api = start().await;
    let answer = api.get(SERVERS).await;
    assert_eq!(answer.header("x-total-count"), "");
    let servers = answer.json();
    assert_eq!(all(&servers, "name"), [DV, OV, EV]);
    let base = api.emulator.base_url();
    let expected = json!({
        "url": format!("{base}/acme/v2/OV"), "caId": 7102, "name": OV, "singleProductId": 7121,
        "multiProductId": 7122, "wcProductId": 7123, "certValidationType": "OV",
    });
    assert_eq!(servers[1], expected);
}

#[tokio::test]
async fn servers_are_found_by_all_that_is_known_of_them() {
    let api = start().await;
    let cases: [(&str, &[&str]); 9] = [
        ("size=1", &[DV]),
        ("position=1&size=10", &[OV, EV]),
        ("position=3", &[]),
        ("name=ev+acme", &[EV]),
        ("url=/acme/v2/OV", &[OV]),
        ("certValidationType=EV", &[EV]),
        ("certValidationType=DV", &[DV]),
        ("caId=7102", &[OV]),
        ("name=emulated&caId=7103&certValidationType=EV", &[EV]),
    ];
    for (query, expected) in cases {
        let found = api.get(&format!("{SERVERS}?{query}")).await.json();
        assert_eq!(all(&found, "name"), expected, "{query}");
    }
    for query in ["certValidationType=IV", "caId=x", "unknown=1", "size=-1"] {
        let refused = api.get(&format!("{SERVERS}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn a_listed_address_is_a_directory_that_anybody_may_read() {
    let api = start().await;
    let servers = api.get(SERVERS).await.json();
    for server in servers.as_array().expect("a list") {
        let url = server["url"].as_str().expect("a URL");
        let directory = call(Method::GET, url, None).await;
        assert_eq!(directory.header("link"), "");
        let directory = directory.document();
        for resource in [
            "newNonce",
            "newAccount",
            "newOrder",
            "revokeCert",
            "keyChange",
        ] {
            assert_eq!(directory[resource], format!("{url}/{resource}"));
        }
        assert_eq!(directory["meta"]["externalAccountRequired"], true);
    }
}

#[tokio::test]
async fn nonces_come_with_either_method_and_are_never_stored() {
    let api = start().await;
    let url = format!("{}/acme/v2/OV/newNonce", api.emulator.base_url());
    let mut nonces = Vec::new();
    for (method, status) in [(Method::HEAD, 200), (Method::GET, 204)] {
        let answer = call(method, &url, None).await;
        answer.is_empty(status);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("link"), index(&url));
        nonces.push(answer.header("replay-nonce").to_owned());
    }
    assert!(!nonces[0].is_empty());
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn resources_are_posted_to_and_others_are_unknown() {
    let api = start().await;
    let base = api.emulator.base_url();
    let order = format!("{base}/acme/v2/OV/order/1");
    let refused = call(Method::GET, &order, None).await;
    refused.is_refused(405, "malformed");
    assert_eq!(refused.header("allow"), "POST");
    for path in [
        "acme/v2/IV",
        "acme/v2/OV/newAuthz",
        "acme/v2/nowhere/newNonce",
    ] {
        let refused = call(Method::GET, &format!("{base}/{path}"), None).await;
        refused.is_refused(404, "malformed");
    }
    let body: Value = json!({});
    let refused = call(Method::POST, &order, Some(("application/json", &body))).await;
    refused.is_refused(415, "malformed");
}

fn index(url: &str) -> String {
    let directory = url.strip_suffix("/newNonce").expect("a resource");
    format!("<{directory}>;rel=\"index\"")
}
