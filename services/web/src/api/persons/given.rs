//! A person as they arrive with a filing.

use chasqui_commands::vault::{Person, PersonError};
use serde_json::Value;
use utoipa::ToSchema;

use crate::api::body::Values;

/// Who files: for the vault, and for no event. It is read by the vault's own reader, which never
/// repeats what it found.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is only described here; `Person` reads it")]
pub(crate) struct GivenPerson {
    /// What they are called.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Cédula, RUC or passport.
    #[schema(min_length = 1, max_length = 40)]
    identification: Option<String>,
    /// Where to write to.
    #[schema(min_length = 1, max_length = 254)]
    email: Option<String>,
    /// Where to call.
    #[schema(min_length = 1, max_length = 40)]
    phone: Option<String>,
    /// Where they live, or want to be notified.
    #[schema(min_length = 1, max_length = 500)]
    address: Option<String>,
    /// What staff has to know.
    #[schema(min_length = 1, max_length = 4000)]
    note: Option<String>,
}

/// The person, if one was given and nothing is wrong with them.
pub(crate) fn person(values: &mut Values, given: Option<&Value>) -> Option<Person> {
    let given = given?;
    // Line and column would be those of a copy: the place is the pointer.
    let read = Person::from_json(given.to_string().as_bytes());
    let pointer = match &read {
        Err(
            PersonError::Empty { field }
            | PersonError::TooLong { field }
            | PersonError::BadCharacter { field },
        ) => format!("/person/{field}"),
        _ => "/person".to_owned(),
    };
    let told = read.map_err(|error| match error {
        PersonError::NotJson { .. } => {
            "se espera un objeto con name y, si se saben, identification, email, phone, address y \
             note: cada uno un texto"
                .to_owned()
        }
        PersonError::NoName => "falta el nombre: name".to_owned(),
        PersonError::Empty { .. } => "está vacío: déjelo fuera".to_owned(),
        PersonError::TooLong { field } => {
            format!("tiene como máximo {} caracteres", field.most_characters())
        }
        PersonError::BadCharacter { .. } => "tiene un carácter que no se ve".to_owned(),
        PersonError::NoSuchField => error.to_string(),
    });
    values.take(pointer, "not_a_person", told)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::problem::Problem;

    #[test]
    fn what_is_wrong_with_a_person_has_its_place_and_is_never_repeated() {
        for (given, place) in [
            (json!("Secreto"), "/person"),
            (json!({"phone": "Secreto"}), "/person"),
            (json!({"name": 4711}), "/person"),
            (json!({"name": "Ana", "secreto": 1}), "/person"),
            (
                json!({"name": "Ana", "phone": "Secreto".repeat(9)}),
                "/person/phone",
            ),
            (json!({"name": "Secreto\u{0}"}), "/person/name"),
            (json!(["Secreto"]), "/person"),
        ] {
            let mut values = Values::default();
            assert!(person(&mut values, Some(&given)).is_none(), "{given}");
            let Err(Problem::BadQuestion(fields)) = values.done() else {
                panic!("{given} is accepted");
            };
            assert_eq!(fields[0].pointer, place, "{given}");
            let told = fields[0].detail.to_lowercase();
            assert!(
                !told.contains("secreto") && !told.contains("4711"),
                "{told}"
            );
        }
        let mut values = Values::default();
        assert!(person(&mut values, Some(&json!({"name": "Ana"}))).is_some());
        assert!(person(&mut values, None).is_none() && values.done().is_ok());
    }
}
