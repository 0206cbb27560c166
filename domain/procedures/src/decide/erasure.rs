//! The wish to erase a procedure's person. The history stays, and so does every figure.

use super::Wished;
use crate::erasure::ErasureBasis;
use crate::event::{Event, PersonErased};
use crate::rejection::Rejection;

impl Wished<'_> {
    /// While the procedure runs, the municipality needs to know whom to answer (LOPDP 18): then it takes
    /// an explicit `while_open`.
    pub(super) fn erase_person(
        &self,
        basis: ErasureBasis,
        while_open: bool,
    ) -> Result<Event, Rejection> {
        let party = self.filing.subject.ok_or(Rejection::NoPerson)?;
        if let Some(on) = self.procedure.person_erased_on {
            return Err(Rejection::PersonAlreadyErased { on });
        }
        if !while_open && self.must_be_open().is_ok() {
            return Err(Rejection::PersonNeeded);
        }
        Ok(Event::PersonErased(PersonErased { party, basis }))
    }
}
