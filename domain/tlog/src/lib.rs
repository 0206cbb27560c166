//! The verifiable log's mathematics: what a procedure's history is turned into so that an outsider,
//! who trusts nobody, can prove that it was neither edited, deleted, reordered nor backdated.
//!
//! The format is `docs/log-format.md`; underneath it are the specifications of C2SP: `tlog-tiles`,
//! `tlog-checkpoint`, `signed-note`, `tlog-cosignature`, `tlog-witness`, `tlog-proof`, `tlog-policy`.
//!
//! | module | what it answers |
//! |---|---|
//! | [`merkle`] | which root do these leaves have, is this leaf in that tree, is that tree a continuation of this one |
//! | [`tile`] | in which files do the hashes and entries lie, and which files does a growth complete |
//! | [`note`] | who signed this text |
//! | [`checkpoint`] | which tree does the log promise |
//! | [`leaf`] | what stands in the log, byte for byte |
//! | [`sealing`] | how is an event's leaf made from its fields and keys, and is this all of a history |
//! | [`disclosure`] | which field, opened, belongs to which digest |
//! | [`proof`] | a leaf's way to a checkpoint, as a file |
//! | [`policy`] | who must have signed |
//! | [`receipt`] | a proof with the opened fields, for the party |
//! | [`history`] | all events of one stream, as a file for whoever holds its code |
//! | [`witness`] | what a log and a witness say to each other |
//!
//! Every parser has limits, accepts one spelling only (`print(parse(bytes)) == bytes`), and never
//! panics, whatever the bytes. The crate never sees a clock, a file, a socket or a random source:
//! keys, times and tiles are handed in. It deliberately does not fetch, store, schedule or retry.

pub mod checkpoint;
pub mod disclosure;
mod encoding;
pub mod error;
pub mod history;
pub mod leaf;
pub mod merkle;
pub mod note;
pub mod policy;
pub mod proof;
pub mod receipt;
pub mod sealing;
pub mod tile;
pub mod witness;
