//! Given a history, when a wish, then an entry or a refusal: the words in which the tests are
//! written. Histories are built event by event; nothing here decides anything.

use std::sync::LazyLock;

use chasqui_deadlines::{
    Calendar, CalendarBook, CalendarId, Policies, SilenceEffect, SilenceRule, SuspensionCause,
};
use chasqui_procedures::catalogue::{ClockStop, Sheet, TypeVersion};
use chasqui_procedures::command::{Command, File, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{
    Admitted, Archived, Corrected, Correction, CorrectionReason, Decided, Due, Entry, Event, Filed,
    Notified, PersonErased, RectificationAnswered, RectificationRequested, TermResumed,
    TermSuspended, Transferred, Withdrawn,
};
use chasqui_procedures::ids::{SubjectRef, UnitId};
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::rejection::Rejection;
use chasqui_procedures::standing::{Standing, standing};
use chasqui_procedures::text::Label;
use chasqui_procedures::{Moment, Procedure};
use jiff::Timestamp;
use jiff::civil::Date;

/// The national calendar and Quito's, with every decree that the data knows.
pub(crate) static QUITO: LazyLock<Calendar> = LazyLock::new(|| {
    let book = CalendarBook::ecuador();
    let ids = book.default_calendars();
    book.resolve(ids, Timestamp::MAX).unwrap()
});

/// A history, with the rules and the calendar that govern it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) rules: TypeVersion,
    pub(crate) calendar: Calendar,
    pub(crate) history: Vec<Entry>,
}

/// A history of a procedure whose type has this term (`15bd`), in Quito.
pub(crate) fn given(term: &str, history: impl IntoIterator<Item = Entry>) -> Given {
    Given {
        rules: rules(term),
        calendar: QUITO.clone(),
        history: history.into_iter().collect(),
    }
}

impl Given {
    /// The same under other policies.
    pub(crate) fn under(mut self, policies: Policies) -> Self {
        self.rules.policies = policies;
        self
    }

    /// The same by another calendar.
    pub(crate) fn by(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// The same with silence that grants after some business days (COA 207).
    pub(crate) fn silent_after(mut self, business_days: &str) -> Self {
        self.rules.silence = SilenceRule::After {
            term: business_days.parse().unwrap(),
            effect: SilenceEffect::Positive,
        };
        self
    }

    /// The same for a type that is filed with one unit only.
    pub(crate) fn only_with(mut self, id: &str) -> Self {
        self.rules.units = vec![unit(id)];
        self
    }

    /// The same with another end of its time.
    pub(crate) fn stopping_at(mut self, clock_stops_at: ClockStop) -> Self {
        self.rules.clock_stops_at = clock_stops_at;
        self
    }

    pub(crate) fn state(&self) -> Procedure {
        Procedure::of(&self.history)
    }

    /// When this is wished at this moment, about this moment.
    pub(crate) fn when(&self, now: &str, wish: Wish) -> Result<Entry, Rejection> {
        self.decide(now, None, wish)
    }

    /// When this is wished about an earlier moment.
    pub(crate) fn when_late(
        &self,
        now: &str,
        occurred: &str,
        wish: Wish,
    ) -> Result<Entry, Rejection> {
        self.decide(now, Some(moment(occurred)), wish)
    }

    fn decide(&self, now: &str, occurred: Option<Moment>, wish: Wish) -> Result<Entry, Rejection> {
        let situation = Situation {
            now: moment(now),
            rules: &self.rules,
            calendar: &self.calendar,
            history: &self.history,
        };
        let mut entries = decide(&self.state(), &Command { occurred, wish }, &situation)?;
        assert_eq!(entries.len(), 1, "every wish is one entry");
        Ok(entries.remove(0))
    }

    /// The history after a wish that must be granted.
    pub(crate) fn lived(mut self, now: &str, wish: Wish) -> Self {
        let entry = match self.when(now, wish.clone()) {
            Ok(entry) => entry,
            Err(rejection) => panic!("{wish:?} on {now} was refused: {rejection}"),
        };
        self.history.push(entry);
        self
    }

    pub(crate) fn stands(&self, on: &str) -> Standing {
        standing(&self.state(), &self.rules, &self.calendar, day(on)).unwrap()
    }
}

/// The due date that an entry says, with and without extensions.
pub(crate) fn due_of(entry: &Entry) -> (Option<Date>, Option<Date>) {
    let Due { on, base_on, .. } = entry.event.due().expect("the entry says a due date");
    (on, base_on)
}

/// Both due dates on one day.
pub(crate) fn both(text: &str) -> (Option<Date>, Option<Date>) {
    (Some(day(text)), Some(day(text)))
}

pub(crate) fn rules(term: &str) -> TypeVersion {
    TypeVersion {
        id: "GADDMQ-AG-CAT-33".parse().unwrap(),
        version: 3,
        name: label("Licencia metropolitana"),
        units: vec![],
        term: (!term.is_empty()).then(|| term.parse().unwrap()),
        silence: SilenceRule::None,
        policies: Policies::default(),
        clock_stops_at: ClockStop::Notification,
        calendars: QUITO.ids().to_vec(),
        steps: Vec::new(),
        sheet: Sheet::default(),
    }
}

pub(crate) fn calendar(ids: &[&str], known_at: &str) -> Calendar {
    let ids: Vec<CalendarId> = ids.iter().map(|id| id.parse().unwrap()).collect();
    let known_at = known_at.parse().unwrap();
    CalendarBook::ecuador().resolve(&ids, known_at).unwrap()
}

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn unit(text: &str) -> UnitId {
    text.parse().unwrap()
}

pub(crate) fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

// --- wishes ---

pub(crate) fn file() -> File {
    File {
        unit: unit("az-norte"),
        channel: None,
        applicant_kind: None,
        calendars: Vec::new(),
        code: None,
        subject: None,
    }
}

pub(crate) fn filing() -> Wish {
    Wish::File(Box::new(file()))
}

pub(crate) fn ask() -> Wish {
    Wish::RequestRectification {
        items: Vec::new(),
        granted_business_days: None,
    }
}

pub(crate) fn suspend(cause: SuspensionCause) -> Wish {
    Wish::Suspend { cause }
}

pub(crate) fn resume(cause: SuspensionCause) -> Wish {
    Wish::Resume { cause }
}

pub(crate) fn extend(days: u16) -> Wish {
    Wish::Extend { days }
}

pub(crate) fn grant() -> Wish {
    Wish::Decide {
        outcome: Outcome::Granted,
    }
}

pub(crate) fn notify() -> Wish {
    Wish::Notify { channel: None }
}

pub(crate) fn correct(sequence: u32, instead: Correction) -> Wish {
    Wish::Correct {
        sequence,
        instead,
        reason: CorrectionReason::TypingMistake,
    }
}

/// One wish of each kind but filing.
pub(crate) fn every_other_wish() -> Vec<Wish> {
    vec![
        Wish::Admit,
        Wish::Assign {
            to: unit("archivo"),
        },
        Wish::StartStep {
            step: label("Inspección"),
        },
        Wish::CompleteStep {
            step: label("Inspección"),
        },
        ask(),
        Wish::AnswerRectification,
        suspend(SuspensionCause::ForceMajeure),
        resume(SuspensionCause::ForceMajeure),
        extend(1),
        Wish::Transfer { to: unit("az-sur") },
        grant(),
        notify(),
        Wish::Withdraw,
        Wish::Archive,
        correct(1, Correction::OccurredAt(moment("2025-09-01"))),
    ]
}

// --- events ---

pub(crate) fn entry(occurred: &str, event: Event) -> Entry {
    Entry {
        occurred: moment(occurred),
        event,
        unit: None,
        performer: None,
        imported: None,
        contradicts: Vec::new(),
    }
}

/// Filed with `az-norte` on that day, with no due date said.
pub(crate) fn filed(occurred: &str) -> Entry {
    let rules = rules("");
    entry(
        occurred,
        Event::Filed(Box::new(Filed {
            procedure_type: rules.id,
            type_version: rules.version,
            unit: unit("az-norte"),
            channel: None,
            applicant_kind: None,
            calendars: rules.calendars,
            filed_on: moment(occurred).on(),
            clock_stops_at: rules.clock_stops_at,
            due: None,
            code: None,
            subject: None,
        })),
    )
}

/// A filing with a person in the vault.
pub(crate) fn filed_by_somebody(occurred: &str) -> Entry {
    let mut entry = filed(occurred);
    if let Event::Filed(filed) = &mut entry.event {
        filed.subject = Some(somebody());
    }
    entry
}

pub(crate) fn erased(occurred: &str) -> Entry {
    let basis = ErasureBasis::PeriodOver;
    let party = somebody();
    entry(occurred, Event::PersonErased(PersonErased { party, basis }))
}

pub(crate) fn somebody() -> SubjectRef {
    SubjectRef(uuid::Uuid::from_u128(0x50))
}

pub(crate) fn admitted(occurred: &str) -> Entry {
    entry(occurred, Event::Admitted(Admitted {}))
}

pub(crate) fn asked(occurred: &str, granted_business_days: Option<u16>) -> Entry {
    let asked = RectificationRequested {
        items: Vec::new(),
        granted_business_days,
        due: None,
    };
    entry(occurred, Event::RectificationRequested(asked))
}

pub(crate) fn answered(occurred: &str) -> Entry {
    let answered = RectificationAnswered { due: None };
    entry(occurred, Event::RectificationAnswered(answered))
}

pub(crate) fn suspended(occurred: &str, cause: SuspensionCause) -> Entry {
    entry(
        occurred,
        Event::TermSuspended(TermSuspended { cause, due: None }),
    )
}

pub(crate) fn resumed(occurred: &str, cause: SuspensionCause) -> Entry {
    entry(
        occurred,
        Event::TermResumed(TermResumed { cause, due: None }),
    )
}

pub(crate) fn transferred(occurred: &str, to: &str) -> Entry {
    entry(occurred, Event::Transferred(Transferred { to: unit(to) }))
}

pub(crate) fn decided(occurred: &str, outcome: Outcome) -> Entry {
    entry(occurred, Event::Decided(Decided { outcome }))
}

pub(crate) fn notified(occurred: &str) -> Entry {
    entry(occurred, Event::Notified(Notified { channel: None }))
}

pub(crate) fn withdrawn(occurred: &str) -> Entry {
    entry(occurred, Event::Withdrawn(Withdrawn {}))
}

pub(crate) fn archived(occurred: &str) -> Entry {
    entry(occurred, Event::Archived(Archived {}))
}

pub(crate) fn corrected(occurred: &str, sequence: u32, instead: Correction) -> Entry {
    entry(
        occurred,
        Event::Corrected(Corrected {
            sequence,
            instead,
            reason: CorrectionReason::TypingMistake,
            due: None,
        }),
    )
}
