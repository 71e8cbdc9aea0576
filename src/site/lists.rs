//! Lists of pages that no document opens: tags, the archive, and the further parts of a long section.
//!
//! In: the documents, their places and what each edition shows. Out: [`List`]s with their members in each edition, the same
//! addresses in all of them. A tag is one tag in whichever script it is written: 数字经济 and 數字經濟 are the same. Never: a
//! converted text.

use super::outline::{Kind, Place};
use super::{Parsed, Shown};
use crate::config::{Config, Lists};
use crate::content::slug;
use crate::markdown::Document;
use crate::script::Dictionaries;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A list of pages.
#[derive(Debug)]
pub struct List {
    /// What it lists.
    pub kind: ListKind,
    /// Its path below an edition: `tags/人工智能`.
    pub route: String,
    /// So many entries stand on one part of it.
    pub per_part: usize,
    /// By edition the places it lists, in order; nothing where the edition does not have it.
    members: Vec<Vec<usize>>,
    /// The first part that is a page of its own: that of a section is the section's page.
    first: usize,
}

/// What a list lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    /// The pages of a section, from the second part on: the first one is the section's own page.
    Section(usize),
    /// The pages with a tag.
    Tag {
        /// The tag folded, which tells it from others.
        key: String,
    },
    /// All tags. Its members are what they are members of.
    Tags,
    /// All dated pages, the newest first.
    Archive,
}

/// The folder of the tags below an edition.
const TAGS: &str = "tags";
/// That of the archive.
const ARCHIVE: &str = "archive";
/// Further parts stand in this folder of the list.
const PART: &str = "page";
/// An entry of the archive is one line.
const ARCHIVE_PART: usize = 100;

impl List {
    /// The places that an edition lists.
    pub fn members(&self, edition: usize) -> &[usize] {
        &self.members[edition]
    }

    /// The numbers of the parts that an edition makes of it; the first part is 1.
    pub fn parts(&self, edition: usize) -> impl Iterator<Item = usize> + use<> {
        self.first..self.count(edition) + 1
    }

    /// How many parts an edition has of it.
    pub fn count(&self, edition: usize) -> usize {
        self.members[edition].len().div_ceil(self.per_part)
    }

    /// Whether an edition has this part.
    pub fn has(&self, edition: usize, part: usize) -> bool {
        (1..=self.count(edition)).contains(&part)
    }

    /// The places on a part.
    pub fn on_part(&self, edition: usize, part: usize) -> &[usize] {
        self.members[edition].chunks(self.per_part).nth(part - 1).unwrap_or_default()
    }

    /// The path of a part below an edition.
    pub fn part_route(&self, part: usize) -> String {
        part_route(&self.route, part)
    }
}

/// The path of a part of the list at a route.
pub(super) fn part_route(route: &str, part: usize) -> String {
    match part {
        1 => route.to_owned(),
        part => format!("{route}/{PART}/{part}"),
    }
}

/// The documents and what is known of their places.
pub(super) struct Outlined<'s> {
    pub(super) config: &'s Config,
    pub(super) documents: &'s [Parsed<'s>],
    pub(super) places: &'s [Place],
    pub(super) shown: &'s Shown,
    pub(super) reading_order: &'s [usize],
}

/// All lists of a site.
#[derive(Debug, Default)]
pub struct Listed {
    /// Sections first, then tags in the order of their names, then the archive.
    pub lists: Vec<List>,
    /// By document, for each of its tags the index of the tag's list; empty where tags have no pages.
    tags: Vec<Vec<usize>>,
}

impl Listed {
    /// The lists of a document's tags, in the order in which it names them.
    pub fn tags_of(&self, document: usize) -> &[usize] {
        self.tags.get(document).map_or(&[], Vec::as_slice)
    }

    /// The index of the only list of a kind.
    pub fn find(&self, kind: &ListKind) -> Option<usize> {
        self.lists.iter().position(|list| list.kind == *kind)
    }
}

pub(super) fn lists(of: &Outlined<'_>, dictionaries: &Dictionaries) -> Listed {
    let Lists { tags, archive, .. } = of.config.lists;
    let mut listed = Listed { lists: of.sections(), tags: Vec::new() };
    if tags {
        of.tags(dictionaries, &mut listed);
    }
    listed.lists.extend(archive.then(|| of.archive()).flatten());
    listed
}

/// What tells a tag from others: how it is written does not.
fn tag_key(tag: &str, dictionaries: &Dictionaries) -> String {
    dictionaries.folded(tag.trim()).to_lowercase()
}

impl Outlined<'_> {
    fn editions(&self) -> std::ops::Range<usize> {
        0..self.config.editions.len()
    }

    fn per_part(&self) -> usize {
        self.config.lists.per_page.map_or(usize::MAX, std::num::NonZeroUsize::get)
    }

    fn sections(&self) -> Vec<List> {
        let pages = |place: &Place, edition: usize| -> Vec<usize> {
            let children = place.children.iter().copied();
            let shown = |child: &usize| self.shown.document(edition, *child).is_some();
            children.filter(|child| self.places[*child].kind == Kind::Page).filter(shown).collect()
        };
        let list = |(index, place): (usize, &Place)| {
            let members: Vec<Vec<usize>> = self.editions().map(|edition| pages(place, edition)).collect();
            let is_long = members.iter().any(|members| members.len() > self.per_part());
            (place.kind == Kind::Section && is_long).then(|| List {
                kind: ListKind::Section(index),
                route: place.route.clone(),
                per_part: self.per_part(),
                members,
                first: 2,
            })
        };
        self.places.iter().enumerate().filter_map(list).collect()
    }

    /// A list for each tag, behind that of all tags.
    fn tags(&self, dictionaries: &Dictionaries, listed: &mut Listed) {
        let keys: Vec<Vec<String>> = self.documents.iter().map(|parsed| keys(parsed, dictionaries)).collect();
        let none = || vec![Vec::new(); self.config.editions.len()];
        let mut tags: BTreeMap<&str, Vec<Vec<usize>>> = BTreeMap::new();
        for edition in self.editions() {
            for place in self.reading_order {
                let document = self.shown.document(edition, *place);
                for key in document.into_iter().flat_map(|document| &keys[document]) {
                    let members = &mut tags.entry(key).or_insert_with(none)[edition];
                    // Somebody may say a tag twice.
                    if members.last() != Some(place) {
                        members.push(*place);
                    }
                }
            }
        }
        if tags.is_empty() {
            return;
        }
        let index = listed.lists.len();
        let mut all: Vec<Vec<usize>> = none();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut routes: BTreeMap<String, usize> = BTreeMap::new();
        for (key, mut members) in tags {
            members.iter_mut().enumerate().for_each(|(edition, members)| self.newest_first(edition, members));
            all.iter_mut().zip(&members).for_each(|(all, members)| all.extend(members.first()));
            let route = own_route(&slug(key), &mut routes);
            places.insert(key, index + 1 + places.len());
            let kind = ListKind::Tag { key: key.to_owned() };
            listed.lists.push(List { kind, route, per_part: self.per_part(), members, first: 1 });
        }
        let route = TAGS.to_owned();
        let tags = List { kind: ListKind::Tags, route, per_part: usize::MAX, members: all, first: 1 };
        listed.lists.insert(index, tags);
        let list_of = |key: &String| places.get(key.as_str()).copied();
        listed.tags = keys.iter().map(|keys| keys.iter().filter_map(list_of).collect()).collect();
    }

    fn archive(&self) -> Option<List> {
        let members = self.editions().map(|edition| {
            let dated = |place: &usize| {
                self.places[*place].kind == Kind::Page && self.date(edition, *place).is_some()
            };
            let mut members: Vec<usize> = self.reading_order.iter().copied().filter(dated).collect();
            self.newest_first(edition, &mut members);
            members
        });
        let members: Vec<Vec<usize>> = members.collect();
        let is_empty = members.iter().all(Vec::is_empty);
        (!is_empty).then(|| List {
            kind: ListKind::Archive,
            route: ARCHIVE.to_owned(),
            per_part: ARCHIVE_PART,
            members,
            first: 1,
        })
    }

    fn date(&self, edition: usize, place: usize) -> Option<jiff::civil::DateTime> {
        let document = self.shown.document(edition, place)?;
        let date = self.documents[document].document.front.date?;
        Some(self.config.time_zone.local(&date))
    }

    /// Dated pages stand before others; in the same moment, in reading order.
    fn newest_first(&self, edition: usize, members: &mut [usize]) {
        members.sort_by_cached_key(|place| Reverse(self.date(edition, *place)));
    }
}

fn keys(parsed: &Parsed<'_>, dictionaries: &Dictionaries) -> Vec<String> {
    let Document { front, texts, .. } = &*parsed.document;
    front.tags.iter().map(|tag| tag_key(texts.text(*tag), dictionaries)).collect()
}

/// A route for a tag, which nobody else has: `C` and `c` are one tag, but `甲/乙` and `甲 乙` are two with one slug.
fn own_route(slug: &str, routes: &mut BTreeMap<String, usize>) -> String {
    let slug = if slug.is_empty() { "tag" } else { slug };
    let known = routes.entry(slug.to_owned()).or_default();
    *known += 1;
    match *known {
        1 => format!("{TAGS}/{slug}"),
        known => format!("{TAGS}/{slug}-{known}"),
    }
}
