//! Who signed a checkpoint, and how old what they signed is.
//!
//! A log's own signature has no time. What is signed with a time is a witness's cosignature and, in the
//! log, the newest entry; the latter only shows that the checkpoint is not older.

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::policy::{Acceptance, Policy};

use crate::error::VerifyError;

/// How far a clock may be ahead of ours, in seconds.
const TOLERANCE: u64 = 300;

/// Those of a policy who signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signers {
    /// The log's key.
    pub log: String,
    /// The witnesses, each with its time in POSIX seconds.
    pub witnesses: Vec<(String, u64)>,
}

/// The newest time that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// How long ago it is, in seconds.
    pub seconds: u64,
    /// Whether a witness said so; otherwise it is the time of the newest entry.
    pub by_witness: bool,
}

impl Signers {
    /// Those who signed, if the policy accepts them.
    pub(crate) fn of(policy: &Policy, signed: &SignedCheckpoint) -> Result<Self, VerifyError> {
        Ok(Self::accepted(&policy.check(signed)?))
    }

    pub(crate) fn accepted(acceptance: &Acceptance<'_>) -> Self {
        let cosigners = acceptance.cosigners.iter();
        Self {
            log: acceptance.log.to_string(),
            witnesses: cosigners
                .map(|one| (one.key.name().to_string(), one.time))
                .collect(),
        }
    }

    /// The age of what they signed at `now`, of which the newest entry is of the time `entry`.
    pub(crate) fn age(&self, entry: u64, now: u64, most: Option<u64>) -> Result<Age, VerifyError> {
        let witnessed = self.witnesses.iter().map(|(_, time)| *time).max();
        let newest = witnessed.map_or(entry, |time| time.max(entry));
        let ahead = newest.saturating_sub(now);
        if ahead > TOLERANCE {
            return Err(VerifyError::Future { seconds: ahead });
        }
        let seconds = now.saturating_sub(newest);
        let by_witness = witnessed.is_some_and(|time| time >= entry);
        match most {
            Some(most) if seconds > most => Err(VerifyError::Stale {
                seconds,
                most,
                by_witness,
            }),
            Some(_) | None => Ok(Age {
                seconds,
                by_witness,
            }),
        }
    }
}
