//! Creations that tell more than an id.

use std::str::FromStr;

use cert_core::client::{Answer, Created, Error, Reply as _};
use serde::de::DeserializeOwned;

/// The id in `Location`, and the body. One is not lost for want of the other: what a creation
/// tells besides the id is told once.
pub(crate) fn told<I: FromStr, B: DeserializeOwned>(
    answer: &mut Answer,
) -> Result<(Option<I>, Option<B>), Error> {
    let id = Created::<I>::decode(answer);
    match (id, answer.body.is_empty()) {
        (Err(error), true) => Err(error),
        (id, true) => Ok((id.ok(), None)),
        (id, false) => Ok((id.ok(), Some(answer.json()?))),
    }
}
