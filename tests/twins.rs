//! Texts that are written for one edition, and editions in other languages.

use crate::sites::{Built, Folder, SETTINGS, build, build_with};

const HOME: (&str, &str) = ("_index.md", "+++\ntitle = \"首\"\n+++\n");
const HOME_EN: (&str, &str) = ("_index.en.md", "+++\ntitle = \"Home\"\n+++\n");

/// Settings with these editions.
fn editions(tags: &[&str]) -> String {
    let tables = tags.iter().map(|tag| format!("[[editions]]\ntag = \"{tag}\"\n"));
    format!("{SETTINGS}{}", tables.collect::<String>())
}

const FOUR: [&str; 4] = ["zh-Hans", "zh-Hant", "zh-Hant-HK", "en"];

/// A site whose sections and pages print what `template` says.
fn site(pages: &[(&str, &str)], template: &str) -> Built {
    let templates = ["home.html", "entry.html", "404.html"].map(|name| (name, ""));
    let templates = [&templates[..], &[("section.html", template), ("page.html", template)]].concat();
    build_with(&editions(&FOUR), &[&[HOME, HOME_EN], pages].concat(), &templates)
}

/// What the page `a` says in zh-Hans, zh-Hant and zh-Hant-HK; a page has a body without ids.
#[track_caller]
fn shows(page: &str, twins: &[(&str, &str)], expected: [&str; 3]) {
    let page = format!("+++\ntitle = \"题\"\n+++\n{page}");
    let built = build(&editions(&FOUR[..3]), &[&[HOME, ("a.md", page.as_str())], twins].concat());
    assert!(built.published, "{:?}", built.diagnostics);
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    for (dir, expected) in ["zh-hans", "zh-hant", "zh-hant-hk"].into_iter().zip(expected) {
        let html = built.files[&format!("{dir}/a/index.html")].trim();
        let text = html.replacen("<p id=\"p1\">", "", 1).replacen("</p>", "", 1);
        assert_eq!(text, expected, "{dir}");
    }
}

#[test]
fn a_twin_is_taken_as_it_is() {
    shows("头发", &[], ["头发", "頭髮", "頭髮"]);
    shows("头发", &[("a.zh-Hant.md", "“秀髮”发")], ["头发", "“秀髮”发", "「秀髮」發"]);
    shows("头发", &[("a.zh-Hans.md", "「長发」")], ["「長发」", "頭髮", "頭髮"]);
    shows("软件", &[("a.zh-hant-hk.md", "軟體")], ["软件", "軟件", "軟體"]);
    shows("软件", &[("a.zh-hk.md", "軟體"), ("a.ZH-hant.md", "程式")], ["软件", "程式", "軟體"]);
}

#[test]
fn a_text_for_a_script_is_what_its_regions_are_converted_from() {
    shows("软件", &[("a.zh-Hant.md", "這套軟體")], ["软件", "這套軟體", "這套軟件"]);
    shows("头", &[("a.zh-Hant.md", "征人")], ["头", "征人", "征人"]);
    shows("软件", &[("a.zh-Hant-HK.md", "這套軟件")], ["软件", "軟件", "這套軟件"]);
}

#[test]
fn inline_rules_of_a_twin_mean_what_they_mean() {
    let rule = "-{zh-hans:简;zh-hant:繁;zh-hk:港}-发";
    shows("头", &[("a.zh-Hant.md", rule)], ["头", "繁发", "港發"]);
    shows("头", &[("a.zh-Hant.md", "-{H|zh-hant:軟體;zh-hans:软件}-甲软件")], ["头", "甲軟體", "甲軟體"]);
    shows(
        "头",
        &[("a.zh-Hant.md", "`-{发}-` \\-{发}-")],
        ["头", "<code lang=\"zh-Hans\">-{发}-</code> -{发}-", "<code lang=\"zh-Hans\">-{发}-</code> -{發}-"],
    );
}

const FULL: &str = "+++\ntitle = \"头发\"\nkicker = \"干净\"\nsubtitle = \"发展\"\nsummary = \"头发概要\"\nsource = \"网络\"\nbyline = [\"发言人\"]\ntags = [\"后面\"]\ndate = 2023-06-28\n[[figures]]\nvalue = \"1\"\nlabel = \"头发\"\n[extra]\na = \"发\"\nb = \"/发/\"\n+++\n头\n";
const FRONT: &str = "{{ page.title }}|{{ page.kicker or \"\" }}|{{ page.subtitle or \"\" }}|{{ page.summary or \"\" }}|{{ page.source or \"\" }}|{{ page.byline }}|{{ page.tags }}|{{ page.date.text }}|{% for figure in page.figures %}{{ figure.label }}{% endfor %}|{{ page.extra?.a or \"\" }}|{{ page.extra?.b or \"\" }}";

#[test]
fn what_the_front_matter_does_not_say_is_the_pages() {
    let hant = |twin: &str| {
        let built = site(&[("a.md", FULL), ("a.zh-Hant.md", twin)], FRONT);
        assert!(built.published, "{:?}", built.diagnostics);
        built.files["zh-hant/a/index.html"].replace("&quot;", "").replace("&#x2F;", "/")
    };
    let whole = "頭髮|乾淨|發展|頭髮概要|網絡|[發言人]|[後面]|2023年6月28日|頭髮|發|/发/";
    assert_eq!(hant("發"), whole);
    assert_eq!(hant("+++\n+++\n發"), whole);
    assert_eq!(
        hant("+++\ntitle = \"秀发\"\nsummary = \"自己的\"\n[extra]\na = \"发\"\n+++\n發"),
        "秀发|乾淨|發展|自己的|網絡|[發言人]|[後面]|2023年6月28日|頭髮|发|/发/"
    );
    assert_eq!(hant("---\nbyline: 别人\n---\n發"), whole.replace("發言人", "别人"));
}

#[test]
fn a_rule_may_set_the_title_of_a_twin() {
    let built = site(&[("a.md", FULL), ("a.zh-Hant.md", "-{T|zh-hant:規則}-發")], "{{ page.title }}");
    assert_eq!(built.files["zh-hant/a/index.html"], "規則");
}

#[test]
fn the_title_of_a_twin_shows_wherever_the_page_is_named() {
    let site = Folder::new();
    site.write("content/a/_index.md", "+++\ntitle = \"栏目\"\n+++\n");
    site.write("content/a/_index.zh-Hant.md", "+++\ntitle = \"我的欄\"\n+++\n");
    site.write("content/a/10-b.md", "+++\ntitle = \"第一篇\"\n+++\n甲\n");
    site.write("content/a/10-b.zh-Hant.md", "+++\ntitle = \"首篇\"\n+++\n甲\n");
    site.write("content/a/20-c.md", "+++\ntitle = \"第二篇\"\n+++\n乙\n");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let hant = |path: &str| site.read(&format!("public/zh-hant/{path}index.html"));
    assert!(hant("a/").contains("<a href=\"/zh-hant/a/b/\">首篇</a>"), "lists");
    let next = hant("a/c/");
    assert!(next.contains("<span>上一篇</span> 首篇"), "neighbours: {next}");
    assert!(next.contains("<li><a href=\"/zh-hant/a/\">我的欄</a></li>"), "breadcrumb");
    assert!(next.contains("<a href=\"/zh-hant/a/\" aria-current=\"true\">我的欄</a>"), "navigation");
    assert!(hant("a/b/").contains("<title>首篇 - 簡報</title>"));
    assert!(!site.read("public/zh-hans/a/index.html").contains("首篇"));
}

const HEADED: &str = "+++\ntitle = \"题\"\n+++\n\n## 算力\n\n一\n\n### 网络\n\n二\n";

fn ids(html: &str) -> Vec<&str> {
    html.match_indices(" id=\"")
        .filter_map(|(at, start)| html[at + start.len()..].split('"').next())
        .collect()
}

#[test]
fn headings_and_paragraphs_have_the_ids_of_the_page() {
    let same = |twin: &str, code: Option<&str>| {
        let built = build(&editions(&FOUR[..2]), &[HOME, ("a.md", HEADED), ("a.zh-Hant.md", twin)]);
        assert!(built.published, "{:?}", built.diagnostics);
        assert_eq!(built.diagnostics.first().map(|said| said.code), code, "{twin}");
        ids(&built.files["zh-hant/a/index.html"]).join(" ")
    };
    assert_eq!(same("## 運算\n\n一\n\n### 網路\n\n二\n", None), "算力 p1 网络 p2", "in step");
    assert_eq!(
        same("# 運算\n\n一\n\n## 網路\n\n二\n", None),
        "算力 p1 网络 p2",
        "the levels that are printed"
    );
    assert_eq!(same("### 網路 {#网络}\n\n一\n\n## 運算 {#算力}\n", None), "网络 p1 算力", "given");
    assert_eq!(same("## 新\n\n## 算力\n\n### 网络\n", None), "新 算力 网络", "named as there");
    assert_eq!(same("## 算力\n\n一\n\n## 網路\n", Some("twin-headings")), "算力 p1 網路", "own");
    assert_eq!(same("二\n", Some("twin-headings")), "p1");
}

#[test]
fn a_heading_links_only_to_editions_that_have_it() {
    let pages = [HOME, ("a.md", HEADED), ("a.zh-Hant.md", "## 算力\n\n## 新\n")];
    let built = build(&editions(&FOUR[..3]), &pages);
    let html = &built.files["zh-hans/a/index.html"];
    let (first, second) = html.split_once("<h3").expect("two headings");
    assert!(first.contains("href=\"/zh-hant/a/#算力\""), "{html}");
    assert!(!second.contains("class=\"twin\""), "neither zh-Hant nor what is made from it has it: {html}");
}

#[test]
fn links_of_a_twin_lead_to_its_edition() {
    let leads = |link: &str| {
        let twin = format!("[去]({link})");
        let pages = [("a.md", "+++\ntitle = \"甲\"\n+++\n甲"), ("a.zh-Hant.md", &twin), ("10-b.md", HEADED)];
        let built = build(&editions(&FOUR[..3]), &[&[HOME], &pages[..]].concat());
        assert!(built.published, "{:?}", built.diagnostics);
        let html = &built.files["zh-hant/a/index.html"];
        html.split_once("<a ").and_then(|(_, rest)| rest.split_once('>')).expect("a link").0.to_owned()
    };
    assert_eq!(leads("10-b.md#算力"), "href=\"/zh-hant/b/#算力\"");
    assert_eq!(leads("/b/"), "href=\"/zh-hant/b/\"");
    assert_eq!(leads("10-b.zh-Hans.md"), "href=\"/zh-hans/b/\" hreflang=\"zh-Hans\"");
    assert_eq!(leads("b.zh-cn.md#算力"), "href=\"/zh-hans/b/#算力\" hreflang=\"zh-Hans\"");
    assert_eq!(leads("a.zh-Hant.md"), "href=\"/zh-hant/a/\"");
}

#[test]
fn an_id_is_looked_for_in_every_edition_that_the_link_leads_to() {
    let link = "+++\ntitle = \"甲\"\n+++\n[去](b.md#网络)\n";
    let pages = [HOME, ("a.md", link), ("b.md", HEADED), ("b.zh-Hant.md", "## 算力\n")];
    let built = build(&editions(&FOUR[..2]), &pages);
    let said: Vec<&str> = built.diagnostics.iter().map(|said| said.message.as_str()).collect();
    assert!(said.contains(&"content/b.zh-Hant.md has no heading or paragraph `#网络`"), "{said:?}");
    assert!(!built.published);
}

#[test]
fn a_draft_of_a_twin_leaves_the_page_as_it_is_converted() {
    let twin = "+++\ndraft = true\n+++\n手寫\n";
    shows("头发", &[("a.zh-Hant.md", twin)], ["头发", "頭髮", "頭髮"]);
    let draft = "+++\ntitle = \"题\"\ndraft = true\n+++\n甲";
    let built = build(&editions(&FOUR[..2]), &[HOME, ("a.md", draft), ("a.zh-Hant.md", "甲")]);
    assert!(
        built.published && !built.files.contains_key("zh-hant/a/index.html"),
        "a page takes its twins along"
    );
}

#[test]
fn nothing_of_a_twin_is_up_for_review() {
    let site = Folder::new();
    site.write("site.toml", editions(&["zh-Hans", "zh-Hant-TW"]));
    site.write("content/a.md", "+++\ntitle = \"软件\"\n+++\n网络\n");
    assert_eq!(site.run(&["review"]).stdout.matches("软件 → 軟體").count(), 1);
    assert!(site.run(&["review"]).stdout.contains("网络 → 網路"));
    site.write("content/a.zh-Hant-TW.md", "他說“软件和网络\n");
    let ran = site.run(&["review"]);
    assert!(!ran.stdout.contains("网络") && !ran.stdout.contains("a.zh-Hant-TW.md"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("content/a.md") && ran.stdout.contains("软件 → 軟體"),
        "what is inherited: {}",
        ran.stdout
    );
    assert_eq!(site.run(&["build"]).stderr, "", "an unpaired mark is the author's");
}

fn fingerprint(site: &Folder) -> String {
    let said = site.run(&["check"]).stderr;
    let hash = said.rsplit_once("based_on = \"").and_then(|(_, rest)| rest.split_once('"'));
    hash.unwrap_or_else(|| panic!("no line to add: {said}")).0.to_owned()
}

#[test]
fn check_says_which_twins_their_page_has_left_behind() {
    let site = Folder::new();
    let page = "+++\ntitle = \"题\"\n+++\n\n头发\n";
    site.write("content/a.md", page);
    site.write("content/a.zh-Hant.md", "秀髮\n");
    let hash = fingerprint(&site);
    assert!(hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{hash}");
    assert_eq!(site.run(&["build"]).stderr, "", "a build does not ask for it");

    let twin =
        |hash: &str| site.write("content/a.zh-Hant.md", format!("+++\nbased_on = \"{hash}\"\n+++\n秀髮\n"));
    twin(&hash);
    let clean = |why: &str| assert_eq!(site.run(&["check"]).stderr, "", "{why}");
    clean("it names the page");
    site.write("content/a.md", format!("\u{FEFF}{}", page.replace('\n', "\r\n")));
    clean("line ends and the byte order mark are no text");
    for changed in [page.replace("头发", "长发"), page.replace('题', "新")] {
        site.write("content/a.md", changed);
        let said = site.run(&["check"]).stderr;
        assert!(said.starts_with("warning[stale-twin]"), "{said}");
        assert!(said.contains("--> content/a.zh-Hant.md:2:12"), "{said}");
        assert_eq!(site.run(&["build"]).stderr, "");
        twin(&fingerprint(&site));
        clean("the line that it told to write");
        twin(&hash);
    }
}

// Editions in other languages.

#[test]
fn a_written_edition_has_the_pages_that_are_written_for_it() {
    let page = "+++\ntitle = \"甲\"\n+++\n甲\n";
    let pages = [
        ("a/_index.md", page),
        ("a/_index.en.md", "+++\ntitle = \"Section\"\n+++\n"),
        ("a/b.md", page),
        ("a/b.en.md", "+++\ntitle = \"Page\"\n+++\nText 发 “as it is”.\n"),
        ("a/c.md", page),
        ("a/only.en.md", "+++\ntitle = \"Only here\"\nweight = 1\n+++\n"),
    ];
    let built = site(&pages, "{{ page.title }}|{{ page.content }}");
    assert!(built.published, "{:?}", built.diagnostics);
    assert_eq!(built.files["en/a/b/index.html"], "Page|<p id=\"p1\">Text 发 “as it is”.</p>\n");
    let of = |dir: &str| {
        let pages = built.files.keys().filter_map(|path| path.strip_prefix(dir)?.strip_suffix("index.html"));
        let mut pages: Vec<&str> = pages.collect();
        pages.sort_unstable();
        pages.join(" ")
    };
    assert_eq!(of("en/"), " a/ a/b/ a/only/");
    assert_eq!(of("zh-hant/"), " a/ a/b/ a/c/");
}

#[test]
fn a_written_page_inherits_what_is_the_same_in_every_language() {
    let own = "+++\ntitle = \"Hair\"\n+++\nText\n";
    let built = site(&[("a.md", FULL), ("a.en.md", own)], FRONT);
    assert!(built.published, "{:?}", built.diagnostics);
    assert_eq!(built.files["en/a/index.html"].replace("&quot;", ""), "Hair|||||[]|[]|28 June 2023|||");
    assert_eq!(built.files["zh-hans/a/index.html"].split('|').nth(7), Some("2023年6月28日"));
}

#[test]
fn the_switch_leads_to_the_nearest_page_and_machines_hear_of_the_same_page_only() {
    let page = "+++\ntitle = \"甲\"\n+++\n甲\n";
    let pages = [
        ("a/_index.md", page),
        ("a/_index.en.md", page),
        ("a/b.md", page),
        ("a/only.en.md", page),
        ("c/_index.md", page),
        ("c/d.md", page),
    ];
    let template = "{% for t in page.twins %}{{ t.url }}{% if t.same %}={% endif %}{% if t.current %}!{% endif %} {% endfor %}|{% for a in page.alternates %}{{ a.hreflang }} {% endfor %}|{{ page.next?.url or \"\" }}";
    let built = site(&pages, template);
    assert!(built.published, "{:?}", built.diagnostics);
    let said = |path: &str| built.files[&format!("{path}index.html")].replace("&#x2F;", "/");
    assert_eq!(
        said("zh-hant/a/b/"),
        "/zh-hans/a/b/= /zh-hant/a/b/=! /zh-hant-hk/a/b/= /en/a/ |zh-Hans zh-Hant zh-Hant-HK x-default |/zh-hant/c/"
    );
    assert!(said("zh-hans/c/d/").contains(" /en/ |zh-Hans"));
    assert_eq!(said("en/a/only/"), "/zh-hans/a/ /zh-hant/a/ /zh-hant-hk/a/ /en/a/only/=! |en x-default |");
    assert_eq!(said("en/a/").split('|').nth(2), Some("/en/a/only/"));
    let sitemap = &built.files["sitemap.xml"];
    assert_eq!(sitemap.matches("<loc>https://example.org/en/").count(), 3, "{sitemap}");
    assert!(!sitemap.contains("https://example.org/en/a/b/") && !sitemap.contains("/zh-hans/a/only/"));
}

#[test]
fn a_link_to_a_page_that_is_not_written_leads_to_the_first_edition_that_has_it() {
    let leads = |link: &str, code: Option<&str>| {
        let own = format!("+++\ntitle = \"A\"\n+++\n[to]({link})\n");
        let pages = [
            ("10-b.md", HEADED),
            ("a.en.md", own.as_str()),
            ("c.md", HEADED),
            ("c.en.md", "+++\ntitle = \"C\"\n+++\n## One {#算力}\n\n### Two {#网络}\n"),
        ];
        let built = site(&pages, "{{ page.content }}");
        assert!(built.published, "{:?}", built.diagnostics);
        assert_eq!(built.diagnostics.first().map(|said| said.code), code, "{link}");
        let html = &built.files["en/a/index.html"];
        html.split_once("<a ").and_then(|(_, rest)| rest.split_once('>')).expect("a link").0.to_owned()
    };
    assert_eq!(
        leads("10-b.md#算力", Some("link-leaves-edition")),
        "href=\"/zh-hans/b/#算力\" hreflang=\"zh-Hans\""
    );
    assert_eq!(leads("10-b.zh-Hant.md", None), "href=\"/zh-hant/b/\" hreflang=\"zh-Hant\"");
    assert_eq!(leads("c.md#算力", None), "href=\"/en/c/#算力\"");
    assert_eq!(leads("c.en.md", None), "href=\"/en/c/\"");
}

#[test]
fn what_to_write_for_a_link_that_leaves_its_edition() {
    let link = "+++\ntitle = \"A\"\n+++\n[to](node.js.md)\n";
    let page = "+++\ntitle = \"甲\"\n+++\n甲\n";
    let help = |link: &str| {
        let built = site(&[("node.js.md", page), ("a.en.md", link)], "");
        built.diagnostics.first().and_then(|said| said.help.clone())
    };
    let expected = "write content/node.js.en.md, or name the edition if this is meant: /node.js.zh-Hans.md";
    assert_eq!(help(link).as_deref(), Some(expected));
    assert_eq!(help(&link.replace("node.js.md", "/node.js.zh-Hans.md")), None);
}

#[test]
fn a_chinese_page_may_link_to_one_that_is_in_english_only() {
    let page = "+++\ntitle = \"甲\"\n+++\n[看](b.en.md)\n";
    let pages = [("a.md", page), ("b.en.md", "+++\ntitle = \"B\"\n+++\n")];
    let built = site(&pages, "{{ page.content }}");
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let expected = "<p id=\"p1\"><a href=\"/en/b/\" hreflang=\"en\">看</a></p>\n";
    assert_eq!(built.files["zh-hant/a/index.html"], expected);
}

#[test]
fn nothing_is_converted_in_a_written_edition() {
    let own = "+++\ntitle = \"头发 “A”\"\n+++\n`头发` `頭髮` 国会議事堂 -{zh-hans:简;zh-hant:繁}-\n";
    let built = site(&[("a.md", FULL), ("a.en.md", own)], "{{ page.title }}{{ page.content }}");
    assert_eq!(
        built.files["en/a/index.html"],
        "头发 “A”<p id=\"p1\"><code>头发</code> <code>頭髮</code> 国会議事堂 简</p>\n"
    );
}

#[test]
fn the_theme_speaks_the_language_of_the_edition() {
    let site = Folder::new();
    let own = "title = \"The Brief\"\ndescription = \"What is new.\"\n";
    site.write(
        "site.toml",
        format!(
            "{}{own}[[editions]]\ntag = \"fr\"\n",
            editions(&["zh-Hans", "zh-Hant", "en"]).replacen("[[", "description = \"站点说明\"\n[[", 1)
        ),
    );
    site.write("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\n\nAll there is to know.\n");
    site.write("content/_index.fr.md", "+++\ntitle = \"Accueil\"\ndate = 2023-06-28\n+++\n");
    site.write(
        "templates/strings.toml",
        "[en]\nskip = \"Skip it\"\n[fr]\nskip = \"Au texte\"\n[zh-Hant]\nskip = \"直达\"\n",
    );
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let page = |dir: &str| site.read(&format!("public/{dir}/index.html"));
    let (en, fr) = (page("en"), page("fr"));
    assert!(en.contains("<html lang=\"en\">") && en.contains("<title>Home - The Brief</title>"));
    assert!(en.contains(">Skip it</a>") && en.contains(">Back to the top</a>"));
    assert!(en.contains("content=\"All there is to know.\""));
    assert!(fr.contains(">Au texte</a>") && fr.contains(">Back to the top</a>"), "English stands in: {fr}");
    assert!(fr.contains(">2023-06-28</time>") && fr.contains("<title>Accueil - 简报</title>"));
    assert!(fr.contains("lang=\"fr\" hreflang=\"fr\" aria-current=\"true\">Français</a>"));
    assert!(fr.contains("content=\"Accueil, 简报\""), "{fr}");
    assert!(page("zh-hant").contains(">直达</a>") && page("zh-hans").contains(">跳到正文</a>"));
    let han = |html: &str| html.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect::<String>();
    assert_eq!(han(&en), "简体繁體", "the names of the other editions are all Chinese there is");
    assert!(site.read("public/zh-hant/manifest.webmanifest").contains("站點說明"));
    let manifest = site.read("public/en/manifest.webmanifest");
    assert!(
        manifest.contains("\"name\": \"The Brief\"")
            && manifest.contains("\"description\": \"What is new.\"")
    );
    assert!(site.read("public/index.html").contains("<h2><a href=\"/en/\" hreflang=\"en\">Home</a></h2>"));
    assert!(
        site.read("public/404.html").contains(
            "<section lang=\"en\">\n<p class=\"label\">English</p>\n<h2>This page was not found</h2>"
        )
    );
}

#[test]
fn a_draft_section_takes_its_written_pages_along() {
    let draft = "+++\ntitle = \"A\"\ndraft = true\n+++\n";
    let page = "+++\ntitle = \"甲\"\n+++\n甲\n";
    let pages = [("a/_index.md", page), ("a/_index.en.md", draft), ("a/b.md", page), ("a/b.en.md", page)];
    let built = site(&pages, "");
    assert!(built.published, "{:?}", built.diagnostics);
    assert!(
        !built.files.contains_key("en/a/b/index.html") && built.files.contains_key("zh-hant/a/b/index.html")
    );
    let hant = [
        ("a/_index.md", page),
        ("a/_index.zh-Hant.md", "+++\ndraft = true\n+++\n丙\n"),
        ("a/b.md", page),
        ("a/b.zh-Hant.md", "乙"),
    ];
    let built = site(&hant, "{{ page.content }}");
    assert!(
        built.files["zh-hant/a/b/index.html"].contains('乙'),
        "the draft of a text is a draft of that text only"
    );
}

#[test]
fn the_first_edition_may_be_a_written_one() {
    let pages = [
        HOME,
        HOME_EN,
        ("a.md", "+++\ntitle = \"甲\"\n+++\n甲\n"),
        ("b.md", "+++\ntitle = \"乙\"\n+++\n乙\n"),
        ("b.en.md", "+++\ntitle = \"B\"\n+++\n[to](a.md)\n"),
    ];
    let page =
        "{{ page.content }}{% for a in page.alternates %}{{ a.hreflang }} {{ a.href | safe }} {% endfor %}";
    let templates = [
        ("home.html", ""),
        ("section.html", ""),
        ("page.html", page),
        ("entry.html", "{{ edition.tag }}"),
        ("404.html", ""),
    ];
    let built = build_with(&editions(&["en", "zh-Hant", "zh-Hans"]), &pages, &templates);
    assert!(built.published, "{:?}", built.diagnostics);
    let zh = &built.files["zh-hans/a/index.html"];
    assert!(zh.ends_with("x-default https://example.org/zh-hant/a/ ") && !zh.contains("/en/"), "{zh}");
    let en = &built.files["en/b/index.html"];
    assert!(en.contains("<a href=\"/zh-hant/a/\" hreflang=\"zh-Hant\">to</a>"), "{en}");
    assert!(en.ends_with("x-default https://example.org/en/b/ "), "{en}");
    assert_eq!(built.files["index.html"], "en");
}

#[test]
fn figures_of_a_written_edition_stay_as_they_are() {
    let site = Folder::new();
    site.write("site.toml", editions(&FOUR));
    site.write("content/_index.en.md", HOME_EN.1);
    let figure = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>头发</text></svg>";
    site.write("content/a.svg", figure);
    assert_eq!(site.run(&["build"]).status, 0);
    assert_eq!(site.read("public/en/a.svg"), figure);
    assert!(site.read("public/zh-hant/a.svg").contains("頭髮"));
}

#[test]
fn a_page_that_cannot_be_read_hides_no_fault_of_other_twins() {
    let pages = [
        HOME,
        ("a.md", "+++\ntitle = 1\n+++\n"),
        ("a.zh-Hant.md", "甲"),
        ("b.md", "+++\ntitle = \"乙\"\n+++\n"),
        ("b.zh-Hant.md", "+++\nweight = 1\n+++\n甲"),
    ];
    let built = build(&editions(&FOUR[..2]), &pages);
    let codes: Vec<&str> = built.diagnostics.iter().map(|said| said.code).collect();
    assert_eq!(codes, ["wrong-type", "twin-key"]);
}

#[test]
fn a_page_of_its_own_was_made_from_no_other() {
    let site = Folder::new();
    site.write("site.toml", editions(&["zh-Hans", "en", "fr"]));
    for name in ["_index.en", "_index.fr", "only.en", "only.fr"] {
        site.write(&format!("content/{name}.md"), "+++\ntitle = \"Title\"\n+++\n");
    }
    let said = site.run(&["check"]).stderr;
    assert!(said.contains("content/_index.en.md:1:1") && !said.contains("only."), "{said}");
}

#[test]
fn a_file_name_may_have_a_dot() {
    let site = Folder::new();
    site.write("content/node.js.md", "+++\ntitle = \"甲\"\n+++\n");
    site.write("content/v1.2.md", "+++\ntitle = \"乙\"\n+++\n");
    assert_eq!(site.run(&["build"]).status, 0);
    assert!(site.path("public/zh-hans/node.js/index.html").exists());
    assert!(site.path("public/zh-hans/v1.2/index.html").exists());
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let site = Folder::new();
    site.write("site.toml", editions(&FOUR));
    site.write("content/_index.en.md", HOME_EN.1);
    site.write("content/a.md", FULL);
    site.write("content/a.zh-Hant.md", "手寫\n");
    site.write("content/a.en.md", "+++\ntitle = \"A\"\n+++\nText\n");
    assert_eq!(site.run(&["build"]).status, 0);
    let first = site.tree("public");
    assert_eq!(site.run(&["build", "--jobs", "1", "--output", "again"]).status, 0);
    let mut again = site.tree("again");
    let mut first = first;
    // The manifests name the same files.
    first.retain(|path, _| !path.starts_with('.'));
    again.retain(|path, _| !path.starts_with('.'));
    assert_eq!(first, again);
}
