"""A copy of the log as an outsider keeps it: its files, read and written after C2SP tlog-tiles alone.

Shares no code with the project. Used by the attacks, which write such copies, and by the verifiers in
Python, which read them. `mirror.py ADDRESS FOLDER [SIZE]` copies a log that is served, once it has at
least so many entries.
"""

import base64
import hashlib
import pathlib
import sys
import threading
import time
import urllib.request

WIDTH = 256


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written there."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return node_hash(root_of(hashes[:split]), root_of(hashes[split:]))


def number(n: int) -> str:
    """`1234067` is `x001/x234/067`."""
    groups = [f"{n % 1000:03}"]
    while n >= 1000:
        n //= 1000
        groups.insert(0, f"x{n % 1000:03}")
    return "/".join(groups)


def path(kind, n: int, width: int) -> str:
    return f"tile/{kind}/{number(n)}" + ("" if width == WIDTH else f".p/{width}")


class Checkpoint:
    def __init__(self, text: str):
        self.text, _, self.signatures = text.partition("\n\n")
        self.origin, size, root = self.text.split("\n")[:3]
        self.size, self.root = int(size), base64.b64decode(root, validate=True)


class Mirror:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def checkpoint(self) -> Checkpoint:
        return Checkpoint((self.folder / "checkpoint").read_text())

    def file(self, kind, n: int, size: int) -> bytes:
        """The tile or bundle with this number in a tree of this size, or the wider one that is there."""
        width = min(WIDTH, size - n * WIDTH)
        for width in range(width, WIDTH + 1):
            try:
                return (self.folder / path(kind, n, width)).read_bytes()
            except FileNotFoundError:
                continue
        raise ValueError(f"{path(kind, n, width)} is missing")

    def entries(self) -> list[bytes]:
        size, found = self.checkpoint().size, []
        for n in range((size + WIDTH - 1) // WIDTH):
            bundle, at = self.file("entries", n, size), 0
            for _ in range(min(WIDTH, size - n * WIDTH)):
                length = int.from_bytes(bundle[at : at + 2], "big")
                found.append(bundle[at + 2 : at + 2 + length])
                if len(found[-1]) != length:
                    raise ValueError(f"entry {len(found) - 1} is cut off")
                at += 2 + length
        return found

    def write(self, entries: list[bytes], checkpoint: str):
        """Every file of the tree of these entries, and a checkpoint that may or may not fit it."""
        level, hashes = 0, [leaf_hash(entry) for entry in entries]
        for n in range(0, len(entries), WIDTH):
            some = entries[n : n + WIDTH]
            bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in some)
            self.put(path("entries", n // WIDTH, len(some)), bundle)
        while hashes:
            for n in range(0, len(hashes), WIDTH):
                some = hashes[n : n + WIDTH]
                self.put(path(level, n // WIDTH, len(some)), b"".join(some))
            full = len(hashes) // WIDTH
            hashes = [root_of(hashes[n * WIDTH : (n + 1) * WIDTH]) for n in range(full)]
            level += 1
        self.put("checkpoint", checkpoint.encode())

    def put(self, name: str, data: bytes):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def fetch(self, address: str, least: int):
        """Copies what is served: a checkpoint, and the files of its tree."""
        get = lambda name: urllib.request.urlopen(f"{address}/log/{name}", timeout=10).read()
        until = time.monotonic() + 60
        while Checkpoint((text := get("checkpoint")).decode()).size < least:
            if time.monotonic() > until:
                raise TimeoutError(f"the log has fewer than {least} entries after a minute")
            threading.Event().wait(0.1)
        width_of = lambda n, count: min(WIDTH, count - n * WIDTH)
        count, level = Checkpoint(text.decode()).size, 0
        for n in range((count + WIDTH - 1) // WIDTH):
            name = path("entries", n, width_of(n, count))
            self.put(name, get(name))
        while count:
            for n in range((count + WIDTH - 1) // WIDTH):
                name = path(level, n, width_of(n, count))
                self.put(name, get(name))
            count, level = count // WIDTH, level + 1
        self.put("checkpoint", text)


if __name__ == "__main__":
    Mirror(sys.argv[2]).fetch(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
