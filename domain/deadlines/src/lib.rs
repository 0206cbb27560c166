//! When is it due, and why? Terms, calendars, suspensions and extensions go in; a due date, how a
//! procedure stands on a day, and a receipt that accounts for every day come out.
//!
//! The crate is pure: it is told everything (the filing, the ledger, the calendar as known at an
//! instant, the day of the question) and never looks at a clock, a file or a time zone database.
//! It deliberately does not know what a procedure is, who decides, or how anything is stored.

mod batch;
mod calendar;
mod changes;
mod compute;
mod day;
mod error;
mod language;
mod ledger;
mod lotaip;
mod policies;
mod receipt;
mod recompute;
mod refusal;
#[cfg(feature = "schema")]
mod schema;
mod silence;
mod standing;
mod term;

pub use batch::{
    BatchAnswer, BatchCalculator, BatchInput, DeadlineAnswer, Explained, ExplainedStanding,
    SuspensionAnswer,
};
pub use calendar::{
    Article, Calendar, CalendarBook, CalendarDay, CalendarId, CalendarInfo, CalendarKind,
    CalendarVersion, Decree, DecreeEffect, Evidence, LegalBasis, RecoverableDays, RestReason, Zone,
};
pub use changes::{SuspensionEffectiveness, check_extension, check_suspension, grant_extension};
pub use compute::{
    Deadline, Deemed, EffectiveSuspension, EndedBy, Input, SilenceDue, Trigger, compute,
};
pub use day::{EARLIEST, LATEST};
pub use error::DeadlineError;
pub use language::{Language, LocalName};
pub use ledger::{Extension, Ledger, PerCause, Suspension, SuspensionCause};
pub use lotaip::{annual_report_due, register_by};
pub use policies::{
    ExtensionCap, ExtensionPolicy, FilingPolicy, OfficeHours, OpenSuspension, PlazoAnchor,
    Policies, Resume, Roll, SilenceClock, SuspensionStart,
};
pub use receipt::{Arg, Exclusion, LineKey, Receipt, ReceiptDay, ReceiptLine};
pub use recompute::Moved;
pub use silence::{SilenceEffect, SilenceRule};
pub use standing::{ClockState, SilenceAccrued, Standing, StandingKind, Timeliness};
pub use term::{Term, TermAmount, TermUnit};
