//! Processes that keep procedures in memory: what is stale there is found out, and never believed.

use chasqui_commands::{
    CommandError, Commands, Done, FileRequest, FiledProcedure, OpenLog, Order, Secrets,
};
use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::recorded::kind;
use chasqui_procedures::rejection::Rejection;
use chasqui_procedures::text::Label;
use chasqui_store::Store;

use crate::support::{Database, both};

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_a_stale_memory_is_taken_again_on_what_is_there() {
    both(async |database| {
        let (here, there) = (process(&database).await, process(&database).await);
        let procedure = file(&here).await;
        act(&here, procedure, Wish::Admit).await.unwrap();
        act(&there, procedure, start("Inspección")).await.unwrap();
        // What is remembered here would let it begin as well: the store says that there is more.
        let done = act(&here, procedure, start("Informe")).await.unwrap();
        assert_eq!(done.version, 4);
        act(&there, procedure, complete("Informe")).await.unwrap();
        let done = act(&here, procedure, complete("Inspección")).await.unwrap();
        assert_eq!(done.version, 6);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stale_memory_would_refuse_is_looked_up_before_it_is_refused() {
    both(async |database| {
        let (here, there) = (process(&database).await, process(&database).await);
        let procedure = file(&here).await;
        act(&here, procedure, Wish::Admit).await.unwrap();
        let refused = act(&here, procedure, Wish::Notify { channel: None }).await;
        assert!(
            matches!(refused, Err(CommandError::Rejected(Rejection::NotDecided))),
            "{refused:?}"
        );
        let outcome = Outcome::Granted;
        act(&there, procedure, Wish::Decide { outcome })
            .await
            .unwrap();
        let done = act(&here, procedure, Wish::Notify { channel: None })
            .await
            .unwrap();
        assert_eq!(done.version, 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_holds_no_longer_is_refused_and_stores_nothing() {
    both(async |database| {
        let (here, there) = (process(&database).await, process(&database).await);
        let procedure = file(&here).await;
        act(&there, procedure, Wish::Withdraw).await.unwrap();
        let head = here.head().await.unwrap();
        // As it is remembered here, it could be taken up.
        let refused = act(&here, procedure, Wish::Admit).await;
        assert!(
            matches!(refused, Err(CommandError::Rejected(_))),
            "{refused:?}"
        );
        assert_eq!(here.head().await.unwrap(), head);
        let unknown = act(&here, ProcedureId(uuid::Uuid::now_v7()), Wish::Admit).await;
        assert!(
            matches!(unknown, Err(CommandError::Rejected(Rejection::NotFiled))),
            "{unknown:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_processes_on_the_same_few_procedures_lose_no_step() {
    both(async |database| {
        let mut processes = Vec::new();
        for _ in 0..3 {
            processes.push(process(&database).await);
        }
        let mut procedures = Vec::new();
        for _ in 0..4 {
            procedures.push(file(&processes[0]).await);
        }
        let mut callers = tokio::task::JoinSet::new();
        for caller in 0..12 {
            let commands = processes[caller % 3].clone();
            let procedures = procedures.clone();
            callers.spawn(async move { call(&commands, &procedures, caller).await });
        }
        let mut done = [0; 4];
        while let Some(ended) = callers.join_next().await {
            let ended = ended.unwrap();
            done.iter_mut()
                .zip(ended)
                .for_each(|(all, more)| *all += more);
        }
        let store = database.open().await;
        for (procedure, done) in procedures.iter().zip(done) {
            let stream = store
                .load(kind::PROCEDURE, procedure.to_string())
                .await
                .unwrap();
            let sequences: Vec<u64> = stream.iter().map(|record| record.sequence).collect();
            let expected: Vec<u64> = (1..=1 + done).collect();
            assert_eq!(sequences, expected, "each acknowledged step, once");
        }
        assert!(done.iter().sum::<u64>() > 100, "{done:?}");
    })
    .await;
}

/// Begins and completes steps of its own; answers how many entries each procedure got.
async fn call(commands: &Commands, procedures: &[ProcedureId], caller: usize) -> [u64; 4] {
    let mut done = [0; 4];
    for turn in 0..12 {
        let at = (caller + turn) % procedures.len();
        let name = format!("Paso {caller} {turn}");
        for wish in [start(&name), complete(&name)] {
            loop {
                match act(commands, procedures[at], wish.clone()).await {
                    Ok(_) => break done[at] += 1,
                    // Others were quicker three times: it may be asked again.
                    Err(CommandError::Contended) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
        }
    }
    done
}

/// Commands as another process would have them.
async fn process(database: &Database) -> Commands {
    process_on(database.open().await).await
}

pub(crate) async fn process_on(store: Store) -> Commands {
    let log = OpenLog {
        entity: label("Municipio"),
        zone: "America/Guayaquil".to_owned(),
        synthetic: false,
    };
    let secrets = Secrets::new([7; 32]);
    let commands = Commands::open(store, secrets, &log).await.unwrap();
    let unit = Unit::new("obras".parse().unwrap(), label("Obras"));
    commands.publish_unit(&unit).await.unwrap();
    let rules: TypeVersion = serde_json::from_str(
        r#"{"id":"permit","version":1,"name":"Permiso","term":{"amount":10,"unit":"business_days"}}"#,
    )
    .unwrap();
    commands.publish_type(&rules).await.unwrap();
    commands
}

async fn file(commands: &Commands) -> ProcedureId {
    file_once(commands).await.unwrap().procedure
}

pub(crate) async fn file_once(commands: &Commands) -> Result<Done, CommandError> {
    file_whole(commands).await.map(|filed| filed.done)
}

pub(crate) async fn file_whole(commands: &Commands) -> Result<FiledProcedure, CommandError> {
    let request = FileRequest {
        procedure_type: "permit".parse().unwrap(),
        unit: "obras".parse().unwrap(),
        channel: None,
        applicant_kind: None,
        calendars: vec![],
        occurred: None,
        person: None,
    };
    commands.file(Order::of_operator(), request).await
}

async fn act(
    commands: &Commands,
    procedure: ProcedureId,
    wish: Wish,
) -> Result<Done, CommandError> {
    let command = Command {
        occurred: None,
        wish,
    };
    commands
        .execute(Order::of_operator(), procedure, command)
        .await
}

fn start(step: &str) -> Wish {
    Wish::StartStep { step: label(step) }
}

fn complete(step: &str) -> Wish {
    Wish::CompleteStep { step: label(step) }
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}
