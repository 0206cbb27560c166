//! What other pages embed.

pub(crate) mod badge;
