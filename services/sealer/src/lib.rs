//! Seals the log: follows the events, gives each one a leaf at its position, and publishes the tree of
//! the leaves as static files with a signed checkpoint.
//!
//! The mathematics is `chasqui-tlog`; the format is `docs/log-format.md`. Nothing here is on the path of
//! an append. It deliberately serves nothing over HTTP, and never signs what it has not computed again.

mod ask;
mod cosign;
mod error;
mod folder;
mod follow;
mod fsck;
mod history;
mod key;
mod leaves;
mod publish;
mod receipt;
mod recover;
mod sealer;
mod tidy;
mod witnesses;

pub use chasqui_tlog::error::KeyError;
pub use error::{Refusal, SealerError};
pub use folder::{LogFolder, Mark};
pub use follow::follow;
pub use fsck::{Checked, fsck};
pub use history::{SealedLine, history, lines};
pub use key::LogKey;
pub use receipt::receipt;
pub use recover::{Recovered, recover};
pub use sealer::{Sealed, Sealer};
pub use witnesses::Witnesses;
