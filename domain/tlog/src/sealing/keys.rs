//! The keys of a stream, one for each purpose, by HKDF-SHA256 (RFC 5869). They are wiped when they
//! are dropped, and have no printed form.

use std::fmt;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::StreamName;
use crate::disclosure::{FieldName, Salt};
use crate::leaf::Tag;

/// K_stream: 32 random bytes for each stream, kept in the vault. It opens everything, so it is never
/// handed out; what is derived from it may be.
///
/// ```
/// use chasqui_tlog::sealing::StreamKey;
///
/// let key = StreamKey::from_bytes([7; 32]);
/// assert_ne!(key.tag_key().tag(1), key.tag_key().tag(2));
/// assert_eq!(key.tag_key().tag(1), StreamKey::from_bytes([7; 32]).tag_key().tag(1));
/// ```
pub struct StreamKey(Zeroizing<[u8; 32]>);

/// K_tag: names the events of one stream. Whoever holds the tracking code gets it, finds every event
/// of the stream in the log, and sees that there is no further one.
pub struct TagKey(Zeroizing<[u8; 32]>);

/// A key from which salts are derived: K_pub, K_int or the key of a party's data.
///
/// Whoever has it can try values until a digest fits, so it stays in the house; a single field is
/// opened by handing out its disclosure.
pub struct SaltKey(Zeroizing<[u8; 32]>);

impl StreamKey {
    /// The key with these bytes, which the caller drew at random.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// K_tag.
    pub fn tag_key(&self) -> TagKey {
        TagKey(expand(&self.0, b"tramite-stream/v1/tag"))
    }

    /// K_pub, for the fields that are not personal and may be published one by one.
    pub fn public_salts(&self) -> SaltKey {
        SaltKey(expand(&self.0, b"tramite-stream/v1/pub"))
    }

    /// K_int, for the fields that are neither personal nor ever published.
    pub fn internal_salts(&self) -> SaltKey {
        SaltKey(expand(&self.0, b"tramite-stream/v1/int"))
    }
}

impl TagKey {
    /// The key that somebody was given.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes, to be given to whoever holds the tracking code.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA256(K_tag, "tag/v1" || u64be(seq)), its first 16 bytes: the tag of the event with that
    /// number in the stream, from 1.
    pub fn tag(&self, seq: u64) -> Tag {
        let mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice());
        let mut mac = mac.expect("invariant: HMAC takes keys of every length");
        mac.update(b"tag/v1");
        mac.update(&seq.to_be_bytes());
        let full = mac.finalize().into_bytes();
        Tag::from_bytes(*full.first_chunk().expect("invariant: SHA-256 has 32 bytes"))
    }
}

impl SaltKey {
    /// The key of a party's data (DEK): when it is destroyed, the party's digests can no longer be
    /// told from random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// HKDF-SHA256(key, info = "salt/v1/" stream "/" seq "/" field), 16 bytes.
    pub fn salt(&self, stream: &StreamName, seq: u64, field: &FieldName) -> Salt {
        let info = format!("salt/v1/{stream}/{seq}/{field}");
        Salt(*expand(&self.0, info.as_bytes()))
    }
}

fn expand<const N: usize>(key: &[u8; 32], info: &[u8]) -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    Hkdf::<Sha256>::new(None, key)
        .expand(info, bytes.as_mut_slice())
        .expect("invariant: HKDF-SHA256 gives up to 8160 bytes");
    bytes
}

impl fmt::Debug for StreamKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamKey(..)")
    }
}

impl fmt::Debug for TagKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TagKey(..)")
    }
}

impl fmt::Debug for SaltKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SaltKey(..)")
    }
}
