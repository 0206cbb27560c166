//! `chasqui init`: the secrets of a new deployment.

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
    Ok(ExitCode::SUCCESS)
}
