//! `/log/…`: the verifiable log as the static files that it is (C2SP tlog-tiles), so that a proxy or a
//! mirror could answer as well. Nothing is computed here, and nothing beyond the published checkpoint is
//! shown: whoever verifies never meets a tile that no signature covers.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::tile::{BundleId, TileId, bundle_prefix};
use serde::Serialize;

use crate::app::App;
use crate::problem::{ApiProblem, Problem};

/// A tile never changes: its address has its width.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A checkpoint is a second old, or a minute.
const FIVE_SECONDS: &str = "public, max-age=5";
/// A verifier may run on any site.
const ANYBODY: (header::HeaderName, &str) = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");

/// The newest signed checkpoint.
pub(crate) async fn checkpoint(State(app): State<App>) -> Result<impl IntoResponse, ApiProblem> {
    let bytes = read(&app, "checkpoint").await?;
    Ok(text(FIVE_SECONDS, bytes))
}

/// The public key of the log, in the one line that verifiers take.
pub(crate) async fn vkey(State(app): State<App>) -> Result<impl IntoResponse, ApiProblem> {
    let bytes = read(&app, "vkey").await?;
    Ok(text("public, max-age=300", bytes))
}

/// Who must have cosigned a checkpoint, or that nobody outside does ("sin veeduría externa").
pub(crate) async fn policy(State(app): State<App>) -> Result<impl IntoResponse, ApiProblem> {
    let bytes = read(&app, "policy").await?;
    Ok(text("public, max-age=300", bytes))
}

/// A tile of hashes, or a bundle of entries.
pub(crate) async fn tile(
    State(app): State<App>,
    Path(rest): Path<String>,
) -> Result<impl IntoResponse, ApiProblem> {
    // Only what parses as a tile is looked for, and under the name that it prints.
    let wanted = format!("tile/{rest}");
    let published = read(&app, "checkpoint").await?;
    let published = SignedCheckpoint::parse(&published).map_err(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "the published checkpoint cannot be read");
        Problem::Unavailable
    })?;
    let size = published.checkpoint().size();
    let bytes = match wanted.parse::<BundleId>() {
        Ok(id) => bundle(&app, id, size).await?,
        Err(_) => {
            let id = wanted.parse().map_err(|_| Problem::NoSuchAddress)?;
            hashes(&app, id, size).await?
        }
    };
    let kind = (header::CONTENT_TYPE, "application/octet-stream");
    Ok(([kind, (header::CACHE_CONTROL, FOR_EVER), ANYBODY], bytes))
}

/// The hashes of a tile. A narrow one that was never written, or tidied away, is the beginning of the
/// one that is there now.
async fn hashes(app: &App, id: TileId, size: u64) -> Result<Vec<u8>, Problem> {
    let now = TileId::in_tree(id.level(), id.index(), size);
    let now = now.filter(|_| id.lies_in(size));
    let now = now.ok_or(Problem::NoSuchAddress)?;
    let names = [id, now, id.full()].map(|id| id.to_string());
    let mut bytes = first(app, &names).await?;
    bytes.truncate(usize::from(id.width()) * 32);
    Ok(bytes)
}

/// The entries of a bundle; the same of a narrow one.
async fn bundle(app: &App, id: BundleId, size: u64) -> Result<Vec<u8>, Problem> {
    let now = BundleId::in_tree(id.index(), size);
    let now = now.filter(|_| id.lies_in(size));
    let now = now.ok_or(Problem::NoSuchAddress)?;
    let names = [id, now, id.full()].map(|id| id.to_string());
    let bytes = first(app, &names).await?;
    let begins = bundle_prefix(&bytes, id.width()).map_err(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, bundle = %id, "a bundle of the log is damaged");
        Problem::Unavailable
    })?;
    Ok(begins.to_vec())
}

/// The first of these files that is there.
async fn first(app: &App, names: &[String]) -> Result<Vec<u8>, Problem> {
    let mut found = Err(Problem::NoSuchAddress);
    for name in names {
        found = read(app, name).await;
        if !matches!(found, Err(Problem::NoSuchAddress)) {
            break;
        }
    }
    found
}

/// Whether the published checkpoint covers a position. What was once published stays so; only for
/// what is newer the file is read again.
pub(crate) fn is_sealed(app: &App, position: u64) -> bool {
    if position < app.sealed().load(Ordering::Relaxed) {
        return true;
    }
    let size = published(app).map_or(0, |one| one.checkpoint().size());
    app.sealed().fetch_max(size, Ordering::Relaxed);
    position < size
}

/// How the log stands, for whoever watches over the service.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct LogState {
    /// Entries under the published checkpoint.
    size: u64,
    /// How long ago it was published; it is published again at least once a minute.
    pub(crate) age_seconds: u64,
    /// Outside witnesses that the policy names; with none the page says "sin veeduría externa".
    witnesses: usize,
    /// How many of them have cosigned this checkpoint.
    cosigned: usize,
}

/// How the log stands; nothing if there is none here.
pub(crate) fn state(app: &App) -> Option<LogState> {
    let (folder, published) = (app.log()?, published(app)?);
    let file = std::fs::metadata(folder.join("checkpoint")).ok()?;
    let age = SystemTime::now().duration_since(file.modified().ok()?);
    let policy = std::fs::read(folder.join("policy")).ok();
    let policy = policy.and_then(|text| Policy::parse(&text).ok());
    let keys: Vec<_> = policy.iter().flat_map(Policy::witnesses).collect();
    let keys: Vec<_> = keys.iter().map(|witness| &witness.key).collect();
    Some(LogState {
        size: published.checkpoint().size(),
        age_seconds: age.unwrap_or_default().as_secs(),
        witnesses: keys.len(),
        cosigned: published.note().verify(&keys).map_or(0, |by| by.len()),
    })
}

fn published(app: &App) -> Option<SignedCheckpoint> {
    let bytes = std::fs::read(app.log()?.join("checkpoint")).ok()?;
    SignedCheckpoint::parse(&bytes).ok()
}

fn text(kept: &'static str, bytes: Vec<u8>) -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    ([kind, (header::CACHE_CONTROL, kept), ANYBODY], bytes)
}

/// A file of the log; there is no such address while there is no such file, or no log.
async fn read(app: &App, name: &str) -> Result<Vec<u8>, Problem> {
    let path: PathBuf = app.log().ok_or(Problem::NoSuchAddress)?.join(name);
    tokio::fs::read(&path).await.map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            return Problem::NoSuchAddress;
        }
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, name, "a file of the log cannot be read");
        Problem::Unavailable
    })
}
