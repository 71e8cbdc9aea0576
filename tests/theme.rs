//! What a site changes of the theme without copying it, and what the theme promises its readers.

use crate::sites::{Folder, SETTINGS, build_with};
use jianbao::config;

fn style(site: &Folder) -> (String, String) {
    let files = site.tree("public");
    let second = files.keys().find(|path| {
        path.starts_with("style.") && path.ends_with(".css") && path.len() == "style.12345678.css".len()
    });
    let second = second.expect("a second name").clone();
    (second.clone(), site.read(&format!("public/{second}")))
}

#[test]
fn colours_fonts_and_measure_are_said_in_site_toml() {
    let site = Folder::new();
    assert_eq!(site.run(&["build"]).status, 0);
    let (plain, _) = style(&site);
    site.write("site.toml", format!("{SETTINGS}[theme]\naccent = {{ light = \"#005a9c\", dark = \"#8cf\" }}\npaper = \"#fff\"\nmeasure = 34\n[theme.fonts.zh-Hans]\nserif = \"思源宋体\"\n"));
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let (own, css) = style(&site);
    assert_ne!(plain, own, "another address, so that nobody keeps the old one");
    assert!(css.ends_with("@media screen{:root{--measure:34em;}}@media screen and (prefers-color-scheme:light){:root{--paper:#ffffff;--accent:#005a9c;--soft:#5c5c5e;--wash:#f6f6f6;--line:#d8d9d9;}}@media screen and (prefers-color-scheme:dark){:root{--accent:#88ccff;}}@media print{:root{--accent:#005a9c;}}:lang(zh-Hans){--own-serif:\"思源宋体\";}\n"), "{css}");
    let page = site.read("public/zh-hans/index.html");
    assert!(page.contains(&format!("<link rel=\"stylesheet\" href=\"/{own}\">")), "{page}");
    assert!(
        page.contains(
            "<meta name=\"theme-color\" content=\"#ffffff\" media=\"(prefers-color-scheme: light)\">"
        )
    );
}

#[test]
fn the_program_knows_the_colours_of_the_style_sheet() {
    let css = include_str!("../static/style.css");
    for (time, rest) in css.split("--paper: ").skip(1).enumerate().take(2) {
        let values = [Some(rest), rest.split("--ink: ").nth(1), rest.split("--accent: ").nth(1)];
        for (value, own) in values.into_iter().zip(config::OWN[time]) {
            assert!(value.is_some_and(|value| value.starts_with(&own.to_string())), "{time} {own}");
        }
    }
}

#[test]
fn one_block_of_a_template_can_be_replaced() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"甲\"\n+++\n\n正文。\n");
    site.write(
        "templates/page.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.content }}{% endblock main %}{% block footer %}<p>自己的页脚</p>{% endblock footer %}",
    );
    assert_eq!(site.run(&["build"]).status, 0);
    let page = site.read("public/zh-hant/a/index.html");
    assert!(page.contains("<p>自己的頁腳</p>") || page.contains("<p>自己的页脚</p>"));
    assert!(page.contains("class=\"editions\"") && !page.contains("class=\"headline\""), "{page}");
}

#[test]
fn a_static_file_has_an_address_that_changes_with_it() {
    let site = Folder::new();
    site.write("static/js/a.js", "let a = 1");
    site.write("static/a.png", "no image");
    site.write("templates/page.html", "{{ static_url(path=\"js/a.js\") }} {{ static_url(path=\"a.png\") }}");
    site.write("content/a.md", "+++\ntitle = \"甲\"\n+++\n");
    assert_eq!(site.run(&["build", "--base-url", "https://example.org/brief/"]).status, 0);
    let page = site.read("public/zh-hans/a/index.html");
    let (script, image) = page.split_once(' ').expect("two addresses");
    assert_eq!(image, "/brief/a.png");
    let name = script.strip_prefix("/brief/").expect("the base path");
    assert_eq!(site.read(&format!("public/{name}")), "let a = 1");
    assert_eq!(site.read("public/js/a.js"), "let a = 1", "its own name stays");
    site.write("static/js/a.js", "let a = 2");
    assert_eq!(site.run(&["build", "--base-url", "https://example.org/brief/"]).status, 0);
    assert!(!site.read("public/zh-hans/a/index.html").starts_with(script));
}

#[test]
fn a_static_file_that_is_not_there_is_said() {
    let built = build_with(
        SETTINGS,
        &[("_index.md", "+++\ntitle = \"首\"\n+++\n")],
        &[("home.html", "甲\n{{ static_url(path=\"stlye.css\") }}"), ("entry.html", ""), ("404.html", "")],
    );
    let said = &built.diagnostics[0];
    assert!(said.message.contains("there is no file static/stlye.css"), "{}", said.message);
    let place = said.place.as_ref().expect("a place");
    assert_eq!((place.path.as_str(), place.line), ("templates/home.html", 2));
}

#[test]
fn the_other_edition_is_at_hand_at_every_paragraph() {
    let site = Folder::new();
    let body = "一。\n\n二。\n\n## 节\n\n三。\n";
    site.write("content/a.md", format!("+++\ntitle = \"甲\"\n+++\n\n{body}"));
    site.write("content/b.md", "+++\ntitle = \"乙\"\n+++\n\n只有一段。\n");
    let sections = "一。\n\n## 甲节\n\n## 乙节\n\n## 丙节\n\n## 丁节\n\n";
    site.write("content/c.md", format!("+++\ntitle = \"丙\"\n+++\n\n{sections}## 戊节\n"));
    site.write("content/c.zh-Hant.md", format!("+++\ntitle = \"丙\"\n+++\n\n零。\n\n{sections}"));
    assert_eq!(site.run(&["build"]).status, 0);
    let here = |page: &str| {
        let html = site.read(&format!("public/{page}/index.html"));
        let nav = html.split("<nav class=\"here\"").nth(1).and_then(|rest| rest.split("</nav>").next());
        nav.map(|nav| {
            nav.split("href=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
    };
    let expected = ["#p1", "#p2", "#节", "#p3"].map(|at| format!("/zh-hant/a/{at}"));
    assert_eq!(here("zh-hans/a"), Some(expected.to_vec()));
    assert_eq!(here("zh-hans/b"), None, "a page that is seen whole");
    assert_eq!(
        here("zh-hans/c").map(|all| all.len()),
        Some(4),
        "of a text that is written anew the headings that both have"
    );
}

#[test]
fn articles_load_no_script_and_no_style_that_they_do_not_need() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"甲\"\n+++\n\n正文，*着重*，`代码`。\n\n- 一\n\n> 引\n");
    site.write("content/b.md", "+++\ntitle = \"乙\"\n+++\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n");
    assert_eq!(site.run(&["build"]).status, 0);
    let sheets = |page: &str| {
        site.read(&format!("public/zh-hans/{page}/index.html")).matches("rel=\"stylesheet\"").count()
    };
    assert_eq!((sheets("a"), sheets("b")), (1, 2));
    for (path, bytes) in site.tree("public") {
        if path.ends_with(".html") && path != "index.html" {
            let html = String::from_utf8(bytes).expect("UTF-8");
            assert!(!html.contains("<script src") && !html.contains(" style="), "{path}");
        }
    }
}

/// What is said about a table `[theme]`, each with the text that it points at.
#[track_caller]
fn said(theme: &str) -> Vec<(String, String)> {
    let settings = format!("{SETTINGS}[theme]\n{theme}");
    let mut diagnostics = Vec::new();
    config::parse(&settings).report(&mut diagnostics);
    let text = |said: &jianbao::diagnostic::Diagnostic| {
        let place = said.place.as_ref().expect("a place");
        let line = settings.lines().nth(place.line - 1).unwrap_or_default();
        let from = line.chars().skip(place.column - 1).collect::<String>();
        (said.message.clone(), format!("{from} / {}", said.help.clone().unwrap_or_default()))
    };
    diagnostics.iter().map(text).collect()
}

#[test]
fn what_the_theme_cannot_do_is_said() {
    let one = |theme: &str, message: &str, rest: &str| {
        assert_eq!(said(theme), [(message.to_owned(), rest.to_owned())], "{theme}");
    };
    one(
        "accent = \"red\"",
        "\"red\" is no colour",
        "\"red\" / write red, green and blue in hexadecimal, such as \"#9c2a22\"",
    );
    one(
        "accent = { light = \"#fc0\" }",
        "the accent is hard to read on the paper: contrast 1.5, at least 4.5",
        "\"#fc0\" } / choose a darker or a lighter one",
    );
    one(
        "ink = { dark = \"#333\" }",
        "the ink is hard to read on the paper by night: contrast 1.4, at least 4.5",
        "\"#333\" } / choose a lighter or a darker one",
    );
    one(
        "measure = 80",
        "a line of 80 characters is not read well",
        "80 / choose between 16 and 48; the theme has 38",
    );
    one(
        "[theme.fonts.hans]\nserif = \"思源宋体\"",
        "\"hans\" names no edition",
        "hans] / say for which texts the fonts are: [theme.fonts.zh-Hans]",
    );
    one(
        "[theme.fonts.zh-Hans]\nsans = \"a;}b\"",
        "\"a;}b\" is no name of a font",
        "\"a;}b\" / write the name as it stands in lists of fonts: \"Source Han Serif SC\"",
    );
    // Dark letters on a paper that has become dark.
    assert_eq!(said("paper = \"#333333\"").len(), 2);
}

#[test]
fn strings_of_a_sites_own_are_no_slips() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"甲\"\n+++\n");
    // One is like none of the theme's; the other is, but a template prints it.
    site.write("templates/strings.toml", "\"订阅须知\" = \"每周一期\"\nsearch_title = \"查找\"\n");
    site.write("templates/page.html", "{{ strings[\"search_title\"] }}");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    site.write("templates/page.html", "{{ strings.search_titles or \"\" }}");
    assert!(site.run(&["build"]).stderr.contains("unknown key `search_title`"));
}
