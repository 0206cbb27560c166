//! TI-11, TI-12, TI-13, TI-15, TI-16, TI-17, and when figures become final.

use chasqui_indicators::Histogram;
use chasqui_indicators::formula::{
    Days, Dimension, Expected, FactAfterCutoff, Milestone, Outcome, Period, Rectified, Row,
    Snapshot, Stay, Survey, final_from, first_response, freshness, publication, rectification,
    satisfaction, step_time,
};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use crate::rows::{filed, notified};
use crate::vectors::section;

const TODAY: Date = date(2025, 12, 1);

fn september() -> Period {
    Period::month_of(date(2025, 9, 1))
}

fn snapshot(rows: &[Row]) -> Snapshot<'_> {
    Snapshot::new(TODAY, rows).unwrap()
}

#[test]
fn rectification_counts_also_those_who_gave_up() {
    let asked = |rounds, days| Row {
        rectified: Some(Rectified {
            rounds,
            first: Milestone {
                on: date(2025, 8, 20),
                days,
            },
        }),
        days: Days {
            gross: 40,
            suspended: 10,
            applicant: 4,
            ..Days::default()
        },
        ..filed(date(2025, 8, 1))
    };
    let gave_up = Row {
        outcome: Some(Outcome::Abandoned),
        closed_on: Some(date(2025, 9, 9)),
        ..asked(2, 4)
    };
    let plain = Row {
        days: Days {
            gross: 20,
            ..Days::default()
        },
        ..filed(date(2025, 8, 1))
    };
    let mut rows = vec![gave_up, asked(9, 9)];
    rows.extend((0..5).map(|days| notified(asked(1, days), date(2025, 9, 30))));
    rows.extend((0..4).map(|_| notified(plain.clone(), date(2025, 9, 1))));
    let figure = rectification(&snapshot(&rows), september());
    assert_eq!((figure.numerator, figure.denominator), (Some(6), Some(10)));
    assert_eq!(
        (
            figure.value.unwrap().to_string().as_str(),
            figure.parts["rounds"]
        ),
        ("0.6", 7)
    );
    assert_eq!(figure.further["mean_rounds"].to_string(), "1.17");
    // 6 · 10 of 6 · 40 + 4 · 20.
    assert_eq!(figure.further["suspended_share"].to_string(), "0.1875");
    assert_eq!(figure.further["applicant_share"].to_string(), "0.075");
    assert_eq!(figure.spread.unwrap().median.unwrap().to_string(), "2.5");
}

#[test]
fn each_step_has_its_own_figure() {
    let stay = |step: &str, days, completed_on| Stay {
        step: step.to_owned(),
        started_on: date(2025, 9, 2),
        completed_on,
        days,
    };
    let completed = Some(date(2025, 9, 20));
    let rows: Vec<Row> = (1..=5)
        .map(|days| Row {
            stays: vec![
                stay("informe", days, completed),
                stay("firma", 1, None),
                stay("informe", 100, Some(date(2025, 10, 1))),
            ],
            ..filed(date(2025, 9, 1))
        })
        .collect();
    let steps = step_time(&snapshot(&rows), september());
    assert_eq!(steps.keys().collect::<Vec<_>>(), ["firma", "informe"]);
    assert_eq!(steps["informe"].value.unwrap().to_string(), "3");
    assert_eq!((steps["firma"].n, steps["firma"].parts["underway"]), (0, 5));
}

#[test]
fn whoever_never_responds_shows_beside_the_first_responses() {
    let act = |days| Row {
        first_act: Some(Milestone {
            on: date(2025, 9, 9),
            days,
        }),
        ..filed(date(2025, 9, 1))
    };
    let mut rows: Vec<Row> = [1, 2, 2, 3, 9].map(act).into();
    rows.push(filed(date(2025, 9, 30)));
    rows.push(filed(date(2025, 10, 1)));
    rows.push(notified(filed(date(2025, 9, 1)), date(2025, 9, 2)));
    let figure = first_response(&snapshot(&rows), september());
    assert_eq!(figure.value.unwrap().to_string(), "2");
    assert_eq!(figure.parts["still_waiting"], 1);
}

#[test]
fn files_registered_on_the_last_day_of_the_law_are_in_time() {
    let last_days: Vec<Date> = section("publication_vectors")
        .iter()
        .filter_map(|vector| vector["expected"]["register_by"].as_str())
        .map(|day| day.parse().unwrap())
        .collect();
    assert_eq!(last_days.len(), 8);
    let file = |register_by: Date, after: i64| Expected {
        register_by,
        registered_on: Some(register_by + after.days()),
    };
    let mut files: Vec<Expected> = last_days.iter().map(|day| file(*day, 0)).collect();
    files.extend(last_days.iter().map(|day| file(*day, 1)));
    files.extend(last_days.iter().map(|day| Expected {
        register_by: *day,
        registered_on: None,
    }));
    let years = Period::new(date(2024, 1, 1), date(2027, 12, 31)).unwrap();
    let figure = publication(&files, years, date(2028, 1, 1));
    assert_eq!((figure.numerator, figure.denominator), (Some(8), Some(24)));
    assert_eq!((figure.parts["late"], figure.parts["missing"]), (8, 8));
    // On the last day itself nobody is late.
    let on_the_day = publication(&files, years, last_days[0]);
    assert_eq!(on_the_day.denominator, Some(0));
}

#[test]
fn nineteen_readings_are_too_few_for_freshness() {
    let readings = |n: i32| (0..n).collect::<Histogram>();
    assert!(freshness(&readings(19)).suppressed);
    assert_eq!(freshness(&readings(20)).value.unwrap().to_string(), "18");
}

#[test]
fn nine_answers_are_no_opinion() {
    let figure = satisfaction(Survey {
        asked: 30,
        answers: [0, 0, 0, 0, 9],
    });
    assert!(figure.suppressed && figure.value.is_none());
    assert_eq!(figure.further.get("satisfied_share"), None);
    assert_eq!(figure.further["response_rate"].to_string(), "0.3");
    assert_eq!(satisfaction(Survey::default()).value, None);
}

#[test]
fn figures_become_final_on_the_fifteenth_business_day() {
    let is_business_day = |day: Date| {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && day != date(2025, 10, 9)
    };
    assert_eq!(
        final_from(september(), is_business_day),
        Some(date(2025, 10, 22))
    );
    assert_eq!(final_from(september(), |_| false), None);
}

#[test]
fn a_row_that_knows_the_future_is_refused() {
    let row = notified(filed(date(2025, 9, 1)), date(2025, 12, 2));
    let refused = Snapshot::new(TODAY, [&row]).unwrap_err();
    assert_eq!(
        refused,
        FactAfterCutoff {
            reference: "4••4".to_owned(),
            on: date(2025, 12, 2),
            as_of: TODAY
        },
    );
}

#[test]
fn versions_of_a_type_are_separate_series() {
    let second = Row {
        type_version: 2,
        ..filed(date(2025, 9, 1))
    };
    let rows = [filed(date(2025, 9, 1)), second];
    let parts = snapshot(&rows).by(Dimension::Type);
    let names: Vec<_> = parts.keys().map(String::as_str).collect();
    assert_eq!(names, ["GADDMQ-AG-CAT-33@1", "GADDMQ-AG-CAT-33@2"]);
}
