//! Old forms of events, lifted to today's when they are read. Stored events are never rewritten.
//!
//! An event's form is its name and its version, a whole number that only grows. Every change of a form
//! is a new version, and a [`Step`] that lifts the one before it. How to make one: `docs/events.md`.
//! This file reads no event: whoever reads one (`recorded`, and the framework through `aggregate`)
//! has it lifted here first.

use std::borrow::Cow;

use serde_json::Value;

/// The version of an event that was never changed.
pub const FIRST_VERSION: u32 = 1;

/// Lifts the text of one event from a version to the next. It is handed the whole stored text, such
/// as `{"occurred":"2025-09-01","event":{"Filed":{…}}}`, and must accept everything that the
/// version's schema accepts. What it cannot know it leaves out: it never invents a fact.
pub type Lift = fn(Value) -> Value;

/// From one version of an event to the next.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The event's name, as stored.
    pub event: &'static str,
    /// The version that it lifts, to the one after it.
    pub from: u32,
    /// How.
    pub lift: Lift,
}

/// The steps that today's program knows: none, for every event is in its first version.
pub const TODAY: Upcasts<'static> = Upcasts::new(&[]);

/// A set of steps, which also says what version each event has today.
///
/// ```
/// use chasqui_procedures::upcast::{Step, Upcasts};
///
/// // Version 2 of an event says `unit` where version 1 said `office`.
/// let steps = [Step {
///     event: "Transferred",
///     from: 1,
///     lift: |mut text| {
///         if let Some(fields) = text.pointer_mut("/event/Transferred").and_then(|it| it.as_object_mut())
///             && let Some(office) = fields.remove("office")
///         {
///             fields.insert("to".to_owned(), office);
///         }
///         text
///     },
/// }];
/// let upcasts = Upcasts::new(&steps);
/// assert_eq!((upcasts.version("Transferred"), upcasts.version("Admitted")), (2, 1));
/// let lifted = upcasts.lift("Transferred", "1", r#"{"event":{"Transferred":{"office":"a"}}}"#)?;
/// assert_eq!(lifted, r#"{"event":{"Transferred":{"to":"a"}}}"#);
/// assert!(upcasts.lift("Transferred", "3", "{}").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Upcasts<'a> {
    steps: &'a [Step],
}

/// The version of a stored event cannot be read by this program. Nothing is skipped and nothing is
/// guessed: who follows the log stops here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// A newer program wrote it.
    #[error(
        "version {version} was written by a newer program, this one knows version {known}: update it"
    )]
    Newer {
        /// The version that it has.
        version: u32,
        /// The newest that this program knows of that event.
        known: u32,
    },
    /// No step leads on from this version: there never was such a one.
    #[error("no version {version} was ever written")]
    Never {
        /// The version.
        version: u32,
    },
    /// A version is a whole number, written without sign, point or leading zeros.
    #[error("{0:?} is not a version: it is a whole number")]
    NotANumber(String),
}

/// A stored text could not be lifted.
#[derive(Debug, thiserror::Error)]
pub enum LiftError {
    /// By its version.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// It is no JSON.
    #[error("its text is no JSON")]
    Text(#[from] serde_json::Error),
}

impl<'a> Upcasts<'a> {
    /// A set of steps. Each event's follow each other without a hole: [`Upcasts::hole`] tells.
    #[must_use]
    pub const fn new(steps: &'a [Step]) -> Self {
        Self { steps }
    }

    /// The version in which an event is written today.
    #[must_use]
    pub fn version(&self, event: &str) -> u32 {
        let after = |step: &Step| step.from + 1;
        self.of(event).map(after).max().unwrap_or(FIRST_VERSION)
    }

    /// The events that are not in their first version, each with every version it was given.
    pub fn changed(&self) -> impl Iterator<Item = (&'static str, u32)> + use<'a> {
        self.steps.iter().map(|step| (step.event, step.from + 1))
    }

    /// The text of an event in today's form; untouched if it is that already.
    ///
    /// # Errors
    /// If its version is newer than today's, or never was, or if the text is no JSON.
    pub fn lift<'t>(
        &self,
        event: &str,
        version: &str,
        text: &'t str,
    ) -> Result<Cow<'t, str>, LiftError> {
        let version = number(version)?;
        if self.is_today(event, version)? {
            return Ok(Cow::Borrowed(text));
        }
        let lifted = self.lift_from(event, version, serde_json::from_str(text)?)?;
        Ok(Cow::Owned(lifted.to_string()))
    }

    /// The same of a text that was parsed.
    ///
    /// # Errors
    /// If its version is newer than today's, or never was.
    pub fn lift_value(
        &self,
        event: &str,
        version: &str,
        value: Value,
    ) -> Result<Value, VersionError> {
        let version = number(version)?;
        if self.is_today(event, version)? {
            return Ok(value);
        }
        self.lift_from(event, version, value)
    }

    /// The first step of which the next one is missing or that is there twice: a mistake in the set.
    #[must_use]
    pub fn hole(&self) -> Option<Step> {
        let faulty = |step: &&Step| {
            let from = |version| self.of(step.event).filter(move |one| one.from == version);
            let today = step.from + 1 == self.version(step.event);
            from(step.from).count() != 1 || (from(step.from + 1).count() != 1 && !today)
        };
        self.steps.iter().find(faulty).copied()
    }

    fn of<'e>(&self, event: &'e str) -> impl Iterator<Item = &'a Step> + use<'a, 'e> {
        self.steps.iter().filter(move |step| step.event == event)
    }

    fn is_today(&self, event: &str, version: u32) -> Result<bool, VersionError> {
        let known = self.version(event);
        if version > known {
            return Err(VersionError::Newer { version, known });
        }
        Ok(version == known)
    }

    fn lift_from(&self, event: &str, version: u32, value: Value) -> Result<Value, VersionError> {
        (version..self.version(event)).try_fold(value, |value, version| {
            let step = self.of(event).find(|step| step.from == version);
            let step = step.ok_or(VersionError::Never { version })?;
            Ok((step.lift)(value))
        })
    }
}

fn number(text: &str) -> Result<u32, VersionError> {
    let plain = |version: &u32| version.to_string() == text;
    let version = text.parse().ok().filter(plain);
    version.ok_or_else(|| VersionError::NotANumber(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(event: &'static str, from: u32) -> Step {
        let lift = |value| value;
        Step { event, from, lift }
    }

    #[test]
    fn todays_steps_follow_each_other() {
        assert!(TODAY.hole().is_none());
    }

    #[test]
    fn a_hole_and_a_step_that_is_there_twice_are_found() {
        let hole = |steps: &[Step]| Upcasts::new(steps).hole().map(|step| step.from);
        assert_eq!(hole(&[step("A", 1), step("B", 1), step("A", 2)]), None);
        assert_eq!(hole(&[step("A", 1), step("A", 3)]), Some(1));
        assert_eq!(hole(&[step("A", 1), step("A", 1)]), Some(1));
    }

    #[test]
    fn a_version_is_a_whole_number_in_its_one_spelling() {
        for text in ["", "1.0", "+1", "01", " 1", "one", "4294967296"] {
            assert_eq!(number(text), Err(VersionError::NotANumber(text.to_owned())));
        }
        assert_eq!(number("12"), Ok(12));
    }

    #[test]
    fn a_version_that_never_was_is_not_taken_for_the_next() {
        let refused = TODAY.lift("Admitted", "0", "{}").unwrap_err();
        assert!(matches!(
            refused,
            LiftError::Version(VersionError::Never { version: 0 })
        ));
    }
}
