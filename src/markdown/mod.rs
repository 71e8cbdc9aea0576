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
mod diagnostics;
mod foreign;
mod front;
mod front_texts;
mod html;
mod masked;
mod places;
mod rewrite;
mod text;
mod tree;

pub use aliases::Alias;
pub use front::{Free, FrontMatter, KeyFigure, Subtitle, Weight};
pub use places::Places;
pub use rewrite::{glossary, rewrite};
pub use text::{Piece, TextId, TextTable};
pub use tree::{Alignment, Kind, Node, Step, Tree};

use crate::content::Source;
use crate::diagnostic::Checked;
use crate::script::{self, Evidence};
use std::ops::Range;

/// What the house allows in Markdown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Let HTML through.
    pub raw_html: bool,
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

/// Parses a source.
pub fn parse(source: &Source, options: Options) -> Checked<Document> {
    let mut diagnostics = Vec::new();
    let mut texts = TextTable::default();
    let mut places = Places::default();
    let read = front::read(source, &mut texts, &mut places, &mut diagnostics);
    let Some(front::Read { front, body, untitled }) = read else {
        return Checked::failed(diagnostics);
    };
    // What stands in rules and in a glossary is for other editions, so it is no evidence.
    let mut evidence = Evidence::default();
    for run in texts.runs().iter().filter(|run| !run.has_rules()) {
        evidence += script::detect(run.text());
    }
    let range = body.clone();
    let wanted = untitled.is_some().then_some(front.title);
    let body = blocks::read(source, body, options, (texts, wanted), &mut diagnostics);
    evidence += script::detect(&body.masked.text[range]);
    let blocks::Body { tree, mut texts, headings, links, anchors, opening, lead, length, spans, .. } = body;
    let title_anchor = body.title_anchor;
    if let Some(untitled) = untitled.filter(|_| title_anchor.is_none()) {
        diagnostics.push(untitled);
        return Checked::failed(diagnostics);
    }
    texts.read_as(front.script, evidence);
    places.add(spans);
    let document = Document {
        front,
        tree,
        texts,
        headings,
        links,
        anchors,
        opening,
        lead,
        title_anchor,
        length,
        places,
    };
    Checked::new(document, diagnostics)
}
