//! The harness itself: it passes what is right, and names what is missing or wrong.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cert_core::client::{
    Answer, Builder, Call, Caller, Created, Empty, Error, Fault, Headers, Http, Json, Multipart,
    Op, Page, PageReply, Pages, Tls, Vendor,
};
use cert_core::{Payload, Secret, open_enum};
use contract::{Document, Exchange, Report, Suite, sample_errors};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

static LIST: Op = Op::get("thing_list", "/things");
static CREATE: Op = Op::post("thing_create", "/things");
static GET: Op = Op::get("thing_get", "/things/{id}");
static UPLOAD: Op = Op::put("thing_upload", "/things/{id}/file");
/// The shop sends everything.
const UNENFORCED: &str = "shop thing_create body.name maxLength # any length";

static VENDOR: Vendor = Vendor::new("shop", fault);

fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    (!answer.status.is_success()).then(|| Fault::from_text(answer))
}

open_enum! {
    /// A color.
    enum Color {
        /// Red.
        Red = "RED",
        /// Green.
        Green = "GREEN",
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the harness reads it through `Debug`")]
struct Thing {
    id: i64,
    name: Option<String>,
    color: Option<Color>,
    active: Option<bool>,
    labels: Option<BTreeMap<String, String>>,
    code: Option<Secret>,
    parts: Option<Vec<Part>>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the harness reads it through `Debug`")]
struct Part {
    name: Option<String>,
}

#[derive(Serialize)]
struct NewThing {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl Payload for NewThing {}

struct List<T>(std::marker::PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> PageReply for List<T> {
    type Item = T;

    fn page(answer: &Answer) -> Result<Page<T>, Error> {
        let total = answer
            .header("x-total-count")
            .and_then(|text| text.parse().ok());
        Ok(Page::without_ids(answer.json()?, total, answer))
    }
}

struct Shop(Caller);

impl From<Caller> for Shop {
    fn from(caller: Caller) -> Self {
        Self(caller)
    }
}

impl Shop {
    fn list(&self, color: Option<Color>) -> Pages<'_, List<Thing>> {
        Pages::new(50, move |window| {
            let mut query = Vec::new();
            query.extend(color.as_ref().map(|color| ("color", color.to_string())));
            query.extend(window.size.map(|size| ("size", size.to_string())));
            if window.position > 0 {
                query.push(("position", window.position.to_string()));
            }
            self.0.call(&LIST).query(&query)
        })
    }

    fn create(&self, thing: &NewThing) -> Call<'_, Created<i64>> {
        self.0.call(&CREATE).json(thing)
    }

    fn get(&self, id: i64) -> Call<'_, Json<Thing>> {
        self.0.call(&GET).path(id)
    }

    fn upload(&self, id: i64, form: Multipart) -> Call<'_, Empty> {
        self.0.call(&UPLOAD).path(id).multipart(form)
    }
}

fn connect(http: &Arc<Http>, base: &str, exchange: &Exchange) -> Shop {
    let auth = Headers::new().plain("key", exchange.header("key"));
    let builder = Builder::new(&VENDOR, base, auth).transport(http.clone());
    builder.build().expect("a client for loopback")
}

fn suite(document: Value) -> Suite<Shop> {
    let http = Arc::new(Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport"));
    let operations = [&LIST, &CREATE, &GET, &UPLOAD];
    Suite::new(
        "shop",
        Document::new(document),
        operations,
        move |base, exchange| connect(&http, base, exchange),
    )
    .pages("thing_list", |shop: &Shop, exchange| {
        let query = exchange.query();
        let pages = shop
            .list(query.opt("color"))
            .resume(query.opt("position").unwrap_or(0));
        match query.opt("size") {
            Some(size) => pages.page_size(size),
            None => pages.vendor_page_size(),
        }
    })
    .case("thing_create", |shop: &Shop, exchange| {
        let body = exchange.body();
        shop.create(&NewThing {
            name: body.need("name"),
            color: body.opt("color"),
            note: body.opt("note"),
        })
    })
    .case("thing_get", |shop: &Shop, exchange| {
        shop.get(exchange.path("id"))
    })
    .case("thing_upload", |shop: &Shop, exchange| {
        let part = exchange.part("file");
        let file_name = part.file_name.as_deref().unwrap_or_default();
        let media_type = part.media_type.as_deref().unwrap_or_default();
        let form = Multipart::new().file("file", file_name, media_type, part.content.clone());
        shop.upload(exchange.path("id"), form)
    })
    .mandatory(["thing_list [].id", "thing_get id"])
    .unenforced(UNENFORCED)
}

fn document() -> Value {
    serde_json::from_str(include_str!("harness/openapi.json")).expect("JSON")
}

async fn report_after(change: impl FnOnce(&mut Value)) -> Report {
    let mut changed = document();
    change(&mut changed);
    suite(changed).run().await
}

/// What the harness says after a change to the document.
async fn failures_after(change: impl FnOnce(&mut Value)) -> String {
    report_after(change).await.failures.join("\n")
}

fn sample<'d>(document: &'d mut Value, path: &str, method: &str) -> &'d mut Value {
    &mut document["paths"][path][method]["x-exchanges"][0]
}

fn property<'d>(document: &'d mut Value, schema: &str, name: &str) -> &'d mut Value {
    &mut document["components"]["schemas"][schema]["properties"][name]
}

#[tokio::test]
async fn what_is_right_passes_and_is_counted() {
    let report = report_after(|_| {}).await;
    report.assert_complete();
    let line = report.to_string();
    let counts = "shop things: 4 of 4 operations, 5 of 5 exchanges, 0 fields ignored; ";
    assert!(line.starts_with(counts), "{line}");
    assert!(line.contains("1 of 1 answers without a request"), "{line}");
    assert!(line.contains("16 of 16 properties"), "{line}");
}

#[tokio::test]
async fn a_new_operation_is_named() {
    let report = report_after(|document| {
        let mut entry = document["paths"]["/things/{id}"]["get"].clone();
        entry["operationId"] = json!("thing_paint");
        document["paths"]["/things/{id}/paint"] = json!({ "get": entry });
    });
    let report = report.await;
    let failures = report.failures.join("\n");
    assert!(failures.contains("thing_paint: documented, but the crate has no such operation"));
    assert!(failures.contains("thing_paint: no case calls it"));
    assert!(
        report
            .to_string()
            .contains("4 of 5 operations, 5 of 6 exchanges"),
        "{report}"
    );
}

#[tokio::test]
async fn an_operation_without_a_case_does_not_count() {
    let report = suite(document()).without("thing_get").run().await;
    assert!(
        report
            .failures
            .iter()
            .any(|text| text == "thing_get: no case calls it")
    );
    assert!(
        report
            .to_string()
            .contains("3 of 4 operations, 4 of 5 exchanges"),
        "{report}"
    );
}

#[tokio::test]
async fn an_operation_that_is_not_documented_is_named() {
    let failures = failures_after(|document| {
        document["paths"]
            .as_object_mut()
            .expect("paths")
            .remove("/things/{id}/file");
    });
    let failures = failures.await;
    assert!(
        failures.contains("thing_upload: in the crate, but not documented"),
        "{failures}"
    );
    assert!(
        failures.contains("thing_upload: a case for no documented operation"),
        "{failures}"
    );
}

#[tokio::test]
async fn another_path_or_repeatability_is_named() {
    let failures = failures_after(|document| {
        document["paths"]["/things/{id}"]["get"]["x-repeatability"] = json!("once");
        let item = document["paths"]["/things/{id}/file"].take();
        document["paths"]["/things/{id}/file/"] = item;
    });
    let failures = failures.await;
    assert!(
        failures.contains("thing_get: repeatability safe instead of once"),
        "{failures}"
    );
    assert!(
        failures.contains("thing_upload: PUT /things/{id}/file instead of"),
        "{failures}"
    );
}

#[tokio::test]
async fn a_new_property_of_an_answer_is_named() {
    let failures = failures_after(|document| {
        *property(document, "Thing", "height") = json!({ "type": "integer" });
    });
    let failures = failures.await;
    assert!(
        failures.contains("thing_get answer `height` is not in the model"),
        "{failures}"
    );
    assert!(
        failures.contains("thing_list answer `[].height` is not in the model"),
        "{failures}"
    );
}

#[tokio::test]
async fn a_new_secret_is_named_and_a_shown_one_too() {
    let failures = failures_after(|document| {
        *property(document, "Thing", "pin") = json!({ "type": "string", "x-secret": true });
        property(document, "Thing", "name")["x-secret"] = json!(true);
    });
    let failures = failures.await;
    assert!(failures.contains("`pin` is not in the model"), "{failures}");
    assert!(
        failures.contains("`name` is a secret, and `Debug` shows it"),
        "{failures}"
    );
}

#[tokio::test]
async fn a_new_listed_value_is_named_in_answers_and_requests() {
    let failures = failures_after(|document| {
        let listed = &mut document["components"]["schemas"]["Color"]["anyOf"][0]["enum"];
        *listed = json!(["RED", "GREEN", "BLUE"]);
    });
    let failures = failures.await;
    for place in [
        "thing_get answer `color`: listed value \"BLUE\" is not known",
        "thing_create: body.color: the listed value \"BLUE\" is not known",
        "thing_list: query.color: the listed value \"BLUE\" is not known",
    ] {
        assert!(failures.contains(place), "{place}\n{failures}");
    }
}

#[tokio::test]
async fn text_that_is_an_enumeration_in_the_document_is_named() {
    let failures = failures_after(|document| {
        let color = json!({ "$ref": "#/components/schemas/Color" });
        *property(document, "Thing", "name") = color.clone();
        *property(document, "NewThing", "note") = color;
    });
    let failures = failures.await;
    assert!(
        failures.contains("`name` is no open enumeration in the model"),
        "{failures}"
    );
    let place = "body.note is an enumeration, and the public API takes text";
    assert!(failures.contains(place), "{failures}");
}

#[tokio::test]
async fn a_new_parameter_or_field_of_a_request_is_named() {
    let failures = failures_after(|document| {
        let parameters = &mut document["paths"]["/things"]["get"]["parameters"];
        let weight = json!({ "name": "weight", "in": "query", "schema": { "type": "integer" } });
        parameters.as_array_mut().expect("a list").push(weight);
        *property(document, "NewThing", "shape") = json!({ "type": "string" });
    });
    let failures = failures.await;
    assert!(
        failures.contains("query `weight` is [] instead of"),
        "{failures}"
    );
    assert!(failures.contains("body.shape is not sent"), "{failures}");
}

#[tokio::test]
async fn a_sample_that_differs_is_named() {
    let failures = failures_after(|document| {
        sample(document, "/things", "get")["request"]["headers"]["locale"] = json!("en");
        sample(document, "/things", "post")["request"]["body"]["value"]["size"] = json!(3);
        sample(document, "/things/{id}", "get")["request"]["query"] = json!([["full", "1"]]);
        let parts = &mut sample(document, "/things/{id}/file", "put")["request"]["parts"];
        parts
            .as_array_mut()
            .expect("a list")
            .push(json!({ "name": "b" }));
    });
    let failures = failures.await;
    for text in [
        "thing_list (sample): header `locale` is None instead of \"en\"",
        "thing_create (sample): body.size is not sent, documented: 3",
        "thing_get (sample): query `full` is [] instead of [\"1\"]",
        "thing_upload (sample): parts [\"file\"] instead of [\"file\", \"b\"]",
    ] {
        assert!(failures.contains(text), "{text}\n{failures}");
    }
}

#[tokio::test]
async fn a_query_value_that_is_documented_as_empty_may_be_left_out() {
    let after = async |query: Value| {
        failures_after(|document| {
            sample(document, "/things", "get")["request"]["query"] = query;
        })
        .await
    };
    let empty = after(json!([["color", "RED"], ["size", ""]])).await;
    assert!(empty.is_empty(), "{empty}");
    let wrong = after(json!([["color", "RED"], ["other", "x"]])).await;
    assert!(
        wrong.contains("query `other` is [] instead of [\"x\"]"),
        "{wrong}"
    );
}

#[tokio::test]
async fn a_parameter_of_an_operation_takes_the_place_of_the_paths() {
    let mut changed = document();
    let item = &mut changed["paths"]["/things/{id}"];
    item["parameters"] = json!([{ "name": "id", "in": "path", "schema": { "type": "string" } }]);
    item["get"]["parameters"] =
        json!([{ "name": "id", "in": "path", "schema": { "type": "integer" } }]);
    suite(changed).run().await.assert_complete();
}

#[tokio::test]
async fn a_header_or_media_type_that_is_not_documented_is_named() {
    let failures = failures_after(|document| {
        let request = &mut sample(document, "/things/{id}", "get")["request"];
        request["headers"] = json!({ "Accept": "application/xml" });
        let request = &mut sample(document, "/things", "post")["request"];
        request["headers"]["Content-Type"] = json!("text/json");
        let request = &mut sample(document, "/things/{id}/file", "put")["request"];
        request["headers"]["Content-Type"] = json!("multipart/mixed");
    });
    let failures = failures.await;
    for text in [
        "thing_get (sample): header `Accept` is Some(\"application/json\")",
        "thing_get (sample): header `key` is not documented",
        "thing_create (sample): Content-Type is Some(\"application/json\")",
        "thing_upload (sample): Content-Type is Some(\"multipart/form-data; boundary=",
    ] {
        assert!(failures.contains(text), "{text}\n{failures}");
    }
}

#[tokio::test]
async fn a_member_of_a_sample_that_no_model_reads_is_counted() {
    let report = report_after(|document| {
        sample(document, "/things/{id}", "get")["response"]["body"]["value"]["age"] = json!(3);
        sample(document, "/things", "get")["response"]["body"]["value"][0]["age"] = json!(3);
        let bare = &mut document["paths"]["/things/{id}"]["get"]["x-exchanges"][1];
        bare["response"]["body"]["value"]["parts"] = json!([{ "size": 1 }]);
    });
    let report = report.await;
    let failures = report.failures.join("\n");
    assert!(
        failures.contains("thing_get (sample): `age` of the answer is ignored"),
        "{failures}"
    );
    assert!(
        failures.contains("thing_list (sample): `age` of the answer is ignored"),
        "{failures}"
    );
    assert!(
        failures.contains("thing_get (bare): `parts.?.0.size` of the answer"),
        "{failures}"
    );
    assert!(
        report
            .to_string()
            .contains("3 of 5 exchanges, 3 fields ignored"),
        "{report}"
    );
}

#[tokio::test]
async fn a_body_that_breaks_its_schema_is_named() {
    let failures = failures_after(|document| {
        property(document, "NewThing", "name")["maxLength"] = json!(2);
        sample(document, "/things", "post")["request"]["body"]["value"]["name"] = json!("lamp");
    });
    let failures = failures.await;
    assert!(
        failures.contains("thing_create (sample): the body breaks its schema"),
        "{failures}"
    );
}

#[test]
fn a_sample_that_breaks_a_schema_is_named() {
    let mut changed = document();
    property(&mut changed, "Thing", "id")["type"] = json!("boolean");
    property(&mut changed, "NewThing", "name")["minLength"] = json!(100);
    changed["paths"]["/things"]["get"]["parameters"][0]["schema"] = json!({ "maxLength": 2 });
    let errors = sample_errors(&Document::new(changed)).join("\n");
    for place in [
        "thing_get (sample) answer: 7 is not of type \"boolean\", at `/id`",
        "thing_create (sample) request: ",
        "thing_list (sample) query: \"RED\" is longer than 2 characters, at `/color`",
    ] {
        assert!(errors.contains(place), "{place}\n{errors}");
    }
}

#[tokio::test]
async fn one_area_can_be_run_alone() {
    let mut changed = document();
    let mut paint = changed["paths"]["/things/{id}"]["get"].clone();
    paint["operationId"] = json!("thing_paint");
    paint["tags"] = json!(["colors"]);
    changed["paths"]["/things/{id}/paint"] = json!({ "get": paint });
    changed["tags"] = json!([{ "name": "things" }, { "name": "colors" }]);
    let suite = suite(changed);
    suite.run_area("things").await.assert_complete();
    let failures = suite.run_area("colors").await.failures.join("\n");
    assert!(
        failures.contains("thing_paint: no case calls it"),
        "{failures}"
    );
    assert_eq!(suite.run().await.areas.len(), 2);
}

#[test]
#[should_panic(expected = "the documented areas, and those with a test")]
fn an_area_without_a_test_is_named() {
    suite(document()).assert_tested(&["things", "colors"]);
}

#[test]
#[should_panic(expected = "thing_get: no case calls it")]
fn an_operation_without_a_case_is_named_whatever_areas_are_run() {
    suite(document())
        .without("thing_get")
        .assert_tested(&["things"]);
}

#[tokio::test]
async fn a_limit_that_is_not_enforced_is_named() {
    let run = async |list: &str| {
        suite(document())
            .unenforced(list)
            .run()
            .await
            .failures
            .join("\n")
    };
    let failures = run("").await;
    let unenforced = "shop thing_create body.name maxLength: is not refused: 1 requests arrived";
    assert!(failures.contains(unenforced), "{failures}");
    let failures = run("shop thing_create body.note maxLength").await;
    assert!(
        failures.contains("is listed, and there is no such limit"),
        "{failures}"
    );
    let failures = run("shop thing_create body.note optional").await;
    assert!(
        failures.contains("body.note optional: listed as unenforced, but it is"),
        "{failures}"
    );
    let failures = run("shop thing_burn body.name maxLength").await;
    assert!(
        failures.contains("is listed for no documented operation"),
        "{failures}"
    );
}

#[tokio::test]
async fn every_kind_of_limit_is_tried_at_its_edge_and_beyond() {
    let report = report_after(|document| {
        let parameters = &mut document["paths"]["/things"]["get"]["parameters"];
        parameters[1]["schema"] = json!({ "type": "integer", "minimum": 1, "maximum": 200 });
        property(document, "NewThing", "note")["minLength"] = json!(2);
        let names =
            json!({ "type": "array", "minItems": 1, "maxItems": 3, "items": { "maxLength": 9 } });
        *property(document, "NewThing", "names") = names;
    });
    let failures = report.await.failures.join("\n");
    for rule in [
        "query.size minimum: is not refused",
        "query.size maximum: is not refused",
        "body.note minLength: is not refused",
        "body.names minItems: is not refused",
        "body.names maxItems: is not refused",
        "body.names maxItems-edge: body.names is not sent",
        "body.names[] maxLength: is not refused",
    ] {
        assert!(failures.contains(rule), "{rule}\n{failures}");
    }
    assert!(!failures.contains("minimum-edge"), "{failures}");
}

#[tokio::test]
async fn an_input_that_cannot_be_left_out_is_named() {
    let failures = failures_after(|document| {
        document["components"]["schemas"]["NewThing"]["required"] = json!([]);
    });
    let failures = failures.await;
    let place = "thing_create body.name optional: the case fails: thing_create: the sample has no";
    assert!(failures.contains(place), "{failures}");
    let prose = failures_after(|document| {
        document["components"]["schemas"]["NewThing"]["required"] = json!([]);
        property(document, "NewThing", "name")["x-required-by"] = json!("the introduction");
    });
    let failures = prose.await;
    assert!(!failures.contains("optional"), "{failures}");
}

#[tokio::test]
async fn a_default_may_stand_for_an_input_that_is_left_out() {
    let failures = async |default: Value| {
        let mut changed = document();
        changed["paths"]["/things"]["get"]["parameters"][1]["schema"]["default"] = default;
        let suite = suite(changed).pages("thing_list", |shop: &Shop, exchange| {
            let query = exchange.query();
            let pages = shop.list(query.opt("color"));
            let pages = pages.resume(query.opt("position").unwrap_or(0));
            pages.page_size(query.opt("size").unwrap_or(50))
        });
        suite.run().await.failures.join("\n")
    };
    let named = "query.size optional: query `size` is [\"50\"] instead of []";
    let [another, the_same] = [failures(json!(20)).await, failures(json!(50)).await];
    assert!(another.contains(named), "{another}");
    assert!(!the_same.contains("optional"), "{the_same}");
}

#[tokio::test]
async fn a_secret_that_an_error_repeats_is_named() {
    let failures = failures_after(|document| {
        property(document, "NewThing", "note")["x-secret"] = json!(true);
    });
    let failures = failures.await;
    let place = "body.note secret: the error shows the secret as pass";
    assert!(failures.contains(place), "{failures}");
}

#[tokio::test]
async fn another_method_takes_the_exchanges_without_an_input() {
    let failures = suite(document())
        .case_without("thing_create", "body.color", |shop: &Shop, exchange| {
            shop.create(&NewThing {
                name: exchange.body().need("name"),
                color: Some(Color::Red),
                note: None,
            })
        })
        .run()
        .await
        .failures
        .join("\n");
    let place = "body.color optional: body.note is not sent";
    assert!(failures.contains(place), "{failures}");
}

#[tokio::test]
async fn a_property_that_the_model_needs_must_be_named_mandatory() {
    let failures = suite(document())
        .mandatory(["thing_get name"])
        .run()
        .await
        .failures
        .join("\n");
    assert!(
        failures.contains("`name` is named mandatory, yet may be missing"),
        "{failures}"
    );
    let mut changed = document();
    let get = &mut changed["paths"]["/things/{id}"]["get"];
    get["operationId"] = json!("thing_read");
    let failures = suite(changed)
        .case("thing_read", |shop: &Shop, exchange| {
            shop.get(exchange.path("id"))
        })
        .run()
        .await
        .failures
        .join("\n");
    assert!(
        failures.contains("thing_read answer `id` when missing is refused"),
        "{failures}"
    );
}

#[tokio::test]
async fn outcomes_that_do_not_fit_are_named() {
    let failures = failures_after(|document| {
        sample(document, "/things", "post")["response"]["headers"] = json!({});
        sample(document, "/things/{id}/file", "put")["response"]["status"] = json!(409);
        sample(document, "/things/{id}", "get")["response"]["body"]["value"] = json!(["no thing"]);
        let refused = &mut document["paths"]["/things"]["post"]["x-exchanges"][1]["response"];
        refused["status"] = json!(201);
        refused["headers"] = json!({ "Location": "/things/5", "X-Total-Count": "9" });
        refused.as_object_mut().expect("an object").remove("body");
    });
    let failures = failures.await;
    assert!(
        failures.contains("thing_create (sample): the call fails"),
        "{failures}"
    );
    assert!(
        failures.contains("thing_get (sample): the answer is not read"),
        "{failures}"
    );
    assert!(
        failures.contains("does not hold what `X-Total-Count` says: 9"),
        "{failures}"
    );
    assert!(
        !failures.contains("thing_upload (sample)"),
        "an error is an outcome: {failures}"
    );
}

#[tokio::test]
async fn a_case_that_cannot_read_its_inputs_does_not_hide_the_rest() {
    let report = report_after(|document| {
        let request = &mut sample(document, "/things/{id}/file", "put")["request"];
        request["parts"] = json!([]);
    });
    let report = report.await;
    let failures = report.failures.join("\n");
    assert!(
        failures.contains("the case fails: sample: the sample has no part `file`"),
        "{failures}"
    );
    assert!(
        report
            .to_string()
            .contains("4 of 4 operations, 4 of 5 exchanges"),
        "{report}"
    );
}

#[test]
#[should_panic(expected = "2 failures:\none\ntwo")]
fn a_report_with_failures_fails_the_test() {
    let failures = vec!["one".to_owned(), "two".to_owned()];
    Report {
        failures,
        ..Report::default()
    }
    .assert_complete();
}
