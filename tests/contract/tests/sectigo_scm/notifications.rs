use contract::{Fields, Suite};
use sectigo_scm::notifications::{
    NewNotification, NotificationConditions, NotificationFilter, NotificationFrequency,
    NotificationRole, NotificationScope, NotificationType, NotificationUpdate,
    OrganizationSelection, Recipient, RecipientKind, Recipients,
};
use sectigo_scm::{Client, NotificationId, OrganizationId, ProfileId};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 2] = ["notification_list [].id", "notification_update id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    managing(reading(suite)).mandatory(MANDATORY)
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("notification_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .notifications()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("notification_list_types", |scm: &Client, _| {
            scm.notifications().list_types()
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("notification_create", |scm: &Client, x| {
            scm.notifications().create(&creation(&x.body()))
        })
        .case("notification_update", |scm: &Client, x| {
            let id: NotificationId = x.path("notificationId");
            scm.notifications().update(id, &update(&x.body()))
        })
        .case("notification_delete", |scm: &Client, x| {
            let id: NotificationId = x.path("notificationId");
            scm.notifications().delete(id)
        })
}

fn filter(query: &Fields<'_>) -> NotificationFilter {
    query
        .fill(NotificationFilter::new())
        .set::<NotificationId>("id", NotificationFilter::id)
        .set::<String>("description", NotificationFilter::description)
        .set::<OrganizationId>("orgId", NotificationFilter::organization)
        .set::<OrganizationSelection>("selectedOrgType", NotificationFilter::selection)
        .set::<NotificationType>("type", NotificationFilter::notification_type)
        .set::<ProfileId>("certTypeId", NotificationFilter::profile)
        .done()
}

fn creation(body: &Fields<'_>) -> NewNotification {
    let notification_type: NotificationType = body.need("type");
    body.fill(NewNotification::new(notification_type, recipients(body)))
        .set::<String>("description", NewNotification::description)
        .add(scope(body), NewNotification::scope)
        .add(conditions(body), NewNotification::conditions)
        .set::<bool>("active", NewNotification::active)
        .done()
}

fn update(body: &Fields<'_>) -> NotificationUpdate {
    body.fill(NotificationUpdate::new(recipients(body)))
        .set::<String>("description", NotificationUpdate::description)
        .add(scope(body), NotificationUpdate::scope)
        .add(conditions(body), NotificationUpdate::conditions)
        .set::<bool>("active", NotificationUpdate::active)
        .done()
}

fn scope(body: &Fields<'_>) -> Option<NotificationScope> {
    body.object("orgData", |part| {
        let chosen: Option<Vec<OrganizationId>> = part.opt("orgDelegations");
        match (
            part.need::<OrganizationSelection>("selectedOrgType"),
            chosen,
        ) {
            (OrganizationSelection::Any, None) => NotificationScope::any(),
            (OrganizationSelection::AnyDepartment, None) => NotificationScope::any_department(),
            (OrganizationSelection::Selected, chosen) => {
                NotificationScope::selected(chosen.unwrap_or_default())
            }
            (selection, chosen) => panic!("{selection} of {chosen:?}"),
        }
    })
}

fn recipients(body: &Fields<'_>) -> Recipients {
    let read = |part: Fields<'_>| {
        let recipient = |entry: Fields<'_>| {
            let (kind, address): (RecipientKind, String) =
                (entry.need("type"), entry.need("value"));
            Recipient::new(kind, address)
        };
        part.fill(Recipients::new())
            .set::<Vec<NotificationRole>>("notifyRoles", Recipients::roles)
            .add(part.list("recipients", recipient), Recipients::recipients)
            .done()
    };
    body.object("recipientData", read).expect("who is told")
}

fn conditions(body: &Fields<'_>) -> Option<NotificationConditions> {
    body.object("additionalData", |part| {
        part.fill(NotificationConditions::new())
            .set::<bool>("revokedByAdmin", NotificationConditions::revoked_by_admin)
            .set::<bool>("revokedByUser", NotificationConditions::revoked_by_user)
            .set::<ProfileId>("certTypeId", NotificationConditions::profile)
            .set::<u32>("days", NotificationConditions::days)
            .set::<NotificationFrequency>("freq", NotificationConditions::frequency)
            .done()
    })
}
