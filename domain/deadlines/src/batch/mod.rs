//! The calculator as data: the questions and answers of the published vectors.

mod answer;
mod calculator;
mod question;

pub use answer::{BatchAnswer, DeadlineAnswer, SuspensionAnswer};
pub use calculator::BatchCalculator;
pub use question::BatchInput;
