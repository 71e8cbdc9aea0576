//! Line breaks inside a paragraph: nothing between Chinese and Chinese, else the space that they are in HTML.

use crate::emphasis::{check_html, html_of};

/// A paragraph of which `⏎` stands for a line break: in the source, and in what a reader gets.
#[track_caller]
fn check(markdown: &str, html: &str) {
    check_html(&markdown.replace('⏎', "\n"), &format!("<p>{}</p>", html.replace('⏎', "\n")));
}

#[test]
fn between_chinese_characters_and_punctuation() {
    check("今年⏎二月", "今年二月");
    check("今年，⏎二月", "今年，二月");
    check("今年⏎（二月）", "今年（二月）");
    check("《办法》⏎施行", "《办法》施行");
    check("一⏎二⏎三", "一二三");
    check("いち⏎にカナ⏎ｶﾅ", "いちにカナｶﾅ");
    check("𠮷野⏎𠮷", "𠮷野𠮷");
    check("注音ㄅ⏎ㄆ", "注音ㄅㄆ");
    check("共￥⏎一百", "共￥一百");
}

#[test]
fn beside_latin_digits_and_hangul_it_is_a_space() {
    check("two⏎words", "two⏎words");
    check("中文⏎word", "中文⏎word");
    check("word⏎中文", "word⏎中文");
    check("2026⏎年", "2026⏎年");
    check("今年⏎2月", "今年⏎2月");
    check("한국⏎어", "한국⏎어");
    check("한국⏎中文", "한국⏎中文");
    check("完(end)⏎中文", "完(end)⏎中文");
    check("中文⏎(end)", "中文⏎(end)");
}

#[test]
fn quotation_marks_and_dashes_belong_to_what_is_beside_them() {
    check("他说⏎“好的”", "他说“好的”");
    check("“好的”⏎他说", "“好的”他说");
    check("“好的。”⏎“明天。”", "“好的。”“明天。”");
    check("“OK”⏎“Fine”", "“OK”⏎“Fine”");
    check("“good”⏎“好”", "“good”⏎“好”");
    check("他说——⏎再见", "他说——再见");
    check("他说⏎——再见", "他说——再见");
    check("等等……⏎……然后", "等等…………然后");
    check("wait—⏎what", "wait—⏎what");
    check("查尔斯·⏎达尔文", "查尔斯·达尔文");
    check("床前明月光⏎—— 李白", "床前明月光⏎—— 李白");
}

#[test]
fn emoji_and_symbols() {
    check("太好了🎉⏎明天见", "太好了🎉明天见");
    check("明天见⏎🎉太好了", "明天见🎉太好了");
    check("🎉⏎🎊", "🎉⏎🎊");
    check("great🎉⏎🎊fine", "great🎉⏎🎊fine");
    check("完成👩‍💻️⏎下一步", "完成👩‍💻️下一步");
    check("✅ 完成⏎❌ 未完成", "✅ 完成⏎❌ 未完成");
    check("包括：⏎①一般⏎②特殊", "包括：①一般②特殊");
}

#[test]
fn across_markup() {
    check("**今年**⏎二月", "<strong>今年</strong>二月");
    check("今年⏎**二月**", "今年<strong>二月</strong>");
    check("**今⏎年**", "<strong>今年</strong>");
    check("*今年，*⏎~~二月~~", "<em>今年，</em><del>二月</del>");
    check("**“好的”**⏎**“明天”**", "<strong>“好的”</strong><strong>“明天”</strong>");
    check("今年⏎[二⏎月](b)", "今年<a href=\"b\">二月</a>");
    check("[今年](b)⏎二月", "<a href=\"b\">今年</a>二月");
    check("**word**⏎中文", "<strong>word</strong>⏎中文");
    check("用⏎`cargo`⏎写", "用⏎<code>cargo</code>⏎写");
    check("叫⏎`发展`⏎的", "叫<code>发展</code>的");
    check("-{今年}-⏎二月⏎-{三}-", "\u{8F}今年\u{90}二月\u{8F}三\u{90}");
    check("<b>今年</b>⏎<i>二月</i>", "<b>今年</b><i>二月</i>");
    check("今年&amp;⏎二月", "今年&amp;⏎二月");
    check("看<https://例.cn>⏎二月", "看<a href=\"https://例.cn\">https://例.cn</a>⏎二月");
}

#[test]
fn beside_images_and_footnotes() {
    let image = |alt: &str| {
        format!(
            "<img src=\"a.png\" alt=\"{alt}\" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\">"
        )
    };
    check("点⏎![图](a.png)⏎进入", &format!("点{}进入", image("图")));
    check("点⏎![icon](a.png)⏎进入", &format!("点{}进入", image("icon")));
    check("click⏎![图](a.png)⏎here", &format!("click⏎{}⏎here", image("图")));
    let later = image("图").replace("eager\" fetchpriority=\"high", "lazy");
    check("字![图](a.png)⏎![图](a.png)", &format!("字{}⏎{later}", image("图")));
    check("字![头⏎发](a.png)", &format!("字{}", image("头发")));
    check("字![头⏎word](a.png)", &format!("字{}", image("头 word")));
    check("字![word⏎头](a.png)", &format!("字{}", image("word 头")));
    check("字![“头”⏎**“发”**](a.png)", &format!("字{}", image("“头”“发”")));
    let html = html_of("二月\n[^a]\n三月\n\n[^a]: 注\n  释");
    assert!(html.starts_with("<p>二月<sup"), "{html}");
    assert!(html.contains("</sup>三月</p>"), "{html}");
    assert!(html.contains("<p>注释</p>"), "{html}");
}

#[test]
fn in_every_block() {
    check_html("> 今年\n> 二月\n三月", "<blockquote><p>今年二月三月</p></blockquote>");
    check_html("- 今年\n  二月\n- one\n  two", "<ul><li>今年二月</li><li>one\ntwo</li></ul>");
    check_html("今年\n二月\n===", "<h2 id=\"今年二月\">今年二月</h2>");
    check_html("one\ntwo\n===", "<h2 id=\"one-two\">one\ntwo</h2>");
    check_html("术语\n: 今年\n  二月", "<dl><dt>术语</dt><dd>今年二月</dd></dl>");
    check_html("今年\\\n二月  \n三月", "<p>今年<br>二月<br>三月</p>");
}
