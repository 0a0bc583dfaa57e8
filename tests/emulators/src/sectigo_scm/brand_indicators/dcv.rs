use http::StatusCode;
use serde_json::{Value, json};

use super::{life::BETWEEN_CHECKS, record::Record};
use crate::{
    frame::{Call, Query, Reply},
    sectigo_scm::{
        SectigoScm, dates::DateFormat, domains::order::Mode, no_parameters, ok, problem::Problem,
    },
};

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DCV_LOG)?;
    query.finish()?;
    let id = scm.brand_indicator_id(call)?;
    let record = scm.brand_indicators.get(id)?;
    let body = json!({
        "dcvLog": {
            "error": {"code": 0, "description": null},
            "log": [entry(record, dates)],
        },
        "instructions": [instruction(record)],
    });
    scm.look_at_brand_indicator(id)?;
    Ok(ok(&body))
}

/// Only starts the check: the authority carries it out before the next request is answered.
pub(super) fn recheck(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.brand_indicator_id(call)?;
    scm.brand_indicators.get_mut(id)?.control.asked_for = true;
    Ok(Reply::empty(StatusCode::ACCEPTED))
}

fn entry(record: &Record, dates: DateFormat) -> Value {
    let control = &record.control;
    let mut entry = json!({
        "domainName": record.domain,
        "dcvStatus": "Awaiting Validation",
        "lastCheck": dates.write(control.checked),
        "nextCheck": dates.write(control.checked + BETWEEN_CHECKS),
        "dcvEmailRefNumber": 1,
    });
    if let Some(shown) = control.shown {
        entry["dcvStatus"] = "Validated".into();
        entry["dcvDate"] = dates.write(shown).into();
    }
    entry
}

fn instruction(record: &Record) -> Value {
    let (asked, challenge) = (&record.asked, &record.control.challenge);
    let mut instruction = json!({"domainName": record.domain, "dcvMode": asked.mode.text()});
    match asked.mode {
        Mode::Email => instruction["dcvEmail"] = json!(asked.email),
        Mode::Http | Mode::Https => {
            let (url, lines) = challenge.file(asked.mode);
            instruction["url"] = url.into();
            instruction["file"] = lines.join("\n").into();
        }
        Mode::Cname | Mode::Txt => {
            let (host, point) = challenge.alias();
            instruction["host"] = host.into();
            instruction["point"] = point.into();
        }
    }
    instruction
}
