use super::Device;
use crate::{
    frame::{Call, Query, Reply},
    sectigo_scm::{
        self, SectigoScm, customer::custom_fields, dates::DateFormat, ok, problem::Problem,
    },
};

/// Changes what is sent and leaves the rest; answers the certificate's details.
pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let mut body = sectigo_scm::body(call)?;
    let custom_fields = custom_fields(&mut body)?;
    let comments = body.text("comments", ..=1024)?;
    body.finish()?;
    if let Some(values) = &custom_fields {
        scm.customer.check_custom_fields(values)?;
    }
    let record = scm.record::<Device>(call)?;
    if let Some(values) = custom_fields {
        record.custom_fields = values;
    }
    if let Some(comments) = comments {
        record.comments = comments;
    }
    let id = record.id;
    Ok(ok(&scm.device_details(id, dates)?))
}
