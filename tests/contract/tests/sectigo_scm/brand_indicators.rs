use cert_core::{CertificateSigningRequest, Encoded, RevocationReason, Time};
use contract::{Document, Fields, Suite};
use sectigo_scm::brand_indicators::{
    BrandIndicatorDcvMode, BrandIndicatorEnrollment, BrandIndicatorField, BrandIndicatorFilter,
    BrandIndicatorFormat, BrandIndicatorRevocation, BrandIndicatorSortField, BrandIndicatorUpdate,
    DomainNames, Mark, MarkContact, MarkOwner, MarkValidation,
};
use sectigo_scm::organization_validations::BusinessCategory;
use sectigo_scm::{
    AdminId, BrandIndicatorId, Client, Condition, ErrorKind, Order, OrganizationId, ProfileId,
};
use serde_json::{Value, json};

use crate::client_answered;

/// Lists take other fields for conditions than for orders.
#[test]
fn every_listed_field_of_a_filter_is_known() {
    let document = Document::of("sectigo-scm");
    let list = &document.root()["paths"]["/api/brand-indicator/v1"]["get"];
    let fields = |index: usize| list["parameters"][index]["x-fields"].clone();
    assert_eq!(fields(0), json!(BrandIndicatorField::KNOWN));
    assert_eq!(fields(1), json!(BrandIndicatorSortField::KNOWN));
}

#[tokio::test]
async fn conditions_and_orders_are_parameters_of_their_own() {
    let (client, server) = client_answered(200, json!([])).await;
    let filter = BrandIndicatorFilter::new()
        .conditions([
            Condition::above(BrandIndicatorField::Requested, "2025-01-01"),
            Condition::below(BrandIndicatorField::Expires, "2027-01-01"),
            Condition::equals(BrandIndicatorField::Organization, OrganizationId::from(7)),
        ])
        .orders([
            Order::descending(BrandIndicatorSortField::Expires),
            Order::ascending(BrandIndicatorSortField::Id),
        ]);
    let list = client.brand_indicators().list(&filter);
    let found = list.vendor_page_size().collect().await;
    assert!(found.expect("an empty list").is_empty());
    let requests = server.received_requests().await.expect("recorded requests");
    let query: Vec<_> = requests[0].url.query_pairs().into_owned().collect();
    let expected = [
        ("filter", "requested>2025-01-01"),
        ("filter", "expires<2027-01-01"),
        ("filter", "organizationId=7"),
        ("sort", "expires,desc"),
        ("sort", "id,asc"),
    ];
    assert_eq!(
        query,
        expected.map(|(name, value)| (name.into(), value.into()))
    );
}

/// Pages have numbers: half a page cannot be asked for.
#[tokio::test]
async fn a_list_is_resumed_at_a_page_alone() {
    let (client, server) = client_answered(200, json!([])).await;
    let all = BrandIndicatorFilter::new();
    for resumed in [
        client
            .brand_indicators()
            .list(&all)
            .page_size(50)
            .resume(75),
        client
            .brand_indicators()
            .list(&all)
            .vendor_page_size()
            .resume(50),
    ] {
        let error = resumed.collect().await.expect_err("no page begins there");
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains("`position`"), "{error}");
    }
    assert_eq!(server.received_requests().await.expect("requests").len(), 0);
}

#[tokio::test]
async fn what_is_no_mode_or_no_base64_is_not_sent() {
    let (client, server) = client_answered(202, json!(null)).await;
    let brands = client.brand_indicators();
    let mode = BrandIndicatorUpdate::new().dcv_mode(BrandIndicatorDcvMode::from("TXT"));
    let svg = BrandIndicatorUpdate::new().mark(Mark::new("<svg/>"));
    for (update, place) in [(mode, "`dcv_mode`"), (svg, "`mark.logo`")] {
        let error = brands.update(10, &update).await.expect_err(place);
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains(place), "{error}");
    }
    assert_eq!(server.received_requests().await.expect("requests").len(), 0);

    let mark = Mark::new(b"<svg/>".to_vec());
    let update = BrandIndicatorUpdate::new().mark(mark);
    brands.update(10, &update).await.expect("it is sent");
    let requests = server.received_requests().await.expect("requests");
    let sent: Value = requests[0].body_json().expect("JSON");
    assert_eq!(sent, json!({ "tradeMark": { "base64Logo": "PHN2Zy8+" } }));
}

/// The vendor shows these as null alone, and elsewhere in both forms.
#[tokio::test]
async fn people_and_names_are_read_in_each_form() {
    let read = async |approver: Value, names: Value| {
        let body = json!({
            "id": 5, "approver": approver, "subjectAlternativeNames": names, "issuer": "Example CA",
        });
        let (client, _server) = client_answered(200, body).await;
        client.brand_indicators().get(5).await.expect("it is read")
    };
    let object = read(
        json!({ "id": 7, "name": "Ada" }),
        json!(["a.example", "b.example"]),
    )
    .await;
    let text = read(json!("Ada"), json!("a.example, b.example")).await;
    for both in [&object, &text] {
        let name = both.approver.as_ref().and_then(|named| named.name.clone());
        assert_eq!(name.as_deref(), Some("Ada"));
        let names = both.subject_alternative_names.as_slice();
        assert_eq!(names, ["a.example", "b.example"]);
    }
    let id = object.approver.and_then(|named| named.id);
    assert_eq!(id, Some(AdminId::from(7)));
    let number = read(json!(7), json!([null])).await;
    let name = number.approver.and_then(|named| named.name);
    assert_eq!(name.as_deref(), Some("7"));
    for (approver, names) in [(json!(null), json!(null)), (json!(" "), json!(""))] {
        let nothing = read(approver, names).await;
        assert_eq!(nothing.approver, None);
        assert_eq!(nothing.subject_alternative_names, DomainNames::default());
    }
}

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 2] = ["brand_indicator_list [].id", "brand_indicator_get id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    collecting(managing(reading(suite))).mandatory(MANDATORY)
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("brand_indicator_list", |scm: &Client, x| {
            let query = x.query();
            let (size, page): (Option<u32>, Option<u64>) = (query.opt("size"), query.opt("page"));
            let position = u64::from(size.unwrap_or(0)) * page.unwrap_or(0);
            let pages = scm
                .brand_indicators()
                .list(&filter(&query))
                .resume(position);
            match size {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("brand_indicator_get", |scm: &Client, x| {
            scm.brand_indicators().get(x.path::<BrandIndicatorId>("id"))
        })
        .case("brand_indicator_get_dcv", |scm: &Client, x| {
            let id: BrandIndicatorId = x.path("id");
            scm.brand_indicators().dcv_details(id)
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("brand_indicator_enroll", |scm: &Client, x| {
            scm.brand_indicators().enroll(&enrollment(&x.body()))
        })
        .case("brand_indicator_update", |scm: &Client, x| {
            let id: BrandIndicatorId = x.path("id");
            scm.brand_indicators().update(id, &update(&x.body()))
        })
        .case("brand_indicator_approve", |scm: &Client, x| {
            let (id, message): (BrandIndicatorId, String) =
                (x.path("id"), x.body().need("message"));
            scm.brand_indicators().approve(id, &message)
        })
        .case("brand_indicator_revoke", |scm: &Client, x| {
            let id: BrandIndicatorId = x.path("id");
            scm.brand_indicators().revoke(id, &revocation(&x.body()))
        })
}

fn collecting(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("brand_indicator_recheck_dcv", |scm: &Client, x| {
            let id: BrandIndicatorId = x.path("id");
            scm.brand_indicators().recheck_dcv(id)
        })
        .case("brand_indicator_collect", |scm: &Client, x| {
            let id: BrandIndicatorId = x.path("id");
            let format: Option<BrandIndicatorFormat> = x.query().opt("format");
            scm.brand_indicators().collect(id, format)
        })
}

fn filter(query: &Fields<'_>) -> BrandIndicatorFilter {
    let conditions: Option<Vec<String>> = query.opt("filter");
    let conditions =
        conditions.map(|texts| texts.iter().map(|text| condition(text)).collect::<Vec<_>>());
    let orders: Option<Vec<String>> = query.opt("sort");
    let orders = orders.map(|texts| texts.iter().map(|text| order(text)).collect::<Vec<_>>());
    query
        .fill(BrandIndicatorFilter::new())
        .add(conditions, BrandIndicatorFilter::conditions)
        .add(orders, BrandIndicatorFilter::orders)
        .done()
}

fn condition(text: &str) -> Condition<BrandIndicatorField> {
    match text.split_once('=').or_else(|| text.split_once('>')) {
        Some((field, value)) if text.contains('=') => Condition::equals(field.into(), value),
        Some((field, value)) => Condition::above(field.into(), value),
        None => panic!("no condition: {text}"),
    }
}

fn order(text: &str) -> Order<BrandIndicatorSortField> {
    let (field, direction) = text.split_once(',').expect("field and direction");
    match direction {
        "asc" => Order::ascending(field.into()),
        _ => Order::descending(field.into()),
    }
}

fn enrollment(body: &Fields<'_>) -> BrandIndicatorEnrollment {
    let organization: OrganizationId = body.need("orgId");
    let profile: ProfileId = body.need("profileId");
    let mode: BrandIndicatorDcvMode = body.need("dcvMode");
    let validation = body.object("validationDetails", |part| validation(&part));
    let mark = body.object("tradeMark", |part| mark(&part));
    let (validation, mark) = (validation.expect("details"), mark.expect("a mark"));
    let new = BrandIndicatorEnrollment::new(organization, profile, mode, validation, mark);
    body.fill(new)
        .set::<Encoded<CertificateSigningRequest>>("csr", BrandIndicatorEnrollment::csr)
        .set::<String>("dcvEmail", BrandIndicatorEnrollment::dcv_email)
        .set::<bool>("hostByCa", BrandIndicatorEnrollment::host_by_ca)
        .done()
}

fn update(body: &Fields<'_>) -> BrandIndicatorUpdate {
    let validation = body.object("validationDetails", |part| validation(&part));
    let mark = body.object("tradeMark", |part| mark(&part));
    body.fill(BrandIndicatorUpdate::new())
        .set::<Encoded<CertificateSigningRequest>>("csr", BrandIndicatorUpdate::csr)
        .set::<BrandIndicatorDcvMode>("dcvMode", BrandIndicatorUpdate::dcv_mode)
        .set::<String>("dcvEmail", BrandIndicatorUpdate::dcv_email)
        .set::<OrganizationId>("orgId", BrandIndicatorUpdate::organization)
        .add(
            body.opt_patch::<ProfileId>("profileId"),
            BrandIndicatorUpdate::profile,
        )
        .set::<bool>("hostByCa", BrandIndicatorUpdate::host_by_ca)
        .add(validation, BrandIndicatorUpdate::validation)
        .add(mark, BrandIndicatorUpdate::mark)
        .done()
}

fn validation(part: &Fields<'_>) -> MarkValidation {
    let organization = part.object("orgDetails", |part| owner(&part));
    let approver = part.object("approver", |part| contact(&part));
    let (organization, approver) = (organization.expect("an owner"), approver.expect("somebody"));
    part.fill(MarkValidation::new(organization, approver))
        .add(
            part.object("signer", |part| contact(&part)),
            MarkValidation::signer,
        )
        .add(
            part.object("requester", |part| contact(&part)),
            MarkValidation::requester,
        )
        .done()
}

fn owner(part: &Fields<'_>) -> MarkOwner {
    part.fill(MarkOwner::new(part.need::<String>("joiCountry")))
        .set::<BusinessCategory>("businessCategory", MarkOwner::business_category)
        .set::<String>("assumedName", MarkOwner::assumed_name)
        .set::<String>("companyNumber", MarkOwner::registration_number)
        .set::<String>("dunsNumber", MarkOwner::duns_number)
        .set::<String>("incorporatingAgency", MarkOwner::registration_agency)
        .set::<String>("joiStateOrProvince", MarkOwner::state_or_province)
        .set::<String>("joiLocality", MarkOwner::city)
        .set::<Time>("dateOfIncorporation", MarkOwner::incorporated)
        .done()
}

fn contact(part: &Fields<'_>) -> MarkContact {
    let name = |name| part.need::<String>(name);
    let new = MarkContact::new(
        name("title"),
        name("forename"),
        name("surname"),
        name("email"),
    );
    part.fill(new)
        .set::<String>("phone", MarkContact::phone)
        .set::<String>("relationship", MarkContact::relationship)
        .set::<String>("address", MarkContact::address)
        .set::<String>("city", MarkContact::city)
        .set::<String>("postalCode", MarkContact::postal_code)
        .set::<String>("country", MarkContact::country)
        .set::<String>("stateOrProvince", MarkContact::state_or_province)
        .done()
}

fn mark(part: &Fields<'_>) -> Mark {
    part.fill(Mark::new(part.need::<String>("base64Logo")))
        .set::<String>("trademarkCountry", Mark::country)
        .set::<String>("trademarkOffice", Mark::office)
        .set::<String>("trademarkIdentifier", Mark::identifier)
        .set::<String>("logoPriorUseDomainName", Mark::prior_use_domain)
        .done()
}

fn revocation(body: &Fields<'_>) -> BrandIndicatorRevocation {
    body.fill(BrandIndicatorRevocation::new(body.need::<String>("reason")))
        .set::<RevocationReason>("reasonCode", BrandIndicatorRevocation::code)
        .done()
}
