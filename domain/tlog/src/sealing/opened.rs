//! The fields of an event that somebody showed, once they are known to be the ones that were
//! committed. That the leaf stands in the log is shown by a proof, not here.

use serde_json::Value;

use crate::disclosure::{Commit, Commitment, Disclosure};
use crate::error::OpenError;
use crate::merkle::Hash;

/// Fields that belong to a commit, each opened once.
///
/// It is never made of disclosures that were not committed. Fields that are not here may exist all
/// the same: [`hidden`](Self::hidden) says how many.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedEvent {
    disclosures: Vec<Disclosure>,
    hidden: usize,
}

impl OpenedEvent {
    /// Checks that `commitment` is the one in the leaf, and that it contains every disclosure.
    pub fn check(
        commit: Commit,
        commitment: &Commitment,
        disclosures: Vec<Disclosure>,
    ) -> Result<Self, OpenError> {
        if commitment.commit() != commit {
            return Err(OpenError::OtherCommit);
        }
        for (n, disclosure) in disclosures.iter().enumerate() {
            if !commitment.contains(&disclosure.digest()) {
                return Err(OpenError::NotCommitted {
                    field: disclosure.field().to_string(),
                });
            }
            if disclosures[..n]
                .iter()
                .any(|other| other.field() == disclosure.field())
            {
                return Err(OpenError::FieldTwice {
                    field: disclosure.field().to_string(),
                });
            }
        }
        let hidden = commitment.digests().len() - disclosures.len();
        Ok(Self {
            disclosures,
            hidden,
        })
    }

    /// The value of a field, if it was opened.
    pub fn value(&self, field: &str) -> Option<&Value> {
        let found = self
            .disclosures
            .iter()
            .find(|one| one.field().as_str() == field);
        found.map(Disclosure::value)
    }

    /// Its number in its stream, if opened and a number.
    pub fn seq(&self) -> Option<u64> {
        self.value("seq")?.as_u64()
    }

    /// The leaf hash of the event before it: nothing if the field was not opened or is malformed,
    /// `Some(None)` for the first event of a stream.
    pub fn prev(&self) -> Option<Option<Hash>> {
        let value = self.value("prev")?;
        if value.is_null() {
            Some(None)
        } else {
            value.as_str()?.parse().ok().map(Some)
        }
    }

    /// What was opened, in the order given.
    pub fn disclosures(&self) -> &[Disclosure] {
        &self.disclosures
    }

    /// How many committed fields were not opened.
    pub const fn hidden(&self) -> usize {
        self.hidden
    }
}
