//! Hints between processes: one `NOTIFY` for what was appended, outside the transaction that appended it.
//!
//! Inside it, the hint would make all appends of the server wait for each other. Anybody who may connect
//! can say something on the channel, so nothing that is heard is believed: it is a reason to ask the
//! database, and whoever follows asks by itself as well.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgNotification, PgPool};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::read::head;
use crate::queue::learn;

const CHANNEL: &str = "chasqui_log";
/// The least time between two hints: what is appended meanwhile is told by the next.
const PAUSE: Duration = Duration::from_millis(20);
/// How long a listener that cannot listen waits before it tries again.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says what this process has appended, until the writer is gone.
pub(super) async fn say(hints: PgPool, mut appended: watch::Receiver<u64>) {
    while appended.changed().await.is_ok() {
        let size = *appended.borrow_and_update();
        let said = sqlx::query("select pg_notify($1, $2)")
            .bind(CHANNEL)
            .bind(size.to_string())
            .execute(&hints)
            .await;
        if let Err(error) = said {
            tracing::debug!(error = %error, "a hint was not given; others find out by asking");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The task that hears what others say, which ends with this value.
#[derive(Debug)]
pub(super) struct Listener(JoinHandle<()>);

impl Listener {
    pub(super) fn begin(hints: PgPool, readers: PgPool, told: watch::Sender<u64>) -> Self {
        Self(tokio::spawn(async move {
            loop {
                if let Err(error) = hear(&hints, &readers, &told).await {
                    tracing::debug!(error = %error, "cannot hear others; they are asked instead");
                }
                tokio::time::sleep(PATIENCE).await;
            }
        }))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Listens for as long as the connection holds. What was said while nobody listened is made up for by
/// asking first.
async fn hear(
    hints: &PgPool,
    readers: &PgPool,
    told: &watch::Sender<u64>,
) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(hints).await?;
    listener.listen(CHANNEL).await?;
    learn(told, head(readers).await?);
    while let Some(heard) = listener.try_recv().await? {
        if is_news(&heard, told) {
            learn(told, head(readers).await?);
        }
    }
    Ok(())
}

/// What this process said itself comes back to it as well.
fn is_news(heard: &PgNotification, told: &watch::Sender<u64>) -> bool {
    let size = heard.payload().parse::<u64>();
    size.map_or(true, |size| size > *told.borrow())
}
