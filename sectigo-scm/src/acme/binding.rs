//! Registration of an ACME client by an external account binding.

use std::fmt;

use cert_core::Secret;

/// Settings with which an ACME client registers under an account (RFC 8555 section 7.3.4): the
/// address of the directory, the key identifier, and the MAC key.
///
/// ```
/// use sectigo_scm::acme::ExternalAccountBinding;
///
/// let directory = "https://acme.example/v2/OV";
/// let binding = ExternalAccountBinding::new(directory, "f81d4fae", "q83vEjRWeJA")?;
/// assert_eq!(
///     binding.certbot().to_string(),
///     "certbot register --server='https://acme.example/v2/OV' --eab-kid=*** --eab-hmac-key=***"
/// );
/// assert!(binding.certbot().expose().ends_with("--eab-hmac-key='q83vEjRWeJA'"));
/// # Ok::<(), sectigo_scm::acme::BindingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalAccountBinding {
    directory_url: String,
    key_id: Secret,
    mac_key: Secret,
}

/// Reason why there are no settings for an ACME client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BindingError {
    /// The account has no key identifier.
    #[error("the vendor told no key identifier (`macId`) of the account")]
    NoKeyId,
    /// The account has no key.
    #[error("the vendor told no MAC key (`macKey`) of the account")]
    NoMacKey,
    /// The address of the directory is no URL.
    #[error("the directory's address `{}` is no URL", .0.escape_debug())]
    NoUrl(String),
}

impl ExternalAccountBinding {
    /// Settings of these three parts.
    ///
    /// # Errors
    ///
    /// For a part that is blank, and for an address that has other characters than a URL can
    /// have (RFC 3986).
    pub fn new(
        directory_url: &str,
        key_id: impl Into<Secret>,
        mac_key: impl Into<Secret>,
    ) -> Result<Self, BindingError> {
        Self::of(directory_url, Some(&key_id.into()), Some(&mac_key.into()))
    }

    pub(super) fn of(
        directory_url: &str,
        key_id: Option<&Secret>,
        mac_key: Option<&Secret>,
    ) -> Result<Self, BindingError> {
        let key_id = said(key_id).ok_or(BindingError::NoKeyId)?;
        let mac_key = said(mac_key).ok_or(BindingError::NoMacKey)?;
        if directory_url.is_empty() || !directory_url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BindingError::NoUrl(directory_url.to_owned()));
        }
        Ok(Self {
            directory_url: directory_url.to_owned(),
            key_id,
            mac_key,
        })
    }

    /// Address of the ACME server's directory.
    #[must_use]
    pub fn directory_url(&self) -> &str {
        &self.directory_url
    }

    /// Key identifier.
    #[must_use]
    pub fn key_id(&self) -> &Secret {
        &self.key_id
    }

    /// MAC key, as the vendor writes it; ACME clients take it for base64url.
    #[must_use]
    pub fn mac_key(&self) -> &Secret {
        &self.mac_key
    }

    /// Command that registers [certbot](https://certbot.eff.org).
    ///
    /// Other users of a machine can see the arguments of its programs while they run: the same
    /// names may stand in certbot's configuration file instead.
    #[must_use]
    pub fn certbot(&self) -> CommandLine {
        let of = |key_id: &str, mac_key: &str| {
            let server = quoted(&self.directory_url);
            format!(
                "certbot register --server={server} --eab-kid={key_id} --eab-hmac-key={mac_key}"
            )
        };
        self.command(of)
    }

    /// Command that registers [acme.sh](https://github.com/acmesh-official/acme.sh).
    ///
    /// Other users of a machine can see the arguments of its programs while they run.
    #[must_use]
    pub fn acme_sh(&self) -> CommandLine {
        let of = |key_id: &str, mac_key: &str| {
            let server = quoted(&self.directory_url);
            format!(
                "acme.sh --register-account --server {server} --eab-kid {key_id} \
                 --eab-hmac-key {mac_key}"
            )
        };
        self.command(of)
    }

    fn command(&self, of: impl Fn(&str, &str) -> String) -> CommandLine {
        let [key_id, mac_key] = [&self.key_id, &self.mac_key].map(|part| quoted(part.expose()));
        CommandLine {
            shown: of(MASK, MASK),
            whole: Secret::new(of(&key_id, &mac_key)),
        }
    }
}

/// Command for a POSIX shell, which holds secrets: it shows `***` in their place, and the whole
/// to whoever asks for it.
#[derive(Clone, PartialEq, Eq)]
pub struct CommandLine {
    shown: String,
    whole: Secret,
}

impl CommandLine {
    /// The command with its secrets, to be run.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.whole.expose()
    }
}

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CommandLine").field(&self.shown).finish()
    }
}

const MASK: &str = "***";

fn said(secret: Option<&Secret>) -> Option<Secret> {
    secret
        .filter(|secret| !secret.expose().trim().is_empty())
        .cloned()
}

/// One word for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIRECTORY: &str = "https://acme.example/v2/OV";

    fn binding() -> ExternalAccountBinding {
        ExternalAccountBinding::new(DIRECTORY, "the-key-id", "-it's secret").expect("whole")
    }

    #[test]
    fn only_whoever_asks_sees_the_secrets() {
        let binding = binding();
        let (certbot, acme_sh) = (binding.certbot(), binding.acme_sh());
        for shown in [
            format!("{binding:?}"),
            format!("{certbot:?}{acme_sh:?}"),
            format!("{certbot}{acme_sh}"),
        ] {
            assert!(
                !shown.contains("the-key-id") && !shown.contains("secret"),
                "{shown}"
            );
            assert!(
                shown.contains(DIRECTORY) && shown.contains("***"),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_shell_reads_each_part_as_one_word() {
        assert_eq!(
            binding().certbot().expose(),
            "certbot register --server='https://acme.example/v2/OV' --eab-kid='the-key-id' \
             --eab-hmac-key='-it'\\''s secret'"
        );
        assert_eq!(
            binding().acme_sh().expose(),
            "acme.sh --register-account --server 'https://acme.example/v2/OV' \
             --eab-kid 'the-key-id' --eab-hmac-key '-it'\\''s secret'"
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        let of = ExternalAccountBinding::of;
        let secret = Secret::from("hidden");
        let blank = Secret::from(" ");
        for nothing in [None, Some(&blank)] {
            let error = of(DIRECTORY, nothing, Some(&secret)).expect_err("no identifier");
            assert_eq!(error, BindingError::NoKeyId);
            let error = of(DIRECTORY, Some(&secret), nothing).expect_err("no key");
            assert_eq!(error, BindingError::NoMacKey);
        }
        for address in [
            "",
            "https://acme.example/\u{1b}[2J",
            "https://acme.example/a b",
        ] {
            let error = of(address, Some(&secret), Some(&secret)).expect_err("no URL");
            assert_eq!(error, BindingError::NoUrl(address.to_owned()));
            assert!(!error.to_string().contains('\u{1b}'), "{error}");
        }
    }
}
