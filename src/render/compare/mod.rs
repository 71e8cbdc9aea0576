//! A page that shows two editions side by side.
//!
//! In: a page of each of two editions and their bodies as HTML, which were rendered for the pages themselves. Out: what the template gets:
//! rows of two cells, with the differences in wording marked. Every id of the page is there once: that of a block on its row, those
//! inside a block in the first cell. Never: a body rendered once more.

mod alignment;
mod units;

use super::body::Body;
use super::{EditionFrame, OutFile, Templates, escape};
use crate::diagnostic::Diagnostic;
use crate::html::{Block, Column, Copies};
use crate::script::Comparer;
use crate::site::{Comparison, DateView, EditionSite, FigureView, Page, Plan, SectionRef, alone, page_path};
use alignment::{Profile, Row};
use std::collections::HashSet;
use std::ops::Range;
use tera::{Context, Map, Value};
use units::Unit;

/// What all pages of a comparison share.
#[derive(Debug)]
pub struct Beside<'a> {
    comparison: &'a Comparison,
    plan: &'a Plan<'a>,
    sites: [&'a EditionSite; 2],
    base: Context,
    /// About each edition.
    sides: [Map; 2],
    /// The sections that both editions have, with the addresses of their pages side by side.
    sections: Vec<SectionRef>,
    /// The pages before and behind each place.
    neighbours: Vec<[Option<usize>; 2]>,
    /// Nothing where one of the two is in another language: its words are others anyway.
    comparer: Option<Comparer>,
}

/// Gives a text of something.
type Part<T> = fn(&T) -> Option<&str>;

/// Writes cells and counts what differs.
struct Cells<'a> {
    comparer: Option<&'a Comparer>,
    /// What the editions are called, and the addresses of the pages, both escaped.
    labels: [String; 2],
    pages: [String; 2],
    tag: &'a str,
    copies: Copies,
    needed: HashSet<&'a str>,
    differences: usize,
}

impl<'a> Beside<'a> {
    /// `sites` and `frames` are those of all editions.
    pub fn new(
        plan: &'a Plan<'a>,
        sites: &'a [EditionSite],
        frames: &[EditionFrame],
        comparison: &'a Comparison,
    ) -> Self {
        let [first, second] = comparison.editions;
        let own = [&sites[first], &sites[second]];
        let is_chinese = own.iter().all(|site| plan.config.editions[site.edition].target().is_some());
        let side = |site: &EditionSite| {
            let mut side = Map::default();
            set(&mut side, "edition", Value::from_serializable(&site.info));
            set(&mut side, "site_title", said(Some(&site.title)));
            set(&mut side, "strings", Value::from_serializable(&site.strings));
            side
        };
        let mut neighbours = vec![[None; 2]; plan.places.len()];
        let order: Vec<usize> =
            plan.reading_order.iter().copied().filter(|place| comparison.has(&plan.shown, *place)).collect();
        for pair in order.windows(2) {
            neighbours[pair[0]][1] = Some(pair[1]);
            neighbours[pair[1]][0] = Some(pair[0]);
        }
        let sections = own[0].nav.iter().filter_map(|section| {
            let place = order.iter().find(|place| plan.places[**place].route == section.name)?;
            let url = plan.urls.below(&comparison.folder, &plan.places[*place].route);
            Some(SectionRef { url, ..section.clone() })
        });
        Self {
            comparison,
            plan,
            sites: own,
            sections: sections.collect(),
            base: frames[first].base(),
            sides: own.map(side),
            neighbours,
            comparer: is_chinese.then(Comparer::embedded),
        }
    }

    /// The indices of the two editions.
    pub fn editions(&self) -> [usize; 2] {
        self.comparison.editions
    }

    /// The page of a place, from the bodies of the two pages.
    pub fn render(
        &self,
        place: usize,
        bodies: [&Body; 2],
        templates: &Templates,
    ) -> Option<Result<OutFile, Diagnostic>> {
        let pages = [self.sites[0].page(place)?, self.sites[1].page(place)?];
        let path = page_path(&self.comparison.folder, &self.plan.places[place].route);
        let context = self.context(place, pages, bodies);
        let source = &pages[0].text(self.plan).source.path;
        Some(templates.render("compare.html", &context, path, source))
    }

    fn context(&self, place: usize, pages: [&Page; 2], bodies: [&Body; 2]) -> Context {
        let documents = pages.map(|page| page.text(self.plan).document);
        let is_same = std::ptr::eq(documents[0], documents[1]);
        let units = [0, 1].map(|side| units::units(documents[side], bodies[side], is_same));
        let blocks = [0, 1].map(|side| blocks(&units[side]));
        let rows = match is_same {
            true => alignment::same(units[0].len(), units[1].len()),
            false => self.aligned(&units, &blocks),
        };
        let mut cells = Cells {
            comparer: self.comparer.as_ref(),
            labels: self.sites.map(|site| escaped(&site.info.label)),
            pages: pages.map(|page| escaped(&page.url)),
            tag: &self.sites[1].info.tag,
            copies: Copies::default(),
            needed: blocks[1].iter().flat_map(Block::references).collect(),
            differences: 0,
        };
        let ids = cells.ids(&units, &rows);
        let head = Self::head(pages, &mut cells);
        let rows: Vec<Value> =
            rows.iter().zip(ids).map(|(row, id)| cells.row(*row, id.as_deref(), &units, &blocks)).collect();
        let mut fields = Map::default();
        let url = self.plan.urls.below(&self.comparison.folder, &self.plan.places[place].route);
        let permalink = self.plan.urls.full(&url);
        let alternates = alone(&self.sites[0].info.tag, &permalink);
        set(&mut fields, "kind", said(Some(pages[0].kind)));
        set(&mut fields, "title", said(Some(&pages[0].title)));
        set(&mut fields, "description", said(Some(&pages[0].description)));
        set(&mut fields, "permalink", said(Some(&permalink)));
        set(&mut fields, "alternates", Value::from_serializable(&alternates));
        set(&mut fields, "card", Value::from_serializable(&pages[0].card));
        set(&mut fields, "url", said(Some(&url)));
        set(&mut fields, "nav", self.nav(&url, pages[0]));
        set(&mut fields, "sides", Value::from(self.sides(pages, head)));
        set(&mut fields, "rows", Value::from(rows));
        let differences = self.comparer.as_ref().map(|_| cells.differences);
        set(&mut fields, "differences", differences.map_or_else(Value::none, Value::from));
        for (name, neighbour) in ["previous", "next"].into_iter().zip(self.neighbours[place]) {
            set(
                &mut fields,
                name,
                neighbour.and_then(|place| self.neighbour(place)).unwrap_or_else(Value::none),
            );
        }
        let mut context = self.base.clone();
        context.insert_value("compare", Value::from(fields));
        context
    }

    /// The rows of two documents that are written each for itself.
    fn aligned(&self, units: &[Vec<Unit<'_>>; 2], blocks: &[Vec<Block<'_>>; 2]) -> Vec<Row> {
        let profiles = self.comparer.as_ref().map(|comparer| {
            let profile = |block: &Block<'_>| Profile::of(comparer.folded(block.text()));
            [0, 1].map(|side| blocks[side].iter().map(profile).collect::<Vec<Profile>>())
        });
        let profiles = profiles.as_ref().map(|[first, second]| [first.as_slice(), second.as_slice()]);
        alignment::align([&units[0], &units[1]], profiles)
    }

    /// The sections, of which that of the page is marked as `aria-current` has it.
    fn nav(&self, url: &str, page: &Page) -> Value {
        let own = page.section.as_ref().map(|section| section.name.as_str());
        let item = |section: &SectionRef| {
            let mut fields = Map::default();
            set(&mut fields, "title", said(Some(&section.title)));
            set(&mut fields, "url", said(Some(&section.url)));
            let is_within = own == Some(section.name.as_str());
            let current = if section.url == url { Some("page") } else { is_within.then_some("true") };
            set(&mut fields, "current", said(current));
            Value::from(fields)
        };
        Value::from(self.sections.iter().map(item).collect::<Vec<Value>>())
    }

    /// A page of the comparison that another leads to.
    fn neighbour(&self, place: usize) -> Option<Value> {
        let url = self.plan.urls.below(&self.comparison.folder, &self.plan.places[place].route);
        let titles = [self.sites[0].page(place)?, self.sites[1].page(place)?];
        let titles: Vec<Value> = titles.iter().map(|page| said(Some(&page.title))).collect();
        let mut fields = Map::default();
        set(&mut fields, "url", said(Some(&url)));
        set(&mut fields, "titles", Value::from(titles));
        Some(Value::from(fields))
    }

    fn sides(&self, pages: [&Page; 2], head: [Map; 2]) -> Vec<Value> {
        let sides = head.into_iter().zip(&self.sides).zip(pages);
        let side = |((mut fields, shared), page): ((Map, &Map), &Page)| {
            fields.extend(shared.iter().map(|(key, value)| (key.clone(), value.clone())));
            set(&mut fields, "url", said(Some(&page.url)));
            set(&mut fields, "name", said(Some(&page.title)));
            let lang = page.subtitle_lang.as_deref();
            set(&mut fields, "subtitle_lang", said(lang));
            set(&mut fields, "date", date(page.date.as_ref()));
            set(&mut fields, "updated", date(page.updated.as_ref()));
            Value::from(fields)
        };
        sides.map(side).collect()
    }

    /// What the pages say above their bodies, as HTML with its differences marked.
    fn head(pages: [&Page; 2], cells: &mut Cells<'_>) -> [Map; 2] {
        let mut head = [Map::default(), Map::default()];
        let texts: [(&str, Part<Page>); 5] = [
            ("title", |page| Some(&page.title)),
            ("kicker", |page| page.kicker.as_deref()),
            ("subtitle", |page| page.subtitle.as_deref()),
            ("summary", |page| page.summary.as_deref()),
            ("source", |page| page.source.as_deref()),
        ];
        for (name, text) in texts {
            let written = cells.texts(pages.map(text));
            for (fields, text) in head.iter_mut().zip(written) {
                set(fields, name, text);
            }
        }
        let names = cells.lists(pages.map(|page| page.byline.as_slice()));
        let figures = figures(pages.map(|page| page.figures.as_slice()), cells);
        for (fields, (names, figures)) in head.iter_mut().zip(names.into_iter().zip(figures)) {
            set(fields, "byline", Value::from(names));
            set(fields, "figures", Value::from(figures));
        }
        head
    }
}

// Not inlined: a map's insertion at thirty places makes the program 12 KB larger.
#[inline(never)]
fn set(fields: &mut Map, name: &'static str, value: Value) {
    fields.insert(name.into(), value);
}

/// A text, or none.
#[inline(never)]
fn said(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

fn blocks<'u>(units: &'u [Unit<'_>]) -> Vec<Block<'u>> {
    units.iter().map(|unit| Block::read(&unit.html)).collect()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape::attribute(&mut escaped, text);
    escaped
}

fn date(date: Option<&DateView>) -> Value {
    let Some(DateView { iso, text, .. }) = date else { return Value::none() };
    let mut fields = Map::default();
    set(&mut fields, "iso", said(Some(iso)));
    set(&mut fields, "text", said(Some(text)));
    Value::from(fields)
}

/// Key figures of both pages.
fn figures(lists: [&[FigureView]; 2], cells: &mut Cells<'_>) -> [Vec<Value>; 2] {
    let parts: [Part<FigureView>; 3] =
        [|own| Some(&own.value), |own| own.unit.as_deref(), |own| Some(&own.label)];
    let mut written = lists.map(|list| vec![Map::default(); list.len()]);
    for at in 0..lists[0].len().max(lists[1].len()) {
        for (name, part) in ["value", "unit", "label"].into_iter().zip(parts) {
            let texts = cells.texts(lists.map(|list| list.get(at).and_then(part)));
            for (list, text) in written.iter_mut().zip(texts) {
                if let Some(fields) = list.get_mut(at) {
                    set(fields, name, text);
                }
            }
        }
    }
    written.map(|list| list.into_iter().map(Value::from).collect())
}

impl<'a> Cells<'a> {
    /// The id of each row: that of its first cell, or that of the second if no other has it. The ids of rows come before those
    /// inside cells.
    fn ids(&mut self, units: &[Vec<Unit<'_>>; 2], rows: &[Row]) -> Vec<Option<String>> {
        let id = |row: &Row, side: usize| row[side].and_then(|at| units[side][at].id.as_deref());
        let first: Vec<Option<&str>> =
            rows.iter().map(|row| id(row, 0).filter(|id| self.copies.take(id))).collect();
        let own = first.into_iter().zip(rows);
        own.map(|(own, row)| own.or_else(|| id(row, 1).filter(|id| self.copies.take(id))).map(str::to_owned))
            .collect()
    }

    fn row(
        &mut self,
        row: Row,
        id: Option<&str>,
        units: &[Vec<Unit<'_>>; 2],
        blocks: &[Vec<Block<'a>>; 2],
    ) -> Value {
        let shown = [0, 1].map(|side| row[side].map(|at| &blocks[side][at]));
        let before = self.differences;
        let marks = self.marks(shown);
        let cells: Vec<Value> = [0, 1]
            .map(|side| {
                let Some(block) = shown[side] else { return Value::none() };
                Value::safe_string(&self.write(block, side, &marks[side]))
            })
            .into_iter()
            .collect();
        let kind = [0, 1].into_iter().find_map(|side| row[side].map(|at| units[side][at].kind));
        let mut fields = Map::default();
        set(&mut fields, "id", said(id));
        set(&mut fields, "kind", said(Some(kind.unwrap_or_default())));
        set(&mut fields, "cells", Value::from(cells));
        set(&mut fields, "differences", Value::from(self.differences - before));
        Value::from(fields)
    }

    /// What differs in the texts of two cells. A cell without a partner differs as a whole.
    fn marks(&mut self, shown: [Option<&Block<'_>>; 2]) -> [Vec<Range<usize>>; 2] {
        let Some(comparer) = self.comparer else { return Default::default() };
        let [first, second] = shown.map(|block| block.map_or("", Block::text));
        let differences = match shown {
            [Some(_), Some(_)] => comparer.differences(first, second),
            _ if first.trim().is_empty() && second.trim().is_empty() => Vec::new(),
            _ => vec![[0..first.len(), 0..second.len()]],
        };
        self.differences += differences.len();
        let side = |side: usize| differences.iter().map(|ranges| ranges[side].clone()).collect();
        [side(0), side(1)]
    }

    fn write(&mut self, block: &Block<'_>, side: usize, marks: &[Range<usize>]) -> String {
        let (suffix, none) = (if side == 0 { "" } else { self.tag }, HashSet::new());
        let needed = if side == 0 { &none } else { &self.needed };
        let column = Column { label: &self.labels[side], page: &self.pages[side], suffix, needed };
        let mut out = String::with_capacity(block.length() + 64);
        block.write(&mut out, &mut self.copies, column, marks);
        out
    }

    /// Two plain texts as HTML.
    fn texts(&mut self, texts: [Option<&str>; 2]) -> [Value; 2] {
        let escaped = texts.map(|text| text.map(escaped));
        let blocks = [0, 1].map(|side| escaped[side].as_deref().map(Block::read));
        let marks = self.marks([blocks[0].as_ref(), blocks[1].as_ref()]);
        [0, 1].map(|side| {
            let Some(block) = &blocks[side] else { return Value::none() };
            Value::safe_string(&self.write(block, side, &marks[side]))
        })
    }

    fn lists(&mut self, lists: [&[String]; 2]) -> [Vec<Value>; 2] {
        let mut written = [Vec::new(), Vec::new()];
        for at in 0..lists[0].len().max(lists[1].len()) {
            let texts = self.texts(lists.map(|list| list.get(at).map(String::as_str)));
            for (side, text) in texts.into_iter().enumerate().filter(|(side, _)| at < lists[*side].len()) {
                written[side].push(text);
            }
        }
        written
    }
}
