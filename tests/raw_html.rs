//! HTML in content: what a reader reads is converted, paths are resolved, everything else stays byte for byte.

use crate::conversion::check_in;
use crate::emphasis::html_of;
use crate::sites::{Built, Folder, SETTINGS, build, build_with};

const HTML: &str = "[markdown]\nraw_html = true\n";

/// The body in both editions.
#[track_caller]
fn check(markdown: &str, hans: &str, hant: &str) {
    check_in(HTML, markdown, hans, hant);
}

/// A body that is the same in both editions.
#[track_caller]
fn stays(html: &str) {
    check(html, html, html);
}

#[test]
fn attributes_that_are_read_are_converted() {
    check(
        "<p  TITLE = '干净' aria-label=\"头发\" data-x=\"头发\" class=头发>发</p>",
        "<p  TITLE = '干净' aria-label=\"头发\" data-x=\"头发\" class=头发>发</p>",
        "<p  TITLE = '乾淨' aria-label=\"頭髮\" data-x=\"头发\" class=头发>發</p>",
    );
    check(
        "<form><input placeholder=头发 value=\"头发\"/><select><optgroup label='里面'></optgroup></select></form>",
        "<form><input placeholder=头发 value=\"头发\"/><select><optgroup label='里面'></optgroup></select></form>",
        "<form><input placeholder=頭髮 value=\"头发\"/><select><optgroup label='裡面'></optgroup></select></form>",
    );
    check(
        "头<abbr title=\"头发&amp;&#21457;&nbsp;展\">发</abbr>",
        "<p>头<abbr title=\"头发&amp;&#21457;&nbsp;展\">发</abbr></p>",
        "<p>頭<abbr title=\"頭髮&amp;&#21457;&nbsp;展\">髮</abbr></p>",
    );
    check(
        "<div title=\"“头发”\">“头发”</div>",
        "<div title=\"“头发”\">“头发”</div>",
        "<div title=\"「頭髮」\">「頭髮」</div>",
    );
    check(
        "<b title=\"-{头发}-\">-{头发}-</b>",
        "<p><b title=\"头发\">头发</b></p>",
        "<p><b title=\"头发\">头发</b></p>",
    );
}

#[test]
fn attributes_stay_attributes_whatever_conversion_puts_in() {
    let terms = "[[glossary]]\nterm = \"头\"\nzh-Hans = \"头\"\nzh-Hant = \"a b\\\"c'd>\"\n";
    check_in(
        &format!("{terms}{HTML}"),
        "<b title=\"头\"><i title='头'><u title=头>x</u></i></b>",
        "<p><b title=\"头\"><i title='头'><u title=头>x</u></i></b></p>",
        "<p><b title=\"a b&#34;c'd>\"><i title='a b\"c&#39;d>'><u title=a&#32;b\"c'd&#62;>x</u></i></b></p>",
    );
}

#[test]
fn attributes_of_what_is_left_alone_stay() {
    stays("<p lang=\"ja\" title=\"国会\">国会</p>");
    stays("<div translate=\"no\"><img alt=\"头发\" src=\"data:x\"></div>");
    stays("<div><svg><title>头发</title><text aria-label=\"发\">发</text></svg></div>");
    stays("<pre title=\"a\"><b title=\"头发\">头发</b></pre>");
    check(
        "<img lang=\"en\" alt=\"发\" src=\"data:x\">发<br>\n",
        "<p><img lang=\"en\" alt=\"发\" src=\"data:x\">发<br></p>",
        "<p><img lang=\"en\" alt=\"发\" src=\"data:x\">發<br></p>",
    );
}

#[test]
fn an_element_that_is_left_alone_reaches_across_blank_lines() {
    check(
        "<div lang=\"ja\">\n\n発展 **国会** `発`\n\n- 発\n\n</div>\n\n发展",
        "<div lang=\"ja\"><p>発展 <strong>国会</strong> <code>発</code></p><ul><li>発</li></ul></div><p>发展</p>",
        "<div lang=\"ja\"><p>発展 <strong>国会</strong> <code>発</code></p><ul><li>発</li></ul></div><p>發展</p>",
    );
    check(
        "<div lang=\"ja\"><div>\n\n国会\n\n</div>\n\n国会\n\n</div>\n国会",
        "<div lang=\"ja\"><div><p>国会</p></div><p>国会</p></div>国会",
        "<div lang=\"ja\"><div><p>国会</p></div><p>国会</p></div>國會",
    );
    check(
        "<div translate=\"no\">\n\n字![头发](https://example.org/a.png \"头发\")\n\n</div>",
        "<div translate=\"no\"><p>字<img src=\"https://example.org/a.png\" alt=\"头发\" title=\"头发\" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\"></p></div>",
        "<div translate=\"no\"><p>字<img src=\"https://example.org/a.png\" alt=\"头发\" title=\"头发\" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\"></p></div>",
    );
    let svg = "<svg><text>头发</text><p><text>头发</text> 头发</p></svg>";
    check(
        "<svg>\n<text>头发</text>\n\n<text>头发</text> 头发\n\n</svg>\n\n头发",
        &format!("{svg}<p>头发</p>"),
        &format!("{svg}<p>頭髮</p>"),
    );
    check(
        "<pre>\n头发\n\n头发</pre>\n头发",
        "<pre>头发\n\n头发</pre><p>头发</p>",
        "<pre>头发\n\n头发</pre><p>頭髮</p>",
    );
}

#[test]
fn it_ends_with_what_holds_it() {
    check(
        "- <div lang=\"ja\">\n\n  国会\n\n- 国会\n\n国会",
        "<ul><li><div lang=\"ja\"><p>国会</p></li><li><p>国会</p></li></ul><p>国会</p>",
        "<ul><li><div lang=\"ja\"><p>国会</p></li><li><p>國會</p></li></ul><p>國會</p>",
    );
    check(
        "<p lang=\"ja\">国会\n\n国会",
        "<p lang=\"ja\">国会<p>国会</p>".replace("会<p", "会\n<p").as_str(),
        "<p lang=\"ja\">国会<p>國會</p>".replace("会<p", "会\n<p").as_str(),
    );
    check(
        "国<span lang=\"ja\">国会\n\n国会",
        "<p>国<span lang=\"ja\">国会</p><p>国会</p>",
        "<p>國<span lang=\"ja\">国会</p><p>國會</p>",
    );
}

#[test]
fn a_heading_in_another_language_is_one() {
    let page = "+++\ntitle = \"题\"\n+++\n## <span lang=\"ja\">国会</span>\n";
    let templates = "{% for item in page.contents %}[{{ item.html }}]{% endfor %}{{ page.content }}";
    let built = build_with(
        &format!("{SETTINGS}{HTML}"),
        &[("_index.md", page)],
        &[
            ("home.html", templates),
            ("section.html", ""),
            ("page.html", ""),
            ("entry.html", ""),
            ("404.html", ""),
        ],
    );
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let html = &built.files["zh-hant/index.html"];
    assert!(html.contains("<h2 id=\"国会\"><span lang=\"ja\">国会</span></h2>"), "{html}");
}

/// A page of a section, and what a path in its HTML becomes.
fn site(html: &str) -> Folder {
    let site = Folder::new();
    site.write("site.toml", format!("{SETTINGS}{HTML}"));
    site.write("static/logo.png", "");
    site.write("content/10-news/_index.md", "+++\ntitle = \"新闻\"\n+++\n");
    site.write("content/10-news/20-town.md", "+++\ntitle = \"镇\"\n+++\n\n## 算力\n\n字\n");
    site.write("content/10-news/pic.png", include_bytes!("../static/icon-192.png"));
    site.write("content/10-news/图/发 展.mp4", "");
    site.write("content/10-news/30-page.md", format!("+++\ntitle = \"页\"\n+++\n\n{html}\n"));
    site
}

#[track_caller]
fn leads(html: &str, hant: &str) {
    let site = site(html);
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.contains("warning")), (0, false), "{}", ran.stderr);
    let page = site.read("public/zh-hant/news/page/index.html");
    assert!(page.contains(hant), "{html}: {page}");
}

#[test]
fn paths_lead_where_links_of_markdown_do() {
    leads("<img src=\"./pic.png\" alt=\"x\"/>", "<img src=\"/zh-hant/news/pic.png\" alt=\"x\"/>");
    leads("<IMG  SRC = 'pic.png' width=1>", "<IMG  SRC = '/zh-hant/news/pic.png' width=1>");
    leads("<img src=pic.png>", "<img src=\"/zh-hant/news/pic.png\">");
    leads("<img src=\"/logo.png?v=1&amp;x=2\">", "<img src=\"/logo.png?v=1&amp;x=2\">");
    leads("<a href=\"20-town.md#算力\">镇</a>", "<a href=\"/zh-hant/news/town/#算力\">鎮</a>");
    leads(
        "<a href=\"../_index.md\"><img src=\"pic.png\"></a>",
        "<a href=\"/zh-hant/\"><img src=\"/zh-hant/news/pic.png\"></a>",
    );
    leads(
        "<video src=\"图/发 展.mp4\" poster=\"pic.png\"><source src=\"图/%E5%8F%91%20展.mp4\"></video>",
        "<video src=\"/zh-hant/news/%E5%9B%BE/%E5%8F%91-%E5%B1%95.mp4\" poster=\"/zh-hant/news/pic.png\"><source src=\"/zh-hant/news/%E5%9B%BE/%E5%8F%91-%E5%B1%95.mp4\"></video>",
    );
    leads(
        "<picture><source srcset=\"pic.png 1x, /logo.png 2x\"><img src=\"pic.png\"></picture>",
        "<picture><source srcset=\"/zh-hant/news/pic.png 1x, /logo.png 2x\"><img src=\"/zh-hant/news/pic.png\"></picture>",
    );
    leads(
        "<pre lang=\"en\"><a href=\"20-town.md\">x</a></pre>",
        "<pre lang=\"en\"><a href=\"/zh-hant/news/town/\">x</a></pre>",
    );
}

#[test]
fn other_addresses_stay_as_written() {
    for html in [
        "<a href=\"https://example.com/发?a=1&b\">x</a>",
        "<a href='//example.org/'>x</a>",
        "<a href=\"mailto:a@example.org\">x</a>",
        "<a href=\"javascript:history.back()\">x</a>",
        "<a href=\"\">x</a>",
        "<a name=\"x\" href=\"#x\">x</a>",
        "<img src=\"data:image/gif;base64,AA\">",
        "<object data=\"pic.png\"></object>",
        "<svg><image href=\"../pic.png\"/></svg>",
        "<!-- <img src=\"none.png\"> -->x<br>",
    ] {
        leads(html, if html.starts_with("<!--") { "x<br>" } else { html });
    }
}

fn said(html: &str) -> Vec<(&'static str, usize, usize)> {
    let page = format!("+++\ntitle = \"甲\"\n+++\n\n{html}\n");
    let built: Built = build(&format!("{SETTINGS}{HTML}"), &[("_index.md", &page)]);
    let place =
        |said: &jianbao::diagnostic::Diagnostic| said.place.as_ref().map(|place| (place.line, place.column));
    let said = built.diagnostics.iter().map(|said| (said.code, place(said).expect("a place")));
    said.map(|(code, (line, column))| (code, line, column)).collect()
}

#[test]
fn paths_that_lead_nowhere_are_said_where_they_stand() {
    assert_eq!(said("<p>\n<img src=\"none.png\">\n</p>"), [("broken-link", 6, 11)]);
    assert_eq!(said("字<a href='none.md'>x</a>"), [("broken-link", 5, 11)]);
    assert_eq!(said("<a href=\"#none\">x</a>"), [("broken-link", 5, 10)]);
    assert_eq!(said("<img src=\"_index.md\">"), [("broken-link", 5, 11)]);
    assert_eq!(said("<a href=\"/../../etc/passwd\">x</a>"), [("broken-link", 5, 10)]);
    assert_eq!(said("<a href=\"java\tscript:x\">x</a>"), [("link-scheme", 5, 10)]);
    assert_eq!(said("<img src=\"https://example.org/a.png\">"), [("external-image", 5, 11)]);
    assert_eq!(said("> <p>\n> <img src=\"none.png\">"), [("broken-link", 5, 3)]);
}

#[test]
fn what_is_said_of_texts_has_their_place() {
    assert_eq!(said("<p>字\n字“头发</p>"), [("quotation-mark", 6, 2)]);
    assert_eq!(said("字<b title=\"字“头发\">x</b>"), [("quotation-mark", 5, 13)]);
}

#[test]
fn the_opening_is_no_text_in_another_language() {
    let page = format!("+++\ntitle = \"题\"\n+++\n{}", "<div lang=\"ja\">\n\n国会\n\n</div>\n\n头发");
    let templates = [
        ("home.html", "{{ page.description }}"),
        ("section.html", ""),
        ("page.html", ""),
        ("entry.html", ""),
        ("404.html", ""),
    ];
    let built = build_with(&format!("{SETTINGS}{HTML}"), &[("_index.md", &page)], &templates);
    assert!(built.files["zh-hant/index.html"].starts_with("頭髮"), "{:?}", built.files);
}

#[test]
fn what_was_refused_is_not_written() {
    let page = "+++\ntitle = \"甲\"\n+++\n\n<a href=\"/../../etc/passwd\">x</a>\n";
    let built = build(&format!("{SETTINGS}{HTML}[links]\nbroken = \"warn\"\n"), &[("_index.md", page)]);
    assert!(built.files["zh-hant/index.html"].contains("<a href=\"#\">x</a>"), "{:?}", built.files);
}

#[test]
fn hostile_html_ends() {
    for attack in [
        "<",
        "<a",
        "<a title=\"",
        "<div lang=en>",
        "<script>",
        "</script",
        "<img srcset=\"a,",
        "<svg",
        "<!--",
        "<a href=a ",
        "<b lang=en>\n\n",
    ] {
        let seconds = |count: usize| {
            let text = attack.repeat(count);
            let start = std::time::Instant::now();
            html_of(&text);
            start.elapsed().as_secs_f64()
        };
        let (half, whole) = (seconds(10_000), seconds(20_000));
        assert!(whole < 1.0 || whole < 3.0 * half, "{attack}: {half} s, then {whole} s");
    }
}
