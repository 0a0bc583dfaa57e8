use cert_core::Violation;

/// Refuses a phone number with other characters than the vendor takes.
pub(crate) fn dialled(phone: &str) -> Result<(), Violation> {
    let allowed = |letter: char| letter.is_ascii_digit() || "#|()-+x ".contains(letter);
    match phone.chars().find(|letter| !allowed(*letter)) {
        None => Ok(()),
        Some(letter) => Err(Violation::new(format!(
            "has the character {letter:?}: it must have digits, blanks and `#|()-+x` alone"
        ))),
    }
}
