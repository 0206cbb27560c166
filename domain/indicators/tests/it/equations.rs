//! A reader with a computer: solves the published totals as linear equations, on tables too large to try them all.
//!
//! It is the attack that a spreadsheet makes: no knowledge of the rule, only sums. What it finds, anybody finds.

use chasqui_indicators::{Cell, Margins, Published, Rule, Table, suppress};
use proptest::collection::vec;
use proptest::prelude::*;

/// The hidden numbers of a table as unknowns, and each published sum as a row of coefficients over them.
fn equations(published: &Published, rows: usize, columns: usize) -> (usize, Vec<Vec<f64>>) {
    let cells = rows * columns;
    let hidden: Vec<usize> = (0..cells)
        .filter(|cell| published.cells[*cell] == Cell::Hidden)
        .collect();
    let equation = |in_sum: &dyn Fn(usize) -> bool| {
        let coefficient = |cell: &usize| f64::from(u8::from(in_sum(*cell)));
        hidden.iter().map(coefficient).collect::<Vec<f64>>()
    };
    let mut equations = Vec::new();
    for (row, total) in published.row_totals.iter().enumerate() {
        if *total != Cell::Hidden {
            equations.push(equation(&|cell| cell / columns == row));
        }
    }
    for (column, total) in published.column_totals.iter().enumerate() {
        if *total != Cell::Hidden {
            equations.push(equation(&|cell| cell % columns == column));
        }
    }
    if published.grand_total != Cell::Hidden {
        equations.push(equation(&|_| true));
    }
    (hidden.len(), equations)
}

/// Gauss and Jordan. The coefficients of sums of a table stay −1, 0 and 1 (they are totally unimodular), so that
/// floats are exact here.
fn solved(unknowns: usize, mut equations: Vec<Vec<f64>>) -> Vec<usize> {
    let mut done = 0;
    for unknown in 0..unknowns {
        let Some(pivot) = (done..equations.len()).find(|row| equations[*row][unknown] != 0.0)
        else {
            continue;
        };
        equations.swap(done, pivot);
        let scale = equations[done][unknown];
        equations[done].iter_mut().for_each(|value| *value /= scale);
        let lead = equations[done].clone();
        for (row, equation) in equations.iter_mut().enumerate() {
            let factor = equation[unknown];
            if row != done && factor != 0.0 {
                equation
                    .iter_mut()
                    .zip(&lead)
                    .for_each(|(value, other)| *value -= factor * other);
            }
        }
        done += 1;
    }
    // An equation with a single unknown gives it away.
    equations
        .iter()
        .filter_map(|equation| {
            let mut left = (0..unknowns).filter(|unknown| equation[*unknown] != 0.0);
            left.next().filter(|_| left.next().is_none())
        })
        .collect()
}

fn table() -> impl Strategy<Value = Table> {
    let shape = (1_usize..=7, 1_usize..=7, any::<(bool, bool, bool)>());
    shape.prop_flat_map(|(rows, columns, (by_row, by_column, grand))| {
        let count = prop_oneof![2 => Just(0_u64), 2 => 1_u64..5, 6 => 5_u64..200];
        let margins = Margins {
            rows: by_row,
            columns: by_column,
            grand,
        };
        vec(count, rows * columns)
            .prop_map(move |counts| Table::two_way(rows, columns, counts, margins).unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn the_published_sums_solve_for_no_hidden_cell(table in table()) {
        let published = suppress(&table, Rule::default());
        let (unknowns, equations) = equations(&published, table.rows(), table.columns());
        prop_assert_eq!(solved(unknowns, equations), Vec::<usize>::new(), "{:?}", published);
    }
}

#[test]
fn hiding_small_cells_alone_would_be_solved() {
    let hidden = |cell: usize| {
        if cell == 1 {
            Cell::Hidden
        } else {
            Cell::Shown(9)
        }
    };
    let published = Published {
        cells: (0..4).map(hidden).collect(),
        row_totals: vec![Cell::Shown(30)],
        column_totals: vec![Cell::Hidden; 4],
        grand_total: Cell::Hidden,
    };
    let (unknowns, equations) = equations(&published, 1, 4);
    assert_eq!(solved(unknowns, equations), [0]);
}
