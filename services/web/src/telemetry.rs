//! What a monitor asks: numbers, and no code, address or person among them.

use crate::app::App;
use crate::log;

/// Says what the numbers mean. Called once, before the first of them.
pub fn describe() {
    metrics::describe_counter!(
        "chasqui_code_lookups_total",
        "Look-ups by tracking code: hit, miss, mistyped, or limited because its network missed too often."
    );
    metrics::describe_gauge!(
        "chasqui_enumeration_alarm",
        "1 while somebody seems to be guessing tracking codes: too many misses within a minute."
    );
    metrics::describe_gauge!(
        "chasqui_log_checkpoint_age_seconds",
        "How long ago the log's checkpoint was published. More than 60 is a fault."
    );
    metrics::describe_gauge!(
        "chasqui_log_cosignature_lag_seconds",
        "How long ago each outside witness cosigned."
    );
    metrics::describe_gauge!(
        "chasqui_views_position",
        "The number of events that the views have taken in."
    );
    metrics::describe_gauge!(
        "chasqui_views_halted",
        "1 if the views do not go on by themselves."
    );
}

/// Brings those numbers up to date that are looked up and not counted.
pub fn observe(app: &App) {
    let progress = app.views().progress().unwrap_or_default();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a monitor wants a float, and far fewer than 2^53"
    )]
    metrics::gauge!("chasqui_views_position").set(progress.position as f64);
    metrics::gauge!("chasqui_views_halted").set(f64::from(u8::from(progress.halted.is_some())));
    if let Some(state) = log::state(app) {
        #[expect(clippy::cast_precision_loss, reason = "a monitor wants a float")]
        metrics::gauge!("chasqui_log_checkpoint_age_seconds").set(state.age_seconds as f64);
    }
    let alarm = f64::from(u8::from(app.misses().is_alarming()));
    metrics::gauge!("chasqui_enumeration_alarm").set(alarm);
}
