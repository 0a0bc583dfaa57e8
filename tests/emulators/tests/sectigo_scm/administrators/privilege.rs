use http::Method;
use serde_json::{Value, json};

use super::{PASSWORD, administrator, call_as, create, start};
use crate::api::Api;

/// Creates somebody with one role and one privilege.
async fn privileged(api: &Api, role: &str, privilege: &str) -> String {
    let login = format!("{privilege}.{role}");
    let mut body = administrator("API", &login);
    body["credentials"] = json!([{"role": role, "orgId": 9001}]);
    body["privileges"] = json!([privilege]);
    create(api, body).await;
    login
}

async fn status(api: &Api, login: &str, path: &str, body: Value) -> u16 {
    let caller = [login, PASSWORD];
    let answer = call_as(api, caller, Method::POST, path, Some(body)).await;
    answer.status.as_u16()
}

#[tokio::test]
async fn a_privilege_opens_its_own_operation_alone() {
    let api = start().await;
    let id = api.issue("www.example.com").await;
    let renew = (format!("/api/ssl/v1/renewById/{id}"), json!({}));
    let revoke = (
        format!("/api/ssl/v1/revoke/{id}"),
        json!({"reason": "gone", "reasonCode": 5}),
    );
    let renewer = privileged(&api, "RAO_SSL", "sslRenew").await;
    let revoker = privileged(&api, "DRAO_SSL", "sslRevoke").await;
    assert_eq!(
        status(&api, &renewer, &revoke.0, revoke.1.clone()).await,
        401
    );
    assert_eq!(status(&api, &revoker, &renew.0, renew.1.clone()).await, 401);
    assert_eq!(status(&api, &renewer, &renew.0, renew.1).await, 200);
    assert_eq!(status(&api, &revoker, &revoke.0, revoke.1).await, 204);
}

#[tokio::test]
async fn a_privilege_needs_a_role_for_the_kind() {
    let api = start().await;
    let order = json!({"message": "fine"});
    let approver = privileged(&api, "RAO_SMIME", "sslApprove").await;
    let path = format!("/api/ssl/v1/approve/{}", api.enrol("www.example.com").await);
    assert_eq!(status(&api, &approver, &path, order.clone()).await, 401);
    let approver = privileged(&api, "RAO_SSL", "sslApprove").await;
    assert_eq!(status(&api, &approver, &path, order).await, 204);
}

#[tokio::test]
async fn what_reads_is_open() {
    let api = start().await;
    create(&api, administrator("API", "reader")).await;
    for path in [
        "/api/ssl/v1",
        "/api/device/v1",
        "/api/organization/v1",
        "/api/domain/v1",
    ] {
        let caller = ["reader", PASSWORD];
        let read = call_as(&api, caller, Method::GET, path, None).await;
        assert_eq!(read.status.as_u16(), 200, "{path}");
    }
}
