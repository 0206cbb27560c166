//! Figures nobody can argue with: integer-day histograms, which can be added up without losing
//! anything, and the quantiles that are read off them.

mod decimal;
mod histogram;
mod quantile;
mod ratio;

pub use self::decimal::{Decimal, Precision};
pub use self::histogram::{Histogram, HistogramError, Pairs};
pub use self::quantile::{Quantile, QuantileOutOfRange};
pub use self::ratio::Ratio;
