//! Fills an empty log with the made-up year.

use chasqui_commands::CommandError;
use chasqui_deadlines::Calendar;
use chasqui_procedures::catalogue::TypeVersion;
use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::{ProcedureId, SourceName};
use tokio::task::JoinHandle;

use super::SOURCE;
use super::catalogue::{Offer, offers};
use super::life::{Beginning, live};
use crate::open::Opened;
use crate::output::{Failure, environment};

/// What was made up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filled {
    pub(crate) procedures: u64,
    pub(crate) events: u64,
}

/// The events after which a block is recorded.
const BLOCK: usize = 8_000;

/// Fills the log with so many procedures, unless they are there already. An interrupted fill goes on
/// where it was.
pub(crate) async fn fill(
    opened: &Opened,
    procedures: u32,
    seed: u64,
    mut told: impl FnMut(u64),
) -> Result<Filled, Failure> {
    let commands = &opened.commands;
    let failed = |error| {
        environment(
            error,
            "check the folder's free space, and run the demo again",
        )
    };
    let offers = offers();
    let mut rules: Vec<TypeVersion> = Vec::with_capacity(offers.len());
    for Offer { version, units } in &offers {
        for unit in units {
            commands.publish_unit(unit).await.map_err(failed)?;
        }
        commands.publish_type(version).await.map_err(failed)?;
        rules.push(commands.newest_type(&version.id).await.map_err(failed)?);
    }
    let calendar: Calendar = commands
        .calendars()
        .resolve(&[], commands.clock().now())
        .map_err(|error| environment(error, "report this as a fault of the program"))?;
    let source: SourceName = SOURCE
        .parse()
        .expect("invariant: the source's name is a word");
    let mut filled = Filled::default();
    let mut block: Vec<(ProcedureId, Vec<Entry>)> = Vec::new();
    let mut events = 0;
    let mut under_way: Option<UnderWay> = None;
    let from = first_missing(opened, &source, procedures).await?;
    for number in from..procedures {
        let (id, code) = {
            let (secrets, number) = (commands.secrets(), number.to_string());
            let code = secrets.imported_code(&source, &number);
            (secrets.imported_procedure(&source, &number), code)
        };
        let mut random = fastrand::Rng::with_seed(seed.wrapping_mul(1_000_003) ^ u64::from(number));
        // The lower the number, the longer ago: the log grows in the order of filing.
        let share = f64::from(number) / f64::from(procedures);
        let chosen = choose(&mut random, offers.len());
        let offer = &offers[chosen];
        let beginning = Beginning {
            rules: &rules[chosen],
            calendar: &calendar,
            unit: &offer.units[random.usize(..offer.units.len())].id,
            others: &offer.units,
            code: commands.lookup(&code),
            clock: commands.clock(),
            share,
        };
        let entries = live(&beginning, &mut random);
        filled.procedures += 1;
        filled.events += entries.len() as u64;
        events += entries.len();
        block.push((id, entries));
        if events >= BLOCK || number + 1 == procedures {
            // One block is recorded while the next is made up, and never two at once: a fill that was
            // interrupted finds its place by the order of the numbers.
            recorded(under_way.take(), &mut told)
                .await
                .map_err(failed)?;
            let (commands, block) = (commands.clone(), std::mem::take(&mut block));
            let task = tokio::spawn(async move { commands.record(block).await });
            under_way = Some((task, u64::from(number) + 1));
            events = 0;
        }
    }
    recorded(under_way, &mut told).await.map_err(failed)?;
    Ok(filled)
}

/// A block that is being recorded, and how many procedures are there with it.
type UnderWay = (JoinHandle<Result<(), CommandError>>, u64);

async fn recorded(
    under_way: Option<UnderWay>,
    told: &mut impl FnMut(u64),
) -> Result<(), CommandError> {
    let Some((task, done)) = under_way else {
        return Ok(());
    };
    task.await.unwrap_or(Err(CommandError::Interrupted))?;
    told(done);
    Ok(())
}

/// Procedures are recorded in the order of their numbers: the first that is not there is where a fill
/// goes on.
async fn first_missing(
    opened: &Opened,
    source: &SourceName,
    procedures: u32,
) -> Result<u32, Failure> {
    let commands = &opened.commands;
    let (mut low, mut high) = (0, procedures);
    while low < high {
        let middle = low + (high - low) / 2;
        let id = commands
            .secrets()
            .imported_procedure(source, &middle.to_string());
        let known = commands.knows(id).await;
        if known.map_err(|e| environment(e, "check the demo's folder"))? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// Some types are asked for far more often than others: Zipf's law, roughly.
fn choose(random: &mut fastrand::Rng, count: usize) -> usize {
    let weight = |index: usize| 1.0 / (index as f64 + 2.0);
    let total: f64 = (0..count).map(weight).sum();
    let mut left = random.f64() * total;
    for index in 0..count {
        left -= weight(index);
        if left < 0.0 {
            // The catalogue is grouped by unit; mix it, so that all units have busy types.
            return (index * 7) % count;
        }
    }
    0
}
