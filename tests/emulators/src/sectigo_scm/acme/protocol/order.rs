use http::{
    StatusCode,
    header::{LINK, RETRY_AFTER},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{problem::AcmeProblem, server};
use crate::{
    frame::{Call, Object, Query, Reply},
    sectigo_scm::{
        SectigoScm,
        acme::{ClientKey, account::Class, external_key::token, server::Server},
        dates::DateFormat,
    },
};

/// An order of a client's (RFC 8555, section 7.1.3).
#[derive(Debug)]
pub(super) struct Order {
    pub(super) client: ClientKey,
    pub(super) created: Timestamp,
    pub(super) authorizations: Vec<Authorization>,
    /// The certificate that is in the making, by its id in the vendor's lists.
    pub(super) ssl: Option<i64>,
    /// The certificate, DER, once it was seen issued.
    pub(super) certificate: Option<Vec<u8>>,
}

/// What a client may order for, which nothing has to prove anew.
#[derive(Clone, Debug)]
pub(super) struct Authorization {
    pub(super) name: String,
    /// What a challenge would have been met with.
    pub(super) token: String,
    pub(super) deactivated: bool,
}

/// The states that an order can be in, when nothing has to be proven first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum OrderStatus {
    Ready,
    Processing,
    Valid,
    Invalid,
}

/// How long an order waits to be finalized.
const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
const ORDERS_ON_A_PAGE: usize = 200;

impl Order {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.authorizations.iter().map(|it| it.name.as_str())
    }

    pub(super) fn status(&self, now: Timestamp) -> OrderStatus {
        let withdrawn = self.authorizations.iter().any(|it| it.deactivated);
        match (&self.certificate, self.ssl) {
            (Some(_), _) => OrderStatus::Valid,
            (None, Some(_)) => OrderStatus::Processing,
            (None, None) if withdrawn || self.expires() < now => OrderStatus::Invalid,
            (None, None) => OrderStatus::Ready,
        }
    }

    fn expires(&self) -> Timestamp {
        self.created + LIFETIME
    }
}

impl OrderStatus {
    fn text(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Processing => "processing",
            Self::Valid => "valid",
            Self::Invalid => "invalid",
        }
    }
}

/// RFC 8555, section 7.4.
pub(super) fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (client, payload) = scm.by_client(call)?;
    let identifiers = identifiers(payload.object()?)?;
    let order = Order {
        client,
        created: scm.now(),
        authorizations: scm.authorized(client, identifiers)?,
        ssl: None,
        certificate: None,
    };
    let id = scm.acme.protocol.orders.next_id();
    scm.acme.protocol.orders.insert(id, order);
    if let Some(client) = scm.acme.client_mut(client) {
        client.orders.push(id);
    }
    let reply = scm.order_reply(server, id)?;
    Ok(reply.status_instead(StatusCode::CREATED))
}

fn identifiers(mut order: Object) -> Result<Vec<Object>, AcmeProblem> {
    if ["notBefore", "notAfter"].iter().any(|name| order.has(name)) {
        return Err(AcmeProblem::malformed("validity cannot be chosen"));
    }
    let identifiers: Vec<Object> = order.required("identifiers")?;
    match identifiers.is_empty() {
        true => Err(AcmeProblem::malformed("identifiers is empty")),
        false => Ok(identifiers),
    }
}

/// A look at an order, which may move it on.
pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let (client, payload) = scm.by_client(call)?;
    payload.refuse_unless_empty()?;
    let id = scm.order_of(call, client)?;
    scm.refresh_order(id, true)?;
    scm.order_reply(server(call)?, id)
}

/// RFC 8555, section 7.1.2.1: a page of orders, and where the next one is.
pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (key, payload) = scm.by_client(call)?;
    payload.refuse_unless_empty()?;
    scm.refuse_stranger(call, key)?;
    let mut query = Query::parse(call.request.query.as_deref())?;
    let first = query.integer("cursor", 0..)?.unwrap_or(0);
    query.finish()?;
    let client = scm.known_client(key)?;
    let first = usize::try_from(first).unwrap_or(usize::MAX);
    let rest = client.orders.get(first..).unwrap_or_default();
    let page = rest.iter().take(ORDERS_ON_A_PAGE);
    let urls: Vec<_> = page.map(|id| scm.order_url(server, *id)).collect();
    let reply = Reply::json(StatusCode::OK, &json!({"orders": urls}));
    if rest.len() <= ORDERS_ON_A_PAGE {
        return Ok(reply);
    }
    let next = first + ORDERS_ON_A_PAGE;
    let account = scm.account_url(server, client);
    Ok(reply.header(
        LINK,
        format!("<{account}/orders?cursor={next}>;rel=\"next\""),
    ))
}

impl SectigoScm {
    /// The order that a path names, once it is the client's.
    pub(super) fn order_of(&self, call: &Call<'_>, client: ClientKey) -> Result<i64, AcmeProblem> {
        let id = call.argument("order").parse().ok();
        let found = id.and_then(|id| Some((id, self.acme.protocol.orders.get(id)?)));
        let (id, order) = found.ok_or_else(no_such_order)?;
        match order.client == client {
            true => Ok(id),
            false => Err(AcmeProblem::forbidden("the order is another account's")),
        }
    }

    pub(super) fn order(&self, id: i64) -> Result<&Order, AcmeProblem> {
        self.acme.protocol.orders.get(id).ok_or_else(no_such_order)
    }

    pub(super) fn order_mut(&mut self, id: i64) -> Result<&mut Order, AcmeProblem> {
        let order = self.acme.protocol.orders.get_mut(id);
        order.ok_or_else(no_such_order)
    }

    pub(super) fn order_url(&self, server: &Server, id: i64) -> String {
        self.acme_url(server, &format!("order/{id}"))
    }

    pub(super) fn order_reply(&self, server: &Server, id: i64) -> Result<Reply, AcmeProblem> {
        let order = self.order(id)?;
        let (status, url) = (order.status(self.now()), self.order_url(server, id));
        let authorizations = 0..order.authorizations.len();
        let authorizations = authorizations.map(|place| format!("authz/{id}/{place}"));
        let mut body = json!({
            "status": status.text(),
            "expires": DateFormat::INSTANT.write(order.expires()),
            "identifiers": order.names().map(identifier).collect::<Vec<_>>(),
            "authorizations": authorizations
                .map(|resource| self.acme_url(server, &resource))
                .collect::<Vec<_>>(),
            "finalize": format!("{url}/finalize"),
        });
        if status == OrderStatus::Valid {
            body["certificate"] = self.acme_url(server, &format!("certificate/{id}")).into();
        }
        let reply = Reply::json(StatusCode::OK, &body).location(&url);
        Ok(match status {
            OrderStatus::Processing => reply.header(RETRY_AFTER, "1"),
            _ => reply,
        })
    }

    /// What a client may order for, each name once; or why it may not.
    fn authorized(
        &mut self,
        client: ClientKey,
        identifiers: Vec<Object>,
    ) -> Result<Vec<Authorization>, AcmeProblem> {
        let (mut names, mut refused) = (Vec::<String>::new(), Vec::new());
        for mut wanted in identifiers {
            let kind: String = wanted.required("type")?;
            let value: String = wanted.required("value")?;
            match self.name(client, &kind, &value) {
                Ok(name) if names.contains(&name) => {}
                Ok(name) => names.push(name),
                Err(problem) => refused.push((json!({"type": kind, "value": value}), problem)),
            }
        }
        match AcmeProblem::of_identifiers(refused) {
            Some(problem) => Err(problem),
            None => Ok(names.into_iter().map(Authorization::new).collect()),
        }
    }

    fn name(&mut self, client: ClientKey, kind: &str, value: &str) -> Result<String, AcmeProblem> {
        if kind != "dns" {
            let why = "identifiers of this type are not supported";
            return Err(AcmeProblem::bad("unsupportedIdentifier", why));
        }
        let name = value.to_lowercase();
        if !is_host(&name) {
            return Err(AcmeProblem::malformed("the identifier is not a host name"));
        }
        match self.may_order_by_acme(client, &name) {
            true => Ok(name),
            false => {
                let why = "the name is not below a validated domain of the account";
                Err(AcmeProblem::bad("rejectedIdentifier", why))
            }
        }
    }

    /// Whether a name lies in one of the account's domains, and that still counts as validated.
    pub(super) fn may_order_by_acme(&mut self, client: ClientKey, name: &str) -> bool {
        let Some(account) = self.acme.table(client.class).get(client.account) else {
            return false;
        };
        let organization = account.organization;
        let covered = client.class == Class::Universal || account.domains.cover(name);
        covered && self.may_order_at_once(organization, name)
    }
}

impl Authorization {
    fn new(name: String) -> Self {
        Self {
            name,
            token: token(),
            deactivated: false,
        }
    }
}

pub(super) fn identifier(name: &str) -> Value {
    json!({"type": "dns", "value": name})
}

fn is_host(name: &str) -> bool {
    let host = name.strip_prefix("*.").unwrap_or(name);
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let label = |label: &str| (1..=63).contains(&label.len()) && label.chars().all(allowed);
    let numeric = host.split('.').next_back();
    let numeric = numeric.is_some_and(|last| last.chars().all(|c| c.is_ascii_digit()));
    name.len() <= 253 && host.contains('.') && host.split('.').all(label) && !numeric
}

fn no_such_order() -> AcmeProblem {
    AcmeProblem::not_found("no such order")
}
