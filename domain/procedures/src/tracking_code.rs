//! The tracking code: what a person types to see what became of what they filed.
//!
//! Thirteen random symbols (65 bits) and two check symbols of a Reed-Solomon code over GF(32), so that
//! every mistake in one or two symbols is told without a look-up. Only a keyed hash of the code is
//! ever stored. This file draws no randomness and knows no key: both are handed in.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Sha256;

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA: usize = 13;
const LENGTH: usize = 15;

/// A tracking code, known to be free of typing mistakes. Shown as `404AM-T154V-M4JS4`.
///
/// It is a bearer capability: it has no `Debug` that shows it and no `Serialize`, so that it does
/// not slip into a log or an answer. [`TrackingCode::reveal`] is the one way out.
///
/// ```
/// use chasqui_procedures::TrackingCode;
/// let code: TrackingCode = "404am t154v m4js4".parse()?;
/// assert_eq!(code.reveal(), "404AM-T154V-M4JS4");
/// # Ok::<(), chasqui_procedures::tracking_code::Mistyped>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TrackingCode([u8; LENGTH]);

/// Why a text is no tracking code. Nothing was looked up to know this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// A code has 15 symbols; this many were found.
    #[error("a tracking code has 15 letters and digits, this has {found}")]
    Length {
        /// Symbols found, separators left out.
        found: usize,
    },
    /// A symbol that never occurs in a code, such as U or an accented letter.
    #[error("the symbol at place {place} never occurs in a tracking code")]
    Symbol {
        /// Place counted from 1, separators left out.
        place: usize,
    },
    /// The check symbols do not fit. One wrong symbol is located; two are only noticed.
    #[error("the check symbols do not fit")]
    Check {
        /// The place, counted from 1, of the one symbol that would explain the mistake.
        place: Option<usize>,
    },
}

impl TrackingCode {
    /// Makes a code of 65 random bits: nine bytes, of which the first seven bits are ignored.
    #[must_use]
    pub fn from_random(bytes: [u8; 9]) -> Self {
        let mut bits = bytes
            .iter()
            .fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        let mut symbols = [0; LENGTH];
        for symbol in symbols[..DATA].iter_mut().rev() {
            *symbol = (bits & 31) as u8;
            bits >>= 5;
        }
        let (sum, weighted) = syndromes(&symbols);
        // Two equations: the symbols sum to zero, and so do the symbols weighted by powers of a.
        symbols[DATA] = divide(sum ^ weighted, 3);
        symbols[DATA + 1] = sum ^ symbols[DATA];
        Self(symbols)
    }

    /// The code as it is printed: three groups of five.
    #[must_use]
    pub fn reveal(&self) -> String {
        let mut text = String::with_capacity(LENGTH + 2);
        for (i, symbol) in self.0.iter().enumerate() {
            if i == 5 || i == 10 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(*symbol)]));
        }
        text
    }

    /// The keyed hash under which a procedure is found: `HMAC-SHA256(pepper, "track/v1" || symbols)`.
    ///
    /// The pepper (at least 32 bytes) lives outside the database, so a stolen database gives no codes.
    #[must_use]
    pub fn lookup(&self, pepper: &[u8]) -> CodeLookup {
        let mut mac = Hmac::<Sha256>::new_from_slice(pepper).expect("invariant: any key length");
        mac.update(b"track/v1");
        for symbol in &self.0[..DATA] {
            mac.update(&[ALPHABET[usize::from(*symbol)]]);
        }
        CodeLookup(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrackingCode(hidden)")
    }
}

impl FromStr for TrackingCode {
    type Err = Mistyped;

    /// Reads what a person typed: case, spaces, hyphens, dots and underscores do not matter, O is 0,
    /// I and L are 1.
    fn from_str(text: &str) -> Result<Self, Mistyped> {
        let mut symbols = [0; LENGTH];
        let mut found = 0;
        for c in text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '_'))
        {
            if let Some(slot) = symbols.get_mut(found) {
                *slot = symbol(c).ok_or(Mistyped::Symbol { place: found + 1 })?;
            }
            found += 1;
        }
        if found != LENGTH {
            return Err(Mistyped::Length { found });
        }
        match syndromes(&symbols) {
            (0, 0) => Ok(Self(symbols)),
            (sum, weighted) => Err(Mistyped::Check {
                place: locate(sum, weighted),
            }),
        }
    }
}

fn symbol(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    u8::try_from(c)
        .ok()
        .and_then(|c| ALPHABET.iter().position(|a| *a == c))
        .map(|i| i as u8)
}

/// The code's polynomial, first symbol highest, at 1 and at a.
fn syndromes(symbols: &[u8; LENGTH]) -> (u8, u8) {
    symbols.iter().fold((0, 0), |(sum, weighted), s| {
        (sum ^ s, times_a(weighted) ^ s)
    })
}

/// One wrong symbol with difference d at power k leaves sums d and d·a^k.
fn locate(sum: u8, weighted: u8) -> Option<usize> {
    let mut at_power = sum;
    (sum != 0).then_some(())?;
    for power in 0..LENGTH {
        if at_power == weighted {
            return Some(LENGTH - power);
        }
        at_power = times_a(at_power);
    }
    None
}

/// Multiplies by a in GF(32) = GF(2)[x] / (x^5 + x^2 + 1).
fn times_a(x: u8) -> u8 {
    let doubled = x << 1;
    if doubled & 32 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

fn multiply(x: u8, y: u8) -> u8 {
    (0..5).rev().fold(0, |product, bit| {
        times_a(product) ^ if y >> bit & 1 == 1 { x } else { 0 }
    })
}

fn divide(x: u8, y: u8) -> u8 {
    (0..32)
        .find(|q| multiply(*q, y) == x)
        .expect("invariant: y is not zero")
}

/// The keyed hash of a tracking code: the only form of it that is stored. Hexadecimal in events.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeLookup(pub [u8; 32]);

impl fmt::Display for CodeLookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CodeLookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeLookup({:02x}{:02x}..)", self.0[0], self.0[1])
    }
}

impl Serialize for CodeLookup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CodeLookup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let bytes = (text.len() == 64)
            .then(|| {
                // A sign would be read as part of a number: digits only.
                let digits = |hex: &&str| hex.bytes().all(|digit| digit.is_ascii_hexdigit());
                let byte = |i: usize| {
                    let hex = text.get(2 * i..2 * i + 2).filter(digits);
                    hex.map(|hex| u8::from_str_radix(hex, 16))
                };
                let mut bytes = [0; 32];
                for (i, slot) in bytes.iter_mut().enumerate() {
                    *slot = byte(i)?.ok()?;
                }
                Some(bytes)
            })
            .flatten();
        bytes
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("expected 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &str = "404AM-T154V-M4JS4";

    fn sample(seed: u64) -> TrackingCode {
        let a = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
        TrackingCode::from_random([a[7], a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]])
    }

    #[test]
    fn the_published_example_is_a_code() {
        assert_eq!(KNOWN.parse::<TrackingCode>().unwrap().reveal(), KNOWN);
    }

    #[test]
    fn a_person_may_type_it_their_way() {
        for typed in [
            "404am-t154v-m4js4",
            "4O4AM TI54V M4JS4",
            " 404AMTl54V_M4JS4 ",
        ] {
            assert_eq!(
                typed.parse::<TrackingCode>().unwrap().reveal(),
                KNOWN,
                "{typed}"
            );
        }
    }

    #[test]
    fn every_wrong_symbol_is_noticed_and_located() {
        for seed in 0..40 {
            let code = sample(seed);
            for place in 0..LENGTH {
                for difference in 1..32 {
                    let mut wrong = code;
                    wrong.0[place] ^= difference;
                    assert_eq!(
                        wrong.reveal().parse::<TrackingCode>(),
                        Err(Mistyped::Check {
                            place: Some(place + 1)
                        })
                    );
                }
            }
        }
    }

    #[test]
    fn every_two_wrong_symbols_are_noticed() {
        let code = sample(7);
        for first in 0..LENGTH {
            for second in first + 1..LENGTH {
                for (a, b) in (1..32).flat_map(|a| (1..32).map(move |b| (a, b))) {
                    let mut wrong = code;
                    wrong.0[first] ^= a;
                    wrong.0[second] ^= b;
                    assert!(wrong.reveal().parse::<TrackingCode>().is_err());
                }
            }
        }
    }

    #[test]
    fn what_is_no_code_says_why() {
        assert_eq!(
            "".parse::<TrackingCode>(),
            Err(Mistyped::Length { found: 0 })
        );
        assert_eq!(
            "404AM".parse::<TrackingCode>(),
            Err(Mistyped::Length { found: 5 })
        );
        assert_eq!(
            "404AU".parse::<TrackingCode>(),
            Err(Mistyped::Symbol { place: 5 })
        );
        assert_eq!(
            "ñ".parse::<TrackingCode>(),
            Err(Mistyped::Symbol { place: 1 })
        );
    }

    #[test]
    fn all_sixty_five_bits_count() {
        let zero = TrackingCode::from_random([0; 9]);
        for bit in 0..65 {
            let mut bytes = [0; 9];
            bytes[8 - bit / 8] = 1 << (bit % 8);
            assert_ne!(TrackingCode::from_random(bytes), zero, "bit {bit}");
        }
    }

    #[test]
    fn the_lookup_depends_on_the_pepper_and_hides_the_code() {
        let code: TrackingCode = KNOWN.parse().unwrap();
        assert_ne!(code.lookup(b"one"), code.lookup(b"two"));
        assert!(!format!("{code:?} {:?}", code.lookup(b"one")).contains("404AM"));
        let json = serde_json::to_string(&code.lookup(b"one")).unwrap();
        assert_eq!(
            serde_json::from_str::<CodeLookup>(&json).unwrap(),
            code.lookup(b"one")
        );
    }
}
