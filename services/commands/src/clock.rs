//! The one clock that commands look at.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use chasqui_procedures::Moment;

/// Tells what time it is, and in which zone the municipality's civil dates lie.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: TimeZone,
    fixed: Option<Timestamp>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system(zone: TimeZone) -> Self {
        Self { zone, fixed: None }
    }

    /// A clock that stands still, for tests and for made-up histories.
    #[must_use]
    pub fn fixed(at: Timestamp, zone: TimeZone) -> Self {
        Self {
            zone,
            fixed: Some(at),
        }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.fixed.unwrap_or_else(Timestamp::now)
    }

    /// Now, as exactly as a database keeps it: what is answered is what will be read.
    pub(crate) fn stored_now(&self) -> Timestamp {
        let now = self.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Now, as the municipality's clocks show it.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment::at_zone(self.now(), &self.zone).expect("invariant: now lies between 1900 and 2200")
    }

    /// The municipality's zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
}
