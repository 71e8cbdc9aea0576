//! Texts of the body: pieces of runs, line breaks, addresses that are kept.

use super::super::text::{Piece, TextId};
use super::super::tree::Kind;
use super::super::wide::{is_wide, joins};
use super::{Builder, OpenRun};
use crate::html::Holds;
use crate::script::addresses::{self, Stretch};
use crate::script::{OBJECT, Run};
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn text(&mut self, text: &str, span: Range<usize>) {
        if let Some(block) = self.open.last()
            && matches!(self.tree.nodes()[*block].kind, Kind::CodeBlock(..))
        {
            self.leaf(Kind::Verbatim(self.masked.literal(text)));
            return;
        }
        self.join_soft_break(text);
        match self.reader.holds() {
            Holds::Prose => {}
            Holds::Code => return self.kept(text),
            Holds::Raw if self.reader.is_in_script() => {
                self.object();
                return self.leaf(Kind::Markup(self.masked.literal(text)));
            }
            Holds::Foreign | Holds::Drawing | Holds::Raw => {
                self.object();
                self.plain.push_str(text);
                return self.leaf(Kind::Foreign(self.masked.literal(text)));
            }
        }
        let is_verbatim = self.masked.text.get(span.clone()) == Some(text);
        let mut at = span.start;
        for stretch in addresses::stretches(text) {
            match stretch {
                Stretch::Address(address) => {
                    self.kept(address);
                    at += address.len();
                }
                Stretch::Prose(prose) => {
                    self.prose(prose, is_verbatim.then(|| at..at + prose.len()));
                    at += prose.len();
                }
            }
        }
    }

    /// Text that stays as it is.
    pub(super) fn kept(&mut self, text: &str) {
        self.object();
        self.plain.push_str(text);
        self.leaf(Kind::Verbatim(self.masked.literal(text)));
    }

    /// Text that is converted. `span` is known where the source has it as it reads.
    pub(super) fn prose(&mut self, text: &str, span: Option<Range<usize>>) {
        self.plain.push_str(text);
        self.count(text);
        // The parser splits a text at every mark that might have been markup.
        if let (Some((piece, end)), Some(span), Some(run)) = (self.last, &span, &mut self.run)
            && end == span.start
        {
            run.pieces[piece.index as usize].push_str(text);
            if let Some((_, known)) = self.spans.last_mut() {
                known.end = span.end;
            }
            self.last = Some((piece, span.end));
            return;
        }
        let piece = self.piece(text);
        self.leaf(Kind::Text(piece));
        self.last = span.as_ref().map(|span| (piece, span.end));
        self.spans.extend(span.map(|span| (piece, span)));
    }

    /// Between two lines of Chinese there is no space; between Latin words the line break is one.
    ///
    /// Which it is shows when the next text comes; until then the break stands as a piece of its own.
    pub(super) fn soft_break(&mut self, span: Range<usize>) {
        self.last = None;
        let piece = self.piece("\n");
        self.plain.push('\n');
        self.spans.push((piece, span));
        self.leaf(Kind::Text(piece));
    }

    /// Makes nothing of the soft break that was last, if it stands between Chinese and `next`, which is Chinese too.
    pub(super) fn join_soft_break(&mut self, next: &str) {
        let Some(before) = self.plain.strip_suffix('\n') else { return };
        // Of an image the text so far holds the alt text, which nobody sees.
        let is_image = |kind: &Kind| matches!(kind, Kind::Image(..));
        let image = self.tree.nodes().iter().rev().nth(1).is_some_and(|node| is_image(&node.kind));
        let object = OBJECT.chars().filter(|_| image);
        if !joins(object.chain(before.trim_end_matches('\n').chars().rev()), next.chars()) {
            return;
        }
        let mut pieces = self.run.iter_mut().flat_map(|run| run.pieces.iter_mut().rev());
        if let Some(piece) = pieces.find(|piece| !piece.is_empty()).filter(|p| *p == "\n") {
            piece.clear();
            self.plain.pop();
        }
    }

    /// Adds a text that is no part of the block's run: of an image, a title.
    pub(super) fn add_text(&mut self, run: Run) -> TextId {
        if self.reader.holds() == Holds::Prose { self.texts.push(run) } else { self.texts.push_kept(run) }
    }

    /// Adds a piece to the block's run.
    pub(super) fn piece(&mut self, text: &str) -> Piece {
        let id = self.texts.next_id();
        let run = self.run.get_or_insert_with(|| OpenRun { id, pieces: Vec::new() });
        if self.texts.next_id() == run.id {
            // Keeps the place in the table: titles and alt texts inside the block come after it.
            self.texts.push(Run::new(""));
        }
        run.pieces.push(text.to_owned());
        let index = u32::try_from(run.pieces.len() - 1).unwrap_or(u32::MAX);
        Piece { text: run.id, index }
    }

    /// Marks a place that no phrase reaches across.
    pub(super) fn object(&mut self) {
        self.last = None;
        self.piece(OBJECT);
    }

    pub(super) fn count(&mut self, text: &str) {
        let mut in_word = false;
        for c in text.chars() {
            let is_letter = c.is_alphanumeric() && !is_wide(c);
            self.length.han += usize::from(is_wide(c) && c.is_alphabetic());
            self.length.words += usize::from(is_letter && !in_word);
            in_word = is_letter;
        }
    }
}
