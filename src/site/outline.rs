//! Sections and their order.

use super::{Parsed, Shown, diagnostics};
use crate::config::Config;
use crate::content::{Asset, Route};
use crate::diagnostic::Diagnostic;
use crate::script::Tag;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What a page is to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The first page of an edition.
    Home,
    /// A page that opens a section.
    Section,
    /// Any other page.
    Page,
}

/// Where a document stands, the same in all editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// Its path below an edition: `ai/town`; empty for the home page.
    pub route: String,
    /// The index of the place above it.
    pub parent: Option<usize>,
    /// Places below it, in order.
    pub children: Vec<usize>,
}

/// The outline of a site. The first documents have the indices of their places.
pub(super) struct Outline<'a> {
    pub(super) documents: Vec<Parsed<'a>>,
    pub(super) places: Vec<Place>,
    pub(super) shown: Shown,
    pub(super) reading_order: Vec<usize>,
    /// Paths of sources that are drafts.
    pub(super) left_out: Vec<String>,
}

pub(super) fn outline<'a>(
    config: &Config,
    documents: Vec<Parsed<'a>>,
    drafts: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Outline<'a>> {
    let (documents, left_out) = published(config, documents, drafts);
    let (documents, place_of) = by_place(documents);
    if !documents.first().is_some_and(is_home) {
        diagnostics.push(diagnostics::home_is_draft("content/_index.md"));
        return None;
    }
    let count = place_of.iter().max().map_or(0, |last| last + 1);
    for parsed in documents[..count].iter().filter(|parsed| parsed.source.route.name.is_none()) {
        let slug = parsed.document.front.slug.as_ref();
        diagnostics.extend(slug.map(|slug| diagnostics::slug_of_section(parsed, slug.span.clone())));
    }
    let written_for = documents.iter().map(|parsed| parsed.source.route.edition.clone());
    let placed: Vec<(usize, Option<Tag>)> = place_of.into_iter().zip(written_for).collect();
    let shown = Shown::new(&config.editions, count, &placed);
    let mut places: Vec<Place> = documents[..count].iter().map(place).collect();
    let above = sections_above(&documents, &places);
    let before = diagnostics.len();
    check_homes(config, &shown, &left_out, diagnostics);
    check_sections(config, &documents, &shown, &above, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    for index in 1..count {
        if let Some(parent) = above[index] {
            places[index].parent = Some(parent);
            places[parent].children.push(index);
        }
    }
    for index in 0..places.len() {
        let mut children = std::mem::take(&mut places[index].children);
        children.sort_by_cached_key(|child| order(&documents[*child], &places[*child]));
        places[index].children = children;
    }
    let reading_order = reading_order(&places);
    Some(Outline { documents, places, shown, reading_order, left_out })
}

/// The documents, that of each place first, in the order of the places; and the place of each.
///
/// A place is that of a page, or of texts in other languages that belong to no page. The home page comes first, so that index 0
/// is always it.
fn by_place(documents: Vec<Parsed<'_>>) -> (Vec<Parsed<'_>>, Vec<usize>) {
    let (mut first, texts): (Vec<_>, Vec<_>) =
        documents.into_iter().partition(|parsed| parsed.source.route.edition.is_none());
    first.sort_by_key(|parsed| !is_home(parsed));
    let mut known: BTreeMap<(String, bool), usize> = BTreeMap::new();
    for (index, parsed) in first.iter().enumerate() {
        known.entry(parsed.source.route.page()).or_insert(index);
    }
    let (mut others, mut places) = (Vec::new(), Vec::new());
    for parsed in texts {
        match known.get(&parsed.source.route.page()) {
            Some(place) => {
                places.push(*place);
                others.push(parsed);
            }
            None => {
                known.insert(parsed.source.route.page(), first.len());
                first.push(parsed);
            }
        }
    }
    let places = (0..first.len()).chain(places).collect();
    first.append(&mut others);
    (first, places)
}

/// For each place the section that it stands in, if there is one.
fn sections_above(documents: &[Parsed<'_>], places: &[Place]) -> Vec<Option<usize>> {
    let sections: BTreeMap<&str, usize> = places
        .iter()
        .enumerate()
        .filter(|(_, place)| place.kind != Kind::Page)
        .map(|(index, place)| (place.route.as_str(), index))
        .collect();
    let above = documents.iter().zip(places).map(|(parsed, place)| parent_route(parsed, place));
    above.map(|route| sections.get(route.as_str()).copied()).collect()
}

/// Every edition has a home page.
fn check_homes(config: &Config, shown: &Shown, left_out: &[String], diagnostics: &mut Vec<Diagnostic>) {
    for (at, edition) in config.editions.iter().enumerate() {
        if shown.document(at, 0).is_some() {
            continue;
        }
        let is_home = |path: &&String| {
            Route::among(path, &config.editions)
                .is_ok_and(|route| route.edition.as_ref() == Some(&edition.tag) && route.path().is_empty())
        };
        diagnostics.push(match left_out.iter().find(is_home) {
            Some(draft) => diagnostics::home_is_draft(draft),
            None => diagnostics::home_not_written(&edition.tag),
        });
    }
}

/// Every page stands in a section that is there wherever the page is.
fn check_sections(
    config: &Config,
    documents: &[Parsed<'_>],
    shown: &Shown,
    above: &[Option<usize>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut missing: BTreeMap<(String, Option<&Tag>), &str> = BTreeMap::new();
    for (at, edition) in config.editions.iter().enumerate() {
        let tag = Some(&edition.tag).filter(|_| edition.is_written());
        for (place, above) in above.iter().enumerate().skip(1) {
            let Some(document) = shown.document(at, place) else { continue };
            // That a home page is missing was said.
            if above.is_none_or(|above| above > 0 && shown.document(at, above).is_none()) {
                let path = documents[document].source.path.as_str();
                let section = diagnostics::section_of(path).to_owned();
                missing.entry((section, tag)).or_insert(path);
            }
        }
    }
    for ((section, edition), page) in missing {
        diagnostics.push(match edition {
            None => diagnostics::section_without_index(page),
            Some(edition) => diagnostics::section_not_written(page, &section, edition),
        });
    }
}

/// Drops drafts, and with the draft of a section everything in it, with that of a page its texts for other editions. The draft of
/// a text for one edition is a draft of that text only: a Chinese edition then shows the converted page.
fn published<'a>(
    config: &Config,
    documents: Vec<Parsed<'a>>,
    drafts: bool,
) -> (Vec<Parsed<'a>>, Vec<String>) {
    if drafts {
        return (documents, Vec::new());
    }
    let is_written =
        |tag: &Tag| config.editions.iter().any(|edition| edition.tag == *tag && edition.is_written());
    let draft: Vec<&Route> = documents
        .iter()
        .filter(|parsed| parsed.document.front.draft)
        .map(|parsed| &parsed.source.route)
        .collect();
    let draft_sections: Vec<(Vec<String>, Option<Tag>)> = draft
        .iter()
        .filter(|route| route.name.is_none() && route.edition.as_ref().is_none_or(is_written))
        .map(|route| (route.folders.clone(), route.edition.clone()))
        .collect();
    let draft_pages: BTreeSet<(String, bool)> =
        draft.iter().filter(|route| route.edition.is_none()).map(|route| route.page()).collect();
    let is_left_out = |parsed: &Parsed<'_>| {
        let route = &parsed.source.route;
        let is_in = |(section, edition): &(Vec<String>, Option<Tag>)| {
            route.folders.starts_with(section) && (edition.is_none() || *edition == route.edition)
        };
        parsed.document.front.draft
            || draft_sections.iter().any(is_in)
            || (route.edition.is_some() && draft_pages.contains(&route.page()))
    };
    let (out, kept): (Vec<_>, Vec<_>) = documents.into_iter().partition(is_left_out);
    (kept, out.into_iter().map(|parsed| parsed.source.path.clone()).collect())
}

/// The files that travel with published pages. A file belongs to the pages of its folder, or of the nearest folder above
/// that holds pages; where all of them are left out, so is the file, which is added to `left_out`.
pub(super) fn published_assets<'a>(
    assets: &'a [Asset],
    documents: &[Parsed<'_>],
    left_out: &mut Vec<String>,
) -> Vec<&'a Asset> {
    let published: HashSet<&str> = documents.iter().map(|parsed| folder(&parsed.source.path)).collect();
    let drafts: HashSet<String> = left_out.iter().map(|path| folder(path).to_owned()).collect();
    let (kept, out): (Vec<_>, Vec<_>) = assets.iter().partition(|asset| {
        let folders =
            std::iter::successors(Some(folder(&asset.file.path)), |at| (!at.is_empty()).then(|| folder(at)));
        let mut with_pages = folders.filter(|at| published.contains(at) || drafts.contains(*at));
        with_pages.next().is_none_or(|at| published.contains(at))
    });
    left_out.extend(out.iter().map(|asset| asset.file.path.clone()));
    kept
}

/// The folder of a path; empty at the top.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_home(parsed: &Parsed<'_>) -> bool {
    let route = &parsed.source.route;
    route.folders.is_empty() && route.name.is_none() && route.edition.is_none()
}

fn place(parsed: &Parsed<'_>) -> Place {
    let mut route = parsed.source.route.clone();
    let kind = match (&route.name, route.folders.is_empty()) {
        (Some(_), _) => Kind::Page,
        (None, true) => Kind::Home,
        (None, false) => Kind::Section,
    };
    if let (Kind::Page, Some(slug)) = (kind, &parsed.document.front.slug) {
        route.name = Some(slug.value.clone());
    }
    Place { kind, route: route.path(), parent: None, children: Vec::new() }
}

fn parent_route(parsed: &Parsed<'_>, place: &Place) -> String {
    let folders = &parsed.source.route.folders;
    let depth = if place.kind == Kind::Page { folders.len() } else { folders.len().saturating_sub(1) };
    folders[..depth].join("/")
}

/// Weight or number first, then the newest, then by route: an order that does not depend on the disk.
fn order(parsed: &Parsed<'_>, place: &Place) -> impl Ord + use<> {
    let front = &parsed.document.front;
    let number = front.weight.or(parsed.source.route.number.map(i64::from)).unwrap_or(i64::MAX);
    (number, Reverse(front.date), place.route.clone())
}

/// Depth first, without recursion: the depth is the author's.
fn reading_order(places: &[Place]) -> Vec<usize> {
    let mut order = Vec::with_capacity(places.len());
    let mut waiting = vec![0];
    while let Some(index) = waiting.pop() {
        order.push(index);
        waiting.extend(places[index].children.iter().rev());
    }
    order
}
