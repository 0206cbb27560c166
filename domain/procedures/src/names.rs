//! The names of the events that this program knows, asked of the types themselves, so that no list has
//! to be kept beside them.

use serde::de::{Deserializer, Error as _, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use crate::calendar::CalendarEvent;
use crate::catalogue::{TypeEvent, UnitEvent};
use crate::event::Event;
use crate::log::LogEvent;
use crate::recorded::kind;

/// The events of a kind of stream, by the names in which they are stored: one for each variant, in the
/// order of the source. None if there is no such kind.
///
/// ```
/// use chasqui_procedures::{names, recorded::kind};
/// assert!(names::of(kind::PROCEDURE).contains(&"Filed".to_owned()));
/// assert_eq!(names::of(kind::UNIT), ["UnitPublished"]);
/// ```
#[must_use]
pub fn of(kind: &str) -> Vec<String> {
    let variants = match kind {
        kind::PROCEDURE => variants::<Event>(),
        kind::UNIT => variants::<UnitEvent>(),
        kind::PROCEDURE_TYPE => variants::<TypeEvent>(),
        kind::CALENDAR => variants::<CalendarEvent>(),
        kind::LOG => variants::<LogEvent>(),
        _ => &[],
    };
    variants.iter().map(|one| stored(kind, one)).collect()
}

/// The name under which a variant is stored: units and types both have one called `Published`.
pub(crate) fn stored(kind: &str, variant: &str) -> String {
    let prefix = match kind {
        kind::UNIT => "Unit",
        kind::PROCEDURE_TYPE => "Type",
        _ => "",
    };
    format!("{prefix}{variant}")
}

/// The variants of an enum, which a derived `Deserialize` tells whoever it reads from.
fn variants<'de, E: Deserialize<'de>>() -> &'static [&'static str] {
    let mut variants: &'static [&'static str] = &[];
    // It always fails: there is nothing to read.
    let _nothing_read = E::deserialize(Asked(&mut variants)).is_ok();
    variants
}

struct Asked<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("no enum"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = variants;
        Err(Self::Error::custom("only asked for its variants"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_stream_has_events() {
        assert_eq!(
            of(kind::PROCEDURE).first().map(String::as_str),
            Some("Filed")
        );
        assert_eq!(of(kind::PROCEDURE_TYPE), ["TypePublished"]);
        assert_eq!(of(kind::CALENDAR), ["Decreed"]);
        assert_eq!(of(kind::LOG), ["Opened"]);
        assert!(of("letter").is_empty());
    }
}
