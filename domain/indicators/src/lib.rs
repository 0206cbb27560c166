//! Figures nobody can argue with: integer-day histograms, which can be added up without losing
//! anything; what is read off them with how sure it is; what may be shown of small cells; and the
//! indicators by name, as formulas over plain rows.

mod decimal;
mod figure;
pub mod formula;
mod histogram;
mod interval;
mod quantile;
mod ratio;
pub mod sheet;
mod suppression;
mod survival;

pub use self::decimal::{Decimal, Precision};
pub use self::figure::{
    Figure, Indicator, Interval, Measure, Method, Minimum, OF_MEANS, OF_MEDIANS, OF_SHARES, Spread,
    UnknownIndicator,
};
pub use self::histogram::{Histogram, HistogramError, Pairs};
pub use self::interval::{Bounds, RankBounds, Z95, order_statistics, wilson};
pub use self::quantile::{Quantile, QuantileOutOfRange};
pub use self::ratio::Ratio;
pub use self::suppression::{
    Cell, Margins, Published, Release, Rule, RuleError, Table, TableError, Zeros, suppress,
    suppress_after,
};
pub use self::survival::{
    DayCounts, Incidence, IncidenceStep, Observation, Observed, Probability, SurvivalCurve,
    SurvivalError, SurvivalStep, aalen_johansen, kaplan_meier,
};
