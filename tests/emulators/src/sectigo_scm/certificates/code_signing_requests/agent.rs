use std::collections::BTreeSet;

use http::{Method, StatusCode, header::CONTENT_DISPOSITION};

use super::{
    key::Digest,
    request::{File, HASH_SUM, Request, State},
};
use crate::{
    frame::{self, Call, Query, Reply, multipart},
    sectigo_scm::{SectigoScm, problem::Problem},
};

/// Where the agent takes files, and gives them back.
pub(super) const UPLOAD: &str = "/agent/upload";
const DOWNLOAD: &str = "/agent/signed/";
/// Where the cloud knows a signed file, which the agent has.
pub(super) const SIGNED: &str = "/csfile/";

/// The name of a link, as the vendor's samples have it.
pub(super) fn token() -> String {
    let letters = (0..25).map(|_| fastrand::alphanumeric().to_ascii_uppercase());
    letters.collect()
}

pub(super) fn uuid() -> String {
    let hex = |digits: usize| -> String { (0..digits).map(|_| fastrand::digit(16)).collect() };
    let [a, b, c, d] = [8, 4, 3, 3].map(hex);
    format!("{a}-{b}-4{c}-8{d}-{}", hex(12))
}

/// Takes files for a request, which the link names.
pub(super) fn upload(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    scm.receive(call.request)
}

impl SectigoScm {
    /// What the agent answers, and the cloud's links to it: they know no credentials.
    pub(in crate::sectigo_scm) fn answer_agent(
        &mut self,
        request: &frame::Request,
    ) -> Option<Reply> {
        let path = request.path.as_str();
        let customer = format!("/customer/{}", self.options.customer_uri);
        let signed = path
            .strip_prefix(&customer)
            .and_then(|rest| rest.strip_prefix(SIGNED));
        match (request.method.clone(), signed, path.strip_prefix(DOWNLOAD)) {
            (Method::POST, _, _) if path == UPLOAD => {
                Some(self.receive(request).unwrap_or_else(Reply::from))
            }
            (Method::GET, Some(link), _) => Some(self.redirected(link)),
            (Method::GET, _, Some(link)) => Some(self.handed_out(link)),
            _ => None,
        }
    }

    fn receive(&mut self, request: &frame::Request) -> Result<Reply, Problem> {
        let mut query = Query::parse(request.query.as_deref())?;
        let token = query.required("token")?;
        let id = query.required("requestId")?.parse().unwrap_or_default();
        query.finish()?;
        let files = files(request)?;
        let table = &mut self.certificates.signing.table;
        let found = table.get_mut(id).filter(|one| one.token == token);
        let found = found.ok_or_else(forbidden)?;
        if found.state != State::Init {
            return Err(forbidden());
        }
        for file in &files {
            check(found, file)?;
        }
        found.files.extend(files);
        Ok(Reply::empty(StatusCode::NO_CONTENT))
    }

    fn redirected(&self, link: &str) -> Reply {
        match self.certificates.signing.links.contains_key(link) {
            true => {
                let url = format!("{}{DOWNLOAD}{link}", self.world.other_url);
                Reply::empty(StatusCode::FOUND).location(&url)
            }
            false => Reply::empty(StatusCode::NOT_FOUND),
        }
    }

    fn handed_out(&self, link: &str) -> Reply {
        let signing = &self.certificates.signing;
        let place = signing.links.get(link);
        let file = place.and_then(|(id, index)| signing.table.get(*id)?.files.get(*index));
        let signed = file.and_then(|file| Some((file, file.signed.as_ref()?)));
        let Some((file, signed)) = signed else {
            return Reply::empty(StatusCode::NOT_FOUND);
        };
        let (kind, content) = ("application/octet-stream", signed.content.clone());
        let name = file.name.replace(|c: char| c.is_control() || c == '"', "_");
        let disposition = format!("attachment; filename=\"{name}\"");
        Reply::bytes(StatusCode::OK, kind, content).header(CONTENT_DISPOSITION, disposition)
    }
}

fn forbidden() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, -1, "The link is not valid.")
}

/// The files of a form, whose parts have to have different names.
fn files(request: &frame::Request) -> Result<Vec<File>, Problem> {
    let parts = multipart::parse(request)?;
    let names: BTreeSet<_> = parts.iter().map(|part| &part.name).collect();
    if parts.is_empty() || names.len() < parts.len() {
        let why = "there is no part, or several have the same name";
        return Err(Problem::unreadable(why));
    }
    let file = |part: multipart::Part| {
        let name = part.file_name.filter(|name| !name.is_empty());
        Some(File {
            name: name.ok_or_else(|| Problem::missing(&part.name)).ok()?,
            content: part.content,
            signed: None,
        })
    };
    let files: Option<_> = parts.into_iter().map(file).collect();
    files.ok_or_else(|| Problem::missing("filename"))
}

/// Hashes are told by the extension of their file, and are of the algorithm asked for.
fn check(request: &Request, file: &File) -> Result<(), Problem> {
    if request.kind != HASH_SUM {
        return Ok(());
    }
    let digest = Digest::of_file(&file.name);
    let digest = digest.filter(|digest| request.algorithms.contains(digest));
    let hash = digest.and_then(|digest| digest.read(&file.content));
    hash.map(drop)
        .ok_or_else(|| Problem::invalid_value(&file.name))
}
