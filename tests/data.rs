//! Data files for templates.

use crate::sites::{Folder, SETTINGS};

fn page(files: &[(&str, &str)], template: &str) -> String {
    let site = Folder::new();
    for (path, text) in files {
        site.write(path, text);
    }
    site.write("templates/page.html", template);
    site.write("content/a.md", "+++\ntitle = \"甲\"\n+++\n");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    site.read("public/zh-hant/a/index.html")
}

#[test]
fn templates_get_what_data_files_say_converted() {
    let toml = (
        "data/team.toml",
        "lead = \"发言人\"\n[[people]]\nname = \"余范\"\nsite = \"https://example.org/发\"\n",
    );
    let template = "{{ data.team.lead }}{% for one in data.team.people %}<{{ one.site }}>{% endfor %}";
    assert_eq!(page(&[toml], template), "發言人<https://example.org/发>");
    let csv = ("data/a/b.csv", "名,数\n发展,1\n安全,2\n");
    let template = "{% for row in data.a.b.rows %}{{ row[\"名\"] }}{{ row[\"数\"] }};{% endfor %}";
    assert_eq!(page(&[csv], template), "發展1;安全2;");
    let json = ("data/c.json", "[{\"z\": \"发\", \"a\": [1, true, null]}]");
    assert_eq!(page(&[json], "{% for row in data.c.rows %}{{ row.z }}{{ row.a[0] }}{% endfor %}"), "發1");
}

#[test]
fn a_name_that_is_no_word_of_templates_stands_in_brackets() {
    let files = [("data/my-team.toml", "name = \"发展\"\n"), ("data/团队.csv", "名\n头发\n")];
    let template = "{{ data[\"my-team\"].name }}{{ data[\"团队\"].rows[0][\"名\"] }}";
    assert_eq!(page(&files, template), "發展頭髮");
}

#[test]
fn data_that_no_template_names_is_not_read() {
    let broken = ("data/broken.json", "{");
    assert_eq!(page(&[broken], "{{ page.title }}"), "甲");
    let site = Folder::new();
    site.write("site.toml", SETTINGS);
    site.write("data/broken.json", "{\n  \"a\": }");
    site.write("templates/page.html", "{{ data.broken.a }}");
    site.write("content/a.md", "+++\ntitle = \"甲\"\n+++\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("data/broken.json:2:8"), "{}", ran.stderr);
}
