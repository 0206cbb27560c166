//! A whole log in memory: entries, tiles, bundles and checkpoints, as a sealer would write them.

use std::collections::BTreeMap;

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::leaf::LeafTime;
use chasqui_tlog::merkle::{TileReader, leaf_hash, prove_inclusion};
use chasqui_tlog::note::{Algorithm, SeedSigner, Signer, VerifierKey};
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::sealing::{Extra, Facts, SaltKey, SealedEvent, StreamKey, seal};
use chasqui_tlog::tile::{BundleId, Frontier, Tile, TileId, encode_bundle};
use serde_json::json;

/// A signer whose seed is one byte, repeated.
pub(crate) fn signer(name: &str, algorithm: Algorithm, seed: u8) -> SeedSigner {
    SeedSigner::new(name.parse().unwrap(), algorithm, &[seed; 32]).unwrap()
}

/// Its public key.
pub(crate) fn key(name: &str, algorithm: Algorithm, seed: u8) -> VerifierKey {
    signer(name, algorithm, seed).key().clone()
}

/// Tiles by name. Also says which were read.
#[derive(Default)]
pub(crate) struct Tiles(pub(crate) BTreeMap<TileId, Vec<u8>>);

#[derive(Debug, thiserror::Error)]
#[error("no such tile")]
pub(crate) struct NoTile;

impl TileReader for Tiles {
    type Error = NoTile;

    /// Only full tiles and the newest partial ones are kept; earlier partial ones are their beginning.
    fn read_tile(&self, id: TileId) -> Result<Vec<u8>, NoTile> {
        let same = |other: &TileId| (other.level(), other.index()) == (id.level(), id.index());
        let (_, bytes) = self.0.iter().find(|(other, _)| same(other)).ok_or(NoTile)?;
        Ok(bytes
            .get(..usize::from(id.width()) * 32)
            .ok_or(NoTile)?
            .to_vec())
    }
}

/// A log of events with everything that belongs to it.
pub(crate) struct Log {
    pub(crate) events: Vec<SealedEvent>,
    pub(crate) tiles: Tiles,
    pub(crate) bundles: BTreeMap<BundleId, Vec<u8>>,
    pub(crate) checkpoint: SignedCheckpoint,
}

pub(crate) const ORIGIN: &str = "tramites.example/log1";

impl Log {
    /// `size` events in streams of three, one of them with a personal field; checkpoint signed by
    /// the log and cosigned by two witnesses.
    pub(crate) fn of(size: u64) -> Self {
        let mut prev = None;
        let mut events = Vec::new();
        for n in 0..size {
            let event = event(n, prev);
            prev = Some(event.leaf.hash());
            events.push(event);
        }
        let entries: Vec<String> = events.iter().map(|event| event.leaf.to_string()).collect();
        let (tiles, root) = tiles(&entries);
        let bundles = (0..)
            .map_while(|index| BundleId::in_tree(index, size))
            .map(|id| {
                let first = id.first_entry() as usize;
                (
                    id,
                    encode_bundle(&entries[first..first + usize::from(id.width())]).unwrap(),
                )
            });
        let log = signer(ORIGIN, Algorithm::Ed25519, 1);
        let checkpoint = Checkpoint::new(&ORIGIN.parse().unwrap(), size, root).unwrap();
        let mut checkpoint = SignedCheckpoint::sign(checkpoint, &log).unwrap();
        for (n, name) in [(2, "w.example/1"), (3, "w.example/2")] {
            let witness = signer(name, Algorithm::Cosignature, n);
            let cosignature = checkpoint
                .cosign(&witness, 1_767_300_000 + u64::from(n))
                .unwrap();
            checkpoint.add(cosignature).unwrap();
        }
        Self {
            bundles: bundles.collect(),
            events,
            tiles,
            checkpoint,
        }
    }

    /// The receipt of an event, with all its fields open.
    pub(crate) fn receipt(&self, index: u64) -> Receipt {
        let event = &self.events[index as usize];
        let path = prove_inclusion(&self.tiles, index, self.events.len() as u64).unwrap();
        let (open, all) = (event.disclosures.clone(), event.commitment.clone());
        Receipt::new(event.leaf, all, open, index, path, self.checkpoint.clone()).unwrap()
    }
}

fn event(n: u64, prev: Option<chasqui_tlog::merkle::Hash>) -> SealedEvent {
    let stream = format!("procedure/{:04}", n / 3).parse().unwrap();
    let seq = n % 3 + 1;
    let (minute, second) = (n / 60, n % 60);
    let facts = Facts {
        stream: &stream,
        seq,
        kind: ["Filed", "Admitted", "Resolved"][(n % 3) as usize],
        entity: "AZEE",
        recorded_at: &format!("2026-01-01T00:{minute:02}:{second:02}Z"),
        recorded_day: "2025-12-31",
        occurred_on: "2025-12-31",
        schema: "1.0",
        prev: prev.filter(|_| seq > 1),
    };
    let party = SaltKey::from_bytes([200; 32]);
    let name = json!(format!("Señora Ñusta {n}"));
    let extra = Extra {
        field: "applicant".parse().unwrap(),
        value: name,
        key: &party,
    };
    let key = StreamKey::from_bytes([(n / 3) as u8; 32]);
    seal(
        LeafTime::new(1_767_225_600 + n).unwrap(),
        &key,
        &facts,
        &[extra],
    )
    .unwrap()
}

fn tiles(entries: &[String]) -> (Tiles, chasqui_tlog::merkle::Hash) {
    let mut tiles = BTreeMap::new();
    let mut frontier = Frontier::new();
    let mut write = |tile: Tile| {
        tiles.insert(tile.id(), tile.encode());
    };
    for entry in entries {
        frontier
            .append(leaf_hash(entry.as_bytes()), &mut write)
            .unwrap();
    }
    frontier.partial_tiles().for_each(write);
    (Tiles(tiles), frontier.root())
}
