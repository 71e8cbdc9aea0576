//! `manifest.webmanifest` of each edition (W3C Web Application Manifest).

use crate::render::OutFile;
use crate::site::{EditionSite, MANIFEST, Plan};
use serde_json::json;

/// At most so many characters fit under an icon.
const SHORT_NAME: usize = 12;

/// The manifest of an edition. The icons are the theme's, or the site's own of the same names.
pub fn manifest(plan: &Plan<'_>, site: &EditionSite) -> OutFile {
    let icon = |file: &str, sizes: &str, kind: &str| json!({ "src": plan.urls.path(file), "sizes": sizes, "type": kind });
    let mut manifest = json!({
        "name": site.title,
        "short_name": site.title.chars().take(SHORT_NAME).collect::<String>(),
        "lang": site.info.tag,
        "dir": "ltr",
        "start_url": site.info.url,
        "scope": site.info.url,
        "display": "browser",
        "icons": [
            icon("icon-192.png", "192x192", "image/png"),
            icon("icon-512.png", "512x512", "image/png"),
            icon("icon.svg", "any", "image/svg+xml"),
        ],
    });
    if let Some(description) = &site.description {
        manifest["description"] = json!(description);
    }
    let dir = plan.config.editions[site.edition].dir();
    OutFile::new(format!("{dir}/{MANIFEST}"), format!("{manifest:#}\n"))
}
