//! Apache: `.htaccess`, for a folder with `AllowOverride FileInfo`.

use super::headers::OWN;
use super::{Told, languages, pattern};
use crate::site::{ATOM, JSON_FEED};
use std::fmt::Write;

/// Types of text that are worth compressing.
const TEXTS: &str = "application/atom+xml application/feed+json application/javascript application/json application/manifest+json application/xml image/svg+xml text/css text/html text/javascript text/plain text/xml";

pub(super) fn file(told: &Told<'_>) -> String {
    let mut text = format!(
        "# Apache reads this where AllowOverride has FileInfo; the modules headers, rewrite, mime and deflate are used where they are loaded.\n\nErrorDocument 404 {}\nAddDefaultCharset utf-8\n",
        quoted(&told.address("404.html"))
    );
    types(&mut text);
    headers(told, &mut text);
    rewriting(told, &mut text);
    text
}

fn types(text: &mut String) {
    text.push_str("\n<IfModule mod_mime.c>\n");
    text.push_str("    AddType application/manifest+json .webmanifest\n");
    text.push_str("    AddType image/avif .avif\n    AddType image/webp .webp\n");
    text.push_str("    AddCharset utf-8 .css .js .json .svg .webmanifest .xml\n</IfModule>\n");
    for (name, kind) in [(ATOM, "application/atom+xml"), (JSON_FEED, "application/feed+json")] {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "<Files \"{name}\">\n    ForceType {kind}\n</Files>");
    }
    let _ = writeln!(
        text,
        "<IfModule mod_deflate.c>\n    <IfModule mod_filter.c>\n        AddOutputFilterByType DEFLATE {TEXTS}\n    </IfModule>\n</IfModule>"
    );
}

/// Of several lines for one header the last that holds counts.
fn headers(told: &Told<'_>, text: &mut String) {
    let base = pattern::literal(&told.base);
    text.push_str("\n<IfModule mod_headers.c>\n");
    let mut set = |name: &str, value: &str, condition: Option<String>| {
        let condition = condition.map_or_else(String::new, |condition| format!(" \"expr={condition}\""));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "    Header always set {name} {}{condition}", quoted(value));
    };
    for (name, value) in &told.headers {
        set(name, value, None);
    }
    for (pattern, kept) in told.caching.rules.iter().rev() {
        set("Cache-Control", kept, Some(format!("%{{REQUEST_URI}} =~ m#{pattern}#")));
    }
    for (dir, tag) in told.editions() {
        let dir = pattern::literal(&dir);
        set("Content-Language", tag, Some(format!("%{{REQUEST_URI}} =~ m#^{base}{dir}/#")));
    }
    // The file in the folder has taken its place when headers are set.
    let top = pattern::literal(told.plan.config.base_url.path());
    let top = format!(r"%{{THE_REQUEST}} =~ m#^[A-Z]+\x20{top}(?:\?|\x20)#");
    set("Cache-Control", OWN, Some(top.clone()));
    set("Vary", "Accept-Language", Some(top));
    text.push_str("</IfModule>\n");
}

/// Paths count from the folder of this file.
fn rewriting(told: &Told<'_>, text: &mut String) {
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line("\n<IfModule mod_rewrite.c>\n    RewriteEngine On".to_owned());
    line(format!("    RewriteRule \"^{}\" - [R=404,L]", pattern::PRIVATE));
    for (at, wish) in languages::wishes(&told.choices).iter().enumerate() {
        if at > 0 {
            line("    RewriteCond %{ENV:JIANBAO_WISH} ^$".to_owned());
        }
        line(format!("    RewriteCond %{{HTTP:Accept-Language}} \"{wish}\" [NC,NV]"));
        line("    RewriteRule ^$ - [E=JIANBAO_WISH:%1]".to_owned());
    }
    for choice in &told.choices {
        line(format!("    RewriteCond %{{QUERY_STRING}} \"!{}\"", pattern::CHOOSE));
        line(format!("    RewriteCond %{{ENV:JIANBAO_WISH}} \"{}\" [NC]", choice.pattern()));
        line(format!("    RewriteRule ^$ {} [R=302,NE,L]", target(&choice.home)));
    }
    let base = told.base.len();
    for moved in &told.moved {
        let slash = if moved.is_folder { "/?" } else { "" };
        let from = pattern::literal(&moved.from[base..]);
        line(format!("    RewriteRule \"^{from}{slash}$\" {} [R=301,NE,L]", target(&moved.to)));
    }
    line("</IfModule>".to_owned());
}

/// What a rule leads to: an encoded address, in which `%` and `$` would stand for what was found.
fn target(address: &str) -> String {
    quoted(&address.replace('%', "\\%").replace('$', "\\$"))
}

/// A text in quotation marks: no address and no value here has a quotation mark or a backslash that is meant as itself.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "%22"))
}
