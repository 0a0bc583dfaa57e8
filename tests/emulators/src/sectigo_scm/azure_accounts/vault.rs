use serde_json::{Value, json};

use crate::{
    frame::{Call, Reply},
    sectigo_scm::{SectigoScm, no_parameters, ok, problem::Problem},
};

/// A resource group at Azure, which nothing can change, with its key vaults and their tiers.
struct Group {
    subscription: &'static str,
    name: &'static str,
    vaults: &'static [(&'static str, &'static str)],
}

const GROUPS: [Group; 2] = [
    Group {
        subscription: "00000000-0000-4000-8000-000000000210",
        name: "emulated-production",
        vaults: &[
            ("emulated-web-kv", "PREMIUM"),
            ("emulated-mail-kv", "STANDARD"),
        ],
    },
    Group {
        subscription: "00000000-0000-4000-8000-000000000220",
        name: "emulated-research",
        vaults: &[],
    },
];

impl Group {
    fn key(&self) -> String {
        format!(
            "subscriptions/{}/resource-groups/{}",
            self.subscription, self.name
        )
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "key": self.key(),
            "skuName": "",
            "subscriptionId": self.subscription,
        })
    }

    fn vault(&self, (name, tier): &(&str, &str)) -> Value {
        let key = format!("{}/vaults/{name}", self.key());
        json!({"name": name, "key": key, "skuName": tier})
    }
}

pub(super) fn groups(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    sign_in(scm, call)?;
    let groups: Vec<_> = GROUPS.iter().map(Group::json).collect();
    Ok(ok(&groups.into()))
}

pub(super) fn vaults(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    sign_in(scm, call)?;
    let (subscription, name) = (
        call.argument("subscriptionId"),
        call.argument("resourceGroups"),
    );
    if !is_uuid(subscription) {
        return Err(Problem::invalid_value("subscriptionId"));
    }
    let mut groups = GROUPS.iter();
    let group = groups.find(|it| it.subscription == subscription && it.name == name);
    let group = group.ok_or_else(|| Problem::not_found(-1, "Resource group not found."))?;
    let vaults = group.vaults.iter().map(|vault| group.vault(vault));
    Ok(ok(&vaults.collect::<Vec<_>>().into()))
}

/// Refuses an account that Azure lets in no more.
fn sign_in(scm: &SectigoScm, call: &Call<'_>) -> Result<(), Problem> {
    let refused = scm.azure_account(call)?.check();
    refused.map_err(|why| Problem::bad(-1, why))
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<_> = text.split('-').collect();
    let mut fitting = parts.iter().zip(lengths);
    let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.len() == lengths.len()
        && fitting.all(|(part, length)| part.len() == length && hexadecimal(part))
}
