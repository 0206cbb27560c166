//! Whether a wish is granted: history and rules in, events or a rejection out. Pure.

mod clock;
mod ending;
mod erasure;
mod filing;
mod progress;
mod subprocedures;

use chasqui_deadlines::Calendar;

use crate::catalogue::TypeVersion;
use crate::command::{Command, Wish};
use crate::event::{CodeReplaced, Entry, Event};
use crate::ids::UnitId;
use crate::moment::Moment;
use crate::procedure::{Filing, Procedure};
use crate::rejection::Rejection;

/// What a decision needs to know beside the history.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Now, as the municipality's clocks show it.
    pub now: Moment,
    /// The version of the procedure type that governs it.
    pub rules: &'a TypeVersion,
    /// The calendars that count for it, as known now.
    pub calendar: &'a Calendar,
    /// The entries that add up to the procedure: a correction is judged by what they then add up to.
    pub history: &'a [Entry],
}

/// Decides on a wish. Grants it with the entries to record, or refuses it with the fact that
/// forbids it; a refused wish changes nothing.
///
/// A wish is decided on by the civil date of the calendar's zone, in whichever offset its moment is
/// written. Without a history it is decided on by the state alone: whether a correction fits the kind of
/// entry that it corrects is not known here.
///
/// ```
/// use chasqui_deadlines::CalendarBook;
/// use chasqui_procedures::catalogue::TypeVersion;
/// use chasqui_procedures::command::{Command, File, Wish};
/// use chasqui_procedures::decide::{Situation, decide};
/// use chasqui_procedures::{Procedure, rejection::Rejection};
///
/// let book = CalendarBook::ecuador();
/// let calendar = book.resolve(book.default_calendars(), jiff::Timestamp::MAX)?;
/// let rules: TypeVersion = serde_json::from_str(
///     r#"{"id":"LMU-20","version":1,"name":"Licencia","term":{"amount":10,"unit":"business_days"}}"#,
/// )?;
/// let situation =
///     Situation { now: "2025-09-01".parse()?, rules: &rules, calendar: &calendar, history: &[] };
/// let file = File {
///     unit: "az-norte".parse()?,
///     channel: None,
///     applicant_kind: None,
///     calendars: Vec::new(),
///     code: None,
///     subject: None,
/// };
/// let wish = |wish| Command { occurred: None, wish };
///
/// // Filed on Monday 1 September 2025, ten business days: due on Monday the 15th (COA 158, 159).
/// let filed = decide(&Procedure::default(), &wish(Wish::File(Box::new(file))), &situation)?;
/// let due = filed[0].event.due().expect("the type has a term");
/// assert_eq!(due.on, Some("2025-09-15".parse()?));
///
/// // Nothing was decided that could be notified (COA 164).
/// let refused = decide(&Procedure::of(&filed), &wish(Wish::Notify { channel: None }), &situation);
/// assert_eq!(refused, Err(Rejection::NotDecided));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decide(
    procedure: &Procedure,
    command: &Command,
    situation: &Situation<'_>,
) -> Result<Vec<Entry>, Rejection> {
    let zone = situation.calendar.zone();
    let situation = &Situation {
        now: situation.now.seen_from(zone),
        ..*situation
    };
    let occurred = command
        .occurred
        .map_or(situation.now, |moment| moment.seen_from(zone));
    if situation.now.is_before(&occurred) {
        return Err(Rejection::InTheFuture);
    }
    let event = if let Wish::File(file) = &command.wish {
        filing::file(procedure, file, occurred, situation)?
    } else {
        let filing = procedure.filing.as_ref().ok_or(Rejection::NotFiled)?;
        let wished = Wished {
            procedure,
            filing,
            occurred,
            situation,
        };
        wished.decide(&command.wish)?
    };
    let unit = done_by(procedure, &event);
    let entry = Entry {
        occurred,
        event,
        unit,
        performer: None,
        imported: None,
        contradicts: Vec::new(),
    };
    Ok(vec![entry])
}

/// The unit that did it, where it is not the one that has the procedure.
fn done_by(procedure: &Procedure, event: &Event) -> Option<UnitId> {
    let Event::SubprocedureAnswered(answered) = event else {
        return None;
    };
    let part = procedure.subprocedures.get(answered.number);
    part.map(|part| part.unit.clone())
}

/// A wish about a procedure that was filed.
struct Wished<'a> {
    procedure: &'a Procedure,
    filing: &'a Filing,
    occurred: Moment,
    situation: &'a Situation<'a>,
}

impl Wished<'_> {
    fn decide(&self, wish: &Wish) -> Result<Event, Rejection> {
        // A correction speaks of another day than its own; what has ended can still be notified and
        // put away, each by its own rule.
        let corrects = matches!(wish, Wish::Correct { .. });
        let filed_on = self.filing.filed_on;
        if !corrects && self.occurred.on() < filed_on {
            return Err(Rejection::BeforeFiling { filed_on });
        }
        let by_own_rule = matches!(
            wish,
            Wish::Archive
                | Wish::Notify { .. }
                | Wish::Appeal
                | Wish::Reopen { .. }
                | Wish::ReplaceCode { .. }
                | Wish::ErasePerson { .. }
        );
        if !corrects && !by_own_rule {
            self.must_be_open()?;
        }
        match wish {
            Wish::File(_) => Err(Rejection::AlreadyFiled),
            Wish::Admit => self.admit(),
            Wish::Assign { to } => self.assign(to),
            Wish::StartStep { step } => Ok(self.start_step(step)),
            Wish::CompleteStep { step } => Ok(self.complete_step(step)),
            Wish::RequestRectification {
                items,
                granted_business_days,
            } => self.request_rectification(items, *granted_business_days),
            Wish::AnswerRectification => self.answer_rectification(),
            Wish::Suspend { cause } => self.suspend(*cause),
            Wish::Resume { cause } => self.resume(*cause),
            Wish::Extend { days } => self.extend(*days),
            Wish::Transfer { to } => self.transfer(to),
            Wish::OpenSubprocedure { unit, name } => self.open_subprocedure(unit, name),
            Wish::AnswerSubprocedure { number, result } => {
                self.answer_subprocedure(*number, *result)
            }
            Wish::CancelSubprocedure { number } => self.cancel_subprocedure(*number),
            Wish::Decide { outcome } => self.take_decision(*outcome),
            Wish::Notify { channel } => self.notify(channel.as_ref()),
            Wish::Withdraw => self.withdraw(),
            Wish::Archive => self.archive(),
            Wish::Correct {
                sequence,
                instead,
                reason,
            } => self.correct(*sequence, instead, *reason),
            Wish::ReplaceCode { code } => Ok(Event::CodeReplaced(CodeReplaced { code: *code })),
            Wish::ErasePerson { basis, while_open } => self.erase_person(*basis, *while_open),
            Wish::Appeal => self.appeal(),
            Wish::Reopen { cause } => self.reopen(*cause),
        }
    }

    fn must_be_open(&self) -> Result<(), Rejection> {
        let ended = [
            self.procedure.notified_on,
            self.procedure.withdrawn_on,
            self.procedure.archived_on,
        ];
        match ended.into_iter().flatten().min() {
            Some(on) => Err(Rejection::AlreadyEnded { on }),
            None => Ok(()),
        }
    }
}
