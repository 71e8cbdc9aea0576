//! Sections and their order.

use super::{Parsed, diagnostics};
use crate::config::{Config, TimeZone};
use crate::content::Asset;
use crate::diagnostic::Diagnostic;
use crate::markdown::Weight;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is published beyond what is finished and due.
#[derive(Debug, Clone, Copy, Default)]
pub struct Published {
    /// Drafts, and pages of a later day.
    pub drafts: bool,
    /// The day of the build, after which a page must not be dated; without one every page is due.
    pub today: Option<Date>,
}

/// Why a page is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// It, or the section it is in, is a draft.
    Draft,
    /// It, or the section it is in, bears this day, which has not come.
    Later(Date),
}

/// A file that is not published.
#[derive(Debug)]
pub(super) struct LeftOut {
    /// Its path from the site's root.
    pub(super) path: String,
    /// Its place below an edition.
    pub(super) route: String,
    pub(super) why: Why,
}

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
    /// Pages that are not published.
    pub(super) left_out: Vec<LeftOut>,
}

pub(super) fn outline<'a>(
    config: &Config,
    documents: Vec<Parsed<'a>>,
    which: Published,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Outline<'a>> {
    let (mut documents, left_out) = published(documents, which, &config.time_zone);
    // The home page comes first, so that index 0 is always it.
    documents.sort_by_key(|parsed| !is_home(parsed));
    if !documents.first().is_some_and(is_home) {
        let home = left_out.iter().find(|out| out.route.is_empty());
        diagnostics.push(diagnostics::no_home(home));
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
        children.sort_by_cached_key(|child| order(&documents[*child], &places[*child], &config.time_zone));
        places[index].children = children;
    }
    let reading_order = reading_order(&places);
    Some(Outline { documents, places, reading_order, left_out })
}

/// Drops drafts and what is not due yet, with such a section everything in it, and sections of which nothing is left that
/// have no page of their own.
fn published<'a>(
    documents: Vec<Parsed<'a>>,
    which: Published,
    zone: &TimeZone,
) -> (Vec<Parsed<'a>>, Vec<LeftOut>) {
    if which.drafts {
        return (documents, Vec::new());
    }
    let sections: Vec<(Vec<String>, Why)> = documents
        .iter()
        .filter(|parsed| parsed.source.route.name.is_none())
        .filter_map(|parsed| Some((parsed.source.route.folders.clone(), why_not(parsed, which, zone)?)))
        .collect();
    let why = |parsed: &Parsed<'_>| {
        let folders = &parsed.source.route.folders;
        let around = || sections.iter().find(|(section, _)| folders.starts_with(section));
        why_not(parsed, which, zone).or_else(|| around().map(|(_, why)| *why))
    };
    let (mut kept, mut left_out) = (Vec::with_capacity(documents.len()), Vec::new());
    for parsed in documents {
        match why(&parsed) {
            None => kept.push(parsed),
            Some(why) if !parsed.source.is_made() => left_out.push(LeftOut {
                path: parsed.source.path.clone(),
                route: parsed.source.route.path(),
                why,
            }),
            Some(_) => {}
        }
    }
    (without_empty_sections(kept), left_out)
}

/// Why a page itself is not published.
fn why_not(parsed: &Parsed<'_>, which: Published, zone: &TimeZone) -> Option<Why> {
    let front = &parsed.document.front;
    if front.draft {
        return Some(Why::Draft);
    }
    let day = front.date.iter().chain(&front.embargo).map(|moment| zone.day(moment)).max()?;
    (day > which.today?).then_some(Why::Later(day))
}

/// Drops the sections that were made for a folder of which no page is left.
fn without_empty_sections(mut documents: Vec<Parsed<'_>>) -> Vec<Parsed<'_>> {
    let own = documents.iter().filter(|parsed| !parsed.source.is_made());
    let with_pages: HashSet<String> = own
        .flat_map(|parsed| {
            let folders = &parsed.source.route.folders;
            (1..=folders.len()).map(|depth| folders[..depth].join("/"))
        })
        .collect();
    documents.retain(|parsed| {
        let route = parsed.source.route.path();
        !parsed.source.is_made() || route.is_empty() || with_pages.contains(&route)
    });
    documents
}

/// The files that travel with published pages. A file belongs to the pages of its folder, or of the nearest folder above
/// that holds pages; where all of them are left out, so is the file, which is added to `left_out`.
pub(super) fn published_assets<'a>(
    assets: &'a [Asset],
    documents: &[Parsed<'_>],
    left_out: &mut Vec<LeftOut>,
) -> Vec<&'a Asset> {
    let published: HashSet<&str> = documents.iter().map(|parsed| folder(&parsed.source.path)).collect();
    let mut kept = Vec::with_capacity(assets.len());
    let mut out = Vec::new();
    let held: HashMap<&str, Why> = left_out.iter().rev().map(|out| (folder(&out.path), out.why)).collect();
    for asset in assets {
        let mut folders =
            std::iter::successors(Some(folder(&asset.file.path)), |at| (!at.is_empty()).then(|| folder(at)));
        let with_pages = folders.find(|at| published.contains(at) || held.contains_key(at));
        match with_pages.filter(|at| !published.contains(at)).and_then(|at| held.get(at)) {
            None => kept.push(asset),
            Some(why) => {
                out.push(LeftOut { path: asset.file.path.clone(), route: asset.route.clone(), why: *why });
            }
        }
    }
    left_out.extend(out);
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
fn order(parsed: &Parsed<'_>, place: &Place, zone: &TimeZone) -> impl Ord + use<> {
    let front = &parsed.document.front;
    let number = front.weight.or(parsed.source.route.number.map(|number| Weight(number.into())));
    let date = front.date.map(|date| zone.local(&date));
    (number.is_none(), number, Reverse(date), place.route.clone())
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
