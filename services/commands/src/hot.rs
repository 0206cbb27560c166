//! Procedures that commands were carried out on lately, kept as they stand: the next command on one of them
//! needs no read.
//!
//! What is kept may be stale, because other processes append as well. That never does harm: an append says
//! which sequence its decision saw, and whatever is refused here is decided again on what the database
//! holds. Nothing is kept for good: there are two generations, and the older one goes when the younger
//! is full.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::ids::ProcedureId;

/// How many entries of histories are kept at most, in both generations together.
const MOST_ENTRIES: usize = 100_000;

/// One procedure, or the place for it. Whoever holds it is the only one in this process who decides on the
/// procedure.
#[derive(Default)]
pub(crate) struct Slot {
    pub(crate) aggregate: tokio::sync::Mutex<Option<ProcedureAggregate>>,
    entries: AtomicUsize,
}

/// The procedures at hand.
#[derive(Default)]
pub(crate) struct Hot(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<ProcedureId, Arc<Slot>>,
    old: HashMap<ProcedureId, Arc<Slot>>,
    /// What the younger one holds: entries, and one for each slot.
    weight: usize,
}

impl Hot {
    /// The place of a procedure: empty if it is not at hand.
    pub(crate) fn slot(&self, procedure: ProcedureId) -> Arc<Slot> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = generations.young.get(&procedure) {
            return Arc::clone(slot);
        }
        let slot = generations.old.remove(&procedure).unwrap_or_default();
        generations.young.insert(procedure, Arc::clone(&slot));
        generations.grow(1 + slot.entries.load(Ordering::Relaxed));
        slot
    }

    /// Keeps a procedure that is new, or has as many entries now.
    pub(crate) fn keep(&self, slot: &Slot, entries: usize) {
        let before = slot.entries.swap(entries, Ordering::Relaxed);
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generations.grow(entries.saturating_sub(before));
    }

    /// Forgets a procedure.
    pub(crate) fn forget(&self, procedure: ProcedureId) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generations.young.remove(&procedure);
        generations.old.remove(&procedure);
    }
}

impl Generations {
    fn grow(&mut self, by: usize) {
        self.weight += by;
        if self.weight > MOST_ENTRIES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(number: u128) -> ProcedureId {
        ProcedureId(Uuid::from_u128(number))
    }

    fn held(hot: &Hot) -> usize {
        let generations = hot.0.lock().unwrap();
        let all = generations.young.values().chain(generations.old.values());
        all.map(|slot| 1 + slot.entries.load(Ordering::Relaxed))
            .sum()
    }

    #[test]
    fn however_many_procedures_come_by_only_so_many_entries_are_kept() {
        let hot = Hot::default();
        let mut most = 0;
        for number in 0..200_000 {
            let slot = hot.slot(id(number));
            hot.keep(&slot, 3);
            // Procedures grow, also those that were loaded before.
            hot.keep(&slot, 7);
            most = most.max(held_every(&hot, number));
        }
        assert!(most > MOST_ENTRIES / 2, "it keeps something: {most}");
        assert!(most <= MOST_ENTRIES + 16, "{most}");
    }

    /// Counting each time would take the test minutes.
    fn held_every(hot: &Hot, number: u128) -> usize {
        if number.is_multiple_of(499) {
            held(hot)
        } else {
            0
        }
    }

    #[test]
    fn a_procedure_that_is_asked_for_again_and_again_stays() {
        let hot = Hot::default();
        let busy = hot.slot(id(0));
        hot.keep(&busy, 5);
        for number in 1..200_000 {
            let slot = hot.slot(id(number));
            hot.keep(&slot, 5);
            if number % 1_000 == 0 {
                assert!(Arc::ptr_eq(&busy, &hot.slot(id(0))), "lost after {number}");
            }
        }
        assert!(!Arc::ptr_eq(&busy, &hot.slot(id(u128::MAX))));
        hot.forget(id(0));
        assert!(!Arc::ptr_eq(&busy, &hot.slot(id(0))));
    }
}
