//! The mapping (TOML): how a source's log becomes procedures.
//!
//! It says which fields carry the procedure's id, the activity, the time and so on, and for each
//! activity the event it means. What it does not name becomes a completed step with the activity's own
//! name, and is counted: nothing is dropped in silence. `docs/integrate.md` explains every key.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chasqui_deadlines::{CalendarId, Policies, SilenceRule, Term};
use chasqui_procedures::catalogue::{ClockStop, Sheet, TypeVersion};
use chasqui_procedures::ids::{SourceName, TypeId};
use chasqui_procedures::text::Label;
use jiff::civil::Date;
use serde::Deserialize;

use super::meaning::Meaning;

/// A mapping, checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the source is.
    pub source: Source,
    /// Which fields say what.
    pub fields: Fields,
    /// How a table is written.
    #[serde(default)]
    pub table: Table,
    /// The procedure types: the first whose `when` fits a procedure is its type.
    #[serde(rename = "type")]
    pub types: Vec<SourceType>,
    /// The unit that has the procedures.
    pub unit: UnitRule,
    /// What the source states of a procedure as a whole.
    #[serde(default)]
    pub stated: Stated,
    /// The times that can be true.
    #[serde(default)]
    pub plausible: Plausible,
    /// What each activity means. What is not listed is `other`.
    #[serde(default, rename = "activity")]
    pub activities: Vec<Activity>,
    /// Where a row is a procedure: the fields that state an event each.
    #[serde(default, rename = "event")]
    pub events: Vec<FieldEvent>,
    /// What an activity means that is not listed.
    #[serde(default = "Meaning::step_completed")]
    pub other: Meaning,
}

/// See [`Mapping::source`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name under which its records keep their identity: never change it between imports.
    pub name: SourceName,
    /// The public body, if this import opens the log.
    pub entity: Option<Label>,
    /// The zone of times written without an offset.
    pub zone: String,
    /// How times are written, if not as ISO 8601: `%d/%m/%Y %H:%M`.
    pub time_format: Option<String>,
    /// Whether a time of exactly midnight means that only the date is known.
    #[serde(default)]
    pub midnight_is_date: bool,
}

/// See [`Mapping::fields`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// The procedure's id.
    pub procedure: String,
    /// The event's activity; not used where a row is a procedure.
    #[serde(default)]
    pub activity: String,
    /// The event's time; not used where a row is a procedure.
    #[serde(default)]
    pub time: String,
    /// The official who did it: kept as a keyed pseudonym.
    pub resource: Option<String>,
    /// The unit that did it.
    pub unit: Option<String>,
    /// The state of the activity (start, complete, ...).
    pub lifecycle: Option<String>,
    /// How the procedure came in.
    pub channel: Option<String>,
    /// What kind of applicant filed it.
    pub applicant_kind: Option<String>,
}

/// See [`Mapping::table`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Table {
    /// The separator between cells.
    #[serde(deserialize_with = "delimiter")]
    pub delimiter: u8,
    /// Whether a row is a whole procedure instead of one event.
    pub row_is_procedure: bool,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            delimiter: b',',
            row_is_procedure: false,
        }
    }
}

/// A procedure type, as the mapping describes it. It is published in the catalogue if it is new.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceType {
    /// The type's id in the catalogue.
    pub id: TypeId,
    /// Its name.
    pub name: Label,
    /// Only for procedures with these values in these fields.
    #[serde(default)]
    pub when: BTreeMap<String, String>,
    /// The term to answer in, such as `15bd` or `56cd`; without one there is no computed due date.
    #[serde(default, deserialize_with = "term")]
    pub term: Option<Term>,
    /// What ends the time: notification (the law's rule), decision, or closing the file.
    #[serde(default)]
    pub clock_stops_at: ClockStop,
    /// The calendars whose rest days count.
    #[serde(default)]
    pub calendars: Vec<CalendarId>,
}

impl SourceType {
    /// The type as the catalogue keeps it, before it has a version's number.
    pub(super) fn to_version(&self) -> TypeVersion {
        TypeVersion {
            id: self.id.clone(),
            version: 1,
            name: self.name.clone(),
            units: vec![],
            term: self.term,
            silence: SilenceRule::None,
            policies: Policies::default(),
            clock_stops_at: self.clock_stops_at,
            calendars: self.calendars.clone(),
            steps: Vec::new(),
            sheet: Sheet::default(),
        }
    }
}

/// See [`Mapping::unit`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRule {
    /// The unit's name, if all procedures are with one unit or the field is empty.
    pub name: Label,
    /// The field of the procedure that names its unit.
    pub field: Option<String>,
}

/// See [`Mapping::stated`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stated {
    /// The field with the legal moment of filing.
    pub filed: Option<String>,
    /// The field with the due date.
    pub due: Option<String>,
    /// The field with the end.
    pub ended: Option<String>,
    /// What the end means.
    pub ended_means: Option<Meaning>,
}

/// See [`Mapping::plausible`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plausible {
    /// No event can have happened before this day.
    #[serde(deserialize_with = "date")]
    pub from: Option<Date>,
    /// No event can have happened after this day.
    #[serde(deserialize_with = "date")]
    pub until: Option<Date>,
    /// Where a row is a procedure: refuse a row whose events run backwards, instead of recording it.
    pub refuse_backwards: bool,
}

/// One activity's meaning.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The activity's name in the source.
    pub name: String,
    /// What it means.
    pub means: Meaning,
    /// Only with these values in these fields; an empty text means that the field is empty.
    #[serde(default)]
    pub when: BTreeMap<String, String>,
}

/// One field of a row that states an event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldEvent {
    /// The field with the time.
    pub field: String,
    /// The activity's name.
    pub activity: String,
    /// What it means.
    pub means: Meaning,
    /// The field that tells the outcome of a decision.
    pub outcome_field: Option<String>,
    /// What its values mean; a value that is not listed leaves `means` as it is.
    #[serde(default)]
    pub outcomes: BTreeMap<String, Meaning>,
    /// Whether a row without this event is refused.
    #[serde(default)]
    pub required: bool,
}

/// A mapping that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The file cannot be read.
    #[error("cannot read the mapping {}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is not TOML, or not of this form. The source shows the place.
    #[error("the mapping {} is not usable\n{problem}", file.display())]
    Form {
        /// The file.
        file: PathBuf,
        /// The place and what is wrong there.
        problem: String,
    },
}

const MAX_BYTES: u64 = 1 << 20;

impl Mapping {
    /// Reads and checks a mapping. Fails with the place in the file and what is expected there.
    pub fn load(path: &Path) -> Result<Self, MappingError> {
        let read = |source| MappingError::Read {
            file: path.to_owned(),
            source,
        };
        if std::fs::metadata(path).map_err(read)?.len() > MAX_BYTES {
            return Err(read(std::io::Error::other("it is larger than 1 MB")));
        }
        Self::parse(&std::fs::read_to_string(path).map_err(read)?).map_err(|problem| {
            MappingError::Form {
                file: path.to_owned(),
                problem,
            }
        })
    }

    /// Checks a mapping's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mapping: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if jiff::tz::TimeZone::get(&mapping.source.zone).is_err() {
            return Err(format!(
                "[source] zone: {:?} is no time zone",
                mapping.source.zone
            ));
        }
        let fields = &mapping.fields;
        if mapping.table.row_is_procedure {
            if mapping.events.is_empty() {
                return Err("where a row is a procedure, at least one [[event]] is needed".into());
            }
        } else if fields.activity.is_empty() || fields.time.is_empty() {
            return Err("[fields]: activity and time are needed".into());
        }
        if mapping
            .types
            .last()
            .is_none_or(|last| !last.when.is_empty())
        {
            return Err(
                "the last [[type]] has no `when`, so that every procedure has a type".into(),
            );
        }
        if mapping.stated.ended.is_some() != mapping.stated.ended_means.is_some() {
            return Err("[stated]: ended and ended_means go together".into());
        }
        Ok(mapping)
    }

    /// The fields that every row of a table must have.
    pub(super) fn needed_columns(&self) -> Vec<&str> {
        let optional = [
            &self.fields.resource,
            &self.fields.unit,
            &self.fields.lifecycle,
            &self.fields.channel,
            &self.fields.applicant_kind,
            &self.unit.field,
            &self.stated.filed,
            &self.stated.due,
            &self.stated.ended,
        ];
        let mut needed = vec![self.fields.procedure.as_str()];
        if !self.table.row_is_procedure {
            needed.extend([self.fields.activity.as_str(), self.fields.time.as_str()]);
        }
        needed.extend(optional.into_iter().flatten().map(String::as_str));
        needed.extend(self.events.iter().map(|event| event.field.as_str()));
        needed.extend(
            self.events
                .iter()
                .filter_map(|event| event.outcome_field.as_deref()),
        );
        needed.extend(
            self.types
                .iter()
                .flat_map(|one| one.when.keys().map(String::as_str)),
        );
        needed.extend(
            self.activities
                .iter()
                .flat_map(|a| a.when.keys().map(String::as_str)),
        );
        needed
    }
}

fn delimiter<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    match String::deserialize(deserializer)?.as_bytes() {
        [byte] => Ok(*byte),
        _ => Err(serde::de::Error::custom(
            "the delimiter is one character, such as ',' or ';'",
        )),
    }
}

fn term<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Term>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

fn date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let value = Option::<toml::Value>::deserialize(deserializer)?;
    let text = match value {
        None => return Ok(None),
        Some(toml::Value::Datetime(date)) => date.to_string(),
        Some(toml::Value::String(text)) => text,
        Some(_) => return Err(serde::de::Error::custom("expected a date: 2011-01-01")),
    };
    text.parse().map(Some).map_err(serde::de::Error::custom)
}
