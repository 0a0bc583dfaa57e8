//! An enrolment that is held against its profile before it is sent: every misfit is named, mended,
//! and the certificate ordered.
//! `cargo run -p examples --example sectigo_profile`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_core::{CertificateSigningRequest, Curve, DecodeError, KeyKind, PrivateKey};
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::custom_fields::NewCustomField;
use sectigo_scm::jiff::civil::date;
use sectigo_scm::profiles::{ProfileField, ProfileFilter};
use sectigo_scm::ssl::SslEnrollment;
use sectigo_scm::{
    AccessMethod, CertType, Client, Condition, Credentials, CustomField, CustomFieldDefinition,
    EnrollmentFlaw, InputType, Profile,
};

const ORGANIZATION: i64 = 9001;
const PROFILE: &str = "Emulated single use SSL";
const FIELD: &str = "End of project";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;
    demand_field(&scm).await?;

    let profile = profile(&scm).await?;
    let fields = scm.custom_fields().list_of(CertType::Ssl).await?;
    emulator.journal().clear();
    let enrollment = SslEnrollment::new(ORGANIZATION, profile.id, request(Curve::P384)?).term(365);
    let enrollment = mend(enrollment, &profile, &fields)?;
    assert!(
        emulator.journal().requests().is_empty(),
        "a check sends nothing"
    );

    profile.check(&enrollment, &fields)?;
    let order = scm.ssl().enroll(&enrollment).await?;
    writeln!(stdout(), "ordered: {}", order.id)?;
    Ok(())
}

/// From now on every SSL enrolment over REST needs a day.
async fn demand_field(scm: &Client) -> Result<(), sectigo_scm::Error> {
    let field = NewCustomField::new(FIELD, CertType::Ssl)
        .input(InputType::Date)
        .mandatory_for([AccessMethod::RestApi]);
    scm.custom_fields().create(&field).await?;
    Ok(())
}

async fn profile(scm: &Client) -> Result<Profile, Box<dyn Error>> {
    let filter = ProfileFilter::new().conditions([
        Condition::equals(ProfileField::Name, PROFILE),
        Condition::equals(ProfileField::Organization, ORGANIZATION),
    ]);
    let found = scm.profiles().list(&filter).next().await;
    let found = found.ok_or("no such profile")??;
    let details = scm.profiles().get(found.id).await?;
    Ok(Profile::from(&details))
}

/// The same enrolment with everything that does not fit replaced by what does.
fn mend(
    enrollment: SslEnrollment,
    profile: &Profile,
    fields: &[CustomFieldDefinition],
) -> Result<SslEnrollment, Box<dyn Error>> {
    let Err(unfit) = profile.check(&enrollment, fields) else {
        return Ok(enrollment);
    };
    writeln!(stdout(), "{unfit}")?;
    let is_key = |flaw: &EnrollmentFlaw| matches!(flaw, EnrollmentFlaw::Key { .. });
    let mended = match unfit.flaws.iter().any(is_key) {
        true => SslEnrollment::new(ORGANIZATION, profile.id, request(Curve::P256)?),
        false => enrollment,
    };
    unfit.flaws.iter().try_fold(mended, replace)
}

fn replace(
    enrollment: SslEnrollment,
    flaw: &EnrollmentFlaw,
) -> Result<SslEnrollment, Box<dyn Error>> {
    match flaw {
        EnrollmentFlaw::Term { offered, .. } => {
            let longest = offered.iter().max().ok_or("a profile without terms")?;
            Ok(enrollment.term(*longest))
        }
        EnrollmentFlaw::MissingField { name } if name == FIELD => {
            Ok(enrollment.custom_fields([CustomField::day(FIELD, date(2027, 3, 31))]))
        }
        EnrollmentFlaw::Key { .. } => Ok(enrollment),
        other => Err(other.to_string().into()),
    }
}

fn request(curve: Curve) -> Result<CertificateSigningRequest, DecodeError> {
    let key = PrivateKey::generate(&KeyKind::Ec(curve))?;
    CertificateSigningRequest::builder()
        .subject("CN=www.example.com")
        .sign(&key)
}
