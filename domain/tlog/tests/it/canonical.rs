//! The spelling of values: what we accept, another program for RFC 8785 spells the same way.

use chasqui_tlog::disclosure::{Disclosure, MAX_INTEGER, Salt, canonical_json};
use proptest::prelude::*;
use serde_json::{Value, json};

fn value() -> impl Strategy<Value = Value> {
    let edge = MAX_INTEGER as i64;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-edge..=edge).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x7f\u{80}-\u{a0}\u{e000}\u{fb33}\u{1f600}\"/\\\\]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        let names = prop_oneof![
            any::<String>(),
            "[\\r1\u{80}\u{f6}\u{20ac}\u{fb33}\u{1f600}]{0,3}"
        ];
        let members = proptest::collection::vec((names, inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn values_are_spelt_as_rfc_8785_spells_them(value in value()) {
        let ours = canonical_json(&value).unwrap();
        prop_assert_eq!(&ours, &serde_json_canonicalizer::to_string(&value).unwrap());
        prop_assert_eq!(serde_json::from_str::<Value>(&ours).unwrap(), value);
    }

    #[test]
    fn a_disclosure_is_read_as_it_was_made(salt: [u8; 16], value in value()) {
        let made = Disclosure::new(Salt(salt), "field".parse().unwrap(), value);
        let made = made.unwrap();
        let read = Disclosure::parse(made.as_str()).unwrap();
        prop_assert_eq!(&read, &made);
        prop_assert_eq!(read.digest(), made.digest());
    }
}

#[test]
fn what_the_other_program_rounds_is_refused() {
    let large = json!(9_007_199_254_740_993_u64);
    assert_eq!(
        serde_json_canonicalizer::to_string(&large).unwrap(),
        "9007199254740992"
    );
    assert!(canonical_json(&large).is_err());
    for text in ["-0", "1.0", "1e2", "0.1"] {
        assert!(
            canonical_json(&serde_json::from_str(text).unwrap()).is_err(),
            "{text}"
        );
    }
}
