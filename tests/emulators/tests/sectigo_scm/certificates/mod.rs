mod collect;
mod device;
mod imports;
mod revocations;
mod smime;
mod ssl;
