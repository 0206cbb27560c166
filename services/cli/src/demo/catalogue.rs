//! The city's catalogue: `deploy/quito`, as units and procedure types.

use std::collections::BTreeMap;

use chasqui_deadlines::{Policies, SilenceRule, Term};
use chasqui_procedures::catalogue::{ClockStop, TypeVersion, Unit};
use chasqui_procedures::ids::{TypeId, UnitId};
use chasqui_procedures::text::Label;
use serde::Deserialize;

const TYPES: &str = include_str!("../../../../deploy/quito/catalogue.json");
const UNITS: &str = include_str!("../../../../deploy/quito/units.json");

/// A type, and the units that procedures of it are filed with.
pub(crate) struct Offer {
    pub(crate) version: TypeVersion,
    pub(crate) units: Vec<Unit>,
}

#[derive(Deserialize)]
struct Catalogue {
    types: Vec<SeedType>,
}

#[derive(Deserialize)]
struct SeedType {
    code: TypeId,
    name_es: Label,
    entity_code: String,
    entity: Label,
    term: Term,
    silence: SilenceRule,
    steps: Vec<Label>,
}

#[derive(Deserialize)]
struct Units {
    units: BTreeMap<String, Vec<Label>>,
}

/// Everything that the city offers.
pub(crate) fn offers() -> Vec<Offer> {
    let catalogue: Catalogue =
        serde_json::from_str(TYPES).expect("invariant: the catalogue is part of the program");
    let several: Units =
        serde_json::from_str(UNITS).expect("invariant: the units are part of the program");
    catalogue
        .types
        .into_iter()
        .map(|seed| {
            let units = match several.units.get(&seed.entity_code) {
                Some(names) => names.iter().map(unit).collect(),
                None => vec![Unit {
                    id: UnitId::from_name(&seed.entity_code),
                    name: seed.entity.clone(),
                }],
            };
            Offer {
                version: version(seed),
                units,
            }
        })
        .collect()
}

fn unit(name: &Label) -> Unit {
    Unit {
        id: UnitId::from_name(name.as_str()),
        name: name.clone(),
    }
}

fn version(seed: SeedType) -> TypeVersion {
    TypeVersion {
        id: seed.code,
        version: 1,
        name: seed.name_es,
        unit: None,
        term: Some(seed.term),
        silence: seed.silence,
        policies: Policies::default(),
        clock_stops_at: ClockStop::Notification,
        calendars: Vec::new(),
        steps: seed.steps,
    }
}
