//! The calculator in public: the API, the page, the calendars to subscribe to.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::support::{Database, Kind, Server, Vector, binary, chasqui, vectors};
use crate::views::fill;

const DEADLINES: &str = "/api/v1/deadlines";
const CALENDARS: &str = "/api/v1/catalogue/calendars";
const JSON: &str = "application/json";

async fn served() -> (Server, Database) {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 1);
    (Server::start(&database), database)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_published_question_is_answered_by_the_api_as_published() {
    let (server, _database) = served().await;
    for vector in Vector::all() {
        let answer = server.post(DEADLINES, JSON, vector.input.to_string().as_bytes());
        let body = answer.json();
        let Some(name) = vector.refusal() else {
            assert_eq!(answer.status, 200, "{}: {body}", vector.id);
            assert_eq!(
                vector.contradicted_by(&body["answer"]),
                None,
                "{}: {body}",
                vector.id
            );
            assert!(
                body["calendar_version"].as_str().unwrap().contains('@'),
                "{body}"
            );
            continue;
        };
        assert_eq!(
            (answer.status, &body["code"]),
            (422, &json!(name)),
            "{}",
            vector.id
        );
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(body["errors"][0]["code"], name);
        assert!(body["detail"].as_str().unwrap().ends_with('.'), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_and_the_command_line_say_the_same() {
    let (server, _database) = served().await;
    let question = json!({
        "filed_at": "2025-10-31T22:30:00Z",
        "term": { "amount": 10, "unit": "business_days" },
        "as_of": "2025-11-12",
    });
    let arguments = [
        "deadline",
        "--filed-at",
        "2025-10-31T17:30",
        "--term",
        "10bd",
    ];
    for language in ["es", "en", "qu"] {
        let more = ["--as-of", "2025-11-12", "--language", language, "--json"];
        let told = binary::run(&mut binary::bare(&[&arguments[..], &more].concat())).exits(0);
        let path = format!("{DEADLINES}?lang={language}");
        let answer = server
            .post(&path, JSON, question.to_string().as_bytes())
            .json();
        assert_eq!(answer, told.json());
        assert_eq!(answer["days"].as_array().unwrap().len(), 18);
        assert_eq!(answer["standing"]["figures"]["business_days_left"], 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_body_is_answered_with_a_fault_of_ours() {
    let (server, _database) = served().await;
    let good = r#"{"reporting_month":"2026-01"}"#;
    let deep = "[".repeat(10_000);
    let long = format!("{{{}}}", " ".repeat(17_000));
    let cases: [(&str, &[u8], u16, &str); 14] = [
        (JSON, b"", 400, "not_parsable"),
        (JSON, b"{", 400, "not_parsable"),
        (JSON, b"\xff\xfe", 400, "not_parsable"),
        (JSON, deep.as_bytes(), 400, "not_parsable"),
        (JSON, b"null", 422, "InvalidInput"),
        (JSON, b"[]", 422, "InvalidInput"),
        (JSON, b"{}", 422, "InvalidInput"),
        (JSON, br#"{"moon":1}"#, 422, "InvalidInput"),
        (JSON, br#"{"year":2025,"calendars":[]}"#, 422, "NoCalendar"),
        (
            JSON,
            br#"{"reporting_month":"9999-12"}"#,
            422,
            "DateOutOfRange",
        ),
        (JSON, long.as_bytes(), 413, "too_large"),
        ("text/plain", good.as_bytes(), 415, "not_json"),
        ("", good.as_bytes(), 415, "not_json"),
        (
            "application/x-www-form-urlencoded",
            b"year=2025",
            415,
            "not_json",
        ),
    ];
    for (kind, body, status, code) in cases {
        let shown: String = String::from_utf8_lossy(body).chars().take(60).collect();
        let answer = server.post(DEADLINES, kind, body);
        assert_eq!(answer.status, status, "{shown}: {}", answer.body);
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{shown}"
        );
        assert_eq!(answer.json()["code"], code, "{shown}");
    }
    assert_eq!(
        server
            .post(
                DEADLINES,
                "application/json; charset=utf-8",
                good.as_bytes()
            )
            .status,
        200
    );
    let answer = server.post(&format!("{DEADLINES}?lang=fr"), JSON, good.as_bytes());
    assert_eq!(
        (answer.status, &answer.json()["errors"][0]["pointer"]),
        (422, &json!("lang"))
    );
    let answer = server.get(DEADLINES);
    assert_eq!((answer.status, answer.header("allow")), (405, "POST"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_question_never_has_a_long_answer() {
    let (server, _database) = served().await;
    let question = r#"{"trigger_date":"2025-09-01","term":{"amount":5000,"unit":"business_days"}}"#;
    let answer = server.post(DEADLINES, JSON, question.as_bytes());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["shortened"], true);
    assert!(answer.body.len() < 200_000, "{}", answer.body.len());
    let page = server.page("/calculadora?fecha=2025-09-01&cantidad=5000&calendario=EC");
    assert!(page.len() < 200_000, "{}", page.len());
}

/// The rest days of the published list in some years, of some calendars, the national decrees among
/// them.
fn listed(ids: &[&str], years: std::ops::RangeInclusive<i16>) -> BTreeSet<Date> {
    let list = vectors::read("calendar_ec.json");
    let by_rule = ids
        .iter()
        .flat_map(|id| list["rest_days"][id].as_array().unwrap());
    let decrees = list["meta"]["decrees"].as_array().unwrap().iter();
    let days = by_rule.chain(decrees.map(|decree| &decree["date"]));
    let days = days.map(|day| day.as_str().unwrap().parse::<Date>().unwrap());
    days.filter(|day| years.contains(&day.year())).collect()
}

fn days_of(calendar: &Value) -> BTreeSet<Date> {
    let days = calendar["rest_days"].as_array().unwrap().iter();
    days.map(|day| day["date"].as_str().unwrap().parse().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendars_are_published_with_the_reason_of_every_day() {
    let (server, _database) = served().await;
    let all = server.get(&format!("{CALENDARS}?year=2019-2026")).json();
    assert_eq!(all["profile"], "ecuador");
    let calendars = all["calendars"].as_array().unwrap();
    assert_eq!(calendars.len(), 4);
    for (id, ids) in [
        ("EC", &["EC"][..]),
        ("EC-QUITO", &["EC", "EC-QUITO"]),
        ("EC-GUAYAQUIL", &["EC", "EC-GUAYAQUIL"]),
    ] {
        let calendar = calendars.iter().find(|one| one["id"] == id).unwrap();
        assert_eq!(days_of(calendar), listed(ids, 2019..=2026), "{id}");
        assert_eq!(calendar["calendars"], json!(ids));
        let days = calendar["rest_days"].as_array().unwrap();
        assert!(
            days.iter()
                .all(|day| day["text"].as_str().unwrap().ends_with('.')),
            "{days:?}"
        );
        let alone = server
            .get(&format!("{CALENDARS}/{id}?year=2019-2026"))
            .json();
        assert_eq!(&alone, calendar);
        // The version is the one that a deadline counted by it names.
        let question = json!({ "year": 2025, "calendars": ids }).to_string();
        let answer = server.post(DEADLINES, JSON, question.as_bytes()).json();
        assert_eq!(answer["calendar_version"], calendar["calendar_version"]);
    }
    for (path, status, code) in [
        (format!("{CALENDARS}/XX"), 404, "unknown_calendar"),
        (format!("{CALENDARS}/XX.ics"), 404, "unknown_calendar"),
        (format!("{CALENDARS}?year=1066"), 422, "bad_question"),
        (format!("{CALENDARS}?years=2026"), 422, "bad_question"),
    ] {
        let answer = server.get(&path);
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (status, &json!(code)),
            "{path}"
        );
    }
}

/// The days of an iCalendar, read as a reader would: lines joined, then events.
fn days_of_feed(feed: &str) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for event in feed.replace("\r\n ", "").split("BEGIN:VEVENT\r\n").skip(1) {
        let date = |name: &str| {
            let value = event
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .unwrap();
            Date::strptime("%Y%m%d", value).unwrap()
        };
        let end = date("DTEND;VALUE=DATE:");
        let mut day = date("DTSTART;VALUE=DATE:");
        while day < end {
            days.insert(day);
            day = day.tomorrow().unwrap();
        }
    }
    days
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_can_be_subscribed_to() {
    let (server, _database) = served().await;
    let path = format!("{CALENDARS}/EC-QUITO.ics?year=2019-2026");
    let answer = server.get(&path);
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    let feed = &answer.body;
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\n") && feed.ends_with("\r\nEND:VCALENDAR\r\n"));
    assert!(
        feed.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n')),
        "{feed}"
    );
    assert_eq!(days_of_feed(feed), listed(&["EC", "EC-QUITO"], 2019..=2026));
    let mut uids: Vec<&str> = feed
        .lines()
        .filter(|line| line.starts_with("UID:"))
        .collect();
    let events = feed.matches("BEGIN:VEVENT").count();
    assert_eq!(feed.matches("DTSTAMP:").count(), events);
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), events);
    // It says the same until something becomes known.
    assert_eq!(server.get(&path).body, *feed);
    let again = server.get_with(&path, &[("if-none-match", answer.header("etag"))]);
    assert_eq!((again.status, &*again.body), (304, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decree_of_the_log_is_in_the_calculator_and_in_the_calendars() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 1);
    let today = Timestamp::now()
        .in_tz("America/Guayaquil")
        .unwrap()
        .date()
        .to_string();
    // The command line knows the decrees of the program alone.
    let arguments = ["deadline", "--filed-at", &today, "--term", "10bd", "--json"];
    let told = binary::run(&mut binary::bare(&arguments)).exits(0).json();
    let day: Date = told["answer"]["due_date"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let file = database.data().join("decree.json");
    let decree = json!({
        "id": "TEST-9", "calendar": "EC", "effect": "rest", "from": day, "to": day,
        "issued_on": null, "name": { "es": "Decreto TEST-9" },
    });
    std::fs::write(&file, decree.to_string()).unwrap();
    chasqui(&database, &["calendar", "decree", file.to_str().unwrap()]).exits(0);

    let server = Server::start(&database);
    let term = json!({ "amount": 10, "unit": "business_days" });
    let question = json!({ "trigger_date": today, "term": term });
    let answer = server
        .post(DEADLINES, JSON, question.to_string().as_bytes())
        .json();
    let due: Date = answer["answer"]["due_date"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(due > day, "{due} is not later than {day}");
    assert_ne!(answer["calendar_version"], told["calendar_version"]);
    let page = server.page(&format!(
        "/calculadora?fecha={today}&cantidad=10&calendario=EC-QUITO"
    ));
    assert!(
        page.contains(&format!("<time datetime=\"{due}\">")),
        "{page}"
    );
    assert!(page.contains("no cuenta: Decreto TEST-9"), "{page}");
    assert!(days_of(&server.get(&format!("{CALENDARS}/EC")).json()).contains(&day));
    let feed = server.get(&format!("{CALENDARS}/EC.ics")).body;
    assert!(feed.contains("SUMMARY:Decreto TEST-9\r\n"), "{feed}");
    assert!(days_of_feed(&feed).contains(&day), "{feed}");
}

fn fields(page: &str) -> Vec<&str> {
    let labelled = page.split("<label for=\"").skip(1);
    labelled
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_asks_answers_and_can_be_kept_as_an_address() {
    let (server, _database) = served().await;
    let empty = server.get("/calculadora");
    assert_eq!(empty.status, 200);
    assert!(!empty.body.contains("<script") && !empty.body.contains("Hay que corregir"));
    assert!(!empty.body.contains("id=\"resultado\""));
    // Every field has a label, and every label its field.
    let labelled = fields(&empty.body);
    assert_eq!(labelled.len(), 4 + 3 * 4 + 2 + 1, "{labelled:?}");
    for field in labelled {
        assert_eq!(
            empty.body.matches(&format!("id=\"{field}\"")).count(),
            1,
            "{field}"
        );
    }
    let address = "/calculadora?fecha=2025-10-31&hora=17%3A30&cantidad=10&unidad=business_days\
        &calendario=EC-QUITO&al=2025-11-12";
    let page = server.page(address);
    for words in [
        "<time datetime=\"2025-11-18\">martes, 18 de noviembre de 2025</time>",
        "A tiempo: quedan 4 días hábiles.",
        "<caption>noviembre de 2025</caption>",
        "no cuenta: Día de los Difuntos",
        "<li>Día 10: martes 18 de noviembre de 2025.</li>",
        "value=\"2025-10-31\"",
        "value=\"17:30\"",
        "value=\"EC-QUITO\" checked",
    ] {
        assert!(page.contains(words), "{words:?} is not on the page: {page}");
    }
    let open = "&s1-causa=external_report&s1-desde=06/11/2025";
    let page = server.page(&format!("{address}{open}"));
    assert!(page.contains("a más tardar: puede ser antes"), "{page}");
    let open = "&s1-causa=force_majeure&s1-desde=06/11/2025";
    let page = server.page(&format!("{address}{open}"));
    assert!(
        page.contains("No hay fecha de vencimiento mientras dure la suspensión"),
        "{page}"
    );
    for page in ["/", "/indicadores"] {
        assert!(
            server.page(page).contains("href=\"/calculadora\""),
            "{page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_stands_beside_its_field_and_nothing_typed_is_lost() {
    let (server, _database) = served().await;
    let answer = server.get(
        "/calculadora?fecha=ayer&cantidad=%3Cscript%3E&calendario=XX&s2-hasta=09/09/2025\
         &ampliacion=5&al=2025-02-30&s1-causa=siesta",
    );
    assert_eq!(answer.status, 422);
    let page = &answer.body;
    let wrong = [
        "fecha",
        "cantidad",
        "calendario",
        "s2-desde",
        "ampliacion-fecha",
        "al",
        "s1-causa",
    ];
    for field in wrong {
        for words in [
            format!("<a href=\"#{field}\">"),
            format!("id=\"{field}-error\""),
            format!("id=\"{field}\""),
        ] {
            assert_eq!(page.matches(&words).count(), 1, "{words}: {page}");
        }
    }
    assert_eq!(page.matches("class=\"mistake\"").count(), wrong.len());
    for words in [
        "value=\"ayer\"",
        "value=\"2025-09-09\"",
        "value=\"5\"",
        "role=\"alert\"",
        "<title>Error: ",
    ] {
        assert!(page.contains(words), "{words:?} is not on the page: {page}");
    }
    assert!(!page.contains("<script>"), "{page}");
    let refused = server.get(
        "/calculadora?fecha=2025-09-01&cantidad=15&calendario=EC&ampliacion=8&ampliacion-fecha=2025-09-10",
    );
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("id=\"ampliacion-error\""),
        "{}",
        refused.body
    );
    assert!(
        refused
            .body
            .contains("aquí 7 días. Usted pide 8: escriba menos días (COA, art. 161)."),
        "{}",
        refused.body
    );
    // What is no form of ours is not an error either.
    let long = "9".repeat(5_000);
    for address in [
        "/calculadora?&&&=&x=%FF".to_owned(),
        format!("/calculadora?fecha={long}"),
        format!("/calculadora?{}", "calendario=EC&".repeat(300)),
    ] {
        let answer = server.get(&address);
        assert!(
            [200, 422].contains(&answer.status),
            "{address}: {}",
            answer.status
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_procedure_leads_to_its_sum() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let arguments = ["file", "--type", "PERMIT", "--unit", "obras", "--filed-at"];
    let filed = chasqui(
        &database,
        &[&arguments[..], &["2026-03-02T10:00:00-05:00"]].concat(),
    );
    let code = filed.exits(0).stdout.trim().to_owned();
    let server = Server::start(&database);
    let page = server.page(&format!("/t/{code}"));
    let link = page.split("href=\"/calculadora?").nth(1).unwrap();
    let link = link
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let sum = server.page(&format!("/calculadora?{link}"));
    let due = server.get(&format!("/api/v1/procedures/{code}")).json()["due_on"].clone();
    let time = format!("<time datetime=\"{}\">", due.as_str().unwrap());
    assert!(sum.contains(&time), "{due} is not on {sum}");
    assert!(
        !sum.contains(&code),
        "the calculator is not told whose sum it is"
    );
}
