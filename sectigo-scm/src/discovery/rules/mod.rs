mod rule;

use cert_core::Joined;
use cert_core::client::{Call, Created, Empty, Enveloped, Json, Op, Pages, Row};

use self::rule::Updated;
pub use self::rule::{
    AssignmentRule, AssignmentRuleCount, AssignmentRuleSettings, FilterType, MatchType, RuleFilter,
    RuleFilterDetails,
};
use super::operations as ops;
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AssignmentRuleId, Client};

/// The assignment rules of an account. Made by
/// [`Discovery::assignment_rules`](super::Discovery::assignment_rules).
///
/// A rule gives certificates that were found, and are not managed, to an organization or
/// department. [`Buckets`](super::Buckets) name the rules that are applied to them, in their order.
#[derive(Debug, Clone, Copy)]
pub struct AssignmentRules<'c> {
    client: &'c Client,
}

impl<'c> AssignmentRules<'c> {
    pub(super) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// Lists the numbers of the rules for delegated organizations, in pages of at most 200.
    ///
    /// `GET /api/discovery/v1/assignmentrule/`
    #[inline]
    pub fn list_ids(self) -> Pages<'c, List<AssignmentRuleId>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_ASSIGNMENT_RULE_IDS)
                .query(&PageQuery::from(window))
        })
    }

    /// Counts the rules for delegated organizations.
    ///
    /// `GET /api/discovery/v1/assignmentrule/count`
    #[inline]
    pub fn count(self) -> Call<'c, Enveloped<AssignmentRuleCount>> {
        self.call(&ops::COUNT_ASSIGNMENT_RULES)
    }

    /// Details of a rule.
    ///
    /// `GET /api/discovery/v1/assignmentrule/{ruleId}`
    #[inline]
    pub fn get(self, id: impl Into<AssignmentRuleId>) -> Call<'c, Json<AssignmentRule>> {
        self.call(&ops::GET_ASSIGNMENT_RULE).path(id.into())
    }

    /// Creates a rule, and tells its number.
    ///
    /// `POST /api/discovery/v1/assignmentrule`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::discovery::{AssignmentRuleSettings, FilterType, MatchType, RuleFilter};
    ///
    /// let ours = RuleFilter::new(FilterType::Organization, MatchType::Matches, "Example Ltd");
    /// let rule = AssignmentRuleSettings::new("ours", 11441, [ours]);
    /// let id = scm.discovery().assignment_rules().create(&rule).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -5001 where the organization is out of the administrator's reach.
    #[inline]
    pub fn create(self, rule: &AssignmentRuleSettings) -> Call<'c, Created<AssignmentRuleId>> {
        self.call(&ops::CREATE_ASSIGNMENT_RULE).json(rule)
    }

    /// Changes a rule. All its settings are sent.
    ///
    /// `PUT /api/discovery/v1/assignmentrule`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::discovery::{AssignmentRuleSettings, RuleFilter};
    ///
    /// let rule = AssignmentRuleSettings::new("alive", 11441, [RuleFilter::unexpired()]);
    /// scm.discovery().assignment_rules().update(46054, &rule).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create`](AssignmentRules::create).
    #[inline]
    pub fn update(
        self,
        id: impl Into<AssignmentRuleId>,
        rule: &AssignmentRuleSettings,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE_ASSIGNMENT_RULE)
            .json(&Joined(Updated::new(id), rule))
    }

    /// Deletes a rule.
    ///
    /// `DELETE /api/discovery/v1/assignmentrule/{ruleId}`
    ///
    /// The vendor's example has the whole rule in the body, which no table asks for; none is sent.
    /// [`Call::json`] adds one.
    ///
    /// # Errors
    ///
    /// Code -5003 where a task uses the rule.
    #[inline]
    pub fn delete(self, id: impl Into<AssignmentRuleId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_ASSIGNMENT_RULE).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}

impl Row for AssignmentRuleId {
    type Id = Self;

    fn id(&self) -> &Self {
        self
    }
}
