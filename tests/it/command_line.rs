//! The binary as a user meets it: help, exit codes, settings, the demonstration.

use crate::support::server::Server;
use crate::support::{Database, Kind, Ran, binary, chasqui, repository};

fn bare(arguments: &[&str]) -> Ran {
    binary::run(&mut binary::bare(arguments))
}

#[test]
fn every_command_has_help_with_its_name() {
    let commands = [
        "demo",
        "serve",
        "init",
        "import",
        "file",
        "deadline",
        "indicators",
        "key",
        "views",
        "completions",
        "man",
        "version",
    ];
    for command in commands {
        let ran = bare(&[command, "--help"]).exits(0);
        assert!(
            ran.stdout.contains(&format!("chasqui {command}")),
            "{}",
            ran.stdout
        );
    }
    let help = bare(&["--help"]).exits(0).stdout;
    for words in ["Examples:", "Exit codes: 0 done; 1", "CHASQUI_DATA_DIR"] {
        assert!(help.contains(words), "{words}");
    }
}

#[test]
fn wrong_usage_is_exit_code_two() {
    for arguments in [
        &["nonsense"][..],
        &["import"],
        &["views", "rebuild", "nowhere"],
        &["file", "--type", "a b", "--unit", "u"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let ran = binary::run(binary::bare(arguments).env("CHASQUI_DATA_DIR", folder.path()));
        ran.exits(2);
    }
}

#[test]
fn a_setting_that_does_not_exist_is_refused() {
    let ran =
        binary::run(binary::bare(&["version"]).env("CHASQUI_DATABSE_URL", "sqlite://x")).exits(2);
    assert!(ran.stderr.contains("CHASQUI_DATABSE_URL"), "{}", ran.stderr);
}

#[test]
fn settings_are_shown_with_their_secrets_masked() {
    let mut command = binary::bare(&["--print-config"]);
    let ran =
        binary::run(command.env("CHASQUI_DATABASE_URL", "postgres://me:s3cret@db/log")).exits(0);
    assert!(
        ran.stdout.contains("postgres://me:***@db/log"),
        "{}",
        ran.stdout
    );
    assert!(!(ran.stdout + &ran.stderr).contains("s3cret"));
}

#[test]
fn a_database_that_does_not_answer_is_the_environments_fault_and_its_password_stays_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = binary::bare(&["indicators"]);
    command.env("CHASQUI_DATA_DIR", folder.path());
    let ran = binary::run(command.env(
        "CHASQUI_DATABASE_URL",
        "postgres://me:s3cret@127.0.0.1:1/log",
    ))
    .exits(3);
    assert!(
        ran.stderr.contains("hint: ") && !ran.stderr.contains("s3cret"),
        "{}",
        ran.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_is_never_opened_with_other_secrets() {
    let database = Database::new(Kind::Sqlite).await;
    crate::views::fill(&database, 1);
    let pepper = database.data().join("secrets/pepper");
    std::fs::remove_file(&pepper).unwrap();
    std::fs::write(&pepper, "ab".repeat(32)).unwrap();
    let ran = chasqui(&database, &["indicators"]);
    let ran = if ran.status.code() == Some(0) {
        chasqui(
            &database,
            &["file", "--type", "PERMIT", "--unit", "catastro"],
        )
    } else {
        ran
    };
    let ran = ran.exits(3);
    assert!(ran.stderr.contains("pepper"), "{}", ran.stderr);
    std::fs::remove_file(&pepper).unwrap();
    let ran = chasqui(
        &database,
        &["file", "--type", "PERMIT", "--unit", "catastro"],
    );
    assert!(ran.exits(3).stderr.contains("restore the file"));
    assert!(
        !pepper.exists(),
        "a new pepper would hide that the old one is lost"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn filing_with_a_unit_or_type_that_nobody_knows_is_refused() {
    let database = Database::new(Kind::Sqlite).await;
    crate::views::fill(&database, 3);
    for (kind, unit, says) in [
        ("PERMIT", "nobody", "there is no unit"),
        ("NOTHING", "obras", "there is no procedure type"),
    ] {
        let ran = chasqui(&database, &["file", "--type", kind, "--unit", unit]).exits(1);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
    let ran = chasqui(
        &database,
        &[
            "file",
            "--type",
            "PERMIT",
            "--unit",
            "obras",
            "--filed-at",
            "2099-01-01",
        ],
    )
    .exits(1);
    assert!(ran.stderr.contains("refused"), "{}", ran.stderr);
}

#[test]
fn initialising_twice_keeps_the_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let init =
        || binary::run(binary::bare(&["init"]).env("CHASQUI_DATA_DIR", folder.path())).exits(0);
    init();
    let pepper = std::fs::read(folder.path().join("secrets/pepper")).unwrap();
    init();
    assert_eq!(
        std::fs::read(folder.path().join("secrets/pepper")).unwrap(),
        pepper
    );
}

#[test]
fn the_demonstration_is_served_from_nothing_and_marked_synthetic_on_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let arguments = ["demo", "--data", data, "--procedures", "400"];
    let filled = bare(&[&arguments[..], &["--no-serve"]].concat()).exits(0);
    let codes: Vec<&str> = filled.stdout.lines().collect();
    assert_eq!(codes.len(), 3, "{}", filled.stdout);
    let again = bare(&[&arguments[..], &["--no-serve"]].concat()).exits(0);
    assert_eq!(
        again.stdout, filled.stdout,
        "the second time it is all there already"
    );
    let mut command = binary::bare(&arguments);
    command.env("CHASQUI_LISTEN", "127.0.0.1:0");
    let server = Server::of(command);
    let mut pages: Vec<String> = ["/", "/indicadores", "/nowhere", "/t/404AM-T154V-M4JS4"]
        .map(str::to_owned)
        .to_vec();
    pages.extend(codes.iter().map(|code| format!("/t/{code}")));
    for page in pages {
        let answer = server.get(&page);
        assert!(
            answer.body.contains("Datos sintéticos"),
            "{page}: {}",
            answer.body
        );
    }
    for code in codes {
        assert_eq!(server.get(&format!("/t/{code}")).status, 200, "{code}");
    }
    assert!(repository().join("deploy/quito/catalogue.json").is_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_log_is_never_continued_with_real_procedures() {
    let database = Database::new(Kind::Sqlite).await;
    crate::views::fill(&database, 1);
    let data = database.data().to_str().unwrap();
    let ran = bare(&["demo", "--data", data, "--procedures", "10", "--no-serve"]).exits(3);
    assert!(ran.stderr.contains("made up"), "{}", ran.stderr);
}
