//! The calculator as data: the questions and answers of the published vectors.

mod answer;
mod calculator;
mod explained;
mod question;

pub use answer::{BatchAnswer, DeadlineAnswer, SuspensionAnswer};
pub use calculator::BatchCalculator;
pub use explained::{Explained, ExplainedStanding};
pub use question::BatchInput;
