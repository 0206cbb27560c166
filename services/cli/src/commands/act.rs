//! One command on one procedure: find it, let the domain decide, say what was recorded.

use std::process::ExitCode;

use chasqui_commands::{Done, Order};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::ids::ProcedureId;
use chasqui_projections::register;
use serde_json::json;

use super::file::failed;
use crate::act::Act;
use crate::open::{self, Opened};
use crate::output::{Failure, print, refusal, usage};
use crate::settings::Settings;

pub(crate) async fn run(settings: &Settings, act: Act) -> Result<ExitCode, Failure> {
    let command = act.command()?;
    let named = Named::parse(&act.on().procedure)?;
    let opened = open::log_as_it_is(settings).await?;
    let procedure = named.find(settings, &opened).await?;
    let done = opened
        .commands
        .execute(Order::of_operator(), procedure, command)
        .await;
    say_done(&done.map_err(failed)?, act.on().json);
    Ok(ExitCode::SUCCESS)
}

/// How a procedure was named.
pub(super) enum Named {
    Code(TrackingCode),
    Identity(ProcedureId),
}

impl Named {
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        if let Ok(identity) = text.parse() {
            return Ok(Self::Identity(identity));
        }
        // The code is not repeated in the message: it is a key, and messages end up in logs.
        text.parse().map(Self::Code).map_err(|error| {
            usage(
                anyhow::Error::new(error).context("neither a tracking code nor an identity"),
                "copy the 15 letters and digits from the receipt",
            )
        })
    }

    pub(super) async fn find(
        self,
        settings: &Settings,
        opened: &Opened,
    ) -> Result<ProcedureId, Failure> {
        let code = match self {
            Self::Identity(identity) => return Ok(identity),
            Self::Code(code) => code,
        };
        let lookup = opened.commands.lookup(&code);
        let views = open::views(settings, &opened.store).await?;
        let row = views.read(|connection, _| register::by_code(connection, &lookup));
        let row = row.map_err(open::views_failed)?;
        row.map(|row| row.procedure).ok_or_else(|| {
            refusal(
                anyhow::anyhow!("no procedure has this code"),
                "compare it with the receipt, and check that this is the right database",
            )
        })
    }
}

fn say_done(done: &Done, as_json: bool) {
    let (events, due) = (&done.events, done.due.as_ref());
    if as_json {
        print(json!({
            "procedure": done.procedure,
            "version": done.version,
            "position": done.position,
            "recorded_at": done.recorded_at,
            "events": events,
            "due": due,
        }));
        return;
    }
    let due = match due {
        None => String::new(),
        Some(due) => match due.on {
            Some(on) => format!(", due on {on}"),
            None => ", due once the term goes on".to_owned(),
        },
    };
    let (events, position) = (events.join(", "), done.position);
    print(format_args!(
        "{events} recorded at position {position}{due}"
    ));
}
