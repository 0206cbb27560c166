//! The commands that the API knows, each a line: its name, its body, its wish. The document of the API
//! and the handler read the same table.

use chasqui_commands::authorise::Verb;
use chasqui_procedures::command::{Command, Wish};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::subprocedures::{AnswerSubprocedure, CancelSubprocedure, OpenSubprocedure};
use super::wishes::{
    Correct, Decide, Extend, ForCause, Nothing, Notify, Plain, Reopen, RequestRectification, Step,
    ToUnit, Wishes,
};
use crate::api::body::{Values, form};
use crate::problem::Problem;

/// A command on one procedure.
pub(crate) struct Kind {
    /// What must be allowed; its name is the last part of the address.
    pub(crate) verb: Verb,
    /// What it does, in one line.
    pub(crate) summary: &'static str,
    /// Reads the body.
    pub(crate) read: fn(&str) -> Result<Asked, Problem>,
    /// The body's form with its name, and then those of its parts.
    pub(crate) body: fn() -> Vec<(String, RefOr<Schema>)>,
}

/// What a body asks for.
pub(crate) enum Asked {
    /// A command for the domain.
    Act(Command),
    /// A new tracking code.
    ReissueCode,
    /// No tracking code any more.
    RevokeCode,
}

/// Every command on a procedure that was filed.
pub(crate) const KINDS: &[Kind] = &[
    plain(Verb::Admit, "Take it up: it is complete.", |body| {
        read_plain(body, Wish::Admit)
    }),
    Kind {
        verb: Verb::Assign,
        summary: "Give it to a section for work. Who is competent stays.",
        read: |body| read_unit(body, |to| Wish::Assign { to }),
        body: named::<ToUnit>,
    },
    wishing::<Step>(
        Verb::Step,
        "Record a step of the work: completed, or begun.",
    ),
    wishing::<RequestRectification>(
        Verb::RequestRectification,
        "Ask the applicant to complete or correct something (COA 140). The term stops.",
    ),
    plain(
        Verb::AnswerRectification,
        "Record that the applicant answered. The term goes on.",
        |body| read_plain(body, Wish::AnswerRectification),
    ),
    Kind {
        verb: Verb::Suspend,
        summary: "Suspend the term for a cause of the law (COA 162).",
        read: |body| read_cause(body, |cause| Wish::Suspend { cause }),
        body: named::<ForCause>,
    },
    Kind {
        verb: Verb::Resume,
        summary: "Let the term go on.",
        read: |body| read_cause(body, |cause| Wish::Resume { cause }),
        body: named::<ForCause>,
    },
    wishing::<Extend>(
        Verb::Extend,
        "Extend the term (COA 161): by half at most, before it expires.",
    ),
    Kind {
        verb: Verb::Transfer,
        summary: "Give it to another unit, which becomes competent. The term goes on.",
        read: |body| read_unit(body, |to| Wish::Transfer { to }),
        body: named::<ToUnit>,
    },
    wishing::<OpenSubprocedure>(
        Verb::OpenSubprocedure,
        "Ask another unit to do a part. The procedure stays, and the term goes on.",
    ),
    wishing::<AnswerSubprocedure>(
        Verb::AnswerSubprocedure,
        "Record that the part was done. The unit that does it may, too.",
    ),
    wishing::<CancelSubprocedure>(Verb::CancelSubprocedure, "Do without the part."),
    wishing::<Decide>(
        Verb::Decide,
        "Decide. The term ends with the notification, not here.",
    ),
    wishing::<Notify>(
        Verb::Notify,
        "Record that the decision reached the applicant (COA 164).",
    ),
    plain(
        Verb::Withdraw,
        "Record that the applicant withdrew (COA 201).",
        |body| read_plain(body, Wish::Withdraw),
    ),
    plain(
        Verb::Archive,
        "Close the file of a procedure that has ended.",
        |body| read_plain(body, Wish::Archive),
    ),
    wishing::<Correct>(
        Verb::Correct,
        "Say what is right instead of an earlier entry. The entry stays, and both are shown.",
    ),
    plain(
        Verb::Appeal,
        "Record that the applicant appealed against the decision (COA 219).",
        |body| read_plain(body, Wish::Appeal),
    ),
    wishing::<Reopen>(
        Verb::Reopen,
        "Let a procedure go on whose decision no longer stands. Its term begins anew.",
    ),
    Kind {
        verb: Verb::ReissueCode,
        summary: "Give it another tracking code, which is told this once. The old one opens nothing.",
        read: |body| form::<Nothing>(body).map(|_| Asked::ReissueCode),
        body: named::<Nothing>,
    },
    Kind {
        verb: Verb::RevokeCode,
        summary: "Take its tracking code away: nobody can follow it until it gets another one.",
        read: |body| form::<Nothing>(body).map(|_| Asked::RevokeCode),
        body: named::<Nothing>,
    },
];

/// The command of this name.
pub(crate) fn of_name(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.verb.name() == name)
}

const fn plain(
    verb: Verb,
    summary: &'static str,
    read: fn(&str) -> Result<Asked, Problem>,
) -> Kind {
    Kind {
        verb,
        summary,
        read,
        body: named::<Plain>,
    }
}

const fn wishing<W: Wishes + ToSchema + serde::de::DeserializeOwned>(
    verb: Verb,
    summary: &'static str,
) -> Kind {
    Kind {
        verb,
        summary,
        read: |body| form::<W>(body)?.command().map(Asked::Act),
        body: named::<W>,
    }
}

fn named<T: ToSchema + PartialSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut forms = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut forms);
    forms
}

fn read_plain(body: &str, wish: Wish) -> Result<Asked, Problem> {
    let body: Plain = form(body)?;
    read_with(body.occurred.as_deref(), Values::default(), Some(wish))
}

fn read_unit(
    body: &str,
    wish: impl FnOnce(chasqui_procedures::ids::UnitId) -> Wish,
) -> Result<Asked, Problem> {
    let body: ToUnit = form(body)?;
    let mut values = Values::default();
    let (occurred, unit) = body.unit(&mut values);
    read_with(occurred, values, unit.map(wish))
}

fn read_cause(
    body: &str,
    wish: impl FnOnce(chasqui_deadlines::SuspensionCause) -> Wish,
) -> Result<Asked, Problem> {
    let body: ForCause = form(body)?;
    let mut values = Values::default();
    let (occurred, cause) = body.cause(&mut values);
    read_with(occurred, values, cause.map(wish))
}

fn read_with(
    occurred: Option<&str>,
    mut values: Values,
    wish: Option<Wish>,
) -> Result<Asked, Problem> {
    let occurred = values.parse("/occurred", "not_a_moment", occurred);
    let wish = values.finish(wish)?;
    Ok(Asked::Act(Command { occurred, wish }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_asks_for_what_its_address_says() {
        let bodies = [
            ("step", r#"{"name":"Informe","begun":true}"#),
            (
                "request-rectification",
                r#"{"items":[{"requirement":"Planos"}],"granted_business_days":10}"#,
            ),
            ("decide", r#"{"outcome":"granted","occurred":"2026-03-02"}"#),
            ("suspend", r#"{"cause":"external_report"}"#),
            ("transfer", r#"{"to":"catastro"}"#),
            ("extend", r#"{"days":3}"#),
            (
                "open-subprocedure",
                r#"{"unit":"catastro","name":"Informe"}"#,
            ),
            (
                "answer-subprocedure",
                r#"{"number":1,"result":"favourable"}"#,
            ),
            ("cancel-subprocedure", r#"{"number":1}"#),
            (
                "correct",
                r#"{"sequence":2,"instead":"did_not_happen","reason":"recorded_twice"}"#,
            ),
            (
                "correct",
                r#"{"sequence":2,"instead":{"outcome":"denied"},"reason":"typing_mistake"}"#,
            ),
            ("reopen", r#"{"cause":"court_order"}"#),
            ("notify", "{}"),
            ("admit", "{}"),
        ];
        for (name, body) in bodies {
            let kind = of_name(name).unwrap();
            let Ok(Asked::Act(command)) = (kind.read)(body) else {
                panic!("{name} {body}");
            };
            assert_eq!(Verb::from(&command.wish), kind.verb, "{name}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let kind = of_name("request-rectification").unwrap();
        let body = r#"{"items":[{"requirement":"ok"},{"requirement":""}],"occurred":"soon"}"#;
        let Err(Problem::BadQuestion(fields)) = (kind.read)(body) else {
            panic!("it is accepted");
        };
        let places: Vec<_> = fields.iter().map(|field| field.pointer.as_str()).collect();
        assert_eq!(places, ["/items/1/requirement", "/occurred"]);
    }

    #[test]
    fn no_two_commands_have_one_name() {
        for (place, kind) in KINDS.iter().enumerate() {
            let found = KINDS.iter().position(|other| other.verb == kind.verb);
            assert_eq!(found, Some(place), "{}", kind.verb);
        }
    }
}
