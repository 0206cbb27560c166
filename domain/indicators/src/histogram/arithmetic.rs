//! Putting histograms together and taking them apart, whole cells at a time.
//!
//! This is what makes a figure over any set of units and months cost one pass over small arrays. It
//! computes no figure itself.

use super::store::{Histogram, HistogramError};

impl Histogram {
    /// Adds every observation of `other`. The order of merges never matters.
    ///
    /// # Errors
    /// [`HistogramError::TooMany`] beyond 2^62 observations; nothing is changed then.
    pub fn merge(&mut self, other: &Self) -> Result<(), HistogramError> {
        self.n = self.checked_total(other.n)?;
        if self.dense.len() < other.dense.len() {
            self.dense.resize(other.dense.len(), 0);
        }
        for (own, theirs) in self.dense.iter_mut().zip(&other.dense) {
            *own += theirs;
        }
        for (day, count) in &other.sparse {
            *self.sparse.entry(*day).or_default() += count;
        }
        self.sum += other.sum;
        Ok(())
    }

    /// Takes every observation of `other` away: the inverse of [`Histogram::merge`].
    ///
    /// # Errors
    /// [`HistogramError::NotThatMany`] with the first day that holds too few; nothing is changed then.
    pub fn separate(&mut self, other: &Self) -> Result<(), HistogramError> {
        for (day, taken) in other.pairs() {
            let held = self.count(day);
            if held < taken {
                return Err(HistogramError::NotThatMany { day, held, taken });
            }
        }
        for (own, theirs) in self.dense.iter_mut().zip(&other.dense) {
            *own -= theirs;
        }
        for (day, count) in &other.sparse {
            if let Some(own) = self.sparse.get_mut(day) {
                *own -= count;
            }
        }
        self.sparse.retain(|_, count| *count > 0);
        self.trim();
        self.n -= other.n;
        self.sum -= other.sum;
        Ok(())
    }

    /// One histogram of many.
    ///
    /// # Errors
    /// [`HistogramError::TooMany`] beyond 2^62 observations.
    pub fn merged<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Result<Self, HistogramError> {
        let mut whole = Self::new();
        for part in parts {
            whole.merge(part)?;
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_merged_can_be_separated_again() {
        let a: Histogram = [1, 1, 1, 9, 9, -4].into_iter().collect();
        let b: Histogram = [5, 6, 7, 8000].into_iter().collect();
        let mut both = Histogram::merged([&a, &b]).unwrap();
        assert_eq!((both.n(), both.sum()), (10, 17 + 8018));
        both.separate(&b).unwrap();
        assert_eq!(both, a);
    }

    #[test]
    fn separating_what_was_never_merged_changes_nothing() {
        let mut a: Histogram = [1, 2, 3].into_iter().collect();
        let b: Histogram = [1, 2, 2].into_iter().collect();
        let before = a.clone();
        assert_eq!(
            a.separate(&b),
            Err(HistogramError::NotThatMany {
                day: 2,
                held: 1,
                taken: 2
            }),
        );
        assert_eq!(a, before);
    }
}
