//! An organization with a department, a domain delegated to it and a person, as planned: what is
//! missing is created, what is there is left alone.
//! `cargo run -p examples --example sectigo_organization`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::domains::{Delegation, DomainCertType, DomainFilter, NewDomain};
use sectigo_scm::organizations::{KeyRecovery, NewDepartment, NewOrganization};
use sectigo_scm::persons::{NewPerson, PersonFilter, PersonValidationType};
use sectigo_scm::{Client, Credentials, OrganizationId};

const ORGANIZATION: &str = "Analytical Engines";
const DEPARTMENT: &str = "Research";
const DOMAIN: &str = "engines.example";
const EMAIL: &str = "ada@example.com";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;

    let first = carry_out(&scm).await?;
    show(&scm).await?;
    writeln!(stdout(), "{first} changes")?;
    emulator.journal().clear();
    let second = carry_out(&scm).await?;
    writeln!(stdout(), "{second} changes")?;

    let asked = emulator.journal().requests();
    let changing = asked.iter().filter(|seen| seen.request.method != "GET");
    assert_eq!((first, second, changing.count()), (4, 0, 0));
    assert!(!asked.is_empty(), "the second time looks, too");
    Ok(())
}

/// Creates what the plan has and the account has not; tells how many things that were.
async fn carry_out(scm: &Client) -> Result<usize, sectigo_scm::Error> {
    let (organization, created) = organization(scm).await?;
    let (department, created_in_it) = department(scm, organization).await?;
    let delegated = domain(scm, organization, department).await?;
    Ok(created + created_in_it + delegated + person(scm, department).await?)
}

async fn organization(scm: &Client) -> Result<(OrganizationId, usize), sectigo_scm::Error> {
    let all = scm.organizations().list().await?;
    let mut planned = all.iter();
    if let Some(there) = planned.find(|listed| listed.name.as_deref() == Some(ORGANIZATION)) {
        return Ok((there.id, 0));
    }
    let organization = NewOrganization::new(ORGANIZATION, "1 Dorset Street", "GB", recovery())
        .city("London")
        .contact_emails("pki@example.com");
    Ok((scm.organizations().create(&organization).await?, 1))
}

async fn department(
    scm: &Client,
    organization: OrganizationId,
) -> Result<(OrganizationId, usize), sectigo_scm::Error> {
    let organization = scm.organizations().get(organization).await?;
    let mut departments = organization.departments.iter();
    if let Some(there) = departments.find(|listed| listed.name.as_deref() == Some(DEPARTMENT)) {
        return Ok((there.id, 0));
    }
    let department = NewDepartment::new(
        ORGANIZATION,
        DEPARTMENT,
        "1 Dorset Street",
        "GB",
        recovery(),
    )
    .city("London");
    let id = scm.organizations().create_department(&department).await?;
    Ok((id, 1))
}

/// The domain, delegated to the department and to the organization above it.
async fn domain(
    scm: &Client,
    organization: OrganizationId,
    department: OrganizationId,
) -> Result<usize, sectigo_scm::Error> {
    let filter = DomainFilter::new().name(DOMAIN).organization(department);
    let listed = scm.domains().list(&filter).collect().await?;
    if listed
        .iter()
        .any(|found| found.name.as_deref() == Some(DOMAIN))
    {
        return Ok(0);
    }
    let delegations =
        [organization, department].map(|id| Delegation::new(id, [DomainCertType::Ssl]));
    scm.domains()
        .create(&NewDomain::new(DOMAIN, delegations))
        .await?;
    Ok(1)
}

async fn person(scm: &Client, department: OrganizationId) -> Result<usize, sectigo_scm::Error> {
    match scm.persons().find_by_email(EMAIL).await {
        Ok(_) => Ok(0),
        Err(error) if error.is_not_found() => {
            let standard = PersonValidationType::Standard;
            let person = NewPerson::new(department, EMAIL, "Ada", "Lovelace", standard);
            scm.persons().create(&person).await?;
            Ok(1)
        }
        Err(error) => Err(error),
    }
}

fn recovery() -> KeyRecovery {
    KeyRecovery::new().by_master_admins(true)
}

/// The planned organization as a tree.
async fn show(scm: &Client) -> Result<(), Box<dyn Error>> {
    let all = scm.organizations().list().await?;
    for organization in all
        .into_iter()
        .filter(|listed| listed.name.as_deref() == Some(ORGANIZATION))
    {
        writeln!(stdout(), "{ORGANIZATION} ({})", organization.id)?;
        for department in organization.departments {
            let name = department
                .name
                .unwrap_or_else(|| "without a name".to_owned());
            writeln!(stdout(), "└─ {name} ({})", department.id)?;
            show_domains(scm, department.id).await?;
            show_persons(scm, department.id).await?;
        }
    }
    Ok(())
}

async fn show_domains(scm: &Client, department: OrganizationId) -> Result<(), Box<dyn Error>> {
    let filter = DomainFilter::new().organization(department);
    for domain in scm.domains().list(&filter).collect().await? {
        let name = domain.name.ok_or("a domain without a name")?;
        writeln!(stdout(), "   ├─ {name} ({})", domain.id)?;
    }
    Ok(())
}

async fn show_persons(scm: &Client, department: OrganizationId) -> Result<(), Box<dyn Error>> {
    let filter = PersonFilter::new().organization(department);
    for person in scm.persons().list(&filter).collect().await? {
        let names = [person.first_name, person.last_name, person.email];
        let names: Vec<_> = names.into_iter().flatten().collect();
        writeln!(stdout(), "   └─ {} ({})", names.join(" "), person.id)?;
    }
    Ok(())
}
