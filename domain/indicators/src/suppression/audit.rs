//! Plays the reader: can a hidden cell be worked out from everything that is shown?
//!
//! A two-way table with its totals is a network (row → column for a cell, source → row, column → sink, sink →
//! source for the totals), and its numbers are a flow. Another table with the same published numbers differs by a
//! circulation through hidden arcs only; a hidden number is therefore recoverable exactly when no such cycle runs
//! through its arc (Gusfield 1988, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17,
//! for the arithmetic; the least values add what is known of hidden cells). It decides nothing about hiding.

use std::collections::VecDeque;

use super::rule::Rule;
use super::suppress::Shown;
use super::table::Table;

/// A number of the table, as an arc.
struct Arc {
    from: usize,
    to: usize,
    /// Whether it can be smaller in another table.
    can_fall: bool,
}

/// The hidden numbers of a table as a network.
pub(super) struct Network {
    nodes: usize,
    arcs: Vec<Arc>,
    /// Outgoing moves of each node: the other end, and the arc they use.
    moves: Vec<Vec<(usize, usize)>>,
    /// Arc of each hidden cell, by cell index.
    cells: Vec<(usize, usize)>,
}

impl Network {
    /// The network of the numbers that `shown` leaves out.
    pub(super) fn of(table: &Table, shown: &Shown, rule: Rule) -> Self {
        let (rows, columns) = (table.rows(), table.columns());
        let (source, sink) = (rows + columns, rows + columns + 1);
        let nodes = rows + columns + 2;
        let mut network = Self {
            nodes,
            arcs: Vec::new(),
            moves: vec![Vec::new(); nodes],
            cells: Vec::new(),
        };
        for row in 0..rows {
            for cell in table.row(row).filter(|cell| !shown.cells[*cell]) {
                let column = cell % columns;
                let count = table.cells()[cell];
                let may_be_zero = shown.hides_a_whole_line_of(table, cell);
                let least = if may_be_zero {
                    0
                } else {
                    rule.least_hidden(count)
                };
                network.cells.push((cell, network.arcs.len()));
                network.arc(row, rows + column, count > least);
            }
            if !shown.rows[row] {
                network.arc(source, row, table.row_total(row) > 0);
            }
        }
        for column in (0..columns).filter(|column| !shown.columns[*column]) {
            network.arc(rows + column, sink, table.column_total(column) > 0);
        }
        if !shown.grand {
            network.arc(sink, source, table.total() > 0);
        }
        network
    }

    /// The first hidden cell that a reader can work out, by cell index.
    pub(super) fn first_recoverable(&self) -> Option<usize> {
        let recoverable = |arc: usize| {
            let Arc { from, to, can_fall } = self.arcs[arc];
            let can_rise = self.reaches(to, from, arc);
            !(can_rise || can_fall && self.reaches(from, to, arc))
        };
        self.cells
            .iter()
            .find(|(_, arc)| recoverable(*arc))
            .map(|(cell, _)| *cell)
    }

    fn arc(&mut self, from: usize, to: usize, can_fall: bool) {
        let arc = self.arcs.len();
        self.moves[from].push((to, arc));
        if can_fall {
            self.moves[to].push((from, arc));
        }
        self.arcs.push(Arc { from, to, can_fall });
    }

    /// Whether a change can be passed on from one node to another without using `except`.
    fn reaches(&self, from: usize, to: usize, except: usize) -> bool {
        let mut seen = vec![false; self.nodes];
        let mut queue = VecDeque::from([from]);
        seen[from] = true;
        while let Some(node) = queue.pop_front() {
            if node == to {
                return true;
            }
            for (next, arc) in &self.moves[node] {
                if *arc != except && !seen[*next] {
                    seen[*next] = true;
                    queue.push_back(*next);
                }
            }
        }
        false
    }
}
