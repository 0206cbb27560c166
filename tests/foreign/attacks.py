#!/usr/bin/env python3
"""Writes dishonest copies of a log: attacks.py LOG KEY OUT.

Three by somebody without the log's key, who can only change files: edit, delete, reorder. Three by the
log's owner, who signs whatever he likes: truncate, fork, backdate. And `again`, the honest log written
by this program, so that a verifier that accepts it is known to refuse the others for what they say and
not for how they are written. KEY is the file that `chasqui log init` made.
"""

import base64
import hashlib
import pathlib
import re
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mirror import Mirror, leaf_hash, root_of

YEAR = 365 * 24 * 3600


def signed(key_file: str, entries: list[bytes]) -> str:
    """A checkpoint of these entries under the log's own key (C2SP signed-note, Ed25519)."""
    _, origin, seed = pathlib.Path(key_file).read_text().split()
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    hint = hashlib.sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
    root = root_of([leaf_hash(entry) for entry in entries])
    text = f"{origin}\n{len(entries)}\n{base64.b64encode(root).decode()}\n"
    signature = base64.b64encode(hint + key.sign(text.encode())).decode()
    return f"{text}\n\u2014 {origin} {signature}\n"


def earlier(entry: bytes) -> bytes:
    """The same leaf, as if it had been sealed a year before."""
    return re.sub(rb"\ntime (\d{10})\n", lambda m: b"\ntime %d\n" % (int(m[1]) - YEAR), entry)


def main(log: str, key: str, out: str):
    honest = Mirror(log)
    entries = honest.entries()
    theirs = (honest.folder / "checkpoint").read_text()
    edited = list(entries)
    edited[7] = edited[7].replace(b"\ncommit ", b"\ncommit A", 1)[: len(entries[7])]
    backdated = list(entries)
    backdated[: 100] = [earlier(entry) for entry in entries[:100]]
    forked = entries[:300] + [entries[301], entries[300]] + entries[302:]
    written = {
        "again": (entries, theirs),
        "edit": (edited, theirs),
        "delete": (entries[:20] + entries[21:] + entries[20:21], theirs),
        "reorder": (entries[:30] + [entries[31], entries[30]] + entries[32:], theirs),
        "truncate": (entries[:500], signed(key, entries[:500])),
        "fork": (forked, signed(key, forked)),
        "backdate": (backdated, signed(key, backdated)),
    }
    for name, (those, checkpoint) in written.items():
        assert name == "again" or those != entries, f"{name} changed nothing"
        Mirror(pathlib.Path(out) / name).write(those, checkpoint)
    print(" ".join(written))


if __name__ == "__main__":
    main(*sys.argv[1:])
