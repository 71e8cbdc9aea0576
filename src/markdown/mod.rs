//! From a source to a document: a tree of blocks whose text stands in a table.
//!
//! In: a [`Source`] as written. Out: a [`Document`]: its front matter, its tree, its links, and the text table, which
//! is the only thing that conversion will see. Ids are fixed here, from the source text, before any conversion: they
//! are the same in all editions. Never: a conversion, an url, or HTML.
//!
//! The text of a block is one run, divided where markup divides it: `头**发**` is the run 头|发. What no phrase may
//! reach across (code, an image, a hard line break) stands in the run as [`OBJECT`](crate::script::OBJECT).

mod aliases;
mod anchors;
mod blocks;
mod chart;
mod component;
mod containers;
mod diagnostics;
mod dollars;
mod foreign;
mod front;
mod front_texts;
mod marked;
mod masked;
mod places;
mod rewrite;
mod text;
mod tree;
mod twin;
mod wide;

pub use aliases::Alias;
pub use chart::{Chart, ChartKind, Series};
pub use component::{Attribute, Component, Known};
pub use front::{Free, FrontMatter, KeyFigure, Subtitle, Weight};
pub use places::Places;
pub use rewrite::{glossary, rewrite};
pub use text::{Piece, TextId, TextTable};
pub use tree::{Address, Alignment, Kind, Node, Step, Tree};
pub use twin::{Inherited, Page, parse_twin};

use crate::code::Highlighter;
use crate::content::{self, Source};
use crate::data;
use crate::diagnostic::{Checked, Diagnostic};
use crate::math::Formulas;
use crate::script::{self, Evidence, Run, Tag};
use blocks::Title;
use front::Role;
use std::ops::Range;

/// What the house allows in Markdown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Let HTML through.
    pub raw_html: bool,
    /// What the site is called, for an index without a title.
    pub site_title: Option<&'a str>,
    /// The components that there are templates for; without them no component is unknown.
    pub components: Option<&'a Known>,
    /// The data files that [`data_files`] asked for.
    pub data: Option<&'a data::Files>,
    /// Knows programming languages; without it code stays plain.
    pub highlighter: Option<&'a Highlighter>,
    /// Reads formulas; without it they are shown as written.
    pub formulas: Option<&'a Formulas>,
}

/// A source parsed.
#[derive(Debug, Clone)]
pub struct Document {
    /// What stands above the body.
    pub front: FrontMatter,
    /// The body.
    pub tree: Tree,
    /// All texts of front matter and body.
    pub texts: TextTable,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Destinations of links and images, in order; nodes name them by index.
    pub links: Vec<Link>,
    /// Components in order; nodes name them by index.
    pub components: Vec<Component>,
    /// All ids of the body, sorted.
    pub anchors: Vec<String>,
    /// The first paragraph, for where a summary is missing.
    pub opening: Option<TextId>,
    /// What stands above `<!-- more -->`, as plain text.
    pub lead: Option<TextId>,
    /// What would be the id of the heading that has become the title.
    pub title_anchor: Option<String>,
    /// Han characters and Latin words of the body.
    pub length: Length,
    /// Where the texts stand in the source, as far as they stand there as they read.
    pub places: Places,
    /// Texts that are those of the page it is a twin of; empty in a page.
    pub inherited: Vec<Inherited>,
}

impl Document {
    /// Whether the body has this id.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.anchors.binary_search_by(|anchor| anchor.as_str().cmp(id)).is_ok()
    }
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the page's title is level 1.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its node in the tree.
    pub node: usize,
    /// Its place in the source.
    pub span: Range<usize>,
}

/// A destination as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Path, url or fragment.
    pub destination: String,
    /// The link's place in the source.
    pub span: Range<usize>,
}

/// How much there is to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Length {
    /// Han characters.
    pub han: usize,
    /// Words of other scripts.
    pub words: usize,
}

/// The paths of data files that a source may want to read.
pub fn data_files(source: &Source) -> Vec<String> {
    containers::files(&source.text).flat_map(|written| data::Files::meant(&source.path, written)).collect()
}

/// Parses a source.
pub fn parse(source: &Source, options: Options<'_>) -> Checked<Document> {
    let mut diagnostics = Vec::new();
    match read(source, Role::Page, options, &mut diagnostics) {
        Some(document) => Checked::new(document, diagnostics),
        None => Checked::failed(diagnostics),
    }
}

fn read(
    source: &Source,
    role: Role<'_>,
    options: Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let mut texts = TextTable::default();
    let mut places = Places::default();
    let front::Read { front, body, untitled } =
        front::read(source, role, &mut texts, &mut places, diagnostics)?;
    // What stands in rules and in a glossary is for other editions, so it is no evidence.
    let mut evidence = Evidence::default();
    for run in texts.runs().iter().filter(|run| !run.has_rules()) {
        evidence += script::detect(run.text());
    }
    let range = body.clone();
    let headings = role.page().map_or(&[][..], |page| &page.document.headings);
    let is_open = texts.text(front.title).is_empty() && role.takes_heading();
    let title = match untitled.is_some() || (is_open && role.inherits_title()) {
        true => Title::Wanted(front.title),
        false => Title::Known(texts.text(front.title).to_owned()),
    };
    let body = blocks::read(source, body, options, (texts, title), headings, diagnostics);
    evidence += script::detect(&body.masked.text[range.clone()]);
    let blocks::Body {
        tree,
        mut texts,
        headings,
        links,
        components,
        anchors,
        opening,
        lead,
        title_anchor,
        length,
        spans,
        html_spans,
        ..
    } = body;
    if let Some(untitled) = untitled.filter(|_| title_anchor.is_none()) {
        // A README that begins with a picture is no fault: it is called what it opens.
        let site = options.site_title.filter(|_| range.start == 0);
        let Some(title) = site.and_then(|site| content::title_of_index(&source.path, site)) else {
            diagnostics.push(untitled);
            return None;
        };
        texts.replace(front.title, Run::new(title));
    }
    // A text for one edition is in the edition's script.
    let script = front.script.or(source.route.edition.as_ref().and_then(Tag::script));
    texts.read_as(script, evidence);
    places.add(spans);
    places.add(html_spans);
    let inherited = Vec::new();
    Some(Document {
        front,
        tree,
        texts,
        headings,
        links,
        components,
        anchors,
        opening,
        lead,
        title_anchor,
        length,
        places,
        inherited,
    })
}
