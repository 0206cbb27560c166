//! The city's catalogue: `deploy/quito`, as part of the program.

use chasqui_procedures::catalogue::{Catalogue, TypeVersion, Unit};

const CATALOGUE: &str = include_str!("../../../../deploy/quito/catalogue.json");

/// A type, and the units that procedures of it are filed with.
pub(crate) struct Offer {
    pub(crate) version: TypeVersion,
    pub(crate) units: Vec<Unit>,
}

/// Everything that the city offers.
pub(crate) fn offers() -> Vec<Offer> {
    let Catalogue { units, types, .. } = catalogue();
    let with = |version: TypeVersion| Offer {
        units: units
            .iter()
            .filter(|unit| version.units.contains(&unit.id))
            .cloned()
            .collect(),
        version,
    };
    types.into_iter().map(with).collect()
}

fn catalogue() -> Catalogue {
    serde_json::from_str(CATALOGUE).expect("invariant: the catalogue is part of the program")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_citys_catalogue_holds_together() {
        let catalogue = catalogue();
        catalogue.check().unwrap();
        assert_eq!(catalogue.types.len(), 30);
        assert!(offers().iter().all(|offer| !offer.units.is_empty()));
    }
}
