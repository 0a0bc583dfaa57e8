mod collect;
mod device;
mod imports;
mod smime;
mod ssl;
