// A built site as its readers have it: every switch without a script, and the reader's place kept; where the entry page leads.
//
//   node tests/browser/reading.mjs PUBLIC [BASE]     BASE is the base path that the site was built for, `/` or `/brief/`
//
// Needs Chromium (CHROME, or Debian's) and playwright-core in the folder of the check tools. Ends with 1 where something falls short.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import fs from "node:fs";
import path from "node:path";

const [dir, base = "/"] = process.argv.slice(2);
const tools = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "check-site-tools/");
const { chromium } = createRequire(tools)("playwright-core");
const faults = [];
let held = 0;
const holds = (is, text) => (is ? held++ : faults.push(text));

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
const server = createServer((request, response) => {
  let file = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (!file.startsWith(base)) return response.writeHead(404).end();
  file = path.join(dir, file.slice(base.length));
  if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
  if (!fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[path.extname(file).slice(1)] ?? "application/octet-stream" });
  response.end(fs.readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const home = `http://127.0.0.1:${server.address().port}${base}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const stop = setTimeout(() => process.exit(1), 240_000);

const pages = fs
  .readdirSync(dir, { recursive: true })
  .filter((file) => /(^|\/)index\.html$/.test(file))
  .map((file) => file.replace(/index\.html$/, ""))
  .sort();

// ---- Without a script: every switch in the header leads to the twin, which leads back; every heading to the same heading.

const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
const page = await plain.newPage();
const switches = () =>
  page.$$eval("header .editions a", (links) => links.map((link) => [link.hreflang, link.href, link.hasAttribute("aria-current")]));
for (const route of pages.filter((route) => /^zh-/.test(route))) {
  await page.goto(home + route);
  const own = page.url();
  const [others, mine] = [true, false].map((other) => (all) => all.filter((item) => item[2] !== other));
  const here = await switches();
  holds(mine(here).length === 1 && mine(here)[0][1] === own, `${route}: the switch does not mark the page`);
  for (const [tag, href] of others(here)) {
    const answer = await page.goto(href);
    holds(answer.status() === 200, `${route}: the switch leads to ${href}`);
    const lang = await page.getAttribute("html", "lang");
    holds(lang === tag, `${route}: the switch to ${tag} leads to a page in ${lang}`);
    const back = (await switches()).find((item) => item[1] === own);
    holds(back || !(await page.$('link[rel=alternate]')), `${route}: its twin does not lead back`);
  }
}

// ---- On a phone: many sections stand in two rows, none out of reach, the current one in sight.

const small = await browser.newContext({ viewport: { width: 360, height: 640 } });
const narrow = await small.newPage();
for (const route of pages.filter((route) => /^(zh-[^/]+|compare)\/[^/]+\/$/.test(route)).slice(0, 8)) {
  await narrow.goto(home + route);
  holds(await narrow.evaluate(() => scrollY === 0), `${route}: the page does not begin at its top`);
  const seen = await narrow.evaluate(() => {
    const list = document.querySelector(".sections ul");
    if (!list) return null;
    for (let more = 0; list.children.length < 14; more++) {
      const item = list.lastElementChild.cloneNode(true);
      item.firstElementChild.removeAttribute("aria-current");
      item.firstElementChild.textContent = `基层治理与公共文化${more}`;
      list.append(item);
    }
    const last = list.lastElementChild.firstElementChild;
    last.focus();
    const { left, right } = last.getBoundingClientRect();
    return { height: list.offsetHeight, row: last.offsetHeight, left, right, page: document.documentElement.scrollWidth };
  });
  if (!seen) continue;
  holds(seen.height <= 2 * seen.row + 20, `${route}: fourteen sections are ${seen.height} pixels high`);
  holds(seen.left >= 0 && seen.right <= 360, `${route}: the last section is out of sight when it has the focus`);
  holds(seen.page <= 360, `${route}: the page is wider than a phone`);
}
await small.close();

// ---- The place is kept: scroll to each paragraph of the longest articles, take the switch that is shown, and look where it leads.

const longest = pages
  .filter((route) => route.startsWith("zh-hans/"))
  .sort((a, b) => fs.statSync(path.join(dir, b, "index.html")).size - fs.statSync(path.join(dir, a, "index.html")).size)
  .slice(0, 4);
const phone = await browser.newContext({ viewport: { width: 390, height: 500 }, reducedMotion: "reduce" });
const reader = await phone.newPage();
/** In a page: where the switches lead that are shown now. */
const shownNow = () =>
  [...document.querySelectorAll(".here a")].filter((link) => getComputedStyle(link).visibility === "visible").map((link) => link.href);
const idOf = (href) => decodeURIComponent(new URL(href).hash.slice(1));
const scrollTo = async (id) => {
  await reader.evaluate((id) => document.getElementById(id).scrollIntoView(), id);
  await reader.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
for (const route of longest) {
  await reader.goto(home + route);
  const ids = (await reader.$$eval(".here a", (links) => links.map((link) => link.href))).map(idOf);
  for (const id of ids.slice(1)) {
    await scrollTo(id);
    const shown = (await reader.evaluate(shownNow)).map(idOf);
    holds(shown.length === 1, `${route}#${id}: ${shown.length} switches are shown`);
    // At the end of a page several paragraphs are read at once.
    const isEnd = await reader.evaluate(() => document.documentElement.scrollHeight - innerHeight - scrollY < 2);
    holds(isEnd || Math.abs(ids.indexOf(shown[0]) - ids.indexOf(id)) <= 1, `${route}#${id}: the switch leads to #${shown[0]}`);
  }
  if (ids.length === 0) continue;
  await scrollTo(ids[Math.floor(ids.length / 2)]);
  const [href] = await reader.evaluate(shownNow);
  await Promise.all([
    reader.waitForURL(/zh-hant/),
    reader.evaluate((href) => [...document.querySelectorAll(".here a")].find((link) => link.href === href).click(), href),
  ]);
  await reader.waitForLoadState();
  const { lang, top, height } = await reader.evaluate((id) => {
    return { lang: document.documentElement.lang, top: document.getElementById(id).getBoundingClientRect().top, height: innerHeight };
  }, idOf(href));
  holds(lang === "zh-Hant" && top >= 0 && top < height, `${route}: landed ${top} below the top of a page in ${lang}`);
}

// ---- The entry page leads to the edition that suits, once, and not whoever wants to choose.

const landing = async (locale, { address = "", referer, before } = {}) => {
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
  await before?.(page);
  await page.goto(home + address, { referer });
  await page.waitForTimeout(150);
  const at = page.url().replace(home, "").replace(/^\?.*/, "");
  await context.close();
  return at;
};
for (const [locale, expected] of [["zh-TW", "zh-hant/"], ["zh-HK", "zh-hant/"], ["zh-Hant-MO", "zh-hant/"], ["zh-CN", "zh-hans/"], ["zh-SG", "zh-hans/"], ["zh", "zh-hans/"], ["fr", ""]]) {
  const at = await landing(locale);
  holds(at === expected, `the entry page leads ${locale} to "${at}"`);
}
holds((await landing("zh-TW", { address: "?choose" })) === "", "?choose leads away");
holds((await landing("zh-TW", { referer: home + "zh-hans/" })) === "", "who comes from the site is led away");
const chosen = await landing("zh-TW", {
  before: async (page) => {
    await page.goto(home + "?choose");
    await page.click('main h2 a[hreflang="zh-Hans"]');
    await page.waitForLoadState();
  },
});
holds(chosen === "zh-hans/", `a choice is not remembered: "${chosen}"`);
const stored = await browser.newContext({ locale: "zh-TW" });
const fresh = await stored.newPage();
await fresh.goto(home);
await fresh.waitForURL(/zh-hant/);
const kept = await stored.storageState();
holds(kept.cookies.length === 0 && kept.origins.length === 0, `stored without a click: ${JSON.stringify(kept)}`);

clearTimeout(stop);
await browser.close();
server.close();
console.log(`${held} held, ${faults.length} did not / ${pages.length} pages`);
for (const text of faults.slice(0, 20)) console.log(`  - ${text}`);
process.exit(faults.length ? 1 : 0);
