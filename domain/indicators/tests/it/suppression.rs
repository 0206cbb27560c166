//! Plays the reader against every small table: nothing hidden may be worked out.
//!
//! Two readers. The first knows what is published, and that a shown zero is a zero. The second also runs our rule over
//! every table that could have been, and keeps those that would have been published alike.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_indicators::{
    Cell, Margins, Published, Release, Rule, Table, Zeros, suppress, suppress_after,
};
use proptest::prelude::*;

use crate::reader::Reader;

/// Every list of `cells` counts from 0 to `most`.
pub(crate) fn lists(cells: usize, most: u64) -> Vec<Vec<u64>> {
    (0..cells).fold(vec![Vec::new()], |lists, _| {
        let longer = |list: &Vec<u64>| {
            let list = list.clone();
            (0..=most).map(move |count| [list.as_slice(), &[count]].concat())
        };
        lists.iter().flat_map(longer).collect()
    })
}

fn hidden_cells(published: &Published) -> Vec<usize> {
    (0..published.cells.len())
        .filter(|cell| published.cells[*cell] == Cell::Hidden)
        .collect()
}

fn assert_nothing_is_recoverable(table: &Table, published: &Published, rule: Rule) {
    let reader = Reader::of(table, published, rule);
    for cell in hidden_cells(published) {
        assert!(
            reader.doubts(cell),
            "cell {cell} of {table:?} is known: {published:?}"
        );
    }
}

#[test]
fn a_reader_who_runs_the_rule_cannot_work_out_a_hidden_cell_of_a_line() {
    let sizes = [
        (3, 1, 9),
        (3, 2, 12),
        (3, 3, 9),
        (3, 4, 6),
        (3, 5, 4),
        (4, 3, 11),
        (5, 3, 13),
        (5, 4, 7),
    ];
    for (zeros, (threshold, cells, most)) in [Zeros::Shown, Zeros::Sensitive]
        .into_iter()
        .flat_map(|zeros| sizes.map(|size| (zeros, size)))
    {
        let rule = Rule::new(threshold, zeros).unwrap();
        let mut alike: BTreeMap<Published, Vec<Vec<u64>>> = BTreeMap::new();
        for line in lists(cells, most) {
            let published = suppress(&Table::line(line.clone()).unwrap(), rule);
            alike.entry(published).or_default().push(line);
        }
        for (published, lines) in alike {
            for cell in hidden_cells(&published) {
                let values: BTreeSet<u64> = lines.iter().map(|line| line[cell]).collect();
                assert!(
                    values.len() > 1,
                    "{rule:?}: cell {cell} of {lines:?} is known"
                );
            }
        }
    }
}

#[test]
fn no_hidden_cell_of_a_small_two_way_table_can_be_worked_out_from_its_totals() {
    let margins = [
        Margins::ALL,
        Margins {
            rows: true,
            columns: true,
            grand: false,
        },
        Margins {
            rows: true,
            columns: false,
            grand: true,
        },
        Margins {
            rows: false,
            columns: false,
            grand: true,
        },
        Margins::NONE,
    ];
    for (threshold, rows, columns, most) in [(3, 2, 2, 4), (4, 2, 2, 5), (3, 2, 3, 3), (3, 3, 3, 1)]
    {
        for (zeros, margins) in [Zeros::Shown, Zeros::Sensitive]
            .into_iter()
            .flat_map(|zeros| margins.map(|m| (zeros, m)))
        {
            let rule = Rule::new(threshold, zeros).unwrap();
            for counts in lists(rows * columns, most) {
                let table = Table::two_way(rows, columns, counts, margins).unwrap();
                assert_nothing_is_recoverable(&table, &suppress(&table, rule), rule);
            }
        }
    }
}

fn any_table() -> impl Strategy<Value = (Table, Rule)> {
    let margins = (any::<bool>(), any::<bool>(), any::<bool>());
    let shape = (1_usize..=3, 1_usize..=3, margins, 3_u64..=5, any::<bool>());
    shape.prop_flat_map(
        |(rows, columns, (by_row, by_column, grand), threshold, sensitive)| {
            let count = prop_oneof![3 => Just(0_u64), 4 => 1_u64..5, 4 => 5_u64..20];
            let margins = Margins {
                rows: by_row,
                columns: by_column,
                grand,
            };
            let zeros = if sensitive {
                Zeros::Sensitive
            } else {
                Zeros::Shown
            };
            proptest::collection::vec(count, rows * columns).prop_map(move |counts| {
                let table = Table::two_way(rows, columns, counts, margins).unwrap();
                (table, Rule::new(threshold, zeros).unwrap())
            })
        },
    )
}

proptest! {
    #[test]
    fn no_hidden_cell_of_any_table_can_be_worked_out((table, rule) in any_table()) {
        assert_nothing_is_recoverable(&table, &suppress(&table, rule), rule);
    }

    #[test]
    fn no_small_cell_is_ever_shown_and_what_is_shown_is_true((table, rule) in any_table()) {
        for (cell, count) in suppress(&table, rule).cells.iter().zip(table.cells()) {
            prop_assert!(cell.shown().is_none_or(|shown| shown == *count && !rule.is_small(shown)));
        }
    }

    #[test]
    fn a_table_that_did_not_change_is_published_as_before((table, rule) in any_table()) {
        let published = suppress(&table, rule);
        let release = Release { table: &table, published: &published };
        prop_assert_eq!(suppress_after(&table, &[release], rule).unwrap(), published);
    }
}

/// The counts of a line when it was first released, and by how much each has grown since.
type Growth = (Vec<u64>, Vec<u64>);

/// Every pair of releases of a line whose counts only grow.
fn releases(cells: usize, most: u64, growth: u64) -> impl Iterator<Item = Growth> {
    lists(cells, most).into_iter().flat_map(move |then| {
        lists(cells, growth)
            .into_iter()
            .map(move |change| (then.clone(), change))
    })
}

fn publish_twice(then: &[u64], change: &[u64], rule: Rule) -> (Table, Table, Published, Published) {
    let now = then
        .iter()
        .zip(change)
        .map(|(then, change)| then + change)
        .collect();
    let (then, now) = (
        Table::line(then.to_vec()).unwrap(),
        Table::line(now).unwrap(),
    );
    let before = suppress(&then, rule);
    let release = Release {
        table: &then,
        published: &before,
    };
    let after = suppress_after(&now, &[release], rule).unwrap();
    (then, now, before, after)
}

#[test]
fn a_later_release_never_gives_away_what_an_earlier_one_hid_even_to_a_reader_who_runs_the_rule() {
    for (threshold, cells, most, growth) in [(3, 2, 8, 6), (3, 3, 6, 4), (5, 2, 12, 8)] {
        let rule = Rule::new(threshold, Zeros::Shown).unwrap();
        let mut alike: BTreeMap<(Published, Published), Vec<Growth>> = BTreeMap::new();
        for (then, change) in releases(cells, most, growth) {
            let (_, _, before, after) = publish_twice(&then, &change, rule);
            alike
                .entry((before, after))
                .or_default()
                .push((then, change));
        }
        for ((before, _), histories) in alike {
            // At the edge of what was tried, the other histories may lie outside.
            if histories
                .iter()
                .any(|(then, change)| then.contains(&most) || change.contains(&growth))
            {
                continue;
            }
            for cell in hidden_cells(&before) {
                let values: BTreeSet<u64> = histories.iter().map(|(then, _)| then[cell]).collect();
                assert!(
                    values.len() > 1,
                    "{rule:?}: cell {cell} of {histories:?} is known"
                );
            }
        }
    }
}

#[test]
fn two_releases_never_give_away_a_small_change() {
    for (threshold, cells, most, growth) in [(3, 2, 6, 4), (3, 3, 4, 3), (5, 2, 8, 6)] {
        let rule = Rule::new(threshold, Zeros::Shown).unwrap();
        for (then, change) in releases(cells, most, growth) {
            let (first, second, before, after) = publish_twice(&then, &change, rule);
            let mut possible = vec![BTreeSet::new(); cells];
            let (reader_then, reader_now) = (
                Reader::of(&first, &before, rule),
                Reader::of(&second, &after, rule),
            );
            reader_then.tables(&mut |then| {
                reader_now.tables(&mut |now| {
                    if then.iter().zip(now).all(|(then, now)| then <= now) {
                        for cell in 0..cells {
                            possible[cell].insert(now[cell] - then[cell]);
                        }
                    }
                    false
                });
                false
            });
            for cell in 0..cells {
                let secret = change[cell] > 0 && change[cell] < threshold;
                assert!(
                    !secret || possible[cell].len() > 1,
                    "{then:?} {change:?} {before:?} {after:?}"
                );
            }
        }
    }
}
