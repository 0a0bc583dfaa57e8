use http::StatusCode;
use serde_json::{Value, json};

use super::{
    client, domain,
    domain::AccountDomains,
    external_key::ExternalKey,
    found,
    server::{self, Server, VALIDATIONS},
};
use crate::{
    frame::{Call, Object, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        customer::{Customer, Profile},
        dates::DateFormat,
        filter::Filter,
        no_parameters,
        paging::{self, Page},
        problem::Problem,
    },
};

/// An account that ACME clients register with.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) organization: i64,
    pub(super) server: &'static Server,
    pub(super) profile: i64,
    profile_name: &'static str,
    pub(super) key: ExternalKey,
    pub(super) domains: AccountDomains,
    pub(super) clients: Table<client::Client>,
}

/// Which authority is behind an account.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Class {
    /// The vendor's public ones.
    Public,
    /// Any other: the vendor's private ones.
    Universal,
}

/// One of the ways to call for accounts: where they are, and how answers describe them.
pub(super) trait Form {
    const CLASS: Class;
    const PATH: &'static str;

    fn json(account: &Account) -> Value;
}

/// Public accounts as they are called for today.
pub(super) struct V2;
/// Public accounts as they were called for before, domains and all.
pub(super) struct V1;
/// Universal accounts.
pub(super) struct Universal;

const V2_ONE: &str = "/api/acme/v2/account/{id}";
const V2_DOMAIN: &str = "/api/acme/v2/account/{id}/domain";
const V2_CLIENT: &str = "/api/acme/v2/account/{id}/client/{clientId}";
const V1_ONE: &str = "/api/acme/v1/account/{id}";
const V1_DOMAINS: &str = "/api/acme/v1/account/{id}/domains";
const UNIVERSAL_ONE: &str = "/api/acme/v1/pca/account/{id}";
const UNIVERSAL_CLIENTS: &str = "/api/acme/v1/pca/account/{id}/client";
const UNIVERSAL_CLIENT: &str = "/api/acme/v1/pca/account/{id}/client/{clientId}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("acme_list_servers", "/api/acme/v1/server", server::list);
    get("acme_list_accounts_v2", V2::PATH, list::<V2>);
    get("acme_list_accounts_v1", V1::PATH, list::<V1>);
    get("acme_get_account_v2", V2_ONE, get::<V2>);
    get("acme_get_account_v1", V1_ONE, get::<V1>);
    post("acme_create_account_v2", V2::PATH, create::<V2>);
    post("acme_create_account_v1", V1::PATH, create::<V1>);
    put("acme_update_account_v2", V2_ONE, update::<V2>);
    put("acme_update_account_v1", V1_ONE, update::<V1>);
    delete("acme_delete_account_v2", V2_ONE, delete::<V2>);
    delete("acme_delete_account_v1", V1_ONE, delete::<V1>);
    post("acme_add_account_domains_v2", V2_DOMAIN, domain::add);
    post("acme_add_account_domains_v1", V1_DOMAINS, domain::add);
    delete("acme_remove_account_domains_v2", V2_DOMAIN, domain::remove);
    delete("acme_remove_account_domains_v1", V1_DOMAINS, domain::remove);
    get("acme_list_account_domains", V2_DOMAIN, domain::list);
    get("acme_list_account_clients", "/api/acme/v2/account/{id}/client", client::list::<V2>);
    put("acme_deactivate_account_client", V2_CLIENT, client::deactivate::<V2>);
    get("acme_list_universal_accounts", Universal::PATH, list::<Universal>);
    get("acme_get_universal_account", UNIVERSAL_ONE, get::<Universal>);
    post("acme_create_universal_account", Universal::PATH, create::<Universal>);
    put("acme_update_universal_account", UNIVERSAL_ONE, update::<Universal>);
    delete("acme_delete_universal_account", UNIVERSAL_ONE, delete::<Universal>);
    get("acme_list_universal_account_clients", UNIVERSAL_CLIENTS, client::list::<Universal>);
    put("acme_deactivate_universal_account_client", UNIVERSAL_CLIENT,
        client::deactivate::<Universal>);
};

/// The authority numbers its anchors from here.
const FIRST_ANCHOR: i64 = 1_700_000_000;

impl Account {
    fn new(id: i64, wanted: Wanted, server: &'static Server, profile: &Profile) -> Self {
        Self {
            id,
            name: wanted.name,
            organization: wanted.organization,
            server,
            profile: profile.id,
            profile_name: profile.name,
            key: ExternalKey::new(),
            domains: AccountDomains::default(),
            clients: Table::default(),
        }
    }

    /// What the authority has validated once for all certificates of the account: nothing where
    /// domains alone are validated.
    fn anchor(&self) -> Option<i64> {
        let validated = self.server.validation.is_some_and(|kind| kind != "DV");
        validated.then_some(FIRST_ANCHOR + self.id)
    }

    /// Adds the anchor under the names that it has in accounts and domains.
    pub(super) fn describe_anchor(&self, body: &mut Value, number: &str) {
        if let Some(anchor) = self.anchor() {
            body[number] = anchor.into();
            body["ovAnchorID"] = anchor.to_string().into();
            body["validationId"] = anchor.to_string().into();
        }
    }

    fn common_json(&self) -> Value {
        json!({
            "id": self.id,
            "accountId": self.key.id,
            "macId": self.key.id,
            "macKey": self.key.text(),
            "acmeServer": self.server.name,
            "name": self.name,
            "organizationId": self.organization,
        })
    }
}

impl Form for V2 {
    const CLASS: Class = Class::Public;
    const PATH: &'static str = "/api/acme/v2/account";

    fn json(account: &Account) -> Value {
        let mut body = account.common_json();
        body["certValidationType"] = account.server.validation.into();
        account.describe_anchor(&mut body, "ovOrderNumber");
        body
    }
}

impl Form for V1 {
    const CLASS: Class = Class::Public;
    const PATH: &'static str = "/api/acme/v1/account";

    fn json(account: &Account) -> Value {
        let mut body = V2::json(account);
        let domains = account.domains.names();
        body["domains"] = domains.map(|name| json!({"name": name})).collect();
        body
    }
}

impl Form for Universal {
    const CLASS: Class = Class::Universal;
    const PATH: &'static str = "/api/acme/v1/pca/account";

    fn json(account: &Account) -> Value {
        let mut body = account.common_json();
        body["profileName"] = account.profile_name.into();
        body
    }
}

impl SectigoScm {
    /// The id of the account that a path names.
    pub(super) fn acme_account_id(&self, call: &Call<'_>, class: Class) -> Result<i64, Problem> {
        let id = sectigo_scm::id(call, "id")?;
        match self.acme.table(class).get(id) {
            Some(_) => Ok(id),
            None => Err(no_such_account()),
        }
    }

    fn account_filter<F: Form>(&self, query: &mut Query) -> Result<Filter<Account>, Problem> {
        let mut filter = Filter::<Account>::default();
        if let Some(asked) = query.text("organizationId")? {
            let organizations = self.organizations_asked(&asked, F::CLASS)?;
            filter.when(move |it, ()| organizations.contains(&it.organization));
        }
        filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
        filter.contains(query.text("acmeServer")?, |it, ()| {
            vec![it.server.name.to_owned()]
        });
        if F::CLASS == Class::Public {
            let validation = query.choice("certValidationType", &VALIDATIONS)?;
            filter.equals(validation.map(Some), |it, ()| {
                it.server.validation.map(str::to_owned)
            });
        }
        Ok(filter)
    }

    /// An organization with its departments, or without them where `,-2` follows: that is only
    /// documented for public accounts.
    fn organizations_asked(&self, asked: &str, class: Class) -> Result<Vec<i64>, Problem> {
        let alone = asked.strip_suffix(",-2");
        let alone = alone.filter(|_| class == Class::Public);
        let id = alone.unwrap_or(asked).parse().ok();
        let id = id.filter(|id| *id >= 1);
        let id = id.ok_or_else(|| Problem::invalid_value("organizationId"))?;
        Ok(match alone {
            Some(_) => vec![id],
            None => self.organizations.with_departments(id),
        })
    }
}

fn list<F: Form>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = scm.account_filter::<F>(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let accounts = scm.acme.table_mut(F::CLASS);
    let found = found(accounts, &asked, &filter, &());
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let page = ids.into_iter().filter_map(|id| accounts.get(id));
    Ok(paging::page(page.map(F::json).collect(), total))
}

fn get<F: Form>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.acme_account_id(call, F::CLASS)?;
    let found = scm.acme.table(F::CLASS).get(id).map(F::json);
    found
        .map(|body| sectigo_scm::ok(&body))
        .ok_or_else(no_such_account)
}

fn create<F: Form>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let wanted = Wanted::read::<F>(sectigo_scm::body(call)?)?;
    let server = Server::named(F::CLASS, &wanted.server)?;
    scm.organizations.get(wanted.organization)?;
    let profile = profile_of(&scm.customer, server, wanted.profile.as_deref())?;
    profile.check_organization(wanted.organization)?;
    let accounts = scm.acme.table_mut(F::CLASS);
    let id = accounts.next_id();
    accounts.insert(id, Account::new(id, wanted, server, profile));
    Ok(scm.created(&format!("{}/{id}", F::PATH)))
}

/// What a new account is asked to be.
struct Wanted {
    name: String,
    server: String,
    organization: i64,
    /// Of universal accounts.
    profile: Option<String>,
}

impl Wanted {
    fn read<F: Form>(mut body: Object) -> Result<Self, Problem> {
        let wanted = Self {
            name: filled(&mut body, "name", 128)?,
            server: filled(&mut body, "acmeServer", 1024)?,
            organization: body.required_integer("organizationId", 1..)?,
            profile: match F::CLASS {
                Class::Public => None,
                Class::Universal => Some(filled(&mut body, "profileName", usize::MAX)?),
            },
        };
        body.finish()?;
        Ok(wanted)
    }
}

/// The name is all that can be changed.
fn update<F: Form>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.acme_account_id(call, F::CLASS)?;
    let mut body = sectigo_scm::body(call)?;
    let name = body.text("name", 1..=128)?;
    body.finish()?;
    if name.as_deref().is_some_and(is_blank) {
        return Err(Problem::invalid_value("name"));
    }
    if let (Some(account), Some(name)) = (scm.acme.table_mut(F::CLASS).get_mut(id), name) {
        account.name = name;
    }
    Ok(Reply::empty(StatusCode::OK))
}

/// Its clients go with it.
fn delete<F: Form>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.acme_account_id(call, F::CLASS)?;
    scm.acme.table_mut(F::CLASS).remove(id);
    scm.acme.forget_clients(F::CLASS, id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The profile that a universal account names, or the one of its server.
fn profile_of<'c>(
    customer: &'c Customer,
    server: &Server,
    named: Option<&str>,
) -> Result<&'c Profile, Problem> {
    let mut profiles = customer.ssl_profiles.iter();
    let fits = |profile: &&Profile| match named {
        Some(name) => profile.name == name,
        None => profile.id == server.profile,
    };
    let found = profiles.find(fits);
    found.ok_or_else(|| Problem::invalid_value("profileName"))
}

/// Text that is more than blanks.
pub(super) fn filled(body: &mut Object, name: &str, most: usize) -> Result<String, Problem> {
    let text = body.required_text(name, 1..=most)?;
    match is_blank(&text) {
        true => Err(Problem::invalid_value(&body.name(name))),
        false => Ok(text),
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn no_such_account() -> Problem {
    Problem::not_found(-1, "ACME account not found.")
}
