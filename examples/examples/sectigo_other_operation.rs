//! An operation that the crate does not have, of another API of the vendor: declared in two
//! lines, signed in with OAuth 2.0 client credentials, typed, retried and reported like any other.
//! `cargo run -p examples --example sectigo_other_operation`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_core::client::{ClientCredentials, Json, Op};
use sectigo_scm::{Client, Credentials};
use serde_json::json;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

static CREATE_ACCOUNT: Op = Op::post(
    "admin_operations_create",
    "/api/admin/v2/{customer}/accounts",
);

cert_core::request! {
    /// Account to be made.
    struct NewAccount(
        /// Login of the account.
        #[length(1..=64)]
        login: String,
    ) {
        /// Password of the account.
        #[secret(8..=64)]
        password: cert_core::Secret,
    }
}

cert_core::response! {
    /// Account that was made.
    struct Account {
        id: i64,
        login: Option<String>,
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = vendor().await;
    let oauth = ClientCredentials::new(&format!("{}/token", server.uri()), "client-1", "s3cret")?;
    // The crate's own credentials stand in the builder; the way of signing in replaces them.
    let unused = Credentials::password("", "", "");
    let scm = Client::builder(server.uri(), unused)
        .auth(oauth.scope("accounts").into_auth())
        .build()?;

    let account = NewAccount::new("ada").password("correct horse");
    let call = scm.call::<Json<Account>>(&CREATE_ACCOUNT).path("cst1");
    let made = call.query(&[("notify", false)]).json(&account).await?;
    writeln!(stdout(), "account {} is {:?}", made.id, made.login)?;

    let call = scm.call::<Json<Account>>(&CREATE_ACCOUNT).path("cst1");
    let error = call.json(&account.password("short")).send().await;
    let error = error.expect_err("refused before it is sent");
    writeln!(stdout(), "{error}")?;
    Ok(())
}

/// In the place of the vendor's servers.
async fn vendor() -> MockServer {
    let server = MockServer::start().await;
    let token = json!({"access_token": "t0ken", "token_type": "Bearer", "expires_in": 600});
    Mock::given(path("/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(token))
        .mount(&server)
        .await;
    let made = json!({"id": "17", "login": "ada"});
    Mock::given(method("POST"))
        .and(path("/api/admin/v2/cst1/accounts"))
        .and(header("authorization", "Bearer t0ken"))
        .respond_with(ResponseTemplate::new(201).set_body_json(made))
        .mount(&server)
        .await;
    server
}
