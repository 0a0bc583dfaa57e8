use contract::{Document, Fields, Suite};
use sectigo_scm::profiles::{ProfileField, ProfileFilter, ProfileSortField};
use sectigo_scm::{Client, Condition, Order, OrganizationId, ProfileId};
use serde_json::json;

use crate::client_answered;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 2] = ["profile_list [].id", "profile_get id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("profile_list", |scm: &Client, x| {
            let query = x.query();
            let (size, page): (Option<u32>, Option<u64>) = (query.opt("size"), query.opt("page"));
            let position = u64::from(size.unwrap_or(0)) * page.unwrap_or(0);
            let pages = scm.profiles().list(&filter(&query)).resume(position);
            match size {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("profile_get", |scm: &Client, x| {
            scm.profiles().get(x.path::<ProfileId>("id"))
        })
        .mandatory(MANDATORY)
}

fn filter(query: &Fields<'_>) -> ProfileFilter {
    let texts = |name| query.opt::<Vec<String>>(name);
    let conditions = |texts: Vec<String>| texts.iter().map(|text| condition(text)).collect();
    let orders = |texts: Vec<String>| texts.iter().map(|text| order(text)).collect();
    query
        .fill(ProfileFilter::new())
        .add(texts("filter").map(conditions), |filter, all: Vec<_>| {
            filter.conditions(all)
        })
        .add(texts("sort").map(orders), |filter, all: Vec<_>| {
            filter.orders(all)
        })
        .done()
}

fn condition(text: &str) -> Condition<ProfileField> {
    let (field, value) = text.split_once('=').expect("a field and its value");
    Condition::equals(field.into(), value)
}

fn order(text: &str) -> Order<ProfileSortField> {
    match text.split_once(',') {
        Some((field, "asc")) => Order::ascending(field.into()),
        Some((field, _)) => Order::descending(field.into()),
        None => Order::by(text.into()),
    }
}

/// Lists take other fields for conditions than for orders.
#[test]
fn every_listed_field_of_a_filter_is_known() {
    let document = Document::of("sectigo-scm");
    let list = &document.root()["paths"]["/api/profile/v1"]["get"];
    let fields = |index: usize| list["parameters"][index]["x-fields"].clone();
    assert_eq!(fields(0), json!(ProfileField::KNOWN));
    assert_eq!(fields(1), json!(ProfileSortField::KNOWN));
}

#[tokio::test]
async fn conditions_and_orders_are_sent_as_the_vendor_writes_them() {
    let (client, server) = client_answered(200, json!([])).await;
    let filter = ProfileFilter::new()
        .conditions([
            Condition::equals(ProfileField::Name, "Web & mail"),
            Condition::equals(ProfileField::Organization, OrganizationId::from(9001)),
            Condition::above(ProfileField::Name, "M"),
        ])
        .orders([
            Order::descending(ProfileSortField::Name),
            Order::by(ProfileSortField::Id),
        ]);
    let list = client
        .profiles()
        .list(&filter)
        .vendor_page_size()
        .collect()
        .await;
    assert!(list.expect("an empty list").is_empty());
    let requests = server.received_requests().await.expect("recorded requests");
    let pairs = requests[0].url.query_pairs();
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let expected = [
        "filter=name=Web & mail",
        "filter=orgId=9001",
        "filter=name>M",
        "sort=name,desc",
        "sort=id",
    ];
    assert_eq!(pairs, expected);
}
