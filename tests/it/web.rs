//! The public site, asked by HTTP: pages, errors, badge, API.

use serde_json::{Value, json};

use crate::support::logs::RECEIPT;
use crate::support::{Database, Kind, Server, both, chasqui};
use crate::views::fill;

/// A code of the right form that nobody has.
const NOBODYS: &str = "404AM-T154V-M4JS4";

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

#[tokio::test(flavor = "multi_thread")]
async fn a_filed_procedure_has_a_page_that_works_without_javascript() {
    both(async |database| {
        fill(&database, 3);
        let code = file(&database);
        let server = Server::start(&database);
        let page = server.get(&format!("/t/{code}"));
        assert_eq!(page.status, 200);
        assert!(page.header("content-type").starts_with("text/html"));
        let says = [
            "<html lang=\"es-EC\">",
            "<title>Trámite",
            "name=\"robots\" content=\"noindex\"",
            "Permiso",
            "Obras",
            "lunes, 23 de marzo de 2026",
            "Qué debe hacer usted",
            "Quién lo tiene",
            "Ingresado",
            "Día 1: martes 3 de marzo de 2026.",
        ];
        for words in says {
            assert!(
                page.body.contains(words),
                "{words:?} is not on the page: {}",
                page.body
            );
        }
        assert!(!page.body.contains("<script"), "there is a script");
        assert!(
            page.header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        // As people copy it: small letters, no hyphens, other spaces.
        let typed = code.to_lowercase().replace('-', "%20");
        let moved = server.get(&format!("/t?codigo={typed}"));
        assert_eq!(
            (moved.status, moved.header("location")),
            (303, &*format!("/t/{code}"))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_has_the_fields_that_a_reader_can_count_on() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let code = file(&database);
    let server = Server::start(&database);
    let answer = server.get(&format!("/api/v1/procedures/{code}"));
    assert!(
        answer
            .header("content-type")
            .starts_with("application/json")
    );
    let procedure = answer.json();
    let fields = [
        "code",
        "type",
        "unit",
        "channel",
        "stage",
        "standing",
        "outcome",
        "waiting_on",
        "filed_on",
        "due_on",
        "notified_on",
        "suspended",
        "deadline",
        "timeline",
        "log",
        "as_of",
        "links",
    ];
    for field in fields {
        assert!(
            procedure.get(field).is_some(),
            "{field} is missing in {procedure}"
        );
    }
    assert_eq!(procedure["code"], code);
    assert_eq!(
        procedure["type"],
        json!({ "id": "PERMIT", "name": "Permiso" })
    );
    assert_eq!(
        (&procedure["filed_on"], &procedure["due_on"]),
        (&json!("2026-03-02"), &json!("2026-03-23"))
    );
    assert_eq!(procedure["deadline"]["term"], "15bd");
    assert_eq!(
        procedure["deadline"]["counted_days"]
            .as_array()
            .unwrap()
            .len(),
        15
    );
    assert_eq!(procedure["waiting_on"], "municipality");
    let line = &procedure["timeline"][0];
    assert_eq!(
        (&line["sequence"], &line["type"], &line["imported"]),
        (&json!(1), &json!("Filed"), &json!(false))
    );
    assert_eq!(line["occurred_on"], "2026-03-02");
    let json = server.get(&format!("/t/{code}.json"));
    assert_eq!(without_time(json.json()), without_time(procedure));
}

fn without_time(mut procedure: Value) -> Value {
    procedure["as_of"]
        .as_object_mut()
        .unwrap()
        .remove("time")
        .unwrap();
    procedure
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_pages_for_people_and_problems_for_programs() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 1);
    let server = Server::start(&database);
    let mistyped = NOBODYS.replace('A', "B");
    let cases = [
        (
            format!("/t/{NOBODYS}"),
            format!("/api/v1/procedures/{NOBODYS}"),
            404,
            "unknown_code",
        ),
        (
            format!("/t/{mistyped}"),
            format!("/api/v1/procedures/{mistyped}"),
            400,
            "mistyped_code",
        ),
        (
            "/nowhere".to_owned(),
            "/api/v1/nowhere".to_owned(),
            404,
            "no_such_address",
        ),
        (
            "/indicadores?from=yesterday".to_owned(),
            "/api/v1/indicators?from=yesterday".to_owned(),
            422,
            "",
        ),
        (
            "/indicadores?unti=obras".to_owned(),
            "/api/v1/indicators?unti=obras".to_owned(),
            422,
            "bad_question",
        ),
    ];
    for (page, api, status, code) in cases {
        let answer = server.get(&page);
        assert_eq!(answer.status, status, "{page}");
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{page}"
        );
        assert!(answer.body.contains("<h1>"), "{page}: {}", answer.body);
        let answer = server.get(&api);
        assert_eq!(answer.status, status, "{api}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{api}"
        );
        let problem = answer.json();
        for field in ["type", "title", "status", "detail", "code", "instance"] {
            assert!(
                problem.get(field).is_some(),
                "{field} is missing in {problem}"
            );
        }
        assert!(code.is_empty() || problem["code"] == code, "{problem}");
    }
    let page = server.get(&format!("/t/{NOBODYS}")).body;
    for words in ["value=\"404AM-T154V-M4JS4\"", "<form", "comprobante"] {
        assert!(
            page.contains(words),
            "the page does not help: {words:?} is missing in {page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_addresses_get_an_answer_and_nothing_else() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 1);
    let server = Server::start(&database);
    let long = "A".repeat(5_000);
    let addresses = [
        "/t/<script>alert(1)</script>",
        "/t/%00",
        "/t/..%2f..%2fetc%2fpasswd",
        "/t?codigo=",
        "/t",
        "/t/%F0%9F%98%80",
        "/api/v1/procedures/'%20or%201=1",
        "/indicadores?unit=<b>",
        "/t/%ff",
        "/api/v1/indicators/NO-99",
        "/api/v1/indicators?unit=nobody",
        &format!("/t/{long}"),
    ];
    for address in addresses {
        let answer = server.get(
            &address
                .replace('<', "%3C")
                .replace('>', "%3E")
                .replace('\'', "%27"),
        );
        assert!(
            (200..500).contains(&answer.status),
            "{address}: {} {}",
            answer.status,
            answer.body
        );
        assert!(
            !answer.body.contains("<script>"),
            "{address}: {}",
            answer.body
        );
    }
    assert_eq!(server.get("/healthz").status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_badge_tells_how_a_procedure_stands() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let code = file(&database);
    let server = Server::start(&database);
    let badge = server.get(&format!("/t/{code}/badge.svg"));
    assert!(badge.header("content-type").starts_with("image/svg+xml"));
    assert!(
        badge.body.starts_with("<svg") && badge.body.contains("aria-label=\"trámite: "),
        "{}",
        badge.body
    );
    let unknown = server.get(&format!("/t/{NOBODYS}/badge.svg"));
    assert!(
        unknown.body.starts_with("<svg"),
        "a broken picture helps nobody: {}",
        unknown.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_of_a_real_log_has_its_whole_history_on_its_page() {
    let Some(file) = RECEIPT.file() else { return };
    both(async |database| {
        let codes = database.data().join("codes.csv");
        let (mapping, codes_file) = (RECEIPT.mapping(), codes.to_str().unwrap());
        let arguments = [
            "import",
            file.to_str().unwrap(),
            "--format",
            "xes",
            "--mapping",
            &mapping,
            "--codes",
            codes_file,
        ];
        chasqui(&database, &arguments).exits(0);
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&codes).unwrap().permissions().mode();
        assert_eq!(
            mode & 0o077,
            0,
            "the codes open every procedure: they are their owner's alone"
        );
        let mut reader = csv::Reader::from_path(&codes).unwrap();
        let codes: Vec<(String, String)> = reader.deserialize().map(Result::unwrap).collect();
        assert_eq!(codes.len(), 1434);
        let (_, code) = codes.iter().find(|(id, _)| id == "case-10017").unwrap();
        let server = Server::start(&database);
        let procedure = server.get(&format!("/api/v1/procedures/{code}")).json();
        assert_eq!(procedure["filed_on"], "2011-10-11");
        assert_eq!(
            (&procedure["due_on"], &procedure["due_basis"]),
            (&json!("2011-12-06"), &json!("stated_by_source"))
        );
        assert_eq!(procedure["ended_on"], "2011-10-18");
        let lines = procedure["timeline"].as_array().unwrap();
        assert!(
            lines.iter().all(|line| line["imported"] == true),
            "{lines:?}"
        );
        let page = server.page(&format!("/t/{code}"));
        assert_eq!(page.matches("<li id=\"evento-").count(), lines.len());
        assert!(page.contains("Historia importada"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_written_for_their_owner_alone_and_never_by_a_dry_run() {
    use std::os::unix::fs::PermissionsExt;
    let database = Database::new(Kind::Sqlite).await;
    let (file, mapping) = crate::views::table(&database, 5);
    let codes = database.data().join("codes.csv");
    std::fs::write(&codes, "what stood here before").unwrap();
    std::fs::set_permissions(&codes, PermissionsExt::from_mode(0o644)).unwrap();
    let import = [
        "import",
        &file,
        "--format",
        "csv",
        "--mapping",
        &mapping,
        "--codes",
        codes.to_str().unwrap(),
    ];
    let lines = || std::fs::read_to_string(&codes).unwrap().lines().count();
    chasqui(&database, &[&import[..], &["--dry-run"]].concat()).exits(0);
    assert_eq!(lines(), 1, "a dry run gives out no code");
    chasqui(&database, &import).exits(0);
    assert_eq!(lines(), 6);
    let mode = std::fs::metadata(&codes).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}
