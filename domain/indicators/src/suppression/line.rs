//! One row or column whose total is published: which further cells must go with a hidden one.
//!
//! The rule treats equal counts equally (all ties go together), so whoever swaps two hidden cells in thought gets
//! the same publication: even a reader who knows this rule cannot tell which hidden cell is which. The margins of
//! two are there for the same reason; `tests/it/suppression.rs` tries every small line with such a reader.

use super::rule::{Rule, Zeros};

/// A cell of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineCell {
    pub(super) index: usize,
    pub(super) count: u64,
    pub(super) hidden: bool,
}

/// Cells to hide in addition, none when the line is safe or wholly hidden.
pub(super) fn to_hide(cells: &[LineCell], rule: Rule) -> Vec<usize> {
    let hidden = || cells.iter().filter(|cell| cell.hidden);
    if hidden().next().is_none() || is_safe(hidden().map(|cell| cell.count), rule) {
        return Vec::new();
    }
    smallest(
        cells
            .iter()
            .filter(|cell| !cell.hidden)
            .map(|cell| (cell.index, cell.count)),
    )
}

/// The cells of the smallest count that is not zero, which cost the reader least; without one, every zero.
pub(super) fn smallest(shown: impl Iterator<Item = (usize, u64)>) -> Vec<usize> {
    let shown: Vec<_> = shown.collect();
    let counts = shown.iter().map(|(_, count)| *count);
    let least = counts.filter(|count| *count > 0).min().unwrap_or(0);
    shown
        .into_iter()
        .filter(|(_, count)| *count == least)
        .map(|(index, _)| index)
        .collect()
}

/// Whether the known sum of the hidden cells says nothing about one of them.
fn is_safe(hidden: impl Iterator<Item = u64> + Clone, rule: Rule) -> bool {
    let cells = u64::try_from(hidden.clone().count()).unwrap_or(u64::MAX);
    let sum: u64 = hidden.clone().sum();
    if cells < 2 || sum < rule.threshold() {
        return false;
    }
    if hidden.clone().any(|count| !rule.is_small(count)) {
        return true;
    }
    // Only small cells: their sum must not sit at an end of what small cells can add up to.
    let least = match rule.zeros() {
        Zeros::Shown => cells,
        Zeros::Sensitive => 0,
    };
    let most = cells * (rule.threshold() - 1);
    least + 2 <= sum && sum + 2 <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn more(counts: &[u64], hidden: &[usize]) -> Vec<usize> {
        let cells: Vec<_> = counts
            .iter()
            .enumerate()
            .map(|(index, count)| LineCell {
                index,
                count: *count,
                hidden: hidden.contains(&index),
            })
            .collect();
        to_hide(&cells, Rule::default())
    }

    #[test]
    fn the_next_smallest_cell_goes_with_a_single_hidden_one() {
        assert_eq!(more(&[12, 3, 9, 0], &[1]), [2]);
        assert!(more(&[12, 3, 9, 0], &[1, 2]).is_empty());
    }

    #[test]
    fn equal_cells_go_together() {
        assert_eq!(more(&[9, 9, 4, 30], &[2]), [0, 1]);
    }

    #[test]
    fn a_sum_that_gives_the_cells_away_is_not_enough() {
        // Two cells that are 4 at most and add up to 8 are both 4.
        assert_eq!(more(&[4, 4, 20], &[0, 1]), [2]);
        // Five cells that are 1 at least and add up to 5 are all 1.
        assert_eq!(more(&[1, 1, 1, 1, 1, 20], &[0, 1, 2, 3, 4]), [5]);
        // Together they are fewer than five.
        assert_eq!(more(&[1, 2, 20], &[0, 1]), [2]);
    }

    #[test]
    fn without_another_cell_the_zeros_go_too() {
        assert_eq!(more(&[3, 0, 0], &[0]), [1, 2]);
        assert!(more(&[3, 0, 0], &[0, 1, 2]).is_empty());
    }
}
