//! Servers of network agents, as they are added, changed, listed and told.

use cert_core::client::Row;
use cert_core::{Violation, open_enum};

use super::ServerSignIn;
use super::agent::plain;
use crate::AgentServerId;

open_enum! {
    /// Software of a server.
    pub enum ServerVendor {
        /// Apache HTTP Server, version 2.
        Apache2 = "APACHE_2",
        /// Internet Information Services.
        Iis = "IIS",
        /// Apache Tomcat.
        Tomcat = "TOMCAT",
        /// F5 BIG-IP.
        F5BigIp = "F5_BIG_IP",
    }
}

open_enum! {
    /// Way in which a network agent reaches a server. Each vendor has some of them; the vendor of
    /// Certificate Manager does not say which.
    pub enum ServerConnectionType {
        /// On the agent's own computer.
        Local = "LOCAL",
        /// On the agent's own computer, over the server's older interface.
        LocalLegacyNativeApi = "LOCAL_LEGACY_NATIVE_API",
        /// Over REST.
        RemoteRestApi = "REMOTE_REST_API",
        /// Over SSH.
        RemoteSsh = "REMOTE_SSH",
        /// Over Windows Remote Management.
        RemoteWinRm = "REMOTE_WIN_RM",
        /// On another computer, over the server's older interface.
        RemoteLegacyNativeApi = "REMOTE_LEGACY_NATIVE_API",
    }
}

impl ServerConnectionType {
    /// Whether the server is on another computer than the agent.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.as_str().starts_with("REMOTE_")
    }
}

open_enum! {
    /// State of a server.
    pub enum ServerState {
        /// Being set up.
        Init = "INIT",
        /// At work.
        Active = "ACTIVE",
        /// Out of work.
        Inactive = "INACTIVE",
        /// To be restarted, before new certificates are used.
        RestartRequired = "RESTART_REQUIRED",
        /// Being restarted.
        Restarting = "RESTARTING",
    }
}

cert_core::request! {
    /// Filter of servers to list; empty, all of the agent.
    ///
    /// ```
    /// use sectigo_scm::agents::{ServerFilter, ServerState};
    ///
    /// let waiting = ServerFilter::new().status(ServerState::RestartRequired);
    /// ```
    pub struct ServerFilter() {
        /// Name of the server, or part of it, without regard to case.
        name: String,
        /// Software of the server.
        vendor: ServerVendor,
        /// State of the server.
        status: ServerState,
    }
}

cert_core::request! {
    /// Settings of a server that a network agent installs certificates on.
    ///
    /// A remote server needs a host, and all but Internet Information Services a port.
    ///
    /// ```
    /// use sectigo_scm::agents::{ServerConnectionType, ServerSettings, ServerSignIn};
    /// use sectigo_scm::cert_core::Secret;
    ///
    /// let server = ServerSettings::apache("shop", "/usr/sbin/apachectl")
    ///     .connection_type(ServerConnectionType::RemoteSsh)
    ///     .host("shop.example.com")
    ///     .port(22)
    ///     .sign_in(ServerSignIn::password("installer", Secret::from("Ap@rticul@r")));
    /// ```
    pub struct ServerSettings(
        /// Name of the server, without most punctuation.
        #[length(1..=512)]
        #[valid(plain)]
        name: String,
        /// Software of the server.
        vendor: ServerVendor,
    ) {
        /// Way in which the agent reaches the server. Which ones there are depends on the vendor.
        connection_type: ServerConnectionType,
        /// Host name or IP address of the server.
        #[length(..=255)]
        #[wire("ip")]
        host: String,
        /// Port of the server.
        #[range(0..)]
        port: i32,
        /// Path of `apachectl` where the vendor is Apache, root directory where it is Tomcat; the
        /// others have none.
        #[length(..=512)]
        path: String,
        /// Another folder for certificates, where the vendor is Apache.
        #[wire("altPathForCert")]
        alternative_cert_path: String,
        /// Way in which the agent signs in to the server.
        #[wire(flat)]
        sign_in: ServerSignIn,
    }
    check Self::check_parts
}

impl ServerSettings {
    /// An Apache HTTP Server, with the path of its `apachectl`.
    pub fn apache(name: impl Into<String>, apachectl: impl Into<String>) -> Self {
        Self::new(name, ServerVendor::Apache2).path(apachectl)
    }

    /// A Tomcat, with its root directory.
    pub fn tomcat(name: impl Into<String>, root_directory: impl Into<String>) -> Self {
        Self::new(name, ServerVendor::Tomcat).path(root_directory)
    }

    fn check_parts(&self) -> Result<(), Violation> {
        use ServerVendor::{F5BigIp, Iis, Tomcat};
        let without_password = self.sign_in.as_ref().filter(|way| !way.is_password());
        self.check_reach()?;
        self.lacks("path", self.path.is_some(), &[Iis, F5BigIp])?;
        let folder = self.alternative_cert_path.is_some();
        self.lacks("alternative_cert_path", folder, &[Iis, Tomcat, F5BigIp])?;
        self.lacks("sign_in", without_password.is_some(), &[Iis, F5BigIp])
    }

    /// Refuses a part that the vendor's servers do not have.
    fn lacks(&self, part: &str, is_set: bool, vendors: &[ServerVendor]) -> Result<(), Violation> {
        match is_set && vendors.contains(&self.vendor) {
            false => Ok(()),
            true => {
                let words = match part {
                    "sign_in" => "must be a password where the vendor is",
                    _ => "is not known where the vendor is",
                };
                Err(Violation::new(format!("{words} `{}`", self.vendor)).within(part))
            }
        }
    }

    /// Refuses a remote server that cannot be reached.
    fn check_reach(&self) -> Result<(), Violation> {
        let remote = self.connection_type.as_ref();
        let Some(remote) = remote.filter(|way| way.is_remote()) else {
            return Ok(());
        };
        let needs_port = self.vendor != ServerVendor::Iis;
        let missing = match (&self.host, self.port) {
            (None, _) => "host",
            (_, None) if needs_port => "port",
            _ => return Ok(()),
        };
        let words = format!("is needed where the connection is `{remote}`");
        Err(Violation::new(words).within(missing))
    }
}

cert_core::response! {
    /// A row of the list of servers; [`get`](super::AgentServers::get) tells the rest.
    pub struct AgentServerSummary {
        /// Number of the server.
        pub id: AgentServerId,
        /// Name of the server.
        pub name: Option<String>,
        /// Whether the server is active.
        pub active: Option<bool>,
    }
}

impl Row for AgentServerSummary {
    type Id = AgentServerId;

    fn id(&self) -> &AgentServerId {
        &self.id
    }
}

cert_core::response! {
    /// A server that a network agent installs certificates on.
    pub struct AgentServer {
        /// Number of the server.
        pub id: AgentServerId,
        /// Name of the server.
        pub name: Option<String>,
        /// Software of the server.
        pub vendor: Option<ServerVendor>,
        /// Way in which the agent reaches the server.
        pub connection_type: Option<ServerConnectionType>,
        /// State of the server.
        pub status: Option<ServerState>,
        /// Host name or IP address of the server.
        #[wire("ip")]
        pub host: Option<String>,
        /// Port of the server.
        pub port: Option<i32>,
        /// Path of `apachectl` where the vendor is Apache, root directory where it is Tomcat.
        pub path: Option<String>,
        /// Another folder for certificates.
        #[wire("altPathForCert")]
        pub alternative_cert_path: Option<String>,
        /// Path of the private key that the agent signs in with.
        pub private_key_path: Option<String>,
        /// Name of the user that the agent signs in as.
        pub username: Option<String>,
        /// Error of the agent's last command.
        pub error_message: Option<String>,
    }
}

#[cfg(test)]
mod tests {
    use cert_core::{Payload as _, Secret};

    use super::*;

    fn refusal(server: &ServerSettings) -> String {
        server.check().expect_err("a part is wrong").to_string()
    }

    #[test]
    fn a_remote_server_has_a_host_and_a_port() {
        let server = ServerSettings::apache("shop", "/usr/sbin/apachectl");
        assert_eq!(server.check(), Ok(()));
        let remote = server.connection_type(ServerConnectionType::RemoteSsh);
        assert_eq!(
            refusal(&remote),
            "`host` is needed where the connection is `REMOTE_SSH`"
        );
        let remote = remote.host("198.51.100.7");
        assert!(refusal(&remote).starts_with("`port` is needed"));
        assert_eq!(remote.port(22).check(), Ok(()));

        let iis = ServerSettings::new("mail", ServerVendor::Iis).host("mail.example.com");
        let iis = iis.connection_type(ServerConnectionType::RemoteWinRm);
        assert_eq!(iis.check(), Ok(()));
    }

    #[test]
    fn a_vendor_has_its_own_parts_alone() {
        let iis = || ServerSettings::new("mail", ServerVendor::Iis);
        assert_eq!(
            refusal(&iis().path("C:\\inetsrv")),
            "`path` is not known where the vendor is `IIS`"
        );
        let tomcat = ServerSettings::tomcat("shop", "/opt/tomcat");
        let folder = tomcat.clone().alternative_cert_path("/opt/certs");
        assert!(refusal(&folder).starts_with("`alternative_cert_path` is not known"));

        let key = || ServerSignIn::private_key("/etc/ssl/private/id", Secret::from("pass phrase"));
        assert_eq!(tomcat.sign_in(key()).check(), Ok(()));
        assert_eq!(
            refusal(&iis().sign_in(key())),
            "`sign_in` must be a password where the vendor is `IIS`"
        );
        let another = ServerSettings::new("proxy", ServerVendor::from("NGINX"));
        assert_eq!(another.path("/etc/nginx").sign_in(key()).check(), Ok(()));
    }

    #[test]
    fn a_sign_in_stands_among_the_parts_of_the_server() {
        let way = ServerSignIn::password("installer", Secret::from("Ap@rticul@r"));
        let server = ServerSettings::tomcat("shop", "/opt/tomcat").sign_in(way);
        assert_eq!(
            serde_json::to_string(&server).expect("plain members"),
            r#"{"name":"shop","vendor":"TOMCAT","path":"/opt/tomcat","username":"installer","password":"Ap@rticul@r"}"#
        );
        let long = ServerSignIn::password("u".repeat(65), Secret::from("p"));
        assert!(refusal(&server.sign_in(long)).starts_with("`sign_in.username` has 65"));
    }
}
