//! No character of a text is lost or doubled, whatever the text.

use super::{fixtures, imported};
use encoding_rs::{BIG5, GB18030};
use jianbao::import::{Imported, decode};
use jianbao::script::Dictionaries;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use std::collections::BTreeMap;

/// The texts of a content file as a reader of Markdown has them, front matter first.
fn said(markdown: &str) -> Vec<String> {
    let mut parts = markdown.splitn(3, "+++\n");
    let front: toml::Table = parts.nth(1).expect("front matter").parse().expect("TOML");
    let mut said = Vec::new();
    let mut add = |value: &toml::Value| match value {
        toml::Value::String(text) => said.push(text.clone()),
        toml::Value::Array(items) => {
            said.extend(items.iter().map(|item| item.as_str().expect("a text").to_owned()));
        }
        // The day of a date line stands under [extra] as it was printed.
        _ => {}
    };
    front.iter().filter(|(key, _)| *key != "extra").for_each(|(_, value)| add(value));
    front.get("extra").and_then(|extra| extra.get("printed")).into_iter().for_each(add);
    let body = parts.next().expect("a body");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH;
    let mut text = String::new();
    for event in Parser::new_ext(body, options) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::Start(_) | Event::End(_) => {}
            other => panic!("{other:?} in {body}"),
        }
    }
    said.push(text);
    said
}

/// Half-width marks as the full-width ones that they may become, space left out.
fn folded(text: &str) -> String {
    let wide = |c: char| match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        '.' => '。',
        c => c,
    };
    let mut out = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            c if jianbao::script::is_unprintable(c) => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            c => out.push(wide(c)),
        }
    }
    out
}

fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    text.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    counts
}

fn check(raw: &str, imported: &Imported) {
    let all = said(&imported.markdown).concat();
    let notes = |kind: &str| imported.notes.iter().filter(|note| note.kind == kind).count();
    let mut wanted = counted(&folded(raw));
    // What the notes say was left out or added.
    let hyphens = notes("hyphen");
    wanted.entry('-').and_modify(|count| *count -= hyphens);
    if imported.notes.iter().any(|note| note.kind == "title" && note.line == 0) {
        "无题".chars().for_each(|c| *wanted.entry(c).or_default() += 1);
    }
    for note in imported.notes.iter().filter(|note| note.kind == "source") {
        let line = raw.split(['\n', '\r']).nth(note.line - 1).map(folded).unwrap_or_default();
        let label = line.split_inclusive('：').next().unwrap_or_default();
        label.chars().for_each(|c| *wanted.entry(c).or_default() -= 1);
        if line.starts_with('（') {
            *wanted.entry('）').or_default() -= 1;
        }
    }
    wanted.retain(|_, count| *count > 0);
    assert_eq!(counted(&folded(&all)), wanted, "{raw}\n---\n{}", imported.markdown);
}

#[test]
fn of_the_raw_texts() {
    for (_, path) in fixtures() {
        let bytes = std::fs::read(path).expect("a text");
        check(std::str::from_utf8(&bytes).expect("UTF-8"), &imported(&bytes));
    }
}

/// Lines are never torn apart: each stands whole in the page.
#[test]
fn lines_stay_whole() {
    for (name, path) in fixtures() {
        let raw = std::fs::read_to_string(path).expect("a text");
        let page: String = said(&imported(raw.as_bytes()).markdown).iter().map(|text| folded(text)).collect();
        for line in raw.lines().filter(|line| !line.contains("来源")) {
            assert!(page.contains(&folded(line)), "{name}: {line}");
        }
    }
}

#[test]
fn in_whatever_encoding() {
    for (name, path) in fixtures() {
        let raw = std::fs::read_to_string(path).expect("a text");
        let wide = |bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            format!("{mark}{raw}").encode_utf16().flat_map(bytes).collect()
        };
        let mut encoded = vec![
            ("UTF-8", format!("\u{FEFF}{raw}").into_bytes()),
            ("UTF-16LE", wide(u16::to_le_bytes, "\u{FEFF}")),
            ("UTF-16BE", wide(u16::to_be_bytes, "\u{FEFF}")),
            ("UTF-16LE", wide(u16::to_le_bytes, "")),
            ("UTF-16BE", wide(u16::to_be_bytes, "")),
        ];
        if raw.is_ascii() {
            encoded.truncate(5);
        } else {
            encoded.push(("GB18030", GB18030.encode(&raw).0.into_owned()));
        }
        let (big5, _, has_others) = BIG5.encode(&raw);
        if !has_others && !raw.is_ascii() {
            encoded.push(("Big5", big5.into_owned()));
        }
        for (encoding, bytes) in encoded {
            let decoded = decode(&bytes, &Dictionaries::embedded()).expect("a text");
            assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, raw.as_str()), "{name}");
        }
    }
}

/// Lines of what newsrooms write, and of what means something in Markdown.
fn line() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "杭州未来科技城",
        "以及服",
        "务等。",
        "今年2月，",
        "平臺",
        "「半年红」",
        "“全年红”",
        "（图片由管委会提供）",
        "本报记者 甲某",
        "04",
        "第3版",
        "2023年6月28日",
        "来源",
        "一、",
        "XR供应链",
        "vivo,OPPO",
        "infor-",
        "mation",
        "the data",
        "(含DTC)",
        "\u{3000}\u{3000}",
        " ",
        "\t",
        "\u{7}",
        "\u{FEFF}",
        "*",
        "_",
        "#",
        "##",
        "> ",
        "- ",
        "1. ",
        "2) ",
        "+++",
        "---",
        "===",
        "`",
        "```",
        "~~",
        "[x](y)",
        "[^1]",
        "![",
        "<b>",
        "<!--",
        "&amp;",
        "|",
        ":::",
        ": ",
        "-{",
        "}-",
        "$x$",
        "$",
        "\\",
        "{#a}",
        "https://example.org/a_b",
        "。",
        "，",
        "！",
    ]);
    prop::collection::vec(words, 0..12).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn of_any_text(lines in prop::collection::vec(line(), 1..24), end in prop::sample::select(vec!["\n", "\r\n", "\n\n", "\u{2028}"])) {
        let raw = lines.join(end);
        prop_assume!(!raw.contains("来源：") && !raw.contains("来源:"));
        if let Ok(imported) = jianbao::import::import(raw.as_bytes(), "无题", &Dictionaries::embedded()) {
            check(raw.trim_start_matches('\u{FEFF}'), &imported);
        }
    }

    #[test]
    fn of_any_characters(raw in "\\PC{0,200}") {
        if let Ok(imported) = jianbao::import::import(raw.as_bytes(), "无题", &Dictionaries::embedded()) {
            check(raw.trim_start_matches('\u{FEFF}'), &imported);
        }
    }
}

/// Twice the text takes about twice the time, whatever the text.
#[test]
fn long_texts_take_their_time_and_no_more() {
    let texts = [
        "以及服\n",
        "务等。\n",
        "集聚数字动能　做强智能产业\n",
        "以及服",
        "(",
        "infor-\nmation\n",
        "早上七点半，地铁站外的接驳公交准时发\n",
        "-{",
        "张某　李某\n",
    ];
    for text in texts {
        let raw = text.repeat(1 + 300_000 / text.len());
        let started = std::time::Instant::now();
        imported(raw.as_bytes());
        assert!(started.elapsed().as_secs() < 10, "{text}: {:?}", started.elapsed());
    }
}
