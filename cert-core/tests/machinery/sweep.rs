//! Long lists, read several pages and several details at a time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cert_core::client::{
    Body, BoxFuture, Chunks, Error, ErrorKind, Retry, Sweep, SweepError, Transport, TransportError,
};
use http::{Request, Response, StatusCode};
use tokio::time::Instant;

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{Client, Number, builder_at};

/// A list of numbers, a page of which takes 20 ms, and the thing of each of them.
#[derive(Clone)]
struct Numbered(Arc<Mutex<Inner>>);

struct Inner {
    numbers: Vec<u64>,
    /// Most entries of a page.
    cap: usize,
    /// Whether the total is told.
    total: bool,
    /// What happens before a request is answered, by its number.
    before: Change,
    /// What a request is refused with, by its target.
    refuses: fn(&str) -> Option<StatusCode>,
    asked: Vec<String>,
    in_flight: usize,
    most_in_flight: usize,
}

type Change = Box<dyn FnMut(usize, &mut Vec<u64>) + Send>;

impl Numbered {
    fn of(count: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            numbers: (0..count).collect(),
            cap: usize::MAX,
            total: true,
            before: Box::new(|_, _| {}),
            refuses: |_| None,
            asked: Vec::new(),
            in_flight: 0,
            most_in_flight: 0,
        })))
    }

    fn with(self, set: impl FnOnce(&mut Inner)) -> Self {
        self.look(set);
        self
    }

    fn look<T>(&self, look: impl FnOnce(&mut Inner) -> T) -> T {
        look(&mut self.0.lock().expect("no test to have panicked"))
    }

    fn asked(&self) -> usize {
        self.look(|inner| inner.asked.len())
    }

    fn client(&self) -> Client {
        let builder = builder_at("http://127.0.0.1").transport(self.clone());
        builder.retry(Retry::never()).build().expect("a client")
    }
}

impl Inner {
    fn answer(&mut self, number: usize, target: &str) -> Response<Chunks> {
        self.in_flight -= 1;
        (self.before)(number, &mut self.numbers);
        if let Some(status) = (self.refuses)(target) {
            return answer(status, String::new());
        }
        match target.split_once('?') {
            Some((_, query)) => self.page(query),
            None => thing(target),
        }
    }

    fn page(&self, query: &str) -> Response<Chunks> {
        let number = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(key, _)| *key == name)?;
            value.parse::<usize>().ok()
        };
        let size = number("size").unwrap_or(2).min(self.cap);
        let position = number("position").unwrap_or_else(|| 2 * number("page").unwrap_or(0));
        let page: Vec<_> = self.numbers.iter().skip(position).take(size).collect();
        let mut answer = answer(StatusCode::OK, format!("{page:?}"));
        if self.total {
            let total = self.numbers.len().into();
            answer.headers_mut().insert("x-total", total);
        }
        answer
    }
}

fn thing(target: &str) -> Response<Chunks> {
    let id = target.rsplit('/').next().expect("an id");
    answer(StatusCode::OK, format!(r#"{{"id": {id}, "name": "door"}}"#))
}

fn answer(status: StatusCode, body: String) -> Response<Chunks> {
    let mut answer = Response::new(Chunks::from(Bytes::from(body)));
    *answer.status_mut() = status;
    answer
}

impl Transport for Numbered {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Chunks>, TransportError>> {
        let target = request
            .uri()
            .path_and_query()
            .expect("a target")
            .to_string();
        let number = self.look(|inner| {
            inner.asked.push(target.clone());
            inner.in_flight += 1;
            inner.most_in_flight = inner.most_in_flight.max(inner.in_flight);
            inner.asked.len() - 1
        });
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(self.look(|inner| inner.answer(number, &target)))
        })
    }
}

/// What a sweep hands out, and where it was in trouble.
async fn swept<T: Send>(sweep: &mut Sweep<'_, T>) -> (Vec<T>, Vec<SweepError>) {
    let (mut entries, mut errors) = (Vec::new(), Vec::new());
    while let Some(item) = sweep.next().await {
        match item {
            Ok(entry) => entries.push(entry),
            Err(error) => errors.push(error),
        }
    }
    (entries, errors)
}

fn numbers(range: impl Iterator<Item = u64>) -> Vec<Number> {
    range.map(Number).collect()
}

fn moves(errors: &[SweepError]) -> Vec<u64> {
    let moved = errors.iter().map(|error| match error {
        SweepError::Moved { position } => *position,
        other => panic!("{other}"),
    });
    moved.collect()
}

#[tokio::test(start_paused = true)]
async fn sixteen_windows_are_seven_times_as_fast_as_one_page_after_the_other() {
    let server = Numbered::of(100_000);
    let client = server.client();
    let started = Instant::now();
    let all = client.rows().page_size(200).collect().await;
    assert_eq!(all.expect("the list").len(), 100_000);
    let sequential = started.elapsed();

    let started = Instant::now();
    let mut sweep = client.rows().page_size(200).windows(16);
    assert_eq!(sweep.end(), None);
    let (entries, errors) = swept(&mut sweep).await;
    assert!(
        started.elapsed() * 7 <= sequential,
        "{:?}",
        started.elapsed()
    );
    assert!(errors.is_empty() && entries == numbers(0..100_000));
    assert!(sweep.end().expect("over").is_whole());
    assert_eq!(server.look(|inner| inner.most_in_flight), 16);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_stands_still_is_handed_out_exactly_once() {
    for (count, size, windows, cap) in [
        (0, 3, 4, 100),
        (1, 3, 4, 100),
        (3, 3, 4, 100),
        (4, 3, 4, 100),
        (7, 3, 1, 100),
        (7, 2, 16, 100),
        (7, 1, 4, 100),
        (100, 7, 3, 100),
        (101, 50, 4, 9),
        (101, 50, 0, 2),
    ] {
        for unordered in [false, true] {
            let server = Numbered::of(count).with(|inner| inner.cap = cap);
            let client = server.client();
            let mut sweep = client.rows().page_size(size).windows(windows);
            if unordered {
                sweep = sweep.unordered();
            }
            let (mut entries, errors) = swept(&mut sweep).await;
            if unordered {
                entries.sort();
            }
            let case = (count, size, windows, cap, unordered);
            assert!(errors.is_empty(), "{case:?}: {errors:?}");
            assert_eq!(entries, numbers(0..count), "{case:?}");
            assert!(sweep.end().expect("over").is_whole());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_total_or_positions_it_is_read_in_turn() {
    let server = Numbered::of(9).with(|inner| inner.total = false);
    let client = server.client();
    let (entries, errors) = swept(&mut client.rows().page_size(2).windows(4)).await;
    assert!(errors.is_empty() && entries == numbers(0..9));
    assert!(server.look(|inner| inner.most_in_flight) <= 2);

    let server = Numbered::of(9);
    let client = server.client();
    let (entries, errors) = swept(&mut client.numbered_list().windows(4)).await;
    assert!(errors.is_empty());
    assert_eq!(entries, (0..9).collect::<Vec<i64>>());
    assert!(server.look(|inner| inner.asked[0].contains("page=0")));
}

#[tokio::test(start_paused = true)]
async fn entries_without_ids_are_read_in_windows_that_do_not_overlap() {
    let server = Numbered::of(100);
    let client = server.client();
    let (entries, errors) = swept(&mut client.list().page_size(10).windows(4)).await;
    assert!(errors.is_empty());
    assert_eq!(entries, (0..100).collect::<Vec<i64>>());
    assert_eq!(server.asked(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_resumed_list_is_swept_from_there() {
    let server = Numbered::of(100);
    let client = server.client();
    let list = client.rows().page_size(10).resume(37);
    let (entries, errors) = swept(&mut list.windows(4)).await;
    assert!(errors.is_empty() && entries == numbers(37..100));
}

/// An entry is deleted in front of every window in turn.
#[tokio::test(start_paused = true)]
async fn deletions_in_front_of_the_window_are_reported() {
    for when in 1..=10 {
        for windows in [1, 4] {
            for unordered in [false, true] {
                let server = Numbered::of(100).with(|inner| {
                    inner.before = Box::new(move |request, numbers| {
                        if request == when {
                            numbers.remove(0);
                        }
                    });
                });
                let client = server.client();
                let mut sweep = client.rows().page_size(10).windows(windows);
                if unordered {
                    sweep = sweep.unordered();
                }
                let (mut entries, errors) = swept(&mut sweep).await;
                let handed = entries.len();
                entries.sort();
                entries.dedup();
                assert_eq!(
                    entries.len(),
                    handed,
                    "{when}, {windows}, {unordered}: twice"
                );
                assert!(!moves(&errors).is_empty(), "{when}, {windows}, {unordered}");
                assert!(!sweep.end().expect("over").is_whole());
            }
        }
    }
}

/// The total stays, as one comes for each that goes.
#[tokio::test(start_paused = true)]
async fn so_are_those_that_the_total_does_not_tell() {
    let server = Numbered::of(100).with(|inner| {
        inner.before = Box::new(|request, numbers| {
            if request == 5 {
                numbers.remove(3);
                numbers.push(1_000);
            }
        });
    });
    let client = server.client();
    let mut sweep = client.rows().page_size(10).windows(1);
    let (entries, errors) = swept(&mut sweep).await;
    // Page 5 begins at 45, which now is number 46: 46 follows upon 45, and was not missed.
    assert_eq!(moves(&errors), [45]);
    assert_eq!(entries.len(), 100 + 1);
    assert_eq!(sweep.end().expect("over").moved, 1);
}

#[tokio::test(start_paused = true)]
async fn what_comes_in_front_of_the_window_is_not_handed_out_twice() {
    for more in [1, 3, 9] {
        let server = Numbered::of(100).with(|inner| {
            inner.before = Box::new(move |request, numbers| {
                if request == 5 {
                    numbers.splice(0..0, 1_000..1_000 + more);
                }
            });
        });
        let client = server.client();
        let mut sweep = client.rows().page_size(10).windows(1);
        let (entries, errors) = swept(&mut sweep).await;
        assert_eq!(entries, numbers(0..100), "{more}");
        assert!(
            moves(&errors).iter().all(|position| *position == 45),
            "{errors:?}"
        );
        assert!(!sweep.end().expect("over").is_whole());
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_fails_ends_the_sweep_where_it_can_be_resumed() {
    for (windows, position) in [(1, 46), (16, 46)] {
        let server = Numbered::of(100).with(|inner| {
            inner.refuses = |target| {
                let broken = target == "/things?position=45&size=10";
                broken.then_some(StatusCode::BAD_GATEWAY)
            };
        });
        let client = server.client();
        let mut sweep = client.rows().page_size(10).windows(windows);
        let (mut entries, errors) = swept(&mut sweep).await;
        let [
            SweepError::Failed {
                position: at,
                error,
            },
        ] = &errors[..]
        else {
            panic!("{errors:?}");
        };
        assert_eq!(
            (*at, error.status()),
            (position, Some(StatusCode::BAD_GATEWAY))
        );
        assert!(
            errors[0]
                .to_string()
                .starts_with("at position 46: test thing_find")
        );
        assert_eq!(errors[0].position(), 46);
        assert_eq!(sweep.end().expect("over").failed, 1);
        assert!(sweep.next().await.is_none());

        server.look(|inner| inner.refuses = |_| None);
        let rest = client.rows().page_size(10).resume(*at);
        entries.extend(rest.collect().await.expect("the rest"));
        assert_eq!(entries, numbers(0..100));
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_page_may_fail_too() {
    let server = Numbered::of(100);
    let server = server.with(|inner| inner.refuses = |_| Some(StatusCode::FORBIDDEN));
    let client = server.client();
    let mut sweep = client.rows().windows(4);
    let (entries, errors) = swept(&mut sweep).await;
    assert!(entries.is_empty() && errors.len() == 1);
    assert_eq!((errors[0].position(), server.asked()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ignores_positions_is_found_out() {
    struct Same;

    impl Transport for Same {
        fn send(
            &self,
            _: Request<Body>,
        ) -> BoxFuture<'_, Result<Response<Chunks>, TransportError>> {
            let mut same = answer(StatusCode::OK, "[0, 1, 2]".to_owned());
            same.headers_mut().insert("x-total", 300.into());
            Box::pin(async { Ok(same) })
        }
    }
    let builder = builder_at("http://127.0.0.1").transport(Same);
    let client = builder.build().expect("a client");
    let (entries, errors) = swept(&mut client.rows().page_size(3).windows(4)).await;
    assert_eq!(entries, numbers(0..3));
    let [SweepError::Failed { position: 3, error }] = &errors[..] else {
        panic!("{errors:?}");
    };
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(error.to_string().contains("was there before"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_empty_page_before_the_total_is_an_error() {
    let server = Numbered::of(100).with(|inner| {
        inner.before = Box::new(|request, numbers| {
            if request == 3 {
                numbers.truncate(5);
            }
        });
        inner.total = true;
    });
    let client = server.client();
    let mut sweep = client.rows().page_size(10).windows(1);
    let (entries, errors) = swept(&mut sweep).await;
    assert_eq!(entries, numbers(0..28));
    assert_eq!(moves(&errors), [27]);
}

#[tokio::test(start_paused = true)]
async fn no_more_is_fetched_than_the_windows_hold() {
    let server = Numbered::of(1_000);
    let client = server.client();
    let mut sweep = client.rows().page_size(10).windows(4);
    sweep.next().await.expect("an item").expect("an entry");
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(server.asked(), 5);
    for _ in 0..10 {
        sweep.next().await.expect("an item").expect("an entry");
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(server.asked(), 6);
    drop(sweep);
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(server.asked(), 6);
}

#[tokio::test(start_paused = true)]
async fn details_are_bounded_and_what_vanished_is_counted() {
    for unordered in [false, true] {
        let server = Numbered::of(100).with(|inner| {
            inner.refuses = |target| match target {
                "/things/7" | "/things/50" => Some(StatusCode::NOT_FOUND),
                "/things/60" => Some(StatusCode::FORBIDDEN),
                _ => None,
            };
        });
        let client = server.client();
        let list = client.rows().page_size(10);
        let mut sweep = list.details(8, |number| client.get(number.0));
        if unordered {
            sweep = sweep.unordered();
        }
        let (mut entries, errors) = swept(&mut sweep).await;
        if unordered {
            entries.sort_by_key(|(number, _)| *number);
        }
        let expected: Vec<_> = (0..100).filter(|id| ![7, 50, 60].contains(id)).collect();
        let ids: Vec<_> = entries.iter().map(|(number, _)| number.0).collect();
        assert_eq!(ids, expected);
        assert!(
            entries
                .iter()
                .all(|(number, thing)| thing.id as u64 == number.0)
        );
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].position(), 60);
        let end = sweep.end().expect("over");
        assert_eq!((end.vanished, end.failed, end.moved), (2, 1, 0));
        assert!(!end.is_whole());
        // Eight details, and the page ahead.
        assert!(server.look(|inner| inner.most_in_flight) <= 9);
    }
}

#[tokio::test(start_paused = true)]
async fn details_end_with_what_is_wrong_with_the_list() {
    let server = Numbered::of(100).with(|inner| {
        inner.refuses = |target| {
            let broken = target == "/things?position=45&size=10";
            broken.then_some(StatusCode::BAD_GATEWAY)
        };
    });
    let client = server.client();
    let list = client.rows().page_size(10).windows(2);
    let mut sweep = list.details(8, |number| client.get(number.0));
    let (entries, errors) = swept(&mut sweep).await;
    assert_eq!((entries.len(), errors.len()), (46, 1));
    assert_eq!(errors[0].position(), 46);
    assert_eq!(sweep.end().expect("over").failed, 1);
}

#[tokio::test(start_paused = true)]
async fn one_sweep_goes_over_many_devices_and_the_parts_of_what_they_say() {
    let servers: Vec<_> = (1..=20).map(Numbered::of).collect();
    let clients: Vec<_> = servers.iter().map(Numbered::client).collect();
    let find = [("size", 100)];
    let mut sweep = Sweep::over(&clients)
        .details(5, |client| client.find::<[_]>(&find).replying::<Ids>())
        .each(|(client, ids)| ids.into_iter().map(move |id| (client, id)))
        .details(5, |(client, id)| client.get(*id));
    let started = Instant::now();
    let (entries, errors) = swept(&mut sweep).await;
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(entries.len(), (1..=20).sum::<usize>());
    assert!(started.elapsed() <= Duration::from_millis(20 * (210 / 5 + 20)));
}

type Ids = cert_core::client::Json<Vec<u64>>;

/// The reader never waits, but the request has left.
#[test]
fn a_reader_that_computes_has_the_next_page_on_its_way() {
    let serving = tokio::runtime::Builder::new_multi_thread();
    let serving = { serving }.worker_threads(1).enable_all().build();
    let serving = serving.expect("a runtime");
    let reply = Reply::json(200, "[0, 1]").header("x-total", "6");
    let server = serving.block_on(Server::start(move |_| reply.clone()));
    for multi_thread in [false, true] {
        let mut reading = match multi_thread {
            false => tokio::runtime::Builder::new_current_thread(),
            true => tokio::runtime::Builder::new_multi_thread(),
        };
        let reading = reading.worker_threads(1).enable_all().build();
        let client = crate::vendor::client(&server);
        let before = server.requests().len();
        reading.expect("a runtime").block_on(async {
            let mut list = client.list().prefetch();
            list.next().await.expect("an item").expect("an entry");
            let patience = std::time::Instant::now() + Duration::from_secs(5);
            while server.requests().len() < before + 2 {
                assert!(std::time::Instant::now() < patience, "{multi_thread}");
                std::thread::sleep(Duration::from_millis(5));
            }
        });
    }
}

#[cfg(feature = "stream")]
#[tokio::test(start_paused = true)]
async fn a_sweep_is_a_stream() {
    use futures_util::TryStreamExt as _;

    let server = Numbered::of(10);
    let client = server.client();
    let sweep = client.rows().windows(3);
    let all: Result<Vec<_>, SweepError> = sweep.try_collect().await;
    assert_eq!(all.expect("the list"), numbers(0..10));
}

#[test]
fn an_error_of_a_sweep_is_small() {
    assert!(size_of::<SweepError>() <= 2 * size_of::<u64>());
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
