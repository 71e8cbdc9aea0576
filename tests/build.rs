//! A build as its readers and its maintainer get it.

use crate::sites::{DOT, Folder, SETTINGS, build_with, jianbao, tree};

/// A site with two sections, a page in each, one of them in Traditional.
fn dossier() -> Folder {
    let site = Folder::new();
    site.write("content/10-ai/_index.md", "+++\ntitle = \"人工智能\"\n+++\n");
    site.write(
        "content/10-ai/20-town.md",
        "+++\ntitle = \"小镇\"\ndate = 2023-06-28\n+++\n\n头发。\n\n## 算力\n\n干净。\n",
    );
    site.write("content/10-ai/10-brain.md", "---\ntitle: 头发\n---\n\n[小镇](20-town.md#算力)\n");
    site.write("content/20-land/_index.md", "+++\ntitle = \"土地\"\n+++\n");
    site.write("content/20-land/plot.md", "+++\ntitle = \"後來\"\nscript = \"hant\"\n+++\n\n皇后的頭髮。\n");
    site
}

#[track_caller]
fn published(site: &Folder, args: &[&str]) -> String {
    let ran = site.run(&[&["build"], args].concat());
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stderr, "");
    ran.stdout
}

#[test]
fn one_file_for_each_page_and_edition() {
    let site = dossier();
    let said = published(&site, &[]);
    assert!(said.starts_with("6 pages in 2 editions: "), "{said}");
    let routes = ["", "ai/", "ai/town/", "ai/brain/", "land/", "land/plot/", "search/"];
    let files = site.tree("public");
    for dir in ["zh-hans", "zh-hant"] {
        for route in routes {
            assert!(files.contains_key(&format!("{dir}/{route}index.html")), "{dir}/{route}");
        }
    }
    let pages = files.keys().filter(|path| path.ends_with("index.html")).count();
    assert_eq!(
        pages,
        2 * routes.len() + (routes.len() - 1) + 3,
        "all but search side by side; archives, the entry page"
    );
    for file in ["404.html", "sitemap.xml", "robots.txt", "style.css", "zh-hant/manifest.webmanifest"] {
        assert!(files.contains_key(file), "{file}");
    }
}

#[test]
fn every_page_links_to_every_section_and_to_its_twin() {
    let site = dossier();
    published(&site, &["--base-url", "https://example.org/brief/"]);
    for (path, bytes) in site.tree("public") {
        let Some((dir, route)) = path.strip_suffix("index.html").and_then(|path| path.split_once('/')) else {
            continue;
        };
        if dir == "compare" {
            continue;
        }
        let html = String::from_utf8(bytes).expect("UTF-8");
        let (twin, tag) = if dir == "zh-hans" { ("zh-hant", "zh-Hant") } else { ("zh-hans", "zh-Hans") };
        for section in ["ai", "land"] {
            assert!(html.contains(&format!("href=\"/brief/{dir}/{section}/\"")), "{path} → {section}");
        }
        assert!(
            html.contains(&format!("href=\"/brief/{twin}/{route}\" lang=\"{tag}\" hreflang=\"{tag}\"")),
            "{path} → twin"
        );
        assert!(
            html.contains(&format!("hreflang=\"{tag}\" href=\"https://example.org/brief/{twin}/{route}\"")),
            "{path}"
        );
        assert_eq!(
            html.matches("href=\"/").count(),
            html.matches("href=\"/brief/").count(),
            "{path}: base path"
        );
        assert_eq!(
            html.matches("src=\"/").count(),
            html.matches("src=\"/brief/").count(),
            "{path}: base path"
        );
    }
}

#[test]
fn the_current_section_is_marked() {
    let site = dossier();
    published(&site, &[]);
    let section = site.read("public/zh-hans/ai/index.html");
    assert!(section.contains("<a href=\"/zh-hans/ai/\" aria-current=\"page\">"), "{section}");
    let page = site.read("public/zh-hans/ai/town/index.html");
    assert!(page.contains("<a href=\"/zh-hans/ai/\" aria-current=\"true\">"));
    assert!(!page.contains("<a href=\"/zh-hans/land/\" aria-current"));
}

#[test]
fn pages_stand_in_the_order_of_their_numbers() {
    let template = "{% if page.previous %}{{ page.previous.title }}{% endif %}<{{ page.title }}>{% if page.next %}{{ page.next.title }}{% endif %}|{% for p in page.pages %}{{ p.title }},{% endfor %}";
    let templates = [
        ("home.html", template),
        ("section.html", template),
        ("page.html", template),
        ("entry.html", ""),
        ("404.html", ""),
    ];
    let pages = [
        ("_index.md", "+++\ntitle = \"首\"\n+++\n"),
        ("20-b/_index.md", "+++\ntitle = \"乙\"\n+++\n"),
        ("10-a/_index.md", "+++\ntitle = \"甲\"\n+++\n"),
        ("10-a/20-x.md", "+++\ntitle = \"二\"\n+++\n"),
        ("10-a/10-y.md", "+++\ntitle = \"一\"\n+++\n"),
        ("10-a/z.md", "+++\ntitle = \"先\"\nweight = 1\n+++\n"),
        ("20-b/old.md", "+++\ntitle = \"旧\"\ndate = 2020-01-01\n+++\n"),
        ("20-b/new.md", "+++\ntitle = \"新\"\ndate = 2023-01-01\n+++\n"),
    ];
    let built = build_with(SETTINGS, &pages, &templates);
    assert_eq!(built.files["zh-hans/index.html"], "<首>甲|");
    assert_eq!(built.files["zh-hans/a/index.html"], "首<甲>先|先,一,二,");
    assert_eq!(built.files["zh-hans/a/x/index.html"], "一<二>乙|");
    assert_eq!(built.files["zh-hans/b/index.html"], "二<乙>新|新,旧,");
}

#[test]
fn front_matter_reaches_the_template_converted() {
    let page = "{{ page.kicker }}|{{ page.subtitle }}|{{ page.subtitle_lang }}|{% for b in page.byline %}{{ b }},{% endfor %}|{{ page.date.text }}|{{ page.date.iso }}|{% for f in page.figures %}{{ f.value }}{{ f.unit }}{{ f.label }}{% endfor %}|{{ page.extra.note.text }}|{% for t in page.tags %}{{ t }}{% endfor %}|{{ page.description }}";
    let templates =
        [("home.html", page), ("section.html", ""), ("page.html", ""), ("entry.html", ""), ("404.html", "")];
    let front = "+++\ntitle = \"题\"\nkicker = \"头发\"\nsubtitle = { text = \"后來頭髮\", lang = \"zh-Hant\" }\nbyline = [\"钟先生\", \"乙\"]\ndate = 2023-06-28\ntags = [\"干净\"]\nsummary = \"头发干净，这是一句足够长的摘要。\"\n[[figures]]\nvalue = \"40\"\nunit = \"万余\"\nlabel = \"人口总数\"\n[extra.note]\ntext = \"饼干\"\n+++\n";
    let built = build_with(SETTINGS, &[("_index.md", front)], &templates);
    assert_eq!(
        built.files["zh-hant/index.html"],
        "頭髮|后來頭髮||鍾先生,乙,|2023年6月28日|2023-06-28|40萬餘人口總數|餅乾|乾淨|頭髮乾淨，這是一句足夠長的摘要。"
    );
    let hans = &built.files["zh-hans/index.html"];
    assert!(hans.starts_with("头发|后來頭髮|zh-Hant|钟先生,"), "{hans}");
}

#[test]
fn a_second_build_writes_nothing() {
    let site = dossier();
    published(&site, &[]);
    let before = site.tree("public");
    let said = published(&site, &[]);
    assert!(said.contains(": 0 files written, "), "{said}");
    assert_eq!(site.tree("public"), before);
    site.write("content/20-land/plot.md", "+++\ntitle = \"後來\"\n+++\n\n改了。\n");
    // The page, and the lists of its section and of the home page, in which its beginning stands; the page side by side; the index.
    assert!(published(&site, &[]).contains(": 8 files written, "));
    std::fs::remove_file(site.path("content/20-land/plot.md")).expect("removed");
    assert!(published(&site, &[]).contains("3 removed"));
    assert!(!site.path("public/zh-hans/land/plot").exists());
}

#[test]
fn the_same_bytes_whatever_the_surroundings() {
    let site = dossier();
    site.write(
        "content/10-ai/图.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>头<tspan>发</tspan></text></svg>",
    );
    published(&site, &["--output", "one"]);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let ran = jianbao()
        .current_dir(elsewhere.path())
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "zh_TW.UTF-8")
        .args(["build", "--jobs", "1", "--root"])
        .arg(site.root())
        .arg("--output")
        .arg(elsewhere.path().join("two"))
        .output()
        .expect("jianbao runs");
    assert!(ran.status.success());
    assert_eq!(site.tree("one"), tree(&elsewhere.path().join("two")));
}

#[test]
fn figures_drawn_as_svg_are_converted() {
    let site = dossier();
    site.write("content/10-ai/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 4\"><style>.发{}</style><text>头<tspan>发</tspan>&amp;</text></svg>\n");
    site.write("content/10-ai/30-c.md", "+++\ntitle = \"图\"\n+++\n\n![图](a.svg)\n");
    published(&site, &[]);
    assert_eq!(
        site.read("public/zh-hant/ai/a.svg"),
        "<svg lang=\"zh-Hant\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 4\"><style>.发{}</style><text>頭<tspan>髮</tspan>&amp;</text></svg>\n"
    );
    let page = site.read("public/zh-hant/ai/c/index.html");
    assert!(page.contains("<img src=\"/zh-hant/ai/a.svg\" alt=\"圖\" width=\"8\" height=\"4\""), "{page}");
}

#[test]
fn a_figure_that_is_no_xml_is_published_as_it_is_with_a_warning() {
    for figure in ["<svg><text>头发</svg", "<svg><text>头发</svg>", "<svg/><svg/>", "<svg lang=zh/>", ""]
    {
        let site = dossier();
        site.write("content/10-ai/a.svg", figure);
        let ran = site.run(&["build", "--format", "json"]);
        assert_eq!(ran.status, 0, "{}", ran.stdout);
        let line: serde_json::Value = serde_json::from_str(ran.stdout.trim()).expect("one line of JSON");
        assert_eq!(
            (&line["severity"], &line["code"], &line["path"]),
            (&"warning".into(), &"svg-not-converted".into(), &"content/10-ai/a.svg".into()),
            "{figure}"
        );
        assert_eq!(site.read("public/zh-hant/ai/a.svg"), figure);
    }
}

#[track_caller]
fn drawn(figure: &str, hans: &str, hant: &str) {
    let site = dossier();
    site.write("content/10-ai/a.svg", figure);
    published(&site, &[]);
    assert_eq!(site.read("public/zh-hans/ai/a.svg"), hans);
    assert_eq!(site.read("public/zh-hant/ai/a.svg"), hant);
}

#[test]
fn a_figure_with_a_byte_order_mark() {
    drawn(
        "\u{FEFF}<svg><text>头发</text></svg>",
        "<svg lang=\"zh-Hans\"><text>头发</text></svg>",
        "<svg lang=\"zh-Hant\"><text>頭髮</text></svg>",
    );
}

#[test]
fn a_figure_that_says_its_language_says_that_of_the_edition() {
    drawn(
        "<?xml version=\"1.0\"?>\n<svg id=\"lang=''\" lang='zh-CN'\n xml:lang = \"zh\"><text>发</text></svg>",
        "<?xml version=\"1.0\"?>\n<svg id=\"lang=''\" lang='zh-Hans'\n xml:lang = \"zh-Hans\"><text>发</text></svg>",
        "<?xml version=\"1.0\"?>\n<svg id=\"lang=''\" lang='zh-Hant'\n xml:lang = \"zh-Hant\"><text>發</text></svg>",
    );
}

#[test]
fn texts_of_a_figure_in_another_language_are_kept_and_character_data_is_converted() {
    let figure = |tag: &str, kept: &str, text: &str| {
        format!(
            "<svg lang=\"{tag}\"><g lang=\"ja\"><text>国会{kept}<tspan lang=\"zh\">{text}</tspan></text></g><title><![CDATA[{text}<]]></title></svg>"
        )
    };
    drawn(&figure("en", "乱", "头"), &figure("zh-Hans", "乱", "头"), &figure("zh-Hant", "乱", "頭"));
}

#[test]
fn a_site_overrides_one_template_one_string_and_one_static_file() {
    let site = dossier();
    site.write("templates/404.html", "{{ edition.tag }}:{{ strings.home }}:{{ strings.next }}");
    site.write("templates/strings.toml", "home = \"头发\"\n");
    site.write("static/style.css", "body{}");
    published(&site, &[]);
    assert_eq!(site.read("public/404.html"), "zh-Hans:头发:下一篇");
    assert_eq!(site.read("public/style.css"), "body{}");
    assert!(site.path("public/icon.svg").exists());
}

#[test]
fn drafts_wait_until_they_are_asked_for() {
    let site = dossier();
    site.write("content/20-land/_index.md", "+++\ntitle = \"土地\"\ndraft = true\n+++\n");
    assert!(published(&site, &[]).starts_with("4 pages"));
    assert!(!site.path("public/zh-hans/land").exists());
    assert!(published(&site, &["--drafts"]).starts_with("6 pages"));
}

#[test]
fn a_folder_with_content_and_three_lines_of_settings_builds() {
    let site = Folder::new();
    std::fs::remove_file(site.path("content/_index.md")).expect("removed");
    site.write("content/a.md", "---\ntitle: 头发\n---\n");
    published(&site, &[]);
    assert!(site.read("public/zh-hant/index.html").contains("<html lang=\"zh-Hant\">"));
    assert!(site.read("public/zh-hant/a/index.html").contains("<h1>頭髮</h1>"));
}

#[test]
fn warnings_are_lines_of_json_and_do_not_stop_a_build() {
    let site = dossier();
    site.write("content/b.md", "+++\ntitle = \"图\"\n+++\n\n![](a.png)\n");
    site.write("content/a.png", DOT);
    let ran = site.run(&["build", "--format", "json"]);
    assert_eq!(ran.status, 0);
    let line: serde_json::Value = serde_json::from_str(ran.stdout.trim()).expect("one line of JSON");
    assert_eq!((&line["severity"], &line["code"]), (&"warning".into(), &"missing-alt".into()));
    assert_eq!(
        (&line["path"], &line["line"], &line["column"]),
        (&"content/b.md".into(), &5.into(), &1.into())
    );
}

#[test]
fn files_that_belong_to_drafts_only_wait_with_them() {
    let site = dossier();
    for (path, draft) in
        [("30-new/_index.md", true), ("30-new/a.md", false), ("20-land/deep/_index.md", true)]
    {
        site.write(&format!("content/{path}"), format!("+++\ntitle = \"稿\"\ndraft = {draft}\n+++\n"));
    }
    for path in
        ["30-new/1.csv", "30-new/data/2.csv", "20-land/deep/3.csv", "20-land/4.csv", "20-land/data/5.csv"]
    {
        site.write(&format!("content/{path}"), "1");
    }
    published(&site, &[]);
    let csv = |site: &Folder| -> Vec<String> {
        let files = site.tree("public").into_keys();
        files.filter(|path| path.starts_with("zh-hans/") && path.ends_with(".csv")).collect()
    };
    assert_eq!(csv(&site), ["zh-hans/land/4.csv", "zh-hans/land/data/5.csv"]);
    published(&site, &["--drafts"]);
    assert_eq!(csv(&site).len(), 5);
    site.write("content/10-ai/10-brain.md", "+++\ntitle = \"题\"\n+++\n\n[表](../30-new/data/2.csv)\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("leads to a draft") && ran.stderr.contains("drafts only"), "{}", ran.stderr);
}

#[test]
fn a_page_that_cannot_be_read_is_the_only_thing_reported() {
    let site = dossier();
    site.write("content/_index.md", "+++\n+++\n\n[去](没有.md)\n");
    site.write("content/10-ai/20-town.md", "+++\n+++\n");
    let ran = site.run(&["build", "--format", "json"]);
    assert_eq!(ran.status, 1);
    let codes: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(codes.len(), 2, "{}", ran.stdout);
    assert!(codes.iter().all(|said| said["code"] == "missing-title"), "{}", ran.stdout);
}

#[test]
fn a_section_has_no_slug() {
    let site = dossier();
    site.write("content/20-land/_index.md", "+++\ntitle = \"土地\"\nslug = \"soil\"\n+++\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("a section has the name of its folder"), "{}", ran.stderr);
    assert!(ran.stderr.contains("content/20-land/_index.md:3:"), "{}", ran.stderr);
}
