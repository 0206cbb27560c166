//! Questions made of the published ones: bytes changed, fields changed, questions crossed, ledgers
//! blown up. The same seed makes the same question.

use fastrand::Rng;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

const EC: &str = include_str!("../../../../tests/vectors/deadline_vectors.json");
const FR: &str = include_str!("../../../../tests/vectors/deadlines_fr.json");
const UK: &str = include_str!("../../../../tests/vectors/deadlines_uk.json");

/// What stands at the edges of what is accepted, or beyond them.
const DATES: [&str; 14] = [
    "1900-01-01",
    "1899-12-31",
    "2200-12-31",
    "2201-01-01",
    "2200-12-30",
    "2024-02-29",
    "2025-02-29",
    "2025-11-04",
    "9999-12-31",
    "-009999-01-01",
    "0000-00-00",
    "2025-1-1",
    "",
    "mañana",
];
const INSTANTS: [&str; 6] = [
    "1900-01-01T05:00:00Z",
    "2200-12-31T23:59:59-05:00",
    "9999-12-30T22:00:00.999999999Z",
    "-009999-01-02T01:59:59Z",
    "2025-10-31T24:00:00-05:00",
    "2016-12-31T23:59:60Z",
];
const NUMBERS: [i64; 16] = [
    0,
    1,
    -1,
    2,
    20,
    21,
    50,
    240,
    241,
    5_000,
    5_001,
    7_300,
    65_535,
    65_536,
    i64::MAX,
    i64::MIN,
];
const WORDS: [&str; 24] = [
    "business_days",
    "calendar_days",
    "weeks",
    "months",
    "years",
    "immediate",
    "hours",
    "ecuador",
    "france",
    "united_kingdom",
    "EC",
    "EC-QUITO",
    "EC-MDMQ",
    "GB-ENG",
    "FR",
    "subsanacion",
    "informe",
    "incomplete",
    "incorrect",
    "office_hours",
    "civil_date",
    "next_business_day",
    "trigger_date",
    "caducity",
];
const CAUSES: [&str; 7] = [
    "rectification",
    "external_report",
    "technical_evidence",
    "settlement_negotiation",
    "force_majeure",
    "correction",
    "incompleteness",
];

/// The questions to start from.
pub(crate) struct Corpus(Vec<Value>);

impl Corpus {
    /// Every published question, of all countries.
    pub(crate) fn published() -> Self {
        const SECTIONS: [&str; 4] = [
            "deadline_vectors",
            "rejection_vectors",
            "publication_vectors",
            "vectors",
        ];
        let mut questions = Vec::new();
        for file in [EC, FR, UK] {
            let file: Value = serde_json::from_str(file).expect("the vectors are JSON");
            let sections = SECTIONS.iter().filter_map(|section| file.get(section));
            let vectors = sections.filter_map(Value::as_array).flatten();
            questions.extend(vectors.filter_map(|vector| vector.get("input")).cloned());
        }
        assert!(questions.len() > 100, "{} questions", questions.len());
        Self(questions)
    }

    /// A question that nobody should ask, or that is only odd.
    pub(crate) fn case(&self, rng: &mut Rng) -> String {
        let mut question = self.any(rng).clone();
        if rng.u8(..8) == 0 {
            self.cross(&mut question, rng);
        }
        if rng.u8(..32) == 0 {
            swell(&mut question, rng);
        }
        for _ in 0..rng.usize(..4) {
            match (rng.bool(), question.as_object_mut()) {
                (true, Some(fields)) => switch(fields, rng),
                (true, None) | (false, _) => self.change(&mut question, rng),
            }
        }
        let text = question.to_string();
        match rng.u8(..8) {
            0 => self.corrupt(text, rng),
            _ => text,
        }
    }

    fn any(&self, rng: &mut Rng) -> &Value {
        &self.0[rng.usize(..self.0.len())]
    }

    /// Takes over some fields of another question.
    fn cross(&self, question: &mut Value, rng: &mut Rng) {
        let (Some(fields), Some(others)) = (question.as_object_mut(), self.any(rng).as_object())
        else {
            return;
        };
        for (name, value) in others {
            if rng.bool() {
                fields.insert(name.clone(), value.clone());
            }
        }
    }

    /// Changes one value somewhere in a question.
    fn change(&self, question: &mut Value, rng: &mut Rng) {
        let mut pointers = vec![String::new()];
        collect(question, "", &mut pointers);
        let pointer = &pointers[rng.usize(..pointers.len())];
        let Some(value) = question.pointer_mut(pointer) else {
            return;
        };
        match value {
            Value::Object(fields) => {
                let known = self.any(rng).as_object();
                let known: Vec<_> = known.into_iter().flatten().collect();
                match rng.u8(..8) {
                    0 => drop(fields.insert("moon".to_owned(), odd(rng))),
                    1 => {
                        let names: Vec<String> = fields.keys().cloned().collect();
                        if let Some(name) = rng.choice(names) {
                            fields.remove(&name);
                        }
                    }
                    _ => {
                        if let Some((name, value)) = rng.choice(known) {
                            fields.insert(name.clone(), value.clone());
                        }
                    }
                }
            }
            Value::Array(entries) => match rng.choice(entries.clone()) {
                Some(entry) if rng.bool() => entries.push(entry),
                Some(_) => drop(entries.pop()),
                None => entries.push(odd(rng)),
            },
            Value::String(text) if rng.u8(..4) > 0 => *value = like(text, rng),
            Value::Number(_) if rng.u8(..4) > 0 => *value = json!(rng.i64(-3..400)),
            Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => *value = odd(rng),
        }
    }

    /// Breaks bytes. What is no text any more becomes text with marks for what was lost.
    fn corrupt(&self, text: String, rng: &mut Rng) -> String {
        let mut bytes = text.into_bytes();
        for _ in 0..rng.usize(1..6) {
            let at = rng.usize(..=bytes.len());
            let until = (at + rng.usize(..24)).min(bytes.len());
            match rng.u8(..6) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..until)),
                2 => bytes.insert(at, rng.u8(..)),
                3 => {
                    let copied = bytes[at..until].to_vec();
                    bytes.splice(at..at, copied);
                }
                4 => {
                    let other = self.any(rng).to_string().into_bytes();
                    bytes.splice(at..until, other[rng.usize(..other.len())..].iter().copied());
                }
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << rng.u8(..8);
                    }
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The places in a value, as JSON pointers.
fn collect(value: &Value, at: &str, pointers: &mut Vec<String>) {
    let mut each = |name: String, value: &Value| {
        let pointer = format!("{at}/{name}");
        pointers.push(pointer.clone());
        collect(value, &pointer, pointers);
    };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                each(name.replace('~', "~0").replace('/', "~1"), value);
            }
        }
        Value::Array(entries) => {
            // The first few stand for all, or changing anything would copy a swollen ledger.
            for (index, value) in entries.iter().take(8).enumerate() {
                each(index.to_string(), value);
            }
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// A ledger as long as one may be sent, and longer; a union of many calendars. Its entries follow the
/// filing, or none would get as far as being counted.
fn swell(question: &mut Value, rng: &mut Rng) {
    let Some(filed) = question.as_object().and_then(filed_on) else {
        return;
    };
    let causes = match question.get("profile").and_then(Value::as_str) {
        Some("france") => &CAUSES[5..],
        Some(_) | None => &CAUSES[..5],
    };
    let count = rng.choice([3, 30, 300, 1_000, 1_001]).unwrap_or_default();
    let reach = rng.choice([60, 600, 6_000]).unwrap_or_default();
    let suspension = |rng: &mut Rng| {
        let from = later(filed, rng.i32(1..reach));
        json!({
            "cause": rng.choice(causes),
            "from": from,
            "to": (rng.u8(..64) > 0).then(|| later(from, rng.i32(0..90))),
            "grant_business_days": (rng.u8(..4) == 0).then(|| rng.u16(1..30)),
        })
    };
    match rng.u8(..8) {
        0 => {
            question["extensions"] = (0..rng.usize(..102))
                .map(|_| json!({ "amount": 1, "granted_and_notified_on": later(filed, rng.i32(0..9)) }))
                .collect();
        }
        1 => question["calendars"] = (0..rng.usize(..20)).map(|_| json!("EC-QUITO")).collect(),
        _ => question["suspensions"] = (0..count).map(|_| suspension(rng)).collect(),
    }
    if rng.bool() {
        question["term"] = json!({ "amount": rng.u16(1..7_301), "unit": "calendar_days" });
    }
}

/// The day from which a question counts, if it says one.
fn filed_on(fields: &serde_json::Map<String, Value>) -> Option<Date> {
    let text = fields
        .get("filed_at")
        .or_else(|| fields.get("trigger_date"))?;
    text.as_str()?.get(..10)?.parse().ok()
}

fn later(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

/// Another rule, another day of the question, a notification: what makes sense beside any question.
fn switch(fields: &mut serde_json::Map<String, Value>, rng: &mut Rng) {
    let filed = filed_on(fields).unwrap_or(Date::ZERO);
    let mut set = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    match rng.u8(..10) {
        0 => {
            set("filing_policy", json!("office_hours"));
            set("office_open", json!([rng.i8(-1..26), rng.i8(0..61), 0]));
            set("office_close", json!([rng.i8(-1..26), rng.i8(0..61), 0]));
        }
        1 => set(
            "plazo_anchor",
            json!(rng.choice(["next_business_day", "trigger_date", "next_day"])),
        ),
        2 => set("roll", json!(rng.choice(["none", "next_business_day"]))),
        3 => set("as_of", json!(date(rng))),
        4 => set("notified_at", json!(format!("{}T12:00:00Z", date(rng)))),
        5 => set("calendar_as_of", json!(date(rng))),
        6 => {
            let on = later(filed, rng.i32(0..9));
            let extension = json!({ "amount": rng.u8(0..9), "granted_and_notified_on": on });
            set("extensions", json!([extension]));
        }
        7 => {
            let from = later(filed, rng.i32(0..30));
            let to = rng.bool().then(|| later(from, rng.i32(0..30)));
            let suspension = json!({ "cause": rng.choice(CAUSES), "from": from, "to": to });
            set("suspensions", json!([suspension]));
        }
        8 => set(
            "silence",
            json!({ "amount": rng.i64(-1..90), "sense": rng.choice(["positive", "negative", "none"]) }),
        ),
        _ => set(
            "term",
            json!({ "amount": rng.i64(0..400), "unit": rng.choice(&WORDS[..6]) }),
        ),
    }
}

/// A text of the same kind: another date, another instant, another word.
fn like(text: &str, rng: &mut Rng) -> Value {
    let is_dated = text.len() >= 10 && text.as_bytes()[4] == b'-';
    match (is_dated, text.contains('T')) {
        (true, true) => match rng.bool() {
            true => json!(format!("{}T{:02}:30:00-05:00", date(rng), rng.u8(..26))),
            false => json!(rng.choice(INSTANTS)),
        },
        (true, false) => match rng.u8(..3) {
            0 => json!(rng.choice(DATES)),
            _ => json!(date(rng)),
        },
        (false, _) => json!(rng.choice(WORDS)),
    }
}

/// A day of the years in which most procedures are, now and then of another.
fn date(rng: &mut Rng) -> String {
    let year = match rng.u8(..16) {
        0 => rng.u16(1890..2210),
        _ => rng.u16(2023..2027),
    };
    format!("{year:04}-{:02}-{:02}", rng.u8(1..13), rng.u8(1..30))
}

/// A value that may stand nowhere.
fn odd(rng: &mut Rng) -> Value {
    match rng.u8(..10) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.f64()),
        3 => json!([]),
        4 => json!({}),
        5 => json!(rng.choice(DATES)),
        6 => json!(rng.choice(WORDS)),
        7 => json!("x".repeat(rng.usize(..2_000))),
        _ => json!(rng.choice(NUMBERS)),
    }
}
