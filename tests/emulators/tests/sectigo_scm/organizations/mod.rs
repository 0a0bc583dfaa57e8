mod org_validation;
mod organization;
mod person;
