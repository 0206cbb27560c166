//! An import from beginning to end: first the whole file is read and understood, then it is recorded
//! in blocks. A file that cannot be read to its end is therefore not recorded at all.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chasqui_commands::{CommandError, Commands, ImportItem, ImportMode, Imported};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_procedures::ids::{ProcedureId, TypeId};
use tokio::task::JoinHandle;

use super::error::ImportError;
use super::mapping::{Mapping, MappingError, SourceType};
use super::plan::{Planned, Planner};
use super::report::Report;
use super::trace::Trace;
use super::{csv, xes};

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XES (IEEE 1849), plain or gzip.
    Xes,
    /// A table of separated values, plain or gzip.
    Csv,
}

/// What is asked of an import.
#[derive(Clone, Debug)]
pub struct Options {
    /// How the file is written.
    pub format: Format,
    /// Record nothing, only tell.
    pub dry_run: bool,
}

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// The file is being read for the first time.
    Checking {
        /// Procedures read.
        procedures: u64,
    },
    /// It is being recorded.
    Recording {
        /// Procedures done.
        done: u64,
        /// Of how many.
        of: u64,
    },
}

/// A procedure of the source, and the code that was made for it.
pub type CodeLine = (String, TrackingCode);

/// The events after which a block is recorded.
const BLOCK: usize = 4_000;
/// How many blocks are recorded while the next is read: one is decided on while another is written.
const UNDER_WAY: usize = 2;

/// Imports a file. `codes` is called for every procedure once it stands in the log, in the file's order,
/// whether it is new or not, and for none in a dry run; `progress` now and then.
///
/// Fails before anything is recorded if the file or the mapping cannot be used. If it fails later, what
/// was recorded stays, and the same import goes on where it was.
pub async fn run(
    commands: &Commands,
    file: &Path,
    mapping: (&Path, &Mapping),
    options: &Options,
    mut codes: impl FnMut(CodeLine) -> Result<(), ImportError>,
    mut progress: impl FnMut(Progress),
) -> Result<Report, ImportError> {
    let (mapping_file, mapping) = mapping;
    let label = match options.format {
        Format::Xes => "xes",
        Format::Csv => "csv",
    };
    check_calendars(commands, mapping_file, mapping)?;
    let total = check(commands, file, mapping, options.format, &mut progress)?;
    let mut report = Report::of(file, label, mapping_file, options.dry_run);
    let mut planner = Planner::new(mapping, commands.secrets());
    let mut recorder = Recorder {
        commands,
        mode: if options.dry_run {
            ImportMode::DryRun
        } else {
            ImportMode::Record
        },
        types: BTreeMap::new(),
        units: BTreeSet::new(),
        block: Block::default(),
        under_way: VecDeque::new(),
    };
    let mut traces = Traces::open(file, mapping, options.format)?;
    let mut done = 0;
    // A code is told once its procedure is durable: those of the blocks under way wait.
    let mut tell = |recorded: Recorded, report: &mut Report| {
        report.add(&recorded.imported);
        match options.dry_run {
            true => Ok(()),
            false => recorded.codes.into_iter().try_for_each(&mut codes),
        }
    };
    while let Some(trace) = traces.next()? {
        done += 1;
        if let Some(planned) = planner.plan(&trace, &mut report) {
            let source = &mapping.source.name;
            let code = commands.secrets().imported_code(source, &planned.source_id);
            if let Some(recorded) = recorder.add(planned, code).await? {
                tell(recorded, &mut report)?;
                progress(Progress::Recording { done, of: total });
            }
        }
    }
    recorder.begin();
    while let Some(recorded) = recorder.ended().await? {
        tell(recorded, &mut report)?;
    }
    progress(Progress::Recording { done, of: total });
    Ok(report)
}

/// Fails unless the calendars that the mapping names are known.
fn check_calendars(commands: &Commands, file: &Path, mapping: &Mapping) -> Result<(), ImportError> {
    for source in &mapping.types {
        let calendars = source.to_version().calendars;
        let known = commands
            .calendars()
            .resolve(&calendars, commands.clock().now());
        known.map_err(|error| MappingError::Form {
            file: file.to_owned(),
            problem: format!("[[type]] {}: {error}", source.id),
        })?;
    }
    Ok(())
}

/// Reads the whole file once and records nothing. Answers how many procedures it lists.
fn check(
    commands: &Commands,
    file: &Path,
    mapping: &Mapping,
    format: Format,
    progress: &mut impl FnMut(Progress),
) -> Result<u64, ImportError> {
    let mut traces = Traces::open(file, mapping, format)?;
    let mut planner = Planner::new(mapping, commands.secrets());
    let mut scratch = Report::default();
    let mut procedures = 0;
    while let Some(trace) = traces.next()? {
        planner.plan(&trace, &mut scratch);
        procedures += 1;
        if procedures % 100 == 0 {
            progress(Progress::Checking { procedures });
        }
    }
    if scratch.events_read == 0 {
        let problem = "it has no events; is it the right file and format?".to_owned();
        return Err(ImportError::Malformed {
            file: file.to_owned(),
            line: 1,
            problem,
        });
    }
    Ok(procedures)
}

enum Traces {
    Xes(Box<xes::Traces>),
    Csv(std::vec::IntoIter<Trace>),
}

impl Traces {
    fn open(file: &Path, mapping: &Mapping, format: Format) -> Result<Self, ImportError> {
        Ok(match format {
            Format::Xes => Self::Xes(Box::new(xes::open(file)?)),
            Format::Csv => {
                let needed = mapping.needed_columns();
                let id = &mapping.fields.procedure;
                Self::Csv(csv::read(file, &mapping.table, id, &needed)?.into_iter())
            }
        })
    }

    fn next(&mut self) -> Result<Option<Trace>, ImportError> {
        match self {
            Self::Xes(traces) => traces.next(),
            Self::Csv(traces) => Ok(traces.next()),
        }
    }
}

/// Gathers procedures into blocks and records them, while the next are read.
struct Recorder<'a> {
    commands: &'a Commands,
    mode: ImportMode,
    types: BTreeMap<TypeId, Arc<TypeVersion>>,
    units: BTreeSet<String>,
    block: Block,
    /// The blocks that are being recorded, the oldest first.
    under_way: VecDeque<UnderWay>,
}

#[derive(Default)]
struct Block {
    items: Vec<ImportItem>,
    procedures: HashSet<ProcedureId>,
    codes: Vec<CodeLine>,
    events: usize,
}

struct UnderWay {
    task: JoinHandle<Result<Imported, CommandError>>,
    codes: Vec<CodeLine>,
}

/// A block that is in the log.
struct Recorded {
    imported: Imported,
    codes: Vec<CodeLine>,
}

impl Recorder<'_> {
    /// Adds a procedure; answers a block that is in the log, now and then.
    async fn add(
        &mut self,
        planned: Planned<'_>,
        code: TrackingCode,
    ) -> Result<Option<Recorded>, ImportError> {
        let rules = self.rules(planned.procedure_type).await?;
        for (id, name) in &planned.units {
            if self.mode == ImportMode::Record && self.units.insert(id.to_string()) {
                let unit = Unit::new(id.clone(), name.clone());
                self.commands.introduce_unit(&unit).await.map_err(stored)?;
            }
        }
        let Planned {
            procedure,
            claimed,
            source_id,
            ..
        } = planned;
        // A procedure stands in a block once: one that the file lists twice waits for the next.
        let twice = self.block.procedures.contains(&procedure);
        let full = self.block.events + claimed.claims.len() > BLOCK;
        let mut recorded = None;
        if (twice || full) && !self.block.items.is_empty() {
            if self.under_way.len() >= UNDER_WAY {
                recorded = self.ended().await?;
            }
            self.begin();
        }
        self.block.events += claimed.claims.len();
        self.block.procedures.insert(procedure);
        self.block.codes.push((source_id, code));
        self.block.items.push(ImportItem {
            procedure,
            rules,
            claimed,
        });
        Ok(recorded)
    }

    /// Begins to record what was gathered.
    fn begin(&mut self) {
        let Block { items, codes, .. } = std::mem::take(&mut self.block);
        if items.is_empty() {
            return;
        }
        let (commands, mode) = (self.commands.clone(), self.mode);
        let task = tokio::spawn(async move { commands.import(&items, mode).await });
        self.under_way.push_back(UnderWay { task, codes });
    }

    /// Waits for the oldest block under way; none if there is none.
    async fn ended(&mut self) -> Result<Option<Recorded>, ImportError> {
        let Some(UnderWay { task, codes }) = self.under_way.pop_front() else {
            return Ok(None);
        };
        let imported = task
            .await
            .unwrap_or(Err(CommandError::Interrupted))
            .map_err(stored)?;
        Ok(Some(Recorded { imported, codes }))
    }

    /// The version of the catalogue that governs a type of the mapping: published if it is new.
    async fn rules(&mut self, source: &SourceType) -> Result<Arc<TypeVersion>, ImportError> {
        if let Some(rules) = self.types.get(&source.id) {
            return Ok(Arc::clone(rules));
        }
        let wanted = source.to_version();
        let rules = match self.mode {
            ImportMode::DryRun => wanted,
            ImportMode::Record => {
                self.commands.publish_type(&wanted).await.map_err(stored)?;
                self.commands
                    .newest_type(&source.id)
                    .await
                    .map_err(stored)?
            }
        };
        let rules = Arc::new(rules);
        self.types.insert(source.id.clone(), Arc::clone(&rules));
        Ok(rules)
    }
}

fn stored(error: CommandError) -> ImportError {
    ImportError::Store(error.into())
}

impl ImportError {
    /// A file that the import writes could not be written.
    #[must_use]
    pub fn writing(file: PathBuf, source: std::io::Error) -> Self {
        Self::Read { file, source }
    }
}
