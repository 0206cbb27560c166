//! The bodies of the commands about parts that other units do.

use chasqui_procedures::command::Wish;
use chasqui_procedures::ids::UnitId;
use chasqui_procedures::subprocedure::SubprocedureResult;
use chasqui_procedures::text::Label;
use serde::Deserialize;
use utoipa::ToSchema;

use super::wishes::Wishes;
use crate::api::body::Values;

/// A part that another unit is to do.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenSubprocedure {
    /// The unit's id in the catalogue.
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$", examples("catastro"))]
    unit: String,
    /// What it is to do, in one line.
    #[schema(min_length = 1, max_length = 200, examples("Informe de linderos"))]
    name: String,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// What came of a part.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerSubprocedure {
    /// Which part, from 1.
    #[schema(minimum = 1)]
    number: u16,
    /// What came of it.
    #[schema(max_length = 40, examples("favourable"))]
    result: String,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

/// Which part.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelSubprocedure {
    /// Which part, from 1.
    #[schema(minimum = 1)]
    number: u16,
    /// When it happened, if that is not now.
    #[schema(max_length = 40)]
    occurred: Option<String>,
}

impl Wishes for OpenSubprocedure {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let unit: Option<UnitId> = values.parse("/unit", "not_an_id", Some(&self.unit));
        let name = values.take("/name", "not_a_name", Label::parse(&self.name));
        let wish = unit.zip(name);
        let wish = wish.map(|(unit, name)| Wish::OpenSubprocedure { unit, name });
        (self.occurred.as_deref(), wish)
    }
}

impl Wishes for AnswerSubprocedure {
    fn wish(&self, values: &mut Values) -> (Option<&str>, Option<Wish>) {
        let all = &SubprocedureResult::ALL;
        let result = values.one_of("/result", all, SubprocedureResult::name, &self.result);
        let number = self.number;
        let wish = result.map(|result| Wish::AnswerSubprocedure { number, result });
        (self.occurred.as_deref(), wish)
    }
}

impl Wishes for CancelSubprocedure {
    fn wish(&self, _: &mut Values) -> (Option<&str>, Option<Wish>) {
        let number = self.number;
        (
            self.occurred.as_deref(),
            Some(Wish::CancelSubprocedure { number }),
        )
    }
}
