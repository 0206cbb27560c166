//! An older copy of the database brings nobody back.

use std::io::ErrorKind;
use std::path::Path;

use chasqui_commands::vault::Field;
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::ids::ProcedureId;

use super::{World, copy_secrets, count, operator, person, vault};
use crate::support::{Database, Ran, both, chasqui};

/// A person who was erased, and the database as it was before.
struct Gone {
    world: World,
    procedure: ProcedureId,
    other: ProcedureId,
    older: Database,
}

impl Gone {
    async fn new(database: &Database) -> Self {
        let world = World::open(database).await;
        let procedure = world.file(person("qzx")).await;
        let other = world.file(person("other")).await;
        world.end(procedure).await;
        let older = database.copy().await;
        copy_secrets(database, &older);
        // Its connections were cut.
        let world = World::reopen(database).await;
        let gone = Self {
            world,
            procedure,
            other,
            older,
        };
        gone.erase().await;
        gone
    }

    async fn erase(&self) {
        let commands = &self.world.commands;
        commands
            .request_erasure(
                &operator("ana"),
                self.procedure,
                ErasureBasis::PeriodOver,
                false,
            )
            .await
            .unwrap();
        commands
            .confirm_erasure(&operator("luis"), self.procedure)
            .await
            .unwrap();
    }
}

fn read(database: &Database, procedure: ProcedureId) -> Ran {
    let id = procedure.to_string();
    chasqui(
        database,
        &["person", "read", &id, "--purpose", "Notificar", "--json"],
    )
}

fn ledger(database: &Database) -> std::path::PathBuf {
    vault(database).ledger.path().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_destroys_again_what_an_older_copy_brings_back() {
    both(async |database| {
        let gone = Gone::new(&database).await;
        assert_eq!(count(&gone.older, "party_key").await, 2, "it is all there");
        std::fs::copy(ledger(&database), ledger(&gone.older)).unwrap();
        let ran = read(&gone.older, gone.procedure).exits(1);
        assert!(ran.stderr.contains("destroyed_again=1"), "{}", ran.stderr);
        assert!(ran.stderr.contains("was destroyed"), "{}", ran.stderr);
        assert!(!ran.stdout.contains("qzx"));
        assert_eq!(count(&gone.older, "party_key").await, 1);
        assert_eq!(count(&gone.older, "shred_ledger").await, 1);
        read(&gone.older, gone.other).exits(0);
        let ran = chasqui(&gone.older, &["doctor"]).exits(0);
        assert!(
            !ran.stderr.contains("put the vault right"),
            "once is enough"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_ledger_is_written_again_from_the_database() {
    both(async |database| {
        let gone = Gone::new(&database).await;
        let before = std::fs::read_to_string(ledger(&database)).unwrap();
        std::fs::remove_file(ledger(&database)).unwrap();
        assert_eq!(
            gone.world
                .commands
                .vault_health()
                .await
                .unwrap()
                .ledgers_differ_by,
            1
        );
        chasqui(&database, &["doctor"]).exits(0);
        let after = std::fs::read_to_string(ledger(&database)).unwrap();
        assert_eq!(after, before);
    })
    .await;
}

/// Without the ledger, on another machine: an older copy opens as long as the epoch's key is there, and
/// after two turns no more.
#[tokio::test(flavor = "multi_thread")]
async fn two_turns_later_no_copy_of_the_database_opens() {
    both(async |database| {
        let gone = Gone::new(&database).await;
        let after = gone.older.copy().await;
        // The same search finds what is there: with the keys of that day the older copy opens.
        let opened = read(&gone.older, gone.procedure).exits(0);
        assert!(opened.stdout.contains("qzxn"), "{}", opened.stdout);
        for _ in 0..2 {
            gone.world.commands.rotate_vault().await.unwrap();
        }
        copy_secrets(&database, &after);
        let ran = read(&after, gone.procedure).exits(3);
        assert!(ran.stderr.contains("the key of epoch 1"), "{}", ran.stderr);
        assert!(!ran.stdout.contains("qzx"), "{}", ran.stdout);
        // Nor does any key that is left, under whatever name it is tried.
        let folder = after.data().join("secrets/vault");
        for left in vault(&database).keys.epochs().unwrap() {
            let key = folder.join(format!("epoch-{left:06}"));
            std::fs::copy(key, folder.join("epoch-000001")).unwrap();
            let ran = read(&after, gone.procedure).exits(3);
            assert!(
                ran.stderr.contains("changed from outside"),
                "{}",
                ran.stderr
            );
        }
        // Who was not erased is read in the database that goes on.
        let other = gone.world.read(gone.other).await.unwrap();
        assert_eq!(other.get(Field::Phone).unwrap().reveal(), "099 otherp");
    })
    .await;
}

/// On SQLite the file itself is at hand: neither the wrapped key nor a ciphertext is left in it.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_destroyed_is_in_no_page_of_the_file() {
    let database = Database::new(crate::support::Kind::Sqlite).await;
    let world = World::open(&database).await;
    let procedure = world.file(person("x")).await;
    let stored = world.store.person(world.party(procedure).await).await;
    let stored = stored.unwrap().unwrap();
    let secrets = || {
        let texts = stored.fields.iter().map(|field| &field.ciphertext);
        texts.chain([&stored.key.wrapped])
    };
    let found = || {
        let files = std::fs::read_dir(database.data()).unwrap();
        let files = files.map(|file| file.unwrap().path());
        let files: Vec<Vec<u8>> = files
            .filter(|path: &std::path::PathBuf| is_of_the_database(path))
            .filter_map(|path| match std::fs::read(path) {
                Ok(bytes) => Some(bytes),
                // The log of writes goes when its last reader does, and what is gone holds nothing.
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                Err(error) => panic!("{error}"),
            })
            .collect();
        secrets()
            // A long ciphertext lies in several pages; its beginning is in one.
            .filter(|secret| {
                let begins = &secret[..64];
                files
                    .iter()
                    .any(|file| file.windows(64).any(|at| at == begins))
            })
            .count()
    };
    assert_eq!(found(), 7, "they were there");
    world.end(procedure).await;
    Gone {
        older: Database::new(crate::support::Kind::Sqlite).await,
        other: procedure,
        world,
        procedure,
    }
    .erase()
    .await;
    assert_eq!(found(), 0);
}

fn is_of_the_database(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    name.starts_with("events.sqlite")
}
