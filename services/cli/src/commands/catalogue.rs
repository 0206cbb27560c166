//! `chasqui catalogue`: compare a catalogue with what is published, and publish what is new.

use std::path::Path;
use std::process::ExitCode;

use chasqui_commands::{CatalogueChange, CommandError};
use chasqui_procedures::catalogue::Catalogue as Book;
use chasqui_projections::catalogue;
use serde_json::json;

use crate::arguments::{Catalogue, CatalogueCommand};
use crate::open::{self, Opened};
use crate::output::{Failure, environment, print, refusal, say};
use crate::settings::Settings;

/// The largest file that can be a catalogue.
const MOST_BYTES: u64 = 16 << 20;

pub(crate) async fn run(settings: &Settings, asked: Catalogue) -> Result<ExitCode, Failure> {
    match asked.command {
        CatalogueCommand::List { json } => list(settings, json).await,
        CatalogueCommand::Diff { file, json } => {
            let book = read(&file)?;
            let opened = open::log_as_it_is(settings).await?;
            let changes = compare(&opened, &book).await?;
            changes.iter().for_each(|change| show(change, json));
            Ok(ExitCode::from(u8::from(!changes.is_empty())))
        }
        CatalogueCommand::Publish { file } => {
            let book = read(&file)?;
            let opened = open::log_as_it_is(settings).await?;
            let changes = compare(&opened, &book).await?;
            changes.iter().for_each(|change| show(change, false));
            let published = opened.commands.publish_catalogue(&book).await;
            let published = published.map_err(failed)?;
            say(format!("published {published} records"));
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn compare(opened: &Opened, book: &Book) -> Result<Vec<CatalogueChange>, Failure> {
    opened
        .commands
        .compare_catalogue(book)
        .await
        .map_err(failed)
}

fn read(file: &Path) -> Result<Book, Failure> {
    let unreadable = |error: std::io::Error| {
        let error = anyhow::Error::new(error).context(format!("cannot read {}", file.display()));
        environment(error, "see that the file is there and can be read")
    };
    if std::fs::metadata(file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(unreadable(std::io::Error::other("it is larger than 16 MB")));
    }
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    let book: Result<Book, _> = serde_json::from_str(&text);
    let book = book.map_err(|error| no_catalogue(file, error.into()))?;
    book.check()
        .map_err(|error| no_catalogue(file, error.into()))?;
    Ok(book)
}

fn no_catalogue(file: &Path, error: anyhow::Error) -> Failure {
    let error = error.context(format!("{} is no catalogue", file.display()));
    refusal(
        error,
        "nothing was published; compare it with deploy/quito/catalogue.json",
    )
}

fn show(change: &CatalogueChange, as_json: bool) {
    let kind = if change.is_type { "type" } else { "unit" };
    if as_json {
        print(json!({ "kind": kind, "id": change.id, "fields": change.fields }));
        return;
    }
    match &change.fields {
        None => print(format_args!("new {kind} {}", change.id)),
        Some(fields) => print(format_args!(
            "changed {kind} {}: {}",
            change.id,
            fields.join(", ")
        )),
    }
}

async fn list(settings: &Settings, as_json: bool) -> Result<ExitCode, Failure> {
    let store = open::store(settings).await?;
    let views = open::views(settings, &store).await?;
    let types = views.read(|connection, _| catalogue::type_versions(connection));
    for version in types.map_err(open::views_failed)? {
        if as_json {
            print(json!(version));
        } else {
            let term = version.term.map_or("-".to_owned(), |term| term.to_string());
            print(format_args!(
                "{}  version {}  {term}  {}",
                version.id, version.version, version.name
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn failed(error: CommandError) -> Failure {
    environment(
        error,
        "what was published stays; check the database and run this again: it goes on where it was",
    )
}
