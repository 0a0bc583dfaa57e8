use std::fmt;

use http::StatusCode;
use rcgen::{DnType, ExtendedKeyUsagePurpose};
use serde_json::{Value, json};

use super::{
    record::{Record, Status, unauthorized},
    records::Records,
};
use crate::{
    frame::{
        Call, Query, Reply,
        x509::{self, SigningRequest},
    },
    sectigo_scm::{
        self, SectigoScm,
        administration::custom_field::Definition,
        customer::{self, CustomFieldValues, Customer},
        dates::DateFormat,
        no_parameters, ok,
        problem::Problem,
        progress::{Progress, Steps},
    },
};

/// What tells one kind of certificate from the others; the type itself holds the data that only
/// this kind has.
pub(super) trait Kind: fmt::Debug + Default + 'static {
    /// What sentences call it.
    const NAME: &'static str;
    /// What its paths begin with: `/api/ssl/v1`.
    const PATH: &'static str;
    /// The authority numbers its orders from here.
    const FIRST_BACKEND_ID: i64;
    /// Whether the certificate's own id takes the place of the authority's: order numbers are that
    /// id then, and paths that name a certificate take either.
    const MIGRATES_TO_ITS_ID: bool = false;
    /// What its keys may be used for besides signing.
    const EXTENDED_KEY_USAGES: &'static [ExtendedKeyUsagePurpose];

    /// Whether a revocation has to say why; otherwise the words may be empty or left out.
    const REVOKED_FOR_A_REASON: bool = false;

    /// What the custom fields of this kind say that they are for.
    const FIELDS: &'static str;

    /// Which of `owner`, `externalRequester` and `comments` an import takes.
    const IMPORTED_FIELDS: &'static [&'static str];

    fn records(scm: &SectigoScm) -> &Records<Self>;

    fn records_mut(scm: &mut SectigoScm) -> &mut Records<Self>;

    fn profiles(customer: &Customer) -> &[customer::Profile];

    /// A path names a certificate that does not exist.
    fn unknown(id: i64) -> Problem;

    /// Somebody names a profile that does not exist.
    fn unknown_profile(id: i64) -> Problem {
        Problem::bad(-111, format!("No certificate profile found by id {id}"))
    }

    /// The profile with this id; the first one where none is asked for.
    fn profile(customer: &Customer, id: Option<i64>) -> Result<&customer::Profile, Problem> {
        let mut profiles = Self::profiles(customer).iter();
        let found = profiles.find(|profile| id.is_none_or(|id| profile.id == id));
        found.ok_or_else(|| Self::unknown_profile(id.unwrap_or_default()))
    }

    /// A profile as the list of profiles has it.
    fn profile_json(profile: &customer::Profile) -> Value {
        profile.json()
    }

    /// Keeps the addresses that came with an import.
    fn set_external_requester(&mut self, addresses: Option<String>) {
        let _ = addresses;
    }

    /// What an import makes of a certificate's own data, or why it cannot be of this kind.
    fn imported(
        scm: &mut SectigoScm,
        certificate: &x509::Certificate,
        organization: i64,
    ) -> Result<Self, String> {
        let _ = (scm, certificate, organization);
        Ok(Self::default())
    }

    /// Parts of the subject between its country and its common name.
    fn subject(record: &Record<Self>, organization: &str) -> Vec<(DnType, String)> {
        let _ = record;
        vec![(DnType::OrganizationName, organization.to_owned())]
    }

    /// Refuses an administrator who may not approve this request.
    fn check_approver(
        record: &Record<Self>,
        profile: &customer::Profile,
        caller: i64,
    ) -> Result<(), Problem> {
        let _ = (record, profile, caller);
        Ok(())
    }
}

/// What an enrolment asks for, whatever the kind.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) organization: i64,
    pub(super) profile: Option<i64>,
    pub(super) term: Option<i64>,
    pub(super) comments: String,
    pub(super) custom_fields: CustomFieldValues,
}

impl SectigoScm {
    /// The certificate that a call names, moved on as far as others have worked on it by now.
    pub(super) fn record<K: Kind>(&mut self, call: &Call<'_>) -> Result<&mut Record<K>, Problem> {
        let id = self.named::<K>(call)?;
        self.settle::<K>(id)?;
        K::records_mut(self).get_mut(id)
    }

    /// The same for a call that asks how far it is, and is counted.
    pub(super) fn look_at<K: Kind>(&mut self, call: &Call<'_>) -> Result<&Record<K>, Problem> {
        self.look_at_id(self.named::<K>(call)?)
    }

    /// The id of the certificate that a path names.
    pub(super) fn named<K: Kind>(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let name = call.first_argument_name();
        let id = sectigo_scm::id(call, name);
        let records = K::records(self);
        if !K::MIGRATES_TO_ITS_ID || id.as_ref().is_ok_and(|id| records.get(*id).is_ok()) {
            return id;
        }
        match records.by_backend_id(call.argument(name)) {
            Some(record) => Ok(record.id),
            None => id,
        }
    }

    pub(super) fn look_at_id<K: Kind>(&mut self, id: i64) -> Result<&Record<K>, Problem> {
        self.settle::<K>(id)?;
        let now = self.now();
        if K::records(self).get(id)?.waits() {
            K::records_mut(self).get_mut(id)?.look(now);
        }
        K::records(self).get(id)
    }

    /// Moves a certificate on as far as others have worked on it by now.
    pub(super) fn settle<K: Kind>(&mut self, id: i64) -> Result<(), Problem> {
        let steps = self.steps();
        K::records_mut(self).settle(id, &steps)
    }

    /// How others work, as of now.
    pub(super) fn steps(&self) -> Steps {
        Steps {
            now: self.now(),
            approval: self.options.approval,
            issuance: self.options.issuance,
            unattended: self.options.unattended,
            approver: self.administrators.colleague(),
        }
    }

    /// A request of the caller's, under the next free id.
    pub(super) fn new_record<K: Kind>(&self) -> Record<K> {
        let mut record = Record::requested(K::records(self).next_id(), self.now());
        record.requester = self.administrators.requester();
        record.requester_id = Some(self.administrators.caller());
        record
    }

    /// A request for what is asked for, once it may be asked for.
    pub(super) fn ordered<K: Kind>(
        &self,
        order: Order,
        request: &SigningRequest,
    ) -> Result<Record<K>, Problem> {
        self.organizations.get(order.organization)?;
        let fields = &self.customer.custom_fields;
        fields.check(K::FIELDS, &order.custom_fields)?;
        let profile = K::profile(&self.customer, order.profile)?;
        profile.check_organization(order.organization)?;
        let term = profile.term(order.term)?;
        profile.check_key(&request.public_key.kind)?;
        let mut record = self.new_record::<K>();
        record.organization = order.organization;
        record.profile = Some(profile.id);
        record.comments = order.comments;
        record.custom_fields = fields.filed(K::FIELDS, order.custom_fields);
        record.set_term(term);
        Ok(record)
    }

    /// Files a new request, and what follows at once.
    pub(super) fn submit<K: Kind>(&mut self, record: Record<K>) {
        let id = record.id;
        K::records_mut(self).insert(record);
        if self.options.approval == Progress::AtOnce {
            self.approve_as_colleague::<K>(id);
        }
    }

    /// A new request with the parameters of an issued certificate, and with its signing request
    /// unless there is another one.
    pub(super) fn renewal<K: Kind>(
        &mut self,
        id: i64,
        request: Option<SigningRequest>,
    ) -> Result<Record<K>, Problem> {
        let now = self.now();
        self.materialize_request::<K>(id)?;
        let old = K::records(self).get(id)?;
        old.refuse_unless(now, &[Status::Issued, Status::Expired])?;
        let profile = K::profile(&self.customer, old.profile)?;
        if !profile.renewable || old.is_unmanaged() {
            let why = format!("This {} Certificate Profile doesn't allow renew", K::NAME);
            return Err(Problem::bad(-180, why));
        }
        let request = request.or_else(|| old.request.clone());
        let request = request.ok_or_else(|| Problem::missing("csr"))?;
        profile.check_key(&request.public_key.kind)?;
        let mut new = self.new_record::<K>();
        new.profile = Some(profile.id);
        new.organization = old.organization;
        new.common_name.clone_from(&old.common_name);
        new.names.clone_from(&old.names);
        new.comments.clone_from(&old.comments);
        new.custom_fields.clone_from(&old.custom_fields);
        new.private_key = old.private_key.clone();
        new.take_key(request);
        new.set_term(old.term);
        K::records_mut(self).get_mut(id)?.renewed = Some(now);
        Ok(new)
    }

    /// False when it waits for no approval.
    pub(super) fn approve_as_colleague<K: Kind>(&mut self, id: i64) -> bool {
        let (now, colleague) = (self.now(), self.administrators.colleague());
        let record = self.in_status::<K>(id, Status::Requested);
        record
            .map(|record| record.approve(colleague, now))
            .is_some()
    }

    /// False when the authority has no such order.
    pub(super) fn issue_as_authority<K: Kind>(&mut self, id: i64) -> bool {
        let now = self.now();
        match K::records(self).get(id) {
            Ok(record) if record.is_ordered() => {}
            _ => return false,
        }
        let record = K::records_mut(self).get_mut(id);
        record.map(|record| record.take_step(None, now)).is_ok()
    }

    fn in_status<K: Kind>(&mut self, id: i64, status: Status) -> Option<&mut Record<K>> {
        let record = K::records_mut(self).get_mut(id).ok();
        record.filter(|record| record.status == status)
    }

    /// A certificate's status in the vendor's words; `None` for an unknown id.
    pub(super) fn status_text<K: Kind>(&self, id: i64) -> Option<&'static str> {
        let record = K::records(self).get(id).ok()?;
        Some(record.status_at(self.now()).text())
    }

    /// An issued certificate, DER; `None` for an unknown id or before its issue.
    pub(super) fn issued_der<K: Kind>(&mut self, id: i64) -> Option<Vec<u8>> {
        self.materialize::<K>(id).ok()?;
        let record = K::records(self).get(id).ok()?;
        Some(record.certificate.as_ref()?.der.clone())
    }
}

pub(super) fn list_profiles<K: Kind>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let organization = query.integer("organizationId", 1..)?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let profiles = K::profiles(&scm.customer).iter();
    let open = profiles.filter(|profile| profile.is_open_to(organization));
    Ok(ok(&open.map(K::profile_json).collect()))
}

pub(super) fn list_custom_fields<K: Kind>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let field = |field: &Definition| -> Value {
        json!({"id": field.id, "name": field.name, "mandatory": field.is_mandatory()})
    };
    let fields = scm.customer.custom_fields.of(K::FIELDS);
    Ok(ok(&fields.map(field).collect()))
}

/// Only what was never requested here can go.
pub(super) fn delete<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let record = scm.record::<K>(call)?;
    if !record.is_unmanaged() {
        return Err(unauthorized("delete"));
    }
    let id = record.id;
    K::records_mut(scm).remove(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
