//! The Merkle tree of RFC 6962: hashes, the right edge of a growing tree, proofs and their checks.
//!
//! Proving walks from the root down over ranges of leaves; checking climbs from the leaf up by the
//! algorithm of RFC 9162. The two share no code, so that a mistake in one does not hide in the other.

mod edge;
mod hash;
mod plan;
mod prove;
mod verify;

pub use edge::Edge;
pub use hash::{Hash, empty_root, leaf_hash, node_hash, perfect_root};
pub use plan::{Subtree, consistency_tiles, inclusion_tiles};
pub use prove::{TileReader, edge_at, prove_consistency, prove_inclusion, root_at};
pub use verify::{MAX_PROOF_HASHES, verify_consistency, verify_inclusion};

/// The largest tree: 2^62 leaves. It leaves two bits above every index, so no sum overflows.
pub const MAX_TREE_SIZE: u64 = 1 << 62;
