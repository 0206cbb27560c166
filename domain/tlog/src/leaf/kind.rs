//! Any leaf. Its first line says which kind it is; a kind that is not known is refused, because a
//! reader that skipped it would not know what it had missed.

use std::fmt;

use super::{
    CatalogLeaf, DatasetLeaf, EventLeaf, IncidentLeaf, KeyLeaf, LeafTime, MAX_LEAF_BYTES, ShredLeaf,
};
use crate::error::LeafError;
use crate::merkle::{Hash, leaf_hash};

/// The kinds of leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Something happened to a procedure, or to what procedures depend on.
    Event,
    /// A file of open data.
    Dataset,
    /// A catalogue's version.
    Catalog,
    /// A change of keys.
    Key,
    /// An erasure.
    Shred,
    /// Something broke.
    Incident,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Event,
        Self::Dataset,
        Self::Catalog,
        Self::Key,
        Self::Shred,
        Self::Incident,
    ];

    /// A leaf's first line, without its newline.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "tramite-leaf/v1",
            Self::Dataset => "tramite-dataset/v1",
            Self::Catalog => "tramite-catalog/v1",
            Self::Key => "tramite-key/v1",
            Self::Shred => "tramite-shred/v1",
            Self::Incident => "tramite-incident/v1",
        }
    }
}

/// A leaf of any kind. Printing gives back the very bytes that were parsed.
///
/// ```
/// use chasqui_tlog::leaf::{Kind, Leaf};
///
/// let entry = b"tramite-shred/v1\ntime 1767225641\nid AAAAAAAAAAAAAAAAAAAAAA==\ncount 2\n";
/// let leaf = Leaf::parse(entry)?;
/// assert_eq!(leaf.kind(), Kind::Shred);
/// assert_eq!(leaf.to_string().as_bytes(), entry);
/// assert!(Leaf::parse(b"tramite-shred/v1\n").is_err());
/// # Ok::<(), chasqui_tlog::error::LeafError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// See [`EventLeaf`].
    Event(EventLeaf),
    /// See [`DatasetLeaf`].
    Dataset(DatasetLeaf),
    /// See [`CatalogLeaf`].
    Catalog(CatalogLeaf),
    /// See [`KeyLeaf`].
    Key(Box<KeyLeaf>),
    /// See [`ShredLeaf`].
    Shred(ShredLeaf),
    /// See [`IncidentLeaf`].
    Incident(Box<IncidentLeaf>),
}

impl Leaf {
    /// Reads an entry of a bundle.
    pub fn parse(entry: &[u8]) -> Result<Self, LeafError> {
        if entry.len() > MAX_LEAF_BYTES {
            return Err(LeafError::TooLong { bytes: entry.len() });
        }
        let text = std::str::from_utf8(entry).map_err(|_| LeafError::UnknownKind)?;
        let first = text.split('\n').next().unwrap_or_default();
        let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == first);
        Ok(match kind.ok_or(LeafError::UnknownKind)? {
            Kind::Event => Self::Event(text.parse()?),
            Kind::Dataset => Self::Dataset(text.parse()?),
            Kind::Catalog => Self::Catalog(text.parse()?),
            Kind::Key => Self::Key(Box::new(text.parse()?)),
            Kind::Shred => Self::Shred(text.parse()?),
            Kind::Incident => Self::Incident(Box::new(text.parse()?)),
        })
    }

    /// Which kind it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Event(_) => Kind::Event,
            Self::Dataset(_) => Kind::Dataset,
            Self::Catalog(_) => Kind::Catalog,
            Self::Key(_) => Kind::Key,
            Self::Shred(_) => Kind::Shred,
            Self::Incident(_) => Kind::Incident,
        }
    }

    /// When it was sealed.
    pub const fn time(&self) -> LeafTime {
        match self {
            Self::Event(leaf) => leaf.time,
            Self::Dataset(leaf) => leaf.time,
            Self::Catalog(leaf) => leaf.time,
            Self::Key(leaf) => leaf.time,
            Self::Shred(leaf) => leaf.time,
            Self::Incident(leaf) => leaf.time,
        }
    }

    /// The hash that stands in the tree.
    pub fn hash(&self) -> Hash {
        leaf_hash(self.to_string().as_bytes())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(leaf) => leaf.fmt(f),
            Self::Dataset(leaf) => leaf.fmt(f),
            Self::Catalog(leaf) => leaf.fmt(f),
            Self::Key(leaf) => leaf.fmt(f),
            Self::Shred(leaf) => leaf.fmt(f),
            Self::Incident(leaf) => leaf.fmt(f),
        }
    }
}
