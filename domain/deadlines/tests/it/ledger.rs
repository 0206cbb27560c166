//! Suspensions and extensions: when they end, what they may not do, and what everybody's terms do
//! when the entity suspends them all.

use std::collections::BTreeSet;

use chasqui_deadlines::{
    BatchCalculator, Deadline, DeadlineError, DecreeEffect, EndedBy, Extension, ExtensionPolicy,
    Input, Ledger, PerCause, Policies, RestReason, Suspension, SuspensionCause,
    SuspensionEffectiveness, Trigger, check_extension, check_suspension, compute, grant_extension,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::generators::{QUITO, decree, office_hours, quito_with};

fn on(month: i8, day: i8) -> Date {
    date(2025, month, day)
}

fn asked(month: i8, day: i8) -> Suspension {
    Suspension::open(SuspensionCause::Rectification, on(month, day))
}

/// Filed on 13 October 2025, 15 business days: the filing of vectors D30 to D81.
fn input(suspensions: Vec<Suspension>) -> Input {
    Input {
        ledger: Ledger {
            suspensions,
            extensions: Vec::new(),
        },
        ..Input::new(Trigger::On(on(10, 13)), "15bd".parse().unwrap())
    }
}

fn deadline(suspensions: Vec<Suspension>) -> Deadline {
    compute(&input(suspensions), &QUITO).unwrap()
}

#[test]
fn a_suspension_ends_at_the_earliest_of_compliance_grant_and_cap() {
    let end = |suspension: Suspension| {
        let found = deadline(vec![suspension]).suspensions[0];
        (found.effective_to.unwrap(), found.ended_by.unwrap())
    };
    let granted = asked(10, 20).granting(10);
    assert_eq!(
        end(granted.until(on(10, 29))),
        (on(10, 29), EndedBy::Complied)
    );
    assert_eq!(
        end(granted.until(on(11, 12))),
        (on(11, 5), EndedBy::GrantExpired)
    );
    assert_eq!(
        end(granted.until(on(11, 5))),
        (on(11, 5), EndedBy::Complied)
    );
    let capped = Suspension {
        cap_months: Some(1),
        ..asked(10, 20)
    };
    assert_eq!(end(capped), (on(11, 20), EndedBy::CapReached));
    assert_eq!(
        end(Suspension {
            cap_months: Some(1),
            ..granted
        }),
        (on(11, 5), EndedBy::GrantExpired)
    );
}

#[test]
fn the_cap_of_a_cause_comes_from_the_policies_unless_the_entry_has_its_own() {
    let report = Suspension::open(SuspensionCause::ExternalReport, on(10, 20));
    let end = |suspension, policies| {
        let input = Input {
            policies,
            ..input(vec![suspension])
        };
        compute(&input, &QUITO).unwrap().suspensions[0].effective_to
    };
    let uncapped = Policies {
        suspension_cap_months: PerCause::default(),
        ..Policies::default()
    };
    assert_eq!(end(report, Policies::default()), Some(date(2026, 1, 20)));
    assert_eq!(end(report, uncapped), None);
    assert_eq!(
        end(
            Suspension {
                cap_months: Some(1),
                ..report
            },
            Policies::default()
        ),
        Some(on(11, 20))
    );
}

#[test]
fn an_open_suspension_has_no_due_date_and_a_bounded_one_a_latest() {
    let open = deadline(vec![asked(10, 20)]);
    assert_eq!((open.due_on, open.expires_at), (None, None));
    assert_eq!(open.suspended_business_days(), None);
    let bounded = deadline(vec![asked(10, 20).granting(10)]);
    assert_eq!(bounded.due_on, Some(on(11, 19)));
    assert!(bounded.is_provisional(on(10, 25)));
    assert!(!bounded.is_provisional(on(10, 19)));
    assert!(!bounded.is_provisional(on(11, 5)));
}

#[test]
fn what_if_i_answer_today_is_a_question_with_an_answer() {
    let open = deadline(vec![asked(10, 20)]);
    assert_eq!(
        open.if_resumed_on(on(10, 29)).unwrap().due_on,
        Some(on(11, 14))
    );
    assert_eq!(open.due_on, None, "the deadline itself has not changed");
}

#[test]
fn the_due_date_as_recorded_then_can_still_be_computed() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let suspension = Suspension {
        recorded_at: Some(at("2025-10-22T12:00:00Z")),
        end_recorded_at: Some(at("2025-11-03T12:00:00Z")),
        ..asked(10, 20).until(on(10, 29))
    };
    let now = deadline(vec![suspension]);
    let then = |text: &str| {
        now.with_ledger(now.input().ledger.known_at(at(text)))
            .unwrap()
            .due_on
    };
    assert_eq!(then("2025-10-21T12:00:00Z"), Some(on(11, 5)));
    assert_eq!(then("2025-10-30T12:00:00Z"), None);
    assert_eq!(then("2025-11-03T12:00:00Z"), now.due_on);
}

#[test]
fn an_entity_wide_suspension_stops_every_clock_and_nobody_edits_a_procedure() {
    let emergency = decree(DecreeEffect::TermsSuspended, on(10, 20), Some(on(10, 24)));
    let calendar = quito_with(emergency);
    let business = compute(&input(vec![]), &calendar).unwrap();
    assert_eq!(deadline(vec![]).due_on, Some(on(11, 5)));
    assert_eq!(
        business.due_on,
        Some(on(11, 12)),
        "five business days later"
    );
    assert!(
        calendar.is_business_day(on(10, 20)),
        "the desk is open, the terms stand still"
    );
    assert!(matches!(
        calendar.reason(on(10, 20)),
        Some(RestReason::TermsSuspended { .. })
    ));

    let months = Input::new(Trigger::On(on(10, 13)), "1m".parse().unwrap());
    let before = compute(&months, &QUITO).unwrap().due_on;
    assert_eq!(before, Some(on(11, 14)));
    assert_eq!(
        compute(&months, &calendar).unwrap().due_on,
        Some(on(11, 19))
    );
}

#[test]
fn an_entity_wide_suspension_also_stops_the_days_granted_to_the_applicant() {
    let emergency = decree(DecreeEffect::TermsSuspended, on(10, 21), Some(on(10, 24)));
    let granted = input(vec![asked(10, 20).granting(10)]);
    let end = compute(&granted, &quito_with(emergency))
        .unwrap()
        .suspensions[0]
        .effective_to;
    assert_eq!(end, Some(on(11, 11)), "four business days after 5 November");
}

#[test]
fn an_open_suspension_of_terms_ends_with_the_decree_that_resumes_them() {
    let book = chasqui_deadlines::CalendarBook::ecuador();
    let suspended = decree(DecreeEffect::TermsSuspended, on(10, 20), None);
    let resumed = chasqui_deadlines::Decree {
        id: "TEST-RESUMED".into(),
        known_at: Some("2025-10-24T12:00:00Z".parse().unwrap()),
        ..decree(DecreeEffect::TermsResumed, on(10, 27), None)
    };
    let book = book
        .with_decree(suspended)
        .unwrap()
        .with_decree(resumed)
        .unwrap();
    let due = |at: &str| {
        let calendar = book
            .resolve(book.default_calendars(), at.parse().unwrap())
            .unwrap();
        compute(&input(vec![]), &calendar).unwrap().due_on
    };
    assert_eq!(due("2025-10-23T00:00:00Z"), None);
    assert_eq!(due("2025-10-25T00:00:00Z"), Some(on(11, 12)));
}

#[test]
fn terms_that_resume_earlier_than_announced_resume_and_past_suspensions_stay_past() {
    let book = chasqui_deadlines::CalendarBook::ecuador();
    let suspended = decree(DecreeEffect::TermsSuspended, on(10, 20), Some(on(10, 22)));
    let resumed = chasqui_deadlines::Decree {
        id: "TEST-RESUMED".into(),
        known_at: Some("2025-10-24T12:00:00Z".parse().unwrap()),
        ..decree(DecreeEffect::TermsResumed, on(10, 27), None)
    };
    let book = book
        .with_decree(suspended)
        .unwrap()
        .with_decree(resumed)
        .unwrap();
    let calendar = book
        .resolve(book.default_calendars(), Timestamp::MAX)
        .unwrap();
    assert_eq!(
        calendar.reason(on(10, 23)),
        None,
        "it had ended on the 22nd"
    );
    assert_eq!(
        compute(&input(vec![]), &calendar).unwrap().due_on,
        Some(on(11, 10))
    );
}

#[test]
fn even_what_is_done_at_once_waits_while_all_terms_are_suspended() {
    let emergency = decree(DecreeEffect::TermsSuspended, on(10, 13), Some(on(10, 14)));
    let input = Input::new(Trigger::On(on(10, 13)), "0imm".parse().unwrap());
    assert_eq!(compute(&input, &QUITO).unwrap().due_on, Some(on(10, 13)));
    assert_eq!(
        compute(&input, &quito_with(emergency)).unwrap().due_on,
        Some(on(10, 15))
    );
}

#[test]
fn days_before_the_deemed_filing_are_nobodys_suspended_days() {
    let filed = "2025-10-31T17:30:00-05:00".parse().unwrap();
    let asked = asked(10, 31).until(on(11, 7));
    let input = Input {
        policies: office_hours(),
        ledger: Ledger {
            suspensions: vec![asked],
            extensions: vec![],
        },
        ..Input::new(Trigger::ReceivedAt(filed), "10bd".parse().unwrap())
    };
    let deadline = compute(&input, &QUITO).unwrap();
    assert_eq!(deadline.legal_filing_date, on(11, 5));
    assert_eq!(deadline.suspended_business_days(), Some(2));
}

#[test]
fn extensions_entered_out_of_order_are_judged_by_their_dates() {
    let extensions = vec![Extension::new(3, on(9, 17)), Extension::new(2, on(9, 10))];
    let input = Input {
        ledger: Ledger {
            suspensions: vec![],
            extensions,
        },
        ..Input::new(Trigger::On(on(9, 1)), "10bd".parse().unwrap())
    };
    assert_eq!(compute(&input, &QUITO).unwrap().due_on, Some(on(9, 22)));
}

#[test]
fn extensions_share_the_half_and_may_be_limited_in_number() {
    let deadline = deadline(vec![]);
    let once = grant_extension(&deadline, Extension::new(3, on(10, 20))).unwrap();
    assert_eq!(once.due_on, Some(on(11, 10)));
    assert_eq!(once.base_due_on, Some(on(11, 5)));
    let twice = grant_extension(&once, Extension::new(4, on(10, 21))).unwrap();
    assert_eq!(twice.extension_days, 7);
    let exceeded = check_extension(&twice, &Extension::new(1, on(10, 22))).unwrap_err();
    assert_eq!(
        exceeded,
        DeadlineError::ExtensionExceedsHalf {
            amount: 1,
            already: 7,
            cap: 7
        }
    );

    let single = Policies {
        extension: ExtensionPolicy {
            max_grants: Some(1),
            ..ExtensionPolicy::default()
        },
        ..Policies::default()
    };
    let input = Input {
        policies: single,
        ..once.input().clone()
    };
    let once = compute(&input, &QUITO).unwrap();
    let refused = check_extension(&once, &Extension::new(1, on(10, 22))).unwrap_err();
    assert_eq!(refused, DeadlineError::ExtensionsExhausted { grants: 1 });
}

#[test]
fn an_extension_while_suspended_is_possible_and_one_after_expiry_never() {
    let suspended = deadline(vec![asked(10, 20)]);
    assert!(check_extension(&suspended, &Extension::new(7, on(12, 1))).is_ok());
    let expired = check_extension(&deadline(vec![]), &Extension::new(8, on(11, 6))).unwrap_err();
    assert_eq!(
        expired.name(),
        "TermAlreadyExpired",
        "expiry outweighs the amount"
    );
}

#[test]
fn a_suspension_says_how_many_days_it_stops() {
    let deadline = deadline(vec![]);
    let effect = |month, day| check_suspension(&deadline, &asked(month, day));
    assert_eq!(
        effect(10, 20),
        Ok(SuspensionEffectiveness::Stops { days_left: 10 })
    );
    assert_eq!(effect(11, 5), Ok(SuspensionEffectiveness::NothingLeft));
    assert_eq!(effect(11, 6).unwrap_err().name(), "TermAlreadyExpired");
    assert_eq!(effect(10, 12).unwrap_err().name(), "SuspensionBeforeFiling");
}

/// A question for each refusal.
const REFUSED: [(&str, &str); 21] = [
    (
        "HoursForbidden",
        r#""trigger_date":"2025-09-01","term":{"amount":2,"unit":"hours"}"#,
    ),
    (
        "NonPositiveTerm",
        r#""trigger_date":"2025-09-01","term":{"amount":-1,"unit":"months"}"#,
    ),
    (
        "ImmediateTermWithAmount",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"immediate"}"#,
    ),
    (
        "TermTooLong",
        r#""trigger_date":"2025-09-01","term":{"amount":51,"unit":"years"}"#,
    ),
    (
        "UnknownTerm",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"moons"}"#,
    ),
    (
        "DateOutOfRange",
        r#""trigger_date":"2200-12-30","term":{"amount":5,"unit":"business_days"}"#,
    ),
    (
        "UnknownCalendar",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"years"},"calendars":["EC-MORDOR"]"#,
    ),
    ("UnknownProfile", r#""profile":"narnia","year":2025"#),
    (
        "UnknownPolicies",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"years"},"policy_set":"x""#,
    ),
    ("NoCalendar", r#""year":2025,"calendars":[]"#),
    (
        "InvalidOfficeHours",
        r#""filed_at":"2025-09-01T10:00:00Z","term":{"amount":1,"unit":"years"},"filing_policy":"office_hours","office_close":[7,0,0]"#,
    ),
    (
        "CauseNotAllowed",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"years"},"suspensions":[{"cause":"correction","from":"2025-09-02"}]"#,
    ),
    (
        "SuspensionEndsBeforeItBegins",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"years"},"suspensions":[{"cause":"informe","from":"2025-09-03","to":"2025-09-02"}]"#,
    ),
    (
        "SuspensionBeforeFiling",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"years"},"suspensions":[{"cause":"informe","from":"2025-08-31","to":null}]"#,
    ),
    (
        "NonPositiveExtension",
        r#""trigger_date":"2025-09-01","term":{"amount":1,"unit":"years"},"extensions":[{"amount":0,"granted_and_notified_on":"2025-09-02"}]"#,
    ),
    (
        "ExtensionExceedsHalf",
        r#""trigger_date":"2025-09-01","term":{"amount":0,"unit":"immediate"},"extensions":[{"amount":1,"granted_and_notified_on":"2025-09-01"}]"#,
    ),
    (
        "ExtensionsExhausted",
        r#""profile":"france","trigger_date":"2025-09-01","term":{"amount":2,"unit":"months"},"extensions":[{"amount":1,"granted_and_notified_on":"2025-09-02"}]"#,
    ),
    (
        "TermAlreadyExpired",
        r#""trigger_date":"2025-09-01","term":{"amount":2,"unit":"business_days"},"extensions":[{"amount":1,"granted_and_notified_on":"2025-09-04"}]"#,
    ),
    (
        "ExtensionBeforeFiling",
        r#""trigger_date":"2025-09-01","term":{"amount":2,"unit":"business_days"},"extensions":[{"amount":1,"granted_and_notified_on":"2025-08-29"}]"#,
    ),
    (
        "TooMany",
        r#""year":2025,"calendars":["A","A","A","A","A","A","A","A","A","A","A","A","A","A","A","A","A"]"#,
    ),
    ("InvalidInput", r#""year":2025,"surprise":true"#),
];

#[test]
fn every_refusal_can_be_provoked_and_has_its_name() {
    let mut calculator = BatchCalculator::default();
    for (name, fields) in REFUSED {
        let answer = calculator.answer_line(&format!("{{{fields}}}"));
        assert_eq!(answer, format!(r#"{{"error":"{name}"}}"#), "{fields}");
    }
    let provoked: BTreeSet<&str> = REFUSED.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        provoked,
        DeadlineError::NAMES.into_iter().collect(),
        "a refusal lacks its case"
    );
}
