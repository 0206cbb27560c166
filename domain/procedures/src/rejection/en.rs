//! In English.

use chasqui_deadlines::Language::En;

use super::reason::Rejection;

#[expect(
    clippy::too_many_lines,
    reason = "one sentence each, and all in one match"
)]
pub(super) fn sentence(rejection: &Rejection) -> String {
    use Rejection as R;
    match rejection {
        R::NotFiled => "There is no such procedure. Check its identity.".to_owned(),
        R::AlreadyFiled => {
            "The procedure was filed already. It need not be filed again.".to_owned()
        }
        R::AlreadyEnded { on } => format!(
            "The procedure ended on {}. If it has to go on, reopen it.",
            En.date(*on)
        ),
        R::AlreadyDecided => {
            "The procedure was decided already. Notify the decision, or correct it.".to_owned()
        }
        R::AlreadyAdmitted => {
            "The procedure was admitted already. Go on with its next step.".to_owned()
        }
        R::NotDecided => {
            "No decision could be notified or put away on that day. Decide first.".to_owned()
        }
        R::NoDecision { sequence } => {
            format!("Entry {sequence} is no decision: it has no outcome to correct.")
        }
        R::WrongUnit { unit } => {
            format!("Procedures of this type are not filed with {unit}. Choose another unit.")
        }
        R::NotNotified => {
            "No decision was notified that could be appealed against on that day.".to_owned()
        }
        R::NotEnded => "The procedure has not ended: it need not be reopened.".to_owned(),
        R::NotYetAbandoned { from } => format!(
            "It is not abandoned yet: the applicant may answer before {}.",
            En.date(*from)
        ),
        R::RectificationAlreadyOpen => {
            "A rectification was requested and is unanswered. Wait for the answer.".to_owned()
        }
        R::NoRectificationOpen => {
            "No rectification was requested that could be answered.".to_owned()
        }
        R::AlreadySuspended { cause } => format!(
            "The term is suspended already for that cause: {}.",
            cause.label(En)
        ),
        R::NotSuspended { cause } => format!(
            "The term is not suspended for that cause: {}.",
            cause.label(En)
        ),
        R::NoTerm => "This type of procedure has no term to suspend or extend.".to_owned(),
        R::AlreadyThere => {
            "The procedure is with that unit already. Choose another one.".to_owned()
        }
        R::BeforeFiling { filed_on } => format!(
            "It cannot have happened before the filing on {}. Check the date.",
            En.date(*filed_on)
        ),
        R::InTheFuture => "Nothing is recorded before it happens. Check the date.".to_owned(),
        R::NoSuchEntry { sequence } => format!("There is no entry {sequence}. Check the number."),
        R::FilingStands => {
            "A filing cannot be undone. Correct its date, or archive the procedure.".to_owned()
        }
        R::NoSuchSubprocedure { number } => format!("There is no part {number}. Check the number."),
        R::SubprocedureEnded { number, on } => format!(
            "Part {number} ended on {}. If another one is needed, ask for it.",
            En.date(*on)
        ),
        R::BeforeSubprocedure { number, opened_on } => format!(
            "Part {number} was asked for on {}. Check the date.",
            En.date(*opened_on)
        ),
        R::TooManySubprocedures { most } => format!("A procedure has at most {most} parts."),
        R::NoPerson => "No personal data are kept of this procedure.".to_owned(),
        R::PersonAlreadyErased { on } => {
            format!("The personal data were erased on {}.", En.date(*on))
        }
        R::PersonNeeded => {
            "The procedure goes on, and its person has to be answered. Wait until it ends."
                .to_owned()
        }
        R::ErasureStands { sequence } => {
            format!("Entry {sequence} is an erasure of personal data: it cannot be undone.")
        }
        R::Deadline(error) => error.sentence(En),
    }
}
