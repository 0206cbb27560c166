//! Figures nobody can argue with: integer-day histograms, which can be added up without losing
//! anything; what is read off them with how sure it is; and what may be shown of small cells.

mod decimal;
mod histogram;
mod interval;
mod quantile;
mod ratio;
mod suppression;
mod survival;

pub use self::decimal::{Decimal, Precision};
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
