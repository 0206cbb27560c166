//! A reader who keeps every release: what two releases do not give away, three must not either.

use std::collections::BTreeSet;

use chasqui_indicators::{Cell, Published, Release, Rule, Table, Zeros, suppress, suppress_after};

use crate::reader::Reader;

struct History {
    tables: Vec<Table>,
    published: Vec<Published>,
}

fn publish(counts: &[Vec<u64>], rule: Rule) -> History {
    let tables: Vec<Table> = counts
        .iter()
        .map(|list| Table::line(list.clone()).unwrap())
        .collect();
    let mut published = vec![suppress(&tables[0], rule)];
    for now in 1..tables.len() {
        let earlier: Vec<Release<'_>> = tables
            .iter()
            .zip(&published)
            .map(|(table, published)| Release { table, published })
            .collect();
        published.push(suppress_after(&tables[now], &earlier, rule).unwrap());
    }
    History { tables, published }
}

/// Every table that agrees with a release taken by itself.
fn alone(table: &Table, published: &Published, rule: Rule) -> Vec<Vec<u64>> {
    let mut found = Vec::new();
    Reader::of(table, published, rule).tables(&mut |cells| {
        found.push(cells.to_vec());
        false
    });
    found
}

fn grows(then: &[u64], now: &[u64]) -> bool {
    then.iter().zip(now).all(|(then, now)| then <= now)
}

/// Fails if somebody who knows that counts only grow can tell a hidden cell or a small change.
fn attack(releases: &History, rule: Rule) {
    let [a, b, c] =
        [0, 1, 2].map(|one| alone(&releases.tables[one], &releases.published[one], rule));
    let cells = releases.tables[0].cells().len();
    // What each cell can have been at each release, and how it can have changed between each two.
    let mut counts = vec![BTreeSet::new(); 3 * cells];
    let mut changes = vec![BTreeSet::new(); 3 * cells];
    for first in &a {
        for second in b.iter().filter(|second| grows(first, second)) {
            for third in c.iter().filter(|third| grows(second, third)) {
                for cell in 0..cells {
                    let [x, y, z] = [first[cell], second[cell], third[cell]];
                    for (index, (count, change)) in
                        [(x, y - x), (y, z - y), (z, z - x)].into_iter().enumerate()
                    {
                        counts[3 * cell + index].insert(count);
                        changes[3 * cell + index].insert(change);
                    }
                }
            }
        }
    }
    let truth = |release: usize, cell: usize| releases.tables[release].cells()[cell];
    for cell in 0..cells {
        for release in 0..3 {
            let hidden = releases.published[release].cells[cell] == Cell::Hidden;
            assert!(
                !hidden || counts[3 * cell + release].len() > 1,
                "cell {cell} of release {release}: {:?} {:?}",
                releases.tables,
                releases.published
            );
        }
        for (index, (then, now)) in [(0, 1), (1, 2), (0, 2)].into_iter().enumerate() {
            let change = truth(now, cell) - truth(then, cell);
            let secret = change > 0 && change < rule.threshold();
            assert!(
                !secret || changes[3 * cell + index].len() > 1,
                "change of cell {cell} from {then} to {now}: {:?} {:?}",
                releases.tables,
                releases.published
            );
        }
    }
}

#[test]
fn three_releases_give_away_no_more_than_each_of_them() {
    for (threshold, cells, most, growth) in [(3, 2, 5, 3), (3, 3, 2, 2)] {
        let rule = Rule::new(threshold, Zeros::Shown).unwrap();
        let add = |a: &[u64], b: &[u64]| a.iter().zip(b).map(|(a, b)| a + b).collect::<Vec<u64>>();
        for first in crate::suppression::lists(cells, most) {
            for one in crate::suppression::lists(cells, growth) {
                for two in crate::suppression::lists(cells, growth) {
                    let second = add(&first, &one);
                    let third = add(&second, &two);
                    attack(&publish(&[first.clone(), second, third], rule), rule);
                }
            }
        }
    }
}
