use http::StatusCode;

use super::{SectigoScm, ok};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{self, locations::details, no_parameters, problem::Problem},
};

pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.ssl(call)?.locations.list()))
}

pub(super) fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let details = details(sectigo_scm::body(call)?)?;
    let location = scm.ssl.last_location + 1;
    let certificate = scm.ssl(call)?;
    certificate.locations.add(location, details);
    let path = format!("/api/ssl/v1/{}/location/{location}", certificate.id);
    scm.ssl.last_location = location;
    let url = format!("{}{path}", scm.world.base_url);
    Ok(Reply::empty(StatusCode::CREATED).location(&url))
}

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let location = sectigo_scm::id(call, "locationId")?;
    Ok(ok(&scm.ssl(call)?.locations.get(location)?))
}

pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let details = details(sectigo_scm::body(call)?)?;
    let location = sectigo_scm::id(call, "locationId")?;
    scm.ssl(call)?.locations.update(location, details)?;
    Ok(Reply::empty(StatusCode::OK))
}

pub(super) fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let location = sectigo_scm::id(call, "locationId")?;
    scm.ssl(call)?.locations.remove(location)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
