//! What a house decides about its words, seen from its site: glossaries, inline rules, review.

use crate::sites::{Folder, SETTINGS, build, build_with};

/// The settings of a site with editions for both scripts and for Taiwan and Hong Kong.
const REGIONS: &str = "title = \"简报\"\nbase_url = \"https://example.org/\"\n\n[[editions]]\ntag = \"zh-Hans\"\n\n[[editions]]\ntag = \"zh-Hant\"\n\n[[editions]]\ntag = \"zh-Hant-TW\"\n\n[[editions]]\ntag = \"zh-Hant-HK\"\n";

/// A page's body in each of these editions: zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK.
#[track_caller]
fn body(text: &str, expected: [&str; 4]) {
    let page = format!("+++\ntitle = \"题\"\n+++\n\n{text}\n");
    let built = build(REGIONS, &[("_index.md", &page)]);
    assert!(built.published, "{:?}", built.diagnostics);
    let editions = ["zh-hans", "zh-hant", "zh-hant-tw", "zh-hant-hk"];
    for (edition, expected) in editions.into_iter().zip(expected) {
        let html = built.files[&format!("{edition}/index.html")].trim().to_owned();
        assert_eq!(html, expected, "{edition}");
    }
}

#[test]
fn rules_in_a_paragraph() {
    body(
        "用**-{zh-hans:软件;zh-hant:軟件;zh-tw:軟體}-**写。",
        [
            "<p id=\"p1\">用<strong>软件</strong>写。</p>",
            "<p id=\"p1\">用<strong>軟件</strong>寫。</p>",
            "<p id=\"p1\">用<strong>軟體</strong>寫。</p>",
            "<p id=\"p1\">用<strong>軟件</strong>寫。</p>",
        ],
    );
}

#[test]
fn markup_inside_a_rule_without_variants_is_markup() {
    let html = "<p id=\"p1\">头<em>发</em>";
    body(
        "-{头*发*}-头发",
        [
            &format!("{html}头发</p>"),
            &format!("{html}頭髮</p>"),
            &format!("{html}頭髮</p>"),
            &format!("{html}頭髮</p>"),
        ],
    );
}

#[test]
fn what_looks_like_a_rule_in_code_or_behind_a_backslash_is_none() {
    let html = "<p id=\"p1\"><code>-{zh-hans:a;zh-hant:b}-</code> -{a}-</p>\n<pre tabindex=\"0\"><code>-{x|y}-\n</code></pre>";
    body("`-{zh-hans:a;zh-hant:b}-` \\-{a}-\n\n    -{x|y}-", [html; 4]);
}

#[test]
fn marks_of_markdown_in_a_rule_are_text() {
    let html = |text: &str| format!("<p id=\"p1\">{text}</p>");
    body(
        "-{zh-hans:甲*乙*|`丙`;zh-hant:[丁](x)}-",
        [&html("甲*乙*|`丙`"), &html("[丁](x)"), &html("[丁](x)"), &html("[丁](x)")],
    );
}

#[test]
fn rules_in_tables_links_alt_texts_and_headings() {
    let page = "+++\ntitle = \"-{zh-hans:甲;zh-hant:乙}-\"\ntags = [\"-{zh-hans:丙;zh-hant:丁}-\"]\n+++\n\n# 头-{zh-hans:发;zh-hant:髪}-\n\n| -{zh-hans:一|二;zh-hant:三|四}- | 列 |\n|---|---|\n| [-{zh-hans:五;zh-hant:六}-](#头发 \"-{zh-hans:七;zh-hant:八}-\") | ![-{zh-hans:九;zh-hant:十}-](https://example.com/-{a}-.png) |\n";
    let built = build_with(
        SETTINGS,
        &[("_index.md", page)],
        &[
            ("home.html", "{{ page.title }} {{ page.tags[0] }} {{ page.content }}"),
            ("section.html", ""),
            ("page.html", ""),
            ("entry.html", ""),
            ("404.html", ""),
        ],
    );
    assert!(built.published, "{:?}", built.diagnostics);
    let (hans, hant) = (&built.files["zh-hans/index.html"], &built.files["zh-hant/index.html"]);
    for (hans_text, hant_text) in [
        ("甲 丙 ", "乙 丁 "),
        ("id=\"头发\"", "id=\"头发\""),
        (">头发<", ">頭髪<"),
        ("一|二", "三|四"),
        (">五</a>", ">六</a>"),
        ("title=\"七\"", "title=\"八\""),
        ("alt=\"九\"", "alt=\"十\""),
        ("https://example.com/-{a}-.png", "https://example.com/-{a}-.png"),
    ] {
        assert!(hans.contains(hans_text), "{hans_text} in {hans}");
        assert!(hant.contains(hant_text), "{hant_text} in {hant}");
    }
}

#[test]
fn a_rule_over_several_lines_and_in_a_quote() {
    let html = |text: &str| format!("<p id=\"p1\">{text}</p>");
    body(
        "饼\n-{zh-hans:干;\nzh-hant:乾}-\n了",
        [&html("饼干了"), &html("餅乾了"), &html("餅乾了"), &html("餅乾了")],
    );
    let quote = |text: &str| format!("<blockquote>\n<p id=\"p1\">{text}</p>\n</blockquote>");
    body(
        "> 吃-{zh-hans:饼;\n> zh-hant:糕}-",
        [&quote("吃饼"), &quote("吃糕"), &quote("吃糕"), &quote("吃糕")],
    );
}

#[test]
fn a_rule_of_the_page_holds_from_its_place_on() {
    let html = |first: &str, second: &str| format!("<p id=\"p1\">{first}</p>\n<p id=\"p2\">{second}</p>");
    body(
        "甲站。-{H|zh-hans:甲站;zh-hant:乙站}-甲站。\n\n甲站。-{-|zh-hans:甲站;zh-hant:乙站}-甲站。",
        [
            &html("甲站。甲站。", "甲站。甲站。"),
            &html("甲站。乙站。", "乙站。甲站。"),
            &html("甲站。乙站。", "乙站。甲站。"),
            &html("甲站。乙站。", "乙站。甲站。"),
        ],
    );
}

#[test]
fn a_rule_sets_the_title() {
    let built = build_with(
        SETTINGS,
        &[("_index.md", "+++\ntitle = \"题\"\n+++\n-{T|zh-hans:简题;zh-hant:繁題}-文\n")],
        &[
            ("home.html", "{{ page.title }} {{ page.content }}"),
            ("section.html", ""),
            ("page.html", ""),
            ("entry.html", ""),
            ("404.html", ""),
        ],
    );
    assert!(built.files["zh-hans/index.html"].starts_with("简题 "));
    assert!(built.files["zh-hant/index.html"].starts_with("繁題 "));
}

/// A site whose glossary stands in all of its layers.
fn layered() -> Folder {
    let site = Folder::new();
    site.write(
        "site.toml",
        format!("{REGIONS}\n[[glossary]]\nterm = \"甲乙\"\nzh-Hant = \"站一\"\n\n[[glossary]]\nterm = \"未来社\"\nprotected = true\n"),
    );
    site.write("glossary.toml", "[[glossary]]\nterm = \"丙\"\nzh-Hant = \"站二\"\n");
    site.write(
        "content/a/_index.md",
        "+++\ntitle = \"章\"\n[[glossary]]\nterm = \"丙\"\nzh-Hant-TW = \"章丙\"\n+++\n",
    );
    site.write(
        "content/a/one.md",
        "---\ntitle: 甲乙\nglossary:\n  - term: 乙\n    zh-Hant: 页乙\n---\n甲乙，丙，未来社的发展。\n",
    );
    site.write("content/two.md", "+++\ntitle = \"二\"\n+++\n甲乙，丙，未来社。\n");
    site
}

#[test]
fn glossaries_of_site_section_and_page() {
    let site = layered();
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    for (edition, one, two) in [
        ("zh-hans", "甲乙，丙，未来社的发展。", "甲乙，丙，未来社。"),
        ("zh-hant", "甲页乙，站二，未来社的發展。", "站一，站二，未来社。"),
        ("zh-hant-tw", "甲页乙，章丙，未来社的發展。", "站一，站二，未来社。"),
        ("zh-hant-hk", "甲页乙，站二，未来社的發展。", "站一，站二，未来社。"),
    ] {
        let (one_page, two_page) = (
            site.read(&format!("public/{edition}/a/one/index.html")),
            site.read(&format!("public/{edition}/two/index.html")),
        );
        assert!(one_page.contains(one), "{edition}: {one}");
        assert!(two_page.contains(two), "{edition}: {two}");
    }
    // The page's title, where others list it, too.
    assert!(site.read("public/zh-hant/a/index.html").contains("甲页乙"));
}

#[test]
fn check_names_terms_that_no_page_holds() {
    let site = layered();
    let ran = site.run(&["check"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str(), ran.stderr.as_str()),
        (0, "4 pages checked: nothing to say\n", "")
    );
    site.write("glossary.toml", "\n[[glossary]]\nterm = \"从未\"\nzh-Hant = \"X\"\n");
    let ran = site.run(&["check"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "4 pages checked: 1 thing to look at\n"));
    assert_eq!(
        ran.stderr.trim_end(),
        "warning[unused-term]: no page holds the term `从未`
  --> glossary.toml:2:1
  |
2 | [[glossary]]
  | ^^^^^^^^^^^^
  = help: compare it with the pages, drafts too, or delete it"
    );
    assert!(!site.path("public").exists(), "check publishes nothing");
}

#[test]
fn choices_are_listed_accepted_and_do_not_come_back() {
    let site = Folder::new();
    site.write("site.toml", REGIONS);
    site.write("content/_index.md", "+++\ntitle = \"软件\"\n+++\n\n开发软件的人，用**网络**。\n");
    let ran = site.run(&["review", "--format", "json", "--edition", "zh-Hant-TW"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let first: serde_json::Value =
        serde_json::from_str(ran.stdout.lines().next().expect("a choice")).expect("JSON");
    assert_eq!(
        first,
        serde_json::json!({
            "path": "content/_index.md", "line": 2, "column": 10, "edition": "zh-Hant-TW", "kind": "wording",
            "from": "软件", "to": "軟體", "alternatives": ["軟件"], "before": "", "after": "",
        })
    );
    let by_term = site.run(&["review", "--by", "term", "--edition", "zh-Hant-TW"]).stdout;
    assert!(
        by_term.starts_with("    2 × 软件 → 軟體 (or 軟件), zh-Hant-TW   content/_index.md:2:10   [软件]\n"),
        "{by_term}"
    );
    assert!(by_term.ends_with("3 choices to look at\n"), "{by_term}");

    let ran = site.run(&["check", "--reviewed"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.starts_with("error[not-reviewed]: `软件` becomes 軟體 in zh-Hant-TW, and nobody has looked at it\n  --> content/_index.md:2:10\n"), "{}", ran.stderr);

    let ran = site.run(&["review", "--accept", "软件", "--edition", "zh-Hant-TW"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "2 accepted, 1 left to look at\n"), "{}", ran.stderr);
    let again = site.run(&["review", "--accept", "软件", "--edition", "zh-Hant-TW"]);
    assert_eq!(
        (again.status, again.stdout.as_str()),
        (0, "nothing to accept: all of it was accepted before\n")
    );
    let file = site.read("review.toml");
    assert!(
        file.ends_with("\n[[accepted]]\nedition = \"zh-Hant-TW\"\nfrom = \"软件\"\nto = \"軟體\"\n"),
        "{file}"
    );
    assert_eq!(site.run(&["review", "--accept", "all"]).status, 0);
    assert_eq!(site.run(&["check", "--reviewed"]).status, 0);
    assert_eq!(site.run(&["review"]).stdout, "nothing to look at\n");

    // A new word comes up; what was accepted does not.
    site.write("content/a.md", "+++\ntitle = \"题\"\n+++\n软件和人工智能\n");
    let ran = site.run(&["review", "--edition", "zh-Hant-TW"]);
    assert_eq!(
        ran.stdout,
        "content/a.md\n  4:4      人工智能 → 人工智慧 (or 人工智能), zh-Hant-TW   软件和[人工智能]\n1 choice to look at\n"
    );
    // Nor does what the glossary says.
    site.write("glossary.toml", "[[glossary]]\nterm = \"人工智能\"\nzh-Hant-TW = \"AI\"\n");
    assert_eq!(site.run(&["review", "--edition", "zh-Hant-TW"]).stdout, "nothing to look at\n");
}

#[test]
fn nothing_is_accepted_where_nothing_is_meant() {
    let site = Folder::new();
    let ran = site.run(&["review", "--accept", "没有"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.starts_with("error: there is no choice to accept for `没有`; nothing was accepted\n"),
        "{}",
        ran.stderr
    );
    assert!(!site.path("review.toml").exists());
}

#[test]
fn houses_prefer_shapes() {
    let built = build(
        "title = \"简报\"\nbase_url = \"https://example.org/\"\n\n[[editions]]\ntag = \"zh-Hant\"\nprefer = [\"台\", \"裏\"]\n",
        &[("_index.md", "+++\ntitle = \"题\"\n+++\n台湾的家里，臺北的心裡。\n")],
    );
    assert_eq!(built.files["zh-hant/index.html"].trim(), "<p id=\"p1\">台灣的家裏，台北的心裏。</p>");
}

#[test]
fn characters_and_wording_are_two_choices() {
    let settings = |characters, wording| {
        format!(
            "title = \"简报\"\nbase_url = \"https://example.org/\"\n[[editions]]\ntag = \"zh-Hant\"\ncharacters = \"{characters}\"\nwording = \"{wording}\"\n"
        )
    };
    for (characters, wording, expected) in [
        ("tw", "keep", "群眾在裡面用軟件"),
        ("tw", "tw", "群眾在裡面用軟體"),
        ("hk", "tw", "羣眾在裏面用軟體"),
        ("hk", "hk", "羣眾在裏面用軟件"),
        ("opencc", "keep", "羣衆在裏面用軟件"),
    ] {
        let page = "+++\ntitle = \"题\"\n+++\n群众在里面用软件\n";
        let built = build(&settings(characters, wording), &[("_index.md", page)]);
        let html = &built.files["zh-hant/index.html"];
        assert_eq!(html.trim(), format!("<p id=\"p1\">{expected}</p>"), "{characters} {wording}");
    }
}

#[test]
fn a_quotation_of_several_paragraphs() {
    let html = |first: &str, second: &str| format!("<p id=\"p1\">{first}</p>\n<p id=\"p2\">{second}</p>");
    let (hans, hant) = (html("“一，‘二’。", "“三。”"), html("「一，『二』。", "「三。」"));
    body("“一，‘二’。\n\n“三。”", [&hans, &hant, &hant, &hant]);
}

#[test]
fn rules_in_figures_and_in_the_title_of_the_site() {
    let site = Folder::new();
    site.write(
        "site.toml",
        "title = \"简报-{zh-hans:甲;zh-hant:乙}-“\"\nbase_url = \"https://example.org/\"\n",
    );
    site.write("content/_index.md", "+++\ntitle = \"题\"\n+++\n\n![图](a.svg)\n");
    site.write(
        "content/a.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>用-{zh-hans:软件;zh-hant:軟體}-<tspan>“写</tspan></text></svg>",
    );
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let said = |path| {
        format!(
            "warning[quotation-mark]: this “ has no other half, so the quotation marks beside it stay as they are\n  --> {path}\n"
        )
    };
    assert!(ran.stderr.contains(&said("content/a.svg")), "{}", ran.stderr);
    assert!(ran.stderr.contains(&said("site.toml")), "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("warning[").count(), 2, "once, whatever the editions: {}", ran.stderr);
    assert!(site.read("public/zh-hant/a.svg").contains("用軟體<tspan>“寫</tspan>"));
    assert!(site.read("public/zh-hans/index.html").contains("简报甲“"));
    assert!(site.read("public/zh-hant/index.html").contains("簡報乙“"));
}

#[test]
fn a_review_names_files_as_the_caller_sees_them_and_editions_that_are_there() {
    let site = Folder::new();
    site.write("site/site.toml", REGIONS);
    site.write("site/content/_index.md", "+++\ntitle = \"题\"\n+++\n\n软件`码`软件\n");
    let run =
        |args: &[&str]| site.run(&[&["review", "--root", "site", "--edition", "zh-Hant-TW"], args].concat());
    let listed = run(&[]).stdout;
    assert!(
        listed.starts_with(
            "site/content/_index.md\n  5:1      软件 → 軟體 (or 軟件), zh-Hant-TW   [软件]…软件\n"
        ),
        "{listed}"
    );
    assert_eq!(run(&["--accept", "site/content/_index.md:5:1"]).stdout, "2 accepted, 0 left to look at\n");
    let ran = site.run(&["review", "--root", "site", "--edition", "zh-Hant-MO"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.starts_with("error: this site has no edition zh-Hant-MO\n"), "{}", ran.stderr);
}

#[test]
fn a_doubtful_character_is_accepted_in_its_clause() {
    let site = Folder::new();
    site.write("content/_index.md", "+++\ntitle = \"题\"\n+++\n\n这个后，软件。\n");
    let ran = site.run(&["check", "--reviewed"]);
    let said = "error[not-reviewed]: `后` becomes 後 in zh-Hant (it could be 后), and nobody has looked at it\n  --> content/_index.md:5:3\n";
    assert!(ran.stderr.starts_with(said), "{}", ran.stderr);
    assert!(ran.stderr.contains("jianbao review --accept content/_index.md:5:3;"), "{}", ran.stderr);
    assert_eq!(
        site.run(&["review", "--accept", "content/_index.md:5:3"]).stdout,
        "1 accepted, 0 left to look at\n"
    );
    // Another clause changes, this one does not.
    site.write("content/_index.md", "+++\ntitle = \"题\"\n+++\n\n新的一段，这个后，另一个。\n");
    assert_eq!(site.run(&["check", "--reviewed"]).status, 0);
}

#[test]
fn people_who_accept_at_once_lose_nothing() {
    let site = Folder::new();
    site.write("site.toml", REGIONS);
    site.write("content/_index.md", "+++\ntitle = \"题\"\n+++\n\n软件，网络，人工智能\n");
    let accept = |word: &'static str| {
        let mut command = crate::sites::jianbao();
        command
            .current_dir(site.root())
            .args(["review", "--accept", word])
            .stdout(std::process::Stdio::null());
        command.spawn().expect("jianbao runs")
    };
    let mut running: Vec<_> = ["软件", "网络", "人工智能"].into_iter().map(accept).collect();
    for child in &mut running {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(site.run(&["review"]).stdout, "nothing to look at\n");
    let left: Vec<_> = std::fs::read_dir(site.root()).expect("the folder").filter_map(Result::ok).collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().ends_with(".new")));
}

#[test]
fn the_filter_for_markdown_obeys_and_keeps_the_glossary_of_the_page() {
    let site = Folder::new();
    let page = "+++\ntitle = \"软件改用Vue.js\"\n[[glossary]]\nterm = \"软件\"\nzh-Hant = \"軟體\"\n+++\n\n软件发展\n";
    site.write("a.md", page);
    let ran = site.run(&["convert", "--to", "zh-Hant", "--markdown", "a.md"]);
    let expected = page.replace("title = \"软件改用", "title = \"軟體改用").replace("软件发展", "軟體發展");
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), (expected.as_str(), ""));
}

#[test]
fn the_filter_says_what_is_wrong_with_a_rule() {
    let site = Folder::new();
    site.write("a.txt", "发\n用-{zh-hnat:甲}-写\n用-{乙\n");
    let ran = site.run(&["convert", "--to", "zh-Hant", "a.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "發\n用zh-hnat:甲寫\n用-{乙\n"));
    assert!(
        ran.stderr.starts_with("warning[inline-rule]: `zh-hnat` is no variant of Chinese\n  --> a.txt:2:4\n"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("\n  --> a.txt:3:2\n"), "{}", ran.stderr);
}
