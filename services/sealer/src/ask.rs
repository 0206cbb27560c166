//! One question to one witness (C2SP tlog-witness): here is a checkpoint, and that it continues the one
//! that you have seen. It blocks, and is asked on a thread of its own.

use std::time::Duration;

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::merkle::prove_consistency;
use chasqui_tlog::note::{MAX_NOTE_BYTES, Signature, VerifierKey};
use chasqui_tlog::witness::{Submission, parse_cosignatures, parse_size};
use ureq::Agent;

use crate::folder::LogFolder;

/// How long a witness may take to answer, whether anybody waits for it or not.
const ANSWER: Duration = Duration::from_secs(5);
/// How often a witness may correct what we believe it to have seen.
const TRIES: usize = 3;

/// What a witness is asked.
pub(crate) struct Question {
    pub(crate) url: String,
    pub(crate) key: VerifierKey,
    pub(crate) folder: LogFolder,
    pub(crate) signed: SignedCheckpoint,
    /// The size that we believe it to have seen.
    pub(crate) seen: u64,
}

/// What it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It cosigned, at this POSIX time.
    Cosigned(Signature, u64),
    /// It has seen a larger tree of this log.
    Ahead(u64),
    /// It has seen another tree of this log, of this size.
    Forked(u64),
    /// There is no answer that can be used, and why.
    Failed(String),
}

/// What one request was answered.
enum Reply {
    Done(Answer),
    Seen(u64),
}

impl Question {
    /// Asks, and asks again from the size that the witness names.
    pub(crate) fn put(self) -> Answer {
        let size = self.signed.checkpoint().size();
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(ANSWER))
            .build()
            .into();
        let mut old = self.seen.min(size);
        for _ in 0..TRIES {
            match self.post(&agent, old).unwrap_or_else(Reply::failed) {
                Reply::Done(answer) => return answer,
                Reply::Seen(seen) if seen > size => return Answer::Ahead(seen),
                // The sizes agree, so the roots do not (tlog-witness).
                Reply::Seen(seen) if seen == old && old == size => return Answer::Forked(size),
                Reply::Seen(seen) => old = seen,
            }
        }
        Answer::Failed("it never agreed on the size that it has seen".to_owned())
    }

    fn post(&self, agent: &Agent, old: u64) -> Result<Reply, Box<dyn std::error::Error>> {
        let size = self.signed.checkpoint().size();
        let proof = if old == 0 || old == size {
            Vec::new()
        } else {
            prove_consistency(&self.folder, old, size)?
        };
        let body = Submission::new(old, proof, self.signed.clone())?.to_string();
        let url = format!("{}/add-checkpoint", self.url.trim_end_matches('/'));
        let mut answer = agent.post(url).send(body.as_bytes())?;
        let limit = answer.body_mut().with_config().limit(MAX_NOTE_BYTES as u64);
        let body = limit.read_to_vec()?;
        Ok(match answer.status().as_u16() {
            200 => Reply::Done(self.cosigned(&body)?),
            409 => Reply::Seen(parse_size(&body).ok_or("409 without a size")?),
            // Our proof is from our own tree, so it is another one that the witness has seen.
            422 if old > 0 => Reply::Done(Answer::Forked(old)),
            status => Reply::failed(format!("it answered {status}")),
        })
    }

    /// The cosignature of the key that we know; those of others are ignored.
    fn cosigned(&self, body: &[u8]) -> Result<Answer, Box<dyn std::error::Error>> {
        let mut signatures = parse_cosignatures(body)?.into_iter();
        let signature = signatures.find(|one| one.claims(&self.key));
        let signature = signature.ok_or("it signed with another key")?;
        let mut with = self.signed.clone();
        with.add(signature.clone())?;
        let signed = with.note().verify(&[&self.key])?;
        let time = signed.first().and_then(|by| by.time);
        Ok(Answer::Cosigned(signature, time.ok_or("no cosignature")?))
    }
}

impl Reply {
    fn failed(why: impl ToString) -> Self {
        Self::Done(Answer::Failed(why.to_string()))
    }
}
