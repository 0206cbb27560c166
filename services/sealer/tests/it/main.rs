//! A log of 300 events on a real database file: sealed, checked, attacked, restored.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use chasqui_procedures::recorded::{NewEvent, kind};
use chasqui_sealer::{
    LogFolder, LogKey, Mark, Refusal, Sealer, SealerError, Witnesses, fsck, history, lines,
    receipt, recover,
};
use chasqui_store::{Append, Migrate, Store, StoreUrl};
use chasqui_tlog::history::History;
use chasqui_tlog::leaf::Leaf;
use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::sealing::TagIndexBuilder;
use jiff::Timestamp;
use tempfile::TempDir;

struct World {
    folder: TempDir,
    store: Store,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("events.sqlite")).await;
        let origin = "tramites.example/log1".parse().unwrap();
        assert!(LogKey::create(&folder.path().join("key"), &origin).unwrap());
        assert!(!LogKey::create(&folder.path().join("key"), &origin).unwrap());
        Self { folder, store }
    }

    fn log(&self) -> LogFolder {
        LogFolder::open(self.folder.path().join("log")).unwrap()
    }

    fn mark(&self) -> Mark {
        Mark(self.folder.path().join("mark"))
    }

    fn key(&self) -> LogKey {
        LogKey::load(&self.folder.path().join("key")).unwrap()
    }

    fn verifier(&self) -> &'static VerifierKey {
        Box::leak(Box::new(self.key().verifier().clone()))
    }

    async fn sealer(&self, store: &Store) -> Result<Sealer, SealerError> {
        let (key, alone) = (self.key(), Witnesses::none(self.verifier()));
        Sealer::open(store.clone(), self.log(), self.mark(), key, alone).await
    }

    /// Three events for each of so many streams, in rounds.
    async fn append(&self, store: &Store, from: usize, streams: usize) {
        for round in 0..3 {
            let block = (from..from + streams).map(|n| event(&format!("p{n}"), round));
            store.append_block(block.collect()).await.unwrap();
        }
    }

    async fn sealed(streams: usize) -> Self {
        let world = Self::new().await;
        world.append(&world.store, 0, streams).await;
        let mut sealer = world.sealer(&world.store).await.unwrap();
        let sealed = sealer.turn(Timestamp::now(), false).await.unwrap();
        assert_eq!((sealed.size, sealed.signed), (3 * streams as u64, true));
        world
    }

    async fn faults(&self, store: &Store) -> u64 {
        let (log, mark) = (self.log(), self.mark());
        let checked = fsck(store, &log, &mark, self.verifier()).await;
        checked.unwrap().faults
    }

    fn sql(&self, statements: &str) {
        let file = self.folder.path().join("events.sqlite");
        let connection = rusqlite::Connection::open(file).unwrap();
        connection.execute_batch(statements).unwrap();
    }
}

async fn open(file: &Path) -> Store {
    let url: StoreUrl = format!("sqlite://{}", file.display()).parse().unwrap();
    Store::open(&url, Migrate::Auto).await.unwrap()
}

fn event(id: &str, after: u64) -> Append {
    Append {
        kind: kind::UNIT,
        id: id.to_owned(),
        after,
        events: vec![NewEvent {
            event_type: "Noted".into(),
            event_version: "1".into(),
            payload: format!(r#"{{"b": 1.50, "after": {after}, "occurred": "2026-11-20"}}"#),
        }],
        metadata: "{}".to_owned(),
    }
}

fn refusal<T>(result: Result<T, SealerError>) -> Refusal {
    match result {
        Err(SealerError::Refused(refusal)) => refusal,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it should have refused"),
    }
}

#[tokio::test]
async fn a_sealed_log_of_300_events_is_sound_and_proves_every_one_of_them() {
    let world = World::sealed(100).await;
    let (folder, mark, key) = (world.log(), world.mark(), world.key());
    let checked = fsck(&world.store, &folder, &mark, key.verifier())
        .await
        .unwrap();
    assert_eq!((checked.leaves, checked.faults), (300, 0), "{checked:?}");
    assert_eq!((checked.bundles, checked.checkpoints), (2, 2));
    let policy = Policy::k_of_n(key.verifier().clone(), &[], 0).unwrap();
    for position in 0..300 {
        let made = receipt(&world.store, &folder, key.verifier(), position)
            .await
            .unwrap();
        let read = Receipt::parse(made.to_string().as_bytes()).unwrap();
        let proven = read.verify(&policy).unwrap();
        assert_eq!(proven.index, position);
        assert_eq!(proven.event.seq(), Some(position / 100 + 1));
        assert_eq!(proven.event.value("occurred_on").unwrap(), "2026-11-20");
    }
    let beyond = receipt(&world.store, &folder, key.verifier(), 300).await;
    assert!(matches!(beyond, Err(SealerError::NotSealed { .. })));
}

#[tokio::test]
async fn a_history_holds_every_sealed_event_of_a_stream_and_no_other() {
    let world = World::sealed(100).await;
    let (folder, key) = (world.log(), world.verifier());
    let of = |id: &str| history(&world.store, &folder, key, kind::UNIT, id.to_owned());
    let made = of("p7").await.unwrap().unwrap();
    let read = History::parse(made.to_string().as_bytes()).unwrap();
    let mut tags = TagIndexBuilder::default();
    let leaves = world.store.leaves(0, 300).await.unwrap();
    let leaves: Vec<Leaf> = leaves
        .iter()
        .map(|leaf| Leaf::parse(leaf).unwrap())
        .collect();
    leaves.iter().for_each(|leaf| tags.push(leaf).unwrap());
    let leaf = |index: u64| leaves[index as usize].to_string().parse().ok();
    let log = key.name().as_str();
    let proven = read.verify(log, &tags.finish().unwrap(), leaf).unwrap();
    let places: Vec<u64> = proven.iter().map(|one| one.index).collect();
    assert_eq!(places, [7, 107, 207]);
    let found = lines(&world.store, &folder, kind::UNIT, "p7".to_owned()).await;
    for (line, one) in found.unwrap().into_iter().zip(&proven) {
        assert_eq!(
            (line.position, line.leaf),
            (one.index, Some(one.leaf.hash()))
        );
    }
    assert!(of("nobody").await.unwrap().is_none());
    // What is not sealed yet is there, without a hash, and in no history.
    world.append(&world.store, 200, 1).await;
    let open = lines(&world.store, &folder, kind::UNIT, "p200".to_owned()).await;
    let open: Vec<_> = open.unwrap().iter().map(|one| one.leaf).collect();
    assert_eq!(open, [None, None, None]);
    assert!(of("p200").await.unwrap().is_none());
}

#[tokio::test]
async fn the_log_goes_on_where_it_was() {
    let world = World::sealed(100).await;
    world.append(&world.store, 100, 90).await;
    let mut sealer = world.sealer(&world.store).await.unwrap();
    assert_eq!(sealer.signed(), Some(300));
    let sealed = sealer.turn(Timestamp::now(), false).await.unwrap();
    assert_eq!(sealed.size, 570);
    let again = sealer.turn(Timestamp::now(), false).await.unwrap();
    assert!(!again.signed, "nothing new, nothing signed");
    assert_eq!(world.faults(&world.store).await, 0);
}

#[tokio::test]
async fn a_second_sealer_of_the_same_folder_is_refused() {
    let world = World::sealed(1).await;
    let first = world.sealer(&world.store).await.unwrap();
    assert_eq!(refusal(world.sealer(&world.store).await), Refusal::Busy);
    drop(first);
    world.sealer(&world.store).await.unwrap();
}

#[tokio::test]
async fn two_sealers_with_folders_of_their_own_sign_the_same_trees() {
    let world = World::new().await;
    let other = LogFolder::open(world.folder.path().join("other")).unwrap();
    let other_mark = Mark(world.folder.path().join("other-mark"));
    let mut first = world.sealer(&world.store).await.unwrap();
    let second = Sealer::open(
        world.store.clone(),
        other.clone(),
        other_mark,
        world.key(),
        Witnesses::none(world.verifier()),
    );
    let mut second = second.await.unwrap();
    for round in 0..5 {
        world.append(&world.store, round * 20, 20).await;
        let now = Timestamp::now();
        let (a, b) = tokio::join!(first.turn(now, false), second.turn(now, false));
        assert_eq!(a.unwrap().size, b.unwrap().size);
        let ours = world.log().checkpoint().unwrap().unwrap();
        let theirs = other.checkpoint().unwrap().unwrap();
        assert_eq!(ours.checkpoint(), theirs.checkpoint());
    }
}

#[tokio::test]
async fn an_older_database_is_refused_and_nothing_is_signed() {
    let world = World::sealed(10).await;
    let older = world.folder.path().join("older.sqlite");
    world.sql(&format!("vacuum into '{}'", older.display()));
    world.append(&world.store, 10, 10).await;
    let mut sealer = world.sealer(&world.store).await.unwrap();
    sealer.turn(Timestamp::now(), false).await.unwrap();
    drop(sealer);
    let before = fs::read(world.log().path().join("checkpoint")).unwrap();

    let restored = open(&older).await;
    let older = Refusal::Older {
        what: "leaves",
        found: 30,
        signed: 60,
    };
    assert_eq!(refusal(world.sealer(&restored).await), older);
    // Also when it has grown again, with another history.
    world.append(&restored, 50, 20).await;
    assert_eq!(refusal(world.sealer(&restored).await), older);
    let forged = recover(&restored, &world.log(), &world.mark(), world.verifier()).await;
    assert_eq!(refusal(forged), Refusal::Other { position: 30 });
    let after = fs::read(world.log().path().join("checkpoint")).unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn entries_that_the_database_lost_come_back_from_the_signed_files() {
    let world = World::sealed(100).await;
    world.sql("drop trigger log_leaf_refuse_delete; delete from log_leaf where position >= 200");
    let lost = Refusal::Older {
        what: "leaves",
        found: 200,
        signed: 300,
    };
    assert_eq!(refusal(world.sealer(&world.store).await), lost);
    let recovered = recover(&world.store, &world.log(), &world.mark(), world.verifier()).await;
    assert_eq!(recovered.unwrap().restored, 100);
    world.sealer(&world.store).await.unwrap();
    assert_eq!(world.faults(&world.store).await, 0);
}

#[tokio::test]
async fn a_changed_leaf_is_a_fork_and_a_changed_event_is_found() {
    let world = World::sealed(100).await;
    let bundle = world.log().path().join("tile/entries/000");
    let sound = fs::read(&bundle).unwrap();
    world.sql(
        "drop trigger log_leaf_refuse_update;
         update log_leaf set leaf = (select leaf from log_leaf where position = 3) where position = 4",
    );
    assert_eq!(
        refusal(world.sealer(&world.store).await),
        Refusal::Fork { size: 300 }
    );

    assert_eq!(
        fs::read(&bundle).unwrap(),
        sound,
        "a forged leaf reaches no file"
    );

    let world = World::sealed(10).await;
    assert_eq!(world.faults(&world.store).await, 0);
    let triggers = "select group_concat('drop trigger ' || name, ';') from sqlite_schema
                    where type = 'trigger' and tbl_name = 'events'";
    let file = world.folder.path().join("events.sqlite");
    let connection = rusqlite::Connection::open(file).unwrap();
    let drop: String = connection
        .query_row(triggers, [], |row| row.get(0))
        .unwrap();
    world.sql(&drop);
    world.sql("update events set payload = replace(payload, '1.50', '1.51') where position = 7");
    assert_eq!(world.faults(&world.store).await, 1);
}

#[tokio::test]
async fn a_lost_mark_stops_the_sealer() {
    let world = World::sealed(2).await;
    fs::remove_file(world.folder.path().join("mark")).unwrap();
    let lost = Refusal::Mark {
        published: 6,
        marked: None,
    };
    assert_eq!(refusal(world.sealer(&world.store).await), lost);
}

#[tokio::test]
async fn a_flipped_bit_anywhere_in_a_file_is_found() {
    let world = World::sealed(100).await;
    let mut files = Vec::new();
    for name in [
        "checkpoint",
        "tile/0/000",
        "tile/0/001.p/44",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/44",
    ] {
        files.push(world.log().path().join(name));
    }
    // A bit in each of some 24 places of each file.
    for file in files {
        let sound = fs::read(&file).unwrap();
        for at in (0..sound.len()).step_by(sound.len().div_ceil(24)) {
            let mut flipped = sound.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&file, &flipped).unwrap();
            let checked = fsck(&world.store, &world.log(), &world.mark(), world.verifier()).await;
            let found = checked.map_or(true, |checked| checked.faults > 0);
            assert!(found, "byte {at} of {}", file.display());
        }
        fs::write(&file, sound).unwrap();
    }
    assert_eq!(world.faults(&world.store).await, 0);
}

#[tokio::test]
async fn every_flipped_bit_of_a_receipt_is_refused() {
    let world = World::sealed(100).await;
    let made = receipt(&world.store, &world.log(), world.verifier(), 217).await;
    let sound = made.unwrap().to_string().into_bytes();
    let policy = Policy::k_of_n(world.verifier().clone(), &[], 0).unwrap();
    for bit in 0..sound.len() * 8 {
        let mut flipped = sound.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let accepted = Receipt::parse(&flipped).is_ok_and(|one| one.verify(&policy).is_ok());
        assert!(!accepted, "bit {bit}");
    }
}
