//! The end of a body: ids are given, footnotes checked.

use super::super::anchors::{self, Anchors};
use super::super::text::Piece;
use super::super::tree::Kind;
use super::super::{Heading, diagnostics, twin};
use super::{Body, Builder, OpenHeading, OpenRun};
use crate::diagnostic::{Diagnostic, SHOWN, Severity};
use std::collections::BTreeSet;
use std::ops::Range;

/// Ids of the theme's frame: the skip link's target and the top of the page.
const FRAME_IDS: [&str; 2] = ["content", "top"];

impl<'a> Builder<'a, '_> {
    /// `[^label]` without a definition is text too; the parser says nothing of it.
    pub(super) fn check_for_undefined_footnotes(&mut self, run: &OpenRun) {
        for (index, text) in run.pieces.iter().enumerate() {
            let Some((before, rest)) = text.split_once("[^") else { continue };
            let Some((label, _)) =
                rest.split_once(']').filter(|(label, _)| !label.contains(char::is_whitespace))
            else {
                continue;
            };
            let is_piece =
                |(piece, _): &&(Piece, Range<usize>)| piece.text == run.id && piece.index as usize == index;
            let span = self.spans.iter().rev().find(is_piece).map_or(0..0, |(_, span)| span.clone());
            let start = span.start + before.len();
            let is_definition = before.trim().is_empty() && text[before.len()..].contains("]：") && {
                text[before.len() + label.len() + 3..].starts_with('：')
            };
            let span = start..(start + label.len() + 3).min(span.end);
            if is_definition {
                self.say(Severity::Warning, "footnote", |source| {
                    diagnostics::footnote_full_width(source, span, label)
                });
                continue;
            }
            self.say(Severity::Warning, "footnote", |source| {
                diagnostics::footnote_undefined(source, span, label)
            });
        }
    }

    pub(super) fn finish(mut self, page: &[Heading]) -> Body<'a> {
        self.close_run();
        self.close_left_open();
        self.check_footnotes();
        let mut anchors = self.reserved();
        let headings = self.name_headings(page, &mut anchors);
        self.name_blocks(&mut anchors);
        for name in &self.raw_names {
            anchors.reserve(name);
        }
        for (code, (severity, count)) in &self.said {
            if let Some(more) = count.checked_sub(SHOWN).filter(|more| *more > 0) {
                self.diagnostics.push(Diagnostic::and_more(*severity, code, more, &self.source.path));
            }
        }
        let opening = self.opening.take().map(|run| self.texts.push(run));
        let lead = self.above.take().map(|run| self.texts.push(run));
        Body {
            masked: self.masked,
            tree: self.tree,
            texts: self.texts,
            headings,
            links: self.links,
            components: self.components,
            anchors: anchors.into_sorted(),
            opening,
            lead,
            title_anchor: self.title_anchor,
            length: self.length,
            spans: self.spans,
            html_spans: self.html_spans,
            labelled: self.labelled,
        }
    }

    /// The ids that are taken before a heading or a paragraph gets one: the frame's, the footnotes', then those that the
    /// author gave.
    pub(super) fn reserved(&mut self) -> Anchors {
        let mut anchors = Anchors::default();
        for id in FRAME_IDS {
            anchors.reserve(id);
        }
        let references = self.footnotes.used.values().map(|(_, count)| *count).max().unwrap_or(0);
        for number in 1..=self.footnotes.used.len() {
            anchors.reserve(&format!("fn-{number}"));
            anchors.reserve(&format!("fnref-{number}"));
            for reference in 2..=references {
                anchors.reserve(&format!("fnref-{number}-{reference}"));
            }
        }
        let mut own: BTreeSet<&str> = BTreeSet::new();
        let mut given: Vec<&(String, Range<usize>)> =
            self.explicit_ids.values().chain(&self.raw_ids).collect();
        given.sort_by_key(|(_, span)| span.start);
        for (id, span) in given {
            if anchors.reserve(id) {
                own.insert(id);
            } else if own.contains(id.as_str()) {
                self.diagnostics.push(diagnostics::id_twice(self.source, span.clone(), id));
            } else {
                self.diagnostics.push(diagnostics::reserved_id(self.source, span.clone(), id));
            }
        }
        anchors
    }

    /// The page's title is the one heading of level 1: a body that begins at level 1 moves down by one, and a heading of
    /// level 1 further down becomes one of level 2. Those of a twin have the ids of the page's headings, as far as the two are
    /// in step.
    pub(super) fn name_headings(&mut self, page: &[Heading], anchors: &mut Anchors) -> Vec<Heading> {
        let shift = u8::from(self.headings.first().is_some_and(|heading| heading.level == 1));
        let open = std::mem::take(&mut self.headings);
        let level = |heading: &OpenHeading| (heading.level + shift).clamp(2, 6);
        let given = |node: usize| self.explicit_ids.get(&node).map(|(id, _)| id.as_str());
        let own: Vec<(u8, Option<&str>)> =
            open.iter().map(|heading| (level(heading), given(heading.node))).collect();
        let mut ids = twin::ids(page, &own);
        for (id, (_, given)) in ids.iter_mut().zip(&own) {
            if given.is_none() && id.as_ref().is_some_and(|id| !anchors.reserve(id)) {
                *id = None;
            }
        }
        let mut headings = Vec::new();
        for (heading, id) in open.into_iter().zip(ids) {
            let level = level(&heading);
            let OpenHeading { node, plain, span, .. } = heading;
            let id = id.unwrap_or_else(|| anchors.unique(&anchors::of_heading(&plain)));
            if let Kind::Heading(node_level, node_id, _) = self.tree.kind_mut(node) {
                *node_level = level;
                node_id.clone_from(&id);
            }
            headings.push(Heading { level, id, node, span });
        }
        headings
    }

    /// Paragraphs and figures are numbered, those of footnotes that are left out excepted.
    pub(super) fn name_blocks(&mut self, anchors: &mut Anchors) {
        let (mut paragraphs, mut figures, mut index) = (0, 0, 0);
        while let Some(node) = self.tree.nodes().get(index) {
            let end = node.end;
            index += 1;
            match self.tree.kind_mut(index - 1) {
                Kind::Paragraph(id) => {
                    paragraphs += 1;
                    *id = anchors.unique(&format!("p{paragraphs}"));
                }
                Kind::Figure { id, .. } => {
                    figures += 1;
                    *id = anchors.unique(&format!("f{figures}"));
                }
                Kind::FootnoteDefinition(label) if !self.footnotes.used.contains_key(label) => index = end,
                _ => {}
            }
        }
    }

    pub(super) fn check_footnotes(&mut self) {
        let unused: Vec<(String, Range<usize>)> = (self.footnotes.defined.iter())
            .filter(|(label, _)| !self.footnotes.used.contains_key(*label))
            .map(|(label, span)| (label.clone(), span.clone()))
            .collect();
        for (label, span) in unused {
            self.say(Severity::Warning, "unused-footnote", |source| {
                diagnostics::footnote_unused(source, span, &label)
            });
        }
    }
}
