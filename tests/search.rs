//! The search index: it gives back what every edition says, and leads to every page that holds a query.

use flate2::read::DeflateDecoder;
use jianbao::config;
use jianbao::content::{Inputs, Route, Source, Template};
use jianbao::pipeline::{self, Options, Outcome, Sink};
use jianbao::render::OutFile;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::sync::Mutex;

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Sink for Memory {
    type Error = ();

    fn put(&self, file: OutFile) -> Result<(), ()> {
        let old = self.0.lock().map_err(|_| ())?.insert(file.path.clone(), file.bytes.to_vec());
        assert!(old.is_none(), "{} was made twice", file.path);
        Ok(())
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn build(settings: &str, pages: &[(&str, &str)]) -> Result<Files, Vec<String>> {
    let config = config::parse(settings).report(&mut Vec::new()).expect("settings");
    let source = |(path, text): &(&str, &str)| Source {
        path: format!("content/{path}"),
        text: (*text).to_owned(),
        route: Route::among(&format!("content/{path}"), &config.editions).expect("a route"),
    };
    let template = |(name, text): (&str, &str)| Template {
        name: name.to_owned(),
        path: format!("templates/{name}"),
        text: text.to_owned(),
    };
    let page = "<h1>{{ page.title }}</h1>\n{{ page.content }}";
    let search = "{{ page.title }}|{{ page.url }}|{% for shelf in shelves %}{{ shelf.title }}:{% for item in shelf.pages %}{{ item.url }},{% endfor %}{% endfor %}";
    let templates = [
        ("home.html", page),
        ("section.html", page),
        ("page.html", page),
        ("search.html", search),
        ("archive.html", ""),
        ("compare.html", ""),
        ("list.html", ""),
        ("tags.html", ""),
        ("entry.html", ""),
        ("404.html", ""),
    ];
    let strings =
        Template { text: "search = \"搜索：发展\"".to_owned(), ..template(("strings.toml", "")) };
    let inputs = Inputs {
        sources: pages.iter().map(source).collect(),
        config,
        assets: Vec::new(),
        data: Vec::new(),
        templates: templates.into_iter().map(template).collect(),
        strings: vec![strings],
        statics: Vec::new(),
        fonts: Vec::new(),
    };
    let sink = Memory::default();
    let (outcome, said) = pipeline::build(&inputs, &Options { jobs: 1, ..Options::default() }, &sink);
    match outcome {
        Outcome::Built(_) => Ok(sink.0.into_inner().expect("no thread failed")),
        _ => Err(said.into_iter().map(|diagnostic| diagnostic.message).collect()),
    }
}

const BOTH: &str = "title = \"简报\"\nbase_url = \"https://example.org/\"\n";

const ALL: &str = r#"title = "简报"
base_url = "https://example.org/brief/"

[[editions]]
tag = "zh-Hans"
[[editions]]
tag = "zh-Hant"
[[editions]]
tag = "zh-Hant-TW"
[[editions]]
tag = "zh-Hant-HK"
[[editions]]
tag = "en"

[[glossary]]
term = "海创园"
zh-hant-tw = "海外高層次人才創新創業園"
"#;

// ---- What static/search.js does with the index

/// A text as all its editions show it.
struct Text {
    editions: Vec<usize>,
    lines: Vec<String>,
    chars: Vec<char>,
    /// By edition: for each place its character, or none where a stretch has another length.
    forms: Vec<Vec<Option<char>>>,
    /// By edition and place: where the stretch ends, and what stands there.
    ways: Vec<BTreeMap<usize, (usize, String)>>,
}

struct Index {
    head: Value,
    folding: HashMap<char, char>,
    pages: Vec<(String, Vec<Text>)>,
}

fn number(bytes: &[u8], at: &mut usize) -> u32 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        number |= u32::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 {
            return number;
        }
    }
}

fn unpack(bytes: &[u8]) -> Value {
    let mut at = 0;
    let mut list = || -> Vec<char> {
        let mut code = 0;
        let many = number(bytes, &mut at);
        let next = |_| {
            code += number(bytes, &mut at);
            char::from_u32(code).expect("a character")
        };
        (0..many).map(next).collect()
    };
    let (often, seldom) = (list(), list());
    let mut text = String::new();
    while let Some(byte) = bytes.get(at) {
        match byte {
            0..192 => text.push(often[usize::from(*byte)]),
            192..255 => {
                at += 1;
                text.push(seldom[usize::from(byte - 192) * 256 + usize::from(bytes[at])]);
            }
            255 => panic!("no text has so many characters"),
        }
        at += 1;
    }
    serde_json::from_str(&text).expect("JSON")
}

fn text(index: &Value, json: &Value) -> Text {
    let editions: Vec<usize> = json[0]
        .as_array()
        .expect("editions")
        .iter()
        .map(|one| one.as_u64().expect("a number") as usize)
        .collect();
    let written = json[1].as_str().expect("a text");
    let lines = written.split('\n').map(|line| line.split_once('\t').map_or(line, |(_, text)| text));
    let chars: Vec<char> = lines.clone().collect::<Vec<&str>>().join("\n").chars().collect();
    let mut forms = vec![chars.iter().map(|c| Some(*c)).collect::<Vec<Option<char>>>()];
    let mut ways = vec![BTreeMap::new()];
    for (at, list) in json.as_array().expect("a list").iter().skip(2).enumerate() {
        let map: Vec<char> = index["editions"][editions[at + 1]][3]
            .as_str()
            .expect("a map")
            .split(' ')
            .flat_map(str::chars)
            .collect();
        let map: HashMap<char, char> = match index["base"] == editions[0] {
            true => map.chunks(2).map(|pair| (pair[0], pair[1])).collect(),
            false => HashMap::new(),
        };
        let mut form: Vec<Option<char>> = chars.iter().map(|c| Some(*map.get(c).unwrap_or(c))).collect();
        let (mut end, mut own) = (0, BTreeMap::new());
        for entry in list.as_array().expect("differences").chunks(3) {
            let count = |at: usize| entry[at].as_u64().expect("a number") as usize;
            let (from, instead) = (end + count(0), entry[2].as_str().expect("a text"));
            end = from + count(1);
            match instead.chars().count() == end - from {
                true => {
                    form[from..end].iter_mut().zip(instead.chars()).for_each(|(place, c)| *place = Some(c));
                }
                false => {
                    form[from..end].fill(None);
                    own.insert(from, (end, instead.to_owned()));
                }
            }
        }
        forms.push(form);
        ways.push(own);
    }
    Text { editions, lines: lines.map(str::to_owned).collect(), chars, forms, ways }
}

fn index(files: &Files) -> Index {
    let mut bytes = Vec::new();
    DeflateDecoder::new(files["search/index.bin"].as_slice()).read_to_end(&mut bytes).expect("deflated");
    let head = unpack(&bytes);
    let mut folding = HashMap::new();
    for group in head["folding"].as_str().expect("folding").split(' ').filter(|group| !group.is_empty()) {
        let form = group.chars().next().expect("a form");
        folding.extend(group.chars().skip(1).map(|c| (c, form)));
    }
    for edition in head["editions"].as_array().expect("editions") {
        for (at, part) in edition[3].as_str().expect("a map").split(' ').enumerate() {
            for pair in part.chars().collect::<Vec<char>>().chunks(2) {
                match at {
                    0 => drop(folding.insert(pair[1], pair[0])),
                    1 => drop(folding.insert(pair[0], pair[1])),
                    _ => {}
                }
            }
        }
    }
    let mut entries = Vec::new();
    match head["pages"].as_array() {
        Some(pages) => entries.extend(pages.clone()),
        None => {
            let many = head["count"]
                .as_u64()
                .expect("a number")
                .div_ceil(head["together"].as_u64().expect("a number"));
            for number in 0..many {
                let Value::Array(pages) = unpack(&files[&format!("search/text/{number}.bin")]) else {
                    panic!("a list")
                };
                entries.extend(pages);
            }
        }
    }
    let page = |entry: &Value| {
        let texts = entry.as_array().expect("a page").iter().skip(1).map(|json| text(&head, json));
        (entry[0].as_str().expect("a route").to_owned(), texts.collect())
    };
    let pages = entries.iter().map(page).collect();
    Index { head, folding, pages }
}

impl Text {
    /// What an edition says, line by line.
    fn of(&self, edition: usize) -> Vec<String> {
        let at = self.editions.iter().position(|own| *own == edition).expect("the edition shows it");
        let (mut said, mut place) = (String::new(), 0);
        while place <= self.chars.len() {
            match self.ways[at].get(&place) {
                Some((end, text)) => {
                    said.push_str(text);
                    if *end > place {
                        place = *end;
                        continue;
                    }
                }
                None if place == self.chars.len() => break,
                None => {}
            }
            said.extend(self.forms[at].get(place).copied().flatten());
            place += 1;
        }
        said.split('\n').map(str::to_owned).collect()
    }

    /// Whether each character of a query is one that some edition shows at its place.
    fn shows(&self, query: &str) -> bool {
        let query: Vec<char> = query.chars().collect();
        let fits = |place: usize, c: char| self.forms.iter().any(|form| form.get(place) == Some(&Some(c)));
        (0..self.chars.len()).any(|from| query.iter().enumerate().all(|(at, c)| fits(from + at, *c)))
    }
}

impl Index {
    fn finds(&self, query: &str) -> BTreeSet<&str> {
        let holds = |(_, texts): &&(String, Vec<Text>)| texts.iter().any(|text| text.shows(query));
        self.pages.iter().filter(holds).map(|(route, _)| route.as_str()).collect()
    }

    fn words(&self) -> Vec<&str> {
        self.head["words"].as_str().expect("words").split('|').collect()
    }
}

/// The title and the paragraphs of a page as it is published.
fn published(files: &Files, path: &str) -> Option<Vec<String>> {
    let html = String::from_utf8(files.get(path)?.clone()).expect("UTF-8");
    let plain = |html: &str| {
        let text: String =
            html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        text.replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")
    };
    let blocks = html.split("</h1>").flat_map(|part| part.split("</p>")).map(plain);
    let spaced = |block: String| block.split_whitespace().collect::<Vec<&str>>().join(" ");
    Some(blocks.map(spaced).filter(|block| !block.is_empty()).collect())
}

/// Every text of the index is what the pages of each edition say.
fn expect_the_same(files: &Files) {
    let index = index(files);
    let editions = index.head["editions"].as_array().expect("editions").clone();
    for (route, texts) in &index.pages {
        for text in texts {
            for edition in &text.editions {
                let dir = editions[*edition][0].as_str().expect("a tag").to_lowercase();
                let path = if route.is_empty() {
                    format!("{dir}/index.html")
                } else {
                    format!("{dir}/{route}/index.html")
                };
                assert_eq!(Some(text.of(*edition)), published(files, &path), "{path}");
            }
        }
        assert!(texts.iter().all(|text| !text.lines[0].is_empty()), "a text begins with its title");
    }
}

const PAGES: &[(&str, &str)] = &[
    ("_index.md", "+++\ntitle = \"打赢经济翻身仗\"\n+++\n他从上海**出发**，头发白了；“后来”说皇后在后面。\n"),
    ("a/_index.md", "+++\ntitle = \"项目\"\n+++\n软件和信息公开，U盘里的打印机。\n"),
    (
        "a/town.md",
        "+++\ntitle = \"海创园\"\n+++\n海创园在杭州，软件在海创园里。\n\n质量与网络，默认 AI 小镇。\n",
    ),
    ("a/two.md", "+++\ntitle = \"两文\"\n+++\n这一页有简体。\n"),
    ("a/two.zh-Hant.md", "+++\ntitle = \"兩文\"\n+++\n這一頁是手寫的，說軟體。\n"),
    ("_index.en.md", "+++\ntitle = \"Home\"\n+++\nHangzhou & the “Town”.\n"),
];

#[test]
fn gives_back_every_edition_to_the_letter() {
    expect_the_same(&build(ALL, PAGES).expect("it builds"));
    expect_the_same(&build(BOTH, &PAGES[..5]).expect("it builds"));
}

#[test]
fn a_query_may_mix_scripts_but_finds_no_character_that_no_edition_shows() {
    let files = build(BOTH, &PAGES[..4]).expect("it builds");
    let index = index(&files);
    for query in ["打赢经济", "打贏經濟", "打赢經济", "打贏经济翻身"] {
        assert_eq!(index.finds(query), BTreeSet::from([""]), "{query}");
    }
    assert_eq!(index.finds("出发"), BTreeSet::from([""]));
    assert_eq!(index.finds("頭髮"), BTreeSet::from([""]));
    // Simplified has one character for both, no edition has these.
    for query in ["出髮", "頭發", "後面皇后", "皇後"] {
        assert_eq!(index.finds(query), BTreeSet::new(), "{query}");
    }
}

#[test]
fn regional_words_lead_to_those_that_the_site_has_and_to_no_others() {
    let files = build(ALL, PAGES).expect("it builds");
    let index = index(&files);
    let words = index.words();
    let others = |word: &str| -> Vec<&str> {
        let line = words.iter().find(|line| line.split(' ').next() == Some(word));
        line.map_or(Vec::new(), |line| line.split(' ').skip(1).collect())
    };
    assert!(others("软件").contains(&"软体"), "{words:?}");
    assert!(others("软体").contains(&"软件"), "one page says 軟體: {words:?}");
    assert!(others("海创园").contains(&"海外高层次人才创新创业园"), "a term of the glossary: {words:?}");
    assert_eq!(others("视频"), Vec::<&str>::new(), "no page has it");
    // What is typed in Traditional is found through the foldings.
    assert_eq!("軟體".chars().map(|c| index.folding[&c]).collect::<String>(), "软体");
}

#[test]
fn without_search_there_is_neither_page_nor_index() {
    let files = build(&format!("search = false\n{BOTH}"), &PAGES[..1]).expect("it builds");
    assert!(files.keys().all(|path| !path.contains("search")), "{:?}", files.keys());
    let pages = [PAGES[0], ("search.md", "+++\ntitle = \"搜索\"\n+++\n文\n")];
    build(&format!("search = false\n{BOTH}"), &pages).expect("then a page may be there");
    let said = build(BOTH, &pages).expect_err("two pages at one place");
    assert!(said[0].contains("zh-hans/search/index.html"), "{said:?}");
}

#[test]
fn the_search_page_lists_what_there_is_in_the_editions_script() {
    let files = build(BOTH, PAGES[..4].as_ref()).expect("it builds");
    let page = String::from_utf8(files["zh-hant/search/index.html"].clone()).expect("UTF-8");
    assert_eq!(page, "搜索：發展|/zh-hant/search/|打贏經濟翻身仗:項目:/zh-hant/a/town/,/zh-hant/a/two/,");
}

// ---- Large sites

fn gram(chars: &[char]) -> u32 {
    let factors = [0x9E37_79B1_u32, 0x85EB_CA6B, 0xC2B2_AE35];
    let mixed =
        chars.iter().zip(factors).fold(0, |mixed, (c, factor)| mixed ^ (*c as u32).wrapping_mul(factor));
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D);
    ((mixed ^ (mixed >> 12)) & !1).max(2)
}

/// The pages that hold a gram: whether it is in their titles, and where it begins.
fn holders(files: &Files, index: &Index, gram: u32) -> BTreeMap<u32, (bool, u8)> {
    let bits = index.head["bits"].as_u64().expect("bits") as u32;
    let all = index.head["count"].as_u64().expect("a number") as u32;
    let bytes = &files[&format!("search/grams/{:x}.bin", gram >> (32 - bits))];
    let (mut at, mut own) = (0, 0);
    while at < bytes.len() {
        own += number(bytes, &mut at);
        let length = number(bytes, &mut at);
        let end = at + (length >> 1) as usize;
        if own != gram >> 1 {
            at = end;
            continue;
        }
        let (mut page, mut pages) = (0, BTreeMap::new());
        let is_dense = length & 1 == 1;
        if is_dense {
            let has = |page: &u32| bytes[at + (page / 8) as usize] >> (page % 8) & 1 == 1;
            pages.extend((0..all).filter(has).map(|page| (page, (false, u8::MAX))));
            at += all.div_ceil(8) as usize;
        }
        while at < end {
            let next = number(bytes, &mut at);
            page += if is_dense { next } else { next >> 1 };
            let places = if is_dense { u8::MAX } else { bytes[at] };
            at += usize::from(!is_dense);
            pages.insert(page, (is_dense || next & 1 == 1, places));
        }
        return pages;
    }
    BTreeMap::new()
}

const WORDS: &[&str] = &[
    "软件",
    "軟體",
    "信息公开",
    "頭髮",
    "出发",
    "后来",
    "皇后",
    "U盘",
    "打印机",
    "，",
    "。",
    "“引号”",
    "AI ",
    "Town",
    "12,345",
    "质量",
    "网络",
    "默认",
    "海创园",
    "里长",
    "干部",
    "餅乾",
    "臺灣",
    "台风",
    "复杂",
    "重复",
    "Ａ１",
    " ",
    "面条",
    "鐘錶",
    "钟",
];

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(WORDS);
    prop::collection::vec(prop::collection::vec(word, 1..40).prop_map(|words| words.concat()), 1..4)
}

fn with_home(home: &[String], pages: &[String]) -> Files {
    let text = |number: usize, paragraphs: &[String]| {
        // A number first, so that no paragraph is a heading, a list or empty.
        format!("+++\ntitle = \"第{number}篇\"\n+++\n文{}\n", paragraphs.join("\n\n文"))
    };
    let mut sources = vec![("_index.md".to_owned(), text(0, home))];
    sources.extend(
        pages
            .iter()
            .enumerate()
            .map(|(at, page)| (format!("p{at}.md"), text(at + 1, std::slice::from_ref(page)))),
    );
    let sources: Vec<(&str, &str)> =
        sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    build(
        ALL.rsplit_once("[[editions]]\ntag = \"en\"\n").map(|(a, b)| format!("{a}{b}")).expect("en").as_str(),
        &sources,
    )
    .expect("it builds")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_texts_come_back_in_every_edition(home in paragraphs()) {
        expect_the_same(&with_home(&home, &[]));
    }
}

#[test]
fn in_a_large_site_every_part_of_a_text_leads_to_its_page() {
    let mut seed = 11_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let pages: Vec<String> =
        (0..60).map(|_| (0..400).map(|_| WORDS[random(WORDS.len())]).collect()).collect();
    let files = with_home(&["首页".to_owned()], &pages);
    let index = index(&files);
    assert!(index.head.get("pages").is_none(), "it is not one file");
    expect_the_same(&files);
    let is_wide = |c: Option<&char>| {
        c.is_some_and(|c| ('\u{2E80}'..='\u{FFEF}').contains(c) && !"「」『』".contains(*c))
    };
    let normal = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).expect("ASCII").to_ascii_lowercase(),
        c => c.to_ascii_lowercase(),
    };
    let folded = |c: char| {
        if "“”‘’「」『』".contains(c) { '"' } else { *index.folding.get(&c).unwrap_or(&c) }
    };
    for (number, (_, texts)) in index.pages.iter().enumerate() {
        for _ in 0..20 {
            // A stretch of which each character is from one edition or another.
            let text = &texts[0];
            let from = random(text.chars.len());
            let length = 1 + random(6);
            let mut query: Vec<char> = Vec::new();
            for place in from..(from + length).min(text.chars.len()) {
                let form = &text.forms[random(text.forms.len())];
                query.extend(form[place].or(text.forms[0][place]).map(normal));
            }
            // A word of another length may begin or end within it: then it is no text that any edition shows.
            let is_cut =
                text.ways.iter().flatten().any(|(start, (end, _))| *start < from + length && *end > from);
            if query.contains(&'\n') || is_cut {
                continue;
            }
            let counted: Vec<char> = (0..query.len())
                .filter(|at| {
                    query[*at] != ' '
                        || !(is_wide(at.checked_sub(1).and_then(|at| query.get(at)))
                            || is_wide(query.get(at + 1)))
                })
                .map(|at| folded(query[at]))
                .collect();
            let at_ends = |c: Option<&char>| c.is_none_or(|c| *c == ' ');
            if at_ends(counted.first()) || at_ends(counted.last()) {
                continue;
            }
            let grams: Vec<u32> = counted.windows(counted.len().min(3)).map(gram).collect();
            let mut together = u8::MAX;
            for (at, gram) in grams.into_iter().enumerate() {
                let holders = holders(&files, &index, gram);
                let (_, places) =
                    holders.get(&(number as u32)).expect("the page holds all grams of its text");
                together &= places.rotate_right(at as u32 % 8);
            }
            assert!(together != 0, "{query:?} stands together on page {number}");
        }
    }
    // Titles are known apart from the rest.
    let titles = holders(&files, &index, gram(&['第', '1']));
    assert!(titles.len() >= 10 && titles.values().all(|(in_title, _)| *in_title), "{titles:?}");
    assert!(holders(&files, &index, gram(&['文', '龘'])).is_empty());
}
