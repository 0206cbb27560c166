// Runs the program of the page /verificar as it was served, outside a browser: a sound receipt is accepted,
// and every one with a flipped bit refused.
//   node tests/oracles/verify_page.mjs PAGE.html KEY-LINE RECEIPT [all]
// With `all` every bit is flipped, otherwise one of each byte. Prints one line of JSON.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
const [page, key, file, how] = process.argv.slice(2);
const script = readFileSync(page, "utf8").split("<script>")[1].split("</script>")[0];
const verifyReceipt = new Function(`${script}\nreturn verifyReceipt;`)();
const sound = new Uint8Array(readFileSync(file));

const found = await verifyReceipt(sound, key);
const reasons = {};
let flips = 0;
for (let byte = 0; byte < sound.length; byte++) {
  for (const bit of how === "all" ? [0, 1, 2, 3, 4, 5, 6, 7] : [byte % 8]) {
    const flipped = sound.slice();
    flipped[byte] ^= 1 << bit;
    try {
      await verifyReceipt(flipped, key);
      throw new Error(`bit ${bit} of byte ${byte} does not matter`);
    } catch (error) {
      // Anything but a refusal is a fault of the page.
      if (error.reason === undefined) throw error;
      reasons[error.reason] = (reasons[error.reason] ?? 0) + 1;
      flips += 1;
    }
  }
}
// A key that is not the log's own: same name, other bytes; and a line that was cut.
for (const other of [key.slice(0, -1), key.replace(/\+.*/, ""), ""]) {
  const refused = await verifyReceipt(sound, other).then(() => null, (error) => error.reason);
  if (refused !== "key") throw new Error(`the key ${other} was accepted`);
}
console.log(JSON.stringify({ index: found.index, size: found.size, root: found.root, flips, reasons }));
