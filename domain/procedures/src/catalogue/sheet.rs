//! What the public reads about a procedure type before filing it: the headings of gob.ec's sheets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::Channel;
use crate::text::Label;

/// The sheet (ficha) of a procedure type. Whatever is not known is left out, and not made up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Sheet {
    /// What it is (¿Qué es?).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Label>,
    /// Whom it is for (¿A quién está dirigido?).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Label>,
    /// What one gets (¿Qué obtendré?).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Label>,
    /// What has to be handed in (¿Qué necesito?).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    /// What it costs (¿Cuál es el costo?), in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Label>,
    /// How it can be filed (¿Cómo hago el trámite?).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// The law behind it, and behind its term (base legal).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub legal_basis: Vec<Label>,
    /// The public wording for a stage, by the stage's id, where the common one does not fit.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub wording: BTreeMap<String, Label>,
    /// Where all this was read, and whether it is only illustrative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Label>,
}

/// One thing that has to be handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// What.
    pub name: Label,
    /// The norm that asks for it. A requirement without one may not be asked for (LOOETA).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<Label>,
    /// Whether the State holds it already, and so may not ask for it (LOOETA 11).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held_by_state: bool,
}

/// One step of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name.
    pub name: Label,
    /// How many business days it usually takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_business_days: Option<u16>,
}

impl Sheet {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
