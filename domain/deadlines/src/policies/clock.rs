//! How a clock starts, stops, resumes and ends. Each switch is a question that a law answers; the
//! defaults are Ecuador's, and where Ecuador's law is open, the documentation says so.

use serde::{Deserialize, Serialize};

/// Where a *plazo* in months or years begins (COA 158 and 160).
///
/// Open question (LAW section 9, number 1): the letter of the COA starts the computation on the
/// next business day; the Spanish and Civil Code reading takes the date of the event itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlazoAnchor {
    /// From the business day after the event, to the equivalent date.
    #[default]
    NextBusinessDay,
    /// From the date of the event, to the equivalent date.
    TriggerDate,
    /// From the beginning of the next calendar day, so that the last day is the eve of that day's
    /// equivalent date (France).
    NextDay,
}

/// What happens when a term that counts rest days ends on one.
///
/// Open question (LAW section 9, number 1): no rule to roll was found in the COA summary; the
/// practice of the COGEP rolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// It ends there.
    #[default]
    None,
    /// It ends on the next business day.
    NextBusinessDay,
}

/// Whether the day on which a suspension is notified still counts.
///
/// Open question (LAW section 9, number 6): we count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SuspensionStart {
    /// It counts; the clock stops from the next day.
    #[default]
    DayAfter,
    /// It does not count (France).
    SameDay,
}

/// What the clock does when a suspension of some cause ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Resume {
    /// It goes on where it stopped.
    #[default]
    Continue,
    /// It starts anew, as if the procedure had been filed on the day the suspension ended.
    Reset,
}

/// What is answered about a due date while a suspension has no known end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpenSuspension {
    /// There is no due date.
    #[default]
    NoDueDate,
    /// The date as if it ended on the day of the question (France).
    AssumedEndedOnAsking,
}

/// Whether an extension of the type's term also moves the silence clock.
///
/// Open question, close to number 8 of LAW section 9: the silence term stands in another article
/// (COA 207) than the extension (COA 161), so by default it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SilenceClock {
    /// Only suspensions move it.
    #[default]
    WithoutExtensions,
    /// Suspensions and extensions move it.
    WithExtensions,
}
