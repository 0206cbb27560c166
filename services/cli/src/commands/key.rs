//! `chasqui key`: the keys by which systems may write. Only here and now is a key's secret known.

use std::process::ExitCode;

use chasqui_commands::authorise::{
    ApiKey, CreatedKey, Grant, KeyError, KnownKey, MOST_DAYS, NewKey, Reach, UnitScope, Verb, Verbs,
};
use chasqui_commands::{Clock, CommandError, Commands};
use chasqui_procedures::text::Label;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::open;
use crate::output::{Failure, environment, print, refusal, say, usage};
use crate::settings::Settings;

/// See [`crate::arguments::Command::Key`].
#[derive(Debug, Args)]
pub(crate) struct Key {
    #[command(subcommand)]
    command: KeyCommand,
}

/// What can be done with keys.
#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key, and print it: this once.
    #[command(after_help = "Examples:
  chasqui key create --unit catastro --scopes file,step,decide --expires 2027-01-01
  chasqui key create --unit catastro --label 'Sistema de catastro' --scopes all
  chasqui key create --whole-municipality --label Intranet --scopes list-procedures,read-history

To put a new key in an old one's place: make the new one, give it to its system, and revoke the old
one once nobody uses it. One label of a unit has two active keys at most.")]
    Create(Create),
    /// List all keys that ever were made, without their secrets.
    List {
        /// Print one line of JSON for each.
        #[arg(long)]
        json: bool,
    },
    /// Revoke a key: from now on it opens nothing.
    #[command(after_help = "Example:
  chasqui key revoke 7k3qx0m9zt")]
    Revoke {
        /// The key's id, as `key list` shows it; or a whole key that became known.
        #[arg(value_name = "ID")]
        id: String,
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
struct Create {
    /// The unit that the key acts for, and for no other.
    #[arg(
        long,
        value_name = "U",
        required_unless_present = "whole_municipality",
        conflicts_with = "whole_municipality"
    )]
    unit: Option<String>,
    /// The key acts for all units, and on what they share.
    #[arg(long)]
    whole_municipality: bool,
    /// What it may do: names with commas between them, or `all` for every one that there is now.
    #[arg(long, value_name = "S,S", long_help = scopes_help())]
    scopes: String,
    /// The day on which it opens no more; a year from today if it is not said.
    #[arg(long, value_name = "D")]
    expires: Option<Date>,
    /// The system that holds it, never a person; the unit's name if it is not said.
    #[arg(long, value_name = "L")]
    label: Option<String>,
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

fn scopes_help() -> String {
    let of = |reach: Reach| {
        let verbs = Verb::ALL.iter().filter(|verb| verb.reach() == reach);
        let names: Vec<&str> = verbs.map(|verb| verb.name()).collect();
        names.join(", ")
    };
    format!(
        "What it may do: names with commas between them, or `all` for every one that there is now.\n\n\
         On what is with its unit: {}.\n\n\
         Only with --whole-municipality: {}.",
        of(Reach::Unit),
        of(Reach::Municipality)
    )
}

pub(crate) async fn run(settings: &Settings, asked: Key) -> Result<ExitCode, Failure> {
    match asked.command {
        KeyCommand::Create(create) => make(settings, create).await,
        KeyCommand::List { json } => list(&open(settings).await?, json).await,
        KeyCommand::Revoke { id, json } => revoke(&open(settings).await?, &id, json).await,
    }
}

async fn open(settings: &Settings) -> Result<Commands, Failure> {
    Ok(open::log_as_it_is(settings).await?.commands)
}

async fn make(settings: &Settings, create: Create) -> Result<ExitCode, Failure> {
    // What cannot be understood is refused before anything is opened.
    let unit = match &create.unit {
        Some(unit) => UnitScope::One(
            unit.parse()
                .map_err(|e| usage(e, "give --unit a unit's id in the catalogue"))?,
        ),
        None => UnitScope::All,
    };
    let verbs = verbs(&create.scopes, &unit)?;
    let label = create.label.as_deref().or(create.unit.as_deref());
    let label = Label::parse(label.unwrap_or("municipality"))
        .map_err(|e| usage(e, "give --label the name of the system that holds the key"))?;
    let commands = open(settings).await?;
    let expires_at = expires(commands.clock(), create.expires)?;
    let new = NewKey {
        unit,
        verbs,
        label,
        expires_at,
    };
    let CreatedKey { key, grant } = commands.create_key(new).await.map_err(failed)?;
    let text = key.reveal();
    if create.json {
        let mut line = told(&grant);
        line["key"] = json!(*text);
        print(line);
    } else {
        print(&*text);
    }
    say("keep it where its system keeps secrets: it is shown this once, and stored nowhere");
    Ok(ExitCode::SUCCESS)
}

fn verbs(scopes: &str, unit: &UnitScope) -> Result<Verbs, Failure> {
    if scopes == "all" {
        let fits = |verb: &Verb| verb.reach() == Reach::Unit || *unit == UnitScope::All;
        return Ok(Verb::ALL.iter().copied().filter(fits).collect());
    }
    scopes
        .parse()
        .map_err(|e| usage(e, "`chasqui key create --help` lists the scopes"))
}

/// The beginning of a day in the municipality's zone.
fn expires(clock: &Clock, asked: Option<Date>) -> Result<Timestamp, Failure> {
    let today = clock.moment().on();
    let day = asked.unwrap_or_else(|| today.saturating_add(1.year()));
    let begins = day.to_zoned(clock.zone().clone());
    begins
        .map(|at| at.timestamp())
        .map_err(|e| usage(e, "give --expires a day like 2027-01-01"))
}

async fn list(commands: &Commands, as_json: bool) -> Result<ExitCode, Failure> {
    let now = commands.clock().now();
    for key in commands.keys().await.map_err(failed)? {
        if as_json {
            print(known(&key, now));
            continue;
        }
        let KnownKey { grant, .. } = &key;
        let day = grant.expires_at.to_zoned(commands.clock().zone().clone());
        print(format_args!(
            "{}  {:7}  {}  {}  until {}  {}",
            grant.id,
            state(&key, now),
            grant.unit,
            grant.label,
            day.date(),
            grant.verbs
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn revoke(commands: &Commands, id: &str, as_json: bool) -> Result<ExitCode, Failure> {
    let key = ApiKey::parse(id);
    let id = key.as_ref().map_or(id, |key| key.id().as_str());
    let key = commands.revoke_key(id).await.map_err(failed)?;
    if as_json {
        print(known(&key, commands.clock().now()));
    } else {
        say(format_args!("{} opens nothing any more", key.grant.id));
    }
    Ok(ExitCode::SUCCESS)
}

fn state(key: &KnownKey, now: Timestamp) -> &'static str {
    match key.revoked_at {
        Some(_) => "revoked",
        None if key.is_active(now) => "active",
        None => "expired",
    }
}

fn known(key: &KnownKey, now: Timestamp) -> Value {
    let mut line = told(&key.grant);
    line["state"] = json!(state(key, now));
    line["revoked_at"] = json!(key.revoked_at);
    line
}

fn told(grant: &Grant) -> Value {
    json!({
        "id": grant.id.as_str(),
        "environment": grant.environment.name(),
        "label": grant.label,
        "unit": grant.unit.unit(),
        "scopes": grant.verbs.iter().map(Verb::name).collect::<Vec<_>>(),
        "created_at": grant.created_at,
        "expires_at": grant.expires_at,
    })
}

fn failed(error: KeyError) -> Failure {
    match error {
        KeyError::Expired(_) | KeyError::TooLong(_) => usage(
            error,
            format_args!("give --expires a day to come, {MOST_DAYS} days away at most"),
        ),
        KeyError::NoVerbs => usage(error, "`chasqui key create --help` lists the scopes"),
        KeyError::NotForOneUnit(_) => usage(
            error,
            "leave it out, or make a key with --whole-municipality",
        ),
        KeyError::TooMany { .. } => refusal(
            error,
            "revoke the one that is not used any more: `chasqui key list` shows them",
        ),
        KeyError::Unknown(_) => refusal(error, "`chasqui key list` shows the keys"),
        KeyError::Unit(CommandError::UnknownUnit(_)) => {
            refusal(error, "give --unit a unit that the catalogue has")
        }
        KeyError::Unit(_) | KeyError::NoRandomness(_) | KeyError::Read(_) | KeyError::Write(_) => {
            environment(error, "check the database, and try again")
        }
    }
}
