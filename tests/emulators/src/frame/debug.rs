/// `Debug` for a vendor's state: its options, and nothing of all the certificates.
macro_rules! debug_options {
    ($state:ident) => {
        impl std::fmt::Debug for $state {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($state))
                    .field("options", &self.options)
                    .finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use debug_options;
