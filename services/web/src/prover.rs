//! What this crate asks about a procedure's entries in the verifiable log. Whoever answers knows the
//! events and their keys; the pages get hashes and finished files, and nothing that a code's holder may not
//! have.

use std::error::Error;
use std::pin::Pin;

use chasqui_procedures::ids::ProcedureId;
use chasqui_tlog::merkle::Hash;

/// Why there is no answer. It is written to the log and never shown.
pub type ProverError = Box<dyn Error + Send + Sync>;

/// An answer that takes a while.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, ProverError>> + Send + 'a>>;

/// One movement of a procedure in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedLine {
    /// Its number in the procedure, from 1.
    pub sequence: u64,
    /// Its entry's place in the log.
    pub position: u64,
    /// The hash of its entry; none as long as no signature covers it.
    pub leaf: Option<Hash>,
}

/// Makes receipts and histories, which disclose no personal data.
pub trait Prover: Send + Sync {
    /// Every movement of a procedure, in order.
    fn lines(&self, procedure: ProcedureId) -> Answer<'_, Vec<SealedLine>>;

    /// The receipt (`.tlog-proof`) of a movement; none if it is not sealed, or not there.
    fn receipt(&self, procedure: ProcedureId, sequence: u64) -> Answer<'_, Option<String>>;

    /// The history (`chasqui-history/v1`) as far as it is sealed; none if nothing of it is.
    fn history(&self, procedure: ProcedureId) -> Answer<'_, Option<String>>;
}
