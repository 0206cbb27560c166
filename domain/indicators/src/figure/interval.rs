//! An interval as published: rounded, and with the name of how it was computed.

use serde::Serialize;

use crate::{Bounds, Decimal, Precision, RankBounds};

/// A 95 % interval. An end is `None` where the data bound nothing on that side; a share has both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: Option<Decimal>,
    /// Upper end.
    pub high: Option<Decimal>,
    /// How it was computed.
    pub method: Method,
}

/// How an interval was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Wilson's score interval of a share, without continuity correction.
    Wilson,
    /// Order statistics of a percentile.
    OrderStatistics,
    /// The days on which the log(−log) band of a survival curve falls to the share.
    LogLogBand,
}

impl Interval {
    pub(super) fn of_share(bounds: Bounds) -> Self {
        Self {
            low: Decimal::of_f64(bounds.low, Precision::Share),
            high: Decimal::of_f64(bounds.high, Precision::Share),
            method: Method::Wilson,
        }
    }

    pub(crate) fn of_days(bounds: RankBounds, method: Method) -> Self {
        Self {
            low: bounds.low.map(Decimal::whole),
            high: bounds.high.map(Decimal::whole),
            method,
        }
    }
}
