//! Base64 and decimals with one spelling each, so that what parses prints back to the same bytes.
//! It knows no format and gives no errors of its own: the caller says what was malformed.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Standard base64 with padding (RFC 4648, section 4): hashes, signatures and keys of the log.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Exactly `N` bytes from standard base64; unused trailing bits must be zero.
pub(crate) fn from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode_exactly(&STANDARD, text)
}

/// At most `max` bytes from standard base64.
pub(crate) fn from_base64_up_to(text: &str, max: usize) -> Option<Vec<u8>> {
    // Looked at before decoding, so that a hostile text never makes us allocate.
    if text.len() / 4 * 3 > max + 2 {
        return None;
    }
    STANDARD
        .decode(text)
        .ok()
        .filter(|bytes| bytes.len() <= max)
}

/// URL-safe base64 without padding (RFC 4648, section 5): salts and digests, as in SD-JWT.
pub(crate) fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Exactly `N` bytes from URL-safe base64 without padding.
pub(crate) fn from_base64url<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode_exactly(&URL_SAFE_NO_PAD, text)
}

/// A decimal without sign and without leading zeros.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let canonical = text == "0" || !text.starts_with('0');
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if canonical && digits {
        text.parse().ok()
    } else {
        None
    }
}

/// Whether this is a date of the Gregorian calendar, `YYYY-MM-DD`.
pub(crate) fn is_civil_date(text: &str) -> bool {
    let part = |range| {
        text.get(range)
            .filter(|t: &&str| t.bytes().all(|b| b.is_ascii_digit()))
    };
    let number = |range| part(range)?.parse::<u32>().ok();
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    let bytes = text.as_bytes();
    bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && (1..=days).contains(&day)
}

/// Whether this is an instant in UTC to the second, `YYYY-MM-DDThh:mm:ssZ` (RFC 3339).
pub(crate) fn is_utc_second(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let below = |range, limit| {
        let digits = time
            .get(range)
            .filter(|t: &&str| t.bytes().all(|b| b.is_ascii_digit()));
        digits
            .and_then(|t| t.parse::<u8>().ok())
            .is_some_and(|n| n < limit)
    };
    let bytes = time.as_bytes();
    let shape = bytes.len() == 9 && bytes[2] == b':' && bytes[5] == b':' && bytes[8] == b'Z';
    is_civil_date(date) && shape && below(0..2, 24) && below(3..5, 60) && below(6..8, 60)
}

fn decode_exactly<const N: usize>(engine: &impl Engine, text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let written = engine.decode_slice(text, &mut bytes).ok()?;
    (written == N).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_one_spelling() {
        assert_eq!(from_base64::<1>("/w=="), Some([255]));
        for other in [
            "/w", "/w=", "/x==", "_w==", " /w==", "/w==\n", "/w===", "/wA=",
        ] {
            assert_eq!(from_base64::<1>(other), None, "{other:?}");
        }
        assert_eq!(from_base64url::<1>("_w"), Some([255]));
        for other in ["_w==", "/w", "_x", "_w "] {
            assert_eq!(from_base64url::<1>(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_decimal_has_one_spelling() {
        assert_eq!(parse_decimal("0"), Some(0));
        assert_eq!(parse_decimal("18446744073709551615"), Some(u64::MAX));
        for other in [
            "",
            "00",
            "01",
            "+1",
            "-1",
            " 1",
            "1 ",
            "1_0",
            "٣",
            "18446744073709551616",
        ] {
            assert_eq!(parse_decimal(other), None, "{other:?}");
        }
    }

    #[test]
    fn days_that_never_were_are_no_dates() {
        for good in ["2026-01-31", "2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_civil_date(good), "{good}");
        }
        for bad in [
            "",
            "2026-1-31",
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "2026-01-32",
            "2026/01/01",
            "2026-01-01 ",
            "+026-01-01",
            "20260101",
            "２026-01-01",
            "2026-01-ñ",
        ] {
            assert!(!is_civil_date(bad), "{bad}");
        }
    }

    #[test]
    fn an_instant_is_in_utc_to_the_second() {
        assert!(is_utc_second("2026-01-01T00:00:41Z"));
        assert!(is_utc_second("2026-01-01T23:59:59Z"));
        for bad in [
            "2026-01-01",
            "2026-01-01T00:00:41",
            "2026-01-01T00:00:41.5Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:41-05:00",
            "2026-01-01 00:00:41Z",
            "2026-02-30T00:00:41Z",
            "2026-01-01t00:00:41z",
            "2026-01-01T+0:00:41Z",
        ] {
            assert!(!is_utc_second(bad), "{bad}");
        }
    }

    #[test]
    fn a_long_text_is_refused_before_it_is_decoded() {
        assert_eq!(from_base64_up_to("AAAA", 3), Some(vec![0; 3]));
        assert_eq!(from_base64_up_to("AAAA", 2), None);
        assert_eq!(from_base64_up_to(&"A".repeat(4000), 2), None);
    }
}
