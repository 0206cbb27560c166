//! The bodies of the commands, and what they wish. One struct a form; the domain has the last word.

use chasqui_deadlines::SuspensionCause;
use chasqui_procedures::Moment;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::event::{Correction, CorrectionReason, RectificationItem, ReopenCause};
use chasqui_procedures::ids::UnitId;
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::text::Label;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::body::{Object, Values};
use crate::problem::Problem;

/// A body that becomes a command.
pub(crate) trait Wishes {
    /// When it happened, if that is not now, and what is wished; notes what is wrong.
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>);

    /// The command, or everything that is wrong with the body.
    fn command(&self) -> Result<Command, Problem> {
        let mut values = Values::default();
        let (occurred, wish) = self.wish(&mut values);
        let occurred: Option<Moment> = values.parse("/occurred", "not_a_moment", occurred);
        let wish = values.finish(wish)?;
        Ok(Command { occurred, wish })
    }
}

/// Nothing but when it happened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plain {
    /// When it happened, if that is not now: a date, or an instant with its offset.
    #[schema(examples("2026-03-02", "2026-03-02T10:00:00-05:00"), max_length = 40)]
    pub(crate) occurred: Option<String>,
}

/// To which unit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToUnit {
    /// The unit's id in the catalogue.
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$", examples("catastro"))]
    to: String,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// A step of the work.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// The step's name, in one line.
    #[schema(min_length = 1, max_length = 200, examples("Informe técnico"))]
    name: String,
    /// It has only begun.
    #[serde(default)]
    begun: bool,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// What the applicant is to complete (COA 140).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestRectification {
    /// What is missing.
    #[schema(min_items = 1, max_items = 50)]
    #[schema(value_type = Vec<Item>)]
    items: Vec<Object<Item>>,
    /// The business days granted; those of the procedure type if it is not said.
    #[schema(minimum = 1, maximum = 365)]
    granted_business_days: Option<u16>,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// Something that is missing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    /// The requirement, in one line.
    #[schema(min_length = 1, max_length = 200, examples("Planos firmados"))]
    requirement: String,
    /// The State holds it already, and so may not ask for it (LOOETA 11): it is counted.
    #[serde(default)]
    already_held_by_state: bool,
}

/// For which cause of the law (COA 162).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForCause {
    /// The cause: the law's list is closed.
    #[schema(max_length = 60, examples("external_report"))]
    cause: String,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// By how much the term is extended (COA 161).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extend {
    /// By how many days of the term's own kind.
    #[schema(minimum = 1, maximum = 365)]
    days: u16,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// What is decided (COA 201).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decide {
    /// The outcome.
    #[schema(max_length = 40, examples("granted", "denied"))]
    outcome: String,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// How the decision reached the applicant (COA 164).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notify {
    /// By which channel.
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$", examples("email"))]
    channel: Option<String>,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// What is right instead of an earlier entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correct {
    /// The entry's number in the history, from 1.
    #[schema(minimum = 1)]
    sequence: u32,
    /// What is right.
    instead: Instead,
    /// Why the entry was wrong.
    #[schema(max_length = 40, examples("typing_mistake"))]
    reason: String,
}

/// What is right: one of them.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Instead {
    /// It did not happen.
    DidNotHappen,
    /// It happened then.
    OccurredAt(String),
    /// This was decided.
    Outcome(String),
}

/// Why the procedure goes on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reopen {
    /// The cause.
    #[schema(max_length = 40, examples("appeal_upheld"))]
    cause: String,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// Nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

impl ToUnit {
    pub(crate) fn unit(&self, values: &mut Values) -> (Option<&str>, Option<UnitId>) {
        let unit = values.parse("/to", "not_an_id", Some(&self.to));
        (self.occurred.as_deref(), unit)
    }
}

impl ForCause {
    pub(crate) fn cause(&self, values: &mut Values) -> (Option<&str>, Option<SuspensionCause>) {
        let all = &SuspensionCause::ALL;
        let cause = values.one_of("/cause", all, SuspensionCause::name, &self.cause);
        (self.occurred.as_deref(), cause)
    }
}

impl Wishes for Step {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let step = values.take("/name", "not_a_name", Label::parse(&self.name));
        let wish = step.map(|step| match self.begun {
            true => Wish::StartStep { step },
            false => Wish::CompleteStep { step },
        });
        (self.occurred.as_deref(), wish)
    }
}

impl Wishes for RequestRectification {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let mut items = Vec::with_capacity(self.items.len());
        for (place, Object(item)) in self.items.iter().enumerate() {
            let pointer = format!("/items/{place}/requirement");
            let requirement = Label::parse(&item.requirement);
            if let Some(requirement) = values.take(pointer, "not_a_name", requirement) {
                items.push(RectificationItem {
                    requirement,
                    already_held_by_state: item.already_held_by_state,
                });
            }
        }
        if self.items.is_empty() {
            values.take::<(), _>("/items", "empty", Err("se espera al menos uno"));
        }
        let wish = Wish::RequestRectification {
            items,
            granted_business_days: self.granted_business_days,
        };
        (self.occurred.as_deref(), Some(wish))
    }
}

impl Wishes for Extend {
    fn wish(&self, _: &mut Values) -> (Option<&str>, Option<Wish>) {
        let wish = Wish::Extend { days: self.days };
        (self.occurred.as_deref(), Some(wish))
    }
}

impl Wishes for Decide {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let outcome = values.one_of("/outcome", &Outcome::ALL, Outcome::id, &self.outcome);
        let wish = outcome.map(|outcome| Wish::Decide { outcome });
        (self.occurred.as_deref(), wish)
    }
}

impl Wishes for Notify {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let channel = values.parse("/channel", "not_an_id", self.channel.as_deref());
        (self.occurred.as_deref(), Some(Wish::Notify { channel }))
    }
}

impl Wishes for Correct {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let instead = match &self.instead {
            Instead::DidNotHappen => Some(Correction::DidNotHappen),
            Instead::OccurredAt(moment) => values
                .parse("/instead/occurred_at", "not_a_moment", Some(moment))
                .map(Correction::OccurredAt),
            Instead::Outcome(outcome) => values
                .one_of("/instead/outcome", &Outcome::ALL, Outcome::id, outcome)
                .map(Correction::Outcome),
        };
        let (all, name) = (&CorrectionReason::ALL, CorrectionReason::name);
        let reason = values.one_of("/reason", all, name, &self.reason);
        let wish = instead.zip(reason).map(|(instead, reason)| Wish::Correct {
            sequence: self.sequence,
            instead,
            reason,
        });
        (None, wish)
    }
}

impl Wishes for Reopen {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let (all, name) = (&ReopenCause::ALL, ReopenCause::name);
        let cause = values.one_of("/cause", all, name, &self.cause);
        (
            self.occurred.as_deref(),
            cause.map(|cause| Wish::Reopen { cause }),
        )
    }
}
