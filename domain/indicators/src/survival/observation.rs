//! One procedure as survival analysis sees it: from which age it was watched, to which age, and how it ended.

/// A procedure watched over its ages in whole days.
///
/// `C` is how it ended (granted, withdrawn, silence …). The age must be counted on one clock throughout: net
/// business days, for example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Observation<C> {
    /// Age at which we began to watch it, for a procedure that was already open when its history was taken
    /// over (left truncation). `None`: watched since it was filed.
    pub entry: Option<i32>,
    /// Age at which it ended, or its age today.
    pub day: i32,
    /// How it ended; `None` while it is open (censored).
    pub ended: Option<C>,
}

/// What became of an observation when it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observed {
    /// It counts.
    Counted,
    /// It ended, or is, on the very day it came under watch: it was never at risk, says nothing about any
    /// duration, and counting it would hide the ones like it that ended unseen before.
    NeverAtRisk,
}
