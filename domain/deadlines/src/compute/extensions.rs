//! Whether extensions hold: within the cap, each granted before the term had expired.

use super::clock::Clock;
use crate::day::Day;
use crate::error::DeadlineError;
use crate::ledger::Extension;
use crate::policies::ExtensionPolicy;
use crate::term::Term;

/// The days that all extensions together add, each checked as of its own day (COA 161; vectors
/// D40 to D43, R01 to R04). The order in the ledger does not matter, the dates do.
pub(super) fn extended_days(
    clock: &Clock,
    term: Term,
    extensions: &[Extension],
) -> Result<u32, DeadlineError> {
    let mut in_order = extensions.to_vec();
    in_order.sort_by_key(|extension| extension.granted_and_notified_on);
    let mut already = 0;
    for (grants, extension) in in_order.iter().enumerate() {
        let due = clock.due(term, already)?;
        extension_fits(
            clock,
            term,
            extension,
            Granted {
                already,
                grants,
                due,
            },
        )?;
        already += u32::from(extension.amount);
    }
    Ok(already)
}

/// What was granted before an extension, and when the term then ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Granted {
    pub(crate) already: u32,
    pub(crate) grants: usize,
    pub(crate) due: Option<Day>,
}

/// Checks one extension against what was granted before it. Expiry is looked at first: an expired
/// term is not extended by any amount.
pub(crate) fn extension_fits(
    clock: &Clock,
    term: Term,
    extension: &Extension,
    granted: Granted,
) -> Result<(), DeadlineError> {
    let Granted {
        already,
        grants,
        due,
    } = granted;
    let policy: ExtensionPolicy = clock.policies.extension;
    let on = extension.granted_and_notified_on;
    let day = Day::of(on)?;
    if extension.amount == 0 {
        return Err(DeadlineError::NonPositiveExtension);
    }
    if let Some(due) = due.filter(|due| day > *due) {
        return Err(DeadlineError::TermAlreadyExpired {
            due_on: due.checked_date()?,
            on,
        });
    }
    if policy
        .max_grants
        .is_some_and(|most| grants >= usize::from(most))
    {
        return Err(DeadlineError::ExtensionsExhausted { grants });
    }
    let (amount, cap) = (u32::from(extension.amount), policy.cap_days(term));
    match already + amount <= cap {
        true => Ok(()),
        false => Err(DeadlineError::ExtensionExceedsHalf {
            amount,
            already,
            cap,
        }),
    }
}
