//! Markdown to Markdown: only the texts change, everything else stays byte for byte.

use super::text::TextTable;
use super::{Options, blocks, front};
use crate::content::{Route, Source};
use crate::dialect::{self, Entry, Node, Origin, Value};
use crate::script::Run;
use std::ops::Range;

/// Keys of a front matter whose values are read by machines.
const MACHINE_KEYS: [&str; 9] =
    ["slug", "aliases", "script", "lang", "date", "updated", "url", "layout", "template"];

/// Converts the texts of a Markdown file: its body, its alt texts and titles, and the texts of its front matter.
///
/// Code, addresses, HTML tags and keys are not texts. Line breaks stay where they are, and a phrase is known across
/// them: `饼⏎干` becomes `餅⏎乾`. What stands in the source otherwise than it reads (`&amp;`, `\\*`) stays too.
pub fn rewrite(text: &str, convert: impl Fn(&Run) -> Run) -> String {
    let route = Route { folders: Vec::new(), name: None, number: None };
    let source = Source { path: String::new(), text: text.to_owned(), route };
    let origin = Origin { path: "", text };
    // A rewrite changes what it understands and says nothing of the rest.
    let mut unsaid = Vec::new();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let body = match front::fences(origin, &mut unsaid) {
        Some((language, fenced, body)) => {
            let mut fields = dialect::read(language, origin, fenced, &mut unsaid);
            let mut texts = Vec::new();
            collect(fields.take_all(), &mut texts);
            for (value, span) in texts {
                let Some(at) = text[span.clone()].find(&value) else { continue };
                let start = span.start + at;
                edits.push((start..start + value.len(), convert(&Run::new(value)).text().to_owned()));
            }
            body
        }
        None => 0..text.len(),
    };
    let body = blocks::read(&source, body, Options { raw_html: true }, TextTable::default(), &mut unsaid);
    let converted = body.texts.map(convert);
    for (piece, span) in body.spans {
        if text[span.clone()] == *body.texts.piece(piece) {
            edits.push((span, converted.piece(piece).to_owned()));
        }
    }
    apply(text, edits)
}

// Recursion is bounded: the parsers refuse values nested deeper than their limits.
fn collect(entries: Vec<Entry>, texts: &mut Vec<(String, Range<usize>)>) {
    for entry in entries {
        if !MACHINE_KEYS.contains(&entry.key.as_str()) {
            collect_node(entry.node, texts);
        }
    }
}

fn collect_node(node: Node, texts: &mut Vec<(String, Range<usize>)>) {
    match node.value {
        Value::String(text) => texts.push((text, node.span)),
        Value::Array(items) => items.into_iter().for_each(|item| collect_node(item, texts)),
        Value::Table(entries) => collect(entries, texts),
        _ => {}
    }
}

fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (span, new) in edits {
        // Two texts at one place cannot both be right; the first stands.
        if span.start >= copied {
            out.push_str(&text[copied..span.start]);
            out.push_str(&new);
            copied = span.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}
