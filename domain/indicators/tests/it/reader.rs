//! A reader with patience: every table that agrees with what is published.

use chasqui_indicators::{Cell, Published, Rule, Table, Zeros};

/// Beyond the largest published number nothing bounds a cell without totals; this is far enough to see that.
const ROOM: u64 = 3;

/// What the reader holds.
pub(crate) struct Reader {
    rows: usize,
    columns: usize,
    truth: Vec<u64>,
    published: Published,
    /// Least value of each cell: 1 for a hidden cell that is not zero, where a zero would have been shown.
    least: Vec<u64>,
    bound: u64,
}

impl Reader {
    pub(crate) fn of(table: &Table, published: &Published, rule: Rule) -> Self {
        let (rows, columns) = (table.rows(), table.columns());
        let hidden = |cell: usize| published.cells[cell] == Cell::Hidden;
        let whole_line = |cell: usize| {
            let (row, column) = (cell / columns, cell % columns);
            let margins = table.margins();
            let only_grand = margins.grand && !margins.rows && !margins.columns;
            (margins.rows && (0..columns).all(|other| hidden(row * columns + other)))
                || (margins.columns && (0..rows).all(|other| hidden(other * columns + column)))
                || (only_grand && (0..rows * columns).all(hidden))
        };
        let knows = |cell: usize| {
            rule.zeros() == Zeros::Shown && table.cells()[cell] > 0 && !whole_line(cell)
        };
        let least = (0..rows * columns)
            .map(|cell| u64::from(knows(cell)))
            .collect();
        let largest = table.cells().iter().max().copied().unwrap_or(0);
        Self {
            rows,
            columns,
            truth: table.cells().to_vec(),
            published: published.clone(),
            least,
            bound: largest + ROOM,
        }
    }

    /// Every table that agrees with the published numbers, until `visit` says stop.
    pub(crate) fn tables(&self, visit: &mut dyn FnMut(&[u64]) -> bool) {
        self.fill(&mut Vec::new(), &|_, _| true, visit);
    }

    /// Whether some table gives `cell` another value than the true one.
    pub(crate) fn doubts(&self, cell: usize) -> bool {
        let other = |index: usize, count: u64| index != cell || count != self.truth[cell];
        self.fill(&mut Vec::new(), &other, &mut |_| true)
    }

    fn fill(
        &self,
        cells: &mut Vec<u64>,
        may_be: &dyn Fn(usize, u64) -> bool,
        visit: &mut dyn FnMut(&[u64]) -> bool,
    ) -> bool {
        let index = cells.len();
        if index == self.truth.len() {
            return visit(cells);
        }
        let mut counts: Vec<u64> = match self.published.cells[index] {
            Cell::Shown(count) => vec![count],
            Cell::Hidden => (self.least[index]..=self.most(cells)).collect(),
        };
        // The order is only a matter of patience: another table is most often found close by.
        counts.sort_by_key(|count| count.abs_diff(self.truth[index]));
        counts
            .into_iter()
            .filter(|count| may_be(index, *count))
            .any(|count| {
                cells.push(count);
                let stop = self.agrees(cells) && self.fill(cells, may_be, visit);
                cells.pop();
                stop
            })
    }

    fn most(&self, cells: &[u64]) -> u64 {
        let (row, column) = (cells.len() / self.columns, cells.len() % self.columns);
        let totals = [
            self.published.row_totals[row],
            self.published.column_totals[column],
        ];
        totals
            .into_iter()
            .filter_map(Cell::shown)
            .min()
            .unwrap_or(self.bound)
    }

    /// Whether the totals still allow the cells filled so far.
    fn agrees(&self, cells: &[u64]) -> bool {
        let (row, column) = (
            (cells.len() - 1) / self.columns,
            (cells.len() - 1) % self.columns,
        );
        let row_sum: u64 = cells[row * self.columns..].iter().sum();
        let column_sum: u64 = cells.iter().skip(column).step_by(self.columns).sum();
        let fits = |total: Cell, sum: u64, complete: bool| {
            total
                .shown()
                .is_none_or(|total| if complete { sum == total } else { sum <= total })
        };
        fits(
            self.published.row_totals[row],
            row_sum,
            column + 1 == self.columns,
        ) && fits(
            self.published.column_totals[column],
            column_sum,
            row + 1 == self.rows,
        )
    }
}
