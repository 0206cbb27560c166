//! `chasqui verify` against a log that the real sealer made: what an outsider can check, and what a
//! municipality, a burglar or a broken disk cannot get past it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::api::Office;
use crate::support::binary::{bare, run};
use crate::support::{Database, Kind, Ran, both, chasqui};

/// Verifies as somebody without any part of the service; always with `--json`.
fn verify(key: &str, arguments: &[&str]) -> Ran {
    let always = ["verify", "--json", "--key", key];
    run(&mut bare(&[&always, arguments].concat()))
}

fn refused(key: &str, arguments: &[&str], code: i32, reason: &str) {
    let ran = verify(key, arguments).exits(code);
    assert_eq!(ran.json()["reason"], reason, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("\nhint: "), "{}", ran.stderr);
}

/// The key of the log, as it was printed when it was made.
fn key(database: &Database) -> String {
    let init = ["log", "init", "--origin", "test.example/log1"];
    let printed = chasqui(database, &init).exits(0).stdout;
    printed.trim().to_owned()
}

/// A procedure with its filing, sealed.
fn filed(office: &Office) -> Value {
    let filed = office.file_with(json!({"name": "Marcela Quishpe Ñacato"}));
    let wait = format!("/healthz?min_position={}", filed["position"]);
    assert_eq!(office.server.get(&wait).status, 200);
    sealed(office, filed["position"].as_u64().unwrap());
    filed
}

/// Waits until a published checkpoint covers a position.
pub(crate) fn sealed(office: &Office, position: u64) {
    loop {
        let published = office.server.get("/log/checkpoint");
        let size = published.body.lines().nth(1).unwrap_or_default().to_owned();
        if size.parse::<u64>().is_ok_and(|size| size > position) {
            return;
        }
    }
}

fn save(database: &Database, name: &str, bytes: &[u8]) -> String {
    let path = database.data().join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_verifies_the_served_log_and_notices_if_it_does_not_go_on() {
    both(async |database| {
        let office = Office::with_log(&database);
        let filed = filed(&office);
        let (key, url) = (key(&database), office.server.url.clone());
        let kept = database.data().join("kept").to_str().unwrap().to_owned();
        let first = verify(&key, &[&url, "--state", &kept]).exits(0).json();
        assert_eq!(
            (&first["holds"], &first["kind"]),
            (&json!(true), &json!("log"))
        );
        assert_eq!(
            (&first["entries"], &first["events"]),
            (&first["size"], &first["size"])
        );
        assert_eq!(
            (&first["signer"], &first["continues"]),
            (&json!(key), &json!([]))
        );
        assert!(first["age_seconds"].as_u64().unwrap() < 600, "{first}");
        // Something happens, and the log goes on from what was kept.
        let done = office.act(&filed, "admit", &json!({})).json();
        sealed(&office, done["position"].as_u64().unwrap());
        let again = verify(&key, &[&format!("{url}/log/"), "--state", &kept]).exits(0);
        assert_eq!(again.json()["continues"], json!([first["size"]]));
        let folder = database.data().to_str().unwrap().to_owned();
        let in_folder = verify(&key, &[&folder]).exits(0).json();
        assert_eq!(in_folder["root"], again.json()["root"]);
        // No key, another key, nobody there, nothing there.
        let without = run(&mut bare(&["verify", &url])).exits(2);
        assert!(
            without.stderr.contains("official gazette"),
            "{}",
            without.stderr
        );
        let other = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        refused(other, &[&url], 1, "signature");
        refused(&key, &["http://127.0.0.1:1"], 3, "unreadable");
        let empty = tempfile::tempdir().unwrap();
        refused(&key, &[empty.path().to_str().unwrap()], 1, "gap");
        verify(&key, &["no-such-file"]).exits(3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_opens_its_receipts_which_hold_and_disclose_nobody() {
    both(async |database| {
        let office = Office::with_log(&database);
        let filed = filed(&office);
        let key = key(&database);
        let (code, url) = (filed["code"].as_str().unwrap(), office.server.url.as_str());
        let printed = office.server.get(&format!("/t/{code}/comprobante"));
        assert_eq!(printed.status, 200);
        assert_eq!(printed.header("cache-control"), "private, no-store");
        assert!(printed.header("x-robots-tag").contains("noindex"));
        let receipt = office.server.get(&format!("/t/{code}/recibo/1.tlog-proof"));
        let whole = office
            .server
            .get(&format!("/t/{code}/recibo/historial.json"));
        for (answer, name) in [
            (&receipt, "recibo-1.tlog-proof"),
            (&whole, "historial.json"),
        ] {
            assert_eq!(answer.status, 200);
            assert!(answer.header("content-disposition").contains(name));
            assert_eq!(answer.header("cache-control"), "private, no-store");
            for personal in ["Marcela", "Quishpe", code] {
                assert!(!answer.body.contains(personal), "{personal}");
            }
        }
        let file = save(&database, "r.tlog-proof", receipt.body.as_bytes());
        let holds = verify(&key, &[&file, "--against", url]).exits(0).json();
        assert_eq!(holds["fields"]["type"], "Filed");
        assert_eq!(holds["index"], filed["position"]);
        assert_eq!(holds["log"]["kind"], "log");
        // What the paper says is what the verifier computes.
        for symbols in ["leaf_symbols", "root_symbols"] {
            let symbols = holds[symbols].as_str().unwrap();
            assert!(printed.body.contains(symbols), "{symbols}");
        }
        assert!(printed.body.contains("<strong>Estado: sellado.</strong>"));
        let address = format!("{url}/t/{code}/recibo/1.tlog-proof");
        verify(&key, &[&address]).exits(0);
        let history = save(&database, "h.json", whole.body.as_bytes());
        let is_whole = verify(&key, &[&history, "--against", url]).exits(0).json();
        assert_eq!(is_whole["history"].as_array().unwrap().len(), 1);
        verify(&key, &[&history]).exits(2);
        // Something more happens: the history that was downloaded is no longer all of it.
        let done = office.act(&filed, "admit", &json!({})).json();
        sealed(&office, done["position"].as_u64().unwrap());
        refused(&key, &[&history, "--against", url], 1, "history");
        verify(&key, &[&file, "--against", url]).exits(0);
        // A file that nobody published, and codes that open nothing.
        refused(&key, &["README.md", "--against", url], 1, "unknown_file");
        let unknown = office.server.get("/t/404AM-T154V-M4JS4");
        for rest in [
            "comprobante",
            "recibo/1.tlog-proof",
            "recibo/historial.json",
        ] {
            let answer = office.server.get(&format!("/t/404AM-T154V-M4JS4/{rest}"));
            // The page names its own address in each language, and says nothing else of its own.
            let body = answer.body.replace(&format!("/{rest}"), "");
            assert_eq!((answer.status, &body), (404, &unknown.body));
        }
        for rest in [
            "recibo/99.tlog-proof",
            "recibo/01.tlog-proof",
            "recibo/1",
            "recibo/x",
        ] {
            let answer = office.server.get(&format!("/t/{code}/{rest}"));
            assert_eq!(answer.status, 404, "{rest}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_log_a_procedure_is_received_and_no_more() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database);
    let filed = office.file();
    let wait = format!("/healthz?min_position={}", filed["position"]);
    assert_eq!(office.server.get(&wait).status, 200);
    let code = filed["code"].as_str().unwrap();
    let printed = office.server.page(&format!("/t/{code}/comprobante"));
    assert!(printed.contains("<strong>Estado: recibido.</strong>"));
    for name in ["historial.json", "1.tlog-proof"] {
        let answer = office.server.get(&format!("/t/{code}/recibo/{name}"));
        assert!(
            [404, 409].contains(&answer.status),
            "{name}: {}",
            answer.status
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_to_the_files_of_a_log_is_found() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::with_log(&database);
    filed(&office);
    let key = key(&database);
    drop(office);
    let sound = database.data().join("log");
    let size = fs::read_to_string(sound.join("checkpoint")).unwrap();
    let size: usize = size.lines().nth(1).unwrap().parse().unwrap();
    let bundle = format!("tile/entries/000.p/{size}");
    let entries = fs::read(sound.join(&bundle)).unwrap();
    // Each entry is 113 bytes behind a length of two.
    assert_eq!(entries.len(), size * 115);
    let attack = |bytes: Option<Vec<u8>>, reason: &str| {
        let folder = tempfile::tempdir().unwrap();
        copy(&sound, folder.path());
        let forged = folder.path().join("log").join(&bundle);
        match bytes {
            Some(bytes) => fs::write(forged, bytes).unwrap(),
            None => fs::remove_file(forged).unwrap(),
        }
        refused(&key, &[folder.path().to_str().unwrap()], 1, reason);
    };
    let mut edited = entries.clone();
    edited[100] ^= 1;
    attack(Some(edited), "tile");
    let mut backdated = entries.clone();
    let time = 2 + "tramite-leaf/v1\ntime ".len();
    backdated[time + 5] = if entries[time + 5] == b'1' {
        b'0'
    } else {
        b'1'
    };
    attack(Some(backdated), "tile");
    attack(
        Some([&entries[115..230], &entries[..115], &entries[230..]].concat()),
        "tile",
    );
    attack(Some(entries[..entries.len() - 115].to_vec()), "tile");
    attack(Some([&entries[..115], &entries[230..]].concat()), "tile");
    attack(None, "gap");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_histories_that_were_both_signed_are_told_apart_by_whoever_kept_one() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::with_log(&database);
    let key = key(&database);
    drop(office);
    // The same past twice, with the same secrets: what a restored backup is.
    let twin = database.copy().await;
    copy(&database.data().join("secrets"), twin.data());
    let kept = database.data().join("kept").to_str().unwrap().to_owned();
    for database in [&database, &twin] {
        let file = [
            "file",
            "--type",
            "PERMIT",
            "--unit",
            "obras",
            "--channel",
            "desk",
        ];
        chasqui(database, &file).exits(0);
        chasqui(database, &["log", "seal"]).exits(0);
    }
    let folder = |database: &Database| database.data().to_str().unwrap().to_owned();
    verify(&key, &[&folder(&database), "--state", &kept]).exits(0);
    // Each is sound by itself.
    verify(&key, &[&folder(&twin)]).exits(0);
    refused(&key, &[&folder(&twin), "--state", &kept], 1, "forked");
    let file = [
        "file",
        "--type",
        "PERMIT",
        "--unit",
        "obras",
        "--channel",
        "desk",
    ];
    chasqui(&database, &file).exits(0);
    chasqui(&database, &["log", "seal"]).exits(0);
    verify(&key, &[&folder(&database), "--state", &kept]).exits(0);
    refused(&key, &[&folder(&twin), "--state", &kept], 1, "rolled_back");
}

/// The program of the page, outside a browser. `tests/run` sees to it that there is a node.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_in_the_browser_refuses_what_the_command_refuses() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::with_log(&database);
    let filed = filed(&office);
    let code = filed["code"].as_str().unwrap();
    let receipt = office.server.get(&format!("/t/{code}/recibo/1.tlog-proof"));
    let page = office.server.get("/verificar");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'sha256-") && !policy.contains("connect-src"),
        "{policy}"
    );
    let page = save(&database, "page.html", page.body.as_bytes());
    let file = save(&database, "r.tlog-proof", receipt.body.as_bytes());
    let ran = run(Command::new("node")
        .args([
            "../tests/oracles/verify_page.mjs",
            &page,
            &key(&database),
            &file,
        ])
        .current_dir(crate::support::repository().join("tests")))
    .exits(0)
    .json();
    assert_eq!(ran["flips"], json!(receipt.body.len()), "{ran}");
    let told = verify(&key(&database), &[&file]).exits(0).json();
    assert_eq!(ran["index"], told["index"].to_string());
    assert_eq!(ran["root"], told["root_symbols"]);
}

/// Copies a folder into another one, under its own name.
fn copy(from: &Path, into: &Path) {
    let done = Command::new("cp").arg("-a").args([from, into]).status();
    assert!(done.unwrap().success());
}
