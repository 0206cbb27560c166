//! Who reads or erases a person, as the vault's records name them.

use chasqui_procedures::ids::{IdError, PerformerRef};

use crate::authorise::Actor;

/// An actor with a name. On the machine itself several people are the one operator: there each says who
/// they are, and the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    pub(super) actor: Actor,
    pub(super) name: String,
    /// Two keys of one holder are one, and so is a name in other letters.
    pub(super) holder: String,
    /// Whether somebody is named, and not only the machine.
    pub(super) is_named: bool,
}

impl By {
    /// Whoever presents a key; or the operator, without a name.
    #[must_use]
    pub fn actor(actor: Actor) -> Self {
        let name = actor.name();
        let (holder, is_named) = match &actor {
            Actor::Key(grant) => (format!("key/{}/{}", grant.unit, grant.label), true),
            Actor::Operator | Actor::Anonymous => (name.clone(), false),
        };
        Self {
            actor,
            name,
            holder,
            is_named,
        }
    }

    /// One of the people who operate the machine, by a word that the house knows them by. Fails if it
    /// is no word.
    pub fn operator(name: &str) -> Result<Self, IdError> {
        let word = PerformerRef::parse(name)?;
        Ok(Self {
            actor: Actor::Operator,
            name: format!("operator:{word}"),
            holder: format!("operator:{word}").to_ascii_lowercase(),
            is_named: true,
        })
    }

    /// The name in records: `operator:ana`, `key:<handle>`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
