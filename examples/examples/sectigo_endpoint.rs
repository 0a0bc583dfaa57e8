//! A web form for SSL certificates with an account, from new to open to applicants to gone.
//! `cargo run -p examples --example sectigo_endpoint`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::endpoints::{
    AccountAuth, EndpointFilter, EndpointType, EndpointUpdate, NewEndpoint, NewSslAccount,
    SslAccountUpdate, SslCsrGeneration, WebFormAuthType, WebFormConfig, WebFormType,
};
use sectigo_scm::{Client, Credentials, EndpointId, OrganizationId, ProfileId};

const EXTENSION: &str = "web-servers";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;

    let form = create(&scm).await?;
    let shown = show(&scm, form).await?;
    assert!(shown[0].ends_with("/ssl/web-servers"), "{}", shown[0]);
    assert_eq!(
        shown[1..],
        [
            "for Example Research",
            "account Web servers: by ACCESS_CODE"
        ]
    );

    change(&scm, form).await?;
    let shown = show(&scm, form).await?;
    let expected = [
        "for Example Research",
        "for Example Corp",
        "account All web servers: by NONE",
    ];
    assert_eq!(shown[1..], expected);

    scm.endpoints().delete(form).await?;
    let filter = EndpointFilter::new().uri_extension(EXTENSION);
    let left = scm.endpoints().list(&filter).collect().await?;
    assert_eq!(left, []);
    writeln!(stdout(), "deleted")?;
    Ok(())
}

/// The form, and an account whose applicants know a code and bring their own requests.
async fn create(scm: &Client) -> Result<EndpointId, sectigo_scm::Error> {
    let config = WebFormConfig::new()
        .help("Ask the help desk for the access code.")
        .auth_types([WebFormAuthType::EmailConfirmation]);
    let form = NewEndpoint::new("Web servers", WebFormType::Ssl, EXTENSION, config)
        .organizations([OrganizationId::from(9002)]);
    let form = scm.endpoints().create(&form).await?;
    let (csr, auth) = (
        SslCsrGeneration::Provided,
        AccountAuth::access_code("a code"),
    );
    let profiles = [ProfileId::from(5101)];
    let account = NewSslAccount::new("Web servers", 9002, profiles, csr, auth);
    scm.endpoints().create_account(form, &account).await?;
    Ok(form)
}

/// A second organization, a name, and no code any more: requests are approved by themselves.
async fn change(scm: &Client, form: EndpointId) -> Result<(), sectigo_scm::Error> {
    let organizations = [OrganizationId::from(9001)];
    scm.endpoints().delegate(form, &organizations).await?;
    let update = EndpointUpdate::new().name("All web servers");
    scm.endpoints().update(form, &update).await?;
    let update = SslAccountUpdate::new()
        .name("All web servers")
        .auth(AccountAuth::Open)
        .auto_approve(true);
    for account in scm.endpoints().list_accounts(form).collect().await? {
        let endpoints = scm.endpoints();
        endpoints.update_account(form, account.id, &update).await?;
    }
    Ok(())
}

/// Prints where applicants go, who may use the form, and how its accounts let applicants in.
async fn show(scm: &Client, form: EndpointId) -> Result<Vec<String>, Box<dyn Error>> {
    let known = scm.endpoints().get(form).await?;
    assert_eq!(known.kind, Some(EndpointType::SslWebForm));
    let mut lines = vec![known.url.ok_or("a form without an address")?];
    for organization in known.organizations {
        let name = organization.name.ok_or("an organization without a name")?;
        lines.push(format!("for {name}"));
    }
    for account in scm.endpoints().list_accounts(form).collect().await? {
        let account = scm.endpoints().account(form, account.id).await?;
        let name = account.name.ok_or("an account without a name")?;
        let auth = account.auth_method.ok_or("an account without a way in")?;
        lines.push(format!("account {name}: by {auth}"));
    }
    for line in &lines {
        writeln!(stdout(), "{line}")?;
    }
    Ok(lines)
}
