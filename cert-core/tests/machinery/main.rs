//! The calling machinery against servers on sockets.

mod call;
mod certificates;
mod limits;
mod paths;
mod redirect;
mod reply;
mod request;
mod retry;
mod server;
mod tls;
mod vendor;
