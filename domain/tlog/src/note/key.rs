//! Names, ids and public keys: `name+id+key`, the *vkey* by which everybody configures whom to trust.
//! It holds no private key.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

use super::MAX_NAME_BYTES;
use crate::encoding::{from_base64, to_base64};
use crate::error::KeyError;

/// A key's name, usually a URL without its scheme: `tramites.quito.gob.ec/log1`.
///
/// Never empty or longer than 255 bytes; no Unicode spaces, no `+`, no ASCII control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A key's short id: the first four bytes of a hash. It tells keys apart and protects nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

/// What a key signs, and how (`signed-note`, "Signature types").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// 0x01: Ed25519 over the text of the note. A log signs its checkpoints so.
    Ed25519,
    /// 0x04: Ed25519 over a time and the text (`tlog-cosignature`). A witness signs so.
    Cosignature,
}

impl Algorithm {
    /// The byte that stands for it.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Cosignature => 0x04,
        }
    }

    /// Length of the signatures, without the key id.
    pub const fn signature_bytes(self) -> usize {
        match self {
            Self::Ed25519 => 64,
            Self::Cosignature => 8 + 64,
        }
    }

    fn from_byte(byte: u8) -> Result<Self, KeyError> {
        match byte {
            0x01 => Ok(Self::Ed25519),
            0x04 => Ok(Self::Cosignature),
            byte => Err(KeyError::UnknownAlgorithm { byte }),
        }
    }
}

/// A public key with its name and purpose. It is never one of the weak points that verify anything.
///
/// ```
/// use chasqui_tlog::note::VerifierKey;
///
/// let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
/// let key: VerifierKey = vkey.parse()?;
/// assert_eq!(key.name().as_str(), "example.com/foo");
/// assert_eq!(key.to_string(), vkey);
/// # Ok::<(), chasqui_tlog::error::KeyError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    id: KeyId,
    algorithm: Algorithm,
    point: VerifyingKey,
}

impl VerifierKey {
    /// The key of that name and purpose; its id follows from them.
    pub fn new(name: KeyName, algorithm: Algorithm, public: &[u8; 32]) -> Result<Self, KeyError> {
        let point = VerifyingKey::from_bytes(public).map_err(|_| KeyError::NotAPoint)?;
        if point.is_weak() {
            return Err(KeyError::NotAPoint);
        }
        let id = key_id(&name, algorithm, public);
        Ok(Self {
            name,
            id,
            algorithm,
            point,
        })
    }

    /// Its name; for a log, the origin of its checkpoints.
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// Its id.
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Its purpose.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The public key's 32 bytes (RFC 8032).
    pub fn public_bytes(&self) -> &[u8; 32] {
        self.point.as_bytes()
    }

    /// Whether this key made this Ed25519 signature over these bytes.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.point.verify_strict(message, &signature).is_ok()
    }
}

fn key_id(name: &KeyName, algorithm: Algorithm, public: &[u8; 32]) -> KeyId {
    let hash = Sha256::new()
        .chain_update(name.as_str())
        .chain_update([b'\n', algorithm.byte()])
        .chain_update(public)
        .finalize();
    KeyId([hash[0], hash[1], hash[2], hash[3]])
}

impl FromStr for KeyName {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let forbidden = |c: char| c.is_whitespace() || c < ' ' || c == '+';
        if text.is_empty() || text.len() > MAX_NAME_BYTES || text.contains(forbidden) {
            return Err(KeyError::Name);
        }
        Ok(Self(text.to_owned()))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        // The key itself may contain plus signs, so only the first two part the text.
        let mut parts = text.splitn(3, '+');
        let (name, id, key) = (parts.next(), parts.next(), parts.next());
        let name: KeyName = name.ok_or(KeyError::Malformed)?.parse()?;
        let bytes: [u8; 33] = key.and_then(from_base64).ok_or(KeyError::Malformed)?;
        let (byte, public) = bytes.split_first_chunk::<1>().expect("invariant: 33 bytes");
        let public = public.first_chunk().expect("invariant: 32 bytes are left");
        let key = Self::new(name, Algorithm::from_byte(byte[0])?, public)?;
        if id != Some(key.id.to_string().as_str()) {
            return Err(KeyError::OtherId);
        }
        Ok(key)
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.algorithm.byte()];
        bytes.extend_from_slice(self.public_bytes());
        write!(f, "{}+{}+{}", self.name, self.id, to_base64(&bytes))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}
