//! A histogram as a list of `(day, count)` pairs: iteration, storage and JSON.
//!
//! The JSON form is `[[2,1],[3,2]]`: ascending, each day once, no zeros. There is exactly one text for a
//! histogram, so two nodes that hold the same counts write the same bytes. It is not meant for
//! streaming a histogram of unlimited length.

use std::collections::btree_map;
use std::iter::Enumerate;
use std::slice;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::store::{Histogram, HistogramError};

impl Histogram {
    /// Days that were observed with their counts, ascending.
    #[must_use]
    pub fn pairs(&self) -> Pairs<'_> {
        Pairs {
            below: self.sparse.range(..0),
            dense: self.dense.iter().enumerate(),
            above: self.sparse.range(0..),
        }
    }

    /// The histogram of a list of counts, as storage or JSON hold it.
    ///
    /// # Errors
    /// [`HistogramError::NotCanonical`] unless days ascend without zeros;
    /// [`HistogramError::TooMany`] beyond 2^62 observations.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (i32, u64)>) -> Result<Self, HistogramError> {
        let mut histogram = Self::new();
        let mut previous = None;
        for (day, count) in pairs {
            if count == 0 || previous.is_some_and(|previous| previous >= day) {
                return Err(HistogramError::NotCanonical { day });
            }
            histogram.add_many(day, count)?;
            previous = Some(day);
        }
        Ok(histogram)
    }
}

/// The observed days of a [`Histogram`] with their counts, ascending; never a zero count.
#[derive(Clone, Debug)]
pub struct Pairs<'a> {
    below: btree_map::Range<'a, i32, u64>,
    dense: Enumerate<slice::Iter<'a, u64>>,
    above: btree_map::Range<'a, i32, u64>,
}

impl Iterator for Pairs<'_> {
    type Item = (i32, u64);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((day, count)) = self.below.next() {
            return Some((*day, *count));
        }
        for (index, count) in self.dense.by_ref() {
            if *count > 0 {
                let day = i32::try_from(index).expect("invariant: dense days are below 4096");
                return Some((day, *count));
            }
        }
        self.above.next().map(|(day, count)| (*day, *count))
    }
}

impl Serialize for Histogram {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.pairs())
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pairs = Vec::<(i32, u64)>::deserialize(deserializer)?;
        Self::from_pairs(pairs).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_histogram_is_its_ascending_pairs() {
        let days: Histogram = [3, 9000, 2, 3, -5].into_iter().collect();
        let text = serde_json::to_string(&days).unwrap();
        assert_eq!(text, "[[-5,1],[2,1],[3,2],[9000,1]]");
        assert_eq!(serde_json::from_str::<Histogram>(&text).unwrap(), days);
    }

    #[test]
    fn a_list_that_is_not_the_one_true_text_is_refused() {
        for text in [
            "[[3,1],[2,1]]",
            "[[2,1],[2,1]]",
            "[[2,0]]",
            "[[2,-1]]",
            "[[1,4611686018427387905]]",
        ] {
            assert!(serde_json::from_str::<Histogram>(text).is_err(), "{text}");
        }
    }
}
