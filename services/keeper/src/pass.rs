//! One pass over all open procedures.

use chasqui_commands::{CommandError, Commands, Kept, Rules};
use chasqui_procedures::ids::ProcedureId;
use chasqui_projections::register::{self, Row};
use chasqui_projections::{ViewError, Views, catalogue};

/// How many procedures are recorded in one transaction.
const BLOCK: usize = 1_000;
/// How many rows are read at once.
const PAGE: usize = 5_000;

/// A pass ended early. What it recorded stays; the next pass does the rest.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// The views cannot be read.
    #[error(transparent)]
    View(#[from] ViewError),
    /// What follows could not be recorded.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// Records what is missing on the open procedures that the views show. `told` hears how many of them
/// have been looked at.
///
/// Run again at once it records nothing, even if the views have not caught up: the log decides.
pub async fn pass(
    commands: &Commands,
    views: &Views,
    mut told: impl FnMut(u64),
) -> Result<Kept, KeeperError> {
    let (mut kept, mut rules) = (Kept::default(), Rules::new());
    let (mut after, mut seen) = (None, 0);
    loop {
        let rows = views.read(|connection, _| register::open(connection, after, PAGE))?;
        let Some(last) = rows.last() else {
            return Ok(kept);
        };
        after = Some(last.procedure);
        seen += rows.len() as u64;
        let due = candidates(commands, views, &rows, &mut rules)?;
        for block in due.chunks(BLOCK) {
            kept += commands.keep_time(block, &mut rules).await?;
        }
        told(seen);
    }
}

/// The procedures on which something is missing, by what the views know of them.
fn candidates(
    commands: &Commands,
    views: &Views,
    rows: &[Row],
    rules: &mut Rules,
) -> Result<Vec<ProcedureId>, KeeperError> {
    let mut found = Vec::new();
    for row in rows {
        let Some(filing) = &row.state.filing else {
            continue;
        };
        let key = (filing.procedure_type.clone(), filing.type_version);
        if !rules.contains_key(&key) {
            let version = views.read(|c, _| catalogue::type_version(c, &key.0, key.1))?;
            let Some(version) = version else { continue };
            rules.insert(key.clone(), version);
        }
        match commands.due_entries(&row.state, &rules[&key]) {
            Ok(entries) if entries.is_empty() => {}
            // Those that the arithmetic cannot follow are handed on, to be told of.
            Ok(_) | Err(CommandError::Calendar(_)) => found.push(row.procedure),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}
