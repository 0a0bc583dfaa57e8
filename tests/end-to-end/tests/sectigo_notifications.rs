//! Sectigo's notifications against their emulator.

use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::notifications::{
    NewNotification, NotificationConditions, NotificationFilter, NotificationFrequency,
    NotificationRole, NotificationScope, NotificationType, NotificationUpdate,
    OrganizationSelection, Recipient, RecipientKind, Recipients,
};
use sectigo_scm::organizations::AdminRole;
use sectigo_scm::{Client, Credentials, ErrorCode, NotificationId};

const HOOK: &str = "https://hooks.example.com/T0/B0/token";

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

fn recipients() -> Recipients {
    let role = NotificationRole::from(AdminRole::OrganizationSsl.as_str());
    Recipients::new()
        .roles([NotificationRole::Requester, role])
        .recipients([Recipient::email("pki@example.com")])
}

async fn create(scm: &Client, notification: &NewNotification) -> NotificationId {
    let created = scm.notifications().create(notification).await;
    created.expect("a notification")
}

#[tokio::test]
async fn a_notification_lives() {
    let (_emulator, scm) = started().await;
    let conditions = NotificationConditions::new()
        .days(30)
        .profile(5101)
        .frequency(NotificationFrequency::Daily);
    let notification = NewNotification::new(NotificationType::SslExpiration, recipients())
        .description("30 days left")
        .scope(NotificationScope::selected([9001, 9002]))
        .conditions(conditions);
    let id = create(&scm, &notification).await;
    let filter = NotificationFilter::new().profile(5101).organization(9002);
    let found = scm
        .notifications()
        .list(&filter)
        .collect()
        .await
        .expect("a list");
    let [found] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!((found.id, found.active), (id, Some(true)));
    assert_eq!(
        found.notification_type,
        Some(NotificationType::SslExpiration)
    );
    assert_eq!(found.scope, Some(NotificationScope::selected([9001, 9002])));
    let told = found.recipients.as_ref().expect("recipients");
    assert_eq!(told.roles[1], NotificationRole::OrganizationSsl);
    assert_eq!(told.recipients, [Recipient::email("pki@example.com")]);
    let conditions = found.conditions.as_ref().expect("conditions");
    assert_eq!(
        (conditions.days, conditions.revoked_by_user),
        (Some(30), Some(false))
    );
    assert!(found.created.is_some() && found.created == found.modified);

    let update = NotificationUpdate::new(Recipients::new().roles([NotificationRole::Master]))
        .scope(NotificationScope::any_department())
        .active(false);
    let updated = scm
        .notifications()
        .update(id, &update)
        .await
        .expect("it is changed");
    assert_eq!(updated.active, Some(false));
    assert_eq!(updated.description.as_deref(), Some("30 days left"));
    let scope = updated.scope.expect("a scope");
    assert_eq!(scope.selection, Some(OrganizationSelection::AnyDepartment));
    scm.notifications().delete(id).await.expect("it is gone");
    let left = scm
        .notifications()
        .list(&NotificationFilter::new())
        .collect()
        .await;
    assert!(left.expect("a list").is_empty());
}

#[tokio::test]
async fn lists_are_filtered_page_by_page() {
    let (_emulator, scm) = started().await;
    let types = scm.notifications().list_types().await.expect("types");
    assert!(types.iter().all(NotificationType::is_known));
    for kind in &types {
        create(&scm, &NewNotification::new(kind.clone(), recipients())).await;
    }
    let list = |filter: NotificationFilter| scm.notifications().list(&filter).page_size(10);
    let all = list(NotificationFilter::new())
        .collect()
        .await
        .expect("a list");
    let listed: Vec<_> = all
        .iter()
        .filter_map(|one| one.notification_type.clone())
        .collect();
    assert_eq!(listed, types);
    let one = NotificationFilter::new().notification_type(NotificationType::ClientRevoked);
    let one = list(one).collect().await.expect("a list");
    assert_eq!(one.len(), 1);
    let same = NotificationFilter::new()
        .id(one[0].id)
        .selection(OrganizationSelection::Any);
    assert_eq!(list(same).collect().await.expect("a list"), one);
}

#[tokio::test]
async fn refusals_are_told_without_the_address_of_a_hook() {
    let (emulator, scm) = started().await;
    let hook = Recipients::new().recipients([Recipient::new(RecipientKind::Slack, HOOK)]);
    let unknown = NewNotification::new("SSLForgotten", hook.clone());
    let error = scm
        .notifications()
        .create(&unknown)
        .await
        .expect_err("no such type");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::NOT_BASE64));
    assert!(
        !format!("{error:?} {unknown:?}").contains("token"),
        "{error:?}"
    );
    emulator.journal().clear();
    let nobody = NewNotification::new(NotificationType::SslRevoked, hook)
        .scope(NotificationScope::selected([0; 0]));
    let error = scm
        .notifications()
        .create(&nobody)
        .await
        .expect_err("nothing chosen");
    assert!(
        error.to_string().contains("`scope.organizations`"),
        "{error}"
    );
    assert!(emulator.journal().requests().is_empty(), "nothing is sent");
}
