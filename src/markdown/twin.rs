//! A source that is written for one edition of a page: `page.zh-Hant.md`.
//!
//! In: the twin as it is read, and its page. Out: a document like any other: what its front matter does not say is the page's,
//! its headings have the ids of the page's. A text that is the page's has a slot in the twin's table, which an edition fills;
//! nothing is converted here.

use super::front::{Free, FrontMatter, KeyFigure, Subtitle};
use super::text::{TextId, TextTable};
use super::{Document, Heading, Options, diagnostics, front};
use crate::content::Source;
use crate::diagnostic::{Checked, Diagnostic};
use crate::script::Tag;
use std::collections::BTreeSet;

/// The page that a twin belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// As written.
    pub source: &'a Source,
    /// What it says.
    pub document: &'a Document,
}

/// A text of a twin that is the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inherited {
    /// Its place in the twin's table.
    pub slot: TextId,
    /// The page's text.
    pub from: TextId,
}

/// Parses a source that is written for one edition, of a page or of none.
pub fn parse_twin(source: &Source, page: Option<Page<'_>>, options: Options) -> Checked<Document> {
    let script = source.route.edition.as_ref().and_then(Tag::script);
    let role = match (script, page) {
        (Some(_), Some(page)) => front::Role::Twin(page),
        (_, page) => front::Role::Written(page),
    };
    let mut diagnostics = Vec::new();
    let Some(mut document) = super::read(source, role, options, &mut diagnostics) else {
        return Checked::failed(diagnostics);
    };
    if let Some(page) = page {
        check(source, &document, page, script.is_some(), &mut diagnostics);
        inherit(&mut document, page.document, script.is_some());
    }
    Checked::new(document, diagnostics)
}

/// An id for each heading: its own, or that of the heading of the page that stands in its place, if the headings are in step.
pub(super) fn ids(page: &[Heading], own: &[(u8, Option<&str>)]) -> Vec<Option<String>> {
    let is_in_step = page.len() == own.len() && page.iter().zip(own).all(|(page, own)| page.level == own.0);
    let given: BTreeSet<&str> = own.iter().filter_map(|(_, given)| *given).collect();
    let pairs = own.iter().enumerate().map(|(index, (_, own))| match own {
        Some(id) => Some((*id).to_owned()),
        None if is_in_step => Some(page[index].id.clone()).filter(|id| !given.contains(id.as_str())),
        None => None,
    });
    pairs.collect()
}

/// So many ids are named in a message.
const NAMED: usize = 5;

fn check(
    source: &Source,
    document: &Document,
    page: Page<'_>,
    is_converted: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_empty = document.tree.nodes().is_empty();
    if is_empty && is_converted && !page.document.tree.nodes().is_empty() {
        diagnostics.push(diagnostics::twin_without_text(source));
    }
    // The first ones that the other text does not have.
    let without = |these: &Document, other: &Document| -> Vec<Heading> {
        let missing = these.headings.iter().filter(|heading| !other.has_anchor(&heading.id));
        missing.take(NAMED).cloned().collect()
    };
    let lost = without(page.document, document);
    if is_empty || lost.is_empty() {
        return;
    }
    let alone = without(document, page.document);
    diagnostics.push(diagnostics::headings_out_of_step(source, &page.source.path, &lost, &alone));
}

/// What the twin does not say is what the page says; of a page in another language only what is the same in every language.
fn inherit(document: &mut Document, page: &Document, is_converted: bool) {
    let (own, theirs) = (&mut document.front, &page.front);
    own.date = own.date.or(theirs.date);
    own.updated = own.updated.or(theirs.updated);
    if is_converted {
        let slots = Slots { page, texts: &mut document.texts, inherited: &mut document.inherited };
        slots.fill(own, theirs);
    }
}

struct Slots<'a> {
    page: &'a Document,
    texts: &'a mut TextTable,
    inherited: &'a mut Vec<Inherited>,
}

impl Slots<'_> {
    fn fill(mut self, own: &mut FrontMatter, theirs: &FrontMatter) {
        // A title that is missing has its slot already.
        if self.texts.text(own.title).is_empty() {
            self.inherited.push(Inherited { slot: own.title, from: theirs.title });
        }
        self.text(&mut own.kicker, theirs.kicker);
        self.text(&mut own.source, theirs.source);
        self.text(&mut own.summary, theirs.summary);
        self.text(&mut own.description, theirs.description);
        if own.byline.is_empty() {
            own.byline = theirs.byline.iter().map(|id| self.slot(*id)).collect();
        }
        own.tags = theirs.tags.iter().map(|id| self.slot(*id)).collect();
        own.subtitle = own.subtitle.take().or_else(|| {
            Some(match theirs.subtitle.as_ref()? {
                Subtitle::Converted(id) => Subtitle::Converted(self.slot(*id)),
                kept @ Subtitle::Kept { .. } => kept.clone(),
            })
        });
        if own.figures.is_empty() {
            own.figures = theirs.figures.iter().map(|figure| self.figure(*figure)).collect();
        }
        let known: BTreeSet<String> = own.extra.iter().map(|(key, _)| key.clone()).collect();
        let more = theirs.extra.iter().filter(|(key, _)| !known.contains(key));
        own.extra.extend(more.map(|(key, value)| (key.clone(), self.free(value))));
    }

    fn slot(&mut self, from: TextId) -> TextId {
        let slot = self.texts.add_kept(self.page.texts.text(from));
        if !self.page.texts.is_kept(from) {
            self.inherited.push(Inherited { slot, from });
        }
        slot
    }

    fn text(&mut self, own: &mut Option<TextId>, theirs: Option<TextId>) {
        *own = own.or_else(|| theirs.map(|id| self.slot(id)));
    }

    fn figure(&mut self, figure: KeyFigure) -> KeyFigure {
        KeyFigure {
            value: self.slot(figure.value),
            unit: figure.unit.map(|unit| self.slot(unit)),
            label: self.slot(figure.label),
        }
    }

    // Recursion is bounded: both parsers refuse values nested deeper than their limits.
    fn free(&mut self, value: &Free) -> Free {
        match value {
            Free::Text(id) => Free::Text(self.slot(*id)),
            Free::List(items) => Free::List(items.iter().map(|item| self.free(item)).collect()),
            Free::Table(entries) => {
                Free::Table(entries.iter().map(|(key, value)| (key.clone(), self.free(value))).collect())
            }
            plain => plain.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, id: &str) -> Heading {
        Heading { level, id: id.to_owned(), node: 0, span: 0..0 }
    }

    #[test]
    fn headings_in_step_share_their_ids() {
        let page = [heading(2, "a"), heading(3, "b")];
        let named = |own: &[(u8, Option<&str>)]| {
            ids(&page, own).into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(named(&[(2, None), (3, None)]), "a b");
        assert_eq!(named(&[(2, Some("c")), (3, None)]), "c b", "a given id stays");
        assert_eq!(named(&[(2, Some("b")), (3, None)]), "b ", "no id is there twice");
        assert_eq!(named(&[(2, None), (2, None)]), " ", "other levels");
        assert_eq!(named(&[(2, None)]), "");
    }
}
