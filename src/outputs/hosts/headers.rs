//! What every answer says to browsers: what a page may do, and how long it may be kept.

use super::pattern;
use crate::config::Config;

/// What never changes under its name.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What machines fetch by the hour.
pub(super) const AN_HOUR: &str = "public, max-age=3600";
/// What is kept, and asked for each time.
pub(super) const ASKED_FOR: &str = "no-cache";
/// What differs from reader to reader.
pub(super) const OWN: &str = "private, no-cache";

/// Folders of files that are named after what they hold.
pub(super) const HASHED_FOLDERS: [&str; 2] = ["images", "cards"];

/// The headers of all files. A policy in a page cannot say who may frame it.
pub(super) fn security(config: &Config) -> Vec<(&'static str, String)> {
    let images = if config.external_images { " img-src 'self' https:;" } else { "" };
    let policy = format!(
        "default-src 'self';{images} base-uri 'self'; connect-src 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"
    );
    let mut headers = vec![
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
    ];
    // Without includeSubDomains: what else is on the domain nobody knows here.
    if config.base_url.as_str().starts_with("https:") {
        headers.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
    }
    headers
}

/// Whether a name has a fingerprint: `style.0123abcd.css`.
pub(super) fn has_fingerprint(path: &str) -> bool {
    let mut parts = path.rsplit('.');
    let (kind, print, name) = (parts.next(), parts.next(), parts.next());
    let is_print = |print: &str| {
        print.len() == 8 && print.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    matches!(kind, Some("css" | "js")) && print.is_some_and(is_print) && name.is_some()
}

/// How long each file is kept, by patterns on its decoded path. The first that matches counts.
pub(super) struct Caching {
    pub(super) rules: Vec<(String, &'static str)>,
}

impl Caching {
    pub(super) fn new(base: &str) -> Self {
        let base = pattern::literal(base);
        let digit = "[0-9a-f]";
        let rule = |rest: &str, value| (format!("^{base}{rest}"), value);
        Self {
            rules: vec![
                rule("$", OWN),
                rule(&format!("{}/", pattern::any(HASHED_FOLDERS)), FOR_EVER),
                rule(&format!(r"(?:.*/)?[^/]+\.{}\.(?:css|js)$", digit.repeat(8)), FOR_EVER),
                rule(
                    r"(?:sitemap[^/]*\.xml|robots\.txt|[^/]+/(?:feed\.(?:xml|json)|manifest\.webmanifest))$",
                    AN_HOUR,
                ),
                rule("", ASKED_FOR),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_told_from_names() {
        for name in ["style.0123abcd.css", "a/search.89abcdef.js"] {
            assert!(has_fingerprint(name), "{name}");
        }
        for name in ["style.css", "style.0123abc.css", "style.0123ABCD.css", "0123abcd.css", "a.0123abcd.png"]
        {
            assert!(!has_fingerprint(name), "{name}");
        }
    }
}
