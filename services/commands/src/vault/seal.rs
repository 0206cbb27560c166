//! Encryption: data keys, their wrapping, and texts of a length that tells little.
//!
//! XChaCha20-Poly1305 with random nonces of 24 bytes (draft-irtf-cfrg-xchacha). What a ciphertext belongs
//! to is authenticated with it, so that no row can stand in another's place.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chasqui_store::{KeyId, Party, PartyKeyRow, PersonalRow};
use zeroize::Zeroizing;

use super::person::Field;
use super::personal::Personal;
use crate::secrets::NoRandomness;

/// The lengths that a text is padded to, in bytes. The longest note has at most 16,000.
const BUCKETS: [usize; 4] = [256, 1_024, 4_096, 16_384];

/// What stands before a text: whether there is one, and its length.
const HEAD: usize = 5;

/// A ciphertext was not opened: another key, another place, or changed bytes. Which is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a ciphertext does not open with the key at hand, where it stands")]
pub(super) struct NotOpened;

/// A key of 32 bytes: of one person, or of an epoch.
pub(super) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub(super) fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    pub(super) fn random() -> Result<Self, NoRandomness> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key).map_err(NoRandomness)?;
        Ok(Self(key))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Wraps the key of a person; `self` is the key of the epoch.
    pub(super) fn wrap(
        &self,
        epoch: u32,
        key_id: &KeyId,
        party: Party,
        key: &Self,
    ) -> Result<Vec<u8>, NoRandomness> {
        let (nonce, ciphertext) =
            self.encrypt(&key_place(epoch, key_id, party), key.bytes().as_slice())?;
        Ok([&nonce[..], &ciphertext].concat())
    }

    /// Opens the wrapped key of a person; `self` is the key of the epoch.
    pub(super) fn unwrap(&self, row: &PartyKeyRow) -> Result<Self, NotOpened> {
        let (nonce, ciphertext) = row.wrapped.split_first_chunk().ok_or(NotOpened)?;
        let place = key_place(row.epoch, &row.key_id, row.party);
        let opened = self.decrypt(&place, nonce, ciphertext)?;
        let mut key = Zeroizing::new([0; 32]);
        let opened = opened.as_slice();
        if opened.len() != key.len() {
            return Err(NotOpened);
        }
        key.copy_from_slice(opened);
        Ok(Self(key))
    }

    /// Encrypts a field; also one that is not known, so that nobody sees which are.
    pub(super) fn seal(
        &self,
        key_id: &KeyId,
        party: Party,
        field: Field,
        text: Option<&Personal<String>>,
    ) -> Result<PersonalRow, NoRandomness> {
        let padded = padded(text.map(|text| text.reveal().as_bytes()));
        let (nonce, ciphertext) = self.encrypt(&field_place(key_id, party, field), &padded)?;
        Ok(PersonalRow {
            field: field.name().to_owned(),
            key_id: *key_id,
            nonce,
            ciphertext,
        })
    }

    /// Opens a field of a person, where it is said to stand; none if it is not known.
    pub(super) fn open(
        &self,
        party: Party,
        field: Field,
        row: &PersonalRow,
    ) -> Result<Option<Personal<String>>, NotOpened> {
        let place = field_place(&row.key_id, party, field);
        let opened = self.decrypt(&place, &row.nonce, &row.ciphertext)?;
        let Some((head, rest)) = opened.split_first_chunk::<HEAD>() else {
            return Err(NotOpened);
        };
        let [known, length @ ..] = *head;
        let length = u32::from_be_bytes(length) as usize;
        let text = rest.get(..length).ok_or(NotOpened)?;
        let text = std::str::from_utf8(text).map_err(|_| NotOpened)?;
        Ok((known == 1).then(|| Personal::new(text.to_owned())))
    }

    fn encrypt(&self, place: &str, text: &[u8]) -> Result<([u8; 24], Vec<u8>), NoRandomness> {
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).map_err(NoRandomness)?;
        let payload = Payload {
            msg: text,
            aad: place.as_bytes(),
        };
        let ciphertext = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let ciphertext = ciphertext.expect("invariant: a text is far below the cipher's limit");
        Ok((nonce, ciphertext))
    }

    fn decrypt(
        &self,
        place: &str,
        nonce: &[u8; 24],
        ciphertext: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        let payload = Payload {
            msg: ciphertext,
            aad: place.as_bytes(),
        };
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| NotOpened)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new_from_slice(self.0.as_slice()).expect("invariant: a key has 32 bytes")
    }
}

/// Where a field stands.
fn field_place(key_id: &KeyId, party: Party, field: Field) -> String {
    let Party { procedure, party } = party;
    format!("v1|{procedure}|{}|{field}|{}", party.0, hex(key_id))
}

/// Where a wrapped key stands.
fn key_place(epoch: u32, key_id: &KeyId, party: Party) -> String {
    let Party { procedure, party } = party;
    format!("key/v1|{procedure}|{}|{epoch}|{}", party.0, hex(key_id))
}

fn padded(text: Option<&[u8]>) -> Zeroizing<Vec<u8>> {
    let bytes = text.unwrap_or_default();
    let needed = HEAD + bytes.len();
    let length = BUCKETS.into_iter().find(|bucket| needed <= *bucket);
    let length = length.expect("invariant: a field is bounded when a person is made");
    // Made at its full length: it never moves, and so leaves no copy behind.
    let mut padded = Zeroizing::new(Vec::with_capacity(length));
    let size = u32::try_from(bytes.len()).expect("invariant: far below 4 GiB");
    padded.push(u8::from(text.is_some()));
    padded.extend_from_slice(&size.to_be_bytes());
    padded.extend_from_slice(bytes);
    padded.resize(length, 0);
    padded
}

/// Bytes as people read them.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads what [`hex`] wrote.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use chasqui_procedures::ids::{ProcedureId, SubjectRef};
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn party(procedure: u128, party: u128) -> Party {
        Party {
            procedure: ProcedureId(Uuid::from_u128(procedure)),
            party: SubjectRef(Uuid::from_u128(party)),
        }
    }

    fn text(text: &str) -> Option<Personal<String>> {
        Some(Personal::new(text.to_owned()))
    }

    #[test]
    fn a_field_opens_with_its_key_in_its_place_and_nowhere_else() {
        let (key, other) = (Key::random().unwrap(), Key::random().unwrap());
        let (id, here) = ([1; 16], party(1, 2));
        let name = text("María");
        let row = key.seal(&id, here, Field::Name, name.as_ref()).unwrap();
        assert_eq!(key.open(here, Field::Name, &row), Ok(name));
        assert_eq!(other.open(here, Field::Name, &row), Err(NotOpened));
        for elsewhere in [party(2, 2), party(1, 1)] {
            assert_eq!(key.open(elsewhere, Field::Name, &row), Err(NotOpened));
        }
        assert_eq!(key.open(here, Field::Email, &row), Err(NotOpened));
        let of_another_key = PersonalRow {
            key_id: [2; 16],
            ..row.clone()
        };
        assert_eq!(key.open(here, Field::Name, &of_another_key), Err(NotOpened));
        for place in [0, 100, row.ciphertext.len() - 1] {
            let mut changed = row.clone();
            changed.ciphertext[place] ^= 1;
            assert_eq!(key.open(here, Field::Name, &changed), Err(NotOpened));
        }
        let mut changed = row;
        changed.nonce[0] ^= 1;
        assert_eq!(key.open(here, Field::Name, &changed), Err(NotOpened));
    }

    #[test]
    fn a_wrapped_key_opens_for_its_person_in_its_epoch_and_not_otherwise() {
        let (epoch, key) = (Key::random().unwrap(), Key::random().unwrap());
        let row = PartyKeyRow {
            key_id: [1; 16],
            party: party(1, 2),
            epoch: 7,
            wrapped: epoch.wrap(7, &[1; 16], party(1, 2), &key).unwrap(),
            created_at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(row.wrapped.len(), 72);
        assert_eq!(epoch.unwrap(&row).unwrap().bytes(), key.bytes());
        let wrong = [
            PartyKeyRow {
                epoch: 8,
                ..row.clone()
            },
            PartyKeyRow {
                key_id: [2; 16],
                ..row.clone()
            },
            PartyKeyRow {
                party: party(1, 3),
                ..row.clone()
            },
            PartyKeyRow {
                party: party(2, 2),
                ..row.clone()
            },
            PartyKeyRow {
                wrapped: row.wrapped[..71].to_vec(),
                ..row.clone()
            },
            PartyKeyRow {
                wrapped: Vec::new(),
                ..row.clone()
            },
        ];
        for row in wrong {
            assert!(epoch.unwrap(&row).is_err(), "{row:?}");
        }
        assert!(Key::random().unwrap().unwrap(&row).is_err());
    }

    #[test]
    fn lengths_tell_little() {
        let key = Key::random().unwrap();
        let length = |text: Option<Personal<String>>| {
            let row = key.seal(&[1; 16], party(1, 2), Field::Note, text.as_ref());
            row.unwrap().ciphertext.len()
        };
        let usual = length(text("A"));
        assert_eq!(usual, 272);
        assert_eq!(length(None), usual, "nor whether it is known at all");
        assert_eq!(length(text(&"x".repeat(251))), usual);
        assert_eq!(length(text(&"x".repeat(252))), 1_040);
        let longest = "\u{10348}".repeat(Field::Note.most_characters());
        assert_eq!(length(text(&longest)), 16_400);
    }

    #[test]
    fn the_same_text_is_never_the_same_ciphertext() {
        let key = Key::random().unwrap();
        let seal = || {
            let name = text("María");
            key.seal(&[1; 16], party(1, 2), Field::Name, name.as_ref())
                .unwrap()
        };
        let (a, b) = (seal(), seal());
        assert_ne!(a.nonce, b.nonce);
        assert_ne!(a.ciphertext, b.ciphertext);
    }

    #[test]
    fn bytes_are_read_as_they_are_written() {
        assert_eq!(unhex(&hex(&[0, 171, 255])), Some([0, 171, 255]));
        for wrong in ["", "00", "0011223", "00112g", "+0+1+2", "ñññ"] {
            assert_eq!(unhex::<3>(wrong), None, "{wrong}");
        }
    }
}
