//! `chasqui calendar`: decrees, and the due dates that move with them.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use chasqui_commands::CommandError;
use chasqui_deadlines::Decree;
use chasqui_keeper::{KeeperError, pass};
use chasqui_projections::register;
use serde_json::json;

use crate::arguments::{Calendar, CalendarCommand};
use crate::open::{self, Opened};
use crate::output::{Failure, environment, print, progress, refusal, say};
use crate::settings::Settings;

/// The longest file that can be a decree.
const MOST_BYTES: u64 = 64 << 10;

pub(crate) async fn run(settings: &Settings, asked: Calendar) -> Result<ExitCode, Failure> {
    // What is no decree is refused before anything is opened.
    let decree = match &asked.command {
        CalendarCommand::Decree { file } => Some(read(file)?),
        CalendarCommand::List { .. } | CalendarCommand::Keep => None,
    };
    let opened = open::log_as_it_is(settings).await?;
    if let CalendarCommand::List { json } = asked.command {
        list(&opened, json);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(decree) = decree {
        let id = decree.id.clone();
        if opened
            .commands
            .publish_decree(decree)
            .await
            .map_err(failed)?
        {
            say(format!("published {id}"));
        } else {
            say(format!(
                "{id} is published already; going on with the due dates"
            ));
        }
    }
    keep(settings, &opened).await
}

fn read(file: &Path) -> Result<Decree, Failure> {
    let mut text = String::new();
    let input: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        let opened = std::fs::File::open(file).map_err(|e| unreadable(file, e))?;
        Box::new(opened)
    };
    let mut input = input.take(MOST_BYTES);
    input
        .read_to_string(&mut text)
        .map_err(|e| unreadable(file, e))?;
    serde_json::from_str(&text).map_err(|error| {
        let error = anyhow::Error::new(error).context(format!("{} is no decree", file.display()));
        refusal(error, "see `chasqui calendar --help` for one that is")
    })
}

fn unreadable(file: &Path, error: std::io::Error) -> Failure {
    let error = anyhow::Error::new(error).context(format!("cannot read {}", file.display()));
    environment(error, "see that the file is there and can be read")
}

fn list(opened: &Opened, as_json: bool) {
    let book = opened.commands.calendars().book();
    for decree in book.decrees() {
        if as_json {
            print(json!(decree));
            continue;
        }
        let known = book.known_from(decree);
        let known = known.map_or_else(|| "always".to_owned(), |at| at.to_string());
        let until = decree.to.map_or_else(String::new, |to| format!(" to {to}"));
        print(format_args!(
            "{}  {}  {}{until}  known from {known}",
            decree.id, decree.calendar, decree.from
        ));
    }
}

async fn keep(settings: &Settings, opened: &Opened) -> Result<ExitCode, Failure> {
    let views = open::views(settings, &opened.store).await?;
    let open = register::Filter {
        open: true,
        ..register::Filter::default()
    };
    let open = views.read(|c, _| register::count(c, &open));
    let bar = progress(open.map_err(open::views_failed)?, "looking at procedures");
    let kept = pass(&opened.commands, &views, |seen| bar.set_position(seen)).await;
    bar.finish_and_clear();
    let kept = kept.map_err(|error| match error {
        KeeperError::View(error) => open::views_failed(error),
        KeeperError::Command(error) => failed(error),
    })?;
    open::views(settings, &opened.store).await?;
    say(format!(
        "{} due dates moved with the calendar; silence accrued on {} procedures",
        kept.moved, kept.accrued
    ));
    if kept.unclear > 0 {
        say(format!(
            "the time of {} procedures cannot be followed; the log above names them",
            kept.unclear
        ));
    }
    Ok(ExitCode::from(u8::from(kept.unclear > 0)))
}

fn failed(error: CommandError) -> Failure {
    match error {
        CommandError::Calendar(_) | CommandError::DecreeExists(_) => {
            refusal(error, "nothing was recorded; mend the decree")
        }
        CommandError::Rejected(_)
        | CommandError::UnknownType(_)
        | CommandError::UnknownUnit(_)
        | CommandError::NotAllowed(_)
        | CommandError::Changed { .. }
        | CommandError::KeyUsed
        | CommandError::InHand
        | CommandError::Contended
        | CommandError::Append(_)
        | CommandError::Read(_)
        | CommandError::Unreadable(_)
        | CommandError::Load(_)
        | CommandError::Vault(_)
        | CommandError::NoRandomness(_)
        | CommandError::Interrupted => environment(
            error,
            "check the database and run this again: it goes on where it was",
        ),
    }
}
