//! What a front matter means, whichever tool it was written for; and what takes its place where there is none.

use crate::sites::{Built, Folder, SETTINGS, build_with};

const HOME: (&str, &str) = ("_index.md", "+++\ntitle = \"首\"\n+++\n");

/// A site of one page, which prints `template`.
fn built(settings: &str, page: &str, template: &str) -> Built {
    let templates = [
        ("home.html", "{% for p in page.pages %}{{ p.title }}|{{ p.summary }};{% endfor %}"),
        ("section.html", ""),
        ("page.html", template),
        ("redirect.html", "{{ target.url }}"),
        ("entry.html", ""),
        ("404.html", ""),
    ];
    build_with(settings, &[HOME, ("a.md", page)], &templates)
}

/// What the Traditional page prints with `template`; nothing is said.
#[track_caller]
fn prints(page: &str, template: &str, expected: &str) {
    let built = built(SETTINGS, page, template);
    assert!(built.published && built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    assert_eq!(built.files["zh-hant/a/index.html"].trim(), expected, "{page}");
}

/// What a line of a front matter in YAML prints.
#[track_caller]
fn yaml(line: &str, template: &str, expected: &str) {
    prints(&format!("---\ntitle: 题\n{line}\n---\n\n文。\n"), template, expected);
}

#[track_caller]
fn toml(line: &str, template: &str, expected: &str) {
    prints(&format!("+++\ntitle = \"题\"\n{line}\n+++\n\n文。\n"), template, expected);
}

const DATE: &str = "{{ page.date.iso }} {{ page.date.text }}";

#[test]
fn dates_of_every_kind() {
    let day = "2023-06-28 2023年6月28日";
    for line in ["date = 2023-06-28", "date = \"2023-06-28\"", "date = \"2023/6/28\""] {
        toml(line, DATE, day);
    }
    let morning = "2023-06-28T10:00:00+08:00 2023年6月28日";
    for line in [
        "date = 2023-06-28T10:00:00",
        "date = 2023-06-28 10:00:00.250",
        "date = 2023-06-28T10:00:00+08:00",
        "date = 2023-06-28T02:00:00Z",
    ] {
        toml(line, DATE, morning);
    }
    for line in ["date: 2023-06-28", "date: '2023-06-28'", "date: 2023/06/28", "date: 2023-6-28"] {
        yaml(line, DATE, day);
    }
    for line in [
        "date: 2023-06-28 10:00",
        "date: 2023-06-28 10:00:00",
        "date: \"2023-06-28T10:00:00+08:00\"",
        "date: 2023-06-28 10:00:00 +0800",
        "date: 2023-06-27 22:00:00 -04:00",
        "date: 2023/06/28 10:00:00",
    ] {
        yaml(line, DATE, morning);
    }
    // The day of the site's readers, not that of the author's clock.
    yaml("date: 2023-06-28T20:00:00Z", DATE, "2023-06-29T04:00:00+08:00 2023年6月29日");
    yaml("date: 9999-12-31 23:00", DATE, "9999-12-31 9999年12月31日");
}

#[test]
fn a_time_without_an_offset_is_the_sites() {
    let page = "+++\ntitle = \"题\"\ndate = 2023-07-01T10:00:00\nupdated = 2023-12-01T10:00:00Z\n+++\n";
    for (zone, date, updated) in [
        ("+05:30", "2023-07-01T10:00:00+05:30", "2023-12-01T15:30:00+05:30"),
        ("Asia/Taipei", "2023-07-01T10:00:00+08:00", "2023-12-01T18:00:00+08:00"),
        ("America/New_York", "2023-07-01T10:00:00-04:00", "2023-12-01T05:00:00-05:00"),
        ("Australia/Sydney", "2023-07-01T10:00:00+10:00", "2023-12-01T21:00:00+11:00"),
        ("UTC", "2023-07-01T10:00:00+00:00", "2023-12-01T10:00:00+00:00"),
    ] {
        let settings = format!("{SETTINGS}time_zone = \"{zone}\"\n");
        let built = built(&settings, page, "{{ page.date.iso }} {{ page.updated.iso }}");
        assert_eq!(built.files["zh-hant/a/index.html"], format!("{date} {updated}"));
    }
}

#[test]
fn free_values_keep_a_date_as_it_is_written() {
    toml(
        "[extra]\na = 2023-06-28\nb = 2023-06-28T10:00:00Z",
        "{{ page.extra.a }} {{ page.extra.b }}",
        "2023-06-28 2023-06-28T10:00:00+00:00",
    );
}

#[test]
fn keys_of_other_tools() {
    let updated = "{{ page.updated.iso }}";
    for key in ["updated", "lastmod", "lastMod", "modified", "last_modified_at"] {
        yaml(&format!("{key}: 2023-06-28"), updated, "2023-06-28");
        toml(&format!("{key} = 2023-06-28"), updated, "2023-06-28");
    }
    for key in ["date", "publishDate", "pubDate", "published"] {
        yaml(&format!("{key}: 2023-06-28"), "{{ page.date.iso }}", "2023-06-28");
    }
    for key in ["summary", "description", "excerpt"] {
        yaml(&format!("{key}: 发展"), "{{ page.summary }}", "發展");
        toml(&format!("{key} = \"发展\""), "{{ page.summary }}", "發展");
    }
    let both = "summary: 发展\ndescription: 给搜索引擎的一句话，够长。";
    yaml(both, "{{ page.summary }}|{{ page.description }}", "發展|給搜索引擎的一句話，夠長。");
    yaml(
        "updated: 2023-06-28\nlastmod: 2022-01-01",
        "{{ page.updated.iso }}{{ page.extra.lastmod }}",
        "2023-06-282022-01-01",
    );
}

#[test]
fn who_wrote_it() {
    let names = "{% for name in page.byline %}[{{ name }}]{% endfor %}";
    yaml("author: 张三", names, "[張三]");
    yaml("authors: [张三, 李四]", names, "[張三][李四]");
    yaml("authors:\n  - name: 张三\n    url: https://example.org\n  - 李四", names, "[張三][李四]");
    yaml("author:\n  name: 张三\n  email: a@example.org", names, "[張三]");
    yaml("author: false", names, "");
    yaml("byline: 张三\nauthor: 李四", names, "[張三]");
    toml("authors = [\"张三\"]", names, "[張三]");
    toml("[[author]]\nname = \"张三\"", names, "[張三]");
}

#[test]
fn tags_and_categories() {
    let tags = "{% for tag in page.tags %}[{{ tag }}]{% endfor %}";
    yaml("tags: [数据, 发展]", tags, "[數據][發展]");
    yaml("tags: 数据, 发展", tags, "[數據][發展]");
    yaml("tags: 数据、发展", tags, "[數據][發展]");
    yaml("tags: machine learning", tags, "[machine learning]");
    yaml("tags:", tags, "");
    yaml("tags: []", tags, "");
    yaml("tag:\n  - 2023\n  - 数据\ncategory: 发展", tags, "[2023][數據][發展]");
    yaml("tags: [数据]\ncategories:\n  - [数据, 发展]\n  - 后端", tags, "[數據][發展][後端]");
    toml("[taxonomies]\ntags = [\"数据\"]\ncategories = [\"发展\"]\nseries = [\"一\"]", tags, "[數據][發展]");
    toml("categories = [\"发展\"]", tags, "[發展]");
    yaml("tags: -{zh-hans:甲,乙;zh-hant:丙,丁}-", tags, "[丙,丁]");
}

#[test]
fn what_only_other_tools_know_is_there_for_templates() {
    yaml(
        "cover: /图/发.png\nicon: star\nstar: 2\nhead:\n  - - meta\n    - name: keywords\n      content: 发展",
        "{{ page.extra.cover }} {{ page.extra.icon }} {{ page.extra.star }} {{ page.extra.head[0][1].content }}",
        "/图/发.png star 2 發展",
    );
    yaml("toc: true\nextra:\n  toc: false", "{{ page.extra.toc }}", "false");
    toml(
        "template = \"blog.html\"\n[params]\nnote = \"发展\"",
        "{{ page.extra.template }} {{ page.extra.params.note }}",
        "blog.html 發展",
    );
}

#[test]
fn places_among_neighbours() {
    let page = |line: &str, title: &str| format!("---\ntitle: {title}\n{line}\n---\n");
    let pages = [
        ("b.md", page("order: 1.5", "二")),
        ("c.md", page("nav_order: 2", "三")),
        ("d.md", page("sidebar_position: -1", "一")),
        ("e.md", page("order: false", "五")),
        ("f.md", page("weight: 3", "四")),
    ];
    let mut all = vec![HOME];
    all.extend(pages.iter().map(|(path, text)| (*path, text.as_str())));
    let list = "{% for p in page.pages %}{{ p.title }}{% endfor %}";
    let templates =
        [("home.html", list), ("section.html", ""), ("page.html", ""), ("entry.html", ""), ("404.html", "")];
    let built = build_with(SETTINGS, &all, &templates);
    assert_eq!(built.files["zh-hans/index.html"], "一二三四五", "{:?}", built.diagnostics);
}

#[test]
fn newer_pages_come_first_by_their_instants() {
    let page = |date: &str, title: &str| format!("---\ntitle: {title}\ndate: {date}\n---\n");
    let pages = [
        ("b.md", page("2023-06-28T23:00:00Z", "一")),
        ("c.md", page("2023-06-29 06:00", "二")),
        ("d.md", page("2023-06-29", "三")),
        ("e.md", page("2023-06-28 23:59", "四")),
    ];
    let mut all = vec![HOME];
    all.extend(pages.iter().map(|(path, text)| (*path, text.as_str())));
    let list = "{% for p in page.pages %}{{ p.title }}{% endfor %}";
    let templates =
        [("home.html", list), ("section.html", ""), ("page.html", ""), ("entry.html", ""), ("404.html", "")];
    assert_eq!(build_with(SETTINGS, &all, &templates).files["zh-hans/index.html"], "一二三四");
}

const WHOLE: &str = "{{ page.title }}|{{ page.content }}";

#[test]
fn the_first_heading_is_the_title_where_no_other_is_given() {
    let body = "<p id=\"p1\">文。</p>";
    prints("# 头**发**展\n\n文。\n", WHOLE, &format!("頭發展|{body}"));
    prints("---\ndate: 2023-06-28\n---\n\n# 头发\n\n文。\n", WHOLE, &format!("頭髮|{body}"));
    prints("---\ntitle:\n---\n# 头发\n\n文。\n", WHOLE, &format!("頭髮|{body}"));
    prints("头发\n===\n\n文。\n", WHOLE, &format!("頭髮|{body}"));
    prints("+++\n+++\n# 用 `头发` 写 {#id}\n\n文。\n", WHOLE, &format!("用 頭髮 寫|{body}"));
    prints("# -{zh-hans:甲;zh-hant:乙}-\n\n文。\n", WHOLE, &format!("乙|{body}"));
    prints("\n\n---\ntitle: 题\n---\n文。\n", WHOLE, &format!("題|{body}"));
    let second = "<div class=\"heading\"><h3 id=\"二\">二</h3>";
    let built = built(SETTINGS, "> # 引\n\n# 一\n\n## 二\n", WHOLE);
    let html = &built.files["zh-hans/a/index.html"];
    assert!(html.starts_with("一|<blockquote>") && html.contains(second), "{html}");
}

#[test]
fn a_link_to_the_heading_that_is_the_title_leads_to_the_top() {
    prints("# 头 发\n\n[上](#头-发)\n", "{{ page.content }}", "<p id=\"p1\"><a href=\"#top\">上</a></p>");
}

#[test]
fn a_title_found_in_the_body_is_reviewed_in_its_place() {
    let site = Folder::new();
    site.write("site.toml", format!("{SETTINGS}[[editions]]\ntag = \"zh-Hant-TW\"\n"));
    site.write("content/a.md", "# 开发软件\n\n文。\n");
    let said = site.run(&["review", "--by", "file"]).stdout;
    assert!(said.contains("content/a.md\n  1:5 "), "{said}");
    assert_eq!(said.matches("软件").count(), 2, "{said}");
}

#[test]
fn what_a_list_shows_of_a_page() {
    let shows = |page: &str, expected: &str| {
        for raw_html in ["", "[markdown]\nraw_html = true\n"] {
            let built = built(&format!("{SETTINGS}{raw_html}"), page, "{{ page.content }}");
            assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
            assert_eq!(built.files["zh-hant/index.html"], format!("題|{expected};"), "{page}");
            assert!(!built.files["zh-hant/a/index.html"].contains("<!--"), "no trace");
        }
    };
    let front = "---\ntitle: 题\n---\n";
    shows(&format!("{front}头**发**。\n\n<!-- more -->\n\n干净。\n"), "頭髮。");
    shows(&format!("{front}头发\n\n- 干净\n- `发` 展\n\n<!--more-->\n\n下文。\n"), "頭髮，乾淨，發 展");
    shows(&format!("{front}头发。<!-- more -->干净。\n\n下文。\n"), "頭髮。");
    shows(&format!("{front}## 节\n\nOne.\n\nTwo\n<!-- More -->\nThree\n"), "One. Two");
    shows(&format!("{front}<!-- more -->\n\n头发。\n"), "頭髮。");
    shows(&format!("{front}头发。\n\n干净。\n"), "頭髮。");
    shows("---\ntitle: 题\nsummary: 说明\n---\n头发。\n\n<!-- more -->\n", "說明");
    let long = "这一句话正好有十个字。".repeat(15);
    let built = built(SETTINGS, &format!("{front}{long}\n"), "");
    let list = &built.files["zh-hans/index.html"];
    assert!(list.ends_with("十个字。;") && (100..=125).contains(&list.chars().count()), "{list}");
}

#[test]
fn length_and_reading_time() {
    let says = |body: &str, expected: &str| {
        prints(
            &format!("---\ntitle: 题\n---\n{body}\n"),
            "{{ page.characters }} {{ page.minutes }}",
            expected,
        );
    };
    says("头发", "2 1");
    says(
        &format!(
            "{}\n\n    {}\n\n```\n{}\n```\n\n`代码`",
            "字".repeat(400),
            "码".repeat(900),
            "code ".repeat(900)
        ),
        "400 1",
    );
    says(&"字".repeat(401), "401 2");
    says(&"word ".repeat(400), "400 2");
    says(&format!("{} {}", "字".repeat(399), "word ".repeat(199)), "598 2");
}

#[test]
fn pages_of_a_later_day_wait() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"甲\"\ndate = 2026-12-01\n+++\n");
    site.write("content/b.md", "---\ntitle: 乙\ndate: 2026-11-30T20:00:00Z\n---\n");
    site.write("content/c.md", "---\ntitle: 丙\ndate: 2026-01-01\npublishDate: 2026-12-02\n---\n");
    site.write("content/d.md", "---\ntitle: 丁\npublished: false\n---\n");
    site.write("content/e/_index.md", "---\ntitle: 戊\ndate: 2027-01-01\n---\n");
    site.write("content/e/f.md", "---\ntitle: 己\n---\n");
    let pages = |args: &[&str], epoch: Option<&str>| {
        let mut command = crate::sites::jianbao();
        command.current_dir(site.root()).arg("build").args(args);
        command.envs(epoch.map(|epoch| ("SOURCE_DATE_EPOCH", epoch)));
        let said = String::from_utf8(command.output().expect("jianbao runs").stdout).expect("UTF-8");
        let left_out = said.trim().split_once("; ").map_or("", |(_, left_out)| left_out);
        format!("{} {left_out}", said.split(':').next().unwrap_or_default())
    };
    let none = "1 page in 2 editions left out: 1 draft, 5 pages of a later day";
    assert_eq!(pages(&["--date", "2026-11-30"], None), none);
    assert_eq!(
        pages(&["--date", "2026-12-01"], None),
        "3 pages in 2 editions left out: 1 draft, 3 pages of a later day"
    );
    assert_eq!(
        pages(&["--date", "2026-12-02"], Some("0")),
        "4 pages in 2 editions left out: 1 draft, 2 pages of a later day"
    );
    assert_eq!(pages(&["--date", "2027-01-01"], None), "6 pages in 2 editions left out: 1 draft");
    assert_eq!(pages(&["--drafts"], Some("0")), "7 pages in 2 editions ");
    // 2026-11-30T15:59:59Z and a second later, which is the next day at the site.
    assert_eq!(pages(&[], Some("1796054399")), none);
    assert_eq!(
        pages(&[], Some("1796054400")),
        "3 pages in 2 editions left out: 1 draft, 3 pages of a later day"
    );
    for (path, bytes) in site.tree("public") {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("2026-11-30T15"),
            "{path} shows the day of the build"
        );
    }
}

#[test]
fn check_and_review_know_the_day() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"甲\"\ndate = 2026-12-01\n+++\n\n[没有](x.md)\n");
    assert_eq!(site.run(&["check", "--date", "2026-11-30"]).status, 0);
    assert_eq!(site.run(&["check", "--date", "2026-12-01"]).status, 1);
    assert_eq!(site.run(&["review", "--date", "2026-11-30"]).status, 0);
    assert_eq!(site.run(&["review", "--drafts"]).status, 1);
}

/// Where a redirect leads, by the files of a page with such a line.
#[track_caller]
fn leads(page: &str, expected: &[(&str, &str)]) {
    let built = built(SETTINGS, page, "");
    assert!(built.published && built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let is_page =
        |path: &&String| path.ends_with(".html") && !matches!(path.as_str(), "index.html" | "404.html");
    let own = ["zh-hans/index.html", "zh-hant/index.html", "zh-hans/a/index.html", "zh-hant/a/index.html"];
    let found: Vec<(&str, &str)> = (built.files.iter())
        .filter(|(path, _)| is_page(path) && !path.starts_with("compare/") && !own.contains(&path.as_str()))
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert_eq!(found, expected);
    assert!(!built.files["sitemap.xml"].contains("old"), "an alias is no page");
}

#[test]
fn aliases_lead_to_the_page() {
    let page = |line: &str| format!("---\ntitle: 题\n{line}\n---\n");
    leads(&page("aliases: /old/"), &[("old/index.html", "/zh-hans/a/")]);
    leads(
        &page("aliases: [/2020/old.html, /zh-hant/old]"),
        &[("2020/old.html", "/zh-hans/a/"), ("zh-hant/old/index.html", "/zh-hant/a/")],
    );
    leads(
        &page("aliases: [old/]"),
        &[("zh-hans/old/index.html", "/zh-hans/a/"), ("zh-hant/old/index.html", "/zh-hant/a/")],
    );
    leads(&page("aliases: [/old/%E6%96%B0/, /old/新]"), &[("old/新/index.html", "/zh-hans/a/")]);
    leads(
        &page("redirect_from: old\npermalink: /old\nurl: /old2/"),
        &[("old/index.html", "/zh-hans/a/"), ("old2/index.html", "/zh-hans/a/")],
    );
    leads(&page("aliases:\npermalink: ''"), &[]);
}

#[test]
fn a_redirect_is_a_page_of_its_own() {
    let site = Folder::new();
    site.write(
        "content/a.md",
        "+++\ntitle = \"头发 & <净>\"\naliases = [\"/old/\", \"/zh-hant/old/\"]\n+++\n",
    );
    let ran = site.run(&["build", "--base-url", "https://example.org/brief/"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let html = site.read("public/zh-hant/old/index.html");
    for part in [
        "<html lang=\"zh-Hant\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=/brief/zh-hant/a/\">",
        "<meta name=\"robots\" content=\"noindex\">",
        "<link rel=\"canonical\" href=\"https://example.org/brief/zh-hant/a/\">",
        "<a href=\"/brief/zh-hant/a/\">頭髮 &amp; &lt;淨&gt;</a>",
        "此頁已移到新的地址",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("<script") && !html.contains("hreflang"), "{html}");
    assert!(site.read("public/old/index.html").contains("<html lang=\"zh-Hans\">"));
}

#[test]
fn a_link_to_an_alias_leads_to_the_page_itself() {
    let home = "+++\ntitle = \"首\"\n+++\n[一](/2020/old.html#p1) [二](/old/) [三](old)\n";
    let page = "---\ntitle: 题\naliases: [/2020/old.html, old]\n---\n\n文。\n";
    let built = crate::sites::build_with(
        SETTINGS,
        &[("_index.md", home), ("a.md", page)],
        &[
            ("home.html", "{{ page.content }}"),
            ("section.html", ""),
            ("page.html", ""),
            ("redirect.html", ""),
            ("entry.html", ""),
            ("404.html", ""),
        ],
    );
    assert!(built.published, "{:?}", built.diagnostics);
    let html = &built.files["zh-hant/index.html"];
    assert!(html.contains("\"/zh-hant/a/#p1\"") && html.matches("\"/zh-hant/a/\"").count() == 2, "{html}");
}

/// The pages that a content tree of such files gives, without the home page and the search page.
#[track_caller]
fn tree(files: &[&str], expected: &[&str]) -> Folder {
    let site = Folder::new();
    for file in files {
        site.write(&format!("content/{file}"), format!("# 《{file}》\n\n文。\n"));
    }
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let tree = site.tree("public/zh-hans");
    let mut pages: Vec<&str> = tree.keys().filter_map(|path| path.strip_suffix("/index.html")).collect();
    pages.retain(|page| *page != "search");
    pages.sort_unstable();
    assert_eq!(pages, expected);
    site
}

#[test]
fn a_folder_is_opened_by_the_index_it_has() {
    let section = |site: &Folder, route: &str| {
        site.read(&format!("public/zh-hans/{route}/index.html")).contains("<body class=\"section\">")
    };
    let site = tree(&["guide/README.md", "guide/start.md"], &["guide", "guide/start"]);
    assert!(section(&site, "guide"));
    let site = tree(&["10-guide/index.md", "10-guide/a/b.md"], &["guide", "guide/a", "guide/a/b"]);
    assert!(section(&site, "guide") && section(&site, "guide/a"));
    let site = tree(&["post/hello/index.md", "post/_index.md"], &["post", "post/hello"]);
    assert!(section(&site, "post") && !section(&site, "post/hello"));
    let site = tree(&["guide/readme.md", "guide/_index.md"], &["guide", "guide/readme"]);
    assert!(site.read("public/zh-hans/guide/index.html").contains("《guide/_index.md》"));
}

#[test]
fn the_files_of_a_page_in_a_folder_stay_beside_it() {
    let site = Folder::new();
    site.write("content/post/hello/index.md", "# 题\n\n![图](a.png)\n");
    site.write("content/post/hello/a.png", crate::sites::DOT);
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(site.read("public/zh-hant/post/hello/index.html").contains("src=\"/zh-hant/post/hello/a.png\""));
}

#[test]
fn a_folder_without_an_index_is_a_section_of_its_name() {
    let site = tree(&["20-数据-结构/树.md", "x/y/z.md"], &["x", "x/y", "x/y/z", "数据-结构", "数据-结构/树"]);
    let page = site.read("public/zh-hant/数据-结构/index.html");
    assert!(page.contains("<h1>數據 結構</h1>") && page.contains("《20-數據-結構/樹.md》"), "{page}");
    // Nothing is left of it when none of its pages is published.
    site.write("content/x/y/z.md", "---\ntitle: 题\ndate: 2999-01-01\n---\n");
    assert_eq!(site.run(&["build"]).status, 0);
    assert!(!site.path("public/zh-hans/x").exists());
    assert!(!site.read("public/zh-hans/index.html").contains("/zh-hans/x/"));
}

#[test]
fn a_section_that_says_nothing_is_described_by_its_pages() {
    let site = tree(&["数据/树.md", "数据/图.md"], &["数据", "数据/图", "数据/树"]);
    let page = site.read("public/zh-hant/数据/index.html");
    assert!(page.contains("<meta name=\"description\" content=\"數據，《數據/圖.md》\">"), "{page}");
}

#[test]
fn an_index_without_a_title_is_called_what_it_opens() {
    let site = Folder::new();
    site.write("content/_index.md", "<!-- x -->\n字\n");
    site.write("content/10-发展_规划/README.md", "![图](a.png)\n");
    site.write("content/10-发展_规划/a.png", crate::sites::DOT);
    site.write("content/10-发展_规划/b.md", "# 乙\n");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(site.read("public/zh-hant/index.html").contains("<h1>簡報</h1>"));
    assert!(site.read("public/zh-hant/发展_规划/index.html").contains("<h1>發展 規劃</h1>"));
    // Any other file must say what it is called.
    site.write("content/c.md", "字\n");
    assert_eq!(site.run(&["build"]).status, 1);
}

#[test]
fn a_body_that_begins_with_the_title_does_not_say_it_again() {
    let site = Folder::new();
    site.write("content/a.md", "---\ntitle: 头发\n---\n# 头发\n\n## 甲\n\n字[上](#头发)\n");
    site.write("content/b.md", "---\ntitle: 头发\n---\n# 别的\n\n字\n");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let page = site.read("public/zh-hant/a/index.html");
    assert!(page.contains("<h1>頭髮</h1>") && !page.contains("<h2 id=\"头发\">"), "{page}");
    assert!(page.contains("<h2 id=\"甲\">") && page.contains("<a href=\"#top\">"), "{page}");
    assert!(site.read("public/zh-hant/b/index.html").contains("<h2 id=\"别的\">"));
}
