//! The text of a key: `chq_<environment>_<id>_<secret>`, where the secret is 32 random bytes and a check.
//!
//! The prefix lets scanners of repositories find a key that leaked; the check lets them, and people, tell
//! a key from a typing mistake without asking anybody. Only the digest of the secret is ever stored. This
//! file looks nothing up.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::secrets::NoRandomness;

/// Crockford's base 32 in small letters: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const PREFIX: &str = "chq";
const ID: usize = 10;
/// 32 bytes in symbols of five bits; the last has four bits of zero.
const SECRET: usize = 52;
/// The first 30 bits of SHA-256 over all that stands before.
const CHECK: usize = 6;

/// The deployment that a key is for. A key of one opens nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Real procedures.
    Live,
    /// A log that is made up.
    Demo,
}

impl Environment {
    /// Its name in keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Demo => "demo",
        }
    }

    /// The environment of this name, if there is one.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Live, Self::Demo]
            .into_iter()
            .find(|one| one.name() == name)
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The public handle of a key: ten symbols, which may be shown and logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyId(String);

impl KeyId {
    /// The handle itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a handle; none if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == ID && text.bytes().all(|symbol| ALPHABET.contains(&symbol));
        fits.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key, with its secret. It opens what its holder may: it has no `Debug` that shows it, and its memory
/// is wiped. [`ApiKey::reveal`] is the one way out.
#[derive(Clone)]
pub struct ApiKey {
    environment: Environment,
    id: KeyId,
    secret: Zeroizing<[u8; 32]>,
}

impl ApiKey {
    /// A new key.
    pub fn random(environment: Environment) -> Result<Self, NoRandomness> {
        let (mut id, mut secret) = ([0; 7], Zeroizing::new([0; 32]));
        getrandom::fill(&mut id)
            .and_then(|()| getrandom::fill(&mut *secret))
            .map_err(NoRandomness)?;
        Ok(Self {
            environment,
            id: KeyId(encode(&id, ID)),
            secret,
        })
    }

    /// Reads a key as it was given out, letter by letter; none if it never was one of ours. Nothing says
    /// what is wrong with it: whoever presents keys is told only whether they open.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('_');
        let (prefix, environment) = (parts.next()?, Environment::of_name(parts.next()?)?);
        let (id, last) = (KeyId::parse(parts.next()?)?, parts.next()?);
        if prefix != PREFIX || parts.next().is_some() || last.len() != SECRET + CHECK {
            return None;
        }
        let (secret, check) = last.split_at_checked(SECRET)?;
        let key = Self {
            environment,
            id,
            secret: decode(secret)?,
        };
        (key.check() == check).then_some(key)
    }

    /// The key as it is given out: once.
    #[must_use]
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut text = self.unchecked();
        text.push_str(&self.check());
        text
    }

    /// SHA-256 of the secret: what is stored of it.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(*self.secret).into()
    }

    /// Its public handle.
    #[must_use]
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    /// The deployment it is for.
    #[must_use]
    pub fn environment(&self) -> Environment {
        self.environment
    }

    /// Made at its full length, so that no copy of the secret is left behind where it grew.
    fn unchecked(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(128));
        for part in [PREFIX, self.environment.name(), self.id.as_str()] {
            text.push_str(part);
            text.push('_');
        }
        let secret = Zeroizing::new(encode(&*self.secret, SECRET));
        text.push_str(&secret);
        text
    }

    fn check(&self) -> String {
        encode(&Sha256::digest(self.unchecked().as_bytes()), CHECK)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({}, hidden)", self.id)
    }
}

/// The first symbols of bytes, five bits each; zeros where the bytes end.
fn encode(bytes: &[u8], symbols: usize) -> String {
    let bit = |place: usize| {
        let byte = bytes.get(place / 8).copied().unwrap_or(0);
        byte >> (7 - place % 8) & 1
    };
    let symbol = |place: usize| (0..5).fold(0, |value, next| value << 1 | bit(5 * place + next));
    (0..symbols)
        .map(|place| char::from(ALPHABET[usize::from(symbol(place))]))
        .collect()
}

/// The 32 bytes that these symbols stand for; none if they are none of ours. Bits that were filled up
/// must be zero, so that no key has two texts.
fn decode(symbols: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    for (place, symbol) in symbols.bytes().enumerate() {
        let value = ALPHABET.iter().position(|one| *one == symbol)?;
        for next in (0..5).filter(|next| value >> (4 - next) & 1 == 1) {
            let bit = 5 * place + next;
            *bytes.get_mut(bit / 8)? |= 1 << (7 - bit % 8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of the key whose handle and secret are all zeros but for the last bit, worked out by
    /// another program.
    const KNOWN: &str = "chq_live_0123456789_\
         000000000000000000000000000000000000000000000000000g";

    fn known() -> ApiKey {
        let mut secret = Zeroizing::new([0; 32]);
        secret[31] = 1;
        ApiKey {
            environment: Environment::Live,
            id: KeyId("0123456789".to_owned()),
            secret,
        }
    }

    #[test]
    fn a_key_is_read_as_it_was_given_out() {
        for environment in [Environment::Live, Environment::Demo] {
            let key = ApiKey::random(environment).unwrap();
            let text = key.reveal();
            assert_eq!(text.len(), "chq_live_".len() + ID + 1 + SECRET + CHECK);
            let read = ApiKey::parse(&text).unwrap();
            assert_eq!(read.digest(), key.digest());
            assert_eq!((read.id(), read.environment()), (key.id(), environment));
        }
    }

    #[test]
    fn the_text_is_the_one_that_other_programs_can_check() {
        let text = known().reveal();
        let (before, check) = text.split_at(text.len() - CHECK);
        assert_eq!(before, KNOWN);
        assert_eq!(check, "jjwnt6");
        let digest: String = known()
            .digest()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            digest,
            "ec4916dd28fc4c10d78e287ca5d9cc51ee1ae73cbfde08c6b37324cbfaac8bc5"
        );
    }

    #[test]
    fn two_keys_are_never_the_same() {
        let [a, b] = [(), ()].map(|()| ApiKey::random(Environment::Live).unwrap());
        assert!(a.id() != b.id() && a.digest() != b.digest());
    }

    #[test]
    fn every_wrong_symbol_and_every_swap_is_noticed() {
        let text = ApiKey::random(Environment::Live).unwrap().reveal();
        for place in 0..text.len() {
            for symbol in ALPHABET.iter().chain(b"ilou_-. ABC") {
                let mut wrong = text.as_bytes().to_vec();
                wrong[place] = *symbol;
                let wrong = String::from_utf8(wrong).unwrap();
                assert!(wrong == *text || ApiKey::parse(&wrong).is_none(), "{wrong}");
            }
            let mut swapped = text.as_bytes().to_vec();
            swapped.swap(place, (place + 1) % text.len());
            let swapped = String::from_utf8(swapped).unwrap();
            assert!(swapped == *text || ApiKey::parse(&swapped).is_none());
            assert!(ApiKey::parse(&text[..place]).is_none(), "cut off");
        }
    }

    #[test]
    fn what_was_never_a_key_is_no_key() {
        let good = known().reveal();
        assert!(ApiKey::parse(&good).is_some());
        // The last symbol's filled-up bits are set, with a check that fits.
        let filled = KNOWN.replace("000g", "000h");
        let filled = format!("{filled}{}", encode(&Sha256::digest(&filled), CHECK));
        for text in [
            "",
            "chq",
            "chq___",
            "chq_live_0123456789_",
            &good.to_uppercase(),
            &format!(" {}", *good),
            &format!("{}\n", *good),
            &format!("{}_", *good),
            &good.replace("live", "test"),
            &"ñ".repeat(48),
            &"_".repeat(100_000),
            &filled,
        ] {
            assert!(ApiKey::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_key_never_shows_in_a_message() {
        let key = ApiKey::random(Environment::Live).unwrap();
        let shown = format!("{key:?}");
        assert!(shown.contains(key.id().as_str()));
        assert!(!key.reveal().contains(&shown) && !shown.contains(&key.reveal()[20..40]));
    }
}
