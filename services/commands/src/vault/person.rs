//! A person as the vault keeps them: six fields, each bounded.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::personal::Personal;

/// One thing that is known of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What they are called.
    Name,
    /// Cédula, RUC or passport.
    Identification,
    /// Where to write to.
    Email,
    /// Where to call.
    Phone,
    /// Where they live, or want to be notified.
    Address,
    /// What staff has to know, in free text: always personal.
    Note,
}

impl Field {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Identification,
        Self::Email,
        Self::Phone,
        Self::Address,
        Self::Note,
    ];

    /// The name in the vault, on the command line and in records of readings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Identification => "identification",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Note => "note",
        }
    }

    /// The most characters that it may have.
    #[must_use]
    pub const fn most_characters(self) -> usize {
        match self {
            Self::Name => 200,
            Self::Identification => 40,
            Self::Email => 254,
            Self::Phone => 40,
            Self::Address => 500,
            Self::Note => 4_000,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = PersonError;

    fn from_str(text: &str) -> Result<Self, PersonError> {
        let named = Self::ALL.into_iter().find(|field| field.name() == text);
        named.ok_or(PersonError::NoSuchField)
    }
}

/// A person: a name, and what else is known. It cannot be serialised or printed.
///
/// ```
/// use chasqui_commands::vault::{Field, Person};
/// let person = Person::from_json(br#"{"name":"Mar\u00eda","phone":"099 123 4567"}"#)?;
/// assert_eq!(person.get(Field::Phone).map(|phone| phone.reveal().len()), Some(12));
/// assert!(person.get(Field::Email).is_none());
/// # Ok::<(), chasqui_commands::vault::PersonError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person([Option<Personal<String>>; 6]);

/// Why something is no person. It never repeats what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// Nobody is named.
    #[error("a person has a name")]
    NoName,
    /// A field is there and empty.
    #[error("{field} is empty; leave it out instead")]
    Empty {
        /// Which.
        field: Field,
    },
    /// A field has too many characters.
    #[error("{field} has at most {} characters", field.most_characters())]
    TooLong {
        /// Which.
        field: Field,
    },
    /// A field has a control character, or one that changes the direction of writing.
    #[error("{field} has a character that cannot be seen")]
    BadCharacter {
        /// Which.
        field: Field,
    },
    /// There is no such field.
    #[error("a person has name, identification, email, phone, address and note")]
    NoSuchField,
    /// It cannot be read. What stands there is not said: it may be personal.
    #[error("line {line}, column {column}: not a JSON object of a person's fields, each a text")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 for the whole.
        column: usize,
    },
}

/// A person in JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Personal<String>,
    #[serde(default)]
    identification: Option<Personal<String>>,
    #[serde(default)]
    email: Option<Personal<String>>,
    #[serde(default)]
    phone: Option<Personal<String>>,
    #[serde(default)]
    address: Option<Personal<String>>,
    #[serde(default)]
    note: Option<Personal<String>>,
}

impl Person {
    /// The longest JSON of a person, in bytes.
    pub const MAX_JSON: usize = 64 * 1024;

    /// Takes fields, the last of each; white space around them is left out.
    pub fn new(
        fields: impl IntoIterator<Item = (Field, Personal<String>)>,
    ) -> Result<Self, PersonError> {
        let mut person = Self(Default::default());
        for (field, text) in fields {
            person.0[field as usize] = Some(checked(field, &text)?);
        }
        if person.get(Field::Name).is_none() {
            return Err(PersonError::NoName);
        }
        Ok(person)
    }

    /// Reads a JSON object: `name`, and of the others those that are known.
    pub fn from_json(json: &[u8]) -> Result<Self, PersonError> {
        // A list of texts would be read as the fields in their order.
        if json.len() > Self::MAX_JSON || !json.trim_ascii_start().starts_with(b"{") {
            return Err(PersonError::NotJson { line: 1, column: 0 });
        }
        // The parser's own words would repeat what it found.
        let written: Written = serde_json::from_slice(json).map_err(|e| PersonError::NotJson {
            line: e.line(),
            column: e.column(),
        })?;
        let optional = [
            (Field::Identification, written.identification),
            (Field::Email, written.email),
            (Field::Phone, written.phone),
            (Field::Address, written.address),
            (Field::Note, written.note),
        ];
        let optional = optional
            .into_iter()
            .filter_map(|(field, text)| Some((field, text?)));
        Self::new([(Field::Name, written.name)].into_iter().chain(optional))
    }

    /// What is known of them in a field.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&Personal<String>> {
        self.0[field as usize].as_ref()
    }

    /// The fields that were asked for and are known, in the order of [`Field::ALL`].
    pub(super) fn of_opened(opened: impl IntoIterator<Item = (Field, Personal<String>)>) -> Self {
        let mut person = Self(Default::default());
        for (field, text) in opened {
            person.0[field as usize] = Some(text);
        }
        person
    }
}

fn checked(field: Field, text: &Personal<String>) -> Result<Personal<String>, PersonError> {
    let text = text.reveal().trim();
    if text.is_empty() {
        return Err(PersonError::Empty { field });
    }
    if text.chars().count() > field.most_characters() {
        return Err(PersonError::TooLong { field });
    }
    let breaks = |c: char| c == '\n' && matches!(field, Field::Note | Field::Address);
    if text.chars().any(|c| is_hidden(c) && !breaks(c)) {
        return Err(PersonError::BadCharacter { field });
    }
    Ok(Personal::new(text.to_owned()))
}

/// Control characters, and those that turn the direction of writing or take no room.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// An identification as it is compared: letters and digits alone, in capitals.
///
/// ```
/// # use chasqui_commands::vault::{Field, Person, Personal};
/// // It is found however it is written; see `Commands::find_person`.
/// let written = Personal::new("171234567-8".to_owned());
/// assert!(Person::new([(Field::Name, written.clone()), (Field::Identification, written)]).is_ok());
/// ```
pub(super) fn normalised(identification: &Personal<String>) -> Personal<String> {
    let kept = identification
        .reveal()
        .chars()
        .filter(|c| c.is_alphanumeric());
    Personal::new(kept.flat_map(char::to_uppercase).collect())
}

/// Under which texts an identification is found. The RUC of a natural person is their cédula with `001`:
/// whoever shows one has a right to what was filed under the other.
pub(super) fn found_under(identification: &Personal<String>) -> Vec<Personal<String>> {
    let whole = normalised(identification);
    let text = whole.reveal();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let natural = text.as_bytes().get(2).is_some_and(|third| *third < b'6');
    let mut all = Vec::new();
    match (digits && natural, text.len()) {
        (true, 13) => all.extend(
            text.strip_suffix("001")
                .map(|cedula| Personal::new(cedula.to_owned())),
        ),
        (true, 10) => all.push(Personal::new(format!("{text}001"))),
        _ => {}
    }
    if !text.is_empty() {
        all.push(whole);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn personal(text: &str) -> Personal<String> {
        Personal::new(text.to_owned())
    }

    fn named(field: Field, text: &str) -> Result<Person, PersonError> {
        Person::new([(Field::Name, personal("Ana")), (field, personal(text))])
    }

    #[test]
    fn every_field_is_bounded_and_shows_what_it_has() {
        for field in Field::ALL {
            let most = field.most_characters();
            assert!(named(field, &"ñ".repeat(most)).is_ok(), "{field}");
            assert_eq!(
                named(field, &"ñ".repeat(most + 1)),
                Err(PersonError::TooLong { field })
            );
            assert_eq!(named(field, " \n"), Err(PersonError::Empty { field }));
            for hidden in ["a\u{0}b", "a\u{202e}b", "a\u{200b}b", "a\u{1b}[2Jb"] {
                assert_eq!(
                    named(field, hidden),
                    Err(PersonError::BadCharacter { field })
                );
            }
        }
        assert!(named(Field::Note, "two\nlines").is_ok());
        assert!(named(Field::Phone, "two\nlines").is_err());
    }

    #[test]
    fn what_is_wrong_with_a_person_is_told_without_what_was_written() {
        for json in [
            r#"{"name":4711}"#,
            r#"{"name":"Secreto","secreto":"x"}"#,
            r#"{"name":"Secreto""#,
            r#"["Secreto"]"#,
            r#"{"phone":"Secreto"}"#,
        ] {
            let error = Person::from_json(json.as_bytes()).unwrap_err();
            let text = format!("{error} {error:?}").to_lowercase();
            assert!(
                !text.contains("secreto") && !text.contains("4711"),
                "{text}"
            );
        }
        let far = Person::from_json(&vec![b' '; Person::MAX_JSON + 1]);
        assert!(far.is_err());
    }

    #[test]
    fn an_identification_is_found_however_it_is_written() {
        let texts = |text: &str| {
            let mut all: Vec<String> = found_under(&personal(text))
                .iter()
                .map(|one| one.reveal().clone())
                .collect();
            all.sort();
            all
        };
        assert_eq!(texts("171234567-8"), ["1712345678", "1712345678001"]);
        assert_eq!(texts("1712345678001"), texts("171 234 5678"));
        assert_eq!(texts("ab 12.34"), ["AB1234"]);
        // A company's number is nobody's cédula.
        assert_eq!(texts("1790012345001"), ["1790012345001"]);
        assert!(texts(" - ").is_empty());
    }
}
