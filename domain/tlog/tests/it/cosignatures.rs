//! Keys and signatures: what is signed, to the byte, and for which purpose a key may be used.

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::error::{KeyError, NoteError, SignError};
use chasqui_tlog::merkle::Hash;
use chasqui_tlog::note::{Algorithm, Note, Signature, Signer, SignerFailed, VerifierKey};
use ed25519_dalek::{Signer as _, SigningKey};

use crate::support::{key, signer};

const NAME: &str = "w.example/1";

#[test]
fn a_cosignature_is_over_the_header_the_time_and_the_text() {
    use base64::Engine as _;
    let text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let ours = Signature::cosign(
        &signer(NAME, Algorithm::Cosignature, 7),
        text,
        1_679_315_147,
    );
    // By hand, from c2sp.org/tlog-cosignature.
    let message = format!("cosignature/v1\ntime 1679315147\n{text}");
    let signature = SigningKey::from_bytes(&[7; 32])
        .sign(message.as_bytes())
        .to_bytes();
    let id = key(NAME, Algorithm::Cosignature, 7).id().0;
    let bytes = [&id[..], &1_679_315_147_u64.to_be_bytes(), &signature].concat();
    let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
    assert_eq!(
        ours.unwrap().to_string(),
        format!("\u{2014} {NAME} {bytes}")
    );
}

#[test]
fn a_keys_id_depends_on_its_purpose() {
    let public = SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
    for (algorithm, byte) in [(Algorithm::Ed25519, 1_u8), (Algorithm::Cosignature, 4)] {
        use sha2::{Digest as _, Sha256};
        let hash = Sha256::digest([NAME.as_bytes(), b"\n", &[byte], &public].concat());
        assert_eq!(key(NAME, algorithm, 7).id().0, hash[..4]);
    }
}

#[test]
fn a_cosignature_is_no_signature_and_the_other_way_round() {
    let (log, witness) = (
        signer(NAME, Algorithm::Ed25519, 7),
        signer(NAME, Algorithm::Cosignature, 7),
    );
    assert!(matches!(
        Signature::sign(&witness, "a\n"),
        Err(SignError::OtherPurpose { .. })
    ));
    assert!(matches!(
        Signature::cosign(&log, "a\n", 5),
        Err(SignError::OtherPurpose { .. })
    ));
    // Relabelled, the same bytes are refused.
    let line = Signature::sign(&log, "a\n").unwrap().to_string();
    let note = Note::parse(format!("a\n\n{line}\n").as_bytes()).unwrap();
    assert_eq!(
        note.verify(&[witness.key()]),
        Err(NoteError::NoKnownSignature)
    );
    assert!(note.verify(&[log.key(), witness.key()]).is_ok());
}

#[test]
fn times_that_are_none_are_neither_written_nor_believed() {
    use base64::Engine as _;
    let witness = signer(NAME, Algorithm::Cosignature, 7);
    for time in [0, 1 << 63, u64::MAX] {
        assert!(matches!(
            Signature::cosign(&witness, "a\n", time),
            Err(SignError::Time { .. })
        ));
        let message = format!("cosignature/v1\ntime {time}\na\n");
        let signature = SigningKey::from_bytes(&[7; 32])
            .sign(message.as_bytes())
            .to_bytes();
        let bytes = [&witness.key().id().0[..], &time.to_be_bytes(), &signature].concat();
        let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
        let note = Note::parse(format!("a\n\n\u{2014} {NAME} {bytes}\n").as_bytes()).unwrap();
        assert!(note.verify(&[witness.key()]).is_err(), "{time}");
    }
    assert!(Signature::cosign(&witness, "a\n", i64::MAX as u64).is_ok());
}

#[test]
fn a_broken_signer_harms_nobody() {
    struct Broken(VerifierKey);
    impl Signer for Broken {
        fn key(&self) -> &VerifierKey {
            &self.0
        }
        fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignerFailed> {
            Ok([1; 64])
        }
    }
    let broken = Broken(key(NAME, Algorithm::Ed25519, 7));
    assert!(matches!(
        Signature::sign(&broken, "a\n"),
        Err(SignError::WrongSignature { .. })
    ));
}

#[test]
fn a_log_signs_its_own_checkpoints_only_and_no_extension_lines() {
    let root = Hash::from_bytes([1; 32]);
    let checkpoint = Checkpoint::new(&"other.example".parse().unwrap(), 1, root).unwrap();
    let refused = SignedCheckpoint::sign(checkpoint, &signer(NAME, Algorithm::Ed25519, 7));
    assert!(matches!(refused, Err(SignError::OtherOrigin { .. })));
    let text = format!("{NAME}\n1\n{root}\nsomething more\n");
    let checkpoint = Checkpoint::parse(&text).unwrap();
    assert_eq!(checkpoint.extensions(), ["something more"]);
    let refused = SignedCheckpoint::sign(checkpoint, &signer(NAME, Algorithm::Ed25519, 7));
    assert!(matches!(refused, Err(SignError::Checkpoint(_))));
}

#[test]
fn signatures_of_unknown_keys_and_kinds_are_carried_and_ignored() {
    use base64::Engine as _;
    let log = signer(NAME, Algorithm::Ed25519, 7);
    let mut note = Note::new("a\n", vec![Signature::sign(&log, "a\n").unwrap()]).unwrap();
    // ML-DSA-44 (0x06): 8 + 2420 bytes behind the id, by a name that we know.
    let long = base64::engine::general_purpose::STANDARD.encode([6; 4 + 8 + 2420]);
    for line in [
        format!("\u{2014} {NAME} {long}"),
        "\u{2014} other.example AAAAAAA=".to_owned(),
    ] {
        note.add(line.parse().unwrap()).unwrap();
    }
    let note = Note::parse(note.to_string().as_bytes()).unwrap();
    assert_eq!(note.signatures().len(), 3);
    assert_eq!(note.verify(&[log.key()]).unwrap().len(), 1);
    // At least 16 signatures must be read, also of nearly 5 kB each; there is a limit all the same.
    let long = base64::engine::general_purpose::STANDARD.encode([9; 5000]);
    for _ in 0..16 {
        note.clone()
            .add(format!("\u{2014} pq.example {long}").parse().unwrap())
            .unwrap();
    }
    let mut many = note;
    let added = (0..100)
        .map(|_| many.add("\u{2014} x AAAAAAA=".parse().unwrap()))
        .take_while(Result::is_ok);
    assert_eq!(added.count(), 61);
}

#[test]
fn texts_that_are_no_notes_are_refused() {
    let log = signer(NAME, Algorithm::Ed25519, 7);
    let line = Signature::sign(&log, "a\n").unwrap().to_string();
    assert!(Note::parse(format!("a\n\n{line}\n").as_bytes()).is_ok());
    for text in [
        String::new(),
        "a\n".to_owned(),
        "a\n\n".to_owned(),
        format!("a\n{line}\n"),
        format!("a\n\n{line}"),
        format!("a\n\n{line}\n\n"),
        format!("a\n\n{line}\n{line}\n "),
        format!("a\t\n\n{line}\n"),
        format!("a\r\n\n{line}\n"),
        format!("a\n\n{}\n", line.replace('\u{2014}', "-")),
        format!("a\n\n{}\n", line.replace(NAME, "w.example\u{a0}1")),
        format!("a\n\n{}\n", line.replace(NAME, "w+1")),
        format!("a\n\n{} \n", line),
        format!("a\n\n{}A\n", line),
    ] {
        assert!(Note::parse(text.as_bytes()).is_err(), "{text:?}");
    }
    assert!(Note::parse(&[b"a\xff\n\n", line.as_bytes(), b"\n"].concat()).is_err());
    for text in ["", "a", "a\u{7}\n", "a\r\n"] {
        assert_eq!(
            Note::new(text, vec![line.parse().unwrap()]),
            Err(NoteError::Text),
            "{text:?}"
        );
    }
}

#[test]
fn keys_that_verify_anything_or_are_misspelt_are_refused() {
    let name = || NAME.parse().unwrap();
    // Points of small order (RFC 8032 allows them; with them one signature fits many texts).
    for weak in [[0; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }] {
        assert_eq!(
            VerifierKey::new(name(), Algorithm::Ed25519, &weak),
            Err(KeyError::NotAPoint)
        );
    }
    let good = key(NAME, Algorithm::Ed25519, 7).to_string();
    let (head, base64) = good
        .rsplit_once('+')
        .map(|(head, tail)| (head.to_owned(), tail.to_owned()))
        .unwrap();
    let parts: Vec<&str> = good.splitn(3, '+').collect();
    assert!(good.parse::<VerifierKey>().is_ok());
    for bad in [
        String::new(),
        head,
        format!("{}+{}", parts[0], base64),
        format!("+{}+{}", parts[1], parts[2]),
        format!("{}+00000000+{}", parts[0], parts[2]),
        format!("{}+{}+{}", parts[0], parts[1].to_uppercase(), parts[2]),
        format!("{}x+{}+{}", parts[0], parts[1], parts[2]),
        format!("{good}\n"),
        format!("{good}="),
        good.replacen("+A", "+B", 1),
    ] {
        assert!(
            bad == good || bad.parse::<VerifierKey>().is_err(),
            "{bad:?}"
        );
    }
    let mut ml_dsa = [6; 33];
    ml_dsa[1] = 0;
    let unknown = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(ml_dsa)
    };
    assert_eq!(
        format!("{}+00000000+{unknown}", parts[0]).parse::<VerifierKey>(),
        Err(KeyError::UnknownAlgorithm { byte: 6 })
    );
}
