//! `chasqui indicators`: the figures, as the API gives them.

use std::process::ExitCode;

use chasqui_projections::timeliness::{Answer, AsOf, Question, answer};

use crate::arguments::Indicators;
use crate::open;
use crate::output::{Failure, environment, print, refusal};
use crate::settings::Settings;

pub(crate) async fn run(settings: &Settings, asked: Indicators) -> Result<ExitCode, Failure> {
    let opened = open::log_as_it_is(settings).await?;
    let views = open::views(settings, &opened.store).await?;
    let question = Question {
        id: asked.id.clone(),
        unit: asked.unit,
        procedure_type: asked.procedure_type,
        channel: asked.channel,
        from: asked.from,
        to: asked.to,
        as_of: asked.as_of,
    };
    let clock = opened.commands.clock();
    let (computed_at, today) = (clock.now(), clock.moment().on());
    let answer = views
        .read(|connection, progress| {
            let as_of = AsOf {
                position: progress.position,
                computed_at,
            };
            answer(connection, &question, today, as_of)
        })
        .map_err(open::views_failed)?;
    if let (Some(id), true) = (&asked.id, answer.figures.is_empty()) {
        let problem = anyhow::anyhow!("there is no figure {id:?}");
        return Err(refusal(
            problem,
            "run `chasqui indicators` without --id to see them all",
        ));
    }
    if asked.json {
        let json = serde_json::to_string_pretty(&answer)
            .map_err(|error| environment(error, "report this as a fault of the program"))?;
        print(json);
    } else {
        show(&answer);
    }
    Ok(ExitCode::SUCCESS)
}

fn show(answer: &Answer) {
    for figure in &answer.figures {
        let value = figure.value.as_deref().unwrap_or("sin datos");
        print(format_args!(
            "{}  {}: {value} {} (n = {})",
            figure.id, figure.title, figure.unit, figure.n
        ));
        if let Some(d) = &figure.distribution {
            print(format_args!(
                "       mediana {}, media {}, 80 % {}, 90 % {}, 95 % {}, máximo {}",
                d.median, d.mean, d.p80, d.p90, d.p95, d.max
            ));
        }
        for (name, count) in &figure.parts {
            print(format_args!("       {name}: {count}"));
        }
    }
    print(format_args!(
        "calculado con los primeros {} movimientos del registro",
        answer.as_of.position
    ));
}
