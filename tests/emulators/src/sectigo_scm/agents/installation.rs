use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sectigo_scm::SectigoScm;

/// The computer that an agent is installed on, once it has connected.
#[derive(Clone, Debug)]
pub(super) struct Installation {
    pub(super) version: &'static str,
    pub(super) os: &'static str,
    pub(super) ip: &'static str,
    pub(super) last_activity: Timestamp,
}

/// What an agent signs in with.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub(super) secret: String,
    pub(super) keystore_password: String,
}

impl Keys {
    pub(super) fn made_up(id: i64) -> Self {
        Self {
            secret: format!("emulated-secret-{id}"),
            keystore_password: format!("emulated-keystore-{id}"),
        }
    }
}

impl SectigoScm {
    /// The token that an agent is installed with, put together as in the vendor's samples.
    pub(super) fn installation_token(&self, keys: &Keys) -> String {
        let token = json!({
            "scmUrl": self.world.base_url,
            "customerUri": self.options.customer_uri,
            "secret": keys.secret,
            "keystorePassword": keys.keystore_password,
        });
        STANDARD.encode(token.to_string())
    }

    /// The body that answers the creation of an agent.
    pub(super) fn installation(&self, keys: &Keys) -> Value {
        json!({"installationToken": self.installation_token(keys)})
    }
}
