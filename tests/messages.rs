//! What an author reads when something is wrong, to the letter.

use crate::sites::{DOT, Folder, SETTINGS};

/// What `build` says of a site with one file changed; the site is not published.
#[track_caller]
pub(crate) fn says(path: &str, text: &str, expected: &str) {
    let site = Folder::new();
    site.write(path, text);
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(ran.stdout, "nothing was published\n");
    assert_eq!(ran.stderr.trim_end(), expected.trim_matches('\n'), "{}", ran.stderr);
    assert!(!site.path("public").exists());
}

/// What `build` says of a site with one file changed; the site is published all the same.
#[track_caller]
pub(crate) fn warns(path: &str, text: &str, expected: &str) {
    let site = Folder::new();
    site.write(path, text);
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.stderr.trim_end(), expected.trim_matches('\n'), "{}", ran.stderr);
}

#[test]
fn unknown_key() {
    says(
        "site.toml",
        "titel = \"简报\"\nbase_url = \"https://example.org/\"\n",
        r#"
error[unknown-key]: unknown key `titel`
  --> site.toml:1:1
  |
1 | titel = "简报"
  | ^^^^^
  = help: did you mean `title`?
"#,
    );
}

#[test]
fn a_caret_stands_under_han_characters() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n今年二月[去](没有.md)。\n",
        "
error[broken-link]: `没有.md` leads nowhere
  --> content/a.md:5:5
  |
5 | 今年二月[去](没有.md)。
  |         ^^^^^^^^^^^^^
  = help: link to a content file by its path, such as ../policy/plan.md or /policy/plan.md#heading
",
    );
}

#[test]
fn an_attribute_of_a_heading() {
    warns(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n## 标题 {#a lang=ja}\n\n字\n",
        "
warning[heading-attribute]: `lang` is left out: a heading keeps its id and its classes
  --> content/a.md:5:1
  |
5 | ## 标题 {#a lang=ja}
  | ^^^^^^^^^^^^^^^^^^^^
  = help: write {#id .class}, or delete it
",
    );
}

#[test]
fn shortcodes() {
    warns(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n字{{< figure src=\"a.png\" >}}，`{{< x >}}`\n",
        r#"
warning[shortcode]: shortcodes of Hugo are shown as they are written
  --> content/a.md:5:2
  |
5 | 字{{< figure src="a.png" >}}，`{{< x >}}`
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: write in Markdown what it stands for, or use a component: ::: name
"#,
    );
}

#[test]
fn missing_title() {
    says(
        "content/a.md",
        "+++\nkicker = \"题\"\n+++\n\n## 头发\n",
        r#"
error[missing-title]: `title` is missing
  --> content/a.md:1:1
  |
1 | +++
  | ^^^
  = help: add a line to the front matter: title = "…", or begin the text below with a heading: # …
"#,
    );
    says(
        "content/a.md",
        "今年二月。\n",
        r#"
error[missing-title]: this page has no front matter, so it has no title
  --> content/a.md:1:1
  |
1 | 今年二月。
  | ^
  = help: begin the file with a heading (# …), or with three lines: +++, title = "…", +++
"#,
    );
}

#[test]
fn a_day_that_is_not_in_the_calendar() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\ndate = 2023-02-30\n+++\n",
        r"
error[toml-syntax]: this is not valid TOML: invalid date, expected day between 01 and 28
  --> content/a.md:3:8
  |
3 | date = 2023-02-30
  |        ^^^^^^^^^^
  = help: write a day of the calendar, such as 2023-06-28
",
    );
}

#[test]
fn unknown_filter() {
    says(
        "templates/page.html",
        "<p>\n{{ page.title | titel }}\n",
        r"
error[template]: unknown filter `titel`
  --> templates/page.html:2:17
  |
2 | {{ page.title | titel }}
  |                 ^
  = help: mend the template, or delete it to use the theme's own
",
    );
}

#[test]
fn a_front_matter_that_is_none_is_no_silent_loss() {
    let site = Folder::new();
    for text in ["----\ntitle: 题\n", "+++toml\ntitle = \"题\"\n+++\n", "--- x\n"] {
        site.write("content/a.md", text);
        let ran = site.run(&["build"]);
        assert_eq!(ran.status, 1);
        assert!(
            ran.stderr.contains("error[missing-title]") && ran.stderr.contains("content/a.md:1:1"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_subtitle_that_is_half_there() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\nsubtitle = { text = \"二\" }\n+++\n",
        r#"
error[missing-key]: a subtitle that is shown as written needs a `text` and a `lang`
  --> content/a.md:3:21
  |
3 | subtitle = { text = "二" }
  |                     ^^^^
  = help: write subtitle = { text = "…", lang = "zh-Hant" }, or subtitle = "…" for one that is converted
"#,
    );
}

#[test]
fn wrong_types_are_all_reported_at_once() {
    says(
        "content/a.md",
        "+++\ntitle = 1\ndate = \"2023-02-30\"\nweight = \"一\"\ndraft = 1\ntagz = []\n+++\n",
        r#"
error[wrong-type]: `title` is a whole number, expected a text in quotation marks
  --> content/a.md:2:9
  |
2 | title = 1
  |         ^

error[date-expected]: `date` is no day of the calendar
  --> content/a.md:3:8
  |
3 | date = "2023-02-30"
  |        ^^^^^^^^^^^^
  = help: write a day that exists, such as 2023-06-28

error[wrong-type]: `weight` is a text, expected a whole number, such as 10
  --> content/a.md:4:10
  |
4 | weight = "一"
  |          ^^^^

error[wrong-type]: `draft` is a whole number, expected true or false
  --> content/a.md:5:9
  |
5 | draft = 1
  |         ^

error[unknown-key]: unknown key `tagz`
  --> content/a.md:6:1
  |
6 | tagz = []
  | ^^^^
  = help: did you mean `tags`?
"#,
    );
}

#[test]
fn yaml() {
    says(
        "content/a.md",
        "---\ntitle: 题\nweight: 一\ntagz: [甲]\n---\n",
        r#"
error[wrong-type]: `weight` is a text, expected a whole number, such as 10
  --> content/a.md:3:9
  |
3 | weight: 一
  |         ^^

warning[unknown-key]: unknown key `tagz`
  --> content/a.md:4:1
  |
4 | tagz: [甲]
  | ^^^^
  = help: did you mean `tags`?
"#,
    );
}

#[test]
fn broken_template() {
    says(
        "templates/page.html",
        "<p>\n{{ page.title }\n",
        r"
error[template]: found `}` but expected }}
  --> templates/page.html:2:15
  |
2 | {{ page.title }
  |               ^
  = help: mend the template, or delete it to use the theme's own
",
    );
}

#[test]
fn raw_html() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n头<br>发\n",
        r"
error[raw-html]: HTML is not let through in content
  --> content/a.md:5:2
  |
5 | 头<br>发
  |   ^^^^
  = help: write it as Markdown, put it in a template, or set raw_html = true under [markdown] in site.toml; a < that is meant as itself is written \<
",
    );
}

#[test]
fn no_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = crate::sites::jianbao().current_dir(folder.path()).arg("build").output().expect("jianbao runs");
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(said.starts_with("error[no-site]: there is no site.toml in .\n"), "{said}");
}

#[test]
fn places_are_seen_from_the_working_folder() {
    let site = Folder::new();
    site.write("sub/site.toml", format!("{SETTINGS}[links]\nbroke = 1\n"));
    site.write("sub/content/_index.md", "+++\ntitle = \"题\"\n+++\n");
    for (format, start) in [
        ("human", "error[unknown-key]: unknown key `broke`\n  --> sub/site.toml:4:1\n"),
        (
            "json",
            "{\"code\":\"unknown-key\",\"column\":1,\"help\":\"did you mean `broken`?\",\"line\":4,\"message\":\"unknown key `broke`\",\"path\":\"sub/site.toml\",\"severity\":\"error\"}\n",
        ),
        (
            "github",
            "::error file=sub/site.toml,line=4,col=1,title=unknown-key::unknown key `broke` (help: did you mean `broken`?)\n",
        ),
    ] {
        let ran = site.run(&["build", "--root", "sub", "--format", format]);
        assert_eq!(ran.status, 1);
        let said = if format == "human" { ran.stderr } else { ran.stdout };
        assert!(said.starts_with(start), "{said}");
    }
}

#[test]
fn a_wrong_option_says_how_it_is_used() {
    let site = Folder::new();
    let ran = site.run(&["build", "--jbos", "2"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--jobs"), "{}", ran.stderr);
    assert_eq!(site.run(&["build", "--base-url", "example.org"]).status, 2);
}

#[test]
fn an_address_on_the_command_line_is_enough() {
    let site = Folder::new();
    site.write("site.toml", "title = \"简报\"\n");
    assert_eq!(site.run(&["build"]).status, 1);
    assert_eq!(site.run(&["build", "--base-url", "https://example.org/brief/"]).status, 0);
}

const TWO_AND_ENGLISH: &str = "title = \"简报\"\nbase_url = \"https://example.org/\"\n[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"zh-Hant\"\n[[editions]]\ntag = \"en\"\n";

/// What `command` says of a site with these editions, an English home page, a page `a.md` with two headings, and these files.
#[track_caller]
fn says_of_twins(command: &str, files: &[(&str, &str)], expected: &str) {
    let site = Folder::new();
    site.write("site.toml", TWO_AND_ENGLISH);
    site.write("content/_index.en.md", "+++\ntitle = \"Home\"\nbased_on = \"a17ccacd24ded295\"\n+++\n");
    site.write("content/a.md", "+++\ntitle = \"题\"\n+++\n\n## 算力\n\n## 网络\n");
    for (path, text) in files {
        site.write(path, text);
    }
    let said = site.run(&[command]).stderr;
    assert_eq!(said.trim_end(), expected.trim_matches('\n'), "{said}");
}

#[test]
fn names_of_twins() {
    says_of_twins(
        "build",
        &[("content/a.zh-TW.md", "甲")],
        r"
error[no-edition]: this file is written for the edition `zh-TW`, which the site does not have
  --> content/a.zh-TW.md
  = help: rename the file to content/a.zh-Hant.md, or add the edition to site.toml
",
    );
    says_of_twins(
        "build",
        &[("content/a.fr.md", "甲")],
        r#"
error[no-edition]: this file is written for the edition `fr`, which the site does not have
  --> content/a.fr.md
  = help: add the edition to site.toml: [[editions]], then tag = "fr"; or rename the file
"#,
    );
    says_of_twins(
        "build",
        &[("content/a.zh.md", "甲")],
        r"
error[no-edition]: this file is written for the edition `zh`, which the site does not have
  --> content/a.zh.md
  = help: end the name with one of the site's editions: zh-Hans, zh-Hant, en
",
    );
    says_of_twins(
        "build",
        &[("content/b.zh-Hant.md", "甲")],
        r"
error[twin-without-page]: this is the text of zh-Hant for a page that is not there
  --> content/b.zh-Hant.md
  = help: write content/b.md, or give this file that name: then the other editions get it too
",
    );
    says_of_twins(
        "build",
        &[("content/a.zh-Hant.md", "甲"), ("content/a.zh-hant.md", "甲")],
        r"
error[twin-twice]: content/a.zh-Hant.md is the text of zh-Hant for this page already
  --> content/a.zh-hant.md
  = help: keep one of the two files
",
    );
}

#[test]
fn keys_of_twins() {
    says_of_twins(
        "build",
        &[(
            "content/a.zh-Hant.md",
            "+++\nweight = 1\nscript = \"hant\"\nbased_on = \"1234\"\n+++\n\n## 甲\n\n## 乙\n",
        )],
        r#"
error[twin-key]: `weight` is the same in all editions, so it belongs to the page
  --> content/a.zh-Hant.md:2:10
  |
2 | weight = 1
  |          ^
  = help: delete it here, and write it in content/a.md if it is missing there

error[twin-key]: `script` is for pages that are converted: this text is published as it is
  --> content/a.zh-Hant.md:3:10
  |
3 | script = "hant"
  |          ^^^^^^
  = help: delete it

error[unknown-value]: `based_on` cannot be "1234", expected 16 hexadecimal digits
  --> content/a.zh-Hant.md:4:12
  |
4 | based_on = "1234"
  |            ^^^^^^
  = help: delete the line, and run `jianbao check`: it says what to write
"#,
    );
    says_of_twins(
        "build",
        &[("content/a.en.md", "+++\ndate = 2023-06-28\n+++\n")],
        r#"
error[missing-title]: `title` is missing
  --> content/a.en.md:1:1
  |
1 | +++
  | ^^^
  = help: add a line to the front matter: title = "…", or begin the text below with a heading: # …
"#,
    );
}

#[test]
fn twins_that_say_less_than_their_page() {
    says_of_twins(
        "build",
        &[("content/a.zh-Hant.md", "+++\ntitle = \"題\"\n+++\n")],
        r"
error[twin-without-text]: there is no text below the front matter, so this page would be empty in its edition
  --> content/a.zh-Hant.md
  = help: write the text, or delete the file: then the edition gets the converted page
",
    );
    says_of_twins(
        "build",
        &[("content/a.zh-Hant.md", "## 運算\n\n甲\n")],
        r"
warning[twin-headings]: these headings are not those of content/a.md: links to `#算力`, `#网络` do not find their place here
  --> content/a.zh-Hant.md:1:1
  |
1 | ## 運算
  | ^^^^^^^
  = help: only this text has `#運算`: give the heading that stands for one of the page its id, as in ## … {#id}
",
    );
    says_of_twins(
        "build",
        &[("content/a.zh-Hant.md", "## 算力\n\n甲\n")],
        r"
warning[twin-headings]: these headings are not those of content/a.md: links to `#网络` do not find their place here
  --> content/a.zh-Hant.md
  = help: write a heading for each of them, as in ## … {#id}, or see that nothing links there
",
    );
}

#[test]
fn twins_and_what_they_were_made_from() {
    says_of_twins(
        "check",
        &[("content/a.zh-Hant.md", "---\nbased_on: \"0123456789abcdef\"\n---\n## 甲\n\n## 乙\n")],
        r#"
warning[stale-twin]: content/a.md has changed since this text was made from it
  --> content/a.zh-Hant.md:2:11
  |
2 | based_on: "0123456789abcdef"
  |           ^^^^^^^^^^^^^^^^^^
  = help: compare the two; when this text is right again, write based_on: "ad9ba6321dde588f"
"#,
    );
    says_of_twins(
        "check",
        &[("content/a.zh-Hant.md", "## 甲\n\n## 乙\n")],
        r#"
warning[twin-without-hash]: nothing tells whether content/a.md has changed since this text was made
  --> content/a.zh-Hant.md:1:1
  |
1 | ## 甲
  | ^
  = help: begin the file with three lines: +++, based_on = "ad9ba6321dde588f", +++
"#,
    );
    says_of_twins(
        "check",
        &[("content/a.zh-Hant.md", "---\ntitle: 題\n---\n## 甲\n\n## 乙\n")],
        r#"
warning[twin-without-hash]: nothing tells whether content/a.md has changed since this text was made
  --> content/a.zh-Hant.md:1:1
  |
1 | ---
  | ^
  = help: add a line to the front matter: based_on: "ad9ba6321dde588f"
"#,
    );
}

#[test]
fn written_editions() {
    says_of_twins(
        "build",
        &[("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\n\n[A](a.md)\n")],
        r"
warning[link-leaves-edition]: `a.md` is not there in en: this link leads to zh-Hans
  --> content/_index.en.md:5:1
  |
5 | [A](a.md)
  | ^^^^^^^^^
  = help: write content/a.en.md, or name the edition if this is meant: /a.zh-Hans.md
",
    );
    let section = ("content/s/_index.md", "+++\ntitle = \"栏\"\n+++\n");
    let page = ("content/s/b.en.md", "+++\ntitle = \"B\"\n+++\n");
    says_of_twins(
        "build",
        &[section, page],
        r"
error[section-without-index]: content/s/ holds pages for en but no _index.en.md, so it is no section there
  --> content/s/b.en.md
  = help: write content/s/_index.en.md with the section's title between +++ lines
",
    );
    says_of_twins(
        "build",
        &[("content/_index.en.md", "+++\ntitle = \"Home\"\ndraft = true\n+++\n")],
        r"
error[no-home]: the home page is a draft
  --> content/_index.en.md
  = help: remove draft = true, or build with --drafts
",
    );
    says(
        "site.toml",
        TWO_AND_ENGLISH,
        r"
error[no-home]: the edition en has no home page
  --> site.toml
  = help: write content/_index.en.md with a title between +++ lines
",
    );
    says(
        "site.toml",
        "title = \"简报\"\nbase_url = \"https://example.org/\"\n[[editions]]\ntag = \"en\"\nwording = \"tw\"\n",
        r#"
error[no-chinese-edition]: this site has no Chinese edition
  --> site.toml:4:7
  |
4 | tag = "en"
  |       ^^^^
  = help: add the one that the pages are written for: [[editions]], then tag = "zh-Hans" or tag = "zh-Hant"

error[written-edition]: `wording` is for editions that are converted: the pages of en are published as they are
  --> site.toml:5:11
  |
5 | wording = "tw"
  |           ^^^^
  = help: delete this line
"#,
    );
}

#[test]
fn inline_rules() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n用-{zh-hnat:软件;zh-tw:軟體}-写。\n",
        "
error[inline-rule]: `zh-hnat` is no variant of Chinese
  --> content/a.md:5:4
  |
5 | 用-{zh-hnat:软件;zh-tw:軟體}-写。
  |     ^^^^^^^
  = help: did you mean `zh-hant`?
",
    );
    warns(
        "content/a.md",
        "+++\ntitle = \"题-{甲\"\n+++\n\n用-{zh-hans:软件\n\n写。\n",
        "
warning[inline-rule]: this rule is not closed: there is no `}-` before the next blank line
  --> content/a.md:2:11
  |
2 | title = \"题-{甲\"
  |            ^^
  = help: write `}-` where it ends, or `\\-{` if it is no rule

warning[inline-rule]: this rule is not closed: there is no `}-` before the next blank line
  --> content/a.md:5:2
  |
5 | 用-{zh-hans:软件
  |   ^^
  = help: write `}-` where it ends, or `\\-{` if it is no rule
",
    );
    warns(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n用-{zh-tw:軟體;zh-tw:軟件}-写。\n",
        "
warning[inline-rule]: this rule has no text for zh-hans
  --> content/a.md:5:2
  |
5 | 用-{zh-tw:軟體;zh-tw:軟件}-写。
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: add `;zh-hans:…`, or `;zh-hans:-{}-` to show nothing

warning[inline-rule]: this rule has two texts for zh-tw
  --> content/a.md:5:19
  |
5 | 用-{zh-tw:軟體;zh-tw:軟件}-写。
  |                      ^^^^
  = help: keep one of them
",
    );
}

#[test]
fn full_width_marks_in_a_rule() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n用-{zh-hans：软件；zh-hant：軟件}-写。\n",
        "
error[inline-rule]: `：` is no mark of a rule, so this is none
  --> content/a.md:5:11
  |
5 | 用-{zh-hans：软件；zh-hant：軟件}-写。
  |            ^^
  = help: write `:` behind the name of a variant and `;` between two texts, both half-width
",
    );
}

#[test]
fn glossary() {
    let says = |terms: &str, expected: &str| says("glossary.toml", terms, expected);
    says(
        "[[glossary]]\nterm = \"软件\"\nzh-Hant = \"軟件\"\n\n[[glossary]]\nterm = \"軟件\"\nprotected = true\n",
        "
error[term-twice]: `軟件` is defined twice, and not in the same way: the first time in glossary.toml:1:1
  --> glossary.toml:5:1
  |
5 | [[glossary]]
  | ^^^^^^^^^^^^
  = help: delete one of the two, or say with `before` or `after` where each of them holds
",
    );
    says(
        "[[glossary]]\nterm = \"软件\"\nzh-TW = \"軟體\"\n",
        "
error[edition-tag]: \"zh-TW\" names no edition: `zh-TW` names a region in place of a script; write zh-Hant-TW
  --> glossary.toml:3:1
  |
3 | zh-TW = \"軟體\"
  | ^^^^^
",
    );
    says(
        "[[glossary]]\nterm = \"软件\"\nprotect = true\n",
        "
error[term]: this term has no text for any edition
  --> glossary.toml:1:1
  |
1 | [[glossary]]
  | ^^^^^^^^^^^^
  = help: add a line such as zh-Hant-TW = \"軟體\", or protected = true for a term that stays as it is written

error[unknown-key]: unknown key `protect`
  --> glossary.toml:3:1
  |
3 | protect = true
  | ^^^^^^^
  = help: did you mean `protected`?
",
    );
    says(
        "[[glossary]]\nzh-Hant = \"軟體\"\n",
        "
error[term]: this term does not say how authors write it
  --> glossary.toml:1:1
  |
1 | [[glossary]]
  | ^^^^^^^^^^^^
  = help: add a line: term = \"软件\"; without one, the texts of at least two editions are needed
",
    );
    says(
        "[[glossary]]\nterm = \"软件\"\nzh-Hant = 1\n",
        "
error[term]: `zh-Hant` holds no text
  --> glossary.toml:3:11
  |
3 | zh-Hant = 1
  |           ^
  = help: write what the edition prints: zh-Hant = \"軟體\"
",
    );
}

#[test]
fn preferences_of_the_house() {
    let settings = |edition: &str| format!("{SETTINGS}\n[[editions]]\n{edition}\n");
    let site = Folder::new();
    for (edition, said) in [
        (
            "tag = \"zh-Hant\"\nprefer = [\"台\", \"臺\"]",
            "error[preference]: `prefer` cannot hold \"臺\": 台 and 臺 are shapes of one character: a house prints one of them\n",
        ),
        (
            "tag = \"zh-Hant\"\nprefer = [\"字\"]",
            "error[preference]: `prefer` cannot hold \"字\": 字 is no shape that a house can choose: there is no other one for it\n",
        ),
        (
            "tag = \"zh-Hant\"\nprefer = [\"裏面\"]",
            "error[preference]: `prefer` cannot hold \"裏面\": it is not one character\n",
        ),
        (
            "tag = \"zh-Hans\"\nprefer = [\"台\"]",
            "error[preference]: `prefer` is for Traditional editions: Simplified has one shape for each character\n",
        ),
        (
            "tag = \"zh-Hant\"\nwording = \"taiwan\"",
            "error[unknown-value]: `wording` cannot be \"taiwan\", expected one of \"keep\", \"cn\", \"tw\", \"hk\"\n",
        ),
    ] {
        site.write("site.toml", settings(edition));
        let ran = site.run(&["build"]);
        assert_eq!(ran.status, 1);
        assert!(ran.stderr.starts_with(said), "{}", ran.stderr);
    }
}

#[test]
fn divided_terms_and_unpaired_marks() {
    warns(
        "content/a.md",
        "+++\ntitle = \"题\"\n[[glossary]]\nterm = \"程序员\"\nzh-Hant = \"程式設計師\"\n+++\n\n他说“**程序**员\n",
        "
warning[quotation-mark]: this “ has no other half, so the quotation marks beside it stay as they are
  --> content/a.md:8:3
  |
8 | 他说“**程序**员
  |     ^
  = help: write the missing mark in the same paragraph, or delete this one

warning[divided-term]: markup divides `程序员`, which is 程式設計師 in zh-Hant: all of it goes to the part it begins in
  --> content/a.md:8:6
  |
8 | 他说“**程序**员
  |        ^^^^
  = help: let the markup stand around the whole of `程序员`, or beside it
",
    );
}

#[test]
fn images_that_cannot_be_made_smaller() {
    let site = Folder::new();
    site.write("content/_index.md", "+++\ntitle = \"首页\"\n+++\n\n![头发](a.jpg)\n\n![头发](b.gif)\n");
    site.write("content/a.jpg", "no picture");
    let mut vast = DOT.to_vec();
    vast[6..10].copy_from_slice(&[0x20, 0x4E, 0x20, 0x4E]);
    vast.resize(150_000, 0);
    site.write("content/b.gif", vast);
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stderr.trim_end(),
        "
warning[image]: this image is damaged, so it is published as it is: it begins like no image
  --> content/a.jpg
  = help: export it again from the program it comes from, as JPEG, PNG or WebP

warning[image]: this image has 400 megapixels, so it is published as it is
  --> content/b.gif
  = help: make it smaller before it goes into content/: 3200 pixels across are enough for every screen"
            .trim_start()
    );
}

#[test]
fn an_address_with_spaces() {
    warns(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n![图](图 片.png)\n",
        r#"
warning[undefined-reference]: `图 片.png` is text here, so this is no link
  --> content/a.md:5:1
  |
5 | ![图](图 片.png)
  | ^^^^^^^^^^^^^^^^
  = help: write an address with spaces in angle brackets: ![图](<图 片.png>)
"#,
    );
}

#[test]
fn other_endings_of_markdown() {
    warns(
        "content/草稿.markdown",
        "字",
        r#"
warning[other-ending]: this file is left out: pages end in `.md`
  --> content/草稿.markdown
  = help: rename it to content/草稿.md
"#,
    );
}

#[test]
fn a_theme_string_that_is_misspelt() {
    warns(
        "templates/strings.toml",
        "artcles = \"本期文章\"\n[en]\nnexxt = \"Next one\"\n",
        r#"
warning[unknown-key]: unknown key `artcles`: no template prints it
  --> templates/strings.toml:1:1
  |
1 | artcles = "本期文章"
  | ^^^^^^^
  = help: did you mean `articles`?

warning[unknown-key]: unknown key `nexxt`: no template prints it
  --> templates/strings.toml:3:1
  |
3 | nexxt = "Next one"
  | ^^^^^
  = help: did you mean `next`?
"#,
    );
}

#[test]
fn a_frame_of_the_site_lacks_blocks_that_the_theme_fills() {
    let frame = "<title>{% block title %}{% endblock title %}</title>{% block head %}{% endblock head %}{% block kind %}{% endblock kind %}{% block main %}{% endblock main %}{% block styles %}{% endblock styles %}{% block masthead %}{% endblock masthead %}{% block footer %}{% endblock footer %}";
    says(
        "templates/base.html",
        frame,
        r"
error[template]: there is no block `after` here, which the theme's templates fill
  --> templates/base.html
  = help: add {% block after %}{% endblock after %} where it is to stand (docs/theme.md says what each holds), or delete the file to use the theme's own
",
    );
    says(
        "templates/base.html",
        &frame.replace("{% block kind %}{% endblock kind %}", ""),
        r"
error[template]: there are no blocks `kind`, `after` here, which the theme's templates fill
  --> templates/base.html
  = help: add {% block kind %}{% endblock kind %} and {% block after %}{% endblock after %} where it is to stand (docs/theme.md says what each holds), or delete the file to use the theme's own
",
    );
}

#[test]
fn a_page_where_a_made_one_stands() {
    let page = "+++\ntitle = \"题\"\ntags = [\"经济\"]\ndate = 2023-06-28\n+++\n";
    says(
        "content/tags/a.md",
        page,
        "
error[path-twice]: the pages of tags and content/tags/ would both be published at zh-hans/tags/index.html
  --> content/tags/
  = help: rename the folder, or write tags = false below [lists] in site.toml
",
    );
    says(
        "content/archive.md",
        page,
        "
error[path-twice]: the archive and content/archive.md would both be published at zh-hans/archive/index.html
  --> content/archive.md
  = help: rename the file, or give it a `slug`, or write archive = false below [lists] in site.toml
",
    );
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\nslug = \"search\"\n+++\n",
        r#"
error[path-twice]: content/a.md and the search page would both be published at zh-hans/search/index.html
  --> content/a.md:3:8
  |
3 | slug = "search"
  |        ^^^^^^^^
  = help: write another `slug`, or write search = false in site.toml
"#,
    );
    says(
        "static/search/a.json",
        "{}",
        "
error[file-and-folder]: the search index would be published at search, where static/search/a.json needs a folder
  --> static/search/a.json
  = help: rename the file, or write search = false in site.toml
",
    );
}
