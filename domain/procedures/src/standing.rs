//! How a procedure stands on a day: computed when somebody asks, never stored.
//!
//! Pages, API, badges and figures ask here, and here `chasqui-deadlines` is asked: there is no second
//! arithmetic.

use chasqui_deadlines::{Calendar, Deadline, DeadlineError, SilenceAccrued, StandingKind};
use jiff::civil::Date;

use crate::catalogue::TypeVersion;
use crate::due;
use crate::event::DueBasis;
use crate::outcome::Stage;
use crate::procedure::Procedure;

/// How a procedure stands on a day.
#[derive(Clone, Debug)]
pub struct Standing {
    /// In one word.
    pub kind: Kind,
    /// Business days from tomorrow to the due date; none once it is past, or if there is none.
    pub business_days_left: Option<u32>,
    /// Business days since the due date, while nothing ended it.
    pub business_days_overdue: Option<u32>,
    /// Silence, from the day it accrued.
    pub silence: Option<SilenceAccrued>,
    /// The deadline with its explanation; none if the source states the due date, or there is none.
    pub deadline: Option<Deadline>,
}

/// How a procedure stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Its type has no term that is known.
    NoTerm,
    /// The term runs.
    Running,
    /// Few business days are left.
    DueSoon,
    /// It is the last day.
    DueToday,
    /// The term has run out.
    Overdue,
    /// The term rests.
    Suspended,
    /// The silence term has run out, too.
    SilenceAccrued,
    /// It ended within its term.
    EndedOnTime,
    /// It ended after its term.
    EndedLate,
    /// It ended, and no term says whether in time: withdrawn, or of a type without one.
    Ended,
}

impl Kind {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 10] = [
        Self::NoTerm,
        Self::Running,
        Self::DueSoon,
        Self::DueToday,
        Self::Overdue,
        Self::Suspended,
        Self::SilenceAccrued,
        Self::EndedOnTime,
        Self::EndedLate,
        Self::Ended,
    ];

    /// The name in the API and in addresses.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NoTerm => "no_term",
            Self::Running => "running",
            Self::DueSoon => "due_soon",
            Self::DueToday => "due_today",
            Self::Overdue => "overdue",
            Self::Suspended => "suspended",
            Self::SilenceAccrued => "silence_accrued",
            Self::EndedOnTime => "ended_on_time",
            Self::EndedLate => "ended_late",
            Self::Ended => "ended",
        }
    }
}

/// How a procedure stands on a day, by its type's version and the calendars that count for it.
///
/// Fails as the arithmetic does, on a history that it cannot follow.
///
/// ```
/// use chasqui_procedures::Procedure;
/// use chasqui_procedures::catalogue::TypeVersion;
/// use chasqui_procedures::event::Entry;
/// use chasqui_procedures::standing::{Kind, standing};
///
/// # let book = chasqui_deadlines::CalendarBook::ecuador();
/// # let calendar = book.resolve(book.default_calendars(), jiff::Timestamp::MAX)?;
/// # let rules: TypeVersion = serde_json::from_str(
/// #     r#"{"id":"LMU-20","version":1,"name":"Licencia","term":{"amount":10,"unit":"business_days"}}"#,
/// # )?;
/// # let payload = r#"{"occurred":"2025-09-01","event":{"Filed":{"procedure_type":"LMU-20",
/// #     "type_version":1,"unit":"az-norte","calendars":["EC"],"filed_on":"2025-09-01",
/// #     "due":{"on":"2025-09-15","base_on":"2025-09-15","basis":{"computed":"ecuador"}}}}}"#;
/// // Filed on Monday 1 September 2025 with ten business days.
/// let filed: Entry = serde_json::from_str(payload)?;
/// let procedure = Procedure::of(&[filed]);
/// let on = |day: &str| standing(&procedure, &rules, &calendar, day.parse().unwrap());
/// assert_eq!(on("2025-09-15")?.kind, Kind::DueToday);
/// assert_eq!(on("2025-09-17")?.business_days_overdue, Some(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn standing(
    procedure: &Procedure,
    rules: &TypeVersion,
    calendar: &Calendar,
    on: Date,
) -> Result<Standing, DeadlineError> {
    let ended_on = procedure.ended_on().filter(|ended_on| *ended_on <= on);
    if procedure
        .withdrawn_on
        .is_some_and(|withdrawn_on| withdrawn_on <= on)
    {
        return Ok(without_term(Kind::Ended));
    }
    match &procedure.due {
        None if ended_on.is_some() => Ok(without_term(Kind::Ended)),
        None => Ok(without_term(Kind::NoTerm)),
        Some(due) if due.basis == DueBasis::Stated => {
            Ok(by_stated_date(procedure, rules, calendar, on, ended_on))
        }
        Some(_) => match due::deadline(procedure, rules, calendar)? {
            Some(deadline) => Ok(by_deadline(deadline, on, ended_on)),
            None => Ok(without_term(Kind::NoTerm)),
        },
    }
}

fn without_term(kind: Kind) -> Standing {
    Standing {
        kind,
        business_days_left: None,
        business_days_overdue: None,
        silence: None,
        deadline: None,
    }
}

fn by_deadline(deadline: Deadline, on: Date, ended_on: Option<Date>) -> Standing {
    let standing = deadline.standing(on, ended_on);
    let kind = match standing.kind {
        StandingKind::Running => Kind::Running,
        StandingKind::DueSoon => Kind::DueSoon,
        StandingKind::DueToday => Kind::DueToday,
        StandingKind::Overdue => Kind::Overdue,
        StandingKind::Suspended => Kind::Suspended,
        StandingKind::SilenceAccrued => Kind::SilenceAccrued,
        StandingKind::NotifiedOnTime => Kind::EndedOnTime,
        StandingKind::NotifiedLate => Kind::EndedLate,
    };
    let late = deadline.due_on.is_some_and(|due_on| on > due_on);
    Standing {
        kind,
        business_days_left: standing
            .business_days_left
            .filter(|_| ended_on.is_none() && !late),
        business_days_overdue: (late && ended_on.is_none())
            .then_some(standing.business_days_overdue),
        silence: standing.silence,
        deadline: Some(deadline),
    }
}

/// A due date that the source states is compared as it stands; only the days are counted here.
fn by_stated_date(
    procedure: &Procedure,
    rules: &TypeVersion,
    calendar: &Calendar,
    on: Date,
    ended_on: Option<Date>,
) -> Standing {
    let Some(due_on) = procedure.due.as_ref().and_then(|due| due.on) else {
        return without_term(Kind::Suspended);
    };
    let between = |from, to| calendar.business_days_between(from, to).ok();
    let left = between(on, due_on).filter(|_| on <= due_on);
    let few = u32::from(rules.policies.due_soon_business_days);
    let suspended = matches!(
        procedure.stage(),
        Stage::Suspended | Stage::AwaitingApplicant
    );
    let kind = match ended_on {
        Some(ended_on) if ended_on <= due_on => Kind::EndedOnTime,
        Some(_) => Kind::EndedLate,
        None if on > due_on => Kind::Overdue,
        None if on == due_on => Kind::DueToday,
        None if suspended => Kind::Suspended,
        None if left.is_some_and(|left| left <= few) => Kind::DueSoon,
        None => Kind::Running,
    };
    Standing {
        kind,
        business_days_left: left.filter(|_| ended_on.is_none()),
        business_days_overdue: between(due_on, on).filter(|_| kind == Kind::Overdue),
        silence: None,
        deadline: None,
    }
}
