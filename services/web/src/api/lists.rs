//! The closed lists of the law and of the domain, in the document of the API: whoever reads it, or makes
//! code of it, knows every word that is taken.

use chasqui_deadlines::{Language, SuspensionCause};
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{CorrectionReason, ReopenCause};
use chasqui_procedures::outcome::{Outcome, Stage};
use chasqui_procedures::standing::Kind;
use chasqui_procedures::subprocedure::SubprocedureResult;
use utoipa::openapi::schema::{Object, Schema};
use utoipa::openapi::{OpenApi, RefOr};

/// Closes the lists: of bodies by form and field, of questions in the address by their names.
pub(super) fn close(document: &mut OpenApi) {
    let causes = SuspensionCause::ALL.map(SuspensionCause::name);
    let reopen = ReopenCause::ALL.map(ReopenCause::name);
    let reasons = CorrectionReason::ALL.map(CorrectionReason::name);
    let outcomes = Outcome::ALL.map(Outcome::id);
    let results = SubprocedureResult::ALL.map(SubprocedureResult::name);
    let bases = ErasureBasis::ALL.map(ErasureBasis::name);
    let bodies: [(&str, &str, &[&str]); 6] = [
        ("AnswerSubprocedure", "result", &results),
        ("RequestErasure", "basis", &bases),
        ("ForCause", "cause", &causes),
        ("Reopen", "cause", &reopen),
        ("Correct", "reason", &reasons),
        ("Decide", "outcome", &outcomes),
    ];
    let components = document.components.get_or_insert_default();
    for (form, field, words) in bodies {
        if let Some(RefOr::T(Schema::Object(form))) = components.schemas.get_mut(form)
            && let Some(RefOr::T(Schema::Object(text))) = form.properties.get_mut(field)
        {
            close_one(text, words);
        }
    }
    let questions: [(&str, Vec<&str>); 3] = [
        ("stage", Stage::ALL.map(Stage::id).to_vec()),
        ("standing", Kind::ALL.map(Kind::id).to_vec()),
        ("lang", Language::ALL.map(Language::code).to_vec()),
    ];
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post].into_iter().flatten();
        for parameter in operations.flat_map(|one| one.parameters.iter_mut().flatten()) {
            let RefOr::T(parameter) = parameter else {
                continue;
            };
            let words = questions.iter().find(|(name, _)| *name == parameter.name);
            if let Some((_, words)) = words
                && let Some(RefOr::T(Schema::Object(text))) = &mut parameter.schema
            {
                // An empty value is no value.
                close_one(text, &[words, &[""][..]].concat());
            }
        }
    }
}

fn close_one(text: &mut Object, words: &[&str]) {
    text.enum_values = Some(words.iter().map(|word| (*word).into()).collect());
}
