// The search page of a built site in a browser: every query finds what a plain search of the published pages finds, and nothing else.
//
//   node tests/browser/search.mjs PUBLIC [BASE]     BASE is the base path that the site was built for, `/` or `/brief/`
//
// Needs Chromium (CHROME, or Debian's) and playwright-core in the folder of the check tools. Ends with 1 where something falls short.
// QUERIES sets how many queries are made; TRUTH=0 (for very large sites) only measures.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const [dir, base = "/"] = process.argv.slice(2);
const tools = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "check-site-tools/");
const { chromium } = createRequire(tools)("playwright-core");
const wanted = Number(process.env.QUERIES ?? 72);
const faults = [];
const fault = (text) => faults.push(text);

// ---- A host as hosts are: text is compressed, nothing else is.

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml", json: "application/json" };
let sent = 0;
let asked = [];
const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  let file = decodeURIComponent(url.pathname);
  if (!file.startsWith(base)) return response.writeHead(404).end();
  file = path.join(dir, file.slice(base.length));
  if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
  if (!fs.existsSync(file)) return response.writeHead(404).end();
  const type = TYPES[path.extname(file).slice(1)];
  const bytes = fs.readFileSync(file);
  const body = type ? zlib.gzipSync(bytes) : bytes;
  const isIndex = /^(search\.|search\/)/.test(path.relative(dir, file));
  if (isIndex) [sent, asked] = [sent + body.length, [...asked, `${path.relative(dir, file)} ${body.length}`]];
  response.writeHead(200, { "content-type": type ?? "application/octet-stream", ...(type && { "content-encoding": "gzip" }) });
  response.end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

// ---- What the published pages say, read from their HTML

const editions = fs.readdirSync(dir).filter((name) => fs.existsSync(path.join(dir, name, "search/index.html")));
const files = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(path.join(folder, entry.name)) : entry.name === "index.html" ? [path.join(folder, entry.name)] : [],
  );

/** In a page: the texts of its article, one for each block. */
function blocksOf(html) {
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  if (!article) return undefined;
  const theme = ".heading a, sup.footnote-ref, a.back, svg, script, .label, .note-title, .meta li:not(.byline), .chart summary, .credit a, math, input";
  article.querySelectorAll(theme).forEach((element) => element.remove());
  const blocks = [""];
  const INLINE = /^(a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|rb|ruby|s|samp|small|span|strong|sub|sup|time|u|var|wbr)$/;
  const walk = (node) => {
    if (node.nodeType === 3) return (blocks[blocks.length - 1] += node.data);
    const name = node.localName;
    if (name === "br") return (blocks[blocks.length - 1] += " ");
    if (name === "rt" || name === "rp") return blocks.splice(-1, 0, node.textContent);
    if (name === "img") return blocks.splice(-1, 0, node.getAttribute("alt") ?? "");
    const isBlock = !INLINE.test(name) || node.matches(".caption, .credit, .by");
    // A figure's number and its unit are one text.
    if (isBlock) blocks.push("");
    node.childNodes.forEach(walk);
    if (isBlock) blocks.push("");
  };
  walk(article);
  return blocks.map((block) => block.replace(/\s+/g, " ").trim()).filter(Boolean);
}

const normal = (text) =>
  [...text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).toLowerCase()]
    .join("")
    .replace(/\s+/g, " ")
    .replace(/(?<=[\u2e80-\u300b\u3010-\ua4cf\uff5f-\uffef]) | (?=[\u2e80-\u300b\u3010-\ua4cf\uff5f-\uffef])/g, "");

const reading = await (await browser.newContext()).newPage();
const pages = new Map();
for (const edition of process.env.TRUTH === "0" ? [] : editions) {
  for (const file of files(path.join(dir, edition))) {
    const route = path.relative(path.join(dir, edition), path.dirname(file));
    const blocks = await reading.evaluate(blocksOf, fs.readFileSync(file, "utf8"));
    if (!blocks) continue;
    if (!pages.has(route)) pages.set(route, { route, texts: {} });
    pages.get(route).texts[edition] = blocks.map(normal);
  }
}

/** Where a query stands in a page as one of the editions shows it, place by place. */
function holds(page, query) {
  const all = Object.values(page.texts);
  if (all.some((blocks) => blocks.some((block) => block.includes(query)))) return true;
  const chars = [...query];
  const [first, ...others] = all.map((blocks) => blocks.map((block) => [...block]));
  return first.some((block, n) => {
    const same = others.map((blocks) => blocks[n]).filter((own) => own?.length === block.length && others.length);
    return block.some((_, at) => chars.every((c, i) => [block, ...same].some((own) => own[at + i] === c)));
  });
}
const truth = (query) => new Set([...pages.values()].filter((page) => holds(page, normal(query))).map((page) => page.route));

// ---- Queries by rule

let seed = 7;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
const pick = (list) => list[random(list.length)];
function sample(length, kind) {
  for (let tries = 0; tries < 1000; tries++) {
    const { texts } = pick([...pages.values()]);
    const own = kind === "mixed" ? Object.values(texts) : [texts[kind]];
    if (own.some((blocks) => !blocks)) continue;
    const n = random(own[0].length);
    const lines = own.map((blocks) => [...(blocks[n] ?? "")]);
    const at = random(lines[0].length);
    if (at + length > lines[0].length || lines.some((line) => line.length !== lines[0].length)) continue;
    const query = lines[0].slice(at, at + length).map((_, i) => pick(lines)[at + i]).join("");
    if (query.trim().length === query.length) return query;
  }
}
const queries = [];
for (let n = 0; pages.size && n < wanted; n++) {
  const query = sample(1 + (n % 12), [...editions, "mixed"][n % (editions.length + 1)]);
  if (query) queries.push({ query, kind: "text" });
}
// Words that only another region uses, if the site has their meaning.
const REGIONAL = [["軟體", "软件"], ["网路", "网络"], ["資訊", "信息"], ["智慧", "智能"], ["專案", "项目"], ["線上", "在线"], ["介面", "接口"], ["数位", "数字"], ["設備", "装置"]];
for (const [query, word] of REGIONAL) if (pages.size && truth(word).size) queries.push({ query, kind: "regional", word });
for (const query of ["頭發", "髮展", "經濟學家說", "zzqq", "的的的的", "龘", "经  済", "<b>", "\\"]) queries.push({ query, kind: "absent" });
if (process.argv[4]) queries.push(...process.argv[4].split(",").map((query) => ({ query, kind: "given" })));

// ---- Asking

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
async function ask(page, query, everything = true) {
  await page.fill("#q", "");
  await page.fill("#q", query);
  await page.waitForFunction(
    () => {
      const status = document.querySelector(".search-status").textContent;
      return status && status !== document.querySelector("form.search").dataset.loading;
    },
    undefined,
    { timeout: 20_000 },
  );
  await sleep(10);
  for (let more; everything && (more = await page.$(".search-more:not([hidden])")); ) {
    const shown = await page.locator(".search-results li").count();
    await more.click();
    await page.waitForFunction(
      (shown) => document.querySelectorAll(".search-results li").length > shown || document.querySelector(".search-more").hidden,
      shown,
    );
  }
  return page.evaluate(() => ({
    status: document.querySelector(".search-status").textContent,
    results: [...document.querySelectorAll(".search-results li")].map((item) => ({
      href: item.querySelector("a").href,
      marks: [...item.querySelectorAll("mark")].map((mark) => mark.textContent),
      isRegional: (item.querySelector(".kicker")?.textContent ?? "").includes(document.querySelector("form.search").dataset.regional),
    })),
  }));
}
const routeOf = (edition, href) => decodeURIComponent(new URL(href).pathname).slice(`${base}${edition}/`.length).replace(/\/$/, "");
const open = async (edition) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("pageerror", (error) => fault(`${edition}: ${error}`));
  page.on("console", (message) => message.type() === "error" && fault(`${edition}: ${message.text()}`));
  await page.goto(`${origin}${base}${edition}/search/`);
  return page;
};

let [asks, missed, wrong, unmarked] = [0, 0, 0, 0];
for (const edition of editions) {
  [sent, asked] = [0, []];
  const page = await open(edition);
  await sleep(300);
  if (asked.some((file) => file.startsWith("search/"))) fault(`${edition}: the index is loaded before the field is used`);
  for (const { query, kind, word } of queries) {
    const { status, results } = await ask(page, query, pages.size > 0);
    const folded = status.includes("“" + query) || status.includes("「" + query);
    asks += 1;
    if (asks <= queries.length) process.env.SHOW && console.log(query, kind, results.length, sent);
    if (!pages.size) continue;
    const direct = new Set((folded ? [] : results).filter((one) => !one.isRegional).map((one) => routeOf(edition, one.href)));
    const expected = truth(query);
    for (const route of expected) if (!direct.has(route)) (missed += 1), fault(`${edition}: ${query} misses ${route || "/"}`);
    for (const route of direct) if (!expected.has(route)) (wrong += 1), fault(`${edition}: ${query} finds ${route || "/"}`);
    if (kind === "regional") {
      const all = new Set(results.map((one) => routeOf(edition, one.href)));
      for (const route of truth(word)) if (!all.has(route)) (missed += 1), fault(`${edition}: ${query} misses ${route}, which says ${word}`);
    }
    for (const one of results) {
      // A page that the edition does not have is shown in another.
      const own = pages.get(routeOf(edition, one.href))?.texts[edition] ?? Object.values(pages.get(routeOf(edition, one.href))?.texts ?? {})[0] ?? [];
      const isThere = one.marks.length && one.marks.every((mark) => own.some((block) => block.includes(normal(mark))));
      if (!isThere) (unmarked += 1), fault(`${edition}: ${query} marks ${one.marks} in ${one.href}`);
    }
  }
  const once = await (async () => {
    [sent, asked] = [0, []];
    const page = await open(edition);
    await ask(page, queries[0]?.query ?? "杭州", false);
    return `${sent} bytes for the first query: ${asked.join(", ")}`;
  })();
  console.log(`${edition}: ${once}`);
  if (process.env.LARGEST && sent > Number(process.env.LARGEST)) fault(`${edition}: ${sent} bytes for a query`);

  // ---- With the keyboard alone
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.localName);
  if ((await focused()) !== "q") fault(`${edition}: / does not lead to the field`);
  const query = pages.size ? [...pages.values()][0].texts[edition][0].slice(0, 1) : process.argv[4].split(",")[0];
  const { results } = await ask(page, query, false);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  if ((await page.evaluate(() => document.activeElement.href)) !== results[0].href) fault(`${edition}: arrow keys do not choose`);
  await page.keyboard.press("Escape");
  if ((await page.inputValue("#q")) || (await focused()) !== "q") fault(`${edition}: Escape does not clear`);
  if (new URL(page.url()).search) fault(`${edition}: ${page.url()} keeps a query that is cleared`);
  await ask(page, query, false);
  if (new URL(page.url()).searchParams.get("q") !== query) fault(`${edition}: ${page.url()} does not say the query`);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/search/"));
  const id = decodeURIComponent(new URL(results[0].href).hash.slice(1).split(":~:")[0]);
  if (id && !(await page.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top < innerHeight, id))) {
    fault(`${edition}: ${results[0].href} is not shown at its paragraph`);
  }
  // ---- From an address, and without a script
  await page.goto(`${origin}${base}${edition}/search/?q=${encodeURIComponent(query)}`);
  await page.waitForSelector(".search-results a");
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${origin}${base}${edition}/search/`);
  if (!(await plain.isVisible("noscript p"))) fault(`${edition}: nothing says why the field does not search`);
  const listed = await plain.$$eval(".search-contents a", (links) => links.map((link) => link.href));
  const missing = [...pages.values()].filter(
    (page) => pages.size < 200 && page.texts[edition] && !listed.some((href) => routeOf(edition, href) === page.route),
  );
  missing.forEach((page) => fault(`${edition}: without a script ${page.route} is not listed`));
}
await browser.close();
server.close();
faults.slice(0, 20).forEach((text) => console.log(`  - ${text}`));
console.log(
  `search ${base}: ${asks} queries in ${editions.length} editions of ${pages.size} pages; ${missed} missed, ${wrong} false, ${unmarked} not marked; ${faults.length} faults`,
);
process.exit(faults.length ? 1 : 0);
