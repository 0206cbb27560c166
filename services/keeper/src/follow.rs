//! The keeper at work beside a service: when a day begins, and when a decree is published.

use std::time::Duration;

use chasqui_commands::Commands;
use chasqui_projections::Views;
use jiff::civil::Date;

use crate::pass::{KeeperError, pass};

/// How often the keeper looks whether a day has begun or a decree has come.
const TICK: Duration = Duration::from_secs(1);
/// How long a pass waits for the views to catch up before it goes on with what they show.
const PATIENCE: Duration = Duration::from_secs(600);

/// Keeps time for as long as the process lives: a pass at the start, at the beginning of each day in the
/// municipality's zone, and after each decree, whoever published it. After an error it tries again.
pub async fn follow(commands: Commands, views: Views) {
    let mut done: Option<Date> = None;
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match turn(&commands, &views, done).await {
            Ok(today) => done = Some(today),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "cannot keep time; trying again");
                done = None;
            }
        }
    }
}

/// Makes a pass if it is time for one. Answers the day for which all is done.
async fn turn(commands: &Commands, views: &Views, done: Option<Date>) -> Result<Date, KeeperError> {
    let news = commands.learn_calendars().await?;
    let today = commands.clock().moment().on();
    if !news && done == Some(today) {
        return Ok(today);
    }
    // A pass sees the open procedures that the views show: they should know of all.
    let head = commands
        .head()
        .await
        .map_err(chasqui_commands::CommandError::from)?;
    views.wait_for(head, PATIENCE).await?;
    let kept = pass(commands, views, |_| {}).await?;
    if kept.moved + kept.accrued + kept.unclear > 0 {
        tracing::info!(
            moved = kept.moved,
            accrued = kept.accrued,
            unclear = kept.unclear,
            "kept time: due dates moved with the calendar, silence accrued"
        );
    }
    if done != Some(today)
        && let Err(error) = commands.forget_answers().await
    {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(error, "cannot forget old answers; trying again tomorrow");
    }
    Ok(today)
}
