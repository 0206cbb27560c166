//! `chasqui serve`: pages and API, and the views beside them.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use chasqui_commands::Commands;
use chasqui_projections::{Folder, Runner, Views};
use chasqui_sealer::LogFolder;
use chasqui_web::{App, TrustedProxies};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::log;
use crate::arguments::Serve;
use crate::feed::StoreFeed;
use crate::metrics;
use crate::open::{self, Opened};
use crate::output::{Failure, environment, say};
use crate::prover::StoreProver;
use crate::settings::Settings;

/// How often a process that reads another's views asks whether that one has ended.
const TAKE_OVER: Duration = Duration::from_secs(1);

pub(crate) async fn run(settings: Settings, _serve: Serve) -> Result<ExitCode, Failure> {
    let opened = open::log_as_it_is(&settings).await?;
    serve(&settings, opened, |address| {
        say(format!("serving on {address}"))
    })
    .await
}

/// Serves an open log until the process is told to stop. `ready` is told the address once it answers.
pub(crate) async fn serve(
    settings: &Settings,
    opened: Opened,
    ready: impl FnOnce(&str),
) -> Result<ExitCode, Failure> {
    let views = follow(settings, &opened)?;
    seal(settings, &opened)?;
    let listener = TcpListener::bind(&settings.listen).await.map_err(|error| {
        let error =
            anyhow::Error::new(error).context(format!("cannot listen on {}", settings.listen));
        environment(error, "choose another address with --listen")
    })?;
    let address = listener
        .local_addr()
        .map_err(|e| environment(e, "choose another address"))?;
    let public_url = match &settings.public_url {
        Some(_) => settings.public_url(),
        None => format!("http://{address}"),
    };
    let proxies = TrustedProxies::new(settings.trusted_proxies.clone());
    let folder = log::Place::of(settings).folder;
    let prover = Box::new(StoreProver::new(opened.store.clone(), folder.clone()));
    let app = App::new(
        views,
        opened.commands,
        public_url.clone(),
        proxies,
        Some((folder, prover)),
    );
    if let Some(address) = &settings.metrics_listen {
        metrics::serve(address, app.clone()).await?;
    }
    let router =
        chasqui_web::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    ready(&public_url);
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            stopped().await;
            app.close();
        })
        .await
        .map_err(|error| environment(error, "look at the log"))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the views in the background, and keeps time; reads those of another process if one writes them already.
fn follow(settings: &Settings, opened: &Opened) -> Result<Views, Failure> {
    let folder = open::folder(&settings.data_dir)?;
    let feed = Arc::new(StoreFeed(opened.store.clone()));
    match Runner::claim(&folder, Arc::clone(&feed)).map_err(open::views_failed)? {
        Some(runner) => {
            let views = runner.views();
            tokio::spawn(runner.follow());
            tokio::spawn(chasqui_keeper::follow(
                opened.commands.clone(),
                views.clone(),
            ));
            Ok(views)
        }
        None => {
            tracing::info!("another process writes the views of this folder; reading them");
            let views = Views::of_another_process(folder.clone());
            tokio::spawn(take_over(
                folder,
                feed,
                opened.commands.clone(),
                views.clone(),
            ));
            Ok(views)
        }
    }
}

/// Seals the log where its key is, on a thread of its own: syncing files holds up nobody who reads.
fn seal(settings: &Settings, opened: &Opened) -> Result<(), Failure> {
    let place = log::Place::of(settings);
    if !place.key.exists() {
        tracing::info!("there is no key of the log here; `chasqui log init` makes one");
        return Ok(());
    }
    let hint = "check the data folder's owner and the free space";
    let folder = LogFolder::open(&place.folder).map_err(|e| environment(e, hint))?;
    let (store, runtime) = (opened.store.clone(), tokio::runtime::Handle::current());
    let sealer = move || {
        let signers = || place.signers();
        let mark = place.mark.clone();
        runtime.block_on(chasqui_sealer::follow(store, folder, mark, signers));
    };
    let thread = std::thread::Builder::new().name("sealer".to_owned());
    thread
        .spawn(sealer)
        .map_err(|e| environment(e, "free some memory"))?;
    Ok(())
}

/// Waits until nobody writes the views any more, and goes on with it.
async fn take_over(folder: Folder, feed: Arc<StoreFeed>, commands: Commands, views: Views) {
    let mut ticks = tokio::time::interval(TAKE_OVER);
    loop {
        ticks.tick().await;
        match Runner::claim(&folder, Arc::clone(&feed)) {
            Ok(None) => {}
            Ok(Some(runner)) => {
                tracing::info!("the process that wrote the views has ended; writing them here");
                tokio::spawn(chasqui_keeper::follow(commands, views));
                return runner.follow().await;
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "cannot ask for the right to write the views");
            }
        }
    }
}

async fn stopped() {
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::warn!(error = %error, "cannot wait for a signal to stop");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
