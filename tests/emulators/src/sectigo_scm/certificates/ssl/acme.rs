use super::Ssl;
use crate::{
    frame::x509::SigningRequest,
    sectigo_scm::{
        SectigoScm,
        certificates::{kind::Kind, record::Status},
        problem::Problem,
    },
};

/// The term of certificates that renew themselves, where the profile has it.
const TERM: i64 = 90;

/// What an ACME client orders for its account.
#[derive(Debug)]
pub(in crate::sectigo_scm) struct AcmeOrder {
    pub(in crate::sectigo_scm) organization: i64,
    pub(in crate::sectigo_scm) profile: i64,
    /// The name of the account.
    pub(in crate::sectigo_scm) requester: String,
    pub(in crate::sectigo_scm) names: Vec<String>,
    pub(in crate::sectigo_scm) request: SigningRequest,
}

impl SectigoScm {
    /// Hands an order to the authority: nobody has to approve it. Answers its id.
    pub(in crate::sectigo_scm) fn place_acme_order(
        &mut self,
        order: AcmeOrder,
    ) -> Result<i64, Problem> {
        let profile = Ssl::profile(&self.customer, Some(order.profile))?;
        profile.check_key(&order.request.public_key.kind)?;
        let term = profile.term(Some(TERM)).or_else(|_| profile.term(None))?;
        let now = self.now();
        let mut record = self.new_record::<Ssl>();
        record.organization = order.organization;
        record.profile = Some(profile.id);
        record.requester = order.requester;
        record.requester_id = None;
        record.requested_via = "ACME";
        record.take_request(order.request, order.names)?;
        record.set_term(term);
        record.own = Ssl::new(&mut fastrand::Rng::new());
        record.approve(None, now);
        let id = record.id;
        self.certificates.ssl.insert(record);
        Ok(id)
    }

    /// What became of an order: the certificate, DER, once it is issued.
    pub(in crate::sectigo_scm) fn ordered_by_acme(
        &mut self,
        id: i64,
        looked: bool,
    ) -> Result<Option<Vec<u8>>, Problem> {
        match looked {
            true => drop(self.look_at_id::<Ssl>(id)?),
            false => self.settle::<Ssl>(id)?,
        }
        Ok(self.issued_der::<Ssl>(id))
    }

    /// Revokes a certificate; false where it is not valid any more, or another took its place.
    pub(in crate::sectigo_scm) fn revoke_by_acme(
        &mut self,
        id: i64,
        der: &[u8],
        code: i64,
    ) -> Result<bool, Problem> {
        let same = self
            .issued_der::<Ssl>(id)
            .is_some_and(|issued| issued == der);
        let now = self.now();
        if !same || self.certificates.ssl.get(id)?.status_at(now) != Status::Issued {
            return Ok(false);
        }
        self.revoke::<Ssl>(id, code)?;
        Ok(true)
    }
}
