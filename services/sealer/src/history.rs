//! All sealed events of one stream, for whoever may know it: where they are in the log, and the file by
//! which an outsider sees that none is missing.

use chasqui_procedures::recorded::RawRecord;
use chasqui_store::{Place, Store, Thread};
use chasqui_tlog::history::History;
use chasqui_tlog::leaf::Leaf;
use chasqui_tlog::merkle::{Hash, leaf_hash};
use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::sealing::{MANDATORY_FIELDS, StreamKey};

use crate::error::SealerError;
use crate::folder::LogFolder;
use crate::leaves::{place, sealed};

/// One event of a stream, in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedLine {
    /// Its number in the stream, from 1.
    pub sequence: u64,
    /// Its position: its entry's place in the log.
    pub position: u64,
    /// The hash of its entry; none as long as no published checkpoint covers it.
    pub leaf: Option<Hash>,
}

/// The events of a stream, each with its entry's hash if it is sealed.
pub async fn lines(
    store: &Store,
    folder: &LogFolder,
    kind: &'static str,
    id: String,
) -> Result<Vec<SealedLine>, SealerError> {
    let size = published(folder)?;
    let (records, threads) = own(store, kind, id).await?;
    let lines = records
        .iter()
        .zip(&threads)
        .map(|(record, own)| SealedLine {
            sequence: record.sequence,
            position: record.position,
            leaf: own
                .before
                .as_deref()
                .filter(|_| record.position < size)
                .map(leaf_hash),
        });
    Ok(lines.collect())
}

/// The history of a stream as far as it is sealed; none if no event of it is. It opens what every event
/// commits, as a receipt does, and gives away the stream's tag key and no other.
pub async fn history(
    store: &Store,
    folder: &LogFolder,
    key: &VerifierKey,
    kind: &'static str,
    id: String,
) -> Result<Option<History>, SealerError> {
    let size = published(folder)?;
    let (records, threads) = own(store, kind, id).await?;
    let mut events = Vec::new();
    let mut tag_key = None;
    let mut prev = None;
    for (record, own) in records.iter().zip(threads) {
        let (Some(stream), Some(stored)) = (own.key, own.before) else {
            break;
        };
        if record.position >= size {
            break;
        }
        let time = Leaf::parse(&stored).map_err(SealerError::format)?.time();
        let event = sealed(key.name().as_str(), time, record, &stream, prev)?;
        prev = Some(leaf_hash(&stored));
        tag_key = Some(StreamKey::from_bytes(stream).tag_key());
        let mut open = event.disclosures;
        open.retain(|one| MANDATORY_FIELDS.contains(&one.field().as_str()));
        events.push((event.commitment, open));
    }
    let history = tag_key.map(|tag_key| History::new(key.name().clone(), tag_key, events));
    history.transpose().map_err(SealerError::format)
}

fn published(folder: &LogFolder) -> Result<u64, SealerError> {
    let checkpoint = folder.checkpoint()?;
    Ok(checkpoint.map_or(0, |one| one.checkpoint().size()))
}

/// The events of a stream, and for each the thread of the one after it, whose `before` is its own entry.
async fn own(
    store: &Store,
    kind: &'static str,
    id: String,
) -> Result<(Vec<RawRecord>, Vec<Thread>), SealerError> {
    let records = store.load(kind, id).await?;
    let after = records.iter().map(|record| Place {
        sequence: record.sequence + 1,
        ..place(record)
    });
    let threads = store.threads(after.collect()).await?;
    Ok((records, threads))
}
