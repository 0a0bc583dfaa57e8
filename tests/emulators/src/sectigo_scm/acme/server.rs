use serde_json::{Value, json};

use super::account::Class;
use crate::{
    frame::{Call, Query, Reply},
    sectigo_scm::{
        SectigoScm, dates::DateFormat, filter::Filter, ok, paging::Page, problem::Problem,
    },
};

/// An ACME server of the vendor's.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) class: Class,
    pub(super) name: &'static str,
    /// What its addresses have behind `/acme/v2/`.
    pub(super) path: &'static str,
    /// Of public servers.
    pub(super) validation: Option<&'static str>,
    authority: i64,
    products: [i64; 3],
    /// What certificates are ordered with, unless the account says so.
    pub(super) profile: i64,
}

pub(super) static SERVERS: [Server; 4] = [
    Server {
        class: Class::Public,
        name: "Emulated DV ACME server",
        path: "DV",
        validation: Some("DV"),
        authority: 7101,
        products: [7111, 7112, 7113],
        profile: 5104,
    },
    Server {
        class: Class::Public,
        name: "Emulated OV ACME server",
        path: "OV",
        validation: Some("OV"),
        authority: 7102,
        products: [7121, 7122, 7123],
        profile: 5101,
    },
    Server {
        class: Class::Public,
        name: "Emulated EV ACME server",
        path: "EV",
        validation: Some("EV"),
        authority: 7103,
        products: [7131, 7132, 7133],
        profile: 5102,
    },
    Server {
        class: Class::Universal,
        name: "Emulated universal ACME server",
        path: "universal",
        validation: None,
        authority: 7104,
        products: [7141, 7142, 7143],
        profile: 5101,
    },
];

pub(super) const VALIDATIONS: [&str; 3] = ["DV", "OV", "EV"];

impl Server {
    /// The one for accounts of a class that has this name.
    pub(super) fn named(class: Class, name: &str) -> Result<&'static Self, Problem> {
        let mut all = SERVERS.iter();
        let found = all.find(|server| server.class == class && server.name == name);
        found.ok_or_else(|| Problem::invalid_value("acmeServer"))
    }

    pub(super) fn at(path: &str) -> Option<&'static Self> {
        SERVERS.iter().find(|server| server.path == path)
    }

    /// Its directory.
    pub(super) fn url(&self, base_url: &str) -> String {
        format!("{base_url}/acme/v2/{}", self.path)
    }

    fn json(&self, base_url: &str) -> Value {
        let [single, multi, wildcard] = self.products;
        json!({
            "url": self.url(base_url),
            "caId": self.authority,
            "name": self.name,
            "singleProductId": single,
            "multiProductId": multi,
            "wcProductId": wildcard,
            "certValidationType": self.validation,
        })
    }
}

/// Public servers alone, and no word on how many there are.
pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query, scm.world.base_url.clone())?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let public = SERVERS.iter().filter(|it| it.class == Class::Public);
    let found: Vec<_> = public.filter(|it| filter.accepts(it, &())).collect();
    let entries = page.of(&found).iter();
    let entries = entries.map(|server| server.json(&scm.world.base_url));
    Ok(ok(&entries.collect()))
}

fn filter(query: &mut Query, base_url: String) -> Result<Filter<Server>, Problem> {
    let mut filter = Filter::<Server>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.name.to_owned()]);
    filter.contains(query.text("url")?, move |it, ()| vec![it.url(&base_url)]);
    let validation = query.choice("certValidationType", &VALIDATIONS)?;
    filter.equals(validation.map(Some), |it, ()| {
        it.validation.map(str::to_owned)
    });
    filter.equals(query.integer("caId", ..)?, |it, ()| it.authority);
    Ok(filter)
}
