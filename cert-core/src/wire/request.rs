/// Declares what a call sends: a struct whose required parts are arguments of `new` and whose
/// optional parts are set by methods of their names.
///
/// A part is declared once, with its documentation; adding an optional one breaks nobody. Parts
/// that are not set are not sent. The struct serializes in camel case; `#[serde(...)]` on a part,
/// after its documentation, says otherwise. Without required parts it implements `Default`.
///
/// ```
/// cert_core::request! {
///     /// An order.
///     pub struct Order(
///         /// Who pays.
///         customer_id: i64,
///     ) {
///         /// Validity in days.
///         term: u32,
///         /// A remark, for people.
///         #[serde(rename = "note")]
///         remark: String,
///     }
/// }
///
/// let order = Order::new(7).remark("urgent");
/// assert_eq!(serde_json::to_string(&order)?, r#"{"customerId":7,"note":"urgent"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! request {
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident() { $($optional:tt)* }
    ) => {
        $crate::request! {
            @fields
            $(#[$meta])*
            #[derive(Default)]
            $visibility struct $name() { $($optional)* }
        }

        impl $name {
            /// Nothing set yet.
            $visibility fn new() -> Self {
                Self::default()
            }
        }
    };
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident(
            $(
                $(#[doc = $required_doc:expr])*
                $(#[serde $required_serde:tt])*
                $required:ident: $required_type:ty
            ),+ $(,)?
        ) {
            $(
                $(#[doc = $optional_doc:expr])*
                $(#[serde $optional_serde:tt])*
                $optional:ident: $optional_type:ty
            ),* $(,)?
        }
    ) => {
        $crate::request! {
            @fields
            $(#[$meta])*
            $visibility struct $name(
                $($(#[doc = $required_doc])* $(#[serde $required_serde])*
                $required: $required_type),+
            ) {
                $($(#[doc = $optional_doc])* $(#[serde $optional_serde])*
                $optional: $optional_type),*
            }
        }

        impl $name {
            /// With what is required; everything else can be set on it.
            $visibility fn new($($required: impl ::std::convert::Into<$required_type>),+) -> Self {
                Self {
                    $($required: $required.into(),)+
                    $($optional: ::std::option::Option::None,)*
                }
            }
        }
    };
    (
        @fields
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident(
            $(
                $(#[doc = $required_doc:expr])*
                $(#[serde $required_serde:tt])*
                $required:ident: $required_type:ty
            ),* $(,)?
        ) {
            $(
                $(#[doc = $optional_doc:expr])*
                $(#[serde $optional_serde:tt])*
                $optional:ident: $optional_type:ty
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, ::serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[must_use]
        $visibility struct $name {
            $(
                $(#[doc = $required_doc])*
                $(#[serde $required_serde])*
                $required: $required_type,
            )*
            $(
                $(#[doc = $optional_doc])*
                $(#[serde $optional_serde])*
                #[serde(skip_serializing_if = "Option::is_none")]
                $optional: ::std::option::Option<$optional_type>,
            )*
        }

        impl $name {
            $(
                $(#[doc = $optional_doc])*
                $visibility fn $optional(
                    mut self,
                    $optional: impl ::std::convert::Into<$optional_type>,
                ) -> Self {
                    self.$optional = ::std::option::Option::Some($optional.into());
                    self
                }
            )*
        }
    };
}
