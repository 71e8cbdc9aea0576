//! Where links lead, decided once for all editions.
//!
//! A destination is read as a browser reads it (WHATWG URL), so that nothing is taken for a path that a browser takes
//! for a script. Whatever is not understood is reported, and never written into a page as it stands.

use super::aliases::Redirect;
use super::outline::LeftOut;
use super::paths::Made;
use super::urls::{fragment, query};
use super::{Parsed, diagnostics};
use crate::config::Config;
use crate::content::Route;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::markdown::{self, Link};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a destination means. The last text of a target is what follows its path: `?x=1#算力`, encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the same edition.
    Page(usize, String),
    /// The same page.
    Here(String),
    /// A file beside the pages, of the same edition.
    Asset(usize, String),
    /// A static file, by its published path.
    Static(String, String),
    /// Another site, or a mail address or telephone number.
    External(String),
    /// A path of the same edition at which nothing is: only where broken links are let through.
    Missing(String),
}

/// What links can lead to, by every name they may use for it.
pub(super) struct Index<'s> {
    documents: &'s [Parsed<'s>],
    by_source: BTreeMap<&'s str, usize>,
    by_route: BTreeMap<&'s str, usize>,
    /// Addresses below the site or below an edition, that lead to a page.
    by_alias: BTreeMap<String, usize>,
    by_file_name: BTreeMap<&'s str, &'s str>,
    left_out: BTreeMap<&'s str, &'s LeftOut>,
    assets_by_path: BTreeMap<&'s str, usize>,
    assets_by_route: BTreeMap<&'s str, usize>,
    statics: BTreeSet<&'s str>,
}

impl<'s> Index<'s> {
    pub(super) fn new(config: &Config, made: &Made<'s>, left_out: &'s [LeftOut]) -> Self {
        let Made { documents, places, redirects, assets, statics } = *made;
        let source = |(index, parsed): (usize, &'s Parsed<'s>)| (in_content(&parsed.source.path), index);
        let by_source: BTreeMap<&str, usize> = documents.iter().enumerate().map(source).collect();
        let assets_by_path: BTreeMap<&str, usize> =
            assets.iter().enumerate().map(|(i, asset)| (in_content(&asset.file.path), i)).collect();
        // Of files of one name the first one is meant.
        let known = assets_by_path.keys().rev().chain(by_source.keys().rev());
        Self {
            documents,
            by_file_name: known.map(|path| (file_name(path), *path)).collect(),
            by_source,
            by_route: places.iter().enumerate().map(|(i, place)| (place.route.as_str(), i)).collect(),
            left_out: left_out
                .iter()
                .flat_map(|out| [(out.route.as_str(), out), (in_content(&out.path), out)])
                .collect(),
            by_alias: by_alias(config, redirects),
            assets_by_path,
            assets_by_route: assets.iter().enumerate().map(|(i, a)| (a.route.as_str(), i)).collect(),
            statics: statics.iter().copied().collect(),
        }
    }

    /// Where each link of a document leads. `document` is its index.
    pub(super) fn resolve(
        &self,
        document: usize,
        broken: Severity,
        guesses: &mut Guesses,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Target> {
        let parsed = &self.documents[document];
        let images = images(&parsed.document);
        guesses.left_in_document = GUESSES_A_DOCUMENT;
        let said = Said { diagnostics, count: 0, more: 0, worst: Severity::Warning };
        let mut resolver = Resolver { index: self, parsed, document, broken, guesses, said };
        let links = parsed.document.links.iter().enumerate();
        let targets = links.map(|(index, link)| resolver.link(link, images.contains(&index))).collect();
        resolver.said.finish(parsed);
        targets
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
        self.by_route.get(route.as_str()).or_else(|| self.by_alias.get(&route)).copied()
    }
}

/// The pages that aliases lead to, by the address of the alias, with and without the folder of its edition.
fn by_alias(config: &Config, redirects: &[Redirect]) -> BTreeMap<String, usize> {
    let mut known = BTreeMap::new();
    for Redirect { path, place, edition, .. } in redirects {
        let address = path.strip_suffix("/index.html").unwrap_or(path);
        let dir = config.editions[*edition].dir();
        let below = address.strip_prefix(&dir).and_then(|rest| rest.strip_prefix('/'));
        for address in below.into_iter().chain([address]) {
            known.entry(address.to_owned()).or_insert(*place);
        }
    }
    known
}

/// The id that every page of the theme has for its top.
const TOP: &str = "top";

/// So many guesses at what was meant are made for a document; each looks at everything that might have been.
const GUESSES_A_DOCUMENT: usize = 20;
/// And so many for a site.
const GUESSES_A_SITE: usize = 100;
/// So many faulty links of a document are shown one by one.
const SHOWN_A_DOCUMENT: usize = 50;

/// Guesses at what links that lead nowhere were meant to be; each is made once.
#[derive(Debug)]
pub(super) struct Guesses {
    left_in_site: usize,
    left_in_document: usize,
    made: HashMap<Wanted, Option<String>>,
}

/// What a link asked for in vain: a fragment of a document, or a path.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Wanted {
    Fragment(usize, String),
    Path(String),
}

impl Guesses {
    pub(super) fn new() -> Self {
        Self { left_in_site: GUESSES_A_SITE, left_in_document: 0, made: HashMap::new() }
    }

    fn guess(&mut self, wanted: Wanted, index: &Index<'_>) -> Option<String> {
        if let Some(made) = self.made.get(&wanted) {
            return made.clone();
        }
        if self.left_in_site == 0 || self.left_in_document == 0 {
            return None;
        }
        self.left_in_site -= 1;
        self.left_in_document -= 1;
        let near = match &wanted {
            Wanted::Fragment(document, id) => {
                nearest(id, index.documents[*document].document.anchors.iter().map(String::as_str))
            }
            Wanted::Path(path) => {
                nearest(path, index.by_source.keys().chain(index.assets_by_path.keys()).copied())
            }
        };
        let near = near.map(str::to_owned);
        self.made.insert(wanted, near.clone());
        near
    }
}

/// What is said about the links of one document: the first faults one by one, the others as a number.
struct Said<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
    count: usize,
    more: usize,
    worst: Severity,
}

impl Said<'_> {
    fn say(&mut self, severity: Severity, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.count < SHOWN_A_DOCUMENT {
            self.count += 1;
            self.diagnostics.push(diagnostic());
        } else {
            self.more += 1;
            self.worst = self.worst.max(severity);
        }
    }

    fn finish(self, parsed: &Parsed<'_>) {
        if self.more > 0 {
            self.diagnostics.push(diagnostics::more_links(parsed, self.more, self.worst));
        }
    }
}

struct Resolver<'a> {
    index: &'a Index<'a>,
    parsed: &'a Parsed<'a>,
    document: usize,
    broken: Severity,
    guesses: &'a mut Guesses,
    said: Said<'a>,
}

impl Resolver<'_> {
    fn link(&mut self, link: &Link, is_image: bool) -> Target {
        let Some(target) = self.target(link) else {
            // What must not reach a page; why was said.
            return Target::Here(String::new());
        };
        if is_image {
            let parsed = self.parsed;
            match &target {
                Target::Page(..) | Target::Here(_) => {
                    self.said.say(Severity::Error, || diagnostics::image_expected(parsed, link));
                }
                Target::External(url) if scheme(url).is_none_or(is_web) => {
                    self.said.say(Severity::Warning, || diagnostics::external_image(parsed, link));
                }
                Target::External(_) => {
                    self.said.say(Severity::Error, || diagnostics::no_image(parsed, link));
                }
                Target::Asset(..) | Target::Static(..) | Target::Missing(_) => {}
            }
        }
        target
    }

    fn target(&mut self, link: &Link) -> Option<Target> {
        let (parsed, broken) = (self.parsed, self.broken);
        let destination = as_browsers_read(&link.destination);
        if let Some(scheme) = scheme(&destination)
            && !(is_web(scheme)
                || scheme.eq_ignore_ascii_case("mailto")
                || scheme.eq_ignore_ascii_case("tel"))
        {
            self.said.say(Severity::Error, || diagnostics::bad_scheme(parsed, link, scheme));
            return None;
        }
        if link.destination.contains(char::is_control) {
            self.said.say(Severity::Error, || diagnostics::control_character(parsed, link));
            return None;
        }
        if scheme(&destination).is_some() || destination.starts_with("//") {
            return Some(Target::External(destination));
        }
        let (path, id) = destination.split_once('#').map_or((&*destination, ""), |(path, id)| (path, id));
        let (path, query_text) = path.split_once('?').unwrap_or((path, ""));
        let tail = if query_text.is_empty() { String::new() } else { format!("?{}", query(query_text)) };
        let id = decoded(id);
        if path.is_empty() {
            let id = self.id_on(self.document, id);
            self.check_fragment(link, self.document, &id);
            return Some(Target::Here(with_fragment(tail, &id)));
        }
        // Browsers take `\` for `/`: `\\evil.org` would lead to another site.
        let Some(path) = from_top(parsed, &decoded(path)).filter(|path| !path.contains('\\')) else {
            self.said.say(broken, || diagnostics::broken_link(parsed, link, broken, None));
            return None;
        };
        if let Some(page) = self.index.page(&path) {
            let id = self.id_on(page, id);
            self.check_fragment(link, page, &id);
            return Some(Target::Page(page, with_fragment(tail, &id)));
        }
        let asset = self.index.assets_by_path.get(path.as_str());
        if let Some(asset) = asset.or_else(|| self.index.assets_by_route.get(path.as_str())) {
            return Some(Target::Asset(*asset, with_fragment(tail, &id)));
        }
        if self.index.statics.contains(path.as_str()) {
            return Some(Target::Static(path, with_fragment(tail, &id)));
        }
        self.missing(link, &path);
        Some(Target::Missing(path))
    }

    fn missing(&mut self, link: &Link, path: &str) {
        let (parsed, broken) = (self.parsed, self.broken);
        if let Some(out) = self.index.left_out.get(path) {
            self.said.say(broken, || diagnostics::link_to_left_out(parsed, link, broken, out));
            return;
        }
        let (index, guesses) = (self.index, &mut *self.guesses);
        self.said.say(broken, || {
            // The same file name elsewhere is a better guess than a like-sounding path.
            let near = match index.by_file_name.get(file_name(path)) {
                Some(same_name) => Some((*same_name).to_owned()),
                None => guesses.guess(Wanted::Path(path.to_owned()), index),
            };
            let near = near.map(|path| format!("/{path}"));
            diagnostics::broken_link(parsed, link, broken, near.as_deref())
        });
    }

    /// The heading that has become the title is at the top of its page.
    fn id_on(&self, document: usize, id: String) -> String {
        let document = &self.index.documents[document].document;
        let is_title =
            document.title_anchor.as_ref() == Some(&id) && document.anchors.binary_search(&id).is_err();
        if is_title { TOP.to_owned() } else { id }
    }

    fn check_fragment(&mut self, link: &Link, document: usize, id: &str) {
        let (parsed, broken) = (self.parsed, self.broken);
        let target = &self.index.documents[document];
        let is_there =
            |anchors: &[String]| anchors.binary_search_by(|anchor| anchor.as_str().cmp(id)).is_ok();
        if id.is_empty() || is_there(&target.document.anchors) {
            return;
        }
        let name = if document == self.document { "this page" } else { target.source.path.as_str() };
        let (index, guesses) = (self.index, &mut *self.guesses);
        self.said.say(broken, || {
            let near = guesses.guess(Wanted::Fragment(document, id.to_owned()), index);
            diagnostics::broken_fragment(parsed, link, broken, name, id, near.as_deref())
        });
    }
}

fn with_fragment(tail: String, id: &str) -> String {
    if id.is_empty() { tail } else { tail + &fragment(id) }
}

/// What is left of a destination once a browser has dropped what it ignores: spaces and control characters around it,
/// tabs and line ends anywhere.
fn as_browsers_read(destination: &str) -> String {
    let ignored = |c: char| c <= ' ';
    destination.trim_matches(ignored).replace(['\t', '\n', '\r'], "")
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
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
