//! A log of 300 entries that is sound, and every way in which it could be made not to be. Flipped bits
//! stand in `flips.rs`; here the attacks of somebody who knows what they do.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod attacks;
mod flips;
mod made;
mod papers;
