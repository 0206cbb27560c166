//! The rule: everything is refused that is not allowed here. Nothing else in the program decides it.

use chasqui_procedures::ids::UnitId;

use super::actor::Actor;
use super::scope::UnitScope;
use super::verb::{Reach, Verb};

/// Why an actor may not. Nothing was looked up and nothing happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only whoever has a key may.
    #[error("{verb} needs a key")]
    NeedsKey {
        /// What was asked for.
        verb: Verb,
    },
    /// The key does not have this scope.
    #[error("the key does not have the scope {verb}")]
    OutOfScope {
        /// What was asked for.
        verb: Verb,
    },
    /// The key has the scope, for another unit.
    #[error("the key may {verb} for another unit only")]
    OtherUnit {
        /// What was asked for.
        verb: Verb,
    },
}

impl Refusal {
    /// What was asked for.
    #[must_use]
    pub fn verb(&self) -> Verb {
        match self {
            Self::NeedsKey { verb } | Self::OutOfScope { verb } | Self::OtherUnit { verb } => *verb,
        }
    }
}

/// Whether an actor may do something on what is with a unit: the unit that a procedure is filed with, or
/// that it is with as the decision sees it. None stands for the whole municipality: a question about all
/// units, or what they share.
///
/// ```
/// use chasqui_commands::authorise::{Actor, Refusal, Verb, authorise};
/// let unit = "catastro".parse()?;
/// let refused = authorise(&Actor::Anonymous, Verb::Decide, Some(&unit));
/// assert_eq!(refused, Err(Refusal::NeedsKey { verb: Verb::Decide }));
/// assert_eq!(authorise(&Actor::Operator, Verb::Decide, Some(&unit)), Ok(()));
/// # Ok::<(), chasqui_procedures::ids::IdError>(())
/// ```
pub fn authorise(actor: &Actor, verb: Verb, unit: Option<&UnitId>) -> Result<(), Refusal> {
    match actor {
        Actor::Anonymous => Err(Refusal::NeedsKey { verb }),
        Actor::Operator => Ok(()),
        Actor::Key(grant) if !grant.verbs.contains(verb) => Err(Refusal::OutOfScope { verb }),
        Actor::Key(grant) => {
            let reaches = match verb.reach() {
                Reach::Unit => grant.unit.covers(unit),
                Reach::Municipality => grant.unit == UnitScope::All,
            };
            reaches.then_some(()).ok_or(Refusal::OtherUnit { verb })
        }
    }
}

/// Whether an actor may do something for any unit at all: what can be said before it is known of which
/// unit the question is. Whoever may nowhere is told so before anything is read.
pub fn authorise_anywhere(actor: &Actor, verb: Verb) -> Result<(), Refusal> {
    let unit = match actor {
        Actor::Key(grant) => grant.unit.unit(),
        Actor::Anonymous | Actor::Operator => None,
    };
    authorise(actor, verb, unit)
}
