mod accounts;
mod authority;
mod clients;
mod crypto;
mod domains;
mod instant;
mod orders;
mod person;
mod registration;
mod requests;
mod revocation;
mod universal;

use cert_emulators::sectigo_scm::Progress;
use serde_json::{Value, json};

use crate::api::{Api, number};

const DV: &str = "Emulated DV ACME server";
const OV: &str = "Emulated OV ACME server";
const EV: &str = "Emulated EV ACME server";
const UNIVERSAL: &str = "Emulated universal ACME server";
const ACCOUNTS: &str = "/api/acme/v2/account";
const UNIVERSAL_ACCOUNTS: &str = "/api/acme/v1/pca/account";

/// Nothing is there, and the authority issues at once.
async fn start() -> Api {
    Api::start_with(|builder| {
        let builder = builder.certificates(0).persons(0).devices(0);
        builder.issuance(Progress::AtOnce)
    })
    .await
}

fn wanted(name: &str, server: &str, organization: i64) -> Value {
    json!({"name": name, "acmeServer": server, "organizationId": organization})
}

/// Creates an account of organization 9001.
async fn create(api: &Api, name: &str) -> i64 {
    let created = api.post(ACCOUNTS, wanted(name, OV, 9001)).await;
    created.is_empty(201);
    number(created.header("location"))
}

fn domains(names: &[&str]) -> Value {
    let domains = names.iter().map(|name| json!({"name": name}));
    json!({"domains": domains.collect::<Vec<_>>()})
}

async fn add(api: &Api, account: i64, names: &[&str]) -> Value {
    let path = format!("{ACCOUNTS}/{account}/domain");
    api.post(&path, domains(names)).await.json()
}

/// The members of a list's entries under one name.
fn all(entries: &Value, name: &str) -> Vec<Value> {
    let entries = entries.as_array().expect("a list").iter();
    entries.map(|entry| entry[name].clone()).collect()
}
