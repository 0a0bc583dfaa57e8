use cert_emulators::sectigo_scm::Builder;
use http::Method;
use serde_json::{Value, json};

use super::{create, start, wanted};
use crate::api::{Answer, Api, csr, enrolment};

const PATH: &str = "/api/domain/v1";

async fn act(api: &Api, method: Method, path: &str, body: Value) -> Answer {
    api.call(method, &format!("{PATH}/{path}"), Some(body))
        .await
}

#[tokio::test]
async fn what_is_created_is_listed_delegated_suspended_and_deleted() {
    let api = start().await;
    let mut body = wanted("Testdomain.com");
    body["description"] = json!("for the test");
    body["active"] = json!(false);
    body["ctLogMonitoring"] = json!({"enabled": true, "bucketId": "4ea7a8f7"});
    let privileges = json!(["SUBDOMAIN", "DOMAIN"]);
    body["delegations"][0]["domainCertificateRequestPrivileges"] = privileges.clone();
    let id = create(&api, body).await;
    let one = format!("{PATH}/{id}");
    let mut expected = json!({
        "id": id, "name": "testdomain.com", "delegationStatus": "ACTIVE", "state": "SUSPENDED",
        "validationStatus": "NOT_VALIDATED",
        "delegations": [{
            "orgId": 9001, "certTypes": ["SSL"], "status": "ACTIVE",
            "domainCertificateRequestPrivileges": privileges,
        }],
        "ctLogMonitoring": {"enabled": true, "includeSubdomains": false, "bucketId": "4ea7a8f7"},
    });
    assert_eq!(api.get(&one).await.json(), expected);
    let delegation = json!({"orgId": 9002, "certTypes": ["SMIME"]});
    act(
        &api,
        Method::POST,
        &format!("{id}/delegation"),
        delegation.clone(),
    )
    .await
    .is_empty(200);
    let more = json!({"orgId": 9002, "certTypes": ["SSL", "SMIME"], "domainIds": [id]});
    act(&api, Method::POST, "delegation", more)
        .await
        .is_empty(200);
    act(&api, Method::PUT, &format!("{id}/activate"), Value::Null)
        .await
        .is_empty(200);
    let off = json!({"enabled": false});
    act(&api, Method::PUT, &format!("{id}/monitoring"), off)
        .await
        .is_empty(200);
    expected["state"] = json!("ACTIVE");
    expected["ctLogMonitoring"] = json!({"enabled": false, "includeSubdomains": false});
    let second = json!({
        "orgId": 9002, "certTypes": ["SMIME", "SSL"], "status": "ACTIVE",
        "domainCertificateRequestPrivileges": [],
    });
    expected["delegations"]
        .as_array_mut()
        .expect("a list")
        .push(second);
    assert_eq!(api.get(&one).await.json(), expected);
    act(
        &api,
        Method::DELETE,
        &format!("{id}/delegation"),
        delegation,
    )
    .await
    .is_empty(200);
    assert_eq!(
        api.get(&one).await.json()["delegations"][1]["certTypes"],
        json!(["SSL"])
    );
    let rest = json!({"orgId": 9002, "certTypes": ["SSL"]});
    act(
        &api,
        Method::DELETE,
        &format!("{id}/delegation"),
        rest.clone(),
    )
    .await
    .is_empty(200);
    let gone = act(&api, Method::DELETE, &format!("{id}/delegation"), rest).await;
    assert_eq!(gone.refusal(), (400, -707));
    let last = json!({"orgId": 9001, "certTypes": ["SSL"]});
    let last = act(&api, Method::DELETE, &format!("{id}/delegation"), last).await;
    assert_eq!(last.refusal(), (400, -709), "one has to remain");
    act(&api, Method::PUT, &format!("{id}/suspend"), Value::Null)
        .await
        .is_empty(200);
    assert_eq!(api.get(&one).await.json()["state"], "SUSPENDED");
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -727));
    create(&api, wanted("testdomain.com")).await;
}

#[tokio::test]
async fn domains_are_listed_and_counted_by_filters() {
    let api = start().await;
    let first = api.get(&format!("{PATH}?size=2&position=1")).await;
    assert_eq!(first.header("x-total-count"), "3");
    let page = json!([{"id": 3002, "name": "example.net"}, {"id": 3003, "name": "example.org"}]);
    assert_eq!(first.json(), page);
    let mut body = wanted("testdomain.com");
    body["active"] = json!(false);
    create(&api, body).await;
    for (query, total) in [
        ("", 4),
        ("name=EXAMPLE", 3),
        ("state=inactive", 1),
        ("state=active", 3),
        ("status=approved", 4),
        ("status=requested", 0),
        ("orgId=9002", 3),
        ("orgId=9002&name=org", 1),
    ] {
        let list = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(list.header("x-total-count"), total.to_string(), "{query}");
        let counted = api.get(&format!("{PATH}/count?{query}")).await.json();
        assert_eq!(counted, json!({"count": total}), "{query}");
    }
    for query in ["state=ACTIVE", "status=x", "orgId=x", "unknown=1"] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn delegations_that_were_asked_for_are_approved_or_rejected() {
    let api = Api::start_with(Builder::requested_delegations).await;
    let id = create(&api, wanted("testdomain.com")).await;
    let one = format!("{PATH}/{id}");
    let shown = api.get(&one).await.json();
    assert_eq!(shown["delegationStatus"], "REQUESTED");
    assert_eq!(shown["delegations"][0]["status"], "REQUESTED");
    let requested = api.get(&format!("{PATH}?status=requested")).await.json();
    assert_eq!(requested, json!([{"id": id, "name": "testdomain.com"}]));
    let approve = format!("{id}/delegation/approve");
    let other = act(&api, Method::POST, &approve, json!({"orgId": 9002})).await;
    assert_eq!(other.refusal(), (400, -707));
    let ours = json!({"orgId": 9001});
    act(&api, Method::POST, &approve, ours.clone())
        .await
        .is_empty(200);
    let again = act(&api, Method::POST, &approve, ours.clone()).await;
    assert_eq!(again.refusal(), (400, -705));
    let reject = format!("{id}/delegation/reject");
    assert_eq!(
        act(&api, Method::POST, &reject, ours).await.refusal(),
        (400, -705)
    );
    let more = json!({"orgId": 9002, "certTypes": ["SSL"]});
    act(&api, Method::POST, &format!("{id}/delegation"), more)
        .await
        .is_empty(200);
    act(&api, Method::POST, &reject, json!({"orgId": 9002}))
        .await
        .is_empty(200);
    let shown = api.get(&one).await.json();
    assert_eq!(shown["delegationStatus"], "ACTIVE");
    assert_eq!(shown["delegations"].as_array().map(Vec::len), Some(1));
    let id = create(&api, wanted("rejected.com")).await;
    let reject = format!("{id}/delegation/reject");
    act(&api, Method::POST, &reject, json!({"orgId": 9001}))
        .await
        .is_empty(200);
    assert_eq!(
        api.get(&format!("{PATH}/{id}")).await.refusal(),
        (404, -727)
    );
}

#[tokio::test]
async fn domains_are_read_strictly() {
    let api = start().await;
    let delegation = |field: &str, value: Value| {
        let mut delegation = json!({"orgId": 9001, "certTypes": ["SSL"]});
        delegation[field] = value;
        json!([delegation])
    };
    let refused = [
        ("unknown", json!(1), -1002),
        ("name", Value::Null, -7),
        ("name", json!("a.b"), -712),
        ("name", json!("x".repeat(256)), -713),
        ("name", json!("localhost"), -714),
        ("name", json!("*.testdomain.com"), -732),
        ("name", json!("a..testdomain.com"), -732),
        ("name", json!("EXAMPLE.com"), -700),
        ("description", json!("x".repeat(256)), -1601),
        ("active", json!("true"), -1002),
        ("delegations", Value::Null, -7),
        ("delegations", json!([]), -709),
        ("delegations", delegation("orgId", json!(7)), -639),
        ("delegations", delegation("orgId", Value::Null), -7),
        ("delegations", delegation("certTypes", Value::Null), -7),
        ("delegations", delegation("certTypes", json!([])), -7),
        (
            "delegations",
            delegation("certTypes", json!(["ssl"])),
            -1601,
        ),
        (
            "delegations",
            delegation("domainCertificateRequestPrivileges", json!(["ALL"])),
            -1601,
        ),
        ("delegations", delegation("status", json!("ACTIVE")), -1002),
        ("ctLogMonitoring", json!({"enabled": true}), -7),
        ("ctLogMonitoring", json!({"on": true}), -1002),
    ];
    for (field, value, code) in refused {
        let mut body = wanted("testdomain.com");
        body[field] = value;
        let answer = api.post(PATH, body).await;
        assert_eq!(answer.refusal(), (400, code), "{field}");
    }
    let ids = |ids: Value| json!({"orgId": 9001, "certTypes": ["SSL"], "domainIds": ids});
    for (body, code) in [
        (ids(json!([])), -1601),
        (ids(json!(vec![3001; 1001])), -1601),
        (ids(json!([3001, 7])), -727),
        (ids(Value::Null), -7),
    ] {
        let answer = act(&api, Method::POST, "delegation", body).await;
        assert_eq!(answer.refusal(), (400, code));
    }
    let nobody = act(&api, Method::PUT, "7/suspend", Value::Null).await;
    assert_eq!(nobody.refusal(), (404, -727));
    let total = api.get(PATH).await;
    assert_eq!(total.header("x-total-count"), "3");
}

/// An order needs a domain that is on file, active, delegated to who orders, and validated.
#[tokio::test]
async fn orders_depend_on_their_domains() {
    let api = start().await;
    let order = async |name: &str, organization: i64| {
        let mut body = enrolment(&csr("www.example.com"));
        body["subjAltNames"] = json!(name);
        body["orgId"] = json!(organization);
        api.post("/api/ssl/v1/enroll", body).await
    };
    assert_eq!(
        order("www.testdomain.com", 9001).await.refusal(),
        (400, -107)
    );
    let mut body = wanted("testdomain.com");
    body["delegations"][0]["domainCertificateRequestPrivileges"] = json!(["SUBDOMAIN"]);
    let id = create(&api, body).await;
    assert_eq!(
        order("www.testdomain.com", 9001).await.refusal(),
        (400, -107)
    );
    assert_eq!(
        order("www.testdomain.com", 9002).await.refusal(),
        (400, -1010)
    );
    assert_eq!(order("testdomain.com", 9001).await.refusal(), (400, -1010));
    assert_eq!(
        order("*.testdomain.com", 9001).await.refusal(),
        (400, -1010)
    );
    let suspend = format!("{id}/suspend");
    act(&api, Method::PUT, &suspend, Value::Null)
        .await
        .is_empty(200);
    assert_eq!(
        order("www.testdomain.com", 9001).await.refusal(),
        (400, -715)
    );
    let ordered = order("*.example.com, mail.example.net, 192.0.2.7", 9002)
        .await
        .json();
    let id = &ordered["sslId"];
    let delete = api
        .call(Method::DELETE, &format!("{PATH}/3001"), None)
        .await;
    assert_eq!(delete.refusal(), (400, -740));
    let update = json!({"sslId": id, "subjectAlternativeNames": ["a.testdomain.org"]});
    let update = api.call(Method::PUT, "/api/ssl/v1", Some(update)).await;
    assert_eq!(update.refusal(), (400, -107));

    let open = |builder: Builder| builder.certificates(0).pre_validation(false);
    let api = Api::start_with(open).await;
    let mut body = enrolment(&csr("www.example.com"));
    body["subjAltNames"] = json!("www.testdomain.com");
    assert!(api.post("/api/ssl/v1/enroll", body).await.json()["sslId"].is_i64());
}

#[tokio::test]
async fn control_over_domains_wears_off() {
    let api = start().await;
    api.emulator.clock().advance_days(399);
    let expired = api.get(&format!("{PATH}/3001")).await.json();
    assert_eq!(expired["validationStatus"], "EXPIRED");
    let order = enrolment(&csr("www.example.com"));
    let refused = api.post("/api/ssl/v1/enroll", order).await;
    assert_eq!(refused.refusal(), (400, -107));
}
