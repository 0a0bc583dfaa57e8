use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A certificate where it was seen.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    pub(super) der: Vec<u8>,
    pub(super) location: Location,
    pub(super) handshake: Option<Handshake>,
}

/// Where a certificate was seen.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Location {
    kind: &'static str,
    port: Option<u16>,
    texts: BTreeMap<&'static str, String>,
}

/// What a server agreed to.
#[derive(Clone, Debug)]
pub(super) struct Handshake {
    /// The minor number: 2 for TLS 1.2, 3 for TLS 1.3.
    pub(super) tls_version: u8,
    pub(super) cipher_suite: String,
    pub(super) milliseconds: u64,
}

const DETAILS: [&str; 28] = [
    "ip",
    "port",
    "address",
    "name",
    "dn",
    "upn",
    "objectType",
    "requestId",
    "haGroupId",
    "template",
    "dateCreated",
    "type",
    "requesterEmail",
    "backend",
    "host",
    "requesterName",
    "site",
    "hostName",
    "id",
    "exportable",
    "reusable",
    "uri",
    "arn",
    "exported",
    "inUse",
    "inUseBy",
    "scope",
    "labels",
];

impl Location {
    pub(super) fn new<const N: usize>(
        kind: &'static str,
        texts: [(&'static str, String); N],
    ) -> Self {
        Self {
            kind,
            port: None,
            texts: texts.into(),
        }
    }

    pub(super) fn at_port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    pub(super) fn port(&self) -> Option<u16> {
        self.port
    }

    pub(super) fn text(&self, name: &str) -> Option<&String> {
        self.texts.get(name)
    }

    /// Every detail that there is, null where it means nothing.
    pub(super) fn json(&self) -> Value {
        let value = |name: &str| match name {
            "port" => json!(self.port),
            _ => json!(self.text(name)),
        };
        let details = DETAILS.iter().map(|name| ((*name).to_owned(), value(name)));
        json!({"type": self.kind, "details": details.collect::<Map<_, _>>()})
    }
}

/// The part of a result that is about the connection.
pub(super) fn handshake_json(handshake: Option<&Handshake>) -> Value {
    json!({
        "tlsVersion": handshake.map(|it| it.tls_version),
        "cipherSuite": handshake.map(|it| &it.cipher_suite),
        "handshakeMs": handshake.map(|it| it.milliseconds),
        // Names are not looked up.
        "nameLookupMs": handshake.map(|_| 0),
        "status": null,
        "additionalEmails": null,
    })
}
