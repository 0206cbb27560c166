//! One field of the form as the template shows it: a label, a hint, what was typed, what is wrong.

/// Fields that belong together.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) legend: String,
    /// Whether it may be left out, and then is folded away.
    pub(super) optional: bool,
    /// Whether something in it is filled in or wrong.
    pub(super) open: bool,
    pub(super) fields: Vec<Field>,
}

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name in the address, and its id on the page.
    pub(super) id: String,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) kind: Kind,
    /// What was typed, kept so that it can be mended. Askama escapes it.
    pub(super) value: String,
    pub(super) mistake: Option<String>,
}

/// How a field is filled in.
#[derive(Debug)]
pub(super) enum Kind {
    /// The browser's own field of a type (`date`, `time`, `number`).
    Input(&'static str),
    /// One of some.
    Select(Vec<Choice>),
    /// Any of some.
    Checkboxes(Vec<Choice>),
}

/// One of some.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

impl Group {
    pub(super) fn new(legend: impl Into<String>, optional: bool, fields: Vec<Field>) -> Self {
        let touched = |field: &Field| {
            let typed = matches!(field.kind, Kind::Input(_)) && !field.value.is_empty();
            typed || field.mistake.is_some()
        };
        Self {
            legend: legend.into(),
            optional,
            open: fields.iter().any(touched),
            fields,
        }
    }
}

impl Field {
    /// The ids of what describes the field, for those who hear the page.
    pub(super) fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-ayuda", self.id));
        let mistake = self.mistake.is_some().then(|| format!("{}-error", self.id));
        [mistake, hint]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}
