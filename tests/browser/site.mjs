// What a citizen does, in a real browser. Prints what was checked, and fails at the first thing that is
// not as it should be. `tests/browser/run` starts it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [url, codesFile] = process.argv.slice(2);
const codes = readFileSync(codesFile, "utf8").trim().split("\n");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const shots = process.env.SCREENSHOTS;
mkdirSync(shots, { recursive: true });

const count = { pages: 0, axe: 0, journeys: 0, zoom: 0, dumps: 0 };
const mistyped = codes[0].slice(0, -1) + (codes[0].endsWith("0") ? "1" : "0");
const addresses = [
  "/",
  "/tramites",
  "/tramites/GADDMQ-IL-LUAE-02",
  "/privacidad",
  "/accesibilidad",
  "/calculadora",
  "/nada",
  "/t/404AM-T154V-M4JS4",
  `/t/${mistyped}`,
  ...codes.map((code) => `/t/${code}`),
];
const languages = { "": "es-EC", "/en": "en", "/qu": "qu-EC" };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 900 };
const open = (options) => browser.newContext({ locale: "es-EC", ...options });
const isWide = (page) =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

async function everyPageIsAccessible() {
  for (const [size, viewport] of Object.entries({ phone, desktop })) {
    for (const colorScheme of ["light", "dark"]) {
      // axe is a script, and the pages allow none: the policy is set aside for it alone.
      const context = await open({ viewport, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      for (const [prefix, tag] of Object.entries(languages)) {
        for (const address of addresses) {
          await page.goto(url + prefix + address);
          count.pages += 1;
          const lang = await page.getAttribute("html", "lang");
          const expected = address === "/calculadora" ? "es-EC" : tag;
          assert.equal(lang, expected, prefix + address);
          for (const details of await page.$$("details")) {
            await details.evaluate((element) => (element.open = true));
          }
          await page.evaluate(axe);
          const { violations } = await page.evaluate("axe.run()");
          const told = violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
          assert.deepEqual(told, [], `${prefix}${address}, ${size}, ${colorScheme}`);
          assert.ok(!(await isWide(page)), `${prefix}${address} scrolls sideways, ${size}`);
          count.axe += 1;
          if (prefix !== "/qu") {
            const name = `${size}-${colorScheme}${prefix}${address}`.replaceAll("/", "_");
            await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
          }
        }
      }
      await context.close();
    }
  }
}

async function aCitizenFindsTheProcedure(javaScriptEnabled) {
  const context = await open({ viewport: phone, javaScriptEnabled });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  // The form forgives small letters, spaces, and O for 0.
  const typed = codes[1].toLowerCase().replaceAll("-", " ").replaceAll("0", "o");
  await page.goto(`${url}/`);
  await page.getByLabel("Código del trámite").fill(typed);
  await page.getByRole("button", { name: "Consultar" }).click();
  await page.waitForURL(`${url}/t/${codes[1]}`);
  assert.match(await page.title(), new RegExp(codes[1]));
  // A mistake is shown where it is, and what was typed can be mended.
  await page.goto(`${url}/t?codigo=${mistyped}`);
  assert.equal(await page.getByLabel("Código del trámite").inputValue(), mistyped);
  assert.equal(await page.locator("#codigo").getAttribute("aria-invalid"), "true");
  // The language changes and the page stays.
  await page.goto(`${url}/t/${codes[1]}`);
  await page.getByRole("link", { name: "English" }).click();
  await page.waitForURL(`${url}/en/t/${codes[1]}`);
  await page.getByRole("heading", { name: "What has happened" }).waitFor();
  assert.ok(asked.every((one) => one.startsWith(url)), "somebody else was asked");
  assert.deepEqual(await context.cookies(), [], "there is a cookie");
  await context.close();
  count.journeys += 1;
}

async function theKeyboardIsEnough() {
  const context = await open({ viewport: desktop });
  const page = await context.newPage();
  await page.goto(`${url}/`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate("document.activeElement.className"), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate("document.activeElement.id"), "codigo");
  await page.keyboard.type(codes[2]);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${url}/t/${codes[2]}`);
  await context.close();
  count.journeys += 1;
}

async function fourfoldZoomNeedsNoSidewaysScroll() {
  // A window of 1280 pixels at 400 % is as wide as one of 320 (WCAG 2.2, 1.4.10).
  const context = await open({ viewport: { width: 320, height: 256 } });
  const page = await context.newPage();
  for (const address of addresses) {
    await page.goto(url + address);
    assert.ok(!(await isWide(page)), `${address} scrolls sideways at 400 %`);
    count.zoom += 1;
  }
  await context.close();
}

function aTextBrowserReadsInOrder() {
  const text = execFileSync("w3m", ["-dump", `${url}/es/t/${codes[0]}`], { encoding: "utf8" });
  const order = [
    `Trámite ${codes[0]}`,
    "Qué debe hacer usted",
    "Quién lo tiene",
    "Qué ha pasado",
    "Recibir avisos",
    "Comprobar",
  ];
  const places = order.map((words) => text.indexOf(words));
  assert.ok(places.every((place) => place >= 0), `not all of ${order} is in ${text}`);
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
  count.dumps += 1;
}

async function theFirstAnswerIsTheWholePage() {
  for (const code of codes) {
    const path = `${url}/t/${code}`;
    const packed = execFileSync("curl", ["-s", "-H", "Accept-Encoding: gzip", path]);
    assert.ok(packed.length <= 14 * 1024, `${path}: ${packed.length} bytes`);
    const context = await open({ viewport: phone });
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(path, { waitUntil: "networkidle" });
    const further = asked.slice(1).filter((one) => !one.startsWith("data:"));
    assert.deepEqual(further, [], "the page asks for more");
    await context.close();
  }
}

try {
  await aCitizenFindsTheProcedure(true);
  await aCitizenFindsTheProcedure(false);
  await theKeyboardIsEnough();
  await fourfoldZoomNeedsNoSidewaysScroll();
  aTextBrowserReadsInOrder();
  await theFirstAnswerIsTheWholePage();
  await everyPageIsAccessible();
} finally {
  await browser.close();
}
console.log(JSON.stringify(count));
