//! Reading a policy: lines of words, written by people. It is the one format here with more than one
//! spelling, because comments and spaces are allowed.

use std::collections::HashMap;

use super::rules::{MAX_DEFINITIONS, shown};
use super::{Group, Log, Member, Policy, Quorum, Witness};
use crate::error::PolicyError;
use crate::note::VerifierKey;

/// The longest policy.
pub const MAX_POLICY_BYTES: usize = 256 * 1024;

impl Policy {
    /// Reads a policy; every line, also the last, ends in a newline.
    pub fn parse(text: &[u8]) -> Result<Self, PolicyError> {
        if text.len() > MAX_POLICY_BYTES {
            return Err(PolicyError::TooMany);
        }
        if text.iter().any(|b| matches!(b, 0..=8 | 0x0b..=0x1f | 0x7f)) {
            return Err(PolicyError::Word);
        }
        let Some(lines) = text.strip_suffix(b"\n") else {
            return Err(PolicyError::Line {
                line: 1 + text.iter().filter(|b| **b == b'\n').count(),
            });
        };
        let mut reader = Reader::default();
        for (line, number) in lines.split(|b| *b == b'\n').zip(1..) {
            let words: Vec<&[u8]> = line
                .split(|b| matches!(b, b' ' | b'\t'))
                .filter(|word| !word.is_empty())
                .collect();
            if words.first().is_some_and(|word| !word.starts_with(b"#")) {
                reader.read(&words, number)?;
            }
        }
        let quorum = reader.quorum.ok_or(PolicyError::Quorum)?;
        Self::new(reader.logs, reader.witnesses, reader.groups, quorum)
    }
}

#[derive(Default)]
struct Reader {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    names: HashMap<Vec<u8>, Member>,
    quorum: Option<Quorum>,
}

impl Reader {
    fn read(&mut self, words: &[&[u8]], line: usize) -> Result<(), PolicyError> {
        if self.logs.len() + self.names.len() == MAX_DEFINITIONS && words[0] != b"quorum" {
            return Err(PolicyError::TooMany);
        }
        match *words {
            [b"log", key, ref url @ ..] if url.len() <= 1 => {
                let url = url.first().map(|url| url.to_vec());
                self.logs.push(Log {
                    key: vkey(key, line)?,
                    url,
                });
            }
            [b"witness", name, key, ref url @ ..] if url.len() <= 1 => {
                self.define(name, Member::Witness(self.witnesses.len()))?;
                let url = url.first().map(|url| url.to_vec());
                self.witnesses.push(Witness {
                    name: name.to_vec(),
                    key: vkey(key, line)?,
                    url,
                });
            }
            [b"group", name, threshold, ref members @ ..] if !members.is_empty() => {
                let members = members.iter().map(|member| self.find(member, line));
                let members = members.collect::<Result<Vec<_>, _>>()?;
                let threshold = threshold_of(threshold, members.len());
                let threshold =
                    threshold.ok_or_else(|| PolicyError::Threshold { group: shown(name) })?;
                self.define(name, Member::Group(self.groups.len()))?;
                self.groups.push(Group {
                    name: name.to_vec(),
                    threshold,
                    members,
                });
            }
            [b"quorum", name] if self.quorum.is_none() => {
                let none = name == b"none";
                self.quorum = Some(if none {
                    Quorum::None
                } else {
                    Quorum::Of(self.find(name, line)?)
                });
            }
            _ => return Err(PolicyError::Line { line }),
        }
        Ok(())
    }

    fn define(&mut self, name: &[u8], member: Member) -> Result<(), PolicyError> {
        let new = name != b"none" && self.names.insert(name.to_vec(), member).is_none();
        if new {
            Ok(())
        } else {
            Err(PolicyError::NameTwice { name: shown(name) })
        }
    }

    /// Only what stands on an earlier line can be named, so no group contains itself.
    fn find(&self, name: &[u8], line: usize) -> Result<Member, PolicyError> {
        self.names
            .get(name)
            .copied()
            .ok_or(PolicyError::UnknownName { line })
    }
}

fn vkey(word: &[u8], line: usize) -> Result<VerifierKey, PolicyError> {
    let text = std::str::from_utf8(word).map_err(|_| PolicyError::Line { line })?;
    text.parse()
        .map_err(|source| PolicyError::Key { line, source })
}

fn threshold_of(word: &[u8], members: usize) -> Option<usize> {
    match word {
        b"any" => Some(1),
        b"all" => Some(members),
        word => {
            let number = crate::encoding::parse_decimal(std::str::from_utf8(word).ok()?)?;
            usize::try_from(number).ok()
        }
    }
}
