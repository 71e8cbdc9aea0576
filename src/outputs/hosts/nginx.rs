//! nginx: maps for `http { }` and a location for `server { }`.

use super::headers::OWN;
use super::{Told, languages, pattern};
use std::fmt::Write;

/// nginx 1.22 keeps the length of a location's name in a byte. Whoever asks for a longer one gets the page that leads on.
const LONGEST: usize = 250;

/// Types of text that are worth compressing; HTML always is.
const TEXTS: &str = "application/atom+xml application/feed+json application/javascript application/json application/manifest+json application/xml image/svg+xml text/css text/javascript text/plain text/xml";

/// Files that Debian's list of types does not know, or by their endings only.
const TYPES: [(&str, &str); 4] = [
    (r"\.webmanifest", "application/manifest+json"),
    (r"\.avif", "image/avif"),
    (r"/feed\.xml", "application/atom+xml"),
    (r"/feed\.json", "application/feed+json"),
];

/// Goes into `http { }`: a map cannot stand anywhere else.
pub(super) fn http(told: &Told<'_>) -> String {
    let name = prefix(told);
    let mut text =
        "# Into http { } of nginx, once; the other file goes into the server { } of the site.\n\n".to_owned();
    let mut map = |from: &str, to: &str, lines: &[(String, String)], default: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "map {from} ${name}_{to} {{");
        for (key, value) in lines {
            let _ = writeln!(text, "    {} {value};", quoted(key));
        }
        let _ = writeln!(text, "    default {default};\n}}\n");
    };
    let choose = [(format!("~{}", pattern::CHOOSE), "\"\"".to_owned())];
    map("$args", "asked", &choose, "$http_accept_language");
    let wishes = languages::wishes(&told.choices).into_iter();
    let wishes: Vec<_> = wishes.map(|wish| (format!("~*{wish}"), "$1".to_owned())).collect();
    map(&format!("${name}_asked"), "wish", &wishes, "\"\"");
    let homes = told.choices.iter().map(|choice| (format!("~*{}", choice.pattern()), value(&choice.home)));
    map(&format!("${name}_wish"), "home", &homes.collect::<Vec<_>>(), "\"\"");
    let kept = told.caching.rules.iter().map(|(pattern, kept)| (format!("~{pattern}"), quoted(kept)));
    map("$uri", "kept", &kept.collect::<Vec<_>>(), "\"\"");
    let base = pattern::literal(&told.base);
    let editions = told.editions();
    let tags = editions.map(|(dir, tag)| (format!("~^{base}{}/", pattern::literal(&dir)), quoted(tag)));
    map("$uri", "tag", &tags.collect::<Vec<_>>(), "\"\"");
    text
}

/// Goes into `server { }`, behind its `root`.
pub(super) fn server(told: &Told<'_>) -> String {
    let name = prefix(told);
    let base = pattern::literal(&told.base);
    let mut text = format!(
        "# Into server {{ }} of nginx, where `root` is the folder that holds the site at {}\n\nlocation {} {{\n",
        told.plan.config.base_url.path(),
        quoted(&told.base)
    );
    let mut line = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    line("    index index.html;");
    line("    charset utf-8;");
    line("    absolute_redirect off;");
    line("    gzip on;\n    gzip_vary on;");
    line(&format!("    gzip_types {TEXTS};"));
    line(&format!("    error_page 404 {};", value(&format!("{}404.html", told.base))));
    let security = || told.headers.iter().map(|(name, value)| (*name, quoted(value)));
    let own = [("Cache-Control", format!("${name}_kept")), ("Content-Language", format!("${name}_tag"))];
    for (name, value) in security().chain(own) {
        line(&format!("    add_header {name} {value} always;"));
    }
    line(&format!("\n    location = {} {{", quoted(&told.base)));
    let own = [("Cache-Control", quoted(OWN)), ("Vary", "Accept-Language".to_owned())];
    for (name, value) in security().chain(own) {
        line(&format!("        add_header {name} {value} always;"));
    }
    line(&format!("        if (${name}_home) {{ return 302 ${name}_home; }}"));
    line(&format!("        try_files {} =404;\n    }}", value(&format!("{}index.html", told.base))));
    line(&format!("\n    location ~ {} {{ return 404; }}", quoted(&format!("^{base}{}", pattern::PRIVATE))));
    for (ending, kind) in TYPES {
        let pattern = quoted(&format!("^{base}.*{ending}$"));
        line(&format!("    location ~ {pattern} {{ types {{ }} default_type {kind}; }}"));
    }
    for moved in &told.moved {
        for from in moved.forms().filter(|from| from.len() <= LONGEST) {
            line(&format!("    location = {} {{ return 301 {}; }}", quoted(&from), value(&moved.to)));
        }
    }
    line("}");
    text
}

/// What the names of variables begin with: several sites may share one `http { }`.
fn prefix(told: &Told<'_>) -> String {
    let base = &told.plan.config.base_url;
    let name = base.as_str().split_once("://").map_or("", |(_, name)| name).trim_end_matches('/');
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("jianbao_{}", name.chars().map(letter).collect::<String>())
}

/// A text in quotation marks.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for (at, c) in text.char_indices() {
        // Only in front of these is a backslash more than itself.
        let escapes = text[at + c.len_utf8()..].starts_with(['"', '\'', '\\', 't', 'r', 'n']);
        if c == '"' || (c == '\\' && (escapes || at + 1 == text.len())) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// An address or a path where nginx looks for variables.
fn value(address: &str) -> String {
    quoted(&address.replace('$', "%24"))
}
