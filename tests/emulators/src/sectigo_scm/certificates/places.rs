use http::StatusCode;

use super::{kind::Kind, locations::details};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{SectigoScm, body, id, no_parameters, ok, problem::Problem},
};

pub(super) fn list<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.record::<K>(call)?.locations.list()))
}

pub(super) fn create<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let details = details(body(call)?)?;
    let location = K::records(scm).last_location + 1;
    let record = scm.record::<K>(call)?;
    record.locations.add(location, details);
    let path = format!("{}/{}/location/{location}", K::PATH, record.id);
    K::records_mut(scm).last_location = location;
    let url = format!("{}{path}", scm.world.base_url);
    Ok(Reply::empty(StatusCode::CREATED).location(&url))
}

pub(super) fn get<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let location = id(call, "locationId")?;
    Ok(ok(&scm.record::<K>(call)?.locations.get(location)?))
}

pub(super) fn update<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let details = details(body(call)?)?;
    let location = id(call, "locationId")?;
    let record = scm.record::<K>(call)?;
    record.locations.update(location, details)?;
    Ok(Reply::empty(StatusCode::OK))
}

pub(super) fn delete<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let location = id(call, "locationId")?;
    scm.record::<K>(call)?.locations.remove(location)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
