//! Who may do what, all of it: every actor with every verb on every unit, held against what is written
//! here by hand, and against the page in `docs/` that auditors read.

use chasqui_procedures::ids::UnitId;
use chasqui_procedures::text::Label;
use jiff::Timestamp;

use super::actor::{Actor, Grant};
use super::key::{Environment, KeyId};
use super::rule::{Refusal, authorise};
use super::scope::{UnitScope, Verbs};
use super::verb::{Reach, Verb};

/// What a verb acts on, written apart from the rule. A new verb does not compile until it stands here.
fn row(verb: Verb) -> Reach {
    match verb {
        Verb::File
        | Verb::Admit
        | Verb::Assign
        | Verb::Step
        | Verb::RequestRectification
        | Verb::AnswerRectification
        | Verb::Suspend
        | Verb::Resume
        | Verb::Extend
        | Verb::Transfer
        | Verb::OpenSubprocedure
        | Verb::AnswerSubprocedure
        | Verb::CancelSubprocedure
        | Verb::Decide
        | Verb::Notify
        | Verb::Withdraw
        | Verb::Abandon
        | Verb::Archive
        | Verb::Reopen
        | Verb::Appeal
        | Verb::Correct
        | Verb::RevokeCode
        | Verb::ReissueCode
        | Verb::ListProcedures
        | Verb::ReadHistory
        | Verb::ReadPerson
        | Verb::ErasePerson => Reach::Unit,
        Verb::PublishUnit | Verb::PublishType | Verb::PublishDecree | Verb::Import => {
            Reach::Municipality
        }
    }
}

fn unit(name: &str) -> UnitId {
    UnitId::parse(name).unwrap()
}

fn key(unit: UnitScope, verbs: Verbs) -> Actor {
    Actor::Key(Box::new(Grant {
        id: KeyId::parse("0123456789").unwrap(),
        environment: Environment::Live,
        label: Label::parse("A system").unwrap(),
        unit,
        verbs,
        created_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::UNIX_EPOCH,
    }))
}

fn every(but: Option<Verb>) -> Verbs {
    let verbs = Verb::ALL.iter().copied();
    verbs.filter(|verb| Some(*verb) != but).collect()
}

#[test]
fn every_actor_may_with_every_verb_on_every_unit_what_is_written_and_nothing_else() {
    let (own, other) = (unit("own"), unit("other"));
    let mut cells = 0;
    for verb in Verb::ALL.iter().copied() {
        let one = || UnitScope::One(own.clone());
        let only = || Verbs::from_iter([verb]);
        let by_unit = row(verb) == Reach::Unit;
        // Who asks, and whether they may: on their own unit, on another, on the whole municipality.
        let actors = [
            (Actor::Anonymous, [false, false, false]),
            (key(one(), Verbs::default()), [false, false, false]),
            (key(one(), every(Some(verb))), [false, false, false]),
            (key(one(), only()), [by_unit, false, false]),
            (key(one(), every(None)), [by_unit, false, false]),
            (key(UnitScope::All, Verbs::default()), [false, false, false]),
            (
                key(UnitScope::All, every(Some(verb))),
                [false, false, false],
            ),
            (key(UnitScope::All, only()), [true, true, true]),
            (key(UnitScope::All, every(None)), [true, true, true]),
            (Actor::Operator, [true, true, true]),
        ];
        for (actor, expected) in actors {
            for (target, may) in [Some(&own), Some(&other), None].into_iter().zip(expected) {
                let verdict = authorise(&actor, verb, target);
                assert_eq!(verdict.is_ok(), may, "{actor:?} {verb} {target:?}");
                cells += 1;
            }
        }
    }
    assert_eq!(cells, Verb::ALL.len() * 10 * 3);
}

#[test]
fn a_refusal_says_what_is_missing() {
    let (own, other, verb) = (unit("own"), unit("other"), Verb::Decide);
    let decide = || Verbs::from_iter([verb]);
    let of_own = key(UnitScope::One(own.clone()), decide());
    let asked = |actor: &Actor, unit: Option<&UnitId>| authorise(actor, verb, unit);
    assert_eq!(
        asked(&Actor::Anonymous, Some(&own)),
        Err(Refusal::NeedsKey { verb })
    );
    assert_eq!(
        asked(&of_own, Some(&other)),
        Err(Refusal::OtherUnit { verb })
    );
    assert_eq!(asked(&of_own, None), Err(Refusal::OtherUnit { verb }));
    let without = key(UnitScope::One(own.clone()), every(Some(verb)));
    let missing = Err(Refusal::OutOfScope { verb });
    assert_eq!(asked(&without, Some(&own)), missing);
    // Without the scope it is not said whose unit it would be.
    assert_eq!(asked(&without, Some(&other)), missing);
}

#[test]
fn a_unit_is_known_by_its_whole_name() {
    let of_own = key(UnitScope::One(unit("cat")), every(None));
    for name in ["CAT", "cat-1", "ca", "c.t"] {
        assert!(authorise(&of_own, Verb::Step, Some(&unit(name))).is_err());
    }
    assert!(UnitId::parse("*").is_err(), "no unit is all units");
}

#[test]
fn the_page_for_auditors_is_the_rule() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/who-may-do-what.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let marker = "<!-- From here on: made by the code, held by a test. -->\n";
    let (before, made) = written.split_once(marker).unwrap_or((&written, ""));
    assert!(before.starts_with("# Who may do what\n"));
    assert!(
        made == page(),
        "docs/who-may-do-what.md is not what the code says; after its marker it should be:\n{}",
        page()
    );
}

/// The matrix as a table.
fn page() -> String {
    let (own, other) = (unit("own"), unit("other"));
    let one = UnitScope::One(own.clone());
    let columns = [
        (Actor::Anonymous, Some(&own)),
        (key(one.clone(), every(None)), Some(&own)),
        (key(one, every(None)), Some(&other)),
        (key(UnitScope::All, every(None)), Some(&other)),
        (Actor::Operator, Some(&other)),
    ];
    let mut page = String::from(
        "\n| Scope | Anybody | Key of a unit, on its own | the same, on another's | Key of the whole \
         municipality | Command line |\n|---|---|---|---|---|---|\n",
    );
    for verb in Verb::ALL.iter().copied() {
        page.push_str(&format!("| `{verb}` |"));
        for (actor, unit) in &columns {
            let may = authorise(actor, verb, *unit).is_ok();
            page.push_str(if may { " yes |" } else { " no |" });
        }
        page.push('\n');
    }
    page
}
