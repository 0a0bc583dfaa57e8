//! The administrator's side: requests that wait for a decision.

use cert_core::client::{Call, Empty, Json, Op, Pages};

use super::operations as ops;
use super::request::{Decision, ListedSigningRequest, SigningRequest, SigningRequestCount};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, SigningRequestId};

impl Client {
    /// Requests to sign files on demand, as administrators decide on them. The client has to
    /// have credentials of an administrator.
    #[deprecated(note = "the vendor gives code signing on demand up, without a successor")]
    #[must_use]
    pub fn code_signing_decisions(&self) -> CodeSigningDecisions<'_> {
        CodeSigningDecisions { client: self }
    }
}

/// The requests to sign files of the organizations and departments that are delegated to an
/// administrator. Made by [`Client::code_signing_decisions`].
///
/// Every call is refused before anything is sent where the client has credentials of a developer.
#[derive(Debug, Clone, Copy)]
pub struct CodeSigningDecisions<'c> {
    client: &'c Client,
}

impl<'c> CodeSigningDecisions<'c> {
    /// Numbers of the requests, in pages of at most 200.
    ///
    /// `GET /api/csod/v1/requests/admin/`
    #[inline]
    pub fn list(self) -> Pages<'c, List<ListedSigningRequest>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_FOR_ADMIN)
                .query(&PageQuery::from(window))
        })
    }

    /// Number of these requests.
    ///
    /// `GET /api/csod/v1/requests/admin/count`
    #[inline]
    pub fn count(self) -> Call<'c, Json<SigningRequestCount>> {
        self.call(&ops::COUNT_FOR_ADMIN)
    }

    /// Everything about one request.
    ///
    /// `GET /api/csod/v1/requests/admin/{requestId}`
    #[inline]
    pub fn get(self, id: impl Into<SigningRequestId>) -> Call<'c, Json<SigningRequest>> {
        self.call(&ops::GET_FOR_ADMIN).path(id.into())
    }

    /// Approves a request, with a short comment where one is given. Signing then runs by itself.
    ///
    /// `POST /api/csod/v1/requests/admin/approve`
    #[inline]
    pub fn approve<'a>(
        self,
        id: impl Into<SigningRequestId>,
        comment: impl Into<Option<&'a str>>,
    ) -> Call<'c, Empty> {
        self.decide(&ops::APPROVE, id.into(), comment.into())
    }

    /// Declines a request, with a short comment where one is given.
    ///
    /// `POST /api/csod/v1/requests/admin/decline`
    #[inline]
    pub fn decline<'a>(
        self,
        id: impl Into<SigningRequestId>,
        comment: impl Into<Option<&'a str>>,
    ) -> Call<'c, Empty> {
        self.decide(&ops::DECLINE, id.into(), comment.into())
    }

    fn decide(
        self,
        op: &'static Op,
        id: SigningRequestId,
        comment: Option<&str>,
    ) -> Call<'c, Empty> {
        let decision = Decision::new(id);
        self.call(op).json(&match comment {
            Some(comment) => decision.comment(comment),
            None => decision,
        })
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
