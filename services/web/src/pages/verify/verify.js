// Checks a receipt (.tlog-proof) with nothing but the browser's own cryptography: docs/log-format.md.
// It asks no server anything; the page's policy would not let it. `verifyReceipt` is also run by node in
// the tests, so nothing before the last lines knows of a page.
"use strict";

class Refused extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}
const refuse = (reason, message) => {
  throw new Refused(reason, message);
};

const utf8 = new TextEncoder();
const concat = (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));

const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
// One spelling only: what is decoded must be encoded to the same text again.
const fromBase64 = (text, length) => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  let binary;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  const bytes = Uint8Array.from(binary, (symbol) => symbol.charCodeAt(0));
  let again = "";
  for (const byte of bytes) again += String.fromCharCode(byte);
  if (btoa(again) !== text || (length !== undefined && bytes.length !== length)) return null;
  return bytes;
};
const fromBase64url = (text, length) => {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const padding = "=".repeat((4 - (text.length % 4)) % 4);
  return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/") + padding, length);
};
const decimal = (text) => (/^(0|[1-9][0-9]{0,18})$/.test(text) ? BigInt(text) : null);

// The first 80 bits in Crockford's base32, as on paper.
const symbols = (hash) => {
  let bits = 0n;
  for (const byte of hash.slice(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let place = 75n; place >= 0n; place -= 5n) {
    text += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Number((bits >> place) & 31n)];
  }
  return text.match(/.{4}/g).join("-");
};

async function parseKey(text) {
  const [name, id, ...rest] = text.trim().split("+");
  const bytes = fromBase64(rest.join("+"), 33);
  if (!name || /\s/u.test(name) || bytes === null) {
    refuse("key", "La clave no está completa: es una sola línea, nombre+huella+clave.");
  }
  if (bytes[0] !== 1) refuse("key", "No es la clave de un registro.");
  const hash = await sha256(utf8.encode(`${name}\n`), bytes);
  const expected = [...hash.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (id !== expected) refuse("key", "La clave tiene un error: su huella no corresponde.");
  return { name, id: hash.slice(0, 4), point: bytes.slice(1) };
}

function parseProof(text) {
  const malformed = () => refuse("format", "El archivo no es un recibo, o no está completo.");
  const lines = text.split("\n");
  const after = (prefix) => {
    const line = lines.shift() ?? "";
    if (!line.startsWith(prefix)) malformed();
    return line.slice(prefix.length);
  };
  if (after("c2sp.org/tlog-proof@v1") !== "") malformed();
  const extra = fromBase64(after("extra "));
  const index = decimal(after("index "));
  if (extra === null || index === null) malformed();
  const path = [];
  for (let line = lines.shift(); line !== ""; line = lines.shift()) {
    const hash = line === undefined ? null : fromBase64(line, 32);
    if (hash === null || path.length >= 63) malformed();
    path.push(hash);
  }
  return { extra, index, path, note: lines.join("\n") };
}

function parseNote(note) {
  const malformed = () => refuse("format", "El registro firmado no tiene la forma debida.");
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(note) || !note.endsWith("\n")) malformed();
  const end = note.lastIndexOf("\n\n") + 1;
  if (end === 0) malformed();
  const text = note.slice(0, end);
  const signatures = note.slice(end + 1, -1).split("\n").map((line) => {
    const [dash, name, base64, ...rest] = line.split(" ");
    const bytes = fromBase64(base64 ?? "");
    if (dash !== "\u2014" || !name || rest.length > 0 || bytes === null || bytes.length < 5) {
      malformed();
    }
    return { name, id: bytes.slice(0, 4), bytes: bytes.slice(4) };
  });
  const [origin, size, root, ...more] = text.slice(0, -1).split("\n");
  const tree = { text, signatures, origin, size: decimal(size ?? ""), root: fromBase64(root ?? "", 32) };
  if (!origin || tree.size === null || tree.root === null || more.includes("")) malformed();
  if (more.length > 8 || signatures.length > 64) malformed();
  return tree;
}

async function checkSignature(note, key) {
  if (note.origin !== key.name) {
    refuse("signature", `El recibo es del registro ${note.origin}, y la clave de ${key.name}.`);
  }
  const own = note.signatures.filter((one) => one.name === key.name && same(one.id, key.id));
  if (own.length === 0) refuse("signature", "Nadie con esa clave firmó el registro de este recibo.");
  let point;
  try {
    point = await crypto.subtle.importKey("raw", key.point, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    refuse(
      "unsupported",
      "Este navegador no sabe comprobar firmas Ed25519. Use uno más nuevo, o el programa: chasqui verify.",
    );
  }
  for (const one of own) {
    const message = utf8.encode(note.text);
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, point, one.bytes, message))) {
      refuse("signature", "La firma es falsa, o el archivo fue cambiado.");
    }
  }
}

// RFC 8785 for what receipts may hold: no fractions, no large numbers, names in order.
function canonical(value) {
  if (typeof value === "number" && !Number.isSafeInteger(value)) return null;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

function parseExtra(bytes) {
  const malformed = () => refuse("format", "Los datos del recibo no tienen la forma debida.");
  let extra;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    extra = JSON.parse(text);
    if (canonical(extra) !== text) malformed();
  } catch {
    malformed();
  }
  const { open, sd, tag, time, v, ...more } = extra;
  const texts = (list) =>
    Array.isArray(list) && list.length <= 128 && list.every((one) => typeof one === "string");
  if (v !== 1 || Object.keys(more).length > 0 || !texts(open) || !texts(sd)) malformed();
  if (tag === undefined && time === undefined) {
    refuse("format", "El recibo es de una versión anterior y no lleva su entrada. Use el programa: chasqui verify.");
  }
  const digests = sd.map((digest) => fromBase64url(digest, 32));
  if (digests.length === 0 || digests.includes(null)) malformed();
  const hex = digests.map((digest) => [...digest].map((b) => b.toString(16).padStart(2, "0")).join(""));
  if (hex.some((digest, i) => i > 0 && hex[i - 1] >= digest)) malformed();
  if (!Number.isInteger(time) || time < 1_000_000_000 || time > 9_999_999_999) malformed();
  if (typeof tag !== "string" || fromBase64(tag, 16) === null) malformed();
  return { open, digests, hex, tag, time };
}

async function openFields(extra) {
  const fields = [];
  for (const text of extra.open) {
    const malformed = () => refuse("fields", "Un dato del recibo no tiene la forma debida.");
    let parts;
    try {
      parts = JSON.parse(text);
    } catch {
      malformed();
    }
    if (!Array.isArray(parts) || parts.length !== 3 || canonical(parts) !== text) malformed();
    const [salt, field, value] = parts;
    if (typeof salt !== "string" || fromBase64url(salt, 16) === null) malformed();
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(field)) malformed();
    const digest = [...(await sha256(utf8.encode(text)))];
    const hex = digest.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (!extra.hex.includes(hex)) {
      refuse("fields", `El dato «${field}» no es el que se selló: fue cambiado.`);
    }
    if (fields.some(([other]) => other === field)) refuse("fields", `El dato «${field}» está dos veces.`);
    fields.push([field, value]);
  }
  return fields;
}

// RFC 9162, section 2.1.3.2.
async function climb(leaf, { index, path }, size) {
  const elsewhere = () => refuse("path", "El camino de la entrada al registro no tiene el largo debido.");
  if (index >= size) elsewhere();
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const sibling of path) {
    if (last === 0n) elsewhere();
    if ((node & 1n) === 1n || node === last) {
      hash = await sha256([1], sibling, hash);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = await sha256([1], hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  if (last !== 0n) elsewhere();
  return hash;
}

/** Checks a receipt's bytes with the line of a key; tells what was checked, or throws what is wrong. */
async function verifyReceipt(bytes, keyLine) {
  if (!globalThis.crypto?.subtle) {
    refuse(
      "unsupported",
      "Este navegador no ofrece criptografía en esta dirección (hace falta https o un archivo guardado). Use el programa: chasqui verify.",
    );
  }
  if (bytes.length > 1_048_576) refuse("format", "El archivo es demasiado largo para un recibo.");
  const key = await parseKey(keyLine);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    refuse("format", "El archivo no es un recibo, o no está completo.");
  }
  const proof = parseProof(text);
  const note = parseNote(proof.note);
  const extra = parseExtra(proof.extra);
  const fields = await openFields(extra);
  const commit = await sha256(utf8.encode("tramite-commit/v1\n"), ...extra.digests);
  const entry = `tramite-leaf/v1\ntime ${extra.time}\ntag ${extra.tag}\ncommit ${toBase64(commit)}\n`;
  const leaf = await sha256([0], utf8.encode(entry));
  const root = await climb(leaf, proof, note.size);
  if (!same(root, note.root)) {
    refuse("path", "La entrada no está en el registro firmado: el recibo fue cambiado.");
  }
  await checkSignature(note, key);
  return {
    origin: note.origin,
    size: note.size.toString(),
    index: proof.index.toString(),
    leaf: symbols(leaf),
    root: symbols(note.root),
    sealedAt: new Date(extra.time * 1000).toISOString(),
    hashes: 2 + fields.length + proof.path.length,
    hidden: extra.digests.length - fields.length,
    witnesses: note.signatures.length - 1,
    fields,
  };
}

if (typeof document !== "undefined") {
  const element = (id) => document.getElementById(id);
  const line = (list, name, value) => {
    const [term, text] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    text.textContent = value;
    list.append(term, text);
  };
  const show = (kind, title, text) => {
    element("resultado").className = `now ${kind}`;
    element("titulo").textContent = title;
    element("detalle").textContent = text;
    element("resultado").hidden = false;
  };
  const tell = (found) => {
    const count = `Se rehicieron ${found.hashes} huellas y se comprobó una firma.`;
    show("good", "El recibo es auténtico.", `${count} La entrada ${found.index} está en el registro firmado de ${found.size} entradas.`);
    const list = element("datos");
    line(list, "Registro", found.origin);
    line(list, "Sellado", found.sealedAt);
    line(list, "Huella de la entrada", found.leaf);
    line(list, "Huella del registro", found.root);
    line(list, "Otras firmas", found.witnesses === 0 ? "ninguna" : `${found.witnesses}, que esta página no comprueba`);
    for (const [name, value] of found.fields) {
      line(list, name, typeof value === "string" ? value : JSON.stringify(value));
    }
    line(list, "Datos que no muestra", String(found.hidden));
  };
  element("formulario").addEventListener("submit", async (event) => {
    event.preventDefault();
    element("datos").replaceChildren();
    const file = element("archivo").files[0];
    const typed = element("recibo").value;
    try {
      const bytes = file ? new Uint8Array(await file.arrayBuffer()) : utf8.encode(typed);
      if (bytes.length === 0) refuse("format", "Elija el archivo del recibo, o pegue su texto.");
      // What is pasted may have lost the newline at its end; a file may not.
      const whole = file || typed.endsWith("\n") ? bytes : concat(bytes, [10]);
      tell(await verifyReceipt(whole, element("clave").value));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const unknown = error.reason === "unsupported";
      show(unknown ? "warn" : "bad", unknown ? "No se pudo comprobar." : "El recibo NO se sostiene.", error.message);
    }
  });
  element("formulario").hidden = false;
}
