//! Draws a procedure's life from the code itself: every wish is tried in every stage, and what is
//! granted becomes an arrow. `cargo run -p chasqui-procedures --example lifecycle > docs/lifecycle.md`
//! writes the page; a test fails if the page is not what the code does.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it writes a page, and whoever runs it sees why it does not"
)]

use std::collections::{BTreeMap, BTreeSet};

use chasqui_deadlines::{CalendarBook, SuspensionCause};
use chasqui_procedures::Procedure;
use chasqui_procedures::catalogue::TypeVersion;
use chasqui_procedures::command::{Command, File, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{Correction, CorrectionReason, Entry, ReopenCause};
use chasqui_procedures::ids::SubjectRef;
use chasqui_procedures::outcome::{Outcome, Stage};
use chasqui_procedures::subprocedure::SubprocedureResult;
use chasqui_procedures::text::Label;

/// How many steps away from the filing is looked.
const DEPTH: usize = 5;

fn main() {
    print!("{}", render());
}

/// The page.
pub(crate) fn render() -> String {
    let (arrows, refusals) = explore();
    let mut page = String::from(
        "# The life of a procedure\n\n\
         This page is drawn from the code by `cargo run -p chasqui-procedures --example lifecycle`: every wish is\n\
         tried in every stage that can be reached. A test fails if the page is not what the code does.\n\n\
         ```mermaid\nstateDiagram-v2\n    [*] --> filed: File\n",
    );
    let mut labels: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for (from, wish, to) in arrows.iter().filter(|(from, _, to)| from != to) {
        labels.entry((from, to)).or_default().insert(wish);
    }
    for ((from, to), wishes) in labels {
        let wishes: Vec<&str> = wishes.into_iter().collect();
        page.push_str(&format!("    {from} --> {to}: {}\n", wishes.join(", ")));
    }
    page.push_str("```\n\nWhat changes no stage stands only here. A wish that is refused always gives its reason.\n\n");
    page.push_str("| Stage | Granted | Refused, and why |\n|---|---|---|\n");
    for stage in Stage::ALL.map(Stage::id) {
        let granted: BTreeSet<&str> = arrows
            .iter()
            .filter(|(from, ..)| *from == stage)
            .map(|(_, wish, _)| *wish)
            .collect();
        let refused = refusals
            .iter()
            .filter(|(from, wish, _)| *from == stage && !granted.contains(wish));
        let refused: BTreeSet<String> = refused
            .map(|(_, wish, why)| format!("{wish} ({why})"))
            .collect();
        let list = |words: Vec<&str>| words.join(", ");
        page.push_str(&format!(
            "| `{stage}` | {} | {} |\n",
            list(granted.into_iter().collect()),
            list(refused.iter().map(String::as_str).collect()),
        ));
    }
    page
}

type Arrows = BTreeSet<(&'static str, &'static str, &'static str)>;

/// Every wish in every state that can be reached: what it leads to, or why it is refused.
fn explore() -> (Arrows, Arrows) {
    let book = CalendarBook::ecuador();
    let known_at = "2026-03-02T12:00:00-05:00".parse().unwrap();
    let calendar = book.resolve(book.default_calendars(), known_at).unwrap();
    let rules: TypeVersion = serde_json::from_str(
        r#"{"id":"T","name":"T","term":{"amount":15,"unit":"business_days"}}"#,
    )
    .unwrap();
    let (mut arrows, mut refusals) = (BTreeSet::new(), BTreeSet::new());
    let mut seen = BTreeSet::new();
    let mut frontier: Vec<Vec<Entry>> = vec![Vec::new()];
    for depth in 0..=DEPTH {
        for history in std::mem::take(&mut frontier) {
            let state = Procedure::of(&history);
            for (name, wish) in wishes(depth) {
                let situation = Situation {
                    now: format!("2026-03-{:02}", 3 + depth).parse().unwrap(),
                    rules: &rules,
                    calendar: &calendar,
                    history: &history,
                };
                let from = state.stage().id();
                let command = Command {
                    occurred: None,
                    wish,
                };
                match decide(&state, &command, &situation) {
                    Ok(entries) => {
                        let next = [&history[..], &entries].concat();
                        let to = Procedure::of(&next);
                        if state.filing.is_some() {
                            arrows.insert((from, name, to.stage().id()));
                        }
                        if seen.insert(key(&to)) {
                            frontier.push(next);
                        }
                    }
                    Err(rejection) if state.filing.is_some() => {
                        refusals.insert((from, name, rejection.name()));
                    }
                    Err(_) => {}
                }
            }
        }
    }
    (arrows, refusals)
}

/// What tells states apart that wishes tell apart.
fn key(state: &Procedure) -> String {
    let open: Vec<_> = state.open_suspensions().collect();
    format!(
        "{} {open:?} {} {:?} {} {} {} {} {:?}",
        state.stage().id(),
        state.admitted,
        state.outcome(),
        state.notified_on.is_some(),
        state.withdrawn_on.is_some(),
        state.archived_on.is_some(),
        state.person_erased_on.is_some(),
        // Of many parts, one is like another.
        state
            .subprocedures
            .get(1)
            .map(|part| part.ended_on.is_some()),
    )
}

fn erase() -> Wish {
    Wish::ErasePerson {
        basis: ErasureBasis::PeriodOver,
        while_open: false,
    }
}

fn wishes(depth: usize) -> Vec<(&'static str, Wish)> {
    let cause = SuspensionCause::ExternalReport;
    let step = || Label::parse("Informe").unwrap();
    if depth == 0 {
        let file = File {
            unit: "unit".parse().unwrap(),
            channel: None,
            applicant_kind: None,
            calendars: vec![],
            code: None,
            subject: Some(SubjectRef(uuid::Uuid::nil())),
        };
        return vec![("File", Wish::File(Box::new(file)))];
    }
    let mut wishes = of_parts(step());
    wishes.extend([
        ("Admit", Wish::Admit),
        (
            "Assign",
            Wish::Assign {
                to: "other".parse().unwrap(),
            },
        ),
        ("StartStep", Wish::StartStep { step: step() }),
        ("CompleteStep", Wish::CompleteStep { step: step() }),
        (
            "RequestRectification",
            Wish::RequestRectification {
                items: vec![],
                granted_business_days: None,
            },
        ),
        ("AnswerRectification", Wish::AnswerRectification),
        ("Suspend", Wish::Suspend { cause }),
        ("Resume", Wish::Resume { cause }),
        ("Extend", Wish::Extend { days: 1 }),
        (
            "Transfer",
            Wish::Transfer {
                to: "other".parse().unwrap(),
            },
        ),
        (
            "Decide",
            Wish::Decide {
                outcome: Outcome::Granted,
            },
        ),
        ("Notify", Wish::Notify { channel: None }),
        ("Withdraw", Wish::Withdraw),
        ("Archive", Wish::Archive),
        ("ReplaceCode", Wish::ReplaceCode { code: None }),
        ("ErasePerson", erase()),
        ("Appeal", Wish::Appeal),
        (
            "Reopen",
            Wish::Reopen {
                cause: ReopenCause::AppealUpheld,
            },
        ),
        (
            "Correct",
            Wish::Correct {
                sequence: 2,
                instead: Correction::DidNotHappen,
                reason: CorrectionReason::TypingMistake,
            },
        ),
    ]);
    wishes
}

/// Those about the parts of other units.
fn of_parts(name: Label) -> Vec<(&'static str, Wish)> {
    vec![
        (
            "OpenSubprocedure",
            Wish::OpenSubprocedure {
                unit: "catastro".parse().unwrap(),
                name,
            },
        ),
        (
            "AnswerSubprocedure",
            Wish::AnswerSubprocedure {
                number: 1,
                result: SubprocedureResult::Done,
            },
        ),
        ("CancelSubprocedure", Wish::CancelSubprocedure { number: 1 }),
    ]
}
