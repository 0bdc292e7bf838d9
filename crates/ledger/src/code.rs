//! Closed lists of codes: one enum a list, with its codes in the record, in addresses and in message ids.

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// Every variant, in the order they are shown.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The code it goes by in the record, in addresses and as the tail of message ids.
            pub const fn code(&self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Invalid;
            fn from_str(code: &str) -> Result<Self, $crate::Invalid> {
                Self::ALL.iter().copied().find(|v| v.code() == code)
                    .ok_or($crate::Invalid::new(stringify!($name), "unknown-code"))
            }
        }
    };
}
pub(crate) use codes;
