//! Every single bit of a log of 300 entries, of its receipts and of its histories, flipped alone: the
//! verifier refuses each. With `BIT_FLIPS=all` really every bit, otherwise one bit of every byte of the
//! log and of some receipts; `tests/proofs/bit-flips` runs the former.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chasqui_tlog::history::History;
use chasqui_verify::{Question, audit, check_history, check_receipt};

use crate::made::{BEGAN, Files, Made, ORIGIN, audited, policy, question};

#[expect(
    clippy::disallowed_methods,
    reason = "the tests have settings of their own"
)]
fn all() -> bool {
    std::env::var("BIT_FLIPS").is_ok_and(|value| value == "all")
}

/// The bits of a byte to flip. The short form takes another one for each byte.
fn bits(byte: usize) -> Vec<u32> {
    if all() {
        (0..8).collect()
    } else {
        vec![(byte % 8) as u32]
    }
}

/// Flips bits of `bytes` one after the other on all cores, and fails with each that is accepted.
/// Gives how many were flipped.
fn each(bytes: &[u8], accepted: impl Fn(&[u8]) -> bool + Sync) -> usize {
    let next = AtomicUsize::new(0);
    let flipped = AtomicUsize::new(0);
    let turn = || {
        let mut bytes = bytes.to_vec();
        loop {
            let byte = next.fetch_add(1, Ordering::Relaxed);
            if byte >= bytes.len() {
                return;
            }
            for bit in bits(byte) {
                bytes[byte] ^= 1 << bit;
                assert!(
                    !accepted(&bytes),
                    "bit {bit} of byte {byte} does not matter"
                );
                bytes[byte] ^= 1 << bit;
                flipped.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(turn);
        }
    });
    flipped.into_inner()
}

#[test]
fn no_bit_of_a_log_can_be_flipped() {
    let made = Made::new(300);
    audited(&made.files).unwrap();
    let mut flipped = 0;
    for name in made.names() {
        let flips = each(&made.files.0[&name], |bytes| {
            let mut files: Files = made.files.clone();
            files.0.insert(name.clone(), bytes.to_vec());
            audited(&files).is_ok()
        });
        println!("{name}: {flips} flips, none accepted");
        flipped += flips;
    }
    let bytes: usize = made.files.0.values().map(Vec::len).sum();
    assert_eq!(flipped, if all() { 8 * bytes } else { bytes });
}

#[test]
fn no_bit_of_a_receipt_can_be_flipped() {
    let made = Made::new(300);
    let step = if all() { 1 } else { 37 };
    let mut flipped = 0;
    for place in (0..299).step_by(step) {
        let receipt = made.receipt(place);
        check_receipt(receipt.as_bytes(), &policy(), BEGAN + 400, None).unwrap();
        flipped += each(receipt.as_bytes(), |bytes| {
            check_receipt(bytes, &policy(), BEGAN + 400, None).is_ok()
        });
    }
    println!("receipts: {flipped} flips, none accepted");
    assert!(flipped > 10_000);
}

/// Each disclosure of each event stands in a history, as text. The log is audited once; each history is
/// then compared with it as `check_history` does.
#[test]
fn no_bit_of_a_history_can_be_flipped() {
    let made = Made::new(300);
    let everything = Question {
        at: (0..300).collect(),
        ..question()
    };
    let log = audit(&made.files, &policy(), everything).unwrap();
    let holds = |bytes: &[u8]| {
        let history = History::parse(bytes);
        history.is_ok_and(|one| {
            one.verify(ORIGIN, &log.tags, |index| log.leaf(index))
                .is_ok()
        })
    };
    let step = if all() { 1 } else { 20 };
    let mut flipped = 0;
    for stream in (0..99).step_by(step) {
        let file = made.history(stream, 3);
        let checked = check_history(file.as_bytes(), &made.files, &policy(), question());
        assert_eq!(checked.unwrap().events.len(), 3);
        assert!(holds(file.as_bytes()));
        flipped += each(file.as_bytes(), holds);
    }
    println!("histories: {flipped} flips, none accepted");
    assert!(flipped > 10_000);
}
