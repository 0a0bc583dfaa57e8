//! Writing secrets to disk.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Writes a file that its owner alone may read, whole or not at all. Errors name the path.
///
/// By hand, because `tempfile` rests on rustix and its system calls, which nobody needs who uses
/// the types alone.
pub(crate) fn write_private(path: &Path, contents: &[u8]) -> io::Result<()> {
    replace(path, contents).map_err(|error| {
        let text = format!("writing {}: {error}", path.display());
        io::Error::new(error.kind(), text)
    })
}

fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut new = Temporary::beside(path)?;
    new.file.write_all(contents)?;
    new.file.sync_all()?;
    fs::rename(&new.path, path)?;
    new.kept = true;
    Ok(())
}

/// A new file in the directory of another, removed when it is not kept.
struct Temporary {
    file: File,
    path: PathBuf,
    kept: bool,
}

impl Temporary {
    fn beside(path: &Path) -> io::Result<Self> {
        let name = path.file_name().ok_or_else(no_file_name)?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{:016x}", random()));
        let path = path.with_file_name(hidden);
        let file = private_options().open(&path)?;
        Ok(Self {
            file,
            path,
            kept: false,
        })
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.kept {
            // There is nobody left to tell; the first error is the one that counts.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn no_file_name() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "the path names no file")
}

/// Fails where the name is taken, so that nobody can put a link in the way.
fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The keys of the standard library's hash maps come from the system's random numbers.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
