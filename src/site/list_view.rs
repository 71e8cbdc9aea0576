//! What a list of pages says in one edition: its name, its parts, and the way around it (docs/templates.md).

use super::description::description;
use super::lists::{List, ListKind, part_route};
use super::view::{Alternate, Composer, Crumb, SectionRef, Twin, alternates_at};
use super::{Kind, Plan, dates, paths};
use crate::config::Edition;
use serde::Serialize;
use std::collections::BTreeMap;

/// A part of a list, as a page of one edition.
#[derive(Debug, Clone, Serialize)]
pub struct ListPage {
    /// The index of the list.
    #[serde(skip)]
    pub list: usize,
    /// Which part of it.
    #[serde(skip)]
    pub part: usize,
    /// Its file.
    #[serde(skip)]
    pub path: String,
    /// `list` (a further part of a section), `tag`, `tags` or `archive`.
    pub kind: &'static str,
    /// What it lists, as a title that is that of no other page: `标签：人工智能`.
    pub title: String,
    /// What it lists, as a headline: `人工智能`.
    pub name: String,
    /// For search engines.
    pub description: String,
    /// Its address.
    pub url: String,
    /// Its address with the host.
    pub permalink: String,
    /// The top-level section it belongs to.
    pub section: Option<SectionRef>,
    /// From the home page to the page above.
    pub breadcrumb: Vec<Crumb>,
    /// It in all editions, in their order.
    pub twins: Vec<Twin>,
    /// It in all editions that have it, for machines.
    pub alternates: Vec<Alternate>,
    /// How many pages it lists, all parts together.
    pub count: usize,
    /// The way to its other parts.
    pub pager: Option<Pager>,
}

/// The parts of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// Which part this is, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The address of the part before.
    pub previous: Option<String>,
    /// That of the part after.
    pub next: Option<String>,
    /// The first, the last, and those around this one.
    pub parts: Vec<Part>,
}

/// A part of a list, as a link.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// Its number.
    pub number: usize,
    /// Its address.
    pub url: String,
    /// Whether it is this one.
    pub current: bool,
    /// Whether parts are left out before it.
    pub gap: bool,
}

/// A tag and its page.
#[derive(Debug, Clone, Serialize)]
pub struct TagLink {
    /// The tag in the edition's words.
    pub title: String,
    /// The address of its page.
    pub url: String,
    /// How many pages have it.
    pub count: usize,
}

/// So many parts are shown before and after the current one.
const AROUND: usize = 2;

/// Where the parts of a list lead in one edition.
struct Parts<'a> {
    plan: &'a Plan<'a>,
    edition: &'a Edition,
    route: &'a str,
    count: usize,
}

impl Parts<'_> {
    fn url(&self, part: usize) -> String {
        self.plan.urls.page(self.edition, &part_route(self.route, part))
    }

    fn pager(&self, number: usize) -> Option<Pager> {
        let count = self.count;
        if count < 2 {
            return None;
        }
        let is_shown = |part: &usize| *part == 1 || *part == count || part.abs_diff(number) <= AROUND;
        let mut before = 0;
        let parts = (1..=count).filter(is_shown).map(|part| {
            let gap = part > before + 1;
            before = part;
            Part { number: part, url: self.url(part), current: part == number, gap }
        });
        let parts = parts.collect();
        let at = |part: usize| (1..=count).contains(&part).then(|| self.url(part));
        Some(Pager { number, count, previous: at(number - 1), next: at(number + 1), parts })
    }
}

/// The way from a section's page to the further parts of its list.
pub(super) fn section_pager(plan: &Plan<'_>, edition: usize, place: usize) -> Option<Pager> {
    if plan.places[place].kind != Kind::Section {
        return None;
    }
    let list = &plan.listed.lists[plan.listed.find(&ListKind::Section(place))?];
    parts(plan, edition, list).pager(1)
}

fn parts<'a>(plan: &'a Plan<'a>, edition: usize, list: &'a List) -> Parts<'a> {
    Parts { plan, edition: &plan.config.editions[edition], route: &list.route, count: list.count(edition) }
}

/// A label of the theme with a word put in: `标签：{tag}`.
fn filled(strings: &BTreeMap<String, String>, key: &str, slot: &str, word: &str) -> String {
    strings.get(key).map_or_else(|| word.to_owned(), |label| label.replace(slot, word))
}

impl Composer<'_> {
    /// All parts of all lists that the edition has.
    pub(super) fn lists(&self, strings: &BTreeMap<String, String>) -> Vec<ListPage> {
        let lists = self.plan.listed.lists.iter().enumerate();
        lists
            .flat_map(|(index, list)| list.parts(self.index).map(move |part| (index, part)))
            .map(|(index, part)| self.list(index, part, strings))
            .collect()
    }

    /// The tags of a document, with their pages in this edition.
    pub(super) fn tag_links(&self, document: usize, names: &[String]) -> Vec<TagLink> {
        let lists = self.plan.listed.tags_of(document).iter().zip(names);
        lists.filter_map(|(list, name)| self.tag_link(*list, name.clone())).collect()
    }

    fn tag_link(&self, list: usize, title: String) -> Option<TagLink> {
        let list = &self.plan.listed.lists[list];
        let count = list.members(self.index).len();
        (count > 0).then(|| TagLink { title, url: self.plan.urls.page(self.edition, &list.route), count })
    }

    /// All tags of the edition, in the order of their keys.
    pub(super) fn all_tags(&self) -> Vec<TagLink> {
        let lists = self.plan.listed.lists.iter().enumerate();
        let tags = lists.filter(|(_, list)| matches!(list.kind, ListKind::Tag { .. }));
        tags.filter_map(|(index, _)| self.tag_link(index, self.tag_name(index)?)).collect()
    }

    /// What a tag is called in this edition: as its first page has it.
    fn tag_name(&self, list: usize) -> Option<String> {
        let first = self.plan.listed.lists[list].members(self.index).first()?;
        let (document, table) = self.shown(*first)?;
        let at = self.plan.listed.tags_of(document).iter().position(|of| *of == list)?;
        let tag = self.plan.documents[document].document.front.tags.get(at)?;
        Some(table.text(*tag).to_owned())
    }

    /// The address of the only list of a kind, if the edition has one.
    pub(super) fn list_url(&self, kind: &ListKind) -> Option<String> {
        let list = &self.plan.listed.lists[self.plan.listed.find(kind)?];
        (list.count(self.index) > 0).then(|| self.plan.urls.page(self.edition, &list.route))
    }

    fn list(&self, index: usize, part: usize, strings: &BTreeMap<String, String>) -> ListPage {
        let Plan { listed, urls, .. } = self.plan;
        let list = &listed.lists[index];
        let label = |key: &str| strings.get(key).cloned().unwrap_or_default();
        let (kind, name, title) = match &list.kind {
            ListKind::Section(place) => {
                let title = self.crumb(*place).map_or_else(String::new, |crumb| crumb.title);
                ("list", title.clone(), title)
            }
            ListKind::Tag { .. } => {
                let name = self.tag_name(index).unwrap_or_default();
                let title = filled(strings, "tag_title", "{tag}", &name);
                ("tag", name, title)
            }
            ListKind::Tags => ("tags", label("tags"), label("tags")),
            ListKind::Archive => ("archive", label("archive"), label("archive")),
        };
        let title = match part {
            1 => title,
            part => format!("{title}{}", filled(strings, "part", "{n}", &part.to_string())),
        };
        let route = list.part_route(part);
        let url = urls.page(self.edition, &route);
        let members = list.on_part(self.index, part).iter();
        let titles: Vec<String> = members.filter_map(|place| Some(self.crumb(*place)?.title)).collect();
        let comma = if self.edition.is_written() { ", " } else { "，" };
        let said = match &list.kind {
            ListKind::Tag { .. } => filled(strings, "tag_description", "{tag}", &name),
            ListKind::Tags => label("tags_description"),
            ListKind::Archive => label("archive_description"),
            ListKind::Section(_) => title.clone(),
        };
        let more = titles.iter().map(String::as_str).chain([self.title]);
        let section = match &list.kind {
            ListKind::Section(place) => self.top_section(*place).and_then(|section| self.section(section)),
            _ => None,
        };
        ListPage {
            list: index,
            part,
            path: paths::page_path(&self.edition.dir(), &route),
            kind,
            description: description(&said, more, comma),
            title,
            name,
            permalink: urls.full(&url),
            url,
            section,
            breadcrumb: self.list_breadcrumb(list, part, strings),
            twins: self.list_twins(list, part),
            alternates: alternates_at(self.plan, &route, |edition| list.has(edition, part)),
            count: list.members(self.index).len(),
            pager: parts(self.plan, self.index, list).pager(part),
        }
    }

    fn list_breadcrumb(&self, list: &List, part: usize, strings: &BTreeMap<String, String>) -> Vec<Crumb> {
        let mut crumbs: Vec<Crumb> = match list.kind {
            ListKind::Section(place) => self.breadcrumb(place),
            _ => self.crumb(0).into_iter().collect(),
        };
        match &list.kind {
            ListKind::Section(place) => crumbs.extend(self.crumb(*place)),
            ListKind::Tag { .. } => {
                let title = strings.get("tags").cloned().unwrap_or_default();
                crumbs.extend(self.list_url(&ListKind::Tags).map(|url| Crumb { title, url }));
            }
            ListKind::Archive if part > 1 => {
                let title = strings.get("archive").cloned().unwrap_or_default();
                crumbs.extend(self.list_url(&ListKind::Archive).map(|url| Crumb { title, url }));
            }
            ListKind::Archive | ListKind::Tags => {}
        }
        crumbs
    }

    /// The list in every edition; where an edition does not have the part, its first part, what it belongs to, or the home page.
    fn list_twins(&self, list: &List, part: usize) -> Vec<Twin> {
        let Plan { config, urls, listed, .. } = self.plan;
        let twin = |(index, edition): (usize, &Edition)| {
            let same = list.has(index, part);
            let route = match &list.kind {
                _ if same => list.part_route(part),
                _ if list.has(index, 1) => list.route.clone(),
                ListKind::Section(place) => self.nearest(index, *place),
                ListKind::Tag { .. } => {
                    let tags = listed.find(&ListKind::Tags).map(|tags| &listed.lists[tags]);
                    tags.filter(|tags| tags.has(index, 1)).map_or_else(String::new, |tags| tags.route.clone())
                }
                _ => String::new(),
            };
            Twin::of(edition, self.edition, urls.page(edition, &route), same)
        };
        config.editions.iter().enumerate().map(twin).collect()
    }
}

/// The months of an archive's part: the dated pages of each, in their order.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// `2023年6月`.
    pub title: String,
    /// `2023-06`, which is its id.
    pub id: String,
    /// The places.
    #[serde(skip)]
    pub places: Vec<usize>,
}

impl Plan<'_> {
    /// The dated pages on a part of a list, by month.
    pub fn months(&self, edition: usize, list: usize, part: usize) -> Vec<Month> {
        let settings = &self.config.editions[edition];
        let mut months: Vec<Month> = Vec::new();
        for place in self.listed.lists[list].on_part(edition, part) {
            let document = self.shown.document(edition, *place);
            let date = document.and_then(|document| self.documents[document].document.front.date);
            let Some(day) = date.map(|date| self.config.time_zone.day(&date)) else { continue };
            let id = day.strftime("%Y-%m").to_string();
            match months.last_mut().filter(|month| month.id == id) {
                Some(month) => month.places.push(*place),
                None => months.push(Month {
                    title: dates::month(day, &settings.tag, settings.calendar),
                    id,
                    places: vec![*place],
                }),
            }
        }
        months
    }
}
