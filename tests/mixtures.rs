//! Blocks in blocks and marks in marks, at random: nothing that an author wrote is lost, and what is made is sound.

use crate::sites::{Built, SETTINGS, build_with};
use jianbao::content::{Route, Source};
use jianbao::markdown::{self, Options};
use jianbao::script::Run;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Characters that are the same in both scripts.
const PROSE: &str = "山水火土日月星天地人口手足";

/// Marks, whole and torn.
const MARKS: &[&str] = &[
    "**",
    "*",
    "_",
    "~~",
    "`",
    "``",
    "$",
    "\\*",
    "“",
    "”",
    "（",
    "）",
    "，",
    "。",
    " ",
    "-{",
    "}-",
    "-{木}-",
    "-{zh-hans:软件;zh-hant:軟體}-",
    "[^1]",
    "[木](#top)",
    "[",
    "](#top)",
    "]",
    "<b>木</b>",
    "<br>",
    "&amp;",
    "<",
    "#",
    "=",
    ":::",
    "：：：",
    "`木`",
    "$x$",
    "https://example.com/a",
    "x",
    "1,141",
];

/// What a title or a value may hold.
const PLAIN: &[&str] =
    &["山", "水", "&", "<", "'", "-{zh-hans:软件;zh-hant:軟體}-", "-{木}-", "（", " ", "*"];

#[derive(Debug, Clone)]
enum Block {
    Paragraph(Vec<String>),
    Heading(usize, String),
    Table(Vec<String>),
    Code(String),
    Html(String),
    List(bool, bool, Vec<Vec<Block>>),
    Quote(Vec<Block>),
    Definition(String, Vec<Block>),
    Footnote(Vec<Block>),
    Component(String, Vec<Block>),
}

fn any_words() -> impl Strategy<Value = String> {
    let prose: Vec<String> = PROSE.chars().map(String::from).collect();
    let part = prop_oneof![
        3 => prop::sample::select(prose),
        2 => prop::sample::select(MARKS).prop_map(str::to_owned),
    ];
    // A line begins with a character that begins no block of its own.
    prop::collection::vec(part, 0..8).prop_map(|parts| format!("人{}", parts.concat()))
}

/// A title or a value in a line of colons or a cell: one text, whatever its marks.
fn any_plain() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PLAIN), 0..5).prop_map(|parts| format!("火{}", parts.concat()))
}

fn any_block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        4 => prop::collection::vec(any_words(), 1..3).prop_map(Block::Paragraph),
        1 => (1..5_usize, any_plain()).prop_map(|(level, text)| Block::Heading(level, text)),
        2 => prop::collection::vec(any_plain(), 1..4).prop_map(Block::Table),
        1 => any_words().prop_map(Block::Code),
        1 => any_plain().prop_map(Block::Html),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let inside = prop::collection::vec(inner, 1..4);
        prop_oneof![
            2 => (any::<bool>(), any::<bool>(), prop::collection::vec(inside.clone(), 1..3))
                .prop_map(|(numbered, loose, items)| Block::List(numbered, loose, items)),
            1 => inside.clone().prop_map(Block::Quote),
            1 => (any_plain(), inside.clone()).prop_map(|(term, inside)| Block::Definition(term, inside)),
            1 => inside.clone().prop_map(Block::Footnote),
            4 => (any_opening(), inside).prop_map(|(opening, inside)| Block::Component(opening, inside)),
        ]
    })
}

fn any_opening() -> impl Strategy<Value = String> {
    (any_plain(), any_plain(), 0..5).prop_map(|(title, value, shape)| match shape {
        0 => ":::: note".to_owned(),
        1 => format!("::: note {title}"),
        2 => format!(":::note[{title}]"),
        3 => format!("::: quote {title} by=\"{value}\""),
        _ => format!("::: {{.quote by=\"{value}\" title=\"{title}\"}}"),
    })
}

/// The lines of blocks. `number` counts the footnotes.
fn lines(blocks: &[Block], number: &mut usize) -> Vec<String> {
    let (mut out, mut after_html) = (Vec::new(), false);
    for block in blocks {
        let made = block_lines(block, number);
        // Lines of colons and tables may stand right below what they follow.
        let is_apart = !matches!(block, Block::Component(..)) || after_html;
        after_html = matches!(block, Block::Html(_));
        if is_apart && !out.is_empty() {
            out.push(String::new());
        }
        out.extend(made);
    }
    out
}

fn block_lines(block: &Block, number: &mut usize) -> Vec<String> {
    let indented = |first: &str, rest: &str, lines: Vec<String>| {
        let prefix = |(at, line): (usize, String)| match (at, line.is_empty()) {
            (0, _) => format!("{first}{line}"),
            (_, true) => rest.trim_end().to_owned(),
            (_, false) => format!("{rest}{line}"),
        };
        lines.into_iter().enumerate().map(prefix).collect::<Vec<_>>()
    };
    match block {
        Block::Paragraph(lines) => lines.clone(),
        Block::Heading(level, text) => vec![format!("{} {text}", "#".repeat(*level))],
        Block::Table(rows) => {
            let cell = |text: &String| format!("| {} | 1,141 |", text.replace('|', "\\|"));
            let mut lines = vec!["| 土 | 日 |".to_owned(), "| --- | --- |".to_owned()];
            lines.extend(rows.iter().map(cell));
            lines
        }
        Block::Code(text) => vec!["```".to_owned(), text.replace('`', ""), "```".to_owned()],
        Block::Html(text) => {
            let text = text.replace(['<', '&'], "");
            vec!["<div>".to_owned(), format!("<p title=\"{text}\">{text}</p>"), "</div>".to_owned()]
        }
        Block::List(numbered, loose, items) => {
            let marker = if *numbered { "1. " } else { "- " };
            let mut out: Vec<String> = Vec::new();
            for item in items {
                if *loose && !out.is_empty() {
                    out.push(String::new());
                }
                let rest = " ".repeat(marker.len());
                out.extend(indented(marker, &rest, lines(item, number)));
            }
            out
        }
        Block::Quote(inside) => indented("> ", "> ", lines(inside, number)),
        Block::Definition(term, inside) => {
            let mut out = vec![term.clone()];
            out.extend(indented(": ", "  ", lines(inside, number)));
            out
        }
        Block::Footnote(inside) => {
            *number += 1;
            let label = format!("[^注{number}]");
            let mut out = vec![format!("手{label}"), String::new()];
            out.extend(indented(&format!("{label}: "), "    ", lines(inside, number)));
            out
        }
        Block::Component(opening, inside) => {
            let mut out = vec![opening.clone()];
            out.extend(lines(inside, number));
            if let Some(Block::Html(_)) = inside.last() {
                out.push(String::new());
            }
            out.push(":::".to_owned());
            out
        }
    }
}

fn any_page() -> impl Strategy<Value = String> {
    prop::collection::vec(any_block(), 1..5).prop_map(|blocks| {
        let mut text = lines(&blocks, &mut 0).join("\n");
        text.push_str("\n\n手[^1]\n\n[^1]: 足\n");
        text
    })
}

fn built(markdown: &str) -> Built {
    let body = "{{ page.content }}";
    let templates = [
        ("home.html", body),
        ("section.html", body),
        ("page.html", body),
        ("entry.html", ""),
        ("404.html", ""),
        (
            "compare.html",
            "{% for row in compare.rows %}<div{% if row.id %} id=\"{{ row.id }}\"{% endif %}>{% for cell in row.cells %}<div>{{ cell }}</div>{% endfor %}</div>{% endfor %}",
        ),
        ("components/note.html", "<aside>{{ component.title }}{{ component.body }}</aside>"),
        (
            "components/quote.html",
            "<aside title=\"{{ component.by }}\">{{ component.title }}{{ component.body }}</aside>",
        ),
    ];
    let page = format!("+++\ntitle = \"题\"\n+++\n\n{markdown}");
    build_with(&format!("{SETTINGS}[markdown]\nraw_html = true\n"), &[("_index.md", &page)], &templates)
}

/// How often each character of the prose is there.
fn counts(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| PROSE.contains(*c)) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// The tags of a page: names and whether they close.
fn tags(html: &str) -> Vec<(&str, bool)> {
    let begins = html.match_indices('<').map(|(at, _)| &html[at + 1..]);
    let tags = begins.filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
    tags.map(|rest| {
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        (&rest[..end], closes)
    })
    .collect()
}

/// The first tag that closes what is not open, or what is left open.
fn unbalanced(html: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for (name, closes) in tags(html) {
        if ["br", "hr", "img", "input"].contains(&name) {
            continue;
        }
        if !closes {
            open.push(name);
        } else if open.pop() != Some(name) {
            return Some(name.to_owned());
        }
    }
    open.pop().map(str::to_owned)
}

/// The ids of a page, in order.
fn ids(html: &str) -> Vec<&str> {
    html.match_indices(" id=\"")
        .filter_map(|(at, mark)| Some(html[at + mark.len()..].split_once('"')?.0))
        .collect()
}

/// Nothing where the page was refused, for a rule that marks have made, say.
fn check(text: &str) -> Result<(), TestCaseError> {
    let site = built(text);
    if !site.published {
        return Ok(());
    }
    let hans = &site.files["zh-hans/index.html"];
    let hant = &site.files["zh-hant/index.html"];
    prop_assert_eq!(unbalanced(hans), None, "{}\n\n{}", text, hans);
    let own = ids(hans);
    let unique: BTreeSet<&&str> = own.iter().collect();
    prop_assert_eq!(unique.len(), own.len(), "{}\n\n{}", text, hans);
    prop_assert_eq!(&own, &ids(hant), "{}", text);
    let both = &site.files["compare/index.html"];
    prop_assert_eq!(unbalanced(both), None, "{}\n\n{}", text, both);
    let sorted = |html| {
        let mut ids = ids(html);
        ids.sort_unstable();
        ids
    };
    prop_assert_eq!(sorted(both), sorted(hans), "{}\n\n{}", text, both);
    for (html, times) in [(hans, 1), (hant, 1), (both, 2)] {
        let shown = counts(html);
        for (c, count) in counts(text) {
            let is_whole = shown.get(&c).is_some_and(|shown| *shown >= times * count);
            prop_assert!(is_whole, "{c} is lost\n{text}\n\n{html}");
        }
    }
    Ok(())
}

/// What `convert --markdown` makes of a text, with a conversion that is seen everywhere.
fn rewritten(text: &str) -> String {
    markdown::rewrite(text, |run| {
        let pieces: Vec<String> = run.pieces().map(|piece| piece.replace('人', "入")).collect();
        Run::from_pieces(pieces.iter().map(String::as_str))
    })
}

/// Lines that are nothing but torn.
fn any_soup() -> impl Strategy<Value = String> {
    let begins =
        ["", "", "> ", "- ", "1. ", "  ", "    ", ": ", "[^1]: ", "| ", "# ", "<div>", "</div>", "\t"];
    let begins: Vec<String> = begins.map(str::to_owned).to_vec();
    let begin = prop::collection::vec(prop::sample::select(begins), 0..3);
    let line = prop_oneof![
        3 => any_words(),
        2 => any_opening(),
        2 => Just(":::".to_owned()),
        1 => prop::sample::select(vec!["```", "~~~", "$$", "| --- | --- |", "---", "===", "::: chart", "::: table file=\"a.csv\""])
            .prop_map(str::to_owned),
        2 => Just(String::new()),
    ];
    let line = (begin, line).prop_map(|(begin, line)| format!("{}{line}\n", begin.concat()));
    prop::collection::vec(line, 1..24).prop_map(|lines| lines.concat())
}

/// How many nodes a text becomes.
fn nodes(text: &str) -> usize {
    let route = Route::default();
    let source = Source {
        path: "content/_index.md".to_owned(),
        text: format!("+++\ntitle = \"题\"\n+++\n{text}"),
        route,
    };
    let options = Options { raw_html: true, ..Options::default() };
    let document = markdown::parse(&source, options).report(&mut Vec::new());
    document.map_or(0, |document| document.tree.nodes().len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_mixed_nothing_is_lost_and_the_page_is_sound(text in any_page()) {
        check(&text)?;
        // A rule is written as the text that it stands for.
        let plain = text.replace("-{", "").replace("}-", "");
        prop_assert_eq!(rewritten(&plain).replace('入', "人"), plain);
    }

    #[test]
    fn whatever_is_torn_comes_to_an_end(text in any_soup()) {
        let site = built(&text);
        if let Some(hans) = site.files.get("zh-hans/index.html") {
            prop_assert_eq!(ids(hans), ids(&site.files["zh-hant/index.html"]), "{}", text);
        }
        let plain = text.replace("-{", "").replace("}-", "");
        prop_assert_eq!(rewritten(&plain).replace('入', "人"), plain);
        let often = text.repeat(32);
        let nodes = nodes(&often);
        prop_assert!(nodes <= often.len() + 40, "{nodes} nodes of {} bytes\n{text}", often.len());
    }
}
