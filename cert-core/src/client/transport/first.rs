//! The first connection to a server: made once, as whether the server speaks HTTP/2 shows only
//! when it stands, and then one connection serves all calls.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::watch;
use tower_layer::Layer;
use tower_service::Service;

use super::BoxFuture;

/// How long after the handshake the connection may need until calls can use it.
const SETTLING: Duration = Duration::from_millis(20);

tokio::task_local! {
    /// The lead of the request that the task sends.
    static LEAD: Arc<Lead>;
}

/// The servers that were connected to, or are being.
#[derive(Clone, Default)]
pub(super) struct Firsts(Arc<RwLock<HashMap<Box<str>, Server>>>);

enum Server {
    Connecting(watch::Receiver<bool>),
    Known,
}

/// What a request to a server not yet known does.
enum Part {
    Lead(Arc<Lead>),
    Follow(watch::Receiver<bool>),
}

impl Firsts {
    /// Sends the first request to `server`; others wait until it has a connection, or none.
    pub(super) async fn send<T>(&self, server: &str, sending: impl Future<Output = T>) -> T {
        match self.part(server) {
            None => sending.await,
            Some(Part::Lead(lead)) => LEAD.scope(lead, sending).await,
            Some(Part::Follow(connected)) => {
                self.follow(server, connected).await;
                sending.await
            }
        }
    }

    /// Forgets all servers.
    pub(super) fn clear(&self) {
        self.change(HashMap::clear);
    }

    /// Whether calls to `server` need not wait for each other.
    pub(super) fn is_known(&self, server: &str) -> bool {
        let servers = self.0.read().unwrap_or_else(PoisonError::into_inner);
        matches!(servers.get(server), Some(Server::Known))
    }

    fn part(&self, server: &str) -> Option<Part> {
        self.change(|servers| match servers.get(server) {
            Some(Server::Known) => None,
            Some(Server::Connecting(connected)) => Some(Part::Follow(connected.clone())),
            None => {
                let (sender, connected) = watch::channel(false);
                servers.insert(server.into(), Server::Connecting(connected));
                Some(Part::Lead(Arc::new(Lead {
                    firsts: self.clone(),
                    server: server.into(),
                    connected: sender,
                })))
            }
        })
    }

    async fn follow(&self, server: &str, mut connected: watch::Receiver<bool>) {
        // An error says that the lead is over, for good or ill.
        if connected.wait_for(|connected| *connected).await.is_err() {
            return;
        }
        let over = connected.wait_for(|connected| !*connected);
        if tokio::time::timeout(SETTLING, over).await.is_err() {
            self.change(|servers| servers.insert(server.into(), Server::Known));
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut HashMap<Box<str>, Server>) -> T) -> T {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The first request to a server.
struct Lead {
    firsts: Firsts,
    server: Box<str>,
    connected: watch::Sender<bool>,
}

impl Drop for Lead {
    fn drop(&mut self) {
        let server = &*self.server;
        let connected = *self.connected.borrow();
        self.firsts.change(|servers| match connected {
            true => servers.insert(server.into(), Server::Known),
            false => servers.remove(server),
        });
    }
}

/// Tells the lead when its connection stands.
#[derive(Clone)]
pub(super) struct Watching;

impl<S> Layer<S> for Watching {
    type Service = Watched<S>;

    fn layer(&self, connector: S) -> Watched<S> {
        Watched(connector)
    }
}

/// A connector that is watched.
#[derive(Clone)]
pub(super) struct Watched<S>(S);

impl<S, Server> Service<Server> for Watched<S>
where
    S: Service<Server>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, server: Server) -> Self::Future {
        let connecting = self.0.call(server);
        let lead = LEAD.try_with(Arc::clone).ok();
        Box::pin(async move {
            let connection = connecting.await?;
            if let Some(lead) = lead {
                lead.connected.send_replace(true);
            }
            Ok(connection)
        })
    }
}
