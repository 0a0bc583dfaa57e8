use super::{Ssl, SslCertificate, enroll::all_names};
use crate::{
    frame::{Call, Object, Query, Reply},
    sectigo_scm::{
        self, SectigoScm,
        administrators::Administrator,
        certificates::{
            csr::{external_requester, signing_request},
            kind::Kind,
            record::Status,
        },
        customer::{CustomFieldValues, custom_fields},
        dates::DateFormat,
        ok,
        problem::Problem,
    },
};

/// Changes what is sent and leaves the rest; answers the certificate's details.
pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let mut body = sectigo_scm::body(call)?;
    let id = body.required_integer("sslId", 1..)?;
    let request = Requested::read(&mut body)?;
    let settings = Settings::read(&mut body)?;
    body.finish()?;
    scm.settle::<Ssl>(id)?;
    scm.check_settings(&settings)?;
    scm.change_request(id, request)?;
    scm.change_settings(id, settings)?;
    Ok(ok(&scm.ssl_details(id, dates)?))
}

/// What can be changed only as long as nothing has been ordered.
#[derive(Debug)]
struct Requested {
    organization: Option<i64>,
    profile: Option<i64>,
    term: Option<i64>,
    common_name: Option<String>,
    csr: Option<String>,
    names: Option<Vec<String>>,
}

/// What can be changed at any time.
#[derive(Debug)]
struct Settings {
    external_requester: Option<Option<String>>,
    comments: Option<String>,
    custom_fields: Option<CustomFieldValues>,
    auto_renew: Option<Option<i64>>,
    suspend_notifications: Option<bool>,
    requester: Option<String>,
    requester_id: Option<i64>,
    approver: Option<i64>,
}

impl Requested {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        Ok(Self {
            organization: body.integer("orgId", 1..)?,
            profile: body.integer("certTypeId", 1..)?,
            term: body.integer("term", 1..)?,
            common_name: body.optional("commonName")?,
            csr: body.text("csr", 1..=32_767)?,
            names: body.optional("subjectAlternativeNames")?,
        })
    }
}

impl Settings {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let external = body.has("externalRequester");
        Ok(Self {
            external_requester: external.then_some(external_requester(body)?),
            comments: body.text("comments", ..=1024)?,
            custom_fields: custom_fields(body)?,
            auto_renew: auto_renew(body)?,
            suspend_notifications: body.optional("suspendNotifications")?,
            requester: body.optional("requester")?,
            requester_id: body.integer("requesterAdminId", 1..)?,
            approver: body.integer("approverAdminId", -1..)?,
        })
    }
}

/// Days before the expiry; `Some(None)` switches automatic renewal off.
fn auto_renew(body: &mut Object) -> Result<Option<Option<i64>>, Problem> {
    let Some(mut details) = body.optional::<Object>("autoRenewDetails")? else {
        return Ok(None);
    };
    let state = details.choice("state", &["Not scheduled", "Scheduled"])?;
    let days = details.integer("daysBeforeExpiration", 1..)?;
    details.finish()?;
    let scheduled = state.as_deref() == Some("Scheduled");
    Ok(Some(scheduled.then_some(days.unwrap_or(30))))
}

impl SectigoScm {
    fn change_request(&mut self, id: i64, wanted: Requested) -> Result<(), Problem> {
        let now = self.now();
        let old = self.certificates.ssl.get(id)?;
        if let Some(field) = wanted.first_change(old) {
            let status = old.status_at(now);
            if !matches!(status, Status::Requested | Status::Declined) {
                return Err(Problem::invalid_value(field));
            }
        }
        let organization = wanted.organization.unwrap_or(old.organization);
        self.organizations.get(organization)?;
        let profile = match (wanted.profile, old.profile) {
            (None, None) => None,
            (asked, known) => Some(Ssl::profile(&self.customer, asked.or(known))?),
        };
        let term = wanted.term.unwrap_or(old.term);
        let request = wanted.csr.as_deref().map(signing_request).transpose()?;
        if let Some(profile) = profile {
            profile.term(Some(term))?;
            profile.check_key(
                request
                    .as_ref()
                    .map_or(&old.key, |new| &new.public_key.kind),
            )?;
        }
        let profile = profile.map(|profile| profile.id);
        let renamed = wanted.names.is_some() || wanted.common_name.is_some();
        let names = wanted.names.unwrap_or_else(|| old.names.clone());
        let common_name = wanted.common_name;
        let common_name = common_name.unwrap_or_else(|| old.common_name.clone());
        if renamed {
            self.check_domains(organization, &all_names(&common_name, names.clone())?)?;
        }
        let certificate = self.certificates.ssl.get_mut(id)?;
        certificate.set_names(common_name, names)?;
        if let Some(request) = request {
            certificate.take_key(request);
        }
        certificate.organization = organization;
        certificate.profile = profile;
        if certificate.term != term {
            certificate.set_term(term);
        }
        Ok(())
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), Problem> {
        if let Some(custom_fields) = &settings.custom_fields {
            let fields = &self.customer.custom_fields;
            fields.check(Ssl::FIELDS, custom_fields)?;
        }
        let known = |id: &i64| *id == -1 || self.administrators.present(*id).is_some();
        if !settings.requester_id.iter().all(known) {
            return Err(Problem::invalid_value("requesterAdminId"));
        }
        match settings.approver.iter().all(known) {
            true => Ok(()),
            false => Err(Problem::invalid_value("approverAdminId")),
        }
    }

    fn change_settings(&mut self, id: i64, wanted: Settings) -> Result<(), Problem> {
        let requester = wanted
            .requester_id
            .and_then(|id| self.administrators.get(id));
        let requester = requester.map(Administrator::requester).or(wanted.requester);
        let fields = &self.customer.custom_fields;
        let custom_fields = wanted.custom_fields;
        let custom_fields = custom_fields.map(|values| fields.filed(Ssl::FIELDS, values));
        let certificate = self.certificates.ssl.get_mut(id)?;
        set(
            &mut certificate.own.external_requester,
            wanted.external_requester,
        );
        set(&mut certificate.comments, wanted.comments);
        set(&mut certificate.custom_fields, custom_fields);
        set(&mut certificate.own.auto_renew, wanted.auto_renew);
        set(
            &mut certificate.own.suspend_notifications,
            wanted.suspend_notifications,
        );
        set(&mut certificate.requester, requester);
        set(&mut certificate.requester_id, wanted.requester_id.map(Some));
        let approver = wanted.approver.map(|id| (id != -1).then_some(id));
        set(&mut certificate.approver, approver);
        Ok(())
    }
}

impl Requested {
    /// The first field whose value differs; sending the present value back changes nothing.
    fn first_change(&self, old: &SslCertificate) -> Option<&'static str> {
        let differs = |differs: bool, name| differs.then_some(name);
        differs(
            self.organization.is_some_and(|id| id != old.organization),
            "orgId",
        )
        .or_else(|| {
            differs(
                self.profile.is_some() && self.profile != old.profile,
                "certTypeId",
            )
        })
        .or_else(|| differs(self.term.is_some_and(|term| term != old.term), "term"))
        .or_else(|| {
            let name = self.common_name.as_ref();
            differs(
                name.is_some_and(|name| *name != old.common_name),
                "commonName",
            )
        })
        .or_else(|| differs(self.csr.is_some(), "csr"))
        .or_else(|| {
            let names = self.names.as_ref();
            differs(
                names.is_some_and(|it| *it != old.names),
                "subjectAlternativeNames",
            )
        })
    }
}

fn set<T>(place: &mut T, wanted: Option<T>) {
    if let Some(wanted) = wanted {
        *place = wanted;
    }
}
