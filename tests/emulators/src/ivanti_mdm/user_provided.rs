use bytes::Bytes;
use serde_json::json;

use super::{
    IvantiMdm,
    problem::{Problem, success},
};
use crate::frame::{Call, Object, Query, Reply, multipart, pkcs12::KeyWithChain};

const LARGEST_REQUEST: usize = 1_000;
const POLICIES: [i64; 2] = [35_037, 35_497];
const ACCOUNTS: [(i64, &str); 4] = [
    (10_200, "user-0001@example.com"),
    (10_201, "user-0002@example.com"),
    (10_202, "user-0003@example.com"),
    (10_203, "user-0004@example.com"),
];

/// The certificates that users brought along.
#[derive(Debug)]
pub(super) struct UserProvided {
    certificates: Vec<UserCertificate>,
}

#[derive(Debug)]
struct UserCertificate {
    id: i64,
    account: i64,
    policy: i64,
    has_key: bool,
}

impl UserProvided {
    pub(super) fn made_up() -> Self {
        let certificate = |(id, index): (i64, usize)| UserCertificate {
            id,
            account: ACCOUNTS[index % ACCOUNTS.len()].0,
            policy: POLICIES[index / ACCOUNTS.len() % POLICIES.len()],
            has_key: true,
        };
        Self {
            certificates: (1..=12).zip(0..).map(certificate).collect(),
        }
    }

    fn add(&mut self, account: i64, policy: i64) {
        let last = self.certificates.iter().map(|known| known.id).max();
        self.certificates.push(UserCertificate {
            id: last.unwrap_or_default() + 1,
            account,
            policy,
            has_key: true,
        });
    }
}

/// Stores a PKCS#12 file for a user.
pub(super) fn upload(tenant: &mut IvantiMdm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut form = Form::read(call)?;
    let file = form.take("certData")?;
    let password = form.text("password")?;
    let account = form.text("accountUid")?;
    let policy = form.text("policyId")?;
    form.finish()?;
    let account = ACCOUNTS.iter().find(|(_, uid)| *uid == account);
    let (account, _) = account.ok_or_else(|| Problem::invalid("accountUid"))?;
    let policy = policy.parse().ok().filter(|id| POLICIES.contains(id));
    let policy = policy.ok_or_else(|| Problem::invalid("policyId"))?;
    KeyWithChain::read(&file, &password).map_err(|_| Problem::keystore())?;
    tenant.user_provided.add(*account, policy);
    Ok(success(true))
}

/// Clears the keys of the certificates that a CSV file names; at the same address, but with JSON,
/// those under policies of accounts.
pub(super) fn clear_by_csv(tenant: &mut IvantiMdm, call: &Call<'_>) -> Result<Reply, Problem> {
    if call.request.media_type().as_deref() == Some(JSON) {
        return clear_by_policy(tenant, call);
    }
    let mut form = Form::read(call)?;
    let file = form.text("csv-data")?;
    form.finish()?;
    let ids = certificate_ids(&file)?;
    let (mut cleared, mut invalid) = (0, Vec::new());
    for id in ids {
        let mut certificates = tenant.user_provided.certificates.iter_mut();
        match certificates.find(|known| known.id == id && known.has_key) {
            Some(certificate) => {
                certificate.has_key = false;
                cleared += 1;
            }
            None => invalid.push(id),
        }
    }
    Ok(success(json!({
        "numberOfPrivateKeysCleared": cleared,
        "invalidCertificateIds": invalid,
    })))
}

/// Clears the keys of the certificates under policies of accounts.
pub(super) fn clear_by_policy(tenant: &mut IvantiMdm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_query(call)?;
    if call.request.media_type().as_deref() != Some(JSON) {
        return Err(Problem::invalid("Content-Type"));
    }
    let pairs = accounts_and_policies(call)?;
    let known_account = |id: i64| ACCOUNTS.iter().any(|(known, _)| *known == id);
    let (mut accounts, mut policies) = (Vec::new(), Vec::new());
    for (account, policy) in &pairs {
        if !known_account(*account) && !accounts.contains(account) {
            accounts.push(*account);
        }
        if !POLICIES.contains(policy) && !policies.contains(policy) {
            policies.push(*policy);
        }
    }
    if accounts.is_empty() && !policies.is_empty() {
        let message = "Invalid account and(or) policies specified.";
        return Err(Problem::field(WRAPPERS, message));
    }
    let mut named: Vec<_> = tenant
        .user_provided
        .certificates
        .iter_mut()
        .filter(|known| pairs.contains(&(known.account, known.policy)))
        .collect();
    if !named.is_empty() && named.iter().all(|certificate| !certificate.has_key) {
        return Err(Problem::keystore());
    }
    let mut cleared = 0;
    for certificate in named.iter_mut().filter(|certificate| certificate.has_key) {
        certificate.has_key = false;
        cleared += 1;
    }
    Ok(success(json!({
        "numberOfPrivateKeysCleared": cleared,
        "invalidAccountIds": accounts,
        "invalidIdentityCertificateUPPolicyIds": policies,
    })))
}

const JSON: &str = "application/json";
const WRAPPERS: &str = "accountAndUPPolicyWrappers";

fn accounts_and_policies(call: &Call<'_>) -> Result<Vec<(i64, i64)>, Problem> {
    let mut body = Object::parse(&call.request.body)?;
    let wrappers: Vec<Object> = body.required(WRAPPERS)?;
    body.finish()?;
    let mut pairs = Vec::new();
    for mut wrapper in wrappers {
        let account: i64 = wrapper.required("accountId")?;
        let policies: Vec<i64> = wrapper.required("userProvidedCertificatePolicyIds")?;
        wrapper.finish()?;
        pairs.extend(policies.into_iter().map(|policy| (account, policy)));
    }
    match pairs.is_empty() {
        true => Err(Problem::field(
            WRAPPERS,
            "No account and policies specified.",
        )),
        false => Ok(pairs),
    }
}

/// The numbers below the header of a file with one column.
fn certificate_ids(file: &str) -> Result<Vec<i64>, Problem> {
    let mut lines = file.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.next() != Some("certificateIds") {
        return Err(Problem::invalid_csv());
    }
    let ids: Result<Vec<i64>, _> = lines.map(str::parse).collect();
    let ids = ids.map_err(|_| Problem::invalid_csv())?;
    match ids.len() {
        0 => Err(Problem::invalid_csv()),
        count if count > LARGEST_REQUEST => Err(Problem::too_many()),
        _ => Ok(ids),
    }
}

fn no_query(call: &Call<'_>) -> Result<(), Problem> {
    Ok(Query::parse(call.request.query.as_deref())?.finish()?)
}

/// The parts of a form; each may come once.
struct Form {
    parts: Vec<multipart::Part>,
}

impl Form {
    fn read(call: &Call<'_>) -> Result<Self, Problem> {
        no_query(call)?;
        let parts = multipart::parse(call.request)?;
        Ok(Self { parts })
    }

    fn take(&mut self, name: &str) -> Result<Bytes, Problem> {
        let position = self.parts.iter().position(|part| part.name == name);
        let missing = || Problem::field(name, &format!("{name} is required."));
        let content = self.parts.remove(position.ok_or_else(missing)?).content;
        match content.is_empty() {
            true => Err(missing()),
            false => Ok(content),
        }
    }

    fn text(&mut self, name: &str) -> Result<String, Problem> {
        let content = self.take(name)?;
        String::from_utf8(content.to_vec()).map_err(|_| Problem::invalid(name))
    }

    fn finish(self) -> Result<(), Problem> {
        match self.parts.first() {
            Some(part) => Err(Problem::invalid(&part.name)),
            None => Ok(()),
        }
    }
}
