#!/usr/bin/env python3
"""pymerkle judges a log: pymerkle_verify.py LOG VKEY KEPT. Exit 0 it accepts, 1 it refuses.

It builds the tree itself from the entries that are served; `cryptography` checks the signature. KEPT is
what this auditor copied when the log was smaller.
"""

import base64
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymerkle import InmemoryTree, InvalidProof, verify_consistency, verify_inclusion

from mirror import Mirror


class Refused(Exception):
    pass


def open_note(checkpoint, vkey: str):
    name, hint, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    for line in checkpoint.signatures.splitlines():
        _, signer, signature = line.split(" ")
        signature = base64.b64decode(signature)
        if signer == name and signature[:4].hex() == hint:
            public = Ed25519PublicKey.from_public_bytes(key[1:])
            public.verify(signature[4:], checkpoint.text.encode() + b"\n")
            return
    raise Refused("nobody we know signed this")


def verify(log: str, vkey: str, kept: str) -> str:
    now, then = Mirror(log), Mirror(kept).checkpoint()
    checkpoint = now.checkpoint()
    open_note(checkpoint, vkey)
    if checkpoint.size < then.size:
        raise Refused(f"the log had {then.size} entries and has {checkpoint.size}")
    tree = InmemoryTree.init_from_entries(now.entries(), algorithm="sha256")
    if tree.get_root() != checkpoint.root:
        raise Refused("the entries are not those of the signed root")
    if tree.get_root(then.size) != then.root:
        raise Refused("the entries do not begin with those of before")
    verify_consistency(then.root, checkpoint.root, tree.prove_consistency(then.size))
    for index in range(1, checkpoint.size + 1):
        verify_inclusion(tree.get_leaf(index), checkpoint.root, tree.prove_inclusion(index))
    return f"pymerkle: {checkpoint.size} entries, consistent with {then.size}"


if __name__ == "__main__":
    try:
        print(verify(*sys.argv[1:]))
    except (Refused, InvalidProof, InvalidSignature) as refusal:
        print(f"pymerkle refuses: {type(refusal).__name__} {refusal}")
        sys.exit(1)
    except Exception as error:  # Broken is not refused.
        print(f"pymerkle_verify: {type(error).__name__} {error}", file=sys.stderr)
        sys.exit(3)
