//! What every format is read into: one procedure of the source, with its events in the file's order.

/// The names and values that a source gives to something, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, String)>);

/// The largest number of attributes of one event or procedure.
pub(super) const MAX_ATTRIBUTES: usize = 1_000;

impl Attributes {
    /// The value of an attribute; an empty value counts as absent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Adds an attribute. Returns false, and adds nothing, beyond the limit.
    pub(super) fn push(&mut self, name: String, value: String) -> bool {
        let room = self.0.len() < MAX_ATTRIBUTES;
        if room {
            self.0.push((name, value));
        }
        room
    }

    /// The attributes' names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

/// One event as the source states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceEvent {
    /// The line of the file where it begins, from 1.
    pub line: u64,
    /// What the source says of it.
    pub attributes: Attributes,
}

/// One procedure as the source states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The line of the file where it begins, from 1.
    pub line: u64,
    /// What the source says of the procedure as a whole.
    pub attributes: Attributes,
    /// Its events, in the file's order.
    pub events: Vec<SourceEvent>,
}
