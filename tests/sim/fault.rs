//! What goes wrong on a letter's way, between any two steps of it.

use fastrand::Rng;

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// Nothing goes wrong.
    None,
    /// It is carried out, and nobody hears of it.
    LostReply,
    /// The client hangs up while it is carried out.
    HungUp,
    /// It arrives at two processes at once.
    Twice,
    /// Others want something of the same procedure at the same moment.
    Crowd,
    /// The process dies before it can answer; the other one lives on.
    Crash,
    /// The power fails at some byte of what is being written.
    PowerCut,
    /// The power fails while a crowd's commands are being written.
    PowerCutInACrowd,
    /// There is no room for what it writes, from some byte on.
    FullDisk,
    /// A process that slept appends what it had decided on something older.
    StaleLeader,
}

impl Fault {
    pub(crate) fn any(rng: &mut Rng) -> Self {
        match rng.u8(..16) {
            0..=3 => Self::None,
            4 | 5 => Self::LostReply,
            6 => Self::HungUp,
            7 => Self::Twice,
            8 | 9 => Self::Crowd,
            10 => Self::Crash,
            11 | 12 => Self::PowerCut,
            13 => Self::PowerCutInACrowd,
            14 => Self::FullDisk,
            _ => Self::StaleLeader,
        }
    }
}
