//! The indicators as the sheets define them: slow, obvious, over plain rows. Whatever computes them faster is
//! compared with this.

mod closing_cohort;
mod due_cohort;
mod first_response;
mod flow;
mod freshness;
mod lateness;
mod period;
mod publication;
mod rectification;
mod row;
mod satisfaction;
mod silence;
mod snapshot;
mod steps;
mod stock;
mod waiting;

pub use self::closing_cohort::{Clock, days_to_notification, on_time_of_closed};
pub use self::due_cohort::{extended, on_time, on_time_strict, service_standard};
pub use self::first_response::first_response;
pub use self::flow::{Flow, flow};
pub use self::freshness::freshness;
pub use self::lateness::lateness;
pub use self::period::{EndsBeforeItBegins, Period, final_from};
pub use self::publication::{Expected, publication};
pub use self::rectification::rectification;
pub use self::row::{Applicant, Days, Due, Milestone, Outcome, Rectified, Row, Stay, Suspension};
pub use self::satisfaction::{Survey, satisfaction};
pub use self::silence::silence;
pub use self::snapshot::{Dimension, FactAfterCutoff, Snapshot};
pub use self::steps::step_time;
pub use self::stock::{Oldest, oldest, open_stock};
pub use self::waiting::{Ending, Waiting, waiting};
