//! What people say of it: TI-17.

use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Indicator, Measure, OF_MEANS};
use crate::{Decimal, Precision, Ratio};

/// Answers to one question on a scale from 1 (very bad) to 5 (very good), counted. Nobody's answer is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// How many were asked.
    pub asked: u64,
    /// How many answered 1, 2, 3, 4 and 5.
    pub answers: [u64; 5],
}

/// TI-17: the mean score. Withheld below ten answers.
///
/// `Σ score · answers / Σ answers`. `satisfied_share` counts 4 and 5: the percentage that the transparency law's dataset
/// of services asks for. `response_rate` is answers by asked. No interval: those who answer are no random sample.
///
/// ```
/// use chasqui_indicators::formula::{Survey, satisfaction};
///
/// let figure = satisfaction(Survey { asked: 80, answers: [1, 2, 3, 8, 6] });
/// assert_eq!(figure.value.unwrap().to_string(), "3.8");
/// assert_eq!(figure.further["satisfied_share"].to_string(), "0.7");
/// assert_eq!(figure.further["response_rate"].to_string(), "0.25");
/// ```
#[must_use]
pub fn satisfaction(survey: Survey) -> Figure {
    let n: u64 = survey.answers.iter().sum();
    let points = survey.answers.iter().zip(1..=5_u64);
    let points: u128 = points
        .map(|(count, score)| u128::from(*count) * u128::from(score))
        .sum();
    let mean = i128::try_from(points)
        .ok()
        .and_then(|points| Ratio::new(points, i128::from(n)));
    let figure = Figure {
        value: mean.map(|mean| Decimal::of(mean, Precision::Mean)),
        ..Figure::nothing(Indicator::Satisfaction, Measure::Points, n)
    };
    let satisfied = survey.answers[3] + survey.answers[4];
    figure
        .held_to(OF_MEANS)
        .with_share("satisfied_share", satisfied, n)
        .with_share("response_rate", n, survey.asked)
        .with_parts([("asked", survey.asked), ("answered", n)])
}
