//! What of a body makes a row: a block, an item of a long list, a footnote, or HTML with all that stands in it.
//!
//! In: a document and its body as HTML. Out: its units in order. Units of one document are the same in every edition.

use super::super::body::Body;
use crate::html::{self, Balance};
use crate::markdown::{Document, Kind, Node};
use std::borrow::Cow;
use std::ops::Range;

/// A list with more characters is shown item by item: on a phone its two versions would be a screen apart.
const LONG_LIST: usize = 120;

/// So often the end of an element is looked for in vain: a page that closes nothing takes no longer for that.
const LEFT_OPEN: usize = 16;

/// A part of a body that is shown beside its like.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    /// The id of the whole.
    pub(super) id: Option<Cow<'a, str>>,
    /// What it is, for templates; only units of one kind stand beside each other.
    pub(super) kind: &'static str,
    /// Of a heading: its level.
    pub(super) level: u8,
    pub(super) html: Cow<'a, str>,
}

/// A node right below the root.
struct Top<'a> {
    index: usize,
    node: &'a Node,
    html: Range<usize>,
    /// Where the items of a list end.
    items: Vec<usize>,
}

/// The units of a body. Lists are divided only if `divides`: what decides it is the document.
pub(super) fn units<'a>(document: &'a Document, body: &'a Body, divides: bool) -> Vec<Unit<'a>> {
    let tops = tops(document, body);
    let mut units = Vec::with_capacity(tops.len() + body.footnotes.len());
    let (mut at, mut left_open) = (0, 0);
    while let Some(top) = tops.get(at) {
        if is_block(&top.node.kind) {
            block(document, body, top, divides, &mut units);
            at += 1;
            continue;
        }
        let length = match left_open < LEFT_OPEN {
            true => around(&tops[at..], &body.html),
            false => None,
        };
        left_open += usize::from(length.is_none());
        // What is never closed is closed with its own lines.
        let end = at + length.unwrap_or_else(|| run(&tops[at..]));
        let html = &body.html[top.html.start..tops[end - 1].html.end];
        if html::shows_something(html) {
            units.push(Unit { id: None, kind: "html", level: 0, html: Cow::Borrowed(html) });
        }
        at = end;
    }
    let notes = body.footnotes.iter().zip(1..).map(|(range, number)| Unit {
        id: Some(Cow::Owned(format!("fn-{number}"))),
        kind: "note",
        level: 0,
        html: Cow::Owned(format!("<ol start=\"{number}\">\n{}</ol>\n", &body.html[range.clone()])),
    });
    units.extend(notes);
    units
}

fn tops<'a>(document: &'a Document, body: &Body) -> Vec<Top<'a>> {
    let (mut tops, mut items, mut start) = (Vec::new(), Vec::new(), 0);
    for (index, end) in &body.ends {
        let node = &document.tree.nodes()[*index];
        if matches!(node.kind, Kind::Item(_)) {
            items.push(*end);
            continue;
        }
        let items = std::mem::take(&mut items);
        if *end > start {
            tops.push(Top { index: *index, node, html: start..*end, items });
        }
        start = *end;
    }
    tops
}

/// Whether it is a block of Markdown, which opens nothing that it does not close.
fn is_block(kind: &Kind) -> bool {
    kind_of(kind) != "html"
}

fn kind_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Paragraph(_) => "text",
        Kind::Heading(..) => "heading",
        Kind::Quote(None) => "quote",
        Kind::Quote(Some(_)) => "notice",
        Kind::CodeBlock(..) => "code",
        Kind::List(_) | Kind::DefinitionList => "list",
        Kind::Table(_) => "table",
        Kind::Figure { .. } => "figure",
        Kind::Component(_) => "component",
        Kind::Rule => "rule",
        _ => "html",
    }
}

/// How many of the nodes at the beginning are of HTML.
fn run(tops: &[Top<'_>]) -> usize {
    tops.iter().take_while(|top| !is_block(&top.node.kind)).count()
}

/// How many nodes it takes until the HTML at the beginning has closed what it opens.
fn around(tops: &[Top<'_>], html: &str) -> Option<usize> {
    let mut balance = Balance::default();
    let mut at = 0;
    while at < tops.len() {
        let run_end = at + run(&tops[at..]);
        while at < run_end {
            // A tag whose values are converted has several nodes.
            let ends_tag = |top: &Top<'_>| {
                matches!(top.node.kind, Kind::Markup(_)) && html[top.html.clone()].trim_end().ends_with('>')
            };
            let end = tops[at..run_end].iter().position(ends_tag).map_or(run_end, |tag| at + tag + 1);
            balance.take(&html[tops[at].html.start..tops[end - 1].html.end]);
            if balance.is_closed() || (end == run_end && balance.ends_here()) {
                return Some(end);
            }
            at = end;
        }
        at += tops[at..].iter().take_while(|top| is_block(&top.node.kind)).count();
    }
    None
}

fn block<'a>(
    document: &'a Document,
    body: &'a Body,
    top: &Top<'a>,
    divides: bool,
    units: &mut Vec<Unit<'a>>,
) {
    let html = &body.html[top.html.clone()];
    let kind = kind_of(&top.node.kind);
    let (id, level) = match &top.node.kind {
        Kind::Paragraph(id) | Kind::Figure { id, .. } => (Some(id.as_str()), 0),
        Kind::Heading(level, id, _) => (Some(id.as_str()), *level),
        Kind::Component(component) => (document.components[*component].id.as_deref(), 0),
        Kind::List(start) if divides && top.items.len() > 1 && is_long(document, top.index) => {
            return units.extend(items(*start, body, top));
        }
        _ => (None, 0),
    };
    units.push(Unit { id: id.map(Cow::Borrowed), kind, level, html: Cow::Borrowed(html) });
}

fn is_long(document: &Document, list: usize) -> bool {
    document.tree.plain_text(list, &document.texts).chars().nth(LONG_LIST).is_some()
}

/// Each item as a list of its own, which goes on counting.
fn items<'a>(start: Option<u64>, body: &'a Body, top: &Top<'a>) -> Vec<Unit<'a>> {
    let whole = &body.html[top.html.clone()];
    let mut from = top.html.start + whole.find('\n').map_or(0, |at| at + 1);
    let mut number = start;
    let mut unit = |end: &usize| {
        let item = &body.html[from..*end];
        let html = match number {
            Some(number) => format!("<ol start=\"{number}\">\n{item}</ol>\n"),
            None => format!("<ul>\n{item}</ul>\n"),
        };
        from = *end;
        number = number.map(|number| number.saturating_add(1));
        Unit { id: None, kind: "item", level: 0, html: Cow::Owned(html) }
    };
    top.items.iter().map(&mut unit).collect()
}
