//! `chasqui file`: file a procedure, and print its code. Only here and now is the code known.

use std::path::Path;
use std::process::ExitCode;

use chasqui_commands::vault::Person;
use chasqui_commands::{CommandError, FileRequest, Order};
use chasqui_procedures::Moment;
use chasqui_procedures::rejection::Rejection;
use serde_json::json;

use crate::arguments::File;
use crate::commands::person;
use crate::open;
use crate::output::{Failure, environment, print, refusal, usage};
use crate::private_input;
use crate::settings::{self, Settings};

pub(crate) async fn run(settings: &Settings, file: File) -> Result<ExitCode, Failure> {
    let request = request(&file)?;
    let opened = open::log_as_it_is(settings).await?;
    let filed = opened
        .commands
        .file(Order::of_operator(), request)
        .await
        .map_err(failed)?;
    let code = filed.code.reveal();
    if file.json {
        print(json!({
            "code": code,
            "procedure": filed.done.procedure,
            "version": filed.done.version,
            "position": filed.done.position,
            "recorded_at": filed.done.recorded_at,
        }));
    } else {
        print(code);
    }
    Ok(ExitCode::SUCCESS)
}

fn request(file: &File) -> Result<FileRequest, Failure> {
    let word = |e| usage(e, "identifiers are letters, digits, '.', '_' and '-'");
    let occurred: Option<Moment> = match &file.filed_at {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|e| usage(e, "write --filed-at like that"))?,
        ),
    };
    Ok(FileRequest {
        procedure_type: file.procedure_type.parse().map_err(word)?,
        unit: file.unit.parse().map_err(word)?,
        channel: file
            .channel
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(word)?,
        applicant_kind: file
            .applicant_kind
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(word)?,
        calendars: Vec::new(),
        occurred,
        person: file.person.as_deref().map(read_person).transpose()?,
    })
}

/// The person of a filing. What is wrong with it is said without repeating it.
fn read_person(file: &Path) -> Result<Person, Failure> {
    let json = private_input::read(file, Person::MAX_JSON)?;
    Person::from_json(&json).map_err(|error| {
        usage(
            error,
            "give --person a file like {\"name\": \"...\", \"phone\": \"...\"}",
        )
    })
}

/// What the domain refused, in the language of whoever works here.
fn rejected(rejection: Rejection) -> Failure {
    let hint = match rejection.article() {
        None => "mend what was asked, and ask again".to_owned(),
        Some(article) => format!(
            "{} forbids it: mend what was asked, and ask again",
            article.0
        ),
    };
    match settings::language() {
        None => refusal(CommandError::from(rejection), hint),
        Some(language) => {
            let sentence = rejection.sentence(language);
            let note = language.note().map(|note| format!(" ({note})"));
            refusal(
                anyhow::anyhow!("{sentence}{}", note.unwrap_or_default()),
                hint,
            )
        }
    }
}

pub(super) fn failed(error: CommandError) -> Failure {
    match error {
        CommandError::Rejected(rejection) => rejected(rejection),
        CommandError::UnknownType(_)
        | CommandError::UnknownUnit(_)
        | CommandError::DecreeExists(_)
        | CommandError::Calendar(_) => refusal(error, "mend what was asked, and ask again"),
        CommandError::Vault(error) => person::failed(error),
        CommandError::NotAllowed(_) | CommandError::KeyUsed => {
            refusal(error, "ask whoever manages the keys")
        }
        CommandError::Contended | CommandError::Changed { .. } | CommandError::InHand => {
            refusal(error, "look at the procedure, and try again")
        }
        CommandError::Append(_)
        | CommandError::Read(_)
        | CommandError::Unreadable(_)
        | CommandError::Load(_)
        | CommandError::NoRandomness(_)
        | CommandError::Interrupted => environment(error, "check the database, and try again"),
    }
}
