//! `chasqui deadline`: when it is due, and why. It looks at no log and no clock: the calendars are
//! those of the program, and the day of the question is given.

use std::process::ExitCode;

use chasqui_deadlines::{
    BatchCalculator, BatchInput, CalendarBook, CalendarId, DeadlineError, Explained, Extension,
    Language, LineKey, Suspension, SuspensionCause, Term, Zone,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

use super::deadline_batch;
use crate::arguments::{Deadline, LanguageSetting};
use crate::output::{Failure, environment, print, refusal, usage};

pub(crate) fn run(asked: Deadline) -> Result<ExitCode, Failure> {
    if asked.batch {
        return deadline_batch::run();
    }
    let book = CalendarBook::ecuador();
    let refused = |error: DeadlineError| {
        // As with --batch, a program finds the refusal where it looks for the answer.
        if asked.json {
            print(json!({ "error": error.name() }));
        }
        refused(&error)
    };
    let question = question(&asked, book.zone()).map_err(|no| match no {
        No::Unreadable(failure) => failure,
        No::Refused(error) => refused(error),
    })?;
    let explained = BatchCalculator::new(book)
        .explain(&question, language(asked.language))
        .map_err(refused)?;
    if asked.json {
        let line = serde_json::to_string(&explained)
            .map_err(|error| environment(error, "report this as a fault of the program"))?;
        print(line);
    } else {
        show(&explained);
    }
    Ok(ExitCode::SUCCESS)
}

/// Why there is no question.
#[derive(Debug)]
enum No {
    /// A part of it is not written as it should be.
    Unreadable(Failure),
    /// The calculator has a name for what is wrong.
    Refused(DeadlineError),
}

impl From<Failure> for No {
    fn from(failure: Failure) -> Self {
        Self::Unreadable(failure)
    }
}

impl From<DeadlineError> for No {
    fn from(error: DeadlineError) -> Self {
        Self::Refused(error)
    }
}

/// The question in the form that the API and the vectors have.
fn question(asked: &Deadline, zone: &Zone) -> Result<BatchInput, No> {
    let filed_at = asked.filed_at.as_deref().unwrap_or_default();
    let term: Term = (asked.term.as_deref().unwrap_or_default()).parse()?;
    let (field, filed) = filed(filed_at, zone)?;
    let mut question = json!({
        field: filed,
        "term": term,
        "suspensions": asked.suspend.iter().map(|text| suspension(text)).collect::<Result<Vec<_>, _>>()?,
        "extensions": asked.extend.iter().map(|text| extension(text)).collect::<Result<Vec<_>, _>>()?,
        "as_of": asked.as_of,
    });
    if !asked.calendars.is_empty() {
        let ids = asked
            .calendars
            .iter()
            .map(|id| CalendarId::parse(id.trim()));
        question["calendars"] = json!(ids.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(BatchInput::parse(&question.to_string())?)
}

/// An instant, a local time, or a date of which no hour is known.
fn filed(text: &str, zone: &Zone) -> Result<(&'static str, Value), No> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(("filed_at", json!(instant)));
    }
    let hint = "give an instant with its offset such as 2025-10-31T17:30:00-05:00, a local time \
                such as 2025-10-31T17:30, or a date such as 2025-10-31";
    let wrong = || usage(anyhow::anyhow!("{text:?} is no time of filing"), hint);
    // A date may be read from the beginning of a longer text, so the form decides.
    match text.contains(['T', 't', ' ']) {
        false => Ok(("trigger_date", json!(date(text).ok_or_else(wrong)?))),
        true => {
            let local: DateTime = text.parse().map_err(|_| wrong())?;
            Ok(("filed_at", json!(zone.instant(local)?)))
        }
    }
}

/// `A..B`, `A..`, `A..B=CAUSE`.
fn suspension(text: &str) -> Result<Suspension, Failure> {
    let wrong = |what: &str| {
        let error = anyhow::anyhow!("--suspend {text:?}: {what}");
        usage(
            error,
            "write it like 2025-09-05..2025-09-12 or 2025-09-05..=external_report",
        )
    };
    let (days, cause) = match text.split_once('=') {
        None => (text, SuspensionCause::Rectification),
        Some((days, name)) => {
            let cause = serde_json::from_value(json!(name));
            let known = SuspensionCause::ALL.map(SuspensionCause::name).join(", ");
            (
                days,
                cause.map_err(|_| wrong(&format!("the causes are {known}")))?,
            )
        }
    };
    let (from, to) = days.split_once("..").ok_or_else(|| wrong("no two dots"))?;
    let read = |text: &str| date(text).ok_or_else(|| wrong(&format!("{text:?} is no date")));
    let suspension = Suspension::open(cause, read(from)?);
    match to {
        "" => Ok(suspension),
        to => Ok(suspension.until(read(to)?)),
    }
}

/// `N@D`.
fn extension(text: &str) -> Result<Extension, Failure> {
    let wrong = || {
        let error = anyhow::anyhow!("--extend {text:?} is no number of days and a date");
        usage(error, "write it like 5@2025-09-26")
    };
    let (days, on) = text.split_once('@').ok_or_else(wrong)?;
    let days = days.parse().map_err(|_| wrong())?;
    Ok(Extension::new(days, date(on).ok_or_else(wrong)?))
}

/// A date and nothing else: the library would read one from the beginning of a time, too.
fn date(text: &str) -> Option<Date> {
    text.parse()
        .ok()
        .filter(|date: &Date| date.to_string() == text)
}

/// The answer first, then the account.
fn show(explained: &Explained) {
    let is_due = |key: LineKey| {
        matches!(
            key,
            LineKey::DueOn | LineKey::DueAtTheLatest | LineKey::DueOpen | LineKey::DueStrict
        )
    };
    let lines = || explained.lines.iter().zip(&explained.explanation);
    for (_, text) in lines().filter(|(line, _)| is_due(line.key)) {
        print(text);
    }
    if let Some(standing) = &explained.standing {
        print(format_args!("{}: {}", standing.figures.on, standing.text));
    }
    print("");
    for (_, text) in lines().filter(|(line, _)| !is_due(line.key)) {
        print(format_args!("  {text}"));
    }
}

/// A question that cannot be read is usage; one that the law answers with no is a refusal.
fn refused(error: &DeadlineError) -> Failure {
    let named = anyhow::anyhow!("{}: {error}", error.name());
    let calendars = || {
        let all = CalendarBook::ecuador().calendars();
        let ids: Vec<String> = all.iter().map(|calendar| calendar.id.to_string()).collect();
        format!("the calendars are {}", ids.join(", "))
    };
    match error.name() {
        "UnknownTerm" | "InvalidInput" | "ImmediateTermWithAmount" => {
            usage(named, "see the terms in `chasqui deadline --help`")
        }
        "UnknownCalendar" | "NoCalendar" => usage(named, calendars()),
        "HoursForbidden" => refusal(
            named,
            "give days (15bd), months (3m) or years (1y): COA 158",
        ),
        "ExtensionExceedsHalf" => refusal(named, "extensions add up to half of the term: COA 161"),
        "TermAlreadyExpired" => refusal(named, "an expired term is never extended: COA 161"),
        _ => refusal(
            named,
            "mend the question and ask again; `chasqui deadline --help` has examples",
        ),
    }
}

fn language(setting: LanguageSetting) -> Language {
    match setting {
        LanguageSetting::Es => Language::Es,
        LanguageSetting::En => Language::En,
        LanguageSetting::Qu => Language::Qu,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_time_of_filing_is_an_instant_a_local_time_or_a_date() {
        let zone = CalendarBook::ecuador().zone().clone();
        let read = |text: &str| filed(text, &zone).unwrap();
        let instant = ("filed_at", json!("2025-10-31T22:30:00Z"));
        assert_eq!(read("2025-10-31T17:30:00-05:00"), instant);
        assert_eq!(read("2025-10-31T17:30"), instant);
        assert_eq!(read("2025-10-31"), ("trigger_date", json!("2025-10-31")));
        for wrong in [
            "",
            "yesterday",
            "2025-10-31T",
            "2025-02-30",
            "2025-10-31+05",
            "20251031",
        ] {
            assert!(filed(wrong, &zone).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_suspension_is_two_dates_and_perhaps_a_cause() {
        let rectification = Suspension::open(SuspensionCause::Rectification, date(2025, 9, 5));
        let report = Suspension::open(SuspensionCause::ExternalReport, date(2025, 9, 5));
        let read = |text: &str| suspension(text).unwrap();
        assert_eq!(read("2025-09-05.."), rectification);
        assert_eq!(
            read("2025-09-05..2025-09-12"),
            rectification.until(date(2025, 9, 12))
        );
        assert_eq!(read("2025-09-05..=external_report"), report);
        assert_eq!(read("2025-09-05..=informe"), report);
        for wrong in [
            "",
            "2025-09-05",
            "..",
            "..2025-09-05",
            "2025-09-05..x",
            "2025-09-05..=siesta",
        ] {
            assert!(suspension(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_extension_is_a_number_of_days_and_a_date() {
        assert_eq!(
            extension("5@2025-09-26").unwrap(),
            Extension::new(5, date(2025, 9, 26))
        );
        for wrong in [
            "",
            "5",
            "@2025-09-26",
            "-5@2025-09-26",
            "70000@2025-09-26",
            "5@",
        ] {
            assert!(extension(wrong).is_err(), "{wrong:?}");
        }
    }
}
