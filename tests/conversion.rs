//! Conversion as pages get it: Markdown in, HTML of both editions out. One line a case.

use crate::sites::{SETTINGS, build};
use jianbao::markdown;
use jianbao::script::{Converter, Definition, Dictionaries, Glossary, Tag};
use proptest::prelude::*;
use std::sync::LazyLock;

/// What both editions make of a page's body; ids and line ends are left out of the comparison.
#[track_caller]
fn check(markdown: &str, hans: &str, hant: &str) {
    check_in("", markdown, hans, hant);
}

#[track_caller]
fn check_in(settings: &str, markdown: &str, hans: &str, hant: &str) {
    let page = format!("+++\ntitle = \"题\"\n+++\n{markdown}\n");
    let built = build(&format!("{SETTINGS}{settings}"), &[("_index.md", &page)]);
    assert!(built.published, "{:?}", built.diagnostics);
    let body = |dir: &str| strip(&built.files[&format!("{dir}/index.html")]);
    assert_eq!(body("zh-hans"), hans, "zh-Hans of {markdown:?}");
    assert_eq!(body("zh-hant"), hant, "zh-Hant of {markdown:?}");
}

/// Without paragraph ids, headings' links and line ends between blocks.
fn strip(html: &str) -> String {
    let mut html = html.replace(">\n", ">");
    while let Some(at) = html.find(" id=\"p") {
        let end = html[at + 5..].find('"').map_or(html.len(), |i| at + 5 + i + 1);
        html.replace_range(at..end, "");
    }
    html.trim_end().to_owned()
}

#[test]
fn phrase_across_strong() {
    check("头**发**", "<p>头<strong>发</strong></p>", "<p>頭<strong>髮</strong></p>");
}

#[test]
fn phrase_across_soft_break() {
    check("饼\n干", "<p>饼干</p>", "<p>餅乾</p>");
}

#[test]
fn phrase_across_link() {
    let link = "<a href=\"https://example.org/发\">";
    check(
        "[干](https://example.org/发)净",
        &format!("<p>{link}干</a>净</p>"),
        &format!("<p>{link}乾</a>淨</p>"),
    );
}

#[test]
fn phrase_across_emphasis_within_strong() {
    check("**头*发***", "<p><strong>头<em>发</em></strong></p>", "<p><strong>頭<em>髮</em></strong></p>");
}

#[test]
fn no_phrase_across_code() {
    check("头`x`发", "<p>头<code>x</code>发</p>", "<p>頭<code>x</code>發</p>");
}

#[test]
fn soft_breaks() {
    check("一行，\n二行", "<p>一行，二行</p>", "<p>一行，二行</p>");
    check("“一行”\n二行", "<p>“一行”二行</p>", "<p>「一行」二行</p>");
    check("word\nword", "<p>word\nword</p>", "<p>word\nword</p>");
    check("中文\nword", "<p>中文\nword</p>", "<p>中文\nword</p>");
    check("**饼**\n干", "<p><strong>饼</strong>干</p>", "<p><strong>餅</strong>乾</p>");
    check("한국\n어", "<p>한국\n어</p>", "<p>한국\n어</p>");
}

#[test]
fn cells_captions_and_titles() {
    let hans = "<section class=\"table\" tabindex=\"0\" aria-label=\"table 1\"><table><thead><tr><th scope=\"col\">头<strong>发</strong></th></tr></thead><tbody><tr><td>干净</td></tr></tbody></table></section>";
    let hant = hans.replace("头<strong>发", "頭<strong>髮").replace("干净", "乾淨");
    check("| 头**发** |\n| --- |\n| 干净 |", hans, &hant);
    let figure = |alt: &str, caption: &str, credit: &str| {
        format!(
            "<figure id=\"f1\"><img src=\"https://example.org/发.png\" alt=\"{alt}\" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\"><figcaption><span class=\"caption\">{caption}</span><span class=\"credit\">{credit}</span></figcaption></figure>"
        )
    };
    let (hans, hant) =
        (figure("头发", "干净的头发", "图：编辑部"), figure("頭髮", "乾淨的頭髮", "圖：編輯部"));
    check("![头发](https://example.org/发.png \"干净的头发（图：编辑部）\")", &hans, &hant);
    check("![头发](https://example.org/发.png)\n*干净的头发（图：编辑部）*", &hans, &hant);
}

#[test]
fn footnotes_are_converted_and_a_reference_divides_no_phrase() {
    let note = |text: &str| {
        format!(
            "<section class=\"footnotes\" aria-label=\"footnotes\"><ol><li id=\"fn-1\"><p>{text}</p><a class=\"back\" href=\"#fnref-1\" aria-label=\"back_to_text\">↩</a></li></ol></section>"
        )
    };
    let mark = "<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>";
    check(
        "头[^a]发\n\n[^a]: 干净",
        &format!("<p>头{mark}发</p>{}", note("干净")),
        &format!("<p>頭{mark}髮</p>{}", note("乾淨")),
    );
}

#[test]
fn addresses_are_kept() {
    let link = "<a href=\"https://example.org/发\">";
    check(
        "<https://example.org/发>",
        &format!("<p>{link}https://example.org/发</a></p>"),
        &format!("<p>{link}<span lang=\"zh-Hans\">https://example.org/发</span></a></p>"),
    );
}

#[test]
fn bare_addresses_are_kept() {
    check(
        "见 http://例.cn/发，发展",
        "<p>见 http://例.cn/发，发展</p>",
        "<p>見 <span lang=\"zh-Hans\">http://例.cn/发</span>，發展</p>",
    );
}

#[test]
fn code_blocks_are_kept() {
    check(
        "```rust\n// 头发 <b>\n```",
        "<pre tabindex=\"0\"><code class=\"language-rust\">// 头发 &lt;b&gt;\n</code></pre>",
        "<pre tabindex=\"0\"><code class=\"language-rust\" lang=\"zh-Hans\">// 头发 &lt;b&gt;\n</code></pre>",
    );
}

#[test]
fn html_is_converted_around_its_tags() {
    let settings = "[markdown]\nraw_html = true\n";
    check_in(
        settings,
        "<div title=\"发\">头&amp;发<code>发</code></div>",
        "<div title=\"发\">头&amp;发<code>发</code></div>",
        "<div title=\"发\">頭&amp;發<code>发</code></div>",
    );
    check_in(settings, "头<b>发</b>", "<p>头<b>发</b></p>", "<p>頭<b>髮</b></p>");
    check_in(
        settings,
        "头<kbd>发</kbd>展",
        "<p>头<kbd>发</kbd>展</p>",
        "<p>頭<kbd><span lang=\"zh-Hans\">发</span></kbd>展</p>",
    );
}

#[test]
fn html_of_another_kind_stays_as_it_is() {
    let settings = "[markdown]\nraw_html = true\n";
    let ja = "<p><span lang=\"ja\">発国</span></p>";
    check_in(settings, "<span lang=\"ja\">発国</span>", ja, ja);
    let script = "<script>if(x&&1)发</script>";
    check_in(settings, &format!("发{script}"), &format!("<p>发{script}</p>"), &format!("<p>發{script}</p>"));
    check_in(
        settings,
        "<i translate=\"no\">发 &amp;</i>发",
        "<p><i translate=\"no\">发 &amp;</i>发</p>",
        "<p><i translate=\"no\">发 &amp;</i>發</p>",
    );
}

#[test]
fn headings_keep_their_ids() {
    let heading = |text: &str, tag: &str, dir: &str, label: &str, short: &str| {
        let id = "头发";
        format!(
            "<div class=\"heading\"><h2 id=\"头发\">{text}</h2><a class=\"permalink\" href=\"#{id}\" aria-label=\"permalink\">#</a><a class=\"twin\" lang=\"{tag}\" hreflang=\"{tag}\" href=\"/{dir}/#{id}\" aria-label=\"{label}\">{short}</a></div>"
        )
    };
    check(
        "## 头发",
        &heading("头发", "zh-Hant", "zh-hant", "繁體", "繁"),
        &heading("頭髮", "zh-Hans", "zh-hans", "简体", "简"),
    );
}

#[test]
fn quotation_marks_of_each_edition() {
    check(
        "他说：“‘头发’**干净**。”",
        "<p>他说：“‘头发’<strong>干净</strong>。”</p>",
        "<p>他說：「『頭髮』<strong>乾淨</strong>。」</p>",
    );
    let keep = "[[editions]]\ntag = \"zh-Hans\"\nquotes = \"corner\"\n[[editions]]\ntag = \"zh-Hant\"\nquotes = \"keep\"\n";
    check_in(keep, "“头发”", "<p>「头发」</p>", "<p>“頭髮”</p>");
}

#[test]
fn code_is_kept() {
    check("`发`", "<p><code>发</code></p>", "<p><code lang=\"zh-Hans\">发</code></p>");
}

#[test]
fn slip_in_a_word() {
    check("打贏经济翻身仗", "<p>打赢经济翻身仗</p>", "<p>打贏經濟翻身仗</p>");
}

#[test]
fn traditional_paragraph() {
    let text = "後來皇后的頭髮裏，有一隻乾淨的髮夾。這裏的人們發現，歷史上的曆法並不一致。";
    check(
        text,
        "<p>后来皇后的头发里，有一只干净的发夹。这里的人们发现，历史上的历法并不一致。</p>",
        &format!("<p>{text}</p>"),
    );
}

/// The filter for Markdown files.
fn rewritten(text: &str) -> String {
    let tag: Tag = "zh-Hant".parse().expect("a tag");
    let converter = Converter::new(&Dictionaries::embedded(), tag.target().expect("a target"));
    markdown::rewrite(text, |run| converter.convert(run))
}

#[test]
fn markdown_stays_markdown() {
    assert_eq!(rewritten("头**发**"), "頭**髮**");
    assert_eq!(rewritten("[干](x/发)净"), "[乾](x/发)淨");
    assert_eq!(rewritten("`发`"), "`发`");
    assert_eq!(rewritten("饼\n干"), "餅\n乾");
    assert_eq!(
        rewritten("> - 头\\*发 &amp; <b title=\"发\">发</b>\n"),
        "> - 頭\\*發 &amp; <b title=\"发\">發</b>\n"
    );
    assert_eq!(rewritten("![头发](发.png \"干净\")"), "![頭髮](发.png \"乾淨\")");
    let front = "---\ntitle: 头发\nslug: 发\ntags: [干净]\n---\n发\n";
    assert_eq!(rewritten(front), "---\ntitle: 頭髮\nslug: 发\ntags: [乾淨]\n---\n發\n");
    assert_eq!(rewritten("![发](发.png) ![<b>发</b>](图/发.png)"), "![發](发.png) ![<b>發</b>](图/发.png)");
    assert_eq!(rewritten("[头](/发.html \"&#21457;\")"), "[頭](/发.html \"&#21457;\")");
    assert_eq!(
        rewritten("[发展] ![发][] [看][发展]\n\n[发展]: /x\n[发]: /y\n"),
        "[發展][发展] ![發][发] [看][发展]\n\n[发展]: /x\n[发]: /y\n"
    );
    assert_eq!(
        rewritten("头<code>发</code>展 <span lang=\"ja\">国会</span>"),
        "頭<code>发</code>展 <span lang=\"ja\">国会</span>"
    );
    assert_eq!(rewritten("发 http://例.cn/发，发@例.cn"), "發 http://例.cn/发，發@例.cn");
    assert_eq!(rewritten("范先生\n\n後來頭髮"), "范先生\n\n後來頭髮", "read as its document");
    let front = "+++\ntitle = \"头\\\"发展\"\nsubtitle = { text = \"头发\", lang = \"zh-Hans\" }\n[extra]\nimage = \"图/发.png\"\n+++\n";
    assert_eq!(rewritten(front), front.replacen("头\\\"发展", "頭\\\"發展", 1));
    let front = "---\ntitle: \"头\\\"发: #展\" # 发\nsummary: >\n  头发\n  干净\naliases:\n  - /发/\n---\n";
    assert_eq!(
        rewritten(front),
        "---\ntitle: \"頭\\\"發: #展\" # 发\nsummary: >\n  頭髮\n  乾淨\naliases:\n  - /发/\n---\n"
    );
    let front = "---\ntitle: 头发\nsubtitle: {text: 头发, lang: zh-Hans}\n---\n";
    assert_eq!(rewritten(front), "---\ntitle: 頭髮\nsubtitle: {text: 头发, lang: zh-Hans}\n---\n");
    let front = "+++\ntitle = \"头发\" # 发\n+++\n发\n";
    assert_eq!(rewritten(front), "+++\ntitle = \"頭髮\" # 发\n+++\n發\n");
}

/// Parts of a Markdown text, and what becomes of each in zh-Hant.
const PARTS: [(&str, &str); 24] = [
    ("头发，", "頭髮，"),
    ("干净。", "乾淨。"),
    ("“里面”、", "「裡面」、"),
    ("头**发**，", "頭**髮**，"),
    ("*饼*干；", "*餅*乾；"),
    ("`头发`，", "`头发`，"),
    ("``发`展``。", "``发`展``。"),
    ("https://例.cn/发展?后=里 ，", "https://例.cn/发展?后=里 ，"),
    ("<https://例.cn/发>，", "<https://例.cn/发>，"),
    ("发@例.cn，", "發@例.cn，"),
    ("[后面](后面.md)，", "[後面](后面.md)，"),
    ("[后面](<后 面.md> \"头发\")，", "[後面](<后 面.md> \"頭髮\")，"),
    ("![头发](图/发.png)，", "![頭髮](图/发.png)，"),
    ("<b title=\"发\">发</b>，", "<b title=\"发\">發</b>，"),
    ("<code>发展</code>，", "<code>发展</code>，"),
    ("<span lang=\"ja\">国会</span>，", "<span lang=\"ja\">国会</span>，"),
    ("-{头发}-，", "头发，"),
    ("-{zh-hans:软件|x;zh-hant:軟體*}-，", "軟體*，"),
    ("`-{zh-hans:发;zh-hant:髮}-`，", "`-{zh-hans:发;zh-hant:髮}-`，"),
    ("\\-{发}-，", "\\-{發}-，"),
    ("发社“发”，", "发社“发”，"),
    ("\n\n    发展\n\n干净，", "\n\n    发展\n\n乾淨，"),
    ("\n\n```发\n发展 -{x}-\n```\n\n头发，", "\n\n```发\n发展 -{x}-\n```\n\n頭髮，"),
    ("&#21457;&amp;，", "&#21457;&amp;，"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_no_text_stays_byte_for_byte(parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 1..12)) {
        let (text, expected): (Vec<&str>, Vec<&str>) = parts.into_iter().unzip();
        let (text, expected) = (text.concat(), expected.concat());
        prop_assert_eq!(markdown::rewrite(&text, |run| HOUSE.convert(run)), expected);
    }
}

/// A house that protects a term.
static HOUSE: LazyLock<Converter> = LazyLock::new(|| {
    let term =
        Definition { terms: vec!["发社“发”".to_owned()], protected: true, ..Definition::default() };
    let glossary = Glossary::new(vec![term]).expect("one term");
    let target = "zh-Hant".parse::<Tag>().expect("a tag").target().expect("a target");
    Converter::new(&Dictionaries::embedded(), target).with_glossary(&glossary, 0)
});
