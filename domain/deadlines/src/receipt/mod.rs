//! The deadline receipt: an account of every day, as keys and data, and its texts.

mod account;
mod days;
mod key;
mod line;
mod lines;
mod messages;
mod standing;

pub use account::Receipt;
pub use days::{Exclusion, ReceiptDay};
pub use key::LineKey;
pub use line::{Arg, ReceiptLine};
pub(crate) use messages::date;
