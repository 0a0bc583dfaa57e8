mod organization;
