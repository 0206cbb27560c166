// @sigstore/verify judges a log: sigstore_verify.js LOG VKEY KEPT. Exit 0 it accepts, 1 it refuses.
//
// It plays whoever kept the entries of KEPT (as a receipt's holder keeps theirs): each must be in the tree
// that is signed now, at its place, by the path that is served now.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const crypto = require("node:crypto");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { VerificationError } = require("@sigstore/verify/dist/error.js");

const WIDTH = 256;
const [log, vkey, kept] = process.argv.slice(2);
const hash = (...parts) => crypto.createHash("sha256").update(Buffer.concat(parts)).digest();
const node = (left, right) => hash(Buffer.from([1]), left, right);

function name(n) {
  const groups = [String(n % 1000).padStart(3, "0")];
  while (n >= 1000) groups.unshift("x" + String((n = Math.floor(n / 1000)) % 1000).padStart(3, "0"));
  return groups.join("/");
}

function file(folder, kind, n, size) {
  for (let width = Math.min(WIDTH, size - n * WIDTH); width <= WIDTH; width++) {
    const one = path.join(folder, "tile", kind, name(n) + (width === WIDTH ? "" : `.p/${width}`));
    if (fs.existsSync(one)) return fs.readFileSync(one);
  }
  throw new Error(`tile ${kind}/${n} is missing in ${folder}`);
}

function sizeOf(folder) {
  return Number(fs.readFileSync(path.join(folder, "checkpoint"), "utf8").split("\n")[1]);
}

function entries(folder, size) {
  const found = [];
  for (let n = 0; n * WIDTH < size; n++) {
    const bundle = file(folder, "entries", n, size);
    for (let at = 0; at < bundle.length && found.length < size; ) {
      const length = bundle.readUInt16BE(at);
      found.push(bundle.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return found;
}

function rootOf(hashes) {
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return node(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

// RFC 6962, section 2.1.1, over the hashes that are served.
function pathOf(index, hashes) {
  if (hashes.length === 1) return [];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return index < split
    ? [...pathOf(index, hashes.slice(0, split)), rootOf(hashes.slice(split))]
    : [...pathOf(index - split, hashes.slice(split)), rootOf(hashes.slice(0, split))];
}

function main() {
  const [origin, hint, key] = [vkey.split("+")[0], vkey.split("+")[1], vkey.split("+").slice(2).join("+")];
  const spki = Buffer.concat([
    Buffer.from("302a300506032b6570032100", "hex"),
    Buffer.from(key, "base64").subarray(1),
  ]);
  const tlog = {
    logID: Buffer.from(hint, "hex"),
    baseURL: origin,
    publicKey: crypto.createPublicKey({ key: spki, format: "der", type: "spki" }),
  };
  const size = sizeOf(log);
  const served = [];
  for (let n = 0; n * WIDTH < size; n++) {
    const tile = file(log, "0", n, size);
    for (let at = 0; at < tile.length && served.length < size; at += 32) served.push(tile.subarray(at, at + 32));
  }
  const envelope = fs.readFileSync(path.join(log, "checkpoint"), "utf8");
  const mine = entries(kept, sizeOf(kept));
  mine.forEach((entry, index) => {
    const hashes = index < served.length ? pathOf(index, served) : [];
    const proof = { logIndex: String(index), hashes, checkpoint: { envelope } };
    const checkpoint = verifyCheckpoint({ inclusionProof: proof }, [tlog]);
    if (checkpoint.origin !== origin) throw new VerificationError({ code: "ORIGIN", message: "another log" });
    verifyMerkleInclusion({ inclusionProof: proof, canonicalizedBody: entry }, checkpoint);
  });
  if (mine.length === 0) throw new Error("nothing to check");
  console.log(`@sigstore/verify: ${mine.length} kept entries are in the tree of ${size}`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof VerificationError)) {
    console.error(`sigstore_verify: ${error.stack}`);
    process.exit(3);
  }
  console.log(`@sigstore/verify refuses: ${error.message}`);
  process.exit(1);
}
