//! A mark in every field of a person is looked for wherever the program writes: it is found nowhere.

use std::path::{Path, PathBuf};
use std::process::Command;

use chasqui_commands::Order;
use chasqui_commands::vault::Field;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

use super::{World, marked, operator, person, request, with_input};
use crate::support::{Database, Kind, Ran, Server, binary, both, chasqui};

/// What is looked for, and all that the program has said so far.
struct Search {
    marks: Vec<String>,
    said: Vec<(String, String)>,
}

impl Search {
    fn new(marks: &[&str]) -> Self {
        Self {
            marks: marks.iter().map(|mark| mark.to_lowercase()).collect(),
            said: Vec::new(),
        }
    }

    fn hear(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.said.push((place.into(), text.into()));
    }

    fn hear_both(&mut self, place: &str, ran: &Ran) {
        self.hear(format!("{place}: output"), &ran.stdout);
        self.hear(format!("{place}: log"), &ran.stderr);
    }

    /// The marks that stand in some bytes: as they are, in hexadecimal, in UTF-16 or in base64.
    fn found_in(&self, bytes: &[u8]) -> Vec<&str> {
        let small = bytes.to_ascii_lowercase();
        let stands = |needle: &[u8]| contains(&small, needle);
        let marks = self.marks.iter().map(String::as_str);
        marks
            .filter(|mark| {
                let hex: String = mark.bytes().map(|byte| format!("{byte:02x}")).collect();
                let upper: String = mark
                    .to_uppercase()
                    .bytes()
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                let wide: Vec<u8> = mark.bytes().flat_map(|byte| [byte, 0]).collect();
                stands(mark.as_bytes())
                    || stands(hex.as_bytes())
                    || stands(upper.as_bytes())
                    || stands(&wide)
            })
            .collect()
    }

    fn assert_absent(&self, place: &str, bytes: &[u8]) {
        let found = self.found_in(bytes);
        assert!(found.is_empty(), "{found:?} in {place}");
    }

    /// Everything that was said, every file of the data folder, and the database.
    async fn assert_nowhere(&self, database: &Database) {
        for (place, text) in &self.said {
            self.assert_absent(place, text.as_bytes());
        }
        let files = files(database.data());
        assert!(files.len() > 4, "{files:?}");
        for file in files {
            self.assert_absent(&file.display().to_string(), &std::fs::read(&file).unwrap());
        }
        if database.kind == Kind::Postgres {
            self.assert_absent("the dump", &dump(&database.url));
            self.assert_not_on_disk(&database.url).await;
        }
    }

    /// The server's own files, once it has written what it holds: tables, indexes, and its log of writes.
    async fn assert_not_on_disk(&self, url: &str) {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query("checkpoint")
            .execute(&mut connection)
            .await
            .unwrap();
        let place: String = sqlx::query_scalar(
            "select current_setting('data_directory') || '/base/' || oid
             from pg_database where datname = current_database()",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        let writes: String = sqlx::query_scalar(
            "select current_setting('data_directory') || '/pg_wal/'
                 || pg_walfile_name(pg_current_wal_insert_lsn())",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        if std::fs::read_dir(&place).is_err() {
            eprintln!("not run: {place} is not for us to read; the dump was searched instead");
            return;
        }
        let tables = files(Path::new(&place));
        assert!(tables.len() > 100, "{} files of a database", tables.len());
        for file in tables.into_iter().chain([PathBuf::from(writes)]) {
            let bytes = std::fs::read(&file).unwrap_or_default();
            self.assert_absent(&file.display().to_string(), &bytes);
        }
    }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else {
        return false;
    };
    let mut from = 0;
    // Far faster than windows, on tens of megabytes.
    while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
        from += at + 1;
        if bytes[from..].starts_with(rest) {
            return true;
        }
    }
    false
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The whole database as text, bytes in hexadecimal.
fn dump(url: &str) -> Vec<u8> {
    let installed = Path::new("/usr/lib/postgresql/15/bin/pg_dump");
    let program = if installed.exists() {
        installed
    } else {
        Path::new("pg_dump")
    };
    let dumped = Command::new(program).arg(url).output().unwrap();
    let error = String::from_utf8_lossy(&dumped.stderr);
    assert!(dumped.status.success(), "{error}");
    let text = String::from_utf8_lossy(&dumped.stdout);
    for table in ["vault.personal", "vault.reading", "public.events"] {
        assert!(
            text.contains(&format!("COPY {table}")),
            "{table} is not in the dump"
        );
    }
    dumped.stdout
}

/// A served site that says all there is to say, with its numbers.
fn served(database: &Database) -> (Server, String) {
    let mut command = binary::command(
        database,
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--metrics-listen",
            "127.0.0.1:0",
        ],
    );
    command
        .env("CHASQUI_LOG", "trace")
        .env("RUST_BACKTRACE", "1");
    let server = Server::of(command);
    let metrics = server.said_with("metrics on ");
    (server, metrics)
}

/// Pages, answers and errors of the site.
fn browse(search: &mut Search, server: &Server, metrics: &str, code: &str) {
    server.wait_until_ready();
    for path in [
        "/".to_owned(),
        format!("/t/{code}"),
        format!("/t/{code}/silencio"),
        format!("/t?code={code}"),
        format!("/api/v1/procedures/{code}"),
        format!("/badge/{code}.svg"),
        "/t/404AM-T154V-M4JS4".to_owned(),
        "/api/v1/procedures/nonsense".to_owned(),
        "/nowhere".to_owned(),
        "/indicadores".to_owned(),
        "/api/v1/indicators".to_owned(),
        "/api/v1/catalogue/units".to_owned(),
        "/readyz".to_owned(),
    ] {
        let answer = server.get(&path);
        let headers = format!("{:?}", answer.headers_but_date());
        search.hear(format!("GET {path}"), answer.body + &headers);
    }
    search.hear("metrics", server.get_absolute(metrics).body);
    let page = server.page(&format!("/t/{code}"));
    assert!(page.contains("Permiso"), "it is the page of the procedure");
}

fn indicators(database: &Database) -> Value {
    let asked = ["indicators", "--json", "--as-of", "2026-12-31"];
    let mut figures = chasqui(database, &asked).exits(0).json();
    // From which position and when they were computed is told with them, and the log has grown.
    strip(&mut figures, "as_of");
    figures
}

fn strip(value: &mut Value, key: &str) {
    match value {
        Value::Object(fields) => {
            fields.remove(key);
            fields.values_mut().for_each(|value| strip(value, key));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| strip(value, key)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_in_every_field_of_a_person_is_found_nowhere() {
    both(async |database| {
        let world = World::open(&database).await;
        let mut search = Search::new(&["qzxcli", "qzxlib", "qzxbad"]);
        let (server, metrics) = served(&database);
        let file = [
            "file", "--type", "PERMIT", "--unit", "obras", "--json", "--person", "-",
        ];
        let filed = with_input(&database, &file, &marked("qzxcli").to_string()).exits(0);
        search.hear_both("file", &filed);
        let code = filed.json()["code"].as_str().unwrap().to_owned();
        let id = filed.json()["procedure"].as_str().unwrap().to_owned();
        let request = request(Some(person("qzxlib")));
        search.hear("Debug", format!("{request:?}"));
        let other = world
            .commands
            .file(Order::of_operator(), request)
            .await
            .unwrap();
        search.hear("Debug", format!("{other:?}"));
        // What is wrong is not repeated either.
        for wrong in [
            json!({ "name": "qzxbad\u{0}" }).to_string(),
            json!({ "name": "Ana", "qzxbad": "x" }).to_string(),
            json!({ "name": ["qzxbad"] }).to_string(),
            "{ \"name\": qzxbad".to_owned(),
            json!({ "phone": "qzxbad".repeat(20), "name": "Ana" }).to_string(),
        ] {
            search.hear_both(
                "a wrong person",
                &with_input(&database, &file, &wrong).exits(2),
            );
        }
        let read = [
            "person",
            "read",
            &id,
            "--purpose",
            "Notificar",
            "--by",
            "ana",
            "--json",
        ];
        let read = with_input(&database, &read, "").exits(0);
        assert_eq!(read.json(), marked("qzxcli"), "here it is shown");
        assert_eq!(
            search.found_in(read.stdout.as_bytes()),
            ["qzxcli"],
            "and found"
        );
        search.hear("person read: log", read.stderr);
        let find = ["person", "find", "-", "--purpose", "LOPDP 13"];
        let found = with_input(&database, &find, "QZXCLI-I").exits(0);
        assert_eq!(found.stdout.trim(), id);
        search.hear_both("person find", &found);
        browse(&mut search, &server, &metrics, &code);
        let readings = ["person", "readings", &id];
        search.hear_both(
            "person readings",
            &with_input(&database, &readings, "").exits(0),
        );
        search.hear("the server's log", server.said());
        search.assert_nowhere(&database).await;
        erase_and_search(&mut search, &world, &database, &server, &id, &code).await;
        browse(&mut search, &server, &metrics, &code);
        search.hear("the server's log", server.said());
        search.assert_nowhere(&database).await;
    })
    .await;
}

/// Erases the person: the history goes on, the figures stay, and reading says so.
async fn erase_and_search(
    search: &mut Search,
    world: &World,
    database: &Database,
    server: &Server,
    id: &str,
    code: &str,
) {
    let procedure = id.parse().unwrap();
    world.end(procedure).await;
    server.wait_until_ready();
    let (figures, history) = (indicators(database), public_history(server, code));
    for words in [
        ["request", id, "--basis", "consent_withdrawn", "--by", "ana"].as_slice(),
        &["confirm", id, "--by", "luis"],
    ] {
        let erase = [&["person", "erase"][..], words].concat();
        search.hear_both("person erase", &with_input(database, &erase, "").exits(0));
    }
    let read = ["person", "read", id, "--purpose", "Notificar"];
    let read = with_input(database, &read, "").exits(1);
    assert!(read.stderr.contains("was erased on"), "{}", read.stderr);
    search.hear_both("person read", &read);
    assert_eq!(indicators(database), figures, "no figure changes");
    server.wait_until_ready();
    let after = public_history(server, code);
    assert_eq!(
        after[..history.len()],
        history,
        "what was public stays as it was"
    );
    assert_eq!(after.len(), history.len() + 1);
    let last = after.last().unwrap();
    assert_eq!(last["type"], "PersonErased");
    assert!(last.get("details").is_none(), "{last}");
    let page = server.page(&format!("/t/{code}"));
    assert!(
        page.contains("Se suprimieron los datos personales"),
        "{page}"
    );
    let readings = world.commands.readings(procedure).await.unwrap();
    assert!(readings.len() == 2 && readings[0].fields == Field::ALL);
    assert_eq!(readings[0].by, operator("ana").name());
}

fn public_history(server: &Server, code: &str) -> Vec<Value> {
    let procedure = server.get(&format!("/api/v1/procedures/{code}")).json();
    procedure["timeline"].as_array().unwrap().clone()
}

/// The search finds what it looks for, however it was written.
#[test]
fn the_search_can_fail() {
    let search = Search::new(&["qzx"]);
    for written in [
        &b"name: QZXn"[..],
        br"\x00717a78",
        br"\X00717A78",
        br"\x00515a58",
        b"q\0z\0x\0",
        b"qqzx",
    ] {
        assert_eq!(search.found_in(written), ["qzx"], "{written:?}");
    }
    assert!(search.found_in(b"qz x").is_empty());
}
