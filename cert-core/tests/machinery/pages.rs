//! Lists, read page by page.

use std::time::Duration;

use cert_core::client::{ErrorKind, Retry};

use crate::reply::Reply;
use crate::request::Request;
use crate::server::Server;
use crate::vendor::{builder, client};

/// What a server gives of the numbers from 0 to `COUNT`.
const COUNT: usize = 7;

fn window(request: &Request) -> (usize, usize) {
    let number = |name| {
        let (_, rest) = request.target().split_once(name)?;
        rest.split('&').next()?.parse().ok()
    };
    (
        number("position=").expect("a position"),
        number("size=").expect("a size"),
    )
}

fn page(position: usize, size: usize) -> Reply {
    let numbers: Vec<_> = (0..COUNT).skip(position).take(size).collect();
    Reply::json(200, &format!("{numbers:?}"))
}

fn asked(request: &Request) -> Reply {
    let (position, size) = window(request);
    page(position, size)
}

fn with_total(request: &Request) -> Reply {
    asked(request).header("x-total", &COUNT.to_string())
}

/// A server that counts pages, and cuts them down to two entries.
fn numbered(request: &Request) -> Reply {
    let (_, number) = request.target().split_once("page=").expect("a page");
    page(2 * number.parse::<usize>().expect("a number"), 2)
}

/// Everything there is, in order.
fn all() -> Vec<i64> {
    (0..7).collect()
}

#[tokio::test]
async fn pages_are_counted_whatever_their_size_turns_out_to_be() {
    let server = Server::start(numbered).await;
    let client = client(&server);
    let whole = client.numbered_list().page_size(3).collect().await;
    assert_eq!(whole.expect("the list"), all());
    let rest = client
        .numbered_list()
        .resume(4)
        .page_size(2)
        .collect()
        .await;
    assert_eq!(rest.expect("the rest"), all()[4..]);
    let asked: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.target().to_owned())
        .collect();
    let pages = [0, 1, 2, 3, 4, 2, 3, 4].map(|number| format!("/things?page={number}"));
    assert_eq!(asked, pages);
}

#[tokio::test]
async fn a_total_ends_the_list() {
    let server = Server::start(with_total).await;
    let client = client(&server);
    let mut pages = client.list().page_size(3);
    assert_eq!((pages.position(), pages.total()), (0, None));
    assert_eq!(pages.next().await.expect("an entry").expect("a page"), 0);
    assert_eq!((pages.position(), pages.total()), (1, Some(7)));
    assert_eq!(pages.collect().await.expect("the list"), all()[1..]);
    let targets: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.target().to_owned())
        .collect();
    let expected = [0, 3, 6].map(|position| format!("/things?position={position}&size=3"));
    assert_eq!(targets, expected);
}

#[tokio::test]
async fn without_a_total_an_empty_page_ends_the_list() {
    let server = Server::start(asked).await;
    assert_eq!(
        client(&server)
            .list()
            .page_size(3)
            .collect()
            .await
            .expect("the list"),
        all()
    );
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_total_of_zero_is_none() {
    let server = Server::start(|request| asked(request).header("x-total", "0")).await;
    assert_eq!(
        client(&server)
            .list()
            .page_size(3)
            .collect()
            .await
            .expect("the list"),
        all()
    );
}

#[tokio::test]
async fn an_empty_list_is_one() {
    for reply in [
        Reply::json(200, "[]"),
        Reply::json(200, "[]").header("x-total", "0"),
    ] {
        let server = Server::answering([reply]).await;
        let client = client(&server);
        let mut pages = client.list();
        assert!(pages.next().await.is_none());
        assert!(pages.next().await.is_none());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_server_may_cap_its_pages() {
    for total in [false, true] {
        let server = Server::start(move |request| {
            let (position, size) = window(request);
            let page = page(position, size.min(2));
            if total {
                page.header("x-total", "7")
            } else {
                page
            }
        })
        .await;
        let client = client(&server);
        let list = client.list().page_size(100);
        assert_eq!(
            list.collect().await.expect("the list"),
            all(),
            "total: {total}"
        );
        assert_eq!(server.requests().len(), if total { 4 } else { 5 });
    }
}

#[tokio::test]
async fn the_vendors_own_page_size_is_not_named() {
    let server = Server::answering([Reply::json(200, "[1, 2]").header("x-total", "2")]).await;
    let client = client(&server);
    let list = client.list().vendor_page_size();
    assert_eq!(list.collect().await.expect("the list"), [1, 2]);
    assert_eq!(server.request().target(), "/things?position=0");
}

/// Nobody may take a list for empty that was not looked at.
#[tokio::test]
async fn pages_of_no_entries_are_asked_for_and_end_in_an_error_where_they_are_empty() {
    let taken_for_its_own = Server::answering([Reply::json(200, "[1, 2]")]).await;
    let asking = client(&taken_for_its_own);
    let list = asking.list().page_size(0);
    assert_eq!(list.collect().await.expect("the list"), [1, 2]);
    let target = taken_for_its_own.request().target().to_owned();
    assert_eq!(target, "/things?position=0&size=0");

    let taken_at_its_word = Server::start(asked).await;
    let asking = client(&taken_at_its_word);
    let list = asking.list().page_size(0);
    let error = list.collect().await.expect_err("nothing was looked at");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(error.to_string().contains("pages of 0 entries"), "{error}");

    let empty = Server::answering([Reply::json(200, "[]").header("x-total", "0")]).await;
    let asking = client(&empty);
    let list = asking.list().page_size(0);
    assert!(list.collect().await.expect("the list").is_empty());
}

#[tokio::test]
async fn a_server_that_gives_everything_at_once_is_believed() {
    let server = Server::start(|_| page(0, 100)).await;
    assert_eq!(
        client(&server)
            .list()
            .page_size(100)
            .collect()
            .await
            .expect("the list"),
        all()
    );
}

#[tokio::test]
async fn a_server_that_ignores_positions_is_found_out() {
    for total in [None, Some("0"), Some("7"), Some("300")] {
        let server = Server::start(move |_| match total {
            Some(total) => page(0, 3).header("x-total", total),
            None => page(0, 3),
        })
        .await;
        let client = client(&server);
        let mut pages = client.list().page_size(3);
        for expected in 0..3 {
            assert_eq!(
                pages.next().await.expect("an entry").expect("a page"),
                expected
            );
        }
        let error = pages
            .next()
            .await
            .expect("no end")
            .expect_err("the same page");
        assert_eq!(error.kind(), ErrorKind::Unexpected, "{total:?}");
        assert!(error.to_string().contains("position 3"), "{error}");
        assert_eq!(pages.position(), 3);
    }
}

#[tokio::test]
async fn an_empty_page_before_the_total_is_an_error() {
    let server = Server::start(|request| match window(request) {
        (3, _) => Reply::json(200, "[]").header("x-total", "7"),
        _ => with_total(request),
    })
    .await;
    let error = client(&server)
        .list()
        .page_size(3)
        .collect()
        .await
        .expect_err("a hole");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(
        error.to_string().contains("the list has 7 entries"),
        "{error}"
    );
}

#[tokio::test]
async fn a_list_is_resumed_where_it_broke_off() {
    let server = Server::start(with_total).await;
    let client = client(&server);
    let list = client.list().page_size(3).resume(4);
    assert_eq!(list.position(), 4);
    assert_eq!(list.collect().await.expect("the list"), all()[4..]);
    assert_eq!(server.request().target(), "/things?position=4&size=3");
    let beyond = client.list().resume(7);
    assert!(beyond.collect().await.expect("the list").is_empty());
}

#[tokio::test]
async fn a_list_that_failed_for_good_is_over() {
    for prefetch in [false, true] {
        let server = Server::start(|request| match window(request) {
            (3, _) => Reply::new(401),
            _ => with_total(request),
        })
        .await;
        let client = client(&server);
        let list = client.list().page_size(3);
        let mut list = if prefetch { list.prefetch() } else { list };
        let (mut seen, mut errors) = (Vec::new(), Vec::new());
        while let Some(item) = list.next().await {
            match item {
                Ok(item) => seen.push(item),
                Err(error) => errors.push(error),
            }
        }
        assert_eq!((seen, errors.len()), (all()[..3].to_vec(), 1));
        assert_eq!(list.position(), 3);
        assert!(
            errors[0]
                .to_string()
                .starts_with("test thing_find: refused, HTTP 401")
        );
        assert_eq!(server.count("/things?position=3&size=3"), 1);
    }
}

#[tokio::test]
async fn pages_that_come_round_again_are_an_error() {
    let server = Server::start(|request| match request.number % 2 {
        0 => Reply::json(200, "[1, 2]"),
        _ => Reply::json(200, "[3, 4]"),
    })
    .await;
    let client = client(&server);
    let mut list = client.list();
    for expected in 1..=4 {
        let item = list.next().await.expect("an entry").expect("a page");
        assert_eq!(item, expected);
    }
    let error = list
        .next()
        .await
        .expect("an item")
        .expect_err("page 1 again");
    assert!(error.to_string().contains("thing_find"), "{error}");
    assert!(error.to_string().contains("was there before"), "{error}");
    assert!(list.next().await.is_none());
}

#[tokio::test]
async fn a_page_longer_than_asked_for_is_the_whole_list() {
    let server = Server::answering([Reply::json(200, "[1, 2, 3, 4, 5]")]).await;
    let client = client(&server);
    let list = client.list().page_size(2);
    assert_eq!(list.collect().await.expect("the list"), [1, 2, 3, 4, 5]);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_list_is_handed_out_page_by_page() {
    let server = Server::start(with_total).await;
    let client = client(&server);
    let mut list = client.list().page_size(3);
    let mut pages = Vec::new();
    while let Some(page) = list.next_page().await {
        pages.push(page.expect("a page"));
    }
    assert_eq!(pages.concat(), all());
    assert_eq!(pages[0].len(), 3);
}

#[tokio::test]
async fn there_is_no_position_beyond_the_last_number() {
    let server = Server::answering([Reply::json(200, "[1]")]).await;
    let client = client(&server);
    let list = client.list().resume(u64::MAX);
    let error = list.collect().await.expect_err("no such position");
    assert!(error.to_string().contains("no position"), "{error}");
}

#[tokio::test]
async fn after_an_error_the_same_page_is_fetched_again() {
    for prefetch in [false, true] {
        let server = Server::start(|request| match (window(request), request.number) {
            ((3, _), 1) => Reply::new(503),
            _ => with_total(request),
        })
        .await;
        let client = builder(&server).retry(Retry::never());
        let client = client.build().expect("a client");
        let list = client.list().page_size(3);
        let mut list = if prefetch { list.prefetch() } else { list };
        let mut seen = Vec::new();
        let mut errors = 0;
        while let Some(item) = list.next().await {
            errors += usize::from(item.is_err());
            seen.extend(item);
        }
        assert_eq!((seen, errors), (all(), 1));
        assert_eq!(server.count("/things?position=3&size=3"), 2);
    }
}

#[tokio::test]
async fn the_next_page_is_fetched_while_this_one_is_read() {
    let server = Server::start(with_total).await;
    let client = client(&server);
    let mut ahead = client.list().page_size(3).prefetch();
    ahead.next().await.expect("an entry").expect("a page");
    server.heard(2).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.requests().len(), 2);
    assert_eq!(ahead.collect().await.expect("the list"), all()[1..]);
    assert_eq!(server.requests().len(), 3);

    let mut plain = client.list().page_size(3);
    plain.next().await.expect("an entry").expect("a page");
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_dropped_list_fetches_nothing_more() {
    let server = Server::start(|request| match window(request) {
        (0, _) => with_total(request),
        _ => Reply::silence(),
    })
    .await;
    let client = client(&server);
    let mut list = client.list().page_size(3).prefetch();
    list.next().await.expect("an entry").expect("a page");
    server.heard(2).await;
    drop(list);
    server.hung_up(1).await;
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_list_that_is_not_read_fetches_nothing() {
    let server = Server::start(with_total).await;
    let client = client(&server);
    drop(client.list().prefetch());
    assert_eq!(server.connections(), 0);
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn a_list_is_a_stream() {
    use futures_util::TryStreamExt as _;

    let server = Server::start(with_total).await;
    let client = client(&server);
    let even = client
        .list()
        .page_size(3)
        .try_filter(|n| std::future::ready(n % 2 == 0));
    assert_eq!(
        even.try_collect::<Vec<_>>().await.expect("the list"),
        [0, 2, 4, 6]
    );
}
