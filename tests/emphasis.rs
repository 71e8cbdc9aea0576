//! Emphasis as Chinese writers write it. One line a case.

use jianbao::content::{Route, Source};
use jianbao::markdown::{self, Options};
use jianbao::render;
use jianbao::script::Run;

pub(crate) fn source(markdown: &str) -> Source {
    Source {
        path: "content/a.md".into(),
        text: format!("+++\ntitle = \"题\"\n+++\n{markdown}\n"),
        route: Route::of("content/a.md").expect("a route"),
    }
}

/// The body of a page, without ids and line ends between blocks.
pub(crate) fn html_of(markdown: &str) -> String {
    let options = Options { raw_html: true, ..Options::default() };
    let document = markdown::parse(&source(markdown), options).report(&mut Vec::new()).expect("a document");
    let mut html = without_line_ends(&render::render_alone(&document));
    while let Some(at) = html.find(" id=\"p") {
        let end = at + 5 + html[at + 5..].find('"').expect("an id ends") + 1;
        html.replace_range(at..end, "");
    }
    html.trim_end().to_owned()
}

/// HTML without the line ends behind tags of blocks.
fn without_line_ends(html: &str) -> String {
    let is_inline = |html: &str| {
        ["</strong>", "</em>", "</del>", "</a>", "</code>", "</sup>", "async\">"]
            .iter()
            .any(|end| html.ends_with(end))
    };
    let mut out = String::new();
    for line in html.split_inclusive('\n') {
        let own = line.trim_end_matches('\n');
        out.push_str(if own.ends_with('>') && !is_inline(own) { own } else { line });
    }
    out
}

#[track_caller]
pub(crate) fn check_html(markdown: &str, html: &str) {
    assert_eq!(html_of(markdown), html, "{markdown:?}");
}

/// A paragraph of Chinese: no delimiter is left in it.
#[track_caller]
fn check(markdown: &str, html: &str) {
    assert!(!html.contains(['*', '~']), "a star that nobody meant");
    check_html(markdown, &format!("<p>{html}</p>"));
}

#[test]
fn strong_beside_punctuation() {
    check("**“强脑科技”**是", "<strong>“强脑科技”</strong>是");
    check("**（试行）**从今年起施行", "<strong>（试行）</strong>从今年起施行");
    check("这是**“强脑科技”**的产品", "这是<strong>“强脑科技”</strong>的产品");
    check("按**《办法》（试行）**执行", "按<strong>《办法》（试行）</strong>执行");
    check("**注意：**请按时提交", "<strong>注意：</strong>请按时提交");
    check(
        "**第一，**要坚持；**第二，**要加快",
        "<strong>第一，</strong>要坚持；<strong>第二，</strong>要加快",
    );
    check("**他说得对。**这句话", "<strong>他说得对。</strong>这句话");
    check("**真的吗？**真的！", "<strong>真的吗？</strong>真的！");
    check("**太好了！**他说", "<strong>太好了！</strong>他说");
    check("**一、总则**规定", "<strong>一、总则</strong>规定");
    check("共有**甲、乙、**丙三项", "共有<strong>甲、乙、</strong>丙三项");
    check("**甲；**乙", "<strong>甲；</strong>乙");
    check("**「强脑」**是", "<strong>「强脑」</strong>是");
    check("是**『强脑』**的", "是<strong>『强脑』</strong>的");
    check("见**【公告】**全文", "见<strong>【公告】</strong>全文");
    check("**〔2026〕**号", "<strong>〔2026〕</strong>号");
    check("称**‘六小龙’**的", "称<strong>‘六小龙’</strong>的");
    check("**等等……**他说", "<strong>等等……</strong>他说");
    check("**我——**他停住", "<strong>我——</strong>他停住");
    check("**查尔斯·**达尔文", "<strong>查尔斯·</strong>达尔文");
    check("价格**￥100**起", "价格<strong>￥100</strong>起");
    check("增长**10％**左右", "增长<strong>10％</strong>左右");
}

#[test]
fn several_on_a_line_pair_as_written() {
    check("**“甲”**和**“乙”**。", "<strong>“甲”</strong>和<strong>“乙”</strong>。");
    check("**“甲”**和**“乙”**", "<strong>“甲”</strong>和<strong>“乙”</strong>");
    check("从**（一）**到**（三）**的规定", "从<strong>（一）</strong>到<strong>（三）</strong>的规定");
    check("*（一）*、*（二）*和*（三）*项", "<em>（一）</em>、<em>（二）</em>和<em>（三）</em>项");
    check("**甲（乙）**丙**丁（戊）**己", "<strong>甲（乙）</strong>丙<strong>丁（戊）</strong>己");
}

#[test]
fn emphasis_and_both() {
    check("*“强脑科技”*是", "<em>“强脑科技”</em>是");
    check("*……完了。*字", "<em>……完了。</em>字");
    check("他*（笑）*说", "他<em>（笑）</em>说");
    check("***“强脑科技”***是", "<em><strong>“强脑科技”</strong></em>是");
    check("是***（试行）***的", "是<em><strong>（试行）</strong></em>的");
    check("**甲*（乙）***丙", "<strong>甲<em>（乙）</em></strong>丙");
    check("*甲**（乙）***丙", "<em>甲<strong>（乙）</strong></em>丙");
    check("这是**_重点_**内容", "这是<strong><em>重点</em></strong>内容");
    check("这是_**（重点）**_。", "这是_<strong>（重点）</strong>_。");
    check("**_（重点）_**内容", "<strong><em>（重点）</em></strong>内容");
    check("**甲*“乙”*丙。**丁", "<strong>甲<em>“乙”</em>丙。</strong>丁");
}

#[test]
fn struck_text() {
    check("~~“旧”~~新", "<del>“旧”</del>新");
    check("原定~~（周一）~~周二", "原定<del>（周一）</del>周二");
    check("~~旧法，~~新法", "<del>旧法，</del>新法");
    check("~~**（旧）**~~新", "<del><strong>（旧）</strong></del>新");
    check("**~~（旧）~~**新", "<strong><del>（旧）</del></strong>新");
    check("（~旧~）", "（<del>旧</del>）");
    check("~~旧(old)~~新", "<del>旧(old)</del>新");
}

#[test]
fn half_width_punctuation_beside_han() {
    check("**(试行)**从", "<strong>(试行)</strong>从");
    check("从**\"强脑\"**是", "从<strong>\"强脑\"</strong>是");
    check("**强脑(BrainCo)**是", "<strong>强脑(BrainCo)</strong>是");
    check("是**[注]**的", "是<strong>[注]</strong>的");
    check("约**$100**元", "约<strong>$100</strong>元");
    check("涨**10%**后", "涨<strong>10%</strong>后");
    check("用**C++**写", "用<strong>C++</strong>写");
    check("**Note:**请看", "<strong>Note:</strong>请看");
}

#[test]
fn between_chinese_and_latin() {
    check("**“强脑科技”**AI公司", "<strong>“强脑科技”</strong>AI公司");
    check("**（试行）**2026年起", "<strong>（试行）</strong>2026年起");
    check("BrainCo**“强脑”**公司", "BrainCo<strong>“强脑”</strong>公司");
    check("AI**《论语》**app", "AI<strong>《论语》</strong>app");
    check("**他说……**OK", "<strong>他说……</strong>OK");
    check("用**Rust**写", "用<strong>Rust</strong>写");
    check("**😀！**好", "<strong>😀！</strong>好");
}

#[test]
fn in_and_around_links_and_code() {
    check("**[“强脑”](/a)**是", "<strong><a href=\"/a\">“强脑”</a></strong>是");
    check("[**“强脑”**是](/a)", "<a href=\"/a\"><strong>“强脑”</strong>是</a>");
    check("看[甲](/a)**（乙）**丙", "看<a href=\"/a\">甲</a><strong>（乙）</strong>丙");
    check("是**`cargo`**的", "是<strong><code>cargo</code></strong>的");
    check("**见`发`。**是", "<strong>见<code>发</code>。</strong>是");
    check_html("**见`a*b`。**是", "<p><strong>见<code>a*b</code>。</strong>是</p>");
    check_html("是`**“甲”**乙`的", "<p>是<code>**“甲”**乙</code>的</p>");
    check("<b>甲</b>**（乙）**丙", "<b>甲</b><strong>（乙）</strong>丙");
    check("**“甲”**<b>乙</b>", "<strong>“甲”</strong><b>乙</b>");
    check("甲[^1]**（乙）**丙", "甲[^1]<strong>（乙）</strong>丙");
}

#[test]
fn in_every_block() {
    check_html(
        "- **（一）**甲\n- **（二）**乙",
        "<ul><li><strong>（一）</strong>甲</li><li><strong>（二）</strong>乙</li></ul>",
    );
    check_html("1. 是**“甲”**的", "<ol><li>是<strong>“甲”</strong>的</li></ol>");
    check_html("> **“甲”**是", "<blockquote><p><strong>“甲”</strong>是</p></blockquote>");
    check_html(
        ">**“甲”**是\n>*“乙”*的",
        "<blockquote><p><strong>“甲”</strong>是<em>“乙”</em>的</p></blockquote>",
    );
    check_html("## **“甲”**是", "<h2 id=\"甲-是\"><strong>“甲”</strong>是</h2>");
    check_html("**“甲”**是\n---", "<h2 id=\"甲-是\"><strong>“甲”</strong>是</h2>");
    check_html(
        "| **“甲”**是 |是**（乙）**|\n|---|---|\n|**《丙》**的|~~“丁”~~的|",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"table 1\"><table><thead><tr>\
         <th scope=\"col\"><strong>“甲”</strong>是</th><th scope=\"col\">是<strong>（乙）</strong></th></tr></thead>\
         <tbody><tr><td><strong>《丙》</strong>的</td><td><del>“丁”</del>的</td></tr></tbody></table></section>",
    );
    check_html(
        "字[^a]\n\n[^a]: **“甲”**是",
        "<p>字<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p>\
         <section class=\"footnotes\" aria-label=\"footnotes\"><ol><li id=\"fn-1\"><p><strong>“甲”</strong>是</p>\
         <a class=\"back\" href=\"#fnref-1\" aria-label=\"back_to_text\">↩</a></li></ol></section>",
    );
    check_html(
        "字![**“甲”**是](a.png)字",
        "<p>字<img src=\"a.png\" alt=\"“甲”是\" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\">字</p>",
    );
    check_html(
        "![图](a.png)\n*“甲”图（图：乙）*",
        "<figure id=\"f1\"><img src=\"a.png\" alt=\"图\" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\"><figcaption>\
         <span class=\"caption\">“甲”图</span><span class=\"credit\">图：乙</span></figcaption></figure>",
    );
    check_html("术语\n: **“甲”**是", "<dl><dt>术语</dt><dd><strong>“甲”</strong>是</dd></dl>");
}

#[test]
fn at_line_starts_and_ends() {
    check("甲\n**“乙”**丙", "甲<strong>“乙”</strong>丙");
    check("甲**“乙”**\n丙", "甲<strong>“乙”</strong>丙");
    check("**“甲\n乙”**丙", "<strong>“甲乙”</strong>丙");
    check("**“甲”**是  \n**“乙”**的", "<strong>“甲”</strong>是<br><strong>“乙”</strong>的");
}

/// The mark of a quotation and the border of a cell are edges.
#[test]
fn at_edges_a_delimiter_does_one_thing() {
    check_html("> *甲\n>*乙*丙", "<blockquote><p>*甲<em>乙</em>丙</p></blockquote>");
    let html = html_of("|**甲*|\n|---|");
    assert!(html.contains("<th scope=\"col\">*<em>甲</em></th>"), "{html}");
}

#[test]
fn other_scripts_of_east_asia() {
    check("**「東京」**は", "<strong>「東京」</strong>は");
    check("これは**（新しい）**です", "これは<strong>（新しい）</strong>です");
    check("**カタカナ・**ひらがな", "<strong>カタカナ・</strong>ひらがな");
    check("**ﾊﾝｶｸ｡**ｶﾅ", "<strong>ﾊﾝｶｸ｡</strong>ｶﾅ");
    check("**𠮷野家（本店）**𠮷", "<strong>𠮷野家（本店）</strong>𠮷");
    check("**𠀀(𠀁)**𠀂", "<strong>𠀀(𠀁)</strong>𠀂");
    check("**한국어(괄호)**를", "<strong>한국어(괄호)</strong>를");
    check("葛\u{E0100}**(城)**市", "葛\u{E0100}<strong>(城)</strong>市");
    check("**“︁甲”︁**AI", "<strong>“︁甲”︁</strong>AI");
    check("**甲。︁**乙", "<strong>甲。︁</strong>乙");
}

#[test]
fn beside_inline_rules() {
    check("**“-{强脑}-”**是", "<strong>“\u{8F}强脑\u{90}”</strong>是");
    check("-{发}-**(甲)**-{里}-", "\u{8F}发\u{90}<strong>(甲)</strong>\u{8F}里\u{90}");
    check_html(
        "是**“-{zh-hans:软件|*;zh-hant:軟體}-”**的",
        "<p>是<strong>“\u{8F}zh-hans:软件|*;zh-hant:軟體\u{90}”</strong>的</p>",
    );
}

/// What the reference implementation of the specification makes of random texts.
#[test]
fn as_another_implementation_has_it() {
    let cases = include_str!("data/emphasis/cases.tsv");
    for (markdown, html) in cases.lines().filter_map(|line| line.split_once('\t')) {
        check_html(markdown, &format!("<p>{html}</p>"));
    }
    assert_eq!(cases.lines().count(), 400);
}

#[test]
fn what_is_no_emphasis_stays() {
    check_html("\\*“甲”\\*是", "<p>*“甲”*是</p>");
    check_html("\\**“甲”*是", "<p>*<em>“甲”</em>是</p>");
    check_html("\\\\**（甲）**是", "<p>\\<strong>（甲）</strong>是</p>");
    check_html("甲 ** （乙） ** 丙", "<p>甲 ** （乙） ** 丙</p>");
    check_html("3*4，5*（6+7）", "<p>3<em>4，5</em>（6+7）</p>");
    check_html("[甲](b**（*“c.md)", "<p><a href=\"b**（*“c.md\">甲</a></p>");
    check_html("[甲](b.md \"是**（乙）**的\")", "<p><a href=\"b.md\" title=\"是**（乙）**的\">甲</a></p>");
    check_html(
        "<https://例.cn/甲**（乙>",
        "<p><a href=\"https://例.cn/甲**（乙\">https://例.cn/甲**（乙</a></p>",
    );
    check_html(
        "```甲**（乙\n是**“甲”**的\n```",
        "<pre tabindex=\"0\"><code class=\"language-甲**（乙\">是**“甲”**的\n</code></pre>",
    );
    check_html("    是**“甲”**的", "<pre tabindex=\"0\"><code>是**“甲”**的\n</code></pre>");
    check_html("<p title=\"是**“甲”**的\">是**“甲”**的</p>", "<p title=\"是**“甲”**的\">是**“甲”**的</p>");
    check_html("是<b title=\"**（甲）**乙\">丙</b>", "<p>是<b title=\"**（甲）**乙\">丙</b></p>");
    check_html("## 题 {#甲**（乙 .丙**（丁}", "<h2 id=\"甲**（乙\" class=\"丙**（丁\">题</h2>");
    check_html(
        "[看**（甲）**乙][]\n\n[看**（甲）**乙]: /a",
        "<p><a href=\"/a\">看<strong>（甲）</strong>乙</a></p>",
    );
    check_html("_（试行）_从", "<p>_（试行）_从</p>");
    check_html("约~5~（左右）", "<p>约~5~（左右）</p>");
}

/// Text without Chinese is CommonMark's.
#[test]
fn latin_text_stays_as_commonmark_has_it() {
    for (markdown, html) in [
        ("a * foo bar*", "a * foo bar*"),
        ("a*\"foo\"*", "a*\"foo\"*"),
        ("foo*bar*", "foo<em>bar</em>"),
        ("5*6*78", "5<em>6</em>78"),
        ("*foo bar *", "*foo bar *"),
        ("*(*foo)", "*(*foo)"),
        ("*(*foo*)*", "<em>(<em>foo</em>)</em>"),
        ("*foo*bar", "<em>foo</em>bar"),
        ("**foo bar**", "<strong>foo bar</strong>"),
        ("** foo bar**", "** foo bar**"),
        ("a**\"foo\"**", "a**\"foo\"**"),
        ("foo**bar**", "foo<strong>bar</strong>"),
        ("**(**foo)", "**(**foo)"),
        ("*(**foo**)*", "<em>(<strong>foo</strong>)</em>"),
        ("**foo \"*bar*\" foo**", "<strong>foo \"<em>bar</em>\" foo</strong>"),
        ("**foo**bar", "<strong>foo</strong>bar"),
        ("__foo, __bar__, baz__", "<strong>foo, <strong>bar</strong>, baz</strong>"),
        ("**“foo”**bar", "**“foo”**bar"),
        ("foo**“bar”**", "foo**“bar”**"),
        ("**(foo)**bar", "**(foo)**bar"),
        ("**foo…**bar", "**foo…**bar"),
        ("**foo—**bar", "**foo—**bar"),
        ("foo_bar_baz", "foo_bar_baz"),
        ("_(bar)_.", "<em>(bar)</em>."),
        ("~~(foo)~~bar", "~~(foo)~~bar"),
        ("foo~~bar~~", "foo<del>bar</del>"),
        ("***foo** bar*", "<em><strong>foo</strong> bar</em>"),
        ("**foo*", "*<em>foo</em>"),
        ("**😀**foo", "**😀**foo"),
        ("**(😀)**foo", "**(😀)**foo"),
    ] {
        check_html(markdown, &format!("<p>{html}</p>"));
    }
}

#[test]
fn the_filter_agrees_with_the_site() {
    let upper = |text: &str| markdown::rewrite(text, |run| run_of(run, |piece| piece.replace('发', "發")));
    for text in [
        "**“发”**是发",
        "[**（发）**是](/发)",
        "![**（发）**是](发.png \"是**（发）**的\")",
        "`**（发）**发`",
    ] {
        assert_eq!(upper(text).replace('發', "发"), text, "only texts change");
    }
    assert_eq!(upper("**“发”**是发"), "**“發”**是發");
    assert_eq!(
        upper("[看**（发）**是][]\n\n[看**（发）**是]: /发"),
        "[看**（發）**是][看**（发）**是]\n\n[看**（发）**是]: /发"
    );
    assert_eq!(
        upper("![**（发）**是](发.png \"是**（发）**的\")"),
        "![**（發）**是](发.png \"是**（發）**的\")"
    );
}

/// A run with each of its pieces changed.
fn run_of(run: &Run, change: impl Fn(&str) -> String) -> Run {
    let pieces: Vec<String> = run.pieces().map(change).collect();
    Run::from_pieces(pieces.iter().map(String::as_str))
}

#[test]
fn a_text_with_the_marks_own_symbols_keeps_them() {
    check("⠁**（⠁⣿）**⠂甲", "⠁<strong>（⠁⣿）</strong>⠂甲");
    let all: String = ('\u{2801}'..='\u{28FF}').collect();
    check_html(&format!("**（甲）**乙{all}"), &format!("<p>**（甲）**乙{all}</p>"));
}

#[test]
fn what_is_said_stands_where_it_was_written() {
    let source = source("是**（一）**的[看][没有**（二）**有]");
    let mut said = Vec::new();
    markdown::parse(&source, Options::default()).report(&mut said);
    let [said] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(said.message, "there is no link definition `[没有**（二）**有]:`, so this is no link");
    let place = said.place.as_ref().expect("a place");
    assert_eq!((place.line, place.column), (4, 10));
}

#[test]
fn fifty_thousand_delimiters_end() {
    for attack in ["**“", "“*", "*（", "**（甲）", "~~“中", "\\*“", "*“甲”*乙[", ">*“", "{}", "}"]
    {
        let seconds = |count: usize| {
            let text = attack.repeat(count);
            let start = std::time::Instant::now();
            html_of(&text);
            start.elapsed().as_secs_f64()
        };
        let (half, whole) = (seconds(12_500), seconds(25_000));
        assert!(whole < 2.0 || whole < 3.0 * half, "{attack}: {half} s, then {whole} s");
    }
}
