//! A procedure's whole life by the command line: every command, what it moves, and what is refused.

use serde_json::{Value, json};

use crate::support::{Database, Kind, Ran, Server, both, chasqui};
use crate::views::fill;

fn file(database: &Database) -> String {
    let arguments = [
        "file",
        "--type",
        "PERMIT",
        "--unit",
        "obras",
        "--filed-at",
        "2026-03-02T10:00:00-05:00",
    ];
    chasqui(database, &arguments)
        .exits(0)
        .stdout
        .trim()
        .to_owned()
}

/// Runs `chasqui COMMAND CODE ...`.
fn act(database: &Database, code: &str, command: &str, more: &[&str]) -> Ran {
    chasqui(database, &[&[command, code][..], more].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_goes_from_filing_to_the_archive() {
    both(async |database| {
        fill(&database, 3);
        let code = file(&database);
        let steps: [(&str, &[&str], &str); 16] = [
            ("admit", &["--at", "2026-03-03"], "Admitted recorded"),
            ("assign", &["--to", "catastro", "--at", "2026-03-03"], "Assigned recorded"),
            ("step", &["--name", "Informe", "--begun", "--at", "2026-03-04"], "StepStarted recorded"),
            (
                "request-rectification",
                &["--item", "Planos", "--held-item", "Cédula", "--at", "2026-03-05T09:00:00-05:00"],
                "RectificationRequested recorded",
            ),
            ("answer-rectification", &["--at", "2026-03-09T09:00:00-05:00"], "due on 2026-03-25"),
            ("suspend", &["--cause", "external_report", "--at", "2026-03-10"], "TermSuspended recorded"),
            ("resume", &["--cause", "external_report", "--at", "2026-03-12"], "due on 2026-03-27"),
            ("extend", &["--days", "3", "--at", "2026-03-13"], "due on 2026-04-01"),
            (
                "open-subprocedure",
                &["--unit", "catastro", "--name", "Linderos", "--at", "2026-03-13"],
                "SubprocedureOpened recorded",
            ),
            (
                "answer-subprocedure",
                &["--number", "1", "--result", "unfavourable", "--at", "2026-03-14"],
                "SubprocedureAnswered recorded",
            ),
            ("transfer", &["--to", "ambiente", "--at", "2026-03-16"], "Transferred recorded"),
            ("step", &["--name", "Informe", "--at", "2026-03-17"], "StepCompleted recorded"),
            ("decide", &["--outcome", "granted", "--at", "2026-03-18"], "Decided recorded"),
            ("notify", &["--channel", "email", "--at", "2026-03-19"], "Notified recorded"),
            ("correct", &["--entry", "14", "--outcome", "partly_granted", "--reason", "typing_mistake"], "Corrected recorded"),
            ("archive", &["--at", "2026-03-20"], "Archived recorded"),
        ];
        for (command, more, says) in steps {
            let ran = act(&database, &code, command, more).exits(0);
            assert!(ran.stdout.contains(says), "{command}: {}", ran.stdout);
        }
        let server = Server::start(&database);
        let procedure = server.get(&format!("/api/v1/procedures/{code}")).json();
        let expected = json!({
            "stage": "ended", "standing": "ended_on_time", "outcome": "partly_granted",
            "unit": "ambiente", "due_on": "2026-04-01", "notified_on": "2026-03-19",
        });
        let id = |field: &str| procedure[field]["id"].clone();
        let found = json!({
            "stage": id("stage"), "standing": id("standing"), "outcome": id("outcome"),
            "unit": id("unit"), "due_on": procedure["due_on"], "notified_on": procedure["notified_on"],
        });
        assert_eq!(found, expected);
        assert_eq!(procedure["timeline"].as_array().unwrap().len(), 17);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_law_forbids_is_refused_with_its_reason_and_changes_nothing() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let code = file(&database);
    let size = || {
        chasqui(&database, &["views", "status", "--json"])
            .exits(0)
            .json()["head"]
            .clone()
    };
    let before = size();
    let refused: [(&str, &[&str], &str); 8] = [
        ("notify", &[], "nothing was decided"),
        ("answer-rectification", &[], "no request to rectify is open"),
        ("resume", &["--cause", "force_majeure"], "not suspended"),
        ("extend", &["--days", "300", "--at", "2026-03-05"], ""),
        ("extend", &["--days", "3", "--at", "2026-05-05"], ""),
        ("admit", &["--at", "2026-03-01"], "before the filing"),
        ("transfer", &["--to", "nobody"], "there is no unit"),
        (
            "correct",
            &[
                "--entry",
                "99",
                "--did-not-happen",
                "--reason",
                "typing_mistake",
            ],
            "no entry 99",
        ),
    ];
    for (command, more, says) in refused {
        let ran = act(&database, &code, command, more).exits(1);
        assert!(
            ran.stderr.contains(says) && ran.stderr.contains("hint: "),
            "{command}: {}",
            ran.stderr
        );
    }
    let mistyped: [(&str, &[&str], &str); 4] = [
        (
            "suspend",
            &["--cause", "laziness"],
            "the causes are: rectification",
        ),
        (
            "decide",
            &["--outcome", "blessed"],
            "the outcomes are: granted",
        ),
        ("admit", &["--at", "yesterday"], "write a date"),
        ("correct", &["--entry", "1"], ""),
    ];
    for (command, more, says) in mistyped {
        let ran = act(&database, &code, command, more).exits(2);
        assert!(ran.stderr.contains(says), "{command}: {}", ran.stderr);
    }
    assert_eq!(size(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_opens_nothing_is_told_without_being_repeated() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    for (code, exit) in [
        ("404AM-T154V-M4JS4", 1),
        ("404AM-T154V-M4JS5", 2),
        ("hello", 2),
    ] {
        let ran = act(&database, code, "admit", &[]).exits(exit);
        assert!(
            !ran.stderr.contains(code),
            "a code is a key: {}",
            ran.stderr
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_answers_in_json_where_it_stands() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let code = file(&database);
    let done: Value = act(&database, &code, "admit", &["--json"]).exits(0).json();
    assert_eq!(
        (&done["version"], &done["events"]),
        (&json!(2), &json!(["Admitted"]))
    );
    let identity = done["procedure"].as_str().unwrap();
    let again = act(&database, identity, "admit", &[]).exits(1);
    assert!(
        again.stderr.contains("admitted already"),
        "{}",
        again.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_that_is_upheld_reopens_the_procedure() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let code = file(&database);
    let steps: [(&str, &[&str], &str); 4] = [
        (
            "decide",
            &["--outcome", "denied", "--at", "2026-03-04"],
            "Decided recorded",
        ),
        ("notify", &["--at", "2026-03-05"], "Notified recorded"),
        ("appeal", &["--at", "2026-03-09"], "Appealed recorded"),
        (
            "reopen",
            &["--cause", "appeal_upheld", "--at", "2026-03-16"],
            "due on 2026-04-07",
        ),
    ];
    for (command, more, says) in steps {
        let ran = act(&database, &code, command, more).exits(0);
        assert!(ran.stdout.contains(says), "{command}: {}", ran.stdout);
    }
    let server = Server::start(&database);
    let page = server.page(&format!("/t/{code}"));
    for words in [
        "Usted apeló la decisión",
        "Reabierto: se aceptó la apelación",
        "martes, 7 de abril de 2026",
    ] {
        assert!(page.contains(words), "{words:?} is not on the page: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_is_shown_as_it_was_known_at_any_moment() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let code = file(&database);
    let recorded = |command: &str, more: &[&str]| {
        let done = act(&database, &code, command, &[more, &["--json"]].concat())
            .exits(0)
            .json();
        done["recorded_at"].as_str().unwrap().to_owned()
    };
    let admitted = recorded("admit", &["--at", "2026-03-03"]);
    let asked = recorded(
        "request-rectification",
        &["--item", "Planos", "--at", "2026-03-05"],
    );
    recorded(
        "correct",
        &[
            "--entry",
            "2",
            "--did-not-happen",
            "--reason",
            "recorded_twice",
        ],
    );
    let server = Server::start(&database);
    let at = |moment: &str| server.get(&format!("/api/v1/procedures/{code}?as_known_at={moment}"));
    let then = at(&admitted).json();
    assert_eq!(then["timeline"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&then["stage"]["id"], &then["suspended"]),
        (&json!("in_review"), &json!(false))
    );
    assert_eq!(then["as_of"]["as_known_at"], admitted);
    let later = at(&asked).json();
    assert_eq!(
        (&later["stage"]["id"], &later["waiting_on"]),
        (&json!("awaiting_applicant"), &json!("applicant"))
    );
    let now = server.get(&format!("/api/v1/procedures/{code}")).json();
    assert_eq!(now["timeline"].as_array().unwrap().len(), 4);
    assert_eq!(at("2026-01-01").status, 404, "nothing was known then");
    for nonsense in ["2199-01-01", "yesterday", "2026-13-01"] {
        assert_eq!(at(nonsense).status, 422, "{nonsense}");
    }
    let page = server.page(&format!("/t/{code}?as_known_at={admitted}"));
    for words in [
        "Así se conocía este trámite el",
        "Ver cómo está hoy",
        "Admitido a trámite",
    ] {
        assert!(page.contains(words), "{words:?} is not on the page: {page}");
    }
    assert!(!page.contains("Se le pidió"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_replaced_opens_nothing_any_more() {
    both(async |database| {
        fill(&database, 3);
        let old = file(&database);
        let identity =
            act(&database, &old, "admit", &["--json"]).exits(0).json()["procedure"].clone();
        let code = |verb: &str, of: &str| chasqui(&database, &["code", verb, of]);
        let new = code("reissue", &old).exits(0).stdout.trim().to_owned();
        assert_ne!(new, old);
        let server = Server::start(&database);
        let never = server.get("/api/v1/procedures/404AM-T154V-M4JS4");
        let status = |code: &str| server.get(&format!("/t/{code}")).status;
        assert_eq!((status(&old), status(&new)), (404, 200));
        let gone = server.get(&format!("/api/v1/procedures/{old}"));
        let without_address = |answer: &crate::support::server::Answer| {
            let mut problem = answer.json();
            problem.as_object_mut().unwrap().remove("instance");
            problem
        };
        assert_eq!(
            without_address(&gone),
            without_address(&never),
            "nobody can tell them apart"
        );
        assert!(
            server
                .page(&format!("/t/{new}"))
                .contains("Se cambió el código")
        );
        drop(server);
        code("revoke", &new).exits(0);
        let server = Server::start(&database);
        assert_eq!(server.get(&format!("/t/{new}")).status, 404);
        let again = code("reissue", identity.as_str().unwrap())
            .exits(0)
            .stdout
            .trim()
            .to_owned();
        server.wait_until_ready();
        assert_eq!(server.get(&format!("/t/{again}")).status, 200);
    })
    .await;
}
