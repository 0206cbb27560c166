//! Every refusal there is, provoked by a wish: a refusal without a case here fails, and so does one
//! that nothing can provoke and that does not say why.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_deadlines::{
    DeadlineError, ExtensionPolicy, FilingPolicy, Language, Ledger, OfficeHours, Policies,
    SuspensionCause,
};
use chasqui_procedures::command::Wish;
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{Correction, ReopenCause};
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::rejection::Rejection;
use chasqui_procedures::subprocedure::MOST_SUBPROCEDURES;

use crate::given::{
    Given, admitted, ask, asked, correct, decided, erased, extend, filed, filed_by_somebody,
    filing, given, grant, moment, notify, resume, resumed, suspend, suspended, unit, withdrawn,
};

use crate::subprocedures::{answer, open, opened, part_answered};

const REPORT: SuspensionCause = SuspensionCause::ExternalReport;

/// The rejections that are no refusal of the arithmetic.
const OWN: [&str; 29] = [
    "NotFiled",
    "AlreadyFiled",
    "AlreadyEnded",
    "AlreadyDecided",
    "AlreadyAdmitted",
    "NotDecided",
    "RectificationAlreadyOpen",
    "NoRectificationOpen",
    "AlreadySuspended",
    "NotSuspended",
    "NoTerm",
    "AlreadyThere",
    "BeforeFiling",
    "InTheFuture",
    "NoSuchEntry",
    "FilingStands",
    "NotNotified",
    "NotEnded",
    "NotYetAbandoned",
    "NoDecision",
    "WrongUnit",
    "NoPerson",
    "PersonAlreadyErased",
    "PersonNeeded",
    "ErasureStands",
    "NoSuchSubprocedure",
    "SubprocedureEnded",
    "BeforeSubprocedure",
    "TooManySubprocedures",
];

/// A variant that is not in [`OWN`] does not compile here.
fn place(rejection: &Rejection) -> Option<usize> {
    Some(match rejection {
        Rejection::NotFiled => 0,
        Rejection::AlreadyFiled => 1,
        Rejection::AlreadyEnded { .. } => 2,
        Rejection::AlreadyDecided => 3,
        Rejection::AlreadyAdmitted => 4,
        Rejection::NotDecided => 5,
        Rejection::RectificationAlreadyOpen => 6,
        Rejection::NoRectificationOpen => 7,
        Rejection::AlreadySuspended { .. } => 8,
        Rejection::NotSuspended { .. } => 9,
        Rejection::NoTerm => 10,
        Rejection::AlreadyThere => 11,
        Rejection::BeforeFiling { .. } => 12,
        Rejection::InTheFuture => 13,
        Rejection::NoSuchEntry { .. } => 14,
        Rejection::FilingStands => 15,
        Rejection::NotNotified => 16,
        Rejection::NotEnded => 17,
        Rejection::NotYetAbandoned { .. } => 18,
        Rejection::NoDecision { .. } => 19,
        Rejection::WrongUnit { .. } => 20,
        Rejection::NoPerson => 21,
        Rejection::PersonAlreadyErased { .. } => 22,
        Rejection::PersonNeeded => 23,
        Rejection::ErasureStands { .. } => 24,
        Rejection::NoSuchSubprocedure { .. } => 25,
        Rejection::SubprocedureEnded { .. } => 26,
        Rejection::BeforeSubprocedure { .. } => 27,
        Rejection::TooManySubprocedures { .. } => 28,
        Rejection::Deadline(_) => return None,
    })
}

/// What no wish can provoke, and why.
const OUT_OF_REACH: [(&str, &str); 10] = [
    (
        "HoursForbidden",
        "a type's term is read before it is published",
    ),
    (
        "ImmediateTermWithAmount",
        "a type's term is read before it is published",
    ),
    (
        "UnknownTerm",
        "a type's term is read before it is published",
    ),
    (
        "UnknownCalendar",
        "the calendar is resolved before a wish is decided on",
    ),
    (
        "UnknownProfile",
        "the calendar is resolved before a wish is decided on",
    ),
    (
        "NoCalendar",
        "the calendar is resolved before a wish is decided on",
    ),
    (
        "UnknownPolicies",
        "a type holds its policies, not their name",
    ),
    ("InvalidInput", "a wish is no text"),
    (
        "SuspensionEndsBeforeItBegins",
        "it is refused as an answer to nothing",
    ),
    (
        "ExtensionBeforeFiling",
        "it is refused as an event before the filing",
    ),
];

fn policies(change: impl FnOnce(&mut Policies)) -> Policies {
    let mut policies = Policies::default();
    change(&mut policies);
    policies
}

fn september() -> Given {
    given("10bd", [filed("2025-09-01")])
}

fn after(entry: chasqui_procedures::event::Entry) -> Given {
    given("10bd", [filed("2025-09-01"), entry])
}

/// Each of the crate's own: the history, the wish on 10 September 2025, the name and the article.
fn own() -> Vec<(Given, Wish, &'static str, Option<&'static str>)> {
    let decided = || after(decided("2025-09-02", Outcome::Granted));
    let asked = || after(asked("2025-09-02", Some(10)));
    vec![
        (given("10bd", []), Wish::Admit, "NotFiled", None),
        (september(), filing(), "AlreadyFiled", None),
        (
            after(withdrawn("2025-09-02")),
            grant(),
            "AlreadyEnded",
            Some("COA 201"),
        ),
        (decided(), grant(), "AlreadyDecided", Some("COA 201")),
        (
            after(admitted("2025-09-02")),
            Wish::Admit,
            "AlreadyAdmitted",
            None,
        ),
        (september(), notify(), "NotDecided", Some("COA 164")),
        (asked(), ask(), "RectificationAlreadyOpen", Some("COA 140")),
        (
            september(),
            Wish::AnswerRectification,
            "NoRectificationOpen",
            Some("COA 140"),
        ),
        (
            after(suspended("2025-09-02", REPORT)),
            suspend(REPORT),
            "AlreadySuspended",
            Some("COA 162"),
        ),
        (september(), resume(REPORT), "NotSuspended", Some("COA 162")),
        (
            given("", [filed("2025-09-01")]),
            extend(1),
            "NoTerm",
            Some("COA 158"),
        ),
    ]
}

/// The rest of them, about where it is, when it happened and how it ends.
fn more() -> Vec<(Given, Wish, &'static str, Option<&'static str>)> {
    let decided = || after(decided("2025-09-02", Outcome::Granted));
    let asked = || after(asked("2025-09-02", Some(10)));
    let to_filing = |day| correct(2, Correction::OccurredAt(moment(day)));
    vec![
        (
            september(),
            Wish::Transfer {
                to: unit("az-norte"),
            },
            "AlreadyThere",
            None,
        ),
        (decided(), to_filing("2025-08-01"), "BeforeFiling", None),
        (decided(), to_filing("2025-09-11"), "InTheFuture", None),
        (
            september(),
            correct(2, Correction::DidNotHappen),
            "NoSuchEntry",
            None,
        ),
        (
            september(),
            correct(1, Correction::DidNotHappen),
            "FilingStands",
            None,
        ),
        (
            decided(),
            correct(1, Correction::Outcome(Outcome::Denied)),
            "NoDecision",
            None,
        ),
        (
            given("10bd", []).only_with("az-sur"),
            filing(),
            "WrongUnit",
            None,
        ),
        (decided(), Wish::Appeal, "NotNotified", Some("COA 219")),
        (
            decided(),
            Wish::Reopen {
                cause: ReopenCause::CourtOrder,
            },
            "NotEnded",
            None,
        ),
        (
            asked(),
            Wish::Decide {
                outcome: Outcome::Abandoned,
            },
            "NotYetAbandoned",
            Some("COA 212"),
        ),
    ]
}

/// Those about the parts of other units.
fn of_parts() -> Vec<(Given, Wish, &'static str, Option<&'static str>)> {
    let parts = |parts: Vec<_>| {
        let history = [filed("2025-09-01")].into_iter().chain(parts);
        given("10bd", history)
    };
    let ended = vec![opened("2025-09-02", 1), part_answered("2025-09-03", 1)];
    let full = (1..=MOST_SUBPROCEDURES).map(|number| opened("2025-09-02", number));
    vec![
        (september(), answer(1), "NoSuchSubprocedure", None),
        (parts(ended), answer(1), "SubprocedureEnded", None),
        (
            parts(vec![opened("2025-09-11", 1)]),
            answer(1),
            "BeforeSubprocedure",
            None,
        ),
        (parts(full.collect()), open(), "TooManySubprocedures", None),
    ]
}

/// Those about a procedure's person.
fn of_persons() -> Vec<(Given, Wish, &'static str, Option<&'static str>)> {
    let erase = |while_open| Wish::ErasePerson {
        basis: ErasureBasis::PeriodOver,
        while_open,
    };
    let with_person = || given("10bd", [filed_by_somebody("2025-09-01")]);
    let erased = || {
        let history = [filed_by_somebody("2025-09-01"), erased("2025-09-02")];
        given("10bd", history)
    };
    vec![
        (september(), erase(true), "NoPerson", None),
        (
            with_person(),
            erase(false),
            "PersonNeeded",
            Some("LOPDP 18"),
        ),
        (erased(), erase(true), "PersonAlreadyErased", None),
        (
            erased(),
            correct(2, Correction::DidNotHappen),
            "ErasureStands",
            None,
        ),
    ]
}

/// Each of the arithmetic's, likewise.
fn of_the_arithmetic() -> Vec<(Given, Wish, &'static str, Option<&'static str>)> {
    let ask_for = |granted_business_days| Wish::RequestRectification {
        items: Vec::new(),
        granted_business_days: Some(granted_business_days),
    };
    let no_hours = policies(|policies| {
        let OfficeHours { open, close } = OfficeHours::DEFAULT;
        policies.filing = FilingPolicy::OfficeHours(OfficeHours {
            open: close,
            close: open,
        });
    });
    let one_extension = policies(|policies| {
        policies.extension = ExtensionPolicy {
            max_grants: Some(0),
            ..ExtensionPolicy::default()
        };
    });
    let stops = (0..Ledger::MAX_SUSPENSIONS).flat_map(|_| {
        [
            suspended("2025-09-02", REPORT),
            resumed("2025-09-02", REPORT),
        ]
    });
    let often_stopped = given("10bd", [filed("2025-09-01")].into_iter().chain(stops));
    let moved = correct(1, Correction::OccurredAt(moment("2025-09-04")));
    vec![
        (
            september(),
            extend(6),
            "ExtensionExceedsHalf",
            Some("COA 161"),
        ),
        (
            september().under(one_extension),
            extend(1),
            "ExtensionsExhausted",
            Some("COA 161"),
        ),
        (
            given("5bd", [filed("2025-09-01")]),
            ask(),
            "TermAlreadyExpired",
            Some("COA 161"),
        ),
        (september(), extend(0), "NonPositiveExtension", None),
        (september(), ask_for(0), "NonPositiveTerm", Some("COA 158")),
        (september(), ask_for(u16::MAX), "TermTooLong", None),
        (
            given("10bd", []).under(no_hours),
            filing(),
            "InvalidOfficeHours",
            None,
        ),
        (
            september(),
            suspend(SuspensionCause::Correction),
            "CauseNotAllowed",
            Some("COA 162"),
        ),
        (
            after(suspended("2025-09-03", REPORT)),
            moved,
            "SuspensionBeforeFiling",
            Some("COA 162"),
        ),
        (often_stopped, suspend(REPORT), "TooMany", None),
    ]
}

fn every_case() -> impl Iterator<Item = (Given, Wish, &'static str, Option<&'static str>)> {
    let own = own()
        .into_iter()
        .chain(more())
        .chain(of_persons())
        .chain(of_parts());
    own.chain(of_the_arithmetic())
}

#[test]
fn every_refusal_has_its_case_its_name_and_its_article() {
    // The one that needs another day than all others.
    let beyond = given("10bd", []).when("2200-12-30", filing()).unwrap_err();
    let mut provoked = BTreeSet::from([beyond.name()]);
    for (given, wish, name, article) in every_case() {
        let refused = given.when("2025-09-10", wish.clone());
        let rejection = refused.expect_err(&format!("{name}: {wish:?} was granted"));
        assert_eq!(rejection.name(), name, "{wish:?}");
        assert_eq!(
            rejection.article().map(|article| article.0),
            article,
            "{name}"
        );
        if let Some(place) = place(&rejection) {
            assert_eq!(OWN[place], name);
        }
        let text = rejection.to_string();
        let first = text.chars().next().unwrap();
        assert!(
            !first.is_uppercase() && !text.ends_with('.'),
            "{text:?} is a fragment"
        );
        assert_worded(&rejection);
        provoked.insert(name);
    }
    let out_of_reach: BTreeMap<_, _> = OUT_OF_REACH.into_iter().collect();
    for name in OWN.into_iter().chain(DeadlineError::NAMES) {
        let because = out_of_reach.contains_key(name);
        assert!(
            provoked.contains(name) != because,
            "{name} needs a case, or a reason for none"
        );
    }
}

/// Each language has its own sentence, with the same numbers in it.
fn assert_worded(rejection: &Rejection) {
    let sentences = Language::ALL.map(|language| rejection.sentence(language));
    let different: BTreeSet<_> = sentences.iter().collect();
    assert_eq!(different.len(), 3, "{sentences:?}");
    let numbers = |text: &str| {
        let words = text.split(|c: char| !c.is_ascii_digit());
        let mut found: Vec<_> = words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        found.sort();
        found
    };
    for sentence in &sentences {
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
        assert_eq!(numbers(sentence), numbers(&sentences[0]), "{sentences:?}");
    }
}

#[test]
fn a_refused_wish_changes_nothing() {
    for (given, wish, name, _) in every_case() {
        let before = given.state();
        assert!(given.when("2025-09-10", wish).is_err(), "{name}");
        assert_eq!(given.state(), before, "{name}");
    }
}
