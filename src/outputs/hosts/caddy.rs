//! Caddy: a piece of a Caddyfile, for a site block that has a `root`.

use super::{Told, languages, pattern};
use std::fmt::Write;

/// Files that Caddy does not know the type of.
const TYPES: [(&str, &str); 4] = [
    (r"\.webmanifest", "application/manifest+json"),
    (r"\.avif", "image/avif"),
    (r"/feed\.xml", "application/atom+xml"),
    (r"/feed\.json", "application/feed+json"),
];

pub(super) fn file(told: &Told<'_>) -> String {
    let base = pattern::literal(&told.base);
    let mut text = format!(
        "# Into a site block of Caddy: import /the/folder/_host/Caddyfile, where `root` is the folder that holds the site at {}\n\n@jianbao path_regexp ^{base}\nhandle @jianbao {{\n\troute {{\n",
        told.plan.config.base_url.path()
    );
    let mut line = |depth: usize, line: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}{line}", "\t".repeat(depth));
    };
    let mut map = |from: &str, to: &str, lines: &[(String, String)]| {
        line(2, &format!("map {from} {{jianbao_{to}}} {{"));
        lines.iter().for_each(|(key, value)| line(3, &format!("{} {}", quoted(key), quoted(value))));
        line(3, "default \"\"");
        line(2, "}");
    };
    let path = "{http.request.uri.path}";
    let wishes = languages::wishes(&told.choices).into_iter();
    let wishes: Vec<_> = wishes.map(|wish| (format!("~(?i){wish}"), "${1}".to_owned())).collect();
    map("{http.request.header.Accept-Language}", "wish", &wishes);
    let homes = told.choices.iter().map(|choice| (format!("~(?i){}", choice.pattern()), choice.home.clone()));
    map("{jianbao_wish}", "home", &homes.collect::<Vec<_>>());
    let kept = told.caching.rules.iter().map(|(pattern, kept)| (format!("~{pattern}"), (*kept).to_owned()));
    map(path, "kept", &kept.collect::<Vec<_>>());
    if !told.moved.is_empty() {
        let moved = told.moved.iter().map(|moved| {
            let slash = if moved.is_folder { "/?" } else { "" };
            (format!("~^{}{slash}$", pattern::literal(&moved.from)), moved.to.clone())
        });
        map(path, "moved", &moved.collect::<Vec<_>>());
    }
    line(2, "header {");
    for (name, value) in &told.headers {
        line(3, &format!("{name} {}", quoted(value)));
    }
    line(3, "Cache-Control {jianbao_kept}\n\t\t}");
    for (at, (dir, tag)) in told.editions().enumerate() {
        line(2, &format!("@edition{at} path_regexp ^{base}{}/", pattern::literal(&dir)));
        line(2, &format!("header @edition{at} Content-Language {tag}"));
    }
    for (at, (ending, kind)) in TYPES.iter().enumerate() {
        line(2, &format!("@type{at} path_regexp {ending}$"));
        line(2, &format!("header @type{at} Content-Type {kind}"));
    }
    line(2, &format!("@private path_regexp ^{base}{}", pattern::PRIVATE));
    line(2, "error @private 404");
    line(2, &format!("@top path_regexp ^{base}$"));
    line(2, "header @top Vary Accept-Language");
    line(2, "@home {");
    line(3, &format!("path_regexp ^{base}$"));
    line(3, "not query choose=*");
    line(3, "not vars {jianbao_home} \"\"");
    line(2, "}");
    line(2, "redir @home {jianbao_home} 302");
    if !told.moved.is_empty() {
        line(2, "@moved not vars {jianbao_moved} \"\"");
        line(2, "redir @moved {jianbao_moved} 301");
    }
    line(2, "encode gzip");
    line(2, "file_server");
    line(1, "}\n}");
    line(0, "handle_errors {");
    line(
        1,
        &format!(
            "@missing {{\n\t\tpath_regexp ^{base}\n\t\texpression {{http.error.status_code}} == 404\n\t}}"
        ),
    );
    line(1, "handle @missing {");
    line(2, "header Cache-Control no-cache");
    line(2, &format!("rewrite * {}", quoted(&format!("{}404.html", told.base))));
    line(2, "file_server");
    line(1, "}\n}");
    text
}

/// A word of a Caddyfile: nothing in it but a backtick means anything, and what is written here has none.
fn quoted(text: &str) -> String {
    format!("`{}`", text.replace('`', "%60"))
}
