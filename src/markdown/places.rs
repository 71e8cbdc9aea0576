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
        let first = self.pieces.partition_point(|(piece, _)| piece.text < text);
        let known = self.pieces[first..].iter().take_while(|(piece, _)| piece.text == text);
        let mut found = None;
        let mut start = 0;
        let mut known = known.peekable();
        for (piece, index) in texts.run(text).pieces().zip(0..) {
            let end = start + piece.len();
            if let Some((_, span)) = known.next_if(|(known, _)| known.index == index)
                && (found.is_none() || start <= stretch.start)
            {
                let reads = span.len() == piece.len();
                let place = |at: usize| span.start + at.clamp(start, end) - start;
                found = Some(if reads { place(stretch.start)..place(stretch.end) } else { span.clone() });
            }
            start = end;
        }
        found
    }
}
