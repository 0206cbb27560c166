//! How sure a figure is: intervals for shares and for percentiles.

mod order_statistics;
mod wilson;

pub use self::order_statistics::{RankBounds, order_statistics};
pub use self::wilson::{Bounds, Z95, wilson};
