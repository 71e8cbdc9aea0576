//! Links and images.

use super::{DOT, is_silent, said, says, site, warns, with_html};

#[test]
fn a_link_to_a_draft() {
    says(
        "[去](b.md)",
        &[("content/b.md", "+++\ntitle = \"乙\"\ndraft = true\n+++\n")],
        "
error[broken-link]: `b.md` leads to a draft
  --> content/a.md:5:1
  |
5 | [去](b.md)
  | ^^^^^^^^^^
  = help: publish content/b.md by removing its draft = true, or remove the link
",
    );
}

#[test]
fn a_link_to_a_missing_fragment() {
    says(
        "[去](b.md#plann)",
        &[("content/b.md", "+++\ntitle = \"乙\"\n+++\n## plan\n")],
        "
error[broken-link]: content/b.md has no heading or paragraph `#plann`
  --> content/a.md:5:1
  |
5 | [去](b.md#plann)
  | ^^^^^^^^^^^^^^^^
  = help: did you mean `#plan`?
",
    );
    says(
        "[去](#算力)",
        &[],
        "
error[broken-link]: this page has no heading or paragraph `#算力`
  --> content/a.md:5:1
  |
5 | [去](#算力)
  | ^^^^^^^^^^^
  = help: a heading's id is its text with hyphens for spaces and marks; give it one of your own with {#id}
",
    );
}

#[test]
fn a_link_to_a_file_in_other_case() {
    says(
        "[去](报告/Plan.pdf)",
        &[("content/报告/plan.pdf", "%PDF")],
        "
error[broken-link]: `报告/Plan.pdf` leads nowhere
  --> content/a.md:5:1
  |
5 | [去](报告/Plan.pdf)
  | ^^^^^^^^^^^^^^^^^^^
  = help: did you mean `/报告/plan.pdf`?
",
    );
}

#[test]
fn a_link_to_a_folder() {
    says(
        "[去](plans/)",
        &[("content/plans/a.pdf", "%PDF")],
        "
error[broken-link]: `plans/` leads nowhere
  --> content/a.md:5:1
  |
5 | [去](plans/)
  | ^^^^^^^^^^^^
  = help: content/plans/ has no page of its own: write content/plans/_index.md, or link to a file in it
",
    );
}

#[test]
fn a_link_with_a_backslash() {
    says(
        "[去](plans\\b.md)",
        &[],
        r"
error[broken-link]: `plans\b.md` leads nowhere
  --> content/a.md:5:1
  |
5 | [去](plans\b.md)
  | ^^^^^^^^^^^^^^^^
  = help: write `/` in place of `\`
",
    );
}

#[test]
fn a_link_out_of_the_content() {
    says(
        "[去](../../b.md)",
        &[("content/b.md", "+++\ntitle = \"乙\"\n+++\n")],
        "
error[broken-link]: `../../b.md` leads nowhere
  --> content/a.md:5:1
  |
5 | [去](../../b.md)
  | ^^^^^^^^^^^^^^^^
  = help: this path leads out of content/: a path that begins with / starts at the top of content/
",
    );
}

#[test]
fn a_link_to_an_edition() {
    says(
        "[去](/zh-hant/b/)",
        &[("content/b.md", "+++\ntitle = \"乙\"\n+++\n")],
        "
error[broken-link]: `/zh-hant/b/` leads nowhere
  --> content/a.md:5:1
  |
5 | [去](/zh-hant/b/)
  | ^^^^^^^^^^^^^^^^^
  = help: did you mean `/b.md`?
",
    );
}

#[test]
fn a_link_to_a_script() {
    says(
        "[去](javascript:alert(1))",
        &[],
        "
error[link-scheme]: links of the kind `javascript:` are not let through
  --> content/a.md:5:1
  |
5 | [去](javascript:alert(1))
  | ^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: use http, https, mailto or tel, or a path within the site
",
    );
}

#[test]
fn a_link_to_a_drive() {
    says(
        "[去](D:\\报告.docx)",
        &[],
        r"
error[link-scheme]: links of the kind `D:` are not let through
  --> content/a.md:5:1
  |
5 | [去](D:\报告.docx)
  | ^^^^^^^^^^^^^^^^^^
  = help: readers cannot reach a file on your computer: put it beside the page, and write its name
",
    );
}

#[test]
fn a_link_to_another_site() {
    says(
        "[去](www.example.com/plan)",
        &[],
        "
error[broken-link]: `www.example.com/plan` leads nowhere
  --> content/a.md:5:1
  |
5 | [去](www.example.com/plan)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: if it is another site, write https:// before it: https://www.example.com/plan
",
    );
    says(
        "[去](https：//example.com)",
        &[],
        "
error[broken-link]: `https：//example.com` leads nowhere
  --> content/a.md:5:1
  |
5 | [去](https：//example.com)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: write a half-width colon: https://example.com
",
    );
}

#[test]
fn a_link_without_an_address() {
    says(
        "[去]()",
        &[],
        "
error[broken-link]: this link leads nowhere: it has no address
  --> content/a.md:5:1
  |
5 | [去]()
  | ^^^^^^
  = help: write the address, such as [text](plan.md)
",
    );
}

#[test]
fn a_link_without_a_text() {
    warns(
        "[](b.md)",
        &[("content/b.md", "+++\ntitle = \"乙\"\n+++\n")],
        "
warning[empty-link]: this link has no text, so nobody can see or follow it
  --> content/a.md:5:1
  |
5 | [](b.md)
  | ^^^^^^^^
  = help: write the text between the brackets: [text](address)
",
    );
}

#[test]
fn a_link_with_full_width_parentheses() {
    warns(
        "[去]（b.md）",
        &[("content/b.md", "+++\ntitle = \"乙\"\n+++\n")],
        "
warning[undefined-reference]: `b.md` is text here, so this is no link
  --> content/a.md:5:1
  |
5 | [去]（b.md）
  | ^^^^^^^^^^^^
  = help: write half-width parentheses right behind the bracket: [去](b.md)
",
    );
    warns(
        "[去] (b.md)",
        &[("content/b.md", "+++\ntitle = \"乙\"\n+++\n")],
        "
warning[undefined-reference]: `b.md` is text here, so this is no link
  --> content/a.md:5:1
  |
5 | [去] (b.md)
  | ^^^^^^^^^^^
  = help: write half-width parentheses right behind the bracket: [去](b.md)
",
    );
    is_silent("见[附件]（略）。", &[]);
}

#[test]
fn an_image_that_is_a_page() {
    says("![图](b.md)", &[("content/b.md", "+++\ntitle = \"乙\"\n+++\n")], "
error[broken-link]: `b.md` is a page, not an image
  --> content/a.md:5:1
  |
5 | ![图](b.md)
  | ^^^^^^^^^^^
  = help: write the name of an image beside the page or in static/; a link to the page is [text](address), without the !
");
}

#[test]
fn an_image_that_is_another_file() {
    says("![图](报告.pdf)", &[("content/报告.pdf", "%PDF")], "
error[broken-link]: `报告.pdf` is no image
  --> content/a.md:5:1
  |
5 | ![图](报告.pdf)
  | ^^^^^^^^^^^^^^^
  = help: browsers show JPEG, PNG, WebP, GIF, AVIF and SVG; a link to another file is [text](file), without the !
");
}

#[test]
fn an_image_that_is_not_there() {
    says(
        "![图](gate.jpg)",
        &[],
        "
error[broken-link]: `gate.jpg` leads nowhere
  --> content/a.md:5:1
  |
5 | ![图](gate.jpg)
  | ^^^^^^^^^^^^^^^
  = help: put the image beside the page, or into static/, and write its name as it is there
",
    );
    says(
        "![图]()",
        &[],
        "
error[broken-link]: this image names no file
  --> content/a.md:5:1
  |
5 | ![图]()
  | ^^^^^^^
  = help: write the file's name between the parentheses: ![what it shows](file)
",
    );
}

#[test]
fn an_image_without_a_text() {
    let site = site("![](gate.gif)", &[]);
    site.write("content/gate.gif", DOT);
    said(
        &site,
        0,
        "
warning[missing-alt]: this image has no alt text
  --> content/a.md:5:1
  |
5 | ![](gate.gif)
  | ^^^^^^^^^^^^^
  = help: say what it shows: ![what it shows](file)
",
    );
}

#[test]
fn an_image_that_is_damaged() {
    let site = site("![图](gate.gif)", &[]);
    site.write("content/gate.gif", &DOT[..20]);
    said(
        &site,
        0,
        "
warning[image]: this image is damaged, so it is published as it is: its end is missing
  --> content/gate.gif
  = help: export it again from the program it comes from, as JPEG, PNG or WebP
",
    );
}

#[test]
fn an_image_of_another_site() {
    warns(
        "![图](https://example.com/gate.jpg)",
        &[],
        "
warning[external-image]: `https://example.com/gate.jpg` will not show: pages load nothing from other sites
  --> content/a.md:5:1
  |
5 | ![图](https://example.com/gate.jpg)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: copy the file beside the page, and write its name here; or let them: external_images = true in [markdown] of site.toml
",
    );
}

#[test]
fn paths_in_html() {
    says(
        "<img src=\"gate.jpg\" alt=\"门\">",
        &[("site.toml", &with_html())],
        r#"
error[broken-link]: `gate.jpg` leads nowhere
  --> content/a.md:5:11
  |
5 | <img src="gate.jpg" alt="门">
  |           ^^^^^^^^
  = help: put the image beside the page, or into static/, and write its name as it is there
"#,
    );
    says(
        "<a href=\"plan/\">去</a>",
        &[("site.toml", &with_html())],
        r#"
error[broken-link]: `plan/` leads nowhere
  --> content/a.md:5:10
  |
5 | <a href="plan/">去</a>
  |          ^^^^^
  = help: link to a content file by its path, such as ../policy/plan.md or /policy/plan.md#heading
"#,
    );
}
