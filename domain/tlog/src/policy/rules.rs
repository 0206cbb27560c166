//! A policy as a value. It is always whole: every member exists, every threshold can be met, no key
//! and no name is there twice.

use std::collections::HashSet;

use crate::error::PolicyError;
use crate::note::{Algorithm, VerifierKey};

/// The most logs, witnesses and groups together; the specification asks for 32 of each.
pub(super) const MAX_DEFINITIONS: usize = 256;

/// A log whose checkpoints are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Its key (0x01), whose name is the log's origin.
    pub key: VerifierKey,
    /// Where it is reached; its meaning is the application's.
    pub url: Option<Vec<u8>>,
}

/// A witness whose cosignatures count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Its name in the policy only. Bytes, because the specification compares them so.
    pub name: Vec<u8>,
    /// Its key (0x04).
    pub key: VerifierKey,
    /// Where it is reached; its meaning is the application's.
    pub url: Option<Vec<u8>>,
}

/// Some witnesses or groups, of which `threshold` suffice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name in the policy.
    pub name: Vec<u8>,
    /// How many of the members must have witnessed: 1 to their number.
    pub threshold: usize,
    /// Who counts.
    pub members: Vec<Member>,
}

/// Who can witness: a witness by itself, or a group by its members. Both are indices into the
/// policy's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// A witness.
    Witness(usize),
    /// A group, which stands before the group that it is a member of.
    Group(usize),
}

/// Which set of cosignatures is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quorum {
    /// None is needed. Say so to whoever relies on it: nobody outside looks at the log.
    None,
    /// This witness, or this group.
    Of(Member),
}

/// Who must have signed a checkpoint for it to be accepted.
///
/// ```
/// use chasqui_tlog::policy::Policy;
///
/// let text = b"# nobody outside looks yet\n\
///     log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n\
///     quorum none\n";
/// let policy = Policy::parse(text)?;
/// assert_eq!(policy.logs()[0].key.name().as_str(), "example.com/foo");
/// assert!(Policy::parse(b"quorum nobody\n").is_err());
/// # Ok::<(), chasqui_tlog::error::PolicyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub(super) logs: Vec<Log>,
    pub(super) witnesses: Vec<Witness>,
    pub(super) groups: Vec<Group>,
    pub(super) quorum: Quorum,
}

impl Policy {
    /// One log, and at least `k` of these witnesses; with `k` zero no witness is needed.
    pub fn k_of_n(
        log: VerifierKey,
        witnesses: &[VerifierKey],
        k: usize,
    ) -> Result<Self, PolicyError> {
        let witnesses: Vec<Witness> = witnesses
            .iter()
            .zip(1..)
            .map(|(key, n)| Witness {
                name: format!("w{n}").into(),
                key: key.clone(),
                url: None,
            })
            .collect();
        let mut groups = Vec::new();
        let mut quorum = Quorum::None;
        if k > 0 {
            let members = (0..witnesses.len()).map(Member::Witness).collect();
            groups.push(Group {
                name: b"witnesses".to_vec(),
                threshold: k,
                members,
            });
            quorum = Quorum::Of(Member::Group(0));
        }
        Self::new(
            vec![Log {
                key: log,
                url: None,
            }],
            witnesses,
            groups,
            quorum,
        )
    }

    /// The policy of these parts.
    pub fn new(
        logs: Vec<Log>,
        witnesses: Vec<Witness>,
        groups: Vec<Group>,
        quorum: Quorum,
    ) -> Result<Self, PolicyError> {
        let policy = Self {
            logs,
            witnesses,
            groups,
            quorum,
        };
        if policy.logs.len() + policy.witnesses.len() + policy.groups.len() > MAX_DEFINITIONS {
            return Err(PolicyError::TooMany);
        }
        policy.check_keys()?;
        policy.check_names()?;
        policy.check_groups()?;
        Ok(policy)
    }

    fn check_keys(&self) -> Result<(), PolicyError> {
        let logs = self.logs.iter().map(|log| (&log.key, Algorithm::Ed25519));
        let witnesses = self
            .witnesses
            .iter()
            .map(|one| (&one.key, Algorithm::Cosignature));
        // Two keys are the same if their bytes are, whatever their names. A key that serves both as
        // a log's and as a witness's would be used for two purposes, which no key may be.
        let mut seen = HashSet::new();
        for (key, purpose) in logs.chain(witnesses) {
            if key.algorithm() != purpose {
                return Err(PolicyError::OtherPurpose {
                    key: key.to_string(),
                });
            }
            if !seen.insert(*key.public_bytes()) {
                return Err(PolicyError::KeyTwice {
                    key: key.to_string(),
                });
            }
        }
        Ok(())
    }

    fn check_names(&self) -> Result<(), PolicyError> {
        let urls = self.logs.iter().map(|log| &log.url);
        for url in urls
            .chain(self.witnesses.iter().map(|one| &one.url))
            .flatten()
        {
            check_word(url)?;
        }
        let names = self.witnesses.iter().map(|one| &one.name);
        let mut seen = HashSet::from([&b"none"[..]]);
        for name in names.chain(self.groups.iter().map(|group| &group.name)) {
            check_word(name)?;
            if !seen.insert(name) {
                return Err(PolicyError::NameTwice { name: shown(name) });
            }
        }
        Ok(())
    }

    fn check_groups(&self) -> Result<(), PolicyError> {
        let mut used = HashSet::new();
        for (n, group) in self.groups.iter().enumerate() {
            if group.threshold == 0 || group.threshold > group.members.len() {
                return Err(PolicyError::Threshold {
                    group: shown(&group.name),
                });
            }
            for member in &group.members {
                let known = match *member {
                    Member::Witness(witness) => witness < self.witnesses.len(),
                    Member::Group(other) => other < n,
                };
                // In two groups a witness would count twice.
                if !known || !used.insert(*member) {
                    return Err(PolicyError::Member {
                        group: shown(&group.name),
                    });
                }
            }
        }
        let known = match self.quorum {
            Quorum::None => true,
            Quorum::Of(Member::Witness(witness)) => witness < self.witnesses.len(),
            Quorum::Of(Member::Group(group)) => group < self.groups.len(),
        };
        if known {
            Ok(())
        } else {
            Err(PolicyError::Quorum)
        }
    }

    /// The logs whose checkpoints are accepted.
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    /// The witnesses whose cosignatures count.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// The groups, each after those that are its members.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Which set of cosignatures is enough.
    pub const fn quorum(&self) -> Quorum {
        self.quorum
    }
}

/// A name or an address: not empty, no spaces, no control characters.
fn check_word(word: &[u8]) -> Result<(), PolicyError> {
    let plain = word.iter().all(|b| *b > b' ' && *b != 0x7f);
    if !word.is_empty() && plain {
        Ok(())
    } else {
        Err(PolicyError::Word)
    }
}

pub(super) fn shown(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
