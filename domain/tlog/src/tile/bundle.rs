//! Entry bundles: the entries themselves, each behind its length as a big-endian u16.
//! What an entry means is the business of `leaf`.

use super::TILE_WIDTH;
use crate::error::TileError;

/// The longest entry that fits in front of a 16-bit length.
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;

/// The bundle's bytes: 1 to 256 entries.
pub fn encode_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, TileError> {
    if entries.is_empty() || entries.len() > usize::from(TILE_WIDTH) {
        return Err(TileError::Entries {
            width: TILE_WIDTH,
            found: entries.len(),
        });
    }
    let mut bytes = Vec::with_capacity(entries.iter().map(|e| e.as_ref().len() + 2).sum());
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len());
        let length = length.map_err(|_| TileError::EntryTooLong { bytes: entry.len() })?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle of exactly that width.
///
/// Bytes left over are refused. Whoever wants the partial bundle of an
/// earlier tree out of a longer one cuts it with [`bundle_prefix`](super::bundle_prefix).
///
/// ```
/// use chasqui_tlog::tile::{decode_bundle, encode_bundle};
///
/// let bytes = encode_bundle(&["a", "bc"])?;
/// assert_eq!(bytes, b"\0\x01a\0\x02bc");
/// assert_eq!(decode_bundle(&bytes, 2)?, [&b"a"[..], b"bc"]);
/// assert!(decode_bundle(&bytes, 1).is_err());
/// # Ok::<(), chasqui_tlog::error::TileError>(())
/// ```
pub fn decode_bundle(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, TileError> {
    let (entries, rest) = take_entries(bytes, width)?;
    if rest.is_empty() {
        Ok(entries)
    } else {
        Err(TileError::BundleTail { bytes: rest.len() })
    }
}

/// The bytes of the first `width` entries: the partial bundle of an earlier tree.
pub fn bundle_prefix(bytes: &[u8], width: u16) -> Result<&[u8], TileError> {
    let (_, rest) = take_entries(bytes, width)?;
    Ok(&bytes[..bytes.len() - rest.len()])
}

fn take_entries(bytes: &[u8], width: u16) -> Result<(Vec<&[u8]>, &[u8]), TileError> {
    if width == 0 || width > TILE_WIDTH {
        return Err(TileError::Width { width });
    }
    let mut entries = Vec::with_capacity(usize::from(width));
    let mut rest = bytes;
    for entry in 0..width {
        let cut = || TileError::BundleCut { entry };
        let (length, tail) = rest.split_first_chunk::<2>().ok_or_else(cut)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (bytes, tail) = tail.split_at_checked(length).ok_or_else(cut)?;
        entries.push(bytes);
        rest = tail;
    }
    Ok((entries, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_bundle_is_the_beginning_of_the_longer_one() {
        let entries: Vec<Vec<u8>> = (0..=255u8).map(|n| vec![n; usize::from(n)]).collect();
        let full = encode_bundle(&entries).unwrap();
        for width in [1, 2, 3, 255, 256] {
            let partial = encode_bundle(&entries[..usize::from(width)]).unwrap();
            assert_eq!(bundle_prefix(&full, width), Ok(&partial[..]));
        }
    }

    #[test]
    fn a_bundle_that_is_cut_or_continued_is_refused() {
        let bytes = encode_bundle(&["a", "bc"]).unwrap();
        for end in 0..bytes.len() {
            assert!(decode_bundle(&bytes[..end], 2).is_err(), "cut at {end}");
        }
        let longer = [&bytes[..], b"\0"].concat();
        assert_eq!(
            decode_bundle(&longer, 2),
            Err(TileError::BundleTail { bytes: 1 })
        );
        assert_eq!(decode_bundle(&bytes, 0), Err(TileError::Width { width: 0 }));
        assert_eq!(
            decode_bundle(&bytes, 257),
            Err(TileError::Width { width: 257 })
        );
    }

    #[test]
    fn what_no_reader_could_take_apart_is_not_written() {
        let long = vec![0u8; MAX_ENTRY_BYTES + 1];
        assert_eq!(
            encode_bundle(&[long]),
            Err(TileError::EntryTooLong { bytes: 65536 })
        );
        assert!(encode_bundle(&[&[0u8; MAX_ENTRY_BYTES]]).is_ok());
        assert!(encode_bundle::<&[u8]>(&[]).is_err());
        assert!(encode_bundle(&[b""; 257]).is_err());
    }
}
