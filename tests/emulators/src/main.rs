//! The emulators as a program: one line on standard output for each that runs, until Ctrl-C.

use std::{
    error::Error,
    fs,
    io::{self, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use cert_emulators::{
    ClientCertificates, Emulator,
    bb_uem::BbUem,
    fortiauth::FortiAuth,
    frame,
    frame::Vendor,
    ivanti_mdm::IvantiMdm,
    sectigo_scm::SectigoScm,
    twon_device::{Authentication, TwonDevice},
};
use clap::{ArgGroup, Args, Parser};
use jiff::SignedDuration;

/// Stateful, strict emulators of certificate management systems.
///
/// Prints one line for each emulator, with its name, base URL and credentials. Port 0 picks a free
/// port.
#[derive(Debug, Parser)]
#[command(version, group(ArgGroup::new("vendors").required(true).multiple(true)))]
struct Arguments {
    /// Sectigo Certificate Manager, on this address
    #[arg(long, value_name = "ADDRESS", group = "vendors")]
    sectigo_scm: Option<SocketAddr>,

    /// BlackBerry UEM, on this address
    #[arg(long, value_name = "ADDRESS", group = "vendors")]
    bb_uem: Option<SocketAddr>,

    /// FortiAuthenticator, on this address
    #[arg(long, value_name = "ADDRESS", group = "vendors")]
    fortiauth: Option<SocketAddr>,

    /// Ivanti Neurons for MDM, on this address
    #[arg(long, value_name = "ADDRESS", group = "vendors")]
    ivanti_mdm: Option<SocketAddr>,

    /// A 2N device, on this address
    #[arg(long, value_name = "ADDRESS", group = "vendors")]
    twon_device: Option<SocketAddr>,

    /// How callers sign in to the 2N device
    #[arg(long, value_name = "none|basic|digest", default_value = "digest")]
    #[arg(value_parser = parse_authentication)]
    twon_auth: Authentication,

    /// How many made-up certificates there are at the start
    #[arg(long, value_name = "COUNT", default_value_t = 2_000)]
    certificates: usize,

    #[command(flatten)]
    connection: Connection,
}

#[derive(Args, Debug)]
struct Connection {
    /// Serves https; the line then ends with the file of the authority to trust
    #[arg(long)]
    tls: bool,

    /// Asks TLS clients for a certificate, and writes one to sign in with; includes --tls
    #[arg(long, value_name = "optional|required", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "optional", value_parser = parse_asked)]
    client_certificates: Option<ClientCertificates>,

    /// Where certificate and key files go; a new temporary directory otherwise
    #[arg(long, value_name = "DIRECTORY")]
    directory: Option<PathBuf>,
}

/// After how long an order goes on that nobody asks about.
const UNATTENDED: SignedDuration = SignedDuration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // With standard error closed there is nobody left to tell.
            let _ = writeln!(io::stderr(), "cert-emulators: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let mut running: Vec<Box<dyn Send>> = Vec::new();
    if let Some(address) = arguments.sectigo_scm {
        let builder = Emulator::<SectigoScm>::builder()
            .certificates(arguments.certificates)
            .unattended(UNATTENDED);
        running.push(start(builder.address(address), &arguments.connection).await?);
    }
    if let Some(address) = arguments.bb_uem {
        let builder = Emulator::<BbUem>::builder().certificates(arguments.certificates);
        running.push(start(builder.address(address), &arguments.connection).await?);
    }
    if let Some(address) = arguments.fortiauth {
        let builder = Emulator::<FortiAuth>::builder().certificates(arguments.certificates);
        running.push(start(builder.address(address), &arguments.connection).await?);
    }
    if let Some(address) = arguments.ivanti_mdm {
        let builder = Emulator::<IvantiMdm>::builder().certificates(arguments.certificates);
        running.push(start(builder.address(address), &arguments.connection).await?);
    }
    if let Some(address) = arguments.twon_device {
        let builder = Emulator::<TwonDevice>::builder().authentication(arguments.twon_auth);
        running.push(start(builder.address(address), &arguments.connection).await?);
    }
    tokio::signal::ctrl_c().await?;
    drop(running);
    Ok(())
}

/// Starts one emulator, writes its files and announces it.
async fn start<V: Vendor>(
    builder: frame::Builder<V>,
    connection: &Connection,
) -> Result<Box<dyn Send>, Box<dyn Error>> {
    let builder = match connection.client_certificates {
        Some(asked) => builder.client_certificates(asked),
        None if connection.tls => builder.tls(),
        None => builder,
    };
    let emulator = builder.start().await?;
    let mut line = emulator.line();
    if emulator.base_url().starts_with("https:") {
        for (word, file) in write_files(&emulator, connection)? {
            line.push_str(&format!(" {word}={}", file.display()));
        }
    }
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()?;
    Ok(Box::new(emulator))
}

fn write_files<V: Vendor>(
    emulator: &Emulator<V>,
    connection: &Connection,
) -> Result<Vec<(&'static str, PathBuf)>, Box<dyn Error>> {
    let directory = match &connection.directory {
        Some(directory) => directory.clone(),
        None => {
            let name = format!("cert-emulators-{}", std::process::id());
            std::env::temp_dir().join(name)
        }
    };
    fs::create_dir_all(&directory).map_err(|error| unwritable(&directory, &error))?;
    let file = |suffix: &str| directory.join(format!("{}-{suffix}.pem", V::NAME));
    let mut files = vec![("ca", file("ca"), emulator.ca_pem())];
    if connection.client_certificates.is_some() {
        let credentials = emulator.state().credentials();
        let login = credentials.first().map_or("client", |(_, login)| login);
        let identity = emulator.client_identity(login)?;
        files.push(("cert", file("client"), identity.certificates_pem));
        files.push(("key", file("client-key"), identity.private_key_pem));
    }
    for (_, path, content) in &files {
        write_private(path, content).map_err(|error| unwritable(path, &error))?;
    }
    Ok(files
        .into_iter()
        .map(|(word, path, _)| (word, path))
        .collect())
}

#[cfg(unix)]
fn write_private(path: &Path, content: &str) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)?.write_all(content.as_bytes())
}

#[cfg(not(unix))]
fn write_private(path: &Path, content: &str) -> io::Result<()> {
    fs::write(path, content)
}

fn unwritable(path: &Path, error: &io::Error) -> String {
    format!(
        "cannot write {}: {error}; choose another --directory",
        path.display()
    )
}

fn parse_asked(text: &str) -> Result<ClientCertificates, String> {
    match text {
        "optional" => Ok(ClientCertificates::Optional),
        "required" => Ok(ClientCertificates::Required),
        other => Err(format!("{other} is neither optional nor required")),
    }
}

fn parse_authentication(text: &str) -> Result<Authentication, String> {
    match text {
        "none" => Ok(Authentication::None),
        "basic" => Ok(Authentication::Basic),
        "digest" => Ok(Authentication::Digest),
        other => Err(format!("{other} is neither none, basic nor digest")),
    }
}
