use super::kind::Kind;
use crate::{
    frame::{Call, Query},
    sectigo_scm::{SectigoScm, body, customer::custom_fields, dates::DateFormat, problem::Problem},
};

/// Changes custom fields and remarks as far as they are sent and leaves the rest. Tells which
/// certificate it was, and how the answer is to write dates.
pub(super) fn change<K: Kind>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<(i64, DateFormat), Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let mut body = body(call)?;
    let custom_fields = custom_fields(&mut body)?;
    let comments = body.text("comments", ..=1024)?;
    body.finish()?;
    if let Some(values) = &custom_fields {
        scm.customer.custom_fields.check(K::FIELDS, values)?;
    }
    let fields = &scm.customer.custom_fields;
    let custom_fields = custom_fields.map(|values| fields.filed(K::FIELDS, values));
    let record = scm.record::<K>(call)?;
    if let Some(values) = custom_fields {
        record.custom_fields = values;
    }
    if let Some(comments) = comments {
        record.comments = comments;
    }
    Ok((record.id, dates))
}
