//! Commands that are sent again: how a caller's key and request are known, without keeping either.
//!
//! Both may say more than they should, a person's number for instance. Only digests under the pepper are
//! stored. The store writes the answer with the events; this file decides what it is an answer to.

use chasqui_store::{Acknowledgement, IdempotencyKey, ReadError, StoredAnswer, WriteError};
use jiff::SignedDuration;

use crate::authorise::Actor;
use crate::commands::Commands;

/// The longest key, in characters.
pub const MOST_CHARACTERS: usize = 255;

/// For how many days an answer is kept. Sent again later, a command is new.
pub const KEPT_DAYS: i64 = 30;

/// A command that is to be carried out once, however often it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Once {
    key: IdempotencyKey,
    request: [u8; 32],
    text: String,
}

/// Why a text is no key (`Idempotency-Key`, draft-ietf-httpapi-idempotency-key-header).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadIdempotencyKey {
    /// Nothing, or more than [`MOST_CHARACTERS`].
    #[error("an idempotency key has 1 to {MOST_CHARACTERS} characters, this has {found}")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// Something else than visible ASCII.
    #[error("an idempotency key has only visible ASCII characters")]
    BadCharacter,
    /// Whoever is anonymous shares a name with everybody, and would be given others' answers.
    #[error("only whoever has a key of ours can have an idempotency key")]
    Anonymous,
}

/// What is known of a command before it is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recalled {
    /// It was not carried out.
    New,
    /// It was carried out, and this was answered.
    Same(StoredAnswer),
    /// Its key was used for something else: a mistake of the caller.
    Other,
}

impl std::fmt::Debug for Once {
    /// Never the key's text: it may say more than it should.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

impl Once {
    pub(crate) fn key(&self) -> &IdempotencyKey {
        &self.key
    }

    /// The key as its caller wrote it: see [`Secrets::code_under`](crate::Secrets::code_under).
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// What the store keeps with the events. The answer has no code and no person in it: see
    /// [`Secrets::code_under`](crate::Secrets::code_under).
    #[must_use]
    pub fn acknowledge(self, status: u16, answer: String) -> Acknowledgement {
        Acknowledgement {
            key: self.key,
            request: self.request,
            status,
            answer,
        }
    }

    /// What it means that its key was used already: [`Recalled::Same`] or [`Recalled::Other`].
    #[must_use]
    pub fn compare(&self, stored: StoredAnswer) -> Recalled {
        if stored.is_for(&self.request) {
            Recalled::Same(stored)
        } else {
            Recalled::Other
        }
    }
}

impl Commands {
    /// Takes a caller's key for a request: its method, its address, its body, each as it was sent.
    pub fn once(
        &self,
        actor: &Actor,
        key: &str,
        request: &[&str],
    ) -> Result<Once, BadIdempotencyKey> {
        if !(1..=MOST_CHARACTERS).contains(&key.len()) {
            let found = key.chars().count();
            return Err(BadIdempotencyKey::Length { found });
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadIdempotencyKey::BadCharacter);
        }
        if *actor == Actor::Anonymous {
            return Err(BadIdempotencyKey::Anonymous);
        }
        let caller = actor.name();
        let digest = self.0.secrets.idempotency_key(&caller, key);
        Ok(Once {
            key: IdempotencyKey { caller, digest },
            request: self.0.secrets.request(request),
            text: key.to_owned(),
        })
    }

    /// Forgets the answers that are older than [`KEPT_DAYS`]; says how many.
    pub async fn forget_answers(&self) -> Result<u64, WriteError> {
        let kept = SignedDuration::from_hours(24 * KEPT_DAYS);
        self.0.store.forget_answers(self.0.clock.now() - kept).await
    }

    /// Looks whether a command was carried out. It must be asked before deciding: what was done cannot be
    /// done again, and would be refused. A command that is in hand elsewhere is still new; the append
    /// finds out.
    pub async fn recall(&self, once: &Once) -> Result<Recalled, ReadError> {
        let stored = self.0.store.answered(&once.key).await?;
        Ok(stored.map_or(Recalled::New, |stored| once.compare(stored)))
    }
}
