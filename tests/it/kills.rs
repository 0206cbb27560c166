//! `kill -9` in the middle of imports and commands, twenty times on each database: nothing that was
//! acknowledged is lost, nothing is there twice, and the views catch up by themselves.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use chasqui_store::Store;
use serde_json::Value;

use crate::support::{Database, Server, binary, both, chasqui};
use crate::views::{fill, hashes, table};

const IMPORTS_KILLED: u64 = 10;
const WRITERS_KILLED: u64 = 10;
const PROCEDURES: u32 = 8_000;

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_again_and_again_ends_as_if_it_never_was() {
    both(async |database| {
        let (file, mapping) = table(&database, PROCEDURES);
        let import = [
            "import",
            &file,
            "--format",
            "csv",
            "--mapping",
            &mapping,
            "--json",
        ];
        let expected = {
            let dry = [&import[..], &["--dry-run"]].concat();
            chasqui(&database, &dry).exits(0).json()
        };
        let events = expected["events_appended"].as_u64().unwrap();
        let store = database.open().await;
        let mut killed = 0;
        for round in 1..=IMPORTS_KILLED {
            let mut server = Server::start(&database);
            let target = events * round / (IMPORTS_KILLED + 2);
            killed += u64::from(kill_import(&database, &import, &store, target).await);
            server.kill();
        }
        assert_eq!(
            killed, IMPORTS_KILLED,
            "an import ended before it was killed"
        );
        assert!(
            store.head().await.unwrap() < events,
            "nothing was left to do"
        );
        let last = chasqui(&database, &import).exits(0).json();
        assert!(last["events_appended"].as_u64() > Some(0));
        let there =
            last["events_appended"].as_u64().unwrap() + last["already_there"].as_u64().unwrap();
        assert_eq!(there, events, "every event is there");
        assert_eq!(
            chasqui(&database, &import).exits(0).json()["events_appended"],
            0,
            "and once"
        );
        assert_views_caught_up(&database, &store).await;
        let filed = chasqui(&database, &["indicators", "--id", "TI-08", "--json"])
            .exits(0)
            .json();
        assert_eq!(filed["figures"][0]["value"], PROCEDURES.to_string());
    })
    .await;
}

/// Starts an import and kills it once the log is larger than `target`. False if it ended before.
async fn kill_import(database: &Database, import: &[&str], store: &Store, target: u64) -> bool {
    let mut process = binary::command(database, import)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    loop {
        if let Some(status) = process.try_wait().unwrap() {
            eprintln!("the import ended with {status}");
            return false;
        }
        if store.head().await.unwrap() > target {
            process.kill().unwrap();
            process.wait().unwrap();
            return true;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_that_was_acknowledged_survives_the_death_of_its_process() {
    both(async |database| {
        fill(&database, 3);
        let store = database.open().await;
        let before = store.head().await.unwrap();
        let mut codes = BTreeSet::new();
        for round in 0..WRITERS_KILLED {
            let mut server = Server::start(&database);
            codes.extend(write_and_kill(&database, 5 + round * 7));
            server.kill();
        }
        let stored = store.head().await.unwrap() - before;
        assert!(
            stored >= codes.len() as u64,
            "{} acknowledged, {stored} stored",
            codes.len()
        );
        let server = Server::start(&database);
        for code in &codes {
            assert_eq!(
                server.get(&format!("/api/v1/procedures/{code}")).status,
                200,
                "{code} is lost"
            );
        }
        drop(server);
        assert_views_caught_up(&database, &store).await;
    })
    .await;
}

/// Starts a process that files without end, kills it after so many acknowledgements, and answers the
/// codes it acknowledged.
fn write_and_kill(database: &Database, acknowledgements: u64) -> Vec<String> {
    let pepper = database.data().join("secrets/pepper");
    let mut process = Command::new(env!("CARGO_BIN_EXE_acknowledging_writer"))
        .args([&database.url, pepper.to_str().unwrap(), "PERMIT", "obras"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut codes = Vec::new();
    while (codes.len() as u64) < acknowledgements {
        codes.push(lines.next().expect("the writer ended").unwrap());
    }
    process.kill().unwrap();
    // What it still said before it died was acknowledged as well; only the last line may be cut off.
    let length = codes[0].len();
    codes.extend(
        lines
            .map_while(Result::ok)
            .filter(|line| line.len() == length),
    );
    process.wait().unwrap();
    codes
}

/// The log has no gap, and the views that lived through it all equal views built anew.
async fn assert_views_caught_up(database: &Database, store: &Store) {
    let mut next = 0;
    loop {
        let page = store.read(next, 10_000).await.unwrap();
        let Some(last) = page.last() else { break };
        assert_eq!(
            last.position + 1,
            next + page.len() as u64,
            "there is a gap"
        );
        next = last.position + 1;
    }
    assert_eq!(next, store.head().await.unwrap());
    let lived: Vec<Value> = hashes(database);
    chasqui(database, &["views", "rebuild"]).exits(0);
    assert_eq!(hashes(database), lived);
}
