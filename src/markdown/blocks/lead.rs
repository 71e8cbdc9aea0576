//! What a body says of its page: its title, where that is its first heading; its beginning, for lists and search engines.

use super::super::diagnostics;
use super::super::text::{Piece, TextId};
use super::super::tree::Kind;
use super::super::{anchors, wide::is_wide};
use super::{Builder, OPENING, OpenHeading};
use crate::diagnostic::Severity;
use crate::script::Run;

impl Builder<'_, '_> {
    pub(super) fn end_heading(&mut self, level: u8, written: &str) {
        let node = self.open.last().copied().unwrap_or_default();
        let plain = self.masked.plain(written);
        if plain.trim().is_empty() {
            let span = self.heading_span.clone();
            self.say(Severity::Warning, "empty-heading", |source| diagnostics::empty_heading(source, span));
            self.close_block();
            self.explicit_ids.remove(&node);
            self.tree.truncate(node);
            return;
        }
        let title = if level == 1 && self.open.len() == 1 { self.title.take() } else { None };
        if let Some(title) = title {
            self.take_title(title, node, written, &plain);
            return;
        }
        // Many write the title again as the first line of the body.
        let is_first = level == 1 && node == 0 && self.open.len() == 1;
        if is_first && self.front_title.as_deref() == Some(plain.trim()) {
            self.drop_title(node, &plain);
            return;
        }
        self.check_heading(&plain);
        self.headings.push(OpenHeading { node, level, plain, span: self.heading_span.clone() });
        self.close_block();
    }

    /// The heading becomes the title and leaves the body.
    pub(super) fn take_title(&mut self, title: TextId, node: usize, written: &str, plain: &str) {
        let written = written.trim().replace('\n', " ");
        self.texts.replace(title, self.masked.run([written.as_str()]));
        if let Some(run) = self.run.take() {
            // A heading without markup stands in the source as it reads.
            let is_whole = run.pieces.len() == 1 && run.pieces[0] == written;
            let place = self.spans.iter().rfind(|(piece, _)| piece.text == run.id && is_whole);
            let place = place.map(|(_, span)| (Piece { text: title, index: 0 }, span.clone()));
            self.spans.retain(|(piece, _)| piece.text != run.id);
            self.spans.extend(place);
        }
        self.drop_title(node, plain);
    }

    /// A heading that says what the title says leaves the body; links to it lead to the top.
    pub(super) fn drop_title(&mut self, node: usize, plain: &str) {
        let own = self.explicit_ids.remove(&node).map(|(id, _)| id);
        self.title_anchor = Some(own.unwrap_or_else(|| anchors::of_heading(plain)));
        if let Some(run) = self.run.take() {
            self.spans.retain(|(piece, _)| piece.text != run.id);
        }
        self.open.pop();
        self.tree.truncate(node);
        self.close_run();
    }

    /// The text of a paragraph or an item belongs to what stands above `<!-- more -->`.
    pub(super) fn add_to_lead(&mut self, plain: &str) {
        let Some(lead) = &mut self.lead else { return };
        let plain = plain.trim();
        let beside = lead.chars().next_back().zip(plain.chars().next());
        match beside {
            Some((before, _)) if is_wide(before) && before.is_alphanumeric() => lead.push('，'),
            Some((before, next)) if !(is_wide(before) || is_wide(next)) => lead.push(' '),
            _ => {}
        }
        lead.push_str(plain);
    }

    /// Here stands `<!-- more -->`, between two blocks or within a paragraph.
    pub(super) fn end_lead(&mut self) {
        let is_prose =
            !self.open.iter().any(|node| matches!(self.tree.nodes()[*node].kind, Kind::Heading(..)));
        if is_prose {
            let plain = self.plain.clone();
            self.add_to_lead(&plain);
        }
        let lead = self.lead.take().filter(|lead| !lead.is_empty());
        self.above =
            self.above.take().or(lead.map(|lead| self.masked.run([lead.replace('\n', " ").as_str()])));
    }

    /// The beginning of a paragraph. A rule in it is kept only whole.
    pub(super) fn opening(&self, plain: &str) -> Run {
        if plain.chars().count() <= OPENING {
            return self.masked.run([plain]);
        }
        Run::new(self.masked.plain(plain).chars().take(OPENING).collect::<String>())
    }
}

/// Whether its text may stand in it without a paragraph.
pub(super) fn is_item(kind: &Kind) -> bool {
    matches!(kind, Kind::Item(_) | Kind::DefinitionTitle | Kind::DefinitionDetails)
}
