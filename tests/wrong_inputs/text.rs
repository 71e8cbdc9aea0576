//! Headings, footnotes, references, formulas, code, HTML.

use super::{is_silent, says, warns, with_html};

#[test]
fn html_that_is_refused() {
    says(
        "<font color=\"red\">甲</font>",
        &[],
        r#"
error[raw-html]: HTML is not let through in content
  --> content/a.md:5:1
  |
5 | <font color="red">甲</font>
  | ^^^^^^^^^^^^^^^^^^
  = help: write it as Markdown, put it in a template, or set raw_html = true under [markdown] in site.toml; a < that is meant as itself is written \<

error[raw-html]: HTML is not let through in content
  --> content/a.md:5:20
  |
5 | <font color="red">甲</font>
  |                     ^^^^^^^
  = help: write it as Markdown, put it in a template, or set raw_html = true under [markdown] in site.toml; a < that is meant as itself is written \<
"#,
    );
}

#[test]
fn an_undefined_reference() {
    warns(
        "见[报告][一]。",
        &[],
        r"
warning[undefined-reference]: there is no link definition `[一]:`, so this is no link
  --> content/a.md:5:2
  |
5 | 见[报告][一]。
  |   ^^^^^^^^^^
  = help: write [一]: address on a line of its own, or a \ before the first [ if no link is meant
",
    );
}

#[test]
fn an_undefined_footnote() {
    warns(
        "甲[^1]。",
        &[],
        "
warning[footnote]: there is no footnote `1`, so this is no reference
  --> content/a.md:5:2
  |
5 | 甲[^1]。
  |   ^^^^
  = help: write its text on a line of its own: [^1]: …
",
    );
}

#[test]
fn a_footnote_that_is_there_twice() {
    says(
        "甲[^1]。\n\n[^1]: 一\n\n[^1]: 二",
        &[],
        "
error[footnote]: the footnote `1` is there twice
  --> content/a.md:9:1
  |
9 | [^1]: 二
  | ^^^^^^^^
  = help: give one of the two another label, and say so where it is referred to
",
    );
}

#[test]
fn an_unused_footnote() {
    warns(
        "甲。\n\n[^1]: 一",
        &[],
        "
warning[unused-footnote]: nothing refers to the footnote `1`, so it is left out
  --> content/a.md:7:1
  |
7 | [^1]: 一
  | ^^^^^^^^
  = help: write [^1] where it belongs, or delete it
",
    );
}

#[test]
fn a_footnote_with_a_full_width_colon() {
    warns(
        "[^1]：一",
        &[],
        "
warning[footnote]: a full-width colon begins no footnote, so this is text
  --> content/a.md:5:1
  |
5 | [^1]：一
  | ^^^^
  = help: write a half-width colon and a space: [^1]: …
",
    );
}

#[test]
fn an_id_that_is_there_twice() {
    says(
        "## 甲 {#a}\n\n::: note {#a}\n乙\n:::",
        &[],
        "
error[id-twice]: the id `a` is there twice on this page
  --> content/a.md:7:12
  |
7 | ::: note {#a}
  |            ^
  = help: give one of the two another id
",
    );
    says(
        "<p id=\"a\">甲</p>\n\n## 乙 {#a}",
        &[("site.toml", &with_html())],
        "
error[id-twice]: the id `a` is there twice on this page
  --> content/a.md:7:1
  |
7 | ## 乙 {#a}
  | ^^^^^^^^^^
  = help: give one of the two another id
",
    );
}

#[test]
fn an_id_with_a_space() {
    warns(
        "## 甲 {#plan of}",
        &[],
        "
warning[heading-attribute]: `of` is left out: a heading keeps its id and its classes
  --> content/a.md:5:1
  |
5 | ## 甲 {#plan of}
  | ^^^^^^^^^^^^^^^^
  = help: an id is one word, with hyphens for spaces: {#id-of-the-heading}
",
    );
}

#[test]
fn a_reserved_id() {
    says(
        "甲[^1]\n\n## 乙 {#fn-1}\n\n[^1]: 丙",
        &[],
        "
error[id-twice]: the id `fn-1` belongs to the page's frame or to a footnote
  --> content/a.md:7:1
  |
7 | ## 乙 {#fn-1}
  | ^^^^^^^^^^^^^
  = help: use another id
",
    );
}

#[test]
fn an_id_in_full_width_braces() {
    warns(
        "## 甲 ｛#a｝",
        &[],
        "
warning[heading]: full-width braces give no id, so they are text
  --> content/a.md:5:6
  |
5 | ## 甲 ｛#a｝
  |       ^^^^^^
  = help: write half-width braces: {#id}
",
    );
}

#[test]
fn a_heading_without_a_text() {
    warns(
        "##\n\n甲",
        &[],
        "
warning[empty-heading]: this heading has no text, so it is left out
  --> content/a.md:5:1
  |
5 | ##
  | ^^
  = help: write the heading's text, or delete the line
",
    );
}

#[test]
fn a_heading_without_a_space() {
    warns(
        "##标题",
        &[],
        "
warning[heading]: this line begins like a heading and is text
  --> content/a.md:5:1
  |
5 | ##标题
  | ^^^^^^
  = help: write half-width # marks and a half-width space: ## 标题
",
    );
    warns(
        "甲\n＃ 标题",
        &[],
        "
warning[heading]: this line begins like a heading and is text
  --> content/a.md:6:1
  |
6 | ＃ 标题
  | ^^^^^^^
  = help: write half-width # marks and a half-width space: # 标题
",
    );
    warns(
        "#　标题",
        &[],
        "
warning[heading]: this line begins like a heading and is text
  --> content/a.md:5:1
  |
5 | #　标题
  | ^^^^^^^
  = help: write half-width # marks and a half-width space: # 标题
",
    );
    is_silent("#话题# 甲", &[]);
}

#[test]
fn a_formula_that_cannot_be_read() {
    warns(
        "质能 $\\foo{1}$ 式",
        &[],
        r#"
warning[formula]: this formula cannot be read: unknown command "\foo"
  --> content/a.md:5:5
  |
5 | 质能 $\foo{1}$ 式
  |       ^^^^
  = help: mend the LaTeX; a dollar sign that is none of a formula is written \$
"#,
    );
}

#[test]
fn a_formula_that_is_none() {
    warns(
        "质能 $\\frac{1}{$ 式",
        &[],
        r"
warning[formula]: this dollar sign begins no formula, so the LaTeX is text
  --> content/a.md:5:4
  |
5 | 质能 $\frac{1}{$ 式
  |      ^
  = help: close the formula with a second $ in the same paragraph, and every { with a }
",
    );
}

#[test]
fn code_that_is_not_closed() {
    warns(
        "```rust\nfn main() {}\n\n甲",
        &[],
        "
warning[code]: this block of code is never closed: all below it is code
  --> content/a.md:5:1
  |
5 | ```rust
  | ^^^^^^^
  = help: write ``` on a line of its own where it ends
",
    );
    is_silent("> ```\n> 甲\n> ```\n\n- ~~~\n  乙\n  ~~~", &[]);
}
