//! Discovery: tasks that scan for certificates, their operations, buckets and assignment rules.

mod agents;
pub(super) mod bucket;
mod certificate;
mod found;
mod made_up;
mod matcher;
pub(super) mod operation;
mod ranges;
pub(super) mod rule;
mod scanner;
mod schedule;
mod sighting;
mod target;
mod task;

use std::{collections::BTreeSet, fmt::Display};

use self::{
    bucket::Buckets,
    found::Findings,
    made_up::Estate,
    rule::Rule,
    target::{Azure, Directory, Network},
    task::{Task, create, delete, get, list, start, update, update_named},
};
use super::{Route, problem::Problem};
use crate::frame::{Table, routes};

/// All that belongs to discovery.
#[derive(Debug)]
pub(super) struct Discovery {
    tasks: Table<Task>,
    /// Tasks whose scan goes on.
    running: BTreeSet<i64>,
    rules: Table<Rule>,
    buckets: Buckets,
    findings: Findings,
    estate: Estate,
}

const BEFORE_FIRST_TASK: i64 = 8000;
const BEFORE_FIRST_RULE: i64 = 8500;

pub(super) const TASK_ROUTES: &[Route] = routes! {
    post("discovery_add_net_task_v2", NET_V2, create::<Network, 2>);
    post("discovery_add_net_task_v3", NET_V3, create::<Network, 3>);
    post("discovery_add_net_task_v4", "/api/discovery/v4/net_task", create::<Network, 4>);
    put("discovery_update_net_task_v2", NET_V2, update_named::<Network>);
    put("discovery_update_net_task_v3", NET_TASK_V3, update::<Network, 3>);
    put("discovery_update_net_task_v4", "/api/discovery/v4/net_task/{id}", update::<Network, 4>);
    get("discovery_get_net_task_v2", NET_TASK_V2, get::<Network, 2>);
    get("discovery_get_net_task_v3", NET_TASK_V3, get::<Network, 3>);
    get("discovery_get_net_task_v4", "/api/discovery/v4/net_task/{id}", get::<Network, 4>);
    get("discovery_list_net_tasks_v2", NET_V2, list::<Network>);
    get("discovery_list_net_tasks_v3", NET_V3, list::<Network>);
    post("discovery_start_net_task_v2", "/api/discovery/v2/net_task/{taskId}/start",
        start::<Network>);
    post("discovery_start_net_task_v3", "/api/discovery/v3/net_task/{taskId}/start",
        start::<Network>);
    delete("discovery_delete_net_task_v2", NET_TASK_V2, delete::<Network>);
    delete("discovery_delete_net_task_v3", NET_TASK_V3, delete::<Network>);
    post("discovery_add_ad_task_v2", AD_V2, create::<Directory, 2>);
    post("discovery_add_ad_task_v3", AD_V3, create::<Directory, 3>);
    post("discovery_add_ad_task_v4", "/api/discovery/v4/ad_task", create::<Directory, 4>);
    put("discovery_update_ad_task_v2", AD_V2, update_named::<Directory>);
    put("discovery_update_ad_task_v3", AD_TASK_V3, update::<Directory, 3>);
    put("discovery_update_ad_task_v4", "/api/discovery/v4/ad_task/{id}", update::<Directory, 4>);
    get("discovery_get_ad_task_v2", AD_TASK_V2, get::<Directory, 2>);
    get("discovery_get_ad_task_v3", AD_TASK_V3, get::<Directory, 3>);
    get("discovery_get_ad_task_v4", "/api/discovery/v4/ad_task/{id}", get::<Directory, 4>);
    get("discovery_list_ad_tasks_v2", AD_V2, list::<Directory>);
    get("discovery_list_ad_tasks_v3", AD_V3, list::<Directory>);
    post("discovery_start_ad_task_v2", "/api/discovery/v2/ad_task/{taskId}/start",
        start::<Directory>);
    post("discovery_start_ad_task_v3", "/api/discovery/v3/ad_task/{taskId}/start",
        start::<Directory>);
    delete("discovery_delete_ad_task_v2", AD_TASK_V2, delete::<Directory>);
    delete("discovery_delete_ad_task_v3", AD_TASK_V3, delete::<Directory>);
    post("discovery_add_azure_task", AZURE, create::<Azure, 1>);
    put("discovery_update_azure_task", AZURE_TASK, update::<Azure, 1>);
    get("discovery_get_azure_task", AZURE_TASK, get::<Azure, 1>);
    get("discovery_list_azure_tasks", AZURE, list::<Azure>);
    post("discovery_start_azure_task", "/api/discovery/v1/azure_task/{taskId}/start",
        start::<Azure>);
    delete("discovery_delete_azure_task", AZURE_TASK, delete::<Azure>);
};

const NET_V2: &str = "/api/discovery/v2/net_task";
const NET_V3: &str = "/api/discovery/v3/net_task";
const NET_TASK_V2: &str = "/api/discovery/v2/net_task/{taskId}";
const NET_TASK_V3: &str = "/api/discovery/v3/net_task/{id}";
const AD_V2: &str = "/api/discovery/v2/ad_task";
const AD_V3: &str = "/api/discovery/v3/ad_task";
const AD_TASK_V2: &str = "/api/discovery/v2/ad_task/{taskId}";
const AD_TASK_V3: &str = "/api/discovery/v3/ad_task/{id}";
const AZURE: &str = "/api/discovery/v1/azure_task";
const AZURE_TASK: &str = "/api/discovery/v1/azure_task/{id}";

impl Discovery {
    pub(super) fn new() -> Self {
        Self {
            tasks: Table::after(BEFORE_FIRST_TASK),
            running: BTreeSet::new(),
            rules: Table::after(BEFORE_FIRST_RULE),
            buckets: Buckets::default(),
            findings: Findings::default(),
            estate: Estate::default(),
        }
    }

    /// Whether a rule gives certificates to one of these organizations.
    pub(super) fn assigns_to(&self, organizations: &[i64]) -> bool {
        let mut rules = self.rules.values();
        rules.any(|rule| organizations.contains(&rule.organization))
    }

    /// Takes from buckets what was delegated to organizations that are no more.
    pub(super) fn forget(&mut self, organizations: &[i64]) {
        self.buckets.forget_organizations(organizations);
    }
}

/// A path names something that does not exist.
fn unknown(what: &str, id: impl Display) -> Problem {
    Problem::not_found(-1, format!("The {what} '{id}' does not exist."))
}
