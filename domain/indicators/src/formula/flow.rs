//! What came in and what went out: TI-08.

use jiff::ToSpan;

use super::period::Period;
use super::snapshot::Snapshot;
use crate::figure::{Figure, Indicator, Measure, OF_SHARES};
use crate::{Decimal, Precision, Ratio};

/// Procedures through a period. `open_end = open_start + received − closed`, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Open when the day before the period was over.
    pub open_start: u64,
    /// Filed in it.
    pub received: u64,
    /// Ended in it, in whatever way.
    pub closed: u64,
    /// Its days.
    pub days: u32,
}

impl Flow {
    /// The flow of a period, counted from dates.
    #[must_use]
    pub fn of(snapshot: &Snapshot<'_>, period: Period) -> Self {
        let count = |is_meant: &dyn Fn(&super::row::Row) -> bool| {
            u64::try_from(snapshot.rows().filter(|row| is_meant(row)).count()).unwrap_or(u64::MAX)
        };
        let before = period.from().saturating_sub(1.day());
        Self {
            open_start: count(&|row| row.was_open_on(before)),
            received: count(&|row| period.contains(row.filed_on)),
            closed: count(&|row| period.contains_some(row.ended_on())),
            days: period.days(),
        }
    }

    /// Open when the last day was over.
    ///
    /// # Panics
    /// If more were closed than there were, which no history gives.
    #[must_use]
    pub fn open_end(self) -> u64 {
        (self.open_start + self.received)
            .checked_sub(self.closed)
            .expect("invariant: only what was there is closed")
    }

    /// Closed by received; above 1 the stock falls. `None` when nothing came in.
    ///
    /// Source: CEPEJ, "Guidelines on judicial statistics". Vector I07.
    ///
    /// ```
    /// use chasqui_indicators::formula::Flow;
    ///
    /// let flow = Flow { open_start: 120, received: 300, closed: 270, days: 365 };
    /// assert_eq!(flow.open_end(), 150);
    /// assert_eq!(flow.clearance().unwrap().to_string(), "9/10");
    /// assert_eq!(flow.disposition_days().unwrap().to_string(), "1825/9");
    /// ```
    #[must_use]
    pub fn clearance(self) -> Option<Ratio> {
        Ratio::of_counts(self.closed, self.received)
    }

    /// Days it would take to close what is open at the pace of the period: open at its end by closed, times its days.
    /// `None` when nothing was closed.
    #[must_use]
    pub fn disposition_days(self) -> Option<Ratio> {
        let open = Ratio::of_counts(self.open_end(), self.closed)?;
        open.checked_mul(Ratio::whole(i64::from(self.days)))
    }
}

/// TI-08: the clearance rate in percent, and what it comes from. The disposition time is in `further`.
#[must_use]
pub fn flow(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    let flow = Flow::of(snapshot, period);
    let (received, closed) = (flow.received, flow.closed);
    let mut figure = Figure::rate(Indicator::Flow, Measure::Percent, 100, closed, received)
        .with_parts([
            ("open_start", flow.open_start),
            ("received", received),
            ("closed", closed),
            ("open_end", flow.open_end()),
        ]);
    if let Some(days) = flow
        .disposition_days()
        .filter(|_| OF_SHARES.is_met_by(closed))
    {
        let days = Decimal::of(days, Precision::Tenths);
        figure.further.insert("disposition_days", days);
    }
    figure
}
