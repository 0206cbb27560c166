//! A log in memory, made as the sealer makes it, with keys that the tests know.

use std::collections::BTreeMap;

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::history::History;
use chasqui_tlog::leaf::{DatasetLeaf, FileDigest, LeafTime};
use chasqui_tlog::merkle::{Hash, TileReader, leaf_hash, prove_inclusion};
use chasqui_tlog::note::{Algorithm, SeedSigner, Signer};
use chasqui_tlog::policy::Policy;
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::sealing::{Facts, SealedEvent, StreamKey, seal};
use chasqui_tlog::tile::{
    BundleId, Frontier, TILE_WIDTH, TileId, encode_bundle, partial_bundle, partial_tiles,
};
use chasqui_verify::{Audited, Question, ReadError, Source, VerifyError, audit};

pub(crate) const ORIGIN: &str = "tramites.example/log1";
/// The time of the first leaf; each next one is a second later.
pub(crate) const BEGAN: u64 = 1_790_000_000;
/// What the log says was published, as its last entry but one.
pub(crate) const OPEN_DATA: &[u8] = b"code,days\n1,15\n";

/// The files of a log, by their names.
#[derive(Clone, Default)]
pub(crate) struct Files(pub(crate) BTreeMap<String, Vec<u8>>);

impl Source for Files {
    fn read(&self, name: &str, most: usize) -> Result<Option<Vec<u8>>, ReadError> {
        let found = self.0.get(name).cloned();
        match found {
            Some(bytes) if bytes.len() > most => Err(ReadError::TooLong { most }),
            found => Ok(found),
        }
    }
}

impl TileReader for Files {
    type Error = std::io::Error;

    fn read_tile(&self, id: TileId) -> Result<Vec<u8>, std::io::Error> {
        let named = [id, id.full()].map(|id| id.to_string());
        let found = named.iter().find_map(|name| self.0.get(name));
        let mut bytes = found.cloned().ok_or(std::io::ErrorKind::NotFound)?;
        bytes.truncate(usize::from(id.width()) * 32);
        Ok(bytes)
    }
}

/// A log with all that only its owner knows.
pub(crate) struct Made {
    pub(crate) files: Files,
    pub(crate) entries: Vec<Vec<u8>>,
    /// What stands at each place; none for the data set's entry.
    pub(crate) events: Vec<Option<SealedEvent>>,
}

pub(crate) fn signer() -> SeedSigner {
    SeedSigner::new(ORIGIN.parse().unwrap(), Algorithm::Ed25519, &[1; 32]).unwrap()
}

pub(crate) fn policy() -> Policy {
    Policy::k_of_n(signer().key().clone(), &[], 0).unwrap()
}

pub(crate) fn stream_key(stream: usize) -> StreamKey {
    StreamKey::from_bytes([stream as u8 + 1; 32])
}

/// The event `seq` of a stream, sealed.
fn event(stream: usize, seq: u64, time: u64, prev: Option<Hash>) -> SealedEvent {
    let name = format!("procedure/{stream}").parse().unwrap();
    let facts = Facts {
        stream: &name,
        seq,
        kind: "StepCompleted",
        entity: ORIGIN,
        recorded_at: "2026-09-21T14:13:20Z",
        recorded_day: "2026-09-21",
        occurred_on: "2026-09-21",
        schema: "StepCompleted/1.0",
        prev,
    };
    seal(
        LeafTime::new(time).unwrap(),
        &stream_key(stream),
        &facts,
        &[],
    )
    .unwrap()
}

/// The tiles, bundles and checkpoint of these entries.
pub(crate) fn files(entries: &[Vec<u8>]) -> Files {
    let mut files = Files::default();
    let mut frontier = Frontier::new();
    for entry in entries {
        let full = |tile: chasqui_tlog::tile::Tile| {
            files.0.insert(tile.id().to_string(), tile.encode());
        };
        frontier.append(leaf_hash(entry), full).unwrap();
    }
    for tile in frontier.partial_tiles() {
        files.0.insert(tile.id().to_string(), tile.encode());
    }
    for (number, entries) in entries.chunks(usize::from(TILE_WIDTH)).enumerate() {
        let id = BundleId::new(number as u64, entries.len() as u16).unwrap();
        files
            .0
            .insert(id.to_string(), encode_bundle(entries).unwrap());
    }
    sign(&mut files, frontier.size(), frontier.root());
    files
}

/// Publishes a checkpoint, signed.
pub(crate) fn sign(files: &mut Files, size: u64, root: Hash) {
    let checkpoint = Checkpoint::new(&ORIGIN.parse().unwrap(), size, root).unwrap();
    let signed = SignedCheckpoint::sign(checkpoint, &signer()).unwrap();
    files
        .0
        .insert("checkpoint".into(), signed.to_string().into_bytes());
}

impl Made {
    /// A log of so many entries: streams of three events, one after the other, and at the end a data set.
    pub(crate) fn new(size: usize) -> Self {
        let (mut entries, mut events): (Vec<Vec<u8>>, Vec<Option<SealedEvent>>) =
            Default::default();
        for place in 0..size {
            let time = BEGAN + place as u64;
            if place + 1 == size && size > 1 {
                let leaf = DatasetLeaf {
                    time: LeafTime::new(time).unwrap(),
                    name: "figures.csv".parse().unwrap(),
                    size: place as u64,
                    sha256: FileDigest::of(OPEN_DATA),
                };
                entries.push(leaf.to_string().into_bytes());
                events.push(None);
                continue;
            }
            let (stream, step) = (place / 3, place % 3);
            let prev = (step > 0).then(|| leaf_hash(&entries[place - 1]));
            let sealed = event(stream, step as u64 + 1, time, prev);
            entries.push(sealed.leaf.to_string().into_bytes());
            events.push(Some(sealed));
        }
        Self {
            files: files(&entries),
            entries,
            events,
        }
    }

    pub(crate) fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    pub(crate) fn receipt(&self, place: u64) -> String {
        let event = self.events[place as usize].clone().unwrap();
        let path = prove_inclusion(&self.files, place, self.size()).unwrap();
        let checkpoint = checkpoint(&self.files);
        let (all, open) = (event.commitment, event.disclosures);
        let made = Receipt::new(event.leaf, all, open, place, path, checkpoint);
        made.unwrap().to_string()
    }

    /// The history of a stream, of so many of its events.
    pub(crate) fn history(&self, stream: usize, events: usize) -> String {
        let events = self.events[3 * stream..3 * stream + events]
            .iter()
            .flatten();
        let events = events.map(|one| (one.commitment.clone(), one.disclosures.clone()));
        let key = stream_key(stream).tag_key();
        let made = History::new(ORIGIN.parse().unwrap(), key, events.collect());
        made.unwrap().to_string()
    }

    /// Every file that belongs to the newest tree.
    pub(crate) fn names(&self) -> Vec<String> {
        let size = self.size();
        assert!(partial_tiles(size).count() > 0 && partial_bundle(size).is_some());
        self.files.0.keys().cloned().collect()
    }
}

pub(crate) fn checkpoint(files: &Files) -> SignedCheckpoint {
    SignedCheckpoint::parse(&files.0["checkpoint"]).unwrap()
}

pub(crate) fn question() -> Question<'static> {
    Question {
        now: BEGAN + 400,
        ..Question::default()
    }
}

pub(crate) fn audited(files: &Files) -> Result<Audited, VerifyError> {
    audit(files, &policy(), question())
}
