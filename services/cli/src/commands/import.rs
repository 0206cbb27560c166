//! `chasqui import`: event logs and tables become procedures; every row is accounted for.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chasqui_exchange::import::{
    self, CodeLine, Format, ImportError, Mapping, MappingError, Options, Progress, Refused, Report,
};
use indicatif::ProgressBar;

use crate::arguments::{Import, ImportFormat};
use crate::open::{self, Opened};
use crate::output::{Failure, environment, print, progress, refusal, say};
use crate::settings::Settings;

pub(crate) async fn run(settings: &Settings, asked: Import) -> Result<ExitCode, Failure> {
    let mapping = Mapping::load(&asked.mapping).map_err(|e| failed(e.into()))?;
    let mut settings = settings.clone();
    if let Some(entity) = &mapping.source.entity {
        settings.entity = entity.to_string();
    }
    let opened = open::log_as_it_is(&settings).await?;
    let mut codes = asked.codes.as_deref().map(Codes::create).transpose()?;
    let mut reports = Vec::new();
    for file in &asked.files {
        let report = one(&opened, file, &asked, &mapping, codes.as_mut()).await?;
        summarise(&report);
        reports.push(report);
    }
    if let Some(codes) = codes {
        codes.finish()?;
    }
    let json = match reports.as_slice() {
        [report] => serde_json::to_string_pretty(report),
        several => serde_json::to_string_pretty(several),
    };
    let json = json.map_err(|e| environment(e, "report this as a fault of the program"))?;
    if let Some(path) = &asked.report {
        std::fs::write(path, format!("{json}\n")).map_err(|e| unwritable(path, e))?;
    }
    if asked.json {
        print(json);
    }
    let refused = reports.iter().any(|report| report.refusals > 0);
    Ok(ExitCode::from(u8::from(refused)))
}

async fn one(
    opened: &Opened,
    file: &Path,
    asked: &Import,
    mapping: &Mapping,
    mut codes: Option<&mut Codes>,
) -> Result<Report, Failure> {
    let format = match asked.format {
        ImportFormat::Xes => Format::Xes,
        ImportFormat::Csv => Format::Csv,
    };
    let options = Options {
        format,
        dry_run: asked.dry_run,
    };
    let mut bar: Option<ProgressBar> = None;
    let told = |step: Progress| match step {
        Progress::Checking { .. } => {}
        Progress::Recording { done, of } => {
            bar.get_or_insert_with(|| progress(of, "recording"))
                .set_position(done);
        }
    };
    let keep = |line: CodeLine| match codes.as_mut() {
        Some(codes) => codes.add(&line),
        None => Ok(()),
    };
    let mapping = (asked.mapping.as_path(), mapping);
    let report = import::run(&opened.commands, file, mapping, &options, keep, told).await;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    report.map_err(failed)
}

fn summarise(report: &Report) {
    let Report {
        file,
        procedures_read,
        events_read,
        events_appended,
        ..
    } = report;
    say(format!(
        "{file}: {procedures_read} procedures and {events_read} events read; {events_appended} events {}, \
         {} procedures filed, {} events already there, {} ignored, {} refused",
        if report.dry_run {
            "would be recorded"
        } else {
            "recorded"
        },
        report.procedures_filed,
        report.already_there,
        report.ignored,
        report.refused_events,
    ));
    if !report.unmapped.is_empty() {
        let events: u64 = report.unmapped.values().sum();
        let activities = report.unmapped.len();
        say(format!(
            "  {activities} activities ({events} events) are not in the mapping; its `other` says what they mean"
        ));
    }
    for (contradiction, count) in &report.contradictions {
        say(format!(
            "  contradiction recorded: {contradiction} ({count} times)"
        ));
    }
    let mut shown = BTreeSet::new();
    for refused in &report.refused {
        let column = refused.column.as_deref().unwrap_or("-");
        let fault = format!("{column}: {}", refused.fault);
        if let Some(count) = report.faults.get(&fault).filter(|_| shown.insert(fault)) {
            let procedure = refused.procedure.as_deref().unwrap_or("-");
            let Refused { line, reason, .. } = refused;
            say(format!(
                "  refused in {column}: {count}; the first at line {line}, procedure {procedure}: {reason}"
            ));
        }
    }
    if report.refusals > 0 {
        say("  every refusal stands in the report, with its line: --report OUT.json");
    }
}

fn failed(error: ImportError) -> Failure {
    match &error {
        ImportError::Read { .. } | ImportError::Mapping(MappingError::Read { .. }) => environment(
            error,
            "nothing was recorded; see that the file is there and can be read",
        ),
        ImportError::Malformed { .. } => refusal(
            error,
            "nothing was recorded; mend the file and import it again",
        ),
        ImportError::Mapping(_) => refusal(error, "nothing was recorded; mend the mapping"),
        ImportError::MissingField { .. } => refusal(
            error,
            "nothing was recorded; mend the mapping, or export the file with that field",
        ),
        ImportError::Store(_) => environment(
            error,
            "what was recorded stays; check the database and import again: it goes on where it was",
        ),
    }
}

fn unwritable(path: &Path, error: io::Error) -> Failure {
    let error = anyhow::Error::new(error).context(format!("cannot write {}", path.display()));
    environment(error, "choose another place for the file")
}

/// The file of codes. It opens every procedure in it: it is its owner's alone, and stands in its place
/// only when it is complete.
struct Codes {
    path: PathBuf,
    part: PathBuf,
    writer: csv::Writer<BufWriter<File>>,
}

impl Codes {
    fn create(path: &Path) -> Result<Self, Failure> {
        let part = path.with_extension(format!("part-{}", std::process::id()));
        let file = File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&part)
            .map_err(|error| unwritable(&part, error))?;
        let mut writer = csv::Writer::from_writer(BufWriter::new(file));
        writer
            .write_record(["procedure", "code"])
            .map_err(|error| unwritable(path, io::Error::other(error)))?;
        Ok(Self {
            path: path.to_owned(),
            part,
            writer,
        })
    }

    fn add(&mut self, (procedure, code): &CodeLine) -> Result<(), ImportError> {
        let record = [procedure.as_str(), &code.reveal()];
        self.writer
            .write_record(record)
            .map_err(|error| ImportError::writing(self.path.clone(), io::Error::other(error)))
    }

    fn finish(mut self) -> Result<(), Failure> {
        let written = self
            .writer
            .flush()
            .and_then(|()| self.writer.get_ref().get_ref().sync_all())
            .and_then(|()| std::fs::rename(&self.part, &self.path));
        written.map_err(|error| unwritable(&self.path, error))
    }
}

impl Drop for Codes {
    /// Of an import that failed no codes are left lying about; the next one writes them all.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.part);
    }
}
