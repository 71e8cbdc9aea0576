//! Parsing: what becomes of hard and hostile Markdown.

use crate::emphasis::html_of;
use crate::sites::{SETTINGS, build};
use jianbao::content::{Route, Source};
use jianbao::markdown::{self, Document, Options};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn parse(body: &str) -> Document {
    let source = Source {
        path: "content/a.md".into(),
        text: format!("+++\ntitle = \"题\"\n+++\n{body}"),
        route: Route::of("content/a.md").expect("a route"),
    };
    let mut diagnostics = Vec::new();
    markdown::parse(&source, Options::default()).report(&mut diagnostics).expect("a document")
}

fn ids(body: &str) -> Vec<String> {
    parse(body).headings.into_iter().map(|heading| heading.id).collect()
}

#[test]
fn ids_come_from_the_source_text() {
    assert_eq!(ids("## 头发\n\n## 2023年\n\n## A & B\n\n## ！？"), ["头发", "h-2023年", "a-b", "section"]);
}

#[test]
fn ids_are_unique_and_explicit_ones_win() {
    assert_eq!(ids("## 一\n\n## 一\n\n## 二 {#一-2}\n\n## 一"), ["一", "一-3", "一-2", "一-4"]);
    let document = parse("## P1\n\n段\n\n段");
    assert_eq!(document.anchors, ["content", "p1", "p1-2", "p2", "top"]);
}

#[test]
fn headings_keep_their_ids_and_classes() {
    assert_eq!(html_of("## 题 {#算力 .wide .红}"), "<h2 id=\"算力\" class=\"wide 红\">题</h2>");
    assert_eq!(html_of("题 {#Top-3 .a}\n---"), "<h2 id=\"Top-3\" class=\"a\">题</h2>");
    assert_eq!(html_of("## 题 {.a}"), "<h2 id=\"题\" class=\"a\">题</h2>");
    assert_eq!(html_of("## 题 {#a\"&b}"), "<h2 id=\"a&quot;&amp;b\">题</h2>");
    assert_eq!(said("## 甲 {#x}\n\n## 乙 {#x}"), ["error:id-twice"]);
    assert_eq!(said("## 题 {#x lang=ja onclick=y}"), ["warning:heading-attribute"; 2]);
}

#[test]
fn braces_that_hold_no_attributes_are_text() {
    assert_eq!(html_of("## 标题 {可选}  "), "<h2 id=\"标题-可选\">标题 {可选}</h2>");
    assert_eq!(html_of("标题 {可选}\n---"), "<h2 id=\"标题-可选\">标题 {可选}</h2>");
    assert_eq!(html_of("## fn main() {}"), "<h2 id=\"fn-main\">fn main() {}</h2>");
    assert_eq!(html_of("## {#a}"), "");
    assert_eq!(html_of("字 {可选}\n`{x}`"), "<p>字 {可选}\n<code>{x}</code></p>");
    assert_eq!(html_of("```{可选}\n{x}\n```"), "<pre tabindex=\"0\"><code>{x}\n</code></pre>");
}

/// Blocks that give ids, and take them from one another.
const BLOCKS: [&str; 12] = [
    "## 头发",
    "## **头**发",
    "### 头发-2",
    "## 2026年：`发`展",
    "## -{zh-hans:软件;zh-hant:軟體}-",
    "## 軟體",
    "## P1",
    "## Content",
    "头发[^a]，里面[^a]。",
    "![头发](https://example.org/a.png)",
    "<a name=\"头发\"></a>",
    "头发\n干净\n---",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn ids_are_unique_and_the_same_in_all_editions(blocks in prop::collection::vec(prop::sample::select(BLOCKS.to_vec()), 1..12)) {
        let page = format!("+++\ntitle = \"题\"\n+++\n{}\n\n[^a]: 注", blocks.join("\n\n"));
        let built = build(&format!("{SETTINGS}[markdown]\nraw_html = true\n"), &[("_index.md", &page)]);
        let ids = |file: &str| -> Vec<String> {
            let html = &built.files[file];
            html.split(" id=\"").skip(1).map(|id| id.split('"').next().unwrap_or_default().to_owned()).collect()
        };
        let own = ids("zh-hans/index.html");
        prop_assert_eq!(&own, &ids("zh-hant/index.html"));
        let unique: BTreeSet<&String> = own.iter().collect();
        prop_assert_eq!(unique.len(), own.len(), "{:?}", own);
    }
}

#[test]
fn a_body_that_begins_at_level_one_moves_down() {
    let levels = |body: &str| parse(body).headings.iter().map(|heading| heading.level).collect::<Vec<_>>();
    assert_eq!(levels("# 一\n\n## 二"), [2, 3]);
    assert_eq!(levels("## 一\n\n### 二"), [2, 3]);
}

#[test]
fn a_later_heading_of_level_one_is_no_second_title() {
    let levels = |body: &str| parse(body).headings.iter().map(|heading| heading.level).collect::<Vec<_>>();
    assert_eq!(levels("## 一\n\n# 二\n\n### 三"), [2, 2, 3]);
}

fn said(body: &str) -> Vec<String> {
    let built = build(
        &format!("{SETTINGS}[markdown]\nraw_html = true\n"),
        &[("_index.md", &format!("+++\ntitle = \"题\"\n+++\n{body}"))],
    );
    built.diagnostics.into_iter().map(|d| format!("{}:{}", d.severity.name(), d.code)).collect()
}

#[test]
fn ids_of_the_frame_and_of_footnotes_are_taken() {
    assert_eq!(ids("## Content\n\n## Top"), ["content-2", "top-2"]);
    assert_eq!(said("## A {#top}"), ["error:id-twice"]);
    assert_eq!(said("## A {#fn-1}\n\n字[^a]\n\n[^a]: 注"), ["error:id-twice"]);
    assert_eq!(said("<p id=\"x\">一</p>\n\n## A {#x}"), ["error:id-twice"]);
    assert_eq!(said("<a id=\"here\"></a>字\n\n[去](#here)"), Vec::<String>::new());
}

#[test]
fn references_that_lead_nowhere_are_said() {
    assert_eq!(said("[看][没有] [注]"), ["warning:undefined-reference"]);
    assert_eq!(said("字[^没有]"), ["warning:footnote"]);
    assert_eq!(said("字[^A]\n\n[^a]: 注"), Vec::<String>::new());
    assert_eq!(said("字[^a]\n\n[^a]: 注\n\n[^a]: 二"), ["error:footnote"]);
    assert_eq!(said("字\n\n[^a]: 注"), ["warning:unused-footnote"]);
}

#[test]
fn what_nobody_can_see_is_said() {
    assert_eq!(said("##\n\n字"), ["warning:empty-heading"]);
    assert_eq!(said("[](https://example.org)"), ["warning:empty-link"]);
    assert!(said("![](https://example.org/a.png)").contains(&"warning:missing-alt".to_owned()));
}

#[test]
fn the_same_fault_is_said_at_most_fifty_times() {
    let many = "[](https://example.org)\n\n".repeat(1_000);
    let said = said(&many);
    assert_eq!(said.len(), 51);
}

#[test]
fn loose_task_lists() {
    let built = build(SETTINGS, &[("_index.md", "+++\ntitle = \"题\"\n+++\n- [ ] 一\n\n- [x] 二\n")]);
    let html = &built.files["zh-hans/index.html"];
    assert_eq!(html.matches("<li").count(), 2, "{html}");
    assert!(html.contains("checked aria-label=\"task_done\"> <p id=\"p2\">二</p>"), "{html}");
}

#[test]
fn length_counts_han_and_words_apart() {
    let length = parse("今年2月，AI company 头发。").length;
    assert_eq!((length.han, length.words), (5, 3));
}

#[test]
fn opening_is_the_first_paragraph_that_is_text() {
    let opening = |body: &str| {
        let document = parse(body);
        document.opening.map(|id| document.texts.text(id).to_owned())
    };
    assert_eq!(opening("## 题\n\n> 引\n\n头**发**\n干净。\n\n第二段。").as_deref(), Some("头发干净。"));
    assert_eq!(opening("- 项"), None);
}

/// Each of these has hung, crashed or blown up some Markdown tool. A build of each must simply end.
#[test]
fn hostile_input_ends() {
    let attacks = [
        "> ".repeat(50_000) + "头发",
        (0..1_000).map(|depth| format!("{}- 项\n", "  ".repeat(depth))).collect(),
        "[".repeat(50_000),
        "![".repeat(50_000),
        "*头".repeat(50_000),
        "**头 ".repeat(50_000),
        "`".repeat(50_000) + "头",
        "头发".repeat(1_000_000),
        "[头](".repeat(20_000),
        "头\n".repeat(100_000),
        "<".repeat(50_000),
        "|头".repeat(20_000) + "\n" + &"|-".repeat(20_000) + "\n",
        "[^a]: 头\n\n".repeat(5_000) + "[^a]",
        "“".repeat(100_000),
        "\u{2ff0}".repeat(100_000),
    ];
    for attack in &attacks {
        let page = format!("+++\ntitle = \"题\"\n+++\n{attack}\n");
        let built = build(SETTINGS, &[("_index.md", &page)]);
        assert!(
            built.published || !built.diagnostics.is_empty(),
            "a build ends with a site or with a reason"
        );
    }
}

#[test]
fn hostile_front_matter_is_refused() {
    for front in ["a = ".to_owned() + &"[".repeat(100_000), "a".to_owned() + &".a".repeat(100_000) + " = 1"] {
        let page = format!("+++\ntitle = \"题\"\n{front}\n+++\n");
        let built = build(SETTINGS, &[("_index.md", &page)]);
        assert!(!built.published);
    }
    let bomb: String = std::iter::once("a0: &a0 [x]\n".to_owned())
        .chain((1..40).map(|n| {
            format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}]\n", n - 1)
        }))
        .collect();
    let built = build(SETTINGS, &[("_index.md", &format!("---\ntitle: 题\n{bomb}---\n"))]);
    assert!(!built.published);
}
