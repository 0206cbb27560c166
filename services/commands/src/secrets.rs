//! The secrets of one deployment, and what is derived from them.
//!
//! They live outside the database, so that a stolen database gives neither codes nor identities. They
//! are never printed: no `Debug`, no `Serialize`, and their memory is wiped.

use chasqui_procedures::ids::{PerformerRef, ProcedureId, SourceName};
use chasqui_procedures::tracking_code::{CodeLookup, TrackingCode};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The pepper: 32 random bytes, from which every other key is derived by its purpose.
#[derive(Clone)]
pub struct Secrets(Zeroizing<[u8; 32]>);

impl Secrets {
    /// Takes the pepper as it was read from its file.
    #[must_use]
    pub fn new(pepper: [u8; 32]) -> Self {
        Self(Zeroizing::new(pepper))
    }

    /// What a log says of its pepper, so that it is never opened with another one.
    #[must_use]
    pub fn check(&self) -> String {
        let digest = self.derive("check/v1", &[]);
        digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The keyed hash under which a tracking code is found.
    #[must_use]
    pub fn lookup(&self, code: &TrackingCode) -> CodeLookup {
        code.lookup(&self.derive("codes/v1", &[]))
    }

    /// The identity of a source's procedure: the same at every import, and nobody else can compute it.
    #[must_use]
    pub fn imported_procedure(&self, source: &SourceName, id: &str) -> ProcedureId {
        let digest = self.derive("import/id/v1", &[source.as_str(), id]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        ProcedureId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// The tracking code of a source's procedure. It is derived and not drawn, because an import that
    /// was cut off must be able to write the same codes when it goes on; only the hash is stored.
    #[must_use]
    pub fn imported_code(&self, source: &SourceName, id: &str) -> TrackingCode {
        let digest = self.derive("import/code/v1", &[source.as_str(), id]);
        let mut bytes = [0; 9];
        bytes.copy_from_slice(&digest[..9]);
        TrackingCode::from_random(bytes)
    }

    /// A procedure's name in public data: always the same, and no key to anything. It cannot be computed
    /// from its identity, its code or a source's number without the pepper.
    #[must_use]
    pub fn public_id(&self, procedure: ProcedureId) -> String {
        let digest = self.derive("public/procedure/v1", &[&procedure.to_string()]);
        digest[..12]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// A source's official as a pseudonym.
    #[must_use]
    pub fn performer(&self, source: &SourceName, name: &str) -> PerformerRef {
        let digest = self.derive("import/performer/v1", &[source.as_str(), name]);
        let hex = digest[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>();
        PerformerRef::parse(hex).expect("invariant: hexadecimal digits are a word")
    }

    /// A new identity and code for a procedure that is filed here.
    pub fn new_procedure(&self) -> Result<(ProcedureId, TrackingCode), NoRandomness> {
        let mut bytes = [0; 9];
        getrandom::fill(&mut bytes).map_err(NoRandomness)?;
        Ok((
            ProcedureId(Uuid::now_v7()),
            TrackingCode::from_random(bytes),
        ))
    }

    /// The tracking code of a procedure that was filed under an idempotency key: the same whenever the
    /// key is sent again, so that the answer can be given again without the code being stored. Whoever
    /// has the pepper and the log, and not the key's text, cannot compute it.
    #[must_use]
    pub fn code_under(&self, procedure: ProcedureId, key: &str) -> TrackingCode {
        let digest = self.derive("filing/code/v1", &[&procedure.to_string(), key]);
        let mut bytes = [0; 9];
        bytes.copy_from_slice(&digest[..9]);
        TrackingCode::from_random(bytes)
    }

    /// What is stored of an idempotency key.
    pub(crate) fn idempotency_key(&self, caller: &str, key: &str) -> [u8; 32] {
        self.derive("idempotency/key/v1", &[caller, key])
    }

    /// What is stored of a request.
    pub(crate) fn request(&self, parts: &[&str]) -> [u8; 32] {
        self.derive("idempotency/request/v1", parts)
    }

    /// The keyed hash under which a person's identification is found.
    pub(crate) fn person_lookup(&self, identification: &str) -> [u8; 32] {
        self.derive("vault/lookup/v1", &[identification])
    }

    fn derive(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&*self.0).expect("invariant: a key of any length");
        mac.update(purpose.as_bytes());
        for part in parts {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// The operating system gave no random bytes: nothing can be filed.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandomness(#[source] pub(crate) getrandom::Error);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imported_procedure_keeps_its_identity_and_code_and_shares_them_with_no_other() {
        let (secrets, other) = (Secrets::new([1; 32]), Secrets::new([2; 32]));
        let source: SourceName = "receipt".parse().unwrap();
        let id = secrets.imported_procedure(&source, "case-1");
        assert_eq!(id, secrets.imported_procedure(&source, "case-1"));
        assert_ne!(id, secrets.imported_procedure(&source, "case-2"));
        assert_ne!(id, other.imported_procedure(&source, "case-1"));
        let code = secrets.imported_code(&source, "case-1");
        assert!(code == secrets.imported_code(&source, "case-1"));
        assert!(code != other.imported_code(&source, "case-1"));
    }

    #[test]
    fn a_code_under_a_key_needs_the_procedure_the_key_and_the_pepper() {
        let (secrets, other) = (Secrets::new([1; 32]), Secrets::new([2; 32]));
        let [a, b] = [1, 2].map(|n| ProcedureId(Uuid::from_u128(n)));
        let code = secrets.code_under(a, "k");
        assert!(code == secrets.code_under(a, "k"));
        assert!(code != secrets.code_under(b, "k") && code != secrets.code_under(a, "l"));
        assert!(code != other.code_under(a, "k"));
    }
}
