use std::io::{Cursor, Read};

use serde_json::json;

use super::Ssl;
use crate::{
    frame::{Call, Query, Reply, multipart, x509},
    sectigo_scm::{SectigoScm, dates::DateFormat, ok, problem::Problem},
};

const LARGEST_FILE: u64 = 1 << 20;

/// A ZIP archive of certificate files for one organization. Files that cannot be imported are
/// named one by one; the others are imported all the same.
pub(super) fn import(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let organization = query.integer("orgId", 1..)?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let organization = organization.ok_or_else(|| Problem::missing("orgId"))?;
    scm.organizations.get(organization)?;
    let parts = multipart::parse(call.request)?;
    let file = parts.iter().find(|part| part.name == "file");
    let file = file.ok_or_else(|| Problem::missing("file"))?;
    let files = unpack(&file.content)?;
    let errors = files
        .iter()
        .filter_map(|(name, content)| scm.import_file(name, content, organization).err());
    let errors: Vec<_> = errors.collect();
    Ok(ok(
        &json!({"processedCount": files.len(), "errors": errors}),
    ))
}

impl SectigoScm {
    fn import_file(&mut self, name: &str, content: &[u8], organization: i64) -> Result<(), String> {
        let extension = name
            .rsplit_once('.')
            .map(|(_, extension)| extension.to_ascii_lowercase());
        if !matches!(extension.as_deref(), Some("cer" | "crt" | "pem" | "der")) {
            return Err(format!("{name} - Unsupported file extension"));
        }
        let certificate = read(content).filter(|certificate| !certificate.is_ca);
        let Some(certificate) = certificate else {
            return Err(format!(
                "{name} - Failed to parse certificate: Certificate is corrupted or subject basic \
                 constraint is not met"
            ));
        };
        if let Some(id) = self.known::<Ssl>(&certificate) {
            let known = self
                .certificates
                .ssl
                .get(id)
                .ok()
                .filter(|known| !known.is_unmanaged());
            let order = known.map(|known| known.order_number().to_string());
            let order = order.unwrap_or_else(|| "N/A".to_owned());
            return Err(format!(
                "[{name}] - SSL certificate already exists. Order number: {order}"
            ));
        }
        self.import::<Ssl>(certificate, organization, Ssl::default());
        Ok(())
    }
}

fn read(content: &[u8]) -> Option<x509::Certificate> {
    let binary = x509::Certificate::parse(content);
    binary.or_else(|| x509::Certificate::parse(&x509::from_text(str::from_utf8(content).ok()?)?))
}

/// The files of an archive, directories left out.
fn unpack(archive: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let broken = |error: zip::result::ZipError| Problem::unreadable(error);
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).map_err(broken)?;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(broken)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(broken)?.into_owned();
        let mut content = Vec::new();
        file.take(LARGEST_FILE)
            .read_to_end(&mut content)
            .map_err(Problem::unreadable)?;
        files.push((name, content));
    }
    Ok(files)
}
