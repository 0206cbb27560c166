//! The witness itself: one decision at a time, kept on the disk before it is told.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::note::{SeedSigner, Signer, VerifierKey};
use chasqui_tlog::witness::{Refusal, Submission, consider};

use crate::answer::Answer;
use crate::error::WitnessError;
use crate::folder::{Folder, Kept, Seen};
use crate::key;

/// Somebody who cosigns. There is one in each folder at a time.
pub struct Witness {
    key: VerifierKey,
    logs: Vec<VerifierKey>,
    /// Held from reading what was seen to keeping what was decided (`tlog-witness` says why).
    turn: Mutex<Turn>,
}

struct Turn {
    folder: Folder,
    signer: SeedSigner,
    _lock: File,
}

/// What a witness says of itself.
#[derive(Clone, Debug)]
pub struct State {
    /// The key by which others verify it.
    pub key: VerifierKey,
    /// Each log that it watches, and what it has seen of it.
    pub logs: Vec<(VerifierKey, Seen)>,
}

impl Witness {
    /// Starts to watch these logs, and those that it watched before. A log whose key has changed under
    /// the same name is watched by both.
    pub fn open(folder: impl Into<PathBuf>, logs: Vec<VerifierKey>) -> Result<Self, WitnessError> {
        let folder = Folder::at(folder);
        let signer = key::load(folder.path())?;
        let lock = folder.lock()?;
        let mut all = folder.logs()?;
        for log in logs {
            if log.algorithm() != chasqui_tlog::note::Algorithm::Ed25519 {
                return Err(WitnessError::Log {
                    vkey: log.to_string(),
                    source: "it is no log's key: give the line of the log's own vkey".into(),
                });
            }
            if !all.contains(&log) {
                all.push(log);
            }
        }
        // Better now than at the first submission: a damaged memory stops it.
        for log in &all {
            folder.seen(log.name().as_str())?;
        }
        folder.keep_logs(&all)?;
        Ok(Self {
            key: signer.key().clone(),
            logs: all,
            turn: Mutex::new(Turn {
                folder,
                signer,
                _lock: lock,
            }),
        })
    }

    /// What is kept in a folder, whether or not a process is the witness now.
    pub fn status(folder: impl Into<PathBuf>) -> Result<State, WitnessError> {
        let folder = Folder::at(folder);
        let key = key::load(folder.path())?.key().clone();
        let logs = folder.logs()?;
        state(key, &logs, &folder)
    }

    /// The key by which others verify it.
    pub fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// What it has seen.
    pub fn state(&self) -> Result<State, WitnessError> {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        state(self.key.clone(), &self.logs, &turn.folder)
    }

    /// Answers a body that was posted to `add-checkpoint`, at `time` in POSIX seconds.
    pub fn add_checkpoint(&self, body: &[u8], time: u64) -> Answer {
        let submission = match Submission::parse(body) {
            Ok(submission) => submission,
            Err(why) => return Answer::refused(400, why),
        };
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        match turn.decide(&submission, &self.logs, body, time) {
            Ok(answer) => answer,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "nothing is cosigned that cannot be kept");
                Answer::refused(500, "the witness cannot keep what it decides")
            }
        }
    }
}

impl Turn {
    fn decide(
        &self,
        submission: &Submission,
        logs: &[VerifierKey],
        body: &[u8],
        time: u64,
    ) -> Result<Answer, WitnessError> {
        let signed = submission.checkpoint();
        let origin = signed.checkpoint().origin();
        let logs: Vec<&VerifierKey> = logs.iter().collect();
        if !logs.iter().any(|log| log.name().as_str() == origin) {
            return Ok(Answer::refused(404, Refusal::UnknownLog));
        }
        let seen = self.folder.seen(origin)?;
        match consider(submission, &logs, seen.latest()) {
            Ok(_) => self.cosign(signed, &seen, time),
            Err(refusal) => {
                if let Some(why) = worth(&refusal, signed, &seen) {
                    tracing::error!(origin, %refusal, ?why, "refused, and kept as evidence");
                    self.folder.keep_refused(signed, why, body)?;
                }
                Ok(match refusal {
                    Refusal::Conflict { latest } | Refusal::Forked { latest } => {
                        Answer::seen(latest)
                    }
                    Refusal::UnknownLog
                    | Refusal::NotSigned
                    | Refusal::Shrinks(_)
                    | Refusal::Inconsistent => Answer::refused(refusal.status(), refusal),
                })
            }
        }
    }

    fn cosign(
        &self,
        signed: &SignedCheckpoint,
        seen: &Seen,
        time: u64,
    ) -> Result<Answer, WitnessError> {
        // A clock that was set back must not make a later cosignature look earlier.
        let cosigned = seen.checkpoint.as_ref().and_then(|one| {
            let by = one.note().verify(&[self.signer.key()]).ok()?;
            by.first().and_then(|by| by.time)
        });
        let time = time.max(cosigned.unwrap_or(1));
        let path = self.folder.path();
        let signature = signed
            .cosign(&self.signer, time)
            .map_err(WitnessError::damaged(path))?;
        // Only the log's own signatures are kept, and ours: others can be as many as they like.
        let kept = SignedCheckpoint::parse(own(signed).as_bytes());
        let mut kept = kept.map_err(WitnessError::damaged(path))?;
        kept.add(signature.clone())
            .map_err(WitnessError::damaged(path))?;
        self.folder.keep(&kept)?;
        Ok(Answer::cosigned(signature))
    }
}

/// Whether a refused submission, which the log has signed, is worth keeping, and as what.
fn worth(refusal: &Refusal, signed: &SignedCheckpoint, seen: &Seen) -> Option<Kept> {
    let (of, latest) = (signed.checkpoint(), seen.latest());
    match refusal {
        Refusal::Forked { .. } => Some(Kept::Fork),
        Refusal::Inconsistent => Some(Kept::Refused),
        Refusal::Conflict { .. } if of.size() == latest.size => {
            (of.root() != latest.root).then_some(Kept::Fork)
        }
        // A smaller tree than was cosigned: a rollback, or only a late message.
        Refusal::Conflict { .. } => (of.size() < latest.size).then_some(Kept::Refused),
        Refusal::UnknownLog | Refusal::NotSigned | Refusal::Shrinks(_) => None,
    }
}

/// The note with the signatures that bear the log's name.
fn own(signed: &SignedCheckpoint) -> String {
    let mut text = format!("{}\n", signed.note().text());
    for one in signed.note().signatures() {
        if one.name().as_str() == signed.checkpoint().origin() {
            text.push_str(&format!("{one}\n"));
        }
    }
    text
}

fn state(key: VerifierKey, logs: &[VerifierKey], folder: &Folder) -> Result<State, WitnessError> {
    let seen = |log: &VerifierKey| Ok((log.clone(), folder.seen(log.name().as_str())?));
    let logs = logs.iter().map(seen).collect::<Result<_, WitnessError>>()?;
    Ok(State { key, logs })
}
