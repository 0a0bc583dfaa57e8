use super::FaultClass;

/// One of a vendor's codes, as [`error_code!`](crate::error_code) declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownCode<C: 'static> {
    /// The code.
    pub code: C,
    /// Meaning of the code, in our words.
    pub text: &'static str,
    /// Meaning of the code to a program, whatever the HTTP status it comes with.
    pub class: FaultClass,
}

impl<C> KnownCode<C> {
    /// For the macro.
    #[doc(hidden)]
    pub const fn new(code: C, text: &'static str, class: FaultClass) -> Self {
        Self { code, text, class }
    }
}

/// Declares the numbers by which a vendor tells why it refuses, each with its meaning and, where
/// it has one to a program, its [`FaultClass`](crate::client::FaultClass).
///
/// The type has a constant for each, `KNOWN` with all of them, `of(&error)`, `value()`, `text()`
/// and `class()`; other numbers are kept as they come.
///
/// ```
/// cert_core::error_code! {
///     /// Code for why a call was refused.
///     pub struct ErrorCode {
///         NOT_AUTHORIZED = -3, "The administrator may not do this.";
///         NO_SUCH_DOOR = -8, "There is no such door." => NotFound;
///     }
/// }
///
/// use cert_core::client::FaultClass;
///
/// assert_eq!(ErrorCode::NO_SUCH_DOOR.value(), -8);
/// assert_eq!(ErrorCode::from(-8).text(), Some("There is no such door."));
/// assert_eq!(ErrorCode::from(-8).class(), FaultClass::NotFound);
/// assert_eq!(ErrorCode::from(-77).text(), None);
/// assert_eq!(ErrorCode::KNOWN.len(), 2);
/// ```
#[macro_export]
macro_rules! error_code {
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident {
            $($constant:ident = $code:literal, $text:literal $(=> $class:ident)?;)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(i64);

        impl $name {
            $(
                #[doc = $text]
                $visibility const $constant: Self = Self($code);
            )+

            /// Every code that is known, with its meaning.
            $visibility const KNOWN: &'static [$crate::client::KnownCode<Self>] = &[$(
                $crate::client::KnownCode::new(
                    Self::$constant,
                    $text,
                    $crate::__fault_class!($($class)?),
                )
            ),+];

            /// The code of a refused call, if the answer had one.
            #[must_use]
            $visibility fn of(error: &$crate::client::Error) -> ::std::option::Option<Self> {
                error.code()?.parse().ok().map(Self)
            }

            /// The number.
            #[must_use]
            $visibility const fn value(self) -> i64 {
                self.0
            }

            /// The meaning of the code, if it is known.
            #[must_use]
            $visibility fn text(self) -> ::std::option::Option<&'static str> {
                self.known().map(|known| known.text)
            }

            /// Meaning of the code to a program.
            #[must_use]
            $visibility fn class(self) -> $crate::client::FaultClass {
                self.known()
                    .map_or($crate::client::FaultClass::Refused, |known| known.class)
            }

            fn known(self) -> ::std::option::Option<&'static $crate::client::KnownCode<Self>> {
                Self::KNOWN.iter().find(|known| known.code == self)
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(code: i64) -> Self {
                Self(code)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __fault_class {
    () => {
        $crate::client::FaultClass::Refused
    };
    ($class:ident) => {
        $crate::client::FaultClass::$class
    };
}
