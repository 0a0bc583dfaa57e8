use crate::exchange::Exchange;

/// When another method is called.
pub(super) enum Condition {
    /// The exchange has no such input.
    Without(&'static str),
    /// An input of the body is this text.
    Where(&'static str, &'static str),
}

impl Condition {
    pub(super) fn holds(&self, exchange: &Exchange) -> bool {
        match self {
            Self::Without(input) => !exchange.has(input),
            Self::Where(name, text) => exchange.member(name) == Some(text),
        }
    }
}
