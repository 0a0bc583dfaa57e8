//! The authorities behind the service.

use serde_json::{Value, json};

use super::{Route, SectigoScm, no_parameters, ok, problem::Problem};
use crate::frame::{Call, Reply, routes};

/// An authority behind the service.
#[derive(Debug)]
pub(super) struct CaBackend {
    pub(super) id: i64,
    pub(super) kind: &'static str,
    name: &'static str,
    public: bool,
    /// Its kind in the words of the connector, where one is needed to reach it.
    connector: Option<&'static str>,
}

pub(super) const ROUTES: &[Route] = routes! {
    get("ca_backend_list", "/api/ca-backend/v1", list);
};

/// The vendor's own public authority.
pub(super) const OWN: CaBackend = CaBackend {
    id: 7001,
    kind: "SASP",
    name: "Emulated public CA",
    public: true,
    connector: None,
};

/// An authority of somebody else that validates organizations, too.
pub(super) const OTHER: CaBackend = CaBackend {
    id: 7002,
    kind: "DIGI_CERT",
    name: "Emulated other public CA",
    public: true,
    connector: Some("digicert"),
};

const ALL: [CaBackend; 4] = [
    OWN,
    OTHER,
    CaBackend {
        id: 7003,
        kind: "PRIVATE_CA",
        name: "Emulated private CA",
        public: false,
        connector: None,
    },
    CaBackend {
        id: 7004,
        kind: "MS_CA",
        name: "Emulated Microsoft CA",
        public: false,
        connector: Some("msca"),
    },
];

impl CaBackend {
    fn json(&self) -> Value {
        let mut body = json!({
            "id": self.id,
            "name": self.name,
            "type": self.kind,
            "public": self.public,
        });
        if let Some(connector) = self.connector {
            body["connectorBackendType"] = connector.into();
        }
        body
    }
}

fn list(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&ALL.iter().map(CaBackend::json).collect()))
}
