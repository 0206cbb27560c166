//! The note: text, empty line, signature lines. What the text means is the business of others.

use std::fmt;

use super::{MAX_NOTE_BYTES, MAX_SIGNATURES, Signature, SignedBy, VerifierKey};
use crate::error::NoteError;

/// A text with at least one signature line. Parsed, but trusted only after [`verify`](Self::verify).
///
/// The text ends in a newline and has no control characters but newlines. Printing gives back the
/// very bytes that were parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

impl Note {
    /// The note with these signatures, at least one.
    pub fn new(text: impl Into<String>, signatures: Vec<Signature>) -> Result<Self, NoteError> {
        let note = Self {
            text: text.into(),
            signatures,
        };
        if !note.text.ends_with('\n') || note.text.contains(is_forbidden) {
            return Err(NoteError::Text);
        }
        note.within_limits()
    }

    /// Reads a note: valid UTF-8, every signature line well formed.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLong { bytes: bytes.len() });
        }
        let all = std::str::from_utf8(bytes).map_err(|_| NoteError::Text)?;
        if all.contains(is_forbidden) {
            return Err(NoteError::Text);
        }
        // The text may contain empty lines; the last one parts it from the signatures.
        let end = all.rfind("\n\n").ok_or(NoteError::NoSignature)? + 1;
        let signatures = parse_signatures(&all[end + 1..])?;
        Self {
            text: all[..end].to_owned(),
            signatures,
        }
        .within_limits()
    }

    /// Adds a signature, for instance a witness's that came late.
    pub fn add(&mut self, signature: Signature) -> Result<(), NoteError> {
        let mut signatures = self.signatures.clone();
        signatures.push(signature);
        *self = Self {
            text: self.text.clone(),
            signatures,
        }
        .within_limits()?;
        Ok(())
    }

    /// Which of these keys signed, in the order of `keys`, each once.
    ///
    /// Signatures by other keys are ignored, as the specification demands. One that claims to be a
    /// known key's and is not, condemns the whole note; so does the absence of any known one.
    pub fn verify<'k>(&self, keys: &[&'k VerifierKey]) -> Result<Vec<SignedBy<'k>>, NoteError> {
        let mut signed = Vec::new();
        for &key in keys {
            let mut first = None;
            for signature in self
                .signatures
                .iter()
                .filter(|signature| signature.claims(key))
            {
                let by = signature.verify(key, &self.text);
                let by = by.ok_or_else(|| NoteError::WrongSignature {
                    key: key.to_string(),
                })?;
                first.get_or_insert(by);
            }
            signed.extend(first);
        }
        if signed.is_empty() {
            Err(NoteError::NoKnownSignature)
        } else {
            Ok(signed)
        }
    }

    /// The text, its last newline included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures, known or not.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    fn within_limits(self) -> Result<Self, NoteError> {
        if self.signatures.is_empty() {
            return Err(NoteError::NoSignature);
        }
        if self.signatures.len() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures {
                signatures: self.signatures.len(),
            });
        }
        let bytes = self.to_string().len();
        if bytes > MAX_NOTE_BYTES {
            Err(NoteError::TooLong { bytes })
        } else {
            Ok(self)
        }
    }
}

/// Signature lines, each with its newline; none is no error here.
pub(crate) fn parse_signatures(lines: &str) -> Result<Vec<Signature>, NoteError> {
    let mut signatures = Vec::new();
    for line in lines.split_inclusive('\n') {
        if signatures.len() == MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures {
                signatures: MAX_SIGNATURES + 1,
            });
        }
        let line = line.strip_suffix('\n').ok_or(NoteError::SignatureLine)?;
        signatures.push(line.parse()?);
    }
    Ok(signatures)
}

fn is_forbidden(c: char) -> bool {
    c < ' ' && c != '\n'
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|signature| writeln!(f, "{signature}"))
    }
}
