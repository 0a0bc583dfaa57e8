use crate::api::{Api, assert_documented};

#[tokio::test]
async fn authorities_are_listed_those_of_validations_among_them() {
    let api = Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await;
    let list = api.get("/api/ca-backend/v1").await.json();
    let list = list.as_array().expect("a list");
    for backend in list {
        assert_documented(backend, "CaBackend");
        let by_connector =
            ["DIGI_CERT", "MS_CA"].contains(&backend["type"].as_str().expect("text"));
        let told = backend.get("connectorBackendType").is_some();
        assert_eq!(told, by_connector, "{backend}");
    }
    let validations = api
        .get("/api/organization/v2/9001/validations")
        .await
        .json();
    let (id, kind) = (&validations[0]["backendId"], &validations[0]["backendType"]);
    let mut listed = list.iter();
    assert!(listed.any(|known| (&known["id"], &known["type"]) == (id, kind)));
    let refused = api.get("/api/ca-backend/v1?size=1").await;
    assert_eq!(refused.refusal(), (400, -1601));
}
