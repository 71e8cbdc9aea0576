//! Links between sources, resolved to the same edition; links that lead nowhere.

use crate::sites::{Built, SETTINGS, build};

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
fn an_image_that_is_a_page() {
    broken_image("30-two.md");
}

fn broken_image(destination: &str) {
    let built = site(&format!("![图]({destination})"));
    assert!(!built.published);
    assert_eq!(built.diagnostics[0].code, "broken-link");
}

#[test]
fn the_house_may_take_broken_links_as_warnings() {
    let built = site_with("[links]\nbroken = \"warn\"\n", "[去](nowhere.md)");
    assert!(built.published);
    assert_eq!(built.diagnostics.len(), 1);
    let built = site_with("[links]\nbroken = \"warn\"\n", "[去](javascript:alert)");
    assert!(!built.published, "a scheme that is not let through is never a warning");
}
