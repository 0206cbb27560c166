//! The log's own statements, unsalted because they are meant to be read. Whoever replaces a data
//! set, a deadline or a key in silence is contradicted by one of them.

use std::fmt;
use std::str::FromStr;

use super::{FileDigest, Kind, Label, LeafTime, Lines, ShredId};
use crate::encoding::parse_decimal;
use crate::error::LeafError;
use crate::merkle::{Hash, MAX_TREE_SIZE};
use crate::note::{KeyName, VerifierKey};

/// A file of open data was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetLeaf {
    /// When it was sealed.
    pub time: LeafTime,
    /// The file's name.
    pub name: Label,
    /// The tree's size whose events went into it: figures say "as of" this size.
    pub size: u64,
    /// The file's hash.
    pub sha256: FileDigest,
}

/// A catalogue (legal deadlines, sheets of indicators) came into force in this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogLeaf {
    /// When it was sealed.
    pub time: LeafTime,
    /// Which catalogue.
    pub name: Label,
    /// Which version of it.
    pub version: Label,
    /// The catalogue file's hash.
    pub sha256: FileDigest,
}

/// Whether a key begins or ceases to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyChange {
    /// The key signs from then on, beside the others.
    Added,
    /// Signatures by this key mean nothing from then on.
    Retired,
}

/// The log's keys change. It informs; whom to trust is never learned from the log itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLeaf {
    /// When it was sealed.
    pub time: LeafTime,
    /// What happens to the key.
    pub change: KeyChange,
    /// From when on.
    pub from: LeafTime,
    /// The key.
    pub vkey: VerifierKey,
}

/// Personal data were erased: that it happened, not whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShredLeaf {
    /// When it was sealed.
    pub time: LeafTime,
    /// Which erasure, to whoever was answered.
    pub id: ShredId,
    /// How many keys were destroyed.
    pub count: u64,
}

/// Something broke, or a log ended: what was sound before, and where the report is.
///
/// The first leaf of a log that succeeds another one is such a leaf: `origin`, `size` and `root` are
/// the other's last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentLeaf {
    /// When it was sealed.
    pub time: LeafTime,
    /// What kind of incident.
    pub kind: Label,
    /// The log that it concerns.
    pub origin: KeyName,
    /// The largest size of that log known to be sound.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// The published report's hash.
    pub report: FileDigest,
}

impl fmt::Display for DatasetLeaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}\ntime {}\nname {}",
            Kind::Dataset,
            self.time,
            self.name
        )?;
        writeln!(f, "size {}\nsha256 {}", self.size, self.sha256)
    }
}

impl FromStr for DatasetLeaf {
    type Err = LeafError;

    fn from_str(text: &str) -> Result<Self, LeafError> {
        let mut lines = Lines::after(Kind::Dataset.as_str(), text)?;
        let leaf = Self {
            time: LeafTime::parse(lines.value("time")?)?,
            name: lines.parsed("name")?,
            size: tree_size(lines.value("size")?)?,
            sha256: lines.parsed("sha256")?,
        };
        lines.end()?;
        Ok(leaf)
    }
}

impl fmt::Display for CatalogLeaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}\ntime {}\nname {}",
            Kind::Catalog,
            self.time,
            self.name
        )?;
        writeln!(f, "version {}\nsha256 {}", self.version, self.sha256)
    }
}

impl FromStr for CatalogLeaf {
    type Err = LeafError;

    fn from_str(text: &str) -> Result<Self, LeafError> {
        let mut lines = Lines::after(Kind::Catalog.as_str(), text)?;
        let leaf = Self {
            time: LeafTime::parse(lines.value("time")?)?,
            name: lines.parsed("name")?,
            version: lines.parsed("version")?,
            sha256: lines.parsed("sha256")?,
        };
        lines.end()?;
        Ok(leaf)
    }
}

impl fmt::Display for KeyLeaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let change = match self.change {
            KeyChange::Added => "added",
            KeyChange::Retired => "retired",
        };
        writeln!(f, "{}\ntime {}\nchange {change}", Kind::Key, self.time)?;
        writeln!(f, "from {}\nvkey {}", self.from, self.vkey)
    }
}

impl FromStr for KeyLeaf {
    type Err = LeafError;

    fn from_str(text: &str) -> Result<Self, LeafError> {
        let mut lines = Lines::after(Kind::Key.as_str(), text)?;
        let leaf = Self {
            time: LeafTime::parse(lines.value("time")?)?,
            change: match lines.value("change")? {
                "added" => KeyChange::Added,
                "retired" => KeyChange::Retired,
                _ => return Err(LeafError::Field { name: "change" }),
            },
            from: LeafTime::parse(lines.value("from")?)?,
            vkey: lines.parsed("vkey")?,
        };
        lines.end()?;
        Ok(leaf)
    }
}

impl fmt::Display for ShredLeaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\ntime {}\nid {}", Kind::Shred, self.time, self.id)?;
        writeln!(f, "count {}", self.count)
    }
}

impl FromStr for ShredLeaf {
    type Err = LeafError;

    fn from_str(text: &str) -> Result<Self, LeafError> {
        let mut lines = Lines::after(Kind::Shred.as_str(), text)?;
        let leaf = Self {
            time: LeafTime::parse(lines.value("time")?)?,
            id: lines.parsed("id")?,
            count: parse_decimal(lines.value("count")?)
                .ok_or(LeafError::Field { name: "count" })?,
        };
        lines.end()?;
        Ok(leaf)
    }
}

impl fmt::Display for IncidentLeaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}\ntime {}\nkind {}",
            Kind::Incident,
            self.time,
            self.kind
        )?;
        writeln!(
            f,
            "origin {}\nsize {}\nroot {}",
            self.origin, self.size, self.root
        )?;
        writeln!(f, "report {}", self.report)
    }
}

impl FromStr for IncidentLeaf {
    type Err = LeafError;

    fn from_str(text: &str) -> Result<Self, LeafError> {
        let mut lines = Lines::after(Kind::Incident.as_str(), text)?;
        let leaf = Self {
            time: LeafTime::parse(lines.value("time")?)?,
            kind: lines.parsed("kind")?,
            origin: lines.parsed("origin")?,
            size: tree_size(lines.value("size")?)?,
            root: lines.parsed("root")?,
            report: lines.parsed("report")?,
        };
        lines.end()?;
        Ok(leaf)
    }
}

fn tree_size(text: &str) -> Result<u64, LeafError> {
    let size = parse_decimal(text).filter(|size| *size <= MAX_TREE_SIZE);
    size.ok_or(LeafError::Field { name: "size" })
}
