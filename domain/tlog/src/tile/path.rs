//! The number of a tile as path elements: 1234067 is `x001/x234/067`, and `.p/W` marks a partial one.
//! What stands in front (`tile/0/`, `tile/entries/`) is the business of `id.rs`.

use std::fmt;

use super::TILE_WIDTH;
use crate::encoding::parse_decimal;

/// The longest path looked at: six groups of digits are more than the largest tree needs.
pub(super) const MAX_PATH_BYTES: usize = 64;

pub(super) fn write(f: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    let mut groups = 1;
    while index / 1000_u64.pow(groups) > 0 {
        groups += 1;
    }
    for group in (1..groups).rev() {
        write!(f, "x{:03}/", index / 1000_u64.pow(group) % 1000)?;
    }
    write!(f, "{:03}", index % 1000)?;
    if width == TILE_WIDTH {
        Ok(())
    } else {
        write!(f, ".p/{width}")
    }
}

/// Index and width. It may let through a second spelling of them: the caller prints and compares.
pub(super) fn read(text: &str) -> Option<(u64, u16)> {
    let (number, width) = match text.split_once(".p/") {
        Some((number, width)) => (number, parse_decimal(width)?),
        None => (text, u64::from(TILE_WIDTH)),
    };
    let mut index: u64 = 0;
    for group in number.split('/') {
        let digits = group.strip_prefix('x').unwrap_or(group);
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some((index, u16::try_from(width).ok()?))
}
