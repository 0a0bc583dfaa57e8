//! What tasks of each kind scan, and how that is read and shown.

use serde_json::{Map, Value};

use super::{
    ranges::{self, Range},
    task::Version,
};
use crate::{
    frame::Object,
    sectigo_scm::{SectigoScm, problem::Problem},
};

/// What a task scans.
#[derive(Clone, Debug)]
pub(super) enum Target {
    Network {
        agent: Option<String>,
        ranges: Vec<Range>,
    },
    Directory {
        agent: Option<String>,
        depth: i64,
        domains: Option<String>,
    },
    Vault {
        account: i64,
        resource_group: String,
        key_vault: String,
    },
}

/// A kind of task.
pub(super) trait TaskType {
    /// What paths call it.
    const NAME: &'static str;

    /// Reads what is to be scanned; `before` is what a changed task scanned so far.
    fn read(
        scm: &SectigoScm,
        body: &mut Object,
        version: Version,
        before: Option<&Target>,
    ) -> Result<Target, Problem>;
}

pub(super) struct Network;
pub(super) struct Directory;
pub(super) struct Azure;

pub(super) const TASK_TYPES: [&str; 3] = [Network::NAME, Directory::NAME, Azure::NAME];
const DEEPEST: i64 = 99;

impl TaskType for Network {
    const NAME: &'static str = "net_task";

    fn read(
        scm: &SectigoScm,
        body: &mut Object,
        version: Version,
        before: Option<&Target>,
    ) -> Result<Target, Problem> {
        let optional = version.asks_for_less() && before.is_none();
        let agent = agent(body, optional)?;
        let given: Option<Vec<Object>> = body.optional("ranges")?;
        let ranges = match given {
            Some(ranges) if ranges.is_empty() => return Err(no_range()),
            Some(ranges) => ranges
                .into_iter()
                .map(Range::read)
                .collect::<Result<_, _>>()?,
            None if optional => Vec::new(),
            None => return Err(Problem::missing("ranges")),
        };
        ranges::check(&ranges, &scm.reach(agent.as_deref())?)?;
        Ok(Target::Network { agent, ranges })
    }
}

impl TaskType for Directory {
    const NAME: &'static str = "ad_task";

    fn read(
        scm: &SectigoScm,
        body: &mut Object,
        version: Version,
        before: Option<&Target>,
    ) -> Result<Target, Problem> {
        let agent = agent(body, version.asks_for_less() && before.is_none())?;
        scm.check_directory_agent(agent.as_deref())?;
        Ok(Target::Directory {
            agent,
            depth: body.required_integer("depth", ..=DEEPEST)?,
            domains: body.text("domainDefinition", ..=255)?,
        })
    }
}

impl TaskType for Azure {
    const NAME: &'static str = "azure_task";

    fn read(
        scm: &SectigoScm,
        body: &mut Object,
        _: Version,
        before: Option<&Target>,
    ) -> Result<Target, Problem> {
        let account = body.required_integer("azureAccountId", 1..)?;
        scm.check_azure_account(account)?;
        let (group, vault) = match before {
            Some(Target::Vault {
                resource_group,
                key_vault,
                ..
            }) => (Some(resource_group), Some(key_vault)),
            _ => (None, None),
        };
        Ok(Target::Vault {
            account,
            resource_group: text_or(body, "resourceGroup", group)?,
            key_vault: text_or(body, "keyVault", vault)?,
        })
    }
}

impl Target {
    /// Refuses to scan nothing.
    pub(super) fn check(&self) -> Result<(), Problem> {
        match self {
            Self::Network { ranges, .. } if ranges.is_empty() => Err(no_range()),
            _ => Ok(()),
        }
    }

    pub(super) fn describe(&self, body: &mut Map<String, Value>) {
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        match self {
            Self::Network { agent, ranges } => {
                put("agent", text(agent.as_deref()));
                put("ranges", ranges.iter().map(Range::json).collect());
            }
            Self::Directory {
                agent,
                depth,
                domains,
            } => {
                put("agent", text(agent.as_deref()));
                put("depth", (*depth).into());
                put("domainDefinition", text(domains.as_deref()));
            }
            Self::Vault {
                account,
                resource_group,
                key_vault,
            } => {
                put("azureAccountId", (*account).into());
                put("resourceGroup", resource_group.as_str().into());
                put("keyVault", key_vault.as_str().into());
            }
        }
    }
}

/// Empty where it was not given, as the vendor has it.
fn text(given: Option<&str>) -> Value {
    given.unwrap_or_default().into()
}

fn agent(body: &mut Object, optional: bool) -> Result<Option<String>, Problem> {
    match optional {
        true => Ok(body.text("agent", 1..)?),
        false => Ok(Some(body.required_text("agent", 1..)?)),
    }
}

fn text_or(body: &mut Object, name: &str, before: Option<&String>) -> Result<String, Problem> {
    match before {
        Some(before) => {
            let given = body.text(name, 1..)?;
            Ok(given.unwrap_or_else(|| before.clone()))
        }
        None => Ok(body.required_text(name, 1..)?),
    }
}

fn no_range() -> Problem {
    let why = "To scan, you must first enter at least one range parameter.";
    Problem::bad(-615, why)
}
