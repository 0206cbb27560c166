//! What was measured, as a table to read and as JSON to compare.

use serde_json::{Value, json};

/// One benchmark's figures.
pub(crate) struct Section {
    /// What the user asks for it by.
    pub(crate) name: &'static str,
    /// What was measured, in a sentence or two.
    pub(crate) about: String,
    /// The heads of the columns, then the rows.
    pub(crate) columns: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) goals: Vec<Goal>,
}

/// Something that it must show.
pub(crate) struct Goal {
    pub(crate) what: String,
    pub(crate) found: f64,
    pub(crate) wanted: Wanted,
}

/// A bound, of the same measure as what was found.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    AtLeast(f64),
    AtMost(f64),
}

impl Goal {
    pub(crate) fn is_met(&self) -> bool {
        match self.wanted {
            Wanted::AtLeast(bound) => self.found >= bound,
            Wanted::AtMost(bound) => self.found <= bound,
        }
    }

    fn bound(&self) -> String {
        match self.wanted {
            Wanted::AtLeast(bound) => format!("at least {}", number(bound)),
            Wanted::AtMost(bound) => format!("at most {}", number(bound)),
        }
    }
}

impl Section {
    pub(crate) fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let heads: Vec<String> = self.columns.iter().map(|head| (*head).to_owned()).collect();
        let mut text = format!("## {}\n\n{}\n\n{}", self.name, self.about, line(&heads));
        text += &line(&vec!["---".to_owned(); heads.len()]);
        self.rows.iter().for_each(|row| text += &line(row));
        if !self.goals.is_empty() {
            text += "\n| must show | found | bound | |\n| --- | --- | --- | --- |\n";
        }
        for goal in &self.goals {
            let met = if goal.is_met() { "met" } else { "**not met**" };
            text += &line(&[
                goal.what.clone(),
                number(goal.found),
                goal.bound(),
                met.to_owned(),
            ]);
        }
        text
    }

    pub(crate) fn json(&self) -> Value {
        let row = |row: &Vec<String>| -> Value {
            let cells = self.columns.iter().zip(row);
            cells
                .map(|(head, cell)| ((*head).to_owned(), json!(cell)))
                .collect()
        };
        let goal = |goal: &Goal| {
            let (what, found) = (&goal.what, goal.found);
            json!({ "what": what, "found": found, "bound": goal.bound(), "met": goal.is_met() })
        };
        json!({
            "name": self.name,
            "about": self.about,
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
            "goals": self.goals.iter().map(goal).collect::<Vec<_>>(),
        })
    }
}

/// A figure as people write it: thousands apart, and no more decimals than it is worth.
pub(crate) fn number(value: f64) -> String {
    if value.abs() < 100.0 {
        return format!("{value:.2}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The value in the middle.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
