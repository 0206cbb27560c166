//! The verifiable log as outsiders meet it: files over HTTP, sealed while the service runs, and checked by
//! the command that trusts nothing.

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::tile::{BundleId, TileId, decode_bundle};
use serde_json::json;

use crate::api::Office;
use crate::support::server::Answer;
use crate::support::{Database, Kind, both, chasqui};

fn checkpoint(office: &Office) -> SignedCheckpoint {
    let answer = office.server.get("/log/checkpoint");
    assert_eq!(answer.status, 200, "{}", answer.body);
    SignedCheckpoint::parse(answer.body.as_bytes()).unwrap()
}

/// The checkpoint that covers a position, once it is published.
fn covering(office: &Office, position: u64) -> SignedCheckpoint {
    loop {
        let published = checkpoint(office);
        if published.checkpoint().size() > position {
            return published;
        }
    }
}

fn get(office: &Office, name: &str) -> Answer {
    office.server.get(&format!("/log/{name}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_filed_is_sealed_and_its_leaf_can_be_read() {
    both(async |database| {
        let office = Office::with_log(&database);
        let filed = office.file();
        let position = filed["position"].as_u64().unwrap();
        let size = covering(&office, position).checkpoint().size();
        let code = filed["code"].as_str().unwrap();
        let path = format!("/api/v1/procedures/{code}?min_position={position}");
        let public = office.server.get(&path).json();
        assert_eq!(public["log"], json!({"index": position, "sealed": true}));
        let bundle = BundleId::in_tree(position / 256, size).unwrap();
        let bytes = office.server.bytes(&format!("/log/{bundle}"));
        let entries = decode_bundle(&bytes, bundle.width()).unwrap();
        let leaf = std::str::from_utf8(entries[(position % 256) as usize]).unwrap();
        // A leaf commits to an event and says nothing of it.
        let names: Vec<_> = leaf
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(names, ["tramite-leaf/v1", "time", "tag", "commit"]);
        let tile = TileId::in_tree(0, position / 256, size).unwrap();
        let hashes = office.server.bytes(&format!("/log/{tile}"));
        assert_eq!(hashes.len(), usize::from(tile.width()) * 32);
        // Nothing is shown that no signature covers, and nothing but the log.
        let beyond = TileId::new(0, size / 256 + 1, 1).unwrap();
        for name in [
            beyond.to_string().as_str(),
            "tile/0/000.p/256",
            "tile/00/000",
            "tile/..%2f..%2fsecrets/log-key",
            ".lock",
            "",
        ] {
            assert_eq!(get(&office, name).status, 404, "{name}");
        }
        let vkey = get(&office, "vkey");
        assert!(vkey.body.starts_with("test.example/log1+"), "{}", vkey.body);
        assert_eq!(vkey.header("access-control-allow-origin"), "*");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fsck_finds_an_event_that_somebody_edited() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::with_log(&database);
    let filed = office.file();
    covering(&office, filed["position"].as_u64().unwrap());
    drop(office);
    let checked = chasqui(&database, &["log", "fsck", "--json"])
        .exits(0)
        .json();
    assert_eq!(checked["faults"], json!(0), "{checked}");
    let path = database.data().join("events.sqlite");
    let connection = rusqlite::Connection::open(path).unwrap();
    let triggers: Vec<String> = connection
        .prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'events'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for trigger in triggers {
        connection
            .execute(&format!("drop trigger {trigger}"), [])
            .unwrap();
    }
    let sql = "update events set payload = replace(payload, '2026-03-02', '2026-03-09')
               where position = ?";
    assert_eq!(
        connection
            .execute(sql, [filed["position"].as_i64()])
            .unwrap(),
        1
    );
    drop(connection);
    let found = chasqui(&database, &["log", "fsck", "--json"]);
    assert_ne!(found.status.code(), Some(0), "{}", found.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_there_is_no_log() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database);
    for name in ["checkpoint", "vkey", "tile/0/000.p/1"] {
        assert_eq!(get(&office, name).status, 404, "{name}");
    }
    chasqui(&database, &["log", "fsck"]).exits(3);
}
