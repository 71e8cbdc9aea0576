//! Where links lead, decided once for all editions.

use super::{Parsed, Place, diagnostics};
use crate::content::{Asset, Route};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::markdown::{self, Link};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};

/// What a destination means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the same edition, and a fragment of it.
    Page(usize, Option<String>),
    /// A place on the same page.
    Here(String),
    /// A file beside the pages, of the same edition; with what followed its path (`?…`).
    Asset(usize, String),
    /// A static file, by its published path.
    Static(String),
    /// Another site, or a mail address or telephone number.
    External(String),
}

/// What links can lead to, by every name they may use for it.
pub(super) struct Index<'s> {
    documents: &'s [Parsed<'s>],
    by_source: BTreeMap<&'s str, usize>,
    by_route: BTreeMap<&'s str, usize>,
    drafts: BTreeSet<&'s str>,
    assets_by_path: BTreeMap<&'s str, usize>,
    assets_by_route: BTreeMap<&'s str, usize>,
    statics: BTreeSet<&'s str>,
}

impl<'s> Index<'s> {
    pub(super) fn new(
        documents: &'s [Parsed<'s>],
        places: &'s [Place],
        drafts: &'s [String],
        assets: &'s [Asset],
        statics: &[&'s str],
    ) -> Self {
        let source = |(index, parsed): (usize, &'s Parsed<'s>)| (in_content(&parsed.source.path), index);
        Self {
            documents,
            by_source: documents.iter().enumerate().map(source).collect(),
            by_route: places.iter().enumerate().map(|(i, place)| (place.route.as_str(), i)).collect(),
            drafts: drafts.iter().map(|path| in_content(path)).collect(),
            assets_by_path: assets.iter().enumerate().map(|(i, a)| (in_content(&a.file.path), i)).collect(),
            assets_by_route: assets.iter().enumerate().map(|(i, a)| (a.route.as_str(), i)).collect(),
            statics: statics.iter().copied().collect(),
        }
    }

    /// Where each link of a document leads. A link that leads nowhere is reported, and kept as it is written.
    pub(super) fn resolve(
        &self,
        parsed: &Parsed<'_>,
        broken: Severity,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Target> {
        let images = images(&parsed.document);
        let links = parsed.document.links.iter().enumerate();
        links
            .map(|(index, link)| {
                let target = self.target(parsed, link, broken);
                let target = target.and_then(|target| match target {
                    Target::Page(..) | Target::Here(_) if images.contains(&index) => {
                        Err(diagnostics::image_expected(parsed, link))
                    }
                    other => Ok(other),
                });
                target.unwrap_or_else(|diagnostic| {
                    diagnostics.push(diagnostic);
                    Target::External(link.destination.clone())
                })
            })
            .collect()
    }

    fn target(&self, parsed: &Parsed<'_>, link: &Link, broken: Severity) -> Result<Target, Diagnostic> {
        let destination = link.destination.trim();
        if let Some(scheme) = scheme(destination) {
            let allowed = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto" | "tel");
            return if allowed {
                Ok(Target::External(destination.to_owned()))
            } else {
                Err(diagnostics::bad_scheme(parsed, link, scheme))
            };
        }
        if destination.starts_with("//") {
            return Ok(Target::External(destination.to_owned()));
        }
        let (path, fragment) = destination.split_once('#').map_or((destination, None), |(p, f)| (p, Some(f)));
        let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decoded);
        if path.is_empty() {
            let Some(fragment) = fragment else { return Ok(Target::Here(String::new())) };
            self.check_fragment(parsed, link, broken, None, &fragment)?;
            return Ok(Target::Here(fragment));
        }
        let (path, query) = path.split_once('?').map_or((path, ""), |(path, query)| (path, query));
        let Some(path) = from_top(parsed, &decoded(path)) else {
            return Err(diagnostics::broken_link(parsed, link, broken, None));
        };
        if let Some(page) = self.page(&path) {
            if let Some(fragment) = &fragment {
                self.check_fragment(parsed, link, broken, Some(page), fragment)?;
            }
            return Ok(Target::Page(page, fragment));
        }
        if let Some(asset) =
            self.assets_by_path.get(path.as_str()).or_else(|| self.assets_by_route.get(path.as_str()))
        {
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            return Ok(Target::Asset(*asset, query));
        }
        if self.statics.contains(path.as_str()) {
            return Ok(Target::Static(path));
        }
        if self.drafts.contains(path.as_str()) {
            return Err(diagnostics::draft_link(parsed, link, broken, &format!("content/{path}")));
        }
        Err(diagnostics::broken_link(parsed, link, broken, self.suggestion(&path).as_deref()))
    }

    /// A page by its source's path, by the same without its numbers, or by its route.
    fn page(&self, path: &str) -> Option<usize> {
        if let Some(page) = self.by_source.get(path) {
            return Some(*page);
        }
        let route = if path.ends_with(".md") {
            Route::of(&format!("content/{path}")).ok()?.path()
        } else {
            path.trim_end_matches('/').to_owned()
        };
        self.by_route.get(route.as_str()).copied()
    }

    fn check_fragment(
        &self,
        parsed: &Parsed<'_>,
        link: &Link,
        broken: Severity,
        page: Option<usize>,
        fragment: &str,
    ) -> Result<(), Diagnostic> {
        let (name, anchors) = match page {
            Some(page) => {
                let target = &self.documents[page];
                (target.source.path.as_str(), &target.document.anchors)
            }
            None => ("this page", &parsed.document.anchors),
        };
        if anchors.binary_search_by(|anchor| anchor.as_str().cmp(fragment)).is_ok() {
            return Ok(());
        }
        let near = nearest(fragment, anchors.iter().map(String::as_str));
        Err(diagnostics::broken_fragment(parsed, link, broken, name, fragment, near))
    }

    fn suggestion(&self, path: &str) -> Option<String> {
        let known = self.by_source.keys().copied().chain(self.assets_by_path.keys().copied());
        // The same file name elsewhere is a better guess than a like-sounding path.
        let name = path.rsplit('/').next().unwrap_or(path);
        let same_name = known.clone().find(|candidate| candidate.rsplit('/').next() == Some(name));
        same_name.or_else(|| nearest(path, known)).map(|path| format!("/{path}"))
    }
}

/// Indices of links that are images.
fn images(document: &markdown::Document) -> BTreeSet<usize> {
    let image = |node: &markdown::Node| match &node.kind {
        markdown::Kind::Image(link, ..) | markdown::Kind::Figure { link, .. } => Some(*link),
        _ => None,
    };
    document.tree.nodes().iter().filter_map(image).collect()
}

fn in_content(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The scheme of a destination, by RFC 3986. A drive letter is none: `c:` is one letter.
fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let mut bytes = scheme.bytes();
    let starts = bytes.next().is_some_and(|b| b.is_ascii_alphabetic());
    (starts && bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))).then_some(scheme)
}

/// The path from the content folder, `.` and `..` resolved. Nothing where it leads out of the folder.
fn from_top(parsed: &Parsed<'_>, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(in_content(&parsed.source.path).split('/'));
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::scheme;

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme("https://example.org"), Some("https"));
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("../a:b.md"), None);
        assert_eq!(scheme("新闻:一.md"), None);
    }
}
