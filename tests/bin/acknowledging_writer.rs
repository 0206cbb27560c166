//! Files procedures without end, several at once, and says the code of each as soon as it is
//! acknowledged: something to kill. Usage: `acknowledging_writer DATABASE_URL PEPPER_FILE TYPE UNIT`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test program: it may die, and speaks by its output"
)]

use chasqui_commands::{Commands, FileRequest, OpenLog, Order, Secrets};
use chasqui_procedures::text::Label;
use chasqui_store::{Migrate, Store};

const CALLERS: usize = 8;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, pepper, procedure_type, unit] = arguments.as_slice() else {
        panic!("usage: acknowledging_writer DATABASE_URL PEPPER_FILE TYPE UNIT");
    };
    let store = Store::open(&url.parse().unwrap(), Migrate::Check)
        .await
        .unwrap();
    let log = OpenLog {
        entity: Label::parse("Municipio").unwrap(),
        zone: "America/Guayaquil".to_owned(),
        synthetic: false,
    };
    let commands = Commands::open(store, Secrets::new(read(pepper)), &log)
        .await
        .unwrap();
    let request = FileRequest {
        procedure_type: procedure_type.parse().unwrap(),
        unit: unit.parse().unwrap(),
        channel: None,
        applicant_kind: None,
        calendars: vec![],
        occurred: None,
        person: None,
    };
    let mut callers = tokio::task::JoinSet::<()>::new();
    for _ in 0..CALLERS {
        let (commands, request) = (commands.clone(), request.clone());
        callers.spawn(async move {
            loop {
                let filed = commands
                    .file(Order::of_operator(), request.clone())
                    .await
                    .unwrap();
                println!("{}", filed.code.reveal());
            }
        });
    }
    // The first that fails ends it all.
    callers.join_next().await.unwrap().unwrap();
}

fn read(pepper: &str) -> [u8; 32] {
    let text = std::fs::read_to_string(pepper).unwrap();
    std::array::from_fn(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap())
}
