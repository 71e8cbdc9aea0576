// The search page; docs/search.md says how. Whatever comes from the index goes into the page as text, never as HTML.

const find = (selector) => document.querySelector(selector);
const form = find("form.search");
const field = form.q;
const status = find(".search-status");
const list = find(".search-results");
const more = find(".search-more");
const contents = find(".search-contents");
const say = form.dataset;
const BATCH = 8;

// ---- Characters: as in fold.rs and grams.rs

function normal(c) {
  if (/\s/u.test(c)) return " ";
  const code = c.codePointAt(0);
  if (code >= 0xff01 && code <= 0xff5e) c = String.fromCharCode(code - 0xfee0);
  const lower = c.toLowerCase();
  return [...lower].length === 1 ? lower : c;
}

const WIDE = /[\u2e80-\u300b\u3010-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff5f-\uffef\u{20000}-\u{3ffff}]/u;
const isWide = (c) => c !== undefined && WIDE.test(c);
/** Without spaces beside Chinese characters, which do not count. */
const counted = (chars) => chars.filter((c, i) => c !== " " || !(isWide(chars[i - 1]) || isWide(chars[i + 1])));

const fold = (c) => (/[“”‘’「」『』]/.test(c) ? '"' : index.folding.get(c) ?? c);

/** The number of a gram of one to three characters. */
function gram(chars) {
  let n = chars.reduce((n, c, i) => n ^ Math.imul(c.codePointAt(0), [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35][i]), 0);
  n = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d);
  return Math.max(2, ((n ^ (n >>> 12)) & ~1) >>> 0);
}

// ---- The index

let index;
let loading;
const files = new Map();

async function get(path, options) {
  const answer = await fetch(say.index + path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

const bytesOf = async (answer) => new Uint8Array(await answer.arrayBuffer());

/** A file, read once. Its address changes with the index, so that no cache mixes two. */
function file(path, read) {
  if (!files.has(path)) {
    const reading = get(`${path}?${index.version}`).then(bytesOf).then(read);
    reading.catch(() => files.delete(path));
    files.set(path, reading);
  }
  return files.get(path);
}

/** Numbers of seven bits a byte. */
function reader(bytes) {
  return {
    i: 0,
    next() {
      for (let n = 0, shift = 0; ; shift += 7) {
        const b = bytes[this.i++];
        n |= (b & 127) << shift;
        if (b < 128) return n >>> 0;
      }
    },
  };
}

/** Two lists of characters, then their numbers in one byte or two. */
function unpack(bytes) {
  const input = reader(bytes);
  const [often, seldom] = [0, 0].map(() => {
    let code = 0;
    return Array.from({ length: input.next() }, () => String.fromCodePoint((code += input.next())));
  });
  let text = "";
  for (let { i } = input; i < bytes.length; i++) {
    const b = bytes[i];
    if (b < 192) text += often[b];
    else if (b < 255) text += seldom[(b - 192) * 256 + bytes[++i]];
    else text += String.fromCodePoint((bytes[++i] << 16) | (bytes[++i] << 8) | bytes[++i]);
  }
  return JSON.parse(text);
}

function load() {
  loading ??= get("index.bin", { cache: "no-cache" }).then(async (answer) => {
    // It is compressed whatever the host does.
    const inflated = answer.body.pipeThrough(new DecompressionStream("deflate-raw"));
    const read = unpack(await bytesOf(new Response(inflated)));
    const groups = read.folding.split(" ").map((group) => [...group]);
    const folding = new Map(groups.flatMap(([form, ...others]) => others.map((c) => [c, form])));
    index = { ...read, folding };
    const lines = index.words.split("|").map((line) => line.split(" "));
    index.words = lines.flatMap(([word, ...others]) => others.map((other) => [[...other], [...word]]));
    index.editions = index.editions.map(([tag, label, url, map]) => {
      const pairs = new Map();
      // In three parts: the second of a pair folds to the first, the first to the second, or neither.
      map.split(" ").forEach((part, n) => {
        for (let chars = [...part], i = 0; i < chars.length; i += 2) {
          const [from, to] = chars.slice(i, i + 2);
          pairs.set(from, to);
          if (n === 0) folding.set(to, from);
          if (n === 1) folding.set(from, to);
        }
      });
      return { tag, label, url, map: pairs };
    });
    index.reader = index.editions.findIndex(({ tag }) => tag === document.documentElement.lang);
    index.pages = index.pages?.map(page);
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

const page = ([route, ...texts]) => ({ route, texts: texts.map(textOf) });

/** A text: `forms[k][i]` is what edition k has at place i of the first one's; `ways` are stretches of another length. */
function textOf([editions, written, ...differences]) {
  const chars = [];
  const lines = [];
  let [id, number] = ["", 0];
  for (const line of written.split("\n")) {
    const tab = line.indexOf("\t");
    if (tab > 0) {
      id = line.slice(0, tab);
      number = Number(/^p(0|[1-9]\d{0,8})$/.exec(id)?.[1] ?? number);
    } else if (tab < 0) id = `p${++number}`;
    if (lines.length) chars.push("\n");
    const from = chars.length;
    chars.push(...line.slice(tab + 1));
    lines.push({ id, from, to: chars.length });
  }
  const forms = [chars];
  const ways = new Map();
  differences.forEach((list, k) => {
    const map = editions[0] === index.base && index.editions[editions[k + 1]].map;
    const form = chars.map((c) => (map && map.get(c)) || c);
    let to = 0;
    for (let n = 0; n < list.length; n += 3) {
      const from = to + list[n];
      const own = [...list[n + 2]];
      to = from + list[n + 1];
      if (own.length === to - from) own.forEach((c, i) => (form[from + i] = c));
      else {
        const way = { k: k + 1, from, to, own, chars: own.map(normal) };
        ways.set(from, [...(ways.get(from) ?? []), way]);
        for (let i = from; i < to; i++) form[i] = "";
      }
    }
    forms.push(form);
  });
  const base = chars.map((c) => (c === "\n" ? c : normal(c)));
  const sets = base.map((c, i) => [...new Set([c, ...forms.slice(1).map((form) => form[i] && normal(form[i]))])]);
  return { editions, lines, forms, ways, sets };
}

// ---- Matching. A query is a list of [character, whether only its folded form matters].

const fits = (chars, [c, folded]) => chars.includes(c) || (folded && chars.some((own) => own && fold(own) === c));

/** Whether a space of the text before this part of a query does not count: which characters stand beside it is told by the query. */
const isIdle = (query, j) => isWide(query[j - 1]?.[0]) || isWide(query[j][0]);

/** Where the rest of a query ends that stands at a place. */
function follow(text, query, j, i, isNew = true) {
  for (; j < query.length; i++) {
    for (const way of (isNew && text.ways.get(i)) || []) {
      const end = along(text, query, j, way, 0);
      if (end !== undefined) return end;
    }
    isNew = true;
    if (i >= text.sets.length) return;
    if (fits(text.sets[i], query[j])) j++;
    else if (!text.sets[i].includes(" ") || !isIdle(query, j)) return;
  }
  return i;
}

function along(text, query, j, way, at) {
  for (; at < way.chars.length && j < query.length; at++) {
    if (fits([way.chars[at]], query[j])) j++;
    else if (way.chars[at] !== " " || !isIdle(query, j)) return;
  }
  return follow(text, query, j, way.to, way.to > way.from);
}

/** The first place in the lines where the query stands. */
function stands(text, query, lines) {
  for (const line of lines) {
    for (let from = line.from; from <= line.to; from++) {
      const to = follow(text, query, 0, from);
      if (to !== undefined) return { line, from, to };
      for (const way of text.ways.get(from) ?? []) {
        for (let at = 1; at < way.chars.length; at++) {
          const to = along(text, query, 0, way, at);
          if (to !== undefined) return { line, from, to };
        }
      }
    }
  }
}

/** A line in an edition: before the hit, the hit, behind it. */
function parts(text, k, { line, from, to }) {
  const out = ["", "", ""];
  const put = (own, start, end) => (out[end <= from ? 0 : start >= to ? 2 : 1] += own);
  for (let i = line.from; i <= line.to; i++) {
    const way = text.ways.get(i)?.find((way) => way.k === k);
    if (way) put(way.own.join(""), i, Math.max(way.to, i));
    if (way && way.to > i) i = way.to - 1;
    else if (i < line.to) put(text.forms[k][i], i, i + 1);
  }
  return out;
}

/** A query, and the same in words of other regions. */
function readings(chars) {
  const all = [chars.map((c) => [c, false])];
  const known = new Set([chars.join("")]);
  const isLatin = (pair) => pair !== undefined && /[a-z0-9]/.test(pair[0]);
  for (let n = 0; n < all.length && all.length < 12; n++) {
    const query = all[n];
    const folded = query.map(([c]) => fold(c));
    for (const [word, other] of index.words) {
      for (let at = 0; at + word.length <= query.length; at++) {
        const end = at + word.length;
        if (!word.every((c, i) => c === folded[at + i]) || query.slice(at, end).some((pair) => pair[1])) continue;
        if ((isLatin(query[at - 1]) && isLatin(query[at])) || (isLatin(query[end - 1]) && isLatin(query[end]))) continue;
        const next = [...query.slice(0, at), ...other.map((c) => [c, true]), ...query.slice(end)];
        const key = next.map(([c]) => c).join("");
        if (!known.has(key)) all.push(next);
        known.add(key);
      }
    }
  }
  return all;
}

/** How a page answers the readings of a query, if it does. */
function answerOne(page, queries) {
  const own = page.texts.find((text) => text.editions.includes(index.reader));
  const texts = [...page.texts].sort((a, b) => (b === own) - (a === own));
  for (const [n, query] of queries.entries()) {
    for (const text of texts) {
      const title = stands(text, query, text.lines.slice(0, 1));
      const body = stands(text, query, text.lines.slice(1));
      const rank = (own && text !== own ? 4 : 0) + (n ? 2 : 0) + (title ? 0 : 1);
      if (title || body) return { page, text, own: own ?? text, title, body, rank };
    }
  }
}

/** How it answers all words of a query. What the first one finds in the body is shown. */
function answer(page, terms) {
  const all = terms.map((queries) => answerOne(page, queries));
  return all.every(Boolean) && { ...(all.find(({ body }) => body) ?? all[0]), rank: Math.max(...all.map(({ rank }) => rank)) };
}

// ---- Candidates in a large site

/** The pages that hold a gram: the places where it begins (as bits, modulo 8), twice, and one more where it is in the title. */
async function holders(number) {
  const path = `grams/${(number >>> (32 - index.bits)).toString(16)}.bin`;
  const bytes = await file(path, (bytes) => bytes);
  const input = reader(bytes);
  const pages = new Map();
  for (let own = 0; input.i < bytes.length && !pages.size; ) {
    own += input.next();
    const length = input.next();
    const end = (length >>> 1) + input.i;
    if (own === number >>> 1) {
      const bits = length & 1 && input.i;
      for (let page = 0; bits && page < index.count; page++) if ((bytes[bits + (page >> 3)] >> (page & 7)) & 1) pages.set(page, 510);
      if (bits) input.i += Math.ceil(index.count / 8);
      for (let page = 0; input.i < end; ) {
        const n = input.next();
        if (bits) pages.set((page += n), 511);
        else pages.set((page += n >>> 1), (bytes[input.i++] << 1) | (n & 1));
      }
    }
    input.i = end;
  }
  return pages;
}

/** The grams of a query with their places in it, from all over it. */
function gramsOf(query) {
  const chars = query.map(([c]) => fold(c));
  const last = Math.max(0, chars.length - 3);
  const order = [0, 1, 0.5, 0.25, 0.75, 0.125, 0.625, 0.375, 0.875].map((part) => Math.round(part * last));
  return [...new Set(order)].map((at) => [gram(chars.slice(at, at + 3)), at % 8]);
}

/** Keeps the pages that hold the next gram too, at its distance from the others. */
async function narrow(asked) {
  const [number, at] = asked.grams.shift();
  const pages = new Map();
  for (const [page, value] of await holders(number)) {
    const places = value >> 1;
    const own = ((((places >> at) | (places << (8 - at))) & 255) << 1) | (value & 1);
    const both = asked.pages ? (asked.pages.get(page) ?? 0) & own : own;
    if (both > 1) pages.set(page, both);
  }
  asked.pages = pages;
}

/** The pages that may answer a term, with their ranks. */
async function ranked(term) {
  const ranks = new Map();
  for (const [n, asked] of term.entries()) {
    asked.grams.slice(0, 2).forEach(([number]) => holders(number).catch(() => {}));
    for (let used = 0; asked.grams.length && (!used || (used < 4 && asked.pages.size > BATCH)); used++) await narrow(asked);
    for (const [place, value] of asked.pages) {
      const rank = (n ? 2 : 0) + (value & 1 ? 0 : 1);
      ranks.set(place, Math.min(rank, ranks.get(place) ?? rank));
    }
  }
  return ranks;
}

/** All pages that may answer, the likeliest first. */
async function likely(search) {
  if (index.pages) return index.pages.map((_, place) => place);
  // Each reading costs some files.
  search.terms.forEach((queries) => queries.splice(4));
  search.asked = search.terms.slice(0, 4).map((queries) => queries.map((query) => ({ grams: gramsOf(query) })));
  const [first, ...others] = await Promise.all(search.asked.map(ranked));
  const all = [...first].filter(([place]) => others.every((ranks) => ranks.has(place)));
  return all.sort(([a, x], [b, y]) => x - y || a - b).map(([place]) => place);
}

async function pageAt(place) {
  if (index.pages) return index.pages[place];
  const number = Math.floor(place / index.together);
  const pages = await file(`text/${number}.bin`, (bytes) => unpack(bytes).map(page));
  return pages[place % index.together];
}

/** Takes the next results. In a large site pages are read as far as they are shown, two at a time while grams can tell more. */
async function take(search) {
  const found = [];
  const open = () => (search.asked ?? []).flat().filter(({ grams }) => grams.length);
  const isLeft = (place) => search.asked.every((term) => term.some(({ pages }) => pages.has(place)));
  let many = index.pages ? search.places.length : open().length ? 2 : BATCH;
  while (search.places.length && (index.pages || found.length < BATCH)) {
    const pages = await Promise.all(search.places.splice(0, many).map(pageAt));
    const answers = pages.map((page) => answer(page, search.terms)).filter(Boolean);
    found.push(...answers);
    const narrowing = answers.length * 2 <= pages.length ? open() : [];
    await Promise.all(narrowing.map(narrow));
    if (narrowing.length) search.places = search.places.filter(isLeft);
    many = narrowing.length && open().length ? 2 : Math.max(2, BATCH - found.length);
  }
  found.sort((a, b) => a.rank - b.rank);
  search.found.push(...found);
}

// ---- What is shown

const element = (name, className, text = "") => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
};

function marked(into, [before, hit, after]) {
  into.append(before, element("mark", "", hit), after);
  return into;
}

function cut([before, hit, after]) {
  const [start, end] = [[...before], [...after]];
  return [
    start.length > 30 ? `…${start.slice(-24).join("")}` : before,
    hit,
    end.length > 80 ? `${end.slice(0, 72).join("")}…` : after,
  ];
}

/** Leads to the paragraph, and to the words where the browser can. */
function fragment({ line: { id } }, [before, hit, after]) {
  if (!id) return "";
  const encoded = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
  const around = (chars, from, to) => encoded(chars.slice(from, to).join("").trim());
  const prefix = around([...before], -12);
  const suffix = around([...after], 0, 12);
  const words = (prefix && `${prefix}-,`) + encoded(hit.trim()) + (suffix && `,-${suffix}`);
  return `#${encodeURIComponent(id)}${"fragmentDirective" in document ? `:~:text=${words}` : ""}`;
}

function item({ page, text, own, title, body, rank }) {
  // A page that the reader's edition does not have is shown in one that has it.
  const isHere = own.editions.includes(index.reader);
  const edition = isHere ? index.reader : own.editions[0];
  const { tag, label, url } = index.editions[edition];
  const k = own.editions.indexOf(edition);
  const isOwn = own === text;
  const line = (n) => ({ line: own.lines[n], from: Infinity, to: Infinity });
  const link = element("a");
  const path = page.route && `${page.route.split("/").map(encodeURIComponent).join("/")}/`;
  link.href = url + path + (isOwn && body ? fragment(body, parts(own, k, body)) : "");
  if (isOwn && title) marked(link, parts(own, k, title));
  else link.textContent = parts(own, k, line(0)).join("");
  const made = element("li");
  const folder = page.route.split("/")[0];
  const section = folder !== page.route && index.sections[folder]?.[edition];
  const about = [section, !isHere && label, !isOwn && index.editions[text.editions[0]].label, rank & 2 && say.regional].filter(Boolean).join(" · ");
  if (about) made.append(element("p", "kicker", about));
  made.append(link);
  const snippet = element("p", "snippet");
  const opening = own.lines.findIndex((line, n) => n && line.to - line.from > 20);
  if (isOwn && body) made.append(marked(snippet, cut(parts(own, k, body))));
  else if (opening > 0) {
    snippet.textContent = cut(["", "", parts(own, k, line(opening)).join("")]).join("");
    made.append(snippet);
  }
  if (!isHere) {
    made.lang = tag;
    link.hreflang = tag;
  }
  return made;
}

const put = (template = "", values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function show(search) {
  const shown = index.pages ? search.shown + BATCH * 3 : search.found.length;
  list.append(...search.found.slice(search.shown, shown).map(item));
  search.shown = Math.min(shown, search.found.length);
  const n = search.found.length;
  more.hidden = !search.places.length && search.shown === n;
  list.hidden = !n;
  contents.hidden = n > 0;
  if (!n) status.textContent = say.none;
  else {
    status.textContent = put(search.places.length ? say.some : say.count, { n });
    if (search.isParted) status.textContent = `${put(say.parted, { query: search.typed })} ${status.textContent}`;
    else if (search.isFolded) {
      const { text, own, title, body } = search.found[0];
      const k = Math.max(0, text.editions.indexOf(index.reader));
      status.textContent = `${put(say.folded, { query: search.typed, found: parts(text, k, body ?? title)[1] })} ${status.textContent}`;
    }
  }
}

let current;

/** A query as it is, then by what its characters fold to, then by its words, all of which a page must have. */
function* attempts(typed) {
  const charsOf = (text) => counted([...text].map(normal).filter((c, i, all) => c !== " " || all[i - 1] !== " "));
  const chars = charsOf(typed);
  yield { terms: [readings(chars)] };
  yield { terms: [[chars.map((c) => [fold(c), true])]], isFolded: true };
  const words = typed.split(/\s+/).map(charsOf);
  if (words.length < 2) return;
  yield { terms: words.map(readings), isFolded: false, isParted: true };
  yield { terms: words.map((word) => [word.map((c) => [fold(c), true])]) };
}

async function look() {
  const typed = field.value.trim();
  const search = { typed, found: [], shown: 0 };
  if (current?.typed === typed) return;
  current = search;
  history.replaceState(null, "", typed ? `?q=${encodeURIComponent(typed)}` : location.pathname);
  for (const link of document.querySelectorAll(".editions a")) link.search = location.search;
  if (!typed) return clear();
  try {
    if (!index) status.textContent = say.loading;
    await load();
    for (const attempt of attempts(typed)) {
      Object.assign(search, attempt);
      search.places = await likely(search);
      if (current !== search) return;
      await take(search);
      if (search.found.length) break;
    }
    if (current !== search) return;
    list.replaceChildren();
    show(search);
  } catch (error) {
    if (current !== search) return;
    clear();
    status.textContent = say.failed;
    current = undefined;
    throw error;
  }
}

function clear() {
  list.replaceChildren();
  list.hidden = more.hidden = true;
  contents.hidden = false;
  status.textContent = "";
}

// ---- Typing

let waiting;
function typed() {
  clearTimeout(waiting);
  if (index?.pages || !field.value) look();
  else waiting = setTimeout(look, 150);
}

field.addEventListener("input", (event) => event.isComposing || typed());
field.addEventListener("compositionend", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});
more.addEventListener("click", async () => {
  const search = current;
  const first = search.shown;
  if (!index.pages) await take(search);
  if (current !== search) return;
  show(search);
  list.children[first]?.querySelector("a").focus();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const isHere = document.activeElement === field || at >= 0;
  if (event.key === "/" && document.activeElement !== field) field.focus();
  else if (event.key === "Escape" && (isHere || field.value)) {
    field.value = "";
    field.focus();
    look();
  } else if (event.key === "ArrowDown" && isHere && links.length) links[Math.min(at + 1, links.length - 1)].focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
  else return;
  event.preventDefault();
});

field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) look();
