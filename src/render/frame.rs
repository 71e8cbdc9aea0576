//! What templates see: the shapes of docs/templates.md as template values.

use crate::config::{Config, OWN};
use crate::site::{
    Alternate, CardView, Crumb, EditionSite, Kind, ListPage, Page, Plan, SEARCH_FOLDER, SectionRef, Twin,
    alternates, search_alternates, search_twins,
};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Value};

/// What all pages of an edition share.
#[derive(Debug)]
pub struct EditionFrame {
    base: Context,
    /// Each page as it stands in a list, by its place; `None` where the edition does not have it.
    entries: Vec<Option<Value>>,
}

#[derive(Serialize)]
struct PaperView {
    light: String,
    dark: String,
}

/// What is made of a page for its template.
pub(super) struct Made<'b> {
    /// The body as HTML.
    pub(super) content: &'b str,
    /// The headings of the contents list as HTML.
    pub(super) contents: Vec<String>,
    /// What it says to machines, as JSON.
    pub(super) data: String,
    /// The fragments of its paragraphs and headings.
    pub(super) places: Vec<String>,
    /// Whether the body is more than a plain article.
    pub(super) extras: bool,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: Option<&'a str>,
    base_url: &'a str,
    base_path: &'a str,
    external_images: bool,
    /// What stands behind everything, for the browser's own bars.
    paper: PaperView,
    extra: &'a BTreeMap<String, crate::site::FreeView>,
}

/// The page that a redirect leads to.
#[derive(Serialize)]
struct TargetView<'a> {
    title: &'a str,
    url: &'a str,
    permalink: &'a str,
}

/// One edition on a page that belongs to none.
#[derive(Serialize)]
struct SharedEntry<'a> {
    edition: &'a crate::site::EditionInfo,
    site_title: &'a str,
    title: &'a str,
    kicker: Option<&'a str>,
    subtitle: Option<&'a str>,
    subtitle_lang: Option<&'a str>,
    summary: &'a str,
    url: &'a str,
    nav: &'a [SectionRef],
    strings: &'a BTreeMap<String, String>,
}

impl EditionFrame {
    /// Makes the shared values of `site`. `sites` are all editions.
    pub fn new(config: &Config, sites: &[EditionSite], site: &EditionSite) -> Self {
        let mut base = Context::new();
        let view = SiteView {
            title: &site.title,
            description: site.description.as_deref(),
            base_url: config.base_url.as_str(),
            base_path: config.base_url.path(),
            external_images: config.external_images,
            paper: PaperView {
                light: config.theme.paper.light.unwrap_or(OWN[0][0]).to_string(),
                dark: config.theme.paper.dark.unwrap_or(OWN[1][0]).to_string(),
            },
            extra: &site.extra,
        };
        base.insert("site", &view);
        base.insert("edition", &site.info);
        base.insert("editions", &sites.iter().map(|site| &site.info).collect::<Vec<_>>());
        base.insert("strings", &site.strings);
        base.insert("nav", &site.nav);
        base.insert("data", &site.data);
        let entries = (0..site.pages.len())
            .map(|place| site.entry(place).map(|entry| Value::from_serializable(&entry)))
            .collect();
        Self { base, entries }
    }

    /// What every template gets.
    pub(super) fn base(&self) -> Context {
        self.base.clone()
    }

    pub(super) fn page(&self, plan: &Plan<'_>, page: &Page, made: Made<'_>) -> Context {
        let Made { content, contents, data, places, extras } = made;
        let mut fields = Value::from_serializable(page).into_map().unwrap_or_default();
        let below = plan.places[page.place].children.iter();
        let sections = below.filter(|child| plan.places[**child].kind == Kind::Section);
        let sections: Vec<Value> = sections.filter_map(|child| self.section(plan, *child)).collect();
        let mut pages = self.pages(plan, page.place);
        if page.pager.is_some()
            && let Some(per_page) = plan.config.lists.per_page
            && let Some(all) = pages.as_array()
        {
            pages = Value::from(all[..all.len().min(per_page.get())].to_vec());
        }
        fields.insert("pages".into(), pages);
        fields.insert("sections".into(), Value::from(sections));
        fields.insert("content".into(), Value::safe_string(content));
        fields.insert("json_ld".into(), Value::safe_string(&data));
        fields.insert("places".into(), Value::from(places));
        fields.insert("extras".into(), Value::from(extras));
        let headings = page.contents.iter().zip(contents).map(|(item, html)| {
            let mut fields = Value::from_serializable(item).into_map().unwrap_or_default();
            fields.insert("html".into(), Value::safe_string(&html));
            Value::from(fields)
        });
        fields.insert("contents".into(), Value::from(headings.collect::<Vec<Value>>()));
        let page_value = Value::from(fields);
        let mut context = self.base.clone();
        if page.kind == "section" {
            context.insert_value("section", page_value.clone());
        }
        context.insert_value("page", page_value);
        context
    }

    /// `list` is one of `site`, `data` what it says to machines.
    pub(super) fn list(&self, plan: &Plan<'_>, site: &EditionSite, list: &ListPage, data: &str) -> Context {
        let mut fields = Value::from_serializable(list).into_map().unwrap_or_default();
        fields.insert("json_ld".into(), Value::safe_string(data));
        fields.insert("card".into(), Value::from_serializable(&site.page(0).map(|home| &home.card)));
        match list.kind {
            "tags" => drop(fields.insert("tags".into(), Value::from_serializable(&site.tags))),
            "archive" => drop(fields.insert("months".into(), self.months(plan, site, list))),
            _ => {
                let places = plan.listed.lists[list.list].on_part(site.edition, list.part);
                fields.insert("pages".into(), self.listed(places));
            }
        }
        let mut context = self.base.clone();
        context.insert_value("page", Value::from(fields));
        context
    }

    fn months(&self, plan: &Plan<'_>, site: &EditionSite, list: &ListPage) -> Value {
        let months = plan.months(site.edition, list.list, list.part).into_iter().map(|month| {
            let mut fields = Value::from_serializable(&month).into_map().unwrap_or_default();
            fields.insert("pages".into(), self.listed(&month.places));
            Value::from(fields)
        });
        Value::from(months.collect::<Vec<Value>>())
    }

    /// Pages as they stand in a list.
    fn listed(&self, places: &[usize]) -> Value {
        Value::from(places.iter().filter_map(|place| self.entries[*place].clone()).collect::<Vec<Value>>())
    }

    /// The pages right below a place, as they stand in a list.
    fn pages(&self, plan: &Plan<'_>, place: usize) -> Value {
        let below = plan.places[place].children.iter().copied();
        let pages: Vec<usize> = below.filter(|child| plan.places[*child].kind == Kind::Page).collect();
        self.listed(&pages)
    }

    /// A section in a list, with its pages.
    fn section(&self, plan: &Plan<'_>, place: usize) -> Option<Value> {
        let mut fields = self.entries[place].clone()?.into_map().unwrap_or_default();
        fields.insert("pages".into(), self.pages(plan, place));
        fields.insert("name".into(), Value::from(plan.places[place].route.as_str()));
        Some(Value::from(fields))
    }

    /// What a page gets that leads to `target`.
    pub(super) fn redirect(&self, target: &Page) -> Context {
        let mut context = self.base.clone();
        let Page { title, url, permalink, .. } = target;
        context.insert("target", &TargetView { title, url, permalink });
        context
    }

    /// What the search page gets: `shelves` are the sections with their pages.
    pub(super) fn search(&self, plan: &Plan<'_>, site: &EditionSite) -> Context {
        let mut context = self.base.clone();
        let url = plan.urls.page(&plan.config.editions[site.edition], SEARCH_FOLDER);
        context.insert("page", &search_view(plan, site, &url));
        context.insert("shelves", &shelves(plan, site));
        context
    }

    pub(super) fn shared(&self, plan: &Plan<'_>, sites: &[EditionSite]) -> Context {
        let mut context = self.base.clone();
        let entries: Vec<SharedEntry<'_>> = sites.iter().filter_map(shared_entry).collect();
        context.insert("entries", &entries);
        context.insert("permalink", plan.config.base_url.as_str());
        let alternates: Vec<Alternate> = alternates(plan, 0);
        context.insert("alternates", &alternates);
        context.insert("card", &sites.iter().find_map(|site| site.page(0)).map(|home| &home.card));
        context
    }
}

/// The search page, with what the frame of all pages asks of a page.
#[derive(Serialize)]
struct SearchView<'a> {
    kind: &'static str,
    title: &'a str,
    description: &'a str,
    url: &'a str,
    permalink: String,
    section: Option<SectionRef>,
    breadcrumb: Vec<Crumb>,
    source: Option<String>,
    card: Option<&'a CardView>,
    twins: Vec<Twin>,
    alternates: Vec<Alternate>,
}

fn search_view<'a>(plan: &Plan<'_>, site: &'a EditionSite, url: &'a str) -> SearchView<'a> {
    let string = |key: &str| site.strings.get(key).map_or("", String::as_str);
    SearchView {
        kind: "search",
        title: string("search"),
        description: string("search_description"),
        url,
        permalink: plan.urls.full(url),
        section: None,
        breadcrumb: vec![Crumb { title: site.title.clone(), url: site.info.url.clone() }],
        source: None,
        card: site.page(0).map(|home| &home.card),
        twins: search_twins(plan, site.edition),
        alternates: search_alternates(plan),
    }
}

/// A section in the list of contents.
#[derive(Serialize)]
struct Shelf<'a> {
    title: &'a str,
    url: &'a str,
    /// How many sections it is in.
    level: usize,
    pages: Vec<Crumb>,
    /// Whether it has more.
    more: bool,
}

/// A list of contents names all pages of a site of so many, and of a larger one the first of each section.
const LISTED_ALL: usize = 200;
/// So many of them.
const LISTED: usize = 5;

/// All sections of an edition in reading order, the home page first.
fn shelves<'a>(plan: &'a Plan<'_>, site: &'a EditionSite) -> Vec<Shelf<'a>> {
    let pages = site.pages.iter().flatten().count();
    let shown = if pages > LISTED_ALL { LISTED } else { LISTED_ALL };
    let shelf = |page: &'a Page| {
        let place = &plan.places[page.place];
        let below = place.children.iter().filter(|child| plan.places[**child].kind == Kind::Page);
        let below: Vec<&Page> = below.filter_map(|child| site.page(*child)).collect();
        let crumb = |page: &&Page| Crumb { title: page.title.clone(), url: page.url.clone() };
        Shelf {
            title: &page.title,
            url: &page.url,
            level: page.breadcrumb.len(),
            pages: below.iter().take(shown).map(crumb).collect(),
            more: below.len() > shown,
        }
    };
    site.in_order(plan).filter(|page| plan.places[page.place].kind != Kind::Page).map(shelf).collect()
}

fn shared_entry(site: &EditionSite) -> Option<SharedEntry<'_>> {
    let home = site.page(0)?;
    Some(SharedEntry {
        edition: &site.info,
        site_title: &site.title,
        title: &home.title,
        kicker: home.kicker.as_deref(),
        subtitle: home.subtitle.as_deref(),
        subtitle_lang: home.subtitle_lang.as_deref(),
        summary: home.summary.as_deref().unwrap_or(&home.description),
        url: &home.url,
        nav: &site.nav,
        strings: &site.strings,
    })
}
