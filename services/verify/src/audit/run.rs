//! The audit: threads read blocks, each every n-th, and one place takes them in order.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::leaf::{DatasetLeaf, EventLeaf, Leaf};
use chasqui_tlog::merkle::Edge;
use chasqui_tlog::note::MAX_NOTE_BYTES;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::sealing::TagIndexBuilder;
use chasqui_tlog::tile::TILE_WIDTH;

use super::audited::{Audited, Question};
use super::block::{Block, block};
use super::tree::Tree;
use crate::error::VerifyError;
use crate::signers::Signers;
use crate::source::Source;

/// How many blocks a thread may be ahead.
const AHEAD: usize = 8;
/// More threads than this only wait for the disk or the network.
const MOST_THREADS: usize = 8;

/// Reads the whole log and computes everything again.
///
/// It fails if the log has no entries, if a file is missing, if one differs from what the entries make, if
/// times go back, if a tag is there twice, if those whom the policy demands did not sign the root that the
/// entries make, if it does not continue an earlier checkpoint, or if it is too old.
pub fn audit(
    source: &dyn Source,
    policy: &Policy,
    question: Question<'_>,
) -> Result<Audited, VerifyError> {
    let checkpoint = published(source)?;
    let signers = Signers::of(policy, &checkpoint)?;
    let size = checkpoint.checkpoint().size();
    for earlier in &question.earlier {
        policy.check(earlier)?;
        let (once, origin) = (earlier.checkpoint().size(), earlier.checkpoint().origin());
        if origin != checkpoint.checkpoint().origin() {
            let log = origin.to_owned();
            return Err(VerifyError::OtherLog { log });
        }
        if once > size {
            return Err(VerifyError::RolledBack { once, now: size });
        }
    }
    if size == 0 {
        return Err(VerifyError::Empty);
    }
    let blocks = size.div_ceil(u64::from(TILE_WIDTH));
    let threads = thread::available_parallelism().map_or(1, |n| n.get().min(MOST_THREADS));
    let threads = threads.min(usize::try_from(blocks).unwrap_or(usize::MAX));
    let (now, max_age) = (question.now, question.max_age);
    let mut reading = Reading::new(source, question);
    let edge = if threads < 2 {
        let mut edge = Edge::new();
        for number in 0..blocks {
            edge = reading.take(block(source, number, size)?, size)?;
        }
        edge
    } else {
        thread::scope(|scope| {
            let mut lanes = Vec::with_capacity(threads);
            for first in 0..threads {
                let (sender, receiver) = sync_channel(AHEAD);
                scope.spawn(move || read(source, size, (first, threads), &sender));
                lanes.push(receiver);
            }
            reading.all(&lanes, blocks, size)
        })?
    };
    if edge.size() != size || edge.root() != checkpoint.checkpoint().root() {
        return Err(VerifyError::OtherRoot { size });
    }
    reading.finish(checkpoint, signers, now, max_age)
}

fn published(source: &dyn Source) -> Result<SignedCheckpoint, VerifyError> {
    let name = || "checkpoint".to_owned();
    let bytes = source.read("checkpoint", MAX_NOTE_BYTES);
    let bytes = bytes.map_err(|source| VerifyError::Read {
        name: name(),
        source,
    })?;
    let bytes = bytes.ok_or_else(|| VerifyError::Missing { name: name() })?;
    Ok(SignedCheckpoint::parse(&bytes)?)
}

type Sent = Result<Block, VerifyError>;

/// One thread: every n-th block, until one fails or nobody listens any more.
fn read(
    source: &dyn Source,
    size: u64,
    (first, threads): (usize, usize),
    sender: &SyncSender<Sent>,
) {
    let blocks = size.div_ceil(u64::from(TILE_WIDTH));
    for number in (first as u64..blocks).step_by(threads) {
        let read = block(source, number, size);
        let failed = read.is_err();
        if sender.send(read).is_err() || failed {
            return;
        }
    }
}

/// What was read so far.
struct Reading<'s, 'q> {
    tree: Tree<'s>,
    question: Question<'q>,
    tags: TagIndexBuilder,
    found: BTreeMap<u64, EventLeaf>,
    files: Vec<(u64, DatasetLeaf)>,
    entries: u64,
    events: u64,
    datasets: u64,
    bundles: u64,
    bytes: u64,
    times: Option<(u64, u64)>,
}

impl<'s, 'q> Reading<'s, 'q> {
    fn new(source: &'s dyn Source, question: Question<'q>) -> Self {
        let earlier = question.earlier.iter().map(SignedCheckpoint::checkpoint);
        Self {
            tree: Tree::new(source, earlier),
            question,
            tags: TagIndexBuilder::default(),
            found: BTreeMap::new(),
            files: Vec::new(),
            entries: 0,
            events: 0,
            datasets: 0,
            bundles: 0,
            bytes: 0,
            times: None,
        }
    }

    fn all(
        &mut self,
        lanes: &[Receiver<Sent>],
        blocks: u64,
        size: u64,
    ) -> Result<Edge, VerifyError> {
        let mut edge = Edge::new();
        for (_, lane) in (0..blocks).zip(lanes.iter().cycle()) {
            let block = lane.recv();
            let block =
                block.expect("invariant: a lane ends only after its last block or a failure");
            edge = self.take(block?, size)?;
        }
        Ok(edge)
    }

    /// Takes the next block; gives the edge of the tree up to its end.
    fn take(&mut self, block: Block, size: u64) -> Result<Edge, VerifyError> {
        self.bundles += 1;
        self.bytes += block.bytes;
        for leaf in &block.leaves {
            self.leaf(leaf)?;
        }
        if let Some(progress) = &mut self.question.progress {
            progress(self.entries, size);
        }
        self.tree.take(&block.tile, block.root)
    }

    fn leaf(&mut self, leaf: &Leaf) -> Result<(), VerifyError> {
        let index = self.entries;
        self.tags.push(leaf)?;
        let time = leaf.time().seconds();
        self.times = Some((self.times.map_or(time, |(first, _)| first), time));
        match leaf {
            Leaf::Event(event) => {
                self.events += 1;
                let question = &self.question;
                if question.find.contains(&event.tag) || question.at.contains(&index) {
                    self.found.insert(index, *event);
                }
            }
            Leaf::Dataset(dataset) => {
                self.datasets += 1;
                if self.question.file.as_ref() == Some(&dataset.sha256) {
                    self.files.push((index, dataset.clone()));
                }
            }
            Leaf::Catalog(_) | Leaf::Key(_) | Leaf::Shred(_) | Leaf::Incident(_) => {}
        }
        self.entries += 1;
        Ok(())
    }

    fn finish(
        mut self,
        checkpoint: SignedCheckpoint,
        signers: Signers,
        now: u64,
        max_age: Option<u64>,
    ) -> Result<Audited, VerifyError> {
        self.tree.finish()?;
        let tags = self.tags.finish()?;
        let times = self.times.ok_or(VerifyError::Empty)?;
        let age = signers.age(times.1, now, max_age)?;
        Ok(Audited {
            checkpoint,
            signers,
            age,
            entries: self.entries,
            events: self.events,
            datasets: self.datasets,
            tiles: self.tree.tiles,
            bundles: self.bundles,
            bytes: self.bytes + self.tree.bytes,
            times,
            continues: self.tree.continues,
            tags,
            found: self.found,
            files: self.files,
        })
    }
}
