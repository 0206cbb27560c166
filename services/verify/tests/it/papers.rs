//! Receipts, histories and data sets: what people hold in their hands.

use std::collections::HashSet;

use chasqui_tlog::error::{HistoryError, HistoryFileError};
use chasqui_tlog::history::History;
use chasqui_verify::{
    CheckedHistory, Question, VerifyError, audit, check_file, check_history, check_receipt,
    digest_of,
};

use crate::made::{BEGAN, Made, OPEN_DATA, ORIGIN, files, policy, question, stream_key};

fn history(made: &Made, file: &str) -> Result<CheckedHistory, VerifyError> {
    check_history(file.as_bytes(), &made.files, &policy(), question())
}

#[test]
fn a_receipt_proves_its_entry_and_says_who_signed() {
    let made = Made::new(300);
    let receipt = made.receipt(100);
    let checked = check_receipt(receipt.as_bytes(), &policy(), BEGAN + 400, None).unwrap();
    assert_eq!(
        (checked.index, checked.checkpoint.checkpoint().size()),
        (100, 300)
    );
    assert_eq!(checked.event.value("type").unwrap(), "StepCompleted");
    assert_eq!(
        (checked.event.disclosures().len(), checked.event.hidden()),
        (9, 0)
    );
    assert!(checked.signers.log.starts_with(ORIGIN));
    assert_eq!(checked.age.seconds, 300);
    let late = check_receipt(receipt.as_bytes(), &policy(), BEGAN + 400, Some(299));
    assert!(matches!(late, Err(VerifyError::Stale { .. })));
}

#[test]
fn a_receipt_is_compared_with_the_log_of_today() {
    let made = Made::new(300);
    let checked = check_receipt(made.receipt(100).as_bytes(), &policy(), BEGAN + 400, None);
    let checked = checked.unwrap();
    let against = |files| {
        let question = Question {
            earlier: vec![checked.checkpoint.clone()],
            at: HashSet::from([100]),
            ..question()
        };
        checked.check_against(&audit(&files, &policy(), question)?)
    };
    against(made.files.clone()).unwrap();
    let mut rewritten = made.entries.clone();
    rewritten.remove(200);
    rewritten.push(Made::new(302).entries[299].clone());
    rewritten.push(Made::new(302).entries[301].clone());
    assert!(matches!(
        against(files(&rewritten)),
        Err(VerifyError::Forked { size: 300 })
    ));
}

#[test]
fn a_history_is_whole_only_with_all_its_events() {
    let made = Made::new(300);
    let checked = history(&made, &made.history(33, 3)).unwrap();
    let places: Vec<u64> = checked.events.iter().map(|one| one.index).collect();
    assert_eq!(places, [99, 100, 101]);
    assert_eq!(checked.log.entries, 300);
    // Somebody keeps the last event back.
    assert!(matches!(
        history(&made, &made.history(33, 2)),
        Err(VerifyError::History(HistoryFileError::History(
            HistoryError::Hidden { seq: 3, index: 101 }
        )))
    ));
    // The log that is published lacks an event that was shown.
    let mut shorter = Made::new(300);
    shorter.entries.remove(101);
    shorter.files = files(&shorter.entries);
    assert!(matches!(
        history(&shorter, &made.history(33, 3)),
        Err(VerifyError::History(HistoryFileError::History(
            HistoryError::Missing { seq: 3 }
        )))
    ));
}

#[test]
fn a_history_of_another_log_or_with_other_fields_is_refused() {
    let made = Made::new(300);
    let file = made.history(33, 3);
    let other = file.replace(ORIGIN, "tramites.example/log2");
    assert!(matches!(
        history(&made, &other),
        Err(VerifyError::History(HistoryFileError::OtherLog { .. }))
    ));
    // The fields of one event shown for another.
    let events = [99, 101, 100].map(|place| made.events[place].clone().unwrap());
    let events = events.map(|one| (one.commitment, one.disclosures));
    let key = stream_key(33).tag_key();
    let mixed = History::new(ORIGIN.parse().unwrap(), key, events.to_vec()).unwrap();
    assert!(matches!(
        history(&made, &mixed.to_string()),
        Err(VerifyError::History(HistoryFileError::Open { seq: 2, .. }))
    ));
    let key = stream_key(33).tag_key();
    let none = History::new(ORIGIN.parse().unwrap(), key, vec![]);
    assert_eq!(none.unwrap_err(), HistoryFileError::Empty);
}

#[test]
fn a_data_set_is_the_published_one_or_it_is_not() {
    let made = Made::new(300);
    let of = |bytes: &[u8]| {
        check_file(
            digest_of(bytes).unwrap(),
            &made.files,
            &policy(),
            question(),
        )
    };
    let checked = of(OPEN_DATA).unwrap();
    let (index, entry) = &checked.entries[0];
    assert_eq!(
        (*index, entry.size, entry.name.as_str()),
        (299, 299, "figures.csv")
    );
    let changed = of(b"code,days\n1,14\n");
    assert!(matches!(
        changed,
        Err(VerifyError::UnknownFile { datasets: 1 })
    ));
}
