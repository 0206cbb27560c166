//! Stretches of days on which a clock stands still, merged, and counting around them.

use crate::calendar::BusinessDays;
use crate::day::Day;

/// A half-open stretch `(after, until]`: the first day still counts, the last one does not.
/// Without an end, it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) after: Day,
    pub(crate) until: Option<Day>,
}

/// Spans that neither overlap nor touch, in order: overlapping suspensions are merged, never
/// counted twice (vector D35).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Spans(Vec<Span>);

/// Which days a term counts at all.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counter<'a> {
    Business(&'a BusinessDays),
    Calendar,
}

/// Where counting led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    Day(Day),
    /// An open suspension stands in the way.
    Open,
    /// The range of dates ended first.
    Beyond,
}

impl Counter<'_> {
    /// Days that count after `after`, up to and including `until`.
    pub(crate) fn between(self, after: Day, until: Day) -> i64 {
        match self {
            Self::Business(days) => days.between(after, until),
            Self::Calendar => i64::from((until.0 - after.0).max(0)),
        }
    }

    fn nth_after(self, after: Day, n: i64) -> Option<Day> {
        match self {
            Self::Business(days) => days.nth(days.up_to(after) + n),
            Self::Calendar => {
                let day = i32::try_from(n).ok().map(|n| after.plus(n))?;
                (day <= Day::LAST).then_some(day)
            }
        }
    }
}

impl Spans {
    /// Merges spans given in any order; the result does not depend on it.
    pub(crate) fn merge(mut spans: Vec<Span>) -> Self {
        spans.retain(|span| span.until.is_none_or(|until| until > span.after));
        spans.sort_unstable_by_key(|span| span.after);
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if last.until.is_none_or(|until| span.after <= until) => {
                    last.until = match (last.until, span.until) {
                        (Some(a), Some(b)) => Some(a.max(b)),
                        (None, _) | (_, None) => None,
                    };
                }
                Some(_) | None => merged.push(span),
            }
        }
        Self(merged)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Span> {
        self.0.iter().copied()
    }

    /// The span that a day stands still in.
    pub(crate) fn covering(&self, day: Day) -> Option<Span> {
        self.iter()
            .find(|span| span.after < day && span.until.is_none_or(|until| day <= until))
    }

    /// The n-th day after `from` that counts and is in no span.
    pub(crate) fn nth_counted(&self, counter: Counter<'_>, from: Day, n: i64) -> Reached {
        let (mut position, mut left) = (from, n);
        for span in self.iter() {
            if span.after > position {
                let free = counter.between(position, span.after);
                if left <= free {
                    break;
                }
                left -= free;
            }
            match span.until {
                Some(until) => position = position.max(until),
                None => return Reached::Open,
            }
        }
        counter
            .nth_after(position, left)
            .map_or(Reached::Beyond, Reached::Day)
    }

    /// How many days after `after`, up to and including `until`, count and are in no span.
    pub(crate) fn counted(&self, counter: Counter<'_>, after: Day, until: Day) -> i64 {
        counter.between(after, until) - self.still(counter, after, until)
    }

    /// How many days after `after`, up to and including `until`, would count but are in a span.
    pub(crate) fn still(&self, counter: Counter<'_>, after: Day, until: Day) -> i64 {
        let inside = |span: Span| {
            let end = span.until.map_or(until, |end| end.min(until));
            counter.between(span.after.max(after), end)
        };
        self.iter().map(inside).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(after: i32, until: i32) -> Span {
        Span {
            after: Day(after),
            until: Some(Day(until)),
        }
    }

    #[test]
    fn overlapping_and_touching_spans_become_one() {
        let merged = Spans::merge(vec![
            span(8, 12),
            span(1, 5),
            span(5, 6),
            span(3, 4),
            span(9, 9),
        ]);
        assert_eq!(merged.0, [span(1, 6), span(8, 12)]);
        let open = Span {
            after: Day(10),
            until: None,
        };
        assert_eq!(
            Spans::merge(vec![open, span(20, 30), span(8, 12)]).0[0].until,
            None
        );
    }

    #[test]
    fn counting_goes_around_the_spans() {
        let spans = Spans::merge(vec![span(2, 5)]);
        let reached = |n| spans.nth_counted(Counter::Calendar, Day(0), n);
        assert_eq!(reached(2), Reached::Day(Day(2)));
        assert_eq!(reached(3), Reached::Day(Day(6)));
        assert_eq!(spans.counted(Counter::Calendar, Day(0), Day(6)), 3);
        assert_eq!(
            spans.nth_counted(Counter::Calendar, Day(4), 1),
            Reached::Day(Day(6))
        );
    }

    #[test]
    fn an_open_span_stops_only_what_reaches_it() {
        let spans = Spans::merge(vec![Span {
            after: Day(2),
            until: None,
        }]);
        assert_eq!(
            spans.nth_counted(Counter::Calendar, Day(0), 2),
            Reached::Day(Day(2))
        );
        assert_eq!(
            spans.nth_counted(Counter::Calendar, Day(0), 3),
            Reached::Open
        );
        assert_eq!(
            spans.nth_counted(Counter::Calendar, Day(2), 1),
            Reached::Open
        );
        assert!(spans.covering(Day(3)).is_some() && spans.covering(Day(2)).is_none());
    }
}
