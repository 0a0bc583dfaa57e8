//! Names on the wire, made of the names in Rust.

/// Length of the name that [`camel`] makes.
pub const fn camel_length(snake: &str) -> usize {
    let snake = plain(snake);
    let (mut length, mut at) = (0, 0);
    while at < snake.len() {
        if snake[at] != b'_' {
            length += 1;
        }
        at += 1;
    }
    length
}

/// A name in snake case as camel case: `common_name` as `commonName`.
pub const fn camel<const LENGTH: usize>(snake: &str) -> [u8; LENGTH] {
    let snake = plain(snake);
    let mut camel = [0; LENGTH];
    let (mut length, mut at, mut raise) = (0, 0, false);
    while at < snake.len() {
        let letter = snake[at];
        if letter == b'_' {
            raise = length > 0;
        } else {
            camel[length] = if raise {
                letter.to_ascii_uppercase()
            } else {
                letter
            };
            length += 1;
            raise = false;
        }
        at += 1;
    }
    camel
}

/// Name that [`camel`] made, as a text.
pub const fn text(camel: &[u8]) -> &str {
    match str::from_utf8(camel) {
        Ok(text) => text,
        Err(_) => panic!("a field's name is not UTF-8"),
    }
}

/// The name without the mark of a raw identifier.
const fn plain(name: &str) -> &[u8] {
    match name.as_bytes() {
        [b'r', b'#', plain @ ..] => plain,
        plain => plain,
    }
}

/// The names of a field on the wire: those declared, or its own name in camel case.
#[doc(hidden)]
#[macro_export]
macro_rules! __names {
    ($field:ident) => {{
        const SNAKE: &str = ::std::stringify!($field);
        const CAMEL: [u8; $crate::__private::camel_length(SNAKE)] =
            $crate::__private::camel(SNAKE);
        const NAME: &str = $crate::__private::text_of(&CAMEL);
        &[NAME]
    }};
    ($field:ident $($name:literal)+) => {
        &[$($name),+]
    };
}

/// A slot for each name of a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __slots {
    ($field:ident) => {
        [::std::option::Option::None]
    };
    ($field:ident $($name:literal)+) => {
        [$({
            let _ = $name;
            ::std::option::Option::None
        }),+]
    };
}

/// The slot of the field that a name is one of: compared one by one, so that lengths tell nearly
/// all of them apart.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    ($key:ident, $field:ident) => {
        ($key == $crate::__names!($field)[0]).then_some(&mut $field[0])
    };
    ($key:ident, $field:ident $($name:literal)+) => {
        $crate::__slot!(@ $key, $field, [0] $($name)+)
    };
    (@ $key:ident, $field:ident, [$index:expr] $name:literal $($twin:literal)*) => {
        if $key == $name {
            ::std::option::Option::Some(&mut $field[$index])
        } else {
            $crate::__slot!(@ $key, $field, [$index + 1] $($twin)*)
        }
    };
    (@ $key:ident, $field:ident, [$index:expr]) => {
        ::std::option::Option::None
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_camel_case_unless_they_are_declared() {
        assert_eq!(__names!(common_name), &["commonName"]);
        assert_eq!(__names!(sha256_hash), &["sha256Hash"]);
        assert_eq!(__names!(r#type), &["type"]);
        assert_eq!(__names!(id "id" "sslId"), &["id", "sslId"]);
    }
}
