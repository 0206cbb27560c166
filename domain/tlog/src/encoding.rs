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
    fn a_long_text_is_refused_before_it_is_decoded() {
        assert_eq!(from_base64_up_to("AAAA", 3), Some(vec![0; 3]));
        assert_eq!(from_base64_up_to("AAAA", 2), None);
        assert_eq!(from_base64_up_to(&"A".repeat(4000), 2), None);
    }
}
