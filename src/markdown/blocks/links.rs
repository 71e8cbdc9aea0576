//! Links and images: destinations, titles, alt texts, figures.

use super::super::diagnostics;
use super::super::text::{Piece, TextId};
use super::super::tree::Kind;
use super::super::wide::joins;
use super::{AltPart, Builder, Inside, Labelled, Link};
use crate::diagnostic::Severity;
use crate::script::OBJECT;
use crate::script::addresses;
use pulldown_cmark::{Event, LinkType, TagEnd};
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn link(&mut self, kind: LinkType, destination: &str, title: &str, span: Range<usize>) {
        self.last = None;
        let destination = match kind {
            LinkType::Email => format!("mailto:{destination}"),
            _ => self.masked.literal(destination),
        };
        self.label(kind, &span, 1);
        let link = self.add_link(destination, span.clone());
        let title = self.title(kind, title, &span);
        self.enter(Kind::Link(link, title));
        if matches!(kind, LinkType::Autolink | LinkType::Email) {
            // The parser's text event is dropped: the address is shown as it stands.
            let address = self.masked.text[span].trim_matches(['<', '>']).to_owned();
            self.kept(&address);
            self.inside = Some(Inside::Address);
        }
    }

    pub(super) fn image(&mut self, kind: LinkType, destination: &str, title: &str, span: Range<usize>) {
        self.join_soft_break(OBJECT);
        self.object();
        self.label(kind, &span, 2);
        let link = self.add_link(self.masked.literal(destination), span.clone());
        // The node's kind is known when its alt text is.
        let node = self.tree.push(Kind::Rule);
        let title = self.title(kind, title, &span);
        self.inside = Some(Inside::Image { node, depth: 0, link, title, alt: Vec::new(), span });
    }

    /// Remembers a link whose text is its label: `[发展]` and `[发展][]`.
    pub(super) fn label(&mut self, kind: LinkType, span: &Range<usize>, opening: usize) {
        let empty_label = match kind {
            LinkType::Shortcut => 0,
            // The parser's span leaves out the `[]`.
            LinkType::Collapsed if self.source.text[span.end..].starts_with("[]") => 2,
            _ => return,
        };
        let label = span.start + opening..span.end - 1;
        self.labelled.push(Labelled { span: span.start..span.end + empty_label, label });
    }

    /// A title, and where it stands: in quotation marks or brackets behind the destination.
    pub(super) fn title(&mut self, kind: LinkType, title: &str, span: &Range<usize>) -> Option<TextId> {
        if title.is_empty() {
            return None;
        }
        let link = &self.masked.text[span.clone()];
        let quoted = link.trim_end_matches(')').trim_end();
        let found = quoted.len().checked_sub(title.len() + 1).filter(|at| {
            let before = quoted.get(..*at).is_some_and(|text| text.ends_with(['"', '\'', '(']));
            kind == LinkType::Inline
                && before
                && quoted.get(*at..).is_some_and(|text| text.starts_with(title))
        });
        let id = self.add_text(self.masked.run([title]));
        self.spans.extend(found.map(|at| {
            let start = span.start + at;
            (Piece { text: id, index: 0 }, start..start + title.len())
        }));
        Some(id)
    }

    pub(super) fn inside(&mut self, event: &Event<'_>, span: Range<usize>) {
        let source = &self.masked.text;
        let Some(Inside::Image { depth, alt, .. }) = &mut self.inside else {
            if let Event::End(TagEnd::Link) = event {
                self.inside = None;
                self.leave();
            }
            return;
        };
        match event {
            Event::Start(_) => *depth += 1,
            Event::End(_) if *depth > 0 => *depth -= 1,
            Event::End(_) => self.end_image(),
            Event::Text(text) => {
                let is_verbatim = source.get(span.clone()) == Some(text.as_ref());
                join_lines(alt, text);
                alt.push((text.to_string(), is_verbatim.then_some(span)));
            }
            Event::Code(code) => {
                join_lines(alt, code);
                alt.push((code.to_string(), None));
            }
            Event::SoftBreak | Event::HardBreak => alt.push((" ".to_owned(), None)),
            _ => {}
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some(Inside::Image { node, link, title, alt, span, .. }) = self.inside.take() else { return };
        let run = self.masked.run(alt.iter().map(|(text, _)| text.as_str()));
        if run.text().trim().is_empty() {
            self.say(Severity::Warning, "missing-alt", |source| diagnostics::missing_alt(source, span));
        }
        self.plain.push_str(run.text());
        let text = self.add_text(run);
        let pieces =
            alt.into_iter().zip(0..).filter_map(|((_, span), index)| Some((Piece { text, index }, span?)));
        self.spans.extend(pieces);
        *self.tree.kind_mut(node) = Kind::Image(link, text, title);
    }

    /// A paragraph that holds an image and at most an emphasised line becomes a figure.
    pub(super) fn figure(&mut self) -> bool {
        let Some(paragraph) = self.open.last().copied() else { return false };
        let nodes = &self.tree.nodes()[paragraph + 1..];
        let Some(Kind::Image(link, alt, title)) = nodes.first().map(|node| node.kind.clone()) else {
            return false;
        };
        let caption = match &nodes[1..] {
            [] => title.map(|title| self.texts.text(title).to_owned()),
            [line, emphasis, words @ ..] if emphasis.kind == Kind::Emphasis && self.is_break(&line.kind) => {
                let words: Option<String> = words.iter().map(|word| self.own_text(&word.kind)).collect();
                match words {
                    Some(words) => Some(words),
                    None => return false,
                }
            }
            _ => return false,
        };
        let (caption, credit) = caption.as_deref().map_or((None, None), split_credit);
        let caption = caption.map(|caption| self.add_text(self.masked.run([caption])));
        let credit = credit.map(|credit| self.add_text(self.masked.run([credit])));
        let figure = Kind::Figure { id: String::new(), link, alt, caption, credit };
        // The paragraph itself becomes the figure: its node is open and will be closed as usual.
        self.tree.replace_last(paragraph, figure);
        true
    }

    pub(super) fn is_break(&self, kind: &Kind) -> bool {
        *kind == Kind::HardBreak || self.own_text(kind).is_some_and(|text| text.trim().is_empty())
    }

    /// The text of a text node of the run that is still open.
    pub(super) fn own_text(&self, kind: &Kind) -> Option<&str> {
        let Kind::Text(piece) = kind else { return None };
        Some(self.run.as_ref()?.pieces.get(piece.index as usize)?)
    }

    pub(super) fn add_link(&mut self, destination: String, span: Range<usize>) -> usize {
        self.links.push(Link { destination, span });
        self.links.len() - 1
    }

    /// `[text][label]` without a definition is text, which is seldom meant; a lone `[text]` often is.
    pub(super) fn undefined(&mut self, kind: LinkType, label: &str, span: Range<usize>) {
        use LinkType::{Collapsed, CollapsedUnknown, Reference, ReferenceUnknown};
        if let Some(destination) = destination_behind(&self.source.text[span.end..]) {
            let whole = span.start..span.end + destination.end;
            let inner = span.end + destination.start..span.end + destination.end;
            return self.say(Severity::Warning, "undefined-reference", |source| {
                diagnostics::link_apart(source, whole, span, inner)
            });
        }
        if matches!(kind, ReferenceUnknown | Reference | Collapsed | CollapsedUnknown) {
            self.say(Severity::Warning, "undefined-reference", |source| {
                diagnostics::undefined_reference(source, span, label)
            });
        }
    }

    pub(super) fn check_link(&mut self) {
        let Some(node) = self.open.last().copied() else { return };
        let is_empty = self.tree.nodes()[node + 1..].iter().all(|inner| {
            self.own_text(&inner.kind).is_some_and(|text| text.trim().is_empty())
                || inner.kind == Kind::HardBreak
        });
        if let (true, Kind::Link(link, _)) = (is_empty, &self.tree.nodes()[node].kind) {
            let span = self.links[*link].span.clone();
            self.say(Severity::Warning, "empty-link", |source| diagnostics::empty_link(source, span));
        }
    }
}

/// No address in a source is longer, in bytes.
const LONGEST: usize = 500;

/// What stands in parentheses behind a text in brackets, if it looks like an address and only full-width parentheses or
/// spaces, before it or in it, keep it from being one.
fn destination_behind(after: &str) -> Option<Range<usize>> {
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let inner = after[spaces..].strip_prefix('（').or_else(|| after[spaces..].strip_prefix('('))?;
    let near = &inner[..inner.floor_char_boundary(LONGEST)];
    let end = near.find([')', '）', '\n']).filter(|end| !inner[*end..].starts_with('\n'))?;
    let mark = inner[end..].chars().next().map_or(0, char::len_utf8);
    let start = after.len() - inner.len();
    // A space ends an address that stands in no angle brackets.
    let address = inner[..end].replace(' ', "");
    addresses::is_address(&address).then_some(start..start + end + mark)
}

/// Drops the line break that an alt text ends with, if it stands between Chinese and `next`, which is Chinese too.
fn join_lines(alt: &mut Vec<AltPart>, next: &str) {
    let Some((text, None)) = alt.last() else { return };
    let before = alt.iter().rev().skip(1).flat_map(|(text, _)| text.chars().rev());
    if text == " " && joins(before, next.chars()) {
        alt.pop();
    }
}

/// `图注（图：编辑部）` is a caption and a credit.
fn split_credit(caption: &str) -> (Option<&str>, Option<&str>) {
    let whole = caption.trim();
    let inner = whole.strip_suffix('）').and_then(|text| text.rsplit_once('（'));
    match inner {
        Some((caption, credit)) if !credit.is_empty() => {
            let caption = caption.trim_end();
            ((!caption.is_empty()).then_some(caption), Some(credit))
        }
        _ => ((!whole.is_empty()).then_some(whole), None),
    }
}
