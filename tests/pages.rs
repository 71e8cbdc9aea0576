//! What the theme makes of a page, and what templates are refused.

use crate::sites::{Folder, SETTINGS, build_with};

const PLAIN: [(&str, &str); 4] =
    [("home.html", ""), ("section.html", ""), ("entry.html", ""), ("404.html", "")];
const HOME: (&str, &str) = ("_index.md", "+++\ntitle = \"首\"\n+++\n");

#[test]
fn the_home_page_lists_sections_and_then_the_other_pages() {
    let site = Folder::new();
    site.write("content/a/_index.md", "+++\ntitle = \"栏\"\n+++\n");
    site.write("content/a/b.md", "+++\ntitle = \"栏内\"\n+++\n");
    site.write("content/a/c/_index.md", "+++\ntitle = \"小栏\"\n+++\n");
    site.write("content/d.md", "+++\ntitle = \"散篇\"\n+++\n");
    assert_eq!(site.run(&["build"]).status, 0);
    let home = site.read("public/zh-hant/index.html");
    let (desks, list) = home.split_once("<section class=\"list\">").expect("a list");
    assert!(
        list.contains("<h2 class=\"label\">其他文章</h2>")
            && list.contains("<a href=\"/zh-hant/d/\">散篇</a>")
    );
    assert!(!list.contains("/zh-hant/a/"), "{list}");
    let desks = desks.split_once("class=\"desks\"").expect("sections").1;
    assert!(desks.contains("/zh-hant/a/b/"));
    assert!(!desks.contains("/zh-hant/a/c/"), "a section's pages are pages: {desks}");
    assert!(
        !home.contains("href=\"/zh-hant/d/\">散篇</a></li>\n</ul>\n</nav>"),
        "the navigation has sections only"
    );
}

#[test]
fn a_site_of_one_edition_does_not_speak_of_two() {
    let site = Folder::new();
    site.write("site.toml", format!("{SETTINGS}[[editions]]\ntag = \"zh-Hant\"\n"));
    site.write("content/_index.md", "+++\ntitle = \"首页的标题\"\n+++\n\n## 节\n\n段落，说得足够长了。\n");
    assert_eq!(site.run(&["build"]).status, 0);
    for page in ["index.html", "404.html", "zh-hant/index.html"] {
        let html = site.read(&format!("public/{page}"));
        for word in ["簡體", "文字版本", "兩種", "class=\"twin\"", "class=\"editions\""] {
            assert!(!html.contains(word), "{page}: {word} in {html}");
        }
    }
    let entry = site.read("public/index.html");
    assert!(
        entry.contains("<title>簡報</title>") && entry.contains("content=\"段落，說得足夠長了。\""),
        "{entry}"
    );
}

#[test]
fn code_in_a_contents_list_says_its_language() {
    let page = "+++\ntitle = \"甲\"\n+++\n\n## 头`码<发>`\n\n## **头**发 & 净\n";
    let template = "{% for item in page.contents %}[{{ item.title }}|{{ item.html }}]{% endfor %}";
    let built =
        build_with(SETTINGS, &[HOME, ("a.md", page)], &[&PLAIN[..], &[("page.html", template)]].concat());
    assert_eq!(
        built.files["zh-hant/a/index.html"],
        "[頭码&lt;发&gt;|頭<code lang=\"zh-Hans\">码&lt;发&gt;</code>][頭髮 &amp; 淨|頭髮 &amp; 淨]"
    );
    assert!(built.files["zh-hans/a/index.html"].starts_with("[头码&lt;发&gt;|头<code>码&lt;发&gt;</code>]"));
}

#[test]
fn a_long_summary_is_cut_for_search_engines_only() {
    let summary = "这一句话正好有十个字。".repeat(15);
    let page = format!("+++\ntitle = \"甲\"\nsummary = \"{summary}\"\n+++\n");
    let template = "{{ page.summary }}|{{ page.description }}";
    let built =
        build_with(SETTINGS, &[HOME, ("a.md", &page)], &[&PLAIN[..], &[("page.html", template)]].concat());
    let (whole, cut) = built.files["zh-hans/a/index.html"].split_once('|').expect("two texts");
    assert_eq!(whole, summary);
    assert!(cut.ends_with('。') && (100..=120).contains(&cut.chars().count()), "{cut}");
}

#[track_caller]
fn refused(templates: &[(&str, &str)], path: &str, message: &str) {
    let rest: Vec<_> =
        PLAIN.iter().copied().filter(|(name, _)| templates.iter().all(|(own, _)| own != name)).collect();
    let built = build_with(SETTINGS, &[HOME], &[templates, &rest].concat());
    assert!(!built.published && built.files.is_empty());
    let [said] = built.diagnostics.as_slice() else { panic!("{:?}", built.diagnostics) };
    let place = said.place.as_ref().expect("a place");
    assert_eq!((said.code, place.path.as_str(), said.message.as_str()), ("template-cycle", path, message));
}

#[test]
fn circles_are_refused_with_their_chain() {
    refused(
        &[
            ("page.html", "{% extends \"a.html\" %}"),
            ("a.html", "{% extends \"b.html\" %}"),
            ("b.html", "{% extends \"a.html\" %}"),
        ],
        "templates/a.html",
        "the template a.html extends itself: a.html → b.html → a.html",
    );
    refused(
        &[("page.html", "{% include \"page.html\" %}")],
        "templates/page.html",
        "the template page.html includes itself: page.html → page.html",
    );
    refused(
        &[
            ("page.html", "{{<one/>}}"),
            (
                "a.html",
                "{% component zero() %}{{<one/>}}{% endcomponent %}{%- component one() -%}{# {{<one/>}} #}{{ \"<one/>\" }}{{<two x=\"1\"/>}}{%- endcomponent one -%}",
            ),
            (
                "b.html",
                "{% component two(x) %}{% if x %}{% <one> %}{{ x }}{% </one> %}{% endif %}{% endcomponent two %}",
            ),
        ],
        "templates/a.html",
        "the component one contains itself: one (a.html) → two (b.html) → one (a.html)",
    );
}

#[test]
fn components_may_be_used_twice() {
    let shared =
        "{% component a() %}{{<b/>}}{{<b/>}}{% endcomponent %}{% component b() %}乙{% endcomponent %}";
    let templates = [&PLAIN[..], &[("page.html", "{{<a/>}}{{<b/>}}"), ("shared.html", shared)]].concat();
    let built = build_with(SETTINGS, &[HOME, ("a.md", "+++\ntitle = \"甲\"\n+++\n")], &templates);
    assert_eq!(built.files["zh-hans/a/index.html"], "乙乙乙");
}

#[test]
fn a_page_without_end_is_refused() {
    let line = "一".repeat(1000);
    let endless = format!(
        "{{% for a in range(end=100000) %}}{{% for b in range(end=1000) %}}{line}{{% endfor %}}{{% endfor %}}"
    );
    let built =
        build_with(SETTINGS, &[HOME], &[&PLAIN[1..], &[("home.html", &endless), ("page.html", "")]].concat());
    assert!(!built.published);
    let said = &built.diagnostics[0];
    assert_eq!(said.message, "the page has more than 128 MB (while rendering content/_index.md)");
    assert_eq!(said.place.as_ref().map(|place| place.path.as_str()), Some("templates/home.html"));
}
