//! What the clients were told, and what must therefore be so.

use std::collections::BTreeMap;

use chasqui_commands::{CommandError, Done};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::ids::ProcedureId;
use chasqui_store::AppendError;

use crate::letter::{Answer, Letter};

#[derive(Default)]
pub(crate) struct Ledger {
    /// Every letter that was answered for good, with the first answer.
    pub(crate) answered: Vec<(Letter, Option<Answer>)>,
    /// The version of each procedure that anybody was told last.
    pub(crate) versions: BTreeMap<ProcedureId, u64>,
    pub(crate) codes: BTreeMap<ProcedureId, TrackingCode>,
    pub(crate) told_again: u64,
}

impl Ledger {
    /// Takes a final answer in: it was carried out, or refused for good. False if it is none, and the
    /// letter has to be sent again.
    pub(crate) fn take(&mut self, letter: &Letter, result: Result<Answer, CommandError>) -> bool {
        let earlier = self
            .answered
            .iter()
            .find(|(one, _)| one.key == letter.key)
            .map(|(_, answer)| answer.clone());
        match result {
            Ok(answer) => {
                self.told_again += u64::from(answer.done.again);
                match earlier {
                    None => self.enter(letter, answer),
                    Some(None) => panic!("{letter:?} was refused, and is carried out now"),
                    Some(Some(first)) => assert_same(&first, &answer),
                }
                true
            }
            Err(error @ (CommandError::Rejected(_) | CommandError::Changed { .. })) => {
                let done = earlier.as_ref().is_some_and(Option::is_some);
                assert!(!done, "{letter:?} was carried out, and is refused: {error}");
                if earlier.is_none() {
                    self.answered.push((letter.clone(), None));
                }
                true
            }
            Err(
                CommandError::InHand
                | CommandError::Contended
                | CommandError::Append(AppendError::Unavailable { .. } | AppendError::Overloaded)
                | CommandError::Read(_),
            ) => false,
            Err(error) => panic!("{letter:?}: {error:?}"),
        }
    }

    /// Whether it was refused: asked again it may be right, and would be another question.
    pub(crate) fn is_refused(&self, letter: &Letter) -> bool {
        let mut refused = self.answered.iter().filter(|(_, answer)| answer.is_none());
        refused.any(|(one, _)| one.key == letter.key)
    }

    fn enter(&mut self, letter: &Letter, answer: Answer) {
        let Done {
            procedure, version, ..
        } = answer.done;
        let last = self.versions.entry(procedure).or_default();
        *last = (*last).max(version);
        if let Some(code) = answer.code {
            self.codes.insert(procedure, code);
        }
        self.answered.push((letter.clone(), Some(answer)));
    }

    /// Everything that was carried out.
    pub(crate) fn done(&self) -> impl Iterator<Item = &Done> {
        let answers = self
            .answered
            .iter()
            .filter_map(|(_, answer)| answer.as_ref());
        answers.map(|answer| &answer.done)
    }
}

/// Whoever asks again is told the same.
fn assert_same(first: &Answer, again: &Answer) {
    let told = |answer: &Answer| Done {
        again: false,
        ..answer.done.clone()
    };
    assert_eq!(told(first), told(again), "told otherwise the second time");
    assert!(first.code == again.code, "another code the second time");
}
