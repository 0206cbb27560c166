//! Guards against differencing: two releases must not give away what each of them hides.
//!
//! A cell that was 12 last month and is 13 today tells of one person as plainly as a cell of 1. This file compares
//! releases of the *same* table whose populations contain each other (a year to date, a revised month, a rolling
//! window); tables of separate months share no procedure and need no comparison.

use super::line::smallest;
use super::rule::Rule;
use super::suppress::{Cell, Published, suppress_also};
use super::table::{Table, TableError};

/// A table that was published before: what it really held, and what was shown of it.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// The true counts at that time. They stay inside.
    pub table: &'a Table,
    /// What was shown.
    pub published: &'a Published,
}

/// Suppresses a table knowing every earlier release of it.
///
/// Besides what [`super::suppress`] hides, a cell is hidden
/// * if it was shown before and has changed since by less than the threshold, but not by nothing: the change
///   is a small cell of its own;
/// * if it was hidden before and has not changed since by at least the threshold: showing it now would show
///   it then.
///
/// An unchanged table is published unchanged. Totals are not guarded: they are not personal data.
///
/// Source: the differencing attack, for example Hundepool et al. 2012, "Statistical Disclosure Control".
///
/// # Errors
/// [`TableError::OtherShape`] if a release has other rows, columns or margins.
///
/// ```
/// use chasqui_indicators::{Cell, Release, Rule, Table, suppress, suppress_after};
///
/// let (then, now) = (Table::line(vec![12, 20, 9]).unwrap(), Table::line(vec![13, 20, 9]).unwrap());
/// let before = suppress(&then, Rule::default());
/// let release = Release { table: &then, published: &before };
/// let published = suppress_after(&now, &[release], Rule::default()).unwrap();
/// // The 13 would tell of one new person; the 9 goes with it, or the total would give it away.
/// assert_eq!(published.cells, [Cell::Hidden, Cell::Shown(20), Cell::Hidden]);
/// ```
pub fn suppress_after(
    table: &Table,
    earlier: &[Release<'_>],
    rule: Rule,
) -> Result<Published, TableError> {
    let same_shape = |release: &Release<'_>| {
        release.table.same_shape(table) && release.published.cells.len() == table.cells().len()
    };
    if !earlier.iter().all(same_shape) {
        return Err(TableError::OtherShape);
    }
    let changes: Vec<Change> = earlier
        .iter()
        .map(|then| Change::since(*then, table))
        .collect();
    let tells_of_few = |index: usize| {
        changes
            .iter()
            .any(|change| change.tells_of_few(index, rule))
    };
    Ok(suppress_also(table, rule, tells_of_few, &changes))
}

/// What happened to each cell since a release.
pub(super) struct Change {
    /// By how much each cell changed, either way.
    sizes: Vec<u64>,
    /// For each cell hidden then, the most it can have been as far as the reader knows; `None` where it was shown.
    most_then: Vec<Option<u64>>,
    /// Cells shown as zero then.
    was_zero: Vec<bool>,
    now: Vec<u64>,
}

impl Change {
    fn since(then: Release<'_>, now: &Table) -> Self {
        let sizes = now
            .cells()
            .iter()
            .zip(then.table.cells())
            .map(|(now, then)| now.abs_diff(*then));
        let most_then = (0..now.cells().len()).map(|index| match then.published.cells[index] {
            Cell::Shown(_) => None,
            Cell::Hidden => Some(then.most(index)),
        });
        let was_zero = then
            .published
            .cells
            .iter()
            .map(|cell| *cell == Cell::Shown(0));
        Self {
            sizes: sizes.collect(),
            most_then: most_then.collect(),
            was_zero: was_zero.collect(),
            now: now.cells().to_vec(),
        }
    }

    /// Whether showing a cell now would show a small change, or what it was when it was hidden. The second
    /// question is decided by what the reader knew then, never by the hidden count itself.
    fn tells_of_few(&self, index: usize, rule: Rule) -> bool {
        match self.most_then[index] {
            None => self.sizes[index] > 0 && self.sizes[index] < rule.threshold(),
            Some(most) => self.now[index] < most.saturating_add(rule.threshold()),
        }
    }

    /// Cells of a line to hide in addition, so that the known sum of the changes that the reader lacks gives none of
    /// them away. A change is unknown where one of its two counts is hidden.
    pub(super) fn more_to_hide(&self, line: &[usize], shown: &[bool], rule: Rule) -> Vec<usize> {
        let unknown = |index: &&usize| !shown[**index] || self.most_then[**index].is_some();
        let sum: u64 = line
            .iter()
            .filter(unknown)
            .map(|index| self.sizes[*index])
            .sum();
        let whole_line = line.iter().all(|index| !shown[*index]);
        // Where a zero would be shown, a cell that was zero and is hidden now has grown by one at least.
        let known = |index: &usize| {
            u64::from(
                !whole_line && !shown[*index] && self.was_zero[*index] && rule.least_hidden(1) == 1,
            )
        };
        let least: u64 = line.iter().filter(unknown).map(known).sum();
        if sum == 0 || (sum > least && line.iter().filter(unknown).count() > 1) {
            return Vec::new();
        }
        smallest(
            line.iter()
                .filter(|index| !unknown(index))
                .map(|index| (*index, self.sizes[*index])),
        )
    }
}

impl Release<'_> {
    /// The most a hidden cell can have been: what is left of the totals shown with it.
    fn most(&self, index: usize) -> u64 {
        let (row, column) = (index / self.table.columns(), index % self.table.columns());
        let left = |total: Cell, cells: &mut dyn Iterator<Item = usize>| {
            let others: u64 = cells
                .filter_map(|cell| self.published.cells[cell].shown())
                .sum();
            total.shown().map(|total| total.saturating_sub(others))
        };
        let totals = [
            left(self.published.row_totals[row], &mut self.table.row(row)),
            left(
                self.published.column_totals[column],
                &mut self.table.column(column),
            ),
            left(
                self.published.grand_total,
                &mut (0..self.table.cells().len()),
            ),
        ];
        totals.into_iter().flatten().min().unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppression::suppress;

    fn after(then: &[u64], now: &[u64]) -> Vec<Option<u64>> {
        let (then, now) = (
            Table::line(then.to_vec()).unwrap(),
            Table::line(now.to_vec()).unwrap(),
        );
        let before = suppress(&then, Rule::default());
        let release = Release {
            table: &then,
            published: &before,
        };
        let published = suppress_after(&now, &[release], Rule::default()).unwrap();
        published.cells.into_iter().map(Cell::shown).collect()
    }

    #[test]
    fn an_unchanged_table_is_published_unchanged() {
        assert_eq!(
            after(&[12, 3, 9, 0], &[12, 3, 9, 0]),
            [Some(12), None, None, Some(0)]
        );
    }

    #[test]
    fn a_change_as_large_as_the_threshold_is_shown() {
        assert_eq!(
            after(&[12, 20, 9], &[17, 20, 30]),
            [Some(17), Some(20), Some(30)]
        );
    }

    #[test]
    fn a_cell_hidden_before_is_not_shown_by_one_more_procedure() {
        assert_eq!(
            after(&[12, 4, 9, 30], &[12, 5, 9, 30]),
            [Some(12), None, None, Some(30)]
        );
    }

    #[test]
    fn a_hidden_cell_is_shown_once_enough_has_happened() {
        assert_eq!(
            after(&[12, 4, 9, 30], &[12, 18, 27, 30]),
            [Some(12), Some(18), Some(27), Some(30)]
        );
    }

    #[test]
    fn releases_of_another_shape_cannot_be_compared() {
        let (a, b) = (
            Table::line(vec![9, 9]).unwrap(),
            Table::line(vec![9, 9, 9]).unwrap(),
        );
        let before = suppress(&a, Rule::default());
        let release = Release {
            table: &a,
            published: &before,
        };
        assert_eq!(
            suppress_after(&b, &[release], Rule::default()),
            Err(TableError::OtherShape)
        );
    }
}
