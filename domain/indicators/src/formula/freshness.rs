//! How old what people see is: TI-16.

use crate::figure::{Figure, Indicator, Interval, Measure, Method, Minimum, Spread};
use crate::{Decimal, Histogram, Quantile, order_statistics};

/// TI-16: the 95th percentile of the age of the views in whole seconds, over regular readings.
///
/// A reading is `now − the moment the last projected event was recorded` while another event is waiting, and 0 when
/// none is: a night without events is not stale. Withheld below twenty readings.
///
/// ```
/// use chasqui_indicators::formula::freshness;
///
/// let readings = (0..100).map(|reading| if reading < 96 { 1 } else { 40 }).collect();
/// assert_eq!(freshness(&readings).value.unwrap().to_string(), "1");
/// ```
#[must_use]
pub fn freshness(readings: &Histogram) -> Figure {
    let quantile = Quantile::P95;
    let interval = Interval::of_days(
        order_statistics(readings, quantile),
        Method::OrderStatistics,
    );
    Figure {
        value: readings.quantile(quantile).map(Decimal::whole),
        interval: Some(interval),
        spread: Some(Spread::of(readings)),
        ..Figure::nothing(Indicator::Freshness, Measure::Seconds, readings.n())
    }
    .held_to(Minimum::of(quantile))
}
