//! What the pages of one edition say around their bodies: the shapes that templates see (docs/templates.md).

use super::description::{description, excerpt};
use super::list_view::{ListPage, Pager, TagLink, section_pager};
use super::lists::ListKind;
use super::urls::fragment;
use super::{Comparison, Converted, House, Kind, Plan, SEARCH_FOLDER, Target, dates, paths};
use crate::config::{Edition, TimeZone};
use crate::content::Source;
use crate::dialect::Moment;
use crate::markdown::{self, Document, Free, Heading, Subtitle, TextId, TextTable};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An edition, for templates.
#[derive(Debug, Clone, Serialize)]
pub struct EditionInfo {
    /// BCP 47.
    pub tag: String,
    /// Its name in its own script.
    pub label: String,
    /// The same in a character or two.
    pub short: String,
    /// Its home.
    pub url: String,
    /// The list of its tags, if it has any.
    pub tags_url: Option<String>,
    /// The list of its dated pages, if it has any.
    pub archive_url: Option<String>,
    /// Where it is searched, if it is.
    pub search_url: Option<String>,
    /// Its feeds, where the site has any.
    pub feeds: Option<Feeds>,
}

/// The addresses of an edition's feeds, from the host's root.
#[derive(Debug, Clone, Serialize)]
pub struct Feeds {
    /// Atom.
    pub atom: String,
    /// JSON Feed.
    pub json: String,
}

/// A page's name and address.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// Its title.
    pub title: String,
    /// Its address from the host's root.
    pub url: String,
}

/// A section in the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct SectionRef {
    /// Its folder, for comparing.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// A page in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// The line above the title.
    pub kicker: Option<String>,
    /// What it says.
    pub summary: Option<String>,
    /// Its address.
    pub url: String,
    /// When it was published.
    pub date: Option<DateView>,
    /// When it was changed.
    pub updated: Option<DateView>,
    /// Key figures.
    pub figures: Vec<FigureView>,
}

/// A date for machines and for readers.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2023-06-28`, or with a time `2023-06-28T10:00:00+08:00`.
    pub iso: String,
    /// RFC 3339 with time and offset; a day begins at midnight: `2023-06-28T00:00:00+08:00`.
    pub timestamp: String,
    /// `2023年6月28日`, the same in both scripts; `28 June 2023` in English.
    pub text: String,
}

/// A key figure.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// The number.
    pub value: String,
    /// What it counts in.
    pub unit: Option<String>,
    /// What it says.
    pub label: String,
}

/// A heading in the contents list.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsItem {
    /// 2 or 3.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// The id as a fragment.
    pub href: String,
    /// Its text.
    pub title: String,
    /// Its node in the document's tree.
    #[serde(skip)]
    pub node: usize,
}

/// The same page in an edition.
#[derive(Debug, Clone, Serialize)]
pub struct Twin {
    /// The edition's tag.
    pub tag: String,
    /// The edition's name.
    pub label: String,
    /// The same in a character or two.
    pub short: String,
    /// The page's address there, or that of the nearest page above it that the edition has.
    pub url: String,
    /// Whether this is the page itself.
    pub current: bool,
    /// Whether the edition has the page.
    pub same: bool,
}

/// A page that shows this one beside its twin.
#[derive(Debug, Clone, Serialize)]
pub struct Compared {
    /// Its address.
    pub url: String,
    /// The tag of the other edition.
    pub tag: String,
    /// The name of the other edition.
    pub label: String,
    /// The same in a character or two.
    pub short: String,
}

impl Twin {
    /// What a page of the edition `on` says of `edition`.
    pub(super) fn of(edition: &Edition, on: &Edition, url: String, same: bool) -> Self {
        Self {
            tag: edition.tag.as_str().to_owned(),
            label: edition.label.clone(),
            short: edition.short(),
            url,
            current: edition.tag == on.tag,
            same,
        }
    }
}

/// The search page in all editions, as a page of the edition with this index says.
pub fn search_twins(plan: &Plan<'_>, on: usize) -> Vec<Twin> {
    let editions = &plan.config.editions;
    let twin = |edition| Twin::of(edition, &editions[on], plan.urls.page(edition, SEARCH_FOLDER), true);
    editions.iter().map(twin).collect()
}

/// A `<link rel="alternate">`.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// A tag or `x-default`.
    pub hreflang: String,
    /// A full url.
    pub href: String,
}

/// The picture that a link to a page shows where it is shared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// A full url.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What it says.
    pub alt: String,
}

/// A free value, its texts converted.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum FreeView {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A list.
    List(Vec<FreeView>),
    /// A table.
    Table(BTreeMap<String, FreeView>),
}

/// A page of one edition, all but its body.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// The index of its place.
    #[serde(skip)]
    pub place: usize,
    /// The index of the document that the edition shows.
    #[serde(skip)]
    document: usize,
    /// The edition's texts of it.
    #[serde(skip)]
    table: Arc<TextTable>,
    /// Its file.
    #[serde(skip)]
    pub path: String,
    /// `home`, `section` or `page`.
    pub kind: &'static str,
    /// Headline.
    pub title: String,
    /// The line above it.
    pub kicker: Option<String>,
    /// The line below it.
    pub subtitle: Option<String>,
    /// Its language, where it is another than the page's.
    pub subtitle_lang: Option<String>,
    /// Who wrote it.
    pub byline: Vec<String>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// What it says, as the author puts it.
    pub summary: Option<String>,
    /// What stands of it in a list: the summary, or what stands above `<!-- more -->`, or the opening.
    #[serde(skip)]
    pub teaser: Option<String>,
    /// The same for search engines: never missing.
    pub description: String,
    /// When it was published.
    pub date: Option<DateView>,
    /// When it was changed.
    pub updated: Option<DateView>,
    /// What it is about.
    pub tags: Vec<String>,
    /// The same with their pages; empty where tags have none.
    pub tag_links: Vec<TagLink>,
    /// The way to the further parts of a long section.
    pub pager: Option<Pager>,
    /// Key figures.
    pub figures: Vec<FigureView>,
    /// Headings of levels 2 and 3.
    pub contents: Vec<ContentsItem>,
    /// Its address.
    pub url: String,
    /// Its address with the host.
    pub permalink: String,
    /// The top-level section it is in.
    pub section: Option<SectionRef>,
    /// From the home page to the page above.
    pub breadcrumb: Vec<Crumb>,
    /// The page before it in reading order.
    pub previous: Option<Crumb>,
    /// The page after it.
    pub next: Option<Crumb>,
    /// It in all editions, in their order.
    pub twins: Vec<Twin>,
    /// It in all editions that have it, for machines.
    pub alternates: Vec<Alternate>,
    /// Where it stands beside a twin.
    pub compare: Vec<Compared>,
    /// Han characters and Latin words.
    pub characters: usize,
    /// Reading time.
    pub minutes: usize,
    /// What a link to it shows: `card.png`, until one of its own is drawn.
    pub card: CardView,
    /// Free values.
    pub extra: BTreeMap<String, FreeView>,
}

/// What an edition shows at a place: a document, and the edition's texts of it. Whoever needs one of them asks for them
/// together, so that the tree of a page is never read with the texts of its twin.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Where it is written.
    pub source: &'a Source,
    /// Its tree, its front matter, its links.
    pub document: &'a Document,
    /// The texts.
    pub table: &'a TextTable,
    /// Where its links lead.
    pub targets: &'a [Target],
}

impl Page {
    /// The document that the page shows, with the edition's texts of it.
    pub fn text<'a>(&'a self, plan: &'a Plan<'_>) -> Text<'a> {
        text(plan, self.document, &self.table)
    }
}

fn text<'a>(plan: &'a Plan<'_>, document: usize, table: &'a TextTable) -> Text<'a> {
    let parsed = &plan.documents[document];
    let targets = &plan.targets[document];
    Text { source: parsed.source, document: &parsed.document, table, targets }
}

/// One edition of the site.
#[derive(Debug)]
pub struct EditionSite {
    /// Which one: the index in the settings.
    pub edition: usize,
    /// About the edition.
    pub info: EditionInfo,
    /// The site's title.
    pub title: String,
    /// The site's description.
    pub description: Option<String>,
    /// The site's free values.
    pub extra: BTreeMap<String, FreeView>,
    /// What the data files say that templates ask for.
    pub data: BTreeMap<String, FreeView>,
    /// The theme's strings.
    pub strings: BTreeMap<String, String>,
    /// Top-level sections.
    pub nav: Vec<SectionRef>,
    /// The pages, by the indices of their places; `None` where the edition does not have it.
    pub pages: Vec<Option<Page>>,
    /// Lists of them.
    pub lists: Vec<ListPage>,
    /// All tags.
    pub tags: Vec<TagLink>,
    /// The day that stands in for that of a page without one, as RFC 3339 writes it.
    pub undated: Option<String>,
}

impl EditionSite {
    /// The page of a place.
    pub fn page(&self, place: usize) -> Option<&Page> {
        self.pages.get(place)?.as_ref()
    }

    /// All pages in reading order.
    pub fn in_order<'a>(&'a self, plan: &'a Plan<'_>) -> impl Iterator<Item = &'a Page> {
        plan.reading_order.iter().filter_map(|place| self.page(*place))
    }

    /// A page as it stands in a list.
    pub fn entry(&self, place: usize) -> Option<Entry> {
        let page = self.page(place)?;
        Some(Entry {
            title: page.title.clone(),
            kicker: page.kicker.clone(),
            summary: page.teaser.clone(),
            url: page.url.clone(),
            date: page.date.clone(),
            updated: page.updated.clone(),
            figures: page.figures.clone(),
        })
    }
}

pub(super) fn compose(plan: &Plan<'_>, house: &House, edition: usize, converted: Converted) -> EditionSite {
    let settings = &plan.config.editions[edition];
    let own = |id: TextId| converted.house.text(id).to_owned();
    let title = settings.title.clone().unwrap_or_else(|| own(house.title));
    // A Chinese sentence says nothing to the readers of another language.
    let converted_description = house.description.filter(|_| !settings.is_written()).map(own);
    let description = settings.description.clone().or(converted_description);
    let tables = converted.tables;
    let composer = Composer { plan, index: edition, edition: settings, tables, title: &title };
    let mut pages: Vec<Option<Page>> = (0..plan.places.len()).map(|place| composer.page(place)).collect();
    for page in pages.iter_mut().flatten() {
        page.description = composer.description(page, description.as_deref());
    }
    composer.link_neighbours(&mut pages);
    let sections = plan.places[0].children.iter().filter(|child| plan.places[**child].kind == Kind::Section);
    let nav = sections.filter_map(|child| composer.section(*child)).collect();
    let strings = house.strings(settings, &converted.house);
    EditionSite {
        edition,
        info: info(&composer),
        lists: composer.lists(&strings),
        tags: composer.all_tags(),
        undated: plan.undated.map(|moment| plan.config.time_zone.timestamp(&moment)),
        description,
        extra: free(&house.extra, &converted.house),
        data: free(&house.data, &converted.house),
        strings,
        nav,
        pages,
        title,
    }
}

/// The name of the Atom feed in the folder of an edition.
pub const ATOM: &str = "feed.xml";
/// The name of the JSON Feed.
pub const JSON_FEED: &str = "feed.json";

/// About an edition, for templates.
fn info(composer: &Composer<'_>) -> EditionInfo {
    let Composer { plan, edition, .. } = composer;
    EditionInfo {
        tag: edition.tag.as_str().to_owned(),
        label: edition.label.clone(),
        short: edition.short(),
        url: plan.urls.page(edition, ""),
        tags_url: composer.list_url(&ListKind::Tags),
        archive_url: composer.list_url(&ListKind::Archive),
        search_url: plan.config.search.then(|| plan.urls.page(edition, SEARCH_FOLDER)),
        feeds: (plan.config.feed_entries > 0).then(|| Feeds {
            atom: plan.urls.path(&format!("{}/{ATOM}", edition.dir())),
            json: plan.urls.path(&format!("{}/{JSON_FEED}", edition.dir())),
        }),
    }
}

/// Makes the pages of one edition.
pub(super) struct Composer<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) index: usize,
    pub(super) edition: &'a Edition,
    /// By place.
    tables: Vec<Option<Arc<TextTable>>>,
    /// That of the site.
    pub(super) title: &'a str,
}

/// Han characters a reader reads in a minute.
const HAN_A_MINUTE: usize = 400;
/// A word of another script takes as long as so many: 200 words a minute.
const HAN_A_WORD: usize = 2;

impl Composer<'_> {
    /// The document of a place and its texts, if the edition has it.
    pub(super) fn shown(&self, place: usize) -> Option<(usize, &Arc<TextTable>)> {
        self.plan.shown.document(self.index, place).zip(self.tables[place].as_ref())
    }

    fn page(&self, index: usize) -> Option<Page> {
        let place = &self.plan.places[index];
        let (shown, table) = self.shown(index)?;
        let document = &self.plan.documents[shown].document;
        let front = &document.front;
        let text = |id: TextId| table.text(id).to_owned();
        let url = self.plan.urls.page(self.edition, &place.route);
        let (subtitle, subtitle_lang) = self.subtitle(front.subtitle.as_ref(), table);
        let tags: Vec<String> = front.tags.iter().copied().map(text).collect();
        let as_han = document.length.han + document.length.words * HAN_A_WORD;
        let date_view = |moment: Moment| date(&moment, &self.plan.config.time_zone, self.edition);
        Some(Page {
            place: index,
            document: shown,
            table: Arc::clone(table),
            path: paths::page_path(&self.edition.dir(), &place.route),
            kind: match place.kind {
                Kind::Home => "home",
                Kind::Section => "section",
                Kind::Page => "page",
            },
            title: text(front.title),
            kicker: front.kicker.map(text),
            subtitle,
            subtitle_lang,
            byline: front.byline.iter().copied().map(text).collect(),
            source: front.source.map(text),
            summary: front.summary.map(text),
            teaser: self.teaser(index),
            description: String::new(),
            date: front.date.map(date_view),
            updated: front.updated.map(date_view),
            tag_links: self.tag_links(shown, &tags),
            tags,
            pager: section_pager(self.plan, self.index, index),
            figures: front.figures.iter().map(|figure| figure_view(figure, table)).collect(),
            contents: contents(document, table),
            permalink: self.plan.urls.full(&url),
            url,
            section: self.top_section(index).and_then(|section| self.section(section)),
            breadcrumb: self.breadcrumb(index),
            previous: None,
            next: None,
            twins: self.twins(index),
            alternates: alternates(self.plan, index),
            compare: self.compared(index),
            characters: document.length.han + document.length.words,
            minutes: as_han.div_ceil(HAN_A_MINUTE).max(1),
            card: CardView::default(),
            extra: free(&front.extra, table),
        })
    }

    fn subtitle(&self, subtitle: Option<&Subtitle>, table: &TextTable) -> (Option<String>, Option<String>) {
        match subtitle {
            None => (None, None),
            Some(Subtitle::Converted(id)) => (Some(table.text(*id).to_owned()), None),
            Some(Subtitle::Kept { text, lang }) => {
                let differs = *lang != self.edition.tag;
                (Some(text.clone()), differs.then(|| lang.as_str().to_owned()))
            }
        }
    }

    /// What stands of a page in a list.
    fn teaser(&self, place: usize) -> Option<String> {
        let (shown, table) = self.shown(place)?;
        let document = &self.plan.documents[shown].document;
        let text = |id: TextId| table.text(id);
        let said = document.front.summary.or(document.lead).map(|id| text(id).to_owned());
        said.or_else(|| document.opening.map(|id| excerpt(text(id))))
    }

    /// What the author says to search engines, else the summary, what stands above `<!-- more -->`, the opening, the title;
    /// lengthened by the titles of the pages below and by the site's name where it says too little.
    fn description(&self, page: &Page, site: Option<&str>) -> String {
        let Text { document, table, .. } = page.text(self.plan);
        let front = &document.front;
        let text = front.description.or(front.summary).or(document.lead).or(document.opening);
        let text = text.map_or(page.title.as_str(), |id| table.text(id));
        let below = self.plan.places[page.place].children.iter();
        let title = |place: usize| {
            let (shown, table) = self.shown(place)?;
            Some(table.text(self.plan.documents[shown].document.front.title))
        };
        let below = below.filter_map(|child| title(*child));
        let own = std::iter::once(page.title.as_str());
        let comma = if self.edition.is_written() { ", " } else { "，" };
        // A site of two words says in which edition and where it is.
        let last = [self.edition.label.as_str(), self.plan.config.base_url.host()];
        description(text, own.chain(below).chain([self.title]).chain(site).chain(last), comma)
    }

    pub(super) fn crumb(&self, place: usize) -> Option<Crumb> {
        let (shown, table) = self.shown(place)?;
        let title = table.text(self.plan.documents[shown].document.front.title).to_owned();
        Some(Crumb { title, url: self.plan.urls.page(self.edition, &self.plan.places[place].route) })
    }

    pub(super) fn section(&self, place: usize) -> Option<SectionRef> {
        let Crumb { title, url } = self.crumb(place)?;
        Some(SectionRef { name: self.plan.places[place].route.clone(), title, url })
    }

    /// The section right below the home page that a place is, or is in.
    pub(super) fn top_section(&self, mut place: usize) -> Option<usize> {
        loop {
            match self.plan.places[place].parent? {
                0 => return (self.plan.places[place].kind == Kind::Section).then_some(place),
                parent => place = parent,
            }
        }
    }

    pub(super) fn breadcrumb(&self, place: usize) -> Vec<Crumb> {
        let above = self.plan.up_from(place).skip(1);
        let mut crumbs: Vec<Crumb> = above.filter_map(|place| self.crumb(place)).collect();
        crumbs.reverse();
        crumbs
    }

    fn twins(&self, place: usize) -> Vec<Twin> {
        let Plan { shown, urls, config, .. } = self.plan;
        let twin = |(index, edition): (usize, &Edition)| {
            let url = urls.page(edition, &self.nearest(index, place));
            let same = shown.document(index, place).is_some();
            Twin::of(edition, self.edition, url, same)
        };
        config.editions.iter().enumerate().map(twin).collect()
    }

    /// The route of a place in an edition, or of the nearest place above it that the edition has: its home page at last.
    pub(super) fn nearest(&self, edition: usize, place: usize) -> String {
        let nearest =
            self.plan.up_from(place).find(|place| self.plan.shown.document(edition, *place).is_some());
        self.plan.places[nearest.unwrap_or(0)].route.clone()
    }

    fn compared(&self, place: usize) -> Vec<Compared> {
        let Plan { comparisons, shown, urls, places, config, .. } = self.plan;
        let compared = |comparison: &Comparison| {
            let other = *comparison.editions.iter().find(|edition| **edition != self.index)?;
            let edition = &config.editions[other];
            Some(Compared {
                url: urls.below(&comparison.folder, &places[place].route),
                tag: edition.tag.as_str().to_owned(),
                label: edition.label.clone(),
                short: edition.short(),
            })
        };
        let own = comparisons.iter().filter(|own| own.editions.contains(&self.index));
        own.filter(|own| own.has(shown, place)).filter_map(compared).collect()
    }

    fn link_neighbours(&self, pages: &mut [Option<Page>]) {
        let order: Vec<usize> =
            self.plan.reading_order.iter().copied().filter(|place| pages[*place].is_some()).collect();
        for pair in order.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            if let Some(page) = &mut pages[first] {
                page.next = self.crumb(second);
            }
            if let Some(page) = &mut pages[second] {
                page.previous = self.crumb(first);
            }
        }
    }
}

/// A page in all editions that have it, `x-default` last.
///
/// On a home page `x-default` is the entry page, where the reader chooses. Elsewhere it is the page in the first
/// edition that has it: search engines drop a set whose members do not name each other, and the entry page cannot name every
/// page of the site.
pub fn alternates(plan: &Plan<'_>, place: usize) -> Vec<Alternate> {
    let route = plan.places[place].route.as_str();
    let mut all = alternates_at(plan, route, |edition| plan.shown.document(edition, place).is_some());
    if let Some(default) = all.last_mut().filter(|_| route.is_empty()) {
        default.href = plan.urls.full(&plan.urls.path(""));
    }
    all
}

/// The search page in all editions, for machines.
pub fn search_alternates(plan: &Plan<'_>) -> Vec<Alternate> {
    alternates_at(plan, SEARCH_FOLDER, |_| true)
}

/// A route in the editions that have it; `x-default` is the first of them, and the last in the list.
pub(super) fn alternates_at(plan: &Plan<'_>, route: &str, has: impl Fn(usize) -> bool) -> Vec<Alternate> {
    let editions = plan.config.editions.iter().enumerate().filter(|(index, _)| has(*index));
    let mut all: Vec<Alternate> = editions
        .map(|(_, edition)| Alternate {
            hreflang: edition.tag.as_str().to_owned(),
            href: plan.urls.full(&plan.urls.page(edition, route)),
        })
        .collect();
    let default = all.first().map(|first| first.href.clone());
    all.extend(default.map(|href| Alternate { hreflang: "x-default".to_owned(), href }));
    all
}

/// What machines are told of a page that has no twin.
pub fn alone(tag: &str, permalink: &str) -> [Alternate; 2] {
    [tag, "x-default"].map(|hreflang| Alternate { hreflang: hreflang.to_owned(), href: permalink.to_owned() })
}

fn date(moment: &Moment, zone: &TimeZone, edition: &Edition) -> DateView {
    DateView {
        iso: zone.iso(moment),
        timestamp: zone.timestamp(moment),
        text: dates::text(zone.day(moment), &edition.tag, edition.calendar),
    }
}

fn figure_view(figure: &markdown::KeyFigure, table: &TextTable) -> FigureView {
    let text = |id: TextId| table.text(id).to_owned();
    FigureView { value: text(figure.value), unit: figure.unit.map(text), label: text(figure.label) }
}

fn contents(document: &markdown::Document, table: &TextTable) -> Vec<ContentsItem> {
    let item = |heading: &Heading| ContentsItem {
        level: heading.level,
        id: heading.id.clone(),
        href: fragment(&heading.id),
        title: document.tree.plain_text(heading.node, table),
        node: heading.node,
    };
    document.headings.iter().filter(|heading| heading.level <= 3).map(item).collect()
}

fn free(values: &[(String, Free)], table: &TextTable) -> BTreeMap<String, FreeView> {
    values.iter().map(|(key, value)| (key.clone(), free_view(value, table))).collect()
}

// Recursion is bounded: the parsers refuse values nested deeper than their limits.
fn free_view(value: &Free, table: &TextTable) -> FreeView {
    match value {
        Free::Text(id) => FreeView::Text(table.text(*id).to_owned()),
        Free::Integer(number) => FreeView::Integer(*number),
        Free::Float(number) => FreeView::Float(*number),
        Free::Boolean(yes) => FreeView::Boolean(*yes),
        Free::List(items) => FreeView::List(items.iter().map(|item| free_view(item, table)).collect()),
        Free::Table(entries) => FreeView::Table(free(entries, table)),
    }
}
