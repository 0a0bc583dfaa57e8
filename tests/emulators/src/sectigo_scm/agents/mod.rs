//! Network agents with the servers that they install certificates on, and MS agents.

mod installation;
pub(super) mod ms_agent;
pub(super) mod network_agent;
mod node;
pub(super) mod server;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use self::{ms_agent::MsAgent, network_agent::NetworkAgent};
use super::{
    filter::Filter,
    paging::{self, Page, TOTAL},
    problem::Problem,
};
use crate::frame::{Query, Reply, Table};

/// States of connections: never connected, out of reach, connected.
const STATUSES: [&str; 3] = [NEW, "NOT_CONNECTED", CONNECTED];
const NEW: &str = "NOT_AVAILABLE";
const CONNECTED: &str = "CONNECTED";

/// All agents, and the highest numbers of what they have.
#[derive(Debug)]
pub(super) struct Agents {
    network: Table<NetworkAgent>,
    ms: Table<MsAgent>,
    last_server: i64,
}

impl Agents {
    pub(super) fn made_up(now: Timestamp) -> Self {
        let mut agents = Self {
            network: Table::default(),
            ms: Table::default(),
            last_server: server::LAST_MADE_UP,
        };
        for agent in network_agent::made_up(now) {
            agents.network.insert(agent.id, agent);
        }
        for agent in ms_agent::made_up(now) {
            agents.ms.insert(agent.id, agent);
        }
        agents
    }

    /// Whether an agent of this name, or any, can scan networks; `None` where there is no such one.
    pub(super) fn network_at_work(&self, name: Option<&str>) -> Option<bool> {
        let all = self.network.values();
        let named = all.filter(|agent| name.is_none_or(|name| agent.name == name));
        named
            .map(NetworkAgent::is_at_work)
            .reduce(|one, other| one || other)
    }

    /// Whether there is an MS agent of this name or number.
    pub(super) fn has_ms(&self, agent: &str) -> bool {
        let number = agent.parse().ok();
        let mut all = self.ms.values();
        all.any(|known| known.name == agent || Some(known.id) == number)
    }

    /// Deletes the network agents of deleted organizations; MS agents enrol for them no more.
    pub(super) fn forget(&mut self, organizations: &[i64]) {
        let all = self.network.values();
        let theirs = all.filter(|agent| organizations.contains(&agent.organization));
        let theirs: Vec<_> = theirs.map(|agent| agent.id).collect();
        for id in theirs {
            self.network.remove(id);
        }
        for id in self.ms.ids().to_vec() {
            if let Some(agent) = self.ms.get_mut(id) {
                agent.forget(organizations);
            }
        }
    }
}

/// What is asked of a list: a page of it, or how many entries there are.
struct Listing {
    asked: String,
    page: Option<Page>,
}

impl Listing {
    /// A list whose entries can be counted by `countOnly`.
    fn take(query: &mut Query) -> Result<Self, Problem> {
        let asked = paging::asked(query);
        let page = match query.choice("countOnly", &["true"])? {
            Some(_) => None,
            None => Some(Page::take(query)?),
        };
        Ok(Self { asked, page })
    }

    /// A list that cannot be counted alone.
    fn pages(query: &mut Query) -> Result<Self, Problem> {
        let asked = paging::asked(query);
        let page = Some(Page::take(query)?);
        Ok(Self { asked, page })
    }

    fn answer<T>(
        self,
        table: &mut Table<T>,
        now: Timestamp,
        filter: &Filter<T>,
        summary: impl Fn(&T) -> Value,
    ) -> Reply {
        let found = table.matching(&self.asked, now, |it| filter.accepts(it, &()), |_| None);
        let total = found.len();
        let Some(page) = self.page else {
            return Reply::empty(StatusCode::OK).header(TOTAL, total.to_string());
        };
        let ids = page.newest(found).into_iter();
        let entries = ids.filter_map(|id| table.get(id)).map(summary).collect();
        paging::page(entries, total)
    }
}

/// A parameter that is true or false.
fn truth(query: &mut Query, name: &str) -> Result<Option<bool>, Problem> {
    let text = query.choice(name, &["true", "false"])?;
    Ok(text.map(|text| text == "true"))
}

/// A name without the characters that the vendor refuses.
fn check_plain(name: &str) -> Result<(), Problem> {
    const REFUSED: &str = "><|!@#$%^*()~?/\\&_+=\":;,{}[]`\r\n";
    let plain = !name.contains(|letter| REFUSED.contains(letter));
    match plain && !name.trim().is_empty() {
        true => Ok(()),
        false => Err(Problem::invalid_value("name")),
    }
}
