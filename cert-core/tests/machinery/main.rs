//! The calling machinery against servers on sockets.

mod auth_digest;
mod call;
mod certificates;
mod limits;
mod pages;
mod paths;
mod redaction;
mod redirect;
mod reply;
mod request;
mod retry;
mod server;
mod tls;
mod token;
mod vendor;
