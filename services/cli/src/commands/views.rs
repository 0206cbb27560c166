//! `chasqui views`: how far the views are, build them anew, compare them.

use std::process::ExitCode;
use std::sync::Arc;

use chasqui_projections::{TABLES, TableHash, ViewError, Views as Reader, hash, rebuild};
use chasqui_store::Store;
use serde_json::json;

use crate::arguments::{Views, ViewsCommand};
use crate::feed::StoreFeed;
use crate::open;
use crate::output::{Failure, environment, print, progress, refusal, say, usage};
use crate::settings::Settings;

pub(crate) async fn run(settings: &Settings, views: Views) -> Result<ExitCode, Failure> {
    let store = open::store(settings).await?;
    match views.command {
        ViewsCommand::Status { json } => status(settings, &store, json).await,
        ViewsCommand::Rebuild { name } => build(settings, store, name).await,
        ViewsCommand::Hash { json } => {
            let views = open::views(settings, &store).await?;
            let hashes = views.read(|c, _| hash(c)).map_err(open::views_failed)?;
            show_hashes(&hashes, json);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Tells how far the views are, and changes nothing.
async fn status(settings: &Settings, store: &Store, as_json: bool) -> Result<ExitCode, Failure> {
    let head = store
        .head()
        .await
        .map_err(|e| environment(e, "check the database"))?;
    let folder = open::folder(&settings.data_dir)?;
    let written_elsewhere = folder.try_lock().map_err(open::views_failed)?.is_none();
    let position = match Reader::of_another_process(folder).progress() {
        Ok(progress) => progress.position,
        Err(ViewError::Empty) => 0,
        Err(error) => return Err(open::views_failed(error)),
    };
    let behind = head.saturating_sub(position);
    if as_json {
        print(json!({
            "position": position, "head": head, "behind": behind,
            "written_by_another_process": written_elsewhere,
        }));
    } else {
        let who = if written_elsewhere {
            "another process writes them"
        } else {
            "nobody writes them now"
        };
        print(format_args!(
            "the views are at position {position} of {head} ({behind} behind); {who}"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn build(
    settings: &Settings,
    store: Store,
    name: Option<String>,
) -> Result<ExitCode, Failure> {
    if let Some(name) = &name
        && !TABLES.iter().any(|table| table.view == name)
    {
        let mut names: Vec<&str> = TABLES.iter().map(|table| table.view).collect();
        names.dedup();
        let problem = anyhow::anyhow!("there is no view {name:?}");
        return Err(usage(
            problem,
            format!("the views are: {}", names.join(", ")),
        ));
    }
    let folder = open::folder(&settings.data_dir)?;
    let before = Reader::of_another_process(folder.clone()).read(|c, p| Ok((hash(c)?, p.position)));
    let head = store
        .head()
        .await
        .map_err(|e| environment(e, "check the database"))?;
    let bar = progress(head, "building views");
    let feed = Arc::new(StoreFeed(store));
    let told = |position| bar.set_position(position);
    let rebuilt = rebuild(&folder, feed, told)
        .await
        .map_err(open::views_failed)?;
    bar.finish_and_clear();
    let Some(rebuilt) = rebuilt else {
        let problem = anyhow::anyhow!("another process writes the views of this folder");
        return Err(refusal(
            problem,
            "stop it first, or let it rebuild them itself when it starts",
        ));
    };
    let views = Reader::of_another_process(folder);
    let after = views.read(|c, _| hash(c)).map_err(open::views_failed)?;
    say(format!("built all views from {} events", rebuilt.position));
    if let Ok((before, position)) = before
        && position == rebuilt.position
    {
        for (old, new) in before.iter().zip(&after).filter(|(old, new)| old != new) {
            say(format!(
                "the table {} of {} was not as it should be",
                new.table, old.view
            ));
        }
    }
    show_hashes(&after, false);
    Ok(ExitCode::SUCCESS)
}

fn show_hashes(hashes: &[TableHash], as_json: bool) {
    for TableHash {
        view,
        table,
        rows,
        digest,
    } in hashes
    {
        if as_json {
            print(json!({ "view": view, "table": table, "rows": rows, "digest": digest }));
        } else {
            print(format_args!("{digest}  {view}.{table} ({rows} rows)"));
        }
    }
}
