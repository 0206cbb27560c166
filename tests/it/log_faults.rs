//! What must never make the log contradict itself: two sealers by mistake, a leader that sleeps, an older
//! database, older files, an older mark. On both databases; each ends as the runbook says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::merkle::Hash;

use crate::support::{Database, Server, both, chasqui};
use crate::views::fill;

/// Every root that was seen, by its size: two for one size would be a fork.
#[derive(Default)]
struct Roots(BTreeMap<u64, Hash>);

impl Roots {
    fn take(&mut self, bytes: &[u8]) -> u64 {
        let signed = SignedCheckpoint::parse(bytes).unwrap();
        let (size, root) = (signed.checkpoint().size(), signed.checkpoint().root());
        let first = *self.0.entry(size).or_insert(root);
        assert_eq!(first, root, "two roots for {size}");
        size
    }

    fn of(&mut self, server: &Server) -> u64 {
        let answer = server.get("/log/checkpoint");
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.take(answer.body.as_bytes())
    }
}

fn sealed(database: &Database, procedures: u32) {
    fill(database, procedures);
    chasqui(database, &["log", "init", "--origin", "test.example/log1"]).exits(0);
    chasqui(database, &["log", "seal"]).exits(0);
}

fn sound(database: &Database) {
    chasqui(database, &["log", "seal"]).exits(0);
    let checked = chasqui(database, &["log", "fsck", "--json"])
        .exits(0)
        .json();
    assert_eq!(checked["faults"], 0, "{checked}");
}

fn copy(from: &Path, names: &[&str], to: &Path) {
    let files = names.iter().map(|name| from.join(name));
    let copied = Command::new("cp").arg("-a").args(files).arg(to).status();
    assert!(copied.unwrap().success());
}

fn head(server: &Server) -> u64 {
    server.get("/readyz").json()["position"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sealers_one_of_them_asleep_never_sign_two_roots() {
    both(async |database| {
        sealed(&database, 5);
        // A second machine: the same database and key, a folder and a mark of its own.
        let second = database.beside();
        copy(database.data(), &["secrets"], second.data());
        let (leader, other) = (Server::start(&database), Server::start(&second));
        let mut roots = Roots::default();
        for round in 0..6 {
            let asleep = round % 2 == 1;
            if asleep {
                leader.signal("STOP");
            }
            fill(&second, 6 + round);
            let until = Instant::now() + Duration::from_secs(60);
            let of_second = second.data().join("log/checkpoint");
            while !of_second.exists() || roots.of(&other) < head(&other) {
                assert!(Instant::now() < until, "the other one does not seal");
            }
            if asleep {
                leader.signal("CONT");
            }
            while roots.of(&leader) < head(&other) {
                assert!(Instant::now() < until, "the leader does not go on");
            }
        }
        drop((leader, other));
        for one in [&database, &second] {
            sound(one);
            roots.take(&fs::read(one.data().join("log/checkpoint")).unwrap());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_refused_and_the_newer_one_goes_on() {
    both(async |database| {
        sealed(&database, 5);
        let older = database.copy().await;
        fill(&database, 10);
        chasqui(&database, &["log", "seal"]).exits(0);
        // The database was restored; files and mark are those of today.
        copy(
            database.data(),
            &["secrets", "log", "log-mark"],
            older.data(),
        );
        let before = fs::read(older.data().join("log/checkpoint")).unwrap();
        for _ in 0..2 {
            let refused = chasqui(&older, &["log", "seal"]).exits(1);
            assert!(
                refused.stderr.contains("it is an older copy"),
                "{}",
                refused.stderr
            );
            chasqui(&older, &["log", "recover"]).exits(1);
            // It has grown again by other events, past what was signed.
            fill(&older, 40);
        }
        assert_eq!(
            fs::read(older.data().join("log/checkpoint")).unwrap(),
            before
        );
        sound(&database);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_mark_is_refused_until_somebody_has_looked() {
    both(async |database| {
        sealed(&database, 5);
        let mark = database.data().join("log-mark");
        let older = fs::read(&mark).unwrap();
        fill(&database, 10);
        chasqui(&database, &["log", "seal"]).exits(0);
        let newest = fs::read(&mark).unwrap();
        for restored in [Some(&older), None] {
            match restored {
                Some(bytes) => fs::write(&mark, bytes).unwrap(),
                None => fs::remove_file(&mark).unwrap(),
            }
            let refused = chasqui(&database, &["log", "seal"]).exits(1);
            assert!(
                refused.stderr.contains("high-water mark"),
                "{}",
                refused.stderr
            );
            chasqui(&database, &["log", "recover"]).exits(0);
            assert_eq!(fs::read(&mark).unwrap(), newest);
            sound(&database);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn older_or_lost_files_are_written_again_and_older_checkpoints_never_come_back() {
    both(async |database| {
        sealed(&database, 5);
        let older = tempfile::tempdir().unwrap();
        copy(database.data(), &["log"], older.path());
        fill(&database, 100);
        chasqui(&database, &["log", "seal"]).exits(0);
        let newest = fs::read(database.data().join("log/checkpoint")).unwrap();
        let log = database.data().join("log");
        fs::remove_dir_all(&log).unwrap();
        copy(older.path(), &["log"], database.data());
        sound(&database);
        assert_eq!(fs::read(log.join("checkpoint")).unwrap(), newest);
        fs::remove_dir_all(&log).unwrap();
        sound(&database);
        assert_eq!(fs::read(log.join("checkpoint")).unwrap(), newest);
    })
    .await;
}
