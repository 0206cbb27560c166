//! Writes a sound log of many entries into a folder, as static files, and prints its key: something for a
//! verifier to be timed on. The entries are sealed events without anybody behind them.
//!
//!   log_maker FOLDER ENTRIES

#![expect(
    clippy::print_stdout,
    reason = "a test program: it speaks by its output"
)]

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::disclosure::Commit;
use chasqui_tlog::leaf::{EventLeaf, LeafTime, Tag};
use chasqui_tlog::note::{Algorithm, SeedSigner, Signer};
use chasqui_tlog::tile::{BundleId, Frontier, TILE_WIDTH, encode_bundle};

type Failed = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let entries = arguments
        .next()
        .zip(arguments.next().and_then(|n| n.parse::<u64>().ok()));
    let Some((folder, entries)) = entries else {
        eprintln!("usage: log_maker FOLDER ENTRIES");
        return ExitCode::from(2);
    };
    match make(Path::new(&folder), entries) {
        Ok(key) => {
            println!("{key}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

fn make(folder: &Path, entries: u64) -> Result<String, Failed> {
    let signer = SeedSigner::new("timed.example/log1".parse()?, Algorithm::Ed25519, &[7; 32])?;
    let began = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() - entries / 100 - 1;
    let mut random = fastrand::Rng::with_seed(7);
    let mut frontier = Frontier::new();
    let mut open: Vec<String> = Vec::new();
    for index in 0..entries {
        let mut bytes = [0; 48];
        random.fill(&mut bytes);
        let (tag, commit) = bytes.split_at(16);
        let leaf = EventLeaf {
            time: LeafTime::new(began + index / 100)?,
            tag: Tag::from_bytes(tag.try_into()?),
            commit: Commit::from_bytes(commit.try_into()?),
        };
        let mut full = Vec::new();
        frontier.append(leaf.hash(), |tile| full.push(tile))?;
        for tile in full {
            write(folder, &tile.id().to_string(), &tile.encode())?;
        }
        open.push(leaf.to_string());
        if open.len() == usize::from(TILE_WIDTH) || index + 1 == entries {
            let id = BundleId::new(index / u64::from(TILE_WIDTH), open.len() as u16)?;
            write(folder, &id.to_string(), &encode_bundle(&open)?)?;
            open.clear();
        }
    }
    for tile in frontier.partial_tiles() {
        write(folder, &tile.id().to_string(), &tile.encode())?;
    }
    let checkpoint = Checkpoint::new(signer.key().name(), entries, frontier.root())?;
    let signed = SignedCheckpoint::sign(checkpoint, &signer)?;
    write(folder, "checkpoint", signed.to_string().as_bytes())?;
    Ok(signer.key().to_string())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failed> {
    let path = folder.join(name);
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    Ok(fs::write(path, bytes)?)
}
