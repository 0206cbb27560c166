//! Guessing codes: misses are counted per network, and a network that has missed too often waits. No
//! code is ever locked, and whoever types their own code never notices.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::app::App;
use crate::client::networks;
use crate::pages::error::PageProblem;
use crate::problem::{ApiProblem, Problem};

/// How often an address may miss in a row, and how long it takes to earn one more try. Somebody who
/// copies a code from paper misses a few times; behind one address there may be a whole village.
const OF_AN_ADDRESS: (u32, Duration) = (30, Duration::from_secs(10));
/// The same for the network around it.
const OF_A_NETWORK: (u32, Duration) = (120, Duration::from_secs(2));
/// The misses in one minute, of all networks together, that raise the alarm.
const ALARM: u32 = 200;
/// How many misses pass before what is no longer needed is forgotten.
const FORGET_AFTER: u32 = 10_000;

type Limiter = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>;

/// What is known of misses. It is kept in memory only, and forgotten.
pub(crate) struct Misses {
    limiters: [Limiter; 2],
    state: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Until when each network waits.
    waiting: BTreeMap<IpAddr, Instant>,
    /// When the minute began whose misses are counted, and how many there were.
    minute: Option<(Instant, u32)>,
    since_forgetting: u32,
}

impl Misses {
    pub(crate) fn new() -> Self {
        let limiter = |(burst, each): (u32, Duration)| {
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::with_period(each).unwrap_or(Quota::per_second(burst));
            RateLimiter::hashmap(quota.allow_burst(burst))
        };
        Self {
            limiters: [OF_AN_ADDRESS, OF_A_NETWORK].map(limiter),
            state: Mutex::default(),
        }
    }

    /// How long a client has to wait before it may ask for a code; none if it may ask now.
    fn wait(&self, client: IpAddr) -> Option<Duration> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let until = networks(client)
            .into_iter()
            .filter_map(|network| state.waiting.get(&network));
        until
            .max()
            .and_then(|until| until.checked_duration_since(now))
    }

    /// Counts a miss of a client.
    fn count(&self, client: IpAddr) {
        let now = Instant::now();
        let clock = DefaultClock::default();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for (limiter, network) in self.limiters.iter().zip(networks(client)) {
            if let Err(refused) = limiter.check_key(&network) {
                let wait = refused.wait_time_from(clock.now());
                state.waiting.insert(network, now + wait);
            }
        }
        let (began, misses) = state.minute.unwrap_or((now, 0));
        let same = now.duration_since(began) < Duration::from_secs(60);
        state.minute = Some(if same { (began, misses + 1) } else { (now, 1) });
        state.since_forgetting += 1;
        if state.since_forgetting > FORGET_AFTER {
            state.since_forgetting = 0;
            state.waiting.retain(|_, until| *until > now);
            for limiter in &self.limiters {
                limiter.retain_recent();
                limiter.shrink_to_fit();
            }
        }
    }

    /// Whether somebody seems to be guessing codes.
    pub(crate) fn is_alarming(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.minute.is_some_and(|(began, misses)| {
            misses >= ALARM && began.elapsed() < Duration::from_secs(120)
        })
    }
}

/// Stands before every address that opens with a code.
pub(crate) async fn guard(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let client = app.proxies().client(peer, request.headers());
    let is_api = request.uri().path().starts_with("/api/");
    if let Some(wait) = app.misses().wait(client) {
        told("limited");
        let problem = Problem::TooManyMisses {
            seconds: wait.as_secs() + 1,
        };
        return if is_api {
            ApiProblem(problem).into_response()
        } else {
            PageProblem::new(&app, problem).into_response()
        };
    }
    let answer = next.run(request).await;
    match answer.status() {
        // A mistyped code was never looked up, and tells a guesser nothing.
        StatusCode::BAD_REQUEST => told("mistyped"),
        StatusCode::NOT_FOUND => {
            told("miss");
            app.misses().count(client);
        }
        _ => told("hit"),
    }
    answer
}

fn told(result: &'static str) {
    metrics::counter!("chasqui_code_lookups_total", "result" => result).increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_once_it_has_missed_too_often_and_its_neighbours_do_not() {
        let misses = Misses::new();
        let guesser: IpAddr = "192.0.2.7".parse().unwrap();
        for _ in 0..OF_AN_ADDRESS.0 {
            misses.count(guesser);
            assert_eq!(misses.wait(guesser), None);
        }
        misses.count(guesser);
        assert!(misses.wait(guesser).is_some());
        assert_eq!(misses.wait("192.0.2.8".parse().unwrap()), None);
    }

    #[test]
    fn a_whole_network_of_guessers_waits_and_raises_the_alarm() {
        let misses = Misses::new();
        assert!(!misses.is_alarming());
        for turn in 0..=ALARM {
            misses.count(IpAddr::from([192, 0, 2, (turn % 200) as u8]));
        }
        assert!(misses.wait("192.0.2.250".parse().unwrap()).is_some());
        assert_eq!(misses.wait("198.51.100.1".parse().unwrap()), None);
        assert!(misses.is_alarming());
    }
}
