//! `chasqui demo`: from nothing to a served site with a made-up year.

use std::process::ExitCode;
use std::time::Instant;

use chasqui_procedures::TrackingCode;

use crate::arguments::Demo;
use crate::commands::serve::serve;
use crate::demo::{self, SOURCE};
use crate::open;
use crate::output::{Failure, print, progress, say};
use crate::settings::Settings;

pub(crate) async fn run(settings: Settings, demo: Demo) -> Result<ExitCode, Failure> {
    // The demonstration never touches a real database: it has a folder of its own.
    let settings = Settings {
        data_dir: demo.data.clone(),
        database_url: None,
        database_url_file: None,
        pepper_file: None,
        vault_keys: None,
        entity: "Municipio del Distrito Metropolitano de Quito (demostración)".to_owned(),
        zone: "America/Guayaquil".to_owned(),
        ..settings
    };
    let opened = open::log(&settings, true).await?;
    let begun = Instant::now();
    let bar = progress(u64::from(demo.procedures), "making up a year");
    let filled = demo::fill(&opened, demo.procedures, demo.seed, |done| {
        bar.set_position(done)
    })
    .await?;
    bar.finish_and_clear();
    if filled.events > 0 {
        let seconds = begun.elapsed().as_secs_f32();
        say(format!(
            "made up {} procedures with {} events in {seconds:.1} s",
            filled.procedures, filled.events
        ));
    }
    let codes = codes(&opened, demo.procedures);
    if demo.no_serve {
        open::views(&settings, &opened.store).await?;
        codes.iter().for_each(|code| print(code.reveal()));
        return Ok(ExitCode::SUCCESS);
    }
    serve(&settings, opened, |address| {
        say(format!("serving on {address}"));
        print(format_args!("{address}/"));
        say("three procedures to look at (everything is made up):");
        codes
            .iter()
            .for_each(|code| print(format_args!("{address}/t/{}", code.reveal())));
    })
    .await
}

/// Three procedures from the beginning, the middle and the end of the year.
fn codes(opened: &open::Opened, procedures: u32) -> [TrackingCode; 3] {
    let source = SOURCE
        .parse()
        .expect("invariant: the source's name is a word");
    let secrets = opened.commands.secrets();
    [
        procedures / 3,
        procedures - procedures / 20 - 1,
        procedures - 1,
    ]
    .map(|number| secrets.imported_code(&source, &number.to_string()))
}
