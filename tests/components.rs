//! Components: what stands between lines of colons, through templates and in both editions.

use crate::sites::{Folder, SETTINGS, build_with};

/// A template that shows what a component gets.
const SHOW: &str =
    "<{{ component.name }}|{{ component.title or \"\" }}|{{ component.by or \"\" }}>{{ component.body }}</>";
const CELLS: &str = "{% for cell in component.columns %}[{{ cell }}]{% endfor %}\
    {% for row in component.rows %}/{% for cell in row %}[{{ cell }}]{% endfor %}{% endfor %}";

/// The bodies of both editions, with ids and line ends between blocks left out.
#[track_caller]
fn check(markdown: &str, hans: &str, hant: &str) {
    let body = "{{ page.content }}";
    let templates = [
        ("home.html", body),
        ("section.html", body),
        ("page.html", body),
        ("entry.html", ""),
        ("404.html", ""),
        ("components/box.html", SHOW),
        ("components/要点.html", SHOW),
        ("components/cells.html", CELLS),
        ("components/chart.html", "{{ component.chart }}"),
    ];
    let page = format!("+++\ntitle = \"题\"\n+++\n{markdown}\n");
    let built = build_with(SETTINGS, &[("_index.md", &page)], &templates);
    assert!(built.published && built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    for (dir, expected) in [("zh-hans", hans), ("zh-hant", hant)] {
        let mut html = built.files[&format!("{dir}/index.html")].replace(">\n", ">");
        while let Some(at) = html.find(" id=\"p") {
            let end = html[at + 5..].find('"').map_or(html.len(), |end| at + 6 + end);
            html.replace_range(at..end, "");
        }
        assert_eq!(html.trim_end(), expected, "{dir} of {markdown:?}");
    }
}

#[test]
fn the_inside_is_markdown_and_all_texts_are_converted() {
    check(
        "::: box 头发\n头**发**\n:::",
        "<box|头发|><p>头<strong>发</strong></p></>",
        "<box|頭髮|><p>頭<strong>髮</strong></p></>",
    );
    check(
        "::: box by=\"发言人\" title='复习'\n甲\n:::",
        "<box|复习|发言人><p>甲</p></>",
        "<box|複習|發言人><p>甲</p></>",
    );
    check(":::box[发展]\n:::", "<box|发展|></>", "<box|發展|></>");
    check("::: 要点\n甲\n:::", "<要点||><p>甲</p></>", "<要点||><p>甲</p></>");
    check("::: box -{里}-程\n:::", "<box|里程|></>", "<box|里程|></>");
}

#[test]
fn a_component_ends_and_begins_whatever_block_is_open() {
    check(
        "甲\n::: box\n乙\n:::\n丙",
        "<p>甲</p><box||><p>乙</p></><p>丙</p>",
        "<p>甲</p><box||><p>乙</p></><p>丙</p>",
    );
    check(
        "- 甲\n::: box\n乙\n:::",
        "<ul><li>甲</li></ul><box||><p>乙</p></>",
        "<ul><li>甲</li></ul><box||><p>乙</p></>",
    );
    check(
        "> ::: box\n> 乙\n> :::\n\n丙",
        "<blockquote><box||><p>乙</p></></blockquote><p>丙</p>",
        "<blockquote><box||><p>乙</p></></blockquote><p>丙</p>",
    );
    check(
        "- 甲\n  ::: box\n  乙\n  :::\n- 丙",
        "<ul><li>甲<box||>乙</></li><li>丙</li></ul>",
        "<ul><li>甲<box||>乙</></li><li>丙</li></ul>",
    );
    check(
        "| 甲 |\n| --- |\n| 乙 |\n::: box\n:::",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"table 1\"><table><thead><tr><th scope=\"col\">甲</th></tr></thead><tbody><tr><td>乙</td></tr></tbody></table></section><box||></>",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"table 1\"><table><thead><tr><th scope=\"col\">甲</th></tr></thead><tbody><tr><td>乙</td></tr></tbody></table></section><box||></>",
    );
}

#[test]
fn what_is_open_before_a_component_does_not_reach_into_it() {
    for dir in ["甲`", "甲$", "甲**"] {
        let mark = dir.trim_start_matches('甲');
        check(
            &format!("{dir}\n::: box\n乙{mark}\n:::"),
            &format!("<p>{dir}</p><box||><p>乙{mark}</p></>"),
            &format!("<p>{dir}</p><box||><p>乙{mark}</p></>"),
        );
    }
    // Without the line of colons the table would go on, and the second fence begin code.
    let page = |dt: &str, rule: &str| {
        format!(
            "<section class=\"table\" tabindex=\"0\" aria-label=\"table 1\"><table><thead><tr><th scope=\"col\">甲</th></tr></thead><tbody></tbody></table></section><box||><dl><dt>{dt}</dt><dd><pre tabindex=\"0\"><code>乙\n</code></pre></dd></dl><p>{rule}</p></>"
        )
    };
    check(
        "| 甲 |\n| --- |\n::: box\n词\n: ```\n  乙\n  ```\n\n-{zh-hans:软件;zh-hant:軟體}-\n:::",
        &page("词", "软件"),
        &page("詞", "軟體"),
    );
}

#[test]
fn a_component_begins_on_the_line_of_an_item() {
    for marker in ["*", "-", "+"] {
        let items = "<ul><li><box|甲|>乙</></li><li>丙</li></ul>";
        check(&format!("{marker} ::: box 甲\n  乙\n  :::\n{marker} 丙"), items, items);
    }
    let nested = "<blockquote><ol><li><box||>乙</></li></ol></blockquote>";
    check("> 1. ::: box\n>    乙\n>    :::", nested, nested);
}

#[test]
fn components_nest() {
    let nested = "<box|甲|><box|乙|><p>丙</p></><p>丁</p></>";
    check("::: box 甲\n::: box 乙\n丙\n:::\n丁\n:::", nested, nested);
    check(":::: box 甲\n::: box 乙\n丙\n:::\n丁\n::::", nested, nested);
}

#[test]
fn colons_in_code_and_in_a_line_are_no_component() {
    check(
        "```\n::: box\n```",
        "<pre tabindex=\"0\"><code>::: box\n</code></pre>",
        "<pre tabindex=\"0\"><code>::: box\n</code></pre>",
    );
    check("甲 ::: box", "<p>甲 ::: box</p>", "<p>甲 ::: box</p>");
    check(
        "    ::: box",
        "<pre tabindex=\"0\"><code>::: box\n</code></pre>",
        "<pre tabindex=\"0\"><code>::: box\n</code></pre>",
    );
}

#[test]
fn a_table_inside_is_given_cell_by_cell() {
    check(
        "::: cells\n| 数 | 说明 |\n| --- | --- |\n| 1 | 头**发** |\n:::",
        "[数][说明]/[1][头<strong>发</strong>]",
        "[數][說明]/[1][頭<strong>髮</strong>]",
    );
}

/// The texts of a chart, line by line, and its bars' lengths.
fn chart(markdown: &str) -> String {
    let site = Folder::new();
    site.write("content/a.md", format!("+++\ntitle = \"图\"\n+++\n{markdown}\n"));
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let page = site.read("public/zh-hant/a/index.html");
    let svg = page.split_once("<svg").and_then(|(_, rest)| rest.split_once("</svg>")).expect("a chart").0;
    let pick = |line: &str| {
        let text = line.strip_prefix("<text").and_then(|rest| rest.split_once('>'));
        let width = line
            .split_once("width=\"")
            .filter(|_| line.contains("<rect") && !line.contains("em\" height=\"1em"));
        match (text, width) {
            (Some((_, text)), _) => Some(text.trim_end_matches("</text>").to_owned()),
            (None, Some((_, width))) => width.split_once('"').map(|(width, _)| width.to_owned()),
            _ => None,
        }
    };
    svg.lines().skip(1).filter_map(pick).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_bar_is_as_long_as_its_number() {
    let table = "| 链 | 数 |\n| --- | --- |\n| 发展 | 80余家 |\n| 安全 | 40家 |";
    assert_eq!(chart(&format!("::: chart bar\n{table}\n:::")), "發展 80.40% 80餘家 安全 40.20% 40家");
    let shares = "| 项 | 亿元 |\n| --- | --- |\n| 技术 | 75亿元 |\n| 其他 | 25亿元 |";
    let drawn = chart(&format!("::: chart share\n{shares}\n:::"));
    assert_eq!(drawn, "75.00% 75億元 · 75.0% 技術 25.00% 25億元 · 25.0% 其他");
}

#[test]
fn a_chart_stands_in_front_of_its_table() {
    let site = Folder::new();
    site.write("content/数 据.csv", "链,数,环节\r\n发展,\"1,141家\",\"内容、\"\"设备\"\"\"\r\n安全,50,\r\n");
    site.write(
        "content/a.md",
        "+++\ntitle = \"图\"\n+++\n::: chart file=\"数 据.csv\" title=\"发展\"\n:::\n",
    );
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let page = site.read("public/zh-hant/a/index.html");
    assert!(page.contains("role=\"img\" width=\"100%\" height=\"7.0em\" aria-label=\"發展\""), "{page}");
    assert!(page.contains("<td>發展</td><td class=\"right\">1,141家</td><td>內容、\"設備\"</td>"), "{page}");
    assert!(page.contains("<td>安全</td><td class=\"right\">50</td><td></td>"), "{page}");
    // The file travels with the page, and its address is that of the edition.
    assert!(page.contains("<a href=\"/zh-hant/%E6%95%B0-%E6%8D%AE.csv\" download>下載數據</a>"), "{page}");
    assert!(site.path("public/zh-hant/数-据.csv").exists());
}

#[test]
fn tables_are_read_from_every_kind_of_file() {
    let rows = "<td>发展</td><td class=\"right\">1.5</td>";
    for (name, text) in [
        ("t.tsv", "链\t数\n发展\t1.5\n"),
        ("t.toml", "[[rows]]\n\"链\" = \"发展\"\n\"数\" = 1.5\n"),
        ("t.json", "[\n\t{\"链\": \"发展\", \"数\": 1.5}\n]"),
        ("u.json", "{\"来源\": \"甲\", \"rows\": [{\"链\": \"发展\", \"数\": 1.5}]}"),
    ] {
        let site = Folder::new();
        site.write(&format!("data/{name}"), text);
        site.write(
            "content/s/a.md",
            format!("+++\ntitle = \"图\"\n+++\n::: table file=\"data/{name}\"\n:::\n"),
        );
        site.write("content/s/_index.md", "+++\ntitle = \"栏\"\n+++\n");
        let ran = site.run(&["build"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
        let page = site.read("public/zh-hans/s/a/index.html");
        assert!(page.contains(rows), "{name}: {page}");
        // What stands below data/ is not published.
        assert!(!page.contains("下载数据"), "{name}");
    }
}

#[test]
fn a_table_is_read_as_people_save_it() {
    let site = Folder::new();
    site.write("content/数.csv", "\u{FEFF}链,数\r\n\r\n\"发|展\",\"1,141\"\r\n,\r\n\"说\"\"好\"\"\",<b>\r\n");
    site.write(
        "content/日.toml",
        "[[rows]]\n\"日\" = 2023-06-28\n\"数\" = 1_000\n[[rows]]\n\"日\" = 2023-06-29\n",
    );
    let text = "::: table file=\"数.csv\"\n:::\n\n::: table file=\"数.csv\"\n:::\n\n::: chart file=\"日.toml\"\n:::\n";
    site.write("content/a.md", format!("+++\ntitle = \"图\"\n+++\n{text}"));
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let page = site.read("public/zh-hant/a/index.html");
    let rows =
        "<tr><td>發|展</td><td>1,141</td></tr>\n<tr><td>說\"好\"</td><td>&lt;b&gt;</td></tr>\n</tbody>";
    assert_eq!(page.matches(rows).count(), 2, "{page}");
    assert!(page.contains("class=\"value\">1000</text>"), "{page}");
    assert!(page.contains("<td>2023-06-28</td>"), "{page}");
}

#[test]
fn a_table_of_a_file_is_converted_in_a_text_that_is_written_for_an_edition() {
    let site = Folder::new();
    site.write("content/发.csv", "链,数\n发展,1\n头发,2\n");
    site.write("content/a.md", "+++\ntitle = \"图\"\n+++\n甲\n");
    site.write("content/a.zh-Hant.md", "::: chart bar 发展 file=\"发.csv\"\n:::\n");
    assert_eq!(site.run(&["build"]).status, 0);
    let page = site.read("public/zh-hant/a/index.html");
    assert!(page.contains("<figcaption>发展</figcaption>"), "what is written stays: {page}");
    assert!(page.contains("<td>發展</td>") && page.contains("<td>頭髮</td>"), "{page}");
    assert!(page.contains(">頭髮</text>"), "{page}");
}

#[test]
fn the_type_of_a_chart_stands_before_its_title() {
    assert_eq!(
        chart("::: chart share 产业链\n| 链 | 数 |\n| --- | --- |\n| 发展 | 80 |\n:::"),
        "100.00% 80 · 100.0% 發展"
    );
}

#[test]
fn numbers_are_drawn_whatever_they_are() {
    let rows = |cells: &[&str]| cells.iter().map(|cell| format!("| 甲 | {cell} |\n")).collect::<String>();
    let long = "九".repeat(300);
    let many = vec!["5"; 200];
    for cells in [&["0"][..], &["0", "0"], &["-5", "-10"], &["0.0000000001", "1万亿"], &["—", "3"], &many]
    {
        for kind in ["bar", "line"] {
            let site = Folder::new();
            let table = format!("| {long} | 数 |\n| --- | --- |\n{}", rows(cells));
            site.write("content/a.md", format!("+++\ntitle = \"图\"\n+++\n::: chart {kind}\n{table}:::\n"));
            assert_eq!(site.run(&["build"]).status, 0, "{kind} {cells:?}");
            let page = site.read("public/zh-hans/a/index.html");
            assert!(!page.contains("NaN") && !page.contains("inf"), "{kind} {cells:?}: {page}");
        }
    }
}

#[test]
fn a_site_adds_a_component_with_a_template() {
    let site = Folder::new();
    site.write("templates/components/card.html", "<aside>{{ component.who }}：{{ component.body }}<a href=\"{{ component.link }}\">{{ strings.next }}</a></aside>");
    site.write(
        "content/a.md",
        "+++\ntitle = \"甲\"\n+++\n::: card who=\"发言人\" link=\"b.md#头发\"\n说\n:::\n",
    );
    site.write("content/b.md", "+++\ntitle = \"乙\"\n+++\n## 头发\n");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let page = site.read("public/zh-hant/a/index.html");
    let expected = "<aside>發言人：<p id=\"p1\">說</p><a href=\"/zh-hant/b/#头发\">下一篇</a></aside>";
    assert!(page.contains(expected), "{page}");
}

#[test]
fn every_component_of_the_theme_can_be_used() {
    let site = Folder::new();
    for name in [
        "note",
        "tip",
        "info",
        "important",
        "warning",
        "caution",
        "danger",
        "details",
        "quote",
        "timeline",
        "gallery",
        "figures",
        "table",
    ] {
        let path = format!("content/{name}.md");
        site.write(&path, format!("+++\ntitle = \"甲\"\n+++\n::: {name} 头发 {{#here}}\n| 发 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n:::\n"));
        let ran = site.run(&["build"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
        let page = site.read(&format!("public/zh-hant/{name}/index.html"));
        assert!(page.contains("頭髮") || name == "quote", "{name}: {page}");
        assert!(page.contains(" id=\"here\""), "{name}: {page}");
    }
}

#[test]
fn the_filter_converts_titles_and_texts_of_components() {
    let site = Folder::new();
    let text = "::: chart bar file=\"发.csv\" title=\"发展\"\n头**发**\n:::\n";
    site.write("a.md", text);
    let ran = site.run(&["convert", "--to", "zh-Hant", "--markdown", "a.md"]);
    assert_eq!(ran.stdout, "::: chart bar file=\"发.csv\" title=\"發展\"\n頭**髮**\n:::\n");
}

#[test]
fn components_nest_only_so_deep() {
    let site = Folder::new();
    let deep =
        format!("+++\ntitle = \"甲\"\n+++\n{}甲\n{}", "::: note\n".repeat(40_000), ":::\n".repeat(40_000));
    site.write("content/a.md", deep);
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1);
    let first = "error[component]: components are nested more than 16 deep here\n   --> content/a.md:20:5\n";
    assert!(ran.stderr.starts_with(first), "{}", ran.stderr);
}
