//! How long it takes when some are still open: survival and competing outcomes from integer-day counts.

mod aalen_johansen;
mod band;
mod day_counts;
mod kaplan_meier;
mod observation;
mod probability;
mod risk;

pub use self::aalen_johansen::{Incidence, IncidenceStep, aalen_johansen};
pub use self::day_counts::DayCounts;
pub use self::kaplan_meier::{SurvivalCurve, SurvivalStep, kaplan_meier};
pub use self::observation::{Observation, Observed};
pub use self::probability::Probability;
pub use self::risk::SurvivalError;
