use serde_json::{Value, json};

use super::Listing;
use crate::{
    frame::{Call, Query, Reply, Table},
    sectigo_scm::{
        self, SectigoScm, dates::DateFormat, filter::Filter, no_parameters, ok, problem::Problem,
    },
};

/// A place where a server listens.
#[derive(Debug)]
pub(super) struct Node {
    id: i64,
    alias: String,
    name: String,
    protocol: &'static str,
    address: String,
    port: i64,
    /// The certificate there.
    ssl: Option<i64>,
}

const PROTOCOLS: [&str; 3] = ["HTTP", "HTTPS", "UNKNOWN"];

/// The nodes of a made-up server: one in clear text, and one with a certificate.
pub(super) fn made_up(server: i64, name: &str) -> Table<Node> {
    let first = 8200 + (server - 8101) * 2 + 1;
    let node = |id, protocol, port, ssl| Node {
        id,
        alias: format!("{name} {port}"),
        name: format!("{name}.example.com:{port}"),
        protocol,
        address: format!("198.51.100.{}", server - 8000),
        port,
        ssl,
    };
    let mut nodes = Table::default();
    nodes.insert(first, node(first, "HTTP", 80, None));
    let certificate = Some(2001 + server - 8101);
    nodes.insert(first + 1, node(first + 1, "HTTPS", 443, certificate));
    nodes
}

impl Node {
    fn summary(&self) -> Value {
        json!({"id": self.id, "name": self.alias})
    }

    fn json(&self) -> Value {
        let mut body = json!({
            "id": self.id,
            "alias": self.alias,
            "name": self.name,
            "protocol": self.protocol,
            "address": self.address,
            "port": self.port,
        });
        if let Some(ssl) = self.ssl {
            body["sslId"] = ssl.into();
        }
        body
    }
}

pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let listing = Listing::take(&mut query)?;
    let filter = filter(&mut query)?;
    DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let now = scm.now();
    let nodes = &mut scm.server(call, "serverId")?.nodes;
    Ok(listing.answer(nodes, now, &filter, Node::summary))
}

fn filter(query: &mut Query) -> Result<Filter<Node>, Problem> {
    let mut filter = Filter::<Node>::default();
    filter.contains(query.text("alias")?, |it, ()| vec![it.alias.clone()]);
    filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
    let protocol = query.choice("protocol", &PROTOCOLS)?;
    filter.equals(protocol, |it, ()| it.protocol.to_owned());
    filter.equals(query.text("address")?, |it, ()| it.address.clone());
    filter.equals(query.integer("port", 1..)?, |it, ()| it.port);
    let ssl = query.integer("sslId", ..)?;
    filter.equals(ssl.map(Some), |it, ()| it.ssl);
    Ok(filter)
}

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = sectigo_scm::id(call, "id")?;
    let node = scm.server(call, "serverId")?.nodes.get(id);
    let unknown = || Problem::not_found(-1, "Server node not found.");
    Ok(ok(&node.ok_or_else(unknown)?.json()))
}
