//! A table of counts and which of its margins are published with it.
//!
//! Complementary suppression depends on what else the reader can see: a hidden cell beside a published total
//! is no secret. This file holds the numbers; `suppress` decides.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Most cells of one table: beyond that a table is data, not a table, and the audit would be slow.
const MOST_CELLS: usize = 4096;

/// Largest count of a cell, so that sums of a table always fit.
const LARGEST: u64 = 1 << 48;

/// Counts in rows and columns. One row with its total is the common case ([`Table::line`]).
///
/// It cannot be ragged, empty, have more than 4,096 cells, or counts above 2^48.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    rows: usize,
    columns: usize,
    cells: Vec<u64>,
    margins: Margins,
}

/// Which sums are published beside the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margins {
    /// The total of each row.
    pub rows: bool,
    /// The total of each column.
    pub columns: bool,
    /// The total of everything.
    pub grand: bool,
}

impl Margins {
    /// Every margin of a two-way table.
    pub const ALL: Self = Self {
        rows: true,
        columns: true,
        grand: true,
    };
    /// No total at all.
    pub const NONE: Self = Self {
        rows: false,
        columns: false,
        grand: false,
    };

    /// Whether the table is one line with one total, whatever its shape.
    pub(super) const fn only_grand(self) -> bool {
        self.grand && !self.rows && !self.columns
    }
}

/// Why numbers do not make a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// The number of cells is not rows times columns, or is zero.
    #[error("{cells} cells do not fill {rows} rows of {columns}")]
    WrongShape {
        /// Rows named.
        rows: usize,
        /// Columns named.
        columns: usize,
        /// Cells given.
        cells: usize,
    },
    /// More cells than a table may have.
    #[error("{cells} cells, at most 4096")]
    TooManyCells {
        /// Cells given.
        cells: usize,
    },
    /// A count no register of procedures reaches.
    #[error("count {count} is above 2^48")]
    CountTooLarge {
        /// The count.
        count: u64,
    },
    /// Two releases of a table do not have the same shape and margins.
    #[error("an earlier release has another shape")]
    OtherShape,
}

impl Table {
    /// One row of cells whose total is published.
    ///
    /// # Errors
    /// [`TableError`] for no cells, too many, or counts too large.
    pub fn line(cells: Vec<u64>) -> Result<Self, TableError> {
        let margins = Margins {
            rows: true,
            columns: false,
            grand: false,
        };
        Self::two_way(1, cells.len(), cells, margins)
    }

    /// Rows and columns, cells row by row.
    ///
    /// # Errors
    /// [`TableError`] when the cells do not fill the shape, are too many or too large.
    pub fn two_way(
        rows: usize,
        columns: usize,
        cells: Vec<u64>,
        margins: Margins,
    ) -> Result<Self, TableError> {
        if cells.len() > MOST_CELLS {
            return Err(TableError::TooManyCells { cells: cells.len() });
        }
        if cells.is_empty() || rows.checked_mul(columns) != Some(cells.len()) {
            return Err(TableError::WrongShape {
                rows,
                columns,
                cells: cells.len(),
            });
        }
        if let Some(count) = cells.iter().copied().find(|count| *count > LARGEST) {
            return Err(TableError::CountTooLarge { count });
        }
        Ok(Self {
            rows,
            columns,
            cells,
            margins,
        })
    }

    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Cells, row by row.
    #[must_use]
    pub fn cells(&self) -> &[u64] {
        &self.cells
    }

    /// Which margins are published.
    #[must_use]
    pub const fn margins(&self) -> Margins {
        self.margins
    }

    /// Sum of everything.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.cells.iter().sum()
    }

    pub(super) fn row_total(&self, row: usize) -> u64 {
        self.row(row).map(|cell| self.cells[cell]).sum()
    }

    pub(super) fn column_total(&self, column: usize) -> u64 {
        self.column(column).map(|cell| self.cells[cell]).sum()
    }

    /// Cell indexes of a row.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        (0..columns).map(move |column| row * columns + column)
    }

    /// Cell indexes of a column.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        (0..self.rows).map(move |row| row * columns + column)
    }

    pub(super) fn same_shape(&self, other: &Self) -> bool {
        (self.rows, self.columns, self.margins) == (other.rows, other.columns, other.margins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_make_no_table_are_refused() {
        assert_eq!(
            Table::two_way(2, 2, vec![1, 2, 3], Margins::ALL),
            Err(TableError::WrongShape {
                rows: 2,
                columns: 2,
                cells: 3
            }),
        );
        assert!(Table::line(vec![]).is_err());
        assert!(Table::line(vec![0; 4097]).is_err());
        assert!(Table::line(vec![u64::MAX, 1]).is_err());
    }

    #[test]
    fn rows_and_columns_are_sums_of_cells() {
        let table = Table::two_way(2, 3, vec![1, 2, 3, 4, 5, 6], Margins::ALL).unwrap();
        assert_eq!(
            (table.row_total(1), table.column_total(2), table.total()),
            (15, 9, 21)
        );
    }
}
