//! Where links lead, decided once for all editions.
//!
//! A destination is read as a browser reads it (WHATWG URL), so that nothing is taken for a path that a browser takes
//! for a script. Whatever is not understood is reported, and never written into a page as it stands.

use super::aliases::Redirect;
use super::fragments::Names;
use super::outline::LeftOut;
use super::paths::Made;
use super::urls::{fragment, query};
use super::{Parsed, Shown, diagnostics};
use crate::config::{Config, Edition};
use crate::content::Route;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::markdown::{self, Link};
use crate::script::Tag;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a destination means. The last text of a target is what follows its path: `?x=1#算力`, encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the same edition, or where that does not have it of the first one that does.
    Page(usize, String),
    /// A page of an edition that the author names.
    PageIn {
        /// The index of the edition.
        edition: usize,
        /// The page's place.
        place: usize,
        /// What follows its path.
        tail: String,
    },
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

/// The pages of a site.
#[derive(Clone, Copy)]
pub(super) struct Pages<'s> {
    pub(super) editions: &'s [Edition],
    pub(super) documents: &'s [Parsed<'s>],
    pub(super) shown: &'s Shown,
}

/// A page as a link names it.
#[derive(Clone, Copy)]
struct Named {
    place: usize,
    /// The edition, if the link names one.
    edition: Option<usize>,
}

/// What links can lead to, by every name they may use for it.
pub(super) struct Index<'s> {
    pages: Pages<'s>,
    by_source: BTreeMap<&'s str, usize>,
    by_route: BTreeMap<&'s str, usize>,
    /// Addresses below the site or below an edition, that lead to a page.
    by_alias: BTreeMap<String, usize>,
    by_file_name: BTreeMap<&'s str, &'s str>,
    left_out: BTreeMap<&'s str, &'s LeftOut>,
    assets_by_path: BTreeMap<&'s str, usize>,
    assets_by_route: BTreeMap<&'s str, usize>,
    statics: BTreeSet<&'s str>,
    /// Whether pages may show images of other sites.
    external_images: bool,
}

impl<'s> Index<'s> {
    pub(super) fn new(config: &'s Config, made: &Made<'s>, left_out: &'s [LeftOut]) -> Self {
        let Made { documents, places, shown, redirects, assets, statics, .. } = *made;
        let pages = Pages { editions: &config.editions, documents, shown };
        let source = |(index, parsed): (usize, &'s Parsed<'s>)| (in_content(&parsed.source.path), index);
        let by_source: BTreeMap<&str, usize> = pages.documents.iter().enumerate().map(source).collect();
        let assets_by_path: BTreeMap<&str, usize> =
            assets.iter().enumerate().map(|(i, asset)| (in_content(&asset.file.path), i)).collect();
        // Of files of one name the first one is meant.
        let known = assets_by_path.keys().rev().chain(by_source.keys().rev());
        Self {
            pages,
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
            external_images: config.external_images,
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
        let parsed = &self.pages.documents[document];
        let images = images(&parsed.document);
        guesses.left_in_document = GUESSES_A_DOCUMENT;
        let said = Said { diagnostics, count: 0, more: 0, worst: Severity::Warning };
        let mut resolver = Resolver { index: self, parsed, document, broken, guesses, said };
        let links = parsed.document.links.iter().enumerate();
        let targets = links.map(|(index, link)| resolver.link(link, images.contains(&index))).collect();
        resolver.said.finish(parsed);
        targets
    }

    /// The file that a path may have meant. One address holds for all editions, so what is only too much is the edition's folder;
    /// the same file name elsewhere is a better guess than a like-sounding path.
    fn near(&self, path: &str, guesses: &mut Guesses) -> Option<String> {
        let inside = self.pages.editions.iter().find_map(|edition| {
            let inside = path.strip_prefix(&edition.tag.dir())?.strip_prefix('/')?;
            Some(in_content(&self.pages.documents[self.page(inside)?.place].source.path))
        });
        let known = inside.or_else(|| self.by_file_name.get(file_name(path)).copied());
        known.map(str::to_owned).or_else(|| guesses.guess(Wanted::Path(path.to_owned()), self))
    }

    /// Whether some file stands below a folder.
    fn has_files_in(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.by_source.keys().chain(self.assets_by_path.keys()).any(|path| path.starts_with(&folder))
    }

    /// A page by its source's path, by the same without its numbers, or by its route. A path with an edition names the page of that
    /// edition, which need not have a source of its own.
    fn page(&self, path: &str) -> Option<Named> {
        let Pages { editions, documents, shown, .. } = self.pages;
        let index = |tag: &Tag| editions.iter().position(|edition| edition.tag == *tag);
        if let Some(document) = self.by_source.get(path) {
            let tag = documents[*document].source.route.edition.as_ref();
            return Some(Named { place: shown.place(*document), edition: tag.and_then(index) });
        }
        let route = if path.ends_with(".md") {
            Route::among(&format!("content/{path}"), editions).ok()?
        } else {
            let here = |place| Named { place, edition: None };
            if let Some(named) = self.by_name(path.trim_end_matches('/')) {
                return Some(named);
            }
            // Other tools write the page that is made of a source: `plan.html`, `news/index.html`.
            let made = path.strip_suffix(".html").map(|stem| stem.strip_suffix("index").unwrap_or(stem));
            let place = self.place(path.trim_end_matches('/'));
            return match (place, made) {
                (Some(place), _) => Some(here(place)),
                (None, Some(stem)) => self
                    .page(&format!("{stem}.md"))
                    .or_else(|| self.place(stem.trim_end_matches('/')).map(here)),
                (None, None) => None,
            };
        };
        let edition = route.edition.as_ref().and_then(index);
        // `10-plan.zh-Hant.md` where there is only a `10-plan.md`, which may have a slug.
        let page = self.by_source.get(without_edition(path).as_str()).filter(|_| edition.is_some());
        let place = match page {
            Some(document) => shown.place(*document),
            None => self.place(&route.path())?,
        };
        let is_there = edition.is_none_or(|edition| shown.document(edition, place).is_some());
        is_there.then_some(Named { place, edition })
    }
}

impl Index<'_> {
    /// The place at a route, or at an address that leads to one.
    fn place(&self, route: &str) -> Option<usize> {
        self.by_route.get(route).or_else(|| self.by_alias.get(route)).copied()
    }
}

/// What files are called that open a folder.
const INDICES: [&str; 5] = ["_index.md", "index.md", "README.md", "readme.md", "Readme.md"];

impl Index<'_> {
    /// A page by the name of its file without the ending, or of the folder that it opens: `20-parks`, `10-指南/`, `guide/index`.
    fn by_name(&self, path: &str) -> Option<Named> {
        let inside = if path.is_empty() { String::new() } else { format!("{path}/") };
        let names =
            std::iter::once(format!("{path}.md")).chain(INDICES.map(|index| format!("{inside}{index}")));
        let document = names.into_iter().find_map(|name| self.by_source.get(name.as_str()).copied())?;
        Some(Named { place: self.pages.shown.place(document), edition: None })
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

/// What may have been meant by a link that leads nowhere.
pub(super) enum Guess {
    /// This file, by its path from the top of the content.
    File(String),
    /// This folder, which holds files and no page of its own.
    Folder(String),
    /// An image.
    Image,
    /// Something outside the content.
    Outside,
    None,
}

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
    /// For documents in which a fragment was looked for in vain, what their headings are called elsewhere.
    names: HashMap<usize, Names>,
}

/// What a link asked for in vain: a fragment of a document, or a path.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Wanted {
    Fragment(usize, String),
    Path(String),
}

impl Guesses {
    pub(super) fn new() -> Self {
        Self {
            left_in_site: GUESSES_A_SITE,
            left_in_document: 0,
            made: HashMap::new(),
            names: HashMap::new(),
        }
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
                nearest(id, index.pages.documents[*document].document.anchors.iter().map(String::as_str))
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
        let Some(target) = self.target(link, is_image) else {
            // What must not reach a page; why was said.
            return Target::Here(String::new());
        };
        if is_image {
            let parsed = self.parsed;
            match &target {
                Target::Page(..) | Target::PageIn { .. } | Target::Here(_) => {
                    self.said.say(Severity::Error, || diagnostics::image_expected(parsed, link));
                }
                Target::External(url) if scheme(url).is_none_or(is_web) => {
                    if self.index.external_images && !url.to_ascii_lowercase().starts_with("http:") {
                        return target;
                    }
                    self.said.say(Severity::Warning, || diagnostics::external_image(parsed, link));
                }
                Target::External(_) => {
                    self.said.say(Severity::Error, || diagnostics::no_image(parsed, link));
                }
                Target::Asset(..) | Target::Static(..) if !is_image_file(&link.destination) => {
                    self.said.say(Severity::Error, || diagnostics::no_image(parsed, link));
                }
                Target::Asset(..) | Target::Static(..) | Target::Missing(_) => {}
            }
        }
        target
    }

    fn target(&mut self, link: &Link, is_image: bool) -> Option<Target> {
        let (parsed, broken) = (self.parsed, self.broken);
        let mut destination = as_browsers_read(&link.destination);
        if destination.starts_with("@/") {
            // Zola writes a path from the top of the content so.
            destination.remove(0);
        }
        if destination.is_empty() {
            self.said.say(broken, || diagnostics::no_destination(parsed, link, broken, is_image));
            return None;
        }
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
            self.check_fragment(link, &[self.document], &id);
            return Some(Target::Here(with_fragment(tail, &id)));
        }
        // Browsers take `\` for `/`: `\\evil.org` would lead to another site.
        let Some(path) = from_top(parsed, &decoded(path)).filter(|path| !path.contains('\\')) else {
            let guess = if path.contains('\\') { Guess::None } else { Guess::Outside };
            self.said.say(broken, || diagnostics::broken_link(parsed, link, broken, &guess));
            return None;
        };
        if let Some(named) = self.index.page(&path) {
            let id = self.id_on(named.place, id);
            self.check_page(link, named, &id);
            let (place, tail) = (named.place, with_fragment(tail, &id));
            return Some(match named.edition {
                Some(edition) => Target::PageIn { edition, place, tail },
                None => Target::Page(place, tail),
            });
        }
        let asset = self.index.assets_by_path.get(path.as_str());
        if let Some(asset) = asset.or_else(|| self.index.assets_by_route.get(path.as_str())) {
            return Some(Target::Asset(*asset, with_fragment(tail, &id)));
        }
        if self.index.statics.contains(path.as_str()) {
            return Some(Target::Static(path, with_fragment(tail, &id)));
        }
        self.missing(link, &path, is_image);
        Some(Target::Missing(path))
    }

    fn missing(&mut self, link: &Link, path: &str, is_image: bool) {
        let (parsed, broken) = (self.parsed, self.broken);
        if let Some(out) = self.index.left_out.get(path) {
            self.said.say(broken, || diagnostics::link_to_left_out(parsed, link, broken, out));
            return;
        }
        let (index, guesses) = (self.index, &mut *self.guesses);
        self.said.say(broken, || {
            let near = index.near(path, guesses).filter(|near| !is_image || !near.ends_with(".md"));
            let guess = match near {
                Some(near) => Guess::File(near),
                None if index.has_files_in(path) => Guess::Folder(path.trim_end_matches('/').to_owned()),
                None if is_image => Guess::Image,
                None => Guess::None,
            };
            diagnostics::broken_link(parsed, link, broken, &guess)
        });
    }

    /// The id that is meant by a fragment of a page.
    fn id_on(&mut self, index: usize, id: String) -> String {
        let document = &self.index.pages.documents[index].document;
        if id.is_empty() || document.has_anchor(&id) {
            return id;
        }
        let names = self.guesses.names.entry(index).or_insert_with(|| Names::new(document));
        names.meant(&id).map_or(id, str::to_owned)
    }

    /// Looks at the page in every edition that shows this document.
    fn check_page(&mut self, link: &Link, named: Named, id: &str) {
        let Pages { editions, documents, shown, .. } = self.index.pages;
        let mut targets = Vec::new();
        let mut leaves = None;
        for from in shown.editions_of(self.document) {
            let leads_to = named.edition.unwrap_or_else(|| shown.edition_with(from, named.place));
            targets.extend(shown.document(leads_to, named.place));
            if named.edition.is_none() && leads_to != from {
                leaves.get_or_insert((&editions[from].tag, &editions[leads_to].tag));
            }
        }
        self.check_fragment(link, &targets, id);
        if let Some((from, leads_to)) = leaves {
            let source = documents[named.place].source;
            let stem = match source.route.edition {
                Some(_) => without_edition(&source.path),
                None => source.path.clone(),
            };
            let stem = stem.strip_suffix(".md").unwrap_or(&stem);
            let (file, explicit) =
                (format!("{stem}.{from}.md"), format!("/{}.{leads_to}.md", in_content(stem)));
            let parsed = self.parsed;
            self.said.say(Severity::Warning, || {
                diagnostics::link_leaves_edition(parsed, link, (from, leads_to), (&file, &explicit))
            });
        }
    }

    /// Looks for an id in documents that the link leads to.
    fn check_fragment(&mut self, link: &Link, documents: &[usize], id: &str) {
        let (parsed, broken) = (self.parsed, self.broken);
        let all = self.index.pages.documents;
        let lacks = |document: &&usize| !all[**document].document.has_anchor(id);
        let Some(document) = documents.iter().find(lacks).copied().filter(|_| !id.is_empty()) else { return };
        let target = &all[document];
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

/// The indices of the assets that documents show as images.
pub(super) fn shown(documents: &[Parsed<'_>], targets: &[Vec<Target>]) -> BTreeSet<usize> {
    let mut shown = BTreeSet::new();
    for (parsed, targets) in documents.iter().zip(targets) {
        shown.extend(images(&parsed.document).into_iter().filter_map(|link| match targets.get(link) {
            Some(Target::Asset(asset, _)) => Some(*asset),
            _ => None,
        }));
    }
    shown
}

/// Indices of links that are images.
fn images(document: &markdown::Document) -> BTreeSet<usize> {
    let image = |node: &markdown::Node| match &node.kind {
        markdown::Kind::Image(link, ..) | markdown::Kind::Figure { link, .. } => Some(*link),
        markdown::Kind::MarkupAddress(address) => address.is_image.then_some(address.link),
        _ => None,
    };
    document.tree.nodes().iter().filter_map(image).collect()
}

fn in_content(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// The page that a source with an edition in its name belongs to: `plan.md` of `plan.en.md`.
fn without_edition(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let ending = stem.rsplit_once('.').filter(|(_, ending)| !Tag::meant_by(ending).is_empty());
    format!("{}.md", ending.map_or(stem, |(stem, _)| stem))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether browsers show a file as an image, by the ending of its name.
fn is_image_file(destination: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["jpg", "jpeg", "jfif", "jpe", "bmp", "png", "apng", "gif", "webp", "avif", "svg", "ico"];
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// The scheme of a destination, by RFC 3986; a drive letter looks like one.
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
