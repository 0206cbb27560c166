//! Witnesses as they run: processes of their own that cosign, go away, come back, and stop a log that
//! has forgotten.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::policy::Policy;

use crate::support::binary::{bare, command, run};
use crate::support::{Database, Kind, Server, both, chasqui};
use crate::views::fill;

/// A witness in a folder beside the database, and its vkey.
struct Witness {
    server: Server,
    vkey: String,
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

impl Witness {
    fn start(folder: &Path, log: &str) -> Self {
        let init = [
            "witness",
            "init",
            "--name",
            "w.example/1",
            "--state",
            text(folder),
        ];
        let vkey = run(&mut bare(&init)).exits(0).stdout.trim().to_owned();
        let server = Self::serve(folder, log, "127.0.0.1:0");
        Self { server, vkey }
    }

    fn serve(folder: &Path, log: &str, listen: &str) -> Server {
        let state = text(folder);
        Server::of(bare(&[
            "witness", "serve", "--state", state, "--vkey", log, "--listen", listen,
        ]))
    }
}

/// Makes the log's key; its vkey.
fn init(database: &Database) -> String {
    let init = ["log", "init", "--origin", "test.example/log1"];
    let made = chasqui(database, &init).exits(0).stdout;
    made.trim().to_owned()
}

/// Writes a policy of these witnesses, of whom one must cosign.
fn policy(database: &Database, log: &str, witnesses: &[(&str, &str, &str)]) -> PathBuf {
    let mut text = format!("log {log}\n");
    for (name, vkey, url) in witnesses {
        text.push_str(&format!("witness {name} {vkey} {url}\n"));
    }
    text.push_str(&format!("quorum {}\n", witnesses[0].0));
    let path = database.data().join("witnesses");
    std::fs::write(&path, text).unwrap();
    path
}

fn with(database: &Database, policy: &Path, arguments: &[&str]) -> Command {
    let mut command = command(database, arguments);
    command.env("CHASQUI_WITNESSES", policy);
    command
}

fn published(database: &Database) -> SignedCheckpoint {
    let bytes = std::fs::read(database.data().join("log/checkpoint")).unwrap();
    SignedCheckpoint::parse(&bytes).unwrap()
}

/// The vkey of a witness that nobody runs.
fn nobody(database: &Database, name: &str) -> String {
    let folder = database.data().join(name);
    let name = format!("{name}.example/1");
    let init = ["witness", "init", "--name", &name, "--state", text(&folder)];
    run(&mut bare(&init)).exits(0).stdout.trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sealed_is_cosigned_and_the_policy_is_published() {
    both(async |database| {
        fill(&database, 20);
        let log = init(&database);
        let witness = Witness::start(&database.data().join("w"), &log);
        let path = policy(
            &database,
            &log,
            &[("uni", &witness.vkey, &witness.server.url)],
        );
        let judge = Policy::parse(&std::fs::read(&path).unwrap()).unwrap();
        for procedures in [20, 30] {
            fill(&database, procedures);
            run(&mut with(&database, &path, &["log", "seal"])).exits(0);
            let accepted = judge
                .check(&published(&database))
                .map(|by| by.cosigners.len());
            assert_eq!(accepted, Ok(1));
        }
        chasqui(&database, &["log", "fsck"]).exits(0);
        let told = witness.server.page("/");
        let size = published(&database).checkpoint().size();
        assert!(told.contains("\nforks 0\nrefused 0\n"), "{told}");
        assert!(told.contains(&format!("\nsize {size}\n")), "{told}");
        assert_eq!(witness.server.page("/healthz"), "ok\n");
        let served = std::fs::read(database.data().join("log/policy")).unwrap();
        assert_eq!(served, std::fs::read(&path).unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_without_witnesses_says_so() {
    let database = Database::new(Kind::Sqlite).await;
    init(&database);
    chasqui(&database, &["log", "seal"]).exits(0);
    let server = Server::start(&database);
    let told = server.get("/log/policy");
    assert!(told.body.contains("Sin veeduría externa"), "{}", told.body);
    assert!(told.body.ends_with("quorum none\n"));
    assert_eq!(told.header("access-control-allow-origin"), "*");
    assert_eq!(server.get("/readyz").json()["log"]["witnesses"], 0);
}

/// Waits until a question has an answer; a witness rests five seconds after it has failed.
fn until<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < end, "it never came");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn witnesses_that_are_down_or_hang_delay_nothing_and_are_heard_when_they_come_back() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 5);
    let log = init(&database);
    let folder = database.data().join("w");
    let mut witness = Witness::start(&folder, &log);
    // It takes calls and never answers.
    let hangs = TcpListener::bind("127.0.0.1:0").unwrap();
    let hanging = format!("http://{}", hangs.local_addr().unwrap());
    let witnesses = [
        ("uni", witness.vkey.as_str(), witness.server.url.as_str()),
        ("hangs", &nobody(&database, "hangs"), &hanging),
        ("away", &nobody(&database, "away"), "http://127.0.0.1:9"),
    ];
    let path = policy(&database, &log, &witnesses);
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let server = Server::of(with(&database, &path, &serve));
    server.wait_until_ready();
    let state = || server.get("/readyz").json()["log"].clone();
    until(|| (state()["cosigned"] == 1).then_some(()));

    // From here on nobody waits for the two; and for the third only once.
    witness.server.kill();
    for procedures in [6, 7, 8, 9] {
        fill(&database, procedures);
        let head = server.get("/readyz").json()["position"].clone();
        let began = Instant::now();
        until(|| (state()["size"].as_u64() >= head.as_u64()).then_some(()));
        let took = began.elapsed();
        assert!(took < Duration::from_secs(5), "{procedures}: {took:?}");
    }
    assert_eq!(state()["cosigned"], 0);
    let address = witness.server.url.strip_prefix("http://").unwrap();
    let _again = Witness::serve(&folder, &log, address);
    until(|| (state()["cosigned"] == 1).then_some(()));
    assert!(state()["age_seconds"].as_u64() < Some(60));
    drop(server);
    chasqui(&database, &["log", "fsck"]).exits(0);
}

/// The data folder's secrets and log, as a backup of the machine has them.
fn copy_files(from: &Path, to: &Path) {
    let files = ["secrets", "log", "log-mark"].map(|name| from.join(name));
    let copied = Command::new("cp").arg("-a").args(files).arg(to).status();
    assert!(copied.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_stops_a_log_of_which_everything_was_restored_from_an_older_copy() {
    both(async |database| {
        fill(&database, 5);
        let log = init(&database);
        let witness = Witness::start(&database.data().join("w"), &log);
        let path = policy(
            &database,
            &log,
            &[("uni", &witness.vkey, &witness.server.url)],
        );
        run(&mut with(&database, &path, &["log", "seal"])).exits(0);
        let older = database.copy().await;
        copy_files(database.data(), older.data());
        fill(&database, 10);
        run(&mut with(&database, &path, &["log", "seal"])).exits(0);
        let seen = published(&database).checkpoint().size();
        let before = published(&older);
        assert!(before.checkpoint().size() < seen);

        // Database, files and mark agree with each other: only the witness knows better.
        chasqui(&older, &["log", "fsck"]).exits(0);
        fill(&older, 8);
        let refused = run(&mut with(&older, &path, &["log", "seal"])).exits(1);
        let why = format!("has cosigned a log of {seen}");
        assert!(refused.stderr.contains(&why), "{}", refused.stderr);
        assert_eq!(published(&older), before, "nothing is published");
        let marked = std::fs::read(older.data().join("log-mark")).unwrap();
        let marked = SignedCheckpoint::parse(&marked).unwrap();
        assert_eq!(
            marked.checkpoint(),
            before.checkpoint(),
            "nothing is signed"
        );

        // Another history that has grown past what the witness has seen.
        fill(&older, 40);
        chasqui(&older, &["log", "seal"]).exits(0);
        let forked = run(&mut with(&older, &path, &["log", "seal"])).exits(1);
        let why = "has cosigned another tree";
        assert!(forked.stderr.contains(why), "{}", forked.stderr);

        // The runbook: the newest copy goes on as if nothing had been.
        run(&mut with(&database, &path, &["log", "seal"])).exits(0);
        chasqui(&database, &["log", "fsck"]).exits(0);
        let folder = database.data().join("w");
        let status = ["witness", "status", "--state", text(&folder)];
        let told = run(&mut bare(&status)).exits(0).stdout;
        assert!(!told.contains("refused 0"), "the fork is kept: {told}");
    })
    .await;
}
