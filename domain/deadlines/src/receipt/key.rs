//! The names of the lines of a receipt. Each has a text in every message table; a test holds that.

use serde::{Serialize, Serializer};

macro_rules! line_keys {
    ($($(#[$doc:meta])+ $variant:ident => $key:literal,)+) => {
        /// What a line of a receipt says; its wording is in the message tables.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum LineKey {
            $($(#[$doc])+ $variant,)+
        }

        impl LineKey {
            /// Every key.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The key in the message tables and in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)+
                }
            }
        }
    };
}

line_keys! {
    /// Received at an hour of a date.
    FiledAt => "filed.at",
    /// Counted from a date of which no hour is known.
    FiledOn => "filed.on",
    /// Arrived after closing: deemed filed the next business day.
    FiledAfterClosing => "filed.after_closing",
    /// Arrived when the desk was closed all day: deemed filed the next business day.
    FiledOnRestDay => "filed.on_rest_day",
    /// The term is immediate.
    TermImmediate => "term.immediate",
    /// The term in business days.
    TermBusinessDays => "term.business_days",
    /// The term in calendar days.
    TermCalendarDays => "term.calendar_days",
    /// The term in weeks.
    TermWeeks => "term.weeks",
    /// The term in months.
    TermMonths => "term.months",
    /// The term in years.
    TermYears => "term.years",
    /// The clock was started anew.
    ClockRestarted => "clock.restarted",
    /// Where a term from date to date begins.
    PlazoStarts => "plazo.starts",
    /// Its equivalent date.
    PlazoEquivalent => "plazo.equivalent",
    /// The last day of the month, for want of an equivalent date.
    PlazoClamped => "plazo.clamped",
    /// Suspended days moved it.
    PlazoPushed => "plazo.pushed",
    /// It ended on a rest day and went on to a business day.
    PlazoRolled => "plazo.rolled",
    /// A day that counts.
    DayCounted => "day.counted",
    /// A weekend.
    DayWeekend => "day.weekend",
    /// A holiday on its own day.
    DayHoliday => "day.holiday",
    /// A holiday that the law moved to this day.
    DayHolidayMoved => "day.holiday_moved",
    /// A rest day by a decree whose date is not known.
    DayDecree => "day.decree",
    /// A rest day by a decree, and when it was issued.
    DayDecreeIssued => "day.decree_issued",
    /// All terms were suspended.
    DayTermsSuspended => "day.terms_suspended",
    /// The procedure was suspended.
    DaySuspended => "day.suspended",
    /// Before the clock was started anew.
    DayBeforeRestart => "day.before_restart",
    /// A suspension that ended because what was asked was done.
    SuspensionComplied => "suspension.complied",
    /// A suspension that ended with the days granted.
    SuspensionGrantExpired => "suspension.grant_expired",
    /// A suspension that ended at its cap.
    SuspensionCapReached => "suspension.cap_reached",
    /// A suspension that nothing has ended yet.
    SuspensionOpen => "suspension.open",
    /// A suspension notified when no day was left.
    SuspensionTooLate => "suspension.too_late",
    /// An extension in business days.
    ExtensionBusinessDays => "extension.business_days",
    /// An extension in calendar days.
    ExtensionCalendarDays => "extension.calendar_days",
    /// The due date.
    DueOn => "due.on",
    /// The latest possible due date, while somebody may still end a suspension sooner.
    DueAtTheLatest => "due.at_the_latest",
    /// The due date as it would be without extensions.
    DueStrict => "due.strict",
    /// No due date, while a suspension is open.
    DueOpen => "due.open",
    /// Positive silence.
    SilencePositive => "silence.positive",
    /// Negative silence.
    SilenceNegative => "silence.negative",
    /// Lapse by silence.
    SilenceCaducity => "silence.caducity",
    /// The silence clock stands still.
    SilenceOpen => "silence.open",
    /// The calendars and their version.
    CalendarUsed => "calendar.used",
    /// Some of the years were not compared with a published list.
    CaveatUncheckedYears => "caveat.unchecked_years",
    /// Some of the articles are cited from memory.
    CaveatToConfirm => "caveat.to_confirm",
    /// How many days were counted, in the short account.
    SummaryCounted => "summary.counted",
    /// How many weekend days were left out, in the short account.
    SummaryWeekends => "summary.weekends",
    /// In time, with days left.
    StandingRunning => "standing_line.running",
    /// In time, with few days left.
    StandingDueSoon => "standing_line.due_soon",
    /// The last day.
    StandingDueToday => "standing_line.due_today",
    /// Late.
    StandingOverdue => "standing_line.overdue",
    /// Late, but by no business day yet.
    StandingOverdueWeekend => "standing_line.overdue_weekend",
    /// Suspended, with days left.
    StandingSuspended => "standing_line.suspended",
    /// Silence has accrued.
    StandingSilence => "standing_line.silence_accrued",
    /// Notified in time.
    StandingNotifiedOnTime => "standing_line.notified_on_time",
    /// Notified late.
    StandingNotifiedLate => "standing_line.notified_late",
}

impl Serialize for LineKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
