//! Bytes from strangers: no parser panics, and what one accepts it prints back, byte for byte.

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::disclosure::Disclosure;
use chasqui_tlog::leaf::Leaf;
use chasqui_tlog::note::{Note, Signature, VerifierKey};
use chasqui_tlog::policy::Policy;
use chasqui_tlog::proof::LogProof;
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::tile::{BundleId, Tile, TileId, bundle_prefix, decode_bundle, encode_bundle};
use chasqui_tlog::witness::{Submission, parse_cosignatures, parse_size, print_size};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{Log, bytes};

/// Reads the bytes as everything there is; what is accepted must print back.
fn read_as_everything(bytes: &[u8]) {
    let same = |printed: String| assert_eq!(printed.as_bytes(), bytes);
    Note::parse(bytes)
        .into_iter()
        .for_each(|it| same(it.to_string()));
    SignedCheckpoint::parse(bytes)
        .into_iter()
        .for_each(|it| same(it.to_string()));
    LogProof::parse(bytes)
        .into_iter()
        .for_each(|it| same(it.to_string()));
    Receipt::parse(bytes)
        .into_iter()
        .for_each(|it| same(it.to_string()));
    Submission::parse(bytes)
        .into_iter()
        .for_each(|it| same(it.to_string()));
    Leaf::parse(bytes)
        .into_iter()
        .for_each(|it| same(it.to_string()));
    parse_size(bytes)
        .into_iter()
        .for_each(|it| same(print_size(it)));
    parse_cosignatures(bytes).into_iter().for_each(|lines| {
        same(chasqui_tlog::witness::print_cosignatures(&lines));
    });
    if let Ok(policy) = Policy::parse(bytes) {
        assert_eq!(Policy::parse(&policy.to_bytes()), Ok(policy));
    }
    for width in [0, 1, 2, 44, 256, 257, u16::MAX] {
        if let Ok(entries) = decode_bundle(bytes, width) {
            assert_eq!(encode_bundle(&entries).unwrap(), bytes);
        }
        let _ = bundle_prefix(bytes, width);
        if let Ok(id) = TileId::new(0, 0, width)
            && let Ok(tile) = Tile::decode(id, bytes)
        {
            assert_eq!(tile.encode(), bytes);
        }
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    text.parse::<TileId>()
        .into_iter()
        .for_each(|it| same(it.to_string()));
    text.parse::<BundleId>()
        .into_iter()
        .for_each(|it| same(it.to_string()));
    text.parse::<VerifierKey>()
        .into_iter()
        .for_each(|it| same(it.to_string()));
    text.parse::<Signature>()
        .into_iter()
        .for_each(|it| same(it.to_string()));
    Disclosure::parse(text)
        .into_iter()
        .for_each(|it| same(it.as_str().to_owned()));
    if let Ok(checkpoint) = Checkpoint::parse(text)
        && checkpoint.extensions().is_empty()
    {
        same(checkpoint.to_text().unwrap());
    }
}

/// One of everything, as it should be.
fn sound() -> Vec<Vec<u8>> {
    let log = Log::of(300);
    let submission = Submission::new(0, vec![], log.checkpoint.clone()).unwrap();
    let mut sound = vec![
        log.checkpoint.to_string().into_bytes(),
        log.receipt(41).to_string().into_bytes(),
        submission.to_string().into_bytes(),
        log.events[0].leaf.to_string().into_bytes(),
        log.events[0].disclosures[0].as_str().as_bytes().to_vec(),
        b"tile/0/x001/x234/067.p/8".to_vec(),
        b"tile/entries/x001/x234/067.p/8".to_vec(),
        b"# a\nlog L\nwitness a K\ngroup g 1 a\nquorum g\n".to_vec(),
        bytes("log600/vkey").trim_ascii().to_vec(),
        bytes("log600/41.tlog-proof"),
    ];
    sound.extend(log.bundles.into_values());
    sound
}

/// What formats are made of, so that random texts get past the first line.
fn crumbs() -> impl Strategy<Value = Vec<u8>> {
    let crumb = select(vec![
        "c2sp.org/tlog-proof@v1",
        "extra ",
        "index ",
        "old ",
        "\n",
        "\n\n",
        " ",
        "0",
        "1",
        "255",
        "18446744073709551616",
        "\u{2014} ",
        "a.example/1",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "AAAAAAA=",
        "tramite-leaf/v1",
        "tramite-key/v1",
        "time 1767225641",
        "tag ",
        "commit ",
        "tile/",
        "entries/",
        "000",
        "x001/",
        ".p/",
        "log ",
        "witness ",
        "group ",
        "quorum ",
        "any",
        "all",
        "none",
        "#",
        "[\"",
        "\",\"",
        "]",
        "{",
        "\0",
        "\r",
        "\t",
        "ñ",
        "+",
        "/",
        "==",
    ]);
    proptest::collection::vec(crumb, 0..24).prop_map(|crumbs| crumbs.concat().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_as_everything(&bytes);
    }

    #[test]
    fn arbitrary_texts_are_survived(text in "\\PC{0,200}") {
        read_as_everything(text.as_bytes());
    }

    #[test]
    fn texts_of_the_right_crumbs_are_survived(bytes in crumbs()) {
        read_as_everything(&bytes);
    }
}

#[test]
fn sound_files_cut_anywhere_or_doubled_are_survived() {
    for bytes in sound() {
        read_as_everything(&bytes);
        let step = bytes.len() / 500 + 1;
        for place in (0..bytes.len()).step_by(step) {
            read_as_everything(&bytes[..place]);
            read_as_everything(&bytes[place..]);
            for other in [b'\n', b'0', b' ', 0, 0xff] {
                let mut changed = bytes.clone();
                changed.insert(place, other);
                read_as_everything(&changed);
                changed.remove(place);
                changed[place] = other;
                read_as_everything(&changed);
            }
        }
        read_as_everything(&[&bytes[..], &bytes[..]].concat());
    }
}

#[test]
fn what_is_far_too_long_is_refused_before_it_is_looked_at() {
    let long = "a".repeat(2 << 20);
    for start in [
        "",
        "c2sp.org/tlog-proof@v1\nextra ",
        "old ",
        "tile/0/",
        "[\"",
        "log ",
    ] {
        read_as_everything(format!("{start}{long}\n").as_bytes());
    }
    assert!(Note::parse(long.as_bytes()).is_err());
}
