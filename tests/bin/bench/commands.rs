//! Commands through our store and through stock `postgres-es`, in turns on one server: so many callers
//! at once, each waiting for its answer before it asks again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chasqui_commands::{Commands, Order};
use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::ids::ProcedureId;
use cqrs_es::CqrsFramework;
use cqrs_es::persist::PersistedEventStore;
use postgres_es::{PostgresEventRepository, default_postgress_pool};
use uuid::Uuid;

use crate::parts;
use crate::report::{Goal, Section, Wanted, median, number};

const IN_FLIGHT: [usize; 4] = [1, 16, 128, 256];
/// What a caller does before its time is taken.
const WARM_UP: Duration = Duration::from_millis(300);

/// The stock table, as `postgres-es` 0.5 makes it.
const STOCK: &str = "create table events (
    aggregate_type text not null, aggregate_id text not null,
    sequence bigint check (sequence >= 0) not null, event_type text not null,
    event_version text not null, payload json not null, metadata json not null,
    primary key (aggregate_type, aggregate_id, sequence))";

type Stock = CqrsFramework<
    ProcedureAggregate,
    PersistedEventStore<PostgresEventRepository, ProcedureAggregate>,
>;

/// Who carries the commands out.
#[derive(Clone)]
enum System {
    Stock(Arc<Stock>),
    Ours(Commands),
    /// Ours with nothing of the procedures in memory: each command is on another one of these.
    Cold(Commands, Arc<Cold>),
}

struct Cold {
    procedures: Vec<ProcedureId>,
    next: AtomicUsize,
}

/// What one system did at one load.
#[derive(Default)]
struct Measured {
    rates: Vec<f64>,
    /// Microseconds.
    latencies: Vec<u32>,
}

impl Measured {
    fn percentile(&mut self, percent: usize) -> f64 {
        self.latencies.sort_unstable();
        let place = self.latencies.len() * percent / 100;
        let last = self.latencies.len().saturating_sub(1);
        self.latencies
            .get(place.min(last))
            .map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }
}

pub(crate) async fn run(server: &str, seconds: f64, rounds: usize) -> Section {
    let stock = System::Stock(Arc::new(stock(server).await));
    let (store, ours) = parts::open(&parts::database(server, "bench_ours").await).await;
    let mut measured: Vec<[Measured; 3]> = IN_FLIGHT.iter().map(|_| Default::default()).collect();
    for _ in 0..rounds {
        for (place, in_flight) in IN_FLIGHT.into_iter().enumerate() {
            // More than the fastest disk lets so many callers do, and no caller runs out.
            let most_a_second = (10_000.0 * in_flight as f64).min(60_000.0);
            let cold = ((seconds + WARM_UP.as_secs_f64()) * most_a_second) as usize;
            let cold = Cold {
                procedures: prepare(&ours, cold).await,
                next: AtomicUsize::new(0),
            };
            let fresh = parts::commands_of(store.clone()).await;
            let cold = System::Cold(fresh, Arc::new(cold));
            for (system, measured) in [&stock, &System::Ours(ours.clone()), &cold]
                .into_iter()
                .zip(&mut measured[place])
            {
                measure(system, in_flight, seconds, measured).await;
            }
        }
    }
    section(measured)
}

async fn stock(server: &str) -> Stock {
    let url = parts::database(server, "bench_stock").await;
    let pool = default_postgress_pool(&url).await;
    sqlx::query(STOCK).execute(&pool).await.unwrap();
    let store = PersistedEventStore::new_event_store(PostgresEventRepository::new(pool));
    CqrsFramework::new(store, vec![], parts::services())
}

/// Procedures that are filed, admitted and in their first step: four commands old.
async fn prepare(commands: &Commands, count: usize) -> Vec<ProcedureId> {
    let history = parts::history(2);
    let ids: Vec<ProcedureId> = (0..count).map(|_| ProcedureId(Uuid::now_v7())).collect();
    for block in ids.chunks(2_000) {
        let block = block.iter().map(|id| (*id, history.clone())).collect();
        commands.record(block).await.unwrap();
    }
    ids
}

async fn measure(system: &System, in_flight: usize, seconds: f64, measured: &mut Measured) {
    let begun = Instant::now();
    let count_from = begun + WARM_UP;
    let until = count_from + Duration::from_secs_f64(seconds);
    let callers = (0..in_flight).map(|_| tokio::spawn(call(system.clone(), count_from, until)));
    let mut latencies = Vec::new();
    for caller in callers.collect::<Vec<_>>() {
        latencies.extend(caller.await.unwrap());
    }
    let took = Instant::now().min(until).duration_since(count_from);
    measured
        .rates
        .push(latencies.len() as f64 / took.as_secs_f64());
    measured.latencies.extend(latencies);
}

/// One caller: procedure after procedure, command after command.
async fn call(system: System, count_from: Instant, until: Instant) -> Vec<u32> {
    let life = parts::life();
    let mut latencies = Vec::new();
    let mut keep = |begun: Instant| {
        let ended = Instant::now();
        if begun >= count_from && ended <= until {
            let took = ended.duration_since(begun).as_micros();
            latencies.push(u32::try_from(took).unwrap_or(u32::MAX));
        }
        ended < until
    };
    loop {
        let mut begun = Instant::now();
        match &system {
            System::Stock(framework) => {
                let id = Uuid::now_v7().to_string();
                let all = [parts::file()].into_iter().chain(life.clone());
                for command in all {
                    framework.execute(&id, command).await.unwrap();
                    if !keep(begun) {
                        return latencies;
                    }
                    begun = Instant::now();
                }
            }
            System::Ours(commands) => {
                let filed = commands
                    .file(Order::of_operator(), parts::filing())
                    .await
                    .unwrap();
                for command in life.clone() {
                    if !keep(begun) {
                        return latencies;
                    }
                    begun = Instant::now();
                    commands
                        .execute(Order::of_operator(), filed.done.procedure, command)
                        .await
                        .unwrap();
                }
                if !keep(begun) {
                    return latencies;
                }
            }
            System::Cold(commands, cold) => {
                let next = cold.next.fetch_add(1, Ordering::Relaxed);
                let id = cold.procedures.get(next).expect("enough procedures");
                commands
                    .execute(Order::of_operator(), *id, life[2].clone())
                    .await
                    .unwrap();
                if !keep(begun) {
                    return latencies;
                }
            }
        }
    }
}

fn section(mut measured: Vec<[Measured; 3]>) -> Section {
    let mut rows = Vec::new();
    let mut goals = Vec::new();
    let wanted = [1.0, 2.5, 6.0, 10.0];
    for ((in_flight, three), wanted) in IN_FLIGHT.iter().zip(&mut measured).zip(wanted) {
        let [stock_rate, ours_rate, cold_rate] = [0, 1, 2].map(|one| median(&three[one].rates));
        let p = |one: &mut Measured| {
            let (half, most) = (one.percentile(50), one.percentile(99));
            format!("{half:.2} / {most:.2}")
        };
        let [stock, ours, cold] = three;
        rows.push(vec![
            in_flight.to_string(),
            number(stock_rate),
            number(ours_rate),
            number(cold_rate),
            format!("{:.2}", ours_rate / stock_rate),
            format!("{:.2}", cold_rate / stock_rate),
            p(stock),
            p(ours),
            p(cold),
        ]);
        goals.push(Goal {
            what: format!("commands a second, ours to stock, {in_flight} in flight"),
            found: ours_rate / stock_rate,
            wanted: Wanted::AtLeast(wanted),
        });
        if *in_flight == 128 {
            goals.push(Goal {
                what: "99th percentile of a command, ours to stock, 128 in flight".to_owned(),
                found: ours.percentile(99) / stock.percentile(99),
                wanted: Wanted::AtMost(1.0 / 3.0),
            });
        }
    }
    Section {
        name: "commands",
        about: "Commands a second: a procedure is filed and led to its end by eight commands, each caller \
             waiting for each answer. *Stock* is `postgres-es` 0.5 with its own pool and table; *ours* is \
             the whole way of a command as the service runs it; *cold* is ours with nothing in memory, \
             each command on another procedure."
            .to_owned(),
        columns: vec![
            "in flight",
            "stock /s",
            "ours /s",
            "cold /s",
            "ours : stock",
            "cold : stock",
            "stock p50 / p99 ms",
            "ours p50 / p99 ms",
            "cold p50 / p99 ms",
        ],
        rows,
        goals,
    }
}
