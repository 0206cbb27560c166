//! Calendars: rules and decrees as data, resolved into days as they were known at an instant.

mod bits;
mod book;
mod decree;
mod easter;
mod expand;
mod id;
mod known;
mod layer;
mod profile;
mod publish;
mod reason;
mod resolved;
mod rule;
mod version;
mod zone;

pub use book::{CalendarBook, CalendarInfo, RecoverableDays};
pub use decree::{Decree, DecreeEffect};
pub use id::CalendarId;
pub use profile::{Article, Evidence, LegalBasis};
pub use reason::{CalendarDay, RestReason};
pub use resolved::Calendar;
pub use rule::CalendarKind;
pub use version::CalendarVersion;
pub use zone::Zone;

pub(crate) use bits::BusinessDays;
pub(crate) use resolved::SuspendedTerms;
pub(crate) use rule::DayName;
