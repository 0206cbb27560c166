//! Import, from the file to the log: a table is read, understood, decided on and appended, beside raw
//! `COPY` of the rows that come out of it into the same table, and on SQLite beside a bare loop of prepared
//! inserts.

use std::path::{Path, PathBuf};
use std::time::Instant;

use chasqui_commands::Commands;
use chasqui_exchange::import::{self, Format, Mapping, Options};
use chasqui_procedures::recorded::RawRecord;
use chasqui_store::{Migrate, Store};
use rusqlite::params;
use sqlx::{Connection, PgConnection};

use crate::parts;
use crate::report::{Goal, Section, Wanted, median, number};

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
name = "decided"
means = "decided(granted)"
[[activity]]
name = "notified"
means = "notified"
"#;
/// The events of one transaction of the bare loop.
const BLOCK: usize = 4_000;
/// What an idle machine's disk must take.
const SQLITE_RATE: f64 = 60_000.0;

/// Imports on PostgreSQL beside raw `COPY`.
pub(crate) async fn run(server: &str, procedures: u32, rounds: usize) -> Section {
    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = table(folder.path(), procedures);
    let (mut ours, mut raw) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let url = parts::database(server, "bench_import").await;
        let (store, commands) = parts::open(&url).await;
        ours.push(imported(&commands, &file, &mapping).await);
        let records = store.read(0, usize::MAX >> 1).await.unwrap();
        drop((store, commands));
        let bare = parts::database(server, "bench_copy").await;
        raw.push(copied(&records, &bare).await);
    }
    let (ours, raw) = (median(&ours), median(&raw));
    Section {
        name: "bulk",
        about: format!(
            "Import of a table of {procedures} procedures with four events each into PostgreSQL, from the \
             file to the durable log, beside one raw binary `COPY` of the same rows into the same table."
        ),
        columns: vec!["import, events /s", "raw COPY, rows /s", "import : COPY"],
        rows: vec![vec![
            number(ours),
            number(raw),
            format!("{:.2}", ours / raw),
        ]],
        goals: vec![Goal {
            what: "import to raw COPY".to_owned(),
            found: ours / raw,
            wanted: Wanted::AtLeast(0.4),
        }],
    }
}

/// Appends and imports on SQLite beside a bare loop.
pub(crate) async fn sqlite(procedures: u32, rounds: usize) -> Section {
    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = table(folder.path(), procedures);
    let (mut imports, mut appends, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let path = |name: &str| folder.path().join(format!("{name}-{round}.sqlite"));
        let url = |name: &str| format!("sqlite://{}", path(name).display());
        let (store, commands) = parts::open(&url("import")).await;
        imports.push(imported(&commands, &file, &mapping).await);
        let records = store.read(0, usize::MAX >> 1).await.unwrap();
        appends.push(appended(&empty(&url("append")).await, &records).await);
        drop(empty(&url("bare")).await);
        bare.push(inserted(&path("bare"), &records));
    }
    let (imports, appends, bare) = (median(&imports), median(&appends), median(&bare));
    Section {
        name: "sqlite",
        about: format!(
            "The same import into SQLite with `synchronous=FULL`; the append of its events in blocks of \
             {BLOCK}; and a bare loop of prepared inserts of the same rows into the same table, as many a \
             transaction."
        ),
        columns: vec![
            "import, events /s",
            "append, events /s",
            "bare inserts, rows /s",
            "append : bare",
        ],
        rows: vec![vec![
            number(imports),
            number(appends),
            number(bare),
            format!("{:.2}", appends / bare),
        ]],
        goals: vec![
            Goal {
                what: "events a second appended to SQLite (on an idle machine)".to_owned(),
                found: appends,
                wanted: Wanted::AtLeast(SQLITE_RATE),
            },
            Goal {
                what: "append to bare inserts".to_owned(),
                found: appends / bare,
                wanted: Wanted::AtLeast(0.5),
            },
        ],
    }
}

/// A table of so many procedures with four events each, and its mapping.
pub(crate) fn table(folder: &Path, procedures: u32) -> (PathBuf, Mapping) {
    let mut text = "id,activity,time,unit\n".to_owned();
    for number in 0..procedures {
        let unit = ["Catastro", "Obras", "Ambiente"][number as usize % 3];
        for (day, activity) in [(1, "filed"), (3, "step"), (9, "decided"), (11, "notified")] {
            let (month, day) = (number % 12 + 1, day + number % 17);
            let (hour, minute) = (8 + number % 9, number % 60);
            text += &format!(
                "P-{number},{activity},2025-{month:02}-{day:02}T{hour:02}:{minute:02}:00,{unit}\n"
            );
        }
    }
    let (file, mapping) = (folder.join("table.csv"), folder.join("table.toml"));
    std::fs::write(&file, text).unwrap();
    std::fs::write(&mapping, MAPPING).unwrap();
    let mapping = Mapping::load(&mapping).unwrap();
    (file, mapping)
}

/// Imports the table; answers the events a second.
pub(crate) async fn imported(commands: &Commands, file: &Path, mapping: &Mapping) -> f64 {
    let options = Options {
        format: Format::Csv,
        dry_run: false,
    };
    let begun = Instant::now();
    let mapping = (Path::new("table.toml"), mapping);
    let report = import::run(commands, file, mapping, &options, |_| Ok(()), |_| {});
    let events = report.await.unwrap().events_appended;
    events as f64 / begun.elapsed().as_secs_f64()
}

/// Copies rows into an empty database, in one piece; answers the rows a second.
async fn copied(records: &[RawRecord], to: &str) -> f64 {
    let rows = binary(records);
    drop(
        Store::open(&to.parse().unwrap(), Migrate::Auto)
            .await
            .unwrap(),
    );
    let mut connection = PgConnection::connect(to).await.unwrap();
    let statement = "copy events (aggregate_type, aggregate_id, sequence, event_type, event_version, \
                     payload, metadata, position, recorded_at) from stdin (format binary)";
    let begun = Instant::now();
    let mut copy = connection.copy_in_raw(statement).await.unwrap();
    for piece in rows.chunks(128 * 1_024) {
        copy.send(piece).await.unwrap();
    }
    let count = copy.finish().await.unwrap();
    let rate = count as f64 / begun.elapsed().as_secs_f64();
    assert_eq!(count, records.len() as u64);
    connection.close().await.unwrap();
    rate
}

/// Rows as PostgreSQL's binary copy has them: nine columns, each its length and its bytes.
fn binary(records: &[RawRecord]) -> Vec<u8> {
    let mut rows = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec();
    for one in records {
        let recorded_at = one.recorded_at.as_microsecond() - 946_684_800_000_000;
        rows.extend(9_i16.to_be_bytes());
        for column in [
            one.aggregate_type.as_bytes(),
            one.aggregate_id.as_bytes(),
            &one.sequence.to_be_bytes(),
            one.event_type.as_bytes(),
            one.event_version.as_bytes(),
            one.payload.as_bytes(),
            one.metadata.as_bytes(),
            &one.position.to_be_bytes(),
            &recorded_at.to_be_bytes(),
        ] {
            rows.extend((column.len() as i32).to_be_bytes());
            rows.extend(column);
        }
    }
    rows.extend((-1_i16).to_be_bytes());
    rows
}

async fn empty(url: &str) -> Store {
    Store::open(&url.parse().unwrap(), Migrate::Auto)
        .await
        .unwrap()
}

async fn appended(store: &Store, records: &[RawRecord]) -> f64 {
    let blocks = parts::blocks(records, BLOCK);
    let begun = Instant::now();
    for block in blocks {
        store.append_block(block).await.unwrap();
    }
    records.len() as f64 / begun.elapsed().as_secs_f64()
}

fn inserted(path: &Path, records: &[RawRecord]) -> f64 {
    let mut connection = rusqlite::Connection::open(path).unwrap();
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full;")
        .unwrap();
    let begun = Instant::now();
    for block in records.chunks(BLOCK) {
        let transaction = connection.transaction().unwrap();
        let mut insert = transaction
            .prepare_cached("insert into events values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .unwrap();
        for one in block {
            let RawRecord {
                position,
                recorded_at,
                ..
            } = one;
            insert
                .execute(params![
                    one.aggregate_type,
                    one.aggregate_id,
                    one.sequence,
                    one.event_type,
                    one.event_version,
                    one.payload,
                    one.metadata,
                    position,
                    recorded_at.as_microsecond(),
                ])
                .unwrap();
        }
        drop(insert);
        transaction.commit().unwrap();
    }
    records.len() as f64 / begun.elapsed().as_secs_f64()
}
