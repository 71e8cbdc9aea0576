//! Pages that no document opens: tags, the archive, the further parts of a long section.

use crate::sites::{Folder, SETTINGS};
use serde_json::Value;

fn page(site: &Folder, path: &str, front: &str) {
    site.write(&format!("content/{path}"), format!("+++\ntitle = \"{path}\"\n{front}+++\n\n一段正文。\n"));
}

fn main_of(html: &str) -> &str {
    html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default()
}

/// The addresses in the main part of a page.
fn links(html: &str) -> Vec<&str> {
    main_of(html).split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn built(site: &Folder) {
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
}

/// The data that a page holds for machines, by type.
fn node(html: &str, kind: &str) -> Value {
    let data = html.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: Value = serde_json::from_str(data.expect("data")).expect("JSON");
    let nodes = data["@graph"].as_array().expect("a list").clone();
    nodes.into_iter().find(|node| node["@type"] == kind).unwrap_or_else(|| panic!("no {kind} in {data}"))
}

#[test]
fn a_tag_is_one_tag_in_whichever_script_it_is_written() {
    let site = Folder::new();
    page(&site, "a.md", "tags = [\"数字经济\", \"DTC\"]\ndate = 2023-05-01\n");
    page(&site, "b.md", "tags = [\"數字經濟\"]\ndate = 2023-06-01\n");
    page(&site, "c.md", "tags = [\"dtc\", \"数字经济\"]\n");
    built(&site);
    let tag = site.read("public/zh-hant/tags/数字经济/index.html");
    assert!(
        tag.contains("<h1>數字經濟</h1>") && tag.contains("<title>標籤：數字經濟 - 簡報</title>"),
        "{tag}"
    );
    assert_eq!(links(&tag), ["/zh-hant/b/", "/zh-hant/a/", "/zh-hant/c/"], "the newest first, undated last");
    assert!(tag.contains(
        "hreflang=\"zh-Hans\" href=\"https://example.org/zh-hans/tags/%E6%95%B0%E5%AD%97%E7%BB%8F%E6%B5%8E/\""
    ));
    let index = site.read("public/zh-hans/tags/index.html");
    assert_eq!(links(&index), ["/zh-hans/tags/dtc/", "/zh-hans/tags/%E6%95%B0%E5%AD%97%E7%BB%8F%E6%B5%8E/"]);
    assert!(index.contains(">数字经济 <span>3</span>"), "{index}");
    let article = site.read("public/zh-hans/b/index.html");
    assert!(article.contains(
        "<a href=\"/zh-hans/tags/%E6%95%B0%E5%AD%97%E7%BB%8F%E6%B5%8E/\" rel=\"tag\">数字经济</a>"
    ));
    assert!(site.read("public/sitemap.xml").contains("/zh-hant/tags/dtc/"));
}

#[test]
fn an_edition_has_the_tags_of_its_own_pages() {
    let site = Folder::new();
    site.write(
        "site.toml",
        format!("{SETTINGS}[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"en\"\n"),
    );
    site.write("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\n");
    page(&site, "a.md", "tags = [\"经济\"]\n");
    page(&site, "a.en.md", "tags = [\"economy\"]\n");
    page(&site, "b.md", "tags = [\"芯片\"]\n");
    built(&site);
    let files = site.tree("public");
    assert!(
        files.contains_key("en/tags/economy/index.html") && !files.contains_key("en/tags/芯片/index.html")
    );
    // The switch leads to the list of all tags where the other edition does not have this one.
    let tag = site.read("public/zh-hans/tags/芯片/index.html");
    assert!(tag.contains("<a href=\"/en/tags/\" lang=\"en\" hreflang=\"en\">English</a>"), "{tag}");
    assert!(!tag.contains("<link rel=\"alternate\" hreflang=\"en\""));
}

#[test]
fn two_tags_with_one_address_have_two() {
    let site = Folder::new();
    page(&site, "a.md", "tags = [\"甲/乙\", \"甲 乙\", \"！\"]\n");
    built(&site);
    let index = site.read("public/zh-hans/tags/index.html");
    let mut routes = links(&index);
    routes.sort_unstable();
    assert_eq!(
        routes,
        ["/zh-hans/tags/%E7%94%B2-%E4%B9%99-2/", "/zh-hans/tags/%E7%94%B2-%E4%B9%99/", "/zh-hans/tags/tag/"]
    );
}

#[test]
fn a_long_section_is_divided() {
    let site = Folder::new();
    site.write("site.toml", format!("{SETTINGS}[lists]\nper_page = 2\n"));
    site.write("content/a/_index.md", "+++\ntitle = \"栏目甲\"\n+++\n\n栏目的话。\n");
    for number in 1..=5 {
        page(&site, &format!("a/{number}0-p{number}.md"), "");
    }
    built(&site);
    let first = site.read("public/zh-hans/a/index.html");
    assert!(first.contains("栏目的话。"));
    let pager = "<a href=\"/zh-hans/a/\" aria-current=\"page\">1</a></li>\n<li><a href=\"/zh-hans/a/page/2/\">2</a></li>\n<li><a href=\"/zh-hans/a/page/3/\">3</a></li>\n<li><a rel=\"next\" href=\"/zh-hans/a/page/2/\">下一页</a>";
    assert!(first.contains(pager), "{first}");
    assert!(first.contains("/zh-hans/a/p2/") && !main_of(&first).contains("/zh-hans/a/p3/"));
    let last = site.read("public/zh-hant/a/page/3/index.html");
    assert!(last.contains("<title>欄目甲（第3頁） - 簡報</title>") && !last.contains("欄目的話"), "{last}");
    assert_eq!(links(&last).first(), Some(&"/zh-hant/a/p5/"));
    assert!(last.contains("<link rel=\"canonical\" href=\"https://example.org/zh-hant/a/page/3/\">"));
    assert!(last.contains("<a href=\"/zh-hans/a/page/3/\" lang=\"zh-Hans\""), "the switch keeps the part");
    let items = node(&last, "BreadcrumbList")["itemListElement"].as_array().map(Vec::len);
    assert_eq!(items, Some(3));
}

#[test]
fn all_entries_stand_on_one_page_where_the_house_wants_it() {
    let site = Folder::new();
    site.write("site.toml", format!("{SETTINGS}[lists]\nper_page = 0\ntags = false\narchive = false\n"));
    site.write("content/a/_index.md", "+++\ntitle = \"栏目甲\"\n+++\n");
    for number in 10..40 {
        page(&site, &format!("a/p{number}.md"), "tags = [\"经济\"]\ndate = 2023-06-01\n");
    }
    built(&site);
    let section = site.read("public/zh-hans/a/index.html");
    assert!(section.contains("/zh-hans/a/p39/") && !section.contains("class=\"pager\""));
    assert!(!section.contains("/tags/") && !section.contains("/archive/"));
    let files = site.tree("public");
    assert!(!files.keys().any(|path| path.contains("/tags/") || path.contains("/archive/")));
    // A front page shows the beginning of a section and leads to the rest.
    let home = site.read("public/zh-hans/index.html");
    assert_eq!(links(&home).iter().filter(|link| link.starts_with("/zh-hans/a/p")).count(), 6);
    assert!(home.contains("<a href=\"/zh-hans/a/\">共30篇</a>"), "{home}");
}

#[test]
fn the_archive_is_by_month_and_the_newest_first() {
    let site = Folder::new();
    site.write(
        "site.toml",
        format!(
            "{SETTINGS}[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"zh-Hant-TW\"\ndates = \"roc\"\n"
        ),
    );
    page(&site, "a.md", "date = 2023-05-01\n");
    page(&site, "b.md", "date = 2023-06-02T08:00:00+08:00\n");
    page(&site, "c.md", "date = 2023-06-01\n");
    page(&site, "d.md", "");
    built(&site);
    let archive = site.read("public/zh-hant-tw/archive/index.html");
    assert_eq!(links(&archive), ["/zh-hant-tw/b/", "/zh-hant-tw/c/", "/zh-hant-tw/a/"]);
    let months: Vec<&str> =
        archive.split("<h2 id=\"").skip(1).filter_map(|rest| rest.split("</h2>").next()).collect();
    assert_eq!(months, ["m2023-06\">民國112年6月", "m2023-05\">民國112年5月"]);
    assert!(archive.contains("<time datetime=\"2023-06-02T08:00:00+08:00\">民國112年6月2日</time>"));
}

#[test]
fn a_folder_of_the_site_where_a_list_would_be_is_said() {
    let site = Folder::new();
    site.write("content/tags/_index.md", "+++\ntitle = \"标签\"\n+++\n");
    page(&site, "a.md", "tags = [\"经济\"]\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("tags = false below [lists]")
            && ran.stderr.contains("--> content/tags/_index.md"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_article_says_to_machines_what_it_is() {
    let site = Folder::new();
    site.write("content/a/_index.md", "+++\ntitle = \"栏目\"\n+++\n");
    let front = "date = 2023-06-28T10:00:00Z\nupdated = 2023-07-01\nbyline = [\"王小明\", \"编辑部\"]\ntags = [\"经济\"]\n";
    page(&site, "a/p.md", front);
    page(&site, "q.md", "");
    built(&site);
    let html = site.read("public/zh-hant/a/p/index.html");
    let article = node(&html, "NewsArticle");
    for (key, expected) in [
        ("headline", "a/p.md"),
        ("datePublished", "2023-06-28T18:00:00+08:00"),
        ("dateModified", "2023-07-01T00:00:00+08:00"),
        ("inLanguage", "zh-Hant"),
        ("mainEntityOfPage", "https://example.org/zh-hant/a/p/"),
        ("articleSection", "欄目"),
    ] {
        assert_eq!(article[key], expected, "{key}");
    }
    assert_eq!(article["author"][0]["@type"], "Person");
    assert_eq!(article["author"][1]["name"], "編輯部");
    assert_eq!(article["translationOfWork"]["url"], "https://example.org/zh-hans/a/p/");
    let original = node(&site.read("public/zh-hans/a/p/index.html"), "NewsArticle");
    assert_eq!(original["workTranslation"][0]["inLanguage"], "zh-Hant");
    // The day of the newest page stands in for one that is not said.
    let undated = node(&site.read("public/zh-hans/q/index.html"), "NewsArticle");
    assert_eq!(undated["datePublished"], "2023-07-01T00:00:00+08:00");
    node(&site.read("public/zh-hans/index.html"), "WebSite");
    node(&site.read("public/zh-hans/a/index.html"), "CollectionPage");
}
