mod organization;
mod person;
