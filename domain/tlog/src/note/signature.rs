//! One signature line: `— name base64(id || signature)`. It is bytes until a key is found for it.

use std::fmt;
use std::str::FromStr;

use super::{Algorithm, KeyId, KeyName, MAX_SIGNATURE_BYTES, Signer, VerifierKey};
use crate::encoding::{from_base64_up_to, to_base64};
use crate::error::{NoteError, SignError};

/// A signature and whose it claims to be. It proves nothing until a known key verified it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: KeyName,
    id: KeyId,
    bytes: Vec<u8>,
}

impl Signature {
    /// Signs the text of a note as a log does (0x01).
    pub fn sign(signer: &impl Signer, text: &str) -> Result<Self, SignError> {
        let signature = checked(signer, Algorithm::Ed25519, text.as_bytes())?;
        Ok(Self::by(signer.key(), signature.to_vec()))
    }

    /// Cosigns the text of a checkpoint as a witness does (0x04): at `time`, in POSIX seconds, this
    /// was the largest consistent tree it had seen. The time is neither zero nor above 2^63 - 1.
    pub fn cosign(signer: &impl Signer, text: &str, time: u64) -> Result<Self, SignError> {
        if !is_cosigning_time(&time) {
            return Err(SignError::Time { time });
        }
        let message = cosigned_message(text, time);
        let signature = checked(signer, Algorithm::Cosignature, &message)?;
        Ok(Self::by(
            signer.key(),
            [&time.to_be_bytes()[..], &signature].concat(),
        ))
    }

    /// The name of the key that it claims.
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id of the key that it claims.
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Whether it claims to be this key's.
    pub fn claims(&self, key: &VerifierKey) -> bool {
        self.id == key.id() && self.name == *key.name()
    }

    /// Whether the key made it over this text, and when if it says so.
    pub(super) fn verify<'k>(&self, key: &'k VerifierKey, text: &str) -> Option<SignedBy<'k>> {
        match key.algorithm() {
            Algorithm::Ed25519 => {
                let signature = self.bytes.as_slice().try_into().ok()?;
                key.verifies(text.as_bytes(), signature)
                    .then_some(SignedBy { key, time: None })
            }
            Algorithm::Cosignature => {
                let (time, signature) = self.bytes.split_first_chunk::<8>()?;
                let time = Some(u64::from_be_bytes(*time)).filter(is_cosigning_time)?;
                let message = cosigned_message(text, time);
                let verified = key.verifies(&message, signature.try_into().ok()?);
                verified.then_some(SignedBy {
                    key,
                    time: Some(time),
                })
            }
        }
    }

    fn by(key: &VerifierKey, bytes: Vec<u8>) -> Self {
        Self {
            name: key.name().clone(),
            id: key.id(),
            bytes,
        }
    }
}

/// A known key that signed, and for a cosignature when it did (POSIX seconds).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedBy<'k> {
    /// The key.
    pub key: &'k VerifierKey,
    /// The time in its cosignature; a log's signature has none.
    pub time: Option<u64>,
}

/// `tlog-cosignature` allows no more than 2^63 - 1, and `tlog-witness` no zero.
fn is_cosigning_time(time: &u64) -> bool {
    (1..=i64::MAX as u64).contains(time)
}

/// The message of `tlog-cosignature`, whose first line keeps it apart from every other signature.
fn cosigned_message(text: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// A signature of the right kind that its own key verifies.
fn checked(signer: &impl Signer, kind: Algorithm, message: &[u8]) -> Result<[u8; 64], SignError> {
    let key = signer.key();
    if key.algorithm() != kind {
        return Err(SignError::OtherPurpose {
            key: key.to_string(),
        });
    }
    let signature = signer.sign(message)?;
    if !key.verifies(message, &signature) {
        return Err(SignError::WrongSignature {
            key: key.to_string(),
        });
    }
    Ok(signature)
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id.0[..], &self.bytes].concat();
        write!(f, "\u{2014} {} {}", self.name, to_base64(&bytes))
    }
}

impl FromStr for Signature {
    type Err = NoteError;

    /// Reads one line, without its newline.
    fn from_str(line: &str) -> Result<Self, NoteError> {
        let rest = line
            .strip_prefix("\u{2014} ")
            .ok_or(NoteError::SignatureLine)?;
        let (name, base64) = rest.split_once(' ').ok_or(NoteError::SignatureLine)?;
        let name = name.parse().map_err(|_| NoteError::SignatureLine)?;
        let bytes = from_base64_up_to(base64, MAX_SIGNATURE_BYTES);
        let bytes = bytes.ok_or(NoteError::SignatureLine)?;
        match bytes.split_first_chunk::<4>() {
            Some((id, bytes)) if !bytes.is_empty() => Ok(Self {
                name,
                id: KeyId(*id),
                bytes: bytes.to_vec(),
            }),
            Some(_) | None => Err(NoteError::SignatureLine),
        }
    }
}
