//! The derivation, from keys and fields to leaves and their root, as an independent program computed
//! it: `tests/oracles/tlog_vectors.py`, which shares no line with this crate.

use chasqui_tlog::leaf::{Leaf, LeafTime};
use chasqui_tlog::merkle::{Edge, Hash, leaf_hash};
use chasqui_tlog::sealing::{Extra, Facts, SaltKey, StreamKey, StreamName, TagKey, seal};
use serde_json::{Value, json};

use crate::support::text;

fn vectors() -> Value {
    serde_json::from_str(&text("derivation.json")).unwrap()
}

fn unhex<const N: usize>(value: &Value) -> [u8; N] {
    let text = value.as_str().unwrap();
    assert_eq!(text.len(), 2 * N);
    std::array::from_fn(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).unwrap())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[test]
fn every_event_is_sealed_as_the_oracle_sealed_it() {
    let vectors = vectors();
    let mut events = 0;
    for stream in list(&vectors["streams"]) {
        let key = StreamKey::from_bytes(unhex(&stream["stream_key"]));
        let party = SaltKey::from_bytes(unhex(&stream["party_key"]));
        let name: StreamName = stream["stream"].as_str().unwrap().parse().unwrap();
        assert_eq!(hex(key.tag_key().expose()), stream["k_tag"]);
        let given = TagKey::from_bytes(unhex(&stream["k_tag"]));
        let mut prev: Option<Hash> = None;
        for (event, seq) in list(&stream["events"]).iter().zip(1..) {
            let field = |name: &str| event["facts"][name].as_str().unwrap();
            let facts = Facts {
                stream: &name,
                seq,
                kind: field("type"),
                entity: field("entity"),
                recorded_at: field("recorded_at"),
                recorded_day: field("recorded_day"),
                occurred_on: field("occurred_on"),
                schema: field("schema"),
                prev,
            };
            let (public, internal) = (key.public_salts(), key.internal_salts());
            let extras: Vec<Extra<'_>> = list(&event["extras"])
                .iter()
                .map(|extra| Extra {
                    field: extra["field"].as_str().unwrap().parse().unwrap(),
                    value: extra["value"].clone(),
                    key: match extra["key"].as_str().unwrap() {
                        "K_pub" => &public,
                        "K_int" => &internal,
                        "party" => &party,
                        other => panic!("{other}"),
                    },
                })
                .collect();
            let time = LeafTime::new(event["time"].as_u64().unwrap()).unwrap();
            let sealed = seal(time, &key, &facts, &extras).unwrap();
            let open: Vec<&str> = sealed.disclosures.iter().map(|one| one.as_str()).collect();
            assert_eq!(json!(open), event["disclosures"]);
            let digests = sealed.commitment.digests().iter();
            let digests: Vec<String> = digests.map(|digest| digest.to_string()).collect();
            assert_eq!(json!(digests), event["digests"]);
            assert_eq!(sealed.leaf.to_string(), event["leaf"].as_str().unwrap());
            assert_eq!(
                sealed.leaf.hash().to_string(),
                event["leaf_hash"].as_str().unwrap()
            );
            assert_eq!(given.tag(seq), sealed.leaf.tag);
            prev = Some(sealed.leaf.hash());
            events += 1;
        }
        let next = list(&stream["events"]).len() as u64 + 1;
        assert_eq!(
            given.tag(next).to_string(),
            stream["absent_tag"].as_str().unwrap()
        );
    }
    assert_eq!(events, 8);
}

#[test]
fn the_logs_own_leaves_are_read_as_the_oracle_wrote_them() {
    let vectors = vectors();
    let leaves = list(&vectors["public_leaves"]);
    assert_eq!(leaves.len(), 6);
    for leaf in leaves {
        let text = leaf["leaf"].as_str().unwrap();
        let read = Leaf::parse(text.as_bytes()).unwrap();
        assert_eq!(read.to_string(), text);
        assert_eq!(read.hash().to_string(), leaf["leaf_hash"].as_str().unwrap());
    }
}

#[test]
fn the_whole_log_has_the_oracles_roots_and_tile() {
    let vectors = vectors();
    let events = list(&vectors["streams"])
        .iter()
        .flat_map(|stream| list(&stream["events"]));
    let all: Vec<&Value> = events.chain(list(&vectors["public_leaves"])).collect();
    let mut edge = Edge::new();
    let mut tile = Vec::new();
    for index in list(&vectors["log"]["order"]) {
        let leaf = all[index.as_u64().unwrap() as usize]["leaf"]
            .as_str()
            .unwrap();
        edge.append(leaf_hash(leaf.as_bytes())).unwrap();
        tile.extend_from_slice(leaf_hash(leaf.as_bytes()).as_bytes());
        let said = &vectors["log"]["roots"][edge.size() as usize - 1];
        assert_eq!(edge.root().to_string(), said.as_str().unwrap());
    }
    assert_eq!(edge.size(), 14);
    assert_eq!(hex(&tile), vectors["log"]["tile"].as_str().unwrap());
}
