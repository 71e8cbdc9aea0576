//! Sections and their order.

use super::{Parsed, Shown, diagnostics};
use crate::config::{Config, TimeZone};
use crate::content::{Asset, Route};
use crate::diagnostic::Diagnostic;
use crate::markdown::Weight;
use crate::script::Tag;
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
    /// The edition that it is written for, if it is for one.
    pub(super) edition: Option<Tag>,
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

/// The outline of a site. The first documents have the indices of their places.
pub(super) struct Outline<'a> {
    pub(super) documents: Vec<Parsed<'a>>,
    pub(super) places: Vec<Place>,
    pub(super) shown: Shown,
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
    let (documents, left_out) = published(config, documents, which);
    let (documents, place_of) = by_place(documents);
    if !documents.first().is_some_and(is_home) {
        let home = left_out.iter().find(|out| out.route.is_empty() && out.edition.is_none());
        diagnostics.push(diagnostics::home_left_out(home));
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
        children.sort_by_cached_key(|child| order(&documents[*child], &places[*child], &config.time_zone));
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
fn check_homes(config: &Config, shown: &Shown, left_out: &[LeftOut], diagnostics: &mut Vec<Diagnostic>) {
    for (at, edition) in config.editions.iter().enumerate() {
        if shown.document(at, 0).is_some() {
            continue;
        }
        let is_home = |out: &&LeftOut| out.edition.as_ref() == Some(&edition.tag) && out.route.is_empty();
        diagnostics.push(match left_out.iter().find(is_home) {
            Some(home) => diagnostics::home_left_out(Some(home)),
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

/// Drops drafts and what is not due yet: with such a section everything in it, with such a page its texts for other editions. A
/// text for one edition that is a draft is one of that text only: a Chinese edition then shows the converted page. Sections that
/// were made for a folder go where nothing is left in it.
fn published<'a>(
    config: &Config,
    documents: Vec<Parsed<'a>>,
    which: Published,
) -> (Vec<Parsed<'a>>, Vec<LeftOut>) {
    if which.drafts {
        return (documents, Vec::new());
    }
    let zone = &config.time_zone;
    let is_written =
        |tag: &Tag| config.editions.iter().any(|edition| edition.tag == *tag && edition.is_written());
    let held: Vec<(&Route, Why)> = documents
        .iter()
        .filter_map(|parsed| Some((&parsed.source.route, why_not(parsed, which, zone)?)))
        .collect();
    let sections: Vec<(Vec<String>, Option<Tag>, Why)> = held
        .iter()
        .filter(|(route, _)| route.name.is_none() && route.edition.as_ref().is_none_or(is_written))
        .map(|(route, why)| (route.folders.clone(), route.edition.clone(), *why))
        .collect();
    let pages: BTreeMap<(String, bool), Why> = held
        .iter()
        .filter(|(route, _)| route.edition.is_none())
        .map(|(route, why)| (route.page(), *why))
        .collect();
    let why = |parsed: &Parsed<'_>| {
        let route = &parsed.source.route;
        let is_in = |(section, edition, _): &&(Vec<String>, Option<Tag>, Why)| {
            route.folders.starts_with(section) && (edition.is_none() || *edition == route.edition)
        };
        let around = || sections.iter().find(is_in).map(|(.., why)| *why);
        let of_page = || pages.get(&route.page()).copied().filter(|_| route.edition.is_some());
        why_not(parsed, which, zone).or_else(around).or_else(of_page)
    };
    let (mut kept, mut left_out) = (Vec::with_capacity(documents.len()), Vec::new());
    for parsed in documents {
        match why(&parsed) {
            None => kept.push(parsed),
            Some(why) if !parsed.source.is_made() => left_out.push(LeftOut {
                path: parsed.source.path.clone(),
                route: parsed.source.route.path(),
                edition: parsed.source.route.edition.clone(),
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
                out.push(LeftOut {
                    path: asset.file.path.clone(),
                    route: asset.route.clone(),
                    edition: None,
                    why: *why,
                });
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
