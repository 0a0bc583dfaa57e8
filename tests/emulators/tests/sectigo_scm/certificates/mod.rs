mod code_signing_requests;
mod collect;
mod device;
mod imports;
mod revocations;
mod smime;
mod ssl;
