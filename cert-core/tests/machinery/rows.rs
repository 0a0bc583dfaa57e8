//! Rows that are read while they arrive.

use std::time::{Duration, Instant};

use cert_core::client::{
    Around, BrokenRow, CsvRow, CsvRows, Error, ErrorKind, Fault, InCsv, InJson, JsonRows, Limits,
    Op, Repeatability, Retry, RowFormat, Rows,
};
use http::StatusCode;

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{PASSWORD, builder, client};

static REPORT: Op = Op::post("thing_rows", "/rows").repeatable(Repeatability::Safe);

cert_core::response! {
    struct Thing {
        id: i64,
        name: Option<String>,
    }
}

cert_core::response! {
    struct Head {
        status_code: Option<i64>,
        message: Option<String>,
    }
}

impl Around for Head {
    const ROWS: &'static str = "things";

    fn fault(&self) -> Option<Fault> {
        let code = self.status_code.filter(|code| *code < 0)?;
        Some(Fault {
            code: Some(code.to_string()),
            message: None,
            class: None,
        })
    }
}

cert_core::response! {
    struct Line {
        #[wire("Id")]
        id: i64,
        #[wire("Full Name")]
        name: Option<String>,
        others: Vec<String>,
    }
}

impl CsvRow for Line {
    const COLUMNS: &'static [&'static str] = &["Id"];

    fn undeclared(&mut self, column: &str, text: &str) {
        self.others.push(format!("{column}={text}"));
    }
}

type Things = JsonRows<Thing, Head>;
type Lines = CsvRows<Line>;

async fn asked<F: RowFormat>(server: &Server) -> Rows<F> {
    client(server)
        .caller()
        .call::<Rows<F>>(&REPORT)
        .await
        .expect("an answer")
}

/// The rows of an answer that arrives in pieces of `size`, and what each of them became.
async fn rows_of<F: RowFormat>(
    body: &[u8],
    size: usize,
    shown: fn(F::Row) -> String,
) -> Vec<Result<String, String>> {
    let reply = Reply::new(200).body(body).chunked(size, Duration::ZERO);
    let server = Server::answering([reply]).await;
    let mut rows = asked::<F>(&server).await;
    let mut all = Vec::new();
    while let Some(row) = rows.next().await {
        all.push(row.map(shown).map_err(|error| told(&error)));
    }
    assert!(rows.next().await.is_none());
    all
}

/// What an error says of the row; of others everything.
fn told(error: &Error) -> String {
    assert_eq!(error.op(), Some(&REPORT));
    assert_eq!(error.status(), Some(StatusCode::OK));
    let broken = BrokenRow::of(error).map(ToString::to_string);
    broken.unwrap_or_else(|| error.message().expect("words").to_owned())
}

fn thing(thing: Thing) -> String {
    format!("{} {}", thing.id, thing.name.unwrap_or_default())
}

fn line(line: Line) -> String {
    format!(
        "{} {} {:?}",
        line.id,
        line.name.unwrap_or_default(),
        line.others
    )
}

async fn assert_things(body: &str, expected: &[Result<&str, &str>]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|row| row.map(str::to_owned).map_err(str::to_owned))
        .collect();
    for size in [1, 7, 1 << 16] {
        let rows = rows_of::<InJson<Thing, Head>>(body.as_bytes(), size, thing).await;
        assert_eq!(rows, expected, "{body} by {size}");
    }
}

async fn assert_lines(body: &[u8], expected: &[Result<&str, &str>]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|row| row.map(str::to_owned).map_err(str::to_owned))
        .collect();
    for size in [1, 7, 1 << 16] {
        let rows = rows_of::<InCsv<Line>>(body, size, line).await;
        assert_eq!(
            rows,
            expected,
            "{} by {size}",
            String::from_utf8_lossy(body)
        );
    }
}

const ENDS: &str = "the answer ends before the list does: what came is not all there is";

#[tokio::test]
async fn rows_of_json_come_one_by_one() {
    let rows = r#"[ {"id": 1, "name": "a]}\"\\"} ,{"id":"2"},{"id":3,"more":[{"things":[]}]}]"#;
    let all: [Result<&str, &str>; 3] = [Ok(r#"1 a]}"\"#), Ok("2 "), Ok("3 ")];
    for body in [
        format!(r#"{{"things":{rows}}}"#),
        format!("\u{feff}\r\n{{ \"statusCode\" : 0 , \"things\" :{rows} , \"message\":\"x\" }}\n "),
        format!(r#"{{"x":[1,{{}}],"y":null,"\u0074hings":{rows},"z":1.5e3}}"#),
    ] {
        assert_things(&body, &all).await;
    }
    assert_things(r#"{"things":[]}"#, &[]).await;
}

#[tokio::test]
async fn a_broken_row_of_json_is_named_and_passed_over() {
    let body =
        r#"{"things":[{"id":1},{"name":"b"},{"id":"hunter2"},{"id":[]},{"a":tru},7,{"id":6}]}"#;
    let expected = [
        Ok("1 "),
        Err("row 2 cannot be read: missing field `id` at line 1 column 12"),
        Err("row 3 cannot be read: invalid value at line 1 column 15"),
        Err("row 4 cannot be read: invalid type, expected a whole number at line 1 column 8"),
        Err("row 5 cannot be read: expected ident at line 1 column 9"),
        Err("row 6 cannot be read: invalid type, expected struct Thing at line 1 column 1"),
        Ok("6 "),
    ];
    assert_things(body, &expected).await;
}

#[tokio::test]
async fn rows_that_break_off_are_no_whole_list() {
    assert_things(r#"{"things":[{"id":1},{"id":2"#, &[Ok("1 "), Err(ENDS)]).await;
    assert_things(r#"{"things":[{"id":1}"#, &[Ok("1 "), Err(ENDS)]).await;
    assert_things(r#"{"things":[{"id":1}]"#, &[Ok("1 "), Err(ENDS)]).await;
    assert_things(r#"{"things":[{"id":1}],"mes"#, &[Ok("1 "), Err(ENDS)]).await;
    assert_things(
        "",
        &[Err("success without content, where a list is promised")],
    )
    .await;
}

#[tokio::test]
async fn what_is_no_list_is_an_error() {
    const NOT: &str = "the body is not the documented JSON: ";
    for (body, reason) in [
        ("<html>", "it is no object"),
        ("[{}]", "it is no object"),
        (r#"{"things":[,]}"#, "a row is missing"),
        (r#"{"things":[]}}"#, "something follows the object"),
        (
            r#"{"things":[]"x":1}"#,
            "the object around the rows is malformed",
        ),
        (
            r#"{"things" []}"#,
            "the object around the rows is malformed",
        ),
        (r#"{"things":}"#, "the object around the rows is malformed"),
    ] {
        assert_things(body, &[Err(&format!("{NOT}{reason}"))]).await;
    }
    let twice = [
        Ok("1 "),
        Err(&*format!("{NOT}a comma is missing behind a row")),
    ];
    assert_things(r#"{"things":[{"id":1}{"id":2}]}"#, &twice).await;
    let trailing = [Ok("1 "), Err(&*format!("{NOT}a row is missing"))];
    assert_things(r#"{"things":[{"id":1},]}"#, &trailing).await;
    let none = "the answer is not the documented list: it has no rows in `things`";
    for body in ["{}", r#"{"things":null}"#, r#"{"other":[{"id":1}]}"#] {
        assert_things(body, &[Err(none)]).await;
    }
}

#[tokio::test]
async fn what_surrounds_the_rows_is_kept() {
    let body = r#"{"statusCode":3,"things":[{"id":1},{"id":2}],"message":"done"}"#;
    let server = Server::answering([Reply::json(200, body)]).await;
    let mut things: Things = asked(&server).await;
    assert!(things.around().is_none() && things.announced() == Some(body.len() as u64));
    assert_eq!(things.next().await.expect("a row").expect("a thing").id, 1);
    let around = things.around().expect("what stands before the rows");
    assert_eq!(
        (around.status_code, around.message.as_deref()),
        (Some(3), None)
    );
    assert!(things.next().await.expect("a row").is_ok());
    assert!(things.next().await.is_none());
    let around = things.around().expect("all of it");
    assert_eq!(
        (around.status_code, around.message.as_deref()),
        (Some(3), Some("done"))
    );
    assert_eq!(
        (things.position(), things.received()),
        (2, body.len() as u64)
    );
}

#[tokio::test]
async fn a_refusal_around_the_rows_is_one() {
    for (body, rows) in [
        (
            r#"{"statusCode":-7,"message":"hunter2","things":[{"id":1}]}"#,
            0,
        ),
        (
            r#"{"things":[{"id":1}],"statusCode":-7,"message":"hunter2"}"#,
            1,
        ),
        (r#"{"statusCode":-7,"message":"hunter2"}"#, 0),
    ] {
        let server = Server::answering([Reply::json(200, body)]).await;
        let mut things: Things = asked(&server).await;
        for _ in 0..rows {
            assert!(things.next().await.expect("a row").is_ok());
        }
        let error = things.next().await.expect("an end").expect_err("a refusal");
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Refused, Some("-7"))
        );
        assert!(!error.to_string().contains("hunter2"));
        let around = things.around().expect("the vendor's words");
        assert_eq!(around.message.as_deref(), Some("hunter2"));
        assert!(things.next().await.is_none());
    }
}

#[tokio::test]
async fn a_row_beyond_the_limit_is_passed_over() {
    let long = "x".repeat(3_000);
    let body = format!(r#"{{"things":[{{"id":1}},{{"id":2,"name":"{long}"}},{{"id":3}}]}}"#);
    for (size, limit) in [(1_000, 2_000), (1 << 16, 2_000)] {
        let reply = Reply::json(200, &body).chunked(size, Duration::ZERO);
        let server = Server::answering([reply]).await;
        let mut things = asked::<InJson<Thing, Head>>(&server).await.row_limit(limit);
        assert_eq!(things.next().await.expect("a row").expect("short").id, 1);
        let error = things.next().await.expect("a row").expect_err("long");
        let broken = BrokenRow::of(&error).expect("a row");
        assert_eq!((broken.number, broken.line), (2, None));
        assert!(error.to_string().contains("limit of 2000 bytes"), "{error}");
        assert_eq!(things.next().await.expect("a row").expect("short").id, 3);
        assert!(things.next().await.is_none());
    }
    let body = format!("Id,Full Name\n1,a\n2,{long}\n3,c\n");
    for size in [1_000, 1 << 16] {
        let reply = Reply::json(200, &body).chunked(size, Duration::ZERO);
        let server = Server::answering([reply]).await;
        let mut lines = asked::<InCsv<Line>>(&server).await.row_limit(2_000);
        assert_eq!(lines.next().await.expect("a row").expect("short").id, 1);
        let error = lines.next().await.expect("a row").expect_err("long");
        let broken = BrokenRow::of(&error).expect("a row");
        assert_eq!((broken.number, broken.line), (2, Some(3)));
        assert_eq!(lines.next().await.expect("a row").expect("short").id, 3);
        assert!(lines.next().await.is_none());
    }
}

#[tokio::test]
async fn rows_of_csv_come_one_by_one() {
    let body = "\u{feff}Full Name, Id ,Id,Extra\r\n\"a, \"\"b\"\"\",007,8,x\r\n\r\n \n,\"2\",,\n\"two\nlines\",3,,\" y \"";
    let expected = [
        Ok(r#"7 a, "b" ["Id=8", "Extra=x"]"#),
        Ok("2  []"),
        Ok("3 two\nlines [\"Extra=y\"]"),
    ];
    assert_lines(body.as_bytes(), &expected).await;
    for empty in ["", "\r\n", "Id,Full Name\n", "\u{feff}"] {
        assert_lines(empty.as_bytes(), &[]).await;
    }
}

#[tokio::test]
async fn a_broken_line_of_csv_costs_only_itself() {
    let body =
        b"Id,Full Name\n1,a\n2,\"b\n3,c\n4,d,e\n\n5\nx,f\n6,\xff\n7,\"g\" h\n\"\"8\"\",\n9,\"i";
    let expected = [
        Ok("1 a []"),
        Err("line 3 of the list cannot be read: a quotation mark is not closed"),
        Ok("3 c []"),
        Err("line 5 of the list cannot be read: it has 3 fields where the header names 2"),
        Err("line 7 of the list cannot be read: it has 1 fields where the header names 2"),
        Err("line 8 of the list cannot be read: column `Id`: invalid value"),
        Err("line 9 of the list cannot be read: `Full Name` is not UTF-8"),
        Ok("7 g h []"),
        Err("line 11 of the list cannot be read: column `Id`: invalid value"),
        Err("line 12 of the list cannot be read: a quotation mark is not closed"),
    ];
    assert_lines(body, &expected).await;
}

#[tokio::test]
async fn another_document_is_no_list_of_csv() {
    const NOT: &str = "the answer is not the documented list: ";
    for (body, reason) in [
        ("<html>\nSign in</html>", "it has no column `Id`"),
        ("\"Id\n", "a quotation mark is not closed"),
        (r#"{"code":-16}"#, "it has no column `Id`"),
    ] {
        assert_lines(body.as_bytes(), &[Err(&format!("{NOT}{reason}"))]).await;
    }
    let server = Server::answering([Reply::json(200, "<html>\nSign in</html>")]).await;
    let mut lines: Lines = asked(&server).await;
    let error = lines.next().await.expect("an end").expect_err("a page");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.body(), "<html>\nSign in</html>");
}

#[tokio::test]
async fn the_text_of_a_broken_row_is_kept() {
    let server = Server::answering([Reply::json(200, "Id\nx,y\n")]).await;
    let mut lines: Lines = asked(&server).await;
    let error = lines.next().await.expect("a row").expect_err("two fields");
    assert_eq!(error.body(), "x,y\n");
    assert_eq!(lines.columns().collect::<Vec<_>>(), ["Id"]);
}

#[tokio::test]
async fn a_lost_connection_ends_the_rows_with_an_error() {
    for body in [r#"{"things":[{"id":1},{"id":2}"#, "Id\n1\n2\n3"] {
        let reply = Reply::json(200, body).chunked(16, Duration::ZERO).cut();
        let server = Server::answering([reply]).await;
        let (mut count, mut last) = (0, None);
        if body.starts_with('{') {
            let mut things: Things = asked(&server).await;
            while let Some(row) = things.next().await {
                count += usize::from(row.is_ok());
                last = row.err();
            }
        } else {
            let mut lines: Lines = asked(&server).await;
            while let Some(row) = lines.next().await {
                count += usize::from(row.is_ok());
                last = row.err();
            }
        }
        let error = last.expect("the connection broke");
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
        assert!(BrokenRow::of(&error).is_none() && error.is_transient() && !error.may_have_run());
        assert_eq!(count, 2, "{body}");
    }
}

#[tokio::test]
async fn no_limit_on_bodies_holds_for_rows() {
    let rows = vec![r#"{"id":1}"#; 1_000].join(",");
    let server = Server::answering([Reply::json(200, &format!(r#"{{"things":[{rows}]}}"#))]).await;
    let mut limits = Limits::default();
    limits.body = 1_000;
    let client = builder(&server).limits(limits).build().expect("a client");
    let things = client
        .caller()
        .call::<Things>(&REPORT)
        .await
        .expect("an answer");
    assert_eq!(things.collect().await.expect("all of them").len(), 1_000);
}

#[tokio::test]
async fn the_time_of_a_call_holds_to_the_last_row() {
    let rows = vec!["1"; 5_000].join("\n");
    let reply = Reply::json(200, &format!("Id\n{rows}\n")).chunked(2, Duration::from_millis(20));
    let server = Server::answering([reply]).await;
    let client = client(&server);
    let call = client.caller().call::<Lines>(&REPORT).retry(Retry::never());
    let started = Instant::now();
    let mut lines = call
        .timeout(Duration::from_millis(300))
        .await
        .expect("the head");
    let error = loop {
        if let Err(error) = lines.next().await.expect("an end in time") {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    assert!(started.elapsed() < Duration::from_secs(2));
    assert!(lines.position() > 0 && lines.next().await.is_none());
}

#[tokio::test]
async fn asking_for_rows_is_repeated_where_that_is_safe() {
    let unavailable = Reply::new(503);
    let server = Server::answering([unavailable, Reply::json(200, "Id\n1\n")]).await;
    let lines: Lines = asked(&server).await;
    assert_eq!(lines.collect().await.expect("a row").len(), 1);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn rows_come_with_the_name_of_a_file() {
    let named =
        Reply::json(200, "Id\n").header("content-disposition", "attachment; filename=\"r.csv\"");
    let server = Server::answering([named]).await;
    let lines: Lines = asked(&server).await;
    assert_eq!(lines.file_name().as_deref(), Some("r.csv"));
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn rows_are_a_stream() {
    use futures_util::TryStreamExt as _;

    let server = Server::answering([Reply::json(200, "Id\n1\n2\n")]).await;
    let lines: Lines = asked(&server).await;
    let ids: Vec<i64> = lines
        .map_ok(|line| line.id)
        .try_collect()
        .await
        .expect("rows");
    assert_eq!(ids, [1, 2]);
}

/// A wait that is given up in the middle loses nothing of what has arrived.
#[tokio::test]
async fn a_row_can_be_waited_for_again() {
    let reply = Reply::json(200, "Id\n1\n2\n").chunked(3, Duration::from_millis(30));
    let server = Server::answering([reply]).await;
    let mut lines: Lines = asked(&server).await;
    let mut ids = Vec::new();
    loop {
        match tokio::time::timeout(Duration::from_millis(7), lines.next()).await {
            Err(_) => {}
            Ok(None) => break,
            Ok(Some(line)) => ids.push(line.expect("a line").id),
        }
    }
    assert_eq!(ids, [1, 2]);
}

/// Some vendors refuse with a success.
#[tokio::test]
async fn a_refusal_in_the_place_of_rows_is_one_and_repeats_no_secret() {
    let body = format!(r#"{{"code":"X-1","description":"{PASSWORD} is wrong"}}"#);
    let reply = Reply::json(200, &body).chunked(5, Duration::ZERO);
    let server = Server::answering([reply]).await;
    let things: Things = asked(&server).await;
    let lines: Lines = asked(&server).await;
    let errors = [things.collect().await.err(), lines.collect().await.err()];
    for error in errors.map(|error| error.expect("a refusal")) {
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Refused, Some("X-1"))
        );
        assert_eq!(error.message(), Some("*** is wrong"));
        assert_eq!(error.body(), &body);
        assert!(!format!("{error} {error:?}").contains(PASSWORD));
    }
}
