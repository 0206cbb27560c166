//! Who signs. The trait is all the log asks of a key, so that it can live in a file, a card, another
//! process; the one signer here is made from a seed that the caller read.

use ed25519_dalek::{Signer as _, SigningKey};

use super::{Algorithm, KeyName, VerifierKey};
use crate::error::KeyError;

/// Whoever holds a private key.
pub trait Signer {
    /// The public key that will verify what this signer signs.
    fn key(&self) -> &VerifierKey;

    /// The plain Ed25519 signature (RFC 8032) over these bytes.
    ///
    /// It is verified before it is used, so a broken signer harms nobody.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerFailed>;
}

/// The signer could not sign: the card was pulled, the key service did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the signer gave no signature")]
pub struct SignerFailed(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A signer that holds its key in memory, erased when it is dropped.
///
/// ```
/// use chasqui_tlog::note::{Algorithm, Note, SeedSigner, Signature, Signer};
///
/// let signer = SeedSigner::new("example.com/log1".parse()?, Algorithm::Ed25519, &[7; 32])?;
/// let note = Note::new("hello\n", vec![Signature::sign(&signer, "hello\n")?])?;
/// assert_eq!(note.verify(&[signer.key()])?[0].key, signer.key());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SeedSigner {
    key: VerifierKey,
    secret: SigningKey,
}

impl SeedSigner {
    /// The signer with this 32-byte seed, which the caller drew at random and keeps secret.
    pub fn new(name: KeyName, algorithm: Algorithm, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let key = VerifierKey::new(name, algorithm, secret.verifying_key().as_bytes())?;
        Ok(Self { key, secret })
    }
}

impl Signer for SeedSigner {
    fn key(&self) -> &VerifierKey {
        &self.key
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerFailed> {
        Ok(self.secret.sign(message).to_bytes())
    }
}

impl std::fmt::Debug for SeedSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SeedSigner({})", self.key)
    }
}
