//! Clients that file and act without end. What is not answered is sent again under the same key until it
//! is: in the end every command that was sent was acknowledged once.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chasqui_tests::site::Site;
use serde_json::{Value, json};

const CLIENTS: usize = 12;
/// How long a command may go unanswered before the proof has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was acknowledged to a client.
#[derive(Clone, Debug)]
pub(crate) struct Acknowledged {
    pub(crate) procedure: String,
    pub(crate) version: u64,
    pub(crate) position: u64,
    pub(crate) events: u64,
}

/// The clients' common knowledge.
pub(crate) struct Load {
    addresses: Vec<String>,
    key: String,
    stopped: AtomicBool,
    told_again: AtomicU64,
    refused: AtomicU64,
    end: AtomicU64,
    done: Mutex<Vec<Acknowledged>>,
    grew: Condvar,
}

impl Load {
    pub(crate) fn new(site: &Site) -> Self {
        Self {
            addresses: site
                .services
                .iter()
                .map(|one| one.address.clone())
                .collect(),
            key: site.key.clone(),
            stopped: AtomicBool::new(false),
            told_again: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            end: AtomicU64::new(u64::MAX),
            done: Mutex::default(),
            grew: Condvar::new(),
        }
    }

    pub(crate) fn all(&self) -> Vec<Acknowledged> {
        self.done.lock().unwrap().clone()
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.done.lock().unwrap().len()
    }

    pub(crate) fn told_again(&self) -> u64 {
        self.told_again.load(Ordering::Relaxed)
    }

    /// Where the log ended, once nobody writes any more.
    pub(crate) fn end_at(&self, head: u64) {
        self.end.store(head, Ordering::Relaxed);
    }

    pub(crate) fn end(&self) -> u64 {
        self.end.load(Ordering::Relaxed)
    }

    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Returns once so many more commands were acknowledged: the load runs.
    pub(crate) fn until_it_runs(&self, more: u64) {
        let reached = self.reaches(more, PATIENCE);
        assert!(reached, "nothing is acknowledged any more");
    }

    /// Waits until so many more commands were acknowledged, or the time is up. Whether they were.
    pub(crate) fn reaches(&self, more: u64, time: Duration) -> bool {
        let done = self.done.lock().unwrap();
        let wanted = done.len() + usize::try_from(more).unwrap();
        let waited = self
            .grew
            .wait_timeout_while(done, time, |done| done.len() < wanted);
        !waited.unwrap().1.timed_out()
    }

    /// Returns once so many more commands were sent away for a while: the service lives, and cannot write.
    pub(crate) fn until_refused(&self, more: u64) {
        let done = self.done.lock().unwrap();
        let wanted = self.refused.load(Ordering::Relaxed) + more;
        let is_less = |_: &mut Vec<_>| self.refused.load(Ordering::Relaxed) < wanted;
        let waited = self.grew.wait_timeout_while(done, PATIENCE, is_less);
        assert!(!waited.unwrap().1.timed_out(), "nobody is told to wait");
    }

    fn refuse(&self) {
        let _done = self.done.lock().unwrap();
        self.refused.fetch_add(1, Ordering::Relaxed);
        self.grew.notify_all();
    }

    fn acknowledge(&self, one: Acknowledged) {
        self.done.lock().unwrap().push(one);
        self.grew.notify_all();
    }
}

/// Starts the clients.
pub(crate) fn clients(load: &Arc<Load>) -> Vec<JoinHandle<()>> {
    let client = |number: usize| {
        let load = Arc::clone(load);
        std::thread::spawn(move || Client::new(load, number).work())
    };
    (0..CLIENTS).map(client).collect()
}

struct Client {
    load: Arc<Load>,
    agent: ureq::Agent,
    number: usize,
    mine: Vec<String>,
}

impl Client {
    fn new(load: Arc<Load>, number: usize) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(5)))
            .build();
        Self {
            agent: agent.into(),
            load,
            number,
            mine: Vec::new(),
        }
    }

    fn work(mut self) {
        for turn in 0_u64.. {
            if self.load.stopped.load(Ordering::Relaxed) {
                return;
            }
            let once = format!("c{}-{turn}", self.number);
            // One in four is a new procedure; the others act on the newest ones.
            let acts = turn % 4 != 0 && !self.mine.is_empty();
            let (path, body) = if acts {
                let which = self.mine.len() - 1 - turn as usize % self.mine.len().min(3);
                let path = format!("/api/v1/procedures/{}/step", self.mine[which]);
                (path, json!({ "name": format!("Paso {turn}") }))
            } else {
                let body = json!({"type": "PERMIT", "unit": "obras"});
                ("/api/v1/procedures".to_owned(), body)
            };
            let answer = self.until_answered(&path, &once, &body);
            let text = |name: &str| answer[name].as_str().unwrap().to_owned();
            let number = |name: &str| answer[name].as_u64().unwrap();
            let done = Acknowledged {
                procedure: text("procedure"),
                version: number("version"),
                position: number("position"),
                events: answer["events"].as_array().unwrap().len() as u64,
            };
            if !acts {
                self.mine.push(done.procedure.clone());
            }
            self.load.acknowledge(done);
        }
    }

    /// Sends a command until it is acknowledged. Everything that is no acknowledgement has to be one of
    /// the answers that invite to send it again.
    fn until_answered(&self, path: &str, once: &str, body: &Value) -> Value {
        let until = Instant::now() + PATIENCE;
        for attempt in 0_usize.. {
            let addresses = &self.load.addresses;
            let address = &addresses[(self.number + attempt) % addresses.len()];
            let sent = self
                .agent
                .post(format!("{address}{path}"))
                .header("authorization", format!("Bearer {}", self.load.key))
                .header("idempotency-key", once)
                .header("content-type", "application/json")
                .send(body.to_string());
            if let Ok(mut answer) = sent {
                let status = answer.status().as_u16();
                let again = answer.headers().contains_key("idempotency-replayed");
                let text = answer.body_mut().read_to_string().unwrap_or_default();
                match (status, serde_json::from_str::<Value>(&text)) {
                    (200 | 201, Ok(answer)) => {
                        self.load
                            .told_again
                            .fetch_add(u64::from(again), Ordering::Relaxed);
                        return answer;
                    }
                    (503, _) => self.load.refuse(),
                    (200 | 201 | 409, _) => {}
                    (status, _) => panic!("{status}: {text}"),
                }
            }
            assert!(Instant::now() < until, "{path} was never answered");
            // A little later, or as soon as anybody gets an answer.
            self.load.reaches(1, Duration::from_millis(5));
        }
        unreachable!("the attempts have no end")
    }
}
