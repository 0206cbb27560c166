//! The published questions about deadlines, and what is expected of them.

use serde_json::{Value, json};

use super::repository;

/// One published question.
pub(crate) struct Vector {
    pub(crate) id: String,
    pub(crate) input: Value,
    expected: Value,
    /// The whole answer, or one field of it under another name.
    field: Option<(&'static str, &'static str)>,
}

impl Vector {
    /// Every question about deadlines and publication dates, of all countries.
    pub(crate) fn all() -> Vec<Self> {
        let ecuador = read("deadline_vectors.json");
        let mut all = Vec::new();
        for section in [
            "deadline_vectors",
            "rejection_vectors",
            "publication_vectors",
        ] {
            all.extend(entries(&ecuador[section], None));
        }
        assert_eq!(all.len(), 87);
        let accrues = ("decision_date", "silence_effective_from");
        all.extend(entries(
            &read("deadlines_fr.json")["vectors"],
            Some(accrues),
        ));
        let due = ("due_date", "due_date");
        all.extend(entries(&read("deadlines_uk.json")["vectors"], Some(due)));
        assert_eq!(all.len(), 117);
        all
    }

    /// The expected answer, if an answer is not that.
    pub(crate) fn contradicted_by<'v>(&'v self, answer: &Value) -> Option<&'v Value> {
        let fits = match self.field {
            None => *answer == self.expected,
            Some((expected, field)) => answer[field] == self.expected[expected],
        };
        (!fits).then_some(&self.expected)
    }

    /// The name of the refusal that is expected, if one is.
    pub(crate) fn refusal(&self) -> Option<&str> {
        self.expected["error"].as_str()
    }
}

fn entries(section: &Value, field: Option<(&'static str, &'static str)>) -> Vec<Vector> {
    let vectors = section.as_array().unwrap().iter();
    vectors
        .map(|vector| Vector {
            id: vector["id"].as_str().unwrap().to_owned(),
            input: vector["input"].clone(),
            expected: match vector.get("expected_error") {
                Some(name) => json!({ "error": name }),
                None => vector["expected"].clone(),
            },
            field,
        })
        .collect()
}

/// A file of vectors.
pub(crate) fn read(name: &str) -> Value {
    let path = repository().join("tests/vectors").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
