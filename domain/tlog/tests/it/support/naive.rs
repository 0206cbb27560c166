//! RFC 6962, section 2.1, written down as it stands there: recursion over ranges, with SHA-256 and
//! nothing else. Roots are remembered, because every proof asks for the same ones.

use std::cell::RefCell;
use std::collections::HashMap;

use sha2::{Digest, Sha256};

type Bytes = [u8; 32];

/// A list of leaves' hashes, D[0:n].
pub(crate) struct Naive {
    leaves: Vec<Bytes>,
    known: RefCell<HashMap<(usize, usize), Bytes>>,
}

impl Naive {
    pub(crate) fn new<E: AsRef<[u8]>>(entries: &[E]) -> Self {
        let hash = |entry: &E| {
            Sha256::new_with_prefix([0])
                .chain_update(entry)
                .finalize()
                .into()
        };
        Self {
            leaves: entries.iter().map(hash).collect(),
            known: RefCell::default(),
        }
    }

    /// MTH(D[from:to]).
    pub(crate) fn root(&self, from: usize, to: usize) -> Bytes {
        match to - from {
            0 => return Sha256::digest([]).into(),
            1 => return self.leaves[from],
            _ => {}
        }
        if let Some(root) = self.known.borrow().get(&(from, to)) {
            return *root;
        }
        let k = from + split(to - from);
        let (left, right) = (self.root(from, k), self.root(k, to));
        let root = Sha256::new_with_prefix([1])
            .chain_update(left)
            .chain_update(right)
            .finalize();
        self.known.borrow_mut().insert((from, to), root.into());
        root.into()
    }

    /// PATH(m, D[0:n]).
    pub(crate) fn path(&self, m: usize, n: usize) -> Vec<Bytes> {
        self.path_in(m, 0, n)
    }

    fn path_in(&self, m: usize, from: usize, to: usize) -> Vec<Bytes> {
        if to - from == 1 {
            return vec![];
        }
        let k = from + split(to - from);
        let (mut path, last) = if m < k {
            (self.path_in(m, from, k), self.root(k, to))
        } else {
            (self.path_in(m, k, to), self.root(from, k))
        };
        path.push(last);
        path
    }

    /// PROOF(m, D[0:n]) for 0 < m <= n.
    pub(crate) fn proof(&self, m: usize, n: usize) -> Vec<Bytes> {
        self.subproof(m, 0, n, true)
    }

    fn subproof(&self, m: usize, from: usize, to: usize, complete: bool) -> Vec<Bytes> {
        if m == to - from {
            return if complete {
                vec![]
            } else {
                vec![self.root(from, to)]
            };
        }
        let k = split(to - from);
        let (mut proof, last) = if m <= k {
            (
                self.subproof(m, from, from + k, complete),
                self.root(from + k, to),
            )
        } else {
            (
                self.subproof(m - k, from + k, to, false),
                self.root(from, from + k),
            )
        };
        proof.push(last);
        proof
    }
}

/// "The largest power of two smaller than n", found by doubling.
fn split(n: usize) -> usize {
    let mut k = 1;
    while k * 2 < n {
        k *= 2;
    }
    k
}
