//! Deadlines move with the law's calendar, and silence accrues with the days: visibly, and once.

use chasqui_commands::{
    Clock, Commands, FileRequest, FiledProcedure, Kept, OpenLog, Order, Secrets,
};
use chasqui_deadlines::{SilenceEffect, SilenceRule, Term};
use chasqui_procedures::Procedure;
use chasqui_procedures::catalogue::{ClockStop, Sheet, TypeVersion, Unit};
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::event::{Entry, Event};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::recorded::{Body, kind};
use chasqui_procedures::text::Label;
use chasqui_store::Store;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::support::{Database, Kind, Server, both, chasqui};

/// A log with one unit and one type: 15 business days, positive silence after 30.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) commands: Commands,
    pub(crate) store: Store,
}

impl Office {
    pub(crate) async fn open(database: &Database) -> Self {
        let pepper = database.data().join("secrets/pepper");
        std::fs::create_dir_all(pepper.parent().unwrap()).unwrap();
        std::fs::write(&pepper, "07".repeat(32)).unwrap();
        let store = database.open().await;
        let log = OpenLog {
            entity: Label::parse("Municipio").unwrap(),
            zone: "America/Guayaquil".to_owned(),
            synthetic: false,
        };
        let commands = Commands::open(store.clone(), Secrets::new([7; 32]), &log)
            .await
            .unwrap();
        for id in ["obras", "catastro"] {
            let unit = Unit::new(id.parse().unwrap(), Label::parse(id).unwrap());
            commands.publish_unit(&unit).await.unwrap();
        }
        let permit = TypeVersion {
            id: "PERMIT".parse().unwrap(),
            version: 1,
            name: Label::parse("Permiso").unwrap(),
            units: vec![],
            term: Some("15bd".parse().unwrap()),
            silence: SilenceRule::After {
                term: Term::business_days(30).unwrap(),
                effect: SilenceEffect::Positive,
            },
            policies: Default::default(),
            clock_stops_at: ClockStop::Notification,
            calendars: vec!["EC".parse().unwrap(), "EC-QUITO".parse().unwrap()],
            steps: vec![],
            sheet: Sheet::default(),
        };
        commands.publish_type(&permit).await.unwrap();
        Self { commands, store }
    }

    /// The same office with another now.
    fn at(&self, now: &str) -> Commands {
        let zone = TimeZone::get("America/Guayaquil").unwrap();
        self.commands
            .with_clock(Clock::fixed(now.parse().unwrap(), zone))
    }

    pub(crate) async fn file(&self, on: &str) -> FiledProcedure {
        let request = FileRequest {
            procedure_type: "PERMIT".parse().unwrap(),
            unit: "obras".parse().unwrap(),
            channel: None,
            applicant_kind: None,
            calendars: vec![],
            occurred: Some(on.parse().unwrap()),
            person: None,
        };
        self.commands
            .file(Order::of_operator(), request)
            .await
            .unwrap()
    }

    async fn history(&self, procedure: ProcedureId) -> Vec<Entry> {
        let raw = self
            .store
            .load_many(kind::PROCEDURE, vec![procedure.to_string()])
            .await
            .unwrap();
        let bodies = raw.into_iter().map(|record| record.decode().unwrap().body);
        bodies
            .filter_map(|body| match body {
                Body::Procedure(_, entry) => Some(*entry),
                Body::Unit(_) | Body::Type(_) | Body::Calendar(_) | Body::Log(_) => None,
            })
            .collect()
    }

    async fn due_on(&self, procedure: ProcedureId) -> Date {
        Procedure::of(&self.history(procedure).await)
            .due
            .unwrap()
            .on
            .unwrap()
    }
}

/// Publishes a rest day through the command line, which re-dates what it touches.
fn decree(database: &Database, id: &str, day: Date, code: i32) -> String {
    let file = database.data().join("decree.json");
    let text = json!({
        "id": id, "calendar": "EC", "effect": "rest", "from": day, "to": day,
        "issued_on": null, "name": { "es": format!("Decreto {id}") },
    });
    std::fs::write(&file, text.to_string()).unwrap();
    chasqui(database, &["calendar", "decree", file.to_str().unwrap()])
        .exits(code)
        .stderr
}

fn yesterday() -> String {
    let zone = TimeZone::get("America/Guayaquil").unwrap();
    let now = Timestamp::now()
        .to_zoned(zone)
        .checked_sub(1.day())
        .unwrap();
    now.date().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decree_moves_open_deadlines_visibly_and_leaves_closed_ones() {
    both(async |database| {
        let office = Office::open(&database).await;
        let open = office.file(&yesterday()).await;
        let closed = office.file(&yesterday()).await;
        for wish in [
            Wish::Decide {
                outcome: Outcome::Granted,
            },
            Wish::Notify { channel: None },
        ] {
            let command = Command {
                occurred: None,
                wish,
            };
            office
                .commands
                .execute(Order::of_operator(), closed.done.procedure, command)
                .await
                .unwrap();
        }
        let from = office.due_on(open.done.procedure).await;
        let said = decree(&database, "TEST-1", from, 0);
        assert!(said.contains("1 due dates moved"), "{said}");
        let to = office.due_on(open.done.procedure).await;
        assert!(to > from, "{to} is not later than {from}");
        assert_eq!(
            office.due_on(closed.done.procedure).await,
            from,
            "it keeps the calendar it ended with"
        );
        let history = office.history(open.done.procedure).await;
        assert_eq!(history.len(), 2);
        let Event::DeadlineRecomputed(moved) = &history[1].event else {
            panic!("{history:?}")
        };
        assert_eq!((moved.from, moved.to), (Some(from), Some(to)));
        assert_eq!(
            serde_json::to_value(&moved.reason).unwrap(),
            json!({ "decrees": ["TEST-1"] })
        );

        let again = decree(&database, "TEST-1", from, 0);
        assert!(
            again.contains("published already") && again.contains("0 due dates moved"),
            "{again}"
        );
        let other = decree(&database, "TEST-1", to, 1);
        assert!(other.contains("another decree"), "{other}");
        assert_eq!(office.due_on(open.done.procedure).await, to);

        let server = Server::start(&database);
        let code = open.code.reveal();
        let page = server.page(&format!("/t/{code}"));
        for words in ["Cambió el calendario (TEST-1)", "Decreto TEST-1"] {
            assert!(page.contains(words), "{words:?} is not on the page: {page}");
        }
        let line = &server.get(&format!("/api/v1/procedures/{code}")).json()["timeline"][1];
        assert_eq!(line["type"], "DeadlineRecomputed");
        assert_eq!(
            (&line["details"]["from"], &line["details"]["due"]["on"]),
            (&json!(from), &json!(to))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_runs_moves_the_deadlines_by_itself() {
    let database = Database::new(Kind::Postgres).await;
    let office = Office::open(&database).await;
    let filed = office.file(&yesterday()).await;
    let from = office.due_on(filed.done.procedure).await;
    let server = Server::start(&database);
    let decree = serde_json::from_value(json!({
        "id": "TEST-2", "calendar": "EC-QUITO", "effect": "rest", "from": from, "to": from,
        "name": { "es": "Feriado local" },
    }));
    assert!(
        office
            .commands
            .publish_decree(decree.unwrap())
            .await
            .unwrap()
    );
    let path = format!("/api/v1/procedures/{}", filed.code.reveal());
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    loop {
        let procedure = server.get(&path).json();
        if procedure["due_on"] != json!(from) && procedure["due_on"] != Value::Null {
            break;
        }
        assert!(std::time::Instant::now() < until, "{procedure}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_explained_before_a_decree_is_explained_with_what_was_known_then() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database).await;
    let filed = office.file(&yesterday()).await;
    for wish in [
        Wish::Decide {
            outcome: Outcome::Granted,
        },
        Wish::Notify { channel: None },
    ] {
        office
            .commands
            .execute(
                Order::of_operator(),
                filed.done.procedure,
                Command {
                    occurred: None,
                    wish,
                },
            )
            .await
            .unwrap();
    }
    let due_on = office.due_on(filed.done.procedure).await;
    decree(&database, "TEST-3", due_on, 0);
    let server = Server::start(&database);
    let procedure = server
        .get(&format!("/api/v1/procedures/{}", filed.code.reveal()))
        .json();
    assert_eq!(procedure["due_on"], json!(due_on));
    let counted = procedure["deadline"]["counted_days"].as_array().unwrap();
    assert_eq!((counted.len(), counted.last()), (15, Some(&json!(due_on))));
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_accrues_on_the_exact_day_and_once() {
    both(async |database| {
        let office = Office::open(&database).await;
        // Vector D75: filed on 10 March 2025, 30 business days end on 22 April.
        let procedure = office
            .file("2025-03-10T09:00:00-05:00")
            .await
            .done
            .procedure;
        let mut rules = Default::default();
        let last_moment = office.at("2025-04-22T23:59:59-05:00");
        let kept = last_moment
            .keep_time(&[procedure], &mut rules)
            .await
            .unwrap();
        assert_eq!(kept, Kept::default(), "there is time until midnight");
        // The service was down for a week.
        for now in ["2025-04-30T08:00:00-05:00", "2025-05-01T08:00:00-05:00"] {
            office
                .at(now)
                .keep_time(&[procedure], &mut rules)
                .await
                .unwrap();
        }
        let history = office.history(procedure).await;
        assert_eq!(history.len(), 2, "{history:?}");
        let Event::SilenceAccrued(silence) = &history[1].event else {
            panic!("{history:?}")
        };
        assert_eq!(silence.effect, SilenceEffect::Positive);
        assert_eq!(silence.expired_on.to_string(), "2025-04-22");
        assert_eq!(history[1].occurred.to_string(), "2025-04-23");
        let state = Procedure::of(&history);
        assert_eq!(
            state.span.unwrap().1.to_string(),
            "2025-03-10",
            "silence is no movement"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_what_silence_means() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database).await;
    let filed = office.file("2025-03-10T09:00:00-05:00").await;
    let said = chasqui(&database, &["calendar", "keep"]).exits(0).stderr;
    assert!(said.contains("silence accrued on 1 procedures"), "{said}");
    let server = Server::start(&database);
    let page = server.page(&format!("/t/{}", filed.code.reveal()));
    for words in [
        "Desde el miércoles, 23 de abril de 2025",
        "silencio administrativo positivo",
        "COA, art. 207",
    ] {
        assert!(page.contains(words), "{words:?} is not on the page: {page}");
    }
    let certificate = server.page(&format!("/t/{}/silencio", filed.code.reveal()));
    for words in [
        "Constancia de silencio administrativo",
        "martes, 22 de abril de 2025",
        "COA, art. 207",
    ] {
        assert!(
            certificate.contains(words),
            "{words:?} is not in the certificate: {certificate}"
        );
    }
    let procedure = server
        .get(&format!("/api/v1/procedures/{}", filed.code.reveal()))
        .json();
    assert_eq!(procedure["silence"]["effect"], "positive");
    assert_eq!(procedure["silence"]["from"], "2025-04-23");
    assert_eq!(procedure["standing"]["id"], "silence_accrued");
}

#[tokio::test(flavor = "multi_thread")]
async fn keeping_time_twice_at_once_records_nothing_twice() {
    both(async |database| {
        let office = Office::open(&database).await;
        let mut procedures = Vec::new();
        for _ in 0..20 {
            procedures.push(
                office
                    .file("2025-03-10T09:00:00-05:00")
                    .await
                    .done
                    .procedure,
            );
        }
        let nodes = (0..4).map(|_| {
            let (commands, procedures) = (office.commands.clone(), procedures.clone());
            tokio::spawn(async move {
                commands
                    .keep_time(&procedures, &mut Default::default())
                    .await
                    .unwrap()
            })
        });
        let mut accrued = 0;
        for node in nodes.collect::<Vec<_>>() {
            accrued += node.await.unwrap().accrued;
        }
        assert_eq!(accrued, 20);
        for procedure in procedures {
            assert_eq!(office.history(procedure).await.len(), 2);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_decree_is_refused_and_changes_nothing() {
    let database = Database::new(Kind::Sqlite).await;
    Office::open(&database).await;
    let cases = [
        ("{", "is no decree"),
        (
            r#"{"id":"X","calendar":"EC","effect":"rest","from":"2026-12-24","to":"2026-12-24","name":{"es":"X"},"x":1}"#,
            "is no decree",
        ),
        (
            r#"{"id":"X","calendar":"MARS","effect":"rest","from":"2026-12-24","to":"2026-12-24","name":{"es":"X"}}"#,
            "MARS",
        ),
        (
            r#"{"id":"X","calendar":"EC","effect":"rest","from":"2026-12-24","to":"2026-12-01","name":{"es":"X"}}"#,
            "",
        ),
        (
            r#"{"id":"X","calendar":"EC","effect":"rest","from":"3026-12-24","to":"3026-12-24","name":{"es":"X"}}"#,
            "",
        ),
    ];
    let size = || {
        chasqui(&database, &["views", "status", "--json"])
            .exits(0)
            .json()["head"]
            .clone()
    };
    let before = size();
    for (text, says) in cases {
        let file = database.data().join("decree.json");
        std::fs::write(&file, text).unwrap();
        let ran = chasqui(&database, &["calendar", "decree", file.to_str().unwrap()]).exits(1);
        assert!(
            ran.stderr.contains(says) && ran.stderr.contains("hint: "),
            "{text}: {}",
            ran.stderr
        );
    }
    assert_eq!(size(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_a_certificate_of_silence_that_did_not_accrue() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database).await;
    let young = office.file(&yesterday()).await.code.reveal();
    let server = Server::start(&database);
    let none = server.get(&format!("/t/{young}/silencio"));
    assert_eq!(none.status, 404);
    assert!(
        none.body.contains("No hay silencio administrativo"),
        "{}",
        none.body
    );
}
