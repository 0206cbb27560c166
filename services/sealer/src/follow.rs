//! The sealer at work beside a service.

use std::time::{Duration, Instant};

use chasqui_store::Store;
use jiff::Timestamp;

use crate::error::SealerError;
use crate::folder::{LogFolder, Mark};
use crate::key::LogKey;
use crate::sealer::Sealer;
use crate::witnesses::Witnesses;

/// How long the sealer waits for news before it asks by itself.
const POLL: Duration = Duration::from_millis(400);
/// How long it gathers what comes before it signs again.
const GATHER: Duration = Duration::from_millis(250);
/// A checkpoint is never older than a minute: signed again even if there is nothing new.
const RENEW: Duration = Duration::from_secs(45);
/// How long it waits after an error.
const AGAIN: Duration = Duration::from_secs(5);

/// Seals for as long as the process lives. After an error it opens the log anew, with every check; a
/// refusal is repeated in the process's log until somebody has looked.
pub async fn follow(
    store: Store,
    folder: LogFolder,
    mark: Mark,
    key: impl Fn() -> Result<(LogKey, Witnesses), SealerError>,
) {
    loop {
        let opened = match key() {
            Ok((key, witnesses)) => {
                let (store, folder, mark) = (store.clone(), folder.clone(), mark.clone());
                Sealer::open(store, folder, mark, key, witnesses).await
            }
            Err(error) => Err(error),
        };
        let error = match opened {
            Ok(sealer) => work(&store, sealer).await,
            Err(error) => error,
        };
        let error = &error as &dyn std::error::Error;
        tracing::error!(
            error,
            "the log is not sealed; run `chasqui log fsck`, see docs/operate.md"
        );
        tokio::time::sleep(AGAIN).await;
    }
}

/// Works until something fails.
async fn work(store: &Store, mut sealer: Sealer) -> SealerError {
    let mut watch = store.watch();
    let mut renewed: Option<Instant> = None;
    loop {
        let renew = renewed.is_none_or(|at| at.elapsed() >= RENEW);
        let size = match sealer.turn(Timestamp::now(), renew).await {
            Ok(sealed) => {
                if sealed.signed {
                    renewed = Some(Instant::now());
                }
                sealed.size
            }
            Err(error) => return error,
        };
        tokio::time::sleep(GATHER).await;
        let _ = tokio::time::timeout(POLL, watch.wait_for(|head| *head > size)).await;
    }
}
