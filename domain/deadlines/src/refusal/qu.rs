//! In Kichwa (Kichwa unificado). No speaker has validated these texts: whoever shows them says so
//! ([`Language::note`](crate::Language::note)).

use super::sentence::short;
use crate::error::DeadlineError;
use crate::language::Language::Qu;

#[expect(
    clippy::too_many_lines,
    reason = "one sentence each, and all in one match"
)]
pub(super) fn sentence(error: &DeadlineError) -> String {
    use DeadlineError as E;
    match error {
        E::HoursForbidden => {
            "Kamachika horakunapi plazota mana chaskinchu. Punchakunata, killakunata, \
             watakunata killkapay."
                .to_owned()
        }
        E::NonPositiveTerm { amount } => {
            format!("Plazoka 1 manta yallimi kana, mana {amount}.")
        }
        E::ImmediateTermWithAmount { amount } => {
            format!(
                "Chay pachallata rurashkaka yupayta mana charinchu. 0 killkapay, mana {amount}."
            )
        }
        E::TermTooLong { amount, limit, .. } => {
            format!("{amount} yapami kan: {limit} yupaykama ushapanki. Yupayta rikupay.")
        }
        E::UnknownTerm { text } => format!(
            "«{}» nishkata mana riksinchikchu. Llamkay punchakuna, punchakuna, hunkaykuna, \
             killakuna, watakunami chaskirin.",
            short(text)
        ),
        E::DateOutOfRange { date } => format!(
            "Shuk puncha 1900 watamanta 2200 watakama mana kanchu ({}). Punchakunata rikupay.",
            short(date)
        ),
        E::UnknownCalendar { id } => {
            format!(
                "«{}» calendarioka mana tiyanchu. Shukta akllapay.",
                short(id)
            )
        }
        E::UnknownProfile { id } => format!(
            "«{}» perfilka mana tiyanchu. Kaykunami tiyan: ecuador, france, united_kingdom.",
            short(id)
        ),
        E::UnknownPolicies { name } => {
            format!(
                "Perfilka «{}» kamachikkunata mana charinchu. Anchuchipay.",
                short(name)
            )
        }
        E::NoCalendar => "Shuk calendariota akllapay.".to_owned(),
        E::InvalidOfficeHours => "Ukutaka paskashka kipami wichkana kan.".to_owned(),
        E::CauseNotAllowed { cause, .. } => {
            format!("Kamachika chayrayku ({cause}) plazota mana shayachinchu. Shukta akllapay.")
        }
        E::SuspensionEndsBeforeItBegins { from, to } => format!(
            "Shayachishkaka ({}) ñawpa punchapi ({}) mana tukuri ushanchu. Punchakunata rikupay.",
            Qu.date(*from),
            Qu.date(*to)
        ),
        E::SuspensionBeforeFiling { from, filed_on } => format!(
            "Shayachishkaka ({}) yaykuchishkamanta ({}) ñawpami kan. Punchakunata rikupay.",
            Qu.date(*from),
            Qu.date(*filed_on)
        ),
        E::NonPositiveExtension => {
            "Plazota mirachishpaka 1 punchatallapash yapana kan. Mashna punchata killkapay."
                .to_owned()
        }
        E::ExtensionExceedsHalf {
            amount,
            already: 0,
            cap,
        } => format!(
            "Plazopa chawpikamallami mirachi ushapanki: {cap} puncha. {amount} mañapanki: ashalla \
             mañapay."
        ),
        E::ExtensionExceedsHalf {
            amount,
            already,
            cap,
        } => format!(
            "Plazopa chawpikamallami mirachi ushapanki: {cap} puncha. Ñami {already} karka, \
             kunanka {amount} mañapanki. Ashalla mañapay."
        ),
        E::ExtensionsExhausted { grants } => {
            format!("Plazoka ñami {grants} kutin mirachishka. Ama ashtawan mirachiychu.")
        }
        E::TermAlreadyExpired { due_on, on } => format!(
            "Plazoka {} punchapi tukurirka: {} punchapika mirachinata, shayachinata mana \
             usharkachu.",
            Qu.date(*due_on),
            Qu.date(*on)
        ),
        E::ExtensionBeforeFiling { on, filed_on } => format!(
            "Mirachishkaka ({}) yaykuchishkamanta ({}) ñawpami kan. Punchakunata rikupay.",
            Qu.date(*on),
            Qu.date(*filed_on)
        ),
        E::TooMany { what, limit } => {
            format!("Yapa willaykunami kan ({what}): {limit} yupaykama. Rakishpa tapupay.")
        }
        E::InvalidInput { detail } => {
            format!(
                "Tapuyta mana hamutanchikchu. Kayta allichipay: {}.",
                short(detail)
            )
        }
    }
}
