//! How soon what was acknowledged is seen by everybody: commands and questions over HTTP, to one service
//! with one PostgreSQL.

use std::process::Command;
use std::time::{Duration, Instant};

use chasqui_tests::site::Site;
use serde_json::{Value, json};
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::MissedTickBehavior;

use crate::parts;
use crate::report::{Goal, Section, Wanted, number};

const CALLERS: u32 = 20;
const COMMANDS_A_SECOND: u32 = 1_000;
/// One in so many commands is looked for.
const LOOKED_FOR: usize = 5;
const MOST_MILLISECONDS: f64 = 100.0;
/// What each caller does before its time is taken: connections are made, and plans.
const WARM_UP: usize = 20;

pub(crate) async fn run(server: &str, seconds: f64) -> Section {
    build_the_service();
    let url = parts::database(server, "bench_fresh").await;
    let site = spawn_blocking(move || Site::on(&url, 1)).await.unwrap();
    let began = Instant::now();
    let mut callers = JoinSet::new();
    for number in 0..CALLERS {
        let caller = Caller::new(&site, number);
        callers.spawn(caller.call(Duration::from_secs_f64(seconds)));
    }
    let (mut commands, mut waits) = (0, Vec::new());
    while let Some(ended) = callers.join_next().await {
        let (done, waited) = ended.unwrap();
        commands += done;
        waits.extend(waited);
    }
    let rate = f64::from(commands) / began.elapsed().as_secs_f64();
    section(rate, waits)
}

/// The service is another program than this one, beside it. If it is not there, it is built like this one.
fn build_the_service() {
    let this = std::env::current_exe().unwrap();
    if this.with_file_name("chasqui").is_file() {
        return;
    }
    let profile: &[&str] = if cfg!(debug_assertions) {
        &[]
    } else {
        &["--release"]
    };
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--locked", "-p", "chasqui-cli"])
        .args(profile)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.unwrap().success(), "the service cannot be built");
}

#[derive(Clone)]
struct Caller {
    agent: ureq::Agent,
    address: String,
    key: String,
    number: u32,
}

impl Caller {
    fn new(site: &Site, number: u32) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .build();
        Self {
            agent: agent.into(),
            address: site.services[0].address.clone(),
            key: site.key.clone(),
            number,
        }
    }

    /// Commands at an even pace; answers how many, and how long those that it looked for took to be seen.
    async fn call(self, time: Duration) -> (u32, Vec<Duration>) {
        let mut pace = tokio::time::interval(Duration::from_secs(1) * CALLERS / COMMANDS_A_SECOND);
        // Who is late does not make up for it by a crowd.
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let until = Instant::now() + time;
        let (mut commands, mut waits) = (0, Vec::new());
        let (mut procedure, mut code) = (String::new(), String::new());
        for turn in 0_usize.. {
            pace.tick().await;
            if Instant::now() > until {
                break;
            }
            let is_filing = turn.is_multiple_of(50);
            let (path, body) = if is_filing {
                let body = json!({"type": "PERMIT", "unit": "obras"});
                ("procedures".to_owned(), body)
            } else {
                let body = json!({"name": format!("Paso {turn}")});
                (format!("procedures/{procedure}/step"), body)
            };
            let caller = self.clone();
            let name = format!("c{}-{turn}", self.number);
            let answer = spawn_blocking(move || caller.post(&path, &name, &body));
            let (answer, acknowledged) = answer.await.unwrap();
            commands += 1;
            if is_filing {
                answer["procedure"]
                    .as_str()
                    .unwrap()
                    .clone_into(&mut procedure);
                answer["code"].as_str().unwrap().clone_into(&mut code);
            }
            // A code that is not there yet would count as a guess.
            if !is_filing && turn.is_multiple_of(LOOKED_FOR) {
                let position = answer["position"].as_u64().unwrap();
                let (caller, code) = (self.clone(), code.clone());
                let seen = spawn_blocking(move || caller.until_seen(&code, position));
                let seen = seen.await.unwrap();
                if turn > WARM_UP {
                    waits.push(seen - acknowledged);
                }
            }
        }
        (commands, waits)
    }

    fn post(&self, path: &str, once: &str, body: &Value) -> (Value, Instant) {
        let sent = self
            .agent
            .post(format!("{}/api/v1/{path}", self.address))
            .header("authorization", format!("Bearer {}", self.key))
            .header("idempotency-key", once)
            .header("content-type", "application/json")
            .send(body.to_string());
        let text = sent.unwrap().body_mut().read_to_string().unwrap();
        (serde_json::from_str(&text).unwrap(), Instant::now())
    }

    /// Asks as the public does until it is there; answers when it was seen.
    fn until_seen(&self, code: &str, position: u64) -> Instant {
        let address = format!("{}/api/v1/procedures/{code}", self.address);
        loop {
            let mut answer = self.agent.get(&address).call().unwrap();
            let text = answer.body_mut().read_to_string().unwrap();
            let shown: Value = serde_json::from_str(&text).unwrap();
            if shown["log"]["index"].as_u64() >= Some(position) {
                return Instant::now();
            }
        }
    }
}

fn section(rate: f64, mut waits: Vec<Duration>) -> Section {
    waits.sort_unstable();
    let percentile = |percent: usize| {
        let place = (waits.len() * percent / 100).min(waits.len().saturating_sub(1));
        waits
            .get(place)
            .map_or(f64::NAN, |one| one.as_secs_f64() * 1_000.0)
    };
    let (half, most) = (percentile(50), percentile(99));
    Section {
        name: "fresh",
        about: format!(
            "From the acknowledgement of a command to the first answer of `GET /api/v1/procedures/{{code}}` \
             that shows it, the question's own time included: {CALLERS} callers over HTTP at an even pace, \
             one service, one PostgreSQL, {} samples.",
            number(waits.len() as f64)
        ),
        columns: vec!["commands /s", "p50 ms", "p99 ms"],
        rows: vec![vec![number(rate), number(half), number(most)]],
        goals: vec![
            Goal {
                what: "commands a second meanwhile".to_owned(),
                found: rate,
                wanted: Wanted::AtLeast(f64::from(COMMANDS_A_SECOND) * 0.9),
            },
            Goal {
                what: "99th percentile from acknowledged to visible, ms".to_owned(),
                found: most,
                wanted: Wanted::AtMost(MOST_MILLISECONDS),
            },
        ],
    }
}
