use cert_core::Time;
use contract::{Exchange, Fields, Suite};
use sectigo_scm::organization_validations::{
    AssignmentChange, BusinessCategory, ContractSigner, EvDetails, ExternalAssignment,
    GeneralDetails, OrganizationDetails, RegistrationAgency, ValidationLevel,
    ValidationResubmission, ValidationSubmission,
};
use sectigo_scm::{AdminId, CaBackendId, Client, OrganizationId, OrganizationValidationId};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 4] = [
    "org_validation_list [].id",
    "org_validation_get id",
    "org_validation_resubmit id",
    "org_validation_sync id",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    assigning(submitting(reading(suite))).mandatory(MANDATORY)
}

fn organization(exchange: &Exchange) -> OrganizationId {
    exchange.path("orgId")
}

fn validation(exchange: &Exchange) -> OrganizationValidationId {
    exchange.path("validationId")
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("org_validation_list", |scm: &Client, x| {
            scm.organization_validations().list(organization(x))
        })
        .case("org_validation_get", |scm: &Client, x| {
            scm.organization_validations()
                .get(organization(x), validation(x))
        })
        .case("org_validation_sync", |scm: &Client, x| {
            scm.organization_validations()
                .sync(organization(x), validation(x))
        })
        .case("org_validation_reset", |scm: &Client, x| {
            scm.organization_validations()
                .reset(organization(x), validation(x))
        })
}

fn submitting(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("org_validation_submit", |scm: &Client, x| {
            scm.organization_validations()
                .submit(organization(x), &submission(&x.body()))
        })
        .case("org_validation_resubmit", |scm: &Client, x| {
            let body = x.body();
            let resubmission = body
                .fill(ValidationResubmission::new())
                .add(
                    body.object("organizationDetails", |fields| details(&fields)),
                    ValidationResubmission::details,
                )
                .done();
            scm.organization_validations()
                .resubmit(organization(x), validation(x), &resubmission)
        })
        .case("org_validation_change_validator", |scm: &Client, x| {
            scm.organization_validations().change_validator(
                organization(x),
                validation(x),
                x.body().need::<AdminId>("adminId"),
            )
        })
}

fn assigning(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("org_validation_create_assignment", |scm: &Client, x| {
            scm.organization_validations()
                .create_assignment(organization(x), &assignment(&x.body()))
        })
        .case("org_validation_change_assignment", |scm: &Client, x| {
            let body = x.body();
            let change = body
                .fill(AssignmentChange::new())
                .set::<String>("externalOrgId", AssignmentChange::external_id)
                .set::<String>("externalOrgName", AssignmentChange::external_name)
                .done();
            scm.organization_validations().change_assignment(
                organization(x),
                validation(x),
                &change,
            )
        })
}

fn submission(body: &Fields<'_>) -> ValidationSubmission {
    let level: ValidationLevel = body.need("validationLevel");
    let details = body.object("organizationDetails", |fields| details(&fields));
    let submission = ValidationSubmission::new(
        level,
        body.need::<CaBackendId>("backendId"),
        details.expect("details"),
    );
    body.fill(submission)
        .set::<bool>("alternative", ValidationSubmission::secondary)
        .set::<bool>("overwriteIfExists", ValidationSubmission::overwrite)
        .done()
}

fn assignment(body: &Fields<'_>) -> ExternalAssignment {
    let level: ValidationLevel = body.need("validationLevel");
    body.fill(ExternalAssignment::new(level))
        .set::<CaBackendId>("caBackendId", ExternalAssignment::backend)
        .set::<String>("externalOrgId", ExternalAssignment::external_id)
        .set::<String>("externalOrgName", ExternalAssignment::external_name)
        .set::<bool>("alternative", ExternalAssignment::secondary)
        .set::<bool>("overwriteIfExists", ExternalAssignment::overwrite)
        .done()
}

fn details(fields: &Fields<'_>) -> OrganizationDetails {
    let general = fields.object("generalDetails", |fields| general(&fields));
    let details = OrganizationDetails::new(general.expect("general details"));
    fields
        .fill(details)
        .add(
            fields.object("evDetails", |fields| ev(&fields)),
            OrganizationDetails::ev,
        )
        .set::<String>(
            "organizationIdentifier",
            OrganizationDetails::organization_identifier,
        )
        .done()
}

fn general(fields: &Fields<'_>) -> GeneralDetails {
    let (name, country): (String, String) = (fields.need("legalName"), fields.need("country"));
    fields
        .fill(GeneralDetails::new(name, country))
        .set::<String>("assumedName", GeneralDetails::assumed_name)
        .set::<String>("address1", GeneralDetails::address1)
        .set::<String>("address2", GeneralDetails::address2)
        .set::<String>("address3", GeneralDetails::address3)
        .set::<String>("city", GeneralDetails::city)
        .set::<String>("stateProvince", GeneralDetails::state_or_province)
        .set::<String>("postalCode", GeneralDetails::postal_code)
        .done()
}

fn ev(fields: &Fields<'_>) -> EvDetails {
    fields
        .fill(EvDetails::new())
        .add(
            fields.object("registrationAgency", |fields| agency(&fields)),
            EvDetails::registration_agency,
        )
        .add(
            fields.object("contractSigner", |fields| signer(&fields)),
            EvDetails::contract_signer,
        )
        .done()
}

fn agency(fields: &Fields<'_>) -> RegistrationAgency {
    let agency = RegistrationAgency::new(fields.need::<String>("country"));
    fields
        .fill(agency)
        .set::<String>("dunAndBradstreetNumber", RegistrationAgency::duns_number)
        .set::<String>(
            "registrationNumber",
            RegistrationAgency::registration_number,
        )
        .set::<String>("city", RegistrationAgency::city)
        .set::<String>("state", RegistrationAgency::state_or_province)
        .set::<Time>("dateOfIncorporation", RegistrationAgency::incorporated)
        .set::<BusinessCategory>("businessCategory", RegistrationAgency::business_category)
        .done()
}

fn signer(fields: &Fields<'_>) -> ContractSigner {
    let (forename, surname): (String, String) = (fields.need("forename"), fields.need("surname"));
    let signer = ContractSigner::new(forename, surname, fields.need::<String>("email"));
    fields
        .fill(signer)
        .set::<String>("phoneNumber", ContractSigner::phone)
        .done()
}
