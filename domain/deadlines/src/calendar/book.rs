//! All calendars of a profile, with the decrees and the instant each became known. A book answers
//! "which days, as known then" (`known`) and takes in new decrees (`publish`); it never answers
//! "today".

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::bits::BusinessDays;
use super::expand::expand;
use super::layer::Layer;
use super::profile::Profile;
use super::rule::{CalendarKind, CalendarRules, DayName};
use super::version::Digest;
use super::{CalendarId, Decree, Zone};
use crate::error::DeadlineError;
use crate::language::LocalName;
use crate::ledger::SuspensionCause;
use crate::policies::Policies;

static ECUADOR: LazyLock<CalendarBook> =
    LazyLock::new(|| built_in(include_str!("../../data/ecuador.json")));
static FRANCE: LazyLock<CalendarBook> =
    LazyLock::new(|| built_in(include_str!("../../data/france.json")));
static UNITED_KINGDOM: LazyLock<CalendarBook> =
    LazyLock::new(|| built_in(include_str!("../../data/united_kingdom.json")));

fn built_in(json: &str) -> CalendarBook {
    CalendarBook::from_json(json).expect("invariant: the built-in profiles are tested")
}

/// The calendars of a profile (a country), its decrees, its named sets of policies.
///
/// It is **bitemporal**: every decree carries the instant it became known, and
/// [`CalendarBook::resolve`] gives the calendar as known at an instant. Publishing a decree makes
/// another book; whoever holds the old one keeps what they knew. Cheap to clone.
///
/// ```
/// use chasqui_deadlines::{CalendarBook, CalendarId};
/// use jiff::{Timestamp, civil::date};
///
/// // COA art. 159 and Decree 172 of 2 October 2025: a rest day nobody knew of the day before.
/// let book = CalendarBook::ecuador();
/// let quito = [CalendarId::parse("EC")?, CalendarId::parse("EC-QUITO")?];
/// let before = book.resolve(&quito, "2025-10-01T12:00:00-05:00".parse().unwrap())?;
/// let after = book.resolve(&quito, "2025-10-03T12:00:00-05:00".parse().unwrap())?;
/// assert!(before.is_business_day(date(2025, 10, 9)));
/// assert!(!after.is_business_day(date(2025, 10, 9)));
/// assert_ne!(before.version(), after.version());
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
#[derive(Debug, Clone)]
pub struct CalendarBook {
    pub(super) shelf: Arc<Shelf>,
    pub(super) decrees: Vec<Arc<Decree>>,
    pub(super) recoverable: RecoverableDays,
}

/// What never changes in a book.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) profile: Arc<Profile>,
    pub(super) layers: BTreeMap<CalendarId, (Layer, Digest)>,
    pub(super) weekdays: BusinessDays,
}

/// Whether a day whose hours are recovered later counts as a declared holiday (COA 159).
///
/// Open question (LAW section 9, number 3): by default it does, because the desk is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoverableDays {
    /// It is a rest day.
    #[default]
    Rest,
    /// It counts as a business day.
    Worked,
}

/// A calendar of a book, for lists of choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarInfo {
    /// Its name in data.
    pub id: CalendarId,
    /// Its name for people.
    pub name: LocalName,
    /// The calendar of the larger place it belongs to.
    pub parent: Option<CalendarId>,
    /// Whether it is a place's or an entity's.
    pub kind: CalendarKind,
    /// The years in which its days were compared with a published list.
    pub checked_years: Option<(i16, i16)>,
}

impl CalendarBook {
    /// The most calendars in a union.
    pub const MAX_UNION: usize = 16;

    /// Ecuador: the national calendar, Quito and Guayaquil, and the decrees known to the data.
    #[must_use]
    pub fn ecuador() -> Self {
        ECUADOR.clone()
    }

    /// France, for its rule of silence.
    #[must_use]
    pub fn france() -> Self {
        FRANCE.clone()
    }

    /// The United Kingdom, for its freedom of information.
    #[must_use]
    pub fn united_kingdom() -> Self {
        UNITED_KINGDOM.clone()
    }

    /// A built-in profile by its name: `ecuador`, `france`, `united_kingdom`.
    ///
    /// # Errors
    /// [`DeadlineError::UnknownProfile`].
    pub fn of_profile(id: &str) -> Result<Self, DeadlineError> {
        match id {
            "ecuador" => Ok(Self::ecuador()),
            "france" => Ok(Self::france()),
            "united_kingdom" => Ok(Self::united_kingdom()),
            unknown => Err(DeadlineError::UnknownProfile {
                id: unknown.chars().take(40).collect(),
            }),
        }
    }

    /// A book from a profile's data file: another country is this, not another program.
    ///
    /// # Errors
    /// [`DeadlineError::InvalidInput`] says what is wrong with the data.
    pub fn from_json(json: &str) -> Result<Self, DeadlineError> {
        let invalid = |detail: String| DeadlineError::InvalidInput { detail };
        let profile: Profile = serde_json::from_str(json).map_err(|e| invalid(e.to_string()))?;
        profile.check().map_err(invalid)?;
        let mut layers = BTreeMap::new();
        for rules in &profile.calendars {
            let holidays = expand(rules, &profile.shifts)?.into();
            let layer = Layer::new(rules.id.clone(), rules.checked_years, holidays);
            let written = serde_json::to_string(&(rules, &profile.shifts, &profile.weekend));
            let digest = Digest::EMPTY.with(&written.map_err(|e| invalid(e.to_string()))?);
            if layers.insert(rules.id.clone(), (layer, digest)).is_some() {
                return Err(invalid(format!("calendar {} is there twice", rules.id)));
            }
        }
        let weekend = &profile.weekend;
        let weekdays = BusinessDays::build(|day| !weekend.contains(&DayName::from(day.weekday())));
        let decrees = profile.decrees.clone();
        let shelf = Arc::new(Shelf {
            profile: Arc::new(profile),
            layers,
            weekdays,
        });
        let empty = Self {
            shelf,
            decrees: Vec::new(),
            recoverable: RecoverableDays::default(),
        };
        let book = decrees.into_iter().try_fold(empty, Self::with_decree)?;
        book.policies(&book.shelf.profile.default_policies)?;
        Ok(book)
    }

    /// The book with another answer to whether recoverable days count.
    #[must_use]
    pub fn with_recoverable_days(self, recoverable: RecoverableDays) -> Self {
        Self {
            recoverable,
            ..self
        }
    }

    /// The calendars of a procedure: the unit's, the applicant's, and the larger places both
    /// belong to (COA 159).
    ///
    /// # Errors
    /// [`DeadlineError::UnknownCalendar`].
    pub fn jurisdictions(
        &self,
        unit: &CalendarId,
        applicant: Option<&CalendarId>,
    ) -> Result<Vec<CalendarId>, DeadlineError> {
        let mut ids = Vec::new();
        for place in [Some(unit), applicant].into_iter().flatten() {
            let mut next = Some(place.clone());
            while let Some(id) = next.filter(|id| !ids.contains(id)) {
                let info = self.calendar(&id)?;
                ids.push(id);
                next = info.parent.clone();
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// The calendars there are.
    #[must_use]
    pub fn calendars(&self) -> Vec<CalendarInfo> {
        let info = |rules: &CalendarRules| CalendarInfo {
            id: rules.id.clone(),
            name: rules.name.clone(),
            parent: rules.parent.clone(),
            kind: rules.kind,
            checked_years: rules.checked_years,
        };
        self.shelf.profile.calendars.iter().map(info).collect()
    }

    /// The calendars that are meant when none is named.
    #[must_use]
    pub fn default_calendars(&self) -> &[CalendarId] {
        &self.shelf.profile.default_calendars
    }

    /// Every decree in the book, whether known yet or not, in the order they were added.
    pub fn decrees(&self) -> impl Iterator<Item = &Decree> {
        self.decrees.iter().map(AsRef::as_ref)
    }

    /// The name of the profile.
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.shelf.profile.id
    }

    /// The edition of its rules and articles (`2026-11`): raised whenever they change. Decrees have
    /// instants of their own.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.shelf.profile.edition
    }

    /// The causes for which the profile's law lets a clock stop, in the order of the law.
    pub fn causes(&self) -> impl Iterator<Item = SuspensionCause> {
        self.shelf.profile.causes.iter().copied()
    }

    /// A named set of policies of the profile.
    ///
    /// # Errors
    /// [`DeadlineError::UnknownPolicies`].
    pub fn policies(&self, name: &str) -> Result<Policies, DeadlineError> {
        let found = self.shelf.profile.policies.get(name).copied();
        let name = name.chars().take(40).collect();
        found.ok_or(DeadlineError::UnknownPolicies { name })
    }

    /// The set of policies that is meant when none is named.
    #[must_use]
    pub fn default_policies(&self) -> Policies {
        let name = &self.shelf.profile.default_policies;
        self.policies(name)
            .expect("invariant: the default set was found when the book was made")
    }

    /// The profile's own time zone.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.shelf.profile.zones[0]
    }

    /// Another time zone of the profile (`Pacific/Galapagos`).
    ///
    /// # Errors
    /// [`DeadlineError::InvalidInput`] when the profile has no such zone.
    pub fn zone_named(&self, name: &str) -> Result<&Zone, DeadlineError> {
        let found = self
            .shelf
            .profile
            .zones
            .iter()
            .find(|zone| zone.name() == name);
        let detail = || {
            format!(
                "no time zone {:?} in this profile",
                name.get(..40).unwrap_or(name)
            )
        };
        found.ok_or_else(|| DeadlineError::InvalidInput { detail: detail() })
    }

    pub(super) fn calendar(&self, id: &CalendarId) -> Result<&CalendarRules, DeadlineError> {
        let unknown = || DeadlineError::UnknownCalendar { id: id.to_string() };
        self.shelf
            .profile
            .calendars
            .iter()
            .find(|rules| rules.id == *id)
            .ok_or_else(unknown)
    }
}
