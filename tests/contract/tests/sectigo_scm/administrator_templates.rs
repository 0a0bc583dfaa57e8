use contract::{Exchange, Fields, Suite};
use sectigo_scm::administrator_templates::{
    AdminTemplateFilter, AdminTemplateUpdate, MappingRule, NewAdminTemplate, RelatedAdmins,
};
use sectigo_scm::administrators::AdminPrivilege;
use sectigo_scm::{
    AdminId, AdminTemplateId, Client, IdentityProviderId, IdpMatchType, OrganizationId,
};

use crate::administrators::roles;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 2] = ["admin_template_list [].id", "admin_template_get id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    managing(reading(suite)).mandatory(MANDATORY)
}

fn template(exchange: &Exchange) -> AdminTemplateId {
    exchange.path("id")
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("admin_template_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .administrator_templates()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("admin_template_get", |scm: &Client, x| {
            scm.administrator_templates().get(template(x))
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("admin_template_create", |scm: &Client, x| {
            scm.administrator_templates()
                .create(&new_template(&x.body()))
        })
        .case("admin_template_update", |scm: &Client, x| {
            scm.administrator_templates()
                .update(template(x), &update(&x.body()))
        })
        .case("admin_template_delete", |scm: &Client, x| {
            scm.administrator_templates()
                .delete(template(x), related_admins(&x.query()))
        })
}

fn filter(query: &Fields<'_>) -> AdminTemplateFilter {
    query
        .fill(AdminTemplateFilter::new())
        .set::<String>("name", AdminTemplateFilter::name)
        .set::<OrganizationId>("orgId", AdminTemplateFilter::organization)
        .set::<IdentityProviderId>("identityProviderId", AdminTemplateFilter::identity_provider)
        .done()
}

fn rules(body: &Fields<'_>) -> Option<Vec<MappingRule>> {
    body.list("idpMappingRules", |entry| {
        let attribute: String = entry.need("attribute");
        entry
            .fill(MappingRule::new(
                attribute,
                entry.need::<Vec<String>>("values"),
            ))
            .set::<IdpMatchType>("matchType", MappingRule::match_type)
            .done()
    })
}

fn new_template(body: &Fields<'_>) -> NewAdminTemplate {
    let roles = roles(body).expect("roles");
    let rules = rules(body).expect("rules");
    body.fill(NewAdminTemplate::new(
        body.need::<String>("name"),
        roles,
        rules,
    ))
    .set::<Vec<AdminPrivilege>>("privileges", NewAdminTemplate::privileges)
    .set::<IdentityProviderId>("identityProviderId", NewAdminTemplate::identity_provider)
    .done()
}

fn update(body: &Fields<'_>) -> AdminTemplateUpdate {
    body.fill(AdminTemplateUpdate::new())
        .set::<String>("name", AdminTemplateUpdate::name)
        .set::<Vec<AdminPrivilege>>("privileges", AdminTemplateUpdate::privileges)
        .add(roles(body), AdminTemplateUpdate::roles)
        .set::<IdentityProviderId>("identityProviderId", AdminTemplateUpdate::identity_provider)
        .add(rules(body), AdminTemplateUpdate::rules)
        .done()
}

cert_core::open_enum! {
    /// What is documented for `relatedAdminsAction`.
    enum Action {
        /// Deletion.
        Delete = "DELETE",
        /// Unlinking.
        Unlink = "UNLINK",
    }
}

fn related_admins(query: &Fields<'_>) -> RelatedAdmins {
    let requester: Option<AdminId> = query.opt("replacingRequesterId");
    match (query.need::<Action>("relatedAdminsAction"), requester) {
        (Action::Unlink, None) => RelatedAdmins::Unlink,
        (Action::Delete, None) => RelatedAdmins::Delete,
        (Action::Delete, Some(requester)) => RelatedAdmins::DeleteReplacingRequester(requester),
        other => panic!("{other:?} is no way to delete a template"),
    }
}
