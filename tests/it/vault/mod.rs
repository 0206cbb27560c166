//! Persons: kept apart, read for a purpose, erased by two, found nowhere else. On both databases.

mod erasing;
mod filing;
mod marker;
mod reading;
mod restoring;
mod tampering;
mod turning;

use std::io::Write;
use std::process::Stdio;

use chasqui_commands::authorise::Actor;
use chasqui_commands::vault::{By, Field, KeyRing, Ledger, Person, Personal, Purpose, Vault};
use chasqui_commands::{Commands, FileRequest, OpenLog, Order, Secrets};
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::text::Label;
use chasqui_store::{Party, Store, StoreUrl};
use serde_json::{Value, json};

use crate::support::{Database, Ran, binary};
use crate::time::Office;

/// A log with one unit, one type, and a vault.
struct World {
    commands: Commands,
    store: Store,
}

impl World {
    async fn open(database: &Database) -> Self {
        let Office { commands, store } = Office::open(database).await;
        let commands = commands.with_vault(vault(database));
        Self { commands, store }
    }

    /// The same log, with new connections.
    async fn reopen(database: &Database) -> Self {
        let store = database.open().await;
        let log = OpenLog {
            entity: Label::parse("Municipio").unwrap(),
            zone: "America/Guayaquil".to_owned(),
            synthetic: false,
        };
        let commands = Commands::open(store.clone(), Secrets::new([7; 32]), &log);
        let commands = commands.await.unwrap().with_vault(vault(database));
        Self { commands, store }
    }

    async fn file(&self, person: Person) -> ProcedureId {
        let request = request(Some(person));
        self.commands
            .file(Order::of_operator(), request)
            .await
            .unwrap()
            .done
            .procedure
    }

    /// Ends a procedure, so that its person is needed no longer.
    async fn end(&self, procedure: ProcedureId) {
        let command = Command {
            occurred: None,
            wish: Wish::Withdraw,
        };
        self.commands
            .execute(Order::of_operator(), procedure, command)
            .await
            .unwrap();
    }

    async fn read(
        &self,
        procedure: ProcedureId,
    ) -> Result<Person, chasqui_commands::vault::VaultError> {
        let by = By::actor(Actor::Operator);
        self.commands
            .read_person(&by, procedure, &purpose(), &Field::ALL)
            .await
    }

    /// The person of a procedure, as the store knows them.
    async fn party(&self, procedure: ProcedureId) -> Party {
        let records = self
            .store
            .load_many("procedure", vec![procedure.to_string()])
            .await
            .unwrap();
        let filed: Value = serde_json::from_str(&records[0].payload).unwrap();
        let party = filed["event"]["Filed"]["subject"].as_str().unwrap();
        let party = party.parse::<ProcedureId>().unwrap().0;
        Party {
            procedure,
            party: chasqui_procedures::ids::SubjectRef(party),
        }
    }
}

/// Where the command line has the vault of a data folder.
fn vault(database: &Database) -> Vault {
    Vault {
        keys: KeyRing::at(database.data().join("secrets/vault")),
        ledger: Ledger::at(database.data().join("shred-ledger")),
    }
}

fn request(person: Option<Person>) -> FileRequest {
    FileRequest {
        procedure_type: "PERMIT".parse().unwrap(),
        unit: "obras".parse().unwrap(),
        channel: None,
        applicant_kind: None,
        calendars: vec![],
        occurred: None,
        person,
    }
}

/// A person whose every field has a mark.
fn marked(mark: &str) -> Value {
    json!({
        "name": format!("Ana {mark}n Ñusta"),
        "identification": format!("{mark}i"),
        "email": format!("{mark}e@example.org"),
        "phone": format!("099 {mark}p"),
        "address": format!("Calle {mark}a\nQuito"),
        "note": format!("{} {mark}o", "Vino con su hija. ".repeat(100)),
    })
}

fn person(mark: &str) -> Person {
    Person::from_json(marked(mark).to_string().as_bytes()).unwrap()
}

fn of_cedula(cedula: &str) -> Person {
    let fields = [(Field::Name, "Ana"), (Field::Identification, cedula)];
    let personal = |(field, text): (Field, &str)| (field, Personal::new(text.to_owned()));
    Person::new(fields.map(personal)).unwrap()
}

fn purpose() -> Purpose {
    "Notificar la resolución".parse().unwrap()
}

fn operator(name: &str) -> By {
    By::operator(name).unwrap()
}

/// Runs a command at the finest level of logging, with a text on its standard input.
fn with_input(database: &Database, arguments: &[&str], input: &str) -> Ran {
    let mut process = binary::command(database, arguments)
        .env("CHASQUI_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = process.wait_with_output().unwrap();
    Ran {
        status: output.status,
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Executes a statement on the vault's tables beside the store, as somebody does who has the database;
/// they are named as on PostgreSQL.
async fn execute(database: &Database, statement: &str) -> Result<u64, Box<dyn std::error::Error>> {
    match database.url.parse::<StoreUrl>()? {
        StoreUrl::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path)?;
            connection.busy_timeout(std::time::Duration::from_secs(10))?;
            let statement = statement.replace("vault.", "vault_");
            Ok(connection.execute(&statement, [])? as u64)
        }
        StoreUrl::Postgres(url) => {
            let pool = sqlx::PgPool::connect(&url).await?;
            Ok(sqlx::query(statement).execute(&pool).await?.rows_affected())
        }
    }
}

/// How many rows a table of the vault has.
async fn count(database: &Database, table: &str) -> i64 {
    let sql = format!("select count(*) from vault.{table}");
    match database.url.parse::<StoreUrl>().unwrap() {
        StoreUrl::Sqlite(path) => rusqlite::Connection::open(path)
            .unwrap()
            .query_row(&sql.replace("vault.", "vault_"), [], |row| row.get(0))
            .unwrap(),
        StoreUrl::Postgres(url) => {
            let pool = sqlx::PgPool::connect(&url).await.unwrap();
            sqlx::query_scalar(&sql).fetch_one(&pool).await.unwrap()
        }
    }
}

/// Copies the keys of the vault's epochs, and the pepper, as a restored node has them.
fn copy_secrets(from: &Database, to: &Database) {
    for folder in ["secrets", "secrets/vault"] {
        std::fs::create_dir_all(to.data().join(folder)).unwrap();
        for file in std::fs::read_dir(from.data().join(folder)).unwrap() {
            let file = file.unwrap();
            if file.path().is_file() {
                let there = to.data().join(folder).join(file.file_name());
                std::fs::copy(file.path(), there).unwrap();
            }
        }
    }
}
