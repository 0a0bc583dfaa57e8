//! The calling machinery against servers on sockets.

mod call;
mod redirect;
mod reply;
mod request;
mod retry;
mod server;
mod vendor;
