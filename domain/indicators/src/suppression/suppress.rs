//! Decides what of a table is shown: primary, then complementary suppression, until nothing can be worked out.
//!
//! What it promises: with the published cells and totals, the threshold, and the knowledge that a shown zero is a
//! zero, every hidden cell still has at least two possible values; for a single line this holds even against a
//! reader who runs this very rule. What it does not promise: protection against somebody who knows some of the
//! hidden cells already, or the smallest possible number of hidden cells.

use super::audit::Network;
use super::line::{LineCell, to_hide};
use super::over_time::Change;
use super::rule::{Rule, Zeros};
use super::table::Table;

/// A cell or total as published.
///
/// There is deliberately no reason on a hidden one: telling small cells from those hidden for their sake would
/// give away half of the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// The count may be shown.
    Shown(u64),
    /// The count is withheld.
    Hidden,
}

/// What of a [`Table`] may leave the house, the same through every door.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// Cells, row by row.
    pub cells: Vec<Cell>,
    /// Row totals; hidden where not published.
    pub row_totals: Vec<Cell>,
    /// Column totals; hidden where not published.
    pub column_totals: Vec<Cell>,
    /// Total of everything; hidden where not published.
    pub grand_total: Cell,
}

/// Hides small cells, and with them as many others as it takes.
///
/// 1. Every cell below the threshold is hidden (primary).
/// 2. In every line whose total is shown, the hidden cells must be at least two, add up to the threshold, and
///    not be given away by their sum; else the next smallest cells that are not zero are hidden with them, and
///    when there are none left, the zeros (complementary).
/// 3. If a hidden cell could still be worked out across lines, the next smallest neighbour is hidden; a total is
///    hidden only when nothing else is left.
///
/// Source: Cox 1980, "Suppression methodology and statistical disclosure control", J. Am. Stat. Assoc. 75;
/// Willenborg and de Waal 2001, "Elements of Statistical Disclosure Control". Vector I10.
///
/// ```
/// use chasqui_indicators::{Cell, Rule, Table, suppress};
///
/// let table = Table::line(vec![12, 3, 9, 0]).unwrap();
/// let published = suppress(&table, Rule::default());
/// assert_eq!(
///     published.cells,
///     [Cell::Shown(12), Cell::Hidden, Cell::Hidden, Cell::Shown(0)],
/// );
/// assert_eq!(published.row_totals, [Cell::Shown(24)]);
/// ```
#[must_use]
pub fn suppress(table: &Table, rule: Rule) -> Published {
    suppress_also(table, rule, |_| false, &[])
}

/// As [`suppress`], with further cells that must be hidden whatever their count, and with earlier releases whose
/// changes must be as safe as the table.
pub(super) fn suppress_also(
    table: &Table,
    rule: Rule,
    must_hide: impl Fn(usize) -> bool,
    changes: &[Change],
) -> Published {
    let mut shown = Shown::margins_of(table, rule);
    for (index, count) in table.cells().iter().enumerate() {
        shown.cells[index] = !rule.is_small(*count) && !must_hide(index);
    }
    loop {
        shown.complete_lines(table, rule, changes);
        let Some(cell) = Network::of(table, &shown, rule).first_recoverable() else {
            break;
        };
        shown.hide_beside(table, cell);
    }
    shown.publish(table)
}

/// What is shown so far.
pub(super) struct Shown {
    pub(super) cells: Vec<bool>,
    pub(super) rows: Vec<bool>,
    pub(super) columns: Vec<bool>,
    pub(super) grand: bool,
}

impl Shown {
    fn margins_of(table: &Table, rule: Rule) -> Self {
        let margins = table.margins();
        // Where even "nobody" is a secret, a small total is one too.
        let may = |total: u64| rule.zeros() == Zeros::Shown || !rule.is_small(total);
        Self {
            cells: vec![true; table.cells().len()],
            rows: (0..table.rows())
                .map(|row| margins.rows && may(table.row_total(row)))
                .collect(),
            columns: (0..table.columns())
                .map(|column| margins.columns && may(table.column_total(column)))
                .collect(),
            grand: margins.grand && may(table.total()),
        }
    }

    /// Whether a line through a cell, with a total to protect, is hidden as a whole. Zeros are hidden in it too, so
    /// that the reader cannot take a hidden cell for at least one.
    pub(super) fn hides_a_whole_line_of(&self, table: &Table, cell: usize) -> bool {
        let margins = table.margins();
        let (row, column) = (cell / table.columns(), cell % table.columns());
        let hidden = |index: usize| !self.cells[index];
        (margins.rows && table.row(row).all(hidden))
            || (margins.columns && table.column(column).all(hidden))
            || (margins.only_grand() && (0..self.cells.len()).all(hidden))
    }

    /// Hides cells until every line with a shown total is safe by itself, and so is what changed in it.
    fn complete_lines(&mut self, table: &Table, rule: Rule, changes: &[Change]) {
        loop {
            let unsafe_line = self.lines(table).into_iter().find_map(|line| {
                let counts: Vec<_> = line.iter().map(|index| self.cell(table, *index)).collect();
                let in_changes = || {
                    changes
                        .iter()
                        .map(|change| change.more_to_hide(&line, &self.cells, rule))
                };
                std::iter::once(to_hide(&counts, rule))
                    .chain(in_changes())
                    .find(|more| !more.is_empty())
            });
            let Some(more) = unsafe_line else { return };
            for index in more {
                self.cells[index] = false;
            }
        }
    }

    /// Lines whose sum the reader knows.
    fn lines(&self, table: &Table) -> Vec<Vec<usize>> {
        let rows = (0..table.rows()).filter(|row| self.rows[*row]);
        let columns = (0..table.columns()).filter(|column| self.columns[*column]);
        let mut lines: Vec<Vec<usize>> = rows.map(|row| table.row(row).collect()).collect();
        lines.extend(columns.map(|column| table.column(column).collect()));
        if self.grand && lines.is_empty() {
            lines.push((0..table.cells().len()).collect());
        }
        lines
    }

    fn cell(&self, table: &Table, index: usize) -> LineCell {
        LineCell {
            index,
            count: table.cells()[index],
            hidden: !self.cells[index],
        }
    }

    /// Hides one more number beside a recoverable cell: the smallest non-zero neighbour, else a zero, else the
    /// smallest cell anywhere, else a total. There always is one: with everything hidden nothing is recoverable.
    fn hide_beside(&mut self, table: &Table, cell: usize) {
        let (row, column) = (cell / table.columns(), cell % table.columns());
        let neighbours = table.row(row).chain(table.column(column));
        let candidate = self
            .least(table, neighbours)
            .or_else(|| self.least(table, 0..table.cells().len()));
        if let Some(index) = candidate {
            self.cells[index] = false;
        } else if self.rows[row] {
            self.rows[row] = false;
        } else if self.columns[column] {
            self.columns[column] = false;
        } else if self.grand {
            self.grand = false;
        } else {
            self.rows.fill(false);
            self.columns.fill(false);
        }
    }

    fn least(&self, table: &Table, cells: impl Iterator<Item = usize>) -> Option<usize> {
        cells.filter(|cell| self.cells[*cell]).min_by_key(|cell| {
            let count = table.cells()[*cell];
            (count == 0, count, *cell)
        })
    }

    fn publish(&self, table: &Table) -> Published {
        let cell = |shown: bool, count: u64| {
            if shown {
                Cell::Shown(count)
            } else {
                Cell::Hidden
            }
        };
        let totals = |shown: &[bool], total: &dyn Fn(usize) -> u64| {
            shown
                .iter()
                .enumerate()
                .map(|(line, shown)| cell(*shown, total(line)))
                .collect()
        };
        Published {
            cells: totals(&self.cells, &|index| table.cells()[index]),
            row_totals: totals(&self.rows, &|row| table.row_total(row)),
            column_totals: totals(&self.columns, &|column| table.column_total(column)),
            grand_total: cell(self.grand, table.total()),
        }
    }
}

impl Cell {
    /// The count, where it is shown.
    #[must_use]
    pub const fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Hidden => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppression::Margins;

    #[test]
    fn a_table_without_small_cells_is_shown_as_it_is() {
        let table = Table::two_way(2, 2, vec![5, 0, 17, 6], Margins::ALL).unwrap();
        let published = suppress(&table, Rule::default());
        assert!(published.cells.iter().all(|cell| cell.shown().is_some()));
        assert_eq!(published.grand_total, Cell::Shown(28));
    }

    #[test]
    fn a_lone_cell_takes_its_total_with_it() {
        let published = suppress(&Table::line(vec![3]).unwrap(), Rule::default());
        assert_eq!(
            (published.cells[0], published.row_totals[0]),
            (Cell::Hidden, Cell::Hidden)
        );
    }

    #[test]
    fn without_totals_only_small_cells_are_hidden() {
        let table = Table::two_way(2, 2, vec![3, 8, 9, 10], Margins::NONE).unwrap();
        let published = suppress(&table, Rule::default());
        let hidden = published
            .cells
            .iter()
            .filter(|cell| cell.shown().is_none())
            .count();
        assert_eq!(hidden, 1);
    }

    #[test]
    fn a_small_cell_between_two_margins_hides_a_rectangle() {
        let counts = vec![3, 20, 30, 40, 50, 60, 70, 80, 90];
        let table = Table::two_way(3, 3, counts, Margins::ALL).unwrap();
        let published = suppress(&table, Rule::default());
        let hidden: Vec<_> = (0..9)
            .filter(|cell| published.cells[*cell].shown().is_none())
            .collect();
        assert_eq!(hidden, [0, 1, 3, 4]);
    }

    #[test]
    fn where_zeros_are_sensitive_a_small_total_is_hidden() {
        let rule = Rule::new(5, Zeros::Sensitive).unwrap();
        let published = suppress(&Table::line(vec![0, 0, 0]).unwrap(), rule);
        assert!(published.cells.iter().all(|cell| cell.shown().is_none()));
        assert_eq!(published.row_totals[0], Cell::Hidden);
    }
}
