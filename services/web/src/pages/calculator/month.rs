//! The days of a term as sheets of a calendar, one a month: which counted, which did not and why. What
//! is shown by colour or letter is also said in words.

use std::collections::BTreeMap;

use chasqui_deadlines::{BatchAnswer, Exclusion, Explained, Language, ReceiptDay, RestReason};
use jiff::civil::{Date, date};

use crate::dates;

/// The most sheets; a longer term is told in lines only.
const MOST: usize = 13;

/// One month.
#[derive(Debug)]
pub(super) struct Month {
    /// `noviembre de 2025`.
    pub(super) name: String,
    /// Weeks that begin on Monday; days of other months are empty.
    pub(super) weeks: Vec<[Cell; 7]>,
}

/// One day of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// The day of the month; empty outside of it.
    pub(super) day: String,
    /// How it looks.
    pub(super) class: &'static str,
    /// What stands under the number.
    pub(super) mark: String,
    /// The same in words, for those who hear the page.
    pub(super) meaning: String,
}

/// The sheets from the filing to the due date of a term that is counted day by day.
pub(super) fn months(explained: &Explained, due: Option<Date>) -> Vec<Month> {
    let BatchAnswer::Deadline(answer) = &explained.answer else {
        return Vec::new();
    };
    let days: BTreeMap<Date, &ReceiptDay> =
        explained.days.iter().map(|day| (day.date, day)).collect();
    if !days.values().any(|day| day.counted.is_some()) {
        return Vec::new();
    }
    let filed = answer.legal_filing_date;
    let first = days.keys().next().map_or(filed, |first| filed.min(*first));
    let last = days.keys().next_back().copied().max(due).unwrap_or(filed);
    let mut sheets = Vec::new();
    let mut month = first.first_of_month();
    while month <= last {
        if sheets.len() == MOST {
            return Vec::new();
        }
        sheets.push(sheet(month, |day| {
            cell(day, days.get(&day).copied(), day == filed, Some(day) == due)
        }));
        match month.last_of_month().tomorrow() {
            Ok(next) => month = next,
            Err(_) => break,
        }
    }
    sheets
}

fn sheet(month: Date, cell: impl Fn(Date) -> Cell) -> Month {
    let mut weeks = Vec::new();
    let mut week: [Cell; 7] = Default::default();
    for number in 1..=month.days_in_month() {
        let day = date(month.year(), month.month(), number);
        let place = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        week[place] = cell(day);
        if place == 6 || number == month.days_in_month() {
            weeks.push(std::mem::take(&mut week));
        }
    }
    Month {
        name: dates::month(month),
        weeks,
    }
}

fn cell(day: Date, told: Option<&ReceiptDay>, is_filing: bool, is_due: bool) -> Cell {
    let counted = told.and_then(|day| day.counted);
    let (class, mark, meaning) = match told.and_then(|day| day.excluded.as_ref()) {
        Some(excluded) => of_excluded(excluded),
        None => match counted {
            Some(n) if is_due => ("due", format!("{n}: vence"), format!("día {n}: vence")),
            Some(n) => ("counted", n.to_string(), format!("día {n}")),
            None if is_due => ("due", "vence".to_owned(), "vence".to_owned()),
            None if is_filing => ("filed", "ingreso".to_owned(), "ingreso".to_owned()),
            None => ("", String::new(), String::new()),
        },
    };
    Cell {
        day: day.day().to_string(),
        class,
        mark,
        meaning,
    }
}

/// A day that does not count: how it looks, its letter, its reason.
fn of_excluded(excluded: &Exclusion) -> (&'static str, String, String) {
    let name_of = |reason: &RestReason| match reason {
        RestReason::Weekend => "fin de semana".to_owned(),
        RestReason::Holiday { name, .. }
        | RestReason::Decree { name, .. }
        | RestReason::TermsSuspended { name, .. } => name.in_language(Language::Es).to_owned(),
    };
    match excluded {
        Exclusion::Rest(reason) => {
            let mark = match reason {
                RestReason::Weekend => "–",
                RestReason::Holiday { .. } => "F",
                RestReason::Decree { .. } => "D",
                RestReason::TermsSuspended { .. } => "T",
            };
            (
                "off",
                mark.to_owned(),
                format!("no cuenta: {}", name_of(reason)),
            )
        }
        Exclusion::Suspended { cause, .. } => {
            let cause = cause.label(Language::Es);
            (
                "stopped",
                "S".to_owned(),
                format!("no cuenta: suspendido por {cause}"),
            )
        }
        Exclusion::BeforeRestart => (
            "off",
            "–".to_owned(),
            "no cuenta: antes de que el cómputo volviera a empezar".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use chasqui_deadlines::{BatchCalculator, BatchInput};

    use super::*;

    fn sheets(question: &str) -> Vec<Month> {
        let question = BatchInput::parse(question).unwrap();
        let explained = BatchCalculator::default()
            .explain(&question, Language::Es)
            .unwrap();
        let BatchAnswer::Deadline(answer) = &explained.answer else {
            panic!("{explained:?}")
        };
        months(&explained, answer.due_date)
    }

    fn cell(months: &[Month], day: Date) -> Cell {
        let name = dates::month(day);
        let month = months.iter().find(|month| month.name == name).unwrap();
        let mut cells = month.weeks.iter().flatten();
        cells
            .find(|cell| cell.day == day.day().to_string())
            .unwrap()
            .clone()
    }

    #[test]
    fn every_day_of_a_term_is_on_a_sheet_under_its_weekday() {
        let sheets = sheets(
            r#"{"filed_at":"2025-10-31T17:30:00-05:00","term":{"amount":10,"unit":"business_days"}}"#,
        );
        let names: Vec<&str> = sheets.iter().map(|month| &*month.name).collect();
        assert_eq!(names, ["octubre de 2025", "noviembre de 2025"]);
        // 1 November 2025 was a Saturday.
        assert_eq!(sheets[1].weeks[0][5].day, "1");
        assert_eq!(sheets[1].weeks[0][4].day, "");
        assert_eq!(sheets[1].weeks.len(), 5);
        let of = |month, day| cell(&sheets, date(2025, month, day));
        assert_eq!(of(10, 31).class, "filed");
        assert_eq!(of(11, 1).meaning, "no cuenta: fin de semana");
        assert_eq!(of(11, 4).meaning, "no cuenta: Día de los Difuntos");
        assert_eq!(of(11, 5).meaning, "día 1");
        assert_eq!(
            (of(11, 18).class, &*of(11, 18).meaning),
            ("due", "día 10: vence")
        );
        assert_eq!(of(11, 19).class, "");
    }

    #[test]
    fn terms_that_run_from_date_to_date_or_for_years_have_no_sheets() {
        for term in [
            r#"{"amount":2,"unit":"months"}"#,
            r#"{"amount":400,"unit":"calendar_days"}"#,
        ] {
            let question = format!(r#"{{"trigger_date":"2025-10-31","term":{term}}}"#);
            assert!(sheets(&question).is_empty(), "{term}");
        }
    }
}
