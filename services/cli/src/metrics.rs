//! `/metrics`, on an address of its own, for a monitor.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chasqui_web::App;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use crate::output::{Failure, environment, say};

/// Serves the numbers for as long as the process lives.
pub(crate) async fn serve(address: &str, app: App) -> Result<(), Failure> {
    let recorder = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|error| environment(error, "report this as a fault of the program"))?;
    chasqui_web::describe();
    let unusable = |error: std::io::Error| {
        let error = anyhow::Error::new(error).context(format!("cannot listen on {address}"));
        environment(error, "choose another address with --metrics-listen")
    };
    let listener = TcpListener::bind(address).await.map_err(unusable)?;
    let local = listener.local_addr().map_err(unusable)?;
    say(format!("metrics on http://{local}/metrics"));
    let router = Router::new()
        .route("/metrics", get(render))
        .with_state((app, recorder));
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(error = %error, "metrics are served no longer");
        }
    });
    Ok(())
}

async fn render(State((app, recorder)): State<(App, PrometheusHandle)>) -> String {
    chasqui_web::observe(&app);
    recorder.render()
}
