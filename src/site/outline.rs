//! Sections and their order.

use super::{Parsed, diagnostics};
use crate::content::Asset;
use crate::diagnostic::Diagnostic;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

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

/// The outline of a site. Places and documents have the same indices.
pub(super) struct Outline<'a> {
    pub(super) documents: Vec<Parsed<'a>>,
    pub(super) places: Vec<Place>,
    pub(super) reading_order: Vec<usize>,
    /// Paths of sources that are drafts.
    pub(super) left_out: Vec<String>,
}

pub(super) fn outline<'a>(
    documents: Vec<Parsed<'a>>,
    drafts: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Outline<'a>> {
    let (mut documents, left_out) = published(documents, drafts);
    // The home page comes first, so that index 0 is always it.
    documents.sort_by_key(|parsed| !is_home(parsed));
    if !documents.first().is_some_and(is_home) {
        diagnostics.push(diagnostics::no_home());
        return None;
    }
    for parsed in documents.iter().filter(|parsed| parsed.source.route.name.is_none()) {
        let slug = parsed.document.front.slug.as_ref();
        diagnostics.extend(slug.map(|slug| diagnostics::slug_of_section(parsed, slug.span.clone())));
    }
    let mut places: Vec<Place> = documents.iter().map(place).collect();
    let sections: BTreeMap<String, usize> = places
        .iter()
        .enumerate()
        .filter(|(_, place)| place.kind != Kind::Page)
        .map(|(index, place)| (place.route.clone(), index))
        .collect();
    let mut missing: BTreeMap<String, String> = BTreeMap::new();
    for index in 1..places.len() {
        let above = parent_route(&documents[index], &places[index]);
        match sections.get(&above) {
            Some(parent) => {
                places[index].parent = Some(*parent);
                places[*parent].children.push(index);
            }
            None => {
                missing.entry(above).or_insert_with(|| documents[index].source.path.clone());
            }
        }
    }
    for path in missing.values() {
        diagnostics.push(diagnostics::section_without_index(path));
    }
    if !missing.is_empty() {
        return None;
    }
    for index in 0..places.len() {
        let mut children = std::mem::take(&mut places[index].children);
        children.sort_by_cached_key(|child| order(&documents[*child], &places[*child]));
        places[index].children = children;
    }
    let reading_order = reading_order(&places);
    Some(Outline { documents, places, reading_order, left_out })
}

/// Drops drafts, and with the draft of a section everything in it.
fn published<'a>(documents: Vec<Parsed<'a>>, drafts: bool) -> (Vec<Parsed<'a>>, Vec<String>) {
    if drafts {
        return (documents, Vec::new());
    }
    let draft_sections: Vec<Vec<String>> = documents
        .iter()
        .filter(|parsed| parsed.document.front.draft && parsed.source.route.name.is_none())
        .map(|parsed| parsed.source.route.folders.clone())
        .collect();
    let is_left_out = |parsed: &Parsed<'_>| {
        parsed.document.front.draft
            || draft_sections.iter().any(|section| parsed.source.route.folders.starts_with(section))
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
    parsed.source.route.folders.is_empty() && parsed.source.route.name.is_none()
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
