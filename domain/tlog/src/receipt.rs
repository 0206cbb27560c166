//! Receipts: a proof together with the opened fields, for the party whose procedure it is.
//!
//! The opened fields are in the proof's `extra` line, which nothing authenticates; so the leaf is
//! made again from them and only the leaf is believed. A receipt may hold personal data: it is given
//! to the party, shown by its debug form to nobody, and never logged.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::checkpoint::SignedCheckpoint;
use crate::disclosure::{Commitment, Digest, Disclosure, MAX_DISCLOSURES, canonical_json};
use crate::error::ReceiptError;
use crate::leaf::{EventLeaf, LeafTime};
use crate::merkle::Hash;
use crate::policy::{Acceptance, Policy};
use crate::proof::LogProof;
use crate::sealing::OpenedEvent;

/// A `.tlog-proof` that carries an event's digests and some of its fields, open.
///
/// Parsed, but trusted only after [`verify`](Self::verify). Printing gives back the very bytes that
/// were parsed.
///
/// ```
/// use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
/// use chasqui_tlog::leaf::LeafTime;
/// use chasqui_tlog::note::{Algorithm, SeedSigner, Signer};
/// use chasqui_tlog::policy::Policy;
/// use chasqui_tlog::receipt::Receipt;
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
/// let sealed = seal(LeafTime::new(1_767_225_641)?, &StreamKey::from_bytes([7; 32]), &facts, &[])?;
///
/// // A log with this leaf alone: its root is the leaf's hash, and no hash leads to it.
/// let log = SeedSigner::new("example.com/log1".parse()?, Algorithm::Ed25519, &[1; 32])?;
/// let checkpoint = Checkpoint::new(log.key().name(), 1, sealed.leaf.hash())?;
/// let signed = SignedCheckpoint::sign(checkpoint, &log)?;
/// let (all, open) = (sealed.commitment, sealed.disclosures);
/// let file = Receipt::new(sealed.leaf, all, open, 0, vec![], signed)?.to_string();
///
/// let policy = Policy::k_of_n(log.key().clone(), &[], 0)?;
/// let receipt = Receipt::parse(file.as_bytes())?;
/// let proven = receipt.verify(&policy)?;
/// assert_eq!(proven.event.value("type").unwrap(), "Filed");
/// assert!(Receipt::parse(file.replacen("index 0", "index 1", 1).as_bytes()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Receipt {
    proof: LogProof,
    commitment: Commitment,
    open: Vec<Disclosure>,
    /// Time and tag, by which the leaf can be made again. Early receipts came without.
    leaf: Option<EventLeaf>,
}

/// What a receipt proves, once it is verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Proven<'p> {
    /// The event's leaf.
    pub leaf: EventLeaf,
    /// Its place in the log.
    pub index: u64,
    /// The fields that were opened.
    pub event: OpenedEvent,
    /// Who signed the tree.
    pub acceptance: Acceptance<'p>,
}

impl Receipt {
    /// The receipt for a leaf with these digests, opening some of its fields.
    pub fn new(
        leaf: EventLeaf,
        commitment: Commitment,
        open: Vec<Disclosure>,
        index: u64,
        path: Vec<Hash>,
        checkpoint: SignedCheckpoint,
    ) -> Result<Self, ReceiptError> {
        OpenedEvent::check(leaf.commit, &commitment, open.clone())?;
        let extra = extra_text(Some(&leaf), &commitment, &open)?;
        let proof = LogProof::new(Some(extra.into_bytes()), index, path, checkpoint)?;
        proof.check_leaf(leaf.hash())?;
        Ok(Self {
            proof,
            commitment,
            open,
            leaf: Some(leaf),
        })
    }

    /// Reads a receipt.
    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        let proof = LogProof::parse(bytes)?;
        let extra = proof.extra().ok_or(ReceiptError::Extra)?;
        let Ok(Value::Object(members)) = serde_json::from_slice(extra) else {
            return Err(ReceiptError::Extra);
        };
        let commitment = digests(&members)?;
        let open = disclosures(&members)?;
        let leaf = leaf(&members, &commitment)?;
        // One spelling, and no members that a reader would not know of.
        if extra_text(leaf.as_ref(), &commitment, &open)?.as_bytes() != extra {
            return Err(ReceiptError::Extra);
        }
        Ok(Self {
            proof,
            commitment,
            open,
            leaf,
        })
    }

    /// Checks everything: that the fields open the leaf, that the leaf leads to the root, and that
    /// the policy accepts who signed the root.
    pub fn verify<'p>(&self, policy: &'p Policy) -> Result<Proven<'p>, ReceiptError> {
        self.verify_leaf(self.leaf.ok_or(ReceiptError::NoLeaf)?, policy)
    }

    /// The same for a leaf that came beside the receipt.
    pub fn verify_leaf<'p>(
        &self,
        leaf: EventLeaf,
        policy: &'p Policy,
    ) -> Result<Proven<'p>, ReceiptError> {
        if self.leaf.is_some_and(|own| own != leaf) {
            return Err(ReceiptError::OtherLeaf);
        }
        let event = OpenedEvent::check(leaf.commit, &self.commitment, self.open.clone())?;
        self.proof.check_leaf(leaf.hash())?;
        let acceptance = policy.check(self.proof.checkpoint())?;
        Ok(Proven {
            leaf,
            index: self.proof.index(),
            event,
            acceptance,
        })
    }

    /// The leaf that the receipt claims to be for.
    pub const fn leaf(&self) -> Option<&EventLeaf> {
        self.leaf.as_ref()
    }

    /// The proof without its meaning.
    pub const fn proof(&self) -> &LogProof {
        &self.proof
    }

    /// The digests of all fields.
    pub const fn commitment(&self) -> &Commitment {
        &self.commitment
    }

    /// The fields that it opens, unverified.
    pub fn disclosures(&self) -> &[Disclosure] {
        &self.open
    }
}

fn extra_text(
    leaf: Option<&EventLeaf>,
    commitment: &Commitment,
    open: &[Disclosure],
) -> Result<String, ReceiptError> {
    let open: Vec<&str> = open.iter().map(Disclosure::as_str).collect();
    let sd: Vec<String> = commitment.digests().iter().map(Digest::to_string).collect();
    let mut extra = json!({ "open": open, "sd": sd, "v": 1 });
    if let Some(leaf) = leaf {
        extra["tag"] = json!(leaf.tag.to_string());
        extra["time"] = json!(leaf.time.seconds());
    }
    canonical_json(&extra).map_err(|_| ReceiptError::Extra)
}

fn strings<'m>(members: &'m Map<String, Value>, name: &str) -> Result<Vec<&'m str>, ReceiptError> {
    let items = members
        .get(name)
        .and_then(Value::as_array)
        .ok_or(ReceiptError::Extra)?;
    if items.len() > MAX_DISCLOSURES {
        return Err(ReceiptError::Extra);
    }
    items
        .iter()
        .map(|item| item.as_str().ok_or(ReceiptError::Extra))
        .collect()
}

fn digests(members: &Map<String, Value>) -> Result<Commitment, ReceiptError> {
    let digests = strings(members, "sd")?.into_iter().map(str::parse);
    let digests: Result<Vec<Digest>, _> = digests.collect();
    Ok(Commitment::sorted(
        digests.map_err(|_| ReceiptError::Extra)?,
    )?)
}

fn disclosures(members: &Map<String, Value>) -> Result<Vec<Disclosure>, ReceiptError> {
    let open = strings(members, "open")?.into_iter();
    open.map(|text| Ok(Disclosure::parse(text)?)).collect()
}

/// Time and tag are both there, or neither.
fn leaf(
    members: &Map<String, Value>,
    commitment: &Commitment,
) -> Result<Option<EventLeaf>, ReceiptError> {
    let (time, tag) = match (members.get("time"), members.get("tag")) {
        (None, None) => return Ok(None),
        (Some(time), Some(tag)) => (time.as_u64(), tag.as_str()),
        (Some(_), None) | (None, Some(_)) => return Err(ReceiptError::Extra),
    };
    let time = time
        .and_then(|seconds| LeafTime::new(seconds).ok())
        .ok_or(ReceiptError::Extra)?;
    let tag = tag
        .and_then(|tag| tag.parse().ok())
        .ok_or(ReceiptError::Extra)?;
    Ok(Some(EventLeaf {
        time,
        tag,
        commit: commitment.commit(),
    }))
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.proof.fmt(f)
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Receipt(index {}, {:?})",
            self.proof.index(),
            self.commitment.commit()
        )
    }
}
