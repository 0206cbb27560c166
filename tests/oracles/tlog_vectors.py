#!/usr/bin/env python3
"""Vectors of the log's derivation, computed from the text of the format and nothing else.

Independent of the Rust crate on purpose: only the standard library, no shared code, the plainest
way to write each rule. Run it to renew `tests/vectors/tlog/derivation.json`; the crate's tests
(`domain/tlog/tests/it/derivation.rs`) must reproduce that file byte for byte.

    python3 tests/oracles/tlog_vectors.py          # writes the file
    python3 tests/oracles/tlog_vectors.py --check  # fails if the file is another one

The format: `docs/log-format.md`.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "tlog" / "derivation.json"


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def hkdf(key: bytes, info: str, length: int) -> bytes:
    """RFC 5869 with SHA-256 and no salt: extract, then expand."""
    prk = hmac.new(b"\0" * 32, key, hashlib.sha256).digest()
    out, block, n = b"", b"", 1
    while len(out) < length:
        block = hmac.new(prk, block + info.encode() + bytes([n]), hashlib.sha256).digest()
        out, n = out + block, n + 1
    return out[:length]


def canonical(value) -> str:
    """RFC 8785 for what is allowed here: no floats; members sorted by UTF-16 code units."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(n) + ":" + canonical(value[n]) for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    assert not isinstance(value, float)
    # Escapes as ECMAScript does: \b \t \n \f \r, other controls as \u00xx, all else as it is.
    return json.dumps(value, ensure_ascii=False)


def leaf_hash(entry: str) -> bytes:
    return sha256(b"\0" + entry.encode())


def root(hashes: list) -> bytes:
    """MTH of RFC 6962, section 2.1."""
    if not hashes:
        return sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha256(b"\1" + root(hashes[:k]) + root(hashes[k:]))


def tag(k_tag: bytes, seq: int) -> str:
    mac = hmac.new(k_tag, b"tag/v1" + seq.to_bytes(8, "big"), hashlib.sha256)
    return b64(mac.digest()[:16])


def seal(stream, keys, seq, prev, event):
    facts = event["facts"]
    fields = [
        ("stream", stream, "K_pub"),
        ("seq", seq, "K_pub"),
        ("type", facts["type"], "K_pub"),
        ("entity", facts["entity"], "K_pub"),
        ("recorded_at", facts["recorded_at"], "K_pub"),
        ("recorded_day", facts["recorded_day"], "K_pub"),
        ("occurred_on", facts["occurred_on"], "K_pub"),
        ("schema", facts["schema"], "K_pub"),
        ("prev", prev, "K_pub"),
    ] + [(extra["field"], extra["value"], extra["key"]) for extra in event["extras"]]
    disclosures = []
    for field, value, key in fields:
        salt = hkdf(keys[key], f"salt/v1/{stream}/{seq}/{field}", 16)
        disclosures.append(f'["{b64url(salt)}","{field}",{canonical(value)}]')
    digests = sorted(sha256(d.encode()) for d in disclosures)
    commit = sha256(b"tramite-commit/v1\n" + b"".join(digests))
    leaf = (
        "tramite-leaf/v1\n"
        f"time {event['time']}\n"
        f"tag {tag(keys['K_tag'], seq)}\n"
        f"commit {b64(commit)}\n"
    )
    assert len(leaf) == 113
    return event | {
        "disclosures": disclosures,
        "digests": [b64url(d) for d in digests],
        "leaf": leaf,
        "leaf_hash": b64(leaf_hash(leaf)),
    }


def event(time, kind, entity, at, day, occurred, schema, *extras):
    facts = {
        "type": kind,
        "entity": entity,
        "recorded_at": at,
        "recorded_day": day,
        "occurred_on": occurred,
        "schema": schema,
    }
    extras = [{"field": f, "value": v, "key": k} for f, v, k in extras]
    return {"time": time, "facts": facts, "extras": extras}


STREAMS = [
    ("procedure/0199a0c0-0000-7000-8000-000000000001", b"\x01" * 32, b"\x11" * 32, [
        event(1767225641, "Filed", "AZEE", "2026-01-01T00:00:41Z", "2025-12-31", "2025-12-31", "1.0",
              ("applicant", "Se\u00f1ora \u00d1usta Quishpe", "party"),
              ("identity", "1710034065", "party"),
              ("channel", "window", "K_pub")),
        event(1767312000, "Admitted", "AZEE", "2026-01-01T23:59:59Z", "2026-01-01", "2025-12-30", "1.0",
              ("officer", {"unit": "AZEE", "name": "\u20ac \U0001f600 \ufb33"}, "K_int")),
        event(1767398400, "Resolved", "AZEE-2", "2026-01-02T12:00:00Z", "2026-01-02", "2026-01-02", "2.0"),
    ]),
    # Keys, names and values that are easily got wrong: all bits, escapes, order by UTF-16, edges.
    ("procedure/a:b_c.d/1", bytes(range(32)), bytes(range(255, 223, -1)), [
        event(1767225642, "Filed", "\u00d1 \"x\" \\", "2026-01-01T00:00:42Z", "2025-12-31", "2024-02-29", "1",
              ("text", "\b\t\n\f\r\u0001\u001f\u007f\u2028/<\u00fc", "party"),
              ("numbers", [0, -1, 9007199254740991, -9007199254740991], "K_pub"),
              ("nested", {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7,
                          "": [], "z": {}, "y": None, "x": [True, False]}, "K_int"),
              ("amount", "12.50", "K_pub")),
        event(1767398400, "Corrected", "AZEE", "2026-01-02T12:00:00Z", "2026-01-02", "2026-01-01", "1",
              ("empty", "", "party")),
    ]),
    ("unit/AZEE", b"\xff" * 32, b"\x00" * 32, [
        event(1767225640, "Opened", "AZEE", "2026-01-01T00:00:40Z", "2025-12-31", "2025-12-31", "1.0"),
        event(1767398401, "Renamed", "AZEE", "2026-01-02T12:00:01Z", "2026-01-02", "2026-01-02", "1.0"),
    ]),
    ("log", b"\x80" + b"\x00" * 31, b"\x22" * 32, [
        event(1767225640, "Opened", "MDMQ", "2026-01-01T00:00:40Z", "2025-12-31", "2025-12-31", "1.0"),
    ]),
]


def vkey(name: str, kind: int, public: bytes) -> str:
    key_id = sha256(name.encode() + b"\n" + bytes([kind]) + public)[:4]
    return f"{name}+{key_id.hex()}+{b64(bytes([kind]) + public)}"


# RFC 8032, section 7.1: the public keys of tests 1 and 2.
PUBLIC = [
    bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
    bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
]

PUBLIC_LEAVES = [
    "tramite-dataset/v1\ntime 1767398402\nname procedures-2026-01.csv\nsize 8\n"
    f"sha256 {sha256(b'a,b' + bytes([10])).hex()}\n",
    "tramite-catalog/v1\ntime 1767398402\nname deadlines\nversion 2026.1\n"
    f"sha256 {sha256(b'[]').hex()}\n",
    "tramite-key/v1\ntime 1767398403\nchange added\nfrom 1775000000\n"
    f"vkey {vkey('tramites.example/log1', 1, PUBLIC[0])}\n",
    "tramite-key/v1\ntime 1767398403\nchange retired\nfrom 1783000000\n"
    f"vkey {vkey('testigo.example/w1', 4, PUBLIC[1])}\n",
    f"tramite-shred/v1\ntime 1767398404\nid {b64(bytes(range(16)))}\ncount 3\n",
    "tramite-incident/v1\ntime 1767398405\nkind restored-from-backup\norigin tramites.example/log1\n"
    f"size 5\nroot {b64(sha256(b'root'))}\nreport {sha256(b'report').hex()}\n",
]


def main() -> int:
    streams = []
    for stream, stream_key, party_key, events in STREAMS:
        derive = lambda purpose: hkdf(stream_key, f"tramite-stream/v1/{purpose}", 32)
        keys = {"K_tag": derive("tag"), "K_pub": derive("pub"), "K_int": derive("int"), "party": party_key}
        sealed, prev = [], None
        for seq, one in enumerate(events, 1):
            sealed.append(seal(stream, keys, seq, prev, one))
            prev = sealed[-1]["leaf_hash"]
        streams.append({
            "stream": stream,
            "stream_key": stream_key.hex(),
            "party_key": party_key.hex(),
            "k_tag": keys["K_tag"].hex(),
            "k_pub": keys["K_pub"].hex(),
            "k_int": keys["K_int"].hex(),
            "events": sealed,
            "absent_tag": tag(keys["K_tag"], len(events) + 1),
        })
    public = [{"leaf": leaf, "leaf_hash": b64(leaf_hash(leaf))} for leaf in PUBLIC_LEAVES]
    every = [one for stream in streams for one in stream["events"]] + public
    times = [int(one["leaf"].split("\n")[1].split(" ")[1]) for one in every]
    order = sorted(range(len(every)), key=lambda n: (times[n], n))
    hashes = [leaf_hash(every[n]["leaf"]) for n in order]
    vectors = {
        "made_by": "tests/oracles/tlog_vectors.py",
        "streams": streams,
        "public_leaves": public,
        "log": {
            "order": order,
            "roots": [b64(root(hashes[:n])) for n in range(1, len(hashes) + 1)],
            "tile": b"".join(hashes).hex(),
        },
    }
    text = json.dumps(vectors, indent=1, ensure_ascii=True) + "\n"
    if "--check" in sys.argv:
        return 0 if OUT.read_text() == text else 1
    OUT.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
