//! Links that templates make are checked like those of sources.

use crate::sites::Folder;

fn site(base: &str, template: &str) -> Folder {
    let site = Folder::new();
    site.write("site.toml", format!("title = \"简报\"\nbase_url = \"https://example.org{base}\"\n"));
    site.write("static/a b.css", "");
    site.write("content/s/_index.md", "+++\ntitle = \"栏\"\n+++\n\n## 算力\n");
    site.write("content/s/a.md", "+++\ntitle = \"甲\"\n+++\n\n字[外](https://example.com/)\n");
    site.write("templates/page.html", template);
    site
}

#[track_caller]
fn fine(base: &str, template: &str) {
    let ran = site(base, template).run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{template}");
}

#[track_caller]
fn says(base: &str, template: &str, expected: &str) {
    let ran = site(base, template).run(&["build"]);
    assert_eq!(ran.status, 1, "{template}");
    assert_eq!(ran.stderr.trim(), expected.trim());
}

#[test]
fn what_is_there_can_be_linked_to() {
    for (base, start) in [("/", "/"), ("/brief/", "/brief/")] {
        fine(
            base,
            &format!("<link href=\"{start}a%20b.css?v=1\"><a href=\"{start}zh-hans/s/#%E7%AE%97%E5%8A%9B\">"),
        );
        fine(
            base,
            &format!(
                "<a href=\"{start}\"><a href=\"../\"><a href=\"../../s\"><a href=\".\"><a href=\"?x\"><a href=\"{start}index.html\">"
            ),
        );
        fine(
            base,
            &format!(
                "<p id=\"x\"><a href=\"#x\"><a href=\"#top\"><a href=\"#\"><a href=\"https://example.org{start}zh-hant/\">"
            ),
        );
    }
    fine(
        "/brief/",
        "<a href=\"/\"><a href=\"mailto:a@example.org\"><a href=\"//example.com/\"><script src=\"https://example.com/a.js\"></script>",
    );
}

#[test]
fn what_is_not_there_is_pointed_at_in_the_template() {
    says(
        "/",
        "<p>\n<a href=\"/zh-hans/s/b/\">",
        "
error[broken-link]: `/zh-hans/s/b/` leads nowhere (while rendering content/s/a.md)
  --> templates/page.html:2:10
  |
2 | <a href=\"/zh-hans/s/b/\">
  |          ^^^^^^^^^^^^^
  = help: did you mean /zh-hans/s/a/?
",
    );
    says(
        "/",
        "<a href=\"{{ edition.url }}s/#头发\">",
        "
error[broken-link]: `/zh-hans/s/#头发` leads to a page without the id `头发` (while rendering content/s/a.md)
  --> content/s/a.md
  = help: mend the template that makes it; {{ edition.url }} and {{ site.base_path }} begin addresses of the site

error[broken-link]: `/zh-hant/s/#头发` leads to a page without the id `头发` (while rendering content/s/a.md)
  --> content/s/a.md
  = help: mend the template that makes it; {{ edition.url }} and {{ site.base_path }} begin addresses of the site
",
    );
}

#[test]
fn links_of_the_source_are_said_once() {
    let site = site("/", "{{ page.content }}");
    site.write(
        "site.toml",
        "title = \"简报\"\nbase_url = \"https://example.org/\"\n[links]\nbroken = \"warn\"\n",
    );
    site.write("content/s/a.md", "+++\ntitle = \"甲\"\n+++\n\n[无](没有.md) [无](_index.md#没有)\n");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.matches("warning[broken-link]").count()), (0, 2), "{}", ran.stderr);
}

#[test]
fn links_to_other_sites_say_so() {
    let site = site("/", "{{ page.content }}");
    assert_eq!(site.run(&["build"]).status, 0);
    let page = site.read("public/zh-hans/s/a/index.html");
    assert!(page.contains("<a href=\"https://example.com/\" rel=\"external\">"), "{page}");
}

#[test]
fn an_address_that_forgets_the_base_path_is_pointed_at() {
    says(
        "/brief/",
        "<link href=\"/a b.css\"><a href=\"/other/\"><a href=\"/\">",
        "
error[broken-link]: `/a b.css` leads nowhere (while rendering content/s/a.md)
  --> templates/page.html:1:13
  |
1 | <link href=\"/a b.css\"><a href=\"/other/\"><a href=\"/\">
  |             ^^^^^^^^
  = help: did you mean /brief/a b.css?
",
    );
}
