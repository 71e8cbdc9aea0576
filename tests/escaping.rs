//! Nothing that an author writes becomes markup, wherever it goes.

use crate::sites::{Folder, SETTINGS, build};

fn body(markdown: &str) -> String {
    let built = build(SETTINGS, &[("_index.md", &format!("+++\ntitle = \"题\"\n+++\n{markdown}\n"))]);
    built.files.get("zh-hans/index.html").unwrap_or_else(|| panic!("{:?}", built.diagnostics)).clone()
}

#[track_caller]
fn holds(markdown: &str, expected: &str) {
    let html = body(markdown);
    assert!(html.contains(expected), "{markdown:?} gives {html}");
}

#[test]
fn in_attributes() {
    holds(r#"![甲" onerror="x](https://a.org/b.png)"#, r#"alt="甲&quot; onerror=&quot;x""#);
    holds(r#"[甲](https://a.org '乙" onclick="x')"#, r#"title="乙&quot; onclick=&quot;x""#);
    holds(r#"[甲](<https://a.org/"onclick="x>)"#, r#"href="https://a.org/&quot;onclick=&quot;x""#);
    holds("```a\"b<c\n甲\n```", r#"class="language-a&quot;b&lt;c""#);
    holds(r#"## 甲 {#a"b .c"d}"#, r#"<h2 id="a&quot;b" class="c&quot;d">"#);
    holds("[甲](https://a.org/?a=1&b=2)", r#"href="https://a.org/?a=1&amp;b=2""#);
}

#[test]
fn in_text() {
    holds(r"甲 \<b> & 乙", "甲 &lt;b&gt; &amp; 乙");
    holds("`<b>&`", "<code>&lt;b&gt;&amp;</code>");
    holds("```\n</code><script>\n```", "&lt;/code&gt;&lt;script&gt;");
    holds("甲&lt;script&gt;", "甲&lt;script&gt;");
}

#[test]
fn in_everything_around_the_body() {
    let site = Folder::new();
    let hostile = "甲\\\"'><script>&";
    site.write("site.toml", format!("title = \"{hostile}\"\ndescription = \"{hostile}\"\nbase_url = \"https://example.org/\"\n[[editions]]\ntag = \"zh-Hans\"\nlabel = \"{hostile}\"\n[[editions]]\ntag = \"zh-Hant\"\n"));
    let front = format!(
        "title = \"{hostile}\"\nkicker = \"{hostile}\"\nsubtitle = \"{hostile}\"\nbyline = \"{hostile}\"\nsource = \"{hostile}\"\nsummary = \"{hostile}\"\ntags = [\"{hostile}\"]\n[[figures]]\nvalue = \"{hostile}\"\nunit = \"{hostile}\"\nlabel = \"{hostile}\"\n"
    );
    site.write("content/_index.md", format!("+++\n{front}+++\n"));
    site.write("content/a/_index.md", format!("+++\n{front}+++\n## {hostile}\n\n## 乙\n"));
    site.write("content/a/b.md", format!("+++\n{front}+++\n"));
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1, "a heading with HTML in it is refused");
    site.write("content/a/_index.md", format!("+++\n{front}+++\n## 甲\n\n## 乙\n"));
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for (path, bytes) in site.tree("public") {
        if path.ends_with(".html") || path.ends_with(".xml") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            // The one script that a page may load.
            let text = text.replacen("<script type=\"module\" src=\"/search.js\"></script>", "", 1);
            assert!(!text.contains("<script"), "{path}");
            assert!(!text.contains("甲\"'"), "{path}: a quotation mark ends an attribute");
        }
    }
}
