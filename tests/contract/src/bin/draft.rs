//! Drafts the description of an area from an operation list, to be polished by hand.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};
use contract::{Bundle, Code, Draft, Order, Tree, changes, read_values};

/// Drafts what an area is made of. CONTRIBUTING describes the operation list.
#[derive(Debug, Parser)]
#[command(name = "draft")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Writes `openapi/<area>.json` from an operation list, or says what a newer list changes.
    Openapi(Openapi),
    /// Writes the code of an area that is described: the client's, its contract cases, and the
    /// rows of the emulator's routes.
    Code(CodeOf),
}

#[derive(Debug, clap::Args)]
struct CodeOf {
    /// The area, as in `openapi/<area>.json`.
    area: String,
    /// The folder to write to.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The crate that the area belongs to.
    #[arg(long, default_value = "sectigo-scm")]
    package: String,
    /// A folder with `openapi` files that are not kept yet.
    #[arg(long, value_name = "DIR")]
    with: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Openapi {
    /// An operation list to draft from.
    #[arg(long, value_name = "FILE", required_unless_present = "check")]
    from: Option<PathBuf>,
    /// A newer operation list, to be compared with the description that is there.
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    check: Option<PathBuf>,
    /// Enumerations by name, for rows that leave their values out.
    #[arg(long, value_name = "FILE")]
    enums: Option<PathBuf>,
    /// The crate that the area belongs to.
    #[arg(long, default_value = "sectigo-scm")]
    package: String,
    /// The area's name, where it is not that of the section.
    #[arg(long)]
    area: Option<String>,
    /// What operation ids begin with in the draft, as `old=new`.
    #[arg(long, value_name = "OLD=NEW")]
    rename: Option<String>,
    /// The folder to write to, in place of the crate's.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().what {
        What::Openapi(arguments) => match &arguments.check {
            Some(list) => check(&arguments, list),
            None => draft(&arguments),
        },
        What::Code(arguments) => code(&arguments),
    };
    outcome.unwrap_or_else(|failures| {
        let _ = writeln!(io::stderr(), "draft: {}", failures.join("\ndraft: "));
        ExitCode::FAILURE
    })
}

/// Prints what changed; the exit status tells whether anything did, as that of `diff`.
fn check(arguments: &Openapi, list: &Path) -> Result<ExitCode, Vec<String>> {
    let bundle = Bundle::of(&arguments.package).map_err(one)?;
    let lines = changes(&order(arguments, list)?, &bundle)?;
    for line in &lines {
        print(line)?;
    }
    Ok(ExitCode::from(u8::from(!lines.is_empty())))
}

fn draft(arguments: &Openapi) -> Result<ExitCode, Vec<String>> {
    let list = arguments.from.as_deref().unwrap_or(Path::new(""));
    let bundle = Bundle::of(&arguments.package).map_err(one)?;
    let draft = Draft::new(&order(arguments, list)?, &bundle)?;
    let own = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(&arguments.package);
    let folder = arguments.out.clone().unwrap_or_else(|| own.join("openapi"));
    let file = folder.join(format!("{}.json", draft.area));
    write_untracked(&file, &format!("{}\n", draft.file)).map_err(one)?;
    print(
        format!(
            "{}
{}",
            file.display(),
            draft.counts
        )
        .trim_end(),
    )?;
    for note in &draft.notes {
        print(&format!("note: {note}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn code(arguments: &CodeOf) -> Result<ExitCode, Vec<String>> {
    let mut bundle = Bundle::of(&arguments.package).map_err(one)?;
    if let Some(folder) = &arguments.with {
        let file = read(&folder.join(format!("{}.json", arguments.area))).map_err(one)?;
        bundle = bundle.with(&arguments.area, Tree::parse(&file).map_err(one)?);
    }
    let code = Code::new(&arguments.package, &arguments.area, &bundle).map_err(one)?;
    for (name, text) in &code.files {
        let file = arguments.out.join(name);
        write_untracked(&file, text).map_err(one)?;
        print(&file.display().to_string())?;
    }
    // A module is formatted with those below it, so that all have to be there.
    let written = code.files.iter().map(|(name, _)| name);
    written
        .filter(|name| !name.starts_with("routes/"))
        .for_each(|name| formatted(&arguments.out.join(name)));
    for note in &code.notes {
        print(&format!("note: {note}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Formats a file, where `rustfmt` is at hand.
fn formatted(file: &Path) {
    let mut rustfmt = Command::new("rustfmt");
    let _ = rustfmt.args(["--edition", "2024"]).arg(file).output();
}

fn order(arguments: &Openapi, list: &Path) -> Result<Order, Vec<String>> {
    let values = arguments
        .enums
        .as_deref()
        .map(|file| read_values(&read(file)?));
    let rename = arguments.rename.as_deref().map(|pair| {
        let pair = pair
            .split_once('=')
            .map(|(old, new)| (old.to_owned(), new.to_owned()));
        pair.ok_or_else(|| "--rename takes `old=new`".to_owned())
    });
    Ok(Order {
        list: read(list).map_err(one)?,
        values: values.transpose().map_err(one)?.unwrap_or_default(),
        area: arguments.area.clone(),
        rename: rename.transpose().map_err(one)?,
    })
}

/// Writes a file, unless it is one that the repository keeps.
fn write_untracked(file: &Path, text: &str) -> Result<(), String> {
    let named = |error: io::Error| format!("{}: {error}", file.display());
    if file.exists() && is_tracked(file) {
        return Err(format!(
            "{} is kept already: draft with --out",
            file.display()
        ));
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(named)?;
    }
    fs::write(file, text).map_err(named)
}

/// Whether git keeps a file; without git, every file counts as kept.
fn is_tracked(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut git = Command::new("git");
    let git = git
        .arg("-C")
        .arg(folder)
        .args(["ls-files", "--error-unmatch"]);
    let listed = git.arg(file.file_name().unwrap_or_default()).output();
    let outside = |output: &std::process::Output| output.status.code() == Some(128);
    listed.map_or(true, |output| output.status.success() && !outside(&output))
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn print(line: &str) -> Result<(), Vec<String>> {
    writeln!(io::stdout(), "{line}").map_err(|error| one(error.to_string()))
}

fn one(error: String) -> Vec<String> {
    vec![error]
}
