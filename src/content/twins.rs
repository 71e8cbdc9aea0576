//! Sources that are written for one edition: each belongs to a page, and there is one for a page and an edition.
//!
//! In: all sources. Out: what is wrong with their names. Never: a look at what they say.

use super::{Source, diagnostics};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::script::Tag;
use std::collections::{BTreeMap, BTreeSet};

/// A text for a Chinese edition takes the place of a converted one, so there must be a page to convert; one for an edition in
/// another language may stand alone.
pub(super) fn check(sources: &[Source], config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<((String, bool), &Tag), &str> = BTreeMap::new();
    let pages: BTreeSet<(String, bool)> = sources
        .iter()
        .filter(|source| source.route.edition.is_none())
        .map(|source| source.route.page())
        .collect();
    for source in sources {
        let Some(tag) = &source.route.edition else { continue };
        if let Some(first) = first.get(&(source.route.page(), tag)) {
            diagnostics.push(diagnostics::twin_twice(&source.path, first, tag));
            continue;
        }
        first.insert((source.route.page(), tag), &source.path);
        let is_converted = config.editions.iter().any(|edition| edition.tag == *tag && !edition.is_written());
        // A site without a home page of its own has one that consists of its title.
        if is_converted && !pages.contains(&source.route.page()) && !source.route.path().is_empty() {
            diagnostics.push(diagnostics::twin_without_page(&source.path, &page(&source.path), tag));
        }
    }
}

/// The file of the page that `a.zh-Hant.md` belongs to: `a.md`.
fn page(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    format!("{}.md", stem.rsplit_once('.').map_or(stem, |(stem, _)| stem))
}
