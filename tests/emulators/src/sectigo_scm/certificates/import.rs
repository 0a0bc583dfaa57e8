use serde_json::{Value, json};

use super::{csr::external_requester, kind::Kind, record::Record};
use crate::{
    frame::{
        Call, Invalid, Object, Reply,
        x509::{self, RequestError, SigningRequest},
    },
    sectigo_scm::{
        SectigoScm,
        contact::is_email,
        customer::{CustomFieldValues, custom_fields},
        no_parameters, ok,
        problem::Problem,
        require_json,
    },
};

const MOST_ENTRIES: usize = 128;

/// One certificate to be imported.
#[derive(Debug)]
struct Entry {
    organization: i64,
    custom_fields: CustomFieldValues,
    owner: Option<String>,
    external_requester: Option<String>,
    backend_id: Option<String>,
    certificate: Option<x509::Certificate>,
    request: Option<Result<SigningRequest, RequestError>>,
    comments: Option<String>,
    force: bool,
}

/// Every entry has its own result; what breaks the form of the request refuses all of it.
pub(super) fn import<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    require_json(call)?;
    let entries = Object::parse_array(&call.request.body)?;
    if entries.is_empty() || entries.len() > MOST_ENTRIES {
        return Err(Problem::unreadable(
            "between 1 and 128 certificates can be imported at once",
        ));
    }
    let entries = entries
        .into_iter()
        .map(Entry::read::<K>)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(ok(&entries
        .into_iter()
        .map(|entry| scm.import_entry::<K>(entry))
        .collect()))
}

impl SectigoScm {
    fn import_entry<K: Kind>(&mut self, entry: Entry) -> Value {
        let refused = |why: &str| {
            json!({
                "successful": false,
                "backendCertId": entry.backend_id.clone().unwrap_or_default(),
                "cert": entry.certificate.as_ref().map(|it| description(it, None)),
                "errorMessage": why,
            })
        };
        let Some(certificate) = &entry.certificate else {
            return refused("Certificate cannot be parsed");
        };
        if certificate.is_ca {
            return refused("Certificate is not an end-entity certificate");
        }
        if let Some(Err(error)) = &entry.request {
            return refused(&error.to_string());
        }
        if self.organizations.get(entry.organization).is_err() {
            return refused("Supplied orgid invalid..");
        }
        if self
            .customer
            .custom_fields
            .check(K::FIELDS, &entry.custom_fields)
            .is_err()
        {
            return refused("Custom field cannot be found.");
        }
        let own = match K::imported(self, certificate, entry.organization) {
            Ok(own) => own,
            Err(why) => return refused(&why),
        };
        let (id, created) = match self.known::<K>(certificate) {
            Some(id) => (id, false),
            None => {
                let organization = entry.organization;
                (
                    self.import::<K>(certificate.clone(), organization, own),
                    true,
                )
            }
        };
        let described = description(certificate, Some(id));
        if created || entry.force {
            self.apply_entry::<K>(id, entry);
        }
        let backend_id = K::records(self).get(id).map(Record::backend_id);
        let backend_id = backend_id.unwrap_or_default();
        json!({
            "successful": true,
            "backendCertId": backend_id,
            "cert": described,
            "created": created,
        })
    }

    /// The id under which the same certificate, or the record it was issued from, is known.
    pub(super) fn known<K: Kind>(&mut self, certificate: &x509::Certificate) -> Option<i64> {
        let id = K::records(self).by_serial_number(&certificate.serial)?.id;
        self.materialize::<K>(id).ok()?;
        let known = K::records(self).get(id).ok()?.certificate.as_ref()?;
        (known.der == certificate.der).then_some(id)
    }

    /// Files a certificate from outside.
    pub(super) fn import<K: Kind>(
        &mut self,
        certificate: x509::Certificate,
        organization: i64,
        own: K,
    ) -> i64 {
        let mut record = self.new_record::<K>();
        record.own = own;
        let id = record.id;
        record.organization = organization;
        record.requested_via = "IMPORTED";
        record.common_name = certificate.common_name.clone().unwrap_or_default();
        record.names.clone_from(&certificate.names);
        record.key = certificate.public_key.kind.clone();
        let seconds = certificate
            .not_after
            .duration_since(certificate.not_before)
            .as_secs();
        record.term = seconds / (24 * 60 * 60);
        record.expires = certificate.not_after;
        record.issue(certificate.serial.clone(), certificate.not_before);
        record.approved = None;
        record.certificate = Some(certificate);
        K::records_mut(self).insert(record);
        id
    }

    fn apply_entry<K: Kind>(&mut self, id: i64, entry: Entry) {
        let fields = &self.customer.custom_fields;
        let custom_fields = fields.filed(K::FIELDS, entry.custom_fields);
        let Ok(record) = K::records_mut(self).get_mut(id) else {
            return;
        };
        record.organization = entry.organization;
        record.custom_fields = custom_fields;
        record.own.set_external_requester(entry.external_requester);
        record.backend_certificate_id = entry.backend_id;
        record.comments = entry.comments.unwrap_or_default();
        if let Some(owner) = entry.owner {
            record.requester = owner;
        }
        if let Some(Ok(request)) = entry.request {
            record.request = Some(request);
        }
    }
}

impl Entry {
    fn read<K: Kind>(mut body: Object) -> Result<Self, Problem> {
        let takes = |field| K::IMPORTED_FIELDS.contains(&field);
        let owner = match takes("owner") {
            true => body.text("owner", ..=128)?,
            false => None,
        };
        if owner.as_deref().is_some_and(|owner| !is_email(owner)) {
            let why = "is no e-mail address";
            return Err(Invalid::value(body.name("owner"), why).into());
        }
        let certificate = body.required_text("cert", 1..)?;
        // PEM is nothing that the field takes.
        let certificate = Some(certificate).filter(|text| !text.contains('-'));
        let certificate = certificate.and_then(|text| x509::from_text(&text));
        let request = body.optional::<String>("csr")?;
        let entry = Self {
            organization: body.required_integer("orgID", 1..)?,
            custom_fields: custom_fields(&mut body)?.unwrap_or_default(),
            owner,
            external_requester: match takes("externalRequester") {
                true => external_requester(&mut body)?,
                false => None,
            },
            backend_id: body.text("backendCertId", ..=255)?,
            certificate: certificate.and_then(|der| x509::Certificate::parse(&der)),
            request: request.map(|request| SigningRequest::parse_unverified(&request)),
            comments: match takes("comments") {
                true => body.text("comments", ..=1024)?,
                false => None,
            },
            force: body.optional("force")?.unwrap_or(false),
        };
        body.finish()?;
        Ok(entry)
    }
}

/// Serial numbers stand here without colons and without a leading zero, as the vendor has it.
fn description(certificate: &x509::Certificate, id: Option<i64>) -> Value {
    let serial = x509::hex(&certificate.serial, "");
    let mut description = json!({
        "subject": certificate.subject,
        "serialNumber": serial.trim_start_matches('0'),
    });
    if let Some(id) = id {
        description["id"] = id.into();
    }
    description
}
