//! Who may do what: actors, verbs, the one rule, and the keys by which systems are known.

mod actor;
mod authenticate;
mod key;
mod manage;
mod rule;
mod scope;
mod verb;

#[cfg(test)]
mod matrix;

pub use actor::{Actor, Grant};
pub use authenticate::AuthenticationError;
pub use key::{ApiKey, Environment, KeyId};
pub use manage::{CreatedKey, KeyError, KnownKey, MOST_ACTIVE, MOST_DAYS, NewKey};
pub use rule::{Refusal, authorise, authorise_anywhere};
pub use scope::{ScopeError, UnitScope, Verbs};
pub use verb::{Reach, Verb};
