//! What may be done to a running term: the checks behind the commands that extend and suspend.
//! They answer from the deadline as it stands; recording anything is somebody else's work.

use jiff::civil::Date;

use crate::compute::{Deadline, Granted, extension_fits};
use crate::day::Day;
use crate::error::DeadlineError;
use crate::ledger::{Extension, Ledger, Suspension};

/// What a suspension will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuspensionEffectiveness {
    /// It stops the clock with so many days of the term left, in the days the term counts.
    Stops {
        /// The days left when the clock stops.
        days_left: i64,
    },
    /// It is notified on the last day: nothing is left to stop, and the due date stays (vector
    /// D37). Whether an officer is warned or refused is the command's choice.
    NothingLeft,
}

/// Whether an extension may be granted: within the cap, before the term has expired, never before
/// the filing (COA 161).
///
/// ```
/// use chasqui_deadlines::{CalendarBook, Extension, Input, Trigger, check_extension, compute};
/// use jiff::{Timestamp, civil::date};
///
/// // COA art. 161, vectors R01 and R02 (half and before expiry are from memory: to be confirmed).
/// let book = CalendarBook::ecuador();
/// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
/// let input = Input::new(Trigger::On(date(2025, 9, 1)), "10bd".parse()?);
/// let deadline = compute(&input, &calendar)?;
///
/// let name = |extension| check_extension(&deadline, &extension).unwrap_err().name();
/// assert_eq!(name(Extension::new(6, date(2025, 9, 10))), "ExtensionExceedsHalf");
/// assert_eq!(name(Extension::new(5, date(2025, 9, 16))), "TermAlreadyExpired");
/// assert!(check_extension(&deadline, &Extension::new(5, date(2025, 9, 15))).is_ok());
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
///
/// # Errors
/// [`DeadlineError::ExtensionExceedsHalf`], [`DeadlineError::TermAlreadyExpired`],
/// [`DeadlineError::ExtensionsExhausted`], [`DeadlineError::ExtensionBeforeFiling`],
/// [`DeadlineError::NonPositiveExtension`], [`DeadlineError::DateOutOfRange`].
pub fn check_extension(deadline: &Deadline, extension: &Extension) -> Result<(), DeadlineError> {
    let (on, filed_on) = (
        extension.granted_and_notified_on,
        deadline.start.received_on,
    );
    if on < filed_on {
        return Err(DeadlineError::ExtensionBeforeFiling { on, filed_on });
    }
    let granted = Granted {
        already: deadline.extension_days,
        grants: deadline.input.ledger.extensions.len(),
        due: deadline.due_on.map(Day::of).transpose()?,
    };
    extension_fits(&deadline.clock, deadline.input.term, extension, granted)
}

/// The deadline with one more extension, if it may be granted.
///
/// # Errors
/// As [`check_extension`].
pub fn grant_extension(
    deadline: &Deadline,
    extension: Extension,
) -> Result<Deadline, DeadlineError> {
    check_extension(deadline, &extension)?;
    let Ledger {
        suspensions,
        mut extensions,
    } = deadline.input.ledger.clone();
    extensions.push(extension);
    deadline.with_ledger(Ledger {
        suspensions,
        extensions,
    })
}

/// Whether a suspension may be notified, and what it will do (COA 162).
///
/// ```
/// use chasqui_deadlines::{
///     CalendarBook, Input, Suspension, SuspensionCause, SuspensionEffectiveness, Trigger,
///     check_suspension, compute,
/// };
/// use jiff::{Timestamp, civil::date};
///
/// // COA arts. 140 and 162 (from memory, to be confirmed), vectors D30 and D37.
/// let book = CalendarBook::ecuador();
/// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
/// let input = Input::new(Trigger::On(date(2025, 9, 1)), "5bd".parse()?);
/// let deadline = compute(&input, &calendar)?;
///
/// let asked_on = |day| Suspension::open(SuspensionCause::Rectification, date(2025, 9, day));
/// let effect = |day| check_suspension(&deadline, &asked_on(day));
/// assert_eq!(effect(3)?, SuspensionEffectiveness::Stops { days_left: 3 });
/// assert_eq!(effect(8)?, SuspensionEffectiveness::NothingLeft);
/// assert_eq!(effect(9).unwrap_err().name(), "TermAlreadyExpired");
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
///
/// # Errors
/// [`DeadlineError::TermAlreadyExpired`] after the due date, and whatever
/// [`compute`](crate::compute) finds wrong with the entry itself:
/// [`DeadlineError::SuspensionBeforeFiling`], [`DeadlineError::SuspensionEndsBeforeItBegins`],
/// [`DeadlineError::CauseNotAllowed`].
pub fn check_suspension(
    deadline: &Deadline,
    suspension: &Suspension,
) -> Result<SuspensionEffectiveness, DeadlineError> {
    let on: Date = suspension.from;
    if let Some(due_on) = deadline.due_on.filter(|due| on > *due) {
        return Err(DeadlineError::TermAlreadyExpired { due_on, on });
    }
    let Ledger {
        mut suspensions,
        extensions,
    } = deadline.input.ledger.clone();
    suspensions.push(*suspension);
    let suspended = deadline.with_ledger(Ledger {
        suspensions,
        extensions,
    })?;
    let entered = suspended.suspensions.last();
    Ok(
        match entered.is_some_and(|entered| suspended.is_too_late(entered)) {
            true => SuspensionEffectiveness::NothingLeft,
            false => SuspensionEffectiveness::Stops {
                days_left: deadline.standing(on, None).remaining_days,
            },
        },
    )
}
