//! Verifiers that do not trust us: each takes files or an address and the key of the log, computes
//! everything again, and says what was checked and how much of it.
//!
//! | function | what it answers |
//! |---|---|
//! | [`audit`] | is this log whole: every entry, tile, bundle and signature, times, tags, its own past |
//! | [`check_receipt`] | does this receipt prove that its event is in a signed log |
//! | [`check_history`] | are these all the events of a procedure, each in the log, and none after |
//! | [`check_file`] | is this file one that the log says was published |
//!
//! The key comes from outside, never from beside the log. It is never asked whether something is
//! "probably" right: nothing to check, a gap and a stale signature are failures. The crate shares no code
//! with the service but the mathematics (`chasqui-tlog`), has no clock (the time is handed in), and
//! writes nothing but the file of the checkpoint that it keeps.

mod audit;
mod error;
mod file;
mod history;
mod kept;
mod receipt;
mod signers;
mod source;
mod trust;

pub use audit::{Audited, Question, audit};
pub use error::VerifyError;
pub use file::{CheckedFile, check_file, digest_of};
pub use history::{CheckedHistory, check_history};
pub use kept::{keep, kept};
pub use receipt::{CheckedReceipt, check_receipt};
pub use signers::{Age, Signers};
pub use source::{Address, Folder, ReadError, Source};
pub use trust::trust;
