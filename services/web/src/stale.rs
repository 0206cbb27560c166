//! Late data is said to be late: where the views have stopped, or have been behind the log for minutes.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::{dates, messages};

/// For how long the views may be behind before readers are told.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often it is looked at, however many ask.
const EVERY: Duration = Duration::from_secs(10);

/// Since when the views are behind the log.
#[derive(Default)]
pub(crate) struct Lag(Mutex<Known>);

#[derive(Default)]
struct Known {
    looked: Option<Instant>,
    behind_since: Option<Instant>,
}

impl Lag {
    /// Whether it is time to look again; whoever is told so does.
    fn is_due(&self) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = known.looked.is_none_or(|looked| looked.elapsed() > EVERY);
        if is_due {
            known.looked = Some(Instant::now());
        }
        is_due
    }

    fn set(&self, is_behind: bool) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.behind_since = match (is_behind, known.behind_since) {
            (false, _) => None,
            (true, since) => since.or_else(|| Some(Instant::now())),
        };
    }

    fn is_long(&self) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .behind_since
            .is_some_and(|since| since.elapsed() > PATIENCE)
    }
}

/// Looks now and then whether the views keep up. A log that cannot be asked says nothing of them.
pub(crate) async fn look(State(app): State<App>, request: Request, next: Next) -> Response {
    if app.lag().is_due()
        && let Ok(head) = app.commands().head().await
        && let Ok(progress) = app.views().progress()
    {
        app.lag().set(progress.position < head);
    }
    next.run(request).await
}

/// What readers are told of late data; none where it is not late.
pub(crate) fn notice(app: &App) -> Option<String> {
    let progress = app.views().progress().ok()?;
    if progress.halted.is_some() {
        return Some(messages::plain("halted").to_owned());
    }
    if !app.lag().is_long() {
        return None;
    }
    let zone = app.commands().clock().zone().clone();
    let when = progress
        .recorded_at
        .map(|at| dates::clock(&at.to_zoned(zone)))
        .unwrap_or_default();
    Some(messages::plain_with("stale", &[("when", (&when).into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_that_catch_up_are_not_late_any_more() {
        let lag = Lag::default();
        assert!(lag.is_due());
        assert!(!lag.is_due());
        lag.set(true);
        let since = lag.0.lock().unwrap().behind_since;
        assert!(since.is_some() && !lag.is_long());
        lag.set(true);
        assert_eq!(lag.0.lock().unwrap().behind_since, since);
        lag.set(false);
        assert_eq!(lag.0.lock().unwrap().behind_since, None);
    }
}
