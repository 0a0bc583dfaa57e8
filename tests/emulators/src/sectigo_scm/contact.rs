/// Something at something with a dot in it, without spaces: what a form would let pass.
pub(super) fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let domain = |domain: &str| domain.contains('.') && !domain.contains('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && domain(host))
        && !text.contains(char::is_whitespace)
}

/// Digits, and what people write between them.
pub(super) fn is_phone(text: &str) -> bool {
    let mut characters = text.chars();
    characters.all(|c| c.is_ascii_digit() || "#|()-+ x".contains(c))
}
