//! What a page says, line by line: a line is a stretch of text in which words can be found, with the id it stands at.
//!
//! In: a document, and the texts of an edition. Out: its lines, as many in every edition that shows the document. What is hidden, what the
//! theme says of itself and the numbers of footnotes are no part of them.

use crate::markdown::{Attribute, Document, Kind, Node, Piece, Step, Subtitle, TextId, TextTable};
use quick_xml::escape::unescape;
use std::borrow::Cow;

/// What a line is made of, in all editions alike.
enum Part<'a> {
    Text(TextId),
    Piece(Piece),
    /// In HTML, with its entities as written.
    Escaped(Piece),
    Kept(&'a str),
}

/// A stretch of text.
pub(super) struct Line<'a> {
    /// The id that it stands at or below; empty for the top of the page.
    pub(super) anchor: &'a str,
    parts: Vec<Part<'a>>,
}

impl Line<'_> {
    /// Writes its text in an edition: no white space around it, one space where there is some.
    pub(super) fn write(&self, table: &TextTable, text: &mut Vec<char>) {
        let start = text.len();
        for part in &self.parts {
            let part = match part {
                Part::Text(id) => Cow::Borrowed(table.text(*id)),
                Part::Piece(piece) => Cow::Borrowed(table.piece(*piece)),
                // An `&` that begins no entity is one itself.
                Part::Escaped(piece) => {
                    unescape(table.piece(*piece)).unwrap_or(Cow::Borrowed(table.piece(*piece)))
                }
                Part::Kept(text) => Cow::Borrowed(*text),
            };
            for c in part.chars() {
                match !is_han(c) && (c.is_whitespace() || c.is_control()) {
                    true if text.len() == start || text.ends_with(&[' ']) => {}
                    true => text.push(' '),
                    false => text.push(c),
                }
            }
        }
        if text.len() > start && text.ends_with(&[' ']) {
            text.pop();
        }
    }
}

/// Nearly every character of a text; asked first, as the other questions are dear.
fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The lines of a document. The first one is its title.
pub(super) fn lines(document: &Document) -> Vec<Line<'_>> {
    let mut lines = Lines { lines: top(document), open: Vec::new(), under: None, anchor: "" };
    let nodes = document.tree.nodes();
    let referred: Vec<&str> = nodes
        .iter()
        .filter_map(|node| match &node.kind {
            Kind::FootnoteReference(label) => Some(label.as_str()),
            _ => None,
        })
        .collect();
    let mut walk = document.tree.walk(0..nodes.len());
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(_, Node { kind: Kind::FootnoteDefinition(label), .. })
                if !referred.contains(&label.as_str()) =>
            {
                walk.skip_children();
            }
            Step::Enter(_, node) => lines.enter(document, &node.kind),
            Step::Leave(_, node) => lines.leave(&node.kind),
        }
    }
    lines.end();
    lines.lines
}

/// What stands above the body.
fn top(document: &Document) -> Vec<Line<'_>> {
    let front = &document.front;
    let subtitle = front.subtitle.as_ref().map(|subtitle| match subtitle {
        Subtitle::Converted(id) => Part::Text(*id),
        Subtitle::Kept { text, .. } => Part::Kept(text),
    });
    let mut parts = vec![vec![Part::Text(front.title)]];
    parts.extend(front.kicker.map(|id| vec![Part::Text(id)]));
    parts.extend(subtitle.map(|part| vec![part]));
    parts.extend(front.summary.map(|id| vec![Part::Text(id)]));
    parts.extend(front.byline.iter().chain(&front.tags).map(|id| vec![Part::Text(*id)]));
    for figure in &front.figures {
        parts.push(vec![Part::Text(figure.label)]);
        parts.push(std::iter::once(figure.value).chain(figure.unit).map(Part::Text).collect());
    }
    parts.into_iter().map(|parts| Line { anchor: "", parts }).collect()
}

struct Lines<'a> {
    lines: Vec<Line<'a>>,
    /// The line that is being read.
    open: Vec<Part<'a>>,
    /// The line that goes on behind an annotation of ruby, while that is read.
    under: Option<Vec<Part<'a>>>,
    anchor: &'a str,
}

impl<'a> Lines<'a> {
    fn end(&mut self) {
        if !self.open.is_empty() {
            let parts = std::mem::take(&mut self.open);
            self.lines.push(Line { anchor: self.anchor, parts });
        }
    }

    /// What markup does to the line: elements within it do nothing, an annotation is a line of its own, all else ends it.
    fn markup(&mut self, markup: &str) {
        for tag in markup.split('<').skip(1) {
            match tag_name(tag.trim_start_matches('/')) {
                "rt" | "rp" if !tag.starts_with('/') && self.under.is_none() => {
                    self.under = Some(std::mem::take(&mut self.open));
                }
                "rt" | "rp" => {
                    let line = self.under.take();
                    self.end();
                    self.open = line.unwrap_or_default();
                }
                name if parts_lines(name) => self.end(),
                _ => {}
            }
        }
    }

    fn at(&mut self, anchor: &'a str) {
        self.end();
        self.anchor = anchor;
    }

    /// A text that stands beside the others.
    fn aside(&mut self, part: Part<'a>) {
        self.lines.push(Line { anchor: self.anchor, parts: vec![part] });
    }

    fn enter(&mut self, document: &'a Document, kind: &'a Kind) {
        match kind {
            Kind::Paragraph(id) | Kind::Heading(_, id, _) => self.at(id),
            Kind::Figure { id, alt, caption, credit, .. } => {
                self.at(id);
                let texts = std::iter::once(alt).chain(caption).chain(credit);
                texts.for_each(|text| self.aside(Part::Text(*text)));
            }
            Kind::Component(index) => self.component(document, *index),
            Kind::Image(_, alt, title) => {
                std::iter::once(alt).chain(title).for_each(|text| self.aside(Part::Text(*text)));
            }
            Kind::Link(_, Some(title)) => self.aside(Part::Text(*title)),
            Kind::Text(piece) => self.open.push(Part::Piece(*piece)),
            Kind::Verbatim(text) | Kind::Code(text) | Kind::Foreign(text) | Kind::Formula(text, None) => {
                self.open.push(Part::Kept(text));
            }
            Kind::HardBreak => self.open.push(Part::Kept(" ")),
            Kind::Markup(markup) => self.markup(markup),
            Kind::MarkupText(piece) => self.open.push(Part::Escaped(*piece)),
            Kind::MarkupValue(piece, _) => self.aside(Part::Escaped(*piece)),
            // What it reads like nobody can type.
            Kind::Formula(_, Some(_)) => self.end(),
            kind if is_block(kind) => self.end(),
            _ => {}
        }
    }

    fn leave(&mut self, kind: &Kind) {
        if is_block(kind) {
            self.end();
        }
    }

    fn component(&mut self, document: &'a Document, index: usize) {
        self.end();
        let Some(component) = document.components.get(index) else { return };
        self.anchor = component.id.as_deref().unwrap_or(self.anchor);
        let attributes = component.attributes.iter().filter_map(|(_, attribute)| match attribute {
            Attribute::Text(text) => Some(text),
            Attribute::Kept(_) | Attribute::Link(_) => None,
        });
        component.title.iter().chain(attributes).for_each(|text| self.aside(Part::Text(*text)));
    }
}

fn is_block(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Paragraph(_)
            | Kind::Heading(..)
            | Kind::Quote(_)
            | Kind::CodeBlock(..)
            | Kind::List(_)
            | Kind::Item(_)
            | Kind::Table(_)
            | Kind::TableHead
            | Kind::TableRow
            | Kind::TableCell
            | Kind::FootnoteDefinition(_)
            | Kind::DefinitionList
            | Kind::DefinitionTitle
            | Kind::DefinitionDetails
            | Kind::Figure { .. }
            | Kind::Component(_)
            | Kind::Rule
    )
}

/// Elements within a line.
const INLINE: [&str; 33] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "rb", "rt", "ruby", "rp", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "u", "var", "wbr",
];

fn tag_name(tag: &str) -> &str {
    &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())]
}

/// Whether a line ends where this element begins or ends.
fn parts_lines(name: &str) -> bool {
    !name.is_empty() && !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}
