//! Pages that show two editions side by side.

use crate::messages::says;
use crate::sites::{Built, Folder, SETTINGS, build_with};
use jianbao::script::{Comparer, detect};

const HOME: (&str, &str) = ("_index.md", "+++\ntitle = \"首\"\n+++\n");
const HOME_EN: (&str, &str) = ("_index.en.md", "+++\ntitle = \"Home\"\n+++\n");
/// Prints the rows of a page, a line for each.
const ROWS: &str = "{% for row in compare.rows %}{% if row.id %}<i id=\"{{ row.id }}\"></i>{% else %}- {% endif %}{{ row.kind }} [{{ row.cells[0] or \"\" }}|{{ row.cells[1] or \"\" }}] {{ row.differences }}\n{% endfor %}";

fn site(settings: &str, pages: &[(&str, &str)], template: &str) -> Built {
    let empty = ["home.html", "section.html", "page.html", "entry.html", "404.html"].map(|name| (name, ""));
    let templates = [&empty[..], &[("compare.html", template)]].concat();
    let built = build_with(settings, &[&[HOME], pages].concat(), &templates);
    assert!(built.published, "{:?}", built.diagnostics);
    built
}

/// The rows of the page `a`, with line ends inside cells as spaces.
fn rows(settings: &str, pages: &[(&str, &str)]) -> Vec<String> {
    let template = ROWS.replace("\n{% endfor", "¶{% endfor");
    let built = site(settings, pages, &template);
    let page = built.files["compare/a/index.html"].replace(" role=\"presentation\"", "").replace('\n', " ");
    let page = page.replace("<i id=\"", "").replace("\"></i>", " ");
    page.split('¶')
        .map(|row| row.trim().replace("> ]", ">]").replace("> |", ">|"))
        .filter(|row| !row.is_empty())
        .collect()
}

#[test]
fn the_sections_lead_to_pages_side_by_side() {
    let settings = format!(
        "{SETTINGS}[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"en\"\n[compare]\npairs = [[\"zh-Hans\", \"en\"]]\n"
    );
    let pages = [
        HOME_EN,
        ("10-a/_index.md", "+++\ntitle = \"经济\"\n+++\n"),
        ("10-a/_index.en.md", "+++\ntitle = \"Economy\"\n+++\n"),
        ("10-a/p.md", "+++\ntitle = \"文\"\n+++\n"),
        ("10-a/p.en.md", "+++\ntitle = \"Text\"\n+++\n"),
        // Of this one there is nothing to stand beside.
        ("20-b/_index.md", "+++\ntitle = \"社会\"\n+++\n"),
        ("30-c/_index.md", "+++\ntitle = \"文化\"\n+++\n"),
        ("30-c/_index.en.md", "+++\ntitle = \"Culture\"\n+++\n"),
    ];
    let nav = "{% for item in compare.nav %}[{{ item.title }} {{ item.url }} {{ item.current or '-' }}]{% endfor %}";
    let built = site(&settings, &pages, nav);
    let nav = |page: &str| built.files[&format!("compare/{page}index.html")].clone();
    assert_eq!(nav(""), "[经济 /compare/a/ -][文化 /compare/c/ -]");
    assert_eq!(nav("a/"), "[经济 /compare/a/ page][文化 /compare/c/ -]");
    assert_eq!(nav("a/p/"), "[经济 /compare/a/ true][文化 /compare/c/ -]");
}

fn page(body: &str) -> String {
    format!("+++\ntitle = \"题\"\n+++\n\n{body}\n")
}

#[track_caller]
fn shows(body: &str, expected: &[&str]) {
    let settings = format!("{SETTINGS}[markdown]\nraw_html = true\n");
    assert_eq!(rows(&settings, &[("a.md", &page(body))]), expected, "{body}");
}

#[test]
fn a_block_is_a_row_that_has_its_id() {
    shows(
        "头发\n\n## 干净\n\n> 后来",
        &[
            "p1 text [<p>头发</p>|<p>頭髮</p>] 0",
            "干净 heading [<div class=\"heading\"><h2>干净</h2></div>|<div class=\"heading\"><h2>乾淨</h2></div>] 0",
            "- quote [<blockquote> <p id=\"p2\">后来</p> </blockquote>|<blockquote> <p>後來</p> </blockquote>] 0",
        ],
    );
}

#[test]
fn a_footnote_is_a_row() {
    shows(
        "头[^1]\n\n[^1]: 发",
        &[
            "p1 text [<p>头<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p>|<p>頭<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup></p>] 0",
            "fn-1 note [<ol start=\"1\"> <li><p id=\"p2\">发</p> <a class=\"back\" href=\"#fnref-1\" aria-label=\"back_to_text\">↩</a></li> </ol>|<ol start=\"1\"> <li><p>發</p> <a class=\"back\" href=\"#fnref-1\" aria-label=\"back_to_text\">↩</a></li> </ol>] 0",
        ],
    );
}

#[test]
fn a_long_list_is_shown_item_by_item_and_goes_on_counting() {
    shows(
        "3. 一\n4. 二",
        &[
            "- list [<ol start=\"3\"> <li>一</li> <li>二</li> </ol>|<ol start=\"3\"> <li>一</li> <li>二</li> </ol>] 0",
        ],
    );
    let long = "字".repeat(70);
    let item = |number: u8| {
        let item = format!("<ol start=\"{number}\"> <li>{long}</li> </ol>");
        format!("- item [{item}|{item}] 0")
    };
    shows(&format!("3. {long}\n4. {long}"), &[&item(3), &item(4)]);
}

#[test]
fn html_stands_in_a_row_with_what_it_surrounds() {
    shows(
        "<div class=\"a\">\n\n头\n\n<p title=\"发\">发</p>\n\n</div>\n\n<p>干净</p>",
        &[
            "- html [<div class=\"a\"> <p id=\"p1\">头</p> <p title=\"发\">发</p> </div>|<div class=\"a\"> <p>頭</p> <p title=\"發\">發</p> </div>] 0",
            "- html [<p>干净</p>|<p>乾淨</p>] 0",
        ],
    );
}

#[test]
fn html_that_is_never_closed_ends_with_its_row() {
    shows(
        "<div><b>头\n\n发\n\n</section>\n\n净",
        &[
            "- html [<div><b>头 </b></div>|<div><b>頭 </b></div>] 0",
            "p1 text [<p>发</p>|<p>發</p>] 0",
            "p2 text [<p>净</p>|<p>淨</p>] 0",
        ],
    );
}

/// Ids of a page in its order.
fn ids(html: &str) -> Vec<&str> {
    html.match_indices(" id=\"").filter_map(|(at, id)| html[at + id.len()..].split('"').next()).collect()
}

const EVERYTHING: &str = "+++\ntitle = \"头发和软件\"\nkicker = \"网络\"\nsubtitle = \"干净\"\nsummary = \"里面有什么\"\nbyline = [\"发言人\"]\ndate = 2023-06-28\nsource = \"后台\"\n[[figures]]\nvalue = \"12\"\nunit = \"个\"\nlabel = \"头发\"\n+++\n\n## 网络 {#differences}\n\n软件[^1]里说“好”[^1]，见[表](#表)。\n\n- 松\n\n- 散\n\n> 引文\n\n### 表\n\n| 头 | 发 |\n|---|---|\n| 干 | 净 |\n\n```\n头发\n```\n\n::: tip 头\n发 `码`\n:::\n\n::: chart bar 头\n| 区 | 数 |\n|---|---|\n| 余杭 | 1 |\n:::\n\n<div id=\"own\">\n\n头\n\n</div>\n\n[^1]: 注 <b id=\"note\">发</b>\n";

fn themed() -> Folder {
    let site = Folder::new();
    site.write("site.toml", format!("{SETTINGS}[markdown]\nraw_html = true\n[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"zh-Hant-TW\"\n"));
    site.write("content/a.md", EVERYTHING);
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    site
}

#[test]
fn every_id_of_the_page_is_there_once() {
    let site = themed();
    let page = site.read("public/zh-hans/a/index.html");
    let compared = site.read("public/compare/a/index.html");
    let (wanted, own) = (ids(&page), ids(&compared));
    assert!(wanted.len() > 12, "{wanted:?}");
    for id in &wanted {
        assert_eq!(own.iter().filter(|own| *own == id).count(), 1, "{id} in {own:?}");
    }
    assert_eq!(own.len(), wanted.len(), "{own:?}");
}

/// The texts of a page with the language that each is in.
fn texts(html: &str) -> Vec<(String, &str)> {
    let mut open: Vec<(&str, String)> = Vec::new();
    let mut texts = Vec::new();
    let own = |open: &[(&str, String)]| open.last().map_or(String::new(), |(_, lang)| lang.clone());
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        if let Some(closes) = tag.strip_prefix('/') {
            let last = open.pop().map(|(name, _)| name);
            assert_eq!(last, Some(closes.trim()), "in {html}");
        } else if !["meta", "link", "br", "hr", "img", "input", "!doctype", "rect", "line"].contains(&name)
            && !tag.starts_with('!')
        {
            let lang = tag.split("lang=\"").find(|_| true).and_then(|_| {
                let at = tag.find(" lang=\"")?;
                tag[at + 7..].split('"').next()
            });
            let lang = lang.map_or_else(|| own(&open), str::to_owned);
            let label = tag.split_once("aria-label=\"").and_then(|(_, rest)| rest.split('"').next());
            texts.extend(label.map(|label| (lang.clone(), label)));
            open.push((name, lang));
        }
        texts.push((own(&open), text));
    }
    assert!(open.is_empty(), "{open:?}");
    texts
}

#[test]
fn every_text_is_in_the_script_it_says_it_is_in_and_every_element_is_closed() {
    let site = themed();
    for path in ["public/compare/index.html", "public/compare/a/index.html"] {
        let html = site.read(path);
        for (lang, text) in texts(&html) {
            let found = detect(text);
            let wrong = if lang.starts_with("zh-Hant") { found.hans } else { found.hant };
            // Its label is what the edition calls itself.
            assert!(wrong == 0 || text.contains(" · "), "{path}: {text} in {lang}");
        }
    }
}

#[test]
fn the_page_stands_outside_the_editions_and_leads_to_both() {
    let site = Folder::new();
    site.write("site.toml", "title = \"简报\"\nbase_url = \"https://example.org/brief/\"\n");
    site.write("content/10-a.md", page("头"));
    site.write("content/20-b.md", page("发"));
    assert_eq!(site.run(&["build"]).status, 0);
    let html = site.read("public/compare/a/index.html");
    for part in [
        "<html lang=\"zh-Hans\">",
        "<link rel=\"canonical\" href=\"https://example.org/brief/compare/a/\">",
        "<a href=\"/brief/zh-hans/a/\" hreflang=\"zh-Hans\">",
        "<a href=\"/brief/zh-hant/a/\" hreflang=\"zh-Hant\">",
        "rel=\"prev\" href=\"/brief/compare/\"",
        "rel=\"next\" href=\"/brief/compare/b/\"",
        "href=\"/brief/compare.",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(!html.contains("noindex"), "a page that search engines may show");
    assert!(site.read("public/sitemap.xml").contains("<loc>https://example.org/brief/compare/a/</loc>"));
}

#[test]
fn texts_of_one_wording_do_not_differ() {
    let comparer = Comparer::embedded();
    for (hans, hant) in [
        ("头发干净", "頭髮乾淨"),
        ("这里说“好”，‘对’", "這裏說「好」，『對』"),
        ("这里为台湾", "這裡爲臺灣"),
        ("反复回复，看着", "反覆回覆，看著"),
        ("联系群众", "聯繫羣衆"),
    ] {
        let found = comparer.differences(hans, hant);
        assert!(found.is_empty(), "{hans} {hant}: {found:?}");
    }
}

#[test]
fn differences_are_whole_words() {
    let comparer = Comparer::embedded();
    let words = |hans: &str, hant: &str| -> Vec<String> {
        let differences = comparer.differences(hans, hant);
        differences.iter().map(|[a, b]| format!("{}/{}", &hans[a.clone()], &hant[b.clone()])).collect()
    };
    assert_eq!(words("用软件在网络上", "用軟體在網路上"), ["软件/軟體", "网络/網路"]);
    assert_eq!(words("质量很好", "品質很好"), ["质量/品質"]);
    assert_eq!(words("共引进企业", "一共引進企業"), ["共/一共"]);
    assert_eq!(words("共有2023家", "共有2024家"), ["2023/2024"]);
    assert_eq!(words("今年开工", "開工"), ["今年/"]);
    assert_eq!(words("去年\n甲", "前年\n乙"), ["去年/前年", "甲/乙"]);
}

#[test]
fn texts_that_have_nothing_in_common_are_compared_in_good_time() {
    let text = |seed: u32| -> String {
        let character = |n: u32| char::from_u32(0x4E00 + (n.wrapping_mul(2_654_435_761) ^ seed) % 20_000);
        (0..60_000).filter_map(character).collect()
    };
    let start = std::time::Instant::now();
    assert!(!Comparer::embedded().differences(&text(1), &text(7777)).is_empty());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn differences_are_marked_and_counted() {
    let settings = format!("{SETTINGS}[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"zh-Hant-TW\"\n");
    let body = page("用**软**件。\n\n头发");
    assert_eq!(
        rows(&settings, &[("a.md", &body)]),
        [
            "p1 text [<p>用<strong><mark>软</mark></strong><mark>件</mark>。</p>|<p>用<strong><mark>軟</mark></strong><mark>體</mark>。</p>] 1",
            "p2 text [<p>头发</p>|<p>頭髮</p>] 0"
        ]
    );
    let counted = "{{ compare.differences }} {{ compare.sides[1].title }}";
    let built = site(&settings, &[("a.md", &body.replace('题', "网络"))], counted);
    assert_eq!(built.files["compare/a/index.html"], "2 <mark role=\"presentation\">網路</mark>");
}

#[test]
fn a_box_asks_for_differences_only_where_there_are_some() {
    let site = Folder::new();
    site.write("content/a.md", page("头发"));
    site.write("content/a.zh-Hant.md", page("秀髮"));
    site.write("content/b.md", page("头发"));
    assert_eq!(site.run(&["build"]).status, 0);
    let some = site.read("public/compare/a/index.html");
    assert!(
        some.contains("<input type=\"checkbox\"") && some.contains("標出措辭不同之處：1</span>"),
        "{some}"
    );
    let none = site.read("public/compare/b/index.html");
    assert!(!none.contains("<input") && none.contains("兩種文字措辭相同"), "{none}");
}

#[test]
fn texts_that_are_written_each_for_itself_are_aligned() {
    let hans = page("## 一\n\n头一段说的是园区。\n\n另一段说的是企业。\n\n## 二\n\n- 甲");
    let hant = page("## 一\n\n新加的話。\n\n頭一段說的是園區。\n\n另一段說的是企業。\n\n## 二\n\n乙");
    let heading = |id: &str| {
        let html = format!("<div class=\"heading\"><h2>{id}</h2></div>");
        format!("{id} heading [{html}|{html}] 0")
    };
    assert_eq!(
        rows(SETTINGS, &[("a.md", &hans), ("a.zh-Hant.md", &hant)]),
        [
            &heading("一"),
            "- text [|<p><mark>新加的話。</mark></p>] 1",
            "p1 text [<p>头一段说的是园区。</p>|<p>頭一段說的是園區。</p>] 0",
            "p2 text [<p>另一段说的是企业。</p>|<p id=\"p3\">另一段說的是企業。</p>] 0",
            &heading("二"),
            // What is a list here and a paragraph there has no partner.
            "- list [<ul> <li><mark>甲</mark></li> </ul>|] 1",
            "p4 text [|<p><mark>乙</mark></p>] 1",
        ]
    );
}

#[test]
fn another_language_has_other_words_anyway() {
    let settings = format!(
        "{SETTINGS}[compare]\npairs = [[\"zh-Hans\", \"en\"]]\n[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"en\"\n"
    );
    let pages = [
        HOME_EN,
        ("a.md", &page("头\n\n发")),
        ("a.en.md", "+++\ntitle = \"A\"\n+++\n\nHead\n"),
        ("b.md", &page("头")),
    ];
    assert_eq!(rows(&settings, &pages), ["p1 text [<p>头</p>|<p>Head</p>] 0", "p2 text [<p>发</p>|] 0"]);
    let built = site(&settings, &pages, "{% if compare.differences is number %}counted{% endif %}");
    assert_eq!(built.files["compare/a/index.html"], "");
    assert!(!built.files.contains_key("compare/b/index.html"), "only what both have");
}

const THREE: &str =
    "[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"zh-Hant\"\n[[editions]]\ntag = \"zh-Hant-HK\"\n";

/// The folders with comparisons, and what the page `a` of zh-Hant says of them.
fn folders(compare: &str) -> (Vec<String>, String) {
    let links = "{% for own in page.compare %}{{ own.url }} {{ own.tag }} {{ own.label }} {{ own.short }};{% endfor %}";
    let empty = ["home.html", "entry.html", "404.html", "compare.html"].map(|name| (name, ""));
    let templates = [&empty[..], &[("page.html", links)]].concat();
    let built =
        build_with(&format!("{SETTINGS}{compare}{THREE}"), &[HOME, ("a.md", &page("头"))], &templates);
    assert!(built.published, "{:?}", built.diagnostics);
    let paths = built.files.keys().filter_map(|path| path.strip_suffix("/a/index.html"));
    let mut folders: Vec<String> =
        paths.filter(|path| path.starts_with("compare")).map(str::to_owned).collect();
    folders.sort();
    (folders, built.files["zh-hant/a/index.html"].clone())
}

#[test]
fn the_house_says_which_editions_stand_side_by_side() {
    let first = "/compare/a/ zh-Hans 简体 简;";
    let own = |folders: &[&str]| folders.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>();
    for usual in ["", "compare = true\n", "[compare]\n"] {
        assert_eq!(folders(usual), (own(&["compare"]), first.to_owned()), "{usual}");
    }
    for off in ["compare = false\n", "[compare]\npairs = []\n"] {
        assert_eq!(folders(off), (Vec::new(), String::new()), "{off}");
    }
    assert_eq!(
        folders("[compare]\npairs = [[\"zh-hans\", \"zh-hant\"], [\"zh-Hant\", \"zh-Hant-HK\"]]\n"),
        (
            own(&["compare", "compare-zh-hant-zh-hant-hk"]),
            format!("{first}/compare-zh-hant-zh-hant-hk/a/ zh-Hant-HK 繁體（香港） 港;")
        )
    );
}

#[test]
fn a_site_of_one_edition_has_nothing_to_compare() {
    let built = site(&format!("{SETTINGS}[[editions]]\ntag = \"zh-Hans\"\n"), &[], "");
    assert!(built.files.keys().all(|path| !path.starts_with("compare")));
}

#[test]
fn pairs_that_are_none() {
    let said = |pairs: &str, expected: &str| {
        says("site.toml", &format!("{SETTINGS}[compare]\npairs = {pairs}\n"), expected);
    };
    said(
        "[\"zh-Hans\"]",
        r#"
error[compare]: `pairs` holds a text, expected pairs of editions
  --> site.toml:4:10
  |
4 | pairs = ["zh-Hans"]
  |          ^^^^^^^^^
  = help: write pairs = [["zh-Hans", "zh-Hant"]]
"#,
    );
    said(
        "[[\"zh-Hans\"]]",
        r#"
error[compare]: two editions stand side by side, and here are 1
  --> site.toml:4:10
  |
4 | pairs = [["zh-Hans"]]
  |          ^^^^^^^^^^^
  = help: write two tags for each pair: pairs = [["zh-Hans", "zh-Hant"]]
"#,
    );
    said(
        "[[\"zh-Hans\", \"zh-hans\"]]",
        r#"
error[compare]: an edition cannot stand beside itself
  --> site.toml:4:10
  |
4 | pairs = [["zh-Hans", "zh-hans"]]
  |          ^^^^^^^^^^^^^^^^^^^^^^
  = help: name two editions, or delete the pair
"#,
    );
    said(
        "[[\"zh-Hans\", \"zh-Hant\"], [\"zh-Hant\", \"zh-Hans\"]]",
        r#"
error[compare]: these two editions are a pair already
  --> site.toml:4:34
  |
4 | pairs = [["zh-Hans", "zh-Hant"], ["zh-Hant", "zh-Hans"]]
  |                                  ^^^^^^^^^^^^^^^^^^^^^^
  = help: delete one of the two pairs
"#,
    );
    said(
        "[[\"zh-Hans\", \"zh-Han\"]]",
        r#"
error[compare]: this site has no edition "zh-Han"
  --> site.toml:4:22
  |
4 | pairs = [["zh-Hans", "zh-Han"]]
  |                      ^^^^^^^^
  = help: did you mean "zh-Hans"?
"#,
    );
    said(
        "[[\"zh-Hans\", \"en\"]]",
        r#"
error[compare]: this site has no edition "en"
  --> site.toml:4:22
  |
4 | pairs = [["zh-Hans", "en"]]
  |                      ^^^^
  = help: its editions are "zh-Hans", "zh-Hant"
"#,
    );
}

#[test]
fn another_file_at_the_place_of_a_comparison_is_refused() {
    let site = Folder::new();
    site.write("static/compare/index.html", "mine");
    let ran = site.run(&["build"]);
    assert_eq!(
        (ran.status, ran.stderr.trim_end()),
        (
            1,
            "error[path-twice]: static/compare/index.html and the side-by-side page of content/_index.md would both be published at compare/index.html\n  --> static/compare/index.html\n  = help: rename the file, or write compare = false in site.toml"
        )
    );
    says(
        "content/a.md",
        "+++\ntitle = \"题\"\naliases = [\"/compare/a/\"]\n+++\n",
        r#"
error[path-twice]: an alias of content/a.md and the side-by-side page of content/a.md would both be published at compare/a/index.html
  --> content/a.md:3:12
  |
3 | aliases = ["/compare/a/"]
  |            ^^^^^^^^^^^^^
  = help: delete the alias, or write another address
"#,
    );
}
