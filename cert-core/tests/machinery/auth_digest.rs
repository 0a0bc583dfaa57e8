//! Digest authentication against a server that checks it by RFC 7616 itself.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Mutex;

use cert_core::client::{Digest, ErrorKind, Multipart};
use http::{HeaderValue, header};
use sha2::Digest as _;

use crate::reply::Reply;
use crate::request::Request;
use crate::server::Server;
use crate::vendor::{Client, client_with};

const USER: &str = "ad\"min";
const PASSWORD: &str = "Circle \"of\" Lüfe";

fn hash(algorithm: &str, text: &[u8]) -> String {
    let octets = match algorithm.trim_end_matches("-sess") {
        "SHA-512-256" => sha2::Sha512_256::digest(text).to_vec(),
        "SHA-256" => sha2::Sha256::digest(text).to_vec(),
        _ => md5::Md5::digest(text).to_vec(),
    };
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").expect("a string");
        text
    })
}

/// The fields of an `Authorization`, unquoted.
fn fields(authorization: &str) -> HashMap<&str, String> {
    let fields = authorization.strip_prefix("Digest ").expect("a Digest");
    let (mut quoted, mut escaped) = (false, false);
    let fields = fields.split(|character| {
        quoted ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        character == ',' && !quoted
    });
    let fields = fields.map(|field| {
        let (name, value) = field.trim_start().split_once('=').expect("a field");
        let quoted = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        (name, quoted.unwrap_or(value).replace("\\\"", "\""))
    });
    fields.collect()
}

/// Whether the answer is right, by the fields that came with it and the facts of the request.
fn is_right(request: &Request, fields: &HashMap<&str, String>) -> bool {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let algorithm = fields.get("algorithm").map_or("MD5", String::as_str);
    let hash = |text: &str| hash(algorithm, text.as_bytes());
    let (nonce, client_nonce, quality) = (field("nonce"), field("cnonce"), field("qop"));
    let mut secret = hash(&format!("{USER}:{}:{PASSWORD}", field("realm")));
    if algorithm.ends_with("-sess") {
        secret = hash(&format!("{secret}:{nonce}:{client_nonce}"));
    }
    let mut subject = format!("{}:{}", request.method(), request.target());
    if quality == "auth-int" {
        subject += &format!(":{}", hash(request.text()));
    }
    let middle = match quality {
        "" => nonce.to_owned(),
        _ => format!("{nonce}:{}:{client_nonce}:{quality}", field("nc")),
    };
    field("uri") == request.target()
        && field("username") == USER
        && field("response") == hash(&format!("{secret}:{middle}:{}", hash(&subject)))
}

/// Lets nobody in without an answer to `challenge`, whose nonce is `n0nce`.
fn gate(challenge: &str) -> impl Fn(&Request) -> Reply + Send + Sync + use<> {
    let refusal = Reply::new(401).header("www-authenticate", challenge);
    move |request| {
        let Some(authorization) = request.header("authorization") else {
            return refusal.clone();
        };
        let fields = fields(authorization);
        let opaque = fields.get("opaque").is_none_or(|opaque| opaque == "0paque");
        if fields["nonce"] == "n0nce" && opaque && is_right(request, &fields) {
            return Reply::thing();
        }
        refusal.clone()
    }
}

fn client(server: &Server) -> Client {
    client_with(server, Digest::new(USER, PASSWORD))
}

fn field(request: &Request, name: &str) -> Option<String> {
    fields(request.header("authorization")?).remove(name)
}

#[tokio::test]
async fn every_algorithm_and_quality_is_answered() {
    let algorithms = [
        "",
        ", algorithm=MD5",
        ", algorithm=SHA-256",
        ", algorithm=SHA-512-256",
        ", algorithm=\"MD5\"",
    ];
    let sessions = [
        ", algorithm=MD5-sess",
        ", algorithm=SHA-256-sess",
        ", algorithm=SHA-512-256-sess",
    ];
    let qualities = [
        "",
        ", qop=\"auth\"",
        ", qop=auth-int",
        ", qop=\"auth-int, auth\"",
    ];
    for algorithm in algorithms.iter().chain(&sessions) {
        for quality in qualities {
            let challenge = format!(
                "Digest realm=\"the \\\"realm\\\", all of it\", nonce=\"n0nce\"{algorithm}{quality}"
            );
            let server = Server::start(gate(&challenge)).await;
            client(&server).create("a b").await.expect(&challenge);
            assert_eq!(server.requests().len(), 2, "{challenge}");
        }
    }
}

#[tokio::test]
async fn what_the_server_handed_out_comes_back() {
    let challenge = "DIGEST Realm=\"r\" , QOP=\"auth,auth-int\",nonce=\"n0nce\", opaque=\"0paque\", \
                     algorithm=sha-256-SESS";
    let server = Server::start(|request| match request.number {
        0 => Reply::new(401).header("www-authenticate", challenge),
        _ => Reply::thing(),
    })
    .await;
    client(&server)
        .find(&[("name", "a b")])
        .raw()
        .await
        .expect("an answer");
    let request = server.requests().remove(1);
    assert_eq!(field(&request, "opaque").as_deref(), Some("0paque"));
    assert_eq!(
        field(&request, "algorithm").as_deref(),
        Some("sha-256-SESS")
    );
    assert_eq!(field(&request, "qop").as_deref(), Some("auth"));
    assert_eq!(field(&request, "nc").as_deref(), Some("00000001"));
    assert_eq!(
        field(&request, "uri").as_deref(),
        Some("/things?name=a%20b")
    );
    let raw = request
        .header("authorization")
        .expect("an answer")
        .to_owned();
    // RFC 7616 section 3.4: these are not quoted.
    assert!(
        raw.contains("qop=auth,") && raw.contains("nc=00000001,"),
        "{raw}"
    );
}

#[tokio::test]
async fn the_best_of_several_challenges_is_answered() {
    let md5 = "Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\", algorithm=MD5";
    let sha256 = "Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\", algorithm=SHA-256";
    let unknown = "Digest realm=\"r\", nonce=\"x\", qop=\"auth\", algorithm=SHA-1";
    let offers = [
        vec!["Basic realm=\"a, b\"", md5, sha256],
        vec![unknown, sha256, md5, "Negotiate"],
        vec!["Negotiate TlRMTVNTUA==", "Basic realm=x", unknown, md5],
    ];
    for offers in offers {
        for apart in [true, false] {
            let joined = offers.join(", ");
            let headers = if apart {
                offers.clone()
            } else {
                vec![joined.as_str()]
            };
            let refusal = headers.iter().fold(Reply::new(401), |reply, offer| {
                reply.header("www-authenticate", offer)
            });
            let gate = gate(md5);
            let server = Server::start(move |request| match request.number {
                0 => refusal.clone(),
                _ => gate(request),
            })
            .await;
            client(&server).get(5).await.expect(&joined);
            let best = if offers.contains(&sha256) {
                "SHA-256"
            } else {
                "MD5"
            };
            let request = server.requests().remove(1);
            assert_eq!(
                field(&request, "algorithm").as_deref(),
                Some(best),
                "{joined}"
            );
        }
    }
}

#[tokio::test]
async fn basic_alone_is_answered_only_where_allowed() {
    let refusal = Reply::new(401).header("www-authenticate", "Basic realm=\"r\"");
    let server = Server::start(move |request| match request.header("authorization") {
        Some("Basic YWRtaW46aHVudGVyMg==") => Reply::thing(),
        _ => refusal.clone(),
    })
    .await;
    let digest = || Digest::new("admin", "hunter2");
    let error = client_with(&server, digest())
        .get(5)
        .await
        .expect_err("no Digest");
    assert_eq!(error.status(), Some(http::StatusCode::UNAUTHORIZED));
    assert!(server.request().header("authorization").is_none());

    let either = client_with(&server, digest().or_basic().expect("a user name"));
    either.get(5).await.expect("a thing");
    either.get(5).await.expect("a thing");
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_nonce_is_used_on_and_counted() {
    let server = Server::start(gate("Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\"")).await;
    let client = client(&server);
    for _ in 0..3 {
        client.get(5).await.expect("a thing");
    }
    let requests = server.requests();
    let counts: Vec<_> = requests
        .iter()
        .map(|request| field(request, "nc"))
        .collect();
    let count = |count: &str| Some(count.to_owned());
    assert_eq!(
        counts,
        [
            None,
            count("00000001"),
            count("00000002"),
            count("00000003")
        ]
    );
    let nonces: Vec<_> = requests[1..]
        .iter()
        .map(|request| field(request, "cnonce"))
        .collect();
    assert!(nonces[0] != nonces[1] && nonces[1] != nonces[2]);
}

/// Hands out a new nonce for each request, and takes only the last one, once.
fn one_time(stale: &'static str) -> impl Fn(&Request) -> Reply + Send + Sync {
    let nonce = Mutex::new(String::new());
    move |request| {
        let mut nonce = nonce.lock().expect("no panic");
        let taken = std::mem::replace(&mut *nonce, format!("n{}", request.number));
        if field(request, "nonce") == Some(taken) {
            assert_eq!(field(request, "nc").as_deref(), Some("00000001"));
            return Reply::thing();
        }
        let challenge = format!("Digest realm=\"r\", nonce=\"{nonce}\", qop=\"auth\"{stale}");
        Reply::new(401).header("www-authenticate", &challenge)
    }
}

#[tokio::test]
async fn an_aged_nonce_is_replaced_and_the_request_made_again() {
    for stale in [", stale=true", ", stale=TRUE", ""] {
        let server = Server::start(one_time(stale)).await;
        let client = client(&server);
        for call in 1..4 {
            client.create("door").await.expect("a thing");
            assert_eq!(server.requests().len(), 2 * call, "{stale}");
        }
    }
}

#[tokio::test]
async fn a_challenged_upload_is_sent_again_whole() {
    let server = Server::start(gate(
        "Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth-int\"",
    ))
    .await;
    let form =
        Multipart::new()
            .text("id", "5")
            .file("f", "a.pem", "text/plain", "x".repeat(50_000));
    client(&server).upload(form).await.expect("uploaded");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests[0].body.len() > 50_000);
    assert_eq!(requests[0].body, requests[1].body);
    assert_eq!(
        requests[0].header("content-type"),
        requests[1].header("content-type")
    );
}

#[tokio::test]
async fn a_wrong_password_is_tried_once_per_call() {
    for challenge in [
        "Digest realm=\"r\", nonce=\"n0nce\"",
        "Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\"",
    ] {
        let server = Server::start(gate(challenge)).await;
        let client = client_with(&server, Digest::new(USER, "wrong"));
        let error = client.get(5).await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert_eq!(error.status(), Some(http::StatusCode::UNAUTHORIZED));
        assert_eq!((error.attempts(), server.requests().len()), (2, 2));
        assert!(!error.is_transient() && !error.may_have_run());
        let error = client.create("door").await.expect_err("refused");
        assert!(error.attempts() <= 2 && server.requests().len() <= 4);
    }
}

#[tokio::test]
async fn a_wrong_password_with_ever_new_nonces_ends_too() {
    let server = Server::start(|request| {
        let nonce = format!(
            "Digest realm=\"r\", nonce=\"{}\", stale=true",
            request.number
        );
        Reply::new(401).header("www-authenticate", &nonce)
    })
    .await;
    let error = client(&server).get(5).await.expect_err("refused");
    assert_eq!((error.attempts(), server.requests().len()), (5, 5));
}

#[tokio::test]
async fn calls_at_the_same_time_share_the_nonce() {
    let server = Server::start(gate("Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\"")).await;
    let client = client(&server);
    let calls: Vec<_> = (0..20)
        .map(|id| tokio::spawn(client.get(id).send()))
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("a thing");
    }
    let mut counts: Vec<_> = server
        .requests()
        .iter()
        .filter_map(|r| field(r, "nc"))
        .collect();
    counts.sort();
    let expected: Vec<_> = (1..=20).map(|count| format!("{count:08x}")).collect();
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn what_cannot_be_answered_is_a_refusal() {
    for offer in [
        "Digest realm=\"r\"",
        "Digest nonce=n, realm=r, qop=\"token\"",
        "Digest",
        ",=,",
    ] {
        let server = Server::answering([Reply::new(401).header("www-authenticate", offer)]).await;
        let error = client(&server).get(5).await.expect_err("refused");
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Refused, 1),
            "{offer}"
        );
    }
}

#[tokio::test]
async fn an_authorization_of_the_users_own_does_not_stay_beside_it() {
    let server = Server::start(gate("Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\"")).await;
    let client = client(&server);
    client.get(5).await.expect("a thing");
    let call = client
        .get(5)
        .header(header::AUTHORIZATION, HeaderValue::from_static("Bearer x"));
    call.await.expect("a thing");
    assert_eq!(server.requests()[2].headers("authorization").len(), 1);
}

/// Takes each nonce that it handed out once, whoever shows it and however late.
fn once_each(stale: &'static str) -> impl Fn(&Request) -> Reply + Send + Sync {
    let handed_out = Mutex::new(HashSet::new());
    move |request| {
        let mut handed_out = handed_out.lock().expect("no panic");
        if let Some(authorization) = request.header("authorization") {
            let fields = fields(authorization);
            if is_right(request, &fields) && handed_out.remove(&fields["nonce"]) {
                return Reply::thing();
            }
        }
        let nonce = format!("n{}", request.number);
        let challenge = format!("Digest realm=\"r\", nonce=\"{nonce}\", qop=\"auth\"{stale}");
        handed_out.insert(nonce);
        Reply::new(401).header("www-authenticate", &challenge)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_callers_get_in_where_a_nonce_is_good_for_one_use() {
    for stale in [", stale=true", ""] {
        let server = Server::start(once_each(stale)).await;
        let client = client(&server);
        for _ in 0..10 {
            let calls: Vec<_> = (0..8)
                .map(|id| tokio::spawn(client.create(&format!("door {id}")).send()))
                .collect();
            for call in calls {
                call.await.expect("no panic").expect("a thing");
            }
        }
        // Once with an old nonce or none, and once with the call's own.
        assert!(
            server.requests().len() <= 160,
            "{}",
            server.requests().len()
        );
    }
}

#[tokio::test]
async fn a_call_overtaken_by_a_newer_nonce_answers_its_own_challenge() {
    let server = Server::start(|request| match request.number {
        0 => Reply::new(401)
            .header("www-authenticate", "Digest realm=r, nonce=early, qop=auth")
            .held_until(3),
        1 => Reply::new(401).header("www-authenticate", "Digest realm=r, nonce=late, qop=auth"),
        _ => Reply::thing(),
    })
    .await;
    let client = client(&server);
    let overtaken = tokio::spawn(client.get(1).send());
    server.heard(1).await;
    client.get(2).await.expect("a thing");
    overtaken.await.expect("no panic").expect("a thing");
    client.get(3).await.expect("a thing");
    let requests = server.requests();
    let nonces: Vec<_> = requests.iter().map(|r| field(r, "nonce")).collect();
    let nonce = |nonce: &str| Some(nonce.to_owned());
    assert_eq!(nonces[..2], [None, None]);
    assert_eq!(nonces[2..4], [nonce("late"), nonce("early")]);
    assert!(nonces[4].is_some());
}

#[tokio::test]
async fn a_nonce_that_ages_again_and_again_is_met_four_times() {
    for (aged, let_in) in [(3, true), (4, false)] {
        let server = Server::start(move |request| {
            if request.number > aged {
                return Reply::thing();
            }
            let nonce = request.number;
            let challenge = format!("Digest realm=r, nonce=n{nonce}, qop=auth, stale=true");
            Reply::new(401).header("www-authenticate", &challenge)
        })
        .await;
        assert_eq!(client(&server).create("door").await.is_ok(), let_in);
        assert_eq!(server.requests().len(), 5);
    }
}

#[tokio::test]
async fn a_wrong_password_is_one_failed_sign_in_a_call() {
    for challenge in [
        "Digest realm=\"r\", nonce=\"n0nce\"",
        "Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\"",
    ] {
        let server = Server::start(gate(challenge)).await;
        let client = client_with(&server, Digest::new(USER, "wrong"));
        for call in 1..4 {
            client.get(5).await.expect_err("refused");
            let signed = server.requests();
            let signed = signed
                .iter()
                .filter(|r| r.header("authorization").is_some());
            assert_eq!(signed.count(), call, "{challenge}");
        }
    }
}

#[tokio::test]
async fn what_was_accepted_is_not_fallen_behind() {
    let strong = "Digest realm=r, nonce=n1, qop=auth, algorithm=SHA-256";
    for weak in [
        "Digest realm=r, nonce=n2, qop=auth, algorithm=MD5, stale=true",
        "Digest realm=r, nonce=n2, qop=auth, stale=true",
        "Basic realm=r",
    ] {
        let server = Server::start(move |request| match request.number {
            0 => Reply::new(401).header("www-authenticate", strong),
            1 => Reply::thing(),
            _ => Reply::new(401).header("www-authenticate", weak),
        })
        .await;
        let digest = Digest::new("admin", "hunter2").or_basic();
        let client = client_with(&server, digest.expect("a user name"));
        client.get(5).await.expect("a thing");
        let error = client.get(5).await.expect_err("weaker");
        assert_eq!(error.kind(), ErrorKind::SignIn);
        assert!(error.to_string().contains("weaker"), "{error}");
        assert!(!error.is_transient() && !error.may_have_run());
        // The last request was signed with what was known before, and nothing was sent after it.
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "{weak}");
        assert_eq!(field(&requests[2], "algorithm").as_deref(), Some("SHA-256"));
    }
}

#[tokio::test]
async fn one_strong_algorithm_may_follow_another() {
    let server = Server::start(|request| {
        let algorithm = ["SHA-256", "SHA-512-256"][usize::from(request.number > 1)];
        let challenge = format!("Digest realm=r, nonce=n{algorithm}, algorithm={algorithm}");
        match field(request, "algorithm").as_deref() {
            Some(used) if used == algorithm => Reply::thing(),
            _ => Reply::new(401).header("www-authenticate", &challenge),
        }
    })
    .await;
    let client = client(&server);
    client.get(5).await.expect("a thing");
    client.get(5).await.expect("a thing");
    assert_eq!(server.requests().len(), 4);
}
