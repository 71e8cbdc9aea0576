//! Wrong front matters, and what an author reads about them, to the letter.

use crate::messages::{says, warns};
use crate::sites::{Folder, SETTINGS, jianbao};

#[test]
fn a_day_that_no_calendar_has() {
    says(
        "content/a.md",
        "---\ntitle: 题\ndate: 2023-02-29 10:00\n---\n",
        r#"
error[date-expected]: `date` is no day of the calendar
  --> content/a.md:3:7
  |
3 | date: 2023-02-29 10:00
  |       ^^^^^^^^^^^^^^^^
  = help: write a day that exists, such as 2023-06-28
"#,
    );
}

#[test]
fn a_time_that_no_clock_has() {
    says(
        "content/a.md",
        "---\ntitle: 题\ndate: 2023-06-28 25:00\n---\n",
        r#"
error[date-expected]: `date` begins with a date, but what follows is no time of day
  --> content/a.md:3:7
  |
3 | date: 2023-06-28 25:00
  |       ^^^^^^^^^^^^^^^^
  = help: write the date alone, or a time such as 2023-06-28T08:00:00+08:00
"#,
    );
}

#[test]
fn an_offset_that_is_none() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\ndate = \"2023-06-28 10:00:00 +9900\"\n+++\n",
        r#"
error[date-expected]: `date` begins with a date, but what follows is no time of day
  --> content/a.md:3:8
  |
3 | date = "2023-06-28 10:00:00 +9900"
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: write the date alone, or a time such as 2023-06-28T08:00:00+08:00
"#,
    );
}

#[test]
fn a_date_of_another_shape() {
    says(
        "content/a.md",
        "---\ntitle: 题\nlastmod: 2023年6月28日\n---\n",
        r#"
error[wrong-type]: `lastmod` is a text, expected a date, such as 2023-06-28
  --> content/a.md:3:10
  |
3 | lastmod: 2023年6月28日
  |          ^^^^^^^^^^^^^
  = help: write 2023-06-28
"#,
    );
}

#[test]
fn a_date_that_is_a_number() {
    says(
        "content/a.md",
        "---\ntitle: 题\ndate: 20230628\n---\n",
        r#"
error[wrong-type]: `date` is a whole number, expected a date, such as 2023-06-28
  --> content/a.md:3:7
  |
3 | date: 20230628
  |       ^^^^^^^^
"#,
    );
}

#[test]
fn a_time_alone() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\ndate = 10:00:00\n+++\n",
        r#"
error[date-expected]: this is no day of the calendar
  --> content/a.md:3:8
  |
3 | date = 10:00:00
  |        ^^^^^^^^
  = help: write a date such as 2023-06-28
"#,
    );
}

#[test]
fn a_published_that_is_neither() {
    says(
        "content/a.md",
        "---\ntitle: 题\npublished: 不\n---\n",
        r#"
error[wrong-type]: `published` is a text, expected a date, such as 2023-06-28
  --> content/a.md:3:12
  |
3 | published: 不
  |            ^^
"#,
    );
}

#[test]
fn a_draft_that_is_a_text() {
    says(
        "content/a.md",
        "---\ntitle: 题\ndraft: \"true\"\n---\n",
        r#"
error[wrong-type]: `draft` is a text, expected true or false
  --> content/a.md:3:8
  |
3 | draft: "true"
  |        ^^^^^^
"#,
    );
}

#[test]
fn a_place_that_is_no_number() {
    says(
        "content/a.md",
        "---\ntitle: 题\nsidebar_position: 第一\n---\n",
        r#"
error[wrong-type]: `sidebar_position` is a text, expected a number, such as 10
  --> content/a.md:3:19
  |
3 | sidebar_position: 第一
  |                   ^^^^
"#,
    );
}

#[test]
fn an_author_without_a_name() {
    says(
        "content/a.md",
        "---\ntitle: 题\nauthors:\n  - email: a@example.org\n---\n",
        r#"
error[wrong-type]: `authors` is a table, expected a name, or a table with a `name`
  --> content/a.md:4:5
  |
4 |   - email: a@example.org
  |     ^^^^^^^^^^^^^^^^^^^^
"#,
    );
}

#[test]
fn a_description_that_is_a_list() {
    says(
        "content/a.md",
        "---\ntitle: 题\ndescription: [一, 二]\n---\n",
        r#"
error[wrong-type]: `description` is a list, expected a text in quotation marks
  --> content/a.md:3:14
  |
3 | description: [一, 二]
  |              ^^^^^^^^
"#,
    );
}

#[test]
fn an_alias_on_another_site() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\naliases = [\"https://example.com/old/\"]\n+++\n",
        r#"
error[alias]: `aliases` cannot hold "https://example.com/old/": it is an address of another site
  --> content/a.md:3:12
  |
3 | aliases = ["https://example.com/old/"]
  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: write a path of this site, such as "/2020/01/old-name/"
"#,
    );
}

#[test]
fn an_alias_with_a_query() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\naliases = [\"/old/?p=1\"]\n+++\n",
        r#"
error[alias]: `aliases` cannot hold "/old/?p=1": it holds a query or a fragment, which no file has
  --> content/a.md:3:12
  |
3 | aliases = ["/old/?p=1"]
  |            ^^^^^^^^^^^
  = help: write a path of this site, such as "/2020/01/old-name/"
"#,
    );
}

#[test]
fn an_alias_that_leads_out() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\naliases = [\"/old/../../x\"]\n+++\n",
        r#"
error[alias]: `aliases` cannot hold "/old/../../x": it must not hold `.` or `..`
  --> content/a.md:3:12
  |
3 | aliases = ["/old/../../x"]
  |            ^^^^^^^^^^^^^^
  = help: write a path of this site, such as "/2020/01/old-name/"
"#,
    );
}

#[test]
fn an_alias_that_is_the_top() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\naliases = [\"/\"]\n+++\n",
        r#"
error[alias]: `aliases` cannot hold "/": it is the top of the site, where readers choose their edition
  --> content/a.md:3:12
  |
3 | aliases = ["/"]
  |            ^^^
  = help: write a path of this site, such as "/2020/01/old-name/"
"#,
    );
}

#[test]
fn an_alias_at_the_address_of_a_page() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\naliases = [\"/zh-hans/\"]\n+++\n",
        r#"
error[path-twice]: an alias of content/a.md and content/_index.md would both be published at zh-hans/index.html
  --> content/a.md:3:12
  |
3 | aliases = ["/zh-hans/"]
  |            ^^^^^^^^^^^
  = help: delete the alias, or write another address
"#,
    );
}

#[test]
fn an_alias_that_needs_a_file_to_be_a_folder() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\naliases = [\"/robots.txt/old\"]\n+++\n",
        r#"
error[file-and-folder]: the file for search engines would be published at robots.txt, where an alias of content/a.md needs a folder
  --> content/a.md:3:12
  |
3 | aliases = ["/robots.txt/old"]
  |            ^^^^^^^^^^^^^^^^^
  = help: write another address for the alias
"#,
    );
}

#[test]
fn a_slug_with_slashes() {
    says(
        "content/a.md",
        "---\ntitle: 题\nslug: /Old Name/\n---\n",
        r#"
error[slug]: `slug` cannot be "/Old Name/": it holds what no url should hold
  --> content/a.md:3:7
  |
3 | slug: /Old Name/
  |       ^^^^^^^^^^
  = help: write slug = "old-name"
"#,
    );
}

#[test]
fn taxonomies_that_are_no_table() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\ntaxonomies = [\"a\"]\n+++\n",
        r#"
error[wrong-type]: `taxonomies` is a list, expected a table
  --> content/a.md:3:14
  |
3 | taxonomies = ["a"]
  |              ^^^^^
"#,
    );
}

#[test]
fn a_key_of_yaml_only_tools_in_toml() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\nsticky = true\n+++\n",
        r#"
error[unknown-key]: unknown key `sticky`
  --> content/a.md:3:1
  |
3 | sticky = true
  | ^^^^^^
  = help: known keys here: aliases, byline, date, draft, extra, figures, glossary, kicker, script, slug, source, subtitle, summary, tags, title, updated, weight; keys of your own go under [extra]
"#,
    );
}

#[test]
fn a_misspelt_key_of_another_tool() {
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\ncatagories = [\"甲\"]\n+++\n",
        r#"
error[unknown-key]: unknown key `catagories`
  --> content/a.md:3:1
  |
3 | catagories = ["甲"]
  | ^^^^^^^^^^
  = help: did you mean `categories`?
"#,
    );
}

#[test]
fn a_front_matter_that_does_not_end() {
    says(
        "content/a.md",
        "\n---\ntitle: 题\n\n# 题\n",
        r#"
error[front-matter]: the front matter is not closed: there is no second `---` line
  --> content/a.md:2:1
  |
2 | ---
  | ^^^
  = help: write `---` on a line of its own after the last key
"#,
    );
}

#[test]
fn neither_a_title_nor_a_heading_in_yaml() {
    says(
        "content/a.md",
        "---\ntitel: 题\n---\n\n## 节\n",
        r#"
error[missing-title]: `title` is missing
  --> content/a.md:1:1
  |
1 | ---
  | ^^^
  = help: add a line to the front matter: title: …, or begin the text below with a heading: # …

warning[unknown-key]: unknown key `titel`
  --> content/a.md:2:1
  |
2 | titel: 题
  | ^^^^^
  = help: did you mean `title`?
"#,
    );
}

#[test]
fn an_unknown_key_in_yaml() {
    warns(
        "content/a.md",
        "---\ntitle: 题\nfoobar: 1\n---\n",
        r#"
warning[unknown-key]: unknown key `foobar`
  --> content/a.md:3:1
  |
3 | foobar: 1
  | ^^^^^^
  = help: known keys here: aliases, byline, date, draft, extra, figures, glossary, kicker, script, slug, source, subtitle, summary, tags, title, updated, weight; keys of your own go under `extra:`
"#,
    );
}

#[test]
fn an_address_that_is_a_pattern() {
    warns(
        "content/a.md",
        "---\ntitle: 题\npermalink: /:year/:title/\n---\n",
        r#"
warning[address-not-used]: `permalink` is a pattern, and patterns of addresses are not used
  --> content/a.md:3:12
  |
3 | permalink: /:year/:title/
  |            ^^^^^^^^^^^^^^
  = help: delete the line; if the page had an address there, write that address: aliases: [/2020/01/old-name/]
"#,
    );
}

#[test]
fn an_address_elsewhere() {
    warns(
        "content/a.md",
        "---\ntitle: 题\nurl: https://example.com/x\n---\n",
        r#"
warning[address-not-used]: `url` is not used: it is an address of another site
  --> content/a.md:3:6
  |
3 | url: https://example.com/x
  |      ^^^^^^^^^^^^^^^^^^^^^
  = help: delete the line, or write the path the page had on this site, such as /2020/01/old-name/
"#,
    );
}

#[test]
fn an_index_with_an_address_at_the_top() {
    warns(
        "content/a.md",
        "---\ntitle: 题\npermalink: /\n---\n",
        r#"
warning[address-not-used]: `permalink` is not used: it is the top of the site, where readers choose their edition
  --> content/a.md:3:12
  |
3 | permalink: /
  |            ^
  = help: delete the line, or write the path the page had on this site, such as /2020/01/old-name/
"#,
    );
}

#[test]
fn a_link_to_a_page_of_a_later_day() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"题\"\ndate = 2026-12-01\n+++\n");
    site.write("content/b.md", "# 题\n\n[明天](a.md)[见](/a/)\n");
    let ran = site.run(&["build", "--date", "2026-11-30"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, "nothing was published\n"));
    assert_eq!(
        ran.stderr.trim_end(),
        "error[broken-link]: `a.md` is dated 2026-12-01, after the day of this build
  --> content/b.md:3:1
  |
3 | [明天](a.md)[见](/a/)
  | ^^^^^^^^^^^^
  = help: remove the link until that day, date this page no earlier, or build with --drafts

error[broken-link]: `/a/` is dated 2026-12-01, after the day of this build
  --> content/b.md:3:11
  |
3 | [明天](a.md)[见](/a/)
  |             ^^^^^^^^^
  = help: remove the link until that day, date this page no earlier, or build with --drafts"
    );
    assert_eq!(site.run(&["build", "--date", "2026-12-01"]).status, 0);
}

#[test]
fn a_home_page_of_a_later_day() {
    let site = Folder::new();
    site.write("content/_index.md", "+++\ntitle = \"题\"\ndate = 2026-12-01\n+++\n");
    let ran = site.run(&["build", "--date", "2026-11-30"]);
    assert_eq!(
        ran.stderr.trim_end(),
        "error[no-home]: the home page is dated 2026-12-01, after the day of this build
  --> content/_index.md
  = help: give it an earlier date or none, or build with --drafts"
    );
}

#[test]
fn a_day_of_the_build_that_is_none() {
    let site = Folder::new();
    for command in ["build", "check", "review"] {
        for (epoch, shown) in
            [("gestern", "gestern"), ("-1", "-1"), ("99999999999999999999", "99999999999999999999")]
        {
            let mut jianbao = jianbao();
            let ran = jianbao.current_dir(site.root()).arg(command).env("SOURCE_DATE_EPOCH", epoch).output();
            let ran = crate::sites::Ran::from(ran.expect("jianbao runs"));
            assert_eq!(ran.status, 2);
            assert_eq!(
                ran.stderr,
                format!(
                    "error: SOURCE_DATE_EPOCH is `{shown}`, expected the seconds since 1970, such as 1687910400\n  = help: set it so: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct), or unset it\n"
                )
            );
        }
        for date in ["2023-02-30", "20230628", "2023-06-28T00", "heute"] {
            let ran = site.run(&[command, "--date", date]);
            assert_eq!(ran.status, 2);
            assert!(
                ran.stderr.contains("expected a day of the calendar, such as 2023-06-28"),
                "{}",
                ran.stderr
            );
        }
    }
}

#[test]
fn a_time_zone_that_nobody_lives_in() {
    for (zone, help) in [
        ("Asia/Shangai", "did you mean \"Asia/Shanghai\"?"),
        (
            "北京",
            "write a name such as \"Asia/Shanghai\" or \"Asia/Taipei\", or an offset such as \"+08:00\"",
        ),
    ] {
        let line = format!("time_zone = \"{zone}\"");
        let carets = "^".repeat(2 + zone.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>());
        says(
            "site.toml",
            &format!("{SETTINGS}{line}\n"),
            &format!(
                "
error[time-zone]: `time_zone` cannot be \"{zone}\": there is no such time zone here
  --> site.toml:3:13
  |
3 | {line}
  |             {carets}
  = help: {help}
"
            ),
        );
    }
}

#[test]
fn many_unknown_keys_in_yaml_are_counted() {
    let keys: String = (0..60).map(|n| format!("zz{n}: 1\n")).collect();
    let site = Folder::new();
    site.write("content/a.md", format!("---\ntitle: 题\n{keys}---\n"));
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stderr.contains("warning[unknown-key]: 10 more keys from here on are unknown\n"),
        "{}",
        ran.stderr
    );
}
