//! Sealing: from an event's fields and keys to its leaf and its disclosures. The same input gives
//! the same bytes, for ever: an audit makes leaves again and compares.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::{Facts, SaltKey, StreamKey};
use crate::disclosure::{Commitment, Disclosure, FieldName};
use crate::error::SealError;
use crate::leaf::{EventLeaf, LeafTime};

/// A field beside the mandatory ones, with the key that salts it. Its debug form hides the value.
pub struct Extra<'k> {
    /// Its name; not one of the mandatory ones.
    pub field: FieldName,
    /// Its value; no floating-point number, no integer beyond 2^53 - 1.
    pub value: Value,
    /// K_pub for what may be published, K_int for what may not, a party's key for what is personal.
    pub key: &'k SaltKey,
}

/// An event's leaf with everything that opens it.
#[derive(Debug, Clone)]
pub struct SealedEvent {
    /// What goes into the log.
    pub leaf: EventLeaf,
    /// All digests, also of fields that are opened to nobody.
    pub commitment: Commitment,
    /// One for each field, the mandatory ones first. They hold personal data.
    pub disclosures: Vec<Disclosure>,
}

/// Makes the leaf of an event.
///
/// ```
/// use chasqui_tlog::leaf::LeafTime;
/// use chasqui_tlog::sealing::{Facts, StreamKey, seal};
///
/// let stream = "procedure/01".parse()?;
/// let facts = Facts {
///     stream: &stream,
///     seq: 1,
///     kind: "Filed",
///     entity: "AZEE",
///     recorded_at: "2026-01-01T00:00:41Z",
///     recorded_day: "2025-12-31",
///     occurred_on: "2025-12-31",
///     schema: "1.0",
///     prev: None,
/// };
/// let key = StreamKey::from_bytes([7; 32]);
/// let sealed = seal(LeafTime::new(1_767_225_641)?, &key, &facts, &[])?;
/// assert_eq!(sealed.leaf.tag, key.tag_key().tag(1));
/// assert_eq!(sealed.leaf.to_string().len(), 113);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn seal(
    time: LeafTime,
    key: &StreamKey,
    facts: &Facts<'_>,
    extras: &[Extra<'_>],
) -> Result<SealedEvent, SealError> {
    let public = key.public_salts();
    let mandatory = facts.fields()?;
    let extras = extras
        .iter()
        .map(|extra| (extra.field.clone(), extra.value.clone(), extra.key));
    let fields = mandatory
        .into_iter()
        .map(|(field, value)| (field, value, &public))
        .chain(extras);

    let mut names = BTreeSet::new();
    let mut disclosures = Vec::new();
    for (field, value, salts) in fields {
        if !names.insert(field.clone()) {
            return Err(SealError::FieldTwice {
                field: field.to_string(),
            });
        }
        let salt = salts.salt(facts.stream, facts.seq, &field);
        disclosures.push(Disclosure::new(salt, field, value)?);
    }
    let commitment = Commitment::new(disclosures.iter().map(Disclosure::digest).collect())?;
    let tag = key.tag_key().tag(facts.seq);
    let leaf = EventLeaf {
        time,
        tag,
        commit: commitment.commit(),
    };
    Ok(SealedEvent {
        leaf,
        commitment,
        disclosures,
    })
}

impl fmt::Debug for Extra<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extra({})", self.field)
    }
}
