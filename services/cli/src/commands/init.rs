//! `chasqui init`: the secrets of a new deployment: the pepper, and the first key of the vault.

use std::process::ExitCode;

use crate::output::{Failure, say};
use crate::secrets;
use crate::settings::Settings;

pub(crate) fn run(settings: &Settings) -> Result<ExitCode, Failure> {
    let file = settings.pepper_file();
    if secrets::create(&file)? {
        say(format!(
            "made {}; keep a copy of it, apart from the database",
            file.display()
        ));
    } else {
        secrets::load(&file, false)?;
        say(format!(
            "{} is there already; it stays as it is",
            file.display()
        ));
    }
    let vault = settings.vault();
    let folder = vault.keys.folder().display();
    if secrets::make_epoch(&vault)? {
        say(format!(
            "made {folder}; keep a copy of it in two sealed places, and a new one after each \
             `chasqui vault rotate`"
        ));
    } else {
        say(format!("{folder} is there already; it stays as it is"));
    }
    Ok(ExitCode::SUCCESS)
}
