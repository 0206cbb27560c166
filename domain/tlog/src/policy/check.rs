//! Whether a checkpoint was signed by whom the policy demands. It looks at no clock: how old a
//! cosignature may be is decided by the caller, who gets the times.

use super::{Member, Policy, Quorum};
use crate::checkpoint::SignedCheckpoint;
use crate::error::PolicyRefusal;
use crate::note::{Algorithm, KeyName, VerifierKey};

/// Who signed an accepted checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance<'p> {
    /// The log's key.
    pub log: &'p VerifierKey,
    /// All known witnesses that cosigned, in the order of the policy.
    pub cosigners: Vec<Cosigner<'p>>,
}

/// A known witness that cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosigner<'p> {
    /// Its key.
    pub key: &'p VerifierKey,
    /// When it did, in POSIX seconds.
    pub time: u64,
}

impl Acceptance<'_> {
    /// The time before which at least `k` of the witnesses had seen the checkpoint; nothing if fewer
    /// cosigned.
    pub fn witnessed_by(&self, k: usize) -> Option<u64> {
        let mut times: Vec<u64> = self.cosigners.iter().map(|one| one.time).collect();
        times.sort_unstable();
        times.get(k.checked_sub(1)?).copied()
    }
}

impl Policy {
    /// Checks that a known log signed its own checkpoint and that the quorum cosigned it.
    ///
    /// A signature that claims to be a known key's and is not condemns the checkpoint
    /// (`signed-note`), whether or not the quorum needs it.
    pub fn check(&self, checkpoint: &SignedCheckpoint) -> Result<Acceptance<'_>, PolicyRefusal> {
        let logs = self.logs.iter().map(|log| &log.key);
        let witnesses = self.witnesses.iter().map(|one| &one.key);
        let keys: Vec<&VerifierKey> = logs.chain(witnesses).collect();
        let signed = checkpoint.note().verify(&keys)?;

        let origin = checkpoint.checkpoint().origin();
        let log = signed.iter().find(|by| {
            by.key.algorithm() == Algorithm::Ed25519 && KeyName::as_str(by.key.name()) == origin
        });
        let log = log.ok_or(PolicyRefusal::OtherLog)?.key;
        let cosigners: Vec<Cosigner<'_>> = signed
            .iter()
            .filter_map(|by| by.time.map(|time| Cosigner { key: by.key, time }))
            .collect();
        let met = match self.quorum {
            Quorum::None => true,
            Quorum::Of(member) => self.witnessed(&cosigners, member),
        };
        if met {
            Ok(Acceptance { log, cosigners })
        } else {
            Err(PolicyRefusal::NoQuorum {
                cosigners: cosigners.len(),
            })
        }
    }

    /// Groups are evaluated once each, in the order in which they may refer to each other.
    fn witnessed(&self, cosigners: &[Cosigner<'_>], wanted: Member) -> bool {
        let cosigned: Vec<bool> = self
            .witnesses
            .iter()
            .map(|one| cosigners.iter().any(|by| *by.key == one.key))
            .collect();
        let mut groups: Vec<bool> = Vec::new();
        for group in &self.groups {
            let met = group
                .members
                .iter()
                .filter(|member| holds(**member, &cosigned, &groups));
            groups.push(met.count() >= group.threshold);
        }
        holds(wanted, &cosigned, &groups)
    }
}

fn holds(member: Member, witnesses: &[bool], groups: &[bool]) -> bool {
    match member {
        Member::Witness(witness) => witnesses[witness],
        Member::Group(group) => groups[group],
    }
}
