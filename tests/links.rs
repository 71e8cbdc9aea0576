//! Links between sources, resolved to the same edition; links that lead nowhere.

use crate::sites::{Built, Folder, SETTINGS, build};

const WARN: &str = "[links]\nbroken = \"warn\"\n";

fn site(link: &str) -> Built {
    site_with("", link)
}

fn site_with(settings: &str, link: &str) -> Built {
    let page = format!("+++\ntitle = \"甲\"\n+++\n\n## 发\n\n{link}\n");
    build(
        &format!("{SETTINGS}{settings}"),
        &[
            ("_index.md", "+++\ntitle = \"首\"\n+++\n"),
            ("10-a/_index.md", "+++\ntitle = \"节\"\n+++\n"),
            ("10-a/20-one.md", &page),
            ("10-a/30-two.md", "+++\ntitle = \"乙\"\n+++\n\n## 算力\n\n段\n"),
            ("30-later.md", "+++\ntitle = \"丙\"\ndraft = true\n+++\n"),
        ],
    )
}

#[track_caller]
fn leads(destination: &str, hant: &str) {
    let built = site(&format!("[去]({destination})"));
    assert!(built.published, "{:?}", built.diagnostics);
    let html = &built.files["zh-hant/a/one/index.html"];
    assert!(html.contains(&format!("<a href=\"{hant}\">去</a>")), "{destination}: {html}");
}

#[test]
fn by_the_path_of_the_source() {
    leads("30-two.md", "/zh-hant/a/two/");
    leads("./30-two.md#算力", "/zh-hant/a/two/#算力");
    leads("./30-two.md#%E7%AE%97%E5%8A%9B", "/zh-hant/a/two/#算力");
    leads("/10-a/30-two.md#p1", "/zh-hant/a/two/#p1");
    leads("../10-a/_index.md", "/zh-hant/a/");
    leads("/_index.md", "/zh-hant/");
}

#[test]
fn by_the_address_of_the_page() {
    leads("/a/two/", "/zh-hant/a/two/");
    leads("two.md", "/zh-hant/a/two/");
    leads("#发", "#发");
}

#[test]
fn out_of_the_site() {
    leads("https://example.org/发?a=1&amp;b", "https://example.org/发?a=1&amp;b");
    leads("mailto:a@example.org", "mailto:a@example.org");
}

#[track_caller]
fn broken(destination: &str, code: &str, help: &str) {
    let built = site(&format!("头[去]({destination})"));
    assert!(!built.published);
    assert!(built.files.is_empty(), "nothing reaches the sink");
    let [said] = built.diagnostics.as_slice() else { panic!("{:?}", built.diagnostics) };
    let place = said.place.as_ref().expect("a place");
    assert_eq!(
        (said.code, place.path.as_str(), place.line, place.column),
        (code, "content/10-a/20-one.md", 7, 2)
    );
    let said = said.help.as_deref().unwrap_or_default();
    assert!(said.contains(help), "{said}");
}

#[test]
fn nowhere() {
    broken("30-tow.md", "broken-link", "did you mean `/10-a/30-two.md`?");
    broken("../20-b/30-two.md", "broken-link", "did you mean `/10-a/30-two.md`?");
    broken("30-two.md#算", "broken-link", "`#算力`");
    broken("#没有", "broken-link", "heading's id");
    broken("/../../etc/passwd", "broken-link", "path");
    broken("/30-later.md", "broken-link", "draft");
    broken("javascript:alert(1)", "link-scheme", "https");
    broken("data:text/html,x", "link-scheme", "https");
}

#[test]
fn scripts_in_disguise() {
    for destination in [
        "java&#10;script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#1;javascript:alert(1)",
        "<&#32;javascript:alert(1)>",
        "JAVA&#13;SCRIPT:alert(1)",
        "vbscript:x",
    ] {
        for settings in ["", WARN] {
            let built = site_with(settings, &format!("[去]({destination}) ![图]({destination})"));
            assert!(!built.published, "{destination}");
            let codes: Vec<&str> = built.diagnostics.iter().map(|said| said.code).collect();
            assert_eq!(codes, ["link-scheme"; 2], "{destination}");
        }
    }
    for destination in ["30-two.md&#10;", "https://example.org/&#1;", "a&#127;b"] {
        let built = site_with(WARN, &format!("[去]({destination})"));
        assert!(!built.published && built.diagnostics[0].code == "link-control", "{destination}");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_never_written_as_it_stands() {
    for (destination, href) in [
        ("nowhere.md", "/zh-hant/10-a/nowhere.md"),
        ("<a b:c\"d.md>", "/zh-hant/10-a/a%20b:c%22d.md"),
        ("<\\\\evil.org>", "#"),
        ("</\\evil.org>", "#"),
        ("/%5Cevil.org", "#"),
        ("/../../etc/passwd", "#"),
        ("/30-later.md", "/zh-hant/30-later.md"),
        ("30-two.md#没有", "/zh-hant/a/two/#没有"),
    ] {
        let built = site_with(WARN, &format!("[去]({destination})"));
        assert!(built.published && built.diagnostics.len() == 1, "{:?}", built.diagnostics);
        let html = &built.files["zh-hant/a/one/index.html"];
        assert!(html.contains(&format!("<a href=\"{href}\">去</a>")), "{destination}: {html}");
    }
}

#[test]
fn what_follows_a_path_is_kept() {
    leads("30-two.md?x=1", "/zh-hant/a/two/?x=1");
    leads(
        "30-two.md?x=算&amp;y=100%&amp;z=%41#算力",
        "/zh-hant/a/two/?x=%E7%AE%97&amp;y=100%25&amp;z=%41#算力",
    );
    leads("?x=1", "?x=1");
    leads("?x=1#发", "?x=1#发");
    leads("#", "#");
    let site = Folder::new();
    site.write("static/a.pdf", "");
    site.write("content/b.pdf", "");
    site.write(
        "content/a.md",
        "+++\ntitle = \"甲\"\n+++\n\n[一](/a.pdf#page=3) [二](/a.pdf?v=2) [三](b.pdf?v=2#page=3)\n",
    );
    assert_eq!(site.run(&["build"]).status, 0);
    let html = site.read("public/zh-hans/a/index.html");
    for href in ["/a.pdf#page=3", "/a.pdf?v=2", "/zh-hans/b.pdf?v=2#page=3"] {
        assert!(html.contains(&format!("<a href=\"{href}\">")), "{href}: {html}");
    }
}

#[test]
fn an_image_that_is_a_page() {
    broken_image("30-two.md");
    broken_image("mailto:a@example.org");
    broken_image("tel:110");
}

#[track_caller]
fn broken_image(destination: &str) {
    let built = site(&format!("![图]({destination})"));
    assert!(!built.published);
    let [said] = built.diagnostics.as_slice() else { panic!("{:?}", built.diagnostics) };
    assert_eq!(said.code, "broken-link");
}

#[test]
fn an_image_of_another_site_will_not_show() {
    for destination in ["https://example.org/a.png", "//example.org/a.png"] {
        let built = site(&format!("![图]({destination})"));
        assert!(built.published);
        let [said] = built.diagnostics.as_slice() else { panic!("{:?}", built.diagnostics) };
        assert_eq!(said.code, "external-image");
        assert!(said.help.as_deref().is_some_and(|help| help.contains("beside the page")));
    }
}

#[test]
fn many_faulty_links_are_counted() {
    use std::fmt::Write;
    let mut page = String::new();
    for n in 0..5_000 {
        let _ = write!(page, "## 标题{n}\n\n[去](#标题{n}x) [去](没有{n}.md)\n\n");
    }
    page.push_str("[去](javascript:x)\n");
    let start = std::time::Instant::now();
    let built = site_with(WARN, &page);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert!(!built.published, "an error among those that are only counted is an error");
    let shown =
        built.diagnostics.iter().filter(|said| said.place.as_ref().is_some_and(|at| at.line > 0)).count();
    assert_eq!((built.diagnostics.len(), shown), (51, 50), "{:?}", built.diagnostics.first());
    assert!(built.diagnostics.iter().any(|said| said.message == "9951 more links of this page need mending"));
    let guessed = built.diagnostics.iter().filter_map(|said| said.help.as_deref());
    assert_eq!(guessed.filter(|help| help.starts_with("did you mean")).count(), 20);
}

#[test]
fn the_house_may_take_broken_links_as_warnings() {
    let built = site_with(WARN, "[去](nowhere.md)");
    assert!(built.published);
    assert_eq!(built.diagnostics.len(), 1);
    let built = site_with(WARN, "[去](javascript:alert)");
    assert!(!built.published, "a scheme that is not let through is never a warning");
}

/// Where a fragment leads on a page with headings as other tools name them.
#[track_caller]
fn heading(fragment: &str, expected: &str) {
    let page =
        "+++\ntitle = \"甲\"\n+++\n\n## 1. 什么是 C++ & Java？\n\n## 概述\n\n### 概述\n\n## Hello, World!\n";
    let home = format!("+++\ntitle = \"题\"\n+++\n[字](a.md#{fragment})\n");
    let built = build(SETTINGS, &[("_index.md", &home), ("a.md", page)]);
    assert!(built.published && built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let html = &built.files["zh-hans/index.html"];
    assert!(html.contains(&format!("href=\"/zh-hans/a/{expected}\"")), "{fragment}: {html}");
}

#[test]
fn ids_of_other_tools_lead_to_the_heading() {
    heading("h-1-什么是-c-java", "#h-1-什么是-c-java");
    heading("1-什么是-c--java", "#h-1-什么是-c-java");
    heading("_1-什么是-c-java", "#h-1-什么是-c-java");
    heading("1-%E4%BB%80%E4%B9%88%E6%98%AF-C++-&-Java", "#h-1-什么是-c-java");
    heading("hello-world", "#hello-world");
    heading("Hello,-World!", "#hello-world");
    heading("概述-1", "#概述-2");
}

#[test]
fn pages_may_be_linked_to_by_what_is_made_of_them() {
    let home = "+++\ntitle = \"题\"\n+++\n[甲](s/a.html#x) [栏](s/index.html) [栏](/s/)\n";
    let section = "+++\ntitle = \"栏\"\n+++\n";
    let page = "+++\ntitle = \"甲\"\n+++\n## X\n";
    let built = build(SETTINGS, &[("_index.md", home), ("s/_index.md", section), ("s/10-a.md", page)]);
    assert!(built.published && built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let html = &built.files["zh-hans/index.html"];
    assert!(
        html.contains("href=\"/zh-hans/s/a/#x\"") && html.matches("href=\"/zh-hans/s/\"").count() == 2,
        "{html}"
    );
}

#[test]
fn pages_may_be_linked_to_by_the_names_of_their_files_and_folders() {
    let home = "+++\ntitle = \"题\"\n+++\n[一](10-指南) [二](10-指南/) [三](10-指南/01_My-页) [四](C++/) [五](@/10-指南/01_My-页.md)\n";
    let index = "+++\ntitle = \"栏\"\n+++\n";
    let page = "+++\ntitle = \"甲\"\n+++\n[回](../10-指南/_index) [旁](./)\n";
    let pages = [
        ("_index.md", home),
        ("10-指南/_index.md", index),
        ("10-指南/01_My-页.md", page),
        ("C++/_index.md", index),
        ("C/_index.md", index),
        ("C#/_index.md", index),
    ];
    let built = build(SETTINGS, &pages);
    assert!(built.published && built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let html = &built.files["zh-hans/index.html"];
    assert!(html.matches("href=\"/zh-hans/%E6%8C%87%E5%8D%97/\"").count() == 2, "{html}");
    assert!(html.contains("href=\"/zh-hans/c++/\"") && html.matches("my-").count() == 2, "{html}");
}
