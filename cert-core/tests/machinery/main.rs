//! The calling machinery against servers on sockets.

mod auth_digest;
mod call;
mod cancel;
mod certificates;
mod external;
#[cfg(feature = "http2")]
mod first;
mod limits;
mod own_parts;
mod pace;
mod pages;
mod paths;
mod proxies;
mod redaction;
mod redirect;
mod reply;
mod request;
mod retry;
mod rows;
mod server;
#[cfg(feature = "tracing")]
mod spans;
mod sweep;
mod tls;
mod token;
mod told;
mod vendor;
