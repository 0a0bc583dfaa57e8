use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, assert_documented, number};

const PATH: &str = "/api/azure/v1/accounts";
const SUBSCRIPTION: &str = "00000000-0000-4000-8000-000000000210";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

async fn put(api: &Api, path: &str, body: Value) -> Answer {
    api.call(Method::PUT, path, Some(body)).await
}

fn account() -> Value {
    json!({"name": "Vaults", "applicationId": "applicationId", "directoryId": "tenantId",
        "environment": "AZURE_CHINA", "applicationSecret": "secret"})
}

#[tokio::test]
async fn an_account_is_created_listed_changed_and_deleted() {
    let api = start().await;
    let created = api.post(PATH, account()).await;
    created.is_empty(201);
    let id = number(created.header("location"));
    let one = format!("{PATH}/{id}");
    let mut expected = account();
    let fields = expected.as_object_mut().expect("an object");
    fields.remove("applicationSecret");
    expected["delegationMode"] = json!("CUSTOMIZED");
    expected["orgDelegations"] = json!([]);
    let known = api.get(&one).await.json();
    assert_eq!(known, expected, "the secret is not told");
    assert_documented(&known, "AzureAccount");

    let list = api.get(&format!("{PATH}?position=1&size=2")).await;
    assert_eq!(list.header("x-total-count"), "3");
    let list = list.json();
    assert_documented(&list[1], "AzureAccountSummary");
    assert_eq!((&list[0]["id"], &list[1]["id"]), (&json!(208), &json!(id)));

    let change = json!({"name": "Renamed", "environment": "AZURE"});
    put(&api, &one, change).await.is_empty(200);
    let known = api.get(&one).await.json();
    assert_eq!(
        (&known["name"], &known["environment"], &known["directoryId"]),
        (&json!("Renamed"), &json!("AZURE"), &json!("tenantId"))
    );
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -1));
}

#[tokio::test]
async fn what_no_account_can_be_is_refused() {
    let api = start().await;
    for (name, value, code) in [
        ("name", json!(null), -7),
        ("name", json!("n".repeat(129)), -1601),
        ("applicationId", json!(""), -7),
        ("directoryId", json!("d".repeat(37)), -1601),
        ("environment", json!(null), -7),
        ("environment", json!("AWS"), -1601),
        ("applicationSecret", json!("s".repeat(41)), -1601),
        ("orgDelegations", json!([9001]), -1002),
    ] {
        let mut account = account();
        account[name] = value;
        let refused = api.post(PATH, account.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{account}");
    }
    let refused = put(&api, &format!("{PATH}/207"), json!({"environment": "AWS"})).await;
    assert_eq!(refused.refusal(), (400, -1601));
    let refused = api.get(&format!("{PATH}?name=x")).await;
    assert_eq!(refused.refusal(), (400, -1601));
}

#[tokio::test]
async fn organizations_count_for_customized_alone() {
    let api = start().await;
    let (one, path) = (format!("{PATH}/207"), format!("{PATH}/207/delegations"));
    let some = json!({"delegationMode": "CUSTOMIZED", "orgDelegations": [9002]});
    let told = put(&api, &path, some).await.json();
    assert_eq!(told, json!({"orgDelegations": [9002]}));
    assert_eq!(api.get(&one).await.json()["delegationMode"], "CUSTOMIZED");

    let all = json!({"delegationMode": "GLOBAL_FOR_CUSTOMER", "orgDelegations": [1]});
    let told = put(&api, &path, all).await.json();
    assert_eq!(told, json!({"orgDelegations": []}));
    let known = api.get(&one).await.json();
    assert_eq!(
        (&known["delegationMode"], &known["orgDelegations"]),
        (&json!("GLOBAL_FOR_CUSTOMER"), &json!([]))
    );
    for (delegation, code) in [
        (json!({"orgDelegations": [9001]}), -7),
        (json!({"delegationMode": "ALL"}), -1601),
        (json!({"delegationMode": "CUSTOMIZED"}), -7),
        (
            json!({"delegationMode": "CUSTOMIZED", "orgDelegations": [1]}),
            -639,
        ),
        (
            json!({"delegationMode": "CUSTOMIZED", "orgDelegations": ["9001"]}),
            -1002,
        ),
    ] {
        let refused = put(&api, &path, delegation.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{delegation}");
    }
}

#[tokio::test]
async fn an_account_is_checked_and_reaches_its_vaults() {
    let api = start().await;
    let checks = api.get(&format!("{PATH}/207/check")).await.json();
    assert_documented(&checks[0], "AzureAccountCheck");
    assert_eq!(
        checks,
        json!([{"checkName": "Intune SCEP", "message": "success"},
            {"checkName": "Azure Key Vault", "message": "success"}])
    );
    let groups = api.get(&format!("{PATH}/207/resource-groups")).await.json();
    assert_documented(&groups[0], "AzureResourceGroup");
    assert_eq!(groups[0]["subscriptionId"], SUBSCRIPTION);
    let vaults = |subscription: &str, group: &str| {
        format!("{PATH}/207/subscriptions/{subscription}/resource-groups/{group}/vaults")
    };
    let path = vaults(SUBSCRIPTION, "emulated-production");
    let found = api.get(&path).await.json();
    assert_documented(&found[0], "AzureVault");
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    let unknown = api.get(&vaults(SUBSCRIPTION, "other")).await;
    assert_eq!(unknown.refusal(), (404, -1));
    let no_uuid = api.get(&vaults("1", "emulated-production")).await;
    assert_eq!(no_uuid.refusal(), (400, -1601));

    let expired = json!({"applicationSecret": "expired"});
    put(&api, &format!("{PATH}/207"), expired)
        .await
        .is_empty(200);
    let checks = api.get(&format!("{PATH}/207/check")).await.json();
    let message = checks[1]["message"].as_str().expect("a text");
    assert!(message.contains("expired"), "{message}");
    assert_eq!(api.get(&path).await.refusal(), (400, -1));
}
