//! Epochs: turned while people file, gone on with after a cut, never confused between machines.

use chasqui_commands::vault::{KeyRingError, VaultError};
use chasqui_commands::{CommandError, Commands, Order};

use super::{World, copy_secrets, count, person, request, vault};
use crate::support::{Database, both, chasqui};

fn epochs(database: &Database) -> Vec<u32> {
    vault(database).keys.epochs().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn turning_keeps_every_person_and_destroys_the_key_of_two_epochs_ago() {
    both(async |database| {
        let world = World::open(&database).await;
        let mut filed = Vec::new();
        for mark in ["a", "b", "c"] {
            filed.push((mark, world.file(person(mark)).await));
        }
        assert_eq!(epochs(&database), [1]);
        let turn = || chasqui(&database, &["vault", "rotate"]).exits(0).stdout;
        let said = turn();
        assert!(
            said.contains("epoch 2 begins: 3 keys wrapped anew"),
            "{said}"
        );
        assert!(said.contains("no epoch's key is old enough"), "{said}");
        assert_eq!(epochs(&database), [1, 2]);
        let said = turn();
        assert!(said.contains("the key of epoch 1 is destroyed"), "{said}");
        assert_eq!(epochs(&database), [2, 3]);
        for (mark, procedure) in &filed {
            assert_eq!(world.read(*procedure).await.unwrap(), person(mark));
        }
        let json = chasqui(&database, &["vault", "rotate", "--json"])
            .exits(0)
            .json();
        assert_eq!(json["epoch"], 4);
        assert_eq!(json["destroyed_epochs"], serde_json::json!([2]));
        assert_eq!(json["rewrapped"], 3);
        let doctor = chasqui(&database, &["doctor", "--json"]).exits(0).json();
        assert_eq!(doctor["sound"], true, "{doctor}");
        assert_eq!(doctor["vault"]["persons"], 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_files_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let database = Database::new(crate::support::Kind::Sqlite).await;
    chasqui(&database, &["init"]).exits(0);
    let folder = database.data().join("secrets/vault");
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let key = folder.join("epoch-000001");
    assert_eq!((mode(&folder), mode(&key)), (0o700, 0o600));
    let text = std::fs::read_to_string(&key).unwrap();
    chasqui(&database, &["init"]).exits(0);
    assert_eq!(
        std::fs::read_to_string(&key).unwrap(),
        text,
        "never overwritten"
    );
    World::open(&database).await.file(person("x")).await;
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let told = chasqui(&database, &["doctor"]).exits(1).stdout;
    assert!(told.contains("chmod 600"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_filed_while_the_epoch_turns_can_be_read() {
    both(async |database| {
        let world = World::open(&database).await;
        let mut tasks = tokio::task::JoinSet::new();
        for caller in 0..4 {
            let commands: Commands = world.commands.clone();
            tasks.spawn(async move {
                let mut filed = Vec::new();
                for number in 0..8 {
                    let mark = format!("m{caller}x{number}");
                    let request = request(Some(person(&mark)));
                    let done = commands
                        .file(Order::of_operator(), request)
                        .await
                        .unwrap()
                        .done;
                    filed.push((mark, done.procedure));
                }
                filed
            });
        }
        for _ in 0..2 {
            world.commands.rotate_vault().await.unwrap();
        }
        let filed = tasks.join_all().await.concat();
        world.commands.rotate_vault().await.unwrap();
        assert_eq!(filed.len(), 32);
        for (mark, procedure) in filed {
            assert_eq!(world.read(procedure).await.unwrap(), person(&mark));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_was_cut_off_goes_on() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        world.commands.rotate_vault().await.unwrap();
        // It was killed once the next epoch was named: before its key, and before any key was wrapped.
        let folder = database.data().join("secrets/vault");
        std::fs::write(folder.join("turning"), "3\n").unwrap();
        assert!(world.commands.vault_health().await.unwrap().is_turning);
        let turned = world.commands.rotate_vault().await.unwrap();
        assert!(turned.resumed);
        assert_eq!((turned.epoch, turned.rewrapped), (3, 1));
        assert_eq!(turned.destroyed, [1]);
        assert_eq!(epochs(&database), [2, 3]);
        assert_eq!(world.read(filed).await.unwrap(), person("x"));
        // What a process leaves behind that dies while it makes a key goes with that key.
        let part = folder.join("epoch-000002.part-1");
        std::fs::write(&part, "secret").unwrap();
        world.commands.rotate_vault().await.unwrap();
        assert!(!part.exists());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_whose_keys_are_old_takes_nobody_in() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        let other = Database::new(database.kind).await;
        copy_secrets(&database, &other);
        let elsewhere = world.commands.with_vault(vault(&other));
        elsewhere
            .file(Order::of_operator(), request(Some(person("y"))))
            .await
            .unwrap();
        world.commands.rotate_vault().await.unwrap();
        let before = count(&database, "party_key").await;
        let refused = elsewhere
            .file(Order::of_operator(), request(Some(person("z"))))
            .await;
        let missing = |error: &VaultError| {
            matches!(
                error,
                VaultError::KeyRing(KeyRingError::Missing { epoch: 2, .. })
            )
        };
        assert!(matches!(&refused, Err(CommandError::Vault(error)) if missing(error)));
        assert_eq!(count(&database, "party_key").await, before);
        let turned = elsewhere.rotate_vault().await;
        assert!(
            matches!(&turned, Err(error) if missing(error)),
            "{turned:?}"
        );
        let lost = Database::new(database.kind).await;
        let lost = world.commands.with_vault(vault(&lost));
        assert!(
            lost.file(Order::of_operator(), request(Some(person("z"))))
                .await
                .is_err()
        );
        copy_secrets(&database, &other);
        elsewhere
            .file(Order::of_operator(), request(Some(person("z"))))
            .await
            .unwrap();
        assert_eq!(world.read(filed).await.unwrap(), person("x"));
    })
    .await;
}
