//! The receipt as people read it: whole texts, the honesty of what is not certain, and no line
//! that nothing ever says.

use std::collections::BTreeSet;

use chasqui_deadlines::{
    BatchCalculator, BatchInput, Deadline, DecreeEffect, Input, Language, Ledger, LineKey,
    ReceiptLine, SilenceRule, Suspension, SuspensionCause, Trigger, compute,
};
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::generators::{QUITO, decree, quito_with};

fn on(month: i8, day: i8) -> Date {
    date(2025, month, day)
}

fn ask(fields: &str) -> Deadline {
    let question = BatchInput::parse(&format!("{{{fields}}}")).unwrap();
    BatchCalculator::default().deadline(&question).unwrap()
}

/// A published vector by its id.
fn vector(file: &str, section: &str, id: &str) -> Deadline {
    let file: Value = serde_json::from_str(file).unwrap();
    let found = file[section]
        .as_array()
        .unwrap()
        .iter()
        .find(|v| v["id"] == id)
        .unwrap()
        .clone();
    let question = BatchInput::parse(&found["input"].to_string()).unwrap();
    BatchCalculator::default().deadline(&question).unwrap()
}

fn ec(id: &str) -> Deadline {
    let file = include_str!("../../../../tests/vectors/deadline_vectors.json");
    vector(file, "deadline_vectors", id)
}

fn fr(id: &str) -> Deadline {
    vector(
        include_str!("../../../../tests/vectors/deadlines_fr.json"),
        "vectors",
        id,
    )
}

/// The text with the digest of the version left out, which changes with every rule.
fn text(deadline: &Deadline, language: Language) -> String {
    let version = deadline.calendar_version().to_string();
    deadline
        .receipt()
        .text(language)
        .join("\n")
        .replace(&version, "V")
}

#[test]
fn a_receipt_in_spanish_tells_the_whole_story() {
    let expected = "\
Se presentó el viernes 31 de octubre de 2025 a las 17:30.
Llegó después de las 16:30, hora de cierre: se tiene por presentado el miércoles 5 de noviembre de 2025.
El término es de 10 días hábiles, contados desde el siguiente (COA, art. 158).
Del sábado 1 de noviembre de 2025 al domingo 2 de noviembre de 2025: fin de semana.
Lunes 3 de noviembre de 2025: Independencia de Cuenca.
Martes 4 de noviembre de 2025: Día de los Difuntos, trasladado del domingo 2 de noviembre de 2025.
Día 1: jueves 6 de noviembre de 2025.
Día 2: viernes 7 de noviembre de 2025.
Del sábado 8 de noviembre de 2025 al domingo 9 de noviembre de 2025: fin de semana.
Día 3: lunes 10 de noviembre de 2025.
Día 4: martes 11 de noviembre de 2025.
Día 5: miércoles 12 de noviembre de 2025.
Día 6: jueves 13 de noviembre de 2025.
Día 7: viernes 14 de noviembre de 2025.
Del sábado 15 de noviembre de 2025 al domingo 16 de noviembre de 2025: fin de semana.
Día 8: lunes 17 de noviembre de 2025.
Día 9: martes 18 de noviembre de 2025.
Día 10: miércoles 19 de noviembre de 2025.
Vence el miércoles 19 de noviembre de 2025 a las 24:00 (America/Guayaquil).
Calendarios: EC, EC-QUITO. Versión V (COA, art. 159).";
    assert_eq!(text(&ec("D02"), Language::Es), expected);
    assert_eq!(
        text(&ec("D02"), Language::Qu),
        expected,
        "Kichwa falls back to Spanish"
    );
}

#[test]
fn a_receipt_with_a_suspension_and_an_extension_shows_what_is_from_memory() {
    let expected = "\
Filed on Monday 1 September 2025 at 09:00.
The term is 10 business days, counted from the next one (COA, art. 158).
Day 1: Tuesday 2 September 2025.
Day 2: Wednesday 3 September 2025.
Day 3: Thursday 4 September 2025.
Friday 5 September 2025 to Thursday 11 September 2025: suspended for a rectification asked from the applicant.
Day 4: Friday 12 September 2025.
Saturday 13 September 2025 to Sunday 14 September 2025: weekend.
Day 5: Monday 15 September 2025.
Day 6: Tuesday 16 September 2025.
Day 7: Wednesday 17 September 2025.
Day 8: Thursday 18 September 2025.
Day 9: Friday 19 September 2025.
Saturday 20 September 2025 to Sunday 21 September 2025: weekend.
Day 10: Monday 22 September 2025.
Day 11: Tuesday 23 September 2025.
Day 12: Wednesday 24 September 2025.
Day 13: Thursday 25 September 2025.
Day 14: Friday 26 September 2025.
Saturday 27 September 2025 to Sunday 28 September 2025: weekend.
Day 15: Monday 29 September 2025.
Suspension for a rectification asked from the applicant, notified on Thursday 4 September 2025: it ended on Thursday 11 September 2025, when what was asked was done (COA, arts. 140, 162, to be confirmed).
Extension of 5 business days, notified on Wednesday 17 September 2025 (COA, art. 161, to be confirmed).
Due on Monday 29 September 2025 at 24:00 (America/Guayaquil).
Without the extension it would have been due on Monday 22 September 2025.
Calendars: EC, EC-QUITO. Version V (COA, art. 159).
Citations \"to be confirmed\" have not been compared with the text of the law.";
    assert_eq!(text(&ec("D42"), Language::En), expected);
}

#[test]
fn a_plazo_that_rolls_shows_the_days_it_rolled_over_its_own_end_included() {
    let expected = "\
Counted from Friday 31 October 2025.
The term is 1 month, from date to date (COA, art. 160).
Counting begins on Wednesday 5 November 2025 (COA, art. 158).
From date to date it ends on Friday 5 December 2025 (COA, art. 160).
Saturday 1 November 2025 to Sunday 2 November 2025: weekend.
Monday 3 November 2025: Independence of Cuenca.
Tuesday 4 November 2025: All Souls' Day, moved from Sunday 2 November 2025.
Friday 5 December 2025: Foundation of Quito, moved from Saturday 6 December 2025.
Saturday 6 December 2025 to Sunday 7 December 2025: weekend.
It ends on a day that is not worked: it moves to Monday 8 December 2025 (COA, art. 160, to be confirmed).
Due on Monday 8 December 2025 at 24:00 (America/Guayaquil).
Calendars: EC, EC-QUITO. Version V (COA, art. 159).
Citations \"to be confirmed\" have not been compared with the text of the law.";
    assert_eq!(text(&ec("D51"), Language::En), expected);
}

#[test]
fn the_short_account_keeps_every_holiday_and_drops_the_plain_days() {
    let summary = ec("D02").receipt().summary();
    let text: Vec<String> = summary.iter().map(|line| line.text(Language::Es)).collect();
    assert!(!text.iter().any(|line| line.starts_with("Día ")));
    for expected in [
        "Se contaron 10 días, del jueves 6 de noviembre de 2025 al miércoles 19 de noviembre de 2025.",
        "No se contaron 6 días de fin de semana.",
        "Lunes 3 de noviembre de 2025: Independencia de Cuenca.",
    ] {
        assert!(
            text.iter().any(|line| line == expected),
            "{expected} is missing in {text:#?}"
        );
    }
}

#[test]
fn a_receipt_in_json_has_keys_and_data_and_can_be_computed_again() {
    let deadline = ec("D21");
    let receipt = serde_json::to_value(deadline.receipt()).unwrap();
    let decree = receipt["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["key"] == "day.decree_issued");
    let decree = decree.unwrap();
    assert_eq!(decree["args"]["from"], "2025-10-09");
    assert_eq!(decree["args"]["issued"], "2025-10-02");
    assert_eq!(
        receipt["days"][0],
        serde_json::json!({ "date": "2025-09-30", "counted": 1 })
    );
    let input: Input = serde_json::from_value(receipt["input"].clone()).unwrap();
    let again = compute(&input, deadline.calendar()).unwrap();
    assert_eq!(again.receipt(), deadline.receipt());
}

#[test]
fn what_was_never_compared_with_a_published_list_is_said() {
    let keys =
        |fields| -> Vec<LineKey> { ask(fields).receipt().lines.iter().map(|l| l.key).collect() };
    let far = keys(r#""trigger_date":"2026-03-02","term":{"amount":5,"unit":"business_days"}"#);
    assert!(far.contains(&LineKey::CaveatUncheckedYears));
    let near = keys(r#""trigger_date":"2025-03-03","term":{"amount":5,"unit":"business_days"}"#);
    assert!(!near.contains(&LineKey::CaveatUncheckedYears));
}

/// Every line that some real situation produces.
fn lines_of_every_kind() -> Vec<ReceiptLine> {
    let mut lines = Vec::new();
    for id in [
        "D01", "D02", "D07", "D21", "D25", "D30", "D36", "D37", "D39", "D40", "D51", "D54", "D60",
        "D75", "D80", "D82",
    ] {
        let receipt = ec(id).receipt();
        lines.extend(receipt.summary());
        lines.extend(receipt.lines);
    }
    for id in ["FR03", "FR08"] {
        lines.extend(fr(id).receipt().lines);
    }
    for fields in [
        // Years, silence that lapses and silence that denies, an extension in calendar days.
        r#""trigger_date":"2025-03-03","term":{"amount":1,"unit":"years"},"silence":{"amount":2,"unit":"months","sense":"caducity"}"#,
        r#""trigger_date":"2025-03-03","term":{"amount":2,"unit":"months"},"silence":{"amount":2,"unit":"months","sense":"negative"},"extensions":[{"amount":3,"granted_and_notified_on":"2025-03-10"}]"#,
        // A decree whose date nobody wrote down.
        r#""trigger_date":"2024-12-30","term":{"amount":5,"unit":"business_days"}"#,
        // Silence stands still with the rest.
        r#""trigger_date":"2025-03-03","term":{"amount":5,"unit":"business_days"},"silence":{"amount":30,"sense":"positive"},"suspensions":[{"cause":"fuerza_mayor","from":"2025-03-05"}]"#,
        // French days counted before the file was complete.
        r#""profile":"france","trigger_date":"2023-05-15","term":{"amount":30,"unit":"calendar_days"},"suspensions":[{"cause":"incomplete","from":"2023-05-20","to":"2023-05-25"}]"#,
        r#""trigger_date":"2041-03-01","term":{"amount":5,"unit":"business_days"}"#,
    ] {
        lines.extend(ask(fields).receipt().lines);
    }
    let emergency = quito_with(decree(
        DecreeEffect::TermsSuspended,
        on(9, 3),
        Some(on(9, 4)),
    ));
    let input = Input::new(Trigger::On(on(9, 1)), "10bd".parse().unwrap());
    lines.extend(compute(&input, &emergency).unwrap().receipt().lines);
    lines.extend(standings());
    lines
}

fn standings() -> Vec<ReceiptLine> {
    let silence: SilenceRule = serde_json::from_str(r#"{"amount":30,"sense":"positive"}"#).unwrap();
    let input = Input {
        silence,
        ..Input::new(Trigger::On(on(9, 5)), "10bd".parse().unwrap())
    };
    let deadline = compute(&input, &QUITO).unwrap();
    let asked = Suspension::open(SuspensionCause::Rectification, on(9, 10));
    let ledger = Ledger {
        suspensions: vec![asked],
        extensions: vec![],
    };
    let suspended = deadline.with_ledger(ledger).unwrap();
    let mut lines: Vec<ReceiptLine> = [
        on(9, 8),
        on(9, 17),
        on(9, 19),
        on(9, 20),
        on(9, 24),
        on(12, 1),
    ]
    .into_iter()
    .map(|day| deadline.standing(day, None).line())
    .collect();
    lines.push(suspended.standing(on(9, 15), None).line());
    lines.push(deadline.standing(on(12, 1), Some(on(9, 10))).line());
    lines.push(deadline.standing(on(12, 1), Some(on(9, 25))).line());
    lines
}

#[test]
fn every_line_there_is_can_be_said_and_lacks_no_data() {
    let lines = lines_of_every_kind();
    let said: BTreeSet<&str> = lines.iter().map(|line| line.key.as_str()).collect();
    let all: BTreeSet<&str> = LineKey::ALL.iter().map(|key| key.as_str()).collect();
    let never: Vec<_> = all.difference(&said).collect();
    assert!(never.is_empty(), "no situation says {never:?}");
    for line in &lines {
        for language in Language::ALL {
            let text = line.text(language);
            assert!(!text.contains(['–', '{', '}']), "{:?}: {text}", line.key);
            assert!(text.ends_with('.'), "{text}");
        }
    }
}
