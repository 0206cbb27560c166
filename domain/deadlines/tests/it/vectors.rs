//! Every published vector, through the same door as the command line: a line of JSON in, a line
//! of JSON out.

use chasqui_deadlines::BatchCalculator;
use serde_json::{Value, json};

const EC: &str = include_str!("../../../../tests/vectors/deadline_vectors.json");

fn vectors(file: &str, section: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    file[section].as_array().unwrap().clone()
}

fn answer(calculator: &mut BatchCalculator, vector: &Value) -> Value {
    serde_json::from_str(&calculator.answer_line(&vector["input"].to_string())).unwrap()
}

/// Runs a section and shows every difference at once.
fn check(section: &str, expected: impl Fn(&Value) -> Value, count: usize) {
    let mut calculator = BatchCalculator::default();
    let vectors = vectors(EC, section);
    let wrong: Vec<String> = vectors
        .iter()
        .map(|vector| (vector, answer(&mut calculator, vector), expected(vector)))
        .filter(|(_, got, want)| got != want)
        .map(|(vector, got, want)| format!("{}\n  got  {got}\n  want {want}", vector["id"]))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(vectors.len(), count);
}

#[test]
fn every_deadline_vector_is_answered_to_the_letter() {
    check("deadline_vectors", |vector| vector["expected"].clone(), 69);
}

#[test]
fn every_rejection_has_its_name() {
    check(
        "rejection_vectors",
        |vector| json!({ "error": vector["expected_error"] }),
        6,
    );
}

#[test]
fn every_publication_date_is_found() {
    check(
        "publication_vectors",
        |vector| vector["expected"].clone(),
        12,
    );
}
