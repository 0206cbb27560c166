//! The business days of three centuries as bits with running counts: how many up to a day, and
//! which day is the n-th, without walking.

use crate::day::{DAYS, Day};

const WORDS: usize = DAYS.div_ceil(64);

/// Which days are business days. Built once for a calendar, then only read.
#[derive(Debug, Clone)]
pub(crate) struct BusinessDays {
    words: Vec<u64>,
    /// Business days before each word.
    before: Vec<u32>,
}

impl BusinessDays {
    /// Every day for which `is_business` holds.
    pub(crate) fn build(is_business: impl Fn(Day) -> bool) -> Self {
        let mut words = vec![0_u64; WORDS];
        for number in 0..DAYS {
            if is_business(Day(number as i32)) {
                words[number / 64] |= 1 << (number % 64);
            }
        }
        let mut built = Self {
            words,
            before: Vec::with_capacity(WORDS),
        };
        built.recount();
        built
    }

    /// The same days with some turned on or off.
    pub(crate) fn with(mut self, changes: impl Iterator<Item = (Day, bool)>) -> Self {
        for (day, business) in changes {
            if let Some((word, bit)) = position(day) {
                match business {
                    true => self.words[word] |= bit,
                    false => self.words[word] &= !bit,
                }
            }
        }
        self.recount();
        self
    }

    fn recount(&mut self) {
        self.before.clear();
        let mut total = 0;
        for word in &self.words {
            self.before.push(total);
            total += word.count_ones();
        }
    }

    /// Whether a day is a business day. No day outside the range is.
    pub(crate) fn contains(&self, day: Day) -> bool {
        position(day).is_some_and(|(word, bit)| self.words[word] & bit != 0)
    }

    /// Business days up to and including `day`.
    pub(crate) fn up_to(&self, day: Day) -> i64 {
        let day = day.min(Day::LAST);
        let Some((word, bit)) = position(day) else {
            return 0;
        };
        let mask = bit | (bit - 1);
        i64::from(self.before[word]) + i64::from((self.words[word] & mask).count_ones())
    }

    /// Business days after `after`, up to and including `until`; 0 when there are none.
    pub(crate) fn between(&self, after: Day, until: Day) -> i64 {
        (self.up_to(until) - self.up_to(after)).max(0)
    }

    /// The n-th business day of the range, from 1.
    pub(crate) fn nth(&self, n: i64) -> Option<Day> {
        let n = u32::try_from(n).ok().filter(|n| *n > 0)?;
        let word = self.before.partition_point(|before| *before < n) - 1;
        let mut rest = self.words[word];
        for _ in 1..(n - self.before[word]) {
            rest &= rest.wrapping_sub(1);
        }
        (rest != 0).then(|| Day((word * 64) as i32 + rest.trailing_zeros() as i32))
    }

    /// The first business day on or after `day`.
    pub(crate) fn on_or_after(&self, day: Day) -> Option<Day> {
        self.nth(self.up_to(day.plus(-1)) + 1)
    }
}

/// The word and the bit of a day inside the range.
fn position(day: Day) -> Option<(usize, u64)> {
    let number = usize::try_from(day.0)
        .ok()
        .filter(|number| *number < DAYS)?;
    Some((number / 64, 1 << (number % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_and_finding_agree_with_walking() {
        let days = BusinessDays::build(|day| day.0 % 7 < 5 && day.0 % 31 != 3);
        let mut walked = 0;
        for number in 0..DAYS as i32 {
            let day = Day(number);
            if days.contains(day) {
                walked += 1;
                assert_eq!(days.nth(walked), Some(day));
                assert_eq!(days.on_or_after(day), Some(day));
            }
            assert_eq!(days.up_to(day), walked);
        }
        assert_eq!(days.nth(walked + 1), None);
        assert_eq!(days.nth(0), None);
        assert_eq!(days.up_to(Day(-1)), 0);
        assert_eq!(days.up_to(Day::LAST.plus(9)), walked);
    }

    #[test]
    fn a_day_can_be_turned_off_and_on_again() {
        let days = BusinessDays::build(|_| true).with([(Day(70), false)].into_iter());
        assert!(!days.contains(Day(70)));
        assert_eq!(days.on_or_after(Day(70)), Some(Day(71)));
        assert!(days.with([(Day(70), true)].into_iter()).contains(Day(70)));
    }
}
