//! `chasqui code`: replace a tracking code, or take it away. Only here and now is the new one known.

use std::process::ExitCode;

use chasqui_commands::Order;

use super::act::Named;
use super::file::failed;
use crate::arguments::{Code, CodeCommand};
use crate::open;
use crate::output::{Failure, print, say};
use crate::settings::Settings;

pub(crate) async fn run(settings: &Settings, asked: Code) -> Result<ExitCode, Failure> {
    let (CodeCommand::Reissue { procedure } | CodeCommand::Revoke { procedure }) = &asked.command;
    let named = Named::parse(procedure)?;
    let opened = open::log_as_it_is(settings).await?;
    let procedure = named.find(settings, &opened).await?;
    match asked.command {
        CodeCommand::Reissue { .. } => {
            let (code, _) = opened
                .commands
                .reissue_code(Order::of_operator(), procedure)
                .await
                .map_err(failed)?;
            print(code.reveal());
        }
        CodeCommand::Revoke { .. } => {
            opened
                .commands
                .revoke_code(Order::of_operator(), procedure)
                .await
                .map_err(failed)?;
            say(format!("{procedure} has no code any more"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
