use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{agent, key::Digest};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        self, SectigoScm, administrators::Administrator, dates::DateFormat, no_parameters, ok,
        organizations::organization::Organization, problem::Problem, progress::Waiting,
    },
};

const TYPES: [&str; 7] = [
    "MICROSOFT_AUTHENTICODE",
    "JAVA",
    "MICROSOFT_OFFICE_AND_VBA",
    "WINDOWS_PHONE_AND_XBOX",
    "ANDROID",
    HASH_SUM,
    "POWERSHELL",
];
pub(super) const HASH_SUM: &str = "HASH_SUM";
/// The only type whose files are signed with several algorithms.
const SEVERAL: &str = "MICROSOFT_AUTHENTICODE";
/// How long a request waits for its submission, and then for a decision.
const PATIENCE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A request to sign files.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) developer: String,
    pub(super) organization: i64,
    pub(super) version: String,
    pub(super) kind: &'static str,
    pub(super) algorithms: Vec<Digest>,
    pub(super) created: Timestamp,
    pub(super) state: State,
    pub(super) approver: Option<i64>,
    pub(super) token: String,
    pub(super) files: Vec<File>,
    pub(super) waiting: Waiting,
    since: Timestamp,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum State {
    Init,
    Created,
    InProgress,
    Declined,
    Signed,
    Expired,
    Failed,
}

/// A file, and what became of it.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) content: Bytes,
    pub(super) signed: Option<Signed>,
}

#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub(super) content: Vec<u8>,
    /// Names it in the link of the answer, and behind it at the agent.
    pub(super) link: String,
}

impl State {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Init => "INIT",
            Self::Created => "CREATED",
            Self::InProgress => "IN_PROGRESS",
            Self::Declined => "DECLINED",
            Self::Signed => "SIGNED",
            Self::Expired => "EXPIRED",
            Self::Failed => "FAILED",
        }
    }
}

impl Request {
    pub(super) fn advance(&mut self, state: State, now: Timestamp) {
        self.state = state;
        self.since = now;
        self.waiting = Waiting::since(now);
    }
}

pub(super) fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let organization = body.required_integer("organizationId", 1..)?;
    let version = body.required_text("version", 1..)?;
    let algorithms = algorithms(&body.required_text("algorithms", 1..)?)?;
    let kind = body.required_text("signingType", 1..)?;
    body.finish()?;
    let kind = TYPES.iter().find(|known| known.eq_ignore_ascii_case(&kind));
    let kind = kind.ok_or_else(|| Problem::invalid_value("signingType"))?;
    if algorithms.len() > 1 && *kind != SEVERAL {
        return Err(Problem::invalid_value("algorithms"));
    }
    scm.organizations.get(organization)?;
    let now = scm.now();
    let table = &mut scm.certificates.signing.table;
    let id = table.next_id();
    let token = agent::token();
    let url = format!("{}{}?token={token}", scm.world.other_url, agent::UPLOAD);
    table.insert(
        id,
        Request {
            developer: super::developer(call).to_owned(),
            organization,
            version,
            kind,
            algorithms,
            created: now,
            state: State::Init,
            approver: None,
            token,
            files: Vec::new(),
            waiting: Waiting::since(now),
            since: now,
        },
    );
    let url = format!("{url}&requestId={id}");
    Ok(ok(&json!({"requestId": id, "uploadUrl": url})))
}

/// One algorithm, or several with commas between them, each once.
fn algorithms(text: &str) -> Result<Vec<Digest>, Problem> {
    let mut found = Vec::new();
    for name in text.split(',') {
        let digest = Digest::named(name.trim());
        let digest = digest.filter(|digest| !found.contains(digest));
        found.push(digest.ok_or_else(|| Problem::invalid_value("algorithms"))?);
    }
    Ok(found)
}

impl SectigoScm {
    /// Signs what was approved, when it is time; gives up what nobody decided on.
    pub(super) fn settle_signing(&mut self, id: i64) -> Result<(), Problem> {
        let now = self.now();
        let options = &self.options;
        let table = &self.certificates.signing.table;
        let request = table.get(id).ok_or_else(super::unknown)?;
        let end = request.waiting.end(options.issuance, options.unattended);
        match request.state {
            State::InProgress if end.is_some_and(|at| at <= now) => self.sign(id),
            State::Init | State::Created if request.since + PATIENCE < now => {
                self.advance_signing(id, State::Expired)
            }
            _ => Ok(()),
        }
    }

    fn advance_signing(&mut self, id: i64, state: State) -> Result<(), Problem> {
        let now = self.now();
        let request = self.certificates.signing.table.get_mut(id);
        request.ok_or_else(super::unknown)?.advance(state, now);
        Ok(())
    }

    /// Hashes are signed; other files come back as they are.
    fn sign(&mut self, id: i64) -> Result<(), Problem> {
        self.make_signing_key()?;
        let signing = &mut self.certificates.signing;
        let request = signing.table.get_mut(id).ok_or_else(super::unknown)?;
        let key = signing.key.as_ref().ok_or_else(super::unknown)?;
        let signed: Option<Vec<_>> = request
            .files
            .iter()
            .map(|file| match request.kind {
                HASH_SUM => key.sign(&file.name, &file.content),
                _ => Some(file.content.to_vec()),
            })
            .collect();
        let Some(signed) = signed else {
            return self.advance_signing(id, State::Failed);
        };
        for (index, content) in signed.into_iter().enumerate() {
            let link = agent::uuid();
            signing.links.insert(link.clone(), (id, index));
            request.files[index].signed = Some(Signed { content, link });
        }
        self.advance_signing(id, State::Signed)
    }

    pub(super) fn signing_request(&self, request: &Request, dates: DateFormat) -> Value {
        let own = self.organizations.get(request.organization).ok();
        let parent = own.and_then(|own| self.organizations.get(own.parent?).ok());
        let approver = request.approver.and_then(|id| self.administrators.get(id));
        let mut body = json!({
            "developerEmail": request.developer,
            "organization": parent.or(own).map(Organization::name),
            "approver": approver.map(Administrator::name),
            "version": request.version,
            "digestAlgorithms": request.algorithms.iter().map(|one| one.name()).collect::<Vec<_>>(),
            "signingService": request.kind,
            "created": dates.write(request.created),
            "state": request.state.text(),
            "files": request.files.iter().filter_map(|file| self.signed(file)).collect::<Vec<_>>(),
        });
        if let (Some(department), Some(_)) = (own, parent) {
            body["department"] = department.name().into();
        }
        body
    }

    fn signed(&self, file: &File) -> Option<Value> {
        let signed = file.signed.as_ref()?;
        let (base, customer) = (&self.world.base_url, &self.options.customer_uri);
        let url = format!("{base}/customer/{customer}{}{}", agent::SIGNED, signed.link);
        let size = signed.content.len();
        Some(json!({"name": file.name, "downloadUrl": url, "size": size}))
    }
}
