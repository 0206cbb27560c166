//! Integer-day histograms: the only form in which durations are kept and published.

mod arithmetic;
mod pairs;
mod store;
mod summary;

pub use self::pairs::Pairs;
pub use self::store::{Histogram, HistogramError};
