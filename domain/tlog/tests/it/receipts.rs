//! Receipts: what they prove, and attempts to make one prove something else.

use chasqui_tlog::disclosure::{Commitment, Disclosure, Salt};
use chasqui_tlog::error::{OpenError, ReceiptError};
use chasqui_tlog::note::Algorithm;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::proof::LogProof;
use chasqui_tlog::receipt::Receipt;
use serde_json::{Value, json};

use crate::support::{Log, key};

type Change = fn(&mut Value);

fn policy() -> Policy {
    let log = key("tramites.example/log1", Algorithm::Ed25519, 1);
    Policy::k_of_n(log, &[key("w.example/1", Algorithm::Cosignature, 2)], 1).unwrap()
}

/// The receipt with other extra data.
fn with_extra(receipt: &Receipt, change: impl FnOnce(&mut Value)) -> Result<Receipt, ReceiptError> {
    let proof = receipt.proof();
    let mut extra = serde_json::from_slice(proof.extra().unwrap()).unwrap();
    change(&mut extra);
    let extra = chasqui_tlog::disclosure::canonical_json(&extra)
        .unwrap()
        .into_bytes();
    let (path, checkpoint) = (proof.path().to_vec(), proof.checkpoint().clone());
    let proof = LogProof::new(Some(extra), proof.index(), path, checkpoint).unwrap();
    Receipt::parse(proof.to_string().as_bytes())
}

#[test]
fn a_receipt_proves_the_opened_fields_and_where_they_stand() {
    let log = Log::of(9);
    let receipt = Receipt::parse(log.receipt(4).to_string().as_bytes()).unwrap();
    let policy = policy();
    let proven = receipt.verify(&policy).unwrap();
    assert_eq!((proven.index, proven.leaf), (4, log.events[4].leaf));
    assert_eq!(proven.event.value("type"), Some(&json!("Admitted")));
    assert_eq!(
        proven.event.value("applicant"),
        Some(&json!("Señora Ñusta 4"))
    );
    assert_eq!(proven.event.prev(), Some(Some(log.events[3].leaf.hash())));
    assert_eq!((proven.event.seq(), proven.event.hidden()), (Some(2), 0));
    assert_eq!(proven.acceptance.cosigners.len(), 1);
}

#[test]
fn fields_that_are_left_out_stay_hidden_and_are_counted() {
    let log = Log::of(9);
    let receipt = with_extra(&log.receipt(4), |extra| {
        extra["open"]
            .as_array_mut()
            .unwrap()
            .retain(|one| one.as_str().unwrap().contains("entity"));
    });
    let policy = policy();
    let proven = receipt.unwrap().verify(&policy).unwrap();
    assert_eq!(proven.event.value("entity"), Some(&json!("AZEE")));
    assert_eq!(
        (proven.event.value("applicant"), proven.event.hidden()),
        (None, 9)
    );
    assert_eq!((proven.event.seq(), proven.event.prev()), (None, None));
}

#[test]
fn a_receipt_cannot_open_what_was_not_committed() {
    let log = Log::of(9);
    let receipt = log.receipt(4);
    let policy = policy();
    let forged = Disclosure::new(Salt([0; 16]), "entity".parse().unwrap(), json!("AZLD")).unwrap();
    let shown = with_extra(&receipt, |extra| extra["open"][3] = json!(forged.as_str())).unwrap();
    let field = "entity".to_owned();
    assert_eq!(
        shown.verify(&policy),
        Err(ReceiptError::Open(OpenError::NotCommitted {
            field: field.clone()
        }))
    );
    // With its digest among the others the leaf is another one, which is not in the log.
    let digest = forged.digest().to_string();
    let added = with_extra(&receipt, |extra| {
        let digests = extra["sd"].as_array_mut().unwrap();
        digests.push(json!(digest));
        digests.sort_by_key(|one| {
            one.as_str()
                .unwrap()
                .parse::<chasqui_tlog::disclosure::Digest>()
                .unwrap()
        });
        extra["open"][3] = json!(forged.as_str());
    });
    assert!(matches!(
        added.unwrap().verify(&policy),
        Err(ReceiptError::Proof(_))
    ));
    let twice = with_extra(&receipt, |extra| {
        let again = extra["open"][3].clone();
        extra["open"].as_array_mut().unwrap().push(again);
    });
    assert_eq!(
        twice.unwrap().verify(&policy),
        Err(ReceiptError::Open(OpenError::FieldTwice { field }))
    );
    // Another event's fields, another event's tag, another time.
    let other: Value = serde_json::from_slice(log.receipt(5).proof().extra().unwrap()).unwrap();
    for member in ["open", "sd", "tag", "time"] {
        let mixed = with_extra(&receipt, |extra| extra[member] = other[member].clone());
        assert!(
            !mixed.is_ok_and(|mixed| mixed.verify(&policy).is_ok()),
            "{member}"
        );
    }
}

#[test]
fn extra_data_that_are_not_a_receipts_are_refused() {
    let receipt = Log::of(9).receipt(4);
    let unchanged = with_extra(&receipt, |_| ()).unwrap();
    assert_eq!(unchanged, receipt);
    let changes: [(&str, Change); 11] = [
        ("a member that is not known", |extra| {
            extra["more"] = json!(1)
        }),
        ("another version", |extra| extra["v"] = json!(2)),
        ("no version", |extra| {
            drop(extra.as_object_mut().unwrap().remove("v"))
        }),
        ("no digests", |extra| extra["sd"] = json!([])),
        ("a tag without its time", |extra| {
            drop(extra.as_object_mut().unwrap().remove("time"))
        }),
        ("a time without its tag", |extra| {
            drop(extra.as_object_mut().unwrap().remove("tag"))
        }),
        ("a time in words", |extra| {
            extra["time"] = json!("1767225641")
        }),
        ("a short time", |extra| extra["time"] = json!(5)),
        ("digests out of order", |extra| {
            extra["sd"].as_array_mut().unwrap().reverse()
        }),
        ("a disclosure that is none", |extra| {
            extra["open"][0] = json!("[]")
        }),
        ("a list", |extra| *extra = json!([1])),
    ];
    for (what, change) in changes {
        assert!(with_extra(&receipt, change).is_err(), "{what}");
    }
    let proof = receipt.proof();
    let bare = LogProof::new(None, 4, proof.path().to_vec(), proof.checkpoint().clone());
    assert_eq!(
        Receipt::parse(bare.unwrap().to_string().as_bytes()),
        Err(ReceiptError::Extra)
    );
}

#[test]
fn a_receipt_is_only_made_of_what_belongs_together() {
    let log = Log::of(9);
    let (four, five) = (&log.events[4], &log.events[5]);
    let path = log.receipt(4).proof().path().to_vec();
    let make = |leaf, all: &Commitment, open: &[Disclosure], index| {
        Receipt::new(
            leaf,
            all.clone(),
            open.to_vec(),
            index,
            path.clone(),
            log.checkpoint.clone(),
        )
    };
    assert!(make(four.leaf, &four.commitment, &four.disclosures, 4).is_ok());
    assert!(make(five.leaf, &four.commitment, &four.disclosures, 4).is_err());
    assert!(make(four.leaf, &five.commitment, &four.disclosures, 4).is_err());
    assert!(make(four.leaf, &four.commitment, &five.disclosures, 4).is_err());
    assert!(make(four.leaf, &four.commitment, &four.disclosures, 5).is_err());
    assert!(make(four.leaf, &four.commitment, &four.disclosures, 9).is_err());
}

#[test]
fn no_debug_form_shows_a_persons_name() {
    let log = Log::of(3);
    let receipt = log.receipt(1);
    assert!(receipt.to_string().len() > 1000);
    let policy = policy();
    let shown = format!(
        "{receipt:?} {:?} {:?}",
        receipt.verify(&policy),
        log.events[1]
    );
    assert!(
        !shown.contains("usta") && !shown.contains("Señora"),
        "{shown}"
    );
}
