//! `GET /api/v1/events/stream`: the feed as server-sent events, from where the reader was.
//!
//! Nothing waits for a slow reader: each reads the views for itself, a few hundred events at a time, and
//! holds no more than that. Whoever is cut off comes back with `Last-Event-ID`, and misses and repeats
//! nothing.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use chasqui_projections::stream;
use futures_util::Stream;
use tokio::sync::OwnedSemaphorePermit;

use super::line::PublicEvent;
use crate::app::App;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// How many events are read at once for one reader.
const BATCH: usize = 200;
/// How often something is said while nothing happens, so that proxies keep the line open.
const HEARTBEAT: Duration = Duration::from_secs(15);

struct Reader {
    app: App,
    next: u64,
    ready: VecDeque<Event>,
    /// While it is held, the reader is one of those that may follow at the same time.
    _place: OwnedSemaphorePermit,
}

/// Follows the feed: from the event after `Last-Event-ID`, or from what is still to come.
pub(crate) async fn follow(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiProblem> {
    let head = app.views().progress()?.position;
    let next = match headers.get("last-event-id") {
        None => head,
        Some(id) => {
            let id = id
                .to_str()
                .ok()
                .and_then(|id| id.trim().parse::<u64>().ok());
            id.map(|id| id.saturating_add(1))
                .filter(|next| *next <= head)
                .ok_or_else(unknown_id)?
        }
    };
    let place = app.place_to_follow().ok_or(Problem::TooManyFollowers)?;
    let reader = Reader {
        app,
        next,
        ready: VecDeque::new(),
        _place: place,
    };
    let events = futures_util::stream::unfold(reader, |mut reader| async {
        let event = reader.event().await?;
        Some((Ok(event), reader))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

fn unknown_id() -> Problem {
    Problem::BadQuestion(vec![FieldProblem {
        pointer: "Last-Event-ID".to_owned(),
        code: "unknown_position",
        detail: "se espera la posición del último evento recibido".to_owned(),
    }])
}

impl Reader {
    /// The next event, once there is one; none when the service stops or cannot read.
    async fn event(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let next = self.next;
            let (lines, _) = self
                .app
                .read(|connection| stream::read(connection, next, BATCH))
                .ok()?;
            if lines.is_empty() {
                let grown = self.app.views().grown(next);
                tokio::select! {
                    () = grown => {}
                    () = self.app.closed() => return None,
                }
                continue;
            }
            self.next += lines.len() as u64;
            for line in lines {
                let line = PublicEvent::of(&self.app, line);
                let event = Event::default().id(line.position().to_string());
                self.ready.push_back(event.json_data(&line).ok()?);
            }
        }
    }
}
