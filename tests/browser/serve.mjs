// The preview in a browser: an edit is seen, an error is shown over the page, it goes away when it is mended; how long that takes.
//
//   node tests/browser/serve.mjs JIANBAO          JIANBAO is the program
//
// HUGO=… names Hugo's program, with which the time from a write to the page's new beginning is compared on as many pages (PAGES, 200
// unless told, twice). Needs Chromium (CHROME, or Debian's) and playwright-core in the folder of the check tools. Ends with 1 where
// something falls short.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import fs from "node:fs";
import path from "node:path";

const [program] = process.argv.slice(2);
const pages = Number(process.env.PAGES ?? 200);
const tools = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "check-site-tools/");
const { chromium } = createRequire(tools)("playwright-core");
const faults = [];
let held = 0;
const holds = (is, text) => (is ? held++ : faults.push(text));

const root = fs.mkdtempSync(path.join(tmpdir(), "jianbao-serve-"));
const started = [];
const end = (status) => {
  for (const child of started) child.kill("SIGKILL");
  fs.rmSync(root, { recursive: true, force: true });
  process.exit(status);
};
process.on("uncaughtException", (error) => {
  console.error(error);
  end(1);
});
setTimeout(() => {
  console.error("the preview took too long");
  end(1);
}, 240_000);

const write = (file, text) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
};
/** Starts a server; its address, when it says one. */
const start = (command, args) =>
  new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root });
    started.push(child);
    let said = "";
    const hear = (data) => {
      said += data;
      const found = said.match(/https?:\/\/[^\s"]+/);
      if (found) done(found[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", () => failed(new Error(`${command} ended:\n${said}`)));
  });
const article = (title, text) => `+++\ntitle = "${title}"\ndate = 2023-06-28\n+++\n\n${text}\n`;
const text = "今年2月，头发干净的人工智能报告发布了。\n\n".repeat(20);

write("site.toml", 'title = "简报"\nbase_url = "https://example.org/brief/"\n');
write("content/_index.md", article("首页", "起初。"));
for (let page = 0; page < pages; page++) write(`content/a/${page}.md`, article(`第${page}篇`, text));
const home = await start(program, ["serve", "--port", "0"]);
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const page = await (await browser.newContext({ viewport: { width: 800, height: 600 } })).newPage();
const complaints = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const shows = (text) => page.waitForFunction((text) => document.body?.textContent.includes(text), text, { timeout: 30_000 });

// ---- The base path is led to, and a page in the other script hears of an edit.

await page.goto(home);
holds(new URL(page.url()).pathname.startsWith("/brief/"), `${home} leads to ${page.url()}`);
await page.goto(new URL("/brief/zh-hant/a/7/", home).href);
const before = await page.evaluate(() => {
  // The theme scrolls smoothly, and the edit is seen before that has come to an end.
  scrollTo({ top: 400, behavior: "instant" });
  return scrollY;
});
write("content/a/7.md", article("第7篇", `皇后的头发。\n\n${text}`));
await shows("皇后的頭髮");
const isThere = (before) => Math.abs(scrollY - before) < 60;
await page.waitForFunction(isThere, before, { timeout: 5_000 }).then(
  () => held++,
  () => faults.push("the reader's place is lost"),
);

// ---- An error stands over the last page, in its own words; Escape closes it; mended, the page is new.

write("content/a/7.md", "+++\ntitel = \"第7篇\"\n+++\n");
await page.waitForSelector("dialog.jianbao-trouble[open]", { timeout: 30_000 });
const box = await page.$eval("dialog.jianbao-trouble", (box) => ({
  text: box.querySelector("[role=alert]").textContent,
  hasFocus: box.contains(document.activeElement),
  padding: getComputedStyle(box).paddingLeft,
}));
holds(box.text.includes("unknown key `titel`") && box.text.includes("content/a/7.md:2:1"), `the error says: ${box.text}`);
holds(box.hasFocus, "the error has not the focus");
await page.waitForFunction(() => getComputedStyle(document.querySelector("dialog.jianbao-trouble")).paddingLeft === "24px", null, { timeout: 5_000 }).then(
  () => held++,
  () => faults.push("the error has no style"),
);
await page.keyboard.press("Escape");
holds(!(await page.$("dialog.jianbao-trouble[open]")), "Escape does not close the error");
await shows("皇后的頭髮");
write("content/a/7.md", article("第7篇", `干净了。\n\n${text}`));
await shows("乾淨了");
await page.waitForSelector("dialog.jianbao-trouble", { state: "detached", timeout: 5_000 }).then(
  () => held++,
  () => faults.push("the error stays"),
);

// ---- New style sheets are put in without loading the page anew.

await page.evaluate(() => (window.same = true));
write("static/more.css", "body { letter-spacing: 3px }\n");
write("static/style.css", "body { letter-spacing: 3px }\n");
await page.waitForFunction(() => getComputedStyle(document.body).letterSpacing === "3px", null, { timeout: 30_000 });
holds(await page.evaluate(() => window.same === true), "a change of style loads the page anew");

// ---- How long it takes, from the write to the event that loads the page anew.

const times = [];
const quiet = await (await browser.newContext()).newPage();
await quiet.goto(new URL("/__jianbao/live.css", home).href);
for (let round = 0; round < 20; round++) {
  const html = await (await fetch(new URL("/brief/zh-hant/a/8/", home))).text();
  const seen = html.match(/data-seen="([^"]+)"/)[1];
  const address = `/__jianbao/live?${seen}&${encodeURIComponent("/brief/zh-hant/a/8/")}`;
  const heard = quiet.evaluate(
    (address) =>
      new Promise((heard) => {
        const stream = new EventSource(address);
        stream.onopen = () => (document.title = "open");
        stream.addEventListener("reload", () => {
          stream.close();
          heard(performance.timeOrigin + performance.now());
        });
      }),
    address,
  );
  await quiet.waitForFunction(() => document.title === "open");
  await quiet.evaluate(() => (document.title = ""));
  await new Promise((done) => setTimeout(done, 50));
  const begun = performance.timeOrigin + performance.now();
  write("content/a/8.md", article("第8篇", `第${round}次。\n\n${text}`));
  times.push((await heard) - begun);
}
holds(complaints.length === 0, `the browser complains: ${complaints.join("; ")}`);
console.log(`from the write to the event, median of ${times.length} at 2 × ${pages} pages: ${median(times).toFixed(0)} ms`);

if (process.env.HUGO) {
  for (const lang of ["hans", "hant"]) {
    for (let page = 0; page < pages; page++) write(`hugo/content/${lang}/a/${page}.md`, article(`第${page}篇`, text));
  }
  write("hugo/hugo.toml", 'baseURL = "https://example.org/"\ntitle = "简报"\ndefaultContentLanguage = "zh-hans"\n[languages.zh-hans]\ncontentDir = "content/hans"\n[languages.zh-hant]\ncontentDir = "content/hant"\n');
  write("hugo/layouts/_default/single.html", "<!doctype html><title>{{ .Title }}</title><body>{{ .Content }}</body>");
  write("hugo/layouts/_default/list.html", "<!doctype html><title>{{ .Title }}</title><body>{{ range .Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}</body>");
  const address = await start(process.env.HUGO, ["server", "--source", "hugo", "--port", "14747", "--bind", "127.0.0.1"]);
  // A page of its own that its script is not added to.
  await quiet.goto(new URL("/sitemap.xml", address).href);
  await quiet.evaluate(
    (host) =>
      new Promise((open) => {
        const socket = new WebSocket(`ws://${host}/livereload`);
        socket.onmessage = (event) => JSON.parse(event.data).command === "reload" && window.heard?.(performance.timeOrigin + performance.now());
        socket.onopen = () => {
          socket.send(JSON.stringify({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] }));
          open();
        };
      }),
    new URL(address).host,
  );
  const theirs = [];
  for (let round = 0; round < 20; round++) {
    await new Promise((done) => setTimeout(done, 600));
    const next = quiet.evaluate(() => new Promise((heard) => (window.heard = heard)));
    await new Promise((done) => setTimeout(done, 50));
    const begun = performance.timeOrigin + performance.now();
    write("hugo/content/hans/a/8.md", article("第8篇", `第${round}次。\n\n${text}`));
    theirs.push((await next) - begun);
  }
  console.log(`Hugo's server, the same: ${median(theirs).toFixed(0)} ms`);
}

await browser.close();
console.log(`${held} held, ${faults.length} did not`);
for (const fault of faults.slice(0, 20)) console.log(`  - ${fault}`);
end(faults.length ? 1 : 0);
