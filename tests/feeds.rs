//! The feeds of each edition.

use crate::messages::says;
use crate::sites::{Built, Folder, SETTINGS, build};
use serde_json::Value;

const HOME: (&str, &str) = ("_index.md", "+++\ntitle = \"首页\"\n+++\n");

/// The texts of an element, or of an attribute that follows `mark`, in order.
fn all(text: &str, mark: &str, end: &str) -> Vec<String> {
    text.split(mark)
        .skip(1)
        .filter_map(|rest| rest.split_once(end))
        .map(|(text, _)| text.to_owned())
        .collect()
}

fn built(settings: &str, pages: &[(&str, &str)]) -> Built {
    let built = build(settings, &[&[HOME], pages].concat());
    assert!(built.published, "{:?}", built.diagnostics);
    built
}

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(&built.files[path]).expect("JSON")
}

#[test]
fn both_feeds_say_in_the_script_of_the_edition_what_a_page_says() {
    let page = "+++\ntitle = \"头发 & 干净\"\nbyline = [\"记者甲\", \"记者乙\"]\ndate = 2023-06-28\nupdated = 2023-06-29T08:00:00+08:00\nsummary = \"简要说明\"\ntags = [\"经济\", \"科技\"]\n+++\n\n头发，见[下文](b.md)与[外站](https://example.com/a?b&c)。\n\n## 标题\n";
    let settings = format!("{SETTINGS}description = \"说明\"\n");
    let built = built(&settings, &[("a.md", page), ("b.md", "+++\ntitle = \"乙\"\n+++\n")]);
    let atom = &built.files["zh-hant/feed.xml"];
    for part in [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-Hant\">",
        "<id>https://example.org/zh-hant/</id>",
        "<title>簡報</title>",
        "<subtitle>說明</subtitle>",
        "<updated>2023-06-29T08:00:00+08:00</updated>",
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/zh-hant/feed.xml\"/>",
        "<link rel=\"alternate\" type=\"text/html\" hreflang=\"zh-Hant\" href=\"https://example.org/zh-hant/\"/>",
        "<link rel=\"alternate\" type=\"application/feed+json\" hreflang=\"zh-Hant\" href=\"https://example.org/zh-hant/feed.json\"/>",
        "<link rel=\"alternate\" type=\"application/atom+xml\" hreflang=\"zh-Hans\" href=\"https://example.org/zh-hans/feed.xml\"/>",
        "<id>https://example.org/zh-hant/a/</id>",
        "<title>頭髮 &amp; 乾淨</title>",
        "<published>2023-06-28T00:00:00+08:00</published>",
        "<name>記者甲</name>",
        "<name>記者乙</name>",
        "<category term=\"經濟\"/>",
        "<summary>簡要說明</summary>",
        "<content type=\"html\">&lt;p id=\"p1\"&gt;頭髮，見&lt;a href=\"https://example.org/zh-hant/b/\"&gt;下文&lt;/a&gt;與&lt;a href=\"https://example.com/a?b&amp;amp;c\" rel=\"external\"&gt;外站&lt;/a&gt;。&lt;/p&gt;\n&lt;h2 id=\"标题\"&gt;標題&lt;/h2&gt;\n</content>",
    ] {
        let flat = |text: &str| text.replace("&quot;", "\"");
        assert!(flat(atom).contains(part), "{part}\n{atom}");
    }
    let feed = json(&built, "zh-hant/feed.json");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!((&feed["language"], &feed["title"]), (&"zh-Hant".into(), &"簡報".into()));
    assert_eq!(feed["feed_url"], "https://example.org/zh-hant/feed.json");
    assert_eq!(feed["authors"][0]["name"], "簡報");
    let item = &feed["items"][0];
    assert_eq!(item["id"], "https://example.org/zh-hant/a/");
    assert_eq!(item["title"], "頭髮 & 乾淨");
    assert_eq!(item["date_published"], "2023-06-28T00:00:00+08:00");
    assert_eq!(item["date_modified"], "2023-06-29T08:00:00+08:00");
    assert_eq!(item["authors"][1]["name"], "記者乙");
    assert_eq!(item["tags"], serde_json::json!(["經濟", "科技"]));
    let html = item["content_html"].as_str().expect("a body");
    assert!(html.contains("<a href=\"https://example.org/zh-hant/b/\">"), "{html}");
}

#[test]
fn the_newest_articles_come_first_and_undated_ones_and_sections_do_not_come() {
    let pages = [
        ("s/_index.md", "+++\ntitle = \"栏\"\ndate = 2030-01-01\n+++\n"),
        ("s/1.md", "+++\ntitle = \"一\"\ndate = 2023-06-28T23:30:00Z\n+++\n"),
        ("s/2.md", "+++\ntitle = \"二\"\ndate = 2023-06-29T07:00:00+08:00\n+++\n"),
        ("s/3.md", "+++\ntitle = \"三\"\nupdated = 2023-07-01\n+++\n"),
        ("s/4.md", "+++\ntitle = \"四\"\n+++\n"),
    ];
    let built = built(SETTINGS, &pages);
    let titles = all(&built.files["zh-hans/feed.xml"], "<title>", "</title>");
    assert_eq!(titles, ["简报", "三", "一", "二"]);
    let mut many: Vec<(String, String)> = Vec::new();
    for day in 1..=25 {
        many.push((format!("{day}.md"), format!("+++\ntitle = \"第{day}\"\ndate = 2023-06-{day:02}\n+++\n")));
    }
    let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let count = |settings: &str| {
        let built = build(settings, &[&[HOME], &many[..]].concat());
        built.files.get("zh-hans/feed.xml").map(|feed| feed.matches("<entry>").count())
    };
    assert_eq!(count(SETTINGS), Some(20));
    assert_eq!(count(&format!("{SETTINGS}[feeds]\nentries = 3\n")), Some(3));
    assert_eq!(count(&format!("{SETTINGS}[feeds]\nentries = 0\n")), None);
}

#[test]
fn a_feed_without_entries_has_the_date_of_its_site_or_of_the_build() {
    let dated = built(SETTINGS, &[("s/_index.md", "+++\ntitle = \"栏\"\ndate = 2020-02-03\n+++\n")]);
    let updated = |feed: &str| all(feed, "<updated>", "</updated>");
    assert_eq!(updated(&dated.files["zh-hans/feed.xml"]), ["2020-02-03T00:00:00+08:00"]);
    let site = Folder::new();
    assert_eq!(site.run(&["build", "--date", "2024-05-06"]).status, 0);
    assert_eq!(updated(&site.read("public/zh-hant/feed.xml")), ["2024-05-06T00:00:00+08:00"]);
    assert!(site.read("public/zh-hant/feed.json").contains("\"items\": []"));
}

#[test]
fn dates_stand_in_the_zone_of_the_site() {
    let settings = format!("{SETTINGS}time_zone = \"America/New_York\"\n");
    let built = built(&settings, &[("a.md", "+++\ntitle = \"甲\"\ndate = 2023-06-28\n+++\n")]);
    assert!(built.files["zh-hans/feed.xml"].contains("<published>2023-06-28T00:00:00-04:00</published>"));
}

#[test]
fn every_address_in_a_body_leads_from_a_feed_to_the_site() {
    let page = "+++\ntitle = \"甲\"\ndate = 2023-06-28\n+++\n\n[此处](#p2) [邮](mailto:a@example.org)\n\n<p><img src='/brief/x.png' srcset='/brief/x.png 1x, /brief/y.png 2x' alt=''><a href=\"?q=1\">问</a></p>\n\n注[^1]\n\n[^1]: 脚注\n";
    let settings = "title = \"简报\"\nbase_url = \"https://example.org/a&b/\"\n[markdown]\nraw_html = true\n[links]\nbroken = \"warn\"\n";
    let built = built(settings, &[("a.md", page)]);
    let feed = json(&built, "zh-hans/feed.json");
    let html = feed["items"][0]["content_html"].as_str().expect("a body").to_owned();
    let here = "https://example.org/a&amp;b/zh-hans/a/";
    for address in [
        format!("\"{here}#p2\""),
        format!("\"{here}#fn-1\""),
        format!("\"{here}?q=1\""),
        "\"mailto:a@example.org\"".to_owned(),
    ] {
        assert!(html.contains(&format!("href={address}")), "{address} in {html}");
    }
    let addresses = all(&html, "href=\"", "\"").into_iter().chain(all(&html, "src='", "'"));
    for address in addresses {
        assert!(address.starts_with("https://example.org/") || address.starts_with("mailto:"), "{address}");
    }
    assert_eq!(all(&html, "srcset='", "'").concat().matches("https://example.org/").count(), 2, "{html}");
}

#[test]
fn what_xml_cannot_hold_is_left_out() {
    let built = built(SETTINGS, &[("a.md", "+++\ntitle = \"甲\"\ndate = 2023-06-28\n+++\n\n字\u{1}字\n")]);
    let atom = &built.files["zh-hans/feed.xml"];
    assert!(atom.contains("字字") && !atom.contains('\u{1}'), "{atom}");
}

#[test]
fn a_long_body_is_left_to_its_page() {
    let page = format!(
        "+++\ntitle = \"甲\"\ndate = 2023-06-28\nsummary = \"概要\"\n+++\n\n{}\n",
        "字".repeat(40_000)
    );
    let built = built(SETTINGS, &[("a.md", &page)]);
    assert!(!built.files["zh-hans/feed.xml"].contains("<content"));
    let item = &json(&built, "zh-hans/feed.json")["items"][0];
    assert_eq!((item.get("content_html"), &item["content_text"]), (None, &"概要".into()));
}

#[test]
fn pages_of_an_edition_announce_its_feeds() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"甲\"\naliases = [\"/old/\"]\n+++\n");
    assert_eq!(site.run(&["build"]).status, 0);
    let page = site.read("public/zh-hant/a/index.html");
    for line in [
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"簡報\" href=\"/zh-hant/feed.xml\">",
        "<link rel=\"alternate\" type=\"application/feed+json\" title=\"簡報\" href=\"/zh-hant/feed.json\">",
    ] {
        assert!(page.contains(line), "{page}");
    }
    for path in ["index.html", "404.html", "old/index.html"] {
        assert!(!site.read(&format!("public/{path}")).contains("feed."), "{path} belongs to no edition");
    }
    site.write("site.toml", format!("{SETTINGS}[feeds]\nentries = 0\n"));
    assert_eq!(site.run(&["build"]).status, 0);
    assert!(!site.read("public/zh-hant/a/index.html").contains("feed."));
}

#[test]
fn a_number_of_entries_that_is_none() {
    says(
        "site.toml",
        &format!("{SETTINGS}[feeds]\nentries = 1000\n"),
        "
error[feeds]: `entries` cannot be 1000: a feed lists at most 100 pages
  --> site.toml:4:11
  |
4 | entries = 1000
  |           ^^^^
  = help: write how many of the newest pages it lists, such as 20, or 0 for a site without feeds
",
    );
}

#[test]
fn a_file_in_the_place_of_a_feed() {
    let site = Folder::new();
    site.write("static/zh-hans/feed.xml", "<feed/>");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("zh-hans/feed.xml"), "{}", ran.stderr);
}
