//! What the benchmarks are made of: a log with one procedure type, and the life that each procedure
//! leads in it, for our commands and for the stock framework alike.

use chasqui_commands::{Commands, FileRequest, OpenLog, Secrets};
use chasqui_deadlines::{CalendarBook, Policies, SilenceRule};
use chasqui_procedures::aggregate::Services;
use chasqui_procedures::catalogue::{ClockStop, Sheet, TypeVersion, Unit};
use chasqui_procedures::command::{Command, File, Wish};
use chasqui_procedures::decide::decide;
use chasqui_procedures::event::Entry;
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::text::Label;
use chasqui_procedures::{Moment, Procedure};
use chasqui_store::{Migrate, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::{Connection, PgConnection};

/// Opens our log in a database, with its unit and type.
pub(crate) async fn open(url: &str) -> (Store, Commands) {
    let store = Store::open(&url.parse().unwrap(), Migrate::Auto)
        .await
        .unwrap();
    (store.clone(), commands_of(store).await)
}

/// Commands on a store, as another process would open them: with nothing in memory.
pub(crate) async fn commands_of(store: Store) -> Commands {
    let log = OpenLog {
        entity: label("Municipio"),
        zone: "America/Guayaquil".to_owned(),
        synthetic: true,
    };
    let secrets = Secrets::new([7; 32]);
    let commands = Commands::open(store, secrets, &log).await.unwrap();
    let unit = Unit::new("obras".parse().unwrap(), label("Obras"));
    commands.publish_unit(&unit).await.unwrap();
    commands.publish_type(&rules()).await.unwrap();
    commands
}

/// A new, empty database in a server.
pub(crate) async fn database(server: &str, name: &str) -> String {
    let mut connection = PgConnection::connect(server).await.unwrap();
    for statement in [
        format!("drop database if exists {name}"),
        format!("create database {name}"),
    ] {
        sqlx::query(&statement)
            .execute(&mut connection)
            .await
            .unwrap();
    }
    connection.close().await.unwrap();
    let (before, after) = server.split_once("///").expect("postgres:///DATABASE?...");
    let parameters = after.split_once('?').map_or("", |(_, rest)| rest);
    format!("{before}///{name}?{parameters}")
}

pub(crate) fn rules() -> TypeVersion {
    TypeVersion {
        id: "permit".parse().unwrap(),
        version: 1,
        name: label("Permiso"),
        units: vec![],
        term: Some("15bd".parse().unwrap()),
        silence: SilenceRule::default(),
        policies: Policies::default(),
        clock_stops_at: ClockStop::Notification,
        calendars: vec![],
        steps: vec![],
        sheet: Sheet::default(),
    }
}

/// What the stock framework hands to the same decisions.
pub(crate) fn services() -> Services {
    let book = CalendarBook::ecuador();
    let now = Timestamp::now();
    let zone = TimeZone::get("America/Guayaquil").unwrap();
    Services {
        now: Moment::at_zone(now, &zone).unwrap(),
        rules: rules(),
        calendar: book.resolve(book.default_calendars(), now).unwrap(),
    }
}

pub(crate) fn filing() -> FileRequest {
    FileRequest {
        procedure_type: "permit".parse().unwrap(),
        unit: "obras".parse().unwrap(),
        channel: None,
        applicant_kind: None,
        calendars: vec![],
        occurred: None,
        person: None,
    }
}

/// The filing as the stock framework is given it.
pub(crate) fn file() -> Command {
    command(Wish::File(Box::new(File {
        unit: "obras".parse().unwrap(),
        channel: None,
        applicant_kind: None,
        calendars: vec![],
        code: None,
        subject: None,
    })))
}

/// The seven commands of a procedure after its filing.
pub(crate) fn life() -> Vec<Command> {
    let step = |name: &str| label(name);
    let wishes = [
        Wish::Admit,
        Wish::StartStep {
            step: step("Revisión"),
        },
        Wish::CompleteStep {
            step: step("Revisión"),
        },
        Wish::StartStep {
            step: step("Inspección"),
        },
        Wish::CompleteStep {
            step: step("Inspección"),
        },
        Wish::Decide {
            outcome: Outcome::Granted,
        },
        Wish::Notify { channel: None },
    ];
    wishes.into_iter().map(command).collect()
}

/// The history of a procedure after its filing and so many commands.
pub(crate) fn history(commands: usize) -> Vec<Entry> {
    let services = services();
    let mut state = Procedure::default();
    let mut history = Vec::new();
    for command in [file()].into_iter().chain(life()).take(commands + 1) {
        let entries = decide(&state, &command, &services.situation()).unwrap();
        entries.iter().for_each(|entry| state.evolve(entry));
        history.extend(entries);
    }
    history
}

fn command(wish: Wish) -> Command {
    Command {
        occurred: None,
        wish,
    }
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}
