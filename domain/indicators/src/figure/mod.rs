//! A published figure: a number with what it was computed from, how sure it is, and whether it may be said.

mod id;
mod interval;
mod measure;
mod minimum;
mod number;
mod spread;

pub use self::id::{Indicator, UnknownIndicator};
pub use self::interval::{Interval, Method};
pub use self::measure::Measure;
pub use self::minimum::{Minimum, OF_MEANS, OF_MEDIANS, OF_SHARES};
pub use self::number::Figure;
pub use self::spread::Spread;
