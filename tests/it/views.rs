//! Views: a rebuild gives the same tables, a second process reads and never writes, damage is found.

use serde_json::{Value, json};

use crate::support::{Database, Kind, Server, both, chasqui};

/// Imports so many made-up procedures.
pub(crate) fn fill(database: &Database, procedures: u32) {
    let (file, mapping) = table(database, procedures);
    chasqui(
        database,
        &["import", &file, "--format", "csv", "--mapping", &mapping],
    )
    .exits(0);
}

/// Writes a table of so many procedures, and a mapping for it, beside the database.
pub(crate) fn table(database: &Database, procedures: u32) -> (String, String) {
    let path = |name: &str| database.data().join(name).to_str().unwrap().to_owned();
    let (file, mapping) = (path("table.csv"), path("table.toml"));
    std::fs::write(&file, procedures_as_table(procedures)).unwrap();
    std::fs::write(&mapping, MAPPING).unwrap();
    (file, mapping)
}

const MAPPING: &str = r#"
[source]
name = "table"
zone = "America/Guayaquil"
[fields]
procedure = "id"
activity = "activity"
time = "time"
unit = "unit"
[[type]]
id = "PERMIT"
name = "Permiso"
term = "15bd"
[unit]
name = "Unidad"
field = "unit"
[[activity]]
name = "filed"
means = "filed"
[[activity]]
name = "step"
means = "step_completed"
[[activity]]
name = "notified"
means = "notified"
[[activity]]
name = "decided"
means = "decided(granted)"
"#;

fn procedures_as_table(procedures: u32) -> String {
    let mut text = "id,activity,time,unit\n".to_owned();
    for number in 0..procedures {
        let (month, day) = (number % 9 + 1, number % 20 + 1);
        let unit = ["Catastro", "Obras", "Ambiente"][number as usize % 3];
        let mut add = |activity: &str, month: u32| {
            text += &format!(
                "P-{number},{activity},2026-{month:02}-{day:02}T09:{:02}:00,{unit}\n",
                number % 60
            );
        };
        add("filed", month);
        add("step", month);
        if number % 4 != 0 {
            add("decided", month + 1);
            add("notified", month + 1);
        }
    }
    text
}

pub(crate) fn hashes(database: &Database) -> Vec<Value> {
    let ran = chasqui(database, &["views", "hash", "--json"]).exits(0);
    ran.stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_gives_the_same_tables() {
    both(async |database| {
        fill(&database, 300);
        // Filing one by one makes the runner take many small batches; the rebuild takes one.
        for _ in 0..5 {
            file(&database);
            hashes(&database);
        }
        let live = hashes(&database);
        assert!(
            live.iter()
                .all(|table| table["digest"].as_str().unwrap().len() == 64)
        );
        let rows = |view: &str| live.iter().find(|t| t["view"] == view).unwrap()["rows"].clone();
        assert_eq!(rows("register"), 305);
        chasqui(&database, &["views", "rebuild"]).exits(0);
        assert_eq!(hashes(&database), live);
        let files = std::fs::read_dir(database.data().join("views")).unwrap();
        let old = files.filter(|file| {
            let name = file.as_ref().unwrap().file_name().into_string().unwrap();
            name.ends_with(".sqlite")
        });
        assert_eq!(old.count(), 1, "the old file is removed");
    })
    .await;
}

fn file(database: &Database) -> String {
    let arguments = ["file", "--type", "PERMIT", "--unit", "obras"];
    chasqui(database, &arguments)
        .exits(0)
        .stdout
        .trim()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_beside_serve_reads_its_views_and_waits_for_them() {
    both(async |database| {
        fill(&database, 200);
        let server = Server::start(&database);
        for round in 1..=5 {
            let code = file(&database);
            // The second process waits until the first has taken in what was filed just now.
            let figures = chasqui(&database, &["indicators", "--id", "TI-08", "--json"])
                .exits(0)
                .json();
            assert_eq!(figures["figures"][0]["value"], (200 + round).to_string());
            assert_eq!(server.get(&format!("/t/{code}")).status, 200);
        }
        let status = chasqui(&database, &["views", "status", "--json"])
            .exits(0)
            .json();
        assert_eq!(status["written_by_another_process"], true);
        assert_eq!(status["behind"], 0);
        let ran = chasqui(&database, &["views", "rebuild"]).exits(1);
        assert!(ran.stderr.contains("another process"), "{}", ran.stderr);
        drop(server);
        chasqui(&database, &["views", "rebuild", "status"]).exits(0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_folder_show_the_same() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 50);
    let (first, second) = (Server::start(&database), Server::start(&database));
    let code = file(&database);
    let timeline = |server: &Server| {
        let ready = server.get("/readyz").json();
        assert_eq!(ready["ready"], true, "{ready}");
        server.get(&format!("/api/v1/procedures/{code}")).json()["timeline"].clone()
    };
    chasqui(&database, &["indicators"]).exits(0);
    assert_eq!(timeline(&first), timeline(&second));
    assert_eq!(timeline(&first)[0]["type"], "Filed");
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_that_somebody_changed_are_found_and_built_anew() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 30);
    let good = hashes(&database);
    let folder = database.data().join("views");
    let current = std::fs::read_to_string(folder.join("current")).unwrap();
    let connection = rusqlite::Connection::open(folder.join(current.trim())).unwrap();
    connection.execute("update register set unit = 'nobody' where rowid in (select rowid from register limit 1)", []).unwrap();
    drop(connection);
    assert_ne!(hashes(&database), good);
    let ran = chasqui(&database, &["views", "rebuild"]).exits(0);
    assert!(
        ran.stderr.contains("was not as it should be"),
        "{}",
        ran.stderr
    );
    assert_eq!(hashes(&database), good);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_nobody_can_read_halts_the_views_and_is_said() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let store = database.open().await;
    store
        .append(chasqui_store::Append {
            kind: "unit",
            id: "future".to_owned(),
            after: 0,
            events: vec![chasqui_procedures::recorded::NewEvent {
                event_type: "FromTheFuture".into(),
                event_version: "99".into(),
                payload: json!({ "FromTheFuture": {} }).to_string(),
            }],
            metadata: "{}".to_owned(),
        })
        .await
        .unwrap();
    let ran = chasqui(&database, &["indicators"]).exits(3);
    assert!(ran.stderr.contains("FromTheFuture"), "{}", ran.stderr);
    assert!(ran.stderr.contains("update it"), "{}", ran.stderr);
    let server = Server::starting(&database);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let ready = server.get("/readyz");
        if ready.status == 503
            && ready.json()["halted"]
                .as_str()
                .is_some_and(|why| why.contains("FromTheFuture"))
        {
            break;
        }
        assert!(std::time::Instant::now() < deadline, "{}", ready.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_takes_over_when_the_one_that_wrote_the_views_dies() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 5);
    let (mut first, second) = (Server::start(&database), Server::start(&database));
    first.kill();
    let code = file(&database);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while second.get(&format!("/t/{code}")).status != 200 {
        assert!(std::time::Instant::now() < until, "nobody writes the views");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn views_of_a_log_that_was_put_back_are_built_anew() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 5);
    let connection = || rusqlite::Connection::open(database.data().join("events.sqlite")).unwrap();
    let copy = database.data().join("copy.sqlite");
    connection()
        .execute("vacuum into ?", [copy.to_str().unwrap()])
        .unwrap();
    let lost = file(&database);
    let also_lost = file(&database);
    hashes(&database);
    for name in ["events.sqlite", "events.sqlite-wal", "events.sqlite-shm"] {
        let _ = std::fs::remove_file(database.data().join(name));
    }
    std::fs::rename(copy, database.data().join("events.sqlite")).unwrap();
    // One event fewer than the views have taken in, then just as many.
    for _ in 0..2 {
        let new = file(&database);
        let figures = chasqui(&database, &["indicators", "--id", "TI-08", "--json"])
            .exits(0)
            .json();
        let server = Server::start(&database);
        for gone in [&lost, &also_lost] {
            assert_eq!(server.get(&format!("/t/{gone}")).status, 404, "{figures}");
        }
        assert_eq!(server.get(&format!("/t/{new}")).status, 200, "{figures}");
    }
    let live = hashes(&database);
    chasqui(&database, &["views", "rebuild"]).exits(0);
    assert_eq!(hashes(&database), live);
}
