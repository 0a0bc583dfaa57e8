//! Files that are to be signed, and what goes together: their type, their hash algorithms.

use bytes::Bytes;
use cert_core::client::{Error, Multipart};
use cert_core::open_enum;

use super::request::SigningType;

open_enum! {
    /// Type of files that are signed as they are.
    pub enum FileType {
        /// Programs and installers for Windows.
        MicrosoftAuthenticode = "MICROSOFT_AUTHENTICODE",
        /// Java archives.
        Java = "JAVA",
        /// Documents and macros of Microsoft Office.
        MicrosoftOfficeAndVba = "MICROSOFT_OFFICE_AND_VBA",
        /// Programs for Windows Phone and Xbox.
        WindowsPhoneAndXbox = "WINDOWS_PHONE_AND_XBOX",
        /// Programs for Android.
        Android = "ANDROID",
        /// Scripts for PowerShell.
        Powershell = "POWERSHELL",
    }
}

open_enum! {
    /// Hash algorithm of a signature.
    pub enum DigestAlgorithm {
        /// MD5, which protects nothing any more.
        Md5 = "MD5",
        /// SHA-1, which few readers still accept.
        Sha1 = "SHA1",
        /// SHA-256.
        Sha256 = "SHA256",
        /// SHA-384.
        Sha384 = "SHA384",
        /// SHA-512.
        Sha512 = "SHA512",
    }
}

impl DigestAlgorithm {
    /// Extension by which a file is told to hold a hash, such as `sha256`.
    #[must_use]
    pub fn extension(&self) -> String {
        self.as_str().to_ascii_lowercase()
    }

    /// Length of a hash in bytes, of a known algorithm.
    fn length(&self) -> Option<usize> {
        match self {
            Self::Md5 => Some(16),
            Self::Sha1 => Some(20),
            Self::Sha256 => Some(32),
            Self::Sha384 => Some(48),
            Self::Sha512 => Some(64),
            Self::Unknown(_) => None,
        }
    }
}

/// Something that one request signs: [`SigningFiles`] or [`SigningHashes`].
pub trait Signable: sealed::Sealed {
    /// Type of all the files.
    fn signing_type(&self) -> SigningType;

    /// Hash algorithms of the signatures.
    fn algorithms(&self) -> &[DigestAlgorithm];
}

pub(super) mod sealed {
    use super::{Error, File};

    /// The files, once they are known to fit together.
    pub trait Sealed {
        fn checked(&self) -> Result<&[File], Error>;
    }
}

/// File to be uploaded.
#[derive(Debug, Clone)]
pub struct File {
    name: String,
    content: Bytes,
}

/// Files of one type, which are signed as they are.
///
/// ```
/// use sectigo_scm::code_signing_requests::{DigestAlgorithm, FileType, SigningFiles};
///
/// let files = SigningFiles::new(FileType::Java, DigestAlgorithm::Sha256)
///     .file("tool.jar", &b"PK"[..])
///     .file("library.jar", &b"PK"[..]);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct SigningFiles {
    kind: FileType,
    algorithms: Vec<DigestAlgorithm>,
    files: Vec<File>,
}

impl SigningFiles {
    /// Files of this type, to be signed with this hash algorithm.
    pub fn new(kind: FileType, algorithm: DigestAlgorithm) -> Self {
        Self {
            kind,
            algorithms: vec![algorithm],
            files: Vec::new(),
        }
    }

    /// Signs with another hash algorithm besides. Some types allow that; the vendor does not say
    /// which.
    pub fn and_algorithm(mut self, algorithm: DigestAlgorithm) -> Self {
        self.algorithms.push(algorithm);
        self
    }

    /// Adds a file under its name.
    pub fn file(mut self, name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let (name, content) = (name.into(), content.into());
        self.files.push(File { name, content });
        self
    }
}

impl Signable for SigningFiles {
    fn signing_type(&self) -> SigningType {
        self.kind.as_str().into()
    }

    fn algorithms(&self) -> &[DigestAlgorithm] {
        &self.algorithms
    }
}

impl sealed::Sealed for SigningFiles {
    fn checked(&self) -> Result<&[File], Error> {
        some(&self.files)
    }
}

/// Hashes that are signed in the place of the files they are of, which stay where they are.
///
/// A hash travels as a file with the extension of its algorithm, such as `tool.exe.sha256`. All
/// are of one algorithm, that of the signature: whether the vendor takes others along, it does
/// not say.
///
/// ```
/// use sectigo_scm::code_signing_requests::{DigestAlgorithm, SigningHashes};
///
/// let sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
/// let hashes = SigningHashes::new(DigestAlgorithm::Sha256).hash("tool.exe", sha256);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct SigningHashes {
    algorithms: [DigestAlgorithm; 1],
    files: Vec<File>,
}

impl SigningHashes {
    /// Hashes of this algorithm.
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        Self {
            algorithms: [algorithm],
            files: Vec::new(),
        }
    }

    /// Adds the hash of the file of this name: its bytes, or hexadecimal digits. The vendor does
    /// not say which it wants; the hash is sent as it is given.
    pub fn hash(mut self, file_name: &str, hash: impl Into<Bytes>) -> Self {
        let [algorithm] = &self.algorithms;
        let name = format!("{file_name}.{}", algorithm.extension());
        let content = hash.into();
        self.files.push(File { name, content });
        self
    }
}

impl Signable for SigningHashes {
    fn signing_type(&self) -> SigningType {
        SigningType::HashSum
    }

    fn algorithms(&self) -> &[DigestAlgorithm] {
        &self.algorithms
    }
}

impl sealed::Sealed for SigningHashes {
    fn checked(&self) -> Result<&[File], Error> {
        let [algorithm] = &self.algorithms;
        self.files
            .iter()
            .try_for_each(|file| file.is_hash(algorithm))?;
        some(&self.files)
    }
}

impl File {
    /// Refuses what has neither the length of a hash nor that of its hexadecimal digits.
    fn is_hash(&self, algorithm: &DigestAlgorithm) -> Result<(), Error> {
        let (bytes, digits) = (self.content.len(), self.content.trim_ascii());
        let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
        let fits = |length| bytes == length || is_hex && digits.len() == 2 * length;
        match algorithm.length() {
            Some(length) if !fits(length) => Err(Error::argument(format!(
                "`{}` has {bytes} bytes: a hash by {algorithm} has {length}, or {} hexadecimal \
                 digits",
                self.name,
                2 * length
            ))),
            _ => Ok(()),
        }
    }
}

fn some(files: &[File]) -> Result<&[File], Error> {
    match files {
        [] => Err(Error::argument(
            "there is no file: a request signs one or more",
        )),
        files => Ok(files),
    }
}

/// The files as a form whose parts are `file1`, `file2` and so on: their names are free, and
/// have to differ.
pub(super) fn form(files: &impl Signable) -> Result<Multipart, Error> {
    let numbered = (1..).zip(files.checked()?);
    Ok(numbered.fold(Multipart::new(), |form, (number, file)| {
        let (name, content) = (format!("file{number}"), file.content.clone());
        form.file(&name, &file.name, "application/octet-stream", content)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_bytes_or_digits_of_its_length() {
        let sha1 = || SigningHashes::new(DigestAlgorithm::Sha1);
        let digits = "a9993e364706816aba3e25717850c26c9cd0d89d";
        for right in [
            &[7; 20][..],
            digits.as_bytes(),
            b"A9993E364706816ABA3E25717850C26C9CD0D89D\n",
        ] {
            let hashes = sha1().hash("tool.exe", right.to_vec());
            assert!(form(&hashes).is_ok(), "{right:?}");
        }
        for wrong in [&b""[..], &[7; 32], &digits.as_bytes()[1..], &[b'g'; 40]] {
            let hashes = sha1().hash("tool.exe", wrong.to_vec());
            let error = form(&hashes).expect_err("no hash by SHA-1").to_string();
            assert!(error.contains("`tool.exe.sha1`"), "{error}");
        }
    }

    #[test]
    fn nothing_is_not_signed() {
        let files = SigningFiles::new(FileType::Java, DigestAlgorithm::Sha256);
        assert!(form(&files).is_err());
        assert!(form(&SigningHashes::new(DigestAlgorithm::Md5)).is_err());
    }
}
