//! What a witness decides about a submitted checkpoint, in the order that `tlog-witness` demands.
//! Keeping the result and answering must be one step with reading the latest state.

use super::Submission;
use crate::error::TreeError;
use crate::merkle::{Hash, empty_root, verify_consistency};
use crate::note::VerifierKey;

/// The latest checkpoint of a log that the witness cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// Its size; 0 if it never cosigned any.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl Latest {
    /// Of a log that was never seen before.
    pub fn none() -> Self {
        Self {
            size: 0,
            root: empty_root(),
        }
    }
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The witness has no key for this origin.
    #[error("unknown log")]
    UnknownLog,
    /// No known key of the log signed, or one did wrongly.
    #[error("the log did not sign the checkpoint")]
    NotSigned,
    /// The old size is larger than the checkpoint's.
    #[error(transparent)]
    Shrinks(TreeError),
    /// The witness has seen another size than the log believes.
    #[error("the latest cosigned size is {latest}")]
    Conflict {
        /// The size seen.
        latest: u64,
    },
    /// Of the same size another root was cosigned: keep the submission, it is evidence.
    #[error("another tree of the same size {latest} was cosigned")]
    Forked {
        /// The size seen.
        latest: u64,
    },
    /// The new tree does not begin with the old one: keep the submission, it is evidence.
    #[error("the checkpoint is not shown to continue the latest one")]
    Inconsistent,
}

impl Refusal {
    /// The HTTP status that `tlog-witness` demands.
    pub const fn status(&self) -> u16 {
        match self {
            Self::UnknownLog => 404,
            Self::NotSigned => 403,
            Self::Shrinks(_) => 400,
            Self::Conflict { .. } | Self::Forked { .. } => 409,
            Self::Inconsistent => 422,
        }
    }
}

/// Decides whether the witness may cosign; if so, what it must keep before it answers.
///
/// `keys` are the witness's keys for all logs it knows; `latest` is what it keeps for this origin.
/// Between reading `latest` and keeping the result nobody else may decide (`tlog-witness` describes
/// the race that would roll back).
///
/// ```
/// use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
/// use chasqui_tlog::merkle::leaf_hash;
/// use chasqui_tlog::note::{Algorithm, SeedSigner, Signer};
/// use chasqui_tlog::witness::{Latest, Submission, consider};
///
/// let log = SeedSigner::new("example.com/log1".parse()?, Algorithm::Ed25519, &[1; 32])?;
/// let checkpoint = Checkpoint::new(log.key().name(), 1, leaf_hash(b"the only one"))?;
/// let submission = Submission::new(0, vec![], SignedCheckpoint::sign(checkpoint, &log)?)?;
///
/// let seen = consider(&submission, &[log.key()], Latest::none())?;
/// assert_eq!(seen.size, 1);
/// let again = consider(&submission, &[log.key()], seen).unwrap_err();
/// assert_eq!(again.status(), 409, "the witness has seen a leaf, the log believes none");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn consider(
    submission: &Submission,
    keys: &[&VerifierKey],
    latest: Latest,
) -> Result<Latest, Refusal> {
    let signed = submission.checkpoint();
    let checkpoint = signed.checkpoint();
    let of_log = keys
        .iter()
        .copied()
        .filter(|key| key.name().as_str() == checkpoint.origin());
    let of_log: Vec<&VerifierKey> = of_log.collect();
    if of_log.is_empty() {
        return Err(Refusal::UnknownLog);
    }
    signed
        .note()
        .verify(&of_log)
        .map_err(|_| Refusal::NotSigned)?;

    let (from, to) = (submission.old_size(), checkpoint.size());
    if from > to {
        return Err(Refusal::Shrinks(TreeError::Shrunk { from, to }));
    }
    if from != latest.size {
        return Err(Refusal::Conflict {
            latest: latest.size,
        });
    }
    let new = Latest {
        size: to,
        root: checkpoint.root(),
    };
    if from == to && submission.proof().is_empty() && new.root != latest.root {
        return Err(Refusal::Forked {
            latest: latest.size,
        });
    }
    verify_consistency(from, latest.root, to, new.root, submission.proof())
        .map(|()| new)
        .map_err(|_| Refusal::Inconsistent)
}
