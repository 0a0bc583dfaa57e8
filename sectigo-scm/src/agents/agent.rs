//! Parts that agents of both kinds have.

use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;
use std::str::FromStr;

use cert_core::client::{Answer, Error, Reply, Row};
use cert_core::{Secret, Violation};

use crate::{ConnectionStatus, created};

cert_core::response! {
    /// A row of a list of agents; `get` of the handle tells the rest.
    pub struct AgentSummary<Id> {
        /// Number of the agent.
        pub id: Id,
        /// Name of the agent.
        pub name: Option<String>,
        /// Whether the agent is active.
        pub active: Option<bool>,
        /// Version of the agent.
        pub version: Option<String>,
        /// State of the connection.
        pub status: Option<ConnectionStatus>,
    }
}

impl<Id: Hash> Row for AgentSummary<Id> {
    type Id = Id;

    fn id(&self) -> &Id {
        &self.id
    }
}

/// An agent that was created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreatedAgent<Id> {
    /// Number of the agent, the last segment of `Location`. `None` where the vendor left it out.
    pub id: Option<Id>,
    /// Token that the agent is installed with. `None` where the vendor left it out.
    pub installation_token: Option<Secret>,
}

cert_core::response! {
    /// Body of the answer to the creation of an agent.
    pub struct AgentInstallation {
        /// Token that the agent is installed with.
        pub installation_token: Option<Secret>,
    }
}

/// Reply of the creation of an agent: `Location` and a token.
#[derive(Debug)]
pub struct AgentCreated<Id>(PhantomData<fn() -> Id>);

impl<Id: FromStr + Debug> Reply for AgentCreated<Id> {
    type Value = CreatedAgent<Id>;
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn decode(answer: &mut Answer) -> Result<CreatedAgent<Id>, Error> {
        let (id, body) = created::told::<Id, AgentInstallation>(answer)?;
        let installation_token = body.and_then(|body| body.installation_token);
        Ok(CreatedAgent {
            id,
            installation_token,
        })
    }
}

/// Refuses a text of blanks alone.
pub(super) fn written(name: &str) -> Result<(), Violation> {
    match name.trim() {
        "" => Err(Violation::new("is blank")),
        _ => Ok(()),
    }
}

/// Refuses a name with a character that names of network agents and their servers cannot have.
pub(super) fn plain(name: &str) -> Result<(), Violation> {
    const REFUSED: &str = "><|!@#$%^*()~?/\\&_+=\":;,{}[]`\n\r";
    written(name)?;
    match name.chars().find(|letter| REFUSED.contains(*letter)) {
        None => Ok(()),
        Some(letter) => Err(Violation::new(format!(
            "has the character {letter:?}: it must have none of `<>()[]{{}}|!@#$%^*~?/\\&_+=\":;,` \
             or a backtick"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_letters_digits_blanks_dots_hyphens_and_apostrophes() {
        for name in ["NetworkAgent 1", "dmz-2.example", "l'agent", "B\u{fc}ro"] {
            assert_eq!(plain(name), Ok(()), "{name}");
        }
        for name in ["a_b", "a/b", "a\\b", "a\"b", "a`b", "a|b", "[a]", "a\nb"] {
            let refusal = plain(name).expect_err(name).to_string();
            assert!(refusal.contains("has the character"), "{refusal}");
        }
        assert!(plain("  ").is_err() && written("\t").is_err() && written("_").is_ok());
    }
}
