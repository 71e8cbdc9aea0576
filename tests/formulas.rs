//! Formulas between dollar signs, and dollar signs that are money.

use crate::sites::{SETTINGS, build};

/// The body of the Traditional edition, without ids.
fn html(markdown: &str) -> (String, Vec<String>) {
    let page = format!("+++\ntitle = \"题\"\n+++\n{markdown}\n");
    let built = build(SETTINGS, &[("_index.md", &page)]);
    let said = built.diagnostics.iter().map(|said| {
        format!("{} {:?}", said.message, said.place.as_ref().map(|place| (place.line, place.column)))
    });
    (built.files["zh-hant/index.html"].replace(" id=\"p1\"", "").trim().to_owned(), said.collect())
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    let (html, said) = html(markdown);
    assert_eq!(html, expected, "{markdown:?}");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_formula_is_mathml() {
    check(
        "能量$E=mc^2$发",
        "<p>能量<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>發</p>",
    );
    let (html, _) = html("$$\n\\frac{头}{发}\n$$");
    assert!(html.starts_with("<p><math display=\"block\"><mfrac>") && html.contains("发"), "{html}");
}

#[test]
fn no_formula_brings_an_inline_style() {
    for formula in [
        "\\begin{aligned}a&=b\\\\c&=d\\end{aligned}",
        "\\color{red}x",
        "\\mathbb{R}\\,\\hspace{2em}x",
        "\\cancel{x}",
        "\\begin{pmatrix}1&2\\end{pmatrix}",
        "\\boxed{x}",
    ] {
        let (html, said) = html(&format!("$${formula}$$"));
        assert!(!html.contains(" style="), "{formula}: {html} {said:?}");
        // What the Nu HTML checker does not know of a table.
        let tables = html.split("<mtable").skip(1).filter_map(|table| table.split('>').next());
        assert!(tables.into_iter().all(|table| !table.contains("scriptlevel")), "{formula}: {html}");
    }
}

#[test]
fn money_is_no_formula() {
    check("签约$110亿，其中外资$20亿。", "<p>簽約$110億，其中外資$20億。</p>");
    check("花了$5，公式$x$是", "<p>花了$5，公式<math><mi>x</mi></math>是</p>");
    check("$1亿，$2亿，$3亿，$4亿", "<p>$1億，$2億，$3億，$4億</p>");
    check("from $5-$10 to $20", "<p>from $5-$10 to $20</p>");
    check("**$5，**（$6）", "<p><strong>$5，</strong>（$6）</p>");
    check("`$5，$6` 与 \\$7，$8", "<p><code>$5，$6</code> 與 $7，$8</p>");
    check("$\\text{速度}=v$", "<p><math><mtext>速度</mtext><mo>=</mo><mi>v</mi></math></p>");
}

#[test]
fn a_formula_that_cannot_be_read_is_shown_and_pointed_at() {
    let (html, said) = html("甲$a \\nosuch b$乙");
    assert_eq!(html, "<p>甲<code>a \\nosuch b</code>乙</p>");
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("this formula cannot be read: ") && said[0].contains("Some((4, "),
        "{said:?}"
    );
}

#[test]
fn many_dollar_signs_stay_what_they_are() {
    let money = "$1亿，".repeat(20_000);
    let (html, _) = html(&money);
    assert_eq!(html.matches('$').count(), 20_000);
}
