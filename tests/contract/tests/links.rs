//! The harness, where an operation goes to a link, and where samples write values in their own way.

use std::sync::Arc;
use std::time::Duration;

use cert_core::client::{
    Answer, Builder, Call, Caller, Empty, ExternalClient, Fault, Headers, Http, Multipart, Op, Tls,
    Vendor,
};
use cert_core::open_enum;
use contract::{Document, Suite};
use serde_json::{Value, json};

static SEND: Op = Op::post("parcel_send", "{link}").unsigned();
static WRAP: Op = Op::post("parcel_wrap", "/parcels");

static VENDOR: Vendor = Vendor::new("post", fault);

fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    (!answer.status.is_success()).then(|| Fault::from_text(answer))
}

open_enum! {
    /// Paper to wrap a parcel in.
    enum Paper {
        /// Brown.
        Plain = "PLAIN",
    }
}

struct Post(Caller);

impl From<Caller> for Post {
    fn from(caller: Caller) -> Self {
        Self(caller)
    }
}

impl Post {
    fn wrap(&self, paper: &Paper) -> Call<'_, Empty> {
        self.0.call(&WRAP).json(&json!({ "paper": paper }))
    }
}

fn http() -> Http {
    Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport")
}

fn suite(document: Value) -> Suite<Post> {
    let http = Arc::new(http());
    Suite::new(
        "post",
        Document::new(document),
        [&WRAP, &SEND],
        move |base, _| {
            let builder = Builder::new(&VENDOR, base, Ok(Headers::new())).transport(http.clone());
            builder.build().expect("a client for loopback")
        },
    )
    .case("parcel_wrap", |post: &Post, x| {
        post.wrap(&x.body().need("paper"))
    })
    .external("parcel_send", |_: &Post, x| {
        let form =
            Multipart::new().file("one", "a.txt", "text/plain", x.part("one").content.clone());
        let link = x.link().into();
        Box::pin(async move {
            let external = ExternalClient::new(self::http()).allowing_loopback();
            external.upload(&link, form).await.map(drop)
        })
    })
}

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "tags": [{ "name": "parcels" }],
        "paths": { "/parcels": { "post": {
            "tags": ["parcels"],
            "operationId": "parcel_wrap",
            "x-repeatability": "once",
            "requestBody": { "content": { "application/json": { "schema": {
                "type": "object",
                "required": ["paper"],
                "properties": { "paper": {
                    "anyOf": [{ "type": "string", "enum": ["PLAIN"] }, { "type": "string" }],
                } },
            } } } },
            "responses": { "204": {} },
            "x-exchanges": [{
                "name": "sample",
                "class": "whole",
                "request": { "path": "/parcels", "body": { "value": { "paper": "plain" } } },
                "response": { "status": 204 },
            }],
        } } },
        "x-external-operations": [{
            "tags": ["parcels"],
            "operationId": "parcel_send",
            "x-method": "POST",
            "x-path": "{link}",
            "x-repeatability": "once",
            "requestBody": { "content": { "multipart/form-data": { "schema": {
                "type": "object",
                "required": ["one"],
                "properties": { "one": { "type": "string" } },
            } } } },
            "responses": { "204": {} },
            "x-exchanges": [{
                "name": "sample",
                "class": "external",
                "request": {
                    "url": "https://agent.example/drop?token=a%2Fb&n=5",
                    "parts": [{ "name": "one", "fileName": "a.txt" }],
                },
                "response": { "status": 204 },
            }],
        }],
    })
}

#[tokio::test]
async fn what_goes_to_a_link_is_held_to_its_sample() {
    let report = suite(document()).run().await;
    report.assert_complete();
    let counts = "post parcels: 2 of 2 operations, 2 of 2 exchanges";
    assert!(report.to_string().starts_with(counts), "{report}");
}

#[tokio::test]
async fn what_goes_elsewhere_or_differs_is_named() {
    let mut changed = document();
    let sample = &mut changed["x-external-operations"][0]["x-exchanges"][0];
    sample["request"]["parts"][0]["fileName"] = json!("b.txt");
    sample["response"]["status"] = json!(404);
    let failures = suite(changed).run().await.failures.join("\n");
    let text = "parcel_send (sample): part `one` is file Some(\"a.txt\")";
    assert!(failures.contains(text), "{failures}");
}

/// The document's own sample does so; a value that is not listed stays as it is.
#[tokio::test]
async fn a_listed_value_may_stand_in_another_case_in_a_sample() {
    let mut changed = document();
    let sample = &mut changed["paths"]["/parcels"]["post"]["x-exchanges"][0];
    sample["request"]["body"]["value"]["paper"] = json!("striped");
    suite(changed).run().await.assert_complete();
}
