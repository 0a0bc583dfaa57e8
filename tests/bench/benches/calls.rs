//! The table of the package's first page.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write, stdout};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use allocation_counter::measure;
use bench::{ByHand, Case, Ours, server};
use tokio::runtime::{Builder, Runtime};

type Outcome<T> = Result<T, Box<dyn Error>>;

const FEW: u64 = 100;
const MANY: u64 = 600;
const PAIRS: usize = 30;
const PAIR: u64 = 200;

fn main() -> Outcome<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => serve(),
        ["run", url, case, who, count] => run(url, case, who, count.parse()?),
        _ => table(),
    }
}

fn serve() -> Outcome<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    writeln!(stdout(), "http://{}", listener.local_addr()?)?;
    Ok(server::serve(&listener)?)
}

/// The clients, on a runtime of this thread.
struct Clients {
    runtime: Runtime,
    ours: Ours,
    by_hand: ByHand,
}

impl Clients {
    fn new(url: &str) -> Outcome<Self> {
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            ours: Ours::new(url)?,
            by_hand: ByHand::new(url)?,
        })
    }

    fn ours(&self, case: Case, count: u64) -> Outcome<()> {
        self.runtime.block_on(async {
            for _ in 0..count {
                self.ours.call(case).await?;
            }
            Ok(())
        })
    }

    fn by_hand(&self, case: Case, count: u64) -> Outcome<()> {
        self.runtime.block_on(async {
            for _ in 0..count {
                self.by_hand.call(case).await?;
            }
            Ok(())
        })
    }
}

/// What callgrind counts.
fn run(url: &str, case: &str, who: &str, count: u64) -> Outcome<()> {
    let case = Case::named(case).ok_or("no such case")?;
    let clients = Clients::new(url)?;
    match who {
        "ours" => clients.ours(case, count),
        _ => clients.by_hand(case, count),
    }
}

fn table() -> Outcome<()> {
    let (mut server, url) = served()?;
    let told = told(&url);
    server.kill()?;
    server.wait()?;
    told
}

fn served() -> Outcome<(Child, String)> {
    let mut server = Command::new(env::current_exe()?)
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut url = String::new();
    let output = server.stdout.take().ok_or("a server without output")?;
    BufReader::new(output).read_line(&mut url)?;
    Ok((server, url.trim().to_owned()))
}

fn told(url: &str) -> Outcome<()> {
    let clients = Clients::new(url)?;
    let mut out = stdout();
    writeln!(out, "| call | instructions | allocations | CPU |")?;
    writeln!(out, "|---|---|---|---|")?;
    for case in Case::ALL {
        let instructions = compared(
            instructions(url, case, "ours")?,
            instructions(url, case, "hand")?,
        );
        let allocations = allocations(&clients, case)?;
        let time = processor_time(&clients, case)?;
        let name = case.name();
        writeln!(
            out,
            "| {name} | {instructions} | {allocations} | {time:.3} |"
        )?;
    }
    Ok(())
}

fn compared(ours: f64, by_hand: f64) -> String {
    format!("{ours:.1} / {by_hand:.1} = {:.3}", ours / by_hand)
}

/// Instructions of one call.
fn instructions(url: &str, case: Case, who: &str) -> Outcome<f64> {
    let counted = |count| counted(url, case, who, count);
    Ok((counted(MANY)? - counted(FEW)?) / (MANY - FEW) as f64)
}

fn counted(url: &str, case: Case, who: &str, count: u64) -> Outcome<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .args(["run", url, case.name(), who, &count.to_string()])
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    match collected {
        Some((_, number)) if output.status.success() => Ok(number.trim().parse()?),
        _ => Err(format!("valgrind counted nothing: {told}").into()),
    }
}

fn allocations(clients: &Clients, case: Case) -> Outcome<String> {
    clients.ours(case, FEW)?;
    clients.by_hand(case, FEW)?;
    let (mut one, mut other) = (Ok(()), Ok(()));
    let ours = measure(|| one = clients.ours(case, MANY - FEW)).count_total;
    let by_hand = measure(|| other = clients.by_hand(case, MANY - FEW)).count_total;
    one.and(other)?;
    let each = |count| count as f64 / (MANY - FEW) as f64;
    Ok(compared(each(ours), each(by_hand)))
}

/// The median ratio of the time on the processor.
fn processor_time(clients: &Clients, case: Case) -> Outcome<f64> {
    let mut ratios = Vec::with_capacity(PAIRS);
    for _ in 0..PAIRS {
        let start = on_processor()?;
        clients.ours(case, PAIR)?;
        let between = on_processor()?;
        clients.by_hand(case, PAIR)?;
        let end = on_processor()?;
        ratios.push((between - start) / (end - between));
    }
    ratios.sort_by(f64::total_cmp);
    Ok(ratios[PAIRS / 2])
}

/// Nanoseconds that this thread ran.
fn on_processor() -> Outcome<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat")?;
    let first = told.split_whitespace().next().ok_or("no statistics")?;
    Ok(first.parse()?)
}
