//! Where in a source the texts of its document stand, for what is said about them.

use super::text::{Piece, TextId, TextTable};
use crate::dialect::{Origin, Text};
use std::ops::Range;

/// For the pieces that stand in the source as they read, their bytes there.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Sorted by piece.
    pieces: Vec<(Piece, Range<usize>)>,
}

impl Places {
    /// Takes the places of a body.
    pub(super) fn add(&mut self, places: Vec<(Piece, Range<usize>)>) {
        self.pieces.extend(places);
        self.pieces.sort_by_key(|(piece, _)| *piece);
    }

    /// Takes the place of a value of the front matter, less its quotation marks.
    pub(super) fn add_value(&mut self, id: TextId, origin: Origin<'_>, text: &Text) {
        let literal = &origin.text[text.span.clone()];
        let start = text.span.start + literal.find(&text.value).unwrap_or(0);
        let end = (start + text.value.len()).min(text.span.end.max(start));
        self.pieces.push((Piece { text: id, index: 0 }, start..end));
    }

    /// The bytes of the source that a stretch of a text stands in. A stretch that does not stand there as it reads is taken to be
    /// where the nearest piece before it is; `None` where nothing is known.
    pub fn find(&self, texts: &TextTable, text: TextId, stretch: Range<usize>) -> Option<Range<usize>> {
        let run = texts.run(text);
        let (index, start) = run.piece_at(stretch.start);
        let wanted = Piece { text, index: u32::try_from(index).ok()? };
        let known = self.pieces.partition_point(|(piece, _)| *piece <= wanted);
        let of_text = |at: usize| self.pieces.get(at).filter(|(piece, _)| piece.text == text);
        let (piece, span) = known.checked_sub(1).and_then(of_text).or_else(|| of_text(known))?;
        let own = run.piece(piece.index as usize);
        if *piece != wanted || span.len() != own.len() {
            return Some(span.clone());
        }
        let place = |at: usize| span.start + at.clamp(start, start + own.len()) - start;
        Some(place(stretch.start)..place(stretch.end))
    }
}
