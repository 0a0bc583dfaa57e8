//! Proxies that the environment names. Each case is this program again, with variables of its
//! own.

use std::io::Write as _;
use std::process::Command;

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::builder_at;

/// Says to this program that it is the other one, and where it is to call.
const TARGET: &str = "CERT_CORE_TEST_TARGET";

const VARIABLES: [&str; 9] = [
    "REQUEST_METHOD",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// What the call to `target` came to in a process with these variables.
async fn called(target: &str, variables: &[(&'static str, &str)]) -> String {
    let program = std::env::current_exe().expect("a path");
    let mut command = Command::new(program);
    command.args([
        "--exact",
        "proxies::calling_with_the_environment",
        "--nocapture",
    ]);
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.env(TARGET, target);
    command.envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("no panic").expect("a process");
    let text = String::from_utf8(output.stdout).expect("text");
    let outcome = text.lines().find_map(|line| line.split_once("outcome: "));
    outcome.expect("an outcome").1.to_owned()
}

/// The other process: without a target there is nothing to call, and no such variable is set.
#[tokio::test]
async fn calling_with_the_environment() {
    let target = std::env::var(TARGET);
    let client = builder_at(target.as_deref().unwrap_or("http://127.0.0.1:9"));
    let outcome = match client.allow_plain_http().build() {
        Ok(client) => client.get(5).await.map(|thing| thing.id),
        Err(error) => Err(error),
    };
    match target {
        Ok(_) => writeln!(std::io::stdout(), "outcome: {outcome:?}").expect("a reader"),
        Err(_) => assert!(outcome.is_err(), "{outcome:?}"),
    }
}

async fn device_and_proxy() -> (Server, Server) {
    let device = Server::answering([Reply::thing()]).await;
    let proxy = Server::answering([Reply::thing()]).await;
    (device, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn loopback_never_goes_through_a_proxy() {
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        let (device, proxy) = device_and_proxy().await;
        let by_name = device.url().replace("127.0.0.1", "localhost");
        for target in [device.url(), &by_name] {
            let variables = [(name, proxy.url()), ("NO_PROXY", "vendor.example")];
            assert_eq!(called(target, &variables).await, "Ok(5)", "{name}");
        }
        assert_eq!((device.requests().len(), proxy.connections()), (2, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_hosts_do_unless_excepted() {
    let proxy = Server::answering([Reply::thing()]).await;
    let address = proxy.url().trim_start_matches("http://");
    let with_password = format!("http://user:hunter2@{address}/");
    for setting in [proxy.url(), address, &with_password] {
        for name in ["HTTP_PROXY", "ALL_PROXY"] {
            let outcome = called("http://device.invalid", &[(name, setting)]).await;
            assert_eq!(outcome, "Ok(5)", "{name}={setting}");
        }
    }
    let requests = proxy.requests();
    assert_eq!(requests.len(), 6);
    assert_eq!(requests[0].target(), "http://device.invalid/things/5");
    assert_eq!(
        requests[5].header("proxy-authorization"),
        Some("Basic dXNlcjpodW50ZXIy")
    );
    let excepted = [
        ("HTTP_PROXY", proxy.url()),
        ("NO_PROXY", "x.invalid, .device.invalid"),
    ];
    let outcome = called("http://device.invalid", &excepted).await;
    assert!(outcome.contains("NotSent"), "{outcome}");
    let of_cgi = [("HTTP_PROXY", proxy.url()), ("REQUEST_METHOD", "GET")];
    let outcome = called("http://device.invalid", &of_cgi).await;
    assert!(outcome.contains("NotSent"), "{outcome}");
    assert_eq!(proxy.requests().len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_cannot_be_used_is_an_error_that_names_the_variable() {
    for (name, setting) in [
        ("HTTPS_PROXY", "socks5://user:hunter2@proxy.invalid"),
        ("HTTP_PROXY", "http://user:hunter2@"),
        ("ALL_PROXY", "ftp://hunter2.invalid"),
        ("https_proxy", "proxy hunter2:80"),
        ("all_proxy", "http://hunter2:port"),
    ] {
        let outcome = called("http://127.0.0.1:9", &[(name, setting)]).await;
        assert!(
            outcome.contains("Argument") && outcome.contains(name),
            "{outcome}"
        );
        assert!(!outcome.contains("hunter2"), "{outcome}");
    }
}
